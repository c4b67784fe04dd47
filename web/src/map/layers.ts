import type {
  ExpressionSpecification,
  LayerSpecification,
  StyleSpecification,
} from "maplibre-gl";
import type { Palette } from "./palette.ts";
import { graticule } from "./coast.ts";

/** Drawings that change; each is a GeoJSON source of the map. */
export const DRAWINGS = ["land", "coast", "before", "ways", "after", "ports", "gates", "places"] as const;
export type Drawing = (typeof DRAWINGS)[number];

export const NOTHING: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: [] };

/** Fonts of the reader's system: no glyphs are fetched. */
const FONT = ["system-ui", "sans-serif"];
const BOLD = ["Arial Bold"];

const byZoom = (...stops: (number | ExpressionSpecification)[]): ExpressionSpecification =>
  ["interpolate", ["linear"], ["zoom"], ...stops] as unknown as ExpressionSpecification;

const large: ExpressionSpecification = ["==", ["get", "size"], "large"];
const medium: ExpressionSpecification = ["==", ["get", "size"], "medium"];

/** All layers from the ground up, in the colours of the page. */
export function layers(c: Palette): LayerSpecification[] {
  return [
    { id: "water", type: "background", paint: { "background-color": c.water } },
    { id: "graticule", type: "line", source: "graticule", paint: { "line-color": c.graticule, "line-width": 0.7 } },
    { id: "land", type: "fill", source: "land", paint: { "fill-color": c.land, "fill-antialias": false } },
    { id: "coast", type: "line", source: "coast", paint: { "line-color": c.coast, "line-width": 0.7 } },
    ...lines(c),
    ...points(c),
    ...names(c),
  ];
}

const ROUND = { "line-join": "round", "line-cap": "round" } as const;

function lines(c: Palette): LayerSpecification[] {
  return [
    {
      id: "ways",
      type: "line",
      source: "ways",
      layout: { "line-join": "round" },
      paint: { "line-color": c.both, "line-width": 1.6, "line-dasharray": [4, 2.5] },
    },
    {
      id: "before",
      type: "line",
      source: "before",
      layout: ROUND,
      paint: { "line-color": c.before, "line-width": 5.5, "line-opacity": 0.6 },
    },
    {
      id: "after-edge",
      type: "line",
      source: "after",
      layout: ROUND,
      paint: { "line-color": c.card, "line-width": 5, "line-opacity": 0.75 },
    },
    {
      id: "after",
      type: "line",
      source: "after",
      filter: ["!=", ["get", "role"], "both"],
      layout: ROUND,
      paint: { "line-color": c.after, "line-width": 2.6 },
    },
    {
      id: "after-both",
      type: "line",
      source: "after",
      filter: ["==", ["get", "role"], "both"],
      layout: { "line-join": "round" },
      paint: { "line-color": c.both, "line-width": 2, "line-dasharray": [4, 2] },
    },
  ];
}

function points(c: Palette): LayerSpecification[] {
  return [
    {
      id: "ports",
      type: "circle",
      source: "ports",
      paint: {
        "circle-radius": byZoom(
          1, ["case", large, 2.2, medium, 1.4, 0.9],
          5, ["case", large, 4.5, medium, 3.5, 2.8],
          9, 6,
        ),
        "circle-color": ["case", ["get", "out"], c.paper, c.soft],
        "circle-opacity": byZoom(1, ["case", large, 0.9, medium, 0.7, 0.4], 4, 0.9),
        "circle-stroke-color": ["case", ["get", "out"], c.bad, c.card],
        "circle-stroke-width": ["case", ["get", "out"], 2, 0.5],
      },
    },
    {
      id: "gates",
      type: "circle",
      source: "gates",
      paint: {
        "circle-radius": byZoom(1, ["match", ["get", "state"], "open", 2.6, "shut", 6, 4], 5, 7),
        "circle-color": ["match", ["get", "state"], "open", c.card, "shut", c.bad, c.before],
        "circle-stroke-color": ["match", ["get", "state"], "open", c.sea, c.card],
        "circle-stroke-width": 1.5,
      },
    },
    {
      id: "places",
      type: "circle",
      source: "places",
      paint: {
        "circle-radius": ["match", ["get", "role"], "end", 6.5, "changed", 7, "waiting", ["get", "radius"], 4.5],
        "circle-opacity": ["match", ["get", "role"], "waiting", 0.6, 1],
        "circle-color": ["match", ["get", "role"], "changed", c.changed, "end", c.card, "gain", c.after, "loss", c.before, "waiting", c.bad, c.soft],
        "circle-stroke-color": ["match", ["get", "role"], "end", c.ink, c.card],
        "circle-stroke-width": ["match", ["get", "role"], "end", 3, 1.5],
      },
    },
  ];
}

function names(c: Palette): LayerSpecification[] {
  const halo = { "text-halo-color": c.card, "text-halo-width": 1.4, "text-halo-blur": 0.3 };
  return [
    {
      id: "port-names",
      type: "symbol",
      source: "ports",
      minzoom: 3.2,
      filter: ["any", large, [">=", ["zoom"], 6]],
      layout: {
        "text-field": ["get", "name"],
        "text-font": FONT,
        "text-size": 12,
        "text-variable-anchor": ["left", "right", "top", "bottom"],
        "text-radial-offset": 0.6,
        "text-padding": 6,
        "symbol-sort-key": ["case", large, 0, medium, 1, 2],
      },
      paint: { "text-color": c.soft, ...halo },
    },
    {
      id: "gate-names",
      type: "symbol",
      source: "gates",
      filter: ["any", ["get", "named"], [">=", ["zoom"], 3.5]],
      layout: {
        "text-field": ["get", "label"],
        "text-font": FONT,
        "text-size": 12,
        "text-variable-anchor": ["left", "right", "top", "bottom"],
        "text-radial-offset": 0.8,
      },
      paint: { "text-color": ["match", ["get", "state"], "open", c.sea, c.bad], ...halo },
    },
    {
      id: "place-names",
      type: "symbol",
      source: "places",
      layout: {
        "text-field": ["get", "name"],
        "text-font": BOLD,
        "text-size": 14,
        "text-max-width": 18,
        "text-variable-anchor": ["left", "right", "top", "bottom"],
        "text-radial-offset": 0.8,
        "symbol-sort-key": ["match", ["get", "role"], "changed", 0, "end", 1, 2],
      },
      paint: { "text-color": ["match", ["get", "role"], "changed", c.changed, c.ink], ...halo, "text-halo-width": 1.8 },
    },
  ];
}

/** The whole style: no tiles, no sprites, no fonts from elsewhere. */
export function style(c: Palette, globe: boolean): StyleSpecification {
  const drawings = Object.fromEntries(
    DRAWINGS.map((name) => [name, { type: "geojson" as const, data: NOTHING, tolerance: 0.3 }]),
  );
  return {
    version: 8,
    projection: { type: globe ? "globe" : "mercator" },
    sources: { graticule: { type: "geojson", data: graticule(20) }, ...drawings },
    layers: layers(c),
  };
}
