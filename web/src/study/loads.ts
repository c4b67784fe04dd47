import type { FlowFindings, Spread } from "../api/findings.ts";

/** What passes somewhere before and after, TEU a year. */
export interface LoadChange {
  id: string;
  name: string;
  before: Spread | undefined;
  after: Spread | undefined;
  /** After less before, at central values. */
  change: number;
}

type Kind = FlowFindings["loads"][number]["by"];

/** Loads of the first world beside those of another, largest change first. */
export function loadChanges({ loads, worlds }: FlowFindings, kind: Kind, after: string): LoadChange[] {
  const first = worlds[0]?.id;
  const rows = new Map<string, LoadChange>();
  for (const load of loads) {
    if (load.by !== kind || (load.world !== first && load.world !== after)) continue;
    const row = rows.get(load.id) ?? { id: load.id, name: load.name, before: undefined, after: undefined, change: 0 };
    if (load.world === first) row.before = load.teu;
    else row.after = load.teu;
    row.change = (row.after?.central ?? 0) - (row.before?.central ?? 0);
    rows.set(load.id, row);
  }
  return [...rows.values()].sort((a, b) => Math.abs(b.change) - Math.abs(a.change));
}
