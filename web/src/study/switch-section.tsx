import type { Chain, Findings } from "../api/findings.ts";
import { type Column, DataTable } from "../chart/figure.tsx";
import { change as changeText, fixed, list } from "../i18n/number.ts";
import { t } from "../i18n/language.ts";
import { chosenWorlds } from "./journeys.ts";
import { own, rerun, running } from "./state.ts";
import { type Kind, KINDS, kindTitle, type Moved, moved, nameOf, off, switchedOff, things, toggleOff } from "./switch.ts";

/** Parameter samples of such a run: fewer than a study's own, for an answer in seconds. */
const RUNS = 200;

/** Ports, canals, borders and roads that can be switched off, here or by a click on the map. */
export function SwitchSection({ findings }: { findings: Findings }) {
  const base = own.value ?? findings;
  const all = things(base);
  const without = switchedOff(findings);
  const wanted = off.value;
  const run = () => {
    const { scenario } = chosenWorlds(base);
    void rerun({ off: wanted, replications: RUNS, ...(scenario && { scenario }) });
  };
  return (
    <>
      <p class="lead">{t("switch-lead")}</p>
      {KINDS.filter((kind) => all[kind].length > 0).map((kind) => (
        <Things key={kind} kind={kind} targets={all[kind]} findings={base} />
      ))}
      <p role="status" class="fine">
        {wanted.length > 0 && t("switch-chosen", { what: list(wanted.map((one) => nameOf(one, base))) })}
      </p>
      <p class="buttons">
        <button type="button" class="primary" disabled={wanted.length === 0 || running.value !== undefined} onClick={run}>
          {t("switch-run")}
        </button>
        {wanted.length > 0 && (
          <button type="button" class="link" onClick={() => (off.value = [])}>
            {t("switch-none")}
          </button>
        )}
      </p>
      {without.length > 0 && (
        <DataTable
          caption={t("switch-moved", { what: list(without.map((one) => nameOf(one, base))) })}
          columns={COLUMNS()}
          rows={moved(findings)}
          file={`${findings.run.study}-switched-off`}
        />
      )}
    </>
  );
}

/** Things of a kind; those that are switched off stay in sight. */
function Things({ kind, targets, findings }: { kind: Kind; targets: string[]; findings: Findings }) {
  const wanted = targets.filter((target) => off.value.includes(target));
  return (
    <details class="things" open={wanted.length > 0}>
      <summary>
        {kindTitle(kind)} ({fixed(targets.length, 0)})
      </summary>
      <fieldset>
        <legend class="visually-hidden">{kindTitle(kind)}</legend>
        <ul>
          {targets.map((target) => (
            <li key={target}>
              <label class="choice" data-target={target}>
                <input type="checkbox" checked={off.value.includes(target)} onChange={() => toggleOff(target)} />
                <span lang={kind === "passage" ? undefined : "en"}>{nameOf(target, findings)}</span>
              </label>
            </li>
          ))}
        </ul>
      </fieldset>
    </details>
  );
}

const COLUMNS = (): Column<Moved>[] => [
  { head: t("journey"), name: "journey", show: (row) => <span lang="en">{row.title}</span>, cell: (row) => row.title },
  figure(`${t("before")} (${t("unit-days")})`, "before (d)", (row) => row.before?.time_d.central, 1),
  figure(`${t("after")} (${t("unit-days")})`, "after (d)", (row) => row.after?.time_d.central, 1),
  difference(t("unit-days"), "change (d)", (chain) => chain.time_d.central, 1),
  difference("USD", "change (USD a unit)", (chain) => chain.money_usd.central, 0),
  difference("kg CO₂e", "change (kg CO2e a unit)", (chain) => chain.wtw_kg.central, 0),
  { head: t("unit"), name: "per", show: (row) => row.per, cell: (row) => row.per },
  {
    head: t("switch-way"),
    name: "way after",
    show: (row) => (row.after ? <span lang="en">{row.after.label}</span> : t("switch-no-way")),
    cell: (row) => row.after?.label ?? "none",
  },
];

function figure(head: string, name: string, of: (row: Moved) => number | undefined, decimals: number): Column<Moved> {
  const show = (row: Moved) => {
    const value = of(row);
    return value === undefined ? "–" : fixed(value, decimals);
  };
  return { head, name, number: true, show, cell: of };
}

function difference(unit: string, name: string, of: (chain: Chain) => number, decimals: number): Column<Moved> {
  const change = ({ before, after }: Moved) => (before && after ? of(after) - of(before) : undefined);
  const show = (row: Moved) => {
    const value = change(row);
    return value === undefined ? "–" : changeText(value, decimals, "");
  };
  return { head: `${t("change")} (${unit})`, name, number: true, show, cell: change };
}
