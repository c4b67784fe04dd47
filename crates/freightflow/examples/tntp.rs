//! Solves the user equilibrium of a TNTP network and prints one JSON object.
//!
//! ```text
//! cargo run --release -p freightflow --example tntp -- NET.tntp TRIPS.tntp [--gap 1e-12]
//!     [--threads 1] [--toll-factor F] [--distance-factor F] [--max-iterations N] [--algorithm paths]
//! ```
//!
//! `--algorithm` is `paths` or `frank-wolfe`. Without the factors those of the file's metadata are
//! taken, else those that the collection publishes for this network, else 0; the output says which.

use std::collections::VecDeque;
use std::error::Error;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use freightflow::equilibrium::{Assignment, Class, Limits, OdPair, frank_wolfe, path_equilibrium};
use freightflow::tntp::{CostFactors, TntpNetwork, TntpTrips};
use freightflow::{NodeId, Progress, Stop};
use serde_json::json;

const USAGE: &str = "usage: tntp NET.tntp TRIPS.tntp [--gap G] [--threads N] [--toll-factor F] \
    [--distance-factor F] [--max-iterations N] [--algorithm paths|frank-wolfe]";

struct Arguments {
    network: PathBuf,
    trips: PathBuf,
    limits: Limits,
    threads: usize,
    toll_factor: Option<f64>,
    distance_factor: Option<f64>,
    paths: bool,
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let arguments = arguments()?;
    let threads = rayon::ThreadPoolBuilder::new()
        .num_threads(arguments.threads)
        .build()?;
    let started = Instant::now();
    let file = TntpNetwork::read(&arguments.network)?;
    let trips = TntpTrips::read(&arguments.trips)?;
    if trips.zones != file.zones {
        let (path, zones) = (arguments.trips.display(), trips.zones);
        return Err(format!("{path}: {zones} zones, but the network has {}", file.zones).into());
    }
    let (factors, factors_from) = factors(&arguments, &file);
    let network = file.network()?;
    let costs = file.costs(factors)?;
    let pair = |trip: &freightflow::tntp::Trip| {
        let (origin, destination) = (trip.origin - 1, trip.destination - 1);
        OdPair::fixed(NodeId::new(origin), NodeId::new(destination), trip.volume)
    };
    let demand: Vec<OdPair> = trips.trips.iter().map(pair).collect();
    let within_zones: f64 = demand
        .iter()
        .filter(|pair| pair.origin == pair.destination)
        .map(|pair| pair.volume)
        .sum();
    let class = Class {
        name: "trips".into(),
        weight: 1.0,
        extra_cost: Vec::new(),
        demand,
    };
    let problem = Assignment::new(&network, &costs, vec![class])?;
    let read_seconds = started.elapsed().as_secs_f64();

    let started = Instant::now();
    let mut watch = |_: Progress| ControlFlow::Continue(());
    let solve = if arguments.paths {
        path_equilibrium
    } else {
        frank_wolfe
    };
    let found = threads.install(|| solve(&problem, arguments.limits, &mut watch))?;
    let seconds = started.elapsed().as_secs_f64();
    if found.stop != Stop::Converged {
        eprintln!(
            "warning: gap {} was not reached: {:?}",
            arguments.limits.relative_gap, found.stop
        );
    }
    let report = json!({
        "objective": found.objective,
        "relative_gap": found.certificate.relative_gap,
        "iterations": found.iterations,
        "seconds": seconds,
        "peak_mb": peak_mb(),
        "duality_gap": found.certificate.duality_gap,
        "conservation_residual": found.certificate.conservation_residual,
        "total_cost": found.total_cost,
        "stop": format!("{:?}", found.stop),
        "read_seconds": read_seconds,
        "threads": threads.current_num_threads(),
        "toll_factor": factors.toll,
        "distance_factor": factors.distance,
        "factors_from": factors_from,
        "demand": trips.total(),
        "demand_announced": trips.announced_total,
        "demand_within_zones": within_zones,
    });
    writeln!(std::io::stdout(), "{report}")?;
    Ok(())
}

fn factors(arguments: &Arguments, file: &TntpNetwork) -> (CostFactors, String) {
    if arguments.toll_factor.is_some() || arguments.distance_factor.is_some() {
        let toll = arguments.toll_factor.unwrap_or(0.0);
        let distance = arguments.distance_factor.unwrap_or(0.0);
        (CostFactors { toll, distance }, "command line".into())
    } else if file.toll_factor.is_some() || file.distance_factor.is_some() {
        let toll = file.toll_factor.unwrap_or(0.0);
        let distance = file.distance_factor.unwrap_or(0.0);
        (
            CostFactors { toll, distance },
            "metadata of the network file".into(),
        )
    } else if let Some((name, factors)) = file.published_factors() {
        (factors, format!("published setting of {name}"))
    } else {
        (CostFactors::default(), "none stated: 0".into())
    }
}

fn arguments() -> Result<Arguments, Box<dyn Error>> {
    let mut given: VecDeque<String> = std::env::args().skip(1).collect();
    let mut files = Vec::new();
    let mut arguments = Arguments {
        network: PathBuf::new(),
        trips: PathBuf::new(),
        limits: Limits::default(),
        threads: 1,
        toll_factor: None,
        distance_factor: None,
        paths: true,
    };
    while let Some(argument) = given.pop_front() {
        if !argument.starts_with("--") {
            files.push(PathBuf::from(argument));
            continue;
        }
        let value = given
            .pop_front()
            .ok_or_else(|| format!("{argument} needs a value; {USAGE}"))?;
        let number = || -> Result<f64, String> {
            let number = value.parse::<f64>().ok().filter(|number| *number >= 0.0);
            number.ok_or_else(|| format!("{argument} is `{value}`; expected a number, 0 or more"))
        };
        let count = || -> Result<usize, String> {
            let count = value.parse::<usize>().ok().filter(|count| *count > 0);
            count.ok_or_else(|| format!("{argument} is `{value}`; expected a whole number above 0"))
        };
        match argument.as_str() {
            "--gap" => arguments.limits.relative_gap = number()?,
            "--max-iterations" => arguments.limits.max_iterations = count()?,
            "--threads" => arguments.threads = count()?,
            "--toll-factor" => arguments.toll_factor = Some(number()?),
            "--distance-factor" => arguments.distance_factor = Some(number()?),
            "--algorithm" if value == "paths" => arguments.paths = true,
            "--algorithm" if value == "frank-wolfe" => arguments.paths = false,
            _ => return Err(format!("`{argument} {value}` is not known; {USAGE}").into()),
        }
    }
    let [network, trips] = <[PathBuf; 2]>::try_from(files).map_err(|_| USAGE)?;
    (arguments.network, arguments.trips) = (network, trips);
    Ok(arguments)
}

/// Most memory that the process has held, in MB; null where the system does not say.
fn peak_mb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: f64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kibibytes * 1024.0 / 1e6)
}
