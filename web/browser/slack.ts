import { cpus, loadavg } from "node:os";

/** How much slower than alone a test runs while others use the machine. */
export function slack(): number {
  return Math.max(1, loadavg()[0]! / cpus().length);
}
