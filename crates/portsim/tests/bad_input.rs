//! Models and runs that are refused, and what is said about them.

use portsim::model::*;
use portsim::{Distribution, Hours, Model, Plan, Problem, RunError, Settings, simulate, unwatched};

fn queue() -> Model {
    let mut model = Model::new(Hours::days(10.0));
    model.sources.push(Source::new(
        "ships",
        Arrivals::Poisson { per_day: 1.0 },
        "call",
    ));
    model.stations.push(Station::servers("quay", 2));
    model.routes.push(Route::new(
        "call",
        vec![Stage::serve("quay", Distribution::Fixed(20.0))],
    ));
    model
}

fn problems(model: Model) -> Vec<Problem> {
    let error = Plan::new(model).expect_err("the model must be refused");
    error
        .faults
        .into_iter()
        .map(|fault| fault.problem)
        .collect()
}

fn run_error(model: Model) -> RunError {
    let plan = Plan::new(model).expect("the model is sound");
    simulate(&plan, &Settings::new(1, 3), &mut unwatched).expect_err("the run must fail")
}

#[test]
fn all_faults_are_told_at_once() {
    let mut model = queue();
    model.warm_up_h = Hours::days(11.0);
    model.routes[0]
        .stages
        .push(Stage::serve("quai", Distribution::Fixed(-1.0)));
    model.stations[0].max_draught_m = Some(f64::NAN);
    let error = Plan::new(model).unwrap_err();
    assert_eq!(error.faults.len(), 4, "{error}");
    let text = error.to_string();
    assert!(
        text.contains("there is no station `quai`; did you mean `quay`?"),
        "{text}"
    );
    assert!(
        text.contains("route `call`, stage 2, time_h: value is -1; expected a number, 0 or more"),
        "{text}"
    );
}

#[test]
fn an_unstable_station_is_said() {
    let mut model = queue();
    model.sources[0].arrivals = Arrivals::Poisson { per_day: 2.4 };
    let found = problems(model.clone());
    assert!(
        matches!(&found[..], [Problem::Unstable { load, .. }] if (load - 1.0).abs() < 1e-9),
        "{found:?}"
    );
    model.limits.allow_unstable = true;
    assert!(Plan::new(model).is_ok());
}

#[test]
fn a_closure_that_ends_is_not_instability_but_one_for_good_is() {
    let mut model = queue();
    let strike = |end| Change {
        name: "strike".into(),
        from_h: Hours::days(2.0),
        end,
        level: Level::Part(0.0),
        work: Work::Pause,
        believed_h: None,
        foreseen_h: None,
        max_draught_m: None,
        longer_h: None,
    };
    model.stations[0].changes = vec![strike(End::At(Hours::days(5.0)))];
    assert!(Plan::new(model.clone()).is_ok());
    model.stations[0].changes = vec![strike(End::Never)];
    assert!(matches!(&problems(model)[..], [Problem::Unstable { .. }]));
}

#[test]
fn contradictory_calendars_are_refused() {
    let mut model = queue();
    let set = |name: &str, from, until, level| Change {
        name: name.into(),
        from_h: Hours::new(from),
        end: End::At(Hours::new(until)),
        level: Level::Set(level),
        work: Work::Finish,
        believed_h: None,
        foreseen_h: None,
        max_draught_m: None,
        longer_h: None,
    };
    model.stations[0].changes = vec![set("a", 10.0, 20.0, 1.0), set("b", 15.0, 30.0, 0.0)];
    assert!(matches!(
        &problems(model.clone())[..],
        [Problem::Contradiction { time_h: 15.0, .. }]
    ));
    model.stations[0].changes = vec![set("a", 20.0, 10.0, 1.0), set("b", 300.0, 400.0, 0.5)];
    let found = problems(model.clone());
    assert!(
        matches!(
            found[0],
            Problem::Order {
                low: 20.0,
                high: 10.0
            }
        ),
        "{found:?}"
    );
    assert!(
        matches!(found[1], Problem::OutsideHorizon { .. }),
        "{found:?}"
    );
    assert!(matches!(found[3], Problem::Number { .. }), "{found:?}");
    model.stations[0].changes.clear();
    let window = |from, until| Window {
        from_h: Hours::new(from),
        until_h: Hours::new(until),
    };
    let windows = vec![window(6.0, 14.0), window(12.0, 25.0)];
    model.stations[0].opening = Some(Opening {
        period_h: Hours::DAY,
        windows,
        work: Work::Finish,
    });
    assert_eq!(problems(model).len(), 2);
}

