import { expect, it } from "vitest";
import type { FlowFindings } from "../api/findings.ts";
import { loadChanges } from "./loads.ts";

const teu = (central: number) => ({ unit: "TEU/year", central, p5: central, p50: central, p95: central });
const load = (world: string, id: string, value: number, by: "port" | "service" = "port") => ({
  world,
  by,
  id,
  name: id,
  value_musd: teu(0),
  mass_kt: teu(0),
  teu: teu(value),
});

const flows: FlowFindings = {
  worlds: [{ id: "before", title: "Before" }, { id: "opening", title: "Opening" }],
  loads: [
    load("before", "PECLL", 900),
    load("opening", "PECLL", 500),
    load("opening", "PECHY", 450),
    load("before", "CNSHA", 800),
    load("opening", "CNSHA", 850),
    load("opening", "loop", 1, "service"),
    load("another", "PECLL", 9999),
  ],
  lines: [],
};

it("is after less before, largest change first, and knows what is new", () => {
  const rows = loadChanges(flows, "port", "opening");
  expect(rows.map(({ id, change }) => [id, change])).toEqual([["PECHY", 450], ["PECLL", -400], ["CNSHA", 50]]);
  expect(rows[0]!.before).toBeUndefined();
});
