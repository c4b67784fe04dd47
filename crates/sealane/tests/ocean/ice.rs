//! The Arctic routes are closed unless opened; the southern limit is lifted for
//! whoever goes beyond it.

use sealane::{LonLat, NauticalMiles, Options, RouteError};

use crate::places::{at, between, ocean, opening, place, takes};

const LIMIT_SOUTH_DEG: f64 = -60.0;
/// How far a chord between the limit's corners, 3° apart, dips below it.
const DIP_DEG: f64 = 0.03;

fn southernmost_deg(route: &sealane::Route) -> f64 {
    route
        .line(NauticalMiles::new(5.0).expect("a length"))
        .iter()
        .map(|p| p.lat_deg())
        .fold(90.0, f64::min)
}

#[test]
fn the_northern_sea_route_is_closed_until_opened() {
    let usual = between("JPYOK", "NLRTM", &Options::default()).expect("by Suez");
    assert!(takes(&usual, "suez") && !takes(&usual, "northern-sea-route"));
    let north = between("JPYOK", "NLRTM", &opening(&["northern-sea-route"])).expect("open");
    assert!(takes(&north, "northern-sea-route") && takes(&north, "bering"));
    assert!(
        north.distance.nm() < 0.7 * usual.distance.nm(),
        "{} and {}",
        north.distance,
        usual.distance
    );
}

#[test]
fn the_northwest_passage_is_closed_until_opened() {
    let usual = between("CAVAN", "NLRTM", &Options::default()).expect("by Panama");
    assert!(!takes(&usual, "northwest-passage"));
    let north = between("CAVAN", "NLRTM", &opening(&["northwest-passage"])).expect("open");
    assert!(takes(&north, "northwest-passage"));
    assert!(
        north.distance < usual.distance,
        "{} and {}",
        north.distance,
        usual.distance
    );
}

#[test]
fn a_ship_too_deep_for_the_arctic_is_not_let_in_by_opening_it() {
    let vessel = sealane::Vessel {
        draught_m: Some(14.0),
        ..Default::default()
    };
    let options = Options {
        vessel,
        ..opening(&["northern-sea-route", "northwest-passage"])
    };
    let route = between("JPYOK", "NLRTM", &options).expect("by Suez");
    assert!(takes(&route, "suez"));
}

#[test]
fn between_ports_of_the_south_no_route_runs_beyond_the_limit() {
    for (from, to) in [
        ("CLPUQ", "AUHBA"),
        ("NZBLU", "CLPUQ"),
        ("ZACPT", "NZAKL"),
        ("ARUSH", "AUMEL"),
        ("ARBUE", "NZWLG"),
    ] {
        let route = between(from, to, &Options::default()).expect("open");
        assert!(!route.beyond_ice_limit);
        assert!(
            southernmost_deg(&route) > LIMIT_SOUTH_DEG - DIP_DEG,
            "{from}–{to}: {}",
            southernmost_deg(&route)
        );
        let bold = between(from, to, &opening(&["ice-south"])).expect("open");
        assert!(bold.distance <= route.distance, "{from}–{to}");
    }
    let through = between("CLPUQ", "AUHBA", &opening(&["ice-south"])).expect("open");
    assert!(southernmost_deg(&through) < -62.0);
}

#[test]
fn whoever_goes_to_antarctica_goes_beyond_the_limit() {
    // Off Anvers Island, in Bransfield Strait, off McMurdo Sound.
    for (lon, lat) in [(-64.6, -64.2), (-58.9, -62.6), (168.0, -76.5)] {
        for from in ["ARUSH", "CLPUQ", "NZLYT"] {
            let route = ocean().route(place(from), at(lon, lat), &Options::default());
            let route = route.unwrap_or_else(|e| panic!("{from} to lon={lon}, lat={lat}: {e}"));
            assert!(route.beyond_ice_limit);
            assert!(southernmost_deg(&route) < LIMIT_SOUTH_DEG);
        }
    }
    let usual = between("ARUSH", "-64.6,-64.2", &Options::default()).expect("open");
    assert!(
        (500.0..800.0).contains(&usual.distance.nm()),
        "{}",
        usual.distance
    );
}

#[test]
fn a_stop_beyond_the_limit_lifts_it_for_the_whole_voyage() {
    let stop = sealane::Via::Place(at(-58.9, -62.6));
    let options = Options {
        via: vec![stop],
        ..Options::default()
    };
    let route = between("ARUSH", "ZACPT", &options).expect("open");
    assert!(route.beyond_ice_limit && southernmost_deg(&route) < -62.0);
}

#[test]
fn from_behind_a_closed_arctic_route_the_route_is_named() {
    let kara = LonLat::new(130.0, 74.5).expect("a position");
    let error = ocean().route(
        sealane::End::Point(kara),
        place("NLRTM"),
        &Options {
            avoid: ocean().passage("bering").expect("a passage"),
            ..Options::default()
        },
    );
    let Err(RouteError::NoRoute { barred }) = error else {
        panic!("{error:?}")
    };
    assert!(
        barred
            .iter()
            .any(|b| b.passage == "northern-sea-route" || b.passage == "bering"),
        "{barred:?}"
    );
}
