//! What a study asks for, resolved against the atlas.

use super::{
    DEFAULT_CHAINS, DEFAULT_REPLICATIONS, DEFAULT_SEED, DEFAULT_TRANSSHIPMENTS, Progress,
    RunRequest,
};
use crate::atlas::CargoKind;
use crate::chain::{End, Trip};
use crate::change;
use crate::claim::measure::{Flow, Setting};
use crate::claim::resolve::{self, Claim};
use crate::claim::verdict::Rules;
use crate::error::Error;
use crate::findings::{ChangeInfo, Chosen, PlaceRef};
use crate::names::closest;
use crate::param::Draw;
use crate::sea::SeaCache;
use crate::study::{
    BaselineSpec, FlowSpec, FreightRule, Located, ScenarioSpec, ServiceChoice, Study, StudyFault,
    StudyText,
};
use crate::world::World;

/// Most replications of a run.
const MAX_REPLICATIONS: u32 = 1_000_000;

/// A study, resolved.
pub(super) struct Plan<'a> {
    pub(super) request: &'a RunRequest<'a>,
    pub(super) study: &'a Study,
    pub(super) today: World,
    pub(super) flows: Vec<Flow>,
    pub(super) places: Vec<FlowPlaces>,
    pub(super) worlds: Vec<Baseline<'a>>,
    pub(super) settings: Settings,
    pub(super) defaults: Vec<Chosen>,
}

/// Where a flow starts and ends.
pub(super) struct FlowPlaces {
    pub(super) origin: PlaceRef,
    pub(super) destination: PlaceRef,
}

/// A baseline's world and those of the scenarios applied to it.
pub(super) struct Baseline<'a> {
    pub(super) spec: &'a BaselineSpec,
    pub(super) world: World,
    pub(super) changed: Vec<Scenario<'a>>,
}

pub(super) struct Scenario<'a> {
    pub(super) spec: &'a ScenarioSpec,
    pub(super) world: World,
    pub(super) changes: Vec<ChangeInfo>,
}

/// How the study is run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Settings {
    pub(super) seed: u64,
    pub(super) replications: u32,
    pub(super) chains: usize,
    pub(super) max_transshipments: u32,
    pub(super) freight: FreightRule,
    pub(super) rules: Rules,
    pub(super) about_tolerance: f64,
    pub(super) max_age_years: f64,
}

