import { t } from "../i18n/language.ts";
import { worldMap } from "../map/current.ts";
import { palette } from "../map/palette.ts";
import { save } from "./file.ts";
import { legendNow, sourcesLine } from "./legend.ts";

/** Saves the map as it is seen, with its legend and its sources. */
export function PictureButton({ name }: { name: string }) {
  if (!worldMap.value) return null;
  return (
    <button type="button" class="link" onClick={async () => save(name, await framed(await worldMap.value!.picture()))}>
      PNG <span class="visually-hidden">{t("of-the-map")}</span>
    </button>
  );
}

const FONT = "14px system-ui, sans-serif";
const SMALL = "12px system-ui, sans-serif";
const LINE_PX = 22;
const MARGIN_PX = 16;
const KEY_PX = 28;

/** The picture of the map above a band with title, marks and sources. */
async function framed(map: Blob): Promise<Blob> {
  const picture = await createImageBitmap(map);
  const ratio = Math.max(1, devicePixelRatio);
  const width = picture.width / ratio;
  const { title, marks } = legendNow();
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d")!;
  context.font = FONT;
  const lines = wrapped(context, title, width - 2 * MARGIN_PX);
  const band = 2 * MARGIN_PX + LINE_PX * (lines.length + marks.length + 1);
  canvas.width = picture.width;
  canvas.height = picture.height + Math.round(band * ratio);
  const colours = palette();
  context.fillStyle = colours.card;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0);
  context.setTransform(ratio, 0, 0, ratio, 0, picture.height);
  context.textBaseline = "middle";
  context.fillStyle = colours.ink;
  context.font = FONT;
  let y = MARGIN_PX + LINE_PX / 2;
  for (const line of lines) {
    context.fillText(line, MARGIN_PX, y);
    y += LINE_PX;
  }
  for (const { colour, text, dashed } of marks) {
    context.strokeStyle = colours[colour];
    context.lineWidth = 3;
    context.setLineDash(dashed ? [6, 4] : []);
    context.beginPath();
    context.moveTo(MARGIN_PX, y);
    context.lineTo(MARGIN_PX + KEY_PX, y);
    context.stroke();
    context.fillText(text, MARGIN_PX + KEY_PX + 10, y);
    y += LINE_PX;
  }
  context.fillStyle = colours.soft;
  context.font = SMALL;
  context.fillText(sourcesLine(), MARGIN_PX, y, width - 2 * MARGIN_PX);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png");
  });
}

/** A text in lines that fit; languages without spaces are broken between signs. */
function wrapped(context: CanvasRenderingContext2D, text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.match(/[\u3000-\u9fff]|[^\s\u3000-\u9fff]+\s*/gu) ?? []) {
    if (line && context.measureText(line + word).width > width) {
      lines.push(line);
      line = "";
    }
    line += word;
  }
  return line ? [...lines, line] : lines;
}
