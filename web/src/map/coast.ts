import type { Position } from "../api/sea.ts";

/** How near an edge lies to the cut or the foot of the sheet to be no coast, degrees. */
const ON_CUT_DEG = 1e-4;

const onCut = ([lon, lat]: Position) => Math.abs(Math.abs(lon) - 180) < ON_CUT_DEG || lat < -90 + ON_CUT_DEG;

/** Land is cut at ±180° and closed along the foot of the sheet: lines of the coast without those edges. */
export function coastOf(land: GeoJSON.FeatureCollection): GeoJSON.Feature<GeoJSON.MultiLineString> {
  const lines: Position[][] = [];
  for (const ring of rings(land)) {
    let line: Position[] = [];
    const finish = () => {
      if (line.length > 1) lines.push(line);
      line = [];
    };
    for (const point of ring) {
      const last = line.at(-1);
      if (last && onCut(last) && onCut(point)) finish();
      line.push(point);
    }
    finish();
  }
  return { type: "Feature", properties: {}, geometry: { type: "MultiLineString", coordinates: lines } };
}

function* rings(land: GeoJSON.FeatureCollection): Generator<Position[]> {
  for (const { geometry } of land.features) {
    if (geometry.type === "Polygon") yield* geometry.coordinates as Position[][];
    if (geometry.type === "MultiPolygon") for (const polygon of geometry.coordinates) yield* polygon as Position[][];
  }
}

/** Meridians and parallels, every `step` degrees. */
export function graticule(step: number): GeoJSON.Feature<GeoJSON.MultiLineString> {
  const lines: Position[][] = [];
  for (let lon = -180; lon < 180; lon += step) {
    lines.push(range(-80, 80, 4).map((lat) => [lon, lat]));
  }
  for (let lat = -60; lat <= 60; lat += step) {
    lines.push(range(-180, 180, 4).map((lon) => [lon, lat]));
  }
  return { type: "Feature", properties: {}, geometry: { type: "MultiLineString", coordinates: lines } };
}

function range(from: number, to: number, step: number): number[] {
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step);
}
