import type { Barred, Route, RouteAnswer } from "../api/sea.ts";
import { change as changeText, fixed, joinUnit, list } from "../i18n/number.ts";
import { t } from "../i18n/language.ts";
import { passageName, passageNames } from "./passage-name.ts";
import { placeName } from "./place.ts";
import { change, view } from "../state/view.ts";
import { answer, asking, before, problem, question } from "./question.ts";
import { CostView } from "./cost-view.tsx";
import { type Figure, FIGURES, HOURS_PER_DAY } from "./figures.ts";
import { RouteSaves } from "./route-saves.tsx";

/** What was found, in words, figures and a table. */
export function AnswerView() {
  if (problem.value) return <Failure />;
  const given = answer.value;
  if (!given) return question.value && asking.value ? <p role="status">{t("asking")}</p> : <Invitation />;
  const way = given.routes[view.value.way] ?? given.routes[0];
  if (!way) return null;
  return (
    <section class="answer" aria-labelledby="answer-title">
      <h2 id="answer-title">
        {endName(given, "from")} <span aria-hidden="true">→</span>
        <span class="visually-hidden"> {t("to")} </span> {endName(given, "to")}
      </h2>
      <div aria-live="polite">
        <p class="sentence">{sentence(way)}</p>
        <Moved way={way} />
      </div>
      <dl class="figures">
        {FIGURES.map((figure) => {
          const value = figure.of(way);
          if (typeof value !== "number") return null;
          return (
            <div key={figure.id}>
              <dt>{t(figure.id)}</dt>
              <dd data-figure={figure.id}>
                {joinUnit(fixed(value, figure.decimals), figure.unit)}
                {figure.range && rangeOf(figure, way)}
              </dd>
            </div>
          );
        })}
      </dl>
      <Remarks given={given} way={way} />
      <CostView given={given} way={way} />
      <Ways given={given} />
      <Defaults given={given} />
      <RouteSaves />
    </section>
  );
}

/** The range of a figure, under it. */
function rangeOf(figure: Figure, way: Route) {
  const over = figure.range?.(way);
  return over && <span class="fine range">{t("range", { from: fixed(over.p5, figure.decimals), to: fixed(over.p95, figure.decimals) })}</span>;
}

function endName(given: RouteAnswer, end: "from" | "to"): string {
  return given[end].name ?? placeName(view.value[end]);
}

function sentence(way: Route): string {
  const days = way.time_h ? joinUnit(fixed(way.time_h / HOURS_PER_DAY, 1), "d") : "–";
  const distance = joinUnit(fixed(way.distance_nm, 0), "nm");
  const names = passageNames(way.passages);
  return names.length
    ? t("route-through", { distance, days, passages: list(names) })
    : t("route-open", { distance, days });
}

/** What moves against the class as built with every passage open. */
function Moved({ way }: { way: Route }) {
  const was = before.value?.routes[0];
  if (!was) return null;
  const nm = way.distance_nm - was.distance_nm;
  if (Math.abs(nm) < SAME_NM) return <p class="moved same">{t("moved-nothing")}</p>;
  const parts = FIGURES.flatMap((figure) => {
    const [now, then] = [figure.of(way), figure.of(was)];
    if (typeof now !== "number" || typeof then !== "number") return [];
    return [changeText(now - then, figure.decimals, figure.unit)];
  });
  return (
    <p class="moved">
      <span class="key before" aria-hidden="true" /> {t("moved", { changes: list(parts) })}
    </p>
  );
}

/** Lengths that differ by less are of the same way, nm. */
const SAME_NM = 0.5;

