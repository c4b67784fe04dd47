import { readFileSync } from "node:fs";
import { afterAll, expect, it } from "vitest";
import { open, quit, shot } from "./browser.ts";
import { at, drawn, pixels, shows } from "./map.ts";

afterAll(quit);

/** Callao and Manzanillo (Mexico): both seen when the page opens. */
const CALLAO = [-77.15, -12.05] as const;
const MANZANILLO = [-104.32, 19.05] as const;

it("two clicks on the map give a route, which is drawn", async () => {
  const { page, wrong, close } = await open("");
  await drawn(page);
  await shows(page, "ports", true);
  expect(await pixels(page, "after")).toBeLessThan(20);
  for (const [lon, lat] of [CALLAO, MANZANILLO]) {
    const { x, y } = await at(page, lon, lat);
    await page.mouse.click(x, y);
  }
  await page.getByRole("heading", { name: "Callao", exact: false }).waitFor();
  await shows(page, "after", true);
  await drawn(page);
  // A line of 2.6 px across some hundred px.
  expect(await pixels(page, "after")).toBeGreaterThan(150);
  const distance = Number((await page.locator("[data-figure=distance]").innerText()).replace(/[^\d]/g, ""));
  expect(distance).toBeGreaterThan(2000);
  expect(distance).toBeLessThan(2600);
  await shot(page, "route-by-click");
  expect(wrong).toEqual([]);
  await close();
});

it("a route and its alternatives tell cost and emissions, and what they rest on", async () => {
  const { page, wrong, close } = await open("?from=NLRTM&to=SGSIN&vessel=neopanamax");
  const figure = async (id: string) => Number((await page.locator(`[data-figure=${id}]`).innerText()).split("\n")[0]!.replace(/CO.*$/, "").replace(/[^\d]/g, ""));
  await page.locator("[data-figure=cost]").waitFor();
  expect(await figure("cost")).toBeGreaterThan(1_000_000);
  expect(await figure("emissions")).toBeGreaterThan(1_000);
  expect(await page.locator("[data-figure=cost] .range").innerText()).toMatch(/\d to \d/);
  await page.locator("details.costs > summary").click();
  const part = async (id: string) => Number((await page.locator(`[data-cost=${id}] td`).first().innerText()).replace(/[^\d]/g, ""));
  const sum = (await part("cost-charter")) + (await part("cost-fuel")) + (await part("cost-tolls"));
  expect(Math.abs(sum - (await part("cost")))).toBeLessThan(3);
  expect(await part("emissions-ttw")).toBeLessThan(await part("emissions"));
  await page.getByRole("rowheader", { name: "weather margin" }).waitFor();
  // The alternatives say the same of themselves.
  await expect.poll(() => page.locator("table.ways tbody tr").count()).toBeGreaterThan(1);
  for (const cell of await page.locator("table.ways tbody tr td").allInnerTexts()) expect(cell).toMatch(/\d/);
  // Round the Cape there is no toll.
  await page.locator("[data-passage=suez] input").uncheck();
  await expect.poll(() => part("cost-tolls")).toBe(0);
  expect(wrong).toEqual([]);
  await close();
});

it("places are found by keyboard alone, with or without accents", async () => {
  const { page, wrong, close } = await open("");
  const from = page.getByRole("combobox", { name: "From" });
  await from.waitFor();
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.className)).toBe("skip");
  await from.focus();
  await page.keyboard.type("valparaiso");
  await page.getByRole("option", { name: /Valpara[ií]so/ }).first().waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  expect(await from.getAttribute("aria-activedescendant")).toBeTruthy();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.type("CNSHA");
  await page.getByRole("option", { name: /Shanghai/ }).first().waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: /Valpara[ií]so.*Shanghai/ }).waitFor();
  // The address follows a moment later.
  await page.waitForURL(/to=CNSHA/);
  expect(wrong).toEqual([]);
  await close();
});

