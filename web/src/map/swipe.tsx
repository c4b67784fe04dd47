import { effect } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n/language.ts";
import { canvasTheme } from "../page/theme.ts";
import { loadCoasts } from "./coasts.ts";
import { isGlobe, worldMap } from "./current.ts";
import { drawStudy } from "./draw-study.ts";
import { WorldMap } from "./world-map.ts";

/** A second map over the first, cut at a line that is dragged: before to the left, after to the right. */
export default function Swipe() {
  const box = useRef<HTMLDivElement>(null);
  const [percent, setPercent] = useState(50);

  useEffect(() => {
    const first = worldMap.value;
    if (!first || !box.current) return;
    const second = new WorldMap(box.current, isGlobe.value, first.camera(), t("map-after"));
    void loadCoasts(second);
    const stops = [
      drawStudy(second, "after", true),
      effect(() => second.project(isGlobe.value)),
      effect(() => {
        canvasTheme.value;
        second.recolour();
      }),
      together(first, second),
    ];
    return () => {
      for (const stop of stops) stop();
      second.map.remove();
    };
  }, []);

  return (
    <>
      <div class="map swipe-after" style={{ clipPath: `inset(0 0 0 ${percent}%)` }} ref={box} />
      <div class="swipe-line" style={{ left: `${percent}%` }} aria-hidden="true">
        <span class="swipe-word left">{t("before")}</span>
        <span class="swipe-word right">{t("after")}</span>
      </div>
      <input
        class="swipe-handle"
        type="range"
        min="0"
        max="100"
        value={percent}
        aria-label={t("swipe-handle")}
        aria-valuetext={t("swipe-at", { percent })}
        onInput={(event) => setPercent(event.currentTarget.valueAsNumber)}
      />
    </>
  );
}

/** Moves each map as the other is moved. */
function together(one: WorldMap, other: WorldMap): () => void {
  let leading = false;
  const lead = (from: WorldMap, to: WorldMap) => () => {
    if (leading) return;
    leading = true;
    to.map.jumpTo({ center: from.map.getCenter(), zoom: from.map.getZoom() });
    leading = false;
  };
  const [there, back] = [lead(one, other), lead(other, one)];
  one.map.on("move", there);
  other.map.on("move", back);
  return () => one.map.off("move", there);
}
