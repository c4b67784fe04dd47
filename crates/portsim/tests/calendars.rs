//! What calendars, tides, slots and disciplines do to single entities whose times can be worked out by
//! hand.

use portsim::model::*;
use portsim::{
    Distribution, Happening, Hours, Log, Measure, Model, Outcome, Plan, Settings, replay, simulate,
    unwatched,
};

fn at(hours: &[f64]) -> Arrivals {
    Arrivals::Listed {
        times_h: hours.iter().copied().map(Hours::new).collect(),
        late_h: None,
    }
}

fn one_station(station: Station, arrivals: Arrivals, time_h: f64) -> Model {
    let mut model = Model::new(Hours::new(1000.0));
    let name = station.name.clone();
    model.stations.push(station);
    model.sources.push(Source::new("ships", arrivals, "call"));
    model.routes.push(Route::new(
        "call",
        vec![Stage::serve(&name, Distribution::Fixed(time_h))],
    ));
    model
}

fn log(model: Model) -> Log {
    let plan = Plan::new(model).expect("a sound model");
    replay(&plan, &Settings::new(1, 1), 0).expect("a sound run")
}

fn outcome(model: Model) -> Outcome {
    let plan = Plan::new(model).expect("a sound model");
    simulate(&plan, &Settings::new(1, 1), &mut unwatched).expect("a sound run")
}

/// Times in hours and numbers of the entities to which something happened.
fn when(log: &Log, what: Happening) -> Vec<(f64, u64)> {
    let found = log.entries.iter().filter(|entry| entry.what == what);
    found
        .map(|entry| ((entry.time_h * 1e6).round() / 1e6, entry.entity.number))
        .collect()
}

fn window(from: f64, until: f64) -> Window {
    Window {
        from_h: Hours::new(from),
        until_h: Hours::new(until),
    }
}

fn strike(from: f64, until: f64, level: Level, work: Work) -> Change {
    let end = End::At(Hours::new(until));
    Change {
        name: "strike".into(),
        from_h: Hours::new(from),
        end,
        level,
        work,
        believed_h: None,
        foreseen_h: None,
        max_draught_m: None,
        longer_h: None,
    }
}

#[test]
fn work_under_way_is_finished_or_stands_still_as_stated() {
    for (work, ends) in [(Work::Finish, [20.0, 50.0]), (Work::Pause, [30.0, 60.0])] {
        let mut quay = Station::servers("quay", 1);
        quay.changes
            .push(strike(10.0, 20.0, Level::Part(0.0), work));
        let log = log(one_station(quay, at(&[0.0, 1.0]), 20.0));
        let finished = when(&log, Happening::Finished);
        // The second begins when the strike and the first are over.
        let second = if work == Work::Finish { 40.0 } else { 50.0 };
        assert_eq!(finished, [(ends[0], 0), (second, 1)], "{work:?}");
    }
}

#[test]
fn half_a_strike_stops_those_who_began_last() {
    let mut cranes = Station::servers("cranes", 2);
    cranes
        .changes
        .push(strike(5.0, 8.0, Level::Part(0.5), Work::Pause));
    let log = log(one_station(cranes, at(&[0.0, 1.0]), 10.0));
    assert_eq!(when(&log, Happening::Paused), [(5.0, 1)]);
    assert_eq!(when(&log, Happening::Resumed), [(8.0, 1)]);
    assert_eq!(when(&log, Happening::Finished), [(10.0, 0), (14.0, 1)]);
}

#[test]
fn a_gate_opens_in_the_morning() {
    let mut gate = Station::servers("gate", 1);
    gate.opening = Some(Opening {
        period_h: Hours::DAY,
        windows: vec![window(6.0, 18.0)],
        work: Work::Finish,
    });
    let log = log(one_station(gate, at(&[1.0, 2.0, 17.5, 19.0]), 1.0));
    let seized: Vec<f64> = when(&log, Happening::Seized)
        .iter()
        .map(|(time, _)| *time)
        .collect();
    assert_eq!(seized, [6.0, 7.0, 17.5, 30.0]);
}

#[test]
fn a_convoy_leaves_at_its_hour_with_as_many_as_it_has_slots() {
    let canal = Station::slots("canal", 2.0, Hours::DAY);
    let log = log(one_station(canal, at(&[0.0, 1.0, 2.0, 24.5]), 10.0));
    assert_eq!(
        when(&log, Happening::Seized),
        [(24.0, 0), (24.0, 1), (48.0, 2), (48.0, 3)]
    );
}

