//! Delay in a queue as a smooth function of load, continued beyond full load.

use super::chebyshev::Chebyshev;
use super::erlang::{ErlangQueue, QueueError};

/// Terms of the series that carries the exact waiting times; more change no digit of use.
const TERMS: usize = 24;

/// Mean delay of a queue against its load.
///
/// Up to a load ρ* the delay is the exact steady-state waiting time, `S·W(ρ)` with the mean service
/// time `S`. `W(ρ) − h/(1 − ρ)`, with `h` the heavy-traffic limit, is smooth up to full load and is
/// carried by a Chebyshev series through exact values, so that delay, slope and integral are those
/// of the queue to about eight digits.
///
/// A steady state does not exist at full load, and near it would take longer to settle than a busy
/// period lasts. Over a busy period of length `T` a fluid queue grows its mean delay by `T/2` for
/// each unit of load above 1. So from the load ρ* on, at which `S·W′(ρ*) = T/2`, the curve goes
/// straight on with that slope: it is defined for every load, rising and convex.
#[derive(Clone, Debug, PartialEq)]
pub struct DelayCurve {
    service_time: f64,
    limit: f64,
    series: [Chebyshev; 4],
    turn: f64,
    at_turn: [f64; 3],
}

/// Delay, slope and curvature at a load, each in units of time.
pub(crate) struct DelayPoint {
    pub(crate) delay: f64,
    pub(crate) slope: f64,
    pub(crate) curvature: f64,
}

impl DelayCurve {
    /// The delay of `queue` with mean service time `service_time` and busy periods of length
    /// `busy_period`, both in the unit of time that the delay is wanted in.
    ///
    /// # Errors
    /// [`QueueError`] if a time is not positive or the queue cannot be solved.
    pub fn new(
        queue: ErlangQueue,
        service_time: f64,
        busy_period: f64,
    ) -> Result<Self, QueueError> {
        for (what, value) in [("service time", service_time), ("busy period", busy_period)] {
            if !(value > 0.0 && value.is_finite()) {
                return Err(QueueError::NotPositive { what, value });
            }
        }
        let limit = queue.heavy_traffic_limit();
        let rest = |load| Ok(queue.waiting(load)?.mean - limit / (1.0 - load));
        let values = Chebyshev::nodes(TERMS)
            .map(rest)
            .collect::<Result<Vec<_>, QueueError>>()?;
        let rest = Chebyshev::through(&values);
        let slope = rest.derivative();
        let series = [
            rest.integral(),
            rest.clone(),
            slope.clone(),
            slope.derivative(),
        ];
        let mut curve = Self {
            service_time,
            limit,
            series,
            turn: 1.0,
            at_turn: [0.0; 3],
        };
        curve.turn = curve.load_of_slope(busy_period / 2.0);
        let at = curve.steady(curve.turn);
        curve.at_turn = [curve.steady_integral(curve.turn), at.delay, at.slope];
        Ok(curve)
    }

    /// Mean delay at `load` (1 is full load; negative loads count as 0), in the unit of the service
    /// time.
    pub fn delay(&self, load: f64) -> f64 {
        self.at(load).delay
    }

    /// The same curve in another unit: times turned into money, say. `factor` is a positive number.
    pub fn scaled(&self, factor: f64) -> Self {
        let mut curve = self.clone();
        curve.service_time *= factor;
        curve.at_turn = curve.at_turn.map(|value| value * factor);
        curve
    }

    /// Load from which on the curve is straight.
    pub fn turn(&self) -> f64 {
        self.turn
    }

    pub(crate) fn at(&self, load: f64) -> DelayPoint {
        let load = load.max(0.0);
        if load <= self.turn {
            return self.steady(load);
        }
        let [_, delay, slope] = self.at_turn;
        DelayPoint {
            delay: delay + slope * (load - self.turn),
            slope,
            curvature: 0.0,
        }
    }

    /// ∫ delay from no load to `load`.
    pub(crate) fn integral(&self, load: f64) -> f64 {
        let load = load.max(0.0);
        if load <= self.turn {
            return self.steady_integral(load);
        }
        let [integral, delay, slope] = self.at_turn;
        let beyond = load - self.turn;
        integral + beyond * (delay + slope * beyond / 2.0)
    }

