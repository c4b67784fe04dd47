import { readFileSync } from "node:fs";
import { afterAll, expect, it } from "vitest";
import { open, quit, shot } from "./browser.ts";
import { at, differs, drawn, picture, pixels, shows } from "./map.ts";

afterAll(quit);

/** The study runs once in the tests; later pages find its job done. */
const RUN_MS = 300_000;

it("a study opens with its answer, claims, charts and their tables", { timeout: RUN_MS }, async () => {
  const { page, wrong, close } = await open("?page=studies");
  await page.getByRole("link", { name: /The opening of the port of Chancay/ }).click();
  await page.getByRole("progressbar").waitFor();
  await page.getByRole("heading", { name: "Claims" }).waitFor({ timeout: RUN_MS });
  const claims = page.locator("details.claim");
  expect(await claims.count()).toBe(9);
  const days = claims.filter({ hasText: "Twelve days less to China" });
  expect(await days.getAttribute("data-verdict")).toBe("supported_only_if");
  await days.locator("summary").first().click();
  await days.getByRole("heading", { name: "What decides it" }).waitFor();
  expect(await days.locator(".tornado .swing").count()).toBeGreaterThan(0);
  await days.getByRole("heading", { name: "What would have to be true" }).waitFor();
  await days.getByText("The same as a table").first().click();
  expect(await days.locator("table").first().locator("tbody tr").count()).toBeGreaterThan(3);
  await shot(page, "study-claim");
  await shows(page, "after", true);
  await shows(page, "before", true);
  await drawn(page);
  expect(await pixels(page, "after")).toBeGreaterThan(15);
  const bars = page.locator("#days .stages .stage.sea");
  expect(await bars.count()).toBeGreaterThan(2);
  await page.getByText("Flows on the map").scrollIntoViewIfNeeded();
  const without = await picture(page);
  await page.locator("#flows .buttons button").last().click();
  await page.waitForFunction(() => Number(document.querySelector<HTMLElement>(".map")?.dataset["flows"]) > 10);
  await drawn(page);
  expect(differs(without, await picture(page))).toBeGreaterThan(500);
  await shot(page, "study-flows");
  expect(wrong).toEqual([]);
  await close();
});

it("before and after are swiped with the keyboard", { timeout: RUN_MS }, async () => {
  const { page, wrong, close } = await open("?page=studies&study=chancay&flow=lima-shanghai");
  await page.getByRole("button", { name: "Swipe between before and after" }).click({ timeout: RUN_MS });
  const handle = page.getByRole("slider", { name: "Line between the map before and the map after" });
  await handle.waitFor();
  await handle.focus();
  await page.keyboard.press("Home");
  await expect.poll(() => page.locator(".swipe-after").evaluate((box) => getComputedStyle(box).clipPath)).toContain("0%");
  await page.keyboard.press("End");
  await expect.poll(() => page.locator(".swipe-after").evaluate((box) => getComputedStyle(box).clipPath)).toContain("100%");
  await shows(page, "after", false);
  await shot(page, "study-swipe");
  await page.getByRole("button", { name: "Swipe between before and after" }).click();
  await handle.waitFor({ state: "detached" });
  await shows(page, "after", true);
  expect(wrong).toEqual([]);
  await close();
});

it("a changed assumption runs again, with progress, and back", { timeout: RUN_MS }, async () => {
  const { page, wrong, close } = await open("?page=studies&study=chancay");
  await page.getByRole("heading", { name: "Assumptions" }).waitFor({ timeout: RUN_MS });
  const again = page.getByRole("button", { name: /run again/i });
  expect(await again.isDisabled()).toBe(true);
  const slider = page.locator(".slider input").first();
  await slider.focus();
  await page.keyboard.press("End");
  await page.getByRole("button", { name: "Run again with one change" }).click();
  await page.getByRole("progressbar").waitFor();
  expect(await page.locator(".run-state").innerText()).toContain("runs again with your changes");
  await page.getByText("You see a run with changed assumptions").waitFor({ timeout: RUN_MS });
  await page.waitForFunction(() => location.search.includes("job="));
  await page.getByRole("button", { name: "Back to the study’s own assumptions" }).click();
  await page.waitForFunction(() => !location.search.includes("job="));
  expect(wrong).toEqual([]);
  await close();
});

