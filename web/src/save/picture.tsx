import { t } from "../i18n/language.ts";
import { worldMap } from "../map/current.ts";
import { save } from "./file.ts";

/** Saves the map as it is seen. */
export function PictureButton({ name }: { name: string }) {
  if (!worldMap.value) return null;
  return (
    <button type="button" class="link" onClick={async () => save(name, await worldMap.value!.picture())}>
      PNG <span class="visually-hidden">{t("of-the-map")}</span>
    </button>
  );
}
