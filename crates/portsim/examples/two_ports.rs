//! A year of two ports with their hinterland, without and with a strike of truckers, on the same luck.
//!
//! ```text
//! cargo run --release -p portsim --example two_ports -- [--replications 1000] [--seed 1] [--threads 2]
//!     [--log FILE.json] [--trace FILE.parquet] [--variance yes]
//! ```
//!
//! **Every figure of the model is invented**: it is here to show how such a model is written and how long
//! it takes to run, and says nothing about the real Callao and Chancay. Trucks go in lots of about 60
//! boxes, so that a year has some hundred thousand events and not ten million.
//!
//! `--log` writes everything that happened in the first replication with the strike, for replay;
//! `--trace` (with the feature `parquet`) the visits of its entities. `--variance yes` tells how many times
//! less the variance of means is with mirrored luck, and with the numbers that came as control variates.

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;
use std::time::Instant;

use portsim::model::*;
use portsim::{
    Distribution, Hours, Measure, Model, Outcome, Plan, Settings, replay, simulate, unwatched,
};
use serde_json::{Value, json};

/// A port as far as this model knows it. All values are invented.
struct Port {
    name: &'static str,
    berths: u32,
    cranes: u32,
    yard_lots: u32,
    gate_lanes: u32,
    road_lots: u32,
    /// Calls of tramp ships in 24 hours.
    tramps_per_day: f64,
    /// Headways of liner services in hours, all with up to two days of lateness.
    liner_headways_h: &'static [f64],
    export_lots_per_day: f64,
}

const CALLAO: Port = Port {
    name: "Callao",
    berths: 8,
    cranes: 24,
    yard_lots: 320,
    gate_lanes: 5,
    road_lots: 24,
    tramps_per_day: 2.5,
    liner_headways_h: &[168.0, 168.0, 168.0, 168.0, 84.0, 84.0, 56.0],
    export_lots_per_day: 30.0,
};

const CHANCAY: Port = Port {
    name: "Chancay",
    berths: 4,
    cranes: 12,
    yard_lots: 160,
    gate_lanes: 3,
    road_lots: 14,
    tramps_per_day: 0.5,
    liner_headways_h: &[168.0, 168.0, 168.0, 84.0],
    export_lots_per_day: 10.0,
};

const STRIKE_DAY: f64 = 200.0;

