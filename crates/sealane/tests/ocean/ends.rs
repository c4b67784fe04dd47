//! Where a route may begin: water, a shore, and what is no place for a ship.

use proptest::prelude::*;
use sealane::units::PositionError;
use sealane::{End, LonLat, NauticalMiles, Options, RouteError};

use crate::places::{anywhere, at, cases, geodesic_nm, ocean, place, port, world_ports};

#[test]
fn a_place_near_the_shore_is_joined_and_the_gap_told() {
    // Lima's centre, 5 nm from the sea.
    let lima = LonLat::new(-77.03, -12.05).expect("a position");
    let route = ocean()
        .route(End::Point(lima), place("CLVAP"), &Options::default())
        .expect("near the sea");
    assert!(
        (3.0..12.0).contains(&route.snap_from.nm()),
        "{}",
        route.snap_from
    );
    let first = route.turns.first().expect("a start");
    assert!(geodesic_nm(*first, lima) < 1e-4);
    let from_port = ocean()
        .distance(port("PECLL"), port("CLVAP"))
        .expect("open")
        .nm();
    assert!(
        (route.distance.nm() - from_port).abs() < 20.0,
        "{} and {from_port}",
        route.distance
    );
}

#[test]
fn river_ports_are_left_by_their_rivers_which_are_no_passages() {
    // Straight-line distance to the sea in nm, and the least that the river adds up to.
    for (code, least_nm) in [
        ("NLAMS", 12.0),
        ("BEGNE", 16.0),
        ("GBMNC", 28.0),
        ("RUKGD", 14.0),
        ("DELBC", 10.0),
        ("PLSZZ", 30.0),
        ("USSAV", 14.0),
        ("USJAX", 13.0),
        ("USBPT", 32.0),
        ("IDPLM", 40.0),
        ("MYSBW", 35.0),
    ] {
        let from = port(code);
        let gap = ocean().ports()[from.number()].gap;
        assert!(gap.nm() < 2.7, "{code} lies {gap} from its river");
        let route = ocean()
            .route(End::Port(from), place("SGSIN"), &Options::default())
            .expect(code);
        assert_eq!(route.over_land(), [None, None], "{code}");
        let legs = route.turns.windows(2).zip(&route.in_channel);
        let by_river_nm: f64 = legs
            .filter(|(_, is_channel)| **is_channel)
            .map(|(ends, _)| geodesic_nm(ends[0], ends[1]))
            .sum();
        assert!(by_river_nm > least_nm, "{code}: {by_river_nm} nm by river");
    }
    assert!(ocean().passage("noordzeekanaal").is_none());
}

#[test]
fn a_place_away_from_all_water_says_so() {
    // Temuka in New Zealand, 7 km from the sea.
    let route = ocean()
        .route(at(171.27, -44.25), place("NLRTM"), &Options::default())
        .expect("a way");
    let [from, to] = route.over_land();
    assert_eq!((from, to), (Some(route.snap_from), None));
    assert!(
        (2.7..6.0).contains(&route.snap_from.nm()),
        "{}",
        route.snap_from
    );
}

#[test]
fn no_port_begins_far_over_land() {
    for port in world_ports() {
        let port = &ocean().ports()[port.number()];
        assert!(port.gap.nm() < 2.7, "{}: {}", port.unlocode, port.gap);
    }
}

#[test]
fn a_place_far_from_water_is_an_error_with_the_distance() {
    for (name, lon, lat, least, most) in [
        ("Madrid", -3.7, 40.4, 140.0, 210.0),
        ("Denver", -105.0, 39.7, 150.0, 900.0),
        ("Ürümqi", 87.6, 43.8, 1_000.0, 1_600.0),
    ] {
        let error = ocean()
            .route(at(lon, lat), place("NLRTM"), &Options::default())
            .expect_err(name);
        let RouteError::OnLand {
            at,
            nearest,
            allowed,
        } = &error
        else {
            panic!("{name}: {error}")
        };
        assert_eq!((at.lon_deg(), at.lat_deg()), (lon, lat));
        assert!((least..most).contains(&nearest.nm()), "{name}: {nearest}");
        assert!((allowed.nm() - 16.2).abs() < 0.1);
        assert!(error.to_string().contains("lies on land"), "{error}");
    }
}

#[test]
fn how_far_is_bridged_can_be_asked_for() {
    let madrid = at(-3.7, 40.4);
    let patient = Options {
        most_snap: NauticalMiles::new(250.0).expect("a length"),
        ..Options::default()
    };
    let route = ocean()
        .route(madrid, place("NLRTM"), &patient)
        .expect("bridged");
    assert!(route.snap_from.nm() > 140.0 && route.distance > route.snap_from);
    let strict = Options {
        most_snap: NauticalMiles::default(),
        ..Options::default()
    };
    let error = ocean()
        .route(at(-77.03, -12.05), place("CLVAP"), &strict)
        .expect_err("on land");
    assert!(matches!(error, RouteError::OnLand { .. }));
}

#[test]
fn an_inland_place_on_a_channel_is_joined_to_it() {
    // Rosario on the Paraná.
    let route = ocean()
        .route(at(-60.63, -32.95), place("BRSSZ"), &Options::default())
        .expect("on a channel");
    assert!(route.snap_from.nm() < 8.0, "{}", route.snap_from);
    assert!(route.crossings.iter().any(|c| c.passage == "parana"));
}

