import { effect } from "@preact/signals";
import type { Findings, FlowFindings } from "../api/findings.ts";
import type { Position } from "../api/sea.ts";
import { change } from "../i18n/number.ts";
import { portByCode } from "../state/sea.ts";
import { view } from "../state/view.ts";
import { routesOf, type ShownRoute } from "../study/journeys.ts";
import { loadChanges } from "../study/loads.ts";
import { shown } from "../study/state.ts";
import { targetOf } from "../study/switch.ts";
import { mapShows } from "./current.ts";
import { collection, point } from "./draw-route.ts";
import { frame } from "./frame.ts";
import type { FlowLine } from "./flow-lines.ts";
import { NOTHING } from "./layers.ts";
import { waitingFeatures } from "./waiting.ts";
import type { WorldMap } from "./world-map.ts";

/** Which side of a swipe a map is; a map alone shows both. */
export type Side = "before" | "after" | "both";

/** Keeps a study's ways or flows on the map; gives what ends it. */
export function drawStudy(map: WorldMap, side: Side, keepCamera: boolean): () => void {
  let framed = keepCamera ? view.peek().study + view.peek().flow : "";
  const clear = () => {
    for (const name of ["before", "after", "places"] as const) map.draw(name, NOTHING);
    map.flows.show([]);
  };
  const stop = effect(() => {
    const findings = shown();
    const shows = mapShows.value;
    if (!findings) return clear();
    if (shows.kind === "flows" && findings.flows) {
      map.draw("before", NOTHING);
      map.draw("after", NOTHING);
      drawFlows(map, findings.flows, shows.world);
      return;
    }
    map.flows.show([]);
    const replayed = shows.kind === "replay" && findings.simulation ? waitingFeatures(findings.simulation, shows) : [];
    if (replayed.length) {
      map.draw("before", NOTHING);
      map.draw("after", NOTHING);
      map.draw("places", collection(replayed));
      if (framed !== findings.run.study && side === "both") {
        framed = findings.run.study;
        frame(map, replayed.flatMap(around));
      }
      return;
    }
    const routes = routesOf(findings);
    drawRoutes(map, routes, side);
    map.draw("places", placeFeatures(findings, routes));
    const key = findings.run.study + view.value.flow;
    if (framed !== key && side === "both" && routes.length) {
      framed = key;
      frame(map, routes.flatMap(({ route }) => route.unwrapped));
    }
  });
  return () => {
    stop();
    clear();
  };
}

/** How much of the world around a place is shown with it, degrees. */
const AROUND_DEG = 12;

function around({ geometry }: GeoJSON.Feature): Position[] {
  const [lon, lat] = (geometry as GeoJSON.Point).coordinates as Position;
  return [
    [lon - AROUND_DEG, lat - AROUND_DEG],
    [lon + AROUND_DEG, lat + AROUND_DEG],
  ];
}

function drawRoutes(map: WorldMap, routes: ShownRoute[], side: Side): void {
  const lines = (roles: string[]) =>
    collection(
      routes
        .filter(({ role }) => roles.includes(role))
        .map(({ route, role }) => line(route.unwrapped, { role, name: route.name, ...roads(route) })),
    );
  map.draw("before", side === "after" ? NOTHING : lines(["before"]));
  map.draw("after", lines(side === "before" ? ["both"] : ["after", "both"]));
}

/** What a click on a way over land needs: its links, and the points between which they run. */
function roads({ links, unwrapped }: ShownRoute["route"]): GeoJSON.GeoJsonProperties {
  return links?.length ? { links, line: unwrapped } : {};
}

function line(coordinates: Position[], properties: GeoJSON.GeoJsonProperties): GeoJSON.Feature {
  return { type: "Feature", properties, geometry: { type: "LineString", coordinates } };
}

/** Places at the ends of what is shown, and what the study changes. */
function placeFeatures(findings: Findings, routes: ShownRoute[]): GeoJSON.FeatureCollection {
  const { flow } = view.value;
  const ends = new Set(
    findings.journeys.filter((j) => !flow || j.flow === flow).flatMap((j) => [j.origin.id, j.destination.id]),
  );
  const near = (lon: number, lat: number) =>
    routes.some(({ route }) => [route.unwrapped[0], route.unwrapped.at(-1)].some((end) => end && close(end, lon, lat)));
  const named = new Set<string>();
  const endPlaces = findings.points.filter(({ place }) => ends.has(place.id)).map(({ place }) => place);
  const isAtEnd = (lon: number, lat: number) => endPlaces.some((end) => close([end.lon_deg, end.lat_deg], lon, lat));
  const nameOf = ({ place, role }: Findings["points"][number]) => {
    // A city and its port lie together, often under one name: once is enough.
    const isPortOfEnd = role !== "changed" && !ends.has(place.id) && isAtEnd(place.lon_deg, place.lat_deg);
    if (isPortOfEnd || named.has(place.name)) return "";
    named.add(place.name);
    return place.name;
  };
  return collection(
    findings.points
      .filter(({ place, role }) => role === "changed" || ends.has(place.id) || near(place.lon_deg, place.lat_deg))
      .map((shown) =>
        point(shown.place.lon_deg, shown.place.lat_deg, {
          name: nameOf(shown),
          role: shown.role === "changed" ? "changed" : ends.has(shown.place.id) ? "end" : "call",
          target: targetOf(shown.role, shown.place.id) ?? "",
        }),
      ),
  );
}

/** Ends of ways lie at the water before a port, degrees. */
const NEAR_DEG = 0.5;

function close([lon, lat]: Position, otherLon: number, otherLat: number): boolean {
  const turn = (((lon - otherLon + 180) % 360) + 360) % 360 - 180;
  return Math.abs(turn) < NEAR_DEG && Math.abs(lat - otherLat) < NEAR_DEG;
}

/** Width of the widest flow and of the narrowest that is seen, px. */
const WIDEST_PX = 12;
const NARROWEST_PX = 0.6;
/** Ports with the largest changes that are named. */
const NAMED_PORTS = 14;
/** Smaller changes are rounding, TEU a year. */
const WORTH_NAMING_TEU = 50;

/** Flows of a world, narrow ones first so that wide ones lie on top. */
export function flowLines({ lines }: Pick<FlowFindings, "lines">, world: string): FlowLine[] {
  // One scale for all worlds, so that widths can be compared.
  const most = lines.reduce((max, flow) => Math.max(max, flow.teu), 1);
  const drawn = lines.filter((flow) => flow.world === world && flow.teu > 0).sort((a, b) => a.teu - b.teu);
  return drawn.map(({ name, teu, unwrapped }) => ({
    coordinates: unwrapped,
    width: Math.max(NARROWEST_PX, (WIDEST_PX * teu) / most),
    name,
    teu,
  }));
}

function drawFlows(map: WorldMap, flows: FlowFindings, world: string): void {
  map.flows.show(flowLines(flows, world));
  const changes = world === flows.worlds[0]?.id ? [] : loadChanges(flows, "port", world).slice(0, NAMED_PORTS);
  map.draw(
    "places",
    collection(
      changes.flatMap(({ id, name, change: teu }) => {
        const port = portByCode.value.get(id);
        if (!port || Math.abs(teu) < WORTH_NAMING_TEU) return [];
        const label = `${name} ${change(teu, 0, "TEU")}`;
        return [point(port.lon, port.lat, { name: label, role: teu < 0 ? "loss" : "gain" })];
      }),
    ),
  );
}