impl<'a> Plan<'a> {
    pub(super) fn new(
        request: &'a RunRequest<'a>,
        _cache: &SeaCache<'_>,
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
    pub(super) fn claims(&self, cache: &SeaCache<'_>) -> Result<Vec<Claim<'a>>, Error> {
        let spec = &self.study.spec;
        let setting = Setting {
            atlas: self.request.atlas,
            today: &self.today,
            text: &self.study.text,
            flows: &self.flows,
            scenarios: spec.scenario.iter().map(|s| s.id.get().as_str()).collect(),
            sea: cache,
            max_age_years: self.settings.max_age_years,
        };
        resolve::claims(&spec.claim, &setting, self.settings.about_tolerance)
            .map_err(|faults| self.study.text.error(faults).into())
    }

    /// Flows that travel in bulk.
    pub(super) fn bulk_flows(&self) -> impl Iterator<Item = &Flow> {
        self.flows
            .iter()
            .filter(|flow| self.today.commodities[flow.trip.commodity].cargo == CargoKind::Bulk)
    }
}

struct Resolver<'a> {
    text: &'a StudyText,
    today: &'a World,
    faults: Vec<StudyFault>,
}

impl Resolver<'_> {
    fn unique<'s>(&mut self, what: &str, ids: impl Iterator<Item = &'s Located<String>>) {
        let mut seen: Vec<&str> = Vec::new();
        for id in ids {
            if id.is_empty() {
                let message = format!("the {what} has an empty identifier");
                self.faults.push(self.text.fault(id.span(), message, None));
            }
            if seen.contains(&id.get().as_str()) {
                self.faults.push(self.text.fault(
                    id.span(),
                    format!("{what} `{}` stands twice", id.get()),
                    Some(format!("give each {what} an identifier of its own")),
                ));
            }
            seen.push(id.get());
        }
    }

    fn unknown<'n>(
        &mut self,
        place: &Located<String>,
        what: &str,
        names: impl Iterator<Item = &'n str>,
    ) {
        let near = closest(place.get(), names, 3);
        self.faults.push(self.text.fault(
            place.span(),
            format!("the atlas has no {what} `{}`", place.get()),
            Some(if near.is_empty() {
                "add it to the atlas or correct the spelling".to_owned()
            } else {
                format!("did you mean {}?", near.join(", "))
            }),
        ));
    }

    fn flow(&mut self, spec: &FlowSpec) -> Option<(Flow, FlowPlaces)> {
        let world = self.today;
        let mut end = |id: &Located<String>| {
            let found = End::of(world, id.get());
            if found.is_none() {
                let nodes = world.land.nodes.iter().map(|n| n.id.as_str());
                let ports = world.ports.iter().map(|p| p.unlocode.as_str());
                self.unknown(id, "place or port", nodes.chain(ports));
            }
            found
        };
        let origin = end(&spec.origin);
        let destination = end(&spec.destination);
        let commodity = world
            .commodities
            .iter()
            .position(|c| c.id == *spec.commodity.get());
        if commodity.is_none() {
            let ids = world.commodities.iter().map(|c| c.id.as_str());
            self.unknown(&spec.commodity, "commodity", ids);
        }
        let trip = Trip {
            origin: origin?,
            destination: destination?,
            commodity: commodity?,
        };
        let places = FlowPlaces {
            origin: place_of(world, trip.origin),
            destination: place_of(world, trip.destination),
        };
        let goods = &world.commodities[trip.commodity];
        let flow = Flow {
            id: spec.id.get().clone(),
            title: format!(
                "{} → {}, {}",
                places.origin.name, places.destination.name, goods.name
            ),
            trip,
            per: match goods.cargo {
                CargoKind::Container => "TEU",
                CargoKind::Bulk => "t",
            },
        };
        Some((flow, places))
    }
}

