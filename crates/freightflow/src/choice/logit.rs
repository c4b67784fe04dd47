//! Shares of paths by the logit model.

use std::collections::HashMap;

use crate::equilibrium::AssignmentError;
use crate::network::LinkId;

/// Parameters of route choice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RouteChoice {
    /// μ: how strongly cost decides, per unit of cost. Above 0.
    pub scale: f64,
    /// β: weight of the path size; 0 for the multinomial logit. 0 or more.
    pub path_size: f64,
}

/// Route choice is not defined.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ChoiceError {
    /// A parameter is out of range.
    #[error("{parameter} is {value}; it must be {range}")]
    Parameter {
        /// Which parameter.
        parameter: &'static str,
        /// Its value.
        value: f64,
        /// What it may be.
        range: &'static str,
    },
    /// There is no path, or none that can be used.
    #[error(
        "demand {position} of class {class}: no usable path among {paths}; give at least one of finite cost"
    )]
    NoPath {
        /// Position of the class.
        class: usize,
        /// Position of the demand.
        position: usize,
        /// Paths given.
        paths: usize,
    },
    /// The links of a path do not lead from the origin to the destination.
    #[error(
        "demand {position} of class {class}: path {path} does not lead from its origin to its destination"
    )]
    NotAPath {
        /// Position of the class.
        class: usize,
        /// Position of the demand.
        position: usize,
        /// Position of the path.
        path: usize,
    },
    /// Elastic demand is left to deterministic equilibria.
    #[error("demand {position} of class {class} is elastic; only fixed demand is supported here")]
    Elastic {
        /// Position of the class.
        class: usize,
        /// Position of the demand.
        position: usize,
    },
    /// The numbers of classes, demands or lengths do not fit the problem.
    #[error("{given} {what} for {expected}; give one each")]
    Count {
        /// What is counted.
        what: &'static str,
        /// How many are given.
        given: usize,
        /// How many there should be.
        expected: usize,
    },
    /// The problem itself makes no sense.
    #[error(transparent)]
    Assignment(#[from] AssignmentError),
}

impl RouteChoice {
    /// Checks the ranges of the parameters.
    ///
    /// # Errors
    /// [`ChoiceError::Parameter`].
    pub fn check(&self) -> Result<(), ChoiceError> {
        let fault = |parameter, value, range| {
            Err(ChoiceError::Parameter {
                parameter,
                value,
                range,
            })
        };
        if !(self.scale > 0.0 && self.scale.is_finite()) {
            return fault("scale", self.scale, "finite and above 0");
        }
        if !(self.path_size >= 0.0 && self.path_size.is_finite()) {
            return fault("path-size weight", self.path_size, "finite and 0 or more");
        }
        Ok(())
    }

    /// Logarithm of the attraction of a path, up to a constant of the set.
    pub(super) fn attraction(&self, cost: f64, path_size: f64) -> f64 {
        self.path_size * path_size.ln() - self.scale * cost
    }
}

/// Shares of paths with these costs and path sizes (all 1 for the multinomial logit). A path of
/// infinite cost has no share. Empty if no path can be used.
///
/// # Panics
/// If there are not as many path sizes as costs.
pub fn logit_shares(costs: &[f64], path_sizes: &[f64], choice: RouteChoice) -> Vec<f64> {
    let (weights, _) = weights(costs, path_sizes, choice);
    let total: f64 = weights.iter().sum();
    if total > 0.0 {
        weights.iter().map(|weight| weight / total).collect()
    } else {
        Vec::new()
    }
}

/// Expected least cost of the set as its users see it, `−ln Σ exp(−μ C) PS^β / μ`; infinite if no
/// path can be used. Its difference between two worlds is the benefit of a user.
///
/// # Panics
/// If there are not as many path sizes as costs.
pub fn mean_least_cost(costs: &[f64], path_sizes: &[f64], choice: RouteChoice) -> f64 {
    let (weights, most) = weights(costs, path_sizes, choice);
    let total: f64 = weights.iter().sum();
    if total > 0.0 {
        -(most + total.ln()) / choice.scale
    } else {
        f64::INFINITY
    }
}

