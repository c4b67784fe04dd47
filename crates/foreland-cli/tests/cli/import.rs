//! `foreland atlas import`. All figures are invented: they are test data in a real layout.

use super::outcome;

#[test]
fn a_file_is_imported_with_every_row_accounted_for() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("BACI_HS17_Y2022_V1.csv");
    let text = "t,i,j,k,v,q\n2022,490,156,260300,5,NA\n2022,604,156,260300,-5,1\n";
    std::fs::write(&file, text).expect("written");
    let store = dir.path().join("store");
    let (file, store_name) = (file.display().to_string(), store.display().to_string());

    let done = outcome(&["atlas", "import", "baci", &file, "--store", &store_name]);
    assert_eq!(done.code, 0, "{}", done.stderr);
    assert!(
        done.stdout.contains("2 rows read = 1 kept + 1 rejected"),
        "{}",
        done.stdout
    );
    assert!(done.stdout.contains("Other Asia"), "{}", done.stdout);
    assert!(store.join("baci/BACI_HS17_Y2022_V1.parquet").is_file());

    let done = outcome(&[
        "atlas",
        "import",
        "baci",
        &file,
        "--store",
        &store_name,
        "--json",
    ]);
    let report: serde_json::Value = serde_json::from_str(&done.stdout).expect("JSON");
    assert_eq!(report["rows_read"], 2);
    assert_eq!(report["rejected"][0]["reason"], "negative");
    let kept = std::fs::read(store.join("baci/BACI_HS17_Y2022_V1.json")).expect("provenance");
    let kept: serde_json::Value = serde_json::from_slice(&kept).expect("JSON");
    assert_eq!(kept, report);
}

#[test]
fn a_moved_column_ends_with_code_2_and_its_name() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("BACI_HS17_Y2022_V1.csv");
    std::fs::write(&file, "t,j,i,k,v,q\n2022,490,156,260300,5,NA\n").expect("written");
    let store = dir.path().join("store");
    let (file, store_name) = (file.display().to_string(), store.display().to_string());
    let refused = outcome(&["atlas", "import", "baci", &file, "--store", &store_name]);
    assert_eq!(refused.code, 2);
    assert!(
        refused
            .stderr
            .contains("column i moved from place 2 to place 3"),
        "{}",
        refused.stderr
    );
    assert!(!store.exists());
}

#[test]
fn unknown_kinds_and_missing_files_end_with_code_2() {
    assert_eq!(outcome(&["atlas", "import", "tides", "x.csv"]).code, 2);
    assert_eq!(
        outcome(&["atlas", "import", "baci", "no-such-file.csv"]).code,
        2
    );
}
