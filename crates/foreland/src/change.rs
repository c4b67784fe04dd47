//! Changes: what differs between a world and another.
//!
//! A scenario is a list of dated changes, one type a file. All of them are resolved against the
//! world first, with every error collected; only then are they applied, and the result is another
//! [`World`]. A change that changes nothing is an error; no change at all gives the same world.

mod avoid;
mod ban;
mod block;
mod close;
mod cordon;
mod delay;
mod disruption;
mod limit;
mod lose;
mod open;
mod ration;
mod reassign;
mod reprice;
mod scenario;
mod serve;
mod simulated;
mod stepped;
mod strike;
mod surge;
mod target;
mod tariff;

pub use avoid::{AvoidSpec, ShareStepSpec};
pub use ban::BanSpec;
pub use block::BlockSpec;
pub use close::CloseSpec;
pub use cordon::CordonSpec;
pub use delay::DelaySpec;
pub(crate) use disruption::DEFAULT_PAYER;
pub use disruption::{Disruption, DisruptionEnd, Effect, OtherWay, UnknownEndSpec};
pub use limit::LimitSpec;
pub use lose::LoseSpec;
pub use open::OpenSpec;
pub use ration::{RationSpec, SlotStepSpec};
pub use reassign::{RampUpSpec, ReassignSpec};
pub use reprice::RepriceSpec;
pub use scenario::{Changed, apply};
pub use serve::ServeSpec;
pub(crate) use simulated::{Simulated, disruptions};
pub use strike::StrikeSpec;
pub use surge::{ArrivalStepSpec, SurgeSpec};
pub use tariff::TariffSpec;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::atlas::Atlas;
use crate::param::{Param, ParamIx};
use crate::study::{Located, StudyFault, StudyText};
use crate::world::World;

/// A change as it is written in a study.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChangeSpec {
    /// A terminal, passage, link or port opens.
    Open(OpenSpec),
    /// A terminal, passage, service or port closes.
    Close(CloseSpec),
    /// A terminal or passage takes smaller or larger ships.
    Limit(LimitSpec),
    /// Something takes longer.
    Delay(DelaySpec),
    /// Something costs more or less.
    Reprice(RepriceSpec),
    /// A terminal changes hands.
    Reassign(ReassignSpec),
    /// A liner service starts.
    Serve(ServeSpec),
    /// A link or border is blocked.
    Block(BlockSpec),
    /// Goods of one country pay a duty in another.
    Tariff(TariffSpec),
    /// Goods of one country may not enter another.
    Ban(BanSpec),
    /// Workers stop, all or a part of them.
    Strike(StrikeSpec),
    /// Security closes a place.
    Cordon(CordonSpec),
    /// Berths, cranes or lanes are lost.
    Lose(LoseSpec),
    /// A canal gives out other numbers of slots.
    Ration(RationSpec),
    /// More or fewer come.
    Surge(SurgeSpec),
    /// A share of those who come goes another way.
    Avoid(AvoidSpec),
}

impl ChangeSpec {
    /// Kind and target, as far as it has one.
    fn names(&self) -> (&'static str, &str) {
        match self {
            ChangeSpec::Open(spec) => ("open", spec.target.get()),
            ChangeSpec::Close(spec) => ("close", spec.target.get()),
            ChangeSpec::Limit(spec) => ("limit", spec.target.get()),
            ChangeSpec::Delay(spec) => ("delay", spec.target.get()),
            ChangeSpec::Reprice(spec) => ("reprice", spec.target.get()),
            ChangeSpec::Reassign(spec) => ("reassign", spec.target.get()),
            ChangeSpec::Serve(spec) => ("serve", spec.target.get()),
            ChangeSpec::Block(spec) => ("block", spec.target.get()),
            ChangeSpec::Tariff(_) => ("tariff", ""),
            ChangeSpec::Ban(_) => ("ban", ""),
            ChangeSpec::Strike(spec) => ("strike", spec.target.get()),
            ChangeSpec::Cordon(spec) => ("cordon", spec.target.get()),
            ChangeSpec::Lose(spec) => ("lose", spec.target.get()),
            ChangeSpec::Ration(spec) => ("ration", spec.target.get()),
            ChangeSpec::Surge(spec) => ("surge", spec.target.get()),
            ChangeSpec::Avoid(spec) => ("avoid", spec.target.get()),
        }
    }

