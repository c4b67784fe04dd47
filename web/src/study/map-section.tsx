import type { Findings } from "../api/findings.ts";
import { type Column, DataTable } from "../chart/figure.tsx";
import { fixed, list } from "../i18n/number.ts";
import { t } from "../i18n/language.ts";
import { mapShows } from "../map/current.ts";
import { passageNames } from "../route/passage-name.ts";
import { change, view } from "../state/view.ts";
import { chosenWorlds, flowsOf, routesOf, type ShownRoute, SWITCHED_OFF } from "./journeys.ts";

/** Which ways the map shows: a journey, a baseline, both worlds or one beside the other. */
export function MapSection({ findings }: { findings: Findings }) {
  const { baselines, scenarios } = findings.run;
  const { baseline, scenario } = chosenWorlds(findings);
  const flows = flowsOf(findings);
  const show = (patch: Parameters<typeof change>[0]) => {
    change(patch);
    if (mapShows.value.kind !== "routes") mapShows.value = { kind: "routes", swipe: false };
  };
  return (
    <>
      <p class="lead">{t("before-after-lead")}</p>
      <div class="choosers">
        <Choose label={t("journey")} value={view.value.flow} onChange={(flow) => show({ flow })}>
          <option value="">{t("all-journeys")}</option>
          {flows.map((flow) => (
            <option key={flow.id} value={flow.id} lang="en">
              {flow.title}
            </option>
          ))}
        </Choose>
        <Choose label={t("baseline")} value={baseline} onChange={(id) => show({ baseline: id })}>
          {baselines.map((one) => (
            <option key={one.id} value={one.id} lang="en">
              {one.title}
            </option>
          ))}
        </Choose>
        {scenarios.length > 1 && scenario !== SWITCHED_OFF && (
          <Choose label={t("scenario")} value={scenario} onChange={(id) => show({ scenario: id })}>
            {scenarios.map((one) => (
              <option key={one.id} value={one.id} lang="en">
                {one.title}
              </option>
            ))}
          </Choose>
        )}
      </div>
      <ul class="legend">
        {(["before", "after", "both"] as const).map((role) => (
          <li key={role}>
            <span class={`key ${role}`} aria-hidden="true" /> {t(`role-${role}`)}
          </li>
        ))}
      </ul>
      <SwipeButton />
      <details>
        <summary>{t("as-table")}</summary>
        <DataTable caption={t("routes-caption")} columns={columns()} rows={routesOf(findings)} file={`${findings.run.study}-routes`} />
      </details>
    </>
  );
}

function SwipeButton() {
  const shows = mapShows.value;
  const swiping = shows.kind === "routes" && shows.swipe;
  return (
    <button
      type="button"
      aria-pressed={swiping}
      onClick={() => {
        mapShows.value = { kind: "routes", swipe: !swiping };
        if (!swiping) document.querySelector(".map-box")?.scrollIntoView({ block: "nearest" });
      }}
    >
      {t("swipe")}
    </button>
  );
}

interface ChooseProps {
  label: string;
  value: string;
  onChange(value: string): void;
  children: preact.ComponentChildren;
}

export function Choose({ label, value, onChange, children }: ChooseProps) {
  return (
    <label class="field">
      <span>{label}</span>
      <select value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {children}
      </select>
    </label>
  );
}

function columns(): Column<ShownRoute>[] {
  return [
    { head: t("route"), name: "name", show: ({ route }) => route.name, cell: ({ route }) => route.name },
    { head: t("mode"), name: "mode", show: ({ route }) => t(`mode-${route.mode}`), cell: ({ route }) => route.mode },
    { head: t("when"), name: "role", show: ({ role }) => t(`role-${role}`), cell: ({ role }) => role },
    {
      head: t("distance"),
      name: "distance",
      number: true,
      show: ({ route }) => `${fixed(route.distance, 0)} ${route.distance_unit}`,
      cell: ({ route }) => route.distance,
    },
    { head: t("unit"), name: "unit", show: ({ route }) => route.distance_unit, cell: ({ route }) => route.distance_unit },
    {
      head: t("passages"),
      name: "passages",
      show: ({ route }) => list(passageNames(route.passages)) || "–",
      cell: ({ route }) => route.passages.join(";"),
    },
  ];
}
