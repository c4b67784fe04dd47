/** The number of the part of a line that is nearest to a position, in degrees on the sheet. */
export function nearestPart(line: [number, number][], [lon, lat]: [number, number]): number | undefined {
  let best: number | undefined;
  let least = Infinity;
  for (let i = 0; i + 1 < line.length; i += 1) {
    const [from, to] = [line[i]!, line[i + 1]!];
    const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    const length = dx * dx + dy * dy;
    const share = length > 0 ? Math.min(1, Math.max(0, ((lon - from[0]) * dx + (lat - from[1]) * dy) / length)) : 0;
    const far = Math.hypot(from[0] + share * dx - lon, from[1] + share * dy - lat);
    if (far < least) [least, best] = [far, i];
  }
  return best;
}
