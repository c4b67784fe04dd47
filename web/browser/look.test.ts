import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { launch, open, PHONE, quit, shot } from "./browser.ts";
import { drawn } from "./map.ts";

afterAll(quit);

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const SERIOUS = ["serious", "critical"];

/** Serious faults of accessibility, each with the place where it is. */
async function faults(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof import("axe-core") }).axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    }),
  );
  return found.violations
    .filter((violation) => SERIOUS.includes(violation.impact ?? ""))
    .flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${node.target} ${node.failureSummary}`));
}

const ROUTE = "?from=NLRTM&to=SGSIN&avoid=suez";
const STUDY = "?page=studies&study=chancay";

describe.each([
  { language: "en", title: "Canals and straits", emissions: "nm" },
  { language: "es", title: "Canales y estrechos" },
  { language: "pt", title: "Canais e estreitos" },
  { language: "zh", title: "运河与海峡" },
])("in $language", ({ language, title }) => {
  it("the page speaks it, and its figures do", async () => {
    const { page, wrong, close } = await open(`${ROUTE}&lang=${language}`, { locale: "en-GB" });
    await page.getByText(title).waitFor();
    await page.locator("[data-figure=distance]").waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(language === "zh" ? "zh-Hans" : language);
    const distance = await page.locator("[data-figure=distance]").innerText();
    expect(distance).toMatch(language === "es" || language === "pt" ? /\d\d\.\d{3}/ : /\d\d,\d{3}/);
    expect(await faults(page)).toEqual([]);
    await drawn(page);
    await shot(page, `route-${language}`);
    expect(wrong).toEqual([]);
    await close();
  });
});

it("speaks the browser's language if none is asked for", async () => {
  const { page, close } = await open("", { locale: "es-PE" });
  await page.getByText("Canales y estrechos").waitFor();
  await page.getByLabel("Idioma").selectOption("pt");
  await page.getByText("Canais e estreitos").waitFor();
  await page.waitForFunction(() => location.search.includes("lang=pt"));
  await close();
});

describe.each(["light", "dark"] as const)("in %s", (colorScheme) => {
  it.each([
    ["route", ROUTE, "[data-figure=distance]"],
    ["studies", "?page=studies", ".studies a"],
    ["study", STUDY, "#claims"],
  ])("%s has no serious fault of accessibility", { timeout: 300_000 }, async (name, query, ready) => {
    const { page, wrong, close } = await open(query, { colorScheme });
    await page.locator(ready).first().waitFor({ timeout: 300_000 });
    if (name === "study") {
      for (const summary of await page.locator("details > summary").all()) await summary.evaluate((s) => (s.parentElement as HTMLDetailsElement).open = true);
      // A button that can be pressed is read too, not only one that cannot.
      await page.locator("#switch input").first().check();
      expect(await page.locator("#switch button.primary").isEnabled()).toBe(true);
    }
    expect(await faults(page)).toEqual([]);
    await drawn(page);
    await shot(page, `${name}-${colorScheme}`);
    expect(wrong).toEqual([]);
    await close();
  });

  it.each([
    ["route", ROUTE, "[data-figure=distance]"],
    ["study", STUDY, "#claims"],
  ])("%s fits a phone", { timeout: 300_000 }, async (name, query, ready) => {
    const { page, wrong, close } = await open(query, { colorScheme, viewport: PHONE, isMobile: true, hasTouch: true });
    await page.locator(ready).first().waitFor({ timeout: 300_000 });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(PHONE.width);
    expect(await faults(page)).toEqual([]);
    await drawn(page);
    await shot(page, `${name}-phone-${colorScheme}`);
    expect(wrong).toEqual([]);
    await close();
  });
});

it("without WebGL the words, tables and a plain drawing are there", async () => {
  const plain = await launch(["--disable-gpu", "--disable-3d-apis"]);
  const { page, close } = await open(ROUTE, {}, plain);
  await page.locator("[data-figure=distance]").waitFor();
  await page.getByText("draws no 3D graphics").waitFor();
  expect(await page.locator("svg.plain-map path.way.after").first().getAttribute("d")).toMatch(/^M.+L/);
  await page.locator("p.moved").waitFor();
  expect(await faults(page)).toEqual([]);
  await shot(page, "route-without-webgl");
  await close();
  await plain.close();
});
