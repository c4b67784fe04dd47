import type { Passage } from "../api/sea.ts";
import { fixed, joinUnit } from "../i18n/number.ts";
import { t } from "../i18n/language.ts";
import { passages } from "../state/sea.ts";
import { change, view } from "../state/view.ts";
import { passageName } from "./passage-name.ts";
import { answer } from "./question.ts";
import { DIMENSIONS, tooLarge } from "./limits.ts";
import { ship } from "./ship.ts";

export type PassageState = "open" | "shut" | "small";

/** Whether a passage is open to the ship, switched off, or too small for it. */
export function stateOf(passage: Passage): PassageState {
  if (view.value.avoid.includes(passage.id)) return "shut";
  return ship.value && tooLarge(ship.value, passage.limits).length > 0 ? "small" : "open";
}

export function toggle(id: string): void {
  const { avoid } = view.value;
  change({ avoid: avoid.includes(id) ? avoid.filter((other) => other !== id) : [...avoid, id], way: 0 });
}

/** Passages that the route uses, that are switched off or too small stand first; the rest on request. */
export function PassageList() {
  const all = passages.value.filter((passage) => !passage.closed_by_default);
  const used = new Set(answer.value?.routes.flatMap((way) => way.passages) ?? []);
  const matters = (passage: Passage) => used.has(passage.id) || stateOf(passage) !== "open" || USUAL.has(passage.id);
  const first = all.filter(matters);
  const rest = all.filter((passage) => !matters(passage));
  return (
    <fieldset class="passages">
      <legend>{t("passages")}</legend>
      <p class="fine">{t("passages-hint")}</p>
      <ul>{first.map((passage) => <Row key={passage.id} passage={passage} used={used.has(passage.id)} />)}</ul>
      <details>
        <summary>{t("more-passages", { count: rest.length })}</summary>
        <ul>{rest.map((passage) => <Row key={passage.id} passage={passage} used={false} />)}</ul>
      </details>
    </fieldset>
  );
}

/** Passages that most people look for first. */
export const USUAL = new Set(["suez", "panama-neopanamax", "panama-panamax", "bab-el-mandeb", "hormuz", "malacca", "magellan"]);

function Row({ passage, used }: { passage: Passage; used: boolean }) {
  const state = stateOf(passage);
  return (
    <li class={`passage ${state}`} data-passage={passage.id} data-state={state}>
      <label class="choice">
        <input type="checkbox" checked={state !== "shut"} onChange={() => toggle(passage.id)} />
        <span>
          {passageName(passage.id)}
          {used && <small class="tag">{t("used")}</small>}
          <small class="under">{note(passage, state)}</small>
        </span>
      </label>
    </li>
  );
}

function note(passage: Passage, state: PassageState): string {
  if (state === "shut") return t("switched-off");
  const limits = DIMENSIONS.filter((d) => typeof passage.limits[d] === "number");
  const words = (of: typeof limits) =>
    of.map((d) => `${t(d)} ${joinUnit(fixed(passage.limits[d]!, 1), "m")}`).join(" · ");
  if (state === "small") return t("too-small", { limits: words(tooLarge(ship.value!, passage.limits)) });
  return limits.length ? t("takes", { limits: words(limits) }) : "";
}
