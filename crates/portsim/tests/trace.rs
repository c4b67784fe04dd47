//! Traces that are written are read again with other people's code.
#![cfg(feature = "parquet")]

use std::fs::File;

use arrow_array::{Array, Float64Array, StringArray};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use portsim::model::*;
use portsim::{Distribution, Hours, Model, Plan, Settings, replay, write_trace};

fn plan() -> Plan {
    let mut model = Model::new(Hours::days(30.0));
    model.sources.push(Source::new(
        "ships",
        Arrivals::Poisson { per_day: 3.0 },
        "call",
    ));
    model.stations.push(Station::servers("quay", 2));
    let exits = Exits {
        patience_h: Some((Distribution::Fixed(10.0), Go::Leave)),
        ..Exits::default()
    };
    let seize = Seize {
        exits,
        ..Seize::one("quay")
    };
    let time_h = Distribution::Exponential { mean: 16.0 };
    model
        .routes
        .push(Route::new("call", vec![Stage::Serve { seize, time_h }]));
    Plan::new(model).expect("a sound model")
}

#[test]
fn a_trace_holds_every_visit() {
    let (plan, settings) = (plan(), Settings::new(1, 3));
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("visits.parquet");
    write_trace(&path, &plan, &settings, 0..3).expect("a trace");
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(&path).expect("the file"))
        .expect("a Parquet file");
    let (mut rows, mut waits, mut ends) = (0, Vec::new(), Vec::new());
    for batch in reader.build().expect("a reader") {
        let batch = batch.expect("a batch");
        rows += batch.num_rows();
        let numbers = |name: &str| {
            let column = batch.column_by_name(name).expect("a column").as_any();
            column
                .downcast_ref::<Float64Array>()
                .expect("numbers")
                .clone()
        };
        let (asked, seized, left) = (numbers("asked_h"), numbers("seized_h"), numbers("left_h"));
        let end = batch.column_by_name("end").expect("a column").as_any();
        let end = end.downcast_ref::<StringArray>().expect("words");
        for row in 0..batch.num_rows() {
            ends.push(end.value(row).to_owned());
            match end.value(row) {
                "served" => waits.push(seized.value(row) - asked.value(row)),
                "reneged" => assert!(
                    seized.is_null(row) && (left.value(row) - asked.value(row) - 10.0).abs() < 1e-9
                ),
                _ => assert!(seized.is_null(row)),
            }
        }
    }
    let visits: Vec<_> = (0..3)
        .flat_map(|number| replay(&plan, &settings, number).expect("a run").visits())
        .collect();
    assert_eq!(rows, visits.len());
    assert!(
        ends.iter().any(|end| end == "reneged")
            && waits.iter().all(|wait| (0.0..10.0).contains(wait))
    );
    assert_eq!(
        std::fs::read_dir(folder.path())
            .expect("the folder")
            .count(),
        1,
        "nothing half-written is left"
    );
}

#[test]
fn a_place_that_cannot_be_written_is_said() {
    let error = write_trace(
        "no such folder/visits.parquet".as_ref(),
        &plan(),
        &Settings::new(1, 1),
        0..1,
    );
    assert!(
        error
            .expect_err("it cannot")
            .to_string()
            .starts_with("no such folder/visits.parquet: cannot be written")
    );
}
