import { defineConfig } from "vitest/config";

/** The page in a real browser over a real server: `npm run browser`. */
export default defineConfig({
  test: {
    include: ["browser/**/*.test.ts"],
    globalSetup: ["browser/server.ts"],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // One browser at a time: drawing without a graphics card takes a whole core.
    fileParallelism: false,
    isolate: false,
    sequence: { concurrent: false },
  },
});
