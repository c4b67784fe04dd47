//! Cargo flows worked out by hand, and random ones against a linear program over all paths.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::ops::ControlFlow;

use freightflow::cargo::liner::{Call, Place, Service, Shipment, liner_problem};
use freightflow::cargo::{
    CargoDemand, CargoError, CargoFlow, CargoLimits, CargoLink, CargoProblem, cargo_flow,
};
use freightflow::{LinkId, Network, NetworkError, NodeId, Stop, unwatched};
use microlp::{ComparisonOp, OptimizationDirection, Problem};
use proptest::prelude::*;

fn solve(problem: &CargoProblem) -> CargoFlow {
    cargo_flow(problem, CargoLimits::default(), &mut unwatched)
}

fn near(found: f64, expected: f64) {
    assert!(
        (found - expected).abs() < 1e-6 * (1.0 + expected.abs()),
        "{found}, not {expected}"
    );
}

fn place(load: f64, discharge: f64, transfer: f64, transfer_h: f64) -> Place {
    Place {
        load_cost: load,
        discharge_cost: discharge,
        transfer_cost: transfer,
        transfer_h,
    }
}

fn call(place: usize, sail_h: f64) -> Call {
    Call {
        place,
        stay_h: 24.0,
        sail_h,
    }
}

fn shipment(origin: usize, destination: usize, volume: f64, revenue: f64) -> Shipment {
    let time_limit_h = f64::INFINITY;
    Shipment {
        origin,
        destination,
        volume,
        revenue,
        penalty: 100.0,
        time_limit_h,
    }
}

/// Two services meet at place 1. The feeder carries 10 from 0 to 1, the other 8 from 1 to 2.
fn two_services() -> (Vec<Place>, Vec<Service>) {
    let places = vec![
        place(5.0, 6.0, 0.0, 0.0),
        place(1.0, 2.0, 3.0, 48.0),
        place(4.0, 7.0, 0.0, 0.0),
    ];
    let feeder = Service {
        capacity: 10.0,
        calls: vec![call(0, 50.0), call(1, 60.0)],
    };
    let trunk = Service {
        capacity: 8.0,
        calls: vec![call(1, 100.0), call(2, 110.0)],
    };
    (places, vec![feeder, trunk])
}

#[test]
fn transshipment_pays_handling_and_competes_for_slots() {
    let (places, services) = two_services();
    // 0 → 2 earns 50 − 5 − 3 − 7 + 100, 1 → 2 earns 60 − 1 − 7 + 100: the latter goes first.
    let shipments = [shipment(0, 2, 6.0, 50.0), shipment(1, 2, 5.0, 60.0)];
    let liner = liner_problem(&places, &services, &shipments).unwrap();
    let flow = solve(&liner.problem);
    assert_eq!(flow.stop, Stop::Converged);
    near(flow.demands[1].flowed, 5.0);
    near(flow.demands[0].flowed, 3.0);
    near(flow.demands[0].rejected, 3.0);
    near(flow.revenue, 5.0 * 60.0 + 3.0 * 50.0);
    near(flow.cost, 5.0 * 8.0 + 3.0 * 15.0);
    near(flow.penalty, 300.0);
    near(flow.profit, flow.revenue - flow.cost - flow.penalty);
    // One more slot from 1 to 2 would take a unit of 0 → 2.
    near(flow.link_dual[liner.legs[1][0].index()], 135.0);
    near(flow.link_dual[liner.legs[0][0].index()], 0.0);
    near(flow.link_flow[liner.legs[1][0].index()], 8.0);
    assert!(
        flow.certificate.relative_gap < 1e-9,
        "{:?}",
        flow.certificate
    );
    assert!(flow.certificate.capacity_residual < 1e-12);
    assert!(flow.certificate.conservation_residual < 1e-12);
}

#[test]
fn staying_aboard_is_free_and_quick_changing_is_not() {
    // A service that calls at the middle place, and one that has to be changed to.
    let places = vec![place(0.0, 0.0, 9.0, 36.0); 3];
    let through = Service {
        capacity: 4.0,
        calls: vec![call(0, 10.0), call(1, 20.0), call(2, 30.0)],
    };
    let first = Service {
        capacity: 9.0,
        calls: vec![call(0, 5.0), call(1, 5.0)],
    };
    let second = Service {
        capacity: 9.0,
        calls: vec![call(1, 6.0), call(2, 6.0)],
    };
    let services = [through, first, second];
    let shipments = [shipment(0, 2, 6.0, 50.0)];
    let liner = liner_problem(&places, &services, &shipments).unwrap();
    let flow = solve(&liner.problem);
    near(flow.demands[0].flowed, 6.0);
    near(flow.cost, 2.0 * 9.0);
    let mut times: Vec<(f64, f64)> = flow
        .paths
        .iter()
        .map(|path| (path.flow, path.time_h))
        .collect();
    times.sort_by(|a, b| a.0.total_cmp(&b.0));
    near(times[0].0, 2.0);
    near(times[0].1, 5.0 + 36.0 + 6.0);
    near(times[1].0, 4.0);
    near(times[1].1, 10.0 + 24.0 + 20.0);
    // In two days only the pair of services is quick enough.
    let hurried = [Shipment {
        time_limit_h: 48.0,
        ..shipments[0]
    }];
    let liner = liner_problem(&places, &services, &hurried).unwrap();
    let flow = solve(&liner.problem);
    near(flow.demands[0].flowed, 6.0);
    near(flow.cost, 6.0 * 9.0);
    // In one day none is.
    let hurried = [Shipment {
        time_limit_h: 24.0,
        ..shipments[0]
    }];
    let liner = liner_problem(&places, &services, &hurried).unwrap();
    let flow = solve(&liner.problem);
    near(flow.demands[0].rejected, 6.0);
    near(flow.profit, -600.0);
}

