import { existsSync, mkdirSync } from "node:fs";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { inject } from "vitest";

/** Draws with WebGL on machines without a graphics card, and talks to nobody. */
const FLAGS = [
  "--use-gl=angle",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const SHOTS = new URL("../shots/", import.meta.url).pathname;

let browser: Browser | undefined;

/** The browser of the system: CHROMIUM, or Debian's. */
export async function launch(flags: string[] = []): Promise<Browser> {
  const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
  if (!existsSync(executablePath)) throw new Error(`no browser at ${executablePath}: install chromium, or name one in CHROMIUM`);
  return chromium.launch({ executablePath, args: [...FLAGS, ...flags] });
}

/** Ends the browser after a file of tests. */
export async function quit(): Promise<void> {
  await browser?.close();
  browser = undefined;
}

/** A page and what went wrong in it. */
export interface Opened {
  page: Page;
  /** Errors at the console and requests that left the server. */
  wrong: string[];
  close(): Promise<void>;
}

export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };

/** Opens the page with a query; every test has its own storage. */
export async function open(query: string, options: BrowserContextOptions = {}, own?: Browser): Promise<Opened> {
  browser ??= own ?? (await launch());
  const context = await (own ?? browser).newContext({ viewport: DESKTOP, locale: "en-GB", acceptDownloads: true, ...options });
  const page = await context.newPage();
  const address = inject("address");
  const wrong: string[] = [];
  page.on("pageerror", (error) => wrong.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") wrong.push(message.text());
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(address) && !/^(blob|data):/.test(url)) wrong.push(`asked elsewhere: ${url}`);
  });
  await page.goto(address + query);
  return { page, wrong, close: () => context.close() };
}

/** Keeps a picture of the page as an artefact of the test run. */
export async function shot(page: Page, name: string): Promise<void> {
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: `${SHOTS}${name}.png` });
}
