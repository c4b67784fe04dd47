//! What a link costs when it carries a flow.
//!
//! | curve | cost of flow v | source |
//! |---|---|---|
//! | [`LinkCost::constant`] | `c` | |
//! | [`LinkCost::bpr`] | `t₀ (1 + b (v/q)ᵖ)` | Bureau of Public Roads, *Traffic Assignment Manual* (1964) |
//! | [`LinkCost::conical`] | `t₀ (2 + √(α²(1−x)² + β²) − α(1−x) − β)`, `x = v/q`, `β = (2α−1)/(2α−2)` | Spiess, *Transportation Science* 24(2), 1990 |
//! | [`LinkCost::queue`] | `t₀ + S·W(v/q)`, the exact delay of a queue | [`crate::queue`] |
//!
//! Costs are in one unit, whichever the caller chooses (minutes, hours, USD); flows and capacities
//! in another. Every curve may carry a fixed part on top ([`LinkCost::plus`]): tolls and distances
//! turned into the unit of cost. All curves rise with flow, so that an equilibrium is the minimum
//! of a convex function.

mod bpr;
mod conical;

use std::sync::Arc;

use crate::queue::DelayCurve;
use bpr::Bpr;
use conical::Conical;

/// The cost of a link as a function of its flow.
#[derive(Clone, Debug)]
pub struct LinkCost {
    curve: Curve,
    fixed: f64,
}

#[derive(Clone, Debug)]
enum Curve {
    Constant,
    Bpr(Bpr),
    Conical(Conical),
    Queue {
        delay: Arc<DelayCurve>,
        capacity: f64,
    },
}

/// Cost of a link at a flow, and how it changes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CostPoint {
    /// Cost.
    pub cost: f64,
    /// Change of cost a unit of flow.
    pub slope: f64,
    /// Change of slope a unit of flow.
    pub curvature: f64,
}

/// A cost function cannot be built.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum CostError {
    /// A parameter is outside the range in which the cost rises with flow.
    #[error("{parameter} is {value}; it must be {range}")]
    Parameter {
        /// Which parameter.
        parameter: &'static str,
        /// Its value.
        value: f64,
        /// What it may be.
        range: &'static str,
    },
}

impl LinkCost {
    /// The same cost at every flow.
    ///
    /// # Errors
    /// [`CostError`] if the cost is negative or not finite.
    pub fn constant(cost: f64) -> Result<Self, CostError> {
        not_negative("cost", cost)?;
        Ok(Self {
            curve: Curve::Constant,
            fixed: cost,
        })
    }

    /// `free_flow · (1 + coefficient · (v / capacity)^power)`.
    ///
    /// With a coefficient, power or free-flow cost of 0 the cost does not depend on flow, and the
    /// capacity is not looked at.
    ///
    /// # Errors
    /// [`CostError`] if a parameter is negative or not finite, or the capacity is 0.
    pub fn bpr(
        free_flow: f64,
        coefficient: f64,
        capacity: f64,
        power: f64,
    ) -> Result<Self, CostError> {
        not_negative("free-flow cost", free_flow)?;
        not_negative("coefficient", coefficient)?;
        not_negative("power", power)?;
        if free_flow == 0.0 || coefficient == 0.0 || power == 0.0 {
            let rise = if power == 0.0 { coefficient } else { 0.0 };
            return Self::constant(free_flow * (1.0 + rise));
        }
        positive("capacity", capacity)?;
        let curve = Curve::Bpr(Bpr::new(free_flow, coefficient, capacity, power));
        Ok(Self { curve, fixed: 0.0 })
    }

    /// Spiess' conical function with steepness `alpha` (above 1; 4 to 8 are usual).
    ///
    /// # Errors
    /// [`CostError`] if the free-flow cost is negative, the capacity not positive or alpha not above 1.
    pub fn conical(free_flow: f64, capacity: f64, alpha: f64) -> Result<Self, CostError> {
        not_negative("free-flow cost", free_flow)?;
        positive("capacity", capacity)?;
        if !(alpha > 1.0 && alpha.is_finite()) {
            return Err(CostError::Parameter {
                parameter: "alpha",
                value: alpha,
                range: "finite and above 1",
            });
        }
        Ok(Self {
            curve: Curve::Conical(Conical::new(free_flow, capacity, alpha)),
            fixed: 0.0,
        })
    }

    /// `base` plus the delay of a queue whose servers are all busy at flow `capacity`.
    ///
    /// # Errors
    /// [`CostError`] if the base is negative or the capacity not positive.
    pub fn queue(base: f64, delay: Arc<DelayCurve>, capacity: f64) -> Result<Self, CostError> {
        not_negative("cost", base)?;
        positive("capacity", capacity)?;
        Ok(Self {
            curve: Curve::Queue { delay, capacity },
            fixed: base,
        })
    }

    /// The same curve with `amount` on top at every flow.
    ///
    /// # Errors
    /// [`CostError`] if the amount is negative or not finite.
    pub fn plus(mut self, amount: f64) -> Result<Self, CostError> {
        not_negative("fixed cost", amount)?;
        self.fixed += amount;
        Ok(self)
    }

    /// Cost, slope and curvature at `flow`. Negative flows, as rounding may leave, count as 0.
    pub fn at(&self, flow: f64) -> CostPoint {
        let flow = flow.max(0.0);
        let mut point = match &self.curve {
            Curve::Constant => CostPoint {
                cost: 0.0,
                slope: 0.0,
                curvature: 0.0,
            },
            Curve::Bpr(bpr) => bpr.at(flow),
            Curve::Conical(conical) => conical.at(flow),
            Curve::Queue { delay, capacity } => {
                let at = delay.at(flow / capacity);
                CostPoint {
                    cost: at.delay,
                    slope: at.slope / capacity,
                    curvature: at.curvature / (capacity * capacity),
                }
            }
        };
        point.cost += self.fixed;
        point
    }

