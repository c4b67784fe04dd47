import type { Findings, WorldTrade } from "../api/findings.ts";
import { Diverging } from "../chart/diverging.tsx";
import { type Column, DataTable, Figure } from "../chart/figure.tsx";
import { change, fixed, joinUnit, range, withUnit } from "../i18n/number.ts";
import { t } from "../i18n/language.ts";

const BILLION = 1e9;
const MEGA = 1e6;
type Chokepoint = WorldTrade["scenarios"][number]["chokepoints"][number];

/** What becomes of the world's trade by sea. */
export function TradeSection({ findings }: { findings: Findings }) {
  const trade = findings.world_trade!;
  return (
    <>
      <p class="lead" lang="en">
        {trade.basis}
      </p>
      {trade.scenarios.map((scenario) => {
        const rows = scenario.chokepoints
          .filter((point) => point.before.value_usd !== point.after.value_usd)
          .sort((a, b) => Math.abs(delta(b)) - Math.abs(delta(a)));
        const caption = t("chokepoints-caption");
        return (
          <section key={scenario.scenario}>
            <h3 lang="en">{scenario.title}</h3>
            <p>
              {t("trade-extra", {
                cost: joinUnit(fixed(scenario.extra_cost_usd / BILLION, 1), t("billion-usd-year")),
                time: joinUnit(fixed(scenario.extra_time_d, 1), "d"),
              })}
            </p>
            <Figure
              caption={caption}
              chart={
                <Diverging
                  unit={t("billion-usd-year")}
                  rows={rows.slice(0, 12).map((point) => ({ key: point.name, label: point.name, value: delta(point) / BILLION }))}
                />
              }
            >
              <DataTable caption={caption} columns={chokepointColumns()} rows={rows} file={`${findings.run.study}-chokepoints`} />
            </Figure>
          </section>
        );
      })}
      {trade.outcomes.length > 0 && (
        <>
          <h3>{t("observed")}</h3>
          <DataTable caption={t("observed-caption")} columns={outcomeColumns()} rows={trade.outcomes} file={`${findings.run.study}-outcomes`} />
        </>
      )}
      <ul class="remarks" lang="en">
        {trade.remarks.map((remark) => (
          <li key={remark}>{remark}</li>
        ))}
      </ul>
    </>
  );
}

function delta(point: Chokepoint): number {
  return point.after.value_usd - point.before.value_usd;
}

function chokepointColumns(): Column<Chokepoint>[] {
  const billions = (usd: number) => fixed(usd / BILLION, 1);
  return [
    { head: t("name"), name: "name", show: (p) => p.name, cell: (p) => p.name },
    { head: `${t("before")} (${t("billion-usd-year")})`, name: "before (USD/year)", number: true, show: (p) => billions(p.before.value_usd), cell: (p) => p.before.value_usd },
    { head: `${t("after")} (${t("billion-usd-year")})`, name: "after (USD/year)", number: true, show: (p) => billions(p.after.value_usd), cell: (p) => p.after.value_usd },
    { head: `${t("change")} (Mt)`, name: "change (t/year)", number: true, show: (p) => change((p.after.mass_t - p.before.mass_t) / MEGA, 0, ""), cell: (p) => p.after.mass_t - p.before.mass_t },
  ];
}

function outcomeColumns(): Column<WorldTrade["outcomes"][number]>[] {
  return [
    { head: t("what"), name: "statement", show: (o) => <span lang="en">{o.statement}</span>, cell: (o) => o.statement },
    { head: t("observed"), name: "observed_low", number: true, show: (o) => range(o.observed_low, o.observed_high, o.unit), cell: (o) => o.observed_low },
    { head: t("computed"), name: "modelled", number: true, show: (o) => (o.modelled === null ? "–" : withUnit(o.modelled, o.unit)), cell: (o) => o.modelled },
    { head: t("source"), name: "source", show: (o) => <span lang="en">{o.source}</span>, cell: (o) => o.source },
  ];
}
