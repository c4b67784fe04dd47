import { mapShows } from "../map/current.ts";
import type { Palette } from "../map/palette.ts";
import { t } from "../i18n/language.ts";
import { answer, before } from "../route/question.ts";
import { routeSummary } from "../route/route-panel.tsx";
import { view } from "../state/view.ts";
import { shown } from "../study/state.ts";

/** A line of the map and what it means. */
export interface Mark {
  colour: keyof Palette;
  text: string;
  dashed?: boolean;
}

/** What the map shows now, in words: a title and the marks. */
export function legendNow(): { title: string; marks: Mark[] } {
  if (view.value.page === "route") return { title: routeSummary(), marks: routeMarks() };
  const findings = shown();
  return { title: findings?.run.title ?? "", marks: studyMarks() };
}

function routeMarks(): Mark[] {
  const ways = answer.value?.routes.length ?? 0;
  const marks: Mark[] = [];
  if (ways > 0) marks.push({ colour: "after", text: t("mark-way") });
  if (ways > 1) marks.push({ colour: "both", text: t("mark-other-ways"), dashed: true });
  if (before.value) marks.push({ colour: "before", text: t("before") });
  return marks;
}

function studyMarks(): Mark[] {
  const shows = mapShows.value;
  if (shows.kind === "flows") {
    const world = shown()?.flows?.worlds.find((one) => one.id === shows.world)?.title ?? "";
    return [{ colour: "after", text: `${t("part-flows")}: ${world}` }];
  }
  if (shows.kind === "replay") return [{ colour: "bad", text: t("part-simulation") }];
  return [
    { colour: "before", text: t("role-before") },
    { colour: "after", text: t("role-after") },
    { colour: "both", text: t("role-both"), dashed: true },
  ];
}

/** Where what is shown comes from. */
export const sourcesLine = () => `foreland · ${t("coast-from", { source: "Natural Earth" })} · ${t("not-for-navigation")}`;
