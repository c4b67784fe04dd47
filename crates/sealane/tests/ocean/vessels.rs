//! Ships larger than a passage never pass it.

use proptest::prelude::*;
use sealane::passage::Barred;
use sealane::{End, Options, RouteError, Vessel};

use crate::places::{between, cases, ocean, world_ports};

fn ship(loa_m: f64, beam_m: f64, draught_m: f64) -> Options {
    let vessel = Vessel {
        loa_m: Some(loa_m),
        beam_m: Some(beam_m),
        draught_m: Some(draught_m),
        air_draught_m: None,
    };
    Options {
        vessel,
        ..Options::default()
    }
}

/// 24,000 TEU: 399.9 m by 61.5 m, 16.5 m at full draught.
fn ultra_large() -> Options {
    ship(399.9, 61.5, 16.0)
}

fn passages(from: &str, to: &str, options: &Options) -> Vec<String> {
    let route = between(from, to, options).unwrap_or_else(|e| panic!("{from}–{to}: {e}"));
    route.passages().map(str::to_owned).collect()
}

#[test]
fn the_largest_container_ships_take_suez_and_not_panama() {
    assert!(passages("NLRTM", "SGSIN", &ship(399.9, 61.5, 14.9)).contains(&"suez".into()));
    let to_peru = passages("USNYC", "PECLL", &ultra_large());
    assert!(
        to_peru.contains(&"magellan".into()) && !to_peru.iter().any(|p| p.starts_with("panama")),
        "{to_peru:?}"
    );
}

#[test]
fn the_largest_container_ships_pass_no_small_locks() {
    let closed = ocean().closed(&ultra_large());
    for id in [
        "panama",
        "kiel",
        "corinth",
        "cape-cod",
        "st-lawrence-seaway",
        "oresund",
        "kerch",
        "torres",
    ] {
        let set = ocean().passage(id).expect("a passage");
        assert!(
            set.without(closed).is_empty(),
            "{id} is open to a ship of 24,000 TEU"
        );
    }
    for id in [
        "suez",
        "malacca",
        "gibraltar",
        "dover",
        "magellan",
        "good-hope",
    ] {
        let set = ocean().passage(id).expect("a passage");
        assert!(!set.meets(closed), "{id} is closed to a ship of 24,000 TEU");
    }
}

#[test]
fn old_and_new_locks_of_panama_differ() {
    let old_lane = ocean().passage("panama-panamax").expect("a passage");
    let both = ocean().passage("panama").expect("a passage");
    let panamax = ocean().closed(&ship(294.0, 32.2, 12.0));
    let neopanamax = ocean().closed(&ship(366.0, 49.0, 15.2));
    assert!(!both.meets(panamax));
    assert!(old_lane.without(neopanamax).is_empty() && !both.without(old_lane).meets(neopanamax));
    let wide = passages("USNYC", "PECLL", &ship(366.0, 49.0, 15.2));
    assert!(wide.contains(&"panama-neopanamax".into()), "{wide:?}");
    let blocked = Options {
        avoid: both.without(old_lane),
        ..ship(366.0, 49.0, 15.2)
    };
    assert!(passages("USNYC", "PECLL", &blocked).contains(&"magellan".into()));
}

#[test]
fn a_limit_is_kept_to_the_metre() {
    let suez = ocean().passage("suez").expect("a passage");
    assert!(!suez.meets(ocean().closed(&ship(400.0, 60.0, 16.0))));
    assert!(suez.meets(ocean().closed(&ship(400.1, 60.0, 16.0))));
}

#[test]
fn a_ship_without_given_dimensions_is_barred_nowhere() {
    let closed = ocean().closed(&Options::default());
    for (i, p) in ocean().passages().iter().enumerate() {
        assert_eq!(closed.contains(i), !p.open_by_default, "{}", p.id);
    }
}

