import { setToken, tokenWanted } from "../api/token.ts";
import { t } from "../i18n/language.ts";

/** Asks for the token that the server wants; it is kept until the tab is closed. */
export function TokenForm() {
  if (!tokenWanted.value) return null;
  return (
    <form
      class="failure"
      onSubmit={(event) => {
        event.preventDefault();
        setToken(String(new FormData(event.currentTarget).get("token") ?? ""));
        location.reload();
      }}
    >
      <label class="field">
        <span>{t("problem-unauthorized")}</span>
        <input type="password" name="token" autocomplete="off" required />
      </label>
      <button type="submit">{t("token-send")}</button>
    </form>
  );
}
