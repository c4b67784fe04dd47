import type { Spread } from "../api/findings.ts";
import { language, t, tag } from "./language.ts";

/** How figures are shown: docs/style.md, in the reader's own form. */

const NBSP = "\u00a0";
const MINUS = "\u2212";

const formats = new Map<string, Intl.NumberFormat>();

/** A number with a fixed count of decimals. */
export function fixed(value: number, decimals: number): string {
  const key = `${language.value} ${decimals}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(tag(), {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
      signDisplay: "negative",
      // Spanish and Portuguese part thousands from five digits on; columns keep one form.
      useGrouping: "always",
    } as Intl.NumberFormatOptions);
    formats.set(key, format);
  }
  return format.format(value).replace("-", MINUS);
}

/** Below this a value is what rounding has left of zero. */
const NOTHING = 1e-9;

/** Decimals that suit a unit and some values that are shown together. */
export function decimalsFor(unit: string, values: number[]): number {
  if (values.every((v) => Math.abs(v - Math.trunc(v)) < NOTHING)) return 0;
  const largest = Math.max(0, ...values.map(Math.abs));
  const significant =
    largest >= 99.95 ? 0 : largest >= 9.995 ? 1 : largest >= 0.9995 ? 2 : largest >= 0.09995 ? 3 : largest >= 0.009995 ? 4 : 6;
  const coarse = ["USD", "kg", "nm", "km"].some((start) => unit.startsWith(start));
  if (unit === "d") return Math.min(significant, 1);
  if (coarse) return largest >= 9.995 ? 0 : Math.min(significant, 2);
  return significant;
}

/** About three significant digits; whole numbers without decimals. */
export function plain(value: number): string {
  if (Number.isInteger(value)) return fixed(value, 0);
  const decimals = decimalsFor("", [value]);
  const trimmed = Number(value.toFixed(decimals));
  const needed = String(trimmed).split(".")[1]?.length ?? 0;
  return fixed(trimmed, needed);
}

/** A unit in the reader's language. */
export function unitName(unit: string): string {
  const words: Record<string, string> = { d: "unit-days", "TEU/year": "unit-teu-year", "t/year": "unit-t-year" };
  const id = words[unit];
  return id ? t(id) : unit.replace("CO2", "CO₂");
}

export function joinUnit(number: string, unit: string): string {
  return unit === "" || unit === "1" ? number : `${number}${NBSP}${unitName(unit)}`;
}

export const withUnit = (value: number, unit: string) => joinUnit(plain(value), unit);

/** `10.1 to 12.3 d`, or one number if both are shown alike. */
export function range(low: number, high: number, unit: string): string {
  if (low === high) return withUnit(low, unit);
  const decimals = decimalsFor(unit, [low, high]);
  const [from, to] = [fixed(low, decimals), fixed(high, decimals)];
  return from === to ? joinUnit(from, unit) : joinUnit(t("range", { from, to }), unit);
}

function decimalsOf(s: Spread): number {
  return decimalsFor(s.unit, [s.central, s.p5, s.p50, s.p95]);
}

/** The central value of a spread, rounded in keeping with its range. */
export const central = (s: Spread, unit = s.unit) => joinUnit(fixed(s.central, decimalsOf(s)), unit);

/** The 5–95 % range of a spread; undefined if it has none. */
export function spreadRange(s: Spread, unit = s.unit): string | undefined {
  if (s.p5 === s.p95) return undefined;
  const decimals = decimalsOf(s);
  return joinUnit(t("range", { from: fixed(s.p5, decimals), to: fixed(s.p95, decimals) }), unit);
}

/** A share as a percentage: `0 %` and `100 %` only where nothing is missing. */
export function share(of: number): string {
  const percent = of * 100;
  const number =
    of <= 0 ? "0" : of >= 1 ? "100" : percent < 1 ? t("under", { number: "1" }) : percent > 99 ? t("over", { number: "99" }) : fixed(percent, 0);
  return `${number}${NBSP}%`;
}

/** A change with its sign: below zero is faster, cheaper, cleaner. */
export function change(value: number, decimals: number, unit: string): string {
  const text = fixed(value, decimals);
  const positive = value > 0 && /[1-9]/.test(text);
  return joinUnit(positive ? `+${text}` : text, unit);
}

/** A day in the reader's form. */
export function day(iso: string): string {
  const date = new Date(`${iso}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return iso;
  return new Intl.DateTimeFormat(tag(), { dateStyle: "long", timeZone: "UTC" }).format(date);
}

/** Words in a row: `a, b and c`. */
export function list(words: string[]): string {
  return new Intl.ListFormat(tag(), { type: "conjunction" }).format(words);
}

/** The name of a country in the reader's language. */
export function country(code: string): string {
  try {
    return new Intl.DisplayNames(tag(), { type: "region" }).of(code) ?? code;
  } catch {
    return code;
  }
}
