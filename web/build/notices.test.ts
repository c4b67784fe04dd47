import { expect, it } from "vitest";
import { isAllowed } from "./notices.ts";

it("takes a package if one of its licences is allowed", () => {
  expect(["MIT", "(MIT OR GPL-3.0-only)", "Apache-2.0"].map(isAllowed)).toEqual([true, true, true]);
  expect(["GPL-3.0-only", "", "MPL-2.0", "MIT AND GPL-2.0-only"].map(isAllowed)).toEqual([false, false, false, false]);
});
