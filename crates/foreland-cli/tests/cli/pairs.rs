use std::fs;

use super::{foreland, outcome, outcome_of, refused};

/// Writes a file of pairs and gives the arguments that read it.
fn with_pairs<T>(text: &[u8], ask: impl FnOnce(&str, &tempfile::TempDir) -> T) -> T {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("pairs.csv");
    fs::write(&file, text).expect("a file");
    ask(file.to_str().expect("a path"), &dir)
}

fn rows_of(text: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let own = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect::<Vec<_>>();
    let header = own(reader.headers().expect("a header"));
    let rows = reader
        .records()
        .map(|row| own(&row.expect("a row")))
        .collect();
    (header, rows)
}

#[test]
fn every_column_and_every_row_comes_back_in_order() {
    let pairs = "id,note,from,to,via,avoid\n\
                 1,\"a, \"\"b\"\"\",Callao,CNSHA,,\n\
                 2,,Rotterdam,Singapore,good-hope,\n\
                 3,,NLRTM,SGSIN,,suez\n\
                 4,x,Calao,CNSHA,,\n\
                 5,,Callao,CNSHA,nowhere,\n\
                 6,,Callao,CNSHA,suez,suez\n";
    with_pairs(pairs.as_bytes(), |file, _| {
        let outcome = outcome(&["route", "--pairs", file, "--format", "csv"]);
        assert_eq!(outcome.code, 0, "{}", outcome.stderr);
        let (header, rows) = rows_of(&outcome.stdout);
        assert_eq!(
            header.join(","),
            "id,note,from,to,via,avoid,distance_nm,passages,snap_from_nm,snap_to_nm,status"
        );
        assert_eq!(rows.len(), 6);
        let ids: Vec<&str> = rows.iter().map(|row| row[0].as_str()).collect();
        assert_eq!(ids, ["1", "2", "3", "4", "5", "6"]);
        assert_eq!(rows[0][1], "a, \"b\"");
        for row in &rows[..3] {
            assert_eq!(row[10], "ok");
            assert!(row[6].parse::<f64>().expect("a distance") > 1000.0);
            assert!(row[8].parse::<f64>().is_ok() && row[9].parse::<f64>().is_ok());
        }
        assert!(
            rows[1][7].split(';').any(|id| id == "good-hope"),
            "{}",
            rows[1][7]
        );
        assert!(!rows[2][7].contains("suez"));
        assert!(rows[3][10].starts_with("error: from: no port is called `Calao`; did you mean"));
        assert!(
            rows[4][10].starts_with("error: via: `nowhere` is neither"),
            "{}",
            rows[4][10]
        );
        assert!(
            rows[5][10].starts_with("error: passage `suez`"),
            "{}",
            rows[5][10]
        );
        for row in &rows[3..] {
            assert!(row[6..10].iter().all(String::is_empty), "{row:?}");
        }
        assert!(
            outcome
                .stderr
                .contains("6 pairs: 3 ok, 0 no_route, 3 error"),
            "{}",
            outcome.stderr
        );
    });
}

#[test]
fn coordinates_are_read_and_bad_ones_stay_in_their_row() {
    let pairs = "from_lon,from_lat,to_lon,to_lat\n\
                 -77.2,-12.1,122.5,31.0\n\
                 NaN,-12.1,122.5,31.0\n\
                 -12.1,-127.2,122.5,31.0\n\
                 \"-77,2\",-12.1,122.5,31.0\n\
                 ,-12.1,122.5,31.0\n\
                 -60,-10,122.5,31.0\n\
                 -77.2,-12.1,122.5,931\n";
    with_pairs(pairs.as_bytes(), |file, _| {
        let outcome = outcome(&["route", "--pairs", file]);
        assert_eq!(outcome.code, 0, "{}", outcome.stderr);
        let (_, rows) = rows_of(&outcome.stdout);
        let status: Vec<&str> = rows.iter().map(|row| row[8].as_str()).collect();
        assert_eq!(status[0], "ok");
        for (row, expected) in [
            (1, "finite"),
            (2, "swapped"),
            (3, "not a number of degrees"),
            (4, "not a number of degrees"),
            (5, "lies on land"),
            (6, "out of range"),
        ] {
            assert!(status[row].starts_with("error: "), "{}", status[row]);
            assert!(status[row].contains(expected), "{}", status[row]);
        }
    });
}

