import type { ComponentChildren } from "preact";
import { type Chain, STAGES, type Stage } from "../api/findings.ts";
import { t } from "../i18n/language.ts";
import { central, fixed, spreadRange } from "../i18n/number.ts";
import { Axis, Row, Track } from "./row.tsx";
import { scaleOver } from "./scale.ts";

export interface StageRow {
  key: string;
  label: ComponentChildren;
  chain: Chain;
}

const HEIGHT_PX = 38;
const BAR = { y: 5, height: 20 };
const HOURS_PER_DAY = 24;
/** A part narrower than this carries no number, per cent. */
const ROOM_FOR_NUMBER = 6.5;

export function daysOf(chain: Chain, stage: Stage): number {
  return (chain.stages.find((split) => split.stage === stage)?.time_h ?? 0) / HOURS_PER_DAY;
}

/** Days from door to door, one bar a chain, one colour a stage; below each bar the range over the runs. */
export function Stages({ rows }: { rows: StageRow[] }) {
  const scale = scaleOver([0, ...rows.flatMap(({ chain }) => [chain.time_d.central, chain.time_d.p95])]);
  const used = STAGES.filter((stage) => rows.some(({ chain }) => daysOf(chain, stage) > 0));
  return (
    <>
      <ul class="legend">
        {used.map((stage) => (
          <li key={stage}>
            <svg class="swatch" aria-hidden="true">
              <rect class={`stage ${stage}`} width="13" height="13" />
            </svg>
            {t(`stage-${stage}`)}
          </li>
        ))}
      </ul>
      <div class="chart stages">
        {rows.map(({ key, label, chain }) => (
          <Row
            key={key}
            label={label}
            figure={
              <>
                <b>{central(chain.time_d)}</b>
                <small class="under">{spreadRange(chain.time_d)}</small>
              </>
            }
          >
            <Track scale={scale} height={HEIGHT_PX}>
              {parts(chain).map(({ stage, from, to }) => {
                const [x, width] = [scale.percent(from), scale.percent(to) - scale.percent(from)];
                return (
                  <>
                    <rect class={`stage ${stage}`} x={`${x}%`} width={`${width}%`} {...BAR} />
                    {width > ROOM_FOR_NUMBER && (
                      <text class={`in-bar on-${stage}`} x={`${x + width / 2}%`} y={BAR.y + 14} text-anchor="middle">
                        {fixed(to - from, 1)}
                      </text>
                    )}
                  </>
                );
              })}
              <line
                class="whisker"
                x1={`${scale.percent(chain.time_d.p5)}%`}
                x2={`${scale.percent(chain.time_d.p95)}%`}
                y1={HEIGHT_PX - 7}
                y2={HEIGHT_PX - 7}
              />
              <circle class="whisker-mid" cx={`${scale.percent(chain.time_d.p50)}%`} cy={HEIGHT_PX - 7} r="3" />
            </Track>
          </Row>
        ))}
        <Axis scale={scale} unit="d" />
      </div>
    </>
  );
}

function parts(chain: Chain): { stage: Stage; from: number; to: number }[] {
  let from = 0;
  return STAGES.flatMap((stage) => {
    const days = daysOf(chain, stage);
    const part = { stage, from, to: from + days };
    from += days;
    return days > 0 ? [part] : [];
  });
}
