import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Plugin } from "vite";

/** Licences under which code may be part of the page. */
const ALLOWED = ["MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0"];

/** Whether one of the licences that a package offers is allowed. */
export function isAllowed(licence: string): boolean {
  return licence.replace(/[()]/g, "").split(" OR ").some((one) => ALLOWED.includes(one));
}

interface Package {
  folder: string;
  name: string;
  version: string;
  license: string;
}

/** The package that a file belongs to; undefined for our own files. */
export function packageOf(file: string): Package | undefined {
  if (!file.includes("/node_modules/")) return undefined;
  for (let folder = dirname(file); folder.includes("/node_modules/"); folder = dirname(folder)) {
    const manifest = join(folder, "package.json");
    if (!existsSync(manifest)) continue;
    const { name, version, license } = JSON.parse(readFileSync(manifest, "utf8"));
    // Folders for one entry point have a manifest without a version.
    if (name && version) return { folder, name, version, license: license ?? "" };
  }
  return undefined;
}

/** Text of a package's licence file; undefined if it has none. */
function licenceText(folder: string): string | undefined {
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  return file && readFileSync(join(folder, file), "utf8").trim();
}

/** Writes third-party-notices.txt: every package that is part of the page, with its licence. */
export function notices(): Plugin {
  const files = new Set<string>();
  return {
    name: "notices",
    apply: "build",
    moduleParsed({ id }) {
      files.add(id.replace(/\?.*$/, "").replace(/^\0/, ""));
    },
    generateBundle() {
      const packages = new Map<string, Package>();
      for (const file of files) {
        const found = packageOf(file);
        if (found) packages.set(found.name, found);
      }
      // Files that packages ship ready-bundled name their parts in the manifest only.
      for (const { folder } of [...packages.values()]) addParts(packages, folder);
      const sorted = [...packages.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
      for (const { name, license } of sorted) {
        if (!isAllowed(license)) this.error(`${name} is under ${license || "no licence"}: use another package`);
      }
      const source = sorted
        .map((p) => `${p.name} ${p.version} (${p.license})\n\n${licenceText(p.folder) ?? ""}\n`)
        .join("\n----------------------------------------\n\n");
      this.emitFile({ type: "asset", fileName: "third-party-notices.txt", source });
    },
  };
}

function addParts(packages: Map<string, Package>, folder: string): void {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  for (const name of Object.keys(manifest.dependencies ?? {})) {
    if (packages.has(name)) continue;
    const modules = folder.slice(0, folder.lastIndexOf("/node_modules/") + "/node_modules/".length);
    const nested = join(folder, "node_modules", name, "package.json");
    const found = packageOf(existsSync(nested) ? nested : join(modules, name, "package.json"));
    if (!found) continue;
    packages.set(name, found);
    addParts(packages, found.folder);
  }
}
