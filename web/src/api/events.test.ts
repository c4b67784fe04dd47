import { expect, it } from "vitest";
import { split } from "./events.ts";

it("takes whole events apart and keeps what is not whole", () => {
  const { whole, left } = split('event: progress\ndata: {"done":1}\n\n: still here\n\nevent: sta', false);
  expect(whole).toEqual([{ name: "progress", data: '{"done":1}' }]);
  expect(left).toBe("event: sta");
});

it("joins lines of data, takes any end of line, and ends with the stream", () => {
  const { whole, left } = split("data: a\r\ndata:b\r\n\r\nevent: status\ndata: c", true);
  expect(whole).toEqual([
    { name: "message", data: "a\nb" },
    { name: "status", data: "c" },
  ]);
  expect(left).toBe("");
});
