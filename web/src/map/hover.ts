import { fixed, joinUnit } from "../i18n/number.ts";
import type { WorldMap } from "./world-map.ts";

/** Layers whose marks say what they are, nearest to the eye first. */
const LAYERS = ["places", "gates", "ports", "after", "after-both", "before"];
const REACH_PX = 4;

/** Says what lies under the pointer; the same words are in the panel's tables. */
export function sayUnderPointer({ map, flows }: WorldMap): void {
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true");
  map.getContainer().append(tip);
  let waiting = 0;
  map.on("mousemove", ({ point: { x, y }, lngLat }) => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => {
      const box: [[number, number], [number, number]] = [
        [x - REACH_PX, y - REACH_PX],
        [x + REACH_PX, y + REACH_PX],
      ];
      const mark = () => map.queryRenderedFeatures(box, { layers: LAYERS })[0]?.properties;
      const text = map.isMoving() ? "" : words(mark() ?? flows.at([lngLat.lng, lngLat.lat], REACH_PX));
      tip.hidden = text === "";
      tip.textContent = text;
      tip.style.transform = `translate(${x + 12}px, ${y + 12}px)`;
    });
  });
  map.on("mouseout", () => (tip.hidden = true));
}

function words(mark: object | undefined): string {
  if (!mark) return "";
  const { name, label, code, teu, nm } = mark as Record<string, string | number | undefined>;
  if (typeof teu === "number") return `${name}: ${joinUnit(fixed(teu, 0), "TEU/year")}`;
  if (typeof nm === "number") return joinUnit(fixed(nm, 0), "nm");
  return [label ?? name ?? "", code].filter(Boolean).join(" · ");
}
