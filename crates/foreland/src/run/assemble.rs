//! Putting the findings together.

use std::collections::BTreeMap;

use super::case::Case;
use super::ensemble::{OneRun, Runs, Totals};
use super::judge::Judged;
use super::plan::{Baseline, Plan};
use super::routes::{Atlas, Side};
use super::{RunRequest, answer};
use crate::chain::{Describer, Path, Prices};
use crate::ensemble::spread;
use crate::findings::{
    Assumption, BaselineInfo, Difference, DifferenceQuantity, FINDINGS_VERSION, Findings,
    InputFile, Invocation, PlaceRef, PointRole, Provenance, RunHeader, ScenarioInfo, Software,
    Warning, WorldInfo,
};
use crate::import::stored::StoredTable;
use crate::import::{Kind, store_beside};
use crate::param::{Draw, Driver};
use crate::sea::Sea;
use crate::study::Study;
use crate::world::World;

const QUANTITIES: [(DifferenceQuantity, &str, usize); 6] = [
    (DifferenceQuantity::DoorToDoorTime, "d", 0),
    (DifferenceQuantity::TransitTime, "d", 1),
    (DifferenceQuantity::Money, "USD", 2),
    (DifferenceQuantity::GeneralisedCost, "USD", 3),
    (DifferenceQuantity::TankToWake, "kg CO2e", 4),
    (DifferenceQuantity::WellToWake, "kg CO2e", 5),
];

pub(super) fn findings(
    request: &RunRequest<'_>,
    plan: &Plan<'_>,
    cases: &[Case],
    runs: &Runs,
    judged: Judged,
) -> Findings {
    let mut atlas = Atlas::default();
    for (ix, case) in cases.iter().enumerate() {
        add_case(
            plan,
            case,
            &runs.cases[ix].runs,
            first_of_baseline(cases, ix),
            &mut atlas,
        );
    }
    for place in changed_places(plan) {
        atlas.point(PointRole::Changed, place);
    }
    let differences = differences(plan, cases, runs);
    let assumptions = assumptions(plan, cases, judged.used_by);
    Findings {
        version: FINDINGS_VERSION,
        run: header(plan, answer::sentences(plan, &differences, &judged.claims)),
        routes: atlas.routes(),
        points: atlas.points(),
        journeys: atlas.journeys,
        differences,
        claims: judged.claims,
        flows: None,
        world_trade: None,
        simulation: None,
        assumptions,
        provenance: provenance(request),
        warnings: warnings(request, plan, cases),
    }
}

/// A baseline with several scenarios is shown once.
fn first_of_baseline(cases: &[Case], ix: usize) -> bool {
    !cases[..ix].iter().any(|c| c.baseline == cases[ix].baseline)
}

fn world_id(plan: &Plan<'_>, case: &Case, after: bool) -> String {
    let baseline = &plan.worlds[case.baseline];
    match case.scenario.filter(|_| after) {
        Some(ix) => format!(
            "{}+{}",
            baseline.spec.id.get(),
            baseline.changed[ix].spec.id.get()
        ),
        None => baseline.spec.id.get().clone(),
    }
}

fn add_case(plan: &Plan<'_>, case: &Case, runs: &[OneRun], first: bool, atlas: &mut Atlas) {
    let draw = Draw::central(case.params());
    case.priced(&draw, plan.settings.freight, |before, after| {
        let mut add = |prices: &Prices<'_>, is_after: bool| {
            let totals = |flow: usize, chain: usize| -> Vec<Option<Totals>> {
                runs.iter()
                    .map(|run| {
                        let side = &run.shown[flow][usize::from(is_after)];
                        side.get(chain).copied().flatten()
                    })
                    .collect()
            };
            atlas.add_side(&Side {
                plan,
                case,
                prices,
                after: is_after,
                world: world_id(plan, case, is_after),
                totals: &totals,
            });
        };
        if first {
            add(before, false);
        }
        if case.after.is_some() {
            add(after, true);
        }
    });
}

