import type { Fan } from "../api/simulation.ts";
import { decimalsFor, fixed } from "../i18n/number.ts";
import { t } from "../i18n/language.ts";
import { scaleOver } from "./scale.ts";

interface Props {
  fan: Fan;
  /** The undisturbed run. */
  usual: Fan | undefined;
  /** Disruptions, in steps from the start. */
  spans: [from: number, to: number][];
  /** The step that is looked at. */
  at: number;
  /** Names of some steps, for the axis. */
  ticks: { at: number; name: string }[];
}

const WIDTH = 720;
const HEIGHT = 220;
const LEFT = 52;
const BOTTOM = 24;
const TOP = 8;

/** What waits over time: median and four fifths of the replications, with the undisturbed run and the disruptions. */
export function Queue({ fan, usual, spans, at, ticks }: Props) {
  const steps = fan.p50.length - 1;
  const scale = scaleOver([0, ...fan.p90, ...(usual?.p90 ?? [])]);
  const x = (step: number) => LEFT + (step / steps) * (WIDTH - LEFT - 4);
  const y = (value: number) => TOP + (1 - (value - scale.from) / (scale.to - scale.from)) * (HEIGHT - TOP - BOTTOM);
  const path = (values: number[]) => values.map((value, i) => `${i ? "L" : "M"}${x(i).toFixed(1)} ${y(value).toFixed(1)}`).join("");
  const area = `${path(fan.p90)}${fan.p10.map((v, i) => [v, i] as const).reverse().map(([v, i]) => `L${x(i).toFixed(1)} ${y(v).toFixed(1)}`).join("")}Z`;
  const decimals = decimalsFor("", [scale.ticks[1]! - scale.ticks[0]!]);
  return (
    <svg class="queue" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      {spans.map(([from, to]) => (
        <rect key={from} class="disrupted" x={x(from)} y={TOP} width={Math.max(1, x(to) - x(from))} height={HEIGHT - TOP - BOTTOM} />
      ))}
      {scale.ticks.map((tick) => (
        <g key={tick}>
          <line class="grid" x1={LEFT} x2={WIDTH - 4} y1={y(tick)} y2={y(tick)} />
          <text class="tick" x={LEFT - 6} y={y(tick) + 4} text-anchor="end">
            {fixed(tick, decimals)}
          </text>
        </g>
      ))}
      {ticks.map((tick) => (
        <text key={tick.at} class="tick" x={x(tick.at)} y={HEIGHT - 6} text-anchor="middle">
          {tick.name}
        </text>
      ))}
      <path class="fan" d={area} />
      {usual && <path class="line usual" d={path(usual.p50)} />}
      <path class="line now" d={path(fan.p50)} />
      <line class="cursor" x1={x(at)} x2={x(at)} y1={TOP} y2={HEIGHT - BOTTOM} />
      <circle class="dot computed" cx={x(at)} cy={y(fan.p50[at] ?? 0)} r="5" />
    </svg>
  );
}

/** What the lines of a queue chart mean. */
export function QueueKey() {
  return (
    <ul class="legend">
      <li>
        <span class="key" aria-hidden="true" /> {t("queue-median")}
      </li>
      <li>
        <svg class="swatch" aria-hidden="true">
          <rect class="fan" width="13" height="13" />
        </svg>
        {t("queue-range")}
      </li>
      <li>
        <span class="key both" aria-hidden="true" /> {t("queue-usual")}
      </li>
      <li>
        <svg class="swatch" aria-hidden="true">
          <rect class="disrupted" width="13" height="13" />
        </svg>
        {t("disrupted")}
      </li>
    </ul>
  );
}
