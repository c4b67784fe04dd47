//! Published LINERLIB networks: the best cargo flow against the objectives of their logs.
//!
//! The data are not part of the project. `FORELAND_REFERENCE` names a folder that holds them in
//! `linerlib/`; without it the tests say so and pass.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test says why it cannot go on"
)]

use std::path::PathBuf;

use freightflow::cargo::{CargoFlow, CargoLimits, cargo_flow};
use freightflow::linerlib::{Distances, Instance, Ports, SolutionLog, TransitTimes};
use freightflow::{Stop, unwatched};

fn reference() -> Option<PathBuf> {
    let folder =
        std::env::var_os("FORELAND_REFERENCE").map(|path| PathBuf::from(path).join("linerlib"));
    if folder.is_none() {
        println!("skipped: no reference data");
    }
    folder
}

/// Log, demand and weekly profit in USD: the sum of the log's own parts where its last digits are
/// rounded, and for World Small the optimum of the cargo flow, which the log misses by 0.004 %.
const PUBLISHED: [(&str, &str, f64); 5] = [
    ("Baltic_best_base", "Baltic", 246_605.0),
    ("WAF_base_best", "WAF", 5_590_383.0),
    ("Med_base_best", "Mediterranean", -1_286_117.0),
    ("Corrected_Pacific_base_pid_18529_7", "Pacific", 3_065_754.0),
    ("WorldSmall_Best_Base", "WorldSmall", 56_010_397.0),
];

fn read(log: &str, demand: &str, times: TransitTimes) -> Option<Instance> {
    let folder = reference()?;
    let data = folder.join("data");
    let log = folder.join(format!("results/{log}.log"));
    let demand = data.join(format!("Demand_{demand}.csv"));
    Some(Instance::read(&data, &log, &demand, times).unwrap())
}

fn solve(instance: &Instance, times: TransitTimes, threads: usize) -> CargoFlow {
    let problem = instance.problem(times).unwrap().problem;
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .unwrap();
    pool.install(|| cargo_flow(&problem, CargoLimits::default(), &mut unwatched))
}

#[test]
fn published_objectives_are_reached_to_a_thousandth_of_a_per_cent() {
    for (log, demand, published) in PUBLISHED {
        let times = TransitTimes::Unlimited;
        let Some(instance) = read(log, demand, times) else {
            return;
        };
        let flow = solve(&instance, times, 1);
        let objective = flow.profit - instance.service_cost_usd();
        let error = (objective - published).abs() / published.abs();
        assert!(error <= 1e-5, "{log}: {objective} is off by {error:e}");
        assert_eq!(flow.stop, Stop::Converged, "{log}");
        assert!(
            flow.certificate.relative_gap <= 1e-9,
            "{log}: {:?}",
            flow.certificate
        );
        assert!(
            flow.certificate.capacity_residual <= 1e-12,
            "{log}: {:?}",
            flow.certificate
        );
        assert!(
            flow.certificate.conservation_residual <= 1e-12,
            "{log}: {:?}",
            flow.certificate
        );
        assert!(instance.log().unknown_lines.is_empty(), "{log}");
    }
}

#[test]
fn one_thread_and_three_give_the_same_bits() {
    let times = TransitTimes::Unlimited;
    let Some(instance) = read("Med_base_best", "Mediterranean", times) else {
        return;
    };
    let (one, three) = (solve(&instance, times, 1), solve(&instance, times, 3));
    assert_eq!(one.profit.to_bits(), three.profit.to_bits());
    assert_eq!(one.link_flow, three.link_flow);
    assert_eq!(one.link_dual, three.link_dual);
}

#[test]
fn transit_limits_cost_profit_and_are_kept() {
    let limited = TransitTimes::Limited { transfer_h: 84.0 };
    let Some(instance) = read("WAF_base_best", "WAF", limited) else {
        return;
    };
    let free = solve(&instance, TransitTimes::Unlimited, 1);
    let bound = solve(&instance, limited, 1);
    assert!(bound.profit < free.profit);
    assert!(
        bound.certificate.relative_gap <= 1e-9,
        "{:?}",
        bound.certificate
    );
    for path in &bound.paths {
        assert!(path.time_h <= 24.0 * instance.demands()[path.demand].transit_time_d);
    }
}

/// Every round trip of the logs is the sum of shortest distances.
#[test]
fn distances_are_those_of_the_logs() {
    let Some(folder) = reference() else { return };
    let ports = Ports::read(&folder.join("data/ports.csv")).unwrap();
    let distances = Distances::read(&folder.join("data/dist_dense.csv"), &ports).unwrap();
    for (log, ..) in PUBLISHED {
        let log = SolutionLog::read(&folder.join(format!("results/{log}.log"))).unwrap();
        for service in &log.services {
            let place = |code: &String| ports.position(code).unwrap();
            let next = service.calls.iter().cycle().skip(1);
            let legs = service.calls.iter().zip(next);
            let total: f64 = legs
                .map(|(a, b)| distances.nautical_miles(place(a), place(b)).unwrap())
                .sum();
            assert_eq!(total, service.distance_nm, "line {}", service.line);
        }
    }
}
