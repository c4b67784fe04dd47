//! Which of several ports is nearest by sea.

use super::distance::Site;
use super::{Measure, Resolved, Run, Setting, all};
use crate::claim::test::tidy;
use crate::findings::{EvidenceTable, MeasureInfo};
use crate::study::{NearestShareSpec, StudyFault};

struct Nearest {
    from: String,
    rivals: Vec<String>,
    /// Destination, distance from the port and from each rival, km; infinite where no way is.
    ways: Vec<(String, f64, Vec<f64>)>,
}

pub(super) fn resolve(
    spec: &NearestShareSpec,
    setting: &Setting<'_>,
) -> Result<Resolved, Vec<StudyFault>> {
    let from = Site::of(&spec.from, setting);
    let rivals = all(spec.rivals.iter().map(|id| Site::of(id, setting)));
    let to = all(spec.to.iter().map(|id| Site::of(id, setting)));
    let (from, rivals, to) = match (from, rivals, to) {
        (Ok(from), Ok(rivals), Ok(to)) => (from, rivals, to),
        (from, rivals, to) => {
            let mut faults = from.err().unwrap_or_default();
            faults.extend(rivals.err().unwrap_or_default());
            faults.extend(to.err().unwrap_or_default());
            return Err(faults);
        }
    };
    let km = |a: &Site, b: &Site| a.sea_km(b, setting).unwrap_or(f64::INFINITY);
    let ways: Vec<_> = to
        .iter()
        .map(|site| {
            let others = rivals.iter().map(|rival| km(rival, site)).collect();
            (site.name.clone(), km(&from, site), others)
        })
        .filter(|(_, own, _)| own.is_finite())
        .collect();
    let nearest = Nearest {
        from: from.name,
        rivals: rivals.into_iter().map(|site| site.name).collect(),
        ways,
    };
    if nearest.ways.is_empty() {
        return Ok(Resolved::Unavailable {
            info: nearest.info(),
            why: "no way by sea to any of the destinations was found".to_owned(),
            evidence: Vec::new(),
        });
    }
    Resolved::of(nearest)
}

impl Measure for Nearest {
    fn info(&self) -> MeasureInfo {
        MeasureInfo {
            kind: "nearest_share".to_owned(),
            description: format!(
                "share of {} destinations that are nearer by sea to {} than to {}",
                self.ways.len(),
                self.from,
                self.rivals.join(" or ")
            ),
            unit: "%".to_owned(),
        }
    }

    fn figure(&self, _run: &Run<'_>) -> Option<f64> {
        let nearer = self
            .ways
            .iter()
            .filter(|(_, own, others)| others.iter().all(|other| own < other));
        Some(100.0 * nearer.count() as f64 / self.ways.len() as f64)
    }

    fn evidence(&self, _run: &Run<'_>) -> Vec<EvidenceTable> {
        let mut columns = vec!["destination".to_owned(), format!("from {} (km)", self.from)];
        columns.extend(self.rivals.iter().map(|rival| format!("from {rival} (km)")));
        let rows = self
            .ways
            .iter()
            .map(|(name, own, others)| {
                let mut row = vec![name.clone(), tidy(own.round())];
                row.extend(others.iter().map(|km| {
                    if km.is_finite() {
                        tidy(km.round())
                    } else {
                        "no way".to_owned()
                    }
                }));
                row
            })
            .collect();
        vec![EvidenceTable {
            title: "Distances by sea".to_owned(),
            columns,
            rows,
        }]
    }
}
