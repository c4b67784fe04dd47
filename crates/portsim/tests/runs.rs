//! Replications: the same for any number of threads, stopped and resumed, compared on the same luck.

use std::ops::ControlFlow;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use portsim::model::*;
use portsim::{
    Distribution, Hours, Measure, Model, Outcome, Plan, Precision, Progress, RunError, Settings,
    Stop, simulate, unwatched,
};

/// Names the folder in which the test of killing, run as its own child, keeps its replications.
const FOLDER_OF_CHILD: &str = "PORTSIM_KILLED_RUN";

fn port(days: f64) -> Model {
    let mut model = Model::new(Hours::days(days));
    model.warm_up_h = Hours::days(5.0);
    model.sample_every_h = Some(Hours::new(6.0));
    model.sources.push(Source::new(
        "ships",
        Arrivals::Poisson { per_day: 4.0 },
        "call",
    ));
    model.sources.push(Source::new(
        "feeders",
        Arrivals::Poisson { per_day: 2.0 },
        "call",
    ));
    let mut quay = Station::servers("quay", 3);
    quay.changes.push(Change {
        name: "strike".into(),
        from_h: Hours::days(15.0),
        end: End::After(Distribution::Uniform {
            low: 24.0,
            high: 120.0,
        }),
        level: Level::Part(0.0),
        work: Work::Pause,
        believed_h: None,
        foreseen_h: None,
        max_draught_m: None,
        longer_h: None,
    });
    model.stations.push(quay);
    model.stations.push(Station::servers("crane", 4));
    let work = Distribution::Lognormal { mean: 8.0, cv: 0.5 };
    model.routes.push(Route::new(
        "call",
        vec![Stage::seize("quay"), Stage::serve("crane", work)],
    ));
    model
}

fn plan(days: f64) -> Plan {
    Plan::new(port(days)).expect("a sound model")
}

fn run(plan: &Plan, settings: &Settings, threads: usize) -> Outcome {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .expect("threads");
    pool.install(|| simulate(plan, settings, &mut unwatched))
        .expect("a sound run")
}

fn bytes(outcome: &Outcome) -> Vec<u8> {
    let mut bytes = serde_json::to_vec(&outcome.records).expect("records");
    bytes.extend(serde_json::to_vec(&outcome.queue_over_time(0)).expect("a series"));
    bytes.extend(format!("{:?}", outcome.distribution(Measure::Wait(0))).bytes());
    bytes
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let plan = plan(60.0);
    for antithetic in [false, true] {
        let settings = Settings {
            antithetic,
            keep_details: true,
            ..Settings::new(7, 40)
        };
        let one = run(&plan, &settings, 1);
        for threads in [2, 3, 8] {
            assert_eq!(bytes(&one), bytes(&run(&plan, &settings, threads)));
        }
    }
}

#[test]
fn replications_differ_and_seeds_differ() {
    let plan = plan(60.0);
    let outcome = run(&plan, &Settings::new(7, 2), 1);
    assert_ne!(
        outcome.records[0].stations[0].wait,
        outcome.records[1].stations[0].wait
    );
    let other = run(&plan, &Settings::new(8, 2), 1);
    assert_ne!(
        outcome.records[0].stations[0].wait,
        other.records[0].stations[0].wait
    );
}

#[test]
fn scenarios_share_their_luck() {
    let settings = Settings::new(3, 200);
    let base = run(&plan(40.0), &settings, 2);
    let mut changed = port(40.0);
    changed.stations[0].changes.clear();
    // Another source, named first, moves no luck of the others.
    changed.sources.insert(
        0,
        Source::new(
            "none",
            Arrivals::Listed {
                times_h: vec![],
                late_h: None,
            },
            "call",
        ),
    );
    let calm = run(&Plan::new(changed).expect("a sound model"), &settings, 2);
    for (with, without) in base.records.iter().zip(&calm.records) {
        assert_eq!(with.sources[0].came, without.sources[1].came);
    }
    let paired = base.difference(&calm, Measure::Wait(0)).expect("waits");
    let apart = base.estimate(Measure::Wait(0)).expect("waits");
    assert!(
        paired.mean > 0.0 && paired.p10 > 0.0,
        "a strike makes everybody wait longer: {paired:?}"
    );
    assert!(paired.ci95.expect("an interval") < apart.ci95.expect("an interval"));
}

#[test]
fn the_empty_scenario_changes_nothing() {
    let settings = Settings::new(3, 5);
    let mut same = port(40.0);
    let change = Change {
        name: "nothing".into(),
        level: Level::Part(1.0),
        ..same.stations[1].changes.first().cloned().unwrap_or(Change {
            name: String::new(),
            from_h: Hours::days(1.0),
            end: End::Never,
            level: Level::Part(1.0),
            work: Work::Pause,
            believed_h: None,
            foreseen_h: None,
            max_draught_m: None,
            longer_h: None,
        })
    };
    same.stations[1].changes.push(change);
    let (base, same) = (
        run(&plan(40.0), &settings, 1),
        run(&Plan::new(same).expect("a sound model"), &settings, 1),
    );
    for (a, b) in base.records.iter().zip(&same.records) {
        assert_eq!((&a.stations[0], &a.sources), (&b.stations[0], &b.sources));
    }
}

