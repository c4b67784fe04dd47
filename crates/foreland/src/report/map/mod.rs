//! Maps as static SVG: the ways over sea on a world map, the land corridors on a larger scale.

mod flows;
mod label;
mod land;
mod path;
mod projection;
mod replay;
mod standalone;
mod view;

pub(super) use flows::{flows, world_trade};
pub use land::Land;
pub(super) use replay::replay;
pub use standalone::routes_svg;

use self::label::{Label, Labels};
use self::path::{PathData, STEPS_PER_PX, simplify};
use self::projection::Projection;
use self::view::{View, best_centre, east_of};
use super::markup::{Element, el};
use crate::findings::{Findings, LegMode, MapPoint, PointRole, RouteLine, RouteRole};
use crate::number;

/// Width of the world map, px of its own.
const WORLD_PX: f64 = 1000.0;
/// Width of the map of land corridors, px of its own.
const CORRIDORS_PX: f64 = 720.0;
/// Most bytes of coastline on the world map and on the map of corridors.
const LAND_BYTES: (usize, usize) = (100_000, 50_000);
/// Size of place names, px.
const NAME_PX: f64 = 13.0;
/// Size of route names, px.
const ROUTE_PX: f64 = 12.0;
/// At most this many routes are named on the map; all stand in the table beside it.
const NAMED_ROUTES: usize = 5;
/// Names longer than this are cut down to the ends of the route, characters.
const LONGEST_NAME: usize = 36;
/// Lines are thinned to this deviation, px.
const LINE_TOLERANCE_PX: f64 = 0.2;

/// The world map of the sea routes; `None` if there are none.
pub(super) fn world(findings: &Findings, land: &Land) -> Option<Element> {
    let routes: Vec<&RouteLine> = findings
        .routes
        .iter()
        .filter(|route| route.mode == LegMode::Sea)
        .collect();
    let lines: Vec<&[[f64; 2]]> = routes.iter().map(|r| r.unwrapped.as_slice()).collect();
    if lines.is_empty() {
        return None;
    }
    let projection = Projection::EqualEarth {
        centre_deg: best_centre(&lines),
    };
    let shown: Vec<[f64; 2]> = lines.iter().flat_map(|line| line.iter().copied()).collect();
    let view = View::around(projection, &shown, WORLD_PX, (1.5, 2.2));
    Some(Sheet::new(view, land.path(&view, LAND_BYTES.0)).draw(
        "map-world",
        "Sea routes before and after the change",
        &routes,
        &ranked(&findings.points, WORLD_ORDER),
    ))
}

/// The map of the land corridors; `None` if there are none.
pub(super) fn corridors(findings: &Findings, land: &Land) -> Option<Element> {
    let on_land: Vec<&RouteLine> = findings
        .routes
        .iter()
        .filter(|route| route.mode != LegMode::Sea)
        .collect();
    let points: Vec<[f64; 2]> = on_land
        .iter()
        .flat_map(|route| route.unwrapped.iter().copied())
        .collect();
    let first = points.first()?;
    // One corridor at the far end of the world must not shrink all others to nothing.
    let near: Vec<[f64; 2]> = points
        .iter()
        .copied()
        .filter(|point| east_of(first[0], point[0]).abs() < 60.0)
        .collect();
    let mean = |axis: usize| near.iter().map(|p| p[axis]).sum::<f64>() / near.len() as f64;
    let projection = Projection::Local {
        centre_deg: east_of(0.0, mean(0)),
        true_lat_deg: mean(1).clamp(-75.0, 75.0),
    };
    let view = View::around(projection, &near, CORRIDORS_PX, (0.8, 1.6));
    let routes: Vec<&RouteLine> = findings.routes.iter().collect();
    Some(Sheet::new(view, land.path(&view, LAND_BYTES.1)).draw(
        "map-corridors",
        "Land corridors to the ports",
        &routes,
        &ranked(&findings.points, CORRIDOR_ORDER),
    ))
}