function Remarks({ given, way }: { given: RouteAnswer; way: Route }) {
  const remarks: string[] = [];
  const barred = barredText(way.barred ?? []);
  if (barred) remarks.push(barred);
  for (const [end, nm] of [["from", way.snap_from_nm], ["to", way.snap_to_nm]] as const) {
    if (nm && nm > SNAP_NM) remarks.push(t("snapped", { place: endName(given, end), distance: joinUnit(fixed(nm, 1), "nm") }));
  }
  return (
    <>
      {remarks.length > 0 && (
        <ul class="remarks">
          {remarks.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      <p class="fine">{t("not-for-navigation")}</p>
    </>
  );
}

/** What the ship is too large for, in a sentence; empty if nothing. */
function barredText(barred: Barred[]): string {
  const names = barred
    .filter((one) => one.limit !== "closed")
    .map(({ passage, limit, allowed_m }) => {
      const most = typeof allowed_m === "number" ? ` ${joinUnit(fixed(allowed_m, 1), "m")}` : "";
      return `${passageName(passage)} (${t(`${limit.replace(" ", "_")}_m`)}${most})`;
    });
  return names.length ? t("barred", { passages: list(names) }) : "";
}

/** A place nearer to the water than this lies at it, nm. */
const SNAP_NM = 1;

/** All ways as a table, from which one is chosen. */
function Ways({ given }: { given: RouteAnswer }) {
  const was = before.value?.routes[0];
  const heads = FIGURES.filter((figure) => given.routes.some((way) => typeof figure.of(way) === "number"));
  const cells = (way: Route) =>
    heads.map((figure) => {
      const value = figure.of(way);
      return (
        <td class="number" key={figure.id}>
          {typeof value === "number" ? fixed(value, figure.decimals) : "–"}
        </td>
      );
    });
  const through = (way: Route) => list(passageNames(way.passages)) || t("open-sea");
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={t("ways")}>
      <table class="ways">
        <caption>{t("ways-caption")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("way")}</th>
            {heads.map((figure) => (
              <th scope="col" class="number" key={figure.id}>
                {t(figure.id)} ({joinUnit("", figure.unit).trim()})
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {given.routes.map((way, i) => (
            <tr key={i} aria-current={i === view.value.way ? "true" : undefined}>
              <th scope="row">
                <label class="choice">
                  <input
                    type="radio"
                    name="way"
                    checked={i === view.value.way}
                    onChange={() => change({ way: i })}
                  />
                  <span>{through(way)}</span>
                </label>
              </th>
              {cells(way)}
            </tr>
          ))}
          {was && (
            <tr class="was">
              <th scope="row">
                <span class="key before" aria-hidden="true" /> {t("before-way", { passages: through(was) })}
              </th>
              {cells(was)}
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}

function Defaults({ given }: { given: RouteAnswer }) {
  if (!given.defaults?.length && !given.notes?.length) return null;
  return (
    <details>
      <summary>{t("defaults")}</summary>
      <ul class="remarks" lang="en">
        {given.notes?.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
      <div class="scroll" tabIndex={0} role="group" aria-label={t("defaults")}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("assumption")}</th>
              <th scope="col" class="number">{t("value")}</th>
              <th scope="col">{t("source")}</th>
            </tr>
          </thead>
          <tbody>
            {given.defaults?.map((chosen) => (
              <tr key={chosen.name}>
                <th scope="row">{chosen.name}</th>
                <td class="number">
                  {typeof chosen.value === "number"
                    ? joinUnit(fixed(chosen.value, Number.isInteger(chosen.value) ? 0 : 2), chosen.unit ?? "")
                    : joinUnit(chosen.value, chosen.unit ?? "")}
                </td>
                <td>{chosen.source ?? "–"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function Failure() {
  const { code, message, remedy, body } = problem.value!;
  const barred = barredText((body["barred"] as Barred[] | undefined) ?? []);
  return (
    <section class="failure" role="alert">
      <p>
        <b>{t(`problem-${code}`) === `problem-${code}` ? t("problem-internal") : t(`problem-${code}`)}</b>
      </p>
      {barred && <p>{barred}</p>}
      <p lang="en">{message}</p>
      {remedy && <p lang="en">{remedy}</p>}
    </section>
  );
}

function Invitation() {
  return (
    <section class="invitation">
      <p>{t("invitation")}</p>
      <ul class="examples">
        {EXAMPLES.map(([from, to]) => (
          <li key={from + to}>
            <button type="button" class="link" onClick={() => change({ from, to, way: 0 })}>
              {placeName(from)} → {placeName(to)}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

const EXAMPLES = [
  ["PECHY", "CNSHA"],
  ["NLRTM", "SGSIN"],
  ["BRSSZ", "CNSHA"],
] as const;
