//! The atlas: the repository's own, and what bad tables get.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::small::{edited, problems};
use foreland::Atlas;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../atlas")
}

#[test]
fn the_repository_atlas_has_no_problem() {
    let found = problems(&repository());
    assert!(
        found.is_empty(),
        "{} problems:\n{}",
        found.len(),
        found.join("\n")
    );
}

#[test]
fn the_small_atlas_has_no_problem() {
    let found = problems(&crate::small::atlas_dir());
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// `datapackage.json` is written by hand, with licences and sources; its columns must be ours.
#[test]
fn the_datapackage_describes_the_declared_columns() {
    let text = std::fs::read(repository().join("datapackage.json")).unwrap();
    let package: serde_json::Value = serde_json::from_slice(&text).unwrap();
    let described: BTreeMap<&str, Vec<(&str, &str, &str)>> = package["resources"]
        .as_array()
        .unwrap()
        .iter()
        .map(|resource| {
            let fields = resource["schema"]["fields"].as_array().unwrap().iter();
            let columns = fields.map(|field| {
                (
                    field["name"].as_str().unwrap(),
                    field["type"].as_str().unwrap(),
                    field["unit"].as_str().unwrap_or(""),
                )
            });
            (resource["name"].as_str().unwrap(), columns.collect())
        })
        .collect();
    for table in Atlas::schema() {
        let Some(found) = described.get(table.name) else {
            panic!("datapackage.json does not describe {}.csv", table.name);
        };
        let names: Vec<&str> = found.iter().map(|(name, ..)| *name).collect();
        let declared: Vec<&str> = table.columns.iter().map(|c| c.name.as_str()).collect();
        assert_eq!(names, declared, "columns of {}.csv", table.name);
        for (column, (name, kind, unit)) in table.columns.iter().zip(found) {
            let place = format!("{}.csv, column {name}", table.name);
            assert_eq!(*kind, column.kind.frictionless(), "type of {place}");
            if let Some(rule) = column.unit() {
                assert_eq!(plain(unit), plain(rule.unit), "unit of {place}");
            }
        }
    }
}

/// Units compare without the marks in which spellings differ.
fn plain(unit: &str) -> String {
    unit.chars().filter(|c| !" ·-()".contains(*c)).collect()
}

#[test]
fn a_missing_column_is_named() {
    let dir = edited("vessels", |text| text.replacen("beam_m,", "", 1));
    let found = problems(dir.path());
    assert_eq!(
        found[0],
        "vessels.csv:1, column beam_m: the column is missing → add it as column 7 of 23"
    );
}

#[test]
fn water_that_cannot_be_closed_has_no_passage_and_no_limit() {
    let dir = edited("channels", |text| text.replace("cut,yes", "cut,no"));
    let found = problems(dir.path()).join("\n");
    assert!(
        found.contains("`cut-line` cannot be closed, but has a passage"),
        "{found}"
    );
}

#[test]
fn a_moved_column_is_named() {
    let dir = edited("borders", |text| {
        text.replacen("delay_h_low,delay_h,", "delay_h,delay_h_low,", 1)
    });
    let found = problems(dir.path());
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].starts_with("borders.csv:1, column delay_h: the column has moved"),
        "{}",
        found[0]
    );
}

#[test]
fn an_unknown_column_is_named() {
    let dir = edited("fuels", |text| text.replacen("id,name", "id,nom", 1));
    let found = problems(dir.path()).join("\n");
    assert!(
        found.contains("column name: the column is missing"),
        "{found}"
    );
    assert!(
        found.contains("column nom: column 2 is not known"),
        "{found}"
    );
}

#[test]
fn every_bad_cell_is_reported_with_line_and_column() {
    let dir = edited("ports", |text| {
        text.replacen("AAOLD,Old Port,,AA,-4,0", "aaold,Old Port,,AAA,-4,NaN", 1)
            .replacen("CCFAR,Far Port,,CC,80", "CCFAR,,,CC,281", 1)
    });
    let found = problems(dir.path());
    let expected = [
        "ports.csv:2, column unlocode: `aaold` is not valid",
        "ports.csv:2, column country: `AAA` is not valid",
        "ports.csv:2, column lat_deg: `NaN` is not valid",
        "ports.csv:5, column name: the cell is empty",
        "ports.csv:5, column lon_deg: 281 deg is out of range",
    ];
    for start in expected {
        assert!(
            found.iter().any(|p| p.starts_with(start)),
            "{start}\n{}",
            found.join("\n")
        );
    }
}

#[test]
fn a_value_in_the_wrong_unit_is_out_of_range() {
    // 3.6 km/h for 1 m/s would pass; a speed of 250 knots cannot.
    let dir = edited("vessels", |text| {
        text.replacen(",10,20,24,48,", ",10,250,260,48,", 1)
    });
    let found = problems(dir.path()).join("\n");
    assert!(
        found.contains("design_speed_kn: 250 kn is out of range"),
        "{found}"
    );
}

