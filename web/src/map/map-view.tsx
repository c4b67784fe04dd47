import { computed, effect } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n/language.ts";
import { change, part, view } from "../state/view.ts";
import { canvasTheme } from "../page/theme.ts";
import { loadCoasts } from "./coasts.ts";
import { isGlobe, mapShows, noMap, worldMap } from "./current.ts";
import { drawRoute } from "./draw-route.ts";
import { drawStudy, type Side } from "./draw-study.ts";
import { placeByClick } from "./click.ts";
import { switchByClick } from "./click-study.ts";
import { sayUnderPointer } from "./hover.ts";
import { PlainMap } from "./plain-map.tsx";

const page = part("page");
const swiping = computed(() => page.value === "studies" && mapShows.value.kind === "routes" && mapShows.value.swipe);
/** The first map is the side before the change while the second lies over it. */
const side = computed<Side>(() => (swiping.value ? "before" : "both"));

/** The map of the page, or a plain drawing where the browser has no WebGL. */
export function MapView({ summary }: { summary: string }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let stop = () => {};
    void start(box.current!).then((end) => (stop = end));
    return () => stop();
  }, []);
  return (
    <section class="map-box" aria-label={t("map")}>
      {noMap.value ? <PlainMap /> : <div class="map" ref={box} data-drawn="" />}
      {swiping.value && worldMap.value && <LateSwipe />}
      <p class="visually-hidden" id="map-summary">
        {summary}
      </p>
      {!noMap.value && (
        <button
          type="button"
          class="projection"
          onClick={() => change({ projection: isGlobe.value ? "flat" : "globe" })}
        >
          {isGlobe.value ? t("flat-map") : t("globe")}
        </button>
      )}
    </section>
  );
}

/** The swipe comes with the map's code. */
function LateSwipe() {
  const [Swipe, setSwipe] = useState<ComponentType>();
  useEffect(() => {
    void import("./swipe.tsx").then((loaded) => setSwipe(() => loaded.default));
  }, []);
  return Swipe ? <Swipe /> : null;
}

/** Loads the map's code after the page stands, draws, and keeps drawing what changes. */
async function start(box: HTMLElement): Promise<() => void> {
  const { canDraw, WorldMap } = await import("./world-map.ts");
  if (!canDraw()) {
    noMap.value = true;
    return () => {};
  }
  const { camera } = view.value;
  // A link with a camera shows what its sender saw; after that the map follows the questions.
  let keepCamera = camera !== undefined;
  const made = new WorldMap(box, isGlobe.value, camera, t("map"));
  // For people at the console, and for tests.
  Object.assign(box, { map: made.map, flows: made.flows });
  made.map.on("idle", () => (box.dataset["drawn"] = String(Date.now())));
  made.map.on("moveend", () => change({ camera: made.camera() }));
  made.map.getCanvas().setAttribute("aria-describedby", "map-summary");
  placeByClick(made);
  switchByClick(made);
  sayUnderPointer(made);
  worldMap.value = made;
  void loadCoasts(made);
  const stops = [
    effect(() => made.project(isGlobe.value)),
    effect(() => {
      canvasTheme.value;
      made.recolour();
    }),
    // Each page clears its drawings when the other takes over.
    effect(() => {
      const keep = keepCamera;
      keepCamera = false;
      return page.value === "route" ? drawRoute(made, keep) : drawStudy(made, side.value, keep);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
    made.map.remove();
    worldMap.value = undefined;
  };
}
