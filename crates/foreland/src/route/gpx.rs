//! GPX 1.1: one `rte` a route, its turning points as route points.

use super::xml::Xml;
use super::{Answer, NOT_FOR_NAVIGATION};

impl Answer {
    /// GPX 1.1.
    pub fn gpx(&self) -> String {
        let mut xml = Xml::new();
        xml.start(
            "gpx",
            &[
                ("xmlns", "http://www.topografix.com/GPX/1/1"),
                ("version", "1.1"),
                ("creator", concat!("foreland ", env!("CARGO_PKG_VERSION"))),
            ],
        );
        let title = self.title();
        xml.start("metadata", &[]);
        xml.text("name", &title);
        xml.text(
            "desc",
            &format!("Shortest way over water, {NOT_FOR_NAVIGATION}"),
        );
        xml.end();
        for (i, found) in self.routes.iter().enumerate() {
            xml.start("rte", &[]);
            xml.text("name", &title);
            xml.text(
                "desc",
                &format!(
                    "{:.1} nm, great circles between the points, {NOT_FOR_NAVIGATION}",
                    found.route.distance.nm()
                ),
            );
            xml.text("number", &(i + 1).to_string());
            for turn in &found.route.turns {
                let (lat, lon) = (
                    format!("{:.6}", turn.lat_deg()),
                    format!("{:.6}", turn.lon_deg()),
                );
                xml.empty("rtept", &[("lat", &lat), ("lon", &lon)]);
            }
            xml.end();
        }
        xml.finish()
    }
}
