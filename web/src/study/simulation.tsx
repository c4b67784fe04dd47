import { useState } from "preact/hooks";
import type { Findings } from "../api/findings.ts";
import type { FlowLoss, Percentiles, RecoveryDate, SimulatedOutcome } from "../api/simulation.ts";
import { type Column, DataTable } from "../chart/figure.tsx";
import { decimalsFor, fixed, joinUnit, range, share, withUnit } from "../i18n/number.ts";
import { t } from "../i18n/language.ts";
import { clock } from "./clock.ts";
import { Choose } from "./map-section.tsx";
import { Replay } from "./replay.tsx";

/** A disruption hour by hour, when its trace is gone, what it cost, and what was observed. */
export function SimulationSection({ findings }: { findings: Findings }) {
  const simulation = findings.simulation!;
  const [chosen, choose] = useState("");
  const scenario = simulation.scenarios.find((one) => one.id === chosen) ?? simulation.scenarios[0];
  if (!scenario) return null;
  const { time } = clock(simulation);
  const date = (text: string) => (Number.isNaN(Date.parse(`${text}Z`)) ? text : time(new Date(`${text}Z`)));
  return (
    <>
      <p class="lead">{t("simulation-lead", { runs: fixed(simulation.replications, 0) })}</p>
      {simulation.scenarios.length > 1 && (
        <Choose label={t("scenario")} value={scenario.id} onChange={choose}>
          {simulation.scenarios.map((one) => (
            <option key={one.id} value={one.id} lang="en">
              {one.title}
            </option>
          ))}
        </Choose>
      )}
      <p lang="en">{scenario.description}</p>
      <ul class="remarks">
        {scenario.disruptions.map((disruption) => (
          <li key={disruption.target + disruption.start}>
            <span lang="en">{disruption.effect}</span>: {date(disruption.start)} – {date(disruption.end)}
          </li>
        ))}
      </ul>
      <Replay simulation={simulation} scenario={scenario} onMap={findings.routes.length === 0} />
      <h3>{t("recovery")}</h3>
      <dl class="key-figures">
        <Reached head={t("backlog-gone")} when={scenario.recovery.backlog_gone} date={date} />
        <Reached head={t("regular-again")} when={scenario.recovery.regular_again} date={date} />
      </dl>
      <h3>{t("losses")}</h3>
      <DataTable caption={t("losses-caption")} columns={lossColumns()} rows={scenario.losses} file={`${scenario.id}-losses`} />
      {simulation.outcomes.length > 0 && (
        <>
          <h3>{t("observed")}</h3>
          <DataTable caption={t("observed-caption")} columns={outcomeColumns()} rows={simulation.outcomes} file={`${findings.run.study}-simulated-outcomes`} />
        </>
      )}
    </>
  );
}

function Reached({ head, when, date }: { head: string; when: RecoveryDate | null; date(text: string): string }) {
  return (
    <div>
      <dt>{head}</dt>
      {when ? (
        <dd>
          {t("days-after", { days: fixed(when.after_d.p50, 1) })}
          <small class="under">{range(when.after_d.p10, when.after_d.p90, "d")}</small>
          <small class="under">{date(when.p50)}</small>
          {when.reached < 1 && <small class="under">{t("reached", { share: share(when.reached) })}</small>}
        </dd>
      ) : (
        <dd>–</dd>
      )}
    </div>
  );
}

function percentiles(of: Percentiles | null): string {
  if (!of) return "–";
  const decimals = decimalsFor(of.unit, [of.p10, of.p50, of.p90]);
  return joinUnit(`${fixed(of.p50, decimals)} (${t("range", { from: fixed(of.p10, decimals), to: fixed(of.p90, decimals) })})`, of.unit);
}

function lossColumns(): Column<FlowLoss>[] {
  const figure = (head: string, name: string, of: (loss: FlowLoss) => Percentiles | null): Column<FlowLoss> => ({
    head,
    name,
    number: true,
    show: (loss) => percentiles(of(loss)),
    cell: (loss) => of(loss)?.p50,
  });
  return [
    { head: t("flow"), name: "flow", show: (loss) => <span lang="en">{loss.flow}</span>, cell: (loss) => loss.flow },
    figure(t("delayed"), "delayed_p50", (loss) => loss.delayed),
    figure(t("delay-days"), "delay_d_p50", (loss) => loss.delay_d),
    figure(t("value-delayed"), "value_delayed_usd_p50", (loss) => loss.value_delayed_usd),
    figure(t("extra-emissions"), "extra_wtw_t_p50", (loss) => loss.extra_wtw_t),
  ];
}

function outcomeColumns(): Column<SimulatedOutcome>[] {
  return [
    { head: t("what"), name: "statement", show: (o) => <span lang="en">{o.statement}</span>, cell: (o) => o.statement },
    {
      head: t("observed"),
      name: "observed",
      number: true,
      show: (o) => (
        <>
          {withUnit(o.observed, o.unit)}
          {o.observed_low !== o.observed_high && <small class="under">{range(o.observed_low, o.observed_high, o.unit)}</small>}
        </>
      ),
      cell: (o) => o.observed,
    },
    { head: t("computed"), name: "modelled_p50", number: true, show: (o) => percentiles(o.modelled), cell: (o) => o.modelled?.p50 },
    { head: t("against-observed"), name: "grade", show: (o) => t(`grade-${o.grade}`), cell: (o) => o.grade },
    { head: t("source"), name: "source", show: (o) => <span lang="en">{o.source}</span>, cell: (o) => o.source },
  ];
}
