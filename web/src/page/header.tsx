import { LANGUAGES, type Language, language, speak, t } from "../i18n/language.ts";
import { change, go, view } from "../state/view.ts";
import { setTheme, THEMES, theme, type Theme } from "./theme.ts";

/** Name, pages, language and light. */
export function Header() {
  const page = view.value.page;
  const link = (target: "route" | "studies") => (
    <a
      href={target === "route" ? "?" : "?page=studies"}
      aria-current={page === target ? "page" : undefined}
      onClick={(event) => {
        event.preventDefault();
        go({ page: target, study: target === "studies" && page === target ? "" : view.value.study });
      }}
    >
      {t(`page-${target}`)}
    </a>
  );
  return (
    <header class="top">
      <a class="skip" href="#content">
        {t("skip")}
      </a>
      <span class="brand">foreland</span>
      <nav aria-label={t("pages")}>
        {link("route")}
        {link("studies")}
      </nav>
      <div class="choices">
        <label>
          <span class="visually-hidden">{t("language")}</span>
          <select
            value={language.value}
            onChange={(event) => {
              const lang = event.currentTarget.value as Language;
              change({ lang });
              void speak(lang);
            }}
          >
            {Object.entries(LANGUAGES).map(([code, name]) => (
              <option key={code} value={code} lang={code}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span class="visually-hidden">{t("light")}</span>
          <select value={theme.value} onChange={(event) => setTheme(event.currentTarget.value as Theme)}>
            {THEMES.map((one) => (
              <option key={one} value={one}>
                {t(`theme-${one}`)}
              </option>
            ))}
          </select>
        </label>
      </div>
    </header>
  );
}
