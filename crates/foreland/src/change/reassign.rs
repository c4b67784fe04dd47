//! `reassign`: a terminal changes hands.

use schemars::JsonSchema;
use serde::Deserialize;

use super::disruption::{Disruption, Effect};
use super::{Resolved, Site, target};
use crate::study::{Day, Located, Quantity, StudyFault};

/// A terminal changes hands.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReassignSpec {
    /// `terminal/id`.
    pub target: Located<String>,
    /// First day.
    pub start: Located<Day>,
    /// Last day; stays, if absent.
    pub end: Option<Located<Day>>,
    /// The new operator.
    pub operator: String,
    /// Country codes of the new operator's parents.
    pub operator_countries: Vec<Located<String>>,
    /// How the new operator gets going; at once, if absent. A simulation sees it.
    pub ramp_up: Option<RampUpSpec>,
}

/// Work that starts at a part and grows back in a straight line.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RampUpSpec {
    /// Part of the capacity on the first day, 0 to 1.
    pub from_part: Located<Quantity>,
    /// Days until all of it is there.
    pub days: Located<Quantity>,
}

fn ramp_up(
    spec: &ReassignSpec,
    site: &Site<'_>,
    effect: &str,
) -> Result<Option<Disruption>, Vec<StudyFault>> {
    let Some(ramp) = &spec.ramp_up else {
        return Ok(None);
    };
    let label = |what: &str| format!("{what} of the new operator of {}", spec.target.get());
    let ramped = Effect::RampUp {
        from_part: site.value(
            &ramp.from_part,
            "from_part",
            label("capacity on the first day"),
            "1",
            1.0,
        )?,
        days: site.value(&ramp.days, "days", label("ramp-up"), "d", 36_500.0)?,
    };
    let mut disruption = site.opening(&spec.target, effect, spec.start.0, spec.end.as_ref());
    (disruption.kind, disruption.effect) = ("reassign", ramped);
    Ok(Some(disruption))
}

pub(super) fn resolve(spec: &ReassignSpec, site: &Site<'_>) -> Result<Resolved, Vec<StudyFault>> {
    let (_, id) = target::split(site, &spec.target, &["terminal"])?;
    let ix = target::terminal(site, &spec.target, id)?;
    let terminal = &site.world.terminals[ix];
    let mut faults = Vec::new();
    for country in &spec.operator_countries {
        if country.len() != 2 || !country.bytes().all(|b| b.is_ascii_uppercase()) {
            faults.extend(site.fault(
                country,
                format!("`{}` is not a country code", country.get()),
                "give ISO 3166-1 alpha-2 codes, such as \"DK\"",
            ));
        }
    }
    let countries: Vec<String> = spec
        .operator_countries
        .iter()
        .map(|c| c.get().clone())
        .collect();
    if terminal.operator == spec.operator && terminal.operator_countries == countries {
        faults.extend(site.fault(
            &spec.target,
            format!(
                "{} runs `{id}` already; the change changes nothing",
                spec.operator
            ),
            "name another operator, or remove the change",
        ));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let effect = format!(
        "{} passes from {} to {}",
        terminal.name, terminal.operator, spec.operator
    );
    let disruption = ramp_up(spec, site, &effect)?;
    let (id, operator) = (id.to_owned(), spec.operator.clone());
    Ok(Resolved {
        kind: "reassign",
        target: spec.target.get().clone(),
        start: spec.start.0,
        end: spec.end.as_ref().map(|end| end.0),
        effect,
        replaces: Vec::new(),
        disruption,
        apply: Box::new(move |world| {
            for terminal in world.terminals.iter_mut().filter(|t| t.id == id) {
                terminal.operator.clone_from(&operator);
                terminal.operator_countries.clone_from(&countries);
            }
        }),
    })
}
