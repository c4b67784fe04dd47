import type { MapGeoJSONFeature } from "maplibre-gl";
import { fixed, joinUnit } from "../i18n/number.ts";
import type { WorldMap } from "./world-map.ts";

/** Layers whose marks say what they are, nearest to the eye first. */
const LAYERS = ["places", "gates", "ports", "flows", "flows-thin", "after", "after-both", "before"];
const REACH_PX = 4;

/** Says what lies under the pointer; the same words are in the panel's tables. */
export function sayUnderPointer({ map }: WorldMap): void {
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true");
  map.getContainer().append(tip);
  let waiting = 0;
  map.on("mousemove", ({ point: { x, y } }) => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => {
      const box: [[number, number], [number, number]] = [
        [x - REACH_PX, y - REACH_PX],
        [x + REACH_PX, y + REACH_PX],
      ];
      const text = map.isMoving() ? "" : words(map.queryRenderedFeatures(box, { layers: LAYERS })[0]);
      tip.hidden = text === "";
      tip.textContent = text;
      tip.style.transform = `translate(${x + 12}px, ${y + 12}px)`;
    });
  });
  map.on("mouseout", () => (tip.hidden = true));
}

function words(mark: MapGeoJSONFeature | undefined): string {
  if (!mark) return "";
  const { name, label, code, teu, nm } = mark.properties as Record<string, string | number | undefined>;
  if (typeof teu === "number") return `${name}: ${joinUnit(fixed(teu, 0), "TEU/year")}`;
  if (typeof nm === "number") return joinUnit(fixed(nm, 0), "nm");
  return [label ?? name ?? "", code].filter(Boolean).join(" · ");
}
