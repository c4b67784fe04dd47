import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";

/** All scripts of the page together, compressed, in bytes. */
const SCRIPT_BUDGET = 1_000_000;

/** Prints what the page weighs and fails the build if its scripts are above the budget. */
export function budget(): Plugin {
  return {
    name: "budget",
    apply: "build",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        let scripts = 0;
        let others = 0;
        for (const file of Object.values(bundle)) {
          const content = file.type === "chunk" ? file.code : file.source;
          const bytes = gzipSync(content).length;
          if (/\.m?js$/.test(file.fileName)) scripts += bytes;
          else others += bytes;
        }
        const kB = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB`;
        this.info(`scripts ${kB(scripts)} compressed of ${kB(SCRIPT_BUDGET)}; other files ${kB(others)}`);
        if (scripts > SCRIPT_BUDGET) {
          this.error(`scripts are ${kB(scripts)} compressed, above ${kB(SCRIPT_BUDGET)}: load less, or later`);
        }
      },
    },
  };
}
