import type { Chain, Findings, Journey, RouteLine } from "../api/findings.ts";
import { view } from "../state/view.ts";

/** The scenario of a run in which something was switched off. */
export const SWITCHED_OFF = "switched-off";

/** Journeys of a study, each once, in order. */
export function flowsOf(findings: Findings): { id: string; title: string }[] {
  const seen = new Map<string, string>();
  for (const { flow, origin, destination, commodity_name } of findings.journeys) {
    if (!seen.has(flow)) seen.set(flow, `${origin.name} → ${destination.name}, ${commodity_name}`);
  }
  return [...seen].map(([id, title]) => ({ id, title }));
}

/** The baseline and scenario that are looked at: the first unless another is chosen. */
export function chosenWorlds(findings: Findings): { baseline: string; scenario: string; before: string; after: string } {
  const { baselines, scenarios, worlds } = findings.run;
  const baseline = baselines.find((b) => b.id === view.value.baseline)?.id ?? baselines[0]?.id ?? "";
  const scenario = scenarios.find((s) => s.id === view.value.scenario)?.id ?? scenarios[0]?.id ?? "";
  const world = (of: string | null) => worlds.find((w) => w.baseline === baseline && w.scenario === of)?.id ?? "";
  if (scenarios.some((s) => s.id === SWITCHED_OFF)) {
    // What was switched off is held against the same scenario with it.
    const base = scenarios.find((s) => s.id !== SWITCHED_OFF)?.id ?? null;
    return { baseline, scenario: SWITCHED_OFF, before: world(base), after: world(SWITCHED_OFF) };
  }
  return { baseline, scenario, before: world(null), after: world(scenario) };
}

export interface ShownRoute {
  route: RouteLine;
  role: "before" | "after" | "both";
}

/** Lines of the best chains before and after, of the chosen journey or of all. */
export function routesOf(findings: Findings): ShownRoute[] {
  const { before, after } = chosenWorlds(findings);
  const { flow } = view.value;
  const used = (world: string) =>
    new Set(
      findings.journeys
        .filter((journey) => journey.world === world && (!flow || journey.flow === flow))
        .flatMap((journey) => journey.chains[0]?.legs.map((leg) => leg.route) ?? []),
    );
  const [was, is] = [used(before), used(after)];
  return findings.routes.flatMap((route) => {
    const [inBefore, inAfter] = [was.has(route.id), is.has(route.id)];
    if (!inBefore && !inAfter) return [];
    return [{ route, role: inBefore && inAfter ? "both" : inBefore ? "before" : "after" }];
  });
}

/** A chain with the worlds in which it is the best. */
export interface BestChain {
  key: string;
  changed: boolean;
  worlds: string[];
  chain: Chain;
}

/** Best chains before the change and after it, those alike taken together. */
export function bestChains(findings: Findings, flow: string): BestChain[] {
  const groups = new Map<string, BestChain>();
  const isSwitched = findings.run.scenarios.some((one) => one.id === SWITCHED_OFF);
  const base = isSwitched ? (findings.run.scenarios.find((one) => one.id !== SWITCHED_OFF)?.id ?? null) : null;
  const worlds = findings.run.worlds.filter((world) => !isSwitched || world.scenario === base || world.scenario === SWITCHED_OFF);
  const isChanged = new Map(worlds.map((world) => [world.id, world.scenario !== base]));
  const journeys = findings.journeys.filter((journey) => journey.flow === flow);
  for (const changed of [false, true]) {
    for (const journey of journeys.filter((j) => isChanged.get(j.world) === changed)) add(groups, findings, journey, changed);
  }
  return [...groups.values()];
}

function add(groups: Map<string, BestChain>, findings: Findings, journey: Journey, changed: boolean): void {
  const chain = journey.chains[0];
  if (!chain) return;
  const key = `${changed} ${chain.label} ${chain.time_d.central} ${chain.money_usd.central}`;
  const title = worldTitle(findings, journey.world);
  const group = groups.get(key);
  if (group) group.worlds.push(title);
  else groups.set(key, { key, changed, worlds: [title], chain });
}

function worldTitle(findings: Findings, id: string): string {
  const world = findings.run.worlds.find((w) => w.id === id);
  return findings.run.baselines.find((b) => b.id === world?.baseline)?.title ?? id;
}