#[test]
fn cargo_that_loses_more_than_its_penalty_stays() {
    let (places, services) = two_services();
    let worthless = Shipment {
        revenue: 0.0,
        penalty: 10.0,
        ..shipment(0, 1, 5.0, 0.0)
    };
    let liner = liner_problem(&places, &services, &[worthless]).unwrap();
    let flow = solve(&liner.problem);
    // 5 + 2 is less than the penalty of 10, but 5 + 6 is not.
    near(flow.demands[0].flowed, 5.0);
    let back = Shipment {
        origin: 1,
        destination: 0,
        penalty: 6.9,
        ..worthless
    };
    let liner = liner_problem(&places, &services, &[back]).unwrap();
    near(solve(&liner.problem).demands[0].flowed, 0.0);
}

#[test]
fn closed_services_and_unserved_places_are_answers() {
    let (places, mut services) = two_services();
    services[1].capacity = 0.0;
    let shipments = [
        shipment(0, 2, 6.0, 50.0),
        shipment(0, 1, 2.0, 20.0),
        shipment(2, 2, 1.0, 5.0),
    ];
    let liner = liner_problem(&places, &services, &shipments).unwrap();
    let flow = solve(&liner.problem);
    near(flow.demands[0].rejected, 6.0);
    near(flow.demands[1].flowed, 2.0);
    assert!(flow.link_dual.iter().all(|dual| *dual == 0.0));
    assert_eq!(flow.stop, Stop::Converged);
    let nothing = liner_problem(&places, &services, &[]).unwrap();
    near(solve(&nothing.problem).profit, 0.0);
}

#[test]
fn numbers_that_make_no_sense_are_named() {
    let (places, services) = two_services();
    let error = |shipment: Shipment| liner_problem(&places, &services, &[shipment]).unwrap_err();
    let negative = Shipment {
        volume: -1.0,
        ..shipment(0, 2, 6.0, 50.0)
    };
    assert_eq!(
        error(negative).to_string(),
        "demand 0 (node 0 to 7): volume is -1; it must be finite and 0 or more"
    );
    let nowhere = error(shipment(0, 3, 6.0, 50.0));
    assert!(
        matches!(
            nowhere,
            CargoError::Network(NetworkError::NoSuchNode { .. })
        ),
        "{nowhere}"
    );
    let mut astray = services.clone();
    astray[0].calls[0].place = 7;
    assert!(liner_problem(&places, &astray, &[]).is_err());
    let mut broken = services.clone();
    broken[0].capacity = f64::NAN;
    let error = liner_problem(&places, &broken, &[])
        .unwrap_err()
        .to_string();
    assert!(error.contains("capacity is NaN"), "{error}");
}

#[test]
fn a_watcher_can_stop_and_the_bound_still_holds() {
    let (places, services) = two_services();
    let shipments = [shipment(0, 2, 6.0, 50.0), shipment(1, 2, 5.0, 60.0)];
    let liner = liner_problem(&places, &services, &shipments).unwrap();
    let best = solve(&liner.problem).profit;
    let mut stop = |_| ControlFlow::Break(());
    let flow = cargo_flow(&liner.problem, CargoLimits::default(), &mut stop);
    assert_eq!(flow.stop, Stop::Cancelled);
    assert!(flow.profit <= best && best <= flow.profit + flow.certificate.duality_gap + 1e-9);
}

#[derive(Clone, Debug)]
struct Draw {
    links: Vec<(usize, usize, u8, u8, u8)>,
    demands: Vec<(usize, usize, u8, u8, u8)>,
}

const NODES: usize = 6;

fn draw() -> impl Strategy<Value = Draw> {
    let link = (0..NODES, 1..NODES, 0u8..9, 0u8..9, 0u8..12);
    let demand = (0..NODES, 1..NODES, 1u8..12, 5u8..60, 3u8..30);
    (
        prop::collection::vec(link, 4..18),
        prop::collection::vec(demand, 1..9),
    )
        .prop_map(|(links, demands)| Draw { links, demands })
}

