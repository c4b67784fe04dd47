import { fixed, joinUnit } from "../i18n/number.ts";
import { known, t } from "../i18n/language.ts";
import { ports, vessels } from "../state/sea.ts";
import { DIMENSIONS, type Dimension, tooLarge } from "./limits.ts";
import { choose, DRAG, isResized, resize, ship } from "./ship.ts";

export function vesselName(id: string, name: string): string {
  return known(`vessel-${id}`, name);
}

/** Class and size of the ship, and which ports no longer take it. */
export function ShipPanel() {
  const now = ship.value;
  if (!now) return null;
  const kinds = [...new Set(vessels.value.map((vessel) => vessel.kind))];
  return (
    <fieldset class="ship">
      <legend>{t("ship")}</legend>
      <label class="field">
        <span>{t("class")}</span>
        <select value={now.class.id} onChange={(event) => choose(event.currentTarget.value)}>
          {kinds.map((kind) => (
            <optgroup key={kind} label={known(`kind-${kind}`, kind)}>
              {vessels.value
                .filter((vessel) => vessel.kind === kind)
                .map((vessel) => (
                  <option key={vessel.id} value={vessel.id}>
                    {vesselName(vessel.id, vessel.name)}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
      </label>
      {DIMENSIONS.map((dimension) => (
        <Drag key={dimension} dimension={dimension} metres={now[dimension]} built={now.class[dimension]} />
      ))}
      {isResized() && (
        <button type="button" class="link" onClick={() => choose(now.class.id)}>
          {t("as-built")}
        </button>
      )}
      <PortsOut />
    </fieldset>
  );
}

function Drag({ dimension, metres, built }: { dimension: Dimension; metres: number; built: number }) {
  const { min, max, step } = DRAG[dimension];
  const name = t(dimension);
  const decimals = step < 1 ? 1 : 0;
  return (
    <div class="drag">
      <label>
        <span>{name}</span>
        <input
          type="range"
          min={min}
          max={max}
          step={step}
          value={metres}
          aria-valuetext={joinUnit(fixed(metres, decimals), "m")}
          onInput={(event) => resize(dimension, event.currentTarget.valueAsNumber)}
        />
      </label>
      <input
        type="number"
        min={min}
        max={max}
        step="any"
        value={Number(metres.toFixed(2))}
        aria-label={t("in-metres", { what: name })}
        onChange={(event) => {
          const value = event.currentTarget.valueAsNumber;
          resize(dimension, Number.isFinite(value) ? value : built);
        }}
      />
      <span class="unit">m</span>
    </div>
  );
}

/** Ports with known limits that the ship is too large for. */
function PortsOut() {
  const now = ship.value!;
  const limited = ports.value.filter((port) => DIMENSIONS.some((d) => typeof port.limits?.[d] === "number"));
  if (limited.length === 0) return null;
  const out = limited.filter((port) => tooLarge(now, port.limits).length > 0);
  return (
    <details class="ports-out">
      <summary>
        <span data-ports-out={out.length}>{t("ports-out", { out: out.length, all: limited.length })}</span>
      </summary>
      <p class="fine">{t("ports-known", { known: limited.length, all: fixed(ports.value.length, 0) })}</p>
      <ul class="columns">
        {out.map((port) => (
          <li key={port.locode}>
            {port.name}{" "}
            <small>
              {tooLarge(now, port.limits)
                .map((d) => `${t(d)} ${joinUnit(fixed(port.limits![d]!, 1), "m")}`)
                .join(", ")}
            </small>
          </li>
        ))}
      </ul>
    </details>
  );
}