fn differences(plan: &Plan<'_>, cases: &[Case], runs: &Runs) -> Vec<Difference> {
    let mut differences = Vec::new();
    for (case, case_runs) in cases.iter().zip(&runs.cases) {
        let Some(scenario) = case.scenario else {
            continue;
        };
        let baseline = &plan.worlds[case.baseline];
        let draw = Draw::central(case.params());
        for (number, flow) in plan.flows.iter().enumerate() {
            let [Some(before), Some(after)] = case_runs.central.best[number] else {
                continue;
            };
            let pairs: Vec<(Totals, Totals)> = case_runs
                .runs
                .iter()
                .filter_map(|run| match run.best[number] {
                    [Some(before), Some(after)] => Some((before, after)),
                    _ => None,
                })
                .collect();
            let labels = case.priced(&draw, plan.settings.freight, |b, a| {
                let chains = &case.chains[number];
                [(b, &chains.before), (a, &chains.after)]
                    .map(|(prices, paths)| label(plan, number, prices, paths))
            });
            let [chain_before, chain_after] = labels;
            for (quantity, unit, ix) in QUANTITIES {
                let unit = match unit {
                    "d" => "d".to_owned(),
                    unit => format!("{unit}/{}", flow.per),
                };
                let of = |pick: &dyn Fn(&(Totals, Totals)) -> f64| -> Vec<f64> {
                    pairs.iter().map(pick).collect()
                };
                let changes = of(&|(b, a)| a[ix] - b[ix]);
                let lower = changes.iter().filter(|&&change| change < 0.0).count();
                differences.push(Difference {
                    flow: flow.id.clone(),
                    baseline: baseline.spec.id.get().clone(),
                    scenario: baseline.changed[scenario].spec.id.get().clone(),
                    quantity,
                    before: spread(&unit, before[ix], &of(&|(b, _)| b[ix])),
                    after: spread(&unit, after[ix], &of(&|(_, a)| a[ix])),
                    change: spread(&unit, after[ix] - before[ix], &changes),
                    share_lower: lower as f64 / pairs.len().max(1) as f64,
                    chain_before: chain_before.clone(),
                    chain_after: chain_after.clone(),
                });
            }
        }
    }
    differences
}

fn label(plan: &Plan<'_>, flow: usize, prices: &Prices<'_>, paths: &[Path]) -> String {
    let places = &plan.places[flow];
    paths.first().map_or_else(String::new, |path| {
        Describer { prices }.label(path, &places.origin, &places.destination)
    })
}

/// Ports whose terminals or services a scenario changes.
fn changed_places(plan: &Plan<'_>) -> Vec<PlaceRef> {
    let Some(baseline) = plan.worlds.first() else {
        return Vec::new();
    };
    let mut places: Vec<PlaceRef> = Vec::new();
    for scenario in &baseline.changed {
        let after = &scenario.world;
        for terminal in &after.terminals {
            let known = baseline.world.terminals.contains(terminal);
            let port = after.port_at(terminal.port);
            if !known && !places.iter().any(|p| p.id == port.unlocode) {
                places.push(PlaceRef {
                    id: port.unlocode.clone(),
                    name: port.name.clone(),
                    lon_deg: port.lon_deg,
                    lat_deg: port.lat_deg,
                });
            }
        }
    }
    places
}

fn header(plan: &Plan<'_>, answer: Vec<String>) -> RunHeader {
    let spec = &plan.study.spec;
    let scenarios = plan.worlds.first().map_or_else(Vec::new, |baseline| {
        baseline
            .changed
            .iter()
            .map(|scenario| ScenarioInfo {
                id: scenario.spec.id.get().clone(),
                title: scenario.spec.title.clone(),
                description: scenario.spec.description.clone(),
                changes: scenario.changes.clone(),
            })
            .collect()
    });
    RunHeader {
        study: plan.study.id.clone(),
        title: spec.title.clone(),
        question: spec.question.clone(),
        answer,
        as_of: spec.as_of.0,
        baselines: plan
            .worlds
            .iter()
            .map(|baseline| BaselineInfo {
                id: baseline.spec.id.get().clone(),
                title: baseline.spec.title.clone(),
                description: baseline.spec.description.clone(),
                date: baseline.spec.date.0,
            })
            .collect(),
        scenarios,
        worlds: plan.worlds.iter().flat_map(worlds_of).collect(),
        seed: plan.settings.seed,
        replications: plan.settings.replications,
        defaults: plan.defaults.clone(),
    }
}

fn worlds_of(baseline: &Baseline<'_>) -> Vec<WorldInfo> {
    let info = |id: String, scenario: Option<String>, world: &World| WorldInfo {
        id,
        baseline: baseline.spec.id.get().clone(),
        scenario,
        date: world.date,
        services: world.services.len() as u32,
        terminals: world.terminals.len() as u32,
    };
    let own = baseline.spec.id.get();
    let mut worlds = vec![info(own.clone(), None, &baseline.world)];
    for scenario in &baseline.changed {
        let id = scenario.spec.id.get();
        worlds.push(info(
            format!("{own}+{id}"),
            Some(id.clone()),
            &scenario.world,
        ));
    }
    worlds
}

/// Every driver that moves a part's figure or a chain that is shown.
fn assumptions(
    plan: &Plan<'_>,
    cases: &[Case],
    mut used_by: BTreeMap<String, Vec<String>>,
) -> Vec<Assumption> {
    let mut drivers: BTreeMap<String, &Driver> = BTreeMap::new();
    for case in cases {
        let centre = Draw::central(case.params());
        let at_centre = shown_totals(plan, case, &centre);
        for driver in &case.sampler.drivers {
            drivers.entry(driver.id.clone()).or_insert(driver);
            let ends = [-1.0, 1.0].map(|position| {
                shown_totals(plan, case, &driver.moved(case.params(), &centre, position))
            });
            for (number, flow) in plan.flows.iter().enumerate() {
                if ends.iter().any(|end| end[number] != at_centre[number]) {
                    let users = used_by.entry(driver.id.clone()).or_default();
                    let id = format!("flow {}", flow.id);
                    if !users.contains(&id) {
                        users.push(id);
                    }
                }
            }
        }
    }
    let today = crate::param::drivers_of(&plan.today.params);
    for driver in &today {
        drivers.entry(driver.id.clone()).or_insert(driver);
    }
    used_by
        .into_iter()
        .filter_map(|(id, users)| Some(assumption(drivers.get(&id)?, users)))
        .collect()
}