    fn steady(&self, load: f64) -> DelayPoint {
        let free = 1.0 - load;
        let [_, rest, slope, curvature] = &self.series;
        let scaled = |value: f64| self.service_time * value.max(0.0);
        DelayPoint {
            delay: scaled(self.limit / free + rest.at(load)),
            slope: scaled(self.limit / (free * free) + slope.at(load)),
            curvature: scaled(2.0 * self.limit / (free * free * free) + curvature.at(load)),
        }
    }

    fn steady_integral(&self, load: f64) -> f64 {
        self.service_time * (self.series[0].at(load) - self.limit * (1.0 - load).ln())
    }

    /// Load at which the steady-state delay has the slope wanted, by halving.
    fn load_of_slope(&self, wanted: f64) -> f64 {
        let (mut low, mut high) = (0.0, 1.0 - 1e-9);
        for _ in 0..60 {
            let middle = (low + high) / 2.0;
            if self.steady(middle).slope < wanted {
                low = middle;
            } else {
                high = middle;
            }
        }
        low
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_the_exact_waiting_times() {
        for servers in [1, 2, 4, 9] {
            let queue = ErlangQueue::new(2, 2, servers).unwrap();
            let curve = DelayCurve::new(queue, 24.0, 1e9).unwrap();
            for load in [0.0, 0.03, 0.31, 0.5, 0.77, 0.9, 0.99] {
                let exact = 24.0 * queue.waiting(load).unwrap().mean;
                let found = curve.delay(load);
                assert!(
                    (found - exact).abs() < 1e-7,
                    "{servers} {load}: {found} {exact}"
                );
            }
        }
    }

    #[test]
    fn rises_convexly_through_full_load_with_the_slope_of_a_fluid_queue() {
        let queue = ErlangQueue::new(2, 2, 3).unwrap();
        let curve = DelayCurve::new(queue, 24.0, 240.0).unwrap();
        assert!((0.5..1.0).contains(&curve.turn()), "{}", curve.turn());
        let delays: Vec<f64> = (0..=200)
            .map(|step| curve.delay(f64::from(step) / 100.0))
            .collect();
        let steps: Vec<f64> = delays.windows(2).map(|pair| pair[1] - pair[0]).collect();
        assert!(steps.iter().all(|step| *step >= 0.0));
        assert!(steps.windows(2).all(|pair| pair[1] >= pair[0] - 1e-9));
        assert!((steps[150] - 240.0 / 2.0 / 100.0).abs() < 1e-9);
    }

    #[test]
    fn slope_and_integral_are_those_of_the_delay() {
        let queue = ErlangQueue::new(2, 2, 2).unwrap();
        let curve = DelayCurve::new(queue, 10.0, 500.0).unwrap();
        for load in [0.2, 0.6, 0.85, 1.3] {
            let step = 1e-6;
            let slope = (curve.delay(load + step) - curve.delay(load - step)) / (2.0 * step);
            assert!(
                (curve.at(load).slope - slope).abs() < 1e-4 * (1.0 + slope),
                "{load}"
            );
            let mean = (curve.integral(load + step) - curve.integral(load - step)) / (2.0 * step);
            assert!(
                (curve.delay(load) - mean).abs() < 1e-5 * (1.0 + mean),
                "{load}"
            );
        }
    }

    #[test]
    fn a_scaled_curve_is_the_curve_times_the_factor() {
        let queue = ErlangQueue::new(2, 2, 2).unwrap();
        let curve = DelayCurve::new(queue, 10.0, 500.0).unwrap();
        let money = curve.scaled(7.5);
        for load in [0.0, 0.6, 0.95, 1.4] {
            assert!((money.delay(load) - 7.5 * curve.delay(load)).abs() < 1e-9);
            assert!((money.integral(load) - 7.5 * curve.integral(load)).abs() < 1e-9);
        }
    }

    #[test]
    fn times_must_be_positive() {
        let queue = ErlangQueue::new(2, 2, 2).unwrap();
        assert!(DelayCurve::new(queue, 0.0, 1.0).is_err());
        assert!(DelayCurve::new(queue, 1.0, f64::INFINITY).is_err());
    }
}
