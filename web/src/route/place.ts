import { portByCode } from "../state/sea.ts";
import { fixed } from "../i18n/number.ts";

/** A position as the API takes it. */
export function positionCode(lon: number, lat: number): string {
  const wrapped = ((((lon + 180) % 360) + 360) % 360) - 180;
  return `lon=${wrapped.toFixed(3)},lat=${lat.toFixed(3)}`;
}

export function parsePosition(code: string): { lon: number; lat: number } | undefined {
  const found = /^lon=(-?[\d.]+),lat=(-?[\d.]+)$/.exec(code);
  return found ? { lon: Number(found[1]), lat: Number(found[2]) } : undefined;
}

/** A place for people: the port's name, or degrees. */
export function placeName(code: string): string {
  const at = parsePosition(code);
  if (at) return `${degrees(at.lat, "N", "S")} ${degrees(at.lon, "E", "W")}`;
  return portByCode.value.get(code)?.name ?? code;
}

function degrees(value: number, positive: string, negative: string): string {
  return `${fixed(Math.abs(value), 2)}°\u202f${value < 0 ? negative : positive}`;
}