/// Money and time of the chains that are shown, by flow.
fn shown_totals(plan: &Plan<'_>, case: &Case, draw: &Draw) -> Vec<Vec<Option<(f64, f64, f64)>>> {
    case.priced(draw, plan.settings.freight, |before, after| {
        plan.flows
            .iter()
            .zip(&case.chains)
            .map(|(flow, chains)| {
                let sides = [
                    (before, chains.before.first()),
                    (after, chains.after.first()),
                ];
                sides
                    .into_iter()
                    .map(|(prices, path)| {
                        let split = prices.evaluate(&flow.trip, path?)?;
                        let totals = super::ensemble::totals(prices, &flow.trip, &split);
                        Some((totals[0], totals[3], totals[5]))
                    })
                    .collect()
            })
            .collect()
    })
}

fn assumption(driver: &Driver, used_by: Vec<String>) -> Assumption {
    Assumption {
        id: driver.id.clone(),
        label: driver.label.clone(),
        table: driver.table.clone(),
        value: driver.mid,
        low: driver.low,
        high: driver.high,
        unit: driver.unit.clone(),
        basis: driver.origin.basis,
        source: driver.origin.source.clone(),
        as_of: driver.origin.as_of.clone(),
        note: driver.origin.note.clone(),
        used_by,
    }
}

fn provenance(request: &RunRequest<'_>) -> Provenance {
    Provenance {
        inputs: inputs(request.atlas, request.study, request.sea),
        software: software(request.sea),
        invocation: Invocation {
            command: request.command.clone(),
            study_path: request.study.path.display().to_string(),
            atlas_path: request.atlas.dir.display().to_string(),
            seed: request.seed,
            replications: request.replications,
            set: request.atlas.set.clone(),
        },
    }
}

/// Every file that a run reads.
pub(crate) fn inputs(atlas: &crate::Atlas, study: &Study, sea: &dyn Sea) -> Vec<InputFile> {
    let text = study.text.text();
    let mut inputs = vec![InputFile {
        role: "study".to_owned(),
        name: study
            .path
            .file_name()
            .map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
        rows: None,
        bytes: text.len() as u64,
        blake3: blake3::hash(text.as_bytes()).to_hex().to_string(),
    }];
    inputs.extend(atlas.files().into_iter().map(|file| InputFile {
        role: "atlas".to_owned(),
        name: file.name,
        rows: Some(file.rows),
        bytes: file.bytes,
        blake3: file.blake3,
    }));
    inputs.extend(stored_inputs(atlas, study));
    inputs.extend(sea.inputs());
    inputs
}

/// The tables of the store that the study names. One that cannot be read is missing here: a run
/// that needs it says so, and a replay sees that it is not the one of the manifest.
fn stored_inputs(atlas: &crate::Atlas, study: &Study) -> Vec<InputFile> {
    let store = store_beside(&atlas.dir);
    let tables = study.spec.stored_tables().into_iter();
    tables
        .filter_map(|name| StoredTable::named(&store, name.get(), &Kind::ALL).ok())
        .filter_map(|table| table.input().ok())
        .collect()
}

/// The crates whose version shapes the result.
pub(crate) fn software(sea: &dyn Sea) -> Vec<Software> {
    let mut software = vec![Software {
        name: env!("CARGO_PKG_NAME").to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    }];
    software.extend(sea.software());
    software
}

fn warnings(request: &RunRequest<'_>, plan: &Plan<'_>, cases: &[Case]) -> Vec<Warning> {
    let mut warnings: Vec<Warning> = Vec::new();
    let mut add = |warning: Warning| {
        if !warnings.contains(&warning) {
            warnings.push(warning);
        }
    };
    for case in cases {
        for network in std::iter::once(&case.before).chain(&case.after) {
            network.warnings.iter().cloned().for_each(&mut add);
        }
        for (flow, chains) in plan.flows.iter().zip(&case.chains) {
            if chains.before.is_empty() || (case.after.is_some() && chains.after.is_empty()) {
                add(Warning {
                    code: "no_chain".to_owned(),
                    subject: flow.id.clone(),
                    text: format!(
                        "{} has no chain in baseline `{}` or under its scenario; the difference \
                         is left out",
                        flow.title,
                        plan.worlds[case.baseline].spec.id.get()
                    ),
                });
            }
        }
    }
    request.atlas.imported.iter().cloned().for_each(&mut add);
    for problem in request.atlas.check().warnings {
        add(Warning {
            code: "atlas".to_owned(),
            subject: problem.file.clone(),
            text: format!("{problem}: {}", problem.remedy),
        });
    }
    warnings
}
