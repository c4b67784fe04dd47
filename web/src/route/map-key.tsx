import { t } from "../i18n/language.ts";

/** What the marks on the map mean. */
export function MapKey() {
  return (
    <details class="map-key">
      <summary>{t("marks")}</summary>
      <ul class="legend">
        <li>
          <span class="key" aria-hidden="true" /> {t("mark-way")}
        </li>
        <li>
          <span class="key both" aria-hidden="true" /> {t("mark-other-ways")}
        </li>
        <li>
          <span class="key before" aria-hidden="true" /> {t("before")}
        </li>
        <li>
          <span class="mark port" aria-hidden="true" /> {t("mark-port")}
        </li>
        <li>
          <span class="mark port out" aria-hidden="true" /> {t("mark-port-out")}
        </li>
        <li>
          <span class="mark gate" aria-hidden="true" /> {t("mark-passage")}
        </li>
        <li>
          <span class="mark gate small" aria-hidden="true" /> {t("mark-passage-small")}
        </li>
        <li>
          <span class="mark gate shut" aria-hidden="true" /> {t("switched-off")}
        </li>
      </ul>
    </details>
  );
}
