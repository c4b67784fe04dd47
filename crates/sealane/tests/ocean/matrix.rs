//! A matrix holds what single questions find, whatever the number of threads.

use sealane::{End, Options, PortIx};

use crate::places::{SEARCH_ERROR, avoiding, ocean, world_ports};

fn every(step: usize) -> Vec<PortIx> {
    ocean().port_numbers().step_by(step).collect()
}

#[test]
fn the_matrix_holds_single_distances() {
    let (sources, targets) = (every(41), every(13));
    let matrix = ocean().matrix(&sources, &targets, &Options::default());
    assert_eq!(
        (matrix.columns, matrix.nm.len()),
        (targets.len(), sources.len() * targets.len())
    );
    for (i, &s) in sources.iter().enumerate() {
        for (j, &t) in targets.iter().enumerate() {
            let cell = matrix.nm[i * matrix.columns + j];
            match ocean().distance(s, t) {
                Some(nm) => assert_eq!(cell, nm.nm() as f32),
                None => assert!(cell.is_nan()),
            }
        }
    }
}

#[test]
fn with_passages_closed_the_matrix_holds_single_routes() {
    let options = avoiding(&["suez", "panama", "kiel"]);
    let (sources, targets) = (every(419), every(97));
    let matrix = ocean().matrix(&sources, &targets, &options);
    for (i, &s) in sources.iter().enumerate() {
        for (j, &t) in targets.iter().enumerate() {
            let cell = f64::from(matrix.nm[i * matrix.columns + j]);
            match ocean().route(End::Port(s), End::Port(t), &options) {
                Ok(route) if s != t => {
                    let error = (cell - route.distance.nm()).abs();
                    assert!(
                        error <= SEARCH_ERROR * route.distance.nm() + 0.01,
                        "{cell} and {}",
                        route.distance
                    );
                }
                Ok(_) => assert_eq!(cell, 0.0),
                Err(_) => assert!(cell.is_nan() || s == t),
            }
        }
    }
}

#[test]
fn a_closed_passage_never_brings_ports_nearer() {
    let (sources, targets) = (every(311), every(53));
    let open = ocean().matrix(&sources, &targets, &Options::default());
    let shut = ocean().matrix(&sources, &targets, &avoiding(&["suez", "malacca", "dover"]));
    let mut longer = 0;
    for (a, b) in open.nm.iter().zip(&shut.nm).filter(|(_, b)| !b.is_nan()) {
        assert!(
            f64::from(*b) >= f64::from(*a) * (1.0 - SEARCH_ERROR) - 0.01,
            "{b} < {a}"
        );
        longer += usize::from(b > &(a + 10.0));
    }
    assert!(longer > 0, "closing Suez matters to someone");
}

#[test]
fn one_two_and_four_threads_give_the_same_bytes() {
    let (sources, targets) = (every(331), world_ports());
    for options in [Options::default(), avoiding(&["suez"])] {
        let with = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .build()
                .expect("threads");
            let matrix = pool.install(|| ocean().matrix(&sources, &targets, &options));
            matrix
                .nm
                .iter()
                .map(|nm| nm.to_bits())
                .collect::<Vec<u32>>()
        };
        let one = with(1);
        assert!(one == with(2) && one == with(4));
    }
}

#[test]
fn a_matrix_of_nothing_is_empty() {
    let some = every(500);
    for (sources, targets) in [
        (&some[..0], &some[..]),
        (&some[..], &some[..0]),
        (&some[..0], &some[..0]),
    ] {
        for options in [Options::default(), avoiding(&["suez"])] {
            let matrix = ocean().matrix(sources, targets, &options);
            assert_eq!((matrix.columns, matrix.nm.len()), (targets.len(), 0));
        }
    }
}
