//! The power function of the Bureau of Public Roads.

use super::CostPoint;

/// `t₀ (1 + b (v/q)ᵖ)` with t₀, b and p above 0.
#[derive(Clone, Debug)]
pub(super) struct Bpr {
    free_flow: f64,
    /// t₀ b.
    rise: f64,
    per_capacity: f64,
    power: f64,
    /// The power, if it is a whole number: much faster to raise to.
    whole: Option<i32>,
}

impl Bpr {
    pub(super) fn new(free_flow: f64, coefficient: f64, capacity: f64, power: f64) -> Self {
        let whole = (power.fract() == 0.0 && power <= 64.0).then_some(power as i32);
        let rise = free_flow * coefficient;
        Self {
            free_flow,
            rise,
            per_capacity: 1.0 / capacity,
            power,
            whole,
        }
    }

    /// `xᵖ⁻¹`.
    fn lower_power(&self, ratio: f64) -> f64 {
        match self.whole {
            Some(4) => ratio * ratio * ratio,
            Some(whole) => ratio.powi(whole - 1),
            None => ratio.powf(self.power - 1.0),
        }
    }

    /// `xᵖ`, also at x = 0 with p < 1, where `xᵖ⁻¹` is infinite.
    fn raised(&self, ratio: f64, lower: f64) -> f64 {
        if ratio == 0.0 { 0.0 } else { ratio * lower }
    }

    pub(super) fn cost_and_slope(&self, flow: f64) -> (f64, f64) {
        let ratio = flow * self.per_capacity;
        let lower = self.lower_power(ratio);
        let cost = self.free_flow + self.rise * self.raised(ratio, lower);
        (cost, self.rise * self.power * lower * self.per_capacity)
    }

    pub(super) fn at(&self, flow: f64) -> CostPoint {
        let (cost, slope) = self.cost_and_slope(flow);
        let ratio = flow * self.per_capacity;
        let curvature = if self.power == 1.0 {
            0.0
        } else {
            let lowest = match self.whole {
                Some(whole) => ratio.powi(whole - 2),
                None => ratio.powf(self.power - 2.0),
            };
            let scale = self.rise * self.power * (self.power - 1.0);
            scale * lowest * self.per_capacity * self.per_capacity
        };
        CostPoint {
            cost,
            slope,
            curvature,
        }
    }

    pub(super) fn integral(&self, flow: f64) -> f64 {
        let ratio = flow * self.per_capacity;
        let raised = self.raised(ratio, self.lower_power(ratio));
        flow * (self.free_flow + self.rise * raised / (self.power + 1.0))
    }
}
