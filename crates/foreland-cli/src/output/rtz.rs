//! RTZ 1.0, the route plan exchange format of IEC 61174: one route a file, legs on great circles.

use super::xml::Xml;
use super::{Answer, NOT_FOR_NAVIGATION};
use crate::failure::Failure;

pub(super) fn rtz(answer: &Answer) -> Result<String, Failure> {
    let [found] = answer.routes.as_slice() else {
        return Err(Failure::argument(
            "--alternatives",
            "an RTZ file holds one route",
            "leave out --alternatives, or choose another format",
        ));
    };
    let mut xml = Xml::new();
    xml.start(
        "route",
        &[("xmlns", "http://www.cirm.org/RTZ/1/0"), ("version", "1.0")],
    );
    let upper = NOT_FOR_NAVIGATION.to_uppercase();
    let name = format!("{} ({upper})", answer.title());
    xml.empty(
        "routeInfo",
        &[
            ("routeName", &name),
            (
                "routeAuthor",
                concat!("foreland ", env!("CARGO_PKG_VERSION")),
            ),
            ("routeStatus", &upper),
        ],
    );
    xml.start("waypoints", &[]);
    for (i, turn) in found.route.turns.iter().enumerate() {
        xml.start("waypoint", &[("id", &(i + 1).to_string())]);
        let (lat, lon) = (
            format!("{:.6}", turn.lat_deg()),
            format!("{:.6}", turn.lon_deg()),
        );
        xml.empty("position", &[("lat", &lat), ("lon", &lon)]);
        if i > 0 {
            xml.empty("leg", &[("geometryType", "Orthodrome")]);
        }
        xml.end();
    }
    Ok(xml.finish())
}
