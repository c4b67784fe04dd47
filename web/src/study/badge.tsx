import type { Verdict } from "../api/findings.ts";
import { t } from "../i18n/language.ts";

/** A verdict has a sign and words, not only a colour. */
const SIGNS: Record<Verdict, string> = {
  supported: "✓",
  supported_only_if: "◐",
  not_supported: "✕",
  not_checkable: "–",
};

export function Badge({ verdict, count }: { verdict: Verdict; count?: number }) {
  return (
    <span class={`badge ${verdict}`}>
      <span aria-hidden="true">{SIGNS[verdict]} </span>
      {t(`verdict-${verdict}`)}
      {count !== undefined && <b class="count"> {count}</b>}
    </span>
  );
}
