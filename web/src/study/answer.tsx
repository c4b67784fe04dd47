import type { Findings, Verdict } from "../api/findings.ts";
import { fixed } from "../i18n/number.ts";
import { t } from "../i18n/language.ts";
import { Badge } from "./badge.tsx";

const ORDER: Verdict[] = ["supported", "supported_only_if", "not_supported", "not_checkable"];

/** What the study says in sentences, and how its claims stand. */
export function AnswerSection({ findings: { run, claims } }: { findings: Findings }) {
  const [headline, ...rest] = run.answer;
  return (
    <>
      <div lang="en">
        <p class="headline">{headline}</p>
        {rest.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
      {claims.length > 0 && (
        <ul class="tally">
          {ORDER.map((verdict) => {
            const count = claims.filter((claim) => claim.verdict === verdict).length;
            return count > 0 && (
              <li key={verdict}>
                <Badge verdict={verdict} count={count} />
              </li>
            );
          })}
        </ul>
      )}
      <p class="fine">{t("reading", { runs: fixed(run.replications, 0) })}</p>
    </>
  );
}
