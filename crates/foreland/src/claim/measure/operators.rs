//! Who runs the terminals at some places.

use super::{Measure, Resolved, Run, Setting, all};
use crate::atlas::CargoKind;
use crate::claim::test::tidy;
use crate::findings::{EvidenceTable, MeasureInfo};
use crate::study::{Located, OperatorShareSpec, StudyFault, TerminalWeight};
use crate::world::{PortIx, Terminal, World};

struct Operators {
    places: Vec<Places>,
    countries: Vec<Vec<String>>,
    weights: Vec<TerminalWeight>,
}

/// A reading of which places are meant.
struct Places {
    title: String,
    ends: Vec<Vec<PortIx>>,
}

pub(super) fn resolve(
    spec: &OperatorShareSpec,
    setting: &Setting<'_>,
) -> Result<Resolved, Vec<StudyFault>> {
    let places = all(spec.places.iter().map(|reading| {
        let ends = all(reading
            .ends
            .iter()
            .map(|ports| all(ports.iter().map(|code| container_port(code, setting)))))?;
        Ok(Places {
            title: reading.title.clone(),
            ends,
        })
    }))?;
    let countries: Vec<Vec<String>> = spec
        .countries
        .iter()
        .map(|list| list.iter().map(|c| c.get().clone()).collect())
        .collect();
    if places.is_empty() || countries.is_empty() || spec.weights.is_empty() {
        let message = "an operator share needs places, countries and weights";
        return Err(vec![setting.text.fault(0..0, message, None)]);
    }
    Resolved::of(Operators {
        places,
        countries,
        weights: spec.weights.clone(),
    })
}

/// A port with container terminals: one without would count for nothing and nobody would see.
fn container_port(
    code: &Located<String>,
    setting: &Setting<'_>,
) -> Result<PortIx, Vec<StudyFault>> {
    let port = setting.port(code)?;
    let mut terminals = setting.today.terminals_at(port, CargoKind::Container);
    if terminals.next().is_none() {
        return Err(vec![setting.fault(
            code,
            format!(
                "terminals.csv has no container terminal at {} on {}",
                code.get(),
                setting.today.date
            ),
            "name the port under which its terminals stand",
        )]);
    }
    Ok(port)
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
    // The sum of nothing is −0, which would be shown.
    (whole > 0.0).then(|| 100.0 * (theirs + 0.0) / whole)
}

impl Operators {
    fn count(&self) -> usize {
        self.places.len() * self.countries.len() * self.weights.len()
    }

    fn reading(&self, ix: usize) -> (&Places, &[String], TerminalWeight) {
        let (rest, weight) = (ix / self.weights.len(), ix % self.weights.len());
        let (places, countries) = (rest / self.countries.len(), rest % self.countries.len());
        (
            &self.places[places],
            &self.countries[countries],
            self.weights[weight],
        )
    }
}

impl Measure for Operators {
    fn info(&self) -> MeasureInfo {
        let titles: Vec<&str> = self.places.iter().map(|p| p.title.as_str()).collect();
        MeasureInfo {
            kind: "operator_share".to_owned(),
            description: format!(
                "share of container terminals run by the countries, the least among the places: {}",
                titles.join("; or ")
            ),
            unit: "%".to_owned(),
        }
    }

    fn readings(&self) -> Vec<String> {
        (0..self.count())
            .map(|ix| {
                let (places, countries, weight) = self.reading(ix);
                let weighed = match weight {
                    TerminalWeight::Count => "each terminal counts one",
                    TerminalWeight::Capacity => "terminals weighed by capacity",
                    TerminalWeight::Largest => "only the largest terminal of each place counts",
                };
                format!("{}, {}, {weighed}", places.title, countries.join(" or "))
            })
            .collect()
    }

    fn figure(&self, run: &Run<'_>) -> Option<f64> {
        let (places, countries, weight) = self.reading(run.reading(self.count()));
        places
            .ends
            .iter()
            .map(|ports| share(run.today, ports, countries, weight))
            .try_fold(f64::INFINITY, |least, share| Some(least.min(share?)))
            .filter(|least| least.is_finite())
    }

    fn evidence(&self, run: &Run<'_>) -> Vec<EvidenceTable> {
        let world = run.today;
        let mut rows = Vec::new();
        let mut ports: Vec<PortIx> = Vec::new();
        for port in self.places.iter().flat_map(|p| p.ends.iter().flatten()) {
            if !ports.contains(port) {
                ports.push(*port);
            }
        }
        for port in ports {
            for terminal in world.terminals_at(port, CargoKind::Container) {
                let capacity = terminal.capacity_teu_per_year;
                rows.push(vec![
                    world.port_at(port).name.clone(),
                    terminal.name.clone(),
                    terminal.operator.clone(),
                    terminal.operator_countries.join(", "),
                    terminal.owner.clone(),
                    capacity.map_or_else(|| "unknown".to_owned(), tidy),
                    terminal.source.clone(),
                ]);
            }
        }
        vec![EvidenceTable {
            title: format!("Container terminals on {}", world.date),
            columns: [
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