fn problem_of(draw: &Draw, limited: bool) -> CargoProblem {
    let node = |index: usize| NodeId::new(index % NODES);
    let ends: Vec<_> = draw
        .links
        .iter()
        .map(|&(tail, step, ..)| (node(tail), node(tail + step)))
        .collect();
    let links = draw
        .links
        .iter()
        .map(|&(_, _, cost, time, capacity)| CargoLink {
            cost: cost.into(),
            time_h: time.into(),
            // Some links have no limit.
            capacity: if capacity > 9 {
                f64::INFINITY
            } else {
                capacity.into()
            },
        });
    let demands = draw
        .demands
        .iter()
        .map(|&(from, step, volume, revenue, limit)| CargoDemand {
            origin: node(from),
            destination: node(from + step),
            volume: volume.into(),
            revenue: revenue.into(),
            penalty: f64::from(volume % 4),
            time_limit_h: if limited { limit.into() } else { f64::INFINITY },
        });
    let network = Network::new(NODES, &ends).unwrap();
    CargoProblem::new(network, links.collect(), demands.collect()).unwrap()
}

/// All loopless paths that are quick enough, by trying them all.
fn all_paths(problem: &CargoProblem, demand: &CargoDemand) -> Vec<Vec<LinkId>> {
    fn extend(
        problem: &CargoProblem,
        demand: &CargoDemand,
        at: NodeId,
        time_h: f64,
        path: &mut Vec<LinkId>,
        found: &mut Vec<Vec<LinkId>>,
    ) {
        let network = problem.network();
        if time_h > demand.time_limit_h {
            return;
        }
        if at == demand.destination {
            found.push(path.clone());
            return;
        }
        for link in network.links_out(at) {
            let head = network.head(link);
            let seen = |link: &LinkId| network.head(*link) == head;
            if head != demand.origin && !path.iter().any(seen) {
                path.push(link);
                let time_h = time_h + problem.links()[link.index()].time_h;
                extend(problem, demand, head, time_h, path, found);
                path.pop();
            }
        }
    }
    let mut found = Vec::new();
    extend(
        problem,
        demand,
        demand.origin,
        0.0,
        &mut Vec::new(),
        &mut found,
    );
    found
}

/// The best profit by a general linear program over all paths.
fn best_profit(problem: &CargoProblem) -> f64 {
    let mut program = Problem::new(OptimizationDirection::Maximize);
    let mut on_link = vec![Vec::new(); problem.links().len()];
    let mut lost = 0.0;
    for demand in problem.demands() {
        let mut flows = Vec::new();
        for path in all_paths(problem, demand) {
            let cost: f64 = path
                .iter()
                .map(|link| problem.links()[link.index()].cost)
                .sum();
            let gain = demand.revenue + demand.penalty - cost;
            let flow = program.add_var(gain, (0.0, f64::INFINITY));
            path.iter()
                .for_each(|link| on_link[link.index()].push((flow, 1.0)));
            flows.push((flow, 1.0));
        }
        program.add_constraint(flows, ComparisonOp::Le, demand.volume);
        lost += demand.penalty * demand.volume;
    }
    for (link, flows) in problem.links().iter().zip(on_link) {
        if link.capacity.is_finite() {
            program.add_constraint(flows, ComparisonOp::Le, link.capacity);
        }
    }
    program
        .solve()
        .unwrap()
        .into_solution()
        .unwrap()
        .objective()
        - lost
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn profit_is_that_of_the_linear_program_over_all_paths(draw in draw(), limited in any::<bool>()) {
        let problem = problem_of(&draw, limited);
        let flow = solve(&problem);
        let best = best_profit(&problem);
        prop_assert!((flow.profit - best).abs() < 1e-6 * (1.0 + best.abs()), "{} {best}", flow.profit);
        prop_assert_eq!(flow.stop, Stop::Converged);
        prop_assert!(flow.certificate.relative_gap <= 1e-9, "{:?}", flow.certificate);
        prop_assert!(flow.certificate.capacity_residual < 1e-9);
        prop_assert!(flow.certificate.conservation_residual < 1e-9);
        for path in &flow.paths {
            prop_assert!(path.time_h <= problem.demands()[path.demand].time_limit_h);
            prop_assert_eq!(problem.network().tail(path.links[0]), problem.demands()[path.demand].origin);
        }
        // A dual is only charged where a capacity binds.
        for (link, (dual, used)) in flow.link_dual.iter().zip(&flow.link_flow).enumerate() {
            let capacity = problem.links()[link].capacity;
            prop_assert!(*dual >= 0.0);
            prop_assert!(*dual <= 1e-6 || *used >= capacity * (1.0 - 1e-6), "{link} {dual} {used} {capacity}");
        }
    }

    #[test]
    fn more_capacity_never_hurts(draw in draw(), link in 0usize..4, more in 1u8..9) {
        let before = solve(&problem_of(&draw, false));
        let mut wider = draw.clone();
        wider.links[link].4 = (wider.links[link].4 + more).min(9);
        if draw.links[link].4 > 9 {
            // Without a limit already.
            return Ok(());
        }
        let after = solve(&problem_of(&wider, false));
        prop_assert!(after.profit >= before.profit - 1e-7);
        // The dual bounds what the wider link can earn.
        let gain = f64::from(wider.links[link].4 - draw.links[link].4) * before.link_dual[link];
        if draw.links[link].4 > 0 {
            prop_assert!(after.profit <= before.profit + gain + 1e-6, "{} {} {gain}", after.profit, before.profit);
        }
    }
}
