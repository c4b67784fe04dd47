import { beforeAll, describe, expect, it } from "vitest";
import { speak } from "./language.ts";
import { central, change, country, day, fixed, plain, range, share, spreadRange } from "./number.ts";

const spread = { unit: "d", central: -10.04, p5: -14.3, p50: -10, p95: -2 };

beforeAll(async () => {
  Object.assign(globalThis, { document: { documentElement: {} } });
});

describe("figures in English are those of the report", () => {
  beforeAll(() => speak("en"));

  it("parts thousands and writes a minus", () => {
    expect(fixed(-1234567.891, 1)).toBe("−1,234,567.9");
    expect(fixed(999, 0)).toBe("999");
    expect(fixed(-0.04, 1)).toBe("0.0");
  });

  it("shows about three digits", () => {
    expect([12, 11.97, 11.94, 1234.5, 0.25, 0.0123].map(plain)).toEqual(["12", "12", "11.9", "1,235", "0.25", "0.0123"]);
  });

  it("gives ranges that share their decimals", () => {
    expect(range(5, 12, "d")).toBe("5 to 12\u00a0d");
    expect(range(-3.71, 0.9, "d")).toBe("−3.7 to 0.9\u00a0d");
    expect(range(3, 3, "d")).toBe("3\u00a0d");
    expect(range(-80.5, 40, "USD/TEU")).toBe("−81 to 40\u00a0USD/TEU");
    expect(range(0, 0.04, "USD/t")).toBe("0.00 to 0.04\u00a0USD/t");
    expect(range(1, 3, "kg CO2e/t")).toBe("1 to 3\u00a0kg CO₂e/t");
    expect(central(spread)).toBe("−10.0\u00a0d");
    expect(spreadRange(spread)).toBe("−14.3 to −2.0\u00a0d");
    expect(spreadRange({ ...spread, p5: 1, p95: 1 })).toBeUndefined();
  });

  it("says all or nothing of a share only if it is", () => {
    expect([0, 0.004, 0.5, 0.997, 1].map(share)).toEqual([
      "0\u00a0%",
      "under 1\u00a0%",
      "50\u00a0%",
      "over 99\u00a0%",
      "100\u00a0%",
    ]);
  });

  it("gives changes their sign, and none to nothing", () => {
    expect(change(12.34, 1, "d")).toBe("+12.3\u00a0d");
    expect(change(-12.34, 1, "d")).toBe("−12.3\u00a0d");
    expect(change(0.01, 1, "d")).toBe("0.0\u00a0d");
  });
});

describe("figures in other languages", () => {
  it("has the reader's points, words and dates", async () => {
    await speak("es");
    expect(fixed(9293.9, 1)).toBe("9.293,9");
    expect(range(5, 12.25, "d")).toBe("5,0 a 12,3\u00a0d");
    expect(day("2024-11-15")).toBe("15 de noviembre de 2024");
    expect(country("PE")).toBe("Perú");
    await speak("pt");
    expect(fixed(9293.9, 1)).toBe("9.293,9");
    expect(country("NL")).toBe("Países Baixos");
    await speak("zh");
    expect(fixed(9293.9, 1)).toBe("9,293.9");
    expect(day("2024-11-15")).toBe("2024年11月15日");
    expect(range(5, 12, "d")).toBe("5 至 12\u00a0天");
  });
});
