import { effect } from "@preact/signals";
import type { Position, Route } from "../api/sea.ts";
import { passageName } from "../route/passage-name.ts";
import { stateOf, USUAL } from "../route/passage-list.tsx";
import { answer, before } from "../route/question.ts";
import { tooLarge } from "../route/limits.ts";
import { ship } from "../route/ship.ts";
import { parsePosition, placeName } from "../route/place.ts";
import { passages, portByCode, ports } from "../state/sea.ts";
import { view } from "../state/view.ts";
import { frame } from "./frame.ts";
import { NOTHING } from "./layers.ts";
import type { WorldMap } from "./world-map.ts";

/** Keeps ports, passages and ways on the map; gives what ends it. */
export function drawRoute(map: WorldMap, keepCamera: boolean): () => void {
  let shown = keepCamera ? view.peek().from + view.peek().to : "";
  let drawn = "";
  const stops = [
    effect(() => void map.draw("ports", portFeatures())),
    effect(() => void map.draw("gates", gateFeatures())),
    effect(() => void map.draw("places", endFeatures())),
    effect(() => {
      const ways = answer.value?.routes ?? [];
      const chosen = ways[view.value.way] ?? ways[0];
      const taken = map.draw("after", collection(chosen ? [line(chosen)] : []));
      // The best way comes once more with its alternatives.
      const key = chosen ? JSON.stringify(chosen.unwrapped.coordinates) : "";
      if (key !== drawn && chosen) map.quick.show(chosen.unwrapped.coordinates, taken);
      if (!chosen) map.quick.clear();
      drawn = key;
      map.draw("ways", collection(ways.filter((way) => way !== chosen).map(line)));
    }),
    effect(() => {
      const was = before.value?.routes[0];
      map.draw("before", collection(was ? [line(was)] : []));
    }),
    effect(() => {
      const way = answer.value?.routes[0];
      const { from, to } = view.value;
      // The map follows new ends, not every change of ship or passage.
      if (!way || shown === from + to) return;
      shown = from + to;
      frame(map, way.unwrapped.coordinates);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
    map.quick.clear();
    for (const name of ["ports", "gates", "places", "after", "ways", "before"] as const) map.draw(name, NOTHING);
  };
}

export function collection(features: GeoJSON.Feature[]): GeoJSON.FeatureCollection {
  return { type: "FeatureCollection", features };
}

export function point(lon: number, lat: number, properties: GeoJSON.GeoJsonProperties): GeoJSON.Feature {
  return { type: "Feature", properties, geometry: { type: "Point", coordinates: [lon, lat] } };
}

function line(way: Route): GeoJSON.Feature {
  return { type: "Feature", properties: { nm: way.distance_nm }, geometry: way.unwrapped };
}

function portFeatures(): GeoJSON.FeatureCollection {
  const now = ship.value;
  return collection(
    ports.value.map((port) => {
      const out = now !== undefined && tooLarge(now, port.limits).length > 0;
      return point(port.lon, port.lat, { code: port.locode, name: port.name, size: port.size ?? "", out });
    }),
  );
}

function gateFeatures(): GeoJSON.FeatureCollection {
  return collection(
    passages.value
      .filter((passage) => !passage.closed_by_default)
      .map((passage) => {
        const state = stateOf(passage);
        const name = passageName(passage.id);
        const label = state === "open" ? name : `✕ ${name}`;
        // From afar only what was switched off is named, and the great passages that are too small.
        const named = state === "shut" || (state === "small" && USUAL.has(passage.id));
        return point(passage.lon, passage.lat, { id: passage.id, state, label, named });
      }),
  );
}

function endFeatures(): GeoJSON.FeatureCollection {
  const { from, to } = view.value;
  const features = [from, to].flatMap((code) => {
    const at: Position | undefined = positionOf(code);
    return at ? [point(at[0], at[1], { role: "end", name: placeName(code) })] : [];
  });
  return collection(features);
}

function positionOf(code: string): Position | undefined {
  const port = portByCode.value.get(code) ?? parsePosition(code);
  return port && [port.lon, port.lat];
}
