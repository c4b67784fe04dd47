//! The space that a sweep moves in: which assumptions are varied, and what a point means for a
//! world.

use std::collections::BTreeMap;

use super::plan::Factor;
use crate::claim::measure::Resolved;
use crate::claim::resolve::Part;
use crate::ensemble::{Sampler, triangular};
use crate::error::{Error, Problem};
use crate::names::closest;
use crate::param::{Draw, Driver, ParamIx, Params, Reads, drivers_of};
use crate::quantity::Basis;

/// What a point means for the parameters of one world.
pub(crate) struct Placement {
    centre: Vec<f64>,
    /// Factor, parameter, low, mid and high end.
    members: Vec<(usize, ParamIx, [f64; 3])>,
}

impl Placement {
    pub(crate) fn new(params: &Params, factors: &[Factor]) -> Placement {
        let known: BTreeMap<&str, usize> = factors
            .iter()
            .enumerate()
            .map(|(number, factor)| (factor.id.as_str(), number))
            .collect();
        let mut members = Vec::new();
        for driver in drivers_of(params) {
            let Some(&factor) = known.get(driver.id.as_str()) else {
                continue;
            };
            for &ix in &driver.members {
                let range = params.get(ix).range;
                members.push((factor, ix, [range.low, range.mid, range.high]));
            }
        }
        Placement {
            centre: params.iter().map(|(_, param)| param.range.mid).collect(),
            members,
        }
    }

    /// The draw at a point, given the place of each factor in its range.
    pub(crate) fn draw(&self, places: &[f64]) -> Draw {
        let mut values = self.centre.clone();
        for &(factor, ix, [low, mid, high]) in &self.members {
            values[ix.index()] = triangular(low, mid, high, places[factor]);
        }
        Draw::of_values(values)
    }

    /// Number of parameters.
    pub(crate) fn parameters(&self) -> usize {
        self.centre.len()
    }

    /// Which factors were asked for.
    pub(crate) fn asked(&self, reads: &Reads, factors: usize) -> Vec<bool> {
        let mut asked = vec![false; factors];
        for &(factor, ix, _) in &self.members {
            asked[factor] |= reads.contains(ix);
        }
        asked
    }
}

/// Identifier of the factor that chooses a part's reading.
pub(crate) fn reading_id(part: &Part<'_>) -> String {
    format!("reading/{}", part.id)
}

/// The reading of a part as a factor, if it has several.
pub(crate) fn reading(part: &Part<'_>) -> Option<Factor> {
    let Resolved::Measure(measure) = &part.measure else {
        return None;
    };
    let readings = measure.readings().len();
    (readings > 1).then(|| Factor {
        id: reading_id(part),
        label: format!("reading of the statement of {}", part.id),
        unit: format!("of {readings}"),
        low: 1.0,
        mid: 1.0,
        high: readings as f64,
        basis: Basis::Assumed,
    })
}

/// A driver as a factor.
pub(crate) fn factor(driver: &Driver) -> Factor {
    Factor {
        id: driver.id.clone(),
        label: driver.label.clone(),
        unit: driver.unit.clone(),
        low: driver.low,
        mid: driver.mid,
        high: driver.high,
        basis: driver.origin.basis,
    }
}

/// Draws in which it is looked which assumptions a model asks for.
pub(crate) const PROBES: u32 = 64;

/// The draws of a world in which it is looked what is asked for.
pub(crate) fn probes(params: &Params, seed: u64) -> Vec<Draw> {
    let sampler = Sampler::new(params, seed, PROBES);
    let sampled = (0..PROBES).map(|run| sampler.draw(run));
    std::iter::once(Draw::central(params))
        .chain(sampled)
        .collect()
}

/// Which factors the caller wants varied.
///
/// # Errors
///
/// A pattern that fits none.
pub(crate) fn chosen(factors: &[Factor], patterns: &[String]) -> Result<Vec<bool>, Error> {
    for pattern in patterns {
        if !factors.iter().any(|factor| fits(&factor.id, pattern)) {
            let near = closest(pattern, factors.iter().map(|f| f.id.as_str()), 3);
            let remedy = if near.is_empty() {
                "name assumptions as in the findings of a run, with * for any rest".to_owned()
            } else {
                format!("did you mean {}?", near.join(", "))
            };
            return Err(Error::Input(Problem::in_file(
                "argument --vary",
                format!("the model asks for no assumption `{pattern}`"),
                remedy,
            )));
        }
    }
    let wanted = |factor: &Factor| patterns.iter().any(|pattern| fits(&factor.id, pattern));
    Ok(factors
        .iter()
        .map(|factor| patterns.is_empty() || wanted(factor))
        .collect())
}

/// Whether an identifier fits a pattern in which `*` stands for any text.
fn fits(id: &str, pattern: &str) -> bool {
    let mut pieces = pattern.split('*');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = id.strip_prefix(first) else {
        return false;
    };
    let mut pieces = pieces.peekable();
    if pieces.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(piece) = pieces.next() {
        if pieces.peek().is_none() {
            return rest.ends_with(piece);
        }
        match rest.find(piece) {
            Some(at) => rest = &rest[at + piece.len()..],
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn patterns() {
        assert!(fits(
            "parameters/weather_margin",
            "parameters/weather_margin"
        ));
        assert!(!fits("parameters/weather_margin", "parameters/weather"));
        assert!(fits("parameters/weather_margin", "parameters/*"));
        assert!(fits("services/ax1/speed_kn", "services/*/speed_kn"));
        assert!(!fits("services/ax1/headway_h", "services/*/speed_kn"));
        assert!(fits("anything", "*"));
    }
}