#[test]
fn a_stop_rule_runs_until_the_interval_is_narrow() {
    let plan = plan(60.0);
    let until = Precision {
        measure: Measure::Wait(0),
        relative: 0.05,
        at_least: 10,
    };
    let settings = Settings {
        until: Some(until),
        ..Settings::new(1, 5000)
    };
    let outcome = run(&plan, &settings, 2);
    assert_eq!(outcome.stop, Stop::Narrow);
    let found = outcome.estimate(until.measure).expect("waits");
    assert!(found.relative_width() <= 0.05 && outcome.records.len() < 5000);
    // The same replications without the rule give the same.
    let plain = run(&plan, &Settings::new(1, outcome.records.len() as u64), 1);
    assert_eq!(bytes(&plain), bytes(&outcome));
    let settings = Settings {
        until: Some(until),
        ..Settings::new(1, 12)
    };
    assert_eq!(run(&plan, &settings, 1).stop, Stop::TooWide);
}

#[test]
fn a_cancelled_run_gives_what_it_has_and_can_be_resumed() {
    let plan = plan(60.0);
    let folder = tempfile::tempdir().expect("a folder");
    let settings = Settings {
        checkpoint: Some(folder.path().into()),
        ..Settings::new(5, 30)
    };
    let mut stop_after_ten = |progress: Progress| match progress.done >= 10 {
        true => ControlFlow::Break(()),
        false => ControlFlow::Continue(()),
    };
    let part = simulate(&plan, &settings, &mut stop_after_ten).expect("a sound run");
    assert_eq!(part.stop, Stop::Cancelled);
    assert!((10..30).contains(&part.records.len()));
    let whole = run(&plan, &settings, 2);
    assert_eq!(bytes(&whole), bytes(&run(&plan, &Settings::new(5, 30), 1)));
}

#[test]
fn a_checkpoint_of_another_run_is_refused_and_a_torn_file_done_again() {
    let plan = plan(60.0);
    let folder = tempfile::tempdir().expect("a folder");
    let settings = Settings {
        checkpoint: Some(folder.path().into()),
        ..Settings::new(5, 4)
    };
    let before = run(&plan, &settings, 1);
    let other = Settings {
        seed: 6,
        ..settings.clone()
    };
    assert!(matches!(
        simulate(&plan, &other, &mut unwatched),
        Err(RunError::Checkpoint { .. })
    ));
    let torn = folder.path().join("replication-00000002");
    let half = std::fs::read(&torn).expect("a replication");
    std::fs::write(&torn, &half[..half.len() / 2]).expect("a torn file");
    assert_eq!(bytes(&before), bytes(&run(&plan, &settings, 1)));
}

fn done(folder: &Path) -> usize {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let whole = |name: &str| name.starts_with("replication-") && !name.ends_with(".part");
    files
        .filter(|file| whole(&file.file_name().to_string_lossy()))
        .count()
}

/// Runs itself as a child over a checkpoint and kills it, again and again.
#[test]
fn a_killed_run_resumes_to_the_same_bytes() {
    let plan = plan(400.0);
    let settings = |folder: &Path| Settings {
        checkpoint: Some(folder.into()),
        keep_details: true,
        ..Settings::new(11, 300)
    };
    if let Some(folder) = std::env::var_os(FOLDER_OF_CHILD) {
        run(&plan, &settings(Path::new(&folder)), 2);
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let (mut kills, mut kept) = (0, 0);
    while kills < 5 {
        let mut child = Command::new(std::env::current_exe().expect("this test"))
            .args([
                "--exact",
                "a_killed_run_resumes_to_the_same_bytes",
                "--quiet",
            ])
            .env(FOLDER_OF_CHILD, folder.path())
            .stdout(Stdio::null())
            .spawn()
            .expect("a child");
        while done(folder.path()) < kept + 7 && child.try_wait().expect("a child").is_none() {
            std::thread::sleep(Duration::from_micros(300));
        }
        child.kill().expect("to be allowed to kill");
        child.wait().expect("a child");
        let now = done(folder.path());
        assert!(now >= kept, "{now} replications are left of {kept}");
        (kills, kept) = (kills + 1, now);
    }
    assert!(kept < 300, "the child was always faster than the killing");
    let (mut loaded, mut first) = (0, None);
    let mut count = |progress: Progress| {
        loaded = progress.done;
        first.get_or_insert(progress.planned);
        ControlFlow::Continue(())
    };
    let resumed = simulate(&plan, &settings(folder.path()), &mut count).expect("a sound run");
    assert_eq!((loaded, first), (300, Some(300)));
    let whole = run(
        &plan,
        &Settings {
            keep_details: true,
            ..Settings::new(11, 300)
        },
        1,
    );
    assert_eq!(bytes(&resumed), bytes(&whole));
    assert_eq!(resumed, whole);
}

/// The interval of 95 % must cover the exact value in about 95 of 100 runs.
#[test]
fn intervals_cover() {
    let mut model = Model::new(Hours::new(4_000.0));
    model.warm_up_h = Hours::new(500.0);
    model.sources.push(Source::new(
        "customers",
        Arrivals::Poisson { per_day: 16.8 },
        "visit",
    ));
    model.stations.push(Station::servers("server", 1));
    model.routes.push(Route::new(
        "visit",
        vec![Stage::serve(
            "server",
            Distribution::Exponential { mean: 1.0 },
        )],
    ));
    let plan = Plan::new(model).expect("a sound model");
    let exact = 0.7 / 0.3;
    let covers = |seed: &u64| {
        let found = run(&plan, &Settings::new(*seed, 20), 1)
            .estimate(Measure::Wait(0))
            .expect("waits");
        (found.mean - exact).abs() <= found.ci95.expect("an interval")
    };
    let covered = (0..400).filter(covers).count();
    assert!(
        (365..=395).contains(&covered),
        "{covered} of 400 intervals cover"
    );
}
