//! `reassign`: a terminal changes hands.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Resolved, Site, target};
use crate::study::{Day, Located, StudyFault};

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
    let (id, operator) = (id.to_owned(), spec.operator.clone());
    Ok(Resolved {
        kind: "reassign",
        target: spec.target.get().clone(),
        start: spec.start.0,
        end: spec.end.as_ref().map(|end| end.0),
        effect,
        replaces: Vec::new(),
        apply: Box::new(move |world| {
            for terminal in world.terminals.iter_mut().filter(|t| t.id == id) {
                terminal.operator.clone_from(&operator);
                terminal.operator_countries.clone_from(&countries);
            }
        }),
    })
}
