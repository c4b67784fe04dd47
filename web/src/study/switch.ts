import { signal } from "@preact/signals";
import type { Chain, Findings } from "../api/findings.ts";
import { known, t } from "../i18n/language.ts";
import { passageName } from "../route/passage-name.ts";
import { passageById, portByCode } from "../state/sea.ts";
import { chosenWorlds, flowsOf, routesOf, SWITCHED_OFF } from "./journeys.ts";

/** What is to be switched off in the next run, as `port/PECLL` or `link/road-oruro-la-paz`. */
export const off = signal<string[]>([]);

export function toggleOff(target: string): void {
  off.value = off.value.includes(target) ? off.value.filter((one) => one !== target) : [...off.value, target];
}

export const KINDS = ["port", "passage", "border", "link"] as const;
export type Kind = (typeof KINDS)[number];

/** What the journeys that are looked at use and what can be switched off, by kind, in order of names. */
export function things(findings: Findings): Record<Kind, string[]> {
  const used: Record<Kind, Set<string>> = { port: new Set(), passage: new Set(), border: new Set(), link: new Set() };
  for (const { route } of routesOf(findings)) {
    for (const id of route.passages) if (passageById.value.has(id)) used.passage.add(`passage/${id}`);
    for (const id of route.links ?? []) used.link.add(`link/${id}`);
  }
  for (const { place, role } of findings.points) {
    const target = targetOf(role, place.id);
    if (target) used[target.split("/")[0] as Kind].add(target);
  }
  const named = (set: Set<string>) => [...set].sort((a, b) => nameOf(a, findings).localeCompare(nameOf(b, findings)));
  return { port: named(used.port), passage: named(used.passage), border: named(used.border), link: named(used.link) };
}

/** What a point of the map is as something to switch off; undefined if it cannot be. */
export function targetOf(role: string, id: string): string | undefined {
  if (role === "border") return `border/${id}`;
  return ["port", "transshipment", "call"].includes(role) && portByCode.value.has(id) ? `port/${id}` : undefined;
}

/** A thing in the reader's words: `Callao (PECLL)`, `road: oruro – la paz`. */
export function nameOf(target: string, findings: Findings): string {
  const slash = target.indexOf("/");
  const [kind, id] = [target.slice(0, slash), target.slice(slash + 1)];
  if (kind === "port") return `${portByCode.value.get(id)?.name ?? id} (${id})`;
  if (kind === "passage") return passageName(id);
  if (kind === "border") return findings.points.find(({ place }) => place.id === id)?.place.name ?? id;
  const mode = id.split("-", 1)[0]!;
  const rest = id.slice(mode.length + 1).replaceAll("-", " ");
  return rest ? `${known(`mode-${mode}`, mode)}: ${rest}` : id;
}

/** What a run had switched off; empty for every other run. */
export function switchedOff(findings: Findings): string[] {
  const { scenarios } = findings.run;
  const without = scenarios.find((one) => one.id === SWITCHED_OFF);
  const base = scenarios.find((one) => one.id !== SWITCHED_OFF);
  const isOld = (target: string) => base?.changes.some((change) => change.target === target);
  return without?.changes.map((change) => change.target).filter((target) => !isOld(target)) ?? [];
}

/** A journey with its best way before and after; undefined where there is none. */
export interface Moved {
  title: string;
  per: string;
  before: Chain | undefined;
  after: Chain | undefined;
}

/** What moves, journey by journey, in the worlds that are looked at. */
export function moved(findings: Findings): Moved[] {
  const { before, after } = chosenWorlds(findings);
  const find = (flow: string, world: string) => findings.journeys.find((one) => one.flow === flow && one.world === world);
  return flowsOf(findings).map(({ id, title }) => ({
    title,
    per: find(id, before)?.per ?? "TEU",
    before: find(id, before)?.chains[0],
    after: find(id, after)?.chains[0],
  }));
}

export const kindTitle = (kind: Kind) => t(`switch-${kind}`);
