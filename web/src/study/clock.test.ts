import { expect, it } from "vitest";
import { clock } from "./clock.ts";

const WEEKS = { start: "2021-01-25T00:00:00", until: "2021-05-15T00:00:00", step_h: 6 };

it("turns steps into times and times into steps", () => {
  const { at, stepOf } = clock(WEEKS);
  expect(at(4).toISOString()).toBe("2021-01-26T00:00:00.000Z");
  expect(stepOf("2021-01-26T06:00:00")).toBe(5);
  expect(stepOf("differs")).toBeUndefined();
});

it("names whole days, and not too many", () => {
  const { ticks, at } = clock(WEEKS);
  expect(ticks.length).toBeGreaterThan(4);
  expect(ticks.length).toBeLessThanOrEqual(8);
  for (const tick of ticks) expect(at(tick.at).getUTCHours()).toBe(0);
});
