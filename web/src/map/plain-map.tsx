import { useEffect, useState } from "preact/hooks";
import { land, type Position } from "../api/sea.ts";
import { t } from "../i18n/language.ts";
import { answer, before } from "../route/question.ts";
import { view } from "../state/view.ts";

/** A drawing without WebGL: the sheet of longitudes and latitudes, twice side by side for lines that run on. */
export function PlainMap() {
  const [coast, setCoast] = useState("");
  useEffect(() => {
    land("110m").then((shape) => setCoast(landPath(shape)), () => {});
  }, []);
  const ways = answer.value?.routes ?? [];
  const way = ways[view.value.way] ?? ways[0];
  const was = before.value?.routes[0];
  return (
    <>
      <p class="no-map">{t("no-webgl")}</p>
      <svg class="plain-map" viewBox="-180 -85 360 160" role="img" aria-label={t("map")} aria-describedby="map-summary">
        <rect class="water" x="-180" y="-85" width="360" height="170" />
        <path class="land" d={coast} />
        {[-360, 0, 360].map((shift) => (
          <g key={shift} transform={`translate(${shift} 0)`}>
            {was && <path class="way before" d={linePath(was.unwrapped.coordinates)} />}
            {way && <path class="way after" d={linePath(way.unwrapped.coordinates)} />}
          </g>
        ))}
      </svg>
    </>
  );
}

function linePath(line: Position[]): string {
  return `M${line.map(([lon, lat]) => `${lon.toFixed(2)} ${(-lat).toFixed(2)}`).join("L")}`;
}

function landPath(shape: GeoJSON.FeatureCollection): string {
  return shape.features
    .flatMap(({ geometry }) =>
      geometry.type === "Polygon" ? [geometry.coordinates] : geometry.type === "MultiPolygon" ? geometry.coordinates : [],
    )
    .flat()
    .map((ring) => `${linePath(ring as Position[])}Z`)
    .join("");
}