/// Which points get their names first on the world map; the others are not shown there.
const WORLD_ORDER: &[PointRole] = &[
    PointRole::Changed,
    PointRole::Destination,
    PointRole::Transshipment,
    PointRole::Port,
    PointRole::Passage,
];
/// Which points get their names first on the map of corridors.
const CORRIDOR_ORDER: &[PointRole] = &[
    PointRole::Changed,
    PointRole::Origin,
    PointRole::Port,
    PointRole::Border,
    PointRole::Destination,
    PointRole::Transshipment,
];

/// The points with a listed role, most important first, each place once.
fn ranked<'a>(points: &'a [MapPoint], order: &[PointRole]) -> Vec<&'a MapPoint> {
    let mut chosen: Vec<&MapPoint> = Vec::new();
    for role in order {
        for point in points.iter().filter(|point| point.role == *role) {
            if !chosen
                .iter()
                .any(|other| other.place.name == point.place.name)
            {
                chosen.push(point);
            }
        }
    }
    chosen
}

/// A map being drawn.
struct Sheet {
    view: View,
    land: PathData,
    labels: Labels,
}

/// Drawn below the others first.
const DRAWING_ORDER: [RouteRole; 3] = [RouteRole::Before, RouteRole::Both, RouteRole::After];

impl Sheet {
    fn new(view: View, land: PathData) -> Self {
        Sheet {
            view,
            land,
            labels: Labels::new(view.width, view.height),
        }
    }

    fn draw(
        mut self,
        id: &'static str,
        title: &str,
        routes: &[&RouteLine],
        points: &[&MapPoint],
    ) -> Element {
        let View { width, height, .. } = self.view;
        let drawn: Vec<(&RouteLine, Vec<Vec<[f64; 2]>>)> = routes
            .iter()
            .map(|route| (*route, self.view.line(&route.unwrapped)))
            .collect();
        for piece in drawn.iter().flat_map(|(_, pieces)| pieces) {
            self.labels.avoid_line(piece.clone());
        }
        let shown: Vec<(&MapPoint, [f64; 2])> = points
            .iter()
            .map(|p| (*p, self.view.place(p.place.lon_deg, p.place.lat_deg)))
            .filter(|(_, at)| self.view.shows(*at))
            .collect();
        for (point, at) in &shown {
            self.labels.avoid_symbol(*at, radius(point.role));
        }
        let names: Vec<Element> = shown
            .iter()
            .filter_map(|(point, at)| self.name(point, *at))
            .collect();
        let route_names = self.route_names(&drawn);
        let land = std::mem::take(&mut self.land);
        el("svg")
            .class("map")
            .attr("id", id)
            .attr("viewBox", format!("0 0 {width} {height}"))
            .attr("role", "img")
            .attr("aria-labelledby", format!("{id}-title"))
            .child(el("title").attr("id", format!("{id}-title")).text(title))
            .child(rect("water", width, height))
            .child(path("graticule", self.graticule()))
            .child(path("land", land))
            .children(DRAWING_ORDER.iter().flat_map(|role| {
                drawn
                    .iter()
                    .filter(move |(route, _)| route.role == *role)
                    .map(|(route, pieces)| line(route, pieces))
            }))
            .children(shown.iter().map(|(point, at)| symbol(point, *at)))
            .children(route_names)
            .children(names)
    }

    fn name(&mut self, point: &MapPoint, at: [f64; 2]) -> Option<Element> {
        self.labels
            .beside(&point.place.name, at, radius(point.role), NAME_PX)
            .map(|label| {
                text(
                    &label,
                    format!("place {}", point_class(point.role)),
                    NAME_PX,
                )
            })
    }

