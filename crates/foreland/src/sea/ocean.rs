//! [`sealane::Ocean`] as the model's sea.

use super::{Sea, SeaEnd, SeaLeg, SeaQuery, SeaWay, SeaWays, WaysQuery};
use crate::findings::{InputFile, Software};

/// Points of a line on the map lie no further apart than this.
const LINE_SPACING_NM: f64 = 100.0;

impl Sea for sealane::Ocean {
    fn leg(&self, query: &SeaQuery) -> Result<SeaLeg, String> {
        let too_small = self.too_small(query);
        let options = self.options(&query.closed, &query.opened, &too_small);
        let from = self.end(&query.from)?;
        let to = self.end(&query.to)?;
        let route = self
            .route(from, to, &options)
            .map_err(|error| why(&error, &too_small))?;
        let spacing = sealane::NauticalMiles::new(LINE_SPACING_NM).unwrap_or_default();
        Ok(SeaLeg {
            distance_nm: route.distance.nm(),
            passages: route.passages().map(str::to_owned).collect(),
            line: route.unwrapped(spacing),
            snap_from_nm: route.snap_from.nm(),
            snap_to_nm: route.snap_to.nm(),
        })
    }

    fn ways(&self, query: &WaysQuery) -> SeaWays {
        let options = self.options(&query.closed, &query.opened, &[]);
        let ports: Vec<Option<sealane::PortIx>> = query
            .ports
            .iter()
            .map(|end| self.port(end.unlocode.as_deref()?))
            .collect();
        let known: Vec<(usize, (sealane::PortIx, sealane::PortIx))> = query
            .pairs
            .iter()
            .enumerate()
            .filter_map(|(number, &(a, b))| Some((number, (ports[a]?, ports[b]?))))
            .collect();
        let pairs: Vec<_> = known.iter().map(|&(_, pair)| pair).collect();
        let mut ways = vec![None; query.pairs.len()];
        for ((number, _), way) in known.iter().zip(self.ways(&pairs, &options)) {
            ways[*number] = way.map(|way| SeaWay {
                distance_nm: way.distance.nm(),
                passages: way.passages.iter().fold(0, |bits, n| bits | 1 << n),
            });
        }
        SeaWays {
            passages: self.passages().iter().map(|p| p.id.clone()).collect(),
            ways,
        }
    }

    fn inputs(&self) -> Vec<InputFile> {
        let about: Vec<String> = self
            .about()
            .iter()
            .map(|(what, value)| format!("{what} {value}"))
            .collect();
        let text = about.join("\n");
        vec![InputFile {
            role: "ocean".to_owned(),
            name: "embedded data of sealane, by its description".to_owned(),
            rows: None,
            bytes: text.len() as u64,
            blake3: blake3::hash(text.as_bytes()).to_hex().to_string(),
        }]
    }

    fn software(&self) -> Vec<Software> {
        vec![Software {
            name: "sealane".to_owned(),
            // The crates of the workspace share one version.
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }]
    }
}

/// The ocean's reason, with the limits that bar the ship: the ocean itself was only told that
/// those passages are closed.
fn why(error: &sealane::RouteError, too_small: &[(usize, String)]) -> String {
    let sealane::RouteError::NoRoute { barred } = error else {
        return error.to_string();
    };
    let limits: Vec<&str> = too_small
        .iter()
        .map(|(_, why)| why.as_str())
        .filter(|why| {
            barred
                .iter()
                .any(|b| why.starts_with(&format!("{} ", b.passage)))
        })
        .collect();
    if limits.is_empty() {
        error.to_string()
    } else {
        format!("{error} ({})", limits.join("; "))
    }
}

/// What the ocean's answers need beside the ocean.
trait Constraints {
    fn end(&self, end: &SeaEnd) -> Result<sealane::End, String>;
    fn too_small(&self, query: &SeaQuery) -> Vec<(usize, String)>;
    fn options(
        &self,
        closed: &[String],
        opened: &[String],
        too_small: &[(usize, String)],
    ) -> sealane::Options;
}

impl Constraints for sealane::Ocean {
    fn end(&self, end: &SeaEnd) -> Result<sealane::End, String> {
        let port = end.unlocode.as_deref().and_then(|code| self.port(code));
        match port {
            Some(port) => Ok(sealane::End::Port(port)),
            None => sealane::LonLat::new(end.lon_deg, end.lat_deg)
                .map(sealane::End::Point)
                .map_err(|error| error.to_string()),
        }
    }

    /// Passages that the ship does not fit, with the reason. Approach channels are left out: a
    /// service that calls at a port proves that its ships get there, light or with the tide, and
    /// terminals carry the limits of bulk ships.
    fn too_small(&self, query: &SeaQuery) -> Vec<(usize, String)> {
        let ship = sealane::Vessel {
            loa_m: query.ship.loa_m,
            beam_m: query.ship.beam_m,
            draught_m: query.ship.draught_m,
            air_draught_m: query.ship.air_draught_m,
        };
        self.passages()
            .iter()
            .enumerate()
            .filter(|(_, passage)| passage.kind != sealane::passage::Kind::Channel)
            .filter_map(|(number, passage)| {
                let moved = query.limits.iter().find(|(id, _)| *id == passage.id);
                let limits = moved.map_or(passage.limits, |(_, limits)| sealane::passage::Limits {
                    loa_m: limits.loa_m,
                    beam_m: limits.beam_m,
                    draught_m: limits.draught_m,
                    air_draught_m: limits.air_draught_m,
                });
                let (what, allowed, asked) = limits.exceeded_by(&ship)?;
                let why = format!(
                    "{} takes {what} {allowed} m, the ship has {asked} m",
                    passage.id
                );
                Some((number, why))
            })
            .collect()
    }

    fn options(
        &self,
        closed: &[String],
        opened: &[String],
        too_small: &[(usize, String)],
    ) -> sealane::Options {
        let named = |ids: &[String]| {
            ids.iter()
                .filter_map(|id| self.passage(id))
                .fold(sealane::PassageSet::EMPTY, sealane::PassageSet::with)
        };
        let avoid = too_small
            .iter()
            .map(|(number, _)| sealane::PassageSet::one(*number))
            .fold(named(closed), sealane::PassageSet::with);
        sealane::Options {
            avoid,
            open: named(opened),
            ..sealane::Options::default()
        }
    }
}
