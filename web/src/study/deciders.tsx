import type { Findings, PartFinding, TornadoBar } from "../api/findings.ts";
import { Figure, DataTable, type Column } from "../chart/figure.tsx";
import { Tornado } from "../chart/tornado.tsx";
import { share, unitName, withUnit } from "../i18n/number.ts";
import { t } from "../i18n/language.ts";

/** The assumptions that decide the figure. */
export function Deciders({ part, findings }: { part: PartFinding; findings: Findings }) {
  if (part.tornado.length === 0) return null;
  const baseline = (id: string) => {
    const result = part.by_baseline.find((other) => other.baseline === id);
    const title = result?.title ?? findings.run.baselines.find((other) => other.id === id)?.title ?? id;
    return { title, central: result?.figure?.central };
  };
  return (
    <>
      <h5>{t("what-decides")}</h5>
      <Figure
        caption={t("tornado-caption")}
        chart={<Tornado bars={part.tornado} unit={part.measure.unit} threshold={part.threshold} baseline={baseline} />}
      >
        <DataTable
          caption={t("what-decides")}
          columns={columns(part.measure.unit, (id) => baseline(id).title)}
          rows={part.tornado}
          file={`claim-${part.id}-tornado`}
        />
      </Figure>
    </>
  );
}

function columns(unit: string, title: (id: string) => string): Column<TornadoBar>[] {
  const half = (of: number | null) => (of === null ? "–" : share(of));
  return [
    { head: t("assumption"), name: "assumption", show: (b) => <span lang="en">{b.label}</span>, cell: (b) => b.assumption },
    { head: t("baseline"), name: "baseline", show: (b) => <span lang="en">{title(b.baseline)}</span>, cell: (b) => b.baseline },
    { head: t("unit"), name: "unit", show: (b) => unitName(b.unit), cell: (b) => b.unit },
    { head: t("low"), name: "low", number: true, show: (b) => withUnit(b.low, ""), cell: (b) => b.low },
    { head: t("high"), name: "high", number: true, show: (b) => withUnit(b.high, ""), cell: (b) => b.high },
    {
      head: t("figure-at-low"),
      name: `figure_at_low (${unit})`,
      number: true,
      show: (b) => withUnit(b.figure_at_low, unit),
      cell: (b) => b.figure_at_low,
    },
    {
      head: t("figure-at-high"),
      name: `figure_at_high (${unit})`,
      number: true,
      show: (b) => withUnit(b.figure_at_high, unit),
      cell: (b) => b.figure_at_high,
    },
    { head: t("holds-low-half"), name: "share_low_half", number: true, show: (b) => half(b.share_low_half), cell: (b) => b.share_low_half },
    { head: t("holds-high-half"), name: "share_high_half", number: true, show: (b) => half(b.share_high_half), cell: (b) => b.share_high_half },
  ];
}
