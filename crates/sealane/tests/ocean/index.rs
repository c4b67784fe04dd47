//! The port index and the search find the same.

use sealane::{End, Options};

use crate::places::{ROUNDING_NM, SEARCH_ERROR, avoiding, ocean, takes, world_ports};

#[test]
fn routes_are_as_long_as_distances() {
    let ports = world_ports();
    for (i, &a) in ports.iter().enumerate().step_by(61) {
        for &b in ports[i + 1..].iter().step_by(83) {
            let distance = ocean().distance(a, b).expect("joined").nm();
            let route = ocean()
                .route(End::Port(a), End::Port(b), &Options::default())
                .expect("joined");
            assert!(
                (route.distance.nm() - distance).abs() <= ROUNDING_NM,
                "{} and {distance}",
                route.distance
            );
        }
    }
}

#[test]
fn a_search_finds_what_the_index_holds() {
    // The Corinth Canal is shut, which few care about but which the index cannot know.
    let options = avoiding(&["corinth"]);
    let ports = world_ports();
    let sources: Vec<_> = ports.iter().copied().step_by(211).collect();
    let matrix = ocean().matrix(&sources, &ports, &options);
    let mut compared = 0;
    for (i, &s) in sources.iter().enumerate() {
        for (j, &t) in ports.iter().enumerate() {
            let indexed = ocean().distance(s, t).expect("joined").nm();
            let searched = f64::from(matrix.nm[i * matrix.columns + j]);
            let error = (searched - indexed).abs();
            if error > SEARCH_ERROR * indexed + 0.01 {
                let route = ocean()
                    .route(End::Port(s), End::Port(t), &Options::default())
                    .expect("joined");
                let name = |p: sealane::PortIx| &ocean().ports()[p.number()].unlocode;
                assert!(
                    takes(&route, "corinth") && searched > indexed,
                    "{}–{}: {searched} by search, {indexed} by index",
                    name(s),
                    name(t)
                );
            } else {
                compared += 1;
            }
        }
    }
    assert!(compared > 50_000, "{compared} pairs compared");
}

#[test]
fn the_turns_of_a_route_add_up_to_its_length() {
    let ports = world_ports();
    for (&a, &b) in ports.iter().step_by(97).zip(ports.iter().rev().step_by(89)) {
        let route = ocean()
            .route(End::Port(a), End::Port(b), &Options::default())
            .expect("joined");
        let drawn: f64 = route
            .turns
            .windows(2)
            .map(|w| crate::places::geodesic_nm(w[0], w[1]))
            .sum();
        assert!(
            (drawn - route.distance.nm()).abs() < 0.01,
            "{drawn} and {}",
            route.distance
        );
    }
}
