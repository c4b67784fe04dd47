//! Every passage can be closed, and a route then goes round it or says so.

use proptest::prelude::*;
use sealane::passage::Kind;
use sealane::{End, LonLat, NauticalMiles, Options, PassageSet, Route, RouteError};

use crate::places::{
    avoiding, between, cases, geodesic_nm, ocean, opening, port, takes, world_ports,
};

/// A circle that a route through a passage meets and one round it does not:
/// longitude and latitude in degrees, radius in nm.
type Throat = Option<(f64, f64, f64)>;

/// For each passage two places that are joined through it.
const PASSAGES: [(&str, &str, &str, Throat); 47] = [
    ("suez", "NLRTM", "SGSIN", Some((32.33, 30.5, 15.0))),
    ("panama", "USNYC", "PECLL", Some((-79.75, 9.15, 20.0))),
    ("kiel", "DEHAM", "PLGDN", Some((9.7, 54.25, 8.0))),
    ("corinth", "GRPIR", "ITBRI", Some((22.99, 37.93, 5.0))),
    ("cape-cod", "USBOS", "USNYC", Some((-70.55, 41.76, 5.0))),
    (
        "st-lawrence-seaway",
        "CAMTR",
        "CATOR",
        Some((-75.0, 45.0, 15.0)),
    ),
    ("magellan", "CLVAP", "BRSSZ", Some((-70.95, -53.7, 25.0))),
    ("beagle", "ARUSH", "CLPUQ", Some((-69.5, -54.9, 15.0))),
    ("cape-horn", "-72,-56.5", "-60,-56.5", None),
    ("good-hope", "BRSSZ", "SGSIN", None),
    ("gibraltar", "NLRTM", "ITGOA", Some((-5.6, 35.95, 15.0))),
    ("dover", "NLRTM", "USNYC", Some((1.45, 51.0, 15.0))),
    ("oresund", "DKCPH", "PLSZZ", Some((12.75, 55.5, 10.0))),
    ("great-belt", "DKAAR", "DEKEL", Some((10.95, 55.35, 8.0))),
    ("little-belt", "DKAAR", "DEFLF", Some((9.75, 55.5, 8.0))),
    ("dardanelles", "ROCND", "GRPIR", Some((26.4, 40.15, 8.0))),
    ("bosporus", "ROCND", "GRPIR", Some((29.07, 41.12, 8.0))),
    ("kanmon", "JPUKB", "KRPUS", Some((130.95, 33.93, 6.0))),
    ("belle-isle", "CAMTR", "NLRTM", Some((-56.6, 51.55, 30.0))),
    ("canso", "CAHAL", "CAQUE", Some((-61.42, 45.65, 8.0))),
    (
        "discovery-passage",
        "CAVAN",
        "CAPRR",
        Some((-125.35, 50.1, 15.0)),
    ),
    (
        "san-bernardino",
        "123.2,12.6",
        "125.5,13.0",
        Some((124.2, 12.6, 20.0)),
    ),
    ("main-danube", "NLRTM", "ATVIE", None),
    ("kerch", "RUROV", "ROCND", Some((36.55, 45.3, 10.0))),
    ("hormuz", "AEJEA", "INBOM", Some((56.5, 26.5, 20.0))),
    ("bab-el-mandeb", "SAJED", "INBOM", Some((43.3, 12.6, 20.0))),
    ("malacca", "LKCMB", "SGSIN", Some((100.8, 3.0, 40.0))),
    ("singapore", "MYPKG", "HKHKG", Some((104.0, 1.22, 8.0))),
    ("sunda", "IDJKT", "ZADUR", Some((105.75, -5.95, 15.0))),
    ("lombok", "IDBPN", "AUFRE", Some((115.75, -8.6, 15.0))),
    ("torres", "AUBNE", "SGSIN", Some((142.2, -10.5, 30.0))),
    ("taiwan", "HKHKG", "CNSHA", Some((119.6, 24.6, 60.0))),
    ("korea", "HKHKG", "USLAX", Some((129.5, 34.5, 60.0))),
    ("tsugaru", "KRPUS", "USLAX", Some((140.5, 41.45, 15.0))),
    ("la-perouse", "RUVVO", "RUPKC", Some((142.0, 45.7, 30.0))),
    ("unimak", "USSEA", "JPYOK", Some((-165.2, 54.3, 60.0))),
    ("bering", "-168,69", "JPYOK", Some((-169.0, 65.9, 50.0))),
    ("windward", "USNYC", "PAONX", Some((-74.2, 20.1, 30.0))),
    ("mona", "PRSJU", "COCTG", Some((-67.9, 18.4, 30.0))),
    ("yucatan", "USHOU", "PAONX", Some((-85.8, 21.8, 60.0))),
    ("luzon", "CLVAP", "CNSZX", None),
    ("makassar", "AUPHE", "TWKHH", Some((118.5, -1.0, 70.0))),
    (
        "ombai",
        "123.5,-9.3",
        "127.5,-8.2",
        Some((125.0, -8.7, 30.0)),
    ),
    ("balabac", "PHDVO", "SGSIN", Some((117.0, 7.6, 40.0))),
    ("bohai", "CNTXG", "CNSHA", Some((121.0, 38.4, 40.0))),
    ("mindoro", "AUPHE", "TWKHH", Some((120.3, 12.9, 40.0))),
    ("northern-sea-route", "JPYOK", "NLRTM", None),
];

