import { MapView } from "../map/map-view.tsx";
import { RoutePanel, routeSummary } from "../route/route-panel.tsx";
import { t } from "../i18n/language.ts";
import { seaProblem } from "../state/sea.ts";
import { view } from "../state/view.ts";
import { StudyPanel, studySummary } from "../study/study-panel.tsx";
import { TokenForm } from "./token-form.tsx";
import { Header } from "./header.tsx";

/** The page: a panel to read and ask in, and the map. */
export function App() {
  const studies = view.value.page === "studies";
  return (
    <>
      <Header />
      <div class={studies ? "layout reading" : "layout"}>
        <main id="content" tabIndex={-1}>
          <TokenForm />
          {seaProblem.value && seaProblem.value.code !== "unauthorized" && (
            <p class="failure" role="alert">
              {t("problem-unreachable")} <span lang="en">{seaProblem.value.message}</span>
            </p>
          )}
          {studies ? <StudyPanel /> : <RoutePanel />}
        </main>
        <MapView summary={studies ? studySummary() : routeSummary()} />
      </div>
    </>
  );
}
