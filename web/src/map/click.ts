import { signal } from "@preact/signals";
import { positionCode } from "../route/place.ts";
import { toggle } from "../route/passage-list.tsx";
import { change, view } from "../state/view.ts";
import type { WorldMap } from "./world-map.ts";

export type End = "from" | "to";

/** The end that the next click on the map sets. */
export const nextEnd = signal<End>("from");

/** How far from a mark a click still takes it, px. */
const REACH_PX = 9;

/** A click takes the port under it, switches the passage under it, or takes the position. */
export function placeByClick({ map }: WorldMap): void {
  map.on("click", (event) => {
    if (view.value.page !== "route") return;
    const { x, y } = event.point;
    const box: [[number, number], [number, number]] = [
      [x - REACH_PX, y - REACH_PX],
      [x + REACH_PX, y + REACH_PX],
    ];
    const marks = map.queryRenderedFeatures(box, { layers: ["gates", "ports"] });
    const gate = marks.find((mark) => mark.layer.id === "gates");
    const port = nearest(marks.filter((mark) => mark.layer.id === "ports"), (lon, lat) => map.project([lon, lat]).dist(event.point));
    if (gate && !port) toggle(String(gate.properties["id"]));
    else setEnd(port ? String(port.properties["code"]) : positionCode(event.lngLat.lng, event.lngLat.lat));
  });
  for (const layer of ["gates", "ports"]) {
    map.on("mouseenter", layer, () => (map.getCanvas().style.cursor = "pointer"));
    map.on("mouseleave", layer, () => (map.getCanvas().style.cursor = ""));
  }
}

export function setEnd(code: string): void {
  const end = nextEnd.value;
  nextEnd.value = end === "from" ? "to" : "from";
  change({ [end]: code, way: 0 });
}

function nearest<F extends { geometry: GeoJSON.Geometry }>(
  marks: F[],
  distance: (lon: number, lat: number) => number,
): F | undefined {
  const far = (mark: F) =>
    mark.geometry.type === "Point" ? distance(mark.geometry.coordinates[0]!, mark.geometry.coordinates[1]!) : Infinity;
  return marks.reduce<F | undefined>((best, mark) => (!best || far(mark) < far(best) ? mark : best), undefined);
}
