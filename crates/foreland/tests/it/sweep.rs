//! Sweeps of the small world: the same bytes however the work is parted, and what they say.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use foreland::sweep::{Design, OutputKind, Summary, Sweep, SweepOptions, summarise};
use foreland::{Atlas, Error, Progress, RunRequest};
use proptest::prelude::*;

use crate::small::{FlatSea, OPENING, SCENARIO, edited, study};

const CLAIM: &str = r#"
[[claim]]
id = "claim"
title = "t"
statement = "s"
speaker = "p"
said_on = "2024-06-01"
source = "s"
[[claim.part]]
id = "part"
statement = "s"
measure = { time_saving = { flows = ["ore"], scenario = "opening", scope = "door_to_door", choose = "generalised_cost" } }
holds = { at_least = 2, unit = "d" }
"#;

/// The small atlas with uncertain speeds and headways of the old services.
fn atlas() -> Atlas {
    let dir = edited("services", |text| {
        text.replace(",20,20,20,", ",18,20,23,")
            .replace(",10,10,10,", ",10,11,12,")
            .replace(",168,168,168,", ",150,168,200,")
    });
    Atlas::load(dir.path()).unwrap()
}

fn options(design: Design, runs: u64, runs_per_partition: u64) -> SweepOptions {
    SweepOptions {
        design,
        runs,
        levels: 2,
        vary: Vec::new(),
        runs_per_partition,
    }
}

