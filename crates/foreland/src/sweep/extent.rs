//! From what the caller asks for to a design.

use super::SweepOptions;
use super::design::{Design, Extent};
use super::sobol::MAX_DIMENSIONS;
use crate::error::{Error, Problem};

/// Fewest points of a Sobol' design: below that an index is noise.
const LEAST_SOBOL_POINTS: u64 = 16;
/// Fewest runs of a Latin hypercube.
const LEAST_HYPERCUBE_RUNS: u64 = 16;
/// Most runs of any design.
const MOST_RUNS: u64 = 1 << 40;
/// Fewest levels of an assumption in a full factorial design.
const LEAST_LEVELS: u32 = 2;

/// The design that the options ask for.
///
/// # Errors
///
/// [`Error::Input`] if it cannot be, with what would be.
pub(crate) fn of(options: &SweepOptions, factors: usize) -> Result<Extent, Error> {
    if factors == 0 {
        return Err(refuse(
            "--vary",
            "no assumption is left to vary".to_owned(),
            "name at least one assumption that the study's measures look at",
        ));
    }
    let extent = |points: u64, levels: u32| Extent {
        design: options.design,
        factors: factors as u32,
        levels,
        points,
    };
    let runs = options.runs.min(MOST_RUNS);
    match options.design {
        Design::Sobol => {
            if 2 * factors > MAX_DIMENSIONS {
                return Err(refuse(
                    "--design",
                    format!("{factors} assumptions need more than {MAX_DIMENSIONS} dimensions"),
                    "vary fewer (--vary), or take a Latin hypercube",
                ));
            }
            let per_point = factors as u64 + 2;
            let most = runs / per_point;
            if most < LEAST_SOBOL_POINTS {
                return Err(refuse(
                    "--runs",
                    format!(
                        "{runs} runs are too few for indices of {factors} assumptions: each point \
                         takes {per_point} runs, and {LEAST_SOBOL_POINTS} points are the least"
                    ),
                    format!(
                        "give at least {}, or vary fewer assumptions (--vary)",
                        per_point * LEAST_SOBOL_POINTS
                    ),
                ));
            }
            Ok(extent(1 << most.ilog2(), 0))
        }
        Design::LatinHypercube => {
            if runs < LEAST_HYPERCUBE_RUNS {
                return Err(refuse(
                    "--runs",
                    format!("{runs} runs are too few"),
                    format!("give at least {LEAST_HYPERCUBE_RUNS}"),
                ));
            }
            Ok(extent(runs, 0))
        }
        Design::FullFactorial => {
            let levels = options.levels.max(LEAST_LEVELS);
            let all = u64::from(levels).checked_pow(factors as u32);
            match all.filter(|&all| all <= runs) {
                Some(all) => Ok(extent(all, levels)),
                None => Err(refuse(
                    "--runs",
                    format!(
                        "{levels} levels of {factors} assumptions are {} combinations, and the \
                         sweep may take {runs} runs",
                        all.map_or_else(|| "more than 10^19".to_owned(), |n| n.to_string())
                    ),
                    "vary fewer assumptions (--vary), take fewer levels, or allow more runs",
                )),
            }
        }
    }
}

/// Whole points in a partition of about the size asked for.
pub(crate) fn points_per_partition(options: &SweepOptions, extent: &Extent) -> u64 {
    (options.runs_per_partition / extent.runs_per_point()).max(1)
}

fn refuse(argument: &str, message: String, remedy: impl Into<String>) -> Error {
    Error::Input(Problem::in_file(
        format!("argument {argument}"),
        message,
        remedy,
    ))
}

#[cfg(test)]
mod tests {
    use super::super::SweepOptions;
    use super::{Design, of};

    fn options(design: Design, runs: u64) -> SweepOptions {
        SweepOptions {
            design,
            runs,
            levels: 3,
            vary: Vec::new(),
            runs_per_partition: 100,
        }
    }

    #[test]
    fn sobol_points_are_the_power_of_two_that_fits() {
        let extent = of(&options(Design::Sobol, 1000), 8).unwrap();
        assert_eq!((extent.points, extent.runs()), (64, 640));
        let error = of(&options(Design::Sobol, 100), 8).unwrap_err();
        assert!(error.to_string().contains("too few"), "{error}");
    }

    #[test]
    fn a_factorial_that_is_too_large_is_refused() {
        assert_eq!(
            of(&options(Design::FullFactorial, 81), 4).unwrap().points,
            81
        );
        assert!(of(&options(Design::FullFactorial, 80), 4).is_err());
        assert!(of(&options(Design::FullFactorial, u64::MAX), 100).is_err());
    }
}