#[test]
fn fractions_of_slots_add_up() {
    let canal = Station::slots("canal", 22.0, Hours::new(1.0));
    let mut model = one_station(canal, at(&vec![0.0; 300]), 1.0);
    model.horizon_h = Hours::days(10.0);
    assert_eq!(outcome(model).records[0].stations[0].served, 220);
}

#[test]
fn booked_slots_are_served_first_and_leave_the_rest() {
    let mut canal = Station::slots("canal", 4.0, Hours::DAY);
    canal.discipline = Discipline::Priority;
    if let Kind::Slots { quotas, .. } = &mut canal.kind {
        quotas.push(Quota {
            priority: 0,
            share: 0.75,
        });
    }
    let mut model = one_station(canal, at(&[0.0; 4]), 1.0);
    model.sources[0].name = "booked".into();
    let mut unbooked = Source::new("unbooked", at(&[0.0; 4]), "call");
    unbooked.priority = 1;
    model.sources.push(unbooked);
    let log = log(model);
    let seized: Vec<(f64, u32)> = log
        .entries
        .iter()
        .filter(|entry| entry.what == Happening::Seized)
        .map(|entry| (entry.time_h, entry.entity.source))
        .collect();
    let first: Vec<u32> = seized
        .iter()
        .filter(|(time, _)| *time == 24.0)
        .map(|(_, source)| *source)
        .collect();
    let second: Vec<u32> = seized
        .iter()
        .filter(|(time, _)| *time == 48.0)
        .map(|(_, source)| *source)
        .collect();
    assert_eq!((first, second), (vec![0, 0, 0, 1], vec![0, 1, 1, 1]));
}

#[test]
fn a_deep_ship_waits_for_the_tide_and_lets_others_pass() {
    let mut quay = Station::servers("quay", 2);
    quay.tide = Some(Tide {
        mean_depth_m: 12.0,
        amplitude_m: 2.0,
        period_h: Hours::new(12.0),
        high_h: Hours::new(6.0),
        clearance_m: 1.0,
    });
    let mut model = one_station(quay, at(&[0.0]), 10.0);
    model.sources[0].draught_m = Some(Distribution::Fixed(12.0));
    let mut shallow = Source::new("shallow", at(&[1.0]), "call");
    shallow.draught_m = Some(Distribution::Fixed(8.0));
    model.sources.push(shallow);
    let log = log(model);
    let seized: Vec<(f64, u32)> = log
        .entries
        .iter()
        .filter(|entry| entry.what == Happening::Seized)
        .map(|entry| ((entry.time_h * 1e6).round() / 1e6, entry.entity.source))
        .collect();
    assert_eq!(seized, [(1.0, 1), (4.0, 0)]);
}

#[test]
fn a_quay_holds_as_many_ships_as_fit_along_it() {
    let mut quay = Station::servers("quay", 700);
    quay.overtaking = true;
    let mut model = one_station(quay, at(&[0.0, 0.0]), 10.0);
    let seize = Seize {
        units: Units::Length { gap_m: 20.0 },
        ..Seize::one("quay")
    };
    model.routes[0].stages = vec![Stage::Serve {
        seize,
        time_h: Distribution::Fixed(10.0),
    }];
    model.sources[0].length_m = Some(Distribution::Fixed(366.0));
    let mut small = Source::new("small", at(&[1.0]), "call");
    small.length_m = Some(Distribution::Fixed(290.0));
    model.sources.push(small);
    let log = log(model);
    let seized: Vec<(f64, u32)> = log
        .entries
        .iter()
        .filter(|entry| entry.what == Happening::Seized)
        .map(|entry| (entry.time_h, entry.entity.source))
        .collect();
    assert_eq!(
        seized,
        [(0.0, 0), (1.0, 1), (10.0, 0)],
        "386 + 310 m fit into 700 m, 386 + 386 m do not"
    );
}

#[test]
fn the_shortest_and_the_first_class_are_served_first() {
    let mut model = one_station(Station::servers("quay", 1), at(&[0.0, 1.0]), 10.0);
    model.stations[0].discipline = Discipline::ShortestFirst;
    model
        .sources
        .push(Source::new("quick", at(&[2.0]), "quick call"));
    model.routes.push(Route::new(
        "quick call",
        vec![Stage::serve("quay", Distribution::Fixed(3.0))],
    ));
    assert_eq!(
        when(&log(model.clone()), Happening::Seized),
        [(0.0, 0), (10.0, 0), (13.0, 1)]
    );
    model.stations[0].discipline = Discipline::Priority;
    model.sources[0].priority = 2;
    assert_eq!(
        when(&log(model.clone()), Happening::Seized),
        [(0.0, 0), (10.0, 0), (13.0, 1)]
    );
    model.sources[1].priority = 3;
    assert_eq!(
        when(&log(model), Happening::Seized),
        [(0.0, 0), (10.0, 1), (20.0, 0)]
    );
}

