import type { Page } from "playwright-core";
import type { Map } from "maplibre-gl";

/** The map hangs on its box. */
interface Box extends HTMLElement {
  map: Map;
}

/** Waits until the map has drawn all that it was given. */
export async function drawn(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const box = document.querySelector<Box>(".map");
    return Boolean(box?.dataset["drawn"]) && box!.map.loaded() && box!.map.areTilesLoaded() && !box!.map.isMoving();
  });
}

/** Waits until a layer of the map shows so many features, or none. */
export async function shows(page: Page, layer: string, some: boolean): Promise<void> {
  await page.waitForFunction(
    ([id, wanted]) => {
      const { map } = document.querySelector<Box>(".map")!;
      return map.queryRenderedFeatures({ layers: [id as string] }).length > 0 === wanted;
    },
    [layer, some] as const,
  );
}

/** How many pixels of the map are near a colour of the style sheet. */
export async function pixels(page: Page, variable: string): Promise<number> {
  return page.evaluate(
    (name) =>
      new Promise<number>((resolve) => {
        const { map } = document.querySelector<Box>(".map")!;
        const probe = document.createElement("span");
        probe.style.color = `var(--${name})`;
        document.body.append(probe);
        const wanted = getComputedStyle(probe).color.match(/\d+/g)!.map(Number);
        probe.remove();
        map.once("render", () => {
          const from = map.getCanvas();
          const copy = document.createElement("canvas");
          [copy.width, copy.height] = [from.width, from.height];
          const context = copy.getContext("2d")!;
          context.drawImage(from, 0, 0);
          const { data } = context.getImageData(0, 0, copy.width, copy.height);
          let count = 0;
          for (let i = 0; i < data.length; i += 4) {
            if (wanted.every((value, c) => Math.abs(data[i + c]! - value) < 12)) count += 1;
          }
          resolve(count);
        });
        map.triggerRepaint();
      }),
    variable,
  );
}

/** Where a position of the world is on the page, px. */
export async function at(page: Page, lon: number, lat: number): Promise<{ x: number; y: number }> {
  return page.evaluate(
    ([l, b]) => {
      const box = document.querySelector<Box>(".map")!;
      const point = box.map.project([l!, b!]);
      const { left, top } = box.getBoundingClientRect();
      return { x: left + point.x, y: top + point.y };
    },
    [lon, lat] as const,
  );
}

/** The map as it is drawn now: red, green, blue and opacity of each pixel. */
export async function picture(page: Page): Promise<number[]> {
  await drawn(page);
  return page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const { map } = document.querySelector<Box>(".map")!;
        map.once("render", () => {
          const copy = document.createElement("canvas");
          [copy.width, copy.height] = [400, 400];
          const context = copy.getContext("2d")!;
          context.drawImage(map.getCanvas(), 0, 0, copy.width, copy.height);
          resolve([...context.getImageData(0, 0, copy.width, copy.height).data]);
        });
        map.triggerRepaint();
      }),
  );
}

/** How many pixels of two pictures are not alike. */
export function differs(one: number[], other: number[]): number {
  let count = 0;
  for (let i = 0; i < one.length; i += 4) {
    if ([0, 1, 2].some((c) => Math.abs(one[i + c]! - other[i + c]!) > 24)) count += 1;
  }
  return count;
}
