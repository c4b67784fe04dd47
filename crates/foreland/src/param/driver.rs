//! What moves in an ensemble: a parameter, or a group of parameters that move together.

use std::collections::BTreeMap;

use super::{Draw, Param, ParamIx, Params};
use crate::atlas::Origin;
use crate::quantity::Basis;

/// Beyond its range a value that cannot be negative stops at this share of its low end.
const NEVER_BELOW: f64 = 0.05;

/// Something uncertain.
#[derive(Clone, Debug, PartialEq)]
pub struct Driver {
    /// Identifier: that of the parameter or of the group.
    pub id: String,
    /// Label for people.
    pub label: String,
    /// Table that it comes from.
    pub table: String,
    /// Unit.
    pub unit: String,
    /// Low end; the mean over its parameters.
    pub low: f64,
    /// Most plausible value; the mean over its parameters.
    pub mid: f64,
    /// High end; the mean over its parameters.
    pub high: f64,
    /// Where it comes from; of a group, the weakest basis among its parameters.
    pub origin: Origin,
    pub(crate) members: Vec<ParamIx>,
}

impl Driver {
    /// The driver's value at a position: −1 is the low end, 0 the most plausible value, 1 the high
    /// end; positions beyond run on in a straight line.
    pub fn value_at(&self, position: f64) -> f64 {
        place(self.low, self.mid, self.high, position)
    }

    /// The position of a value.
    pub fn position_of(&self, value: f64) -> f64 {
        let reach = if value < self.mid {
            self.mid - self.low
        } else {
            self.high - self.mid
        };
        if reach > 0.0 {
            (value - self.mid) / reach
        } else {
            // One side of the range is closed: continue with the other side's slope.
            (value - self.mid) / (self.high - self.low)
        }
    }

    /// A draw with this driver moved to a position.
    pub fn moved(&self, params: &Params, draw: &Draw, position: f64) -> Draw {
        let mut moved = draw.clone();
        for &ix in &self.members {
            let range = params.get(ix).range;
            let mut value = place(range.low, range.mid, range.high, position);
            if range.low >= 0.0 {
                // What cannot be negative stays above nothing, however far the search goes.
                value = value.max(NEVER_BELOW * range.low);
            }
            moved = moved.with(ix, value);
        }
        moved
    }
}

fn place(low: f64, mid: f64, high: f64, position: f64) -> f64 {
    let (below, above) = (mid - low, high - mid);
    let reach = match position < 0.0 {
        true if below > 0.0 => below,
        false if above > 0.0 => above,
        // A closed side stays closed inside the range and continues beyond it.
        _ if position.abs() <= 1.0 => 0.0,
        _ => high - low,
    };
    mid + position * reach
}

/// The drivers of a set of parameters, in the order of their identifiers.
pub(crate) fn drivers_of(params: &Params) -> Vec<Driver> {
    let mut groups: BTreeMap<&str, Vec<(ParamIx, &Param)>> = BTreeMap::new();
    for (ix, param) in params.iter().filter(|(_, param)| param.varies()) {
        let id = param.group.as_ref().map_or(&param.id, |group| &group.id);
        groups.entry(id).or_default().push((ix, param));
    }
    groups
        .into_iter()
        .map(|(id, members)| driver_of(id, &members))
        .collect()
}

fn driver_of(id: &str, members: &[(ParamIx, &Param)]) -> Driver {
    let mean = |value: fn(&Param) -> f64| {
        members.iter().map(|(_, param)| value(param)).sum::<f64>() / members.len() as f64
    };
    let first = members[0].1;
    let weakest = |basis: Basis| members.iter().any(|(_, param)| param.origin.basis == basis);
    let mut origin = first.origin.clone();
    let mut label = first.label.clone();
    if let Some(group) = &first.group {
        label.clone_from(&group.label);
        origin.basis = [Basis::Assumed, Basis::Derived]
            .into_iter()
            .find(|&basis| weakest(basis))
            .unwrap_or(Basis::Sourced);
        origin.note = format!("mean of {} values that move together", members.len());
    }
    Driver {
        id: id.to_owned(),
        label,
        table: first.table.clone(),
        unit: first.unit.clone(),
        low: mean(|param| param.range.low),
        mid: mean(|param| param.range.mid),
        high: mean(|param| param.range.high),
        origin,
        members: members.iter().map(|(ix, _)| *ix).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn positions_meet_the_ends_and_run_on() {
        assert_eq!(place(10.0, 12.0, 18.0, -1.0), 10.0);
        assert_eq!(place(10.0, 12.0, 18.0, 0.0), 12.0);
        assert_eq!(place(10.0, 12.0, 18.0, 1.0), 18.0);
        assert_eq!(place(10.0, 12.0, 18.0, 2.0), 24.0);
        assert_eq!(place(10.0, 12.0, 18.0, -2.0), 8.0);
    }

    #[test]
    fn a_closed_side_opens_beyond_the_range_only() {
        assert_eq!(place(10.0, 10.0, 18.0, -1.0), 10.0);
        assert_eq!(place(10.0, 10.0, 18.0, -1.5), -2.0);
    }
}
