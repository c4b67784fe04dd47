//! Every sea hangs together, the Caspian by one canal.

use sealane::{End, LonLat, Options, RouteError};

use crate::places::{at, avoiding, between, geodesic_nm, ocean, opening, port};

/// A point in open water of each sea; longitude, latitude.
const SEAS: [(&str, f64, f64); 62] = [
    ("Baltic", 19.0, 57.0),
    ("Gulf of Bothnia", 20.0, 62.0),
    ("Bothnian Bay", 23.0, 64.7),
    ("Gulf of Finland", 26.0, 59.9),
    ("Gulf of Riga", 23.5, 57.7),
    ("Kattegat", 11.4, 57.0),
    ("North Sea", 3.0, 56.0),
    ("Irish Sea", -5.0, 53.8),
    ("English Channel", -2.0, 50.0),
    ("Bay of Biscay", -5.0, 45.0),
    ("White Sea", 38.5, 65.3),
    ("Barents", 40.0, 73.0),
    ("Mediterranean, west", 5.0, 39.5),
    ("Tyrrhenian", 12.0, 40.0),
    ("Adriatic", 15.0, 43.5),
    ("Ionian", 18.5, 37.5),
    ("Aegean", 25.0, 39.2),
    ("Mediterranean, east", 31.0, 33.5),
    ("Marmara", 28.2, 40.7),
    ("Black Sea", 34.0, 43.0),
    ("Azov", 36.5, 46.0),
    ("Red Sea", 38.0, 20.0),
    ("Gulf of Suez", 33.0, 28.75),
    ("Gulf of Aqaba", 34.75, 28.8),
    ("Gulf of Aden", 48.0, 12.5),
    ("Persian Gulf", 51.5, 27.0),
    ("Gulf of Oman", 58.5, 25.0),
    ("Arabian", 65.0, 15.0),
    ("Bay of Bengal", 88.0, 15.0),
    ("Andaman", 96.0, 11.0),
    ("Gulf of Thailand", 101.3, 10.0),
    ("South China", 114.0, 14.0),
    ("Gulf of Tonkin", 107.7, 19.7),
    ("Sulu", 120.5, 8.5),
    ("Celebes", 122.0, 3.5),
    ("Java", 111.0, -5.0),
    ("Banda", 127.0, -5.5),
    ("Arafura", 135.0, -10.0),
    ("Gulf of Carpentaria", 139.0, -14.0),
    ("Coral", 152.0, -16.0),
    ("Bismarck", 148.0, -4.0),
    ("Seto Inland Sea", 133.0, 34.1),
    ("East China", 125.0, 29.0),
    ("Yellow", 123.5, 36.0),
    ("Bohai", 119.8, 38.7),
    ("Sea of Japan", 134.5, 40.0),
    ("Okhotsk", 150.0, 54.0),
    ("Bering", -178.0, 58.0),
    ("Gulf of Alaska", -148.0, 57.0),
    ("Chukchi", -168.0, 69.0),
    ("Beaufort", -140.0, 71.5),
    ("Gulf of California", -111.0, 26.5),
    ("Gulf of Mexico", -90.0, 25.0),
    ("Caribbean", -75.0, 15.0),
    ("Gulf of St Lawrence", -62.0, 48.0),
    ("Hudson Bay", -85.0, 60.0),
    ("James Bay", -80.4, 53.0),
    ("Baffin Bay", -68.0, 73.5),
    ("Greenland", -5.0, 75.0),
    ("Gulf of Guinea", 3.0, 2.0),
    ("Tasman", 160.0, -38.0),
    ("Drake Passage", -63.0, -58.0),
];

