import { describe, expect, it } from "vitest";
import { coastOf } from "./coast.ts";

const ring = (points: [number, number][]): GeoJSON.FeatureCollection => ({
  type: "FeatureCollection",
  features: [{ type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [points] } }],
});

describe("the coast", () => {
  it("is the whole ring of an island", () => {
    const island = ring([[0, 0], [1, 0], [1, 1], [0, 0]]);
    expect(coastOf(island).geometry.coordinates).toEqual([[[0, 0], [1, 0], [1, 1], [0, 0]]]);
  });

  it("has no line along the cut at the antimeridian", () => {
    const half = ring([[170, 60], [180, 61], [180, 65], [170, 66], [170, 60]]);
    expect(coastOf(half).geometry.coordinates).toEqual([
      [[170, 60], [180, 61]],
      [[180, 65], [170, 66], [170, 60]],
    ]);
  });

  it("has no line along the foot of the sheet", () => {
    const south = ring([[-180, -80], [0, -75], [180, -80], [180, -90], [-180, -90], [-180, -80]]);
    expect(coastOf(south).geometry.coordinates).toEqual([[[-180, -80], [0, -75], [180, -80]]]);
  });
});
