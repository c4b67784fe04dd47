import { get } from "./client.ts";

export type Position = [lon: number, lat: number];

/** The largest ship that something takes, in metres; what is not known does not limit. */
export interface Limits {
  loa_m?: number | null;
  beam_m?: number | null;
  draught_m?: number | null;
  air_draught_m?: number | null;
}

export interface Suggestion {
  locode: string;
  name: string;
  country: string;
  lon: number;
  lat: number;
}

export interface Port extends Suggestion {
  size?: "small" | "medium" | "large" | null;
  depth_m?: number | null;
  limits?: Limits | null;
}

export interface Passage {
  id: string;
  name: string;
  kind?: string;
  lon: number;
  lat: number;
  limits: Limits;
  closed_by_default: boolean;
  gate?: Position[] | null;
}

export interface Vessel {
  id: string;
  name: string;
  kind: string;
  teu?: number | null;
  loa_m: number;
  beam_m: number;
  draught_m: number;
  air_draught_m?: number | null;
  speed_kn: number;
}

/** A passage that a ship is too large for. */
export interface Barred {
  passage: string;
  limit: "loa" | "beam" | "draught" | "air draught" | "closed";
  allowed_m?: number | null;
  asked_m?: number | null;
}

/** A figure with every assumption at its centre, and its range over their draws. */
export interface Ranged {
  central: number;
  p5: number;
  p50: number;
  p95: number;
}

/** Something that costs and emissions rest on. */
export interface Assumption {
  id: string;
  label: string;
  value: number;
  low: number;
  high: number;
  unit: string;
  basis: "sourced" | "derived" | "assumed";
  source: string;
}

export interface Route {
  distance_nm: number;
  /** Unknown if no speed is. */
  time_h: number | null;
  passages: string[];
  /** Time of the ship that is paid for, with margins for weather and detours. */
  ship_time_h?: Ranged;
  cost_usd?: Ranged;
  charter_usd?: number;
  fuel_usd?: number;
  tolls_usd?: number;
  fuel_t?: Ranged;
  emissions?: { wtw_t_co2e: Ranged; ttw_t_co2e: Ranged };
  /** The share of a unit of cargo, where the class has one. */
  per_unit?: { unit: "TEU" | "t"; cost_usd: Ranged; wtw_kg_co2e: Ranged } | null;
  snap_from_nm?: number | null;
  snap_to_nm?: number | null;
  /** One line with continuous longitudes, beyond ±180° where it crosses the antimeridian. */
  unwrapped: { type: "LineString"; coordinates: Position[] };
  barred?: Barred[] | null;
}

export interface RouteEnd {
  locode?: string | null;
  name?: string | null;
  lon: number;
  lat: number;
}

export interface Chosen {
  name: string;
  value: string | number;
  unit?: string | null;
  source?: string | null;
}

export interface RouteAnswer {
  from: RouteEnd;
  to: RouteEnd;
  routes: Route[];
  /** The class of ship whose costs are told. */
  cost_class?: string | null;
  assumptions?: Assumption[];
  defaults?: Chosen[];
  /** What else is to be known, in English sentences. */
  notes?: string[];
}

/** A question for a route; sizes in metres. */
export interface RouteQuestion {
  from: string;
  to: string;
  vessel?: string | undefined;
  loa_m?: number | undefined;
  beam_m?: number | undefined;
  draught_m?: number | undefined;
  air_draught_m?: number | undefined;
  avoid?: string[] | undefined;
  alternatives?: number | undefined;
}

/** The question as parameters of `/v1/route`. */
export function routeQuery(question: RouteQuestion): Record<string, string | number | undefined> {
  return { ...question, avoid: question.avoid?.join(";") };
}

export const ports = () => get<Port[]>("v1/ports");
export const passages = () => get<Passage[]>("v1/passages");
export const vessels = () => get<Vessel[]>("v1/vessels");

export const places = (q: string, signal: AbortSignal) =>
  get<Suggestion[]>("v1/places", { q, limit: 8 }, signal);

export const route = (question: RouteQuestion, signal: AbortSignal) =>
  get<RouteAnswer>("v1/route", routeQuery(question), signal);

export const land = (detail: "110m" | "50m" | "10m") =>
  get<GeoJSON.FeatureCollection>("v1/land", { detail });
