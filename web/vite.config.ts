import { defineConfig } from "vitest/config";
import { budget } from "./build/budget.ts";
import { notices } from "./build/notices.ts";

/** Where `npm run dev` finds a running `foreland serve`. */
const SERVER = process.env["FORELAND_SERVER"] ?? "http://127.0.0.1:8123";

export default defineConfig({
  base: "./",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    target: "es2022",
    // Small pictures as data: URLs would need a looser content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
  },
  worker: { format: "es" },
  plugins: [notices(), budget()],
  server: { proxy: { "/v1": SERVER } },
  test: { include: ["src/**/*.test.ts", "build/**/*.test.ts"] },
});
