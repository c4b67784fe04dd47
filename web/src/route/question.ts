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
  return { from, to, vessel: now.class.id, loa_m, beam_m, draught_m, avoid };
});

/** The question with other ways besides the best, which take longer to find. */
export function withAlternatives(asked: RouteQuestion): RouteQuestion {
  return { ...asked, alternatives: ALTERNATIVES };
}

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
  askWhenChanged(question, async (asked, signal) => {
    asking.value = true;
    try {
      // The best way is drawn at once; the others follow when the question has come to rest.
      show(await route(asked, signal));
      await rest(signal);
      show(await route(withAlternatives(asked), signal));
    } catch (error) {
      if (isGivenUp(error)) return;
      answer.value = undefined;
      problem.value = error instanceof Problem ? error : new Problem("internal", String(error), undefined, 0);
    }
    asking.value = false;
  });
  askWhenChanged(unchanged, async (asked, signal) => {
    try {
      before.value = await route(asked, signal);
    } catch (error) {
      if (!isGivenUp(error)) before.value = undefined;
    }
  });
}

function show(given: RouteAnswer): void {
  answer.value = given;
  problem.value = undefined;
}

/** How long a question is left alone before its alternatives are looked for, ms. */
const REST_MS = 150;

function rest(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    setTimeout(resolve, REST_MS);
    signal.addEventListener("abort", () => reject(signal.reason));
  });
}

function askWhenChanged(
  what: typeof question,
  ask: (asked: RouteQuestion, signal: AbortSignal) => Promise<void>,
): void {
  let asked = "";
  let current: AbortController | undefined;
  effect(() => {
    const now = what.value;
    const key = JSON.stringify(now ?? null);
    if (key === asked) return;
    asked = key;
    current?.abort();
    if (now) {
      current = new AbortController();
      void ask(now, current.signal);
    } else if (what === question) answer.value = problem.value = undefined;
    else before.value = undefined;
  });
}
