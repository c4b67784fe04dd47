import { known } from "../i18n/language.ts";
import { passageById } from "../state/sea.ts";

/** A passage in the reader's language if the catalogue has it, else as the atlas names it. */
export function passageName(id: string): string {
  return known(`passage-${id}`, passageById.value.get(id)?.name ?? id);
}

/** The passages of a way, each once; channels of single ports are no passages. */
export function passageNames(ids: string[]): string[] {
  return [...new Set(ids)].filter((id) => passageById.value.has(id)).map(passageName);
}
