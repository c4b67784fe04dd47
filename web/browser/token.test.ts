import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { DESKTOP, launch } from "./browser.ts";
import { addressOf, program, ROOT } from "./server.ts";

const TOKEN = "for-this-test-only";

it("where a token is set, the page asks for it, and progress of a run comes with it", { timeout: 300_000 }, async () => {
  const store = mkdtempSync(join(tmpdir(), "foreland-token-"));
  const server = spawn(program(), ["serve", "--bind", "127.0.0.1:0", "--store", store], {
    cwd: ROOT,
    env: { ...process.env, FORELAND_TOKEN: TOKEN },
    stdio: ["ignore", "inherit", "pipe"],
  });
  const browser = await launch();
  try {
    const page = await (await browser.newContext({ viewport: DESKTOP, locale: "en-GB" })).newPage();
    const address = await addressOf(server);
    await page.goto(`${address}?page=studies`);
    const field = page.getByLabel("The server asks for a token.");
    await field.fill("a wrong one");
    await page.getByRole("button", { name: "Use this token" }).click();
    await page.waitForLoadState();
    await field.fill(TOKEN);
    await page.getByRole("button", { name: "Use this token" }).click();
    const listened = page.waitForResponse((response) => response.url().endsWith("/events"));
    await page.getByRole("link", { name: /The opening of the port of Chancay/ }).click();
    const events = await listened;
    expect(events.status()).toBe(200);
    expect(events.headers()["content-type"]).toContain("text/event-stream");
    // Stages come by events only: asking after a job gives its status alone.
    await page.locator(".run-state", { hasText: /worlds|sea legs|runs/ }).waitFor();
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByText("The run was cancelled.").waitFor();
    expect(await field.count()).toBe(0);
  } finally {
    await browser.close();
    server.kill("SIGTERM");
    rmSync(store, { recursive: true, force: true });
  }
});
