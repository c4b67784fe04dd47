import type { Position } from "../api/sea.ts";

const RADIANS = Math.PI / 180;

/** The middle of some positions on the sphere, and how far the farthest lies from it. */
export function capOf(positions: Position[]): { center: Position; halfSpanDeg: number } {
  const vectors = positions.map(unit);
  const sum = vectors.reduce(([x, y, z], [a, b, c]) => [x + a, y + b, z + c], [0, 0, 0]);
  const length = Math.hypot(...sum);
  const middle: Vector = length > 0 ? [sum[0] / length, sum[1] / length, sum[2] / length] : [1, 0, 0];
  const farthest = Math.min(1, ...vectors.map((v) => v[0] * middle[0] + v[1] * middle[1] + v[2] * middle[2]));
  return {
    center: [Math.atan2(middle[1], middle[0]) / RADIANS, Math.asin(middle[2]) / RADIANS],
    halfSpanDeg: Math.acos(Math.max(-1, farthest)) / RADIANS,
  };
}

/** How far from its middle a globe shows places well, degrees. */
const SEEN_DEG = 62;

export function fitsGlobe(positions: Position[]): boolean {
  return capOf(positions).halfSpanDeg <= SEEN_DEG;
}

type Vector = [number, number, number];

function unit([lon, lat]: Position): Vector {
  const [l, b] = [lon * RADIANS, lat * RADIANS];
  return [Math.cos(b) * Math.cos(l), Math.cos(b) * Math.sin(l), Math.sin(b)];
}