#[test]
fn what_bars_a_ship_is_named_with_both_figures() {
    let error =
        between("NLRTM", "CATOR", &ship(200.0, 32.0, 8.0)).expect_err("too wide for the Seaway");
    let RouteError::NoRoute { barred } = &error else {
        panic!("{error}")
    };
    let seaway = Barred {
        passage: "st-lawrence-seaway".into(),
        limit: "beam",
        allowed_m: Some(23.77),
        asked_m: Some(32.0),
    };
    assert_eq!(*barred, [seaway]);
    assert!(
        error
            .to_string()
            .contains("st-lawrence-seaway takes beam 23.77 m, the vessel has 32 m"),
        "{error}"
    );
}

#[test]
fn channels_bar_ships_that_are_too_deep() {
    for (to, channel, draught_m) in [
        ("DEHAM", "elbe", 16.0),
        ("BEANR", "scheldt", 16.0),
        ("VNSGN", "saigon", 11.0),
        ("CAMTR", "st-lawrence", 12.0),
        ("ECGYE", "guayas", 11.0),
        ("USPPS", "delaware", 13.0),
        ("INCCU", "hooghly", 9.0),
    ] {
        let error = between("SGSIN", to, &ship(300.0, 40.0, draught_m)).expect_err(to);
        let RouteError::NoRoute { barred } = &error else {
            panic!("{to}: {error}")
        };
        assert!(
            barred.iter().any(|b| b.passage == channel
                && b.limit == "draught"
                && b.asked_m == Some(draught_m)),
            "{to}: {error}"
        );
        assert!(
            between("SGSIN", to, &ship(300.0, 40.0, 6.0)).is_ok(),
            "{to}"
        );
    }
}

#[test]
fn deep_ports_take_deep_ships() {
    // Draughts that the ports handle, by a margin.
    for (to, draught_m) in [
        ("NLRTM", 14.5),
        ("BEANR", 14.0),
        ("DEHAM", 13.5),
        ("USHOU", 13.0),
        ("SGSIN", 15.0),
        ("CNNGB", 15.0),
        ("JPYOK", 15.0),
        ("PECLL", 15.0),
        ("USNYC", 14.0),
        ("USLAX", 15.0),
    ] {
        let route = between("ZACPT", to, &ship(330.0, 45.0, draught_m));
        assert!(route.is_ok(), "{to} at {draught_m} m: {route:?}");
    }
}

#[test]
fn a_ship_too_wide_for_a_canal_goes_round() {
    assert!(passages("GRPIR", "ITBRI", &ship(90.0, 15.0, 5.0)).contains(&"corinth".into()));
    assert!(!passages("GRPIR", "ITBRI", &ship(90.0, 18.0, 5.0)).contains(&"corinth".into()));
    assert!(passages("DEHAM", "PLGDN", &ship(200.0, 32.0, 9.0)).contains(&"kiel".into()));
    assert!(!passages("DEHAM", "PLGDN", &ship(250.0, 32.0, 9.0)).contains(&"kiel".into()));
}

proptest! {
    #![proptest_config(cases(120))]

    /// No route of any ship goes through a passage that is too small for it.
    #[test]
    fn no_ship_passes_where_it_does_not_fit(
        (a, b) in { let n = world_ports().len(); (0..n, 0..n) },
        loa_m in 80.0..420.0f64, beam_m in 12.0..70.0f64, draught_m in 4.0..22.0f64, air_draught_m in 20.0..75.0f64,
    ) {
        let vessel = Vessel { loa_m: Some(loa_m), beam_m: Some(beam_m), draught_m: Some(draught_m), air_draught_m: Some(air_draught_m) };
        let ports = world_ports();
        match ocean().route(End::Port(ports[a]), End::Port(ports[b]), &Options { vessel, ..Options::default() }) {
            Ok(route) => for c in &route.crossings {
                let passage = ocean().passages().iter().find(|p| p.id == c.passage).expect("a known passage");
                prop_assert_eq!(passage.limits.exceeded_by(&vessel), None, "{}", c.passage);
            },
            Err(RouteError::NoRoute { barred }) => {
                prop_assert!(!barred.is_empty());
                for x in barred {
                    prop_assert!(x.asked_m > x.allowed_m, "{:?}", x);
                }
            }
            Err(other) => return Err(TestCaseError::fail(other.to_string())),
        }
    }
}
