import { computed } from "@preact/signals";
import type { Vessel } from "../api/sea.ts";
import type { Size } from "../state/address.ts";
import { vessels } from "../state/sea.ts";
import { change, view } from "../state/view.ts";
import type { Dimension, Dimensions } from "./limits.ts";

/** The ship that is asked about: a class, perhaps with other dimensions. */
export interface Ship extends Dimensions {
  class: Vessel;
}

/** Range of a dimension that can be dragged through, and its step, m. */
export const DRAG: Record<Dimension, { min: number; max: number; step: number }> = {
  draught_m: { min: 2, max: 25, step: 0.1 },
  beam_m: { min: 8, max: 70, step: 0.1 },
  loa_m: { min: 50, max: 460, step: 1 },
};

/** The class that is shown if none is asked for. */
const FIRST = "neopanamax";

export const ship = computed<Ship | undefined>(() => {
  const { vessel, size } = view.value;
  const all = vessels.value;
  const found = all.find((v) => v.id === vessel) ?? all.find((v) => v.id === FIRST) ?? all[0];
  return found && { class: found, ...dimensions(found, size) };
});

function dimensions(vessel: Vessel, size: Size): Dimensions {
  return {
    loa_m: size.loa_m ?? vessel.loa_m,
    beam_m: size.beam_m ?? vessel.beam_m,
    draught_m: size.draught_m ?? vessel.draught_m,
  };
}

export function choose(vessel: string): void {
  change({ vessel, size: {}, way: 0 });
}

/** Gives the ship another dimension; that of its class is not kept apart. */
export function resize(dimension: Dimension, metres: number): void {
  const size = { ...view.value.size };
  const range = DRAG[dimension];
  const value = Math.min(range.max, Math.max(range.min, metres));
  if (value === ship.value?.class[dimension]) delete size[dimension];
  else size[dimension] = value;
  change({ size, way: 0 });
}

export function isResized(): boolean {
  return Object.keys(view.value.size).length > 0;
}
