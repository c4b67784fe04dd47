import { Fragment } from "preact";
import { useEffect } from "preact/hooks";
import type { Findings } from "../api/findings.ts";
import { day, fixed, list } from "../i18n/number.ts";
import { language, t } from "../i18n/language.ts";
import { go, view } from "../state/view.ts";
import { AnswerSection } from "./answer.tsx";
import { AssumptionSection } from "./assumptions.tsx";
import { ClaimSection } from "./claims.tsx";
import { DataSection } from "./data.tsx";
import { DaySection } from "./days.tsx";
import { FlowSection } from "./flows.tsx";
import { MapSection } from "./map-section.tsx";
import { RunState } from "./run-state.tsx";
import { forget, own, problem, shown, study, summaries, tryAgain } from "./state.ts";
import { SwitchSection } from "./switch-section.tsx";
import { nameOf, switchedOff } from "./switch.ts";
import { SimulationSection } from "./simulation.tsx";
import { TradeSection } from "./trade.tsx";

/** The list of studies, or the one that is open. */
export function StudyPanel() {
  return view.value.study ? <OneStudy /> : <AllStudies />;
}

function AllStudies() {
  return (
    <>
      <h1>{t("page-studies")}</h1>
      <p class="lead">{t("studies-lead")}</p>
      <Trouble />
      <ul class="studies">
        {summaries.value.map(({ id, title, question, as_of }) => (
          <li key={id}>
            <a
              href={`?page=studies&study=${id}`}
              onClick={(event) => {
                event.preventDefault();
                go({ study: id, job: "", flow: "", baseline: "", scenario: "" });
              }}
            >
              <b lang="en">{title}</b>
              <span lang="en">{question}</span>
              <small>{t("as-of", { date: day(as_of) })}</small>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Parts of a study; those without content are left out. */
const SECTIONS: { id: string; has(findings: Findings): boolean; View: (props: { findings: Findings }) => preact.JSX.Element | null }[] = [
  { id: "answer", has: (f) => f.run.answer.length > 0, View: AnswerSection },
  { id: "claims", has: (f) => f.claims.length > 0, View: ClaimSection },
  { id: "before-after", has: (f) => f.routes.length > 0, View: MapSection },
  { id: "switch", has: (f) => f.journeys.some((journey) => journey.chains.length > 0), View: SwitchSection },
  { id: "days", has: (f) => f.journeys.some((journey) => journey.chains.length > 0), View: DaySection },
  { id: "flows", has: (f) => Boolean(f.flows), View: FlowSection },
  { id: "trade", has: (f) => Boolean(f.world_trade), View: TradeSection },
  { id: "simulation", has: (f) => Boolean(f.simulation?.scenarios.length), View: SimulationSection },
  { id: "assumptions", has: (f) => f.assumptions.length > 0, View: AssumptionSection },
  { id: "data", has: () => true, View: DataSection },
];

function OneStudy() {
  const { study: id } = view.value;
  const head = study.value ?? summaries.value.find((one) => one.id === id);
  const findings = shown();
  useEffect(() => {
    document.getElementById("content")?.scrollTo?.(0, 0);
  }, [id]);
  const sections = findings ? SECTIONS.filter((section) => section.has(findings)) : [];
  return (
    <article class="study">
      <p class="kicker">
        <a
          href="?page=studies"
          onClick={(event) => {
            event.preventDefault();
            go({ study: "", job: "" });
          }}
        >
          {t("page-studies")}
        </a>
        {head && ` · ${t("as-of", { date: day(head.as_of) })}`}
      </p>
      {head && (
        <>
          <h1 lang="en">{head.title}</h1>
          <p class="question" lang="en">
            {head.question}
          </p>
        </>
      )}
      {language.value !== "en" && <p class="fine">{t("english-inside")}</p>}
      <Trouble />
      <RunState />
      {view.value.job && findings && <Changed findings={findings} />}
      {sections.length > 0 && (
        <nav class="parts" aria-label={t("parts")}>
          {sections.map((section) => (
            <a key={section.id} href={`#${section.id}`} onClick={(event) => jump(event, section.id)}>
              {t(`part-${section.id}`)}
            </a>
          ))}
        </nav>
      )}
      {findings &&
        sections.map(({ id: part, View }) => (
          <section key={part} id={part} aria-labelledby={`${part}-title`}>
            <h2 id={`${part}-title`} tabIndex={-1}>
              {t(`part-${part}`)}
            </h2>
            <View findings={findings} />
          </section>
        ))}
    </article>
  );
}

/** The address keeps its query: a fragment would be lost with the next change of the view. */
function jump(event: Event, part: string): void {
  event.preventDefault();
  const title = document.getElementById(`${part}-title`);
  title?.scrollIntoView();
  title?.focus({ preventScroll: true });
}

function Changed({ findings }: { findings: Findings }) {
  const without = switchedOff(findings);
  const runs = fixed(findings.run.replications, 0);
  return (
    <p class="changed-run">
      {without.length
        ? t("switched-run", { what: list(without.map((one) => nameOf(one, findings))), runs })
        : t("changed-run", { runs })}{" "}
      <button type="button" class="link" onClick={forget}>
        {t("back-to-own")}
      </button>
    </p>
  );
}

function Trouble() {
  const trouble = problem.value;
  if (!trouble) return null;
  const id = `problem-${trouble.code}`;
  return (
    <div class="failure" role="alert">
      <p>
        <b>{t(id) === id ? t("problem-internal") : t(id)}</b>
      </p>
      <p lang="en">
        {[trouble.message, trouble.remedy].filter(Boolean).map((text) => (
          <Fragment key={text}>{text} </Fragment>
        ))}
      </p>
      {view.value.study && !own.value && (
        <button type="button" onClick={tryAgain}>
          {t("try-again")}
        </button>
      )}
    </div>
  );
}

/** What the map shows, for people who do not see it. */
export function studySummary(): string {
  const findings = shown();
  if (!findings) return t("map-empty");
  return t("map-study", { routes: findings.routes.length, title: findings.run.title });
}
