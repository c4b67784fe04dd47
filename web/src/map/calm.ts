import type { Map } from "maplibre-gl";

/** Layers that are left out while the map moves too slowly. */
const THIN = "flows-thin";
/** Their opacity when they are drawn. */
export const FLOW_OPACITY = 0.55;
/** A frame that takes longer than this is felt as a jerk, ms. */
const JERK_MS = 60;
/** So many jerks in a row and the thin flows wait until the map rests. */
const JERKS = 2;

/** Leaves thin flows out of the moving map on machines that draw them too slowly; at rest all are drawn. */
export function keepMoving(map: Map): void {
  let isSlow = false;
  let last = 0;
  let jerks = 0;
  const show = (opacity: number) => {
    if (map.getPaintProperty(THIN, "line-opacity") !== opacity) map.setPaintProperty(THIN, "line-opacity", opacity);
  };
  map.on("movestart", () => {
    last = performance.now();
    jerks = 0;
    if (isSlow) show(0);
  });
  map.on("render", () => {
    if (!map.isMoving() || isSlow) return;
    const now = performance.now();
    jerks = now - last > JERK_MS ? jerks + 1 : 0;
    last = now;
    if (jerks < JERKS) return;
    isSlow = true;
    show(0);
  });
  map.on("moveend", () => show(FLOW_OPACITY));
}
