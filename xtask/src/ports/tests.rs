//! The whole build on a handful of entries around one square island.

use super::*;
use crate::ports::source::Table;
use crate::topojson::{Polygon, Ring};

/// Land from 0° to 10° of longitude and latitude.
fn coast() -> Coast {
    let points = vec![
        [0.0, 0.0],
        [0.0, 10.0],
        [10.0, 10.0],
        [10.0, 0.0],
        [0.0, 0.0],
    ];
    let ring = Ring {
        points,
        exterior: true,
    };
    Coast::new(&[Polygon { rings: vec![ring] }])
}

fn entry(table: Table, unlocode: &str, name: &str, position: [f64; 2]) -> Entry {
    Entry {
        table,
        unlocode: unlocode.into(),
        name: name.into(),
        country: String::new(),
        position: Some(position),
        aliases: Vec::new(),
        countries_served: None,
    }
}

fn built(entries: Vec<Entry>, corrections: &str) -> Built {
    let rows = format!("unlocode,field,value,source\n{corrections}");
    let corrections = read_corrections(rows.as_bytes()).unwrap();
    let files = [(
        "PE/01.json".to_owned(),
        br#"{"Paita": "PAI", "Bay\u00f3var": "PUB"}"#.to_vec(),
    )];
    let locode = Locode::read(&files.into()).unwrap();
    build(entries, &locode, &coast(), &corrections).unwrap()
}

fn findings(built: &Built) -> Vec<(&str, &str)> {
    built
        .repairs
        .iter()
        .map(|repair| (repair.unlocode.as_str(), repair.what))
        .collect()
}

#[test]
fn tables_that_agree_make_one_port_with_the_better_spelling() {
    let both = built(
        vec![
            entry(Table::Searoute, "PEPUB", "BAYOVAR", [0.001234, 5.0]),
            entry(Table::SeaPorts, "PEPUB", "Bayovar", [0.0, 5.02]),
        ],
        "",
    );
    assert_eq!(both.ports.len(), 1);
    let port = &both.ports[0];
    assert_eq!(port.names.name, "Bayóvar");
    assert_eq!(port.position, [0.001234, 5.0]);
    assert!((port.disagreement_km.unwrap() - 2.2).abs() < 0.1);
    assert_eq!(findings(&both), [("PEPUB", "name"), ("PEPUB", "name")]);
}

#[test]
fn minutes_swaps_and_signs_are_put_right() {
    let repaired = built(
        vec![
            entry(Table::Searoute, "PEAAA", "Aaa", [0.01, 5.59]),
            entry(Table::Searoute, "PEBBB", "Bbb", [-0.002, 6.123_456]),
            entry(Table::SeaPorts, "PEBBB", "Bbb", [6.1234, -0.002]),
            entry(Table::Searoute, "PECCC", "Ccc", [0.001, 7.123_456]),
            entry(Table::SeaPorts, "PECCC", "Ccc", [0.001, -7.1234]),
        ],
        "",
    );
    let reasons: Vec<_> = repaired
        .repairs
        .iter()
        .map(|row| row.reason.as_str())
        .collect();
    assert!(
        reasons[0].starts_with("degrees and minutes read as decimals"),
        "{reasons:?}"
    );
    assert!(
        reasons[1].starts_with("longitude and latitude swapped"),
        "{reasons:?}"
    );
    assert!(
        reasons[2].starts_with("sign of the latitude"),
        "{reasons:?}"
    );
    assert!((repaired.ports[0].position[1] - 5.983_333).abs() < 1e-5);
}

