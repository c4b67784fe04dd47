import { describe, expect, it } from "vitest";
import { decode, encode, type View } from "./address.ts";

const FULL: View = {
  page: "studies",
  from: "PECHY",
  to: "lon=121.5,lat=31.2",
  vessel: "neopanamax",
  size: { draught_m: 16.5, loa_m: 399 },
  avoid: ["suez", "panama-neopanamax"],
  way: 2,
  study: "chancay",
  job: "j-1",
  flow: "lima-shanghai",
  baseline: "mexico",
  scenario: "opening",
  camera: { lon: -120.5, lat: 12.25, zoom: 3.5 },
  projection: "flat",
  lang: "pt",
};

describe("the address", () => {
  it("restores the view", () => {
    expect(decode(encode(FULL))).toEqual(FULL);
    const empty = decode("");
    expect(decode(encode(empty))).toEqual(empty);
  });

  it("is short and can be read", () => {
    expect(encode({ ...decode(""), from: "PECHY", avoid: ["suez", "kiel"] })).toBe("?from=PECHY&avoid=suez;kiel");
  });

  it("leaves what it cannot read at its default", () => {
    const view = decode("?draught_m=deep&loa_m=-3&way=x&map=1,2&projection=cube&page=nowhere");
    expect(view).toEqual(decode(""));
  });
});
