//! The wait that actors expect, by what they do: against chains whose shares are known exactly, and
//! against times worked out by hand.

use portsim::model::*;
use portsim::{
    Distribution, Happening, Hours, Log, Measure, Model, Outcome, Plan, Settings, replay, simulate,
    unwatched,
};

/// M/M/1 with service of an hour, two classes, class 0 served first; class 1 turns away if it expects
/// to wait longer than it likes.
fn two_classes(rates: [f64; 2], too_long: Distribution) -> Outcome {
    let mut model = Model::new(Hours::new(200_000.0));
    model.warm_up_h = Hours::new(2_000.0);
    let mut server = Station::servers("server", 1);
    server.discipline = Discipline::Priority;
    model.stations.push(server);
    for (class, rate) in (0..).zip(rates) {
        let name = format!("class {class}");
        let arrivals = Arrivals::Poisson {
            per_day: 24.0 * rate,
        };
        let mut source = Source::new(&name, arrivals, &name);
        source.priority = class;
        model.sources.push(source);
        let mut seize = Seize::one("server");
        if class == 1 {
            seize.exits.expected_over_h = Some((too_long.clone(), Go::Leave));
        }
        let time_h = Distribution::Exponential { mean: 1.0 };
        let stages = vec![Stage::Serve { seize, time_h }];
        model.routes.push(Route::new(&name, stages));
    }
    let plan = Plan::new(model).expect("a sound model");
    simulate(&plan, &Settings::new(4, 4), &mut unwatched).expect("a sound run")
}

/// Share of class 1 that turns away. How many are inside is a chain of births and deaths, whatever the
/// order of service; who comes meets it as it is over time. With n inside, the last of class 1 waits
/// n / (1 - ρ₀): the work of those inside, and of all of class 0 that come meanwhile.
fn turned_away(rates: [f64; 2], stays: impl Fn(f64) -> f64) -> f64 {
    let joins = |inside: u32| match inside {
        0 => 1.0,
        n => stays(f64::from(n) / (1.0 - rates[0])),
    };
    let (mut weight, mut sum, mut away) = (1.0, 0.0, 0.0);
    for inside in 0..500 {
        sum += weight;
        away += weight * (1.0 - joins(inside));
        weight *= rates[0] + rates[1] * joins(inside);
    }
    away / sum
}

fn share_away(outcome: &Outcome) -> (f64, f64) {
    let share = |record: &portsim::Record| {
        let source = &record.sources[1];
        Some(source.gave_up as f64 / source.came as f64)
    };
    let found = outcome.estimate_of(share).expect("a share");
    (found.mean, found.ci95.expect("an interval"))
}

#[test]
fn who_is_served_last_turns_away_as_often_as_queues_with_priorities_say() {
    for rates in [[0.4, 0.5], [0.6, 0.3], [0.2, 0.9]] {
        // Two inside are waited for, three are not.
        let most_h = 2.5 / (1.0 - rates[0]);
        let outcome = two_classes(rates, Distribution::Fixed(most_h));
        let exact = turned_away(rates, |wait_h| if wait_h > most_h { 0.0 } else { 1.0 });
        let (found, _) = share_away(&outcome);
        assert!(
            (found / exact - 1.0).abs() < 0.03,
            "{rates:?}: {found}, exactly {exact}"
        );
    }
}

#[test]
fn each_has_a_patience_of_its_own() {
    let rates = [0.4, 0.5];
    let outcome = two_classes(rates, Distribution::Exponential { mean: 6.0 });
    let exact = turned_away(rates, |wait_h| (-wait_h / 6.0).exp());
    let (found, _) = share_away(&outcome);
    assert!(
        (found / exact - 1.0).abs() < 0.02,
        "{found}, exactly {exact}"
    );
}

