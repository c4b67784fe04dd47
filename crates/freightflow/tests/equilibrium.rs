//! Equilibria of small networks worked out by hand, and properties of random ones.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::ops::ControlFlow;

use freightflow::cost::LinkCost;
use freightflow::equilibrium::{
    Assignment, AssignmentError, Class, Limits, OdPair, Principle, Response, frank_wolfe,
    path_equilibrium,
};
use freightflow::{LinkId, Network, NodeId, Stop, unwatched};
use proptest::prelude::*;

fn node(index: usize) -> NodeId {
    NodeId::new(index)
}

fn network(nodes: usize, links: &[(usize, usize)]) -> Network {
    let ends: Vec<_> = links
        .iter()
        .map(|&(tail, head)| (node(tail), node(head)))
        .collect();
    Network::new(nodes, &ends).unwrap()
}

/// A cost `free + slope · v`.
fn linear(free: f64, slope: f64) -> LinkCost {
    if slope == 0.0 {
        return LinkCost::constant(free).unwrap();
    }
    // free (1 + slope/free · v), or nearly so where there is no free-flow cost.
    let free = free.max(1e-12);
    LinkCost::bpr(free, slope / free, 1.0, 1.0).unwrap()
}

fn one_class(demand: Vec<OdPair>) -> Vec<Class> {
    vec![Class {
        name: "all".into(),
        weight: 1.0,
        extra_cost: Vec::new(),
        demand,
    }]
}

fn near(found: f64, expected: f64) {
    assert!(
        (found - expected).abs() < 1e-6 * (1.0 + expected.abs()),
        "{found}, not {expected}"
    );
}

/// Braess (1968) with the usual numbers: 6 travellers, routes of 83 without the bridge, 92 with it.
#[test]
fn braess_bridge_makes_everyone_slower() {
    let links = [(0, 1), (0, 2), (1, 3), (2, 3), (1, 2)];
    let costs = [
        linear(0.0, 10.0),
        linear(50.0, 1.0),
        linear(50.0, 1.0),
        linear(0.0, 10.0),
    ];
    let demand = || one_class(vec![OdPair::fixed(node(0), node(3), 6.0)]);

    let without = network(4, &links[..4]);
    let problem = Assignment::new(&without, &costs, demand()).unwrap();
    let before = path_equilibrium(&problem, Limits::default(), &mut unwatched).unwrap();
    near(before.pairs[0][0].cost, 83.0);

    let with = network(4, &links);
    let costs: Vec<_> = costs.into_iter().chain([linear(10.0, 1.0)]).collect();
    let problem = Assignment::new(&with, &costs, demand()).unwrap();
    let after = path_equilibrium(&problem, Limits::default(), &mut unwatched).unwrap();
    near(after.pairs[0][0].cost, 92.0);
    near(after.link_flow[4], 2.0);
    assert_eq!(after.paths(0, 0).len(), 3);

    // In the optimum for all the bridge stays empty.
    let best = problem.with_principle(Principle::SystemOptimum);
    let best = path_equilibrium(&best, Limits::default(), &mut unwatched).unwrap();
    near(best.link_flow[4], 0.0);
    near(best.total_cost, 6.0 * 83.0);
}

/// One road of cost 1 + d and demand e^(2 − u): 1 + d = 2 − ln d at d = 1, u = 2.
#[test]
fn elastic_demand_meets_its_cost() {
    let road = network(2, &[(0, 1)]);
    let costs = [linear(1.0, 1.0)];
    let response = Response::Exponential {
        reference: 2.0,
        sensitivity: 1.0,
    };
    let pair = OdPair {
        response,
        ..OdPair::fixed(node(0), node(1), 1.0)
    };
    let problem = Assignment::new(&road, &costs, one_class(vec![pair])).unwrap();
    let found = path_equilibrium(&problem, Limits::default(), &mut unwatched).unwrap();
    assert_eq!(found.stop, Stop::Converged);
    near(found.pairs[0][0].demand, 1.0);
    near(found.pairs[0][0].cost, 2.0);
    near(found.link_flow[0], 1.0);

    // With constant elasticity 1 around cost 2: 1 + d = 2/d · 1, so d = 1 again.
    let response = Response::Power {
        reference: 2.0,
        elasticity: 1.0,
    };
    let problem =
        Assignment::new(&road, &costs, one_class(vec![OdPair { response, ..pair }])).unwrap();
    let found = path_equilibrium(&problem, Limits::default(), &mut unwatched).unwrap();
    near(found.pairs[0][0].demand, 1.0);
}

