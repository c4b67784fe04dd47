//! Simulates a queue with one line and n servers, and prints one JSON object.
//!
//! ```text
//! cargo run --release -p portsim --example queue -- --arrivals M --service M --servers 4 --rho 0.9
//!     --customers 1000000 [--replications 1] [--seed 1] [--threads 1]
//! ```
//!
//! Arrivals and service times are `M` (exponential), `E2` (Erlang-2) or `D` (always the same); ρ is the
//! load of each server.
//!
//! | key | meaning |
//! |---|---|
//! | `wait_over_service` | mean wait before service, as a multiple of the mean service time |
//! | `ci95` | half the width of its 95 % confidence interval; null if too little was simulated to know |
//! | `events` | events of all replications, warm-up included |
//! | `seconds` | time that the simulation took |
//! | `peak_mb` | most memory that the process has held; null where the system does not say |
//!
//! All but the last two are the same for the same arguments, whatever the number of threads.
//!
//! Each replication starts empty. Waits of its first customers, who find too short a queue, are left
//! out: `--customers` come after a warm-up of 5 ρ/(1 − √ρ)² customers (five times the relaxation time
//! of the M/M/n queue), at least 1,000 and at most as many as are counted. From ten replications on the
//! interval comes from their means, else from batches within them.

use std::collections::HashMap;
use std::io::Write;
use std::process::ExitCode;
use std::time::Instant;

use portsim::model::{Arrivals, Route, Source, Stage, Station};
use portsim::{Distribution, Hours, Measure, Model, Plan, Settings, simulate, unwatched};
use serde_json::{Value, json};

const USAGE: &str = "usage: queue --arrivals M|E2|D --service M|E2|D --servers N --rho R --customers N \
    [--replications N] [--seed N] [--threads N]";

struct Arguments {
    arrivals: String,
    service: String,
    servers: u32,
    rho: f64,
    customers: u64,
    replications: u64,
    seed: u64,
    threads: usize,
}

fn main() -> ExitCode {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let report = Arguments::read(&given).and_then(|arguments| run(&arguments));
    match report {
        Ok(report) => match writeln!(std::io::stdout(), "{report}") {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::FAILURE,
        },
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> Result<Value, String> {
    let plan = Plan::new(model(arguments)?).map_err(|error| error.to_string())?;
    let threads = rayon::ThreadPoolBuilder::new()
        .num_threads(arguments.threads)
        .build();
    let threads = threads
        .map_err(|error| format!("{} threads cannot be started: {error}", arguments.threads))?;
    let settings = Settings::new(arguments.seed, arguments.replications);
    let started = Instant::now();
    let outcome = threads
        .install(|| simulate(&plan, &settings, &mut unwatched))
        .map_err(|error| error.to_string())?;
    let wait = Measure::Wait(0);
    let estimate = match arguments.replications {
        0..10 => outcome.estimate_by_batches(wait),
        _ => outcome.estimate(wait),
    };
    let estimate = estimate.ok_or("no customer was counted; ask for more")?;
    // The mean service time is 1 h.
    Ok(json!({
        "wait_over_service": estimate.mean,
        "ci95": estimate.ci95,
        "events": outcome.events(),
        "seconds": started.elapsed().as_secs_f64(),
        "peak_mb": peak_mb(),
    }))
}

fn model(arguments: &Arguments) -> Result<Model, String> {
    let &Arguments {
        servers,
        rho,
        customers,
        ..
    } = arguments;
    let per_hour = rho * f64::from(servers);
    let relaxation = rho / (1.0 - rho.sqrt()).powi(2);
    let warm_up = ((5.0 * relaxation).min(1e18) as u64)
        .max(1000)
        .min(customers);
    let all = customers + warm_up;
    let mut source = Source::new(
        "customers",
        Arrivals::Renewal {
            interval_h: law("--arrivals", &arguments.arrivals, 1.0 / per_hour)?,
        },
        "visit",
    );
    source.most = Some(all);
    let service = law("--service", &arguments.service, 1.0)?;
    // The run ends with the last customer; the horizon only has to lie far behind.
    let mut model = Model::new(Hours::new(100.0 * (all as f64 / per_hour + 1000.0)));
    model.warm_up_h = Hours::new(warm_up as f64 / per_hour);
    model.sources = vec![source];
    model.stations = vec![Station::servers("server", servers)];
    model.routes = vec![Route::new("visit", vec![Stage::serve("server", service)])];
    model.limits.events = 10 * all + 10;
    Ok(model)
}

fn law(option: &str, letter: &str, mean: f64) -> Result<Distribution, String> {
    match letter {
        "M" => Ok(Distribution::Exponential { mean }),
        "E2" => Ok(Distribution::Erlang { stages: 2, mean }),
        "D" => Ok(Distribution::Fixed(mean)),
        _ => Err(format!(
            "{option} is `{letter}`; expected M (exponential), E2 (Erlang-2) or D (always the same)"
        )),
    }
}

impl Arguments {
    fn read(given: &[String]) -> Result<Self, String> {
        let mut values: HashMap<&str, &str> = HashMap::new();
        for pair in given.chunks(2) {
            let name = pair[0].as_str();
            if !NAMES.contains(&name) {
                return Err(format!("`{name}` is not known; {USAGE}"));
            }
            let value = pair
                .get(1)
                .ok_or_else(|| format!("{name} needs a value; {USAGE}"))?;
            if values.insert(name, value).is_some() {
                return Err(format!("{name} is given twice; give it once"));
            }
        }
        let word = |name| {
            values
                .get(name)
                .copied()
                .ok_or_else(|| format!("{name} is missing; {USAGE}"))
        };
        let count = |name, or: Option<u64>, most: u64| -> Result<u64, String> {
            let value = match (values.get(name), or) {
                (None, Some(or)) => return Ok(or),
                _ => word(name)?,
            };
            let count = value
                .parse()
                .ok()
                .filter(|count| (1..=most).contains(count));
            count.ok_or_else(|| {
                format!("{name} is `{value}`; expected a whole number from 1 to {most}")
            })
        };
        let rho = word("--rho")?;
        let seed = values.get("--seed").copied().unwrap_or("1");
        Ok(Self {
            arrivals: word("--arrivals")?.into(),
            service: word("--service")?.into(),
            servers: count("--servers", None, 1_000_000)? as u32,
            rho: load(rho)?,
            customers: count("--customers", None, 1_000_000_000_000)?,
            replications: count("--replications", Some(1), 1_000_000)?,
            seed: seed
                .parse()
                .map_err(|_| format!("--seed is `{seed}`; expected a whole number, 0 or more"))?,
            threads: count("--threads", Some(1), 1024)? as usize,
        })
    }
}

const NAMES: [&str; 8] = [
    "--arrivals",
    "--service",
    "--servers",
    "--rho",
    "--customers",
    "--replications",
    "--seed",
    "--threads",
];

fn load(text: &str) -> Result<f64, String> {
    let rho = text
        .parse::<f64>()
        .ok()
        .filter(|rho| rho.is_finite() && *rho > 0.0);
    let rho =
        rho.ok_or_else(|| format!("--rho is `{text}`; expected a number above 0 and below 1"))?;
    if rho >= 1.0 {
        return Err(format!(
            "--rho is {text}: the queue is unstable; work comes as fast as or faster than it can be done, \
             and the wait grows without end. Give a load below 1"
        ));
    }
    Ok(rho)
}

/// Most memory that the process has held, in MB; none where the system does not say.
fn peak_mb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: f64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kibibytes * 1024.0 / 1e6)
}