    fn resolve(&self, site: &Site<'_>) -> Result<Resolved, Vec<StudyFault>> {
        match self {
            ChangeSpec::Open(spec) => open::resolve(spec, site),
            ChangeSpec::Close(spec) => close::resolve(spec, site),
            ChangeSpec::Limit(spec) => limit::resolve(spec, site),
            ChangeSpec::Delay(spec) => delay::resolve(spec, site),
            ChangeSpec::Reprice(spec) => reprice::resolve(spec, site),
            ChangeSpec::Reassign(spec) => reassign::resolve(spec, site),
            ChangeSpec::Serve(spec) => serve::resolve(spec, site),
            ChangeSpec::Block(spec) => block::resolve(spec, site),
            ChangeSpec::Tariff(spec) => tariff::resolve(spec, site),
            ChangeSpec::Ban(spec) => ban::resolve(spec, site),
            ChangeSpec::Strike(spec) => strike::resolve(spec, site),
            ChangeSpec::Cordon(spec) => cordon::resolve(spec, site),
            ChangeSpec::Lose(spec) => lose::resolve(spec, site),
            ChangeSpec::Ration(spec) => ration::resolve(spec, site),
            ChangeSpec::Surge(spec) => surge::resolve(spec, site),
            ChangeSpec::Avoid(spec) => avoid::resolve(spec, site),
        }
    }
}

/// Where a change is resolved: the world before it, the atlas behind it, the file it stands in.
struct Site<'a> {
    world: &'a World,
    atlas: &'a Atlas,
    text: &'a StudyText,
    /// Identifier under which the change's own parameters are kept.
    id: String,
    /// What the draws of its ranges hang on: the same for like changes of different scenarios, so
    /// that they are compared on the same luck.
    luck: String,
    /// What a simulation knows; nothing, if the change is not simulated.
    simulated: &'a Simulated,
}

impl Site<'_> {
    fn fault(
        &self,
        place: &Located<String>,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Vec<StudyFault> {
        vec![self.text.fault(place.span(), message, Some(remedy.into()))]
    }

    /// A parameter that the study introduces.
    fn param(&self, column: &str, label: String, range: [f64; 3], unit: &str) -> Param {
        let id = format!("{}/{column}", self.id);
        let source = format!("stated in {}", self.text.file());
        Param::stated(id, label, range, unit, source)
    }
}

/// A change that was understood.
struct Resolved {
    kind: &'static str,
    /// `kind/id` of what is changed.
    target: String,
    start: Date,
    end: Option<Date>,
    /// The change as a sentence.
    effect: String,
    /// Services that this one takes the place of, as `service/id`.
    replaces: Vec<String>,
    /// What it does over time.
    disruption: Option<Disruption>,
    apply: Apply,
}

impl Resolved {
    /// A change that only a simulation sees, but for what `also` does to the world. The world keeps
    /// it among its disruptions.
    fn over_time(
        disruption: Disruption,
        start: Date,
        end: Option<Date>,
        also: impl Fn(&mut World) + Send + Sync + 'static,
    ) -> Resolved {
        let kept = disruption.clone();
        Resolved {
            kind: disruption.kind,
            target: disruption.target.clone(),
            start,
            end,
            effect: disruption.sentence.clone(),
            replaces: Vec::new(),
            disruption: Some(disruption),
            apply: Box::new(move |world| {
                if !world.disruptions.contains(&kept) {
                    world.disruptions.push(kept.clone());
                }
                also(world);
            }),
        }
    }
}

/// What a change does to a world.
type Apply = Box<dyn Fn(&mut World) + Send + Sync>;

/// Adds a parameter to a world that a change makes.
fn add_param(world: &mut World, param: &Param) -> ParamIx {
    world.params.add(param.clone())
}

/// Checks that a range is ascending and not below a minimum.
fn checked_range(
    site: &Site<'_>,
    range: &Located<[f64; 3]>,
    min: f64,
    unit: &str,
) -> Result<[f64; 3], Vec<StudyFault>> {
    let [low, mid, high] = **range;
    let fine = low.is_finite() && high.is_finite() && min <= low && low <= mid && mid <= high;
    if fine {
        Ok([low, mid, high])
    } else {
        Err(vec![site.text.fault(
            range.span(),
            format!("[{low}, {mid}, {high}] is not a range in {unit}"),
            Some(format!(
                "give [low, most plausible, high] in ascending order, from {min} {unit} up"
            )),
        )])
    }
}
