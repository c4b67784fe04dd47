import { link } from "./program.ts";

/**
 * A picture beside the screen that grows over some frames, so that a machine that draws slowly
 * stays at hand while it draws much. It holds for one camera.
 */
export class FlowPicture {
  private readonly program: WebGLProgram | undefined;
  private readonly texture: WebGLTexture;
  private readonly frame: WebGLFramebuffer;
  private readonly vertices: WebGLVertexArrayObject;
  private camera = "";
  private done = 0;

  constructor(private readonly gl: WebGL2RenderingContext) {
    this.program = link(gl, VERTEX, FRAGMENT);
    this.texture = gl.createTexture();
    this.frame = gl.createFramebuffer();
    this.vertices = gl.createVertexArray();
  }

  forget(): void {
    this.camera = "";
  }

  /** How much is drawn for a camera; a picture for another one is begun anew. */
  begin(camera: string): number {
    const { gl } = this;
    const [width, height] = [gl.drawingBufferWidth, gl.drawingBufferHeight];
    const wanted = `${width} ${height} ${camera}`;
    if (wanted !== this.camera) {
      this.camera = wanted;
      this.done = 0;
      gl.activeTexture(gl.TEXTURE0);
      gl.bindTexture(gl.TEXTURE_2D, this.texture);
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, width, height, 0, gl.RGBA, gl.UNSIGNED_BYTE, null);
      gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
      gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
    }
    return this.done;
  }

  /** Draws more into the picture. */
  paint(done: number, draw: () => void): void {
    const { gl } = this;
    const screen = gl.getParameter(gl.FRAMEBUFFER_BINDING) as WebGLFramebuffer | null;
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.frame);
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, this.texture, 0);
    gl.viewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight);
    draw();
    gl.bindFramebuffer(gl.FRAMEBUFFER, screen);
    this.done = done;
  }

  /** Lays the picture over the screen. */
  show(): void {
    const { gl } = this;
    gl.bindVertexArray(this.vertices);
    gl.useProgram(this.program ?? null);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, this.texture);
    gl.disable(gl.DEPTH_TEST);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
  }
}

/** One triangle that covers the screen. */
const VERTEX = `#version 300 es
void main() {
  vec2 at = vec2(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0);
  gl_Position = vec4(at, 0.0, 1.0);
}`;

const FRAGMENT = `#version 300 es
precision mediump float;
uniform sampler2D u_picture;
out vec4 colour;
void main() {
  colour = texelFetch(u_picture, ivec2(gl_FragCoord.xy), 0);
}`;
