import { known, t } from "../i18n/language.ts";
import { fixed } from "../i18n/number.ts";
import { cancel, running } from "./state.ts";

/** How far a run is, and a way to end it. */
export function RunState() {
  const now = running.value;
  if (!now) return null;
  const { progress } = now;
  const percent = progress && percentOf(progress);
  return (
    <div class="run-state">
      <p role="status">
        {t(now.changed ? "running-changed" : "running-own")}
        {progress && ` ${known(`progress-${progress.stage.replaceAll(" ", "-")}`, progress.stage)}`}
        {progress && progress.total > 1 && ` ${fixed(progress.done, 0)} / ${fixed(progress.total, 0)}`}
      </p>
      <progress aria-label={t("progress")} max={100} {...(percent === undefined ? {} : { value: percent })} />
      <button type="button" onClick={() => void cancel()}>
        {t("cancel")}
      </button>
    </div>
  );
}

function percentOf({ progress, done, total }: { progress?: number; done: number; total: number }): number {
  return progress ?? (total > 0 ? (100 * done) / total : 0);
}
