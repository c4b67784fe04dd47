import { readFileSync } from "node:fs";
import { afterAll, expect, it } from "vitest";
import { open, quit, shot } from "./browser.ts";
import { drawn, pixels, shows } from "./map.ts";

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
  await page.locator("#flows .buttons button").last().click();
  await shows(page, "flows", true);
  await drawn(page);
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
