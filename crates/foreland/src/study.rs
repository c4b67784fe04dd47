//! A study: the baselines, the scenarios, what to measure, and the claims to test.

mod claim_spec;
mod flows_spec;
mod located;
mod moment;
mod quantity;
mod services_spec;
mod simulation_flow_spec;
mod simulation_outcome_spec;
mod simulation_spec;
mod spec;
mod switch;
mod value;
mod world_trade_spec;

pub use crate::error::{StudyError, StudyFault, StudyText};
pub use claim_spec::*;
pub use flows_spec::{
    FlowsSpec, HinterlandSpec, InvestmentSpec, ObservedRole, ObservedSpec, PortLoadSpec,
    PublishedTeuSpec,
};
pub use located::Located;
pub use moment::Moment;
pub use quantity::{Quantity, QuantityOf};
pub use services_spec::ServicesSpec;
pub use simulation_flow_spec::*;
pub use simulation_outcome_spec::*;
pub use simulation_spec::*;
pub use spec::{
    BaselineSpec, Day, FlowSpec, FreightRule, RunSpec, ScenarioSpec, ServiceChoice, StudySpec,
};
pub use switch::SWITCHED_OFF;
pub(crate) use value::Meaning;
pub use value::Value;
pub use world_trade_spec::{
    OutcomeMeasure, OutcomeQuantity, OutcomeSpec, SlotsSpec, WorldTradeSpec,
};

use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorCode, Problem};

/// Largest study file that is read.
pub const MAX_STUDY_BYTES: u64 = 1024 * 1024;
/// Name of the file in a study's folder.
pub const STUDY_FILE: &str = "study.toml";

/// A study file that was read and parsed; its references are resolved when it is run.
#[derive(Clone, Debug)]
pub struct Study {
    /// Name of its folder.
    pub id: String,
    /// The file.
    pub path: PathBuf,
    /// What it says.
    pub spec: StudySpec,
    /// Its text, to place errors in it.
    pub text: StudyText,
}

impl Study {
    /// Reads a study from its folder or its file.
    ///
    /// # Errors
    ///
    /// [`Error::Study`] with line and caret if the file is not a study; [`Error::Input`] if it is
    /// absent or too large.
    pub fn load(path: &Path) -> Result<Study, Error> {
        let file = if path.is_dir() {
            path.join(STUDY_FILE)
        } else {
            path.to_owned()
        };
        let shown = file.display().to_string();
        let size = std::fs::metadata(&file).map_err(|cause| Error::Io {
            action: "read",
            path: file.clone(),
            cause,
        })?;
        if size.len() > MAX_STUDY_BYTES {
            return Err(Error::Input(
                Problem::in_file(
                    shown,
                    format!(
                        "the study has {} bytes; at most {MAX_STUDY_BYTES} are read",
                        size.len()
                    ),
                    "move data into the atlas; a study only names what it uses",
                )
                .of_kind(ErrorCode::TooBig),
            ));
        }
        let bytes = std::fs::read(&file).map_err(|cause| Error::Io {
            action: "read",
            path: file.clone(),
            cause,
        })?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let line = 1 + error.as_bytes()[..error.utf8_error().valid_up_to()]
                .iter()
                .filter(|&&byte| byte == b'\n')
                .count() as u64;
            Error::Input(
                Problem::in_file(shown, "the file is not valid UTF-8", "save it as UTF-8")
                    .on_line(line),
            )
        })?;
        Study::parse(&file, &text)
    }

    /// Reads a study from its text; `path` only names it.
    ///
    /// # Errors
    ///
    /// [`Error::Study`] with line and caret.
    pub fn parse(path: &Path, text: &str) -> Result<Study, Error> {
        let place = StudyText::new(path, text);
        let mut spec: StudySpec = toml::from_str(text).map_err(|error| {
            let span = error.span().unwrap_or(0..0);
            Error::Study(place.error(vec![place.fault(
                span,
                error.message().trim(),
                Some("see docs/schema/study.schema.json for what a study may hold".to_owned()),
            )]))
        })?;
        let faults = build_on_others(&mut spec, &place);
        if !faults.is_empty() {
            return Err(Error::Study(place.error(faults)));
        }
        let id = path.parent().and_then(Path::file_name).map_or_else(
            || "study".to_owned(),
            |name| name.to_string_lossy().into_owned(),
        );
        Ok(Study {
            id,
            path: path.to_owned(),
            spec,
            text: place,
        })
    }

    /// The JSON Schema of study files.
    pub fn json_schema() -> serde_json::Value {
        schemars::schema_for!(StudySpec).into()
    }
}

/// Gives each scenario the changes of the one that it builds on.
fn build_on_others(spec: &mut StudySpec, text: &StudyText) -> Vec<StudyFault> {
    let mut faults = Vec::new();
    for number in 0..spec.scenario.len() {
        let (above, rest) = spec.scenario.split_at_mut(number);
        let this = &mut rest[0];
        let Some(with) = &this.with else { continue };
        let Some(base) = above.iter().find(|one| one.id.get() == with.get()) else {
            faults.push(text.fault(
                with.span(),
                format!("no scenario `{}` stands above this one", with.get()),
                Some("name a scenario that stands further up in the file".to_owned()),
            ));
            continue;
        };
        this.change.splice(0..0, base.change.iter().cloned());
        if this.on.is_none() {
            this.on.clone_from(&base.on);
        }
    }
    faults
}
