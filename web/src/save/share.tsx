import { useState } from "preact/hooks";
import { t } from "../i18n/language.ts";
import { encode } from "../state/address.ts";
import { view } from "../state/view.ts";

/** Copies the address that restores what is shown. */
export function Share() {
  const [done, setDone] = useState<"" | "copied" | "failed">("");
  const copy = async () => {
    const link = new URL(encode(view.value), location.href).href;
    try {
      await navigator.clipboard.writeText(link);
      setDone("copied");
    } catch {
      // Without leave to the clipboard the address bar has the same link.
      history.replaceState(null, "", link);
      setDone("failed");
    }
  };
  return (
    <>
      <button type="button" class="link" onClick={copy}>
        {t("copy-link")}
      </button>
      <span role="status" class="fine">
        {done && t(`link-${done}`)}
      </span>
    </>
  );
}
