import { computed, effect, signal } from "@preact/signals";
import { isGivenUp, Problem } from "../api/client.ts";
import { route, type RouteAnswer, type RouteQuestion } from "../api/sea.ts";
import { view } from "../state/view.ts";
import { isResized, ship } from "./ship.ts";

/** Ways that are asked for besides the best. */
const ALTERNATIVES = 3;

/** The question that the page asks; undefined until both places are known. */
export const question = computed<RouteQuestion | undefined>(() => {
  const { from, to, avoid } = view.value;
  const now = ship.value;
  if (!from || !to || !now) return undefined;
  const { loa_m, beam_m, draught_m } = view.value.size;
  return { from, to, vessel: now.class.id, loa_m, beam_m, draught_m, avoid, alternatives: ALTERNATIVES };
});

/** The same question for the class as built and with every passage open; undefined if that is the question. */
export const unchanged = computed<RouteQuestion | undefined>(() => {
  const asked = question.value;
  if (!asked || (view.value.avoid.length === 0 && !isResized())) return undefined;
  return { from: asked.from, to: asked.to, vessel: asked.vessel };
});

export const answer = signal<RouteAnswer | undefined>(undefined);
/** The answer before passages were switched off or the ship was changed. */
export const before = signal<RouteAnswer | undefined>(undefined);
export const problem = signal<Problem | undefined>(undefined);
export const asking = signal(false);

/** Asks again whenever the question changes; a newer question ends an older one. */
export function keepAsking(): void {
  askWhenChanged(question, (given) => {
    answer.value = given;
    problem.value = undefined;
  });
  askWhenChanged(unchanged, (given) => {
    before.value = given;
  });
}

function askWhenChanged(
  what: typeof question,
  take: (answer: RouteAnswer | undefined) => void,
): void {
  let asked = "";
  let current: AbortController | undefined;
  effect(() => {
    const now = what.value;
    const key = JSON.stringify(now ?? null);
    if (key === asked) return;
    asked = key;
    current?.abort();
    if (!now) {
      take(undefined);
      return;
    }
    current = new AbortController();
    void ask(now, current.signal, what === question, take);
  });
}

async function ask(
  now: RouteQuestion,
  signal: AbortSignal,
  isMain: boolean,
  take: (answer: RouteAnswer | undefined) => void,
): Promise<void> {
  if (isMain) asking.value = true;
  try {
    const given = await route(now, signal);
    if (!signal.aborted) take(given);
  } catch (error) {
    if (isGivenUp(error) || signal.aborted) return;
    take(undefined);
    if (isMain) problem.value = error instanceof Problem ? error : new Problem("internal", String(error), undefined, 0);
  } finally {
    if (isMain && !signal.aborted) asking.value = false;
  }
}
