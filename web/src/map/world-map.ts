import { AttributionControl, GeoJSONSource, Map, NavigationControl, setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import "maplibre-gl/dist/maplibre-gl.css";
import type { Position } from "../api/sea.ts";
import { capOf } from "./cap.ts";
import type { Camera } from "../state/address.ts";
import { type Drawing, layers, style } from "./layers.ts";
import { FlowLayer } from "./flow-layer.ts";
import { palette, rgb } from "./palette.ts";
import { QuickLine } from "./quick-line.ts";

setWorkerUrl(workerUrl);

/** A globe or a flat map with the drawings of the page. */
export class WorldMap {
  readonly map: Map;
  readonly flows = new FlowLayer();
  /** Draws a way in the frame in which it comes, until the map has it. */
  readonly quick: QuickLine;
  private readonly waiting = new globalThis.Map<Drawing, GeoJSON.GeoJSON>();
  private ready = false;

  constructor(container: HTMLElement, globe: boolean, camera: Camera | undefined, label: string) {
    this.map = new Map({
      container,
      style: style(palette(), globe),
      center: camera ? [camera.lon, camera.lat] : START,
      zoom: camera?.zoom ?? startZoom(container, globe, START[1]),
      minZoom: 0,
      maxZoom: 12,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      renderWorldCopies: true,
      fadeDuration: 0,
      locale: { "Map.Title": label },
    });
    this.quick = new QuickLine(this.map, "after");
    this.map.touchZoomRotate.disableRotation();
    this.map.addControl(new NavigationControl({ showCompass: false }), "top-right");
    this.map.addControl(new AttributionControl({ compact: false, customAttribution: "Natural Earth" }), "bottom-right");
    this.map.once("style.load", () => {
      this.ready = true;
      this.map.addLayer(this.flows, BELOW_WAYS);
      this.flows.paint(rgb(palette().after));
      for (const [name, data] of this.waiting) void this.draw(name, data);
      this.waiting.clear();
    });
  }

  /** Replaces a drawing; done when the map's worker has it. */
  async draw(name: Drawing, data: GeoJSON.GeoJSON): Promise<void> {
    if (!this.ready) {
      this.waiting.set(name, data);
      return;
    }
    const source = this.map.getSource(name);
    if (source instanceof GeoJSONSource) await source.setData(data);
  }

  /** Takes the colours of the page anew. */
  recolour(): void {
    if (!this.ready) return;
    this.flows.paint(rgb(palette().after));
    for (const layer of layers(palette())) {
      for (const [name, value] of Object.entries(layer.paint ?? {})) {
        this.map.setPaintProperty(layer.id, name as never, value as never);
      }
    }
  }

  project(globe: boolean): void {
    const type = globe ? "globe" : "mercator";
    if (this.ready) this.map.setProjection({ type });
    else this.map.once("style.load", () => this.map.setProjection({ type }));
  }

  /** Moves so that all positions are seen, as far as a globe can; longitudes run on beyond ±180°. */
  show(positions: Position[]): void {
    const bounds = boundsOf(positions);
    if (!bounds) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const duration = calm ? 0 : FLIGHT_MS;
    const { center, halfSpanDeg } = capOf(positions);
    const isGlobe = this.map.getProjection()?.type === "globe";
    const [west, , east] = bounds;
    if ((isGlobe && halfSpanDeg > WIDE_DEG) || east - west > AROUND_DEG) {
      this.map.easeTo({ center, zoom: startZoom(this.map.getContainer(), isGlobe, center[1]), duration });
    } else {
      this.map.fitBounds(bounds, { padding: Math.min(MARGIN_PX, this.map.getContainer().clientWidth / 16), maxZoom: 6, duration, linear: true });
    }
  }

  camera(): Camera {
    const { lng, lat } = this.map.getCenter();
    return { lon: lng, lat, zoom: this.map.getZoom() };
  }

  /** The picture as it is seen. */
  picture(): Promise<Blob> {
    return new Promise((resolve, reject) => {
      // The drawing is only there to be read in the frame that makes it.
      this.map.once("render", () => {
        this.map.getCanvas().toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png");
      });
      this.map.triggerRepaint();
    });
  }
}

/** Flows lie below all ways. */
const BELOW_WAYS = "ways";
const FLIGHT_MS = 400;
/** Room around what is shown, px. */
const MARGIN_PX = 44;
/** Half of a span from which the globe is shown whole, degrees. */
const WIDE_DEG = 30;
/** Ways that go around the world both ways are shown on the whole sheet, degrees of longitude. */
const AROUND_DEG = 300;

/** Where the map begins without a link or a question. */
const START: Position = [-95, 8];
/** Diameter of the globe at zoom 0 on the equator, px: a tile of 512 px is once around. */
const GLOBE_PX = 512 / Math.PI;
/** Share of the box that a whole globe would take seen from far away; from near it looks smaller. */
const GLOBE_SHARE = 1;

/** The zoom at which the whole globe, or the whole sheet, fits. */
function startZoom(container: HTMLElement, globe: boolean, lat: number): number {
  const { clientWidth: width, clientHeight: height } = container;
  if (!globe) return Math.max(0, Math.log2(width / 512));
  // Zoom is the scale at the middle of the view, as on a sheet by Mercator.
  const stretch = Math.cos((lat * Math.PI) / 180);
  return Math.max(0, Math.log2((GLOBE_SHARE * stretch * Math.min(width, height)) / GLOBE_PX));
}

/** West, south, east and north end. */
function boundsOf(positions: Position[]): [number, number, number, number] | undefined {
  if (positions.length === 0) return undefined;
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of positions) {
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  return [west, south, east, north];
}

/** Whether the browser can draw the map. */
export function canDraw(): boolean {
  try {
    return Boolean(document.createElement("canvas").getContext("webgl2"));
  } catch {
    return false;
  }
}
