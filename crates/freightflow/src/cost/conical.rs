//! Spiess' conical function.

use super::CostPoint;

/// `t₀ (2 + √(α²(1−x)² + β²) − α(1−x) − β)` with `β = (2α−1)/(2α−2)`: t₀ at no flow, 2 t₀ at
/// capacity, and nearly straight beyond.
#[derive(Clone, Debug)]
pub(super) struct Conical {
    free_flow: f64,
    capacity: f64,
    alpha: f64,
    beta: f64,
}

impl Conical {
    pub(super) fn new(free_flow: f64, capacity: f64, alpha: f64) -> Self {
        let beta = (2.0 * alpha - 1.0) / (2.0 * alpha - 2.0);
        Self {
            free_flow,
            capacity,
            alpha,
            beta,
        }
    }

    pub(super) fn at(&self, flow: f64) -> CostPoint {
        let left = self.alpha * (1.0 - flow / self.capacity);
        let root = left.hypot(self.beta);
        let steepness = self.alpha / self.capacity;
        let share = self.beta / root;
        CostPoint {
            cost: self.free_flow * (2.0 + root - left - self.beta),
            slope: self.free_flow * steepness * (1.0 - left / root),
            curvature: self.free_flow * steepness * steepness * share * share / root,
        }
    }

    pub(super) fn integral(&self, flow: f64) -> f64 {
        // ∫ √(u² + β²) du, with u = α(1−x) falling as flow rises.
        let area = |left: f64| {
            let root = left.hypot(self.beta);
            (left * root + self.beta * self.beta * (left / self.beta).asinh()) / 2.0
        };
        let ratio = flow / self.capacity;
        let left = self.alpha * (1.0 - ratio);
        let roots = (area(self.alpha) - area(left)) / self.alpha;
        let straight = (2.0 - self.beta - self.alpha) * ratio + self.alpha * ratio * ratio / 2.0;
        self.free_flow * self.capacity * (roots + straight)
    }
}
