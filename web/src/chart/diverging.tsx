import { change, decimalsFor } from "../i18n/number.ts";
import { Axis, Row, Track } from "./row.tsx";
import { scaleOver } from "./scale.ts";

export interface DivergingRow {
  key: string;
  label: string;
  value: number;
}

const HEIGHT_PX = 26;
const BAR = { y: 5, height: 16 };

/** Gains to the right and losses to the left of nothing. */
export function Diverging({ rows, unit }: { rows: DivergingRow[]; unit: string }) {
  const scale = scaleOver([0, ...rows.map((row) => row.value)]);
  const zero = scale.percent(0);
  const decimals = decimalsFor("USD", rows.map((row) => row.value));
  return (
    <div class="chart diverging">
      {rows.map((row) => {
        const at = scale.percent(row.value);
        return (
          <Row key={row.key} label={row.label} figure={<b>{change(row.value, decimals, "")}</b>}>
            <Track scale={scale} height={HEIGHT_PX}>
              <rect
                class={row.value < 0 ? "loss" : "gain"}
                x={`${Math.min(zero, at)}%`}
                width={`${Math.abs(at - zero)}%`}
                {...BAR}
              />
            </Track>
          </Row>
        );
      })}
      <Axis scale={scale} unit={unit} />
    </div>
  );
}