#[test]
fn who_does_not_want_to_wait_goes_elsewhere() {
    let mut model = one_station(Station::servers("quay", 1), at(&[0.0, 1.0, 2.0, 3.0]), 10.0);
    model.stations.push(Station::servers("other", 9));
    model.routes.push(Route::new(
        "divert",
        vec![Stage::serve("other", Distribution::Fixed(1.0))],
    ));
    let divert = || Go::Route("divert".into());
    let exits = Exits {
        queue_at_least: Some((2, divert())),
        patience_h: Some((Distribution::Fixed(12.0), Go::Leave)),
        ..Exits::default()
    };
    let stages = |exits: &Exits| {
        let seize = Seize {
            exits: exits.clone(),
            ..Seize::one("quay")
        };
        vec![Stage::Serve {
            seize,
            time_h: Distribution::Fixed(10.0),
        }]
    };
    model.routes[0].stages = stages(&exits);
    let found = log(model.clone());
    assert_eq!(
        when(&found, Happening::Balked),
        [(3.0, 3)],
        "two wait before it"
    );
    assert_eq!(
        when(&found, Happening::Reneged),
        [(14.0, 2)],
        "it would have waited for 18 h"
    );
    assert_eq!(
        when(&found, Happening::Finished),
        [(4.0, 3), (10.0, 0), (20.0, 1)]
    );
    // With a closure known to last until 50 h nobody waits who would expect more than 20 h.
    model.stations[0]
        .changes
        .push(strike(0.5, 50.0, Level::Part(0.0), Work::Finish));
    let exits = Exits {
        expected_over_h: Some((Distribution::Fixed(20.0), divert())),
        ..Exits::default()
    };
    model.routes[0].stages = stages(&exits);
    assert_eq!(
        when(&log(model.clone()), Happening::Balked),
        [(1.0, 1), (2.0, 2), (3.0, 3)]
    );
    // Those who believe that it is over in 2 h wait: one has 10 h before it, the next 20 h.
    model.stations[0].changes[0].believed_h = Some(Hours::new(2.0));
    assert_eq!(when(&log(model), Happening::Balked), [(2.0, 2), (3.0, 3)]);
}

#[test]
fn ships_choose_the_port_with_the_least_wait_and_detour() {
    let mut model = one_station(Station::servers("near", 1), at(&[0.0, 0.0, 0.0]), 10.0);
    model.stations.push(Station::servers("far", 1));
    model.routes.push(Route::new(
        "far call",
        vec![Stage::serve("far", Distribution::Fixed(10.0))],
    ));
    let branch = |route: &str, station: &str, extra| Branch {
        route: route.into(),
        weight: 0.0,
        station: Some(station.into()),
        extra_h: Hours::new(extra),
    };
    let branches = vec![branch("call", "near", 0.0), branch("far call", "far", 6.0)];
    model.routes.push(Route::new(
        "arrive",
        vec![Stage::Choose {
            pick: Pick::LeastTime,
            branches,
        }],
    ));
    model.sources[0].route = "arrive".into();
    let log = log(model);
    let stations: Vec<Option<u32>> = log
        .entries
        .iter()
        .filter(|entry| entry.what == Happening::Seized)
        .map(|entry| entry.station)
        .collect();
    assert_eq!(
        stations,
        [Some(0), Some(1), Some(0)],
        "0 h; then 6 h against 10 h; then 10 h against 16 h"
    );
}

