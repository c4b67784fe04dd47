import { expect, it } from "vitest";
import { tooLarge } from "./limits.ts";

const ship = { loa_m: 366, beam_m: 51, draught_m: 14.5 };

it("names the dimensions that do not fit", () => {
  expect(tooLarge(ship, { loa_m: 370, beam_m: 51.25, draught_m: 15.24 })).toEqual([]);
  expect(tooLarge(ship, { loa_m: 294, beam_m: 32.3, draught_m: 12 })).toEqual(["draught_m", "beam_m", "loa_m"]);
});

it("is not held back by what is not known", () => {
  expect(tooLarge(ship, { draught_m: null })).toEqual([]);
  expect(tooLarge(ship, null)).toEqual([]);
});

it("fits what is exactly as large", () => {
  expect(tooLarge(ship, { beam_m: 51 })).toEqual([]);
});
