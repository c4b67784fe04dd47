import type { PartFinding } from "../api/findings.ts";
import { DataTable, type Column } from "../chart/figure.tsx";
import { range, withUnit } from "../i18n/number.ts";
import { t } from "../i18n/language.ts";

type Row = PartFinding["published"][number];

/** Figures that others published, those that disagree first. */
export function Published({ part }: { part: PartFinding }) {
  if (part.published.length === 0) return null;
  const order = (row: Row) => (row.agrees === false ? 0 : row.agrees ? 1 : 2);
  const rows = [...part.published].sort((a, b) => order(a) - order(b));
  return (
    <details>
      <summary>{t("published", { count: rows.length })}</summary>
      <DataTable caption={t("published-caption")} columns={columns()} rows={rows} file={`claim-${part.id}-published`} />
    </details>
  );
}

function columns(): Column<Row>[] {
  return [
    { head: t("who"), name: "speaker", show: (r) => <span lang="en">{r.speaker}</span>, cell: (r) => r.speaker },
    { head: t("what"), name: "quantity", show: (r) => <span lang="en">{r.quantity}</span>, cell: (r) => r.quantity },
    {
      head: t("figure"),
      name: "value",
      number: true,
      show: (r) => (
        <>
          {withUnit(r.value, r.unit)}
          {r.low !== r.high && <small class="under">{range(r.low, r.high, r.unit)}</small>}
        </>
      ),
      cell: (r) => `${r.value} ${r.unit}`,
    },
    { head: t("when"), name: "date", show: (r) => r.date, cell: (r) => r.date },
    {
      head: t("against-ours"),
      name: "agrees",
      show: (r) => t(r.agrees === null ? "another-quantity" : r.agrees ? "overlaps" : "disagrees"),
      cell: (r) => r.agrees,
    },
    { head: t("source"), name: "source", show: (r) => <span lang="en">{r.source}</span>, cell: (r) => r.source },
  ];
}
