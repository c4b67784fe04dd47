import { useEffect, useId, useRef, useState } from "preact/hooks";
import { isGivenUp } from "../api/client.ts";
import { places, type Suggestion } from "../api/sea.ts";
import { country } from "../i18n/number.ts";
import { t } from "../i18n/language.ts";
import { placeName } from "./place.ts";

interface Props {
  label: string;
  /** UN/LOCODE or `lon=…,lat=…`. */
  value: string;
  /** Whether a click on the map fills this field. */
  active: boolean;
  onChoose(value: string): void;
  onFocus(): void;
}

/** How long typing rests before the server is asked, ms. */
const REST_MS = 60;

/** A place by name, code or position, with suggestions: the combobox pattern of ARIA. */
export function PlaceField({ label, value, active, onChoose, onFocus }: Props) {
  const id = useId();
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const [found, setFound] = useState<Suggestion[]>([]);
  const [at, setAt] = useState(0);
  const open = typed !== undefined && typed.trim().length > 0;
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (!open || !typed) return setFound([]);
    const asked = new AbortController();
    const rest = setTimeout(async () => {
      try {
        setFound(await places(typed.trim(), asked.signal));
        setAt(0);
      } catch (error) {
        if (!isGivenUp(error)) setFound([]);
      }
    }, REST_MS);
    return () => {
      clearTimeout(rest);
      asked.abort();
    };
  }, [typed]);

  const take = (chosen: string) => {
    setTyped(undefined);
    setFound([]);
    onChoose(chosen);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" && found.length) setAt((at + 1) % found.length);
    else if (event.key === "ArrowUp" && found.length) setAt((at + found.length - 1) % found.length);
    else if (event.key === "Enter" && open) take(found[at]?.locode ?? typed!.trim());
    else if (event.key === "Escape" && open) setTyped(undefined);
    else return;
    event.preventDefault();
  };

  return (
    <div class={active ? "place active" : "place"}>
      <label for={id}>{label}</label>
      <input
        ref={input}
        id={id}
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        aria-expanded={open && found.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={open && found[at] ? `${id}-${at}` : undefined}
        placeholder={t("place-hint")}
        value={typed ?? placeName(value)}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onFocus={(event) => {
          event.currentTarget.select();
          onFocus();
        }}
        onBlur={() => setTyped(undefined)}
        onKeyDown={onKeyDown}
      />
      <ul id={`${id}-list`} role="listbox" aria-label={label} hidden={!open || found.length === 0}>
        {found.map((place, i) => (
          <li
            key={place.locode}
            id={`${id}-${i}`}
            role="option"
            aria-selected={i === at}
            onPointerDown={(event) => {
              // The field would lose focus, and the list with it, before the click comes.
              event.preventDefault();
              take(place.locode);
            }}
          >
            <span>{place.name}</span>
            <small>
              {country(place.country)} · {place.locode}
            </small>
          </li>
        ))}
      </ul>
    </div>
  );
}
