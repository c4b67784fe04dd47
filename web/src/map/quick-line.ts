import { LngLat, type Map } from "maplibre-gl";
import type { Position } from "../api/sea.ts";
import { palette } from "./palette.ts";

const WIDTH_PX = 2.6;
const EDGE_PX = 5;
const EDGE_OPACITY = 0.75;
/** A point that is seen further from its place than this lies behind the globe, m. */
const HIDDEN_M = 100_000;

/**
 * A line over the map that is there at once. The map itself cuts a new line into tiles in a worker
 * and shows it some frames later, the more so while it moves; until then this one stands in.
 */
export class QuickLine {
  private readonly canvas = document.createElement("canvas");
  private line: Position[] = [];
  /** Whether the map's worker has the line; its tiles follow. */
  private isTaken = false;
  private colours: { card: string; after: string } = { card: "", after: "" };

  /** Stands in for a source of the map. */
  constructor(
    private readonly map: Map,
    private readonly source: string,
  ) {
    this.canvas.className = "quick-line";
    this.canvas.setAttribute("aria-hidden", "true");
    map.getCanvasContainer().append(this.canvas);
    map.on("render", () => {
      if (this.line.length === 0) return;
      if (this.isTaken && map.isSourceLoaded(this.source)) this.clear();
      else this.draw();
    });
  }

  /** Draws a line until the map, which was given the same, has taken it. */
  show(line: Position[], taken: Promise<void>): void {
    this.line = line;
    this.isTaken = false;
    void taken.then(() => {
      if (this.line !== line) return;
      this.isTaken = true;
      this.map.triggerRepaint();
    });
    this.colours = palette();
    this.draw();
  }

  clear(): void {
    if (this.line.length === 0) return;
    this.line = [];
    this.canvas.width = 0;
  }

  private draw(): void {
    const { clientWidth, clientHeight } = this.map.getCanvas();
    const ratio = devicePixelRatio;
    // Another size also wipes what was drawn.
    this.canvas.width = Math.round(clientWidth * ratio);
    this.canvas.height = Math.round(clientHeight * ratio);
    // Drawn by the processor: the graphics card may still have frames of the map to finish.
    const context = this.canvas.getContext("2d", { willReadFrequently: true });
    if (!context) return;
    context.scale(ratio, ratio);
    context.lineJoin = context.lineCap = "round";
    const path = this.path();
    context.globalAlpha = EDGE_OPACITY;
    context.lineWidth = EDGE_PX;
    context.strokeStyle = this.colours.card;
    context.stroke(path);
    context.globalAlpha = 1;
    context.lineWidth = WIDTH_PX;
    context.strokeStyle = this.colours.after;
    context.stroke(path);
  }

  /** The line on the screen, without what lies behind the globe. */
  private path(): Path2D {
    const path = new Path2D();
    const isGlobe = this.map.getProjection()?.type === "globe";
    let isDown = false;
    for (const position of this.line) {
      const place = LngLat.convert(position);
      const point = this.map.project(place);
      const { x, y } = point;
      // What lies behind the globe is not what is seen at its place.
      const isSeen = !isGlobe || this.map.unproject(point).distanceTo(place) < HIDDEN_M;
      if (isSeen && isDown) path.lineTo(x, y);
      else if (isSeen) path.moveTo(x, y);
      isDown = isSeen;
    }
    return path;
  }
}
