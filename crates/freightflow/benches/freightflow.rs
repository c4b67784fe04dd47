//! Speed on problems that are made here, so that every run has the same: `cargo bench -p freightflow`.
//! The published instances are measured by `benches/peers/freightflow.sh` of the workspace.

#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a bench that cannot go on fails"
)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use freightflow::cargo::liner::{Call, LinerProblem, Place, Service, Shipment, liner_problem};
use freightflow::cargo::{CargoLimits, cargo_flow};
use freightflow::cost::LinkCost;
use freightflow::equilibrium::{Assignment, Class, Limits, OdPair, frank_wolfe, path_equilibrium};
use freightflow::queue::{DelayCurve, ErlangQueue};
use freightflow::shortest::{Tree, k_shortest_paths, shortest_path};
use freightflow::{Network, NodeId, unwatched};

/// Numbers that look random, always the same.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % bound
    }
}

/// A grid of two-way streets.
fn streets(side: usize) -> (Network, Vec<LinkCost>) {
    let mut ends = Vec::new();
    for here in 0..side * side {
        let mut both = |there: usize| {
            ends.push((NodeId::new(here), NodeId::new(there)));
            ends.push((NodeId::new(there), NodeId::new(here)));
        };
        if here % side + 1 < side {
            both(here + 1);
        }
        if here + side < side * side {
            both(here + side);
        }
    }
    let mut numbers = Numbers(1);
    let cost = |_| {
        let free = 1.0 + numbers.below(100) as f64 / 50.0;
        LinkCost::bpr(free, 0.15, 500.0 + numbers.below(1500) as f64, 4.0).unwrap()
    };
    let costs = (0..ends.len()).map(cost).collect();
    (Network::new(side * side, &ends).unwrap(), costs)
}

fn demand(nodes: usize, zones: usize) -> Vec<OdPair> {
    let mut numbers = Numbers(2);
    let zones: Vec<NodeId> = (0..zones)
        .map(|_| NodeId::new(numbers.below(nodes)))
        .collect();
    let pairs = zones
        .iter()
        .flat_map(|&from| zones.iter().map(move |&to| (from, to)));
    pairs
        .map(|(from, to)| OdPair::fixed(from, to, 2.0 + numbers.below(9) as f64))
        .collect()
}

fn liner(places: usize, services: usize) -> LinerProblem {
    let mut numbers = Numbers(3);
    let place = Place {
        load_cost: 100.0,
        discharge_cost: 100.0,
        transfer_cost: 80.0,
        transfer_h: 84.0,
    };
    let service = |numbers: &mut Numbers| {
        let call = |numbers: &mut Numbers| Call {
            place: numbers.below(places),
            stay_h: 24.0,
            sail_h: 24.0 + numbers.below(240) as f64,
        };
        let capacity = 500.0 + numbers.below(4000) as f64;
        Service {
            capacity,
            calls: (0..8).map(|_| call(numbers)).collect(),
        }
    };
    let services: Vec<Service> = (0..services).map(|_| service(&mut numbers)).collect();
    let shipment = |numbers: &mut Numbers| Shipment {
        origin: numbers.below(places),
        destination: numbers.below(places),
        volume: 10.0 + numbers.below(200) as f64,
        revenue: 500.0 + numbers.below(3000) as f64,
        penalty: 1000.0,
        time_limit_h: f64::INFINITY,
    };
    let shipments: Vec<Shipment> = (0..places * 12).map(|_| shipment(&mut numbers)).collect();
    liner_problem(&vec![place; places], &services, &shipments).unwrap()
}

fn paths(criterion: &mut Criterion) {
    let (network, costs) = streets(100);
    let costs: Vec<f64> = costs.iter().map(|cost| cost.at(0.0).cost).collect();
    let (from, to) = (NodeId::new(0), NodeId::new(100 * 100 - 1));
    criterion.bench_function("tree, 10,000 nodes", |bench| {
        bench.iter(|| Tree::grow(black_box(&network), &costs, from).unwrap());
    });
    criterion.bench_function("path, 10,000 nodes", |bench| {
        bench.iter(|| shortest_path(black_box(&network), &costs, from, to).unwrap());
    });
    let (small, costs) = streets(20);
    let costs: Vec<f64> = costs.iter().map(|cost| cost.at(0.0).cost).collect();
    criterion.bench_function("20 best paths, 400 nodes", |bench| {
        let to = NodeId::new(399);
        bench.iter(|| k_shortest_paths(black_box(&small), &costs, from, to, 20).unwrap());
    });
}

fn equilibria(criterion: &mut Criterion) {
    let (network, costs) = streets(30);
    let class = Class {
        weight: 1.0,
        demand: demand(900, 60),
        ..Class::default()
    };
    let problem = Assignment::new(&network, &costs, vec![class]).unwrap();
    let mut group = criterion.benchmark_group("equilibrium, 900 nodes, 3,600 pairs");
    group.sample_size(10);
    for (name, relative_gap) in [("paths to 1e-6", 1e-6), ("paths to 1e-12", 1e-12)] {
        let limits = Limits {
            relative_gap,
            max_iterations: 1000,
        };
        group.bench_function(name, |bench| {
            bench.iter(|| path_equilibrium(black_box(&problem), limits, &mut unwatched).unwrap());
        });
    }
    let limits = Limits {
        relative_gap: 1e-4,
        max_iterations: 1000,
    };
    group.bench_function("Frank-Wolfe to 1e-4", |bench| {
        bench.iter(|| frank_wolfe(black_box(&problem), limits, &mut unwatched).unwrap());
    });
    group.finish();
}

fn cargo(criterion: &mut Criterion) {
    let liner = liner(40, 20);
    let mut group = criterion.benchmark_group("cargo");
    group.sample_size(10);
    group.bench_function("40 places, 20 services, 480 shipments", |bench| {
        let limits = CargoLimits::default();
        bench.iter(|| cargo_flow(black_box(&liner.problem), limits, &mut unwatched));
    });
    group.finish();
}

fn queues(criterion: &mut Criterion) {
    for servers in [4, 20] {
        let queue = ErlangQueue::new(2, 2, servers).unwrap();
        criterion.bench_function(&format!("E2/E2/{servers} at one load"), |bench| {
            bench.iter(|| queue.waiting(black_box(0.8)).unwrap());
        });
    }
    let queue = ErlangQueue::new(2, 2, 4).unwrap();
    criterion.bench_function("delay curve of E2/E2/4", |bench| {
        bench.iter(|| DelayCurve::new(black_box(queue), 24.0, 720.0).unwrap());
    });
}

criterion_group!(all, paths, equilibria, cargo, queues);
criterion_main!(all);
