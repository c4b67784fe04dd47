import { computed, signal } from "@preact/signals";
import * as api from "../api/sea.ts";
import { Problem } from "../api/client.ts";

/** What the atlas says of ports, passages and vessels; empty until it has come. */
export const ports = signal<api.Port[]>([]);
export const passages = signal<api.Passage[]>([]);
export const vessels = signal<api.Vessel[]>([]);
/** Why it has not come. */
export const seaProblem = signal<Problem | undefined>(undefined);

export const portByCode = computed(() => new Map(ports.value.map((port) => [port.locode, port])));
export const passageById = computed(() => new Map(passages.value.map((passage) => [passage.id, passage])));

export async function loadSea(): Promise<void> {
  try {
    // Vessels and passages are a few kB and shape the question; ports follow.
    [vessels.value, passages.value] = await Promise.all([api.vessels(), api.passages()]);
    ports.value = await api.ports();
  } catch (error) {
    seaProblem.value = error instanceof Problem ? error : new Problem("internal", String(error), undefined, 0);
  }
}
