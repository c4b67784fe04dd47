import { signal } from "@preact/signals";

export type Theme = "auto" | "light" | "dark";
export const THEMES: Theme[] = ["auto", "light", "dark"];

const KEPT = "foreland.theme";

/** What the reader chose; `auto` follows the system. */
export const theme = signal<Theme>("auto");
/** Changes whenever the colours do, for drawings that cannot use the style sheet. */
export const canvasTheme = signal(0);

const system = matchMedia("(prefers-color-scheme: dark)");

export function bindTheme(): void {
  try {
    const kept = localStorage.getItem(KEPT);
    if (kept === "light" || kept === "dark") theme.value = kept;
  } catch {
    // Without storage the system's choice holds.
  }
  apply();
  system.addEventListener("change", apply);
}

export function setTheme(chosen: Theme): void {
  theme.value = chosen;
  try {
    localStorage.setItem(KEPT, chosen);
  } catch {
    // The choice holds for this visit.
  }
  apply();
}

function apply(): void {
  const dark = theme.value === "dark" || (theme.value === "auto" && system.matches);
  document.documentElement.dataset["theme"] = dark ? "dark" : "light";
  canvasTheme.value += 1;
}