/// Two roads of cost 10 + v and 15; lorries count double and pay 3 more on the first.
#[test]
fn classes_see_their_own_costs() {
    let roads = network(2, &[(0, 1), (0, 1)]);
    let costs = [linear(10.0, 1.0), linear(15.0, 0.0)];
    let class = |name: &str, weight, extra_cost, volume| Class {
        name: name.into(),
        weight,
        extra_cost,
        demand: vec![OdPair::fixed(node(0), node(1), volume)],
    };
    let cars = class("cars", 1.0, Vec::new(), 3.0);
    let lorries = class("lorries", 2.0, vec![3.0, 0.0], 4.0);
    let problem = Assignment::new(&roads, &costs, vec![cars.clone(), lorries]).unwrap();
    let found = path_equilibrium(&problem, Limits::default(), &mut unwatched).unwrap();
    // Three cars bring the first road to 13, which lorries already find too dear with the 3 extra.
    near(found.class_flow[0][0], 3.0);
    near(found.class_flow[1][0], 0.0);

    // Without cars lorries fill it until 10 + 2f + 3 = 15.
    let lorries = class("lorries", 2.0, vec![3.0, 0.0], 4.0);
    let problem = Assignment::new(&roads, &costs, vec![lorries]).unwrap();
    let found = path_equilibrium(&problem, Limits::default(), &mut unwatched).unwrap();
    near(found.class_flow[0][0], 1.0);
    near(found.link_flow[0], 2.0);
    near(
        found.total_cost,
        2.0 * (10.0 + 2.0) + 2.0 * 1.0 * 3.0 + 6.0 * 15.0,
    );

    // A class that is not admitted anywhere cannot move.
    let barred = class("barred", 1.0, vec![f64::INFINITY, f64::INFINITY], 4.0);
    let problem = Assignment::new(&roads, &costs, vec![cars, barred]).unwrap();
    let error = path_equilibrium(&problem, Limits::default(), &mut unwatched).unwrap_err();
    assert!(
        matches!(&error, AssignmentError::Unreachable { class, pairs: 1, .. } if class == "barred")
    );
    assert_eq!(
        error,
        frank_wolfe(&problem, Limits::default(), &mut unwatched).unwrap_err()
    );
}

#[test]
fn a_watcher_can_stop_and_still_has_a_certificate() {
    let (network, costs, demand) = grid(6, 5);
    let problem = Assignment::new(&network, &costs, one_class(demand)).unwrap();
    let mut rounds = 0;
    let mut watch = |progress: freightflow::Progress| {
        rounds += 1;
        assert_eq!(progress.iteration, rounds);
        assert!(progress.relative_gap > 0.0 && progress.objective > 0.0);
        if rounds == 2 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    };
    let found = path_equilibrium(&problem, Limits::default(), &mut watch).unwrap();
    assert_eq!(
        (found.stop, found.iterations, rounds),
        (Stop::Cancelled, 2, 2)
    );
    assert!(found.certificate.relative_gap > 1e-12);
    assert!(found.certificate.conservation_residual < 1e-12);
    let few = Limits {
        relative_gap: 0.0,
        max_iterations: 3,
    };
    let found = path_equilibrium(&problem, few, &mut unwatched).unwrap();
    assert_eq!(found.stop, Stop::IterationLimit);
}

#[test]
fn any_number_of_threads_gives_the_same_bits() {
    let (network, costs, demand) = grid(9, 8);
    let problem = Assignment::new(&network, &costs, one_class(demand)).unwrap();
    let solve = |threads: usize, paths: bool| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        let limits = Limits {
            relative_gap: 1e-12,
            max_iterations: 30,
        };
        let solve = if paths { path_equilibrium } else { frank_wolfe };
        pool.install(|| solve(&problem, limits, &mut unwatched))
            .unwrap()
    };
    for paths in [true, false] {
        let one = solve(1, paths);
        for threads in [2, 3, 7] {
            let many = solve(threads, paths);
            assert_eq!(one.link_flow, many.link_flow);
            assert_eq!(one.certificate, many.certificate);
            assert_eq!(one.objective.to_bits(), many.objective.to_bits());
        }
    }
}