    /// Names for the most important routes, each name once.
    fn route_names(&mut self, drawn: &[(&RouteLine, Vec<Vec<[f64; 2]>>)]) -> Vec<Element> {
        let mut candidates: Vec<_> = drawn
            .iter()
            .filter_map(|(route, pieces)| {
                let longest = pieces.iter().max_by_key(|piece| piece.len())?;
                Some((*route, longest))
            })
            .filter(|(_, piece)| piece.iter().filter(|p| self.view.shows(**p)).count() > 1)
            .collect();
        candidates.sort_by_key(|(route, _)| {
            let order = match route.role {
                RouteRole::After => 0,
                RouteRole::Before => 1,
                RouteRole::Both => 2,
            };
            (
                route.mode != LegMode::Sea,
                order,
                std::cmp::Reverse(route.worlds.len()),
            )
        });
        let mut seen: Vec<(String, RouteRole)> = Vec::new();
        candidates.retain(|(route, _)| {
            let service = (service_of(&route.name).to_owned(), route.role);
            let is_new = !seen.contains(&service);
            seen.push(service);
            is_new
        });
        let mut named = Vec::new();
        for (route, piece) in candidates {
            if named.len() == NAMED_ROUTES {
                break;
            }
            if let Some(label) = self.labels.along(&short_name(&route.name), piece, ROUTE_PX) {
                let class = format!("route-name {}", role_class(route.role));
                named.push(text(&label, class, ROUTE_PX));
            }
        }
        named
    }

    /// Meridians and parallels every 30°.
    fn graticule(&self) -> PathData {
        let mut data = PathData::default();
        let centre = self.view.projection.centre_deg();
        let steps = |from: i32, to: i32| (from..=to).map(f64::from);
        for meridian in (-180..180).step_by(30).map(f64::from) {
            let line: Vec<[f64; 2]> = steps(-45, 45).map(|i| [meridian, 2.0 * i]).collect();
            for piece in self.view.line(&line) {
                data.line(&simplify(&piece, LINE_TOLERANCE_PX));
            }
        }
        for parallel in (-60..=60).step_by(30).map(f64::from) {
            let line: Vec<[f64; 2]> = steps(-89, 89)
                .map(|i| [centre + 2.0 * i, parallel])
                .collect();
            for piece in self.view.line(&line) {
                data.line(&simplify(&piece, LINE_TOLERANCE_PX));
            }
        }
        data
    }
}

/// The service of a route that is named `service: from → to`, else the whole name.
fn service_of(name: &str) -> &str {
    name.split_once(": ").map_or(name, |(service, _)| service)
}

/// A route's name without remarks in brackets; the ends alone if it is still long.
fn short_name(name: &str) -> String {
    let mut depth = 0_usize;
    let mut plain = String::new();
    for c in name.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    let plain = plain
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace(" :", ":");
    match plain.split_once(": ") {
        Some((_, ends)) if plain.chars().count() > LONGEST_NAME => ends.to_owned(),
        _ => plain,
    }
}

/// What the lines and symbols mean.
pub(super) fn legend() -> Element {
    let line = |class: &str, text: &str| {
        el("li")
            .child(
                el("svg")
                    .class("key")
                    .attr("viewBox", "0 0 36 12")
                    .attr("aria-hidden", "true")
                    .child(
                        el("path")
                            .class(format!("route sea {class}"))
                            .attr("d", "M2 6h32"),
                    ),
            )
            .text(text)
    };
    let dot = |role: PointRole, text: &str| {
        el("li")
            .child(
                el("svg")
                    .class("key")
                    .attr("viewBox", "0 0 36 12")
                    .attr("aria-hidden", "true")
                    .child(shape(role, [18.0, 6.0])),
            )
            .text(text)
    };
    el("ul")
        .class("legend")
        .child(line("before", "only before the change"))
        .child(line("after", "only after it"))
        .child(line("both", "before and after"))
        .child(dot(PointRole::Changed, "what changes"))
        .child(dot(PointRole::Port, "port"))
        .child(dot(PointRole::Transshipment, "transshipment port"))
        .child(dot(PointRole::Passage, "passage"))
}

