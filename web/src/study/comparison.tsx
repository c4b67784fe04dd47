import type { BaselineResult, PartFinding } from "../api/findings.ts";
import { Figure, DataTable, type Column } from "../chart/figure.tsx";
import { Ranges, type RangeRow } from "../chart/ranges.tsx";
import { decimalsFor, fixed, share, unitName } from "../i18n/number.ts";
import { t } from "../i18n/language.ts";

/** Places of the quartiles in a list of the quantiles 0, 5, …, 100 %. */
const QUARTILES = [5, 15] as const;

/** The figure by baseline beside what was said and published about the same. */
export function Comparison({ part }: { part: PartFinding }) {
  const { unit } = part.measure;
  const drawn = part.by_baseline.some((result) => result.figure);
  const rows = [...part.by_baseline.map(computed), ...said(part), ...published(part)];
  if (!drawn || rows.length < 2) return null;
  return (
    <Figure
      caption={t("comparison-caption", { unit: unitName(unit) })}
      chart={<Ranges rows={rows} unit={unit} threshold={part.threshold} />}
    >
      <DataTable
        caption={t("by-baseline")}
        columns={columns(part)}
        rows={part.by_baseline}
        file={`claim-${part.id}-by-baseline`}
      />
    </Figure>
  );
}

function computed(result: BaselineResult): RangeRow {
  const [low, high] = QUARTILES.map((i) => result.quantiles[i]);
  return {
    key: result.baseline,
    label: (
      <span lang="en">
        {result.title}
        {result.missing && <small>{result.missing}</small>}
      </span>
    ),
    mark: "computed",
    value: result.figure?.central,
    outer: result.figure ? [result.figure.p5, result.figure.p95] : undefined,
    inner: low !== undefined && high !== undefined ? [low, high] : undefined,
    note: result.share_holding === null ? undefined : t("holds-in-short", { share: share(result.share_holding) }),
  };
}

function said({ threshold, measure }: PartFinding): RangeRow[] {
  if (!threshold || threshold.unit !== measure.unit) return [];
  return [{ key: "said", label: t("as-claimed"), mark: "said", value: threshold.said }];
}

function published(part: PartFinding): RangeRow[] {
  const same = (unit: string) => (unit === "day" || unit === "days" ? "d" : unit) === part.measure.unit;
  return part.published
    .filter((p) => p.agrees !== null && same(p.unit))
    .map((p, i) => ({
      key: `published-${i}`,
      label: (
        <span lang="en">
          {p.speaker}
          <small>
            {p.quantity}, {p.date}
          </small>
        </span>
      ),
      mark: "published" as const,
      value: p.value,
      outer: [p.low, p.high] as [number, number],
    }));
}

function columns(part: PartFinding): Column<BaselineResult>[] {
  const { unit } = part.measure;
  const figure = (head: string, name: "central" | "p5" | "p50" | "p95"): Column<BaselineResult> => ({
    head: `${head} (${unitName(unit)})`,
    name: `${name} (${unit})`,
    number: true,
    show: ({ figure: f }) => (f ? fixed(f[name], decimalsFor(unit, [f.central, f.p5, f.p95])) : "–"),
    cell: ({ figure: f }) => f?.[name],
  });
  return [
    { head: t("baseline"), name: "baseline", show: (r) => <span lang="en">{r.title}</span>, cell: (r) => r.baseline },
    figure(t("central"), "central"),
    figure("5 %", "p5"),
    figure(t("median"), "p50"),
    figure("95 %", "p95"),
    {
      head: t("holds-in"),
      name: "share_holding",
      number: true,
      show: (r) => (r.share_holding === null ? "–" : share(r.share_holding)),
      cell: (r) => r.share_holding,
    },
  ];
}
