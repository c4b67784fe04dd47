/** Colours of the page's style sheet, so that map and charts agree in light and dark. */

const NAMES = [
  "paper", "card", "ink", "soft", "rule", "water", "graticule", "land", "coast", "before", "after", "both",
  "changed", "good", "bad", "sea", "open",
] as const;
export type Palette = Record<(typeof NAMES)[number], string>;

export function palette(): Palette {
  // Only a colour in use is resolved: a variable's own value still holds both the light and the dark one.
  const probe = document.createElement("span");
  document.body.append(probe);
  const colours = NAMES.map((name) => {
    probe.style.color = `var(--${name})`;
    return [name, getComputedStyle(probe).color];
  });
  probe.remove();
  return Object.fromEntries(colours) as Palette;
}

/** A colour as shares of red, green and blue. */
export function rgb(colour: string): [number, number, number] {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => Number(part) / 255);
  return [red, green, blue];
}
