//! Books that balance in every network.

use portsim::model::*;
use portsim::{Distribution, Hours, Model, Plan, Settings, replay, simulate, unwatched};
use proptest::option::of;
use proptest::prelude::*;

fn law() -> impl Strategy<Value = Distribution> {
    prop_oneof![
        (0.0..5.0).prop_map(Distribution::Fixed),
        (0.1..5.0).prop_map(|mean| Distribution::Exponential { mean }),
        (1..4_u32, 0.1..5.0).prop_map(|(stages, mean)| Distribution::Erlang { stages, mean }),
        (0.0..2.0, 0.0..3.0).prop_map(|(low, more)| Distribution::Uniform {
            low,
            high: low + more
        }),
    ]
}

fn work() -> impl Strategy<Value = Work> {
    prop_oneof![Just(Work::Finish), Just(Work::Pause)]
}

fn change() -> impl Strategy<Value = Change> {
    let end = prop_oneof![
        (100.0..150.0).prop_map(|end| End::At(Hours::new(end))),
        law().prop_map(End::After),
        Just(End::Never),
    ];
    (1.0..99.0, end, 0.0..1.5, work(), of(0.0..50.0)).prop_map(
        |(from, end, part, work, believed)| Change {
            name: "change".into(),
            from_h: Hours::new(from),
            end,
            level: Level::Part(part),
            work,
            believed_h: believed.map(Hours::new),
            foreseen_h: None,
            max_draught_m: None,
            longer_h: None,
        },
    )
}

fn opening() -> impl Strategy<Value = Opening> {
    (0.0..10.0, 1.0..13.0, work()).prop_map(|(from, length, work)| {
        let windows = vec![Window {
            from_h: Hours::new(from),
            until_h: Hours::new(from + length),
        }];
        Opening {
            period_h: Hours::DAY,
            windows,
            work,
        }
    })
}

fn station(name: String) -> impl Strategy<Value = Station> {
    let discipline = prop_oneof![
        Just(Discipline::Fifo),
        Just(Discipline::Priority),
        Just(Discipline::ShortestFirst)
    ];
    let kind = prop_oneof![
        4 => (1..5_u32).prop_map(|capacity| Station::servers("", capacity).kind),
        1 => (5.0..50.0, 0.5..24.0).prop_map(|(per_day, every)| Station::slots("", per_day, Hours::new(every)).kind),
    ];
    let breakdowns = (1..3_u32, law(), law()).prop_map(|(machines, up, repair_h)| Breakdowns {
        machines,
        units: 1,
        to_failure_h: Distribution::Exponential {
            mean: up.mean() + 1.0,
        },
        repair_h,
    });
    (
        kind,
        discipline,
        any::<bool>(),
        of(change()),
        of(opening()),
        of(breakdowns),
    )
        .prop_map(
            move |(kind, discipline, overtaking, change, opening, breakdowns)| {
                let mut station = Station::servers(&name, 1);
                let servers = matches!(kind, Kind::Servers { .. });
                (station.kind, station.discipline, station.overtaking) =
                    (kind, discipline, overtaking);
                station.changes = change.into_iter().collect();
                station.opening = opening;
                station.breakdowns = breakdowns.filter(|_| servers);
                station
            },
        )
}

fn exits() -> impl Strategy<Value = Exits> {
    let go = || prop_oneof![Just(Go::Leave), Just(Go::Route("last".into()))];
    (of((0..5_u32, go())), of((law(), go())), of((law(), go()))).prop_map(
        |(queue, expected, patience)| Exits {
            too_large: None,
            queue_at_least: queue,
            expected_over_h: expected,
            patience_h: patience,
        },
    )
}

