import { address } from "../api/client.ts";
import { routeQuery } from "../api/sea.ts";
import { t } from "../i18n/language.ts";
import { FileLink } from "../save/file-link.tsx";
import { Share } from "../save/share.tsx";
import { PictureButton } from "../save/picture.tsx";
import { question, withAlternatives } from "./question.ts";

/** Formats in which the server gives the ways. */
const FORMATS = [
  ["csv", "CSV"],
  ["geojson", "GeoJSON"],
  ["gpx", "GPX"],
  ["rtz", "RTZ"],
] as const;

/** What is shown, as files and as a link. */
export function RouteSaves() {
  const asked = question.value;
  if (!asked) return null;
  return (
    <div class="saves">
      <span>{t("download")}</span>
      {FORMATS.map(([format, name]) => (
        <FileLink
          key={format}
          href={address("v1/route", { ...routeQuery(withAlternatives(asked)), format })}
          name={`route-${fileName(asked.from)}-${fileName(asked.to)}.${format}`}
        >
          {name}
        </FileLink>
      ))}
      <PictureButton name={`route-${fileName(asked.from)}-${fileName(asked.to)}.png`} />
      <Share />
    </div>
  );
}

function fileName(code: string): string {
  return code.replace(/[^A-Za-z0-9.-]+/g, "_");
}
