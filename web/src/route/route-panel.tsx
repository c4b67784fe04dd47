import { t } from "../i18n/language.ts";
import { fixed, joinUnit, list } from "../i18n/number.ts";
import { nextEnd } from "../map/click.ts";
import { change, view } from "../state/view.ts";
import { AnswerView } from "./answer-view.tsx";
import { MapKey } from "./map-key.tsx";
import { passageNames } from "./passage-name.ts";
import { PassageList } from "./passage-list.tsx";
import { PlaceField } from "./place-field.tsx";
import { placeName } from "./place.ts";
import { answer } from "./question.ts";
import { ShipPanel } from "./ship-panel.tsx";

/** Two places, a ship and the passages; and what comes of them. */
export function RoutePanel() {
  const { from, to } = view.value;
  const set = (end: "from" | "to") => (value: string) => {
    nextEnd.value = end === "from" ? "to" : "from";
    change({ [end]: value, way: 0 });
  };
  return (
    <>
      <h1 class="visually-hidden">{t("page-route")}</h1>
      <div class="ends">
        <PlaceField
          label={t("from")}
          value={from}
          active={nextEnd.value === "from"}
          onChoose={set("from")}
          onFocus={() => (nextEnd.value = "from")}
        />
        <button
          type="button"
          class="swap"
          aria-label={t("swap")}
          title={t("swap")}
          onClick={() => change({ from: to, to: from, way: 0 })}
        >
          ⇅
        </button>
        <PlaceField
          label={t("to-place")}
          value={to}
          active={nextEnd.value === "to"}
          onChoose={set("to")}
          onFocus={() => (nextEnd.value = "to")}
        />
      </div>
      <AnswerView />
      <ShipPanel />
      <PassageList />
      <MapKey />
    </>
  );
}

/** What the map shows, for people who do not see it. */
export function routeSummary(): string {
  const given = answer.value;
  if (!given) return t("map-empty");
  const way = given.routes[view.value.way] ?? given.routes[0];
  if (!way) return t("map-empty");
  return t("map-route", {
    from: given.from.name ?? placeName(view.value.from),
    to: given.to.name ?? placeName(view.value.to),
    distance: joinUnit(fixed(way.distance_nm, 0), "nm"),
    passages: list(passageNames(way.passages)) || t("open-sea"),
  });
}