#[test]
fn a_full_yard_keeps_the_ship_at_its_berth() {
    let mut model = Model::new(Hours::new(100.0));
    model.stations = vec![
        Station::servers("berth", 1),
        Station::servers("yard", 10),
        Station::servers("gate", 1),
    ];
    let yard = Stage::Seize(Seize {
        units: Units::Count(8),
        ..Seize::one("yard")
    });
    let carry = Some(Carry {
        station: "yard".into(),
        units: 2,
    });
    let send = Stage::Send {
        count: Distribution::Fixed(4.0),
        route: "lot".into(),
        carry,
    };
    model.routes = vec![
        Route::new(
            "call",
            vec![
                Stage::seize("berth"),
                yard,
                Stage::work("berth", Distribution::Fixed(5.0)),
                send,
                Stage::release("yard"),
            ],
        ),
        Route::new(
            "lot",
            vec![
                Stage::delay(Distribution::Fixed(10.0)),
                Stage::serve("gate", Distribution::Fixed(1.0)),
            ],
        ),
    ];
    model
        .sources
        .push(Source::new("ships", at(&[0.0, 1.0]), "call"));
    let log = log(model);
    // The first ship has unloaded at 5 h. Its four lots of two go out through the gate from 15 h on,
    // one an hour; the second ship needs eight places of ten and gets them when three lots are out.
    let yard: Vec<f64> = log
        .entries
        .iter()
        .filter(|entry| entry.what == Happening::Seized && entry.station == Some(1))
        .map(|entry| entry.time_h)
        .collect();
    assert_eq!(yard, [0.0, 18.0]);
}

#[test]
fn machines_that_fail_take_their_units_along() {
    let mut cranes = Station::servers("cranes", 2);
    cranes.breakdowns = Some(Breakdowns {
        machines: 2,
        units: 1,
        to_failure_h: Distribution::Exponential { mean: 80.0 },
        repair_h: Distribution::Exponential { mean: 20.0 },
    });
    let mut model = one_station(cranes, Arrivals::Poisson { per_day: 2.0 }, 10.0);
    model.horizon_h = Hours::new(200_000.0);
    let record = &outcome(model).records[0];
    assert!(
        (record.stations[0].capacity_mean - 1.6).abs() < 0.02,
        "{}",
        record.stations[0].capacity_mean
    );
    assert!(record.certificate.little_residual < 1e-9);
}

#[test]
fn late_ships_come_late_and_liners_keep_their_headway() {
    let mut model = one_station(Station::servers("quay", 9), at(&[]), 1.0);
    let late_h = Some(Distribution::Uniform {
        low: 0.0,
        high: 24.0,
    });
    model.sources[0].arrivals = Arrivals::Every {
        headway_h: Hours::WEEK,
        first_h: Hours::new(10.0),
        late_h,
    };
    let came = when(&log(model), Happening::Came);
    assert_eq!(came.len(), 6);
    for (time, number) in came {
        let late = time - 10.0 - 168.0 * number as f64;
        assert!(
            (0.0..24.0).contains(&late) && late > 0.0,
            "number {number} is {late} h late"
        );
    }
}

#[test]
fn a_strike_of_random_length_is_drawn_for_each_replication() {
    let mut quay = Station::servers("quay", 1);
    let mut change = strike(10.0, 20.0, Level::Part(0.0), Work::Finish);
    change.end = End::After(Distribution::Exponential { mean: 48.0 });
    quay.changes.push(change);
    let plan = Plan::new(one_station(quay, at(&[11.0]), 1.0)).expect("a sound model");
    let outcome = simulate(&plan, &Settings::new(1, 400), &mut unwatched).expect("a sound run");
    let wait = outcome.estimate(Measure::Wait(0)).expect("waits");
    // Mean of what is left of an exponential length after its first hour, that of those over by then being 0.
    let exact = 48.0 * (-1.0_f64 / 48.0).exp();
    assert!(
        (wait.mean - exact).abs() < 1.5 * wait.ci95.expect("an interval"),
        "{wait:?}, exactly {exact}"
    );
    assert!(wait.p10 < wait.p50 && wait.p50 < wait.p90);
}

#[test]
fn a_slower_station_takes_longer_for_what_begins_meanwhile() {
    let slower = |name: &str| Change {
        longer_h: Some(Hours::new(3.0)),
        name: name.into(),
        ..strike(5.0, 15.0, Level::Part(1.0), Work::Finish)
    };
    // Ten hours each on one berth: the second begins at 10 and is there for 13 h, the third at 23.
    let mut quay = Station::servers("quay", 1);
    quay.changes.push(slower("slow"));
    let berth = log(one_station(quay, at(&[0.0, 1.0, 2.0]), 10.0));
    assert_eq!(
        when(&berth, Happening::Finished),
        [(10.0, 0), (23.0, 1), (33.0, 2)]
    );
    // A canal lets as many through as before; each is longer on its way after its slot.
    let mut canal = Station::slots("canal", 24.0, Hours::new(1.0));
    canal.changes = vec![slower("slow"), slower("slower")];
    let transit = log(one_station(canal, at(&[3.5, 6.5, 20.5]), 10.0));
    assert_eq!(
        when(&transit, Happening::Finished),
        [(14.0, 0), (23.0, 1), (31.0, 2)]
    );
}