#[test]
fn demand_that_makes_no_sense_is_named() {
    let road = network(3, &[(0, 1)]);
    let costs = [linear(1.0, 1.0)];
    let refuse = |demand| Assignment::new(&road, &costs, one_class(demand)).unwrap_err();
    let negative = refuse(vec![OdPair::fixed(node(0), node(1), -2.0)]);
    assert_eq!(
        negative.to_string(),
        "class `all`, demand 0 (node 0 to 1): volume is -2"
    );
    assert!(
        refuse(vec![OdPair::fixed(node(0), node(9), 2.0)])
            .to_string()
            .contains("node 9")
    );

    let demand = vec![
        OdPair::fixed(node(0), node(1), 1.0),
        OdPair::fixed(node(1), node(0), 2.0),
        OdPair::fixed(node(0), node(2), 3.0),
    ];
    let problem = Assignment::new(&road, &costs, one_class(demand)).unwrap();
    let error = path_equilibrium(&problem, Limits::default(), &mut unwatched).unwrap_err();
    assert!(
        matches!(
            error,
            AssignmentError::Unreachable {
                pairs: 2,
                volume: 5.0,
                ..
            }
        ),
        "{error}"
    );

    // Free of cost, demand of constant elasticity is without bound.
    let response = Response::Power {
        reference: 1.0,
        elasticity: 1.0,
    };
    let free = [LinkCost::constant(0.0).unwrap()];
    let pair = OdPair {
        response,
        ..OdPair::fixed(node(0), node(1), 1.0)
    };
    let problem = Assignment::new(&road, &free, one_class(vec![pair])).unwrap();
    let error = path_equilibrium(&problem, Limits::default(), &mut unwatched).unwrap_err();
    assert!(
        matches!(error, AssignmentError::Unbounded { .. }),
        "{error}"
    );
}

#[test]
fn nothing_to_move_is_an_answer() {
    let road = network(2, &[(0, 1)]);
    let costs = [linear(1.0, 1.0)];
    let demand = vec![
        OdPair::fixed(node(0), node(0), 5.0),
        OdPair::fixed(node(1), node(0), 0.0),
    ];
    let problem = Assignment::new(&road, &costs, one_class(demand)).unwrap();
    for found in [
        path_equilibrium(&problem, Limits::default(), &mut unwatched).unwrap(),
        frank_wolfe(&problem, Limits::default(), &mut unwatched).unwrap(),
    ] {
        assert_eq!(found.link_flow, [0.0]);
        assert_eq!(found.certificate.relative_gap, 0.0);
        assert_eq!(found.stop, Stop::Converged);
    }
}

/// Costs whose slope is infinite at no flow (power below 1) or nothing far beyond it.
#[test]
fn unusual_powers_converge() {
    for power in [0.3, 0.5, 1.0, 12.0] {
        let roads = network(2, &[(0, 1), (0, 1), (0, 1)]);
        let cost = |free| LinkCost::bpr(free, 0.5, 10.0, power).unwrap();
        let costs = [cost(10.0), cost(11.0), cost(12.0)];
        let demand = vec![OdPair::fixed(node(0), node(1), 40.0)];
        let problem = Assignment::new(&roads, &costs, one_class(demand)).unwrap();
        for principle in [Principle::UserEquilibrium, Principle::SystemOptimum] {
            let problem = problem.clone().with_principle(principle);
            let found = path_equilibrium(&problem, Limits::default(), &mut unwatched).unwrap();
            assert!(
                found.certificate.relative_gap <= 1e-12,
                "{power} {principle:?}"
            );
        }
    }
}

/// A grid of two-way streets with corner-to-corner and random demand.
fn grid(width: usize, height: usize) -> (Network, Vec<LinkCost>, Vec<OdPair>) {
    let mut links = Vec::new();
    for y in 0..height {
        for x in 0..width {
            let here = y * width + x;
            if x + 1 < width {
                links.extend([(here, here + 1), (here + 1, here)]);
            }
            if y + 1 < height {
                links.extend([(here, here + width), (here + width, here)]);
            }
        }
    }
    let cost = |index: usize| {
        let free = 1.0 + (index * 7 % 11) as f64 / 4.0;
        LinkCost::bpr(free, 0.15, 6.0 + (index * 5 % 7) as f64, 4.0).unwrap()
    };
    let costs = (0..links.len()).map(cost).collect();
    let nodes = width * height;
    let demand = (0..nodes).flat_map(|from| {
        (1..4).map(move |step| {
            let to = (from * 13 + step * 17 + 5) % nodes;
            OdPair::fixed(node(from), node(to), 1.0 + (from + step) as f64 % 3.0)
        })
    });
    (network(nodes, &links), costs, demand.collect())
}

type Draw = (
    Vec<(usize, usize, f64, f64, f64)>,
    Vec<(usize, usize, f64)>,
    bool,
    bool,
);

fn draw() -> impl Strategy<Value = Draw> {
    let link = (0usize..8, 1usize..8, 0.5f64..9.0, 0.1f64..4.0, 1.0f64..5.0);
    let pair = (0usize..8, 1usize..8, 0.5f64..20.0);
    (
        prop::collection::vec(link, 8..28),
        prop::collection::vec(pair, 1..12),
        any::<bool>(),
        any::<bool>(),
    )
}