fn main() -> ExitCode {
    match run() {
        Ok(report) => match writeln!(std::io::stdout(), "{report:#}") {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::FAILURE,
        },
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<Value, Box<dyn Error>> {
    let arguments = Arguments::read()?;
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(arguments.threads)
        .build()?;
    let settings = Settings::new(arguments.seed, arguments.replications);
    let (calm, struck) = (Plan::new(model(false))?, Plan::new(model(true))?);
    let timed = |plan: &Plan| -> Result<(Outcome, f64), Box<dyn Error>> {
        let started = Instant::now();
        let outcome = pool.install(|| simulate(plan, &settings, &mut unwatched))?;
        Ok((outcome, started.elapsed().as_secs_f64()))
    };
    let (base, base_seconds) = timed(&calm)?;
    let (strike, strike_seconds) = timed(&struck)?;
    if arguments.variance {
        let mirrored = Settings {
            antithetic: true,
            ..settings.clone()
        };
        let plans = [&calm, &struck];
        let mirrored = plans.map(|plan| pool.install(|| simulate(plan, &mirrored, &mut unwatched)));
        let [mirrored_base, mirrored_strike] = mirrored;
        return Ok(variances(
            &calm,
            (&base, &strike),
            (&mirrored_base?, &mirrored_strike?),
        ));
    }
    if let Some(file) = &arguments.log {
        serde_json::to_writer(
            std::fs::File::create(file)?,
            &replay(&struck, &settings, 0)?,
        )?;
    }
    if let Some(file) = &arguments.trace {
        write_trace(file, &struck, &settings)?;
    }
    Ok(json!({
        "replications": arguments.replications,
        "seconds_without_strike": base_seconds,
        "seconds_with_strike": strike_seconds,
        "events_a_replication": base.events() / arguments.replications,
        "events_a_second": (base.events() as f64 / base_seconds).round(),
        "stations": stations(&calm, &base, &strike)?,
        "backlog": backlog(&struck, &base, &strike),
    }))
}

#[cfg(feature = "parquet")]
fn write_trace(file: &str, plan: &Plan, settings: &Settings) -> Result<(), Box<dyn Error>> {
    Ok(portsim::write_trace(file.as_ref(), plan, settings, 0..1)?)
}

#[cfg(not(feature = "parquet"))]
fn write_trace(_: &str, _: &Plan, _: &Settings) -> Result<(), Box<dyn Error>> {
    Err("--trace needs the feature `parquet`: run with `--features parquet`".into())
}

/// Waits without the strike, and what it adds.
fn stations(plan: &Plan, base: &Outcome, strike: &Outcome) -> Result<Value, Box<dyn Error>> {
    let of = |(place, station): (usize, &Station)| -> Result<Value, Box<dyn Error>> {
        let wait = base.estimate(Measure::Wait(place)).ok_or("nobody came")?;
        Ok(json!({
            "station": station.name,
            "load": plan.load(place),
            "wait_h": wait,
            "wait_added_h": strike.difference(base, Measure::Wait(place)),
            "queue_most": strike.estimate(Measure::QueueMost(place)),
        }))
    };
    plan.model()
        .stations
        .iter()
        .enumerate()
        .map(of)
        .collect::<Result<Vec<_>, _>>()
        .map(Value::from)
}

/// How many times less the variance of mean waits is, and of what the strike adds to them: with mirrored
/// luck, and with the numbers of exports and tramp ships of the port, whose means are known, as controls.
fn variances(plan: &Plan, plain: (&Outcome, &Outcome), mirrored: (&Outcome, &Outcome)) -> Value {
    let of = |(place, station): (usize, &Station)| {
        let measure = Measure::Wait(place);
        let width = |estimate: Option<portsim::Estimate>| estimate.and_then(|found| found.ci95);
        let gain = |plain: Option<f64>, other: Option<f64>| Some((plain? / other?).powi(2));
        let added = |(base, strike): (&Outcome, &Outcome)| strike.difference(base, measure);
        let port = station.name.split(' ').next().unwrap_or_default();
        let controls = ["exports", "tramps"].map(|what| {
            let source = plan.source(&format!("{port} {what}"));
            source.map(|source| 1.0 / (1.0 - r_squared(plain.0, measure, source)))
        });
        json!({
            "station": station.name,
            "mirrored": gain(width(plain.0.estimate(measure)), width(mirrored.0.estimate(measure))),
            "mirrored_added": gain(width(added(plain)), width(added(mirrored))),
            "control_exports": controls[0],
            "control_tramps": controls[1],
        })
    };
    let stations = plan.model().stations.iter().enumerate();
    stations.map(of).collect()
}

/// Share of the variance of a measure that the number that came from a source explains.
fn r_squared(outcome: &Outcome, measure: Measure, source: usize) -> f64 {
    let came = |record: &portsim::Record| record.sources[source].came as f64;
    let mean = |of: &dyn Fn(&portsim::Record) -> Option<f64>| {
        outcome.estimate_of(of).map_or(0.0, |found| found.mean)
    };
    let (x, y) = (mean(&|one| Some(came(one))), mean(&|one| measure.of(one)));
    let xy = mean(&|one| Some((came(one) - x) * (measure.of(one)? - y)));
    let xx = mean(&|one| Some((came(one) - x).powi(2)));
    let yy = mean(&|one| Some((measure.of(one)? - y).powi(2)));
    xy * xy / (xx * yy)
}

/// Mean length of the queues for the roads, by the day from the beginning of the strike, less what it
/// would have been without.
fn backlog(plan: &Plan, base: &Outcome, strike: &Outcome) -> Value {
    let of = |port: &Port| {
        let Some(road) = plan.station(&format!("{} road", port.name)) else {
            return Value::Null;
        };
        let (with, without) = (strike.queue_over_time(road), base.queue_over_time(road));
        let extra = with
            .iter()
            .zip(&without)
            .map(|(with, without)| (with.time_h, with.mean - without.mean));
        let days =
            extra.filter(|(time, _)| time.in_days().fract() == 0.0 && time.in_days() >= STRIKE_DAY);
        let lots: Vec<f64> = days
            .take(15)
            .map(|(_, lots)| (lots * 10.0).round() / 10.0)
            .collect();
        json!({ "port": port.name, "lots_by_day": lots })
    };
    json!([of(&CALLAO), of(&CHANCAY)])
}

fn model(strike: bool) -> Model {
    let mut model = Model::new(Hours::days(395.0));
    model.warm_up_h = Hours::days(30.0);
    model.sample_every_h = Some(Hours::new(12.0));
    for port in [&CALLAO, &CHANCAY] {
        add_port(&mut model, port);
    }
    // Ships for Chancay that would wait too long there call at Callao.
    model.routes.push(Route::new(
        "divert",
        vec![
            Stage::delay(Distribution::Fixed(4.0)),
            Stage::Go {
                route: "Callao call".into(),
            },
        ],
    ));
    if strike {
        for station in &mut model.stations {
            let level = match station.name.split_once(' ') {
                Some((_, "road")) => Level::Part(0.0),
                Some((_, "gate")) => Level::Part(0.5),
                _ => continue,
            };
            station.changes.push(Change {
                name: "truckers' strike".into(),
                from_h: Hours::days(STRIKE_DAY),
                end: End::After(Distribution::Triangular {
                    low: 48.0,
                    mode: 72.0,
                    high: 120.0,
                }),
                level,
                work: Work::Pause,
                believed_h: Some(Hours::new(24.0)),
                foreseen_h: None,
                max_draught_m: None,
                longer_h: None,
            });
        }
    }
    model
}

fn add_port(model: &mut Model, port: &Port) {
    let name = |what: &str| format!("{} {what}", port.name);
    let mut gate = Station::servers(&name("gate"), port.gate_lanes);
    let windows = vec![Window {
        from_h: Hours::new(0.0),
        until_h: Hours::new(144.0),
    }];
    gate.opening = Some(Opening {
        period_h: Hours::WEEK,
        windows,
        work: Work::Finish,
    });
    let mut cranes = Station::servers(&name("cranes"), port.cranes);
    cranes.breakdowns = Some(Breakdowns {
        machines: port.cranes / 3,
        units: 3,
        to_failure_h: Distribution::Exponential { mean: 700.0 },
        repair_h: Distribution::Lognormal {
            mean: 12.0,
            cv: 1.0,
        },
    });
    model.stations.extend([
        Station::servers(&name("pilots"), 3),
        Station::servers(&name("berths"), port.berths),
        cranes,
        Station::servers(&name("yard"), port.yard_lots),
        gate,
        Station::servers(&name("road"), port.road_lots),
    ]);
    let stage = |what: &str, time_h| Stage::serve(&name(what), time_h);
    let units = |what: &str, count| Seize {
        units: Units::Count(count),
        ..Seize::one(&name(what))
    };
    let mut berth = Seize::one(&name("berths"));
    if port.name == CHANCAY.name {
        berth.exits.expected_over_h = Some((Distribution::Fixed(96.0), Go::Route("divert".into())));
    }
    let pilotage = || {
        stage(
            "pilots",
            Distribution::Uniform {
                low: 1.0,
                high: 2.0,
            },
        )
    };
    let carry = Some(Carry {
        station: name("yard"),
        units: 1,
    });
    model.routes.push(Route::new(
        &name("call"),
        vec![
            Stage::Seize(berth),
            pilotage(),
            Stage::Seize(units("yard", 8)),
            Stage::Seize(units("cranes", 3)),
            Stage::work(
                &name("cranes"),
                Distribution::Erlang {
                    stages: 4,
                    mean: 18.0,
                },
            ),
            Stage::release(&name("cranes")),
            Stage::Send {
                count: Distribution::Fixed(8.0),
                route: name("import lot"),
                carry,
            },
            Stage::release(&name("yard")),
            pilotage(),
        ],
    ));
    model.routes.push(Route::new(
        &name("import lot"),
        vec![
            Stage::delay(Distribution::Lognormal {
                mean: 72.0,
                cv: 0.7,
            }),
            Stage::Seize(Seize::one(&name("road"))),
            stage(
                "gate",
                Distribution::Triangular {
                    low: 0.5,
                    mode: 1.0,
                    high: 2.0,
                },
            ),
            Stage::release(&name("yard")),
            Stage::work(
                &name("road"),
                Distribution::Uniform {
                    low: 2.0,
                    high: 5.0,
                },
            ),
        ],
    ));
    model.routes.push(Route::new(
        &name("export lot"),
        vec![
            Stage::Seize(Seize::one(&name("road"))),
            Stage::work(
                &name("road"),
                Distribution::Uniform {
                    low: 2.0,
                    high: 5.0,
                },
            ),
            stage(
                "gate",
                Distribution::Triangular {
                    low: 0.5,
                    mode: 1.0,
                    high: 2.0,
                },
            ),
        ],
    ));
    let tramps = Arrivals::Poisson {
        per_day: port.tramps_per_day,
    };
    model
        .sources
        .push(Source::new(&name("tramps"), tramps, &name("call")));
    for (number, headway) in port.liner_headways_h.iter().enumerate() {
        let late_h = Some(Distribution::Triangular {
            low: 0.0,
            mode: 12.0,
            high: 48.0,
        });
        let first_h = Hours::new(11.0 + 23.0 * number as f64);
        let arrivals = Arrivals::Every {
            headway_h: Hours::new(*headway),
            first_h,
            late_h,
        };
        model.sources.push(Source::new(
            &name(&format!("service {}", number + 1)),
            arrivals,
            &name("call"),
        ));
    }
    let step = |from, per_day| RateStep {
        from_h: Hours::new(from),
        per_day,
    };
    let by_day = [(0.0, 0.3), (6.0, 1.6), (20.0, 0.6)]
        .map(|(from, part)| step(from, part * port.export_lots_per_day));
    let exports = Arrivals::Profile {
        steps: by_day.to_vec(),
        period_h: Some(Hours::DAY),
    };
    model
        .sources
        .push(Source::new(&name("exports"), exports, &name("export lot")));
}

struct Arguments {
    replications: u64,
    seed: u64,
    threads: usize,
    log: Option<String>,
    trace: Option<String>,
    variance: bool,
}

impl Arguments {
    fn read() -> Result<Self, String> {
        let mut arguments = Self {
            replications: 1000,
            seed: 1,
            threads: 2,
            log: None,
            trace: None,
            variance: false,
        };
        let mut given = std::env::args().skip(1);
        while let Some(name) = given.next() {
            let value = given
                .next()
                .ok_or_else(|| format!("{name} needs a value"))?;
            let count = || {
                value
                    .parse::<u64>()
                    .map_err(|_| format!("{name} is `{value}`; expected a whole number"))
            };
            match name.as_str() {
                "--replications" => arguments.replications = count()?,
                "--seed" => arguments.seed = count()?,
                "--threads" => arguments.threads = count()? as usize,
                "--log" => arguments.log = Some(value),
                "--trace" => arguments.trace = Some(value),
                "--variance" => arguments.variance = value == "yes",
                _ => {
                    return Err(format!(
                        "`{name}` is not known; expected --replications, --seed, --threads, --log, --trace or --variance"
                    ));
                }
            }
        }
        Ok(arguments)
    }
}
