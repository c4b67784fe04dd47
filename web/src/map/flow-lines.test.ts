import { describe, expect, it } from "vitest";
import { type FlowLine, lineAt, PART_NUMBERS, partsOf, simplified } from "./flow-lines.ts";

const flow = (coordinates: [number, number][], width = 1): FlowLine => ({ coordinates, width, name: "a", teu: 1 });

describe("lines of flows", () => {
  it("lose the points that no eye would miss and keep the corners", () => {
    const straight: [number, number][] = [[0, 0], [1, 0], [2, 0], [3, 0]];
    expect(simplified(straight, 1e-3)).toEqual([[0, 0], [3, 0]]);
    const corner: [number, number][] = [[0, 0], [1, 0], [2, 0], [2, 3]];
    expect(simplified(corner, 1e-3)).toEqual([[0, 0], [2, 0], [2, 3]]);
  });

  it("keep points that the globe's curve needs", () => {
    const long = Array.from({ length: 41 }, (_, i): [number, number] => [i * 2, 0]);
    const kept = simplified(long, 1);
    for (let i = 0; i + 1 < kept.length; i += 1) expect(kept[i + 1]![0] - kept[i]![0]).toBeLessThanOrEqual(8);
  });

  it("become parts whose ends lie on the unit sphere", () => {
    const { parts, firstPart } = partsOf([flow([[0, 0], [5, 0]], 3), flow([[179, 10], [184, 10]], 2)], 0);
    expect(firstPart).toEqual([0, 1]);
    expect(parts.length).toBe(2 * PART_NUMBERS);
    expect(Math.hypot(parts[4]!, parts[5]!, parts[6]!)).toBeCloseTo(1, 6);
    // Greenwich on the equator is the middle of the sheet and the axis z.
    expect([...parts.slice(0, 2), ...parts.slice(4, 7)]).toEqual([0.5, 0.5, 0, 0, 1]);
    expect(parts[10]).toBe(3);
    expect(parts[PART_NUMBERS + 2]).toBeGreaterThan(1);
  });

  it("are found under the pointer, the uppermost first, across ±180° too", () => {
    const [lower, upper] = [flow([[-10, 0], [10, 0]]), flow([[0, -10], [0, 10]])];
    expect(lineAt([lower, upper], [0, 0], 1e-3)).toBe(upper);
    expect(lineAt([lower, upper], [5, 0], 1e-3)).toBe(lower);
    expect(lineAt([lower, upper], [5, 5], 1e-3)).toBeUndefined();
    const far = flow([[170, 0], [200, 0]]);
    expect(lineAt([far], [-170, 0], 1e-3)).toBe(far);
  });
});
