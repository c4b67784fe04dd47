import { describe, expect, it } from "vitest";
import { scaleOver } from "./scale.ts";

describe("a scale", () => {
  it("is widened to whole steps", () => {
    expect(scaleOver([0, 47]).ticks).toEqual([0, 10, 20, 30, 40, 50]);
    expect(scaleOver([-0.3, 0.21]).ticks).toEqual([-0.4, -0.2, 0, 0.2, 0.4]);
  });

  it("puts its ends near the edges", () => {
    const scale = scaleOver([0, 50]);
    expect(scale.percent(0)).toBeCloseTo(3);
    expect(scale.percent(50)).toBeCloseTo(97);
    expect(scale.percent(25)).toBeCloseTo(50);
  });

  it("exists for one value and for none", () => {
    expect(scaleOver([7]).ticks.length).toBeGreaterThan(1);
    expect(scaleOver([]).ticks.length).toBeGreaterThan(1);
  });
});