/// Every so many ports that lie in water of the map, with their positions.
fn afloat() -> impl Iterator<Item = (sealane::PortIx, LonLat)> {
    let of = |p: sealane::PortIx| ocean().ports()[p.number()].position;
    let ports = world_ports().into_iter().step_by(19);
    ports
        .map(move |p| (p, of(p)))
        .filter(|&(_, at)| !ocean().is_on_land(at))
}

#[test]
fn a_place_is_as_far_as_a_port_that_lies_there() {
    let (mut in_bays, to) = (0, place("CLVAP"));
    for (port, position) in afloat() {
        let route = |from| ocean().route(from, to, &Options::default()).expect("a way");
        let [as_port, as_place] = [End::Port(port), End::Point(position)].map(route);
        let (a, b) = (as_port.distance.nm(), as_place.distance.nm());
        // The coast's triangles are cut anew by the ports themselves, and with them the point
        // 100 m off the coast that is tried first.
        assert!((a - b).abs() <= 2.0, "{position:?}: {a} and {b}");
        in_bays += usize::from(!ocean().is_open_water(position));
    }
    assert!(in_bays >= 20, "{in_bays} in filled bays");
}

#[test]
fn a_place_in_a_bay_leaves_it_over_water() {
    let (mut in_bays, to) = (0, place("CLVAP"));
    for (_, at) in afloat() {
        // A mile beside the port, in the water of the same bay or another.
        for (east, north) in [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0)] {
            let lon = at.lon_deg() + east / 60.0 / at.lat_deg().to_radians().cos();
            let Ok(from) = LonLat::new(lon, at.lat_deg() + north / 60.0) else {
                continue;
            };
            if ocean().is_on_land(from) || ocean().is_open_water(from) {
                continue;
            }
            let Ok(route) = ocean().route(End::Point(from), to, &Options::default()) else {
                continue;
            };
            if route.in_channel[0] || route.snap_from.nm() > 0.0 {
                continue;
            }
            assert!(
                !ocean().meets_coast(route.turns[0], route.turns[1]),
                "{from:?} to {:?}",
                route.turns[1]
            );
            in_bays += 1;
        }
    }
    assert!(in_bays >= 20, "{in_bays} in filled bays");
}

#[test]
fn a_port_that_no_water_reaches_says_so() {
    let inland = ocean()
        .port_numbers()
        .find(|p| !ocean().ports()[p.number()].is_reached)
        .expect("one at least");
    let name = &ocean().ports()[inland.number()].name;
    assert_eq!(ocean().distance(inland, port("NLRTM")), None);
    let error = ocean()
        .route(End::Port(inland), place("NLRTM"), &Options::default())
        .expect_err("inland");
    assert!(
        matches!(&error, RouteError::Inland { name: n, .. } if n == name),
        "{error}"
    );
    assert!(error.to_string().contains("lies inland"), "{error}");
}

#[test]
fn swapped_positions_are_recognised() {
    // Chancay and Shanghai the wrong way round.
    let error = LonLat::new(31.2, 121.5).expect_err("swapped");
    assert_eq!(
        error,
        PositionError::Swapped {
            lon_deg: 31.2,
            lat_deg: 121.5
        }
    );
    assert!(
        error.to_string().contains("try lon=121.5, lat=31.2"),
        "{error}"
    );
    assert!(matches!(
        LonLat::new(-12.0, -177.0),
        Err(PositionError::Swapped { .. })
    ));
}

#[test]
fn positions_off_the_globe_are_errors() {
    for (lon, lat) in [(180.1, 0.0), (-200.0, 10.0), (100.0, 95.0), (0.0, 300.0)] {
        assert!(
            matches!(LonLat::new(lon, lat), Err(PositionError::OutOfRange { .. })),
            "lon={lon}, lat={lat}"
        );
    }
    for (lon, lat) in [
        (f64::NAN, 0.0),
        (0.0, f64::NAN),
        (f64::INFINITY, 0.0),
        (0.0, f64::NEG_INFINITY),
    ] {
        assert!(matches!(
            LonLat::new(lon, lat),
            Err(PositionError::NotFinite { .. })
        ));
    }
    for (lon, lat) in [(180.0, 90.0), (-180.0, -90.0), (0.0, 0.0), (-0.0, -0.0)] {
        assert!(LonLat::new(lon, lat).is_ok());
    }
}

#[test]
fn lengths_and_speeds_refuse_nonsense() {
    for nm in [-1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(NauticalMiles::new(nm), None);
        assert_eq!(sealane::Knots::new(nm), None);
    }
    assert_eq!(sealane::Knots::new(0.0), None);
    let hours = sealane::Knots::new(20.0)
        .expect("a speed")
        .hours_for(NauticalMiles::new(90.0).expect("a length"));
    assert_eq!(hours, 4.5);
}

proptest! {
    #![proptest_config(cases(120))]

    /// Any position on Earth is answered: a route or a reason.
    #[test]
    fn any_two_positions_are_answered(a in anywhere(), b in anywhere()) {
        match ocean().route(End::Point(a), End::Point(b), &Options::default()) {
            Ok(route) => {
                let ends = (route.turns[0], route.turns[route.turns.len() - 1]);
                prop_assert!(geodesic_nm(ends.0, a) < 1e-3 && geodesic_nm(ends.1, b) < 1e-3);
                prop_assert!(route.distance.nm() < 20_000.0);
            }
            Err(RouteError::OnLand { nearest, allowed, .. }) => prop_assert!(nearest > allowed),
            Err(RouteError::NoRoute { .. }) => {}
            Err(other) => return Err(TestCaseError::fail(other.to_string())),
        }
    }
}