#[test]
fn classes_wait_as_cobham_says() {
    // Nobody turns away: the patience is longer than the run.
    let rates = [0.4_f64, 0.4];
    let outcome = two_classes(rates, Distribution::Fixed(1e9));
    let load = rates[0] + rates[1];
    let exact = [
        load / (1.0 - rates[0]),
        load / ((1.0 - rates[0]) * (1.0 - load)),
    ];
    for (class, exact) in exact.into_iter().enumerate() {
        let inside = outcome.estimate(Measure::Time(class)).expect("times");
        let found = inside.mean - 1.0;
        assert!(
            (found / exact - 1.0).abs() < 0.03,
            "class {class}: {found}, exactly {exact}"
        );
    }
}

fn listed(name: &str, class: u8, hours: &[f64], route: &str) -> Source {
    let arrivals = Arrivals::Listed {
        times_h: hours.iter().copied().map(Hours::new).collect(),
        late_h: None,
    };
    let mut source = Source::new(name, arrivals, route);
    source.priority = class;
    source
}

fn log(model: &Model) -> Log {
    let plan = Plan::new(model.clone()).expect("a sound model");
    replay(&plan, &Settings::new(1, 1), 0).expect("a sound run")
}

/// Longest wait, in whole hours, that the one who comes at a time has to be ready for to stay.
fn expects_h(model: &mut Model, route: usize) -> f64 {
    for most in 0..2000 {
        let Stage::Seize(seize) = &mut model.routes[route].stages[0] else {
            panic!("the route begins with a seizing");
        };
        let most_h = f64::from(most) + 0.5;
        seize.exits.expected_over_h = Some((Distribution::Fixed(most_h), Go::Leave));
        let balks = |log: &Log| {
            let mut entries = log.entries.iter();
            entries.any(|entry| entry.what == Happening::Balked)
        };
        if !balks(&log(model)) {
            return f64::from(most);
        }
    }
    f64::INFINITY
}

/// A canal with a slot an hour, `before` ships before the one of class 1 that asks at `asks_h`.
fn canal(asks_h: f64, before: usize) -> Model {
    let mut model = Model::new(Hours::new(2_000.0));
    let mut canal = Station::slots("canal", 24.0, Hours::new(1.0));
    canal.discipline = Discipline::Priority;
    model.stations.push(canal);
    let queue = vec![asks_h - 0.25; before];
    model.sources.push(listed("queue", 1, &queue, "wait"));
    model.sources.push(listed("asker", 1, &[asks_h], "ask"));
    for name in ["wait", "ask"] {
        let stages = vec![Stage::Seize(Seize::one("canal"))];
        model.routes.push(Route::new(name, stages));
    }
    model
}

fn shut(from: f64, until: f64) -> Change {
    let end = End::At(Hours::new(until));
    Change::new("shut", Hours::new(from), end, Level::Part(0.0))
}

#[test]
fn a_closure_counts_once_it_has_begun_or_was_announced() {
    // Ten ships before it, a slot an hour, half an hour until the next: it expects 10.5 h and no more.
    let mut open = canal(100.5, 10);
    assert_eq!(expects_h(&mut open, 1), 10.0);
    // From hour 103 to 143 nothing passes, as nobody knows.
    open.stations[0].changes = vec![shut(103.0, 143.0)];
    assert_eq!(expects_h(&mut open, 1), 10.0);
    // Announced before it comes, it does; announced afterwards, it has not heard of it.
    open.stations[0].changes[0].foreseen_h = Some(Hours::new(90.0));
    assert_eq!(expects_h(&mut open, 1), 50.0);
    open.stations[0].changes[0].foreseen_h = Some(Hours::new(102.0));
    assert_eq!(expects_h(&mut open, 1), 10.0);
    // What is announced is what is believed: 4 h of closure.
    open.stations[0].changes[0].foreseen_h = Some(Hours::new(90.0));
    open.stations[0].changes[0].believed_h = Some(Hours::new(4.0));
    assert_eq!(expects_h(&mut open, 1), 14.0);
}

