//! Solves the cargo flow of a published LINERLIB network and prints one JSON object.
//!
//! ```text
//! cargo run --release -p freightflow --example linerlib -- DATA_DIR SOLUTION.log --demand FILE
//!     [--threads 1] [--transit-limits] [--transfer-hours 84]
//! ```
//!
//! Money is USD a week, cargo forty-foot equivalents (FFE) a week. The services cost what the log
//! says; the objective is the profit of the best cargo flow less that. `--transit-limits` keeps to
//! the transit times of the demand file, which the published base solutions did not.

use std::collections::VecDeque;
use std::error::Error;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use freightflow::cargo::{CargoLimits, cargo_flow};
use freightflow::linerlib::{Instance, TransitTimes};
use freightflow::{Stop, unwatched};
use serde_json::json;

const USAGE: &str = "usage: linerlib DATA_DIR SOLUTION.log --demand FILE [--threads N] \
    [--transit-limits] [--transfer-hours H]";

/// Half a week: the mean wait for a weekly sailing.
const TRANSFER_H: f64 = 84.0;

struct Arguments {
    folder: PathBuf,
    log: PathBuf,
    demand: PathBuf,
    threads: usize,
    times: TransitTimes,
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
    let times = arguments.times;
    let instance = Instance::read(&arguments.folder, &arguments.log, &arguments.demand, times)?;
    let unknown = instance.log().unknown_lines.len();
    if unknown > 0 {
        let first = instance.log().unknown_lines[0];
        let log = arguments.log.display();
        eprintln!("warning: {log}:{first}: {unknown} lines of services are not known and not used");
    }
    let liner = instance.problem(times)?;
    let read_seconds = started.elapsed().as_secs_f64();

    let started = Instant::now();
    let limits = CargoLimits::default();
    let flow = threads.install(|| cargo_flow(&liner.problem, limits, &mut unwatched));
    let seconds = started.elapsed().as_secs_f64();
    if flow.stop != Stop::Converged {
        eprintln!(
            "warning: gap {} was not reached: {:?}",
            limits.relative_gap, flow.stop
        );
    }
    let flowed: f64 = flow.demands.iter().map(|demand| demand.flowed).sum();
    let rejected: f64 = flow.demands.iter().map(|demand| demand.rejected).sum();
    let service_cost = instance.service_cost_usd();
    let report = json!({
        "objective": flow.profit - service_cost,
        "logged": instance.log().objective_usd,
        "flowed_ffe": flowed,
        "rejected_ffe": rejected,
        "max_dual": flow.link_dual.iter().copied().fold(0.0, f64::max),
        "seconds": seconds,
        "upper_bound": flow.profit + flow.certificate.duality_gap - service_cost,
        "relative_gap": flow.certificate.relative_gap,
        "conservation_residual": flow.certificate.conservation_residual,
        "capacity_residual": flow.certificate.capacity_residual,
        "revenue": flow.revenue,
        "handling_cost": flow.cost,
        "rejection_penalty": flow.penalty,
        "service_cost": service_cost,
        "services": instance.log().services.len(),
        "demands": instance.demands().len(),
        "paths": flow.paths.len(),
        "iterations": flow.iterations,
        "pivots": flow.pivots,
        "stop": format!("{:?}", flow.stop),
        "transit_limits": matches!(times, TransitTimes::Limited { .. }),
        "unknown_log_lines": unknown,
        "read_seconds": read_seconds,
        "threads": threads.current_num_threads(),
    });
    writeln!(std::io::stdout(), "{report}")?;
    Ok(())
}

fn arguments() -> Result<Arguments, Box<dyn Error>> {
    let mut given: VecDeque<String> = std::env::args().skip(1).collect();
    let mut files = Vec::new();
    let (mut demand, mut threads, mut limited, mut transfer_h) = (None, 1, false, TRANSFER_H);
    while let Some(argument) = given.pop_front() {
        let mut value = || {
            given
                .pop_front()
                .ok_or_else(|| format!("{argument} needs a value; {USAGE}"))
        };
        match argument.as_str() {
            "--transit-limits" => limited = true,
            "--demand" => demand = Some(PathBuf::from(value()?)),
            "--threads" => {
                let value = value()?;
                threads = value
                    .parse()
                    .ok()
                    .filter(|count| *count > 0)
                    .ok_or_else(|| {
                        format!("--threads is `{value}`; expected a whole number above 0")
                    })?;
            }
            "--transfer-hours" => {
                let value = value()?;
                transfer_h = value
                    .parse()
                    .ok()
                    .filter(|hours| *hours >= 0.0)
                    .ok_or_else(|| {
                        format!("--transfer-hours is `{value}`; expected a number, 0 or more")
                    })?;
            }
            other if other.starts_with("--") => {
                return Err(format!("`{other}` is not known; {USAGE}").into());
            }
            file => files.push(Path::new(file).to_owned()),
        }
    }
    let [folder, log] = <[PathBuf; 2]>::try_from(files).map_err(|_| USAGE)?;
    // A file may also be named as it is in the folder of the data.
    let demand = demand.map(|file| {
        if file.exists() {
            file
        } else {
            folder.join(file)
        }
    });
    let demand = demand.ok_or(USAGE)?;
    let times = match limited {
        true => TransitTimes::Limited { transfer_h },
        false => TransitTimes::Unlimited,
    };
    Ok(Arguments {
        folder,
        log,
        demand,
        threads,
        times,
    })
}