/// A ring, so that everything can be reached, and links and demand at random.
fn problem_of(draw: &Draw) -> (Network, Vec<LinkCost>, Vec<Class>) {
    let (links, pairs, elastic, two_classes) = draw;
    let mut ends: Vec<(usize, usize)> = (0..8).map(|at| (at, (at + 1) % 8)).collect();
    let mut costs: Vec<LinkCost> = (0..8).map(|_| linear(20.0, 0.5)).collect();
    for &(tail, step, free, coefficient, power) in links {
        ends.push((tail, (tail + step) % 8));
        costs.push(LinkCost::bpr(free, coefficient, 8.0, power).unwrap());
    }
    let response = |volume: f64| match elastic {
        true if volume < 10.0 => Response::Exponential {
            reference: 10.0,
            sensitivity: 0.1,
        },
        true => Response::Power {
            reference: 10.0,
            elasticity: 0.8,
        },
        false => Response::Fixed,
    };
    let pair = |&(from, step, volume): &(usize, usize, f64)| OdPair {
        response: response(volume),
        ..OdPair::fixed(node(from), node((from + step) % 8), volume)
    };
    let mut classes = one_class(pairs.iter().map(pair).collect());
    if *two_classes {
        let extra_cost = (0..ends.len()).map(|link| (link % 3) as f64).collect();
        let demand = pairs.iter().rev().take(5).map(pair).collect();
        classes.push(Class {
            name: "heavy".into(),
            weight: 2.5,
            extra_cost,
            demand,
        });
    }
    (network(8, &ends), costs, classes)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_algorithms_agree_and_certify(draw in draw()) {
        let (network, costs, classes) = problem_of(&draw);
        let problem = Assignment::new(&network, &costs, classes).unwrap();
        let exact = path_equilibrium(&problem, Limits::default(), &mut unwatched).unwrap();
        prop_assert!(exact.certificate.relative_gap < 1e-10, "{:?} {:?}", exact.stop, exact.certificate);
        prop_assert!(exact.certificate.conservation_residual < 1e-12);
        prop_assert!(exact.link_flow.iter().all(|flow| *flow >= 0.0));
        let limits = Limits { relative_gap: 1e-4, max_iterations: 500 };
        let rough = frank_wolfe(&problem, limits, &mut unwatched).unwrap();
        // However slow it is on a hard draw, what it certifies holds.
        let above = rough.objective - exact.objective;
        let noise = 1e-9 * exact.objective.abs();
        prop_assert!(above >= -noise && above <= rough.certificate.duality_gap + noise,
            "{} {} {:?}", rough.objective, exact.objective, rough.certificate);
    }

    #[test]
    fn the_optimum_for_all_costs_no_more_than_the_equilibrium(draw in draw()) {
        let (network, costs, classes) = problem_of(&(draw.0, draw.1, false, draw.3));
        let problem = Assignment::new(&network, &costs, classes).unwrap();
        let selfish = path_equilibrium(&problem, Limits::default(), &mut unwatched).unwrap();
        let problem = problem.with_principle(Principle::SystemOptimum);
        let best = path_equilibrium(&problem, Limits::default(), &mut unwatched).unwrap();
        prop_assert!(best.certificate.relative_gap < 1e-10, "{:?} {} {:?}", best.stop, best.iterations, best.certificate);
        prop_assert!(best.total_cost <= selfish.total_cost * (1.0 + 1e-9));
        prop_assert!((best.objective / best.total_cost - 1.0).abs() < 1e-9);
    }

    #[test]
    fn path_flows_make_the_link_flows(draw in draw()) {
        let (network, costs, classes) = problem_of(&draw);
        let problem = Assignment::new(&network, &costs, classes).unwrap();
        let found = path_equilibrium(&problem, Limits::default(), &mut unwatched).unwrap();
        let mut flow = vec![0.0; network.links()];
        for (index, class) in problem.classes().iter().enumerate() {
            for (position, pair) in class.demand.iter().enumerate() {
                let mut moved = 0.0;
                for path in found.paths(index, position) {
                    prop_assert_eq!(network.tail(path.links[0]), pair.origin);
                    prop_assert_eq!(network.head(*path.links.last().unwrap()), pair.destination);
                    path.links.iter().for_each(|l: &LinkId| flow[l.index()] += class.weight * path.flow);
                    moved += path.flow;
                }
                prop_assert!((moved - found.pairs[index][position].demand).abs() < 1e-9);
            }
        }
        for (sum, found) in flow.iter().zip(&found.link_flow) {
            prop_assert!((sum - found).abs() < 1e-9);
        }
    }
}
