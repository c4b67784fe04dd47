import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import type { Assumption, Findings } from "../api/findings.ts";
import { type Column, DataTable } from "../chart/figure.tsx";
import { plain, range, unitName, withUnit } from "../i18n/number.ts";
import { t } from "../i18n/language.ts";
import { own, rerun, running, study } from "./state.ts";

/** Values that were changed and not yet run: assumption to value. */
const draft = signal<Record<string, number>>({});

/** Steps of a slider from the low to the high end. */
const STEPS = 100;

/** What the answer rests on; the deciding assumptions can be changed and the study run again. */
export function AssumptionSection({ findings }: { findings: Findings }) {
  const [wanted, setWanted] = useState("");
  const base = own.value ?? findings;
  const deciding = decidersOf(base);
  const found = wanted.trim() ? base.assumptions.filter((one) => matches(one, wanted)) : [];
  const listed = [...deciding, ...found.filter((one) => !deciding.includes(one))];
  const changes = Object.keys(draft.value).length;
  return (
    <>
      <p class="lead">{t("assumptions-lead")}</p>
      <label class="field">
        <span>{t("find-assumption")}</span>
        <input type="text" value={wanted} onInput={(event) => setWanted(event.currentTarget.value)} />
      </label>
      <div class="sliders">
        {listed.filter(isSettable).map((one) => (
          <Slider key={one.id} assumption={one} />
        ))}
      </div>
      <p class="buttons">
        <button type="button" class="primary" disabled={changes === 0 || running.value !== undefined} onClick={() => void rerun({ set: draft.value })}>
          {t("run-again", { count: changes })}
        </button>
        {changes > 0 && (
          <button type="button" class="link" onClick={() => (draft.value = {})}>
            {t("reset")}
          </button>
        )}
      </p>
      <details>
        <summary>{t("all-assumptions", { count: findings.assumptions.length })}</summary>
        <DataTable
          caption={t("assumptions-caption")}
          columns={columns()}
          rows={findings.assumptions}
          file={`${findings.run.study}-assumptions`}
        />
      </details>
    </>
  );
}

/** Assumptions that decide a claim, most often first. */
function decidersOf(findings: Findings): Assumption[] {
  const counts = new Map<string, number>();
  for (const bar of findings.claims.flatMap((claim) => claim.parts).flatMap((part) => part.tornado)) {
    counts.set(bar.assumption, (counts.get(bar.assumption) ?? 0) + 1);
  }
  return findings.assumptions
    .filter((one) => counts.has(one.id))
    .sort((a, b) => counts.get(b.id)! - counts.get(a.id)!);
}

function matches(one: Assumption, wanted: string): boolean {
  return `${one.label} ${one.id}`.toLowerCase().includes(wanted.trim().toLowerCase());
}

function isSettable(one: Assumption): boolean {
  const known = study.value?.parameters;
  return one.low !== null && one.high !== null && one.low < one.high && (!known?.length || known.some((p) => p.id === one.id));
}

function Slider({ assumption: { id, label, value, low, high, unit, basis } }: { assumption: Assumption }) {
  const now = draft.value[id] ?? value;
  const set = (to: number) => {
    const next = { ...draft.value };
    if (to === value) delete next[id];
    else next[id] = to;
    draft.value = next;
  };
  return (
    <label class={now === value ? "slider" : "slider touched"} data-assumption={id}>
      <span lang="en">{label}</span>
      <input
        type="range"
        min={low!}
        max={high!}
        step={(high! - low!) / STEPS}
        value={now}
        aria-valuetext={withUnit(now, unit)}
        onInput={(event) => set(rounded(event.currentTarget.valueAsNumber))}
      />
      <output>
        {withUnit(now, unit)}
        <small class="under">
          {t(`basis-${basis}`)}: {withUnit(value, unit)}; {range(low!, high!, unit)}
        </small>
      </output>
    </label>
  );
}

/** Four digits are as exact as a slider is. */
function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

function columns(): Column<Assumption>[] {
  const end = (of: number | null) => (of === null ? "–" : plain(of));
  return [
    {
      head: t("assumption"),
      name: "id",
      show: (a) => (
        <span lang="en">
          {a.label}
          <small class="under">{a.id}</small>
        </span>
      ),
      cell: (a) => a.id,
    },
    { head: t("value"), name: "value", number: true, show: (a) => plain(a.value), cell: (a) => a.value },
    { head: t("low"), name: "low", number: true, show: (a) => end(a.low), cell: (a) => a.low },
    { head: t("high"), name: "high", number: true, show: (a) => end(a.high), cell: (a) => a.high },
    { head: t("unit"), name: "unit", show: (a) => unitName(a.unit), cell: (a) => a.unit },
    { head: t("basis"), name: "basis", show: (a) => t(`basis-${a.basis}`), cell: (a) => a.basis },
    { head: t("source"), name: "source", show: (a) => <span lang="en">{a.source}</span>, cell: (a) => a.source },
  ];
}
