import type { SimulatedScenario, Simulation } from "../api/simulation.ts";
import type { Position } from "../api/sea.ts";
import { fixed } from "../i18n/number.ts";
import { passageById, portByCode } from "../state/sea.ts";
import { point } from "./draw-route.ts";

/** Radius of the longest queue of a scenario, px; areas grow with what waits. */
const LONGEST_PX = 42;
const SHORTEST_PX = 5;

/** What waits at the places that a disruption hits, at a step of the replay. */
export function waitingFeatures(simulation: Simulation, shows: { scenario: string; step: number }): GeoJSON.Feature[] {
  const scenario = simulation.scenarios.find((one) => one.id === shows.scenario);
  if (!scenario) return [];
  const longest = Math.max(1, ...scenario.stations.flatMap((station) => station.queue.p50));
  return scenario.disruptions.flatMap((disruption) => {
    const station = scenario.stations.find((one) => disruption.hits.includes(one.title));
    const at = positionOf(disruption);
    if (!station || !at) return [];
    const waits = station.queue.p50[shows.step] ?? 0;
    const name = `${fixed(waits, 0)} ${station.unit}`;
    const radius = Math.max(SHORTEST_PX, LONGEST_PX * Math.sqrt(waits / longest));
    return [point(at[0], at[1], { name, role: "waiting", radius })];
  });
}

/** Where the target of a disruption lies; undefined for what is no passage or port. */
function positionOf({ target }: SimulatedScenario["disruptions"][number]): Position | undefined {
  const [kind, id = ""] = target.split("/");
  const found = kind === "passage" ? passageById.value.get(id) : kind === "port" ? portByCode.value.get(id) : undefined;
  return found && [found.lon, found.lat];
}