#[test]
fn a_barred_row_says_what_bars_it() {
    with_pairs(b"from,to\nHamburg,USCHI\nHamburg,Santos\n", |file, _| {
        let outcome = outcome(&["route", "--pairs", file, "--beam", "40"]);
        assert_eq!(outcome.code, 0);
        let (_, rows) = rows_of(&outcome.stdout);
        assert!(
            rows[0][6].starts_with("no_route: ") && rows[0][6].contains("beam"),
            "{}",
            rows[0][6]
        );
        assert_eq!(rows[1][6], "ok");
    });
}

#[test]
fn rows_come_back_as_json_too() {
    with_pairs(
        b"id,from,to\na,Callao,CNSHA\nb,Nowhereville,CNSHA\n",
        |file, _| {
            let outcome = outcome(&["route", "--pairs", file, "--json"]);
            let value: serde_json::Value = serde_json::from_str(&outcome.stdout).expect("JSON");
            assert_eq!(value[0]["id"], "a");
            assert!(value[0]["distance_nm"].is_f64());
            assert!(value[1]["distance_nm"].is_null());
            assert!(
                value[1]["status"]
                    .as_str()
                    .is_some_and(|s| s.starts_with("error"))
            );
        },
    );
}

#[test]
fn one_pair_alone_and_among_others_has_the_same_length() {
    let alone = outcome(&["route", "Santos", "Rotterdam", "--format", "csv"]).stdout;
    with_pairs(b"from,to\nSantos,Rotterdam\nCallao,CNSHA\n", |file, _| {
        let among = outcome(&["route", "--pairs", file]).stdout;
        let (_, alone) = rows_of(&alone);
        let (_, among) = rows_of(&among);
        assert_eq!(alone[0][2], among[0][2]);
    });
}

#[test]
fn files_that_are_no_table_of_pairs_are_refused_whole() {
    for (text, expected) in [
        (
            &b"From,to\nA,B\n"[..],
            "pairs.csv:1, column from: the header lacks this column",
        ),
        (b"from;to\nA;B\n", "separate the fields by commas"),
        (
            b"from,to\nA,B,C\n",
            "pairs.csv:2: the row has 3 fields, the header has 2",
        ),
        (b"from,to\nA,\xff\n", "not valid UTF-8"),
        (b"", "the file is empty"),
        (b"from,to\n", "there are no rows"),
        (
            b"from,to,status\nA,B,\n",
            "column status: `status` is a column that is appended",
        ),
        (b"from_lon,to_lon,to_lat\n1,2,3\n", "column from_lat"),
    ] {
        with_pairs(text, |file, dir| {
            let out = dir.path().join("out.csv");
            let out = out.to_str().expect("a path");
            let told = refused(&["route", "--pairs", file, "--out", out], 2);
            assert!(told.contains(expected), "{told}");
            assert!(told.contains("help: "), "{told}");
            assert!(!std::path::Path::new(out).exists());
        });
    }
}

#[test]
fn a_file_that_is_too_large_or_absent_is_refused() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("huge.csv");
    let huge = fs::File::create(&file).expect("a file");
    huge.set_len(65 * 1024 * 1024).expect("a sparse file");
    let told = refused(&["route", "--pairs", file.to_str().expect("a path")], 2);
    assert!(told.contains("at most 67108864 are read"), "{told}");
    let told = refused(&["route", "--pairs", "no-such-file.csv"], 2);
    assert!(told.contains("no-such-file.csv"), "{told}");
}

#[test]
fn formats_and_options_that_rows_cannot_hold_are_refused() {
    with_pairs(b"from,to\nCallao,CNSHA\n", |file, _| {
        for extra in [
            &["--format", "gpx"][..],
            &["--format", "table"],
            &["--alternatives", "2"],
            &["--speed", "16"],
        ] {
            refused(&[&["route", "--pairs", file], extra].concat(), 2);
        }
    });
}

#[test]
fn the_file_is_written_whole_and_nothing_else() {
    with_pairs(b"from,to\nCallao,CNSHA\n", |file, dir| {
        let out = dir.path().join("out.csv");
        fs::write(&out, "earlier").expect("a file");
        let mut command = foreland(&["route", "--pairs", file, "--out"]);
        let outcome = outcome_of(command.arg(&out));
        assert_eq!((outcome.code, outcome.stdout.as_str()), (0, ""));
        assert!(
            fs::read_to_string(&out)
                .expect("a file")
                .starts_with("from,to,distance_nm")
        );
        assert_eq!(fs::read_dir(dir.path()).expect("a folder").count(), 2);
    });
}