#[test]
fn places_without_water_airports_and_false_codes_are_dropped() {
    let dropped = built(
        vec![
            entry(Table::Searoute, "PEAAA", "Inland", [5.123_456, 5.123_456]),
            entry(
                Table::Searoute,
                "PEBBB",
                "Somewhere Apt",
                [0.001, 5.123_456],
            ),
            entry(Table::Searoute, "PEBB0", "Zero", [0.001, 5.123_456]),
            entry(Table::Searoute, "PERIV", "River", [5.123_456, 5.123_456]),
            Entry {
                position: None,
                ..entry(Table::SeaPorts, "PENOW", "Nowhere", [0.0, 0.0])
            },
        ],
        "PERIV,waterway,Marañón,map\n",
    );
    let kept: Vec<_> = dropped
        .ports
        .iter()
        .map(|port| port.unlocode.as_str())
        .collect();
    assert_eq!(kept, ["PERIV"]);
    let expected = [
        ("PEAAA", "drop"),
        ("PEBB0", "drop"),
        ("PEBBB", "drop"),
        ("PENOW", "drop"),
    ];
    assert_eq!(findings(&dropped), expected);
}

#[test]
fn another_place_under_the_code_gives_neither_position_nor_name() {
    let split = built(
        vec![
            entry(Table::Searoute, "PEPAI", "Paita", [0.001_234, 5.0]),
            entry(Table::SeaPorts, "PEPAI", "Elsewhere", [9.99, 9.99]),
        ],
        "",
    );
    assert_eq!(split.ports[0].names.alt_names, Vec::<String>::new());
    assert_eq!(split.ports[0].tables, [Table::Searoute]);
    assert_eq!(findings(&split), [("PEPAI", "doubt"), ("PEPAI", "drop")]);
}

#[test]
fn corrections_add_move_rename_recode_and_drop() {
    let rows = "PECHY,name,Chancay,operator\nPECHY,lon_deg,0.0,operator\nPECHY,lat_deg,3.0,operator\n\
                PEAA0,unlocode,PEPAI,UN/LOCODE\nPEPAI,alt_names,Puerto de Paita,common\n\
                PEBBB,drop,not a port,operator\n";
    let corrected = built(
        vec![
            entry(Table::Searoute, "PEAA0", "Paita", [0.001_234, 5.0]),
            entry(Table::Searoute, "PEBBB", "Bbb", [0.001, 6.123_456]),
        ],
        rows,
    );
    let ports: Vec<_> = corrected
        .ports
        .iter()
        .map(|port| {
            (
                port.unlocode.as_str(),
                port.names.name.as_str(),
                port.source.as_str(),
            )
        })
        .collect();
    let expected = [
        ("PECHY", "Chancay", "operator"),
        ("PEPAI", "Paita", "PyPI searoute 1.6.0"),
    ];
    assert_eq!(ports, expected);
    assert_eq!(corrected.ports[1].names.alt_names, ["Puerto de Paita"]);
    assert!(findings(&corrected).contains(&("PEBBB", "drop")));
    assert!(findings(&corrected).contains(&("PEPAI", "code")));
}

#[test]
fn a_correction_of_nothing_is_an_error() {
    let corrections =
        read_corrections(b"unlocode,field,value,source\nPEXXX,name,Nothing,someone\n").unwrap();
    let outcome = build(Vec::new(), &Locode::default(), &coast(), &corrections);
    let error = outcome.err().unwrap().to_string();
    assert!(error.contains("no table has PEXXX"), "{error}");
}

#[test]
fn the_order_of_the_entries_does_not_show_in_the_bytes() {
    let entries = vec![
        entry(Table::Searoute, "PEPAI", "Paita", [0.001_234, 5.0]),
        entry(Table::Pub151, "PEPAI", "Paita", [0.0, 5.05]),
        entry(Table::SeaPorts, "PEPAI", "Paita", [0.002, 5.01]),
        entry(Table::Searoute, "PEPUB", "Bayovar", [0.001_234, 7.0]),
    ];
    let mut reversed = entries.clone();
    reversed.reverse();
    let bytes = |entries| table::to_csv(&built(entries, "").ports).unwrap();
    let text = String::from_utf8(bytes(entries.clone())).unwrap();
    assert_eq!(text.as_bytes(), bytes(reversed));
    let paita = text.lines().nth(1).unwrap();
    assert_eq!(
        paita,
        "PEPAI,Paita,,PE,0.00123,5,,,sourced,PyPI searoute 1.6.0,,in PyPI searoute 1.6.0 and \
         NGA Pub. 151 and npm sea-ports 0.0.9; positions differ by 5.6 km"
    );
}
