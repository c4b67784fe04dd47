//! Input that makes no sense: an error with its place, or a fallback that is named and counted.

use crate::services::{exported, imported_line, solved, texts};
use crate::small::{edited, problems};

#[test]
fn what_holds_nothing_is_an_error_at_its_cell() {
    for (table, from, to, column, why) in [
        (
            "terminals",
            "14,8000,500000",
            "14,8000,0",
            "capacity_teu_per_year",
            "a capacity of 0",
        ),
        (
            "vessels",
            "container,1000,14000",
            "container,0,14000",
            "capacity_teu",
            "a capacity of 0",
        ),
        (
            "services",
            "direct,168,168,168,4",
            "direct,0,168,168,4",
            "headway_h",
            "0 h between sailings",
        ),
    ] {
        let dir = edited(table, |text| text.replacen(from, to, 1));
        let found = problems(dir.path()).join("\n");
        assert!(
            found.contains(why) && found.contains(column),
            "{table}: {found}"
        );
        assert!(found.contains(&format!("{table}.csv")), "{found}");
    }
}

#[test]
fn a_negative_cost_is_refused_where_it_stands() {
    let dir = edited("services", |text| {
        text.replacen("900,1000,1100", "-900,1000,1100", 1)
    });
    let found = problems(dir.path()).join("\n");
    assert!(
        found.contains("services.csv") && found.contains("out of range"),
        "{found}"
    );
}

/// The only service turns round at the hub: nothing reaches the far port.
#[test]
fn demand_that_nothing_reaches_is_named_and_counted() {
    let dir = tempfile::tempdir().unwrap();
    let atlas = imported_line(
        &dir,
        &[(
            "HUB",
            &[&[
                ("AAOLD", 0, 1),
                ("BBHUB", 4, 5),
                ("AAOLD", 8, 9),
                ("BBHUB", 12, 13),
            ]],
        )],
    );
    let flows = solved(&atlas, &exported("only_imported = true\n")).unwrap();
    let [lost] = texts(&flows, "no_chain")[..] else {
        panic!("{:?}", flows.warnings)
    };
    assert!(
        lost.contains("AA → CC: boxes: 1 of 1 pairs of places"),
        "{lost}"
    );
    assert!(
        flows.loads.iter().all(|load| load.teu.central == 0.0),
        "{:?}",
        flows.loads
    );
}
