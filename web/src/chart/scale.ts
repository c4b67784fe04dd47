/** A scale from figures to per cent of a drawing's width. */
export interface Scale {
  from: number;
  to: number;
  ticks: number[];
  percent(value: number): number;
}

/** Steps that people count in. */
const STEPS = [1, 2, 5, 10];
const TICKS = 5;
/** Room at each end for marks, per cent. */
const EDGE = 3;

/** A scale over all values, widened to whole steps. */
export function scaleOver(values: number[]): Scale {
  const finite = values.filter(Number.isFinite);
  let [low, high] = [Math.min(...finite), Math.max(...finite)];
  if (finite.length === 0) [low, high] = [0, 1];
  if (low === high) [low, high] = [low - Math.max(1, Math.abs(low) / 10), high + Math.max(1, Math.abs(high) / 10)];
  const step = stepFor(high - low);
  const from = Math.floor(low / step + 1e-9) * step;
  const to = Math.ceil(high / step - 1e-9) * step;
  const count = Math.round((to - from) / step);
  const ticks = Array.from({ length: count + 1 }, (_, i) => rounded(from + i * step));
  const percent = (value: number) => EDGE + ((value - from) / (to - from)) * (100 - 2 * EDGE);
  return { from, to, ticks, percent };
}

function stepFor(span: number): number {
  const raw = span / TICKS;
  const power = 10 ** Math.floor(Math.log10(raw));
  const factor = STEPS.find((step) => step * power >= raw * 0.999) ?? 10;
  return factor * power;
}

/** Without the dust of binary fractions. */
function rounded(value: number): number {
  return Number(value.toPrecision(12));
}
