import type { Limits } from "../api/sea.ts";

export const DIMENSIONS = ["draught_m", "beam_m", "loa_m"] as const;
export type Dimension = (typeof DIMENSIONS)[number];
/** Metres. */
export type Dimensions = Record<Dimension, number>;

/** Dimensions in which a ship is larger than what somewhere takes; none if it fits or nothing is known. */
export function tooLarge(ship: Dimensions, limits: Limits | null | undefined): Dimension[] {
  return DIMENSIONS.filter((dimension) => {
    const limit = limits?.[dimension];
    return typeof limit === "number" && ship[dimension] > limit;
  });
}
