//! Routes on a map.

use foreland::findings::{LegMode, MapPoint, PlaceRef, PointRole, RouteLine, RouteRole};
use foreland::place::Place;
use foreland::report::routes_svg;
use foreland::route::{Answer, Found, spacing};

/// A map of the routes as one SVG: the shortest on top of its alternatives.
pub(crate) fn svg(answer: &Answer) -> String {
    let routes = answer.routes.iter().enumerate();
    let lines: Vec<RouteLine> = routes
        .map(|(rank, found)| line(answer, rank, found))
        .collect();
    let points = [
        point(&answer.from, PointRole::Origin),
        point(&answer.to, PointRole::Destination),
    ];
    routes_svg(&answer.title(), &lines, &points)
}

fn line(answer: &Answer, rank: usize, found: &Found) -> RouteLine {
    let passages: Vec<String> = found.route.passages().map(str::to_owned).collect();
    let name = if passages.is_empty() {
        answer.title()
    } else {
        format!("by {}", passages.join(", "))
    };
    RouteLine {
        id: (rank + 1).to_string(),
        name,
        mode: LegMode::Sea,
        role: if rank == 0 {
            RouteRole::After
        } else {
            RouteRole::Before
        },
        worlds: Vec::new(),
        flows: Vec::new(),
        distance: found.route.distance.nm(),
        distance_unit: "nm".to_owned(),
        passages,
        links: Vec::new(),
        lines: found.route.parts(spacing()),
        unwrapped: found.route.unwrapped(spacing()),
    }
}

fn point(place: &Place, role: PointRole) -> MapPoint {
    MapPoint {
        place: PlaceRef {
            id: place.unlocode.clone().unwrap_or_default(),
            name: place.name.clone(),
            lon_deg: place.lon_deg,
            lat_deg: place.lat_deg,
        },
        role,
    }
}