#[test]
fn every_sea_reaches_the_world_ocean() {
    let mid_pacific = at(-150.0, 0.0);
    for (name, lon, lat) in SEAS {
        let route = ocean().route(at(lon, lat), mid_pacific, &Options::default());
        let route = route.unwrap_or_else(|e| panic!("{name}: {e}"));
        // The middle of a narrow gulf may lie within the clearance from its shores.
        assert!(
            route.snap_from.nm() < 2.0,
            "{name}: the point lies in open water"
        );
        let straight = geodesic_nm(
            LonLat::new(lon, lat).unwrap(),
            LonLat::new(-150.0, 0.0).unwrap(),
        );
        assert!(route.distance.nm() >= straight - 0.01, "{name}");
        assert!(route.distance.nm() < 16_000.0, "{name}: {}", route.distance);
    }
}

#[test]
fn seas_behind_the_arctic_routes_are_reached_when_these_are_open() {
    let open = opening(&["northern-sea-route", "northwest-passage"]);
    for (name, lon, lat) in [
        ("Kara", 75.0, 75.5),
        ("Laptev", 125.0, 75.5),
        ("East Siberian", 160.0, 72.0),
        ("Amundsen Gulf", -122.0, 70.7),
    ] {
        let route = ocean().route(at(lon, lat), End::Port(port("NLRTM")), &open);
        let route = route.unwrap_or_else(|e| panic!("{name}: {e}"));
        assert!(route.distance.nm() < 6_000.0, "{name}: {}", route.distance);
    }
}

fn is_caspian(p: LonLat) -> bool {
    (46.0..55.5).contains(&p.lon_deg()) && (36.0..47.7).contains(&p.lat_deg())
}

#[test]
fn every_port_on_the_water_reaches_every_other() {
    let rotterdam = port("NLRTM");
    for p in ocean().port_numbers() {
        let port = &ocean().ports()[p.number()];
        let joined = ocean().distance(p, rotterdam).is_some();
        assert_eq!(joined, port.is_reached, "{} {}", port.unlocode, port.name);
    }
}

#[test]
fn the_caspian_is_joined_by_one_canal() {
    let shut = avoiding(&["volga-don"]);
    let mut on_it = 0;
    let sources: Vec<_> = ocean().port_numbers().collect();
    let matrix = ocean().matrix(&[port("NLRTM"), port("AZBAK")], &sources, &shut);
    for (p, port) in ocean().ports().iter().enumerate() {
        let (to_world, to_caspian) = (matrix.nm[p], matrix.nm[matrix.columns + p]);
        if port.is_reached && is_caspian(port.position) {
            assert!(to_world.is_nan(), "{}", port.unlocode);
            // Astrakhan lies on the canal's own waterway.
            on_it += usize::from(!to_caspian.is_nan());
        }
    }
    assert!(on_it >= 5, "{on_it} ports on the Caspian");
    let error = between("AZBAK", "NLRTM", &shut).expect_err("the canal is shut");
    let RouteError::NoRoute { barred } = error else {
        panic!("{error}")
    };
    assert!(
        barred.iter().any(|b| b.passage == "volga-don"),
        "{barred:?}"
    );
    let deep = Options {
        vessel: sealane::Vessel {
            draught_m: Some(9.0),
            ..Default::default()
        },
        ..Options::default()
    };
    let error = between("AZBAK", "NLRTM", &deep).expect_err("too deep for the canal");
    assert!(matches!(error, RouteError::NoRoute { .. }), "{error}");
    let route = ocean().route(at(51.0, 42.0), at(53.0, 40.0), &shut);
    assert!(route.expect("on the Caspian").distance.nm() < 250.0);
}

#[test]
fn the_great_lakes_are_reached_over_the_seaway() {
    for lake_port in ["USCHI", "USDLH", "CATHU", "CATOR", "USCLE"] {
        let route = between(lake_port, "NLRTM", &Options::default())
            .unwrap_or_else(|e| panic!("{lake_port}: {e}"));
        assert!(
            route.passages().any(|p| p == "st-lawrence-seaway"),
            "{lake_port}"
        );
        assert!(
            (3_000.0..5_000.0).contains(&route.distance.nm()),
            "{lake_port}: {}",
            route.distance
        );
    }
}
