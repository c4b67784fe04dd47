//! What of a simulation is compared with what was observed, and what claims are tested with.

use super::flow::Flow;
use super::measure::Probe;
use super::resolver::Resolver;
use super::scenario::Scenario;
use super::station::Station;
use crate::atlas::{FactRow, Row};
use crate::study::{ClaimSpec, Located, MeasureSpec, OutcomeRole, SimulatedOutcomeSpec};

/// What outcomes may name.
pub(super) struct Known<'k, 'a> {
    pub(super) stations: &'k [Station],
    pub(super) flows: &'k [Flow],
    pub(super) scenarios: &'k [Scenario<'a>],
}

/// An outcome, resolved.
pub(super) struct Outcome<'a> {
    pub(super) spec: &'a SimulatedOutcomeSpec,
    pub(super) observed: Observed,
    pub(super) probe: Probe,
}

/// A measure that a claim is tested with.
pub(super) struct ClaimProbe {
    /// Where it stands in the study: by that the claim finds its figures.
    pub(super) at: usize,
    pub(super) probe: Probe,
}

/// A figure of facts.csv.
#[derive(Clone, Debug)]
pub(super) struct Observed {
    pub(super) value: f64,
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) unit: String,
    pub(super) source: String,
}

impl<'a> Resolver<'a> {
    pub(super) fn outcomes(
        &mut self,
        specs: &'a [SimulatedOutcomeSpec],
        known: &Known<'_, '_>,
    ) -> Vec<Outcome<'a>> {
        let mut outcomes = Vec::new();
        for spec in specs {
            outcomes.extend(self.outcome(spec, known));
        }
        outcomes
    }

    fn outcome(
        &mut self,
        spec: &'a SimulatedOutcomeSpec,
        known: &Known<'_, '_>,
    ) -> Option<Outcome<'a>> {
        let observed = self.observed(&spec.fact)?;
        let probe = self.probe(spec.scenario.as_ref(), &spec.measure, known)?;
        if !same_unit(probe.unit, &observed.unit) {
            self.fault(
                &spec.fact,
                format!(
                    "the fact is in `{}`, the measure in `{}`",
                    observed.unit, probe.unit
                ),
                "compare like with like, or enter the fact in the measure's unit",
            );
        }
        Some(Outcome {
            spec,
            observed,
            probe,
        })
    }

    /// The measures of claims that ask for a simulated one.
    pub(super) fn claim_probes(
        &mut self,
        claims: &[ClaimSpec],
        known: &Known<'_, '_>,
    ) -> Vec<ClaimProbe> {
        let mut probes = Vec::new();
        for part in claims.iter().flat_map(|claim| &claim.part) {
            if let MeasureSpec::Simulated(spec) = part.measure.get() {
                let probe = self.probe(Some(&spec.scenario), &spec.of, known);
                probes.extend(probe.map(|probe| ClaimProbe {
                    at: part.measure.span().start,
                    probe,
                }));
            }
        }
        probes
    }

    fn observed(&mut self, name: &Located<String>) -> Option<Observed> {
        let key = |row: &FactRow| format!("{}/{}", row.subject, row.metric);
        let rows = &self.atlas.facts.rows;
        let found = rows.iter().find(|row| key(row) == *name.get());
        let Some((row, value)) = found.and_then(|row| row.value.map(|value| (row, value))) else {
            let keys: Vec<String> = rows.iter().map(key).collect();
            self.unknown(name, "figure of facts.csv", keys.iter().map(String::as_str));
            return None;
        };
        Some(Observed {
            value,
            low: row.low.unwrap_or(value),
            high: row.high.unwrap_or(value),
            unit: row.unit.clone(),
            source: row.origin().source.clone(),
        })
    }
}

impl Outcome<'_> {
    /// Whether the model is judged by it.
    pub(super) fn is_exam(&self) -> bool {
        self.spec.role == OutcomeRole::Exam
    }
}

/// Whether a fact's unit is that of a measure; counts (`1`) are ships, trucks or the like.
fn same_unit(measure: &str, fact: &str) -> bool {
    match measure {
        "1/day" => fact.ends_with("/day"),
        "1" => !matches!(fact, "d" | "h" | "%" | "M USD") && !fact.contains('/'),
        same => fact == same,
    }
}
