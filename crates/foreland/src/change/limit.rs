//! `limit`: a terminal or passage takes smaller or larger ships.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Apply, Resolved, Site, target};
use crate::study::{Day, Located, StudyFault};
use crate::world::ShipLimits;

/// A terminal or passage takes smaller or larger ships.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LimitSpec {
    /// `terminal/id` or `passage/id`.
    pub target: Located<String>,
    /// First day.
    pub start: Located<Day>,
    /// Last day; stays, if absent.
    pub end: Option<Located<Day>>,
    /// Longest ship, m.
    #[schemars(range(min = 0))]
    pub loa_m: Option<f64>,
    /// Widest ship, m.
    #[schemars(range(min = 0))]
    pub beam_m: Option<f64>,
    /// Deepest draught, m.
    #[schemars(range(min = 0))]
    pub draught_m: Option<f64>,
    /// Highest air draught, m.
    #[schemars(range(min = 0))]
    pub air_draught_m: Option<f64>,
}

impl LimitSpec {
    fn limits(&self) -> [(&'static str, Option<f64>); 4] {
        [
            ("length", self.loa_m),
            ("beam", self.beam_m),
            ("draught", self.draught_m),
            ("air draught", self.air_draught_m),
        ]
    }

    fn over(&self, limits: ShipLimits) -> ShipLimits {
        ShipLimits {
            loa_m: self.loa_m.or(limits.loa_m),
            beam_m: self.beam_m.or(limits.beam_m),
            draught_m: self.draught_m.or(limits.draught_m),
            air_draught_m: self.air_draught_m.or(limits.air_draught_m),
        }
    }
}

pub(super) fn resolve(spec: &LimitSpec, site: &Site<'_>) -> Result<Resolved, Vec<StudyFault>> {
    let (kind, id) = target::split(site, &spec.target, &["terminal", "passage"])?;
    let stated: Vec<String> = spec
        .limits()
        .iter()
        .filter_map(|(name, limit)| limit.map(|m| format!("{name} {m} m")))
        .collect();
    let unphysical = spec
        .limits()
        .iter()
        .any(|(_, limit)| limit.is_some_and(|m| !(m.is_finite() && m > 0.0)));
    if stated.is_empty() || unphysical {
        return Err(site.fault(
            &spec.target,
            "the change states no limit that a ship could have",
            "give at least one of loa_m, beam_m, draught_m, air_draught_m, above 0 m",
        ));
    }
    let wanted = spec.clone();
    let (name, same, apply): (String, bool, Apply) = if kind == "terminal" {
        let ix = target::terminal(site, &spec.target, id)?;
        let terminal = &site.world.terminals[ix];
        let id = id.to_owned();
        (
            terminal.name.clone(),
            spec.over(terminal.limits) == terminal.limits,
            Box::new(move |world| {
                for terminal in world.terminals.iter_mut().filter(|t| t.id == id) {
                    terminal.limits = wanted.over(terminal.limits);
                }
            }),
        )
    } else {
        let found = target::passages(site, &spec.target, id)?;
        let passages = &site.world.passages;
        let same = |ix: &usize| spec.over(passages[*ix].limits) == passages[*ix].limits;
        (
            passages[found[0]].name.clone(),
            found.iter().all(same),
            Box::new(move |world| {
                for &ix in &found {
                    let limits = world.passages[ix].limits;
                    world.passages[ix].limits = wanted.over(limits);
                }
            }),
        )
    };
    if same {
        return Err(site.fault(
            &spec.target,
            "these limits hold already; the change changes nothing",
            "state other limits, or remove the change",
        ));
    }
    Ok(Resolved {
        kind: "limit",
        target: spec.target.get().clone(),
        start: spec.start.0,
        end: spec.end.as_ref().map(|end| end.0),
        effect: format!("{name} is limited to {}", stated.join(", ")),
        replaces: Vec::new(),
        disruption: None,
        apply,
    })
}
