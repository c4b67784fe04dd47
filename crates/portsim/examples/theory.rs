//! Compares long runs with exact values and prints a table in Markdown.
//!
//! ```text
//! cargo run --release -p portsim --example theory -- [MILLIONS] > docs/validation/portsim-theory.md
//! ```
//!
//! `MILLIONS` of customers come in each case (8), four times as many at a load of 0.9 and eight times as many
//! above: their waits vary more.

use std::io::Write;

use portsim::model::{Arrivals, Limits, Route, Source, Stage, Station};
use portsim::{Distribution, Estimate, Hours, Measure, Model, Plan, Settings, simulate, unwatched};

struct Case {
    name: String,
    arrivals: fn(f64) -> Distribution,
    service: Distribution,
    servers: u32,
    rho: f64,
    exact: f64,
    source: &'static str,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let millions = std::env::args().nth(1).unwrap_or_else(|| "8".into());
    let millions: u64 = millions
        .parse()
        .map_err(|_| format!("MILLIONS is `{millions}`; expected a whole number"))?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "# portsim against theory\n")?;
    writeln!(
        out,
        "Written by `cargo run --release -p portsim --example theory -- {millions}`: mean waits before service"
    )?;
    writeln!(
        out,
        "as multiples of the mean service time, in 16 replications, with"
    )?;
    writeln!(
        out,
        "the half width of the 95 % interval. Each case has a seed of its own, its number in the table; about one"
    )?;
    writeln!(out, "interval in twenty misses the exact value.\n")?;
    writeln!(
        out,
        "| queue | ρ | customers, million | exact | from | simulated | ± | off by | interval covers |"
    )?;
    writeln!(out, "|---|---:|---:|---:|---|---:|---:|---:|---|")?;
    for (number, case) in cases().into_iter().enumerate() {
        let found = simulate_case(
            &case,
            millions * 1_000_000 * longer(case.rho) / 16,
            number as u64 + 1,
        )?;
        let half = found
            .ci95
            .ok_or("too little was simulated for an interval")?;
        let off = found.mean / case.exact - 1.0;
        let covers = if (found.mean - case.exact).abs() <= half {
            "yes"
        } else {
            "no"
        };
        let Case {
            name,
            rho,
            exact,
            source,
            ..
        } = case;
        let (mean, percent) = (found.mean, off * 100.0);
        let millions = millions * longer(rho);
        writeln!(
            out,
            "| {name} | {rho} | {millions} | {exact:.4} | {source} | {mean:.4} | {half:.4} | {percent:+.2} % | {covers} |"
        )?;
    }
    Ok(())
}

/// How much longer a run has to be at a high load.
fn longer(rho: f64) -> u64 {
    match rho {
        ..0.9 => 1,
        ..=0.9 => 4,
        _ => 8,
    }
}

fn simulate_case(
    case: &Case,
    customers: u64,
    seed: u64,
) -> Result<Estimate, Box<dyn std::error::Error>> {
    let per_hour = case.rho * f64::from(case.servers);
    let warm_up = 5.0 * case.rho / (1.0 - case.rho.sqrt()).powi(2) + 1000.0;
    let arrivals = Arrivals::Renewal {
        interval_h: (case.arrivals)(1.0 / per_hour),
    };
    let mut source = Source::new("customers", arrivals, "visit");
    source.most = Some(customers + warm_up as u64);
    let mut model = Model::new(Hours::new(1e12));
    model.warm_up_h = Hours::new(warm_up / per_hour);
    model.sources.push(source);
    model
        .stations
        .push(Station::servers("server", case.servers));
    model.routes.push(Route::new(
        "visit",
        vec![Stage::serve("server", case.service.clone())],
    ));
    model.limits = Limits {
        events: u64::MAX,
        ..Limits::default()
    };
    let outcome = simulate(&Plan::new(model)?, &Settings::new(seed, 16), &mut unwatched)?;
    Ok(outcome.estimate(Measure::Wait(0)).ok_or("nobody waited")?)
}

fn cases() -> Vec<Case> {
    let exponential = |mean| Distribution::Exponential { mean };
    let erlang2 = |mean| Distribution::Erlang { stages: 2, mean };
    let mut cases = Vec::new();
    for (servers, rho) in [
        (1, 0.5),
        (1, 0.8),
        (1, 0.95),
        (2, 0.9),
        (4, 0.9),
        (4, 0.95),
        (10, 0.95),
    ] {
        cases.push(Case {
            name: format!("M/M/{servers}"),
            arrivals: exponential,
            service: exponential(1.0),
            servers,
            rho,
            exact: erlang_c(servers, rho) / (f64::from(servers) * (1.0 - rho)),
            source: "Erlang",
        });
    }
    let services = [
        ("M/D/1", Distribution::Fixed(1.0), 0.0),
        ("M/E2/1", erlang2(1.0), 0.5),
        (
            "M/G/1, lognormal, cv 0.8",
            Distribution::Lognormal { mean: 1.0, cv: 0.8 },
            0.64,
        ),
        (
            "M/G/1, uniform",
            Distribution::Uniform {
                low: 0.0,
                high: 2.0,
            },
            1.0 / 3.0,
        ),
    ];
    for (name, service, cv2) in services {
        for rho in [0.5, 0.9, 0.95] {
            let (name, service) = (name.to_owned(), service.clone());
            let exact = rho * (1.0 + cv2) / (2.0 * (1.0 - rho));
            cases.push(Case {
                name,
                arrivals: exponential,
                service,
                servers: 1,
                rho,
                exact,
                source: "Pollaczek–Khinchine",
            });
        }
    }
    for (servers, rho, exact) in E2_E2 {
        let name = format!("E2/E2/{servers}");
        cases.push(Case {
            name,
            arrivals: erlang2,
            service: erlang2(1.0),
            servers,
            rho,
            exact,
            source: "table",
        });
    }
    for (servers, rho, exact) in M_E2 {
        let name = format!("M/E2/{servers}");
        cases.push(Case {
            name,
            arrivals: exponential,
            service: erlang2(1.0),
            servers,
            rho,
            exact,
            source: "table",
        });
    }
    cases
}

/// Exact waiting over service of E2/E2/n (Groenveld; PIANC), the misprint .0532 at ρ = .5, n = 4 corrected.
const E2_E2: [(u32, f64, f64); 12] = [
    (1, 0.5, 0.3904),
    (2, 0.5, 0.1181),
    (3, 0.5, 0.0511),
    (4, 0.5, 0.0257),
    (1, 0.7, 1.0391),
    (2, 0.7, 0.4125),
    (3, 0.7, 0.2275),
    (4, 0.7, 0.1442),
    (1, 0.9, 4.3590),
    (2, 0.9, 2.0478),
    (3, 0.9, 1.2994),
    (4, 0.9, 0.9340),
];

/// Waiting over service of M/E2/n, printed with three digits.
const M_E2: [(u32, f64, f64); 6] = [
    (2, 0.5, 0.256),
    (4, 0.5, 0.069),
    (2, 0.7, 0.729),
    (4, 0.7, 0.275),
    (2, 0.9, 3.207),
    (4, 0.9, 1.487),
];

/// Probability of having to wait in M/M/c, by Erlang's recursion.
fn erlang_c(servers: u32, rho: f64) -> f64 {
    let load = rho * f64::from(servers);
    let blocked = (1..=servers).fold(1.0, |blocked, n| {
        load * blocked / (f64::from(n) + load * blocked)
    });
    blocked / (1.0 - rho * (1.0 - blocked))
}
