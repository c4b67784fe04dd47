import { expect, it } from "vitest";
import { nearestPart } from "./nearest.ts";

const LINE: [number, number][] = [
  [-68, -16],
  [-67, -18],
  [-70, -18.5],
];

it("takes the part of a line that is nearest", () => {
  expect(nearestPart(LINE, [-67.5, -17.1])).toBe(0);
  expect(nearestPart(LINE, [-69, -18.4])).toBe(1);
  expect(nearestPart(LINE, [-80, -18.5])).toBe(1);
});

it("has no part where there is no line", () => {
  expect(nearestPart([], [0, 0])).toBeUndefined();
  expect(nearestPart([[0, 0]], [0, 0])).toBeUndefined();
});
