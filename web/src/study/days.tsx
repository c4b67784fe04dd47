import { type Findings, STAGES } from "../api/findings.ts";
import { type Column, DataTable, Figure } from "../chart/figure.tsx";
import { daysOf, Stages } from "../chart/stages.tsx";
import { central, decimalsFor, fixed, unitName } from "../i18n/number.ts";
import { t } from "../i18n/language.ts";
import { change, view } from "../state/view.ts";
import { type BestChain, bestChains, flowsOf } from "./journeys.ts";

/** Where the days of a journey go, before and after. */
export function DaySection({ findings }: { findings: Findings }) {
  const flows = flowsOf(findings);
  const flow = flows.find((one) => one.id === view.value.flow) ?? flows[0];
  if (!flow) return null;
  const rows = bestChains(findings, flow.id);
  const per = findings.journeys.find((journey) => journey.flow === flow.id)?.per ?? "TEU";
  const caption = t("days-caption");
  return (
    <>
      <label class="field">
        <span>{t("journey")}</span>
        <select value={flow.id} lang="en" onChange={(event) => change({ flow: event.currentTarget.value })}>
          {flows.map((one) => (
            <option key={one.id} value={one.id}>
              {one.title}
            </option>
          ))}
        </select>
      </label>
      <Figure
        caption={caption}
        chart={<Stages rows={rows.map((row) => ({ key: row.key, label: <Label row={row} />, chain: row.chain }))} />}
      >
        <DataTable caption={caption} columns={columns(per)} rows={rows} file={`days-${flow.id}`} />
      </Figure>
    </>
  );
}

function Label({ row }: { row: BestChain }) {
  return (
    <>
      <span class={row.changed ? "when after" : "when before"}>{t(row.changed ? "after" : "before")}</span>
      <span lang="en">{row.worlds.join("; ")}</span>
      <small lang="en">{row.chain.label}</small>
    </>
  );
}

function columns(per: string): Column<BestChain>[] {
  return [
    {
      head: t("world"),
      name: "world",
      show: (row) => (
        <>
          {t(row.changed ? "after" : "before")}: <span lang="en">{row.worlds.join("; ")}</span>
        </>
      ),
      cell: (row) => `${row.changed ? "after" : "before"}: ${row.worlds.join("; ")}`,
    },
    ...STAGES.map(
      (stage): Column<BestChain> => ({
        head: t(`stage-${stage}`),
        name: `${stage} (d)`,
        number: true,
        show: (row) => fixed(daysOf(row.chain, stage), 1),
        cell: (row) => daysOf(row.chain, stage),
      }),
    ),
    { head: t("sum"), name: "sum (d)", number: true, show: (row) => central(row.chain.time_d), cell: (row) => row.chain.time_d.central },
    money(per),
    {
      head: `${t("emissions")} (${unitName("kg CO2e")}/${per})`,
      name: `well_to_wake (kg CO2e/${per})`,
      number: true,
      show: (row) => fixed(row.chain.wtw_kg.central, 0),
      cell: (row) => row.chain.wtw_kg.central,
    },
  ];
}

function money(per: string): Column<BestChain> {
  return {
    head: `${t("money")} (USD/${per})`,
    name: `money (USD/${per})`,
    number: true,
    show: (row) => fixed(row.chain.money_usd.central, decimalsFor("USD", [row.chain.money_usd.central])),
    cell: (row) => row.chain.money_usd.central,
  };
}
