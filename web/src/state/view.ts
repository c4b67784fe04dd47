import { computed, effect, signal } from "@preact/signals";
import { decode, encode, type View } from "./address.ts";

/** What the page shows; its address says the same, so that a link restores it. */
export const view = signal<View>(decode(location.search));

/** One thing of the view, which changes only if that thing does. */
export function part<K extends keyof View>(key: K) {
  return computed(() => view.value[key]);
}

export function change(patch: Partial<View>): void {
  view.value = { ...view.value, ...patch };
}

/** Shows another page, so that the browser's way back leads here. */
export function go(patch: Partial<View>): void {
  history.pushState(null, "", encode({ ...view.value, ...patch }));
  change(patch);
}

/** Keeps the address in step with the view and the other way round. */
export function bindAddress(): void {
  addEventListener("popstate", () => {
    view.value = decode(location.search);
  });
  let waiting: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    const text = encode(view.value);
    clearTimeout(waiting);
    // Browsers refuse more than some hundred changes in half a minute.
    waiting = setTimeout(() => {
      if (text !== location.search) history.replaceState(null, "", text);
    }, SETTLE_MS);
  });
}

const SETTLE_MS = 150;
