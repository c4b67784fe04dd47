import { computed, signal } from "@preact/signals";
import { view } from "../state/view.ts";
import type { WorldMap } from "./world-map.ts";

/** The map of the page; undefined until it is drawn, and where the browser cannot draw it. */
export const worldMap = signal<WorldMap | undefined>(undefined);
/** Whether the browser cannot draw the map. */
export const noMap = signal(false);

/** Whether what is shown fits the side of a globe that is seen. */
export const bestAsGlobe = signal(true);
/** Whether the map is a globe: as the reader chose, else as it shows more. */
export const isGlobe = computed(() => {
  const { projection } = view.value;
  return projection === "" ? bestAsGlobe.value : projection === "globe";
});

/** What of a study the map shows. */
export type MapShows =
  | { kind: "routes"; swipe: boolean }
  | { kind: "flows"; world: string }
  | { kind: "replay"; scenario: string; step: number };
export const mapShows = signal<MapShows>({ kind: "routes", swipe: false });
