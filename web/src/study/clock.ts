import type { Simulation } from "../api/simulation.ts";
import { tag } from "../i18n/language.ts";

const MS_PER_H = 3_600_000;
/** Names of months and days that an axis has room for. */
const MOST_TICKS = 8;

/** Steps of a simulation as times, and the other way round; its times have no zone and are read as UTC. */
export function clock({ start, step_h, until }: Pick<Simulation, "start" | "step_h" | "until">) {
  const from = Date.parse(`${start}Z`);
  const at = (step: number) => new Date(from + step * step_h * MS_PER_H);
  /** Undefined for words such as `differs`. */
  const stepOf = (time: string): number | undefined => {
    const parsed = Date.parse(`${time}Z`);
    return Number.isNaN(parsed) ? undefined : (parsed - from) / MS_PER_H / step_h;
  };
  const format = (options: Intl.DateTimeFormatOptions) => {
    const made = new Intl.DateTimeFormat(tag(), { ...options, timeZone: "UTC" });
    return (date: Date) => made.format(date);
  };
  const short = format({ month: "short", day: "numeric" });
  const end = stepOf(until) ?? 0;
  const every = Math.max(1, Math.ceil((end * step_h) / 24 / MOST_TICKS)) * (24 / step_h);
  const ticks = [];
  for (let step = every; step < end - every / 3; step += every) ticks.push({ at: step, name: short(at(step)) });
  return {
    at,
    stepOf,
    ticks,
    time: format({ dateStyle: "long", timeStyle: "short" }),
    day: format({ dateStyle: "medium" }),
  };
}
