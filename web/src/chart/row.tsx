import type { ComponentChildren } from "preact";
import { decimalsFor, fixed, unitName } from "../i18n/number.ts";
import type { Scale } from "./scale.ts";

/** A row of a chart: what it is, its drawing, and its figure in words. */
export function Row({ label, children, figure }: { label: ComponentChildren; children: ComponentChildren; figure: ComponentChildren }) {
  return (
    <div class="row">
      <div class="row-label">{label}</div>
      {children}
      <div class="row-figure">{figure}</div>
    </div>
  );
}

/** The drawing of a row, over the grid of its scale. */
export function Track({ scale, height, children }: { scale: Scale; height: number; children: ComponentChildren }) {
  return (
    <svg class="track" height={height} aria-hidden="true">
      {scale.ticks.map((tick) => (
        <line key={tick} class={tick === 0 ? "grid zero" : "grid"} {...upright(scale.percent(tick), 0, height)} />
      ))}
      {children}
    </svg>
  );
}

export function upright(percent: number, y1: number, y2: number) {
  const x = `${percent.toFixed(2)}%`;
  return { x1: x, x2: x, y1, y2 };
}

/** The numbers under a chart. */
export function Axis({ scale, unit }: { scale: Scale; unit: string }) {
  const decimals = decimalsFor("", scale.ticks.length > 1 ? [scale.ticks[1]! - scale.ticks[0]!] : scale.ticks);
  return (
    <div class="row axis-row">
      <svg class="axis" height="34" aria-hidden="true">
        {scale.ticks.map((tick, i) => (
          <text key={tick} class={i % 2 ? "tick odd" : "tick"} x={`${scale.percent(tick).toFixed(2)}%`} y="13" text-anchor="middle">
            {fixed(tick, decimals)}
          </text>
        ))}
        <text class="tick" x="50%" y="30" text-anchor="middle">
          {unitName(unit)}
        </text>
      </svg>
    </div>
  );
}
