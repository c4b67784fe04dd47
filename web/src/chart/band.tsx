import type { Threshold } from "../api/findings.ts";
import type { Scale } from "./scale.ts";
import { upright } from "./row.tsx";

/** Values that a scale has to hold so that the band is seen. */
export function bounds(threshold: Threshold | null): number[] {
  return [threshold?.at_least, threshold?.at_most].filter((v): v is number => typeof v === "number");
}

/** Where a claim holds. */
export function Band({ scale, threshold, height }: { scale: Scale; threshold: Threshold; height: number }) {
  const from = scale.percent(threshold.at_least ?? scale.from);
  const to = scale.percent(threshold.at_most ?? scale.to);
  const edges = bounds(threshold);
  return (
    <>
      <rect class="band" x={`${Math.min(from, to)}%`} y="0" width={`${Math.abs(to - from)}%`} height={height} />
      {edges.map((edge) => (
        <line key={edge} class="band-edge" {...upright(scale.percent(edge), 0, height)} />
      ))}
    </>
  );
}