fn place_of(world: &World, end: End) -> PlaceRef {
    match end {
        End::Node(ix) => {
            let node = &world.land.nodes[ix.index()];
            PlaceRef {
                id: node.id.clone(),
                name: node.name.clone(),
                lon_deg: node.lon_deg,
                lat_deg: node.lat_deg,
            }
        }
        End::Port(ix) => {
            let port = world.port_at(ix);
            PlaceRef {
                id: port.unlocode.clone(),
                name: port.name.clone(),
                lon_deg: port.lon_deg,
                lat_deg: port.lat_deg,
            }
        }
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

/// Lets only the chosen services take goods at the ports that a choice concerns.
fn choose_services(world: &mut World, choice: &ServiceChoice, text: &StudyText) -> Vec<StudyFault> {
    let mut faults = Vec::new();
    let mut ports = Vec::new();
    let find_port = |code: &Located<String>, faults: &mut Vec<StudyFault>| {
        let found = world.port(code.get());
        if found.is_none() {
            let near = closest(
                code.get(),
                world.ports.iter().map(|p| p.unlocode.as_str()),
                3,
            );
            faults.push(text.fault(
                code.span(),
                format!("the atlas has no port `{}`", code.get()),
                (!near.is_empty()).then(|| format!("did you mean {}?", near.join(", "))),
            ));
        }
        found
    };
    for code in &choice.calling_at {
        ports.extend(find_port(code, &mut faults));
    }
    let hubs = choice.transship_at.as_ref().map(|list| {
        list.iter()
            .filter_map(|code| find_port(code, &mut faults))
            .collect()
    });
    for kind in &choice.kinds {
        if !world.services.iter().any(|s| s.kind == *kind.get()) {
            let near = closest(
                kind.get(),
                world.services.iter().map(|s| s.kind.as_str()),
                3,
            );
            faults.push(text.fault(
                kind.span(),
                format!("no service of that day is of kind `{}`", kind.get()),
                (!near.is_empty()).then(|| format!("did you mean {}?", near.join(", "))),
            ));
        }
    }
    for id in &choice.except {
        if !world.services.iter().any(|s| s.id == *id.get()) {
            let near = closest(id.get(), world.services.iter().map(|s| s.id.as_str()), 3);
            faults.push(text.fault(
                id.span(),
                format!("no service `{}` runs on that day", id.get()),
                (!near.is_empty()).then(|| format!("did you mean {}?", near.join(", "))),
            ));
        }
    }
    if faults.is_empty() {
        world.hubs = hubs;
        for service in &mut world.services {
            let chosen = choice.kinds.iter().any(|kind| *kind.get() == service.kind);
            let excepted = choice.except.iter().any(|id| *id.get() == service.id);
            if !chosen || excepted {
                for call in service.calls.iter_mut() {
                    call.takes_cargo &= !ports.contains(&call.port);
                }
            }
        }
    }
    faults
}

fn settings(
    request: &RunRequest<'_>,
    today: &World,
    faults: &mut Vec<StudyFault>,
) -> (Settings, Vec<Chosen>) {
    let spec = &request.study.spec.run;
    let text = &request.study.text;
    let mut defaults = Vec::new();
    let mut default = |what: &str, value: String, because: &str| {
        defaults.push(Chosen {
            what: what.to_owned(),
            value,
            because: because.to_owned(),
        });
    };
    let mut bounded = |value: &Option<Located<u32>>, min: u32, max: u32| {
        let value = value.as_ref()?;
        if !(min..=max).contains(value.get()) {
            faults.push(text.fault(
                value.span(),
                format!("{} is out of range", value.get()),
                Some(format!("give a number from {min} to {max}")),
            ));
        }
        Some(*value.get())
    };
    let seed = request.seed.or(spec.seed).unwrap_or_else(|| {
        default("seed", DEFAULT_SEED.to_string(), "the study states none");
        DEFAULT_SEED
    });
    let stated = bounded(&spec.replications, 1, MAX_REPLICATIONS);
    let replications = request.replications.or(stated).unwrap_or_else(|| {
        default(
            "replications",
            DEFAULT_REPLICATIONS.to_string(),
            "shares of runs are then good to three percentage points",
        );
        DEFAULT_REPLICATIONS
    });
    let chains = bounded(&spec.chains, 1, 20).unwrap_or_else(|| {
        default(
            "chains",
            DEFAULT_CHAINS.to_string(),
            "the study states none",
        );
        DEFAULT_CHAINS
    });
    let max_transshipments = bounded(&spec.max_transshipments, 0, 4).unwrap_or_else(|| {
        default(
            "max_transshipments",
            DEFAULT_TRANSSHIPMENTS.to_string(),
            "feeder, main line, feeder",
        );
        DEFAULT_TRANSSHIPMENTS
    });
    let freight = spec.freight.unwrap_or_else(|| {
        default(
            "freight",
            "derived".to_owned(),
            "the slot's share of charter, fuel and tolls, times the carrier's overhead: the \
             published rates of a trade lie too close to each other to tell its services apart",
        );
        FreightRule::Derived
    });
    let central = Draw::central(&today.params);
    let model = &today.model;
    let settings = Settings {
        seed,
        replications: replications.clamp(1, MAX_REPLICATIONS),
        chains: chains as usize,
        max_transshipments,
        freight,
        rules: Rules {
            supported: central.get(model.verdict_supported_share),
            rejected: central.get(model.verdict_rejected_share),
        },
        about_tolerance: central.get(model.about_tolerance),
        max_age_years: central.get(model.figure_max_age_years),
    };
    for (ix, what) in [
        (
            model.verdict_supported_share,
            "share of runs from which a part of a claim is supported",
        ),
        (
            model.verdict_rejected_share,
            "share of runs up to which a part is not supported",
        ),
        (
            model.about_tolerance,
            "how far `about` reaches, as a share of the value",
        ),
        (
            model.figure_max_age_years,
            "age from which a published figure does not count, years",
        ),
    ] {
        default(
            what,
            central.get(ix).to_string(),
            &today.params.get(ix).origin.source,
        );
    }
    (settings, defaults)
}
