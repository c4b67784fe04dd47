//! Events a second: a single queue, and a port with a calendar.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use portsim::model::*;
use portsim::{Distribution, Hours, Model, Plan, Settings, simulate, unwatched};

fn queue(servers: u32, arrivals: Distribution, service: Distribution) -> Plan {
    let mut model = Model::new(Hours::new(1e9));
    let mut source = Source::new(
        "customers",
        Arrivals::Renewal {
            interval_h: arrivals,
        },
        "visit",
    );
    source.most = Some(100_000);
    model.sources.push(source);
    model.stations.push(Station::servers("server", servers));
    model
        .routes
        .push(Route::new("visit", vec![Stage::serve("server", service)]));
    Plan::new(model).expect("a sound model")
}

/// A year of ships that wait for a tide, a berth and cranes that break down, with a strike.
fn port() -> Plan {
    let mut model = Model::new(Hours::YEAR);
    model.sample_every_h = Some(Hours::DAY);
    let mut source = Source::new("ships", Arrivals::Poisson { per_day: 6.0 }, "call");
    source.draught_m = Some(Distribution::Triangular {
        low: 8.0,
        mode: 12.0,
        high: 15.0,
    });
    model.sources.push(source);
    let mut quay = Station::servers("quay", 7);
    quay.tide = Some(Tide {
        mean_depth_m: 14.0,
        amplitude_m: 2.0,
        period_h: Hours::new(12.42),
        high_h: Hours::new(3.0),
        clearance_m: 1.0,
    });
    let mut cranes = Station::servers("cranes", 18);
    cranes.breakdowns = Some(Breakdowns {
        machines: 18,
        units: 1,
        to_failure_h: Distribution::Exponential { mean: 500.0 },
        repair_h: Distribution::Exponential { mean: 10.0 },
    });
    cranes.changes.push(Change {
        name: "strike".into(),
        from_h: Hours::days(100.0),
        end: End::At(Hours::days(103.0)),
        level: Level::Part(0.0),
        work: Work::Pause,
        believed_h: None,
        foreseen_h: None,
        max_draught_m: None,
        longer_h: None,
    });
    model.stations = vec![quay, cranes];
    let three = Seize {
        units: Units::Count(2),
        ..Seize::one("cranes")
    };
    let time_h = Distribution::Erlang {
        stages: 3,
        mean: 20.0,
    };
    let stages = vec![
        Stage::seize("quay"),
        Stage::Serve {
            seize: three,
            time_h,
        },
    ];
    model.routes.push(Route::new("call", stages));
    Plan::new(model).expect("a sound model")
}

fn bench(criterion: &mut Criterion) {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .expect("a thread");
    let exponential = |mean| Distribution::Exponential { mean };
    let plans = [
        (
            "M/M/1 at 0.9",
            queue(1, exponential(1.0 / 0.9), exponential(1.0)),
            1,
        ),
        (
            "M/M/4 at 0.9",
            queue(4, exponential(0.25 / 0.9), exponential(1.0)),
            1,
        ),
        (
            "M/D/4 at 0.9",
            queue(4, exponential(0.25 / 0.9), Distribution::Fixed(1.0)),
            1,
        ),
        ("a year of a port, 20 times", port(), 20),
    ];
    let mut group = criterion.benchmark_group("events");
    for (name, plan, replications) in plans {
        let settings = Settings::new(1, replications);
        let run = || {
            pool.install(|| simulate(&plan, &settings, &mut unwatched))
                .expect("a sound run")
        };
        group.throughput(Throughput::Elements(run().events()));
        group.bench_function(name, |bencher| bencher.iter(|| black_box(run())));
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = bench
}
criterion_main!(benches);