it("a port switched off by keyboard and a road by a click move the journeys, before and after are drawn", { timeout: RUN_MS }, async () => {
  const { page, wrong, close } = await open("?page=studies&study=chancay&flow=lima-shanghai");
  await page.getByRole("heading", { name: "Switch off and see" }).waitFor({ timeout: RUN_MS });
  const run = page.getByRole("button", { name: "Run without them" });
  expect(await run.isDisabled()).toBe(true);
  await page.locator("#switch summary", { hasText: "Ports" }).focus();
  await page.keyboard.press("Enter");
  const chancay = page.getByRole("checkbox", { name: "Chancay (PECHY)" });
  await chancay.focus();
  await page.keyboard.press("Space");
  await page.getByText("Switched off in the next run: Chancay (PECHY).").waitFor();
  await run.focus();
  await page.keyboard.press("Enter");
  await page.getByText("You see the journeys without Chancay (PECHY)").waitFor({ timeout: RUN_MS });
  const row = page.locator("#switch tbody tr").first();
  expect(await row.innerText()).toMatch(/Callao/);
  expect(await row.innerText()).not.toMatch(/\[.*Chancay/);
  await shows(page, "before", true);
  await shows(page, "after", true);
  await drawn(page);
  await shot(page, "study-switched-off");
  // The link shows the same to others.
  const { page: other, close: closeOther } = await open(new URL(page.url()).search);
  await other.getByText("You see the journeys without Chancay (PECHY)").waitFor({ timeout: RUN_MS });
  await closeOther();
  await page.getByRole("button", { name: "Switch all on again" }).click();
  await page.getByRole("button", { name: "Back to the study’s own assumptions" }).click();
  expect(wrong).toEqual([]);
  await close();
});

it("a road on the map is switched off by a click and on again by another", { timeout: RUN_MS }, async () => {
  const { page, wrong, close } = await open("?page=studies&study=chancay&map=-68.000,-17.500,5.50&projection=flat");
  await page.getByRole("heading", { name: "Switch off and see" }).waitFor({ timeout: RUN_MS });
  await drawn(page);
  const middle = await page.evaluate(() => {
    const { map } = document.querySelector(".map") as unknown as { map: import("maplibre-gl").Map };
    const roads = map.queryRenderedFeatures({ layers: ["after-both", "after", "before"] }).filter((f) => f.properties["links"]);
    const line: [number, number][] = roads[0]!.properties["line"];
    const inside = ([lon, lat]: [number, number]) => map.getBounds().contains([lon, lat]);
    const i = line.findIndex((point, n) => n > 0 && inside(point) && inside(line[n - 1]!));
    return [(line[i]![0] + line[i - 1]![0]) / 2, (line[i]![1] + line[i - 1]![1]) / 2] as [number, number];
  });
  const { x, y } = await at(page, ...middle);
  await page.mouse.click(x, y);
  await page.getByText(/Switched off in the next run: (road|rail)/).waitFor();
  expect(await page.locator("#switch input:checked").count()).toBe(1);
  await page.mouse.click(x, y);
  await expect.poll(() => page.locator("#switch input:checked").count()).toBe(0);
  expect(wrong).toEqual([]);
  await close();
});

it("a run can be given up", { timeout: RUN_MS }, async () => {
  const { page, close } = await open("?page=studies&study=chancay");
  await page.getByRole("heading", { name: "Assumptions" }).waitFor({ timeout: RUN_MS });
  await page.locator(".slider input").nth(1).focus();
  await page.keyboard.press("Home");
  await page.getByRole("button", { name: "Run again with one change" }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByText("The run was cancelled.").waitFor({ timeout: RUN_MS });
  await close();
});

it("tables and the study file can be saved", { timeout: RUN_MS }, async () => {
  const { page, close } = await open("?page=studies&study=chancay");
  await page.getByRole("heading", { name: "Data", exact: true }).waitFor({ timeout: RUN_MS });
  const saved = async (click: () => Promise<void>) => {
    const [download] = await Promise.all([page.waitForEvent("download"), click()]);
    return readFileSync(await download.path(), "utf8");
  };
  expect(await saved(() => page.getByRole("link", { name: "Study file" }).click())).toContain("[[baseline]]");
  expect(await saved(() => page.locator("#data").getByRole("link", { name: "claims" }).click())).toMatch(/^\W*[a-z_]*,?.*verdict/);
  await page.locator("#days summary").first().click();
  const days = await saved(() => page.locator("#days").getByRole("button", { name: "Save as CSV" }).click());
  expect(days.split("\r\n")[0]).toContain("sea (d)");
  expect(days).toMatch(/\d+\.\d+/);
  await close();
});

it("a disruption is replayed hour by hour, with its queues as chart and as table", { timeout: RUN_MS }, async () => {
  const { page, wrong, close } = await open("?page=studies&study=suez-2021");
  await page.getByRole("heading", { name: "Disruption, hour by hour" }).waitFor({ timeout: RUN_MS });
  const section = page.locator("#simulation");
  const time = section.getByRole("slider", { name: "Time" });
  await time.focus();
  await page.keyboard.press("Home");
  const step = async () => Number(await section.locator("output[data-step]").getAttribute("data-step"));
  const waits = async () => Number((await section.locator(".reading-at").first().innerText()).replace(/[^\d].*$/s, ""));
  await expect.poll(step).toBe(0);
  const seen = [await waits()];
  for (let i = 0; i < 10; i += 1) {
    const before = await step();
    await page.keyboard.press("PageUp");
    await expect.poll(step).toBeGreaterThan(before);
    seen.push(await waits());
  }
  // Ships pile up before the canal while it is blocked, and the queue is gone at the end.
  expect(Math.max(...seen)).toBeGreaterThan(50);
  expect(seen.at(-1)).toBeLessThan(Math.max(...seen) / 2);
  await page.keyboard.press("Home");
  await section.getByRole("button", { name: "Play" }).click();
  await expect.poll(step, { timeout: 20_000 }).toBeGreaterThan(5);
  await section.getByRole("button", { name: "Pause" }).click();
  expect(await section.locator("svg path").count()).toBeGreaterThan(0);
  await section.getByText("The same as a table").first().click();
  expect(await section.locator("table").first().locator("tbody tr").count()).toBeGreaterThan(10);
  await shows(page, "places", true);
  await drawn(page);
  await shot(page, "study-replay");
  expect(wrong).toEqual([]);
  await close();
});