#[test]
fn swapped_coordinates_are_noticed() {
    let dir = edited("places", |text| {
        text.replacen(
            "far-city,Far City,,CC,city,80,0,",
            "far-city,Far City,,CC,city,0,80,",
            1,
        )
    });
    let found = problems(dir.path()).join("\n");
    assert!(found.contains("km from its port CCFAR"), "{found}");
    assert!(found.contains("swapped"), "{found}");
}

#[test]
fn a_link_shorter_than_the_straight_line_is_noticed() {
    let dir = edited("links", |text| text.replacen("road,400,", "road,40,", 1));
    let found = problems(dir.path()).join("\n");
    assert!(
        found.contains("40 km is shorter than the straight line of 222 km"),
        "{found}"
    );
}

#[test]
fn an_unknown_reference_is_named_with_what_comes_near() {
    let dir = edited("service-calls", |text| {
        text.replacen("hub-main,2,CCFAR", "hub-main,2,CCFAT", 1)
    });
    let found = problems(dir.path());
    assert_eq!(
        found,
        [
            "service-calls.csv:10, column port: `CCFAT` is not in ports.csv → add it to ports.csv or \
          correct the spelling; near: CCFAR"
        ]
    );
}

#[test]
fn terminals_of_overlapping_validity_are_refused() {
    let dir = edited("terminals", |text| {
        text.replacen(",2025-12-31,", ",2026-06-30,", 1)
    });
    let found = problems(dir.path()).join("\n");
    assert!(
        found.contains("`hub-west` holds on days on which line 4 holds too"),
        "{found}"
    );
}

#[test]
fn an_assumption_without_range_is_refused() {
    let dir = edited("parameters", |text| {
        text.replacen("load_factor,0.5,0.5,0.5", "load_factor,0.5,,", 1)
    });
    let found = problems(dir.path()).join("\n");
    assert!(
        found.contains("the value is assumed and has no range"),
        "{found}"
    );
}

#[test]
fn half_a_range_is_refused() {
    let dir = edited("borders", |text| {
        text.replacen("pass,10,10,10", "pass,,10,10", 1)
    });
    let found = problems(dir.path()).join("\n");
    assert!(
        found.contains("column delay_h: the range is incomplete"),
        "{found}"
    );
}

#[test]
fn a_rotation_with_a_gap_is_refused() {
    let dir = edited("service-calls", |text| {
        text.replacen("old-loop,3,", "old-loop,4,", 1)
    });
    let found = problems(dir.path()).join("\n");
    assert!(
        found.contains("call 4 stands where call 3 is due"),
        "{found}"
    );
}

#[test]
fn a_ship_too_long_for_its_terminal_is_refused() {
    let dir = edited("services", |text| {
        text.replacen(
            "168,4,thousand,20,20,20,,,900",
            "168,4,giant,20,20,20,,,900",
            1,
        )
    });
    let found = problems(dir.path()).join("\n");
    assert!(
        found.contains("giant (400 × 61.5 m) fits no container terminal at AAOLD"),
        "{found}"
    );
}

#[test]
fn a_missing_parameter_is_named_with_its_unit() {
    let dir = edited("parameters", |text| {
        text.replacen("load_factor,", "loads,", 1)
    });
    let found = problems(dir.path()).join("\n");
    assert!(
        found.contains("the parameter `load_factor` is missing → add it in 1"),
        "{found}"
    );
}

#[test]
fn a_missing_table_is_named() {
    let dir = edited("ports", str::to_owned);
    std::fs::remove_file(dir.path().join("fuels.csv")).unwrap();
    let found = problems(dir.path());
    assert!(
        found[0].starts_with("fuels.csv: the table cannot be read"),
        "{}",
        found[0]
    );
}

#[test]
fn an_oversized_table_is_not_read() {
    let dir = edited("facts", |text| {
        let mut text = text.to_owned();
        text.push_str(&"x".repeat(17 * 1024 * 1024));
        text
    });
    let found = problems(dir.path());
    assert!(
        found[0].contains("at most 16777216 are read"),
        "{}",
        found[0]
    );
}

#[test]
fn a_broken_line_does_not_hide_the_others() {
    let dir = edited("fuels", |text| {
        format!("{text}gas,Gas,40\nmud,Mud,x,3,4,1,1,1,assumed,s,,\n")
    });
    let found = problems(dir.path());
    assert!(
        found[0].contains("fuels.csv:3: the row has 3 cells, the header has 12"),
        "{found:?}"
    );
    assert!(
        found[1].contains("fuels.csv:4, column lhv_mj_per_kg: `x` is not valid"),
        "{found:?}"
    );
}
