import { land } from "../api/sea.ts";
import { coastOf } from "./coast.ts";
import type { WorldMap } from "./world-map.ts";

/** From this zoom on the finer coast is worth its bytes. */
const FINER_FROM_ZOOM = 3;

/** Draws the coarse coast, and the finer one once the map is near enough. */
export async function loadCoasts(map: WorldMap): Promise<void> {
  const drawLand = async (detail: "110m" | "50m") => {
    const shape = await land(detail);
    map.draw("land", shape);
    map.draw("coast", coastOf(shape));
  };
  await drawLand("110m");
  const finer = () => {
    if (map.map.getZoom() < FINER_FROM_ZOOM) return;
    map.map.off("zoomend", finer);
    void drawLand("50m");
  };
  map.map.on("zoomend", finer);
  finer();
}
