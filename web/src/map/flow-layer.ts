import type { CustomLayerInterface, CustomRenderMethodInput, Map } from "maplibre-gl";
import { type FlowLine, lineAt, PART_NUMBERS, partsOf } from "./flow-lines.ts";
import { FlowPicture } from "./flow-picture.ts";
import { link } from "./program.ts";
import type { Position } from "../api/sea.ts";

/** So many of the widest flows are drawn even while a slow machine moves the map. */
const WIDEST = 400;
/** On a slow machine so many flows more are drawn in each frame while the map rests. */
const SLICE = 500;
/** How much of what lies below a flow is seen through it. */
const OPACITY = 0.55;
/** Drawing all flows longer than this is felt as a jerk, ms. */
const JERK_MS = 30;
const FLOAT_BYTES = 4;
/** Corners of a part: along it and across it. */
const CORNERS = new Float32Array([0, -1, 0, 1, 1, -1, 1, 1]);

/**
 * Flows as one drawing call: each part of a line is an instance of four corners, its ends are
 * projected by MapLibre's own matrices, and its width is added on the screen. Tiles, as lines of
 * the style have them, would be cut, buffered and subdivided for the globe on every zoom.
 */
export class FlowLayer implements CustomLayerInterface {
  readonly id = "flows";
  readonly type = "custom" as const;
  readonly renderingMode = "2d" as const;
  private map: Map | undefined;
  private gl: WebGL2RenderingContext | undefined;
  private program: WebGLProgram | undefined;
  private vertices: WebGLVertexArrayObject | undefined;
  private buffer: WebGLBuffer | undefined;
  private lines: FlowLine[] = [];
  private firstPart: number[] = [];
  private parts = 0;
  /** Zoom for which the parts were made. */
  private zoom = -1;
  private colour: [number, number, number] = [0, 0, 0];
  private isUntimed = false;
  private isSlow = false;
  /** On a slow machine: the narrow flows as far as they are drawn for the resting camera. */
  private picture: FlowPicture | undefined;

  /** Shows other flows, narrow ones first so that wide ones lie on top. */
  show(lines: FlowLine[]): void {
    this.lines = lines;
    if (this.map) this.map.getContainer().dataset["flows"] = String(lines.length);
    this.zoom = -1;
    this.isUntimed = true;
    this.picture?.forget();
    this.map?.triggerRepaint();
  }

  paint(colour: [number, number, number]): void {
    this.colour = colour;
    this.picture?.forget();
    this.map?.triggerRepaint();
  }

  /** The flow under a position. */
  at(position: Position, reachPx: number): FlowLine | undefined {
    if (!this.map || this.lines.length === 0) return undefined;
    // On the globe too, a pixel is this share of the sheet at the middle of the view.
    return lineAt(this.lines, position, reachPx / (512 * 2 ** this.map.getZoom()));
  }

  onAdd(map: Map, gl: WebGLRenderingContext | WebGL2RenderingContext): void {
    this.map = map;
    this.gl = gl as WebGL2RenderingContext;
    this.program = link(this.gl, VERTEX, FRAGMENT);
    this.picture = new FlowPicture(this.gl);
    this.vertices = this.gl.createVertexArray() ?? undefined;
    this.buffer = this.gl.createBuffer() ?? undefined;
    this.describe(this.gl);
  }

  onRemove(_: Map, gl: WebGLRenderingContext | WebGL2RenderingContext): void {
    gl.deleteProgram(this.program ?? null);
    gl.deleteBuffer(this.buffer ?? null);
  }

  render(_: WebGLRenderingContext | WebGL2RenderingContext, input: CustomRenderMethodInput): void {
    const { gl, map, program } = this;
    if (!gl || !map || !program || this.lines.length === 0) return;
    gl.bindVertexArray(this.vertices ?? null);
    this.fill(gl, map.getZoom());
    gl.useProgram(program);
    const isGlobe = this.place(gl, program, map, input);
    gl.disable(gl.STENCIL_TEST);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    const draw = (from: number, to: number) => this.draw(gl, program, isGlobe, from, to);
    const narrow = Math.max(0, this.lines.length - WIDEST);
    if (this.isUntimed) this.time(gl, draw);
    else if (!this.isSlow) draw(0, this.lines.length);
    else {
      if (!map.isMoving()) this.add(map, draw, narrow, JSON.stringify(input.defaultProjectionData));
      draw(narrow, this.lines.length);
    }
    gl.bindVertexArray(null);
  }

