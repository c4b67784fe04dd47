//! Estimates beside functions whose indices are known.

use std::f64::consts::PI;

use super::{Accumulator, Bootstrap, Found, bins_of};
use crate::sweep::design::{Design, Extent, Points};

fn sweep(design: Design, factors: u32, points: u64, f: impl Fn(&[f64]) -> f64) -> Found {
    let extent = Extent {
        design,
        factors,
        levels: if design == Design::FullFactorial {
            5
        } else {
            0
        },
        points,
    };
    let names: Vec<String> = (0..factors).map(|n| format!("x{n}")).collect();
    let all = Points::new(extent, 42, &names);
    let bootstrap = Bootstrap::new(42);
    let mut accumulator = Accumulator::new(&extent, true);
    for point in 0..points {
        let places = all.places(point);
        let count = factors as usize;
        if design == Design::Sobol {
            let (a, b) = places.split_at(count);
            let mut values = vec![f(a), f(b)];
            for factor in 0..count {
                let mut moved = a.to_vec();
                moved[factor] = b[factor];
                values.push(f(&moved));
            }
            accumulator.add(bootstrap.block(point), &values, &[]);
        } else {
            let bins = f64::from(bins_of(&extent));
            let here: Vec<u16> = places.iter().map(|place| (place * bins) as u16).collect();
            accumulator.add(bootstrap.block(point), &[f(&places)], &here);
        }
    }
    accumulator.found(&bootstrap, true)
}

/// T. Ishigami and T. Homma (1990), with a = 7 and b = 0.1.
fn ishigami(places: &[f64]) -> f64 {
    let x: Vec<f64> = places
        .iter()
        .map(|place| PI * (2.0 * place - 1.0))
        .collect();
    x[0].sin() + 7.0 * x[1].sin().powi(2) + 0.1 * x[2].powi(4) * x[0].sin()
}

/// Mean, variance, first-order and total indices, by integration on paper.
fn ishigami_known() -> (f64, f64, [f64; 3], [f64; 3]) {
    let (a, b) = (7.0_f64, 0.1_f64);
    let first = 0.5 * (1.0 + b * PI.powi(4) / 5.0).powi(2);
    let second = a * a / 8.0;
    let together = b * b * PI.powi(8) * 8.0 / 225.0;
    let all = first + second + together;
    (
        a / 2.0,
        all,
        [first / all, second / all, 0.0],
        [(first + together) / all, second / all, together / all],
    )
}

fn near(found: f64, known: f64, tolerance: f64, what: &str) {
    assert!(
        (found - known).abs() <= tolerance,
        "{what}: {found}, known {known}"
    );
}

#[test]
fn ishigami_over_a_sobol_design() {
    let found = sweep(Design::Sobol, 3, 8192, ishigami);
    let (mean, variance, first, total) = ishigami_known();
    near(found.mean.unwrap().value, mean, 0.01, "mean");
    near(found.sd.unwrap().powi(2), variance, 0.05, "variance");
    for factor in 0..3 {
        let index = found.indices[factor];
        near(index.first.unwrap().value, first[factor], 0.01, "first");
        near(index.total.unwrap().value, total[factor], 0.01, "total");
    }
}

#[test]
fn intervals_hold_the_known_indices_and_narrow() {
    let (_, _, first, total) = ishigami_known();
    let width = |points: u64| {
        let found = sweep(Design::Sobol, 3, points, ishigami);
        for factor in 0..3 {
            let pairs = [
                (found.indices[factor].first.unwrap(), first[factor]),
                (found.indices[factor].total.unwrap(), total[factor]),
            ];
            for (estimate, known) in pairs {
                assert!(
                    estimate.low <= known && known <= estimate.high,
                    "{estimate:?} {known}"
                );
            }
        }
        let total = found.indices[0].total.unwrap();
        total.high - total.low
    };
    assert!(width(4096) < 0.4 * width(256));
}

/// I. M. Sobol's g function: a product of |4x − 2| + a over 1 + a.
fn sobol_g(places: &[f64]) -> f64 {
    let terms = places.iter().zip(G);
    terms
        .map(|(x, a)| ((4.0 * x - 2.0).abs() + a) / (1.0 + a))
        .product()
}

const G: [f64; 8] = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0];

#[test]
fn sobol_g_over_a_sobol_design() {
    let found = sweep(Design::Sobol, 8, 8192, sobol_g);
    let own: Vec<f64> = G.iter().map(|a| 1.0 / (3.0 * (1.0 + a).powi(2))).collect();
    let variance = own.iter().map(|v| 1.0 + v).product::<f64>() - 1.0;
    for (factor, v) in own.iter().enumerate() {
        let total = v * (variance + 1.0) / (1.0 + v) / variance;
        let index = found.indices[factor];
        near(index.first.unwrap().value, v / variance, 0.01, "first");
        near(index.total.unwrap().value, total, 0.01, "total");
    }
}

#[test]
fn first_order_over_a_hypercube() {
    let found = sweep(Design::LatinHypercube, 3, 20_000, ishigami);
    let (_, _, first, _) = ishigami_known();
    for (index, known) in found.indices.iter().zip(first) {
        // Sixteen bins of a sine leave a little of its variance inside them.
        near(index.first.unwrap().value, known, 0.03, "first");
        assert!(index.total.is_none());
    }
}

#[test]
fn a_full_factorial_is_an_exact_analysis_of_variance() {
    // Levels 0.1, 0.3, …, 0.9: variance 0.08, so that 3x + 1y has shares 0.9 and 0.1.
    let found = sweep(Design::FullFactorial, 2, 25, |x| 3.0 * x[0] + x[1]);
    for (index, known) in found.indices.iter().zip([0.9, 0.1]) {
        let first = index.first.unwrap();
        near(first.value, known, 1e-12, "first");
        assert_eq!((first.low, first.high), (first.value, first.value));
    }
}

#[test]
fn what_does_not_vary_has_no_indices() {
    let found = sweep(Design::Sobol, 2, 64, |_| 0.1);
    assert!(found.indices.iter().all(|index| index.first.is_none()));
    assert_eq!(found.sd, Some(0.0));
}

#[test]
fn an_assumption_without_effect_has_indices_of_exactly_zero() {
    let found = sweep(Design::Sobol, 2, 64, |x| x[0]);
    let total = found.indices[1].total.unwrap();
    assert_eq!((total.low, total.value, total.high), (0.0, 0.0, 0.0));
}

#[test]
fn runs_without_a_figure_are_counted_and_left_out() {
    let found = sweep(Design::Sobol, 2, 1024, |x| match x[0] < 0.25 {
        true => f64::NAN,
        false => x[0],
    });
    assert_eq!(found.runs + found.missing, 2048);
    near(found.missing as f64 / 2048.0, 0.25, 0.01, "share missing");
    near(found.mean.unwrap().value, 0.625, 0.01, "mean");
    near(found.indices[0].first.unwrap().value, 1.0, 0.1, "first");
}
