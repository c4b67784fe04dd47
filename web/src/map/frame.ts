import type { Position } from "../api/sea.ts";
import { fitsGlobe } from "./cap.ts";
import { bestAsGlobe, isGlobe } from "./current.ts";
import type { WorldMap } from "./world-map.ts";

/** Shows all positions, as globe or flat, whichever shows more unless the reader chose. */
export function frame(map: WorldMap, positions: Position[]): void {
  bestAsGlobe.value = fitsGlobe(positions);
  // The frame depends on the projection: it cannot wait for the effect that follows the signal.
  map.project(isGlobe.peek());
  map.show(positions);
}
