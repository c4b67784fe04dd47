import type { ClaimFinding, Findings, PartFinding } from "../api/findings.ts";
import { central, day, fixed, share, spreadRange } from "../i18n/number.ts";
import { t } from "../i18n/language.ts";
import { Badge } from "./badge.tsx";
import { Comparison } from "./comparison.tsx";
import { Deciders } from "./deciders.tsx";
import { Published } from "./published.tsx";
import { own } from "./state.ts";

/** What was said, what was found, what decides it. */
export function ClaimSection({ findings }: { findings: Findings }) {
  return (
    <>
      <p class="lead">{t("claims-lead")}</p>
      {findings.claims.map((claim) => (
        <Card key={claim.id} claim={claim} findings={findings} />
      ))}
    </>
  );
}

function Card({ claim, findings }: { claim: ClaimFinding; findings: Findings }) {
  const was = own.value?.claims.find((other) => other.id === claim.id)?.verdict;
  return (
    <details class="claim" id={`claim-${claim.id}`} data-verdict={claim.verdict}>
      <summary>
        <span class="claim-number">{claim.number}</span>
        <h3 lang="en">{claim.title}</h3>
        <span class="claim-verdict">
          <Badge verdict={claim.verdict} />
          {was && was !== claim.verdict && <small>{t("verdict-was", { verdict: t(`verdict-${was}`) })}</small>}
          <Held claim={claim} />
        </span>
      </summary>
      <blockquote lang="en">
        <p>{claim.statement}</p>
        <footer>
          {claim.speaker}, {day(claim.said_on)}. {claim.source}
        </footer>
      </blockquote>
      <p class="because" lang="en">
        {withoutCondition(claim)}
      </p>
      {claim.parts.map((part) => (
        <Part key={part.id} part={part} findings={findings} alone={claim.parts.length === 1} />
      ))}
    </details>
  );
}

/** Why, without the condition that the only part repeats below. */
function withoutCondition({ because, parts }: ClaimFinding): string {
  const condition = parts.length === 1 ? parts[0]!.condition : null;
  const at = condition ? because.indexOf(`Only if: ${condition}`) : -1;
  return at < 0 ? because : because.slice(0, at).trim();
}

/** The smallest share of runs in which a part holds: a claim is as good as its weakest part. */
function Held({ claim }: { claim: ClaimFinding }) {
  const shares = claim.parts.map((part) => part.share_holding).filter((s): s is number => s !== null);
  if (shares.length === 0) return null;
  const least = Math.min(...shares);
  return (
    <span class="held">
      <svg class="share-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        <rect class="share-all" width="100" height="6" />
        <rect class="share-held" width={least * 100} height="6" />
      </svg>
      <small>{t("holds-in-short", { share: share(least) })}</small>
    </span>
  );
}

function Part({ part, findings, alone }: { part: PartFinding; findings: Findings; alone: boolean }) {
  return (
    <section class="part">
      {!alone && (
        <header>
          <h4 lang="en">{part.statement}</h4>
          <Badge verdict={part.verdict} />
        </header>
      )}
      {!alone && <p lang="en">{part.because}</p>}
      {part.condition && (
        <p class="condition">
          <b>{t("only-if")}</b> <span lang="en">{part.condition}</span>
        </p>
      )}
      <KeyFigures part={part} />
      <Comparison part={part} />
      <Deciders part={part} findings={findings} />
      <WouldHaveToBe part={part} />
      <Published part={part} />
    </section>
  );
}

/** The figure, what it should be, and how often it is. */
function KeyFigures({ part }: { part: PartFinding }) {
  return (
    <dl class="key-figures">
      {part.figure && (
        <div>
          <dt>{t("computed")}</dt>
          <dd>
            {central(part.figure)}
            <small class="under">{spreadRange(part.figure)}</small>
          </dd>
        </div>
      )}
      {part.threshold && (
        <div>
          <dt>{t("holds-if")}</dt>
          <dd lang="en">{part.threshold.text}</dd>
        </div>
      )}
      {part.share_holding !== null && (
        <div>
          <dt>{t("holds-in")}</dt>
          <dd>
            {share(part.share_holding)}
            <small class="under">{t("of-runs", { runs: fixed(part.runs, 0) })}</small>
          </dd>
        </div>
      )}
      <div>
        <dt>{t("measured-by")}</dt>
        <dd class="measure" lang="en">
          {part.measure.description}
        </dd>
      </div>
    </dl>
  );
}

function WouldHaveToBe({ part }: { part: PartFinding }) {
  if (part.inversions.length === 0) return null;
  return (
    <>
      <h5>{t("would-have-to-be")}</h5>
      <ul class="inversions">
        {part.inversions.map((inversion) => (
          <li key={inversion.sentence}>
            <span lang="en">{inversion.sentence}</span>
            {inversion.value !== null && (
              <small class="tag">{t(inversion.plausible ? "plausible" : "implausible")}</small>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
