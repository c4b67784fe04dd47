//! Findings on disk and their replay.

use std::collections::BTreeMap;
use std::path::Path;

use crate::small::{FlatSea, OPENING, SCENARIO, atlas_dir, run};
use foreland::findings::{Findings, Manifest};
use foreland::{Atlas, Error, ErrorClass, Progress, Replay, replay};

fn findings() -> Findings {
    run(&format!("{OPENING}{SCENARIO}")).unwrap()
}

fn files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![dir.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path
                    .strip_prefix(dir)
                    .unwrap()
                    .to_string_lossy()
                    .into_owned();
                found.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    found
}

#[test]
fn all_files_are_in_the_manifest_with_their_hashes() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    let written = findings().write(&out).unwrap();
    let on_disk = files(&out);
    assert_eq!(written.len(), on_disk.len());
    let manifest = Manifest::read(&out.join("manifest.json")).unwrap();
    assert_eq!(manifest.outputs.len(), on_disk.len() - 1);
    for output in &manifest.outputs {
        let bytes = &on_disk[&output.name];
        assert_eq!(
            blake3::hash(bytes).to_hex().to_string(),
            output.blake3,
            "{}",
            output.name
        );
    }
    for name in [
        "findings.json",
        "geo/routes.geojson",
        "tables/chains.csv",
        "tables/chains.parquet",
    ] {
        assert!(on_disk.contains_key(name), "{name}");
    }
    // Nothing else is left beside the folder.
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
}

#[test]
fn the_same_run_gives_the_same_bytes_and_replaces_the_earlier_one() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    findings().write(&out).unwrap();
    let first = files(&out);
    findings().write(&out).unwrap();
    assert_eq!(files(&out), first);
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
}

#[test]
fn a_folder_of_something_else_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("thesis.txt"), "my work").unwrap();
    let error = findings().write(dir.path()).unwrap_err();
    assert_eq!(error.class(), ErrorClass::Input);
    assert_eq!(files(dir.path()).len(), 1);
}

#[test]
fn parquet_and_csv_hold_the_same_rows() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    findings().write(&out).unwrap();
    for name in ["chains", "stages", "differences", "assumptions"] {
        let path = out.join(format!("tables/{name}.csv"));
        let mut csv = csv::Reader::from_path(path).unwrap();
        let columns = csv.headers().unwrap().clone();
        let rows = csv.records().count();
        let file = std::fs::File::open(out.join(format!("tables/{name}.parquet"))).unwrap();
        let reader =
            parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
        let names: Vec<String> = reader
            .schema()
            .fields()
            .iter()
            .map(|f| f.name().clone())
            .collect();
        assert_eq!(names, columns.iter().collect::<Vec<_>>());
        let batches = reader.build().unwrap();
        assert_eq!(
            batches.map(|b| b.unwrap().num_rows()).sum::<usize>(),
            rows,
            "{name}"
        );
    }
}

#[test]
fn lines_stay_within_the_antimeridian() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    findings().write(&out).unwrap();
    let text = std::fs::read(out.join("geo/routes.geojson")).unwrap();
    let routes: serde_json::Value = serde_json::from_slice(&text).unwrap();
    let features = routes["features"].as_array().unwrap();
    assert!(!features.is_empty());
    for feature in features {
        for line in feature["geometry"]["coordinates"].as_array().unwrap() {
            for point in line.as_array().unwrap() {
                assert!(point[0].as_f64().unwrap().abs() <= 180.0, "{feature}");
            }
        }
    }
}

/// Writes a small study to disk and runs it from there, as the command line does.
fn run_from_disk(root: &Path) -> Findings {
    run_with(root, &crate::small::atlas())
}

fn run_with(root: &Path, atlas: &foreland::Atlas) -> Findings {
    let folder = root.join("small");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("study.toml"), format!("{OPENING}{SCENARIO}")).unwrap();
    let study = foreland::Study::load(&folder).unwrap();
    foreland::run(
        &foreland::RunRequest {
            atlas,
            study: &study,
            sea: &FlatSea::new(),
            seed: Some(77),
            replications: None,
            command: vec!["run".to_owned(), "small".to_owned()],
            cancel: None,
        },
        &|_: Progress| {},
    )
    .unwrap()
}

