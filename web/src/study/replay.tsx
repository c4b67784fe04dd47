import { useEffect, useState } from "preact/hooks";
import type { SimulatedScenario, Simulation, Station } from "../api/simulation.ts";
import { type Column, DataTable, Figure } from "../chart/figure.tsx";
import { Queue, QueueKey } from "../chart/queue.tsx";
import { plain } from "../i18n/number.ts";
import { t } from "../i18n/language.ts";
import { mapShows } from "../map/current.ts";
import { clock } from "./clock.ts";

/** Steps a second of the replay. */
const STEPS_PER_S = 12;

interface Props {
  simulation: Simulation;
  scenario: SimulatedScenario;
  /** Whether the map shows the replay before the reader moves it. */
  onMap: boolean;
}

/** The disruption as it runs: what waits where, step by step. */
export function Replay({ simulation, scenario, onMap }: Props) {
  const { at, stepOf, time, day, ticks } = clock(simulation);
  const steps = Math.max(0, (scenario.stations[0]?.queue.p50.length ?? 1) - 1);
  const begin = Math.max(0, Math.floor(Math.min(...scenario.disruptions.map((d) => stepOf(d.start) ?? 0))) - Math.round(48 / simulation.step_h));
  const [step, setStep] = useState(begin);
  const [playing, setPlaying] = useState(false);
  useEffect(() => setStep(begin), [scenario.id]);
  useEffect(() => {
    if (!playing) return undefined;
    const timer = setInterval(() => setStep((now) => Math.min(steps, now + 1)), 1000 / STEPS_PER_S);
    return () => clearInterval(timer);
  }, [playing, steps]);
  useEffect(() => {
    if (onMap || step !== begin) mapShows.value = { kind: "replay", scenario: scenario.id, step };
  }, [step, scenario.id]);
  useEffect(() => {
    if (step >= steps) setPlaying(false);
  }, [step, steps]);
  const spans = scenario.disruptions.map((d): [number, number] => [stepOf(d.start) ?? 0, stepOf(d.end) ?? steps]);
  return (
    <>
      <div class="replay">
        <button type="button" onClick={() => setPlaying(!playing)} aria-pressed={playing}>
          {playing ? t("pause") : t("play")}
        </button>
        <input
          type="range"
          min="0"
          max={steps}
          value={step}
          aria-label={t("time")}
          aria-valuetext={time(at(step))}
          onInput={(event) => {
            setPlaying(false);
            setStep(event.currentTarget.valueAsNumber);
          }}
        />
        <output data-step={step}>{time(at(step))}</output>
      </div>
      <QueueKey />
      {scenario.stations.map((station) => {
        const usual = simulation.stations.find((other) => other.id === station.id)?.queue;
        const caption = t("queue-caption", { unit: station.unit, station: station.title });
        return (
          <Figure
            key={station.id}
            caption={caption}
            chart={
              <>
                <p class="reading-at">{waiting(station, step)}</p>
                <Queue fan={station.queue} usual={usual} spans={spans} at={step} ticks={ticks} />
              </>
            }
          >
            <DataTable
              caption={caption}
              columns={columns(station, usual, (i) => day(at(i)), (i) => at(i).toISOString().slice(0, 16))}
              rows={daily(station, simulation.step_h)}
              file={`${scenario.id}-${station.id}-queue`}
            />
          </Figure>
        );
      })}
    </>
  );
}

function waiting({ queue, unit }: Station, step: number): string {
  const [low, middle, high] = [queue.p10, queue.p50, queue.p90].map((values) => plain(Math.round(values[step] ?? 0)));
  return t("waiting-now", { middle: middle!, low: low!, high: high!, unit });
}

/** Steps of a table: one a day. */
function daily({ queue }: Station, stepH: number): number[] {
  const every = Math.max(1, Math.round(24 / stepH));
  return queue.p50.map((_, i) => i).filter((i) => i % every === 0);
}

function columns(station: Station, usual: Station["queue"] | undefined, show: (step: number) => string, cell: (step: number) => string): Column<number>[] {
  const series = (head: string, name: string, values: number[] | undefined): Column<number> => ({
    head,
    name: `${name} (${station.unit})`,
    number: true,
    show: (i) => plain(Math.round(values?.[i] ?? 0)),
    cell: (i) => values?.[i],
  });
  return [
    { head: t("time"), name: "time", show, cell },
    series("10 %", "p10", station.queue.p10),
    series(t("median"), "p50", station.queue.p50),
    series("90 %", "p90", station.queue.p90),
    series(t("queue-usual"), "undisturbed_p50", usual?.p50),
  ];
}
