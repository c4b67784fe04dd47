//! RTZ 1.0, the route plan exchange format of IEC 61174: one route a file, legs on great circles.

use super::xml::Xml;
use super::{Answer, NOT_FOR_NAVIGATION, RouteFault};

impl Answer {
    /// RTZ 1.0, for an answer of one route.
    ///
    /// # Errors
    ///
    /// [`RouteFault::Argument`] for several routes: a file holds one.
    pub fn rtz(&self) -> Result<String, RouteFault> {
        let [found] = self.routes.as_slice() else {
            return Err(RouteFault::argument(
                "alternatives",
                "an RTZ file holds one route",
                "ask for one alternative, or choose another format",
            ));
        };
        let mut xml = Xml::new();
        xml.start(
            "route",
            &[("xmlns", "http://www.cirm.org/RTZ/1/0"), ("version", "1.0")],
        );
        let upper = NOT_FOR_NAVIGATION.to_uppercase();
        let name = format!("{} ({upper})", self.title());
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
}