/// Stations are seized in rising order, so that nobody can lock out another for ever.
fn network() -> impl Strategy<Value = Model> {
    let stations: Vec<_> = (0..4)
        .map(|number| station(format!("station {number}")))
        .collect();
    let visits =
        || proptest::collection::vec((0..4_usize, 1..3_u32, exits(), law(), any::<bool>()), 1..5);
    let sources = proptest::collection::vec((1.0..60.0, any::<u8>()), 1..4);
    (stations, visits(), visits(), sources, 0.0..60.0, law()).prop_map(
        |(stations, first, second, sources, warm_up, count)| {
            let mut model = Model::new(Hours::new(150.0));
            model.warm_up_h = Hours::new(warm_up);
            model.sample_every_h = Some(Hours::new(10.0));
            model.limits.allow_unstable = true;
            for (number, (per_day, priority)) in sources.into_iter().enumerate() {
                let mut source = Source::new(
                    &format!("source {number}"),
                    Arrivals::Poisson { per_day },
                    "first",
                );
                source.priority = priority;
                model.sources.push(source);
            }
            let mut first = stages(&stations, first);
            first.push(Stage::Send {
                count,
                route: "last".into(),
                carry: None,
            });
            let branch = |route: &str, weight| Branch {
                route: route.into(),
                weight,
                station: None,
                extra_h: Hours::new(1.0),
            };
            let pick = if warm_up > 30.0 {
                Pick::Weights
            } else {
                Pick::LeastTime
            };
            let branches = vec![branch("second", 2.0), branch("last", 1.0)];
            first.push(Stage::Choose { pick, branches });
            model.routes.push(Route::new("first", first));
            model
                .routes
                .push(Route::new("second", stages(&stations, second)));
            model.routes.push(Route::new(
                "last",
                vec![Stage::delay(Distribution::Exponential { mean: 3.0 })],
            ));
            model.stations = stations;
            model
        },
    )
}

type Visit = (usize, u32, Exits, Distribution, bool);

/// Some stations are held on until the end of the route, the others for the time of the work.
fn stages(stations: &[Station], mut visits: Vec<Visit>) -> Vec<Stage> {
    visits.sort_by_key(|visit| visit.0);
    visits.dedup_by_key(|visit| visit.0);
    let (mut stages, mut held) = (Vec::new(), Vec::new());
    for (number, units, exits, time_h, nested) in visits {
        let (name, slots) = (
            &stations[number].name,
            matches!(stations[number].kind, Kind::Slots { .. }),
        );
        let capacity = match stations[number].kind {
            Kind::Servers { capacity } => capacity,
            Kind::Slots { .. } => 1,
        };
        let seize = Seize {
            units: Units::Count(units.min(capacity)),
            exits,
            ..Seize::one(name)
        };
        if nested && !slots {
            stages.push(Stage::Seize(seize));
            stages.push(Stage::work(name, time_h));
            held.push(Stage::release(name));
        } else {
            stages.push(Stage::Serve { seize, time_h });
        }
    }
    stages.extend(held);
    stages
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Debug builds check the books of every run and fail it if they do not balance.
    #[test]
    fn books_balance_in_every_network(model in network(), seed in any::<u64>()) {
        let plan = Plan::new(model).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let settings = Settings::new(seed, 2);
        let outcome = simulate(&plan, &settings, &mut unwatched).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(outcome.certificate().missing, 0);
        prop_assert!(outcome.certificate().little_residual < 1e-6);
        for record in &outcome.records {
            for station in &record.stations {
                prop_assert!(station.wait.count <= station.served + u64::from(station.queue_at_end));
                prop_assert!(station.queue_mean <= f64::from(station.queue_most) + 1e-9);
                prop_assert!(station.used_mean >= 0.0 && station.capacity_mean >= 0.0);
            }
        }
        // Watching changes nothing, and what is watched agrees with what is counted.
        let log = replay(&plan, &settings, 1).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert!(log.entries.windows(2).all(|pair| pair[0].time_h <= pair[1].time_h));
        let (mut came, mut left) = (0, 0);
        for entry in &log.entries {
            match entry.what {
                portsim::Happening::Came | portsim::Happening::Sent => came += 1,
                portsim::Happening::Finished | portsim::Happening::GaveUp => left += 1,
                _ => {}
            }
        }
        let inside: u64 = outcome.records[1].sources.iter().map(|source| source.inside_at_end).sum();
        prop_assert_eq!(came - left, inside);
    }

    /// A model written as JSON and read again is the same model.
    #[test]
    fn models_survive_being_written(model in network()) {
        let text = serde_json::to_string(&model).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let read: Model = serde_json::from_str(&text).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(text, serde_json::to_string(&read).map_err(|error| TestCaseError::fail(error.to_string()))?);
    }
}