/// Something done with a sweep of the small study.
fn with_sweep<T>(seed: u64, options: &SweepOptions, act: impl FnOnce(&Sweep<'_>) -> T) -> T {
    let atlas = atlas();
    let study = study(&format!("{OPENING}{SCENARIO}{CLAIM}"));
    let sea = FlatSea::new();
    let request = RunRequest {
        atlas: &atlas,
        study: &study,
        sea: &sea,
        seed: Some(seed),
        replications: None,
        command: Vec::new(),
        cancel: None,
    };
    act(&Sweep::prepare(&request, options, &|_: Progress| {}).unwrap())
}

fn nothing(_: Progress) {}

/// Every file below a folder with its bytes; plans name the size of partitions and may be left out.
fn files(dir: &Path, with_plan: bool) -> BTreeMap<String, Vec<u8>> {
    fn collect(dir: &Path, below: &str, files: &mut BTreeMap<String, Vec<u8>>) {
        for entry in std::fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{below}/{}", path.file_name().unwrap().to_string_lossy());
            if path.is_dir() {
                collect(&path, &name, files);
            } else {
                files.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    let mut all = BTreeMap::new();
    collect(dir, "", &mut all);
    all.retain(|name, _| with_plan || !(name.starts_with("/runs/") || name == "/plan.json"));
    all
}

fn swept(options: &SweepOptions) -> (tempfile::TempDir, Summary) {
    let dir = tempfile::tempdir().unwrap();
    with_sweep(5, options, |sweep| {
        let all = 0..sweep.plan().partitions();
        sweep.run(dir.path(), all, &nothing).unwrap();
    });
    let summary = summarise(dir.path(), &nothing).unwrap();
    (dir, summary)
}

/// Cuts a range at some of its numbers.
fn pieces(partitions: u64, cuts: &[bool]) -> Vec<Range<u64>> {
    let mut start = 0;
    let mut pieces = Vec::new();
    for end in 1..=partitions {
        if end == partitions || cuts[end as usize % cuts.len()] {
            pieces.push(start..end);
            start = end;
        }
    }
    pieces
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn any_split_over_any_number_of_threads_gives_the_same_bytes(
        cuts in prop::collection::vec(any::<bool>(), 1..9),
        last_first in any::<bool>(),
        threads in 1usize..5,
    ) {
        let options = options(Design::Sobol, 1500, 100);
        let (whole, _) = swept(&options);
        let parted = tempfile::tempdir().unwrap();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let partitions = with_sweep(5, &options, |sweep| sweep.plan().partitions());
        let mut ranges = pieces(partitions, &cuts);
        if last_first {
            ranges.reverse();
        }
        for range in ranges {
            // Each piece as a worker of its own would do it.
            with_sweep(5, &options, |sweep| {
                pool.install(|| sweep.run(parted.path(), range, &nothing)).unwrap();
            });
        }
        pool.install(|| summarise(parted.path(), &nothing)).unwrap();
        prop_assert_eq!(files(whole.path(), true), files(parted.path(), true));
    }
}

#[test]
fn the_size_of_partitions_does_not_show_in_the_summary() {
    for design in [Design::Sobol, Design::LatinHypercube] {
        let (small, _) = swept(&options(design, 1000, 60));
        let (large, _) = swept(&options(design, 1000, 10_000));
        assert_eq!(files(small.path(), false), files(large.path(), false));
    }
}

#[test]
fn what_is_damaged_or_gone_is_done_again_and_the_rest_kept() {
    let options = options(Design::LatinHypercube, 200, 20);
    let (whole, _) = swept(&options);
    let (hurt, _) = swept(&options);
    let file = |part: u32| {
        hurt.path()
            .join(format!("runs/part={part:05}/runs.parquet"))
    };
    let mut bytes = std::fs::read(file(3)).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(file(3), bytes).unwrap();
    std::fs::remove_dir_all(hurt.path().join("runs/part=00007")).unwrap();
    // A worker that was killed while it wrote.
    std::fs::create_dir(hurt.path().join("runs/.part-00007.99-1")).unwrap();

    let error = summarise(hurt.path(), &nothing).unwrap_err();
    assert!(error.to_string().contains("part=00003"), "{error}");
    let outcome = with_sweep(5, &options, |sweep| {
        sweep.run(hurt.path(), 0..10, &nothing).unwrap()
    });
    assert_eq!((outcome.kept, outcome.made, outcome.redone), (8, 2, 1));
    summarise(hurt.path(), &nothing).unwrap();
    assert_eq!(files(whole.path(), true), files(hurt.path(), true));
}

#[test]
fn another_sweep_is_not_mixed_in() {
    let options = options(Design::LatinHypercube, 50, 20);
    let (dir, _) = swept(&options);
    let error = with_sweep(6, &options, |sweep| {
        sweep.run(dir.path(), 0..1, &nothing).unwrap_err()
    });
    assert!(matches!(error, Error::Input(_)));
    assert!(error.to_string().contains("another seed"), "{error}");
}

#[test]
fn a_folder_of_something_else_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("thesis.txt"), "mine").unwrap();
    let error = with_sweep(5, &options(Design::LatinHypercube, 50, 20), |sweep| {
        sweep.run(dir.path(), 0..1, &nothing).unwrap_err()
    });
    assert!(error.to_string().contains("no plan of a sweep"), "{error}");
}

#[test]
fn what_the_model_did_not_ask_for_is_skipped_without_a_trace() {
    // A run with one assumption moved is copied where nothing asked for the assumption: it must be
    // what the run itself yields.
    with_sweep(5, &options(Design::Sobol, 2000, 1000), |sweep| {
        let factors = sweep.plan().factors.len();
        let (mut copied, mut figures) = (0, 0);
        for point in 0..8 {
            let places = sweep.places(point);
            let (a, b) = places.split_at(factors);
            let rows = sweep.rows(point);
            for factor in 0..factors {
                let mut moved = a.to_vec();
                moved[factor] = b[factor];
                let run: Vec<u64> = sweep.figures(&moved).iter().map(|f| f.to_bits()).collect();
                let kept: Vec<u64> = rows[factor + 2].iter().map(|f| f.to_bits()).collect();
                assert_eq!(run, kept, "{}", sweep.plan().factors[factor].id);
                figures += kept.len();
                copied += kept
                    .iter()
                    .zip(&rows[0])
                    .filter(|(kept, a)| **kept == a.to_bits())
                    .count();
            }
        }
        assert!(copied > 0 && copied < figures, "{copied} of {figures}");
    });
}

#[test]
fn shares_and_indices_agree_with_the_run_of_the_study() {
    let request = RunRequest {
        atlas: &atlas(),
        study: &study(&format!("{OPENING}{SCENARIO}{CLAIM}")),
        sea: &FlatSea::new(),
        seed: None,
        replications: Some(4000),
        command: Vec::new(),
        cancel: None,
    };
    let findings = foreland::run(&request, &nothing).unwrap();
    let share = findings.claims[0].parts[0].share_holding.unwrap();
    assert!(
        (0.02..0.98).contains(&share),
        "the claim is not trivial: {share}"
    );
    for design in [Design::Sobol, Design::LatinHypercube] {
        let (_, summary) = swept(&options(design, 20_000, 4000));
        let holds = |kind| {
            let mut outputs = summary.outputs.iter();
            outputs.find(|output| output.kind == kind).unwrap()
        };
        for kind in [OutputKind::PartHolds, OutputKind::ClaimHolds] {
            let found = holds(kind).mean.unwrap();
            assert!(
                (found.value - share).abs() < 0.03,
                "{found:?}, run: {share}"
            );
        }
        // What moves a figure at the ends of its range has an index in one of the baselines.
        let figures = summary
            .outputs
            .iter()
            .filter(|o| o.kind == OutputKind::Figure);
        let named: Vec<&str> = figures
            .flat_map(|figure| &figure.strongest)
            .map(|index| index.factor.as_str())
            .collect();
        let bars = &findings.claims[0].parts[0].tornado;
        let known = bars.iter().filter(|bar| bar.assumption != "baseline");
        let ids: Vec<&str> = known.map(|bar| bar.assumption.as_str()).collect();
        assert!(
            !ids.is_empty() && ids.iter().all(|id| named.contains(id)),
            "{named:?}, {ids:?}"
        );
    }
}

#[test]
fn convergence_is_shown_at_doublings_up_to_all_points() {
    let (_, summary) = swept(&options(Design::LatinHypercube, 100, 30));
    let points: Vec<u64> = summary.outputs[0]
        .convergence
        .iter()
        .map(|checkpoint| checkpoint.points)
        .collect();
    assert_eq!(points, [16, 32, 64, 100]);
}

#[test]
fn a_misspelt_assumption_is_named_with_what_was_meant() {
    let mut options = options(Design::LatinHypercube, 50, 20);
    let varied = with_sweep(5, &options, |sweep| sweep.plan().factors[0].id.clone());
    let misspelt = format!("{varied}x");
    options.vary = vec![misspelt.clone()];
    let atlas = atlas();
    let study = study(&format!("{OPENING}{SCENARIO}{CLAIM}"));
    let sea = FlatSea::new();
    let request = RunRequest {
        atlas: &atlas,
        study: &study,
        sea: &sea,
        seed: None,
        replications: None,
        command: Vec::new(),
        cancel: None,
    };
    let Err(Error::Input(problem)) = Sweep::prepare(&request, &options, &nothing) else {
        panic!("`{misspelt}` is accepted");
    };
    assert!(problem.remedy.contains(&varied), "{}", problem.remedy);
}
