import { expect, it } from "vitest";
import { csv } from "./csv.ts";

it("writes RFC 4180 with dot decimals", () => {
  const text = csv(["name", "distance (nm)"], [["Lima, \"Callao\"", 1234.5], [null, undefined], ["two\nlines", true]]);
  expect(text).toBe('name,distance (nm)\r\n"Lima, ""Callao""",1234.5\r\n,\r\n"two\nlines",true\r\n');
});
