import type { ComponentChildren } from "preact";
import type { Threshold } from "../api/findings.ts";
import { decimalsFor, fixed, joinUnit, range as rangeText } from "../i18n/number.ts";
import { Band, bounds } from "./band.tsx";
import { Axis, Row, Track } from "./row.tsx";
import { scaleOver } from "./scale.ts";

export interface RangeRow {
  key: string;
  label: ComponentChildren;
  mark: "computed" | "published" | "said";
  value: number | undefined;
  /** Nine tenths of the runs, or the range that was published. */
  outer?: [number, number] | undefined;
  /** The middle half of the runs. */
  inner?: [number, number] | undefined;
  note?: string | undefined;
}

const HEIGHT_PX = 26;
const MIDDLE = HEIGHT_PX / 2;

/** Computed figures beside what was said and published, on one axis. */
export function Ranges({ rows, unit, threshold }: { rows: RangeRow[]; unit: string; threshold: Threshold | null }) {
  const values = rows.flatMap((row) => [row.value, ...(row.outer ?? [])]).filter((v): v is number => v !== undefined);
  const scale = scaleOver([...values, ...bounds(threshold)]);
  const x = (value: number) => `${scale.percent(value).toFixed(2)}%`;
  return (
    <div class="chart ranges">
      {rows.map((row) => (
        <Row
          key={row.key}
          label={row.label}
          figure={
            <>
              {row.value !== undefined && <b>{figureText(row, unit)}</b>}
              {row.outer && row.outer[0] !== row.outer[1] && <small class="under">{rangeText(...row.outer, unit)}</small>}
              {row.note && <small class="under">{row.note}</small>}
            </>
          }
        >
          <Track scale={scale} height={HEIGHT_PX}>
            {threshold && <Band scale={scale} threshold={threshold} height={HEIGHT_PX} />}
            {row.outer && (
              <line class={`outer ${row.mark}`} x1={x(row.outer[0])} x2={x(row.outer[1])} y1={MIDDLE} y2={MIDDLE} />
            )}
            {row.inner && <line class="inner" x1={x(row.inner[0])} x2={x(row.inner[1])} y1={MIDDLE} y2={MIDDLE} />}
            {row.value !== undefined && <Mark at={x(row.value)} kind={row.mark} />}
          </Track>
        </Row>
      ))}
      <Axis scale={scale} unit={unit} />
    </div>
  );
}

/** The figure in keeping with its range. */
function figureText({ value = 0, outer = [value, value] }: RangeRow, unit: string): string {
  return joinUnit(fixed(value, decimalsFor(unit, [value, ...outer])), unit);
}

/** A disc for computed figures, a diamond for what was said or published. */
function Mark({ at, kind }: { at: string; kind: RangeRow["mark"] }) {
  return (
    <svg x={at} width="1" height="1" overflow="visible">
      {kind === "computed" ? (
        <circle class="dot computed" cx="0" cy={MIDDLE} r="5.5" />
      ) : (
        <path class={`dot ${kind}`} d={`M0 ${MIDDLE - 6}L6 ${MIDDLE}L0 ${MIDDLE + 6}L-6 ${MIDDLE}Z`} />
      )}
    </svg>
  );
}
