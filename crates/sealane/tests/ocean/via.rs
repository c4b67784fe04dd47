//! Passages and places on the way, in order.

use proptest::prelude::*;
use sealane::{End, Options, RouteError, Via};

use crate::places::{at, avoiding, between, cases, ocean, place, port, takes, world_ports};

fn through(id: &str) -> Via {
    Via::Passage(
        ocean()
            .passage(id)
            .unwrap_or_else(|| panic!("no passage {id}")),
    )
}

fn by(via: Vec<Via>) -> Options {
    Options {
        via,
        ..Options::default()
    }
}

#[test]
fn a_passage_asked_for_is_taken() {
    for (from, to, id) in [
        ("NLRTM", "JPYOK", "panama"),
        ("NLRTM", "JPYOK", "good-hope"),
        ("NLRTM", "JPYOK", "magellan"),
        ("NLRTM", "JPYOK", "cape-horn"),
        ("HKHKG", "NLRTM", "lombok"),
        ("USNYC", "PECLL", "mona"),
        ("DEHAM", "PLGDN", "oresund"),
        ("AUSYD", "SGSIN", "torres"),
    ] {
        let free = between(from, to, &Options::default()).expect("open");
        let route =
            between(from, to, &by(vec![through(id)])).unwrap_or_else(|e| panic!("{id}: {e}"));
        assert!(
            route
                .passages()
                .any(|p| p == id || p.starts_with(&format!("{id}-"))),
            "{from}–{to} by {id}"
        );
        assert!(route.distance >= free.distance, "{from}–{to} by {id}");
    }
}

#[test]
fn going_by_the_only_other_door_is_as_far_as_closing_the_first() {
    let asked = Options {
        via: vec![through("oresund")],
        ..avoiding(&["kiel"])
    };
    let by_door = between("NLRTM", "PLGDN", &asked).expect("open");
    let shut = between("NLRTM", "PLGDN", &avoiding(&["kiel", "great-belt"])).expect("open");
    assert!(takes(&shut, "oresund"));
    assert!(
        (by_door.distance.nm() - shut.distance.nm()).abs() < 0.1,
        "{} and {}",
        by_door.distance,
        shut.distance
    );
}

#[test]
fn places_on_the_way_divide_the_route() {
    let stops = ["NLRTM", "ESALG", "EGPSD", "LKCMB", "SGSIN"];
    let via = stops[1..4].iter().map(|s| Via::Place(place(s))).collect();
    let whole = between(stops[0], stops[4], &by(via)).expect("open");
    let parts: f64 = stops
        .windows(2)
        .map(|w| ocean().distance(port(w[0]), port(w[1])).expect("open").nm())
        .sum();
    assert!(
        (whole.distance.nm() - parts).abs() < 0.05,
        "{} and {parts}",
        whole.distance
    );
    for w in whole.crossings.windows(2) {
        assert!(w[0].at <= w[1].at, "{:?} before {:?}", w[0], w[1]);
    }
}

#[test]
fn passages_are_taken_in_the_order_given() {
    let order = |route: &sealane::Route, id: &str| route.passages().position(|p| p == id);
    let along = between(
        "NLRTM",
        "SGSIN",
        &by(vec![through("gibraltar"), through("suez")]),
    )
    .expect("open");
    assert!(order(&along, "gibraltar") < order(&along, "suez"));
    let back = between(
        "NLRTM",
        "SGSIN",
        &by(vec![through("suez"), through("gibraltar")]),
    )
    .expect("open");
    let last_gibraltar = back
        .crossings
        .iter()
        .rposition(|c| c.passage == "gibraltar");
    assert!(
        order(&back, "suez") < last_gibraltar,
        "{:?}",
        back.passages().collect::<Vec<_>>()
    );
    assert!(back.distance.nm() > along.distance.nm() + 1_000.0);
}

#[test]
fn a_place_between_two_passages() {
    let via = vec![
        through("dover"),
        Via::Place(at(-20.0, 35.0)),
        through("panama"),
    ];
    let route = between("NLRTM", "JPYOK", &by(via)).expect("open");
    let at_place = route
        .turns
        .iter()
        .position(|p| (p.lon_deg() + 20.0).abs() < 1e-6 && (p.lat_deg() - 35.0).abs() < 1e-6);
    assert!(at_place.is_some());
    assert!(takes(&route, "dover") && route.passages().any(|p| p.starts_with("panama")));
}

#[test]
fn a_passage_both_to_be_taken_and_closed_is_a_contradiction() {
    let both = Options {
        via: vec![through("suez")],
        ..avoiding(&["suez"])
    };
    let error = between("NLRTM", "SGSIN", &both).expect_err("contradiction");
    assert_eq!(error, RouteError::Contradiction("suez".into()));
    let narrow = Options {
        vessel: sealane::Vessel {
            beam_m: Some(40.0),
            ..Default::default()
        },
        ..by(vec![through("kiel")])
    };
    assert_eq!(
        between("DEHAM", "PLGDN", &narrow),
        Err(RouteError::Contradiction("kiel".into()))
    );
    let closed_by_default = by(vec![through("northern-sea-route")]);
    assert!(matches!(
        between("JPYOK", "NLRTM", &closed_by_default),
        Err(RouteError::Contradiction(_))
    ));
}

#[test]
fn one_open_lane_is_enough_for_a_group() {
    let options = Options {
        via: vec![through("panama")],
        ..avoiding(&["panama-neopanamax"])
    };
    let route = between("USNYC", "PECLL", &options).expect("the old locks are open");
    assert!(takes(&route, "panama-panamax"));
}

#[test]
fn a_place_on_the_way_that_no_water_reaches_is_an_error() {
    let caspian = Options {
        via: vec![Via::Place(at(51.0, 42.0))],
        ..avoiding(&["volga-don"])
    };
    let error = between("NLRTM", "SGSIN", &caspian).expect_err("the Caspian is shut off");
    assert!(matches!(error, RouteError::NoRoute { .. }), "{error}");
    let error =
        between("NLRTM", "SGSIN", &by(vec![Via::Place(at(20.0, 20.0))])).expect_err("the Sahara");
    assert!(matches!(error, RouteError::OnLand { .. }), "{error}");
}

proptest! {
    #![proptest_config(cases(60))]

    /// A place on the way never shortens a route.
    #[test]
    fn a_detour_is_never_shorter((a, b, c) in { let n = world_ports().len(); (0..n, 0..n, 0..n) }) {
        let ports = world_ports();
        let end = |i: usize| End::Port(ports[i]);
        let direct = ocean().distance(ports[a], ports[b]).expect("on the world ocean");
        let over = ocean().route(end(a), end(b), &by(vec![Via::Place(end(c))])).expect("on the world ocean");
        prop_assert!(over.distance.nm() >= direct.nm() - 0.01);
    }
}

#[test]
fn who_asks_for_magellan_is_not_sent_through_panama() {
    let magellan = || Via::Passage(ocean().passage("magellan").expect("a passage"));
    let panama = || Via::Passage(ocean().passage("panama").expect("a passage"));
    let route = between("USNYC", "CLVAP", &by(vec![magellan()])).expect("a route");
    assert!(route.passages().all(|p| !p.starts_with("panama")));
    assert!(route.distance.nm() > 8_000.0, "{}", route.distance);
    // Whoever names both gets both.
    let both = between("USNYC", "CLVAP", &by(vec![panama(), magellan()])).expect("a route");
    assert!(both.passages().any(|p| p.starts_with("panama")));
}
