import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** Address of the server, with a slash at its end. */
    address: string;
  }
}

export const ROOT = new URL("../..", import.meta.url).pathname;

/** The command that serves: FORELAND, or what cargo built last. */
export function program(): string {
  const target = process.env["CARGO_TARGET_DIR"] ?? join(ROOT, "target");
  const all = [process.env["FORELAND"], join(target, "release/foreland"), join(target, "debug/foreland")];
  const found = all.find((path) => path && existsSync(path));
  if (!found) throw new Error("no foreland to test: cargo build --release, or name one in FORELAND");
  return found;
}

/** Starts the server on a free port with an empty store, and ends it after the tests; or uses the one that FORELAND_URL names. */
export default async function serve(project: TestProject): Promise<() => void> {
  const running = process.env["FORELAND_URL"];
  if (running) {
    project.provide("address", running);
    return () => {};
  }
  const store = mkdtempSync(join(tmpdir(), "foreland-browser-"));
  const server = spawn(program(), ["serve", "--bind", "127.0.0.1:0", "--store", join(store, "jobs")], {
    cwd: ROOT,
    stdio: ["ignore", "inherit", "pipe"],
  });
  project.provide("address", await addressOf(server));
  return () => {
    server.kill("SIGTERM");
    rmSync(store, { recursive: true, force: true });
  };
}

/** The server says where it is once it answers. */
export function addressOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    server.stderr!.on("data", (text: Buffer) => {
      said += text;
      const found = /http:\/\/127\.0\.0\.1:\d+\//.exec(said);
      if (found) resolve(found[0]);
    });
    server.on("exit", (code) => reject(new Error(`foreland serve ended with ${code}: ${said}`)));
  });
}