    /// Cost and slope at `flow`: what [`at`](Self::at) gives, without the curvature.
    pub(crate) fn cost_and_slope(&self, flow: f64) -> (f64, f64) {
        let flow = flow.max(0.0);
        match &self.curve {
            Curve::Constant => (self.fixed, 0.0),
            Curve::Bpr(bpr) => {
                let (cost, slope) = bpr.cost_and_slope(flow);
                (cost + self.fixed, slope)
            }
            _ => {
                let point = self.at(flow);
                (point.cost, point.slope)
            }
        }
    }

    /// Marginal cost to all users of the link, `c + v·c′`, and its slope `2c′ + v·c″`.
    pub(crate) fn marginal_and_slope(&self, flow: f64) -> (f64, f64) {
        let flow = flow.max(0.0);
        let at = self.at(flow);
        let product = |factor: f64| if flow == 0.0 { 0.0 } else { flow * factor };
        (
            at.cost + product(at.slope),
            2.0 * at.slope + product(at.curvature),
        )
    }

    /// ∫ cost from no flow to `flow`.
    pub fn integral(&self, flow: f64) -> f64 {
        let flow = flow.max(0.0);
        let curve = match &self.curve {
            Curve::Constant => 0.0,
            Curve::Bpr(bpr) => bpr.integral(flow),
            Curve::Conical(conical) => conical.integral(flow),
            Curve::Queue { delay, capacity } => capacity * delay.integral(flow / capacity),
        };
        self.fixed * flow + curve
    }
}

fn not_negative(parameter: &'static str, value: f64) -> Result<(), CostError> {
    if value >= 0.0 && value.is_finite() {
        Ok(())
    } else {
        Err(CostError::Parameter {
            parameter,
            value,
            range: "finite and 0 or more",
        })
    }
}

fn positive(parameter: &'static str, value: f64) -> Result<(), CostError> {
    if value > 0.0 && value.is_finite() {
        Ok(())
    } else {
        Err(CostError::Parameter {
            parameter,
            value,
            range: "finite and above 0",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queue::ErlangQueue;

    fn curves() -> Vec<LinkCost> {
        let queue = ErlangQueue::new(2, 2, 3).unwrap();
        let delay = Arc::new(DelayCurve::new(queue, 20.0, 400.0).unwrap());
        vec![
            LinkCost::constant(3.0).unwrap(),
            LinkCost::bpr(6.0, 0.15, 50.0, 4.0).unwrap(),
            LinkCost::bpr(6.0, 0.4, 50.0, 1.0).unwrap(),
            LinkCost::bpr(6.0, 0.4, 50.0, 2.63)
                .unwrap()
                .plus(2.0)
                .unwrap(),
            LinkCost::conical(5.0, 60.0, 6.0).unwrap(),
            LinkCost::queue(1.0, delay, 80.0).unwrap(),
        ]
    }

    #[test]
    fn slope_curvature_and_integral_belong_to_the_cost() {
        let step = 1e-4;
        for (index, curve) in curves().iter().enumerate() {
            for flow in [3.0, 25.0, 49.0, 70.0, 130.0] {
                let at = curve.at(flow);
                let (low, high) = (curve.at(flow - step), curve.at(flow + step));
                let near =
                    |found: f64, exact: f64| (found - exact).abs() < 1e-4 * (1.0 + exact.abs());
                assert!(
                    near((high.cost - low.cost) / (2.0 * step), at.slope),
                    "{index} {flow}"
                );
                assert!(
                    near((high.slope - low.slope) / (2.0 * step), at.curvature),
                    "{index} {flow}"
                );
                let mean =
                    (curve.integral(flow + step) - curve.integral(flow - step)) / (2.0 * step);
                assert!(near(mean, at.cost), "{index} {flow}");
                assert_eq!(curve.cost_and_slope(flow), (at.cost, at.slope));
                let total = |flow: f64| flow * curve.at(flow).cost;
                let marginal = (total(flow + step) - total(flow - step)) / (2.0 * step);
                assert!(
                    near(marginal, curve.marginal_and_slope(flow).0),
                    "{index} {flow}"
                );
            }
            assert!(curve.integral(0.0).abs() < 1e-12);
            assert!(curve.marginal_and_slope(0.0).0.is_finite());
        }
    }

    #[test]
    fn flat_links_need_no_capacity() {
        let flat = LinkCost::bpr(1.5, 0.0, 0.0, 4.0).unwrap();
        assert_eq!(flat.at(1e9).cost, 1.5);
        assert_eq!(LinkCost::bpr(2.0, 0.5, 0.0, 0.0).unwrap().at(7.0).cost, 3.0);
    }

    #[test]
    fn parameters_out_of_range_are_named() {
        assert!(LinkCost::bpr(1.0, 0.15, 0.0, 4.0).is_err());
        assert!(LinkCost::bpr(-1.0, 0.15, 1.0, 4.0).is_err());
        assert!(LinkCost::conical(1.0, 1.0, 1.0).is_err());
        assert!(LinkCost::constant(f64::NAN).is_err());
        let error = LinkCost::constant(1.0).unwrap().plus(-2.0).unwrap_err();
        assert_eq!(
            error.to_string(),
            "fixed cost is -2; it must be finite and 0 or more"
        );
    }
}
