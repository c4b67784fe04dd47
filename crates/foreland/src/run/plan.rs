//! What a study asks for, resolved against the atlas.

mod names;
mod services;
mod settings;

pub(crate) use settings::Settings;

use std::collections::BTreeMap;

use super::{Progress, RunRequest};
use crate::atlas::CargoKind;
use crate::change;
use crate::claim::measure::{Flow, Setting};
use crate::claim::resolve::{self, Claim};
use crate::disruption::ClaimFigures;
use crate::error::Error;
use crate::findings::{ChangeInfo, Chosen, PlaceRef};
use crate::sea::SeaCache;
use crate::study::{BaselineSpec, ScenarioSpec, Study, StudyFault, StudyText};
use crate::world::World;
use names::Resolver;
use services::choose_services;
use settings::settings;

/// A study, resolved.
pub(crate) struct Plan<'a> {
    pub(crate) request: &'a RunRequest<'a>,
    pub(crate) study: &'a Study,
    pub(crate) today: World,
    pub(crate) flows: Vec<Flow>,
    pub(crate) places: Vec<FlowPlaces>,
    pub(crate) worlds: Vec<Baseline<'a>>,
    pub(crate) settings: Settings,
    pub(crate) defaults: Vec<Chosen>,
}

/// Where a flow starts and ends.
pub(crate) struct FlowPlaces {
    pub(crate) origin: PlaceRef,
    pub(crate) destination: PlaceRef,
}

/// A baseline's world and those of the scenarios applied to it.
pub(crate) struct Baseline<'a> {
    pub(crate) spec: &'a BaselineSpec,
    pub(crate) world: World,
    pub(crate) changed: Vec<Scenario<'a>>,
}

pub(crate) struct Scenario<'a> {
    pub(crate) spec: &'a ScenarioSpec,
    pub(crate) world: World,
    pub(crate) changes: Vec<ChangeInfo>,
}

impl<'a> Plan<'a> {
    pub(crate) fn new(
        request: &'a RunRequest<'a>,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Plan<'a>, Error> {
        let study = request.study;
        let spec = &study.spec;
        let total = (1 + spec.baseline.len() * (1 + spec.scenario.len())) as u64;
        let step = |done: u64| {
            progress(Progress {
                stage: "worlds",
                done,
                total,
            });
        };
        step(0);
        let today = World::at(request.atlas, spec.as_of.0)?;
        step(1);
        let mut faults = Vec::new();
        let (settings, defaults) = settings(request, &today, &mut faults);
        let mut resolver = Resolver {
            text: &study.text,
            today: &today,
            faults,
        };
        resolver.unique("baseline", spec.baseline.iter().map(|b| &b.id));
        resolver.unique("scenario", spec.scenario.iter().map(|s| &s.id));
        resolver.unique("flow", spec.flow.iter().map(|f| &f.id));
        if spec.baseline.is_empty() {
            resolver.faults.push(study.text.fault(
                0..0,
                "the study has no baseline",
                Some("add at least one [[baseline]] with a date".to_owned()),
            ));
        }
        let (flows, places): (Vec<Flow>, Vec<FlowPlaces>) = spec
            .flow
            .iter()
            .filter_map(|flow| resolver.flow(flow))
            .unzip();
        let mut worlds = Vec::new();
        let mut done = 1;
        for baseline in &spec.baseline {
            request.check_cancelled()?;
            let (resolved, faults) = baseline_worlds(request, baseline, &spec.scenario)?;
            resolver.faults.extend(faults);
            worlds.extend(resolved);
            done += 1 + spec.scenario.len() as u64;
            step(done);
        }
        let faults = resolver.faults;
        if !faults.is_empty() {
            return Err(study.text.error(faults).into());
        }
        Ok(Plan {
            request,
            study,
            today,
            flows,
            places,
            worlds,
            settings,
            defaults,
        })
    }

    /// The claims of the study, resolved.
    pub(crate) fn claims(
        &self,
        cache: &SeaCache<'_>,
        simulated: &BTreeMap<usize, ClaimFigures>,
    ) -> Result<Vec<Claim<'a>>, Error> {
        let spec = &self.study.spec;
        let setting = Setting {
            atlas: self.request.atlas,
            today: &self.today,
            text: &self.study.text,
            flows: &self.flows,
            scenarios: spec.scenario.iter().map(|s| s.id.get().as_str()).collect(),
            sea: cache,
            simulated,
            max_age_years: self.settings.max_age_years,
        };
        resolve::claims(&spec.claim, &setting, self.settings.about_tolerance)
            .map_err(|faults| self.study.text.error(faults).into())
    }

    /// Flows that travel in bulk.
    pub(crate) fn bulk_flows(&self) -> impl Iterator<Item = &Flow> {
        self.flows
            .iter()
            .filter(|flow| self.today.commodities[flow.trip.commodity].cargo == CargoKind::Bulk)
    }
}

/// A baseline's world and its scenarios'; none of them if anything is wrong.
fn baseline_worlds<'a>(
    request: &RunRequest<'a>,
    spec: &'a BaselineSpec,
    scenarios: &'a [ScenarioSpec],
) -> Result<(Option<Baseline<'a>>, Vec<StudyFault>), Error> {
    let text = &request.study.text;
    let mut world = World::at(request.atlas, spec.date.0)?;
    let mut faults = Vec::new();
    if let Some(choice) = &spec.services {
        faults.extend(choose_services(&mut world, choice, text));
    }
    if !faults.is_empty() {
        return Ok((None, faults));
    }
    let id = format!("baseline/{}", spec.id.get());
    let date = Some(spec.date.0);
    let world = match change::apply(&world, request.atlas, text, &id, &spec.change, date) {
        Ok(changed) => changed.world,
        Err(faults) => return Ok((None, faults)),
    };
    let mut changed = Vec::new();
    for scenario in scenarios {
        let id = format!("scenario/{}", scenario.id.get());
        let on = scenario.on.as_ref().map(|day| day.0);
        faults.extend(starts_after(spec, scenario, text));
        match change::apply(&world, request.atlas, text, &id, &scenario.change, on) {
            Ok(after) => changed.push(Scenario {
                spec: scenario,
                world: after.world,
                changes: after.changes,
            }),
            Err(more) => faults.extend(more),
        }
    }
    let baseline = Baseline {
        spec,
        world,
        changed,
    };
    Ok((Some(baseline), faults))
}

fn starts_after(
    baseline: &BaselineSpec,
    scenario: &ScenarioSpec,
    text: &StudyText,
) -> Option<StudyFault> {
    let on = scenario.on.as_ref()?;
    (on.0 < baseline.date.0).then(|| {
        text.fault(
            on.span(),
            format!(
                "scenario `{}` is looked at on {}, before baseline `{}` of {}",
                scenario.id.get(),
                on.0,
                baseline.id.get(),
                baseline.date.0
            ),
            Some("put the dates in order".to_owned()),
        )
    })
}