/// The group is both lanes; the North-West Passage is looked at in `ice`.
const LOOKED_AT_ELSEWHERE: [&str; 3] = ["panama-neopanamax", "panama-panamax", "northwest-passage"];

fn clearance_nm(route: &Route, throat: (f64, f64, f64)) -> f64 {
    let middle = LonLat::new(throat.0, throat.1).expect("a position");
    let line = route.line(NauticalMiles::new(1.0).expect("a length"));
    line.into_iter()
        .map(|p| geodesic_nm(p, middle))
        .fold(f64::INFINITY, f64::min)
}

/// Options under which a passage is open.
fn usual(id: &str) -> Options {
    let set = ocean().passage(id).expect("a passage");
    let closed = set.iter().all(|n| !ocean().passages()[n].open_by_default);
    if closed {
        opening(&[id])
    } else {
        Options::default()
    }
}

#[test]
fn every_named_passage_has_a_route_through_it() {
    for p in ocean().passages() {
        let listed = PASSAGES.iter().any(|(id, ..)| *id == p.id)
            || LOOKED_AT_ELSEWHERE.contains(&p.id.as_str());
        assert!(
            listed || matches!(p.kind, Kind::Ice | Kind::Channel),
            "{} is not looked at",
            p.id
        );
    }
    for (id, from, to, throat) in PASSAGES {
        let route = between(from, to, &usual(id)).unwrap_or_else(|e| panic!("{id}: {e}"));
        assert!(
            taken(&route, id),
            "{from}–{to} takes {:?}, not {id}",
            route.passages().collect::<Vec<_>>()
        );
        if let Some(throat) = throat {
            assert!(
                clearance_nm(&route, throat) <= throat.2,
                "{id}: {:.1} nm off",
                clearance_nm(&route, throat)
            );
        }
    }
}

fn taken(route: &Route, id: &str) -> bool {
    let set = ocean().passage(id).expect("a passage");
    set.iter().any(|n| takes(route, &ocean().passages()[n].id))
}

#[test]
fn a_closed_passage_is_gone_round_or_named() {
    for (id, from, to, throat) in PASSAGES {
        let before = between(from, to, &usual(id)).expect("see above");
        let options = Options {
            avoid: ocean().passage(id).expect("a passage"),
            ..usual(id)
        };
        match between(from, to, &options) {
            Ok(route) => {
                assert!(!taken(&route, id), "{id} is closed");
                assert!(
                    route.distance >= before.distance,
                    "{id}: {} < {}",
                    route.distance,
                    before.distance
                );
                if let Some(throat) = throat {
                    assert!(
                        clearance_nm(&route, throat) > throat.2,
                        "{id}: {:.1} nm off",
                        clearance_nm(&route, throat)
                    );
                }
            }
            Err(RouteError::NoRoute { barred }) => {
                assert!(
                    barred
                        .iter()
                        .any(|b| b.passage == id && b.limit == "closed"),
                    "{id}: {barred:?}"
                );
            }
            Err(other) => panic!("{id}: {other}"),
        }
    }
}

