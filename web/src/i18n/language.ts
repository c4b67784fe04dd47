import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import { signal } from "@preact/signals";

/** Languages of the page, each named in itself. */
export const LANGUAGES = { en: "English", es: "Español", pt: "Português", zh: "中文" } as const;
export type Language = keyof typeof LANGUAGES;

/** The words of the page and the names of the atlas. */
type Catalogue = Promise<{ default: string }>[];
const catalogues: Record<Language, () => Catalogue> = {
  en: () => [import("../locales/en/page.ftl?raw"), import("../locales/en/names.ftl?raw")],
  es: () => [import("../locales/es/page.ftl?raw"), import("../locales/es/names.ftl?raw")],
  pt: () => [import("../locales/pt/page.ftl?raw"), import("../locales/pt/names.ftl?raw")],
  zh: () => [import("../locales/zh/page.ftl?raw"), import("../locales/zh/names.ftl?raw")],
};

const KEPT = "foreland.language";

const bundle = signal<FluentBundle>(new FluentBundle("en"));

/** The language that is shown. */
export const language = signal<Language>("en");

/** The language's tag for Intl and the `lang` attribute. */
export function tag(of: Language = language.value): string {
  return of === "zh" ? "zh-Hans" : of;
}

/** The first language of a list of tags that the page has. */
export function negotiate(wanted: readonly string[]): Language {
  for (const one of wanted) {
    const base = one.toLowerCase().split("-")[0] ?? "";
    if (base in LANGUAGES) return base as Language;
  }
  return "en";
}

/** The language that was asked for by address or chosen before, else the browser's. */
export function preferred(asked: string | undefined): Language {
  const kept = read(KEPT);
  return negotiate([asked, kept, ...navigator.languages].filter((x): x is string => Boolean(x)));
}

export async function speak(chosen: Language): Promise<void> {
  const files = await Promise.all(catalogues[chosen]());
  const source = files.map((file) => file.default).join("\n");
  bundle.value = bundleOf(chosen, source);
  language.value = chosen;
  document.documentElement.lang = tag(chosen);
  try {
    localStorage.setItem(KEPT, chosen);
  } catch {
    // Without storage the choice holds for this visit.
  }
}

/** A catalogue ready to use; an error in it is an error of the program. */
export function bundleOf(of: Language, source: string): FluentBundle {
  const made = new FluentBundle(tag(of), { useIsolating: false });
  const errors = made.addResource(new FluentResource(source));
  if (errors.length) throw errors[0];
  return made;
}

/** A message in the language that is shown; its id if the catalogue lacks it. */
export function t(id: string, values: Record<string, FluentVariable> = {}): string {
  const pattern = bundle.value.getMessage(id)?.value;
  return pattern ? bundle.value.formatPattern(pattern, values) : id;
}

/** A message if the catalogue has it, for words that come from data. */
export function known(id: string, otherwise: string): string {
  return bundle.value.hasMessage(id) ? t(id) : otherwise;
}

function read(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}