#[test]
fn changes_that_cannot_be_are_refused() {
    let change = || {
        let end = End::At(Hours::new(20.0));
        Change::new("slow", Hours::new(10.0), end, Level::Part(0.5))
    };
    let wrong = [
        Change {
            foreseen_h: Some(Hours::new(11.0)),
            ..change()
        },
        Change {
            longer_h: Some(Hours::new(-1.0)),
            ..change()
        },
        Change {
            max_draught_m: Some(0.0),
            ..change()
        },
        Change {
            believed_h: Some(Hours::new(f64::NAN)),
            ..change()
        },
    ];
    for change in wrong {
        let mut model = queue();
        model.stations[0].changes = vec![change];
        let found = problems(model);
        assert!(matches!(&found[..], [Problem::Number { .. }]), "{found:?}");
    }
}

#[test]
fn routes_that_lead_round_in_no_time_are_refused() {
    let mut model = queue();
    model.routes[0].stages.push(Stage::Go {
        route: "again".into(),
    });
    let zero = Stage::delay(Distribution::Uniform {
        low: 0.0,
        high: 1.0,
    });
    model.routes.push(Route::new(
        "again",
        vec![
            zero,
            Stage::Go {
                route: "once more".into(),
            },
        ],
    ));
    model.routes.push(Route::new(
        "once more",
        vec![Stage::Go {
            route: "again".into(),
        }],
    ));
    let found = problems(model);
    assert!(
        matches!(&found[..], [Problem::ZeroTimeLoop { .. }]),
        "{found:?}"
    );
}

#[test]
fn holdings_are_followed_along_every_way() {
    let mut model = queue();
    model.stations.push(Station::servers("crane", 1));
    model.routes[0].stages = vec![
        Stage::seize("quay"),
        Stage::work("crane", Distribution::Fixed(1.0)),
        Stage::seize("quay"),
        Stage::release("crane"),
    ];
    let found = problems(model);
    let is =
        |problem: &Problem| matches!(problem, Problem::HeldTwice { .. } | Problem::NotHeld { .. });
    assert!(found.iter().all(is) && found.len() == 2, "{found:?}");
}

#[test]
fn more_than_there_is_cannot_be_asked_for() {
    let mut model = queue();
    let seize = Seize {
        units: Units::Count(3),
        ..Seize::one("quay")
    };
    model.routes[0].stages = vec![Stage::Serve {
        seize,
        time_h: Distribution::Fixed(1.0),
    }];
    assert!(matches!(
        &problems(model)[..],
        [Problem::NeverFits {
            asked: 3,
            capacity: 2,
            ..
        }]
    ));
}

#[test]
fn slots_are_not_held() {
    let mut model = queue();
    model
        .stations
        .push(Station::slots("canal", 30.0, Hours::DAY));
    model.routes[0].stages.push(Stage::release("canal"));
    assert!(matches!(&problems(model)[..], [Problem::Slots { .. }, ..]));
}

#[test]
fn a_run_that_goes_wild_is_given_up() {
    let mut model = queue();
    model.limits.events = 10;
    assert!(matches!(
        run_error(model),
        RunError::TooManyEvents {
            limit: 10,
            replication: 0,
            ..
        }
    ));
    let mut model = queue();
    model.sources[0].arrivals = Arrivals::Poisson { per_day: 1000.0 };
    model.limits = Limits {
        entities: 50,
        allow_unstable: true,
        ..Limits::default()
    };
    let error = run_error(model);
    assert!(
        matches!(&error, RunError::TooManyEntities { station, .. } if station == "quay"),
        "{error}"
    );
}

#[test]
fn a_deadlock_is_said() {
    let mut model = queue();
    model.stations.push(Station::servers("crane", 2));
    let take = |first: &str, second: &str| {
        let two = |name: &str| {
            Stage::Seize(Seize {
                units: Units::Count(2),
                ..Seize::one(name)
            })
        };
        vec![
            two(first),
            Stage::delay(Distribution::Fixed(5.0)),
            two(second),
        ]
    };
    model.routes = vec![
        Route::new("call", take("quay", "crane")),
        Route::new("other", take("crane", "quay")),
    ];
    let listed = Arrivals::Listed {
        times_h: vec![Hours::new(1.0)],
        late_h: None,
    };
    model.sources = vec![
        Source::new("a", listed.clone(), "call"),
        Source::new("b", listed, "other"),
    ];
    let error = run_error(model);
    assert!(
        matches!(&error, RunError::Deadlock { waiting: 2, .. }),
        "{error}"
    );
}

#[test]
fn settings_out_of_range_are_refused() {
    let plan = Plan::new(queue()).unwrap();
    let none = Settings::new(1, 0);
    assert!(matches!(
        simulate(&plan, &none, &mut unwatched),
        Err(RunError::Setting { .. })
    ));
    let odd = Settings {
        antithetic: true,
        ..Settings::new(1, 3)
    };
    assert!(matches!(
        simulate(&plan, &odd, &mut unwatched),
        Err(RunError::Setting { .. })
    ));
}
