//! How far apart two places are.

use super::{Measure, Resolved, Run, Setting};
use crate::chain::End;
use crate::claim::test::tidy;
use crate::findings::{EvidenceTable, MeasureInfo};
use crate::geo::{KM_PER_NM, great_circle_km};
use crate::sea::SeaEnd;
use crate::study::{DistanceSpec, Located, PathKind, StudyFault};
use crate::world::ShipLimits;

/// A point that a measure may name.
pub(super) struct Site {
    pub(super) name: String,
    pub(super) lon_deg: f64,
    pub(super) lat_deg: f64,
    unlocode: Option<String>,
    id: String,
}

impl Site {
    pub(super) fn of(id: &Located<String>, setting: &Setting<'_>) -> Result<Site, Vec<StudyFault>> {
        let world = setting.today;
        match End::of(world, id.get()) {
            Some(End::Node(ix)) => {
                let node = &world.land.nodes[ix.index()];
                Ok(Site {
                    name: node.name.clone(),
                    lon_deg: node.lon_deg,
                    lat_deg: node.lat_deg,
                    unlocode: node.port.map(|port| world.port_at(port).unlocode.clone()),
                    id: id.get().clone(),
                })
            }
            Some(End::Port(ix)) => {
                let port = world.port_at(ix);
                Ok(Site {
                    name: port.name.clone(),
                    lon_deg: port.lon_deg,
                    lat_deg: port.lat_deg,
                    unlocode: Some(port.unlocode.clone()),
                    id: id.get().clone(),
                })
            }
            None => {
                let places = world.land.nodes.iter().map(|n| n.id.as_str());
                Err(vec![setting.unknown(id, "place or port", places)])
            }
        }
    }

    pub(super) fn sea_end(&self) -> SeaEnd {
        SeaEnd {
            unlocode: self.unlocode.clone(),
            lon_deg: self.lon_deg,
            lat_deg: self.lat_deg,
        }
    }

    pub(super) fn sea_km(&self, other: &Site, setting: &Setting<'_>) -> Result<f64, String> {
        let query = setting
            .today
            .sea_query(self.sea_end(), other.sea_end(), ShipLimits::default());
        setting
            .sea
            .leg(&query)
            .map(|leg| leg.distance_nm * KM_PER_NM)
    }
}

struct Distance {
    from: String,
    /// Label and length of each reading.
    ways: Vec<(String, f64)>,
    /// Readings without a way, with the reason.
    without: Vec<(String, String)>,
}

pub(super) fn resolve(
    spec: &DistanceSpec,
    setting: &Setting<'_>,
) -> Result<Resolved, Vec<StudyFault>> {
    let from = Site::of(&spec.from, setting)?;
    let to = super::all(spec.to.iter().map(|id| Site::of(id, setting)))?;
    let (mut ways, mut without) = (Vec::new(), Vec::new());
    for site in &to {
        for &path in &spec.paths {
            let (label, length) = measure(&from, site, path, setting);
            match length {
                Ok(km) => ways.push((label, km)),
                Err(why) => without.push((label, why)),
            }
        }
    }
    let info = info(&from.name);
    if ways.is_empty() {
        return Ok(Resolved::Unavailable {
            info,
            why: "no way between the places was found".to_owned(),
            evidence: vec![table(&ways, &without)],
        });
    }
    Resolved::of(Distance {
        from: from.name,
        ways,
        without,
    })
}

fn measure(
    from: &Site,
    to: &Site,
    path: PathKind,
    setting: &Setting<'_>,
) -> (String, Result<f64, String>) {
    match path {
        PathKind::GreatCircle => (
            format!("to {}, straight", to.name),
            Ok(great_circle_km(
                (from.lon_deg, from.lat_deg),
                (to.lon_deg, to.lat_deg),
            )),
        ),
        PathKind::Sea => (format!("to {}, by sea", to.name), from.sea_km(to, setting)),
        PathKind::Land => {
            let world = setting.today;
            let ends = (world.land.node(&from.id), world.land.node(&to.id));
            let km = match ends {
                (Some(a), Some(b)) => world.land.shortest_km(a, b),
                _ => None,
            };
            (
                format!("to {}, by land", to.name),
                km.ok_or_else(|| "no link leads there".to_owned()),
            )
        }
    }
}

fn info(from: &str) -> MeasureInfo {
    MeasureInfo {
        kind: "distance".to_owned(),
        description: format!("distance from {from}"),
        unit: "km".to_owned(),
    }
}

fn table(ways: &[(String, f64)], without: &[(String, String)]) -> EvidenceTable {
    let found = ways
        .iter()
        .map(|(label, km)| vec![label.clone(), tidy(km.round())]);
    let missing = without
        .iter()
        .map(|(label, why)| vec![label.clone(), why.clone()]);
    EvidenceTable {
        title: "Distances".to_owned(),
        columns: vec!["way".to_owned(), "length (km)".to_owned()],
        rows: found.chain(missing).collect(),
    }
}

impl Measure for Distance {
    fn info(&self) -> MeasureInfo {
        info(&self.from)
    }

    fn readings(&self) -> Vec<String> {
        self.ways.iter().map(|(label, _)| label.clone()).collect()
    }

    fn figure(&self, run: &Run<'_>) -> Option<f64> {
        self.ways
            .get(run.reading(self.ways.len()))
            .map(|(_, km)| *km)
    }

    fn evidence(&self, _run: &Run<'_>) -> Vec<EvidenceTable> {
        vec![table(&self.ways, &self.without)]
    }
}