  /** Simplifies for the zoom, half a step ahead, when it has moved on by one. */
  private fill(gl: WebGL2RenderingContext, zoom: number): void {
    const step = Math.ceil(zoom);
    if (step === this.zoom) return;
    const { parts, firstPart } = partsOf(this.lines, step);
    this.zoom = step;
    this.firstPart = firstPart;
    this.parts = parts.length / PART_NUMBERS;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer ?? null);
    gl.bufferData(gl.ARRAY_BUFFER, parts, gl.STATIC_DRAW);
  }

  /** Tells the layout of the buffers, once. */
  private describe(gl: WebGL2RenderingContext): void {
    gl.bindVertexArray(this.vertices ?? null);
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    gl.bufferData(gl.ARRAY_BUFFER, CORNERS, gl.STATIC_DRAW);
    gl.enableVertexAttribArray(CORNER);
    gl.vertexAttribPointer(CORNER, 2, gl.FLOAT, false, 0, 0);
    this.pointAt(gl, 0);
    gl.bindVertexArray(null);
  }

  /** Lets the instances begin at a part. */
  private pointAt(gl: WebGL2RenderingContext, part: number): void {
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer ?? null);
    const stride = PART_NUMBERS * FLOAT_BYTES;
    let offset = part * stride;
    for (const [place, size] of ATTRIBUTES) {
      gl.enableVertexAttribArray(place);
      gl.vertexAttribPointer(place, size, gl.FLOAT, false, stride, offset);
      gl.vertexAttribDivisor(place, 1);
      offset += size * FLOAT_BYTES;
    }
  }

  /** Says where the camera is; whether it sees a globe. */
  private place(gl: WebGL2RenderingContext, program: WebGLProgram, map: Map, input: CustomRenderMethodInput): boolean {
    const { mainMatrix, fallbackMatrix, clippingPlane, projectionTransition } = input.defaultProjectionData;
    const at = (name: string) => gl.getUniformLocation(program, name);
    const isGlobe = map.getProjection()?.type === "globe" && projectionTransition > 0;
    gl.uniformMatrix4fv(at("u_globe"), false, mainMatrix as Float32List);
    gl.uniformMatrix4fv(at("u_sheet"), false, (isGlobe ? fallbackMatrix : mainMatrix) as Float32List);
    gl.uniform4f(at("u_horizon"), ...clippingPlane);
    gl.uniform1f(at("u_globeness"), isGlobe ? projectionTransition : 0);
    gl.uniform2f(at("u_half_px"), gl.drawingBufferWidth / 2, gl.drawingBufferHeight / 2);
    gl.uniform1f(at("u_ratio"), gl.drawingBufferWidth / map.getCanvas().clientWidth);
    gl.uniform3f(at("u_colour"), ...this.colour);
    gl.uniform1f(at("u_opacity"), OPACITY);
    return isGlobe;
  }

  /** Draws some lines. */
  private draw(gl: WebGL2RenderingContext, program: WebGLProgram, isGlobe: boolean, from: number, to: number): void {
    gl.bindVertexArray(this.vertices ?? null);
    gl.useProgram(program);
    const first = this.firstPart[from] ?? this.parts;
    const last = this.firstPart[to] ?? this.parts;
    this.pointAt(gl, first);
    // The sheet repeats sideways; the globe closes by itself.
    for (const turn of isGlobe ? [0] : [-1, 0, 1]) {
      gl.uniform1f(gl.getUniformLocation(program, "u_turn"), turn);
      gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, last - first);
    }
  }

  /** Draws a slice of the narrow flows more, and shows what is drawn of them so far. */
  private add(map: Map, draw: (from: number, to: number) => void, narrow: number, camera: string): void {
    const { picture } = this;
    if (!picture) return;
    const done = picture.begin(camera);
    const next = Math.min(narrow, done + SLICE);
    if (next > done) picture.paint(next, () => draw(done, next));
    picture.show();
    if (next < narrow) map.triggerRepaint();
  }

  /** Draws a few with nothing before them waiting, and sees how long all would take here. */
  private time(gl: WebGL2RenderingContext, draw: (from: number, to: number) => void): void {
    const pixel = new Uint8Array(4);
    const wait = () => gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel);
    const count = this.lines.length;
    const few = Math.min(count, WIDEST);
    wait();
    const began = performance.now();
    draw(count - few, count);
    wait();
    this.isSlow = ((performance.now() - began) * count) / few > JERK_MS;
    this.isUntimed = false;
    this.map?.triggerRepaint();
  }
}

