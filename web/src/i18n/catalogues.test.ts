import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { FluentResource } from "@fluent/bundle";
import { describe, expect, it } from "vitest";
import { bundleOf, LANGUAGES, type Language } from "./language.ts";

const SOURCE = new URL("..", import.meta.url).pathname;
const FILES = ["page.ftl", "names.ftl"];

function read(language: string, file: string): string {
  return readFileSync(join(SOURCE, "locales", language, file), "utf8");
}

/** Messages of a catalogue with the variables that they use. */
function messages(language: string, file: string): Map<string, string> {
  const { body } = new FluentResource(read(language, file));
  return new Map(body.map(({ id, value }) => [id, variables(value).join(" ")]));
}

function variables(value: unknown): string[] {
  const found = JSON.stringify(value).matchAll(/"type":"var","name":"(\w+)"/g);
  return [...new Set([...found].map((match) => match[1]!))].sort();
}

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return sources(path);
    return /\.tsx?$/.test(name) && !name.includes(".test.") ? [readFileSync(path, "utf8")] : [];
  });
}

describe.each(FILES)("catalogues %s", (file) => {
  it.each(Object.keys(LANGUAGES))("%s says everything that English says, with the same variables", (language) => {
    expect(messages(language, file)).toEqual(messages("en", file));
  });

  it.each(Object.keys(LANGUAGES))("%s can be read without an error", (language) => {
    expect(() => bundleOf(language as Language, read(language, file))).not.toThrow();
  });
});

describe("words of the page", () => {
  const text = sources(SOURCE).join("\n");
  const ids = [...messages("en", "page.ftl").keys()];

  it("has a message for every word that the code asks for", () => {
    const asked = [...text.matchAll(/\bt\(\s*"([a-z][\w-]*)"/g)].map((match) => match[1]!);
    expect(asked.length).toBeGreaterThan(80);
    expect(asked.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it("has no message that the code never asks for", () => {
    // Ids made of a fixed start and a word of the data, such as `verdict-…`.
    const starts = [...text.matchAll(/`([a-z]+-)\$\{/g)].map((match) => match[1]!);
    const dimensions = ["loa_m", "beam_m", "draught_m", "air_draught_m"];
    const unused = ids.filter((id) => !text.includes(`"${id}"`) && !dimensions.includes(id) && !starts.some((start) => id.startsWith(start)));
    expect(unused).toEqual([]);
  });

  it("is not English in other languages", () => {
    for (const language of ["es", "pt", "zh"] as const) {
      const [english, other] = ["en", language].map((of) => read(of, "page.ftl").split("\n"));
      const same = other!.filter((line) => line.length > 24 && !/^#|->$/.test(line) && english!.includes(line));
      expect(same, language).toEqual([]);
    }
  });
});
