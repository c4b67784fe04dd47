import { useState } from "preact/hooks";
import type { Findings, FlowFindings } from "../api/findings.ts";
import { Diverging } from "../chart/diverging.tsx";
import { type Column, DataTable, Figure } from "../chart/figure.tsx";
import { central, change as changeText, spreadRange } from "../i18n/number.ts";
import { t } from "../i18n/language.ts";
import { mapShows } from "../map/current.ts";
import { Choose } from "./map-section.tsx";
import { type LoadChange, loadChanges } from "./loads.ts";

const KINDS = ["port", "terminal", "service", "passage", "operator", "owner"] as const;
type Kind = (typeof KINDS)[number];

/** Rows of a chart that is still read at a glance. */
const CHART_ROWS = 12;

/** Who ships what which way, and what ports gain and lose. */
export function FlowSection({ findings }: { findings: Findings }) {
  const flows = findings.flows!;
  const worlds = flows.worlds;
  const [kind, setKind] = useState<Kind>("port");
  const [after, setAfter] = useState(worlds[1]?.id ?? worlds[0]?.id ?? "");
  const rows = loadChanges(flows, kind, after);
  const caption = t("loads-caption", { kind: t(`load-${kind}`) });
  return (
    <>
      <p class="lead">{t("flows-lead")}</p>
      <Shown flows={flows} />
      <div class="choosers">
        <Choose label={t("counted-by")} value={kind} onChange={(value) => setKind(value as Kind)}>
          {KINDS.filter((one) => flows.loads.some((load) => load.by === one)).map((one) => (
            <option key={one} value={one}>
              {t(`load-${one}`)}
            </option>
          ))}
        </Choose>
        {worlds.length > 2 && (
          <Choose label={t("scenario")} value={after} onChange={setAfter}>
            {worlds.slice(1).map((world) => (
              <option key={world.id} value={world.id} lang="en">
                {world.title}
              </option>
            ))}
          </Choose>
        )}
      </div>
      <Figure
        caption={caption}
        chart={
          <Diverging
            unit="TEU/year"
            rows={rows
              .filter((row) => Math.abs(row.change) >= 0.5)
              .slice(0, CHART_ROWS)
              .map((row) => ({ key: row.id, label: row.name, value: row.change }))}
          />
        }
      >
        <DataTable caption={caption} columns={columns()} rows={rows} file={`${findings.run.study}-loads-${kind}`} />
      </Figure>
    </>
  );
}

/** Which world's flows the map shows. */
function Shown({ flows }: { flows: FlowFindings }) {
  const shows = mapShows.value;
  return (
    <div class="buttons" role="group" aria-label={t("flows-on-map")}>
      <span>{t("flows-on-map")}</span>
      {flows.worlds
        .filter((world) => flows.lines.some((line) => line.world === world.id))
        .map((world) => (
          <button
            key={world.id}
            type="button"
            aria-pressed={shows.kind === "flows" && shows.world === world.id}
            onClick={() => (mapShows.value = { kind: "flows", world: world.id })}
            lang="en"
          >
            {world.title}
          </button>
        ))}
    </div>
  );
}

function columns(): Column<LoadChange>[] {
  return [
    { head: t("name"), name: "name", show: (row) => row.name, cell: (row) => row.name },
    {
      head: t("before"),
      name: "before (TEU/year)",
      number: true,
      show: ({ before }) => before && central(before, ""),
      cell: ({ before }) => before?.central,
    },
    {
      head: t("after"),
      name: "after (TEU/year)",
      number: true,
      show: ({ after }) =>
        after && (
          <>
            {central(after, "")}
            <small class="under">{spreadRange(after, "")}</small>
          </>
        ),
      cell: ({ after }) => after?.central,
    },
    {
      head: t("change"),
      name: "change (TEU/year)",
      number: true,
      show: (row) => changeText(row.change, 0, ""),
      cell: (row) => row.change,
    },
  ];
}
