import { describe, expect, it } from "vitest";
import { capOf, fitsGlobe } from "./cap.ts";

describe("the middle on the sphere", () => {
  it("lies between places on both sides of the antimeridian", () => {
    const { center, halfSpanDeg } = capOf([[170, 0], [-170, 0]]);
    expect(Math.abs(center[0])).toBeCloseTo(180);
    expect(center[1]).toBeCloseTo(0);
    expect(halfSpanDeg).toBeCloseTo(10);
  });

  it("knows longitudes that run on", () => {
    expect(capOf([[-190, 0], [-170, 0]]).halfSpanDeg).toBeCloseTo(10);
  });

  it("tells what a globe can show", () => {
    expect(fitsGlobe([[4, 52], [-74, 40]])).toBe(true);
    expect(fitsGlobe([[-77, -12], [121, 31]])).toBe(false);
  });
});
