//! What a year with disruptions that come again costs.

use super::plan::Plan;
use super::record::Replication;
use super::resolver::Resolver;
use super::scenario::Scenario;
use crate::ensemble::hypercube;
use crate::param::Draw;
use crate::study::{RecurrenceSpec, Value};

/// Years that are drawn.
pub(super) const YEARS: u32 = 4000;
/// Most disruptions of a year.
const MOST_A_YEAR: u32 = 1000;

/// Disruptions that come again, resolved.
pub(super) struct Recurrence<'a> {
    pub(super) spec: &'a RecurrenceSpec,
    pub(super) scenario: usize,
    pub(super) per_year: Value,
    /// Variance of the yearly number over its mean; 1 is a Poisson process.
    pub(super) clustering: Option<Value>,
}

impl<'a> Resolver<'a> {
    pub(super) fn recurrences(
        &mut self,
        specs: &'a [RecurrenceSpec],
        scenarios: &[Scenario<'_>],
    ) -> Vec<Recurrence<'a>> {
        let mut found = Vec::new();
        for (number, spec) in (1..).zip(specs) {
            let scenario = self.scenario_ix(&spec.scenario, scenarios);
            let name = |column: &str| format!("recurrence-{number}/{column}");
            let per_year = self.value(
                &spec.per_year,
                &name("per_year"),
                format!("{}: how many a year", spec.title),
                "1/year",
                f64::from(MOST_A_YEAR) / 10.0,
            );
            let clustering = spec.clustering.as_ref().map(|clustering| {
                let label = format!(
                    "{}: variance of the yearly number over its mean",
                    spec.title
                );
                let value = self.value(clustering, &name("clustering"), label, "1", 1000.0);
                if value
                    .as_ref()
                    .is_some_and(|v| v.times * v.param.range.low < 1.0)
                {
                    self.fault(
                        clustering,
                        "disruptions that keep apart are not simulated",
                        "give 1 (a Poisson process) or more (they come together)",
                    );
                }
                value
            });
            if let (Some(scenario), Some(per_year)) = (scenario, per_year) {
                found.push(Recurrence {
                    spec,
                    scenario,
                    per_year,
                    clustering: clustering.flatten(),
                });
            }
        }
        found
    }
}

/// Years of disruptions: which replications' losses fall into each.
pub(super) struct Years {
    pub(super) events: Vec<Vec<usize>>,
}

impl Years {
    /// The yearly number is Poisson, or negative binomial where disruptions come together; each one
    /// has the loss of a replication, drawn at random. Backlogs that run into each other are not
    /// seen.
    pub(super) fn draw(plan: &Plan<'_>, recurrence: &Recurrence<'_>, of: &[Replication]) -> Years {
        let name = |what: &str| format!("recurrence/{}/{what}", recurrence.spec.title);
        let sampler = crate::ensemble::Sampler::new(&plan.params, plan.seed, YEARS);
        let numbers = hypercube(plan.seed, &name("number"), YEARS);
        let events = (0..YEARS).zip(numbers).map(|(year, place)| {
            let draw = sampler.draw(year);
            let count = recurrence.count(plan, &draw, place);
            let picks = hypercube(plan.seed, &name(&format!("year {year}")), count);
            picks
                .into_iter()
                .map(|pick| ((pick * of.len() as f64) as usize).min(of.len() - 1))
                .collect()
        });
        Years {
            events: events.collect(),
        }
    }
}

impl Recurrence<'_> {
    fn count(&self, plan: &Plan<'_>, draw: &Draw, place: f64) -> u32 {
        let mean = self.per_year.of(&plan.params, draw);
        let fano = self
            .clustering
            .as_ref()
            .map_or(1.0, |v| v.of(&plan.params, draw));
        yearly_number(mean, fano.max(1.0), place)
    }
}

/// The number that a place (0 to 1) stands for: the inverse of the Poisson distribution (variance
/// over mean 1) or of the negative binomial (above 1).
fn yearly_number(mean: f64, fano: f64, place: f64) -> u32 {
    if mean <= 0.0 {
        return 0;
    }
    let poisson = fano - 1.0 < 1e-9;
    // Of the negative binomial: r failures, probability p of success, with mean r p / (1 - p).
    let p = 1.0 - 1.0 / fano;
    let r = mean / (fano - 1.0);
    let mut probability = if poisson {
        (-mean).exp()
    } else {
        (1.0 - p).powf(r)
    };
    let mut below = probability;
    let mut number = 0;
    while below < place && number < MOST_A_YEAR {
        let n = f64::from(number);
        probability *= if poisson {
            mean / (n + 1.0)
        } else {
            p * (r + n) / (n + 1.0)
        };
        below += probability;
        number += 1;
    }
    number
}

#[cfg(test)]
mod tests {
    use super::yearly_number;

    #[test]
    fn yearly_numbers_have_the_mean_and_variance_that_were_asked_for() {
        let places = 20_000;
        for (mean, fano) in [(4.0, 1.0), (4.0, 3.0), (0.5, 2.0)] {
            let numbers: Vec<f64> = (0..places)
                .map(|n| (f64::from(n) + 0.5) / f64::from(places))
                .map(|place| f64::from(yearly_number(mean, fano, place)))
                .collect();
            let found = numbers.iter().sum::<f64>() / numbers.len() as f64;
            let squares = numbers.iter().map(|n| (n - found).powi(2)).sum::<f64>();
            let variance = squares / numbers.len() as f64;
            assert!((found / mean - 1.0).abs() < 0.01, "{mean} {fano}: {found}");
            assert!(
                (variance / found / fano - 1.0).abs() < 0.02,
                "{mean} {fano}: {variance}"
            );
        }
        assert_eq!(yearly_number(0.0, 1.0, 0.99), 0);
    }
}