#[test]
fn seas_with_one_door_are_shut_with_it() {
    for (ids, from, to) in [
        (&["hormuz"][..], "AEJEA", "INBOM"),
        (&["bosporus"], "ROCND", "NLRTM"),
        (&["dardanelles"], "TRIST", "GRPIR"),
        (&["kerch"], "RUROV", "TRIST"),
        (&["bohai"], "CNTXG", "KRPUS"),
        (&["suez", "gibraltar"], "ITGOA", "NLRTM"),
        (&["suez", "bab-el-mandeb"], "SAJED", "INBOM"),
        (&["st-lawrence-seaway"], "USCHI", "NLRTM"),
    ] {
        let error = between(from, to, &avoiding(ids)).expect_err(from);
        let RouteError::NoRoute { barred } = &error else {
            panic!("{from}–{to}: {error}")
        };
        assert!(
            !barred.is_empty() && barred.iter().all(|b| ids.contains(&b.passage.as_str())),
            "{from}–{to}: {error}"
        );
        assert!(error.to_string().contains("is closed"), "{error}");
    }
}

#[test]
fn one_lane_of_locks_replaces_the_other() {
    let open = between("USNYC", "PECLL", &Options::default()).expect("open");
    let lane = open
        .passages()
        .find(|p| p.starts_with("panama"))
        .expect("through Panama")
        .to_owned();
    let other = between("USNYC", "PECLL", &avoiding(&[&lane])).expect("the other lane");
    assert!(!takes(&other, &lane) && other.passages().any(|p| p.starts_with("panama")));
    assert!(other.distance.nm() - open.distance.nm() < 5.0);
}

#[test]
fn ports_at_either_end_of_a_closed_canal_stay_open() {
    let shut = avoiding(&["panama", "suez", "kiel"]);
    for (from, to, most) in [
        ("PAONX", "USNYC", 2_100.0),
        ("PABLB", "PECLL", 1_400.0),
        ("EGPSD", "ITGOA", 1_500.0),
        ("EGSUZ", "SAJED", 700.0),
    ] {
        let route = between(from, to, &shut).unwrap_or_else(|e| panic!("{from}–{to}: {e}"));
        assert!(
            route.distance.nm() < most,
            "{from}–{to}: {}",
            route.distance
        );
    }
}

#[test]
fn a_closed_channel_cuts_off_its_ports_or_is_gone_round() {
    let rotterdam = port("NLRTM");
    let mut by_channel = std::collections::BTreeMap::new();
    for p in world_ports() {
        let route = ocean()
            .route(End::Port(p), End::Port(rotterdam), &Options::default())
            .expect("reached");
        for c in route
            .crossings
            .iter()
            .filter(|c| c.is_channel && c.passage != "nieuwe-waterweg")
        {
            by_channel.entry(c.passage.clone()).or_insert(p);
        }
    }
    assert!(
        by_channel.len() >= 45,
        "{} channels lead to ports",
        by_channel.len()
    );
    for (channel, p) in by_channel {
        match ocean().route(End::Port(p), End::Port(rotterdam), &avoiding(&[&channel])) {
            Ok(route) => assert!(!takes(&route, &channel), "{channel}"),
            Err(RouteError::NoRoute { barred }) => {
                assert!(
                    barred.iter().any(|b| b.passage == channel),
                    "{channel}: {barred:?}"
                );
            }
            Err(other) => panic!("{channel}: {other}"),
        }
    }
}

proptest! {
    #![proptest_config(cases(120))]

    /// Whatever is closed, no route passes it, and closing more never shortens one.
    #[test]
    fn no_route_passes_what_is_closed(
        (a, b) in { let n = world_ports().len(); (0..n, 0..n) },
        closed in prop::collection::btree_set(0..PASSAGES.len(), 1..12),
    ) {
        let ports = world_ports();
        let (from, to) = (End::Port(ports[a]), End::Port(ports[b]));
        let shut = closed.iter().map(|&i| ocean().passage(PASSAGES[i].0).expect("a passage"));
        let avoid = shut.fold(PassageSet::EMPTY, PassageSet::with);
        let open = ocean().distance(ports[a], ports[b]).expect("on the world ocean");
        match ocean().route(from, to, &Options { avoid, ..Options::default() }) {
            Ok(route) => {
                prop_assert!(route.distance.nm() >= open.nm() * (1.0 - 1e-6) - 0.01);
                for &i in &closed {
                    prop_assert!(!taken(&route, PASSAGES[i].0), "{} is closed", PASSAGES[i].0);
                }
            }
            Err(RouteError::NoRoute { barred }) => {
                let named = barred.iter().map(|x| ocean().passage(&x.passage).expect("a passage"));
                prop_assert!(named.fold(PassageSet::EMPTY, PassageSet::with).meets(avoid), "{:?}", barred);
            }
            Err(other) => return Err(TestCaseError::fail(other.to_string())),
        }
    }
}
