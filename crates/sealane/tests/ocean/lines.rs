//! Lines for maps: cut at ±180° (RFC 7946, 3.1.9), or running on beyond it.

use proptest::prelude::*;
use sealane::{End, LonLat, NauticalMiles, Options, Route};

use crate::places::{anywhere, between, cases, geodesic_nm, ocean, world_ports};

fn nm(nm: f64) -> NauticalMiles {
    NauticalMiles::new(nm).expect("a length")
}

fn is_antimeridian(p: [f64; 2]) -> bool {
    p[0].abs() == 180.0
}

fn check(route: &Route, spacing: NauticalMiles) -> Result<(), TestCaseError> {
    let line = route.line(spacing);
    prop_assert_eq!(
        (line.first(), line.last()),
        (route.turns.first(), route.turns.last())
    );
    for w in line.windows(2) {
        prop_assert!(geodesic_nm(w[0], w[1]) <= spacing.nm().max(1.0) * 1.01);
    }
    let parts = route.parts(spacing);
    for part in &parts {
        prop_assert!(
            part.iter()
                .all(|p| p[0].abs() <= 180.0 && p[1].abs() <= 90.0)
        );
        for w in part.windows(2) {
            prop_assert!(
                (w[0][0] - w[1][0]).abs() <= 180.0,
                "a part jumps from {:?} to {:?}",
                w[0],
                w[1]
            );
        }
    }
    for w in parts.windows(2) {
        let (end, start) = (w[0][w[0].len() - 1], w[1][0]);
        prop_assert!(
            is_antimeridian(end) && start == [-end[0], end[1]],
            "{:?} goes on at {:?}",
            end,
            start
        );
    }
    let unwrapped = route.unwrapped(spacing);
    prop_assert_eq!(unwrapped.len(), line.len());
    for (u, p) in unwrapped.iter().zip(&line) {
        let turns = (u[0] - p.lon_deg()) / 360.0;
        prop_assert!((turns - turns.round()).abs() < 1e-9 && u[1] == p.lat_deg());
    }
    for w in unwrapped.windows(2) {
        prop_assert!((w[0][0] - w[1][0]).abs() <= 180.0);
    }
    Ok(())
}

#[test]
fn a_route_over_the_antimeridian_has_two_parts_and_one_line() {
    let route = between("JPYOK", "USLAX", &Options::default()).expect("open");
    let parts = route.parts(nm(60.0));
    assert_eq!(parts.len(), 2);
    let (end, start) = (parts[0][parts[0].len() - 1], parts[1][0]);
    assert_eq!((end[0], start[0]), (180.0, -180.0));
    assert_eq!(end[1], start[1]);
    let unwrapped = route.unwrapped(nm(60.0));
    assert!(unwrapped[unwrapped.len() - 1][0] > 230.0);
    let back = between("USLAX", "JPYOK", &Options::default()).expect("open");
    assert!(back.unwrapped(nm(60.0)).last().expect("a line")[0] < -210.0);
}

#[test]
fn the_cut_lies_on_the_great_circle() {
    let (a, b) = (
        LonLat::new(170.0, -50.0).unwrap(),
        LonLat::new(-170.0, -50.0).unwrap(),
    );
    let route = ocean()
        .route(End::Point(a), End::Point(b), &Options::default())
        .expect("open water");
    let coarse = route.parts(nm(5_000.0));
    // Half-way along the great circle by symmetry: tan φ = tan 50° / cos 10°.
    let middle = -(50f64.to_radians().tan() / 10f64.to_radians().cos())
        .atan()
        .to_degrees();
    assert!((coarse[0].last().expect("a cut")[1] - middle).abs() < 1e-9);
}

#[test]
fn no_part_is_a_mere_point() {
    for (lon_a, lon_b) in [
        (180.0, -170.0),
        (-180.0, 170.0),
        (180.0, 170.0),
        (170.0, 180.0),
        (-170.0, 180.0),
        (170.0, -180.0),
    ] {
        let ends = [lon_a, lon_b].map(|lon| End::Point(LonLat::new(lon, -50.0).unwrap()));
        let route = ocean()
            .route(ends[0], ends[1], &Options::default())
            .expect("open water");
        for part in route.parts(nm(60.0)) {
            assert!(
                part.iter().any(|p| *p != part[0]),
                "lon={lon_a} to {lon_b}: {part:?}"
            );
        }
    }
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn lines_between_ports_are_sound((a, b) in { let n = world_ports().len(); (0..n, 0..n) }, spacing in 0.5..900.0f64) {
        let ports = world_ports();
        let route = ocean().route(End::Port(ports[a]), End::Port(ports[b]), &Options::default()).expect("joined");
        check(&route, nm(spacing))?;
    }

    #[test]
    fn lines_between_points_are_sound(a in anywhere(), b in anywhere(), spacing in 20.0..2_000.0f64) {
        if let Ok(route) = ocean().route(End::Point(a), End::Point(b), &Options::default()) {
            check(&route, nm(spacing))?;
        }
    }
}