it("a passage switched off moves the route, before and after are drawn", async () => {
  const { page, wrong, close } = await open("?from=NLRTM&to=SGSIN&vessel=neopanamax");
  await page.locator("[data-figure=distance]").waitFor();
  const distance = async () => Number((await page.locator("[data-figure=distance]").innerText()).replace(/[^\d]/g, ""));
  const open_ = await distance();
  await page.locator("[data-passage=suez] input").uncheck();
  await page.locator("p.moved").waitFor();
  await shows(page, "before", true);
  await drawn(page);
  expect((await distance()) - open_).toBeGreaterThan(3000);
  expect(await page.locator("p.moved").innerText()).toContain("+3,");
  expect(await page.locator("tr.was").innerText()).toContain("Suez Canal");
  expect(await pixels(page, "after")).toBeGreaterThan(100);
  await page.waitForFunction(() => location.search.includes("avoid=suez"));
  await shot(page, "passage-off");
  await page.locator("[data-passage=suez] input").check();
  await shows(page, "before", false);
  await expect.poll(distance).toBe(open_);
  expect(wrong).toEqual([]);
  await close();
});

it("as the ship grows, passages and ports fall away", async () => {
  const { page, wrong, close } = await open("?from=PECLL&to=USNYC&vessel=neopanamax&draught_m=12");
  const panama = page.locator("[data-passage=panama-neopanamax]");
  await panama.waitFor();
  expect(await panama.getAttribute("data-state")).toBe("open");
  const out = async () => Number(await page.locator("[data-ports-out]").getAttribute("data-ports-out"));
  await page.locator("[data-ports-out]").waitFor();
  const before = await out();
  const slider = page.getByRole("slider", { name: "Draught" });
  await slider.focus();
  for (let i = 0; i < 6; i += 1) await page.keyboard.press("PageUp");
  await page.locator("[data-passage=panama-neopanamax][data-state=small]").waitFor();
  expect(await out()).toBeGreaterThan(before);
  await page.waitForFunction(() => /draught_m=1[5-9]|draught_m=2/.test(location.search));
  expect(wrong).toEqual([]);
  await close();
});

it("a link restores the view", async () => {
  const link = "?from=BRSSZ&to=SGSIN&vessel=capesize&draught_m=15.5&avoid=malacca;sunda&map=60.000,-10.000,1.80&projection=flat";
  const { page, wrong, close } = await open(link);
  await page.locator("[data-figure=distance]").waitFor();
  await drawn(page);
  expect(await page.getByRole("spinbutton", { name: "Draught in metres" }).inputValue()).toBe("15.5");
  expect(await page.locator("[data-passage=malacca]").getAttribute("data-state")).toBe("shut");
  const seen = await page.evaluate(() => {
    const { map } = document.querySelector(".map") as unknown as { map: import("maplibre-gl").Map };
    return { ...map.getCenter(), zoom: map.getZoom(), projection: map.getProjection()?.type };
  });
  expect(seen).toMatchObject({ lng: 60, lat: -10, zoom: 1.8, projection: "mercator" });
  const query = (text: string) => Object.fromEntries(new URLSearchParams(text));
  expect(query(new URL(page.url()).search)).toEqual(query(link));
  expect(wrong).toEqual([]);
  await close();
});

it("what is shown can be saved", async () => {
  const { page, wrong, close } = await open("?from=PECHY&to=CNSHA");
  await page.locator("[data-figure=distance]").waitFor();
  await drawn(page);
  const saved = async (name: string) => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByText(name, { exact: true }).click()]);
    return readFileSync(await download.path());
  };
  const table = (await saved("CSV")).toString();
  expect(table).toMatch(/distance_nm/);
  expect(table).toMatch(/\d{4}\.\d/);
  const shape = JSON.parse((await saved("GeoJSON")).toString());
  expect(shape.type).toBe("FeatureCollection");
  expect((await saved("GPX")).toString()).toContain("<gpx");
  const [picture] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "PNG of the map" }).click(),
  ]);
  const bytes = readFileSync(await picture.path());
  expect(bytes.subarray(1, 4).toString()).toBe("PNG");
  expect(bytes.length).toBeGreaterThan(20_000);
  // Title, legend and sources stand below the map: IHDR holds the height.
  const height = await page.evaluate(() => document.querySelector<HTMLCanvasElement>(".map canvas.maplibregl-canvas")!.height);
  expect(bytes.readUInt32BE(20)).toBeGreaterThan(height + 60);
  expect(wrong).toEqual([]);
  await close();
});

it("a place that is not known is said to be so", async () => {
  const { page, close } = await open("?from=PECHY&to=XXXXX");
  await page.getByRole("alert").waitFor();
  expect(await page.getByRole("alert").innerText()).toContain("This place is not known.");
  await close();
});