#[test]
fn a_part_that_is_left_is_reckoned_with_until_all_is_there_again() {
    // Half the slots until hour 110: about 4.75 ships by then, the rest one an hour.
    let mut half = canal(100.5, 10);
    half.stations[0].changes = vec![Change {
        level: Level::Part(0.5),
        ..shut(50.0, 110.0)
    }];
    assert_eq!(expects_h(&mut half, 1), 15.0);
}

#[test]
fn nights_are_foreseen() {
    // Open from 6 to 18: at 15.5 ten ships are before it, 2.5 pass today, the rest from 6 on.
    let mut day = canal(15.5, 10);
    day.stations[0].opening = Some(Opening {
        period_h: Hours::DAY,
        windows: vec![Window {
            from_h: Hours::new(6.0),
            until_h: Hours::new(18.0),
        }],
        work: Work::Finish,
    });
    assert_eq!(expects_h(&mut day, 1), 22.0);
}

#[test]
fn booked_ships_take_their_slots_before_those_that_wait_without() {
    // A booked ship every two hours takes half of the slots: ten ships need twenty hours.
    let mut model = canal(400.5, 10);
    let mut booked = listed("booked", 0, &[], "pass");
    booked.arrivals = Arrivals::Every {
        headway_h: Hours::new(2.0),
        first_h: Hours::new(0.0),
        late_h: None,
    };
    model.sources.push(booked);
    let stages = vec![Stage::Seize(Seize::one("canal"))];
    model.routes.push(Route::new("pass", stages));
    assert_eq!(expects_h(&mut model, 1), 20.0);
    // Twice as many booked ships as slots for them: by their quota they never get more than half.
    let quota = Quota {
        priority: 0,
        share: 0.5,
    };
    let Kind::Slots {
        every_h,
        per_day,
        quotas,
        ..
    } = &mut model.stations[0].kind
    else {
        panic!("the canal gives out slots");
    };
    (*every_h, *per_day, *quotas) = (Hours::new(2.0), 24.0, vec![quota]);
    model.limits.allow_unstable = true;
    if let Arrivals::Every { headway_h, .. } = &mut model.sources[2].arrivals {
        *headway_h = Hours::new(1.0);
    }
    assert_eq!(expects_h(&mut model, 1), 21.0);
    // Without the quota they leave nothing, and no patience is long enough.
    if let Kind::Slots { quotas, .. } = &mut model.stations[0].kind {
        quotas.clear();
    }
    assert!(expects_h(&mut model, 1).is_infinite());
}

#[test]
fn low_water_keeps_deep_ships_out_and_lets_pass_who_left_cargo_behind() {
    let mut model = canal(100.5, 0);
    for source in &mut model.sources {
        source.draught_m = Some(Distribution::Fixed(14.0));
    }
    let end = End::At(Hours::new(200.0));
    let level = Level::Part(1.0);
    model.stations[0].changes = vec![Change {
        max_draught_m: Some(13.4),
        ..Change::new("drought", Hours::new(100.0), end, level)
    }];
    let seized = |model: &Model| {
        let entries = log(model).entries;
        let seized = entries.iter().filter(|e| e.what == Happening::Seized);
        seized.count()
    };
    assert_eq!(seized(&model), 0);
    let mut lighter = Seize::one("canal");
    lighter.draught_m = Some(13.0);
    model
        .routes
        .push(Route::new("lighter", vec![Stage::Seize(lighter)]));
    if let Stage::Seize(seize) = &mut model.routes[1].stages[0] {
        seize.exits.too_large = Some(Go::Route("lighter".into()));
    }
    assert_eq!(seized(&model), 1);
    model.stations[0].changes[0].from_h = Hours::new(101.0);
    if let Stage::Seize(seize) = &mut model.routes[1].stages[0] {
        seize.exits.too_large = None;
    }
    assert_eq!(seized(&model), 1, "the water falls after it has come");
}
