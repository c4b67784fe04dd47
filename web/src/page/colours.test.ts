import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const report = readFileSync(new URL("../../../crates/foreland/src/report/report.css", import.meta.url), "utf8");
const page = readFileSync(new URL("./colours.css", import.meta.url), "utf8");

/** Variables of a block with colours. */
function variables(text: string): Map<string, string> {
  return new Map([...text.matchAll(/--([\w-]+):\s*(#[0-9a-f]+);/g)].map(([, name, value]) => [name!, value!]));
}

const inLight = variables(report.slice(0, report.indexOf("@media screen")));
const inDark = variables(report.slice(report.indexOf("@media screen"), report.indexOf("*, *::before")));

/** A colour of the page in light and dark. */
function colour(name: string): [string, string] {
  const value = new RegExp(`--${name}:\\s*([^;]+);`).exec(page)?.[1] ?? "";
  const both = /^light-dark\((.+), (.+)\)$/.exec(value);
  return both ? [both[1]!, both[2]!] : [value, value];
}

/** Contrast of two colours by WCAG 2.2. */
function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((i) => {
    const c = Number.parseInt(hex.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

describe("the colours", () => {
  it("are those of the report", () => {
    expect(inLight.size).toBeGreaterThan(30);
    for (const [name, value] of inLight) {
      expect([name, ...colour(name)]).toEqual([name, value, inDark.get(name) ?? value]);
    }
  });

  it.each([
    ["ink", "paper"],
    ["soft", "paper"],
    ["soft", "faint"],
    ["link", "paper"],
    ["bad", "paper"],
    ["before", "card"],
    ["after", "card"],
    ["changed", "water"],
    ["ink", "water"],
  ])("of text keep 4.5 to 1: %s on %s", (text, ground) => {
    const [light, dark] = [colour(text), colour(ground)];
    expect(contrast(light[0], dark[0])).toBeGreaterThanOrEqual(4.5);
    expect(contrast(light[1], dark[1])).toBeGreaterThanOrEqual(4.5);
  });
});
