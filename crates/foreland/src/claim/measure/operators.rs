//! Who runs the terminals at some places.

use super::{Measure, Resolved, Run, Setting, all};
use crate::atlas::CargoKind;
use crate::claim::test::tidy;
use crate::findings::{EvidenceTable, MeasureInfo};
use crate::study::{OperatorShareSpec, StudyFault, TerminalWeight};
use crate::world::{PortIx, Terminal, World};

struct Operators {
    ends: Vec<Vec<PortIx>>,
    names: Vec<String>,
    countries: Vec<Vec<String>>,
    weights: Vec<TerminalWeight>,
}

pub(super) fn resolve(
    spec: &OperatorShareSpec,
    setting: &Setting<'_>,
) -> Result<Resolved, Vec<StudyFault>> {
    let ends = all(spec
        .ends
        .iter()
        .map(|ports| all(ports.iter().map(|code| setting.port(code)))))?;
    let countries: Vec<Vec<String>> = spec
        .countries
        .iter()
        .map(|list| list.iter().map(|c| c.get().clone()).collect())
        .collect();
    if ends.is_empty() || countries.is_empty() || spec.weights.is_empty() {
        let message = "an operator share needs places, countries and weights";
        return Err(vec![setting.text.fault(0..0, message, None)]);
    }
    let names = ends
        .iter()
        .map(|ports| {
            let names: Vec<&str> = ports
                .iter()
                .map(|&port| setting.today.port_at(port).name.as_str())
                .collect();
            names.join(", ")
        })
        .collect();
    Resolved::of(Operators {
        ends,
        names,
        countries,
        weights: spec.weights.clone(),
    })
}

/// A terminal with its weight. A terminal of unknown capacity weighs nothing by capacity.
fn weigh(terminals: &[&Terminal], weight: TerminalWeight) -> Vec<f64> {
    let capacity = |t: &&Terminal| t.capacity_teu_per_year.unwrap_or(0.0);
    match weight {
        TerminalWeight::Count => vec![1.0; terminals.len()],
        TerminalWeight::Capacity => terminals.iter().map(capacity).collect(),
        TerminalWeight::Largest => {
            let most = terminals.iter().map(capacity).fold(0.0, f64::max);
            terminals
                .iter()
                .map(|t| f64::from(capacity(t) == most && most > 0.0))
                .collect()
        }
    }
}

fn share(
    world: &World,
    ports: &[PortIx],
    countries: &[String],
    weight: TerminalWeight,
) -> Option<f64> {
    let terminals: Vec<&Terminal> = ports
        .iter()
        .flat_map(|&port| world.terminals_at(port, CargoKind::Container))
        .collect();
    let weights = weigh(&terminals, weight);
    let whole: f64 = weights.iter().sum();
    let theirs: f64 = terminals
        .iter()
        .zip(&weights)
        .filter(|(t, _)| t.operator_countries.iter().any(|c| countries.contains(c)))
        .map(|(_, w)| w)
        .sum();
    (whole > 0.0).then(|| 100.0 * theirs / whole)
}

impl Operators {
    fn reading(&self, ix: usize) -> (&[String], TerminalWeight) {
        (
            &self.countries[ix / self.weights.len()],
            self.weights[ix % self.weights.len()],
        )
    }
}

impl Measure for Operators {
    fn info(&self) -> MeasureInfo {
        MeasureInfo {
            kind: "operator_share".to_owned(),
            description: format!(
                "share of container terminals run by the countries, the least of: {}",
                self.names.join("; ")
            ),
            unit: "%".to_owned(),
        }
    }

    fn readings(&self) -> Vec<String> {
        (0..self.countries.len() * self.weights.len())
            .map(|ix| {
                let (countries, weight) = self.reading(ix);
                let weighed = match weight {
                    TerminalWeight::Count => "each terminal counts one",
                    TerminalWeight::Capacity => "terminals weighed by capacity",
                    TerminalWeight::Largest => "only the largest terminal of each place counts",
                };
                format!("{} counts; {weighed}", countries.join(" or "))
            })
            .collect()
    }

    fn figure(&self, run: &Run<'_>) -> Option<f64> {
        let readings = self.countries.len() * self.weights.len();
        let (countries, weight) = self.reading(run.reading(readings));
        self.ends
            .iter()
            .map(|ports| share(run.today, ports, countries, weight))
            .try_fold(f64::INFINITY, |least, share| Some(least.min(share?)))
            .filter(|least| least.is_finite())
    }

    fn evidence(&self, run: &Run<'_>) -> Vec<EvidenceTable> {
        let world = run.today;
        let mut rows = Vec::new();
        for (number, ports) in (1..).zip(&self.ends) {
            for &port in ports {
                for terminal in world.terminals_at(port, CargoKind::Container) {
                    rows.push(vec![
                        format!("place {number}"),
                        world.port_at(port).name.clone(),
                        terminal.name.clone(),
                        terminal.operator.clone(),
                        terminal.operator_countries.join(", "),
                        terminal.owner.clone(),
                        terminal
                            .capacity_teu_per_year
                            .map_or_else(|| "unknown".to_owned(), tidy),
                        terminal.source.clone(),
                    ]);
                }
            }
        }
        vec![EvidenceTable {
            title: format!("Container terminals on {}", world.date),
            columns: [
                "place",
                "port",
                "terminal",
                "operator",
                "country of the operator",
                "owner",
                "capacity (TEU/year)",
                "source",
            ]
            .map(str::to_owned)
            .to_vec(),
            rows,
        }]
    }
}
