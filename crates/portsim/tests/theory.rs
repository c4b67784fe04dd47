//! Queues whose waits are known exactly.

use portsim::model::{Arrivals, Limits, Route, Source, Stage, Station};
use portsim::{Distribution, Estimate, Hours, Measure, Model, Plan, Settings, simulate, unwatched};

fn exponential(mean: f64) -> Distribution {
    Distribution::Exponential { mean }
}

fn erlang2(mean: f64) -> Distribution {
    Distribution::Erlang { stages: 2, mean }
}

/// Mean wait over mean service of a queue with one line, and its interval.
fn wait(
    arrivals: fn(f64) -> Distribution,
    service: Distribution,
    servers: u32,
    rho: f64,
    customers: u64,
) -> Estimate {
    let per_hour = rho * f64::from(servers) / service.mean();
    let warm_up = 5.0 * rho / (1.0 - rho.sqrt()).powi(2) + 1000.0;
    let mean = service.mean();
    // A name of its own gives each case its own luck: an unlucky seed must not fail them all.
    let name = format!("customers of {servers} at {rho} with {service:?}");
    let mut source = Source::new(
        &name,
        Arrivals::Renewal {
            interval_h: arrivals(1.0 / per_hour),
        },
        "visit",
    );
    source.most = Some(customers);
    let mut model = Model::new(Hours::new(1e12));
    model.warm_up_h = Hours::new(warm_up / per_hour);
    model.sources.push(source);
    model.stations.push(Station::servers("server", servers));
    model
        .routes
        .push(Route::new("visit", vec![Stage::serve("server", service)]));
    model.limits = Limits {
        events: u64::MAX,
        ..Limits::default()
    };
    let plan = Plan::new(model).expect("a sound model");
    let outcome = simulate(&plan, &Settings::new(1, 8), &mut unwatched).expect("a sound run");
    assert_eq!(outcome.certificate().missing, 0);
    let found = outcome
        .estimate_by_batches(Measure::Wait(0))
        .expect("waits");
    let ci95 = found.ci95.map(|half| half / mean);
    Estimate {
        mean: found.mean / mean,
        ci95,
        ..found
    }
}

/// The exact value must lie within 1.5 times the 95 % interval (three standard errors: one of many
/// fixed seeds may miss the interval itself), and the interval must be worth something. Longer runs are
/// compared at 1 % in `docs/validation/portsim-theory.md`, which `examples/theory.rs` writes.
fn agrees(name: &str, found: Estimate, exact: f64) {
    let (error, half) = (found.mean - exact, found.ci95.expect("an interval"));
    assert!(
        error.abs() <= 1.5 * half,
        "{name}: {} ± {half}, exactly {exact}",
        found.mean
    );
    assert!(
        half <= 0.035 * exact,
        "{name}: {} ± {half}, exactly {exact}",
        found.mean
    );
}

/// Probability of having to wait in M/M/c, by Erlang's recursion.
fn erlang_c(servers: u32, rho: f64) -> f64 {
    let load = rho * f64::from(servers);
    let blocked = (1..=servers).fold(1.0, |blocked, n| {
        load * blocked / (f64::from(n) + load * blocked)
    });
    blocked / (1.0 - rho * (1.0 - blocked))
}

fn mmc(servers: u32, rho: f64) -> f64 {
    erlang_c(servers, rho) / (f64::from(servers) * (1.0 - rho))
}

/// Pollaczek and Khinchine: M/G/1 with this coefficient of variation of the service time.
fn mg1(rho: f64, cv: f64) -> f64 {
    rho * (1.0 + cv * cv) / (2.0 * (1.0 - rho))
}

#[test]
fn mmc_waits_as_erlang_says() {
    for (servers, rho, customers) in [
        (1, 0.5, 200_000),
        (2, 0.8, 400_000),
        (4, 0.9, 500_000),
        (20, 0.8, 400_000),
    ] {
        let found = wait(exponential, exponential(1.0), servers, rho, customers);
        agrees(&format!("M/M/{servers} at {rho}"), found, mmc(servers, rho));
    }
}

#[test]
fn mg1_waits_as_pollaczek_and_khinchine_say() {
    let cases = [
        (Distribution::Fixed(2.0), 0.0, 0.9),
        (
            Distribution::Uniform {
                low: 0.0,
                high: 2.0,
            },
            (1.0_f64 / 3.0).sqrt(),
            0.8,
        ),
        (Distribution::Lognormal { mean: 3.0, cv: 0.8 }, 0.8, 0.7),
        (
            Distribution::Triangular {
                low: 0.0,
                mode: 1.0,
                high: 2.0,
            },
            (1.0_f64 / 6.0).sqrt(),
            0.8,
        ),
        (
            Distribution::Empirical(vec![0.5, 0.5, 0.5, 2.5]),
            0.75_f64.sqrt(),
            0.7,
        ),
        (
            Distribution::Erlang {
                stages: 5,
                mean: 0.2,
            },
            0.2_f64.sqrt(),
            0.8,
        ),
    ];
    for (service, cv, rho) in cases {
        let name = format!("M/G/1 at {rho} with {service:?}");
        agrees(
            &name,
            wait(exponential, service, 1, rho, 300_000),
            mg1(rho, cv),
        );
    }
}

#[test]
fn high_loads_are_right_as_well() {
    agrees(
        "M/D/1 at 0.95",
        wait(exponential, Distribution::Fixed(1.0), 1, 0.95, 700_000),
        mg1(0.95, 0.0),
    );
    agrees(
        "M/M/4 at 0.95",
        wait(exponential, exponential(1.0), 4, 0.95, 1_400_000),
        mmc(4, 0.95),
    );
}

/// Exact values of the E2/E2/n queue; the table of the Permanent International Association of
/// Navigation Congresses (Groenveld) prints a misprint, .0532, at ρ = .5 and n = 4.
#[test]
fn berths_wait_as_the_tables_of_erlang_2_queues_say() {
    let table = [
        (1, 0.5, 0.3904),
        (4, 0.5, 0.0257),
        (2, 0.7, 0.4125),
        (3, 0.7, 0.2275),
        (1, 0.9, 4.3590),
        (5, 0.9, 0.7193),
    ];
    for (berths, rho, exact) in table {
        agrees(
            &format!("E2/E2/{berths} at {rho}"),
            wait(erlang2, erlang2(1.0), berths, rho, 250_000),
            exact,
        );
    }
    let table = [
        (1, 0.5, 0.75),
        (2, 0.5, 0.256),
        (3, 0.7, 0.418),
        (2, 0.9, 3.207),
    ];
    for (berths, rho, exact) in table {
        agrees(
            &format!("M/E2/{berths} at {rho}"),
            wait(exponential, erlang2(1.0), berths, rho, 250_000),
            exact,
        );
    }
}
