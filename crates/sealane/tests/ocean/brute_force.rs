//! Routes among islands against a slow and obvious oracle.

use std::cell::Cell;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use sealane::passage::Kind;
use sealane::{End, LonLat, Options, PassageSet, Route};

use crate::oracle::{Islands, coastline, runs_over_land};
use crate::places::{SEARCH_ERROR, cases, ocean, world_ports};

/// Archipelagos: west, east, south, north in degrees. Two lie across ±180°, one near the pole.
const ARCHIPELAGOS: [(&str, f64, f64, f64, f64); 14] = [
    ("Aegean", 23.0, 28.0, 35.0, 40.5),
    ("Bahamas", -79.5, -72.0, 21.0, 27.0),
    ("Lesser Sunda", 115.0, 128.0, -10.0, -5.0),
    ("Philippines", 119.5, 126.5, 8.0, 14.0),
    ("Norway", 4.0, 14.0, 60.0, 67.0),
    ("Chile", -76.0, -72.0, -53.0, -44.0),
    ("British Columbia", -134.0, -124.0, 50.0, 56.0),
    ("Hebrides", -9.0, -4.0, 55.0, 60.0),
    ("Åland", 17.5, 23.0, 58.5, 61.5),
    ("Fiji", 176.0, 183.0, -19.5, -15.5),
    ("Aleutians", 172.0, 190.0, 50.0, 55.0),
    ("Solomons", 153.0, 163.0, -12.0, -5.0),
    ("Inland Sea", 129.0, 136.0, 32.0, 35.0),
    ("Svalbard", 8.0, 34.0, 76.0, 81.0),
];

/// Canals, channels and closed straits are no business of the coast.
fn open_water() -> Options {
    let canals = ocean()
        .passages()
        .iter()
        .enumerate()
        .filter(|(_, p)| matches!(p.kind, Kind::Canal | Kind::Channel));
    Options {
        avoid: canals.fold(PassageSet::EMPTY, |set, (i, _)| {
            set.with(PassageSet::one(i))
        }),
        ..Options::default()
    }
}

fn wrapped(lon: f64, lat: f64) -> LonLat {
    LonLat::new(if lon > 180.0 { lon - 360.0 } else { lon }, lat).expect("a position")
}

fn two_points() -> impl Strategy<Value = (usize, LonLat, LonLat)> {
    let share = 0.0..1.0f64;
    (
        0..ARCHIPELAGOS.len(),
        [share.clone(), share.clone(), share.clone(), share],
    )
        .prop_map(|(i, [x, y, u, v])| {
            let (_, west, east, south, north) = ARCHIPELAGOS[i];
            let at =
                |x: f64, y: f64| wrapped(west + x * (east - west), south + y * (north - south));
            // No further than a few hundred miles, so that the oracle is done today.
            let near = 0.7;
            (
                i,
                at(x, y),
                at(
                    (x + near * (u - 0.5)).clamp(0.0, 1.0),
                    (y + near * (v - 0.5)).clamp(0.0, 1.0),
                ),
            )
        })
}

/// The route, if both points lie in water that routes use.
fn by_water(a: LonLat, b: LonLat) -> Option<Route> {
    let are_open = ocean().is_open_water(a) && ocean().is_open_water(b);
    let route = || ocean().route(End::Point(a), End::Point(b), &open_water());
    are_open.then(route)?.ok()
}

#[test]
fn among_islands_no_way_is_shorter() {
    let (compared, turning) = (Cell::new(0), Cell::new(0));
    let outcome = TestRunner::new(cases(600)).run(&two_points(), |(i, a, b)| {
        let Some(route) = by_water(a, b) else {
            return Ok(());
        };
        let nm = route.distance.nm();
        let Some(islands) = Islands::round(a, b, nm * 1.0001 + 0.01, coastline(), 200) else {
            return Ok(());
        };
        let name = ARCHIPELAGOS[i].0;
        let Some(slow) = islands.shortest_nm() else {
            return Err(TestCaseError::fail(format!(
                "{name}: {nm} nm, but no way by brute force"
            )));
        };
        let error = (nm - slow).abs();
        prop_assert!(
            error <= SEARCH_ERROR * nm + 0.002,
            "{}: {} nm, by brute force {}",
            name,
            nm,
            slow
        );
        compared.set(compared.get() + 1);
        turning.set(turning.get() + usize::from(route.turns.len() > 2));
        Ok(())
    });
    outcome.expect("the same by either method");
    let (compared, turning) = (compared.get(), turning.get());
    assert!(
        compared >= 150 && turning >= 75,
        "{compared} pairs compared, {turning} with turns"
    );
}

#[test]
fn no_route_between_ports_runs_over_the_coast_it_keeps_to() {
    let ports = world_ports();
    for (&a, &b) in ports
        .iter()
        .step_by(103)
        .zip(ports.iter().rev().step_by(97))
    {
        let route = ocean().route(End::Port(a), End::Port(b), &open_water());
        let Ok(route) = route else { continue };
        // The approaches and rivers lie within the generalised land.
        let name = |p: sealane::PortIx| &ocean().ports()[p.number()].unlocode;
        for leg in at_sea(&route, [a, b]).filter(|&leg| !route.in_channel[leg]) {
            assert!(
                !runs_over_land(&route.turns[leg..=leg + 1], coastline()),
                "{}–{}",
                name(a),
                name(b)
            );
        }
    }
}

/// The legs of a route after the approach of its first port and before that of its last.
fn at_sea(route: &sealane::Route, ports: [sealane::PortIx; 2]) -> std::ops::Range<usize> {
    let approach = |turns: &mut dyn Iterator<Item = (LonLat, LonLat)>, port: sealane::PortIx| {
        let mut left_nm = ocean().ports()[port.number()].approach.nm() - 0.001;
        turns
            .take_while(|&(from, to)| {
                let is_approach = left_nm > 0.0;
                left_nm -= crate::places::geodesic_nm(from, to);
                is_approach
            })
            .count()
    };
    let turns = &route.turns;
    let legs = turns.windows(2).map(|w| (w[0], w[1]));
    let first = approach(&mut legs.clone(), ports[0]);
    let last = approach(&mut legs.rev(), ports[1]);
    first..turns.len() - 1 - last
}
