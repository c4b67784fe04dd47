import type { Findings } from "../api/findings.ts";
import { t } from "../i18n/language.ts";
import { FileLink } from "../save/file-link.tsx";
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
        <FileLink href={`v1/studies/${name}/study.toml`} name={`${name}.toml`}>
          {t("study-file")}
        </FileLink>
        <FileLink href={`${results}/report`} name={`${name}.html`}>
          {t("report")}
        </FileLink>
        <FileLink href={results} name={`${name}-findings.json`}>
          JSON
        </FileLink>
        <FileLink href={`${results}/routes`} name={`${name}-routes.geojson`}>
          GeoJSON
        </FileLink>
        <PictureButton name={`${name}.png`} />
        <Share />
      </div>
      <div class="saves">
        <span>{t("tables-csv")}</span>
        {TABLES.map((table) => (
          <FileLink key={table} href={`${results}/${table}?format=csv`} name={`${name}-${table}.csv`} lang="en">
            {table}
          </FileLink>
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