#[test]
fn a_replay_gives_the_same_bytes() {
    let dir = tempfile::tempdir().unwrap();
    let (first, second) = (dir.path().join("first"), dir.path().join("second"));
    run_from_disk(dir.path()).write(&first).unwrap();
    let again = replay(
        &Replay {
            manifest: &first.join("manifest.json"),
            atlas: atlas_dir(),
            study: dir.path().join("small"),
            sea: &FlatSea::new(),
        },
        &|_: Progress| {},
    )
    .unwrap();
    again.write(&second).unwrap();
    assert_eq!(files(&first), files(&second));
}

#[test]
fn a_value_set_instead_of_its_range_is_replayed_too() {
    let dir = tempfile::tempdir().unwrap();
    let (first, second) = (dir.path().join("first"), dir.path().join("second"));
    let set = [("parameters/load_factor".to_owned(), 0.8)];
    let atlas = crate::small::atlas().with_values(&set).unwrap();
    let fuller = run_with(dir.path(), &atlas);
    let usd = |findings: &Findings| findings.journeys[0].chains[0].money_usd.central;
    assert!(usd(&fuller) < usd(&run_from_disk(dir.path())));
    fuller.write(&first).unwrap();
    let again = replay(
        &Replay {
            manifest: &first.join("manifest.json"),
            atlas: atlas_dir(),
            study: dir.path().join("small"),
            sea: &FlatSea::new(),
        },
        &|_: Progress| {},
    );
    again.unwrap().write(&second).unwrap();
    assert_eq!(files(&first), files(&second));
}

#[test]
fn a_set_value_takes_the_range_away_and_a_group_moves_together() {
    let dir = crate::small::edited("links", |text| {
        text.replace(",50,50,50,", ",45,50,60,")
            .replace(",57.5,57.5,57.5,", ",50,57.5,60,")
    });
    let atlas = Atlas::load(dir.path()).unwrap();
    assert_eq!(atlas.with_values(&[]).unwrap(), atlas);
    let driver = atlas
        .drivers()
        .into_iter()
        .find(|d| d.id == "links/road/speed_kmh");
    let driver = driver.expect("the roads' speeds vary");
    let fast = [(driver.id.clone(), driver.high)];
    let pinned = atlas.with_values(&fast).unwrap();
    assert!(pinned.drivers().iter().all(|d| d.id != driver.id));
    for (_, param) in pinned.params.iter() {
        let group = param.group.as_ref();
        if group.is_some_and(|group| group.id == driver.id) {
            let ix = atlas.params.ix(&param.id).unwrap();
            assert_eq!(
                param.range.mid,
                atlas.params.get(ix).range.high,
                "{}",
                param.id
            );
        }
    }
}

#[test]
fn set_values_that_cannot_be_are_refused_with_a_remedy() {
    let dir = crate::small::edited("parameters", |text| {
        text.replace("\nload_factor,0.5,0.5,0.5,", "\nload_factor,0.5,0.4,0.6,")
    });
    let atlas = Atlas::load(dir.path()).unwrap();
    let refused = |id: &str, value: f64| {
        let error = atlas.with_values(&[(id.to_owned(), value)]).unwrap_err();
        format!("{error}; {}", error.remedy().unwrap_or_default())
    };
    assert!(refused("parameters/load_facto", 0.5).contains("did you mean parameters/load_factor"));
    for value in [f64::NAN, f64::INFINITY, -1.0, 0.0, 1e9] {
        assert!(refused("parameters/load_factor", value).contains("give a value from"));
    }
}

#[test]
fn a_replay_with_another_input_names_it() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    run_from_disk(dir.path()).write(&out).unwrap();
    let other = crate::small::edited("borders", |text| {
        text.replacen("pass,10,10,10", "pass,10,11,12", 1)
    });
    let error = replay(
        &Replay {
            manifest: &out.join("manifest.json"),
            atlas: other.path().to_owned(),
            study: dir.path().join("small"),
            sea: &FlatSea::new(),
        },
        &|_: Progress| {},
    )
    .unwrap_err();
    assert!(
        error
            .to_string()
            .contains("the atlas file borders.csv is not the one of the manifest"),
        "{error}"
    );
}

#[test]
fn a_cancelled_run_says_so() {
    let atlas = crate::small::atlas();
    let study = crate::small::study(&format!("{OPENING}{SCENARIO}"));
    let cancel = std::sync::atomic::AtomicBool::new(true);
    let error = foreland::run(
        &foreland::RunRequest {
            atlas: &atlas,
            study: &study,
            sea: &FlatSea::new(),
            seed: None,
            replications: None,
            command: Vec::new(),
            cancel: Some(&cancel),
        },
        &|_: Progress| {},
    )
    .unwrap_err();
    assert!(matches!(error, Error::Cancelled));
}