fn rect(class: &str, width: f64, height: f64) -> Element {
    el("rect")
        .class(class)
        .attr("width", width)
        .attr("height", height)
}

/// A path in tenths of a pixel.
fn path(class: &str, data: PathData) -> Element {
    el("path")
        .class(class)
        .attr("transform", format!("scale({})", 1.0 / STEPS_PER_PX))
        .attr("d", data.into_string())
}

fn line(route: &RouteLine, pieces: &[Vec<[f64; 2]>]) -> Element {
    let mut data = PathData::default();
    for piece in pieces {
        data.line(&simplify(piece, LINE_TOLERANCE_PX));
    }
    let mode = match route.mode {
        LegMode::Sea => "sea",
        LegMode::River => "river",
        LegMode::Road | LegMode::Rail => "overland",
    };
    let length = number::with_unit(route.distance.round(), &route.distance_unit);
    path(&format!("route {mode} {}", role_class(route.role)), data)
        .child(el("title").text(format!("{}, {length}", route.name)))
}

/// Class of a route's line and name.
fn role_class(role: RouteRole) -> &'static str {
    match role {
        RouteRole::Before => "before",
        RouteRole::After => "after",
        RouteRole::Both => "both",
    }
}

fn point_class(role: PointRole) -> &'static str {
    match role {
        PointRole::Changed => "changed",
        PointRole::Origin => "origin",
        PointRole::Destination => "destination",
        PointRole::Port => "port",
        PointRole::Transshipment => "transshipment",
        PointRole::Call => "call",
        PointRole::Passage => "gate",
        PointRole::Border => "border-post",
    }
}

/// Half the size of a symbol, px.
fn radius(role: PointRole) -> f64 {
    match role {
        PointRole::Changed => 6.5,
        PointRole::Origin | PointRole::Destination => 4.5,
        PointRole::Port | PointRole::Transshipment => 3.8,
        PointRole::Call | PointRole::Passage | PointRole::Border => 3.4,
    }
}

fn symbol(point: &MapPoint, at: [f64; 2]) -> Element {
    shape(point.role, at).child(el("title").text(&point.place.name))
}

/// Shapes differ, so that colour is not needed to tell them apart.
fn shape(role: PointRole, [x, y]: [f64; 2]) -> Element {
    let r = radius(role);
    let class = format!("point {}", point_class(role));
    let polygon = |corners: &str| {
        el("path")
            .class(&class)
            .attr("transform", format!("translate({x:.1} {y:.1}) scale({r})"))
            .attr("d", corners)
    };
    match role {
        PointRole::Changed => polygon("M0-1L1 0L0 1L-1 0z"),
        PointRole::Transshipment => polygon("M-1-1H1V1H-1z"),
        PointRole::Passage | PointRole::Border => polygon("M0-1.1L1.1.9H-1.1z"),
        PointRole::Origin | PointRole::Destination | PointRole::Port | PointRole::Call => {
            el("circle")
                .class(class)
                .attr("cx", format!("{x:.1}"))
                .attr("cy", format!("{y:.1}"))
                .attr("r", r)
        }
    }
}

fn text(label: &Label, class: String, font_px: f64) -> Element {
    el("text")
        .class(class)
        .attr("x", format!("{:.1}", label.x))
        .attr("y", format!("{:.1}", label.y))
        .attr("font-size", font_px)
        .text(&label.text)
}

#[cfg(test)]
mod tests {
    use super::{service_of, short_name};

    #[test]
    fn names_on_the_map_are_short() {
        assert_eq!(
            short_name("WSA3 (COSCO): Chancay → Shanghai"),
            "WSA3: Chancay → Shanghai"
        );
        assert_eq!(
            short_name("Asia–Panama–Caribbean loop: Manzanillo → Shanghai"),
            "Manzanillo → Shanghai"
        );
        assert_eq!(short_name("Lima → Callao"), "Lima → Callao");
        assert_eq!(service_of("WSA3: Chancay → Shanghai"), "WSA3");
    }
}
