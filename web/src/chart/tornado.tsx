import type { Threshold, TornadoBar } from "../api/findings.ts";
import { t } from "../i18n/language.ts";
import { range } from "../i18n/number.ts";
import { Band, bounds } from "./band.tsx";
import { Axis, Row, Track, upright } from "./row.tsx";
import { scaleOver, type Scale } from "./scale.ts";

const HEIGHT_PX = 34;
const BAR = { y: 10, height: 14 };

interface Props {
  bars: TornadoBar[];
  unit: string;
  threshold: Threshold | null;
  /** Title and central figure of a baseline. */
  baseline(id: string): { title: string; central: number | undefined };
}

/** Bars from the figure with an assumption at its low end to the figure at its high end, most decisive first. */
export function Tornado({ bars, unit, threshold, baseline }: Props) {
  const scale = scaleOver([...bars.flatMap((bar) => [bar.figure_at_low, bar.figure_at_high]), ...bounds(threshold)]);
  return (
    <div class="chart tornado">
      {bars.map((bar) => {
        const { title, central } = baseline(bar.baseline);
        return (
          <Row
            key={bar.assumption + bar.baseline}
            label={
              <>
                {bar.label}
                <small>
                  {range(bar.low, bar.high, bar.unit)}; {title}
                </small>
              </>
            }
            figure={<b>{range(bar.figure_at_low, bar.figure_at_high, unit)}</b>}
          >
            <Track scale={scale} height={HEIGHT_PX}>
              {threshold && <Band scale={scale} threshold={threshold} height={HEIGHT_PX} />}
              <Swing bar={bar} scale={scale} central={central} />
            </Track>
          </Row>
        );
      })}
      <Axis scale={scale} unit={unit} />
    </div>
  );
}

function Swing({ bar, scale, central }: { bar: TornadoBar; scale: Scale; central: number | undefined }) {
  const [low, high] = [scale.percent(bar.figure_at_low), scale.percent(bar.figure_at_high)];
  return (
    <>
      <rect class="swing" x={`${Math.min(low, high)}%`} width={`${Math.abs(high - low)}%`} {...BAR} />
      {central !== undefined && (
        <line class="centre" {...upright(scale.percent(central), BAR.y - 4, BAR.y + BAR.height + 4)} />
      )}
      <End at={low} name={t("low")} holds={bar.holds_at_low} left={low <= high} />
      <End at={high} name={t("high")} holds={bar.holds_at_high} left={low > high} />
    </>
  );
}

/** How near an edge a word is put inside the bar, per cent. */
const NEAR_EDGE = 8;

/** A disc if the claim holds at this end, a ring if it does not. */
function End({ at, name, holds, left }: { at: number; name: string; holds: boolean; left: boolean }) {
  const outside = left ? at >= NEAR_EDGE : at <= 100 - NEAR_EDGE;
  const toLeft = left === outside;
  const y = BAR.y + BAR.height / 2;
  return (
    <svg x={`${at.toFixed(2)}%`} width="1" height="1" overflow="visible">
      <circle class={holds ? "end holds" : "end fails"} cx="0" cy={y} r="5" />
      <text class="end-name" x={toLeft ? -9 : 9} y={y + 4} text-anchor={toLeft ? "end" : "start"}>
        {name}
      </text>
    </svg>
  );
}