/// Attractions relative to the largest, and the logarithm of that: exponents stay in range.
fn weights(costs: &[f64], path_sizes: &[f64], choice: RouteChoice) -> (Vec<f64>, f64) {
    assert_eq!(costs.len(), path_sizes.len(), "one path size a path");
    let attraction = |(cost, size): (&f64, &f64)| choice.attraction(*cost, *size);
    let attractions: Vec<f64> = costs.iter().zip(path_sizes).map(attraction).collect();
    let most = attractions
        .iter()
        .copied()
        .fold(f64::NEG_INFINITY, f64::max);
    if most == f64::NEG_INFINITY {
        return (vec![0.0; costs.len()], most);
    }
    (
        attractions
            .iter()
            .map(|attraction| (attraction - most).exp())
            .collect(),
        most,
    )
}

/// Path size of each path of a set, between 0 and 1; `lengths` by link.
///
/// A path without length counts as fully its own.
pub fn path_sizes(paths: &[Vec<LinkId>], lengths: &[f64]) -> Vec<f64> {
    let mut users: HashMap<LinkId, f64> = HashMap::new();
    for path in paths {
        for &link in path {
            *users.entry(link).or_insert(0.0) += 1.0;
        }
    }
    let size = |path: &Vec<LinkId>| {
        let total: f64 = path.iter().map(|link| lengths[link.index()]).sum();
        let own: f64 = path
            .iter()
            .map(|link| lengths[link.index()] / users[link])
            .sum();
        if total > 0.0 { own / total } else { 1.0 }
    };
    paths.iter().map(size).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: RouteChoice = RouteChoice {
        scale: 0.5,
        path_size: 0.0,
    };

    #[test]
    fn shares_follow_cost_differences() {
        let shares = logit_shares(&[10.0, 12.0, f64::INFINITY], &[1.0; 3], PLAIN);
        assert!((shares[0] / shares[1] - 1f64.exp()).abs() < 1e-12);
        assert_eq!(shares[2], 0.0);
        assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-15);
        // Far beyond what an exponent can hold.
        let far = logit_shares(&[1e6, 1e6 + 2.0], &[1.0; 2], PLAIN);
        assert!((far[0] - shares[0]).abs() < 1e-9);
        assert!(logit_shares(&[f64::INFINITY], &[1.0], PLAIN).is_empty());
    }

    #[test]
    fn a_second_path_makes_the_set_better() {
        let one = mean_least_cost(&[10.0], &[1.0], PLAIN);
        assert!((one - 10.0).abs() < 1e-12);
        let two = mean_least_cost(&[10.0, 10.0], &[1.0; 2], PLAIN);
        assert!((two - (10.0 - 2f64.ln() / 0.5)).abs() < 1e-12);
        assert_eq!(mean_least_cost(&[], &[], PLAIN), f64::INFINITY);
    }

    /// Of three equal paths two are the same but for a short end: together they count as little more
    /// than one.
    #[test]
    fn overlap_lowers_the_path_size() {
        let link = LinkId::new;
        let lengths = [9.0, 1.0, 1.0, 10.0];
        let paths = [
            vec![link(0), link(1)],
            vec![link(0), link(2)],
            vec![link(3)],
        ];
        let sizes = path_sizes(&paths, &lengths);
        assert!((sizes[0] - 0.55).abs() < 1e-12 && (sizes[2] - 1.0).abs() < 1e-12);
        let choice = RouteChoice {
            scale: 1.0,
            path_size: 1.0,
        };
        let shares = logit_shares(&[10.0; 3], &sizes, choice);
        assert!((shares[2] - 1.0 / 2.1).abs() < 1e-12);
    }

    #[test]
    fn parameters_out_of_range_are_named() {
        let error = RouteChoice {
            scale: 0.0,
            path_size: 1.0,
        }
        .check()
        .unwrap_err();
        assert_eq!(
            error.to_string(),
            "scale is 0; it must be finite and above 0"
        );
        assert!(
            RouteChoice {
                scale: 1.0,
                path_size: -1.0
            }
            .check()
            .is_err()
        );
        assert!(PLAIN.check().is_ok());
    }
}
