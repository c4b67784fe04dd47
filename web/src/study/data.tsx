import type { Findings } from "../api/findings.ts";
import { t } from "../i18n/language.ts";
import { PictureButton } from "../save/picture.tsx";
import { Share } from "../save/share.tsx";
import { shownJob } from "./state.ts";

/** Tables of a run that the server gives as CSV. */
const TABLES = ["claims", "parts", "differences", "chains", "stages", "legs", "tornado", "inversions", "published", "assumptions"];

/** What is shown, as files, and what to know before using it. */
export function DataSection({ findings }: { findings: Findings }) {
  const results = `v1/jobs/${shownJob()}/results`;
  const name = findings.run.study;
  return (
    <>
      <div class="saves">
        <span>{t("download")}</span>
        <a href={`v1/studies/${name}/study.toml`} download={`${name}.toml`}>
          {t("study-file")}
        </a>
        <a href={`${results}/report`} download={`${name}.html`}>
          {t("report")}
        </a>
        <a href={results} download={`${name}-findings.json`}>
          JSON
        </a>
        <a href={`${results}/routes`} download={`${name}-routes.geojson`}>
          GeoJSON
        </a>
        <PictureButton name={`${name}.png`} />
        <Share />
      </div>
      <div class="saves">
        <span>{t("tables-csv")}</span>
        {TABLES.map((table) => (
          <a key={table} href={`${results}/${table}?format=csv`} download={`${name}-${table}.csv`} lang="en">
            {table}
          </a>
        ))}
      </div>
      {findings.warnings.length > 0 && (
        <>
          <h3>{t("warnings")}</h3>
          <ul class="remarks" lang="en">
            {findings.warnings.map((warning) => (
              <li key={warning.code + warning.subject}>{warning.text}</li>
            ))}
          </ul>
        </>
      )}
      <p class="fine">{t("seed", { seed: String(findings.run.seed), runs: findings.run.replications })}</p>
    </>
  );
}
