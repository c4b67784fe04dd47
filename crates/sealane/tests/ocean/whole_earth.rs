//! The antimeridian and the poles are ordinary places.

use proptest::prelude::*;
use sealane::{End, LonLat, Options, RouteError};

use crate::places::{at, between, cases, geodesic_nm, ocean, opening};

fn nm(a: End, b: End) -> f64 {
    ocean()
        .route(a, b, &Options::default())
        .expect("open water")
        .distance
        .nm()
}

#[test]
fn the_antimeridian_has_two_names() {
    for lat in [-50.0, -30.0, 0.0, 30.0, 50.0] {
        assert_eq!(nm(at(180.0, lat), at(-180.0, lat)), 0.0);
        assert_eq!(
            nm(at(180.0, lat), at(-150.0, 0.0)),
            nm(at(-180.0, lat), at(-150.0, 0.0))
        );
    }
}

#[test]
fn the_pole_has_one_name_at_every_longitude() {
    let from_pole = |lon: f64| nm(at(lon, 90.0), at(-5.0, 80.0));
    for lon in [-180.0, -90.0, 0.0, 33.3, 90.0, 180.0] {
        assert!((from_pole(lon) - from_pole(0.0)).abs() < 1e-6);
    }
}

#[test]
fn a_route_may_run_over_the_pole() {
    let (a, b) = (
        LonLat::new(-20.0, 88.0).unwrap(),
        LonLat::new(160.0, 86.0).unwrap(),
    );
    let route = ocean()
        .route(End::Point(a), End::Point(b), &Options::default())
        .expect("open water");
    assert!((route.distance.nm() - geodesic_nm(a, b)).abs() < 1e-3);
    let nearest = route
        .line(sealane::NauticalMiles::new(1.0).unwrap())
        .iter()
        .map(|p| p.lat_deg())
        .fold(0.0, f64::max);
    assert!(nearest > 89.98, "{nearest}");
}

#[test]
fn the_south_pole_is_no_place_for_a_ship() {
    let error = ocean()
        .route(at(0.0, -90.0), at(-63.0, -58.0), &Options::default())
        .expect_err("land");
    assert!(
        matches!(error, RouteError::OnLand { nearest, .. } if nearest.nm() > 250.0),
        "{error}"
    );
}

#[test]
fn the_pacific_is_crossed_and_not_gone_round() {
    for (from, to, most) in [
        ("JPYOK", "USLAX", 4_900.0),
        ("NZAKL", "CLVAP", 5_400.0),
        ("FJSUV", "WSAPW", 700.0),
        ("KRPUS", "PECLL", 9_000.0),
    ] {
        let route = between(from, to, &Options::default()).expect("the Pacific is open");
        assert!(
            route.distance.nm() < most,
            "{from}–{to}: {}",
            route.distance
        );
        assert!(
            route
                .parts(sealane::NauticalMiles::new(60.0).unwrap())
                .len()
                == 2,
            "{from}–{to} crosses ±180° once"
        );
    }
}

proptest! {
    #![proptest_config(cases(24))]

    /// Where nothing is in the way the geodesic is the route, at ±180° as anywhere.
    #[test]
    fn across_the_antimeridian_open_water_is_straight(
        west in 172.0..180.0f64, east in 172.0..180.0f64, south in -55.0..-48.0f64, north in -55.0..-48.0f64,
    ) {
        let (a, b) = (LonLat::new(west, south).unwrap(), LonLat::new(-east, north).unwrap());
        let route = ocean().route(End::Point(a), End::Point(b), &Options::default()).expect("open water");
        // The leg is a great circle of geodetic latitude: at most 10⁻⁵ longer.
        prop_assert!((route.distance.nm() - geodesic_nm(a, b)).abs() < 0.01 || route.turns.len() > 2);
    }

    #[test]
    fn near_the_pole_open_water_is_straight(
        lon_a in -180.0..180.0f64, lon_b in -180.0..180.0f64, lat_a in 86.0..90.0f64, lat_b in 86.0..90.0f64,
    ) {
        let (a, b) = (LonLat::new(lon_a, lat_a).unwrap(), LonLat::new(lon_b, lat_b).unwrap());
        // The gates of both Arctic routes run up to the pole.
        let open = opening(&["northern-sea-route", "northwest-passage"]);
        let route = ocean().route(End::Point(a), End::Point(b), &open).expect("open water");
        prop_assert!((route.distance.nm() - geodesic_nm(a, b)).abs() < 1e-3, "{} {}", route.distance, geodesic_nm(a, b));
    }
}
