import type { Ranged, Route } from "../api/sea.ts";

export const HOURS_PER_DAY = 24;

/** A figure of a way with its decimals and unit. */
export interface Figure {
  id: string;
  unit: string;
  decimals: number;
  of(way: Route): number | null | undefined;
  /** Where it is uncertain. */
  range?(way: Route): Ranged | undefined;
}

/** Figures of a way, in the order in which they are shown. */
export const FIGURES: Figure[] = [
  { id: "distance", unit: "nm", decimals: 0, of: (way) => way.distance_nm },
  { id: "days-at-sea", unit: "d", decimals: 1, of: (way) => way.time_h && way.time_h / HOURS_PER_DAY },
  { id: "cost", unit: "USD", decimals: 0, of: (way) => way.cost_usd?.central, range: (way) => way.cost_usd },
  {
    id: "emissions",
    unit: "t CO2e",
    decimals: 0,
    of: (way) => way.emissions?.wtw_t_co2e.central,
    range: (way) => way.emissions?.wtw_t_co2e,
  },
];
