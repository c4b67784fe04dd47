/** What a simulation yields: docs/schema/findings.schema.json, as far as the page shows it. */

/** A figure over the replications. */
export interface Percentiles {
  unit: string;
  mean: number;
  p10: number;
  p50: number;
  p90: number;
}

/** A value at each time of a series. */
export interface Fan {
  p10: number[];
  p50: number[];
  p90: number[];
}

export interface Station {
  id: string;
  title: string;
  /** What waits: ships, trucks. */
  unit: string;
  queue: Fan;
}

export interface RecoveryDate {
  after_d: Percentiles;
  p10: string;
  p50: string;
  p90: string;
  reached: number;
}

export interface FlowLoss {
  flow: string;
  delayed: Percentiles | null;
  delay_d: Percentiles | null;
  delayed_teu: Percentiles;
  delayed_t: Percentiles;
  value_delayed_usd: Percentiles;
  extra_wtw_t: Percentiles;
}

export interface SimulatedScenario {
  id: string;
  title: string;
  description: string;
  disruptions: { target: string; effect: string; start: string; end: string; hits: string[] }[];
  stations: Station[];
  recovery: {
    end: RecoveryDate | null;
    backlog_gone: RecoveryDate | null;
    regular_again: RecoveryDate | null;
  };
  losses: FlowLoss[];
}

export interface SimulatedOutcome {
  statement: string;
  observed: number;
  observed_low: number;
  observed_high: number;
  unit: string;
  modelled: Percentiles | null;
  grade: "within_range" | "within15_percent" | "off" | "no_figure";
  source: string;
}

export interface Simulation {
  /** Local time, without a zone. */
  start: string;
  until: string;
  replications: number;
  step_h: number;
  stations: Station[];
  scenarios: SimulatedScenario[];
  outcomes: SimulatedOutcome[];
}
