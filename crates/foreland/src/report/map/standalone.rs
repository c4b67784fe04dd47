//! A map by itself: one SVG with its style, for a notebook or a page of somebody else's.

use super::{Land, Projection, Sheet, View, best_centre, el, ranked};
use crate::findings::{MapPoint, PointRole, RouteLine};

/// Width of the map, px of its own.
const WIDTH_PX: f64 = 800.0;
/// Most bytes of coastline: the whole map is to stay small enough for a notebook.
const LAND_BYTES: usize = 24_000;
/// Which points get their names first.
const ORDER: &[PointRole] = &[
    PointRole::Origin,
    PointRole::Destination,
    PointRole::Changed,
    PointRole::Passage,
    PointRole::Transshipment,
    PointRole::Port,
];
const STYLE: &str = include_str!("standalone.css");

/// Routes over the world as one SVG that needs nothing else; the first line of equals is drawn on
/// top by its role.
pub fn routes_svg(title: &str, routes: &[RouteLine], points: &[MapPoint]) -> String {
    let lines: Vec<&[[f64; 2]]> = routes.iter().map(|r| r.unwrapped.as_slice()).collect();
    let centre_deg = if lines.is_empty() {
        0.0
    } else {
        best_centre(&lines)
    };
    let projection = Projection::EqualEarth { centre_deg };
    let shown: Vec<[f64; 2]> = lines.iter().flat_map(|line| line.iter().copied()).collect();
    let view = View::around(projection, &shown, WIDTH_PX, (1.5, 2.4));
    let routes: Vec<&RouteLine> = routes.iter().collect();
    let svg = Sheet::new(view, Land::embedded().path(&view, LAND_BYTES))
        .draw("map-routes", title, &routes, &ranked(points, ORDER))
        .class("foreland-map")
        .attr("xmlns", "http://www.w3.org/2000/svg")
        .child(el("style").style(STYLE));
    let mut out = String::new();
    svg.write(&mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::routes_svg;
    use crate::findings::{LegMode, MapPoint, PlaceRef, PointRole, RouteLine, RouteRole};

    #[test]
    fn a_map_is_small_well_formed_and_holds_its_style() {
        let line = vec![[-77.0, -12.0], [-150.0, -5.0], [-238.5, 31.2]];
        let route = RouteLine {
            id: "1".to_owned(),
            name: "Callao → Shanghai <&>".to_owned(),
            mode: LegMode::Sea,
            role: RouteRole::After,
            worlds: Vec::new(),
            flows: Vec::new(),
            distance: 9300.0,
            distance_unit: "nm".to_owned(),
            passages: Vec::new(),
            links: Vec::new(),
            lines: Vec::new(),
            unwrapped: line,
        };
        let point = MapPoint {
            place: PlaceRef {
                id: "PECLL".to_owned(),
                name: "Callao".to_owned(),
                lon_deg: -77.0,
                lat_deg: -12.0,
            },
            role: PointRole::Origin,
        };
        let svg = routes_svg("Callao – Shanghai", &[route], &[point]);
        let document = roxmltree::Document::parse(&svg).expect("well-formed");
        assert_eq!(document.root_element().tag_name().name(), "svg");
        assert!(svg.contains(".foreland-map .land") && svg.contains(">Callao</text>"));
        assert!(svg.len() < 60_000, "{} bytes", svg.len());
    }
}
