import type { MapGeoJSONFeature } from "maplibre-gl";
import { toggleOff } from "../study/switch.ts";
import { view } from "../state/view.ts";
import { mapShows } from "./current.ts";
import { nearestPart } from "./nearest.ts";
import type { WorldMap } from "./world-map.ts";

const REACH_PX = 6;
const LINES = ["after", "after-both", "before"];

/** In a study a click switches the port or the road under it off for the next run, or on again. */
export function switchByClick({ map }: WorldMap): void {
  map.on("click", ({ point: { x, y }, lngLat }) => {
    if (view.value.page !== "studies" || mapShows.value.kind !== "routes") return;
    const box: [[number, number], [number, number]] = [
      [x - REACH_PX, y - REACH_PX],
      [x + REACH_PX, y + REACH_PX],
    ];
    const marks = map.queryRenderedFeatures(box, { layers: ["places", ...LINES] });
    const place = marks.find((mark) => mark.layer.id === "places" && mark.properties["target"]);
    const target = place ? String(place.properties["target"]) : roadAt(marks, [lngLat.lng, lngLat.lat]);
    if (!target) return;
    toggleOff(target);
    document.querySelector(`[data-target="${CSS.escape(target)}"]`)?.scrollIntoView({ block: "nearest" });
  });
}

/** The link of a road, railway or river that is nearest to a position. */
function roadAt(marks: MapGeoJSONFeature[], at: [number, number]): string | undefined {
  for (const { properties } of marks) {
    const links: string[] = properties["links"] ?? [];
    const line: [number, number][] = properties["line"] ?? [];
    const near = nearestPart(line, at);
    if (near !== undefined && links[near]) return `link/${links[near]}`;
  }
  return undefined;
}
