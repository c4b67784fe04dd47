import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Studies first: their tests see a run begin, which all that come later find done. */
class StudiesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = (file: TestSpecification) => (file.moduleId.includes("study.test") ? 0 : 1);
    return [...files].sort((a, b) => rank(a) - rank(b) || a.moduleId.localeCompare(b.moduleId));
  }
}

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
    sequence: { concurrent: false, sequencer: StudiesFirst },
  },
});