const CORNER = 0;
/** Place and size of the numbers of a part, in their order. */
const ATTRIBUTES: [place: number, size: number][] = [
  [1, 2],
  [2, 2],
  [3, 3],
  [4, 3],
  [5, 1],
];

const VERTEX = `#version 300 es
precision highp float;
layout(location = 0) in vec2 a_corner;
layout(location = 1) in vec2 a_sheet_from;
layout(location = 2) in vec2 a_sheet_to;
layout(location = 3) in vec3 a_globe_from;
layout(location = 4) in vec3 a_globe_to;
layout(location = 5) in float a_width;
uniform mat4 u_globe;
uniform mat4 u_sheet;
uniform vec4 u_horizon;
uniform float u_globeness;
uniform float u_turn;
uniform vec2 u_half_px;
uniform float u_ratio;
out float v_across;
flat out float v_half;
flat out float v_ink;

vec4 projected(vec2 sheet, vec3 globe) {
  vec4 flat_at = vec4(0.0);
  if (u_globeness < 0.999) flat_at = u_sheet * vec4(sheet.x + u_turn, sheet.y, 0.0, 1.0);
  if (u_globeness < 0.001) return vec4(flat_at.xy, 0.0, flat_at.w);
  vec4 at = u_globe * vec4(globe, 1.0);
  // Behind the horizon z leaves what is drawn.
  at.z = (1.0 - (dot(globe, u_horizon.xyz) + u_horizon.w)) * at.w;
  return vec4(mix(flat_at.xy, at.xy, u_globeness), at.z, mix(flat_at.w, at.w, u_globeness));
}

void main() {
  vec4 from = projected(a_sheet_from, a_globe_from);
  vec4 to = projected(a_sheet_to, a_globe_to);
  vec2 along = (to.xy / to.w - from.xy / from.w) * u_half_px;
  float len = max(length(along), 0.001);
  vec2 across = vec2(-along.y, along.x) / len;
  // Lines thinner than a pixel keep a pixel and are paler; half a pixel more is the soft edge.
  float wide = a_width * u_ratio;
  v_half = 0.5 * max(wide, 1.0);
  v_ink = min(wide, 1.0);
  v_across = a_corner.y * (v_half + 0.5);
  // A little longer at both ends, so that bends of some degrees leave no gap on their outer side.
  vec2 beyond = along / len * (a_corner.x * 2.0 - 1.0) * v_half * 0.03;
  vec4 at = a_corner.x < 0.5 ? from : to;
  gl_Position = vec4(at.xy + (across * v_across + beyond) / u_half_px * at.w, at.zw);
}`;

const FRAGMENT = `#version 300 es
precision mediump float;
in float v_across;
flat in float v_half;
flat in float v_ink;
uniform vec3 u_colour;
uniform float u_opacity;
out vec4 colour;
void main() {
  float inside = clamp(v_half + 0.5 - abs(v_across), 0.0, 1.0);
  float opacity = u_opacity * v_ink * inside;
  colour = vec4(u_colour * opacity, opacity);
}`;
