import type { Position } from "../api/sea.ts";

/** A line with a width, and what is said of it under the pointer. */
export interface FlowLine {
  coordinates: Position[];
  /** Width on the screen, px. */
  width: number;
  name: string;
  /** TEU a year. */
  teu: number;
}

/** Numbers of one part of a line: both ends on the sheet (0 to 1) and on the globe, and the width. */
export const PART_NUMBERS = 11;

/** How far a simplified line may lie from the line as it came, px. */
const TOLERANCE_PX = 0.5;
/** Size of the world at zoom 0, px. */
const WORLD_PX = 512;

/** A point on the sheet by Mercator, 0 to 1; beyond where a line runs on across ±180°. */
export function onSheet([lon, lat]: Position): [number, number] {
  const sine = Math.sin((Math.min(85, Math.max(-85, lat)) * Math.PI) / 180);
  return [0.5 + lon / 360, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}

/** A point on the unit sphere, as MapLibre turns it: the pole is y, the meridian of Greenwich z. */
function onGlobe([lon, lat]: Position): [number, number, number] {
  const [l, b] = [(lon * Math.PI) / 180, (lat * Math.PI) / 180];
  return [Math.sin(l) * Math.cos(b), Math.sin(b), Math.cos(l) * Math.cos(b)];
}

/** The parts of all lines at a zoom, in their order: points that no eye would miss are left out. */
export function partsOf(lines: FlowLine[], zoom: number): { parts: Float32Array; firstPart: number[] } {
  const tolerance = TOLERANCE_PX / (WORLD_PX * 2 ** zoom);
  const kept = lines.map(({ coordinates }) => simplified(coordinates, tolerance));
  const count = kept.reduce((sum, line) => sum + Math.max(0, line.length - 1), 0);
  const parts = new Float32Array(count * PART_NUMBERS);
  const firstPart: number[] = [];
  let at = 0;
  kept.forEach((line, number) => {
    firstPart.push(at / PART_NUMBERS);
    for (let i = 0; i + 1 < line.length; i += 1) {
      const [from, to] = [line[i]!, line[i + 1]!];
      parts.set([...onSheet(from), ...onSheet(to), ...onGlobe(from), ...onGlobe(to), lines[number]!.width], at);
      at += PART_NUMBERS;
    }
  });
  return { parts, firstPart };
}

/** A chord of a great circle longer than this would cut into the globe, degrees. */
const LONGEST_DEG = 8;

/** Douglas and Peucker's line on the sheet; long parts keep a point between for the globe. */
export function simplified(line: Position[], tolerance: number): Position[] {
  const flat = line.map(onSheet);
  const keep = new Uint8Array(line.length).fill(0);
  keep[0] = keep[line.length - 1] = 1;
  const open: [number, number][] = [[0, line.length - 1]];
  for (let part = open.pop(); part; part = open.pop()) {
    const [first, last] = part;
    if (last - first < 2) continue;
    const [far, at] = farthest(flat, first, last);
    const span = Math.hypot(line[last]![0] - line[first]![0], line[last]![1] - line[first]![1]);
    if (far <= tolerance && span <= LONGEST_DEG) continue;
    const middle = far <= tolerance ? (first + last) >> 1 : at;
    keep[middle] = 1;
    open.push([first, middle], [middle, last]);
  }
  return line.filter((_, i) => keep[i]);
}

/** The point between two of a line that is farthest from the straight line between them. */
function farthest(flat: [number, number][], first: number, last: number): [far: number, at: number] {
  const [[x0, y0], [x1, y1]] = [flat[first]!, flat[last]!];
  const [dx, dy] = [x1 - x0, y1 - y0];
  const length = Math.hypot(dx, dy);
  let [far, at] = [-1, first];
  for (let i = first + 1; i < last; i += 1) {
    const [x, y] = flat[i]!;
    const away = length > 0 ? Math.abs((x - x0) * dy - (y - y0) * dx) / length : Math.hypot(x - x0, y - y0);
    if (away > far) [far, at] = [away, i];
  }
  return [far, at];
}

/** The uppermost line within reach of a position, both in shares of the sheet. */
export function lineAt(lines: FlowLine[], position: Position, reach: number): FlowLine | undefined {
  const [x, y] = onSheet(position);
  for (let i = lines.length - 1; i >= 0; i -= 1) {
    const flat = lines[i]!.coordinates.map(onSheet);
    for (let p = 0; p + 1 < flat.length; p += 1) {
      // The same place may be written a turn further on.
      const turn = Math.round(x - flat[p]![0]);
      if (away(flat[p]!, flat[p + 1]!, [x - turn, y]) <= reach) return lines[i];
    }
  }
  return undefined;
}

function away([x0, y0]: [number, number], [x1, y1]: [number, number], [x, y]: [number, number]): number {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const length = dx * dx + dy * dy;
  const share = length > 0 ? Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / length)) : 0;
  return Math.hypot(x0 + share * dx - x, y0 + share * dy - y);
}
