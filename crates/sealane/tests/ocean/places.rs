//! Ports, points and options by short names.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use sealane::{End, LonLat, Ocean, Options, PortIx, Route, RouteError};

/// Lengths that searches add up are Lambert's, within 2 × 10⁻⁵ of the geodesic.
pub const SEARCH_ERROR: f64 = 2.5e-5;

/// What rounding to centimetres over a few hundred legs can come to, in nm.
pub const ROUNDING_NM: f64 = 0.002;

pub fn ocean() -> &'static Ocean {
    Ocean::embedded().expect("the embedded ocean is whole")
}

pub fn port(unlocode: &str) -> PortIx {
    ocean()
        .port(unlocode)
        .unwrap_or_else(|| panic!("no port {unlocode}"))
}

pub fn at(lon_deg: f64, lat_deg: f64) -> End {
    End::Point(LonLat::new(lon_deg, lat_deg).expect("a position"))
}

/// A port by its code, or a point as `lon,lat` in degrees.
pub fn place(name: &str) -> End {
    match name.split_once(',') {
        Some((lon, lat)) => at(
            lon.parse().expect("a longitude"),
            lat.parse().expect("a latitude"),
        ),
        None => End::Port(port(name)),
    }
}

/// Options that close passages by id.
pub fn avoiding(ids: &[&str]) -> Options {
    let named = ids.iter().map(|id| {
        ocean()
            .passage(id)
            .unwrap_or_else(|| panic!("no passage {id}"))
    });
    Options {
        avoid: named.fold(Default::default(), |all: sealane::PassageSet, one| {
            all.with(one)
        }),
        ..Options::default()
    }
}

/// Options that open passages by id.
pub fn opening(ids: &[&str]) -> Options {
    Options {
        open: avoiding(ids).avoid,
        ..Options::default()
    }
}

pub fn between(from: &str, to: &str, options: &Options) -> Result<Route, RouteError> {
    ocean().route(place(from), place(to), options)
}

pub fn takes(route: &Route, passage: &str) -> bool {
    route.crossings.iter().any(|c| c.passage == passage)
}

/// Ports that water reaches and whose water is joined to Rotterdam's.
pub fn world_ports() -> Vec<PortIx> {
    let rotterdam = port("NLRTM");
    ocean()
        .port_numbers()
        .filter(|&p| ocean().distance(p, rotterdam).is_some())
        .collect()
}

/// The WGS84 geodesic in nautical miles.
pub fn geodesic_nm(a: LonLat, b: LonLat) -> f64 {
    sealane::ellipsoid::geodesic_m(a.point(), b.point()) / 1852.0
}

/// Points spread evenly over the globe.
pub fn anywhere() -> impl Strategy<Value = LonLat> {
    (-180.0..=180.0f64, -1.0..=1.0f64)
        .prop_map(|(lon, z)| LonLat::new(lon, z.asin().to_degrees()).expect("within range"))
}

/// The same cases on every run.
pub fn cases(count: u32) -> Config {
    Config {
        cases: count,
        rng_seed: RngSeed::Fixed(0x5EA),
        failure_persistence: None,
        ..Config::default()
    }
}
