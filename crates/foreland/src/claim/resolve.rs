//! From the claims of a study file to measures and tests.

use super::measure::{self, Resolved, Setting};
use super::published::{self, Quoted};
use super::test::Test;
use crate::study::{ClaimSpec, PartSpec, StudyFault};

/// A claim that can be judged.
pub(crate) struct Claim<'a> {
    pub(crate) spec: &'a ClaimSpec,
    pub(crate) parts: Vec<Part<'a>>,
}

/// A part that can be judged.
pub(crate) struct Part<'a> {
    /// `claim.part`.
    pub(crate) id: String,
    pub(crate) spec: &'a PartSpec,
    pub(crate) measure: Resolved,
    pub(crate) test: Option<Test>,
    pub(crate) quoted: Vec<Quoted>,
}

/// Resolves all claims, collecting every fault.
pub(crate) fn claims<'a>(
    specs: &'a [ClaimSpec],
    setting: &Setting<'_>,
    about_tolerance: f64,
) -> Result<Vec<Claim<'a>>, Vec<StudyFault>> {
    let mut faults = Vec::new();
    let mut claims = Vec::new();
    for (number, spec) in specs.iter().enumerate() {
        if specs[..number].iter().any(|s| s.id.get() == spec.id.get()) {
            faults.push(setting.text.fault(
                spec.id.span(),
                format!("claim `{}` stands twice", spec.id.get()),
                Some("give each claim an identifier of its own".to_owned()),
            ));
        }
        if spec.part.is_empty() {
            faults.push(setting.text.fault(
                spec.id.span(),
                format!("claim `{}` has no part that could be tested", spec.id.get()),
                Some("add at least one [[claim.part]] with a measure".to_owned()),
            ));
        }
        let mut parts = Vec::new();
        for part in &spec.part {
            match resolve(spec, part, setting, about_tolerance) {
                Ok(part) => parts.push(part),
                Err(more) => faults.extend(more),
            }
        }
        claims.push(Claim { spec, parts });
    }
    if faults.is_empty() {
        Ok(claims)
    } else {
        Err(faults)
    }
}

fn resolve<'a>(
    claim: &ClaimSpec,
    spec: &'a PartSpec,
    setting: &Setting<'_>,
    about_tolerance: f64,
) -> Result<Part<'a>, Vec<StudyFault>> {
    let mut faults = Vec::new();
    let measure = measure::resolve(&spec.measure, setting)
        .map_err(|more| faults.extend(more))
        .ok();
    let quoted = published::resolve(spec.published.as_ref(), setting)
        .map_err(|more| faults.extend(more))
        .ok();
    let mut test = None;
    if let Some(Resolved::Measure(measure)) = &measure {
        match &spec.holds {
            Some(holds) => {
                let unit = measure.info().unit;
                match Test::resolve(holds, &unit, about_tolerance, setting.text) {
                    Ok(found) => test = Some(found),
                    Err(more) => faults.extend(more),
                }
            }
            None => faults.push(setting.text.fault(
                spec.measure.span(),
                "the part does not say what the figure has to be",
                Some("add `holds = { at_least = …, unit = \"…\" }`".to_owned()),
            )),
        }
    }
    match (measure, quoted) {
        (Some(measure), Some(quoted)) if faults.is_empty() => Ok(Part {
            id: format!("{}.{}", claim.id.get(), spec.id.get()),
            spec,
            measure,
            test,
            quoted,
        }),
        _ => Err(faults),
    }
}
