import type { Simulation } from "./simulation.ts";

/** What a run of a study found: docs/schema/findings.schema.json, as far as the page shows it. */
export interface Findings {
  run: RunHeader;
  journeys: Journey[];
  differences: Difference[];
  claims: ClaimFinding[];
  routes: RouteLine[];
  points: MapPoint[];
  assumptions: Assumption[];
  flows?: FlowFindings | null;
  world_trade?: WorldTrade | null;
  simulation?: Simulation | null;
  warnings: { code: string; subject: string; text: string }[];
}

/** A figure: `central` with every assumption at its central value, the rest over the runs. */
export interface Spread {
  unit: string;
  central: number;
  p5: number;
  p50: number;
  p95: number;
}

export interface RunHeader {
  study: string;
  title: string;
  question: string;
  answer: string[];
  as_of: string;
  baselines: { id: string; title: string; description: string; date: string }[];
  scenarios: {
    id: string;
    title: string;
    description: string;
    changes: { kind: string; target: string; start: string | null; end: string | null; effect: string }[];
  }[];
  worlds: { id: string; baseline: string; scenario: string | null; date: string }[];
  seed: number;
  replications: number;
  defaults: { what: string; value: string; because: string }[];
}

export interface PlaceRef {
  id: string;
  name: string;
  lon_deg: number;
  lat_deg: number;
}

export const STAGES = [
  "inland",
  "border",
  "port_dwell",
  "sailing_wait",
  "sea",
  "intermediate_calls",
  "passage",
  "transshipment",
] as const;
export type Stage = (typeof STAGES)[number];

export interface StageSplit {
  stage: Stage;
  time_h: number;
  carriage_usd: number;
  handling_usd: number;
  tolls_usd: number;
  time_cost_usd: number;
  ttw_kg: number;
  wtw_kg: number;
}

export interface Chain {
  rank: number;
  id: string;
  label: string;
  legs: { route: string | null }[];
  stages: StageSplit[];
  time_d: Spread;
  transit_d: Spread;
  money_usd: Spread;
  generalised_usd: Spread;
  ttw_kg: Spread;
  wtw_kg: Spread;
  sea_nm: number;
  land_km: number;
  passages: string[];
}

export interface Journey {
  flow: string;
  world: string;
  origin: PlaceRef;
  destination: PlaceRef;
  commodity: string;
  commodity_name: string;
  per: "TEU" | "t";
  chains: Chain[];
  no_chain: string | null;
}

export interface Difference {
  flow: string;
  baseline: string;
  scenario: string;
  quantity: string;
  before: Spread | null;
  after: Spread | null;
  change: Spread | null;
  share_lower: number | null;
}

export type Verdict = "supported" | "supported_only_if" | "not_supported" | "not_checkable";

export interface ClaimFinding {
  id: string;
  number: number;
  title: string;
  statement: string;
  speaker: string;
  said_on: string;
  source: string;
  verdict: Verdict;
  because: string;
  parts: PartFinding[];
}

export interface Threshold {
  text: string;
  said: number;
  at_least: number | null;
  at_most: number | null;
  unit: string;
}

export interface TornadoBar {
  assumption: string;
  label: string;
  baseline: string;
  unit: string;
  low: number;
  high: number;
  figure_at_low: number;
  figure_at_high: number;
  holds_at_low: boolean;
  holds_at_high: boolean;
  share_low_half: number | null;
  share_high_half: number | null;
}

export interface BaselineResult {
  baseline: string;
  title: string;
  figure: Spread | null;
  share_holding: number | null;
  quantiles: number[];
  missing: string | null;
}

export interface PartFinding {
  id: string;
  statement: string;
  measure: { kind: string; description: string; unit: string };
  threshold: Threshold | null;
  verdict: Verdict;
  because: string;
  condition: string | null;
  figure: Spread | null;
  share_holding: number | null;
  runs: number;
  by_baseline: BaselineResult[];
  tornado: TornadoBar[];
  inversions: { sentence: string; value: number | null; plausible: boolean }[];
  published: {
    speaker: string;
    quantity: string;
    low: number;
    value: number;
    high: number;
    unit: string;
    date: string;
    source: string;
    agrees: boolean | null;
  }[];
}

export interface RouteLine {
  id: string;
  name: string;
  mode: "sea" | "road" | "rail" | "river";
  role: "before" | "after" | "both";
  worlds: string[];
  flows: string[];
  distance: number;
  distance_unit: string;
  passages: string[];
  /** Links on land from point to point of the line. */
  links?: string[];
  unwrapped: [number, number][];
}

export interface MapPoint {
  place: PlaceRef;
  role: string;
}

export interface Assumption {
  id: string;
  label: string;
  value: number;
  low: number | null;
  high: number | null;
  unit: string;
  basis: "sourced" | "derived" | "assumed";
  source: string;
  used_by: string[];
}

export interface FlowFindings {
  worlds: { id: string; title: string }[];
  loads: {
    world: string;
    by: "port" | "terminal" | "service" | "passage" | "operator" | "owner";
    id: string;
    name: string;
    value_musd: Spread;
    mass_kt: Spread;
    teu: Spread;
  }[];
  lines: { world: string; name: string; teu: number; unwrapped: [number, number][] }[];
}

export interface WorldTrade {
  basis: string;
  remarks: string[];
  scenarios: {
    scenario: string;
    title: string;
    chokepoints: { name: string; before: Amount; after: Amount }[];
    extra_cost_usd: number;
    extra_time_d: number;
  }[];
  outcomes: {
    statement: string;
    scenario: string;
    observed_low: number;
    observed_high: number;
    modelled: number | null;
    unit: string;
    source: string;
  }[];
}

/** Trade a year. */
export interface Amount {
  value_usd: number;
  mass_t: number;
  teu: number;
}
