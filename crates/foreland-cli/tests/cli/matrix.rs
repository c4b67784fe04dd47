use std::fs;

use arrow_array::cast::AsArray;
use arrow_array::types::{Float32Type, Int32Type};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::{foreland, outcome_of, printed};

const PORTS: &str = "unlocode\nPECLL\nCNSHA\nNLRTM\nPECLL\n";

fn matrix(dir: &tempfile::TempDir, ports: &str, out: &str) -> super::Outcome {
    let file = dir.path().join("ports.csv");
    fs::write(&file, ports).expect("a file");
    let mut command = foreland(&["matrix", "--ports"]);
    outcome_of(command.arg(file).arg("--out").arg(dir.path().join(out)))
}

#[test]
fn csv_and_parquet_hold_the_same_distances() {
    let dir = tempfile::tempdir().expect("a folder");
    for out in ["m.csv", "m.parquet"] {
        let outcome = matrix(&dir, PORTS, out);
        assert_eq!(outcome.code, 0, "{}", outcome.stderr);
        assert!(
            outcome
                .stdout
                .contains("9 pairs of 3 ports, 0 without a route"),
            "{}",
            outcome.stdout
        );
    }
    let text = fs::read_to_string(dir.path().join("m.csv")).expect("a file");
    let mut from_csv = Vec::new();
    for row in csv::Reader::from_reader(text.as_bytes()).records() {
        let row = row.expect("a row");
        let nm: f32 = row[2].parse().expect("a distance");
        from_csv.push((row[0].to_owned(), row[1].to_owned(), nm));
    }
    let file = fs::File::open(dir.path().join("m.parquet")).expect("a file");
    let reader = ParquetRecordBatchReaderBuilder::try_new(file)
        .expect("Parquet")
        .build()
        .expect("a reader");
    let mut from_parquet = Vec::new();
    for batch in reader {
        let batch = batch.expect("a batch");
        let code = |column: usize, row: usize| {
            let keys = batch.column(column).as_dictionary::<Int32Type>();
            let names = keys.values().as_string::<i32>();
            names.value(keys.keys().value(row) as usize).to_owned()
        };
        let nm = batch.column(2).as_primitive::<Float32Type>();
        from_parquet
            .extend((0..batch.num_rows()).map(|row| (code(0, row), code(1, row), nm.value(row))));
    }
    assert_eq!(from_csv.len(), 9);
    for ((from, to, nm), other) in from_csv.iter().zip(&from_parquet) {
        assert_eq!((from, to), (&other.0, &other.1));
        assert!(
            (nm - other.2).abs() < 0.006,
            "{from} {to}: {nm} {}",
            other.2
        );
    }
    // The same as the single query, and zero on the diagonal.
    let single = printed(&["route", "PECLL", "NLRTM", "--format", "csv"]);
    let expected: f32 = single
        .lines()
        .nth(1)
        .and_then(|row| row.split(',').nth(2))
        .expect("a cell")
        .parse()
        .expect("a distance");
    let found = from_csv
        .iter()
        .find(|(from, to, _)| from == "PECLL" && to == "NLRTM")
        .expect("the pair");
    assert!((found.2 - expected).abs() < 0.02, "{} {expected}", found.2);
    assert!(
        from_csv
            .iter()
            .filter(|(from, to, _)| from == to)
            .all(|(_, _, nm)| *nm == 0.0)
    );
}

#[test]
fn unknown_ports_are_all_named_and_nothing_is_written() {
    let dir = tempfile::tempdir().expect("a folder");
    let outcome = matrix(&dir, "name,port\na,Calao\nb,CNSHA\nc,QQQQQ\n", "m.parquet");
    assert_eq!((outcome.code, outcome.stdout.as_str()), (2, ""));
    assert!(
        outcome
            .stderr
            .contains("ports.csv:2, column port: no port is called `Calao`"),
        "{}",
        outcome.stderr
    );
    assert!(
        outcome.stderr.contains("ports.csv:4, column port"),
        "{}",
        outcome.stderr
    );
    assert!(!dir.path().join("m.parquet").exists());
}

#[test]
fn files_and_endings_that_will_not_do_are_refused() {
    let dir = tempfile::tempdir().expect("a folder");
    for (ports, out, expected) in [
        (PORTS, "m.xlsx", "ends neither in .parquet nor in .csv"),
        (
            "harbour\nPECLL\n",
            "m.csv",
            "neither a column `unlocode` nor a column `port`",
        ),
        ("unlocode\n", "m.csv", "there are no rows"),
        ("unlocode\nlon=1,lat=2\n", "m.csv", "the row has 2 fields"),
    ] {
        let outcome = matrix(&dir, ports, out);
        assert_eq!(outcome.code, 2);
        assert!(outcome.stderr.contains(expected), "{}", outcome.stderr);
        assert!(!dir.path().join(out).exists());
    }
}
