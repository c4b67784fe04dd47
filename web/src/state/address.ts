/** The view as the text after `?` of the address, and back. */

export interface Size {
  loa_m?: number;
  beam_m?: number;
  draught_m?: number;
}

export interface Camera {
  lon: number;
  lat: number;
  zoom: number;
}

export interface View {
  page: "route" | "studies";
  /** UN/LOCODE, or `lon=…,lat=…`. */
  from: string;
  to: string;
  vessel: string;
  /** What differs from the class. */
  size: Size;
  /** Passages that are switched off. */
  avoid: string[];
  /** Which of the ways is looked at, from 0. */
  way: number;
  study: string;
  /** Job with changed assumptions; empty for the study's own run. */
  job: string;
  /** Journey, baseline and scenario that are looked at. */
  flow: string;
  baseline: string;
  scenario: string;
  camera: Camera | undefined;
  /** Empty for the one that shows more. */
  projection: "" | "globe" | "flat";
  lang: string;
}

const EMPTY: View = {
  page: "route",
  from: "",
  to: "",
  vessel: "",
  size: {},
  avoid: [],
  way: 0,
  study: "",
  job: "",
  flow: "",
  baseline: "",
  scenario: "",
  camera: undefined,
  projection: "",
  lang: "",
};

const TEXTS = ["from", "to", "vessel", "study", "job", "flow", "baseline", "scenario", "lang"] as const;
const SIZES = ["loa_m", "beam_m", "draught_m"] as const;

export function encode(view: View): string {
  const out = new URLSearchParams();
  if (view.page !== EMPTY.page) out.set("page", view.page);
  for (const name of TEXTS) if (view[name]) out.set(name, view[name]);
  for (const name of SIZES) if (view.size[name] !== undefined) out.set(name, String(view.size[name]));
  if (view.avoid.length) out.set("avoid", view.avoid.join(";"));
  if (view.way) out.set("way", String(view.way));
  if (view.camera) {
    const { lon, lat, zoom } = view.camera;
    out.set("map", [lon.toFixed(3), lat.toFixed(3), zoom.toFixed(2)].join(","));
  }
  if (view.projection) out.set("projection", view.projection);
  // Commas and semicolons need no escape in a query and read better without.
  return `?${out.toString().replaceAll("%2C", ",").replaceAll("%3B", ";").replaceAll("%3D", "=")}`;
}

/** The view that an address says; what cannot be read is left at its default. */
export function decode(search: string): View {
  const given = new URLSearchParams(search);
  const view: View = { ...EMPTY, size: {}, avoid: [] };
  if (given.get("page") === "studies") view.page = "studies";
  for (const name of TEXTS) view[name] = given.get(name) ?? "";
  for (const name of SIZES) {
    const metres = number(given.get(name));
    if (metres !== undefined && metres > 0) view.size[name] = metres;
  }
  view.avoid = (given.get("avoid") ?? "").split(";").filter(Boolean);
  view.way = Math.max(0, Math.trunc(number(given.get("way")) ?? 0));
  view.camera = camera(given.get("map"));
  const projection = given.get("projection");
  if (projection === "globe" || projection === "flat") view.projection = projection;
  return view;
}

function camera(text: string | null): Camera | undefined {
  const [lon, lat, zoom] = (text ?? "").split(",").map((part) => number(part));
  if (lon === undefined || lat === undefined || zoom === undefined) return undefined;
  if (Math.abs(lat) > 90 || zoom < -3 || zoom > 22) return undefined;
  return { lon, lat, zoom };
}

function number(text: string | null | undefined): number | undefined {
  if (!text) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}
