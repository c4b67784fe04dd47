//! The best routes that differ in the passages they take.

use std::collections::BTreeSet;

use sealane::{Options, PassageSet, Route};

use crate::places::{avoiding, between, ocean, place};

fn alternatives(from: &str, to: &str, options: &Options, most: usize) -> Vec<Route> {
    ocean()
        .alternatives(place(from), place(to), options, most)
        .unwrap_or_else(|e| panic!("{from}–{to}: {e}"))
}

fn passages(route: &Route) -> BTreeSet<String> {
    route.crossings.iter().map(|c| c.passage.clone()).collect()
}

const PAIRS: [(&str, &str); 6] = [
    ("NLRTM", "CNSHA"),
    ("USNYC", "JPYOK"),
    ("DEHAM", "PLGDN"),
    ("AUFRE", "CNSHA"),
    ("PECLL", "CNSHA"),
    ("-20,30", "75,-10"),
];

#[test]
fn alternatives_ascend_and_differ_in_passages() {
    for (from, to) in PAIRS {
        let routes = alternatives(from, to, &Options::default(), 6);
        assert!(routes.len() > 1, "{from}–{to} has {} ways", routes.len());
        assert_eq!(
            routes[0],
            between(from, to, &Options::default()).expect("open"),
            "{from}–{to}"
        );
        for w in routes.windows(2) {
            assert!(
                w[0].distance <= w[1].distance,
                "{from}–{to}: {} before {}",
                w[0].distance,
                w[1].distance
            );
        }
        let distinct: BTreeSet<_> = routes.iter().map(passages).collect();
        assert_eq!(distinct.len(), routes.len(), "{from}–{to}");
    }
}

#[test]
fn the_ways_from_europe_to_india_are_the_known_ones() {
    let routes = alternatives("NLRTM", "INBOM", &Options::default(), 5);
    let takes = |id: &str| {
        routes
            .iter()
            .position(|r| r.passages().any(|p| p.starts_with(id)))
    };
    let (suez, cape, panama) = (takes("suez"), takes("good-hope"), takes("panama"));
    assert_eq!(suez, Some(0));
    assert!(
        suez < cape && cape < panama,
        "Suez {suez:?}, the Cape {cape:?}, Panama {panama:?}"
    );
}

#[test]
fn no_alternative_takes_what_is_closed() {
    let options = avoiding(&["suez", "malacca"]);
    for route in alternatives("NLRTM", "SGSIN", &options, 5) {
        for closed in [
            "suez",
            "malacca",
            "northern-sea-route",
            "northwest-passage",
            "ice-south",
        ] {
            assert!(!passages(&route).contains(closed), "{closed}");
        }
    }
}

#[test]
fn as_many_as_asked_for_and_no_more() {
    for most in 1..4 {
        assert_eq!(
            alternatives("NLRTM", "CNSHA", &Options::default(), most).len(),
            most
        );
    }
    // One door only.
    assert_eq!(
        alternatives("AEJEA", "BHKBS", &Options::default(), 5).len(),
        1
    );
}

#[test]
fn no_better_way_with_other_passages_is_left_out() {
    // Every way of closing some of the passages between the two, one by one.
    let ids = [
        "suez",
        "good-hope",
        "panama-neopanamax",
        "panama-panamax",
        "magellan",
        "cape-horn",
    ];
    let (from, to) = ("USNYC", "SGSIN");
    let mut best: Vec<(f64, BTreeSet<String>)> = Vec::new();
    for subset in 0u32..1 << ids.len() {
        let shut = (0..ids.len())
            .filter(|i| subset >> i & 1 == 1)
            .map(|i| ocean().passage(ids[i]).expect("a passage"));
        let avoid = shut.fold(PassageSet::EMPTY, PassageSet::with);
        if let Ok(route) = between(
            from,
            to,
            &Options {
                avoid,
                ..Options::default()
            },
        ) {
            best.push((route.distance.nm(), passages(&route)));
        }
    }
    best.sort_by(|x, y| x.0.total_cmp(&y.0));
    let mut seen = BTreeSet::new();
    best.retain(|b| seen.insert(b.1.clone()));
    let found = alternatives(from, to, &Options::default(), 10);
    let last = found[found.len() - 1].distance.nm();
    for (nm, way) in best.iter().filter(|(nm, _)| *nm < last) {
        assert!(
            found.iter().any(|r| (r.distance.nm() - nm).abs() < 0.05),
            "{nm:.1} nm by {way:?} is left out"
        );
    }
}
