//! The E_k/E_m/n queue, solved exactly.

use super::matrix::Matrix;
use super::stages::Stages;

/// States of a level beyond which a solution would take long: 400 need 0.1 s a load.
const MAX_STATES: usize = 400;

/// A queue cannot be built or solved.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum QueueError {
    /// Stages and servers are counted from 1.
    #[error(
        "{arrival_stages} arrival stages, {service_stages} service stages, {servers} servers: each must be 1 or more"
    )]
    Empty {
        /// Stages between arrivals.
        arrival_stages: usize,
        /// Stages of a service.
        service_stages: usize,
        /// Servers.
        servers: usize,
    },
    /// More states than can be solved in reasonable time.
    #[error(
        "the queue has {states} states a level, at most {limit} are solved; use fewer stages or servers"
    )]
    TooLarge {
        /// States of a level at which all servers are busy.
        states: usize,
        /// Largest number that is solved.
        limit: usize,
    },
    /// A queue has a steady state only below full load.
    #[error(
        "load {load} is not in 0 ≤ load < 1; at full load and beyond the queue grows without end"
    )]
    Load {
        /// Arrival rate × service time ÷ servers.
        load: f64,
    },
    /// Arithmetic broke down; happens only at loads within 1e-9 of 1.
    #[error("the queue could not be solved at load {load}; take one further from 1")]
    Numerics {
        /// Arrival rate × service time ÷ servers.
        load: f64,
    },
    /// A capacity, time or period of a delay curve is not a positive number.
    #[error("{what} is {value}; it must be a positive number")]
    NotPositive {
        /// Which quantity.
        what: &'static str,
        /// Its value.
        value: f64,
    },
}

/// A queue whose times between arrivals and service times are Erlang distributed, served in order
/// of arrival by several equal servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ErlangQueue {
    arrival_stages: usize,
    service_stages: usize,
    servers: usize,
}

/// The steady state of a queue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Waiting {
    /// Mean time in queue, in mean service times.
    pub mean: f64,
    /// Mean number of customers in queue.
    pub queue: f64,
    /// Largest error of a balance equation of the computed steady state, a check on rounding.
    pub residual: f64,
}

impl ErlangQueue {
    /// A queue with `arrival_stages` (k) and `service_stages` (m) exponential stages and `servers`
    /// (n) servers. One stage is the exponential distribution, so `new(1, 1, n)` is M/M/n.
    ///
    /// # Errors
    /// [`QueueError::Empty`] or [`QueueError::TooLarge`].
    pub fn new(
        arrival_stages: usize,
        service_stages: usize,
        servers: usize,
    ) -> Result<Self, QueueError> {
        if arrival_stages == 0 || service_stages == 0 || servers == 0 {
            return Err(QueueError::Empty {
                arrival_stages,
                service_stages,
                servers,
            });
        }
        let states = states_of(arrival_stages, service_stages, servers);
        if states > MAX_STATES {
            return Err(QueueError::TooLarge {
                states,
                limit: MAX_STATES,
            });
        }
        Ok(Self {
            arrival_stages,
            service_stages,
            servers,
        })
    }

    /// Servers.
    pub fn servers(&self) -> usize {
        self.servers
    }

    /// Limit of `(1 − load) · mean wait` at full load: `(1/k + 1/m) / 2n` (Kingman 1962; Köllerström
    /// 1974 for many servers).
    pub fn heavy_traffic_limit(&self) -> f64 {
        let variability = 1.0 / self.arrival_stages as f64 + 1.0 / self.service_stages as f64;
        variability / (2.0 * self.servers as f64)
    }

    /// The steady state at `load` = arrival rate × mean service time ÷ servers.
    ///
    /// The queue is a quasi-birth-and-death process (Neuts 1981): above the level at which all
    /// servers are busy, the probabilities of each level follow from those of the one below by the
    /// rate matrix R. R comes from G, the first passage to the level below, by logarithmic reduction
    /// (Latouche and Ramaswami 1993), which converges quadratically. The levels below are solved by
    /// eliminating them from the top down. Nothing is cut off or simulated.
    ///
    /// # Errors
    /// [`QueueError::Load`] unless 0 ≤ load < 1.
    pub fn waiting(&self, load: f64) -> Result<Waiting, QueueError> {
        if !(0.0..1.0).contains(&load) {
            return Err(QueueError::Load { load });
        }
        if load == 0.0 {
            return Ok(Waiting {
                mean: 0.0,
                queue: 0.0,
                residual: 0.0,
            });
        }
        self.solve(load).ok_or(QueueError::Numerics { load })
    }

    fn solve(&self, load: f64) -> Option<Waiting> {
        let arrivals = load * self.servers as f64;
        let stages = Stages::new(self.arrival_stages, self.service_stages, self.servers);
        let busy = stages.rates(self.servers + 1, arrivals);
        let first_passage = logarithmic_reduction(&busy.up, &busy.within, &busy.down)?;
        let stay = busy.within.plus(1.0, &busy.up.times(&first_passage));
        let rate = busy.up.over(&negative(&stay))?;

        // Eliminate the levels from the one with all servers busy down to the empty system.
        let mut censored = busy.within.plus(1.0, &rate.times(&busy.down));
        let mut ratios = Vec::with_capacity(self.servers);
        for customers in (0..self.servers).rev() {
            let level = stages.rates(customers, arrivals);
            let above = stages.rates(customers + 1, arrivals);
            let ratio = level.up.over(&negative(&censored))?;
            censored = level.within.plus(1.0, &ratio.times(&above.down));
            ratios.push(ratio);
        }
        let mut level = null_vector(&censored)?;
        let residual = largest(&censored.after(&level));
        let mut total = 0.0;
        for ratio in ratios.iter().rev() {
            total += level.iter().sum::<f64>();
            level = ratio.after(&level);
        }
        // Σ Rᵏ 1 = (I − R)⁻¹ 1 and Σ k Rᵏ 1 = R (I − R)⁻² 1.
        let rest = Matrix::identity(rate.rows()).plus(-1.0, &rate);
        let ones = ones(rate.rows());
        let sums = rest.solve(&ones)?;
        let weighted = rest.solve(&rate.times(&sums))?;
        total += dot(&level, &sums);
        let queue = dot(&level, &weighted) / total;
        let mean = queue / arrivals;
        (mean.is_finite() && mean >= 0.0).then_some(Waiting {
            mean,
            queue,
            residual: residual / total,
        })
    }
}

/// States of a level at which all servers are busy: k · C(n + m − 1, m − 1), or more than the limit.
fn states_of(arrival: usize, service: usize, servers: usize) -> usize {
    let mut states = arrival;
    for step in 1..service {
        states = states.saturating_mul(servers + step) / step;
        if states > MAX_STATES * service {
            break;
        }
    }
    states
}

/// First-passage matrix G of a quasi-birth-and-death process.
fn logarithmic_reduction(up: &Matrix, within: &Matrix, down: &Matrix) -> Option<Matrix> {
    let leave = negative(within);
    let identity = Matrix::identity(within.rows());
    let mut high = leave.solve(up)?;
    let mut low = leave.solve(down)?;
    let mut passage = low.clone();
    let mut product = high.clone();
    for _ in 0..64 {
        let both = high.times(&low).plus(1.0, &low.times(&high));
        let rest = identity.plus(-1.0, &both);
        high = rest.solve(&high.times(&high))?;
        low = rest.solve(&low.times(&low))?;
        let gain = product.times(&low);
        passage = passage.plus(1.0, &gain);
        product = product.times(&high);
        // What was added last bounds what is still missing.
        if gain.largest() < 1e-17 {
            break;
        }
    }
    Some(passage)
}

/// The stationary vector of a generator, first entry 1: its rows sum to nothing, so one balance
/// equation is left out.
fn null_vector(generator: &Matrix) -> Option<Vec<f64>> {
    let size = generator.rows();
    if size == 1 {
        return Some(vec![1.0]);
    }
    let mut left = Matrix::zero(size - 1, size - 1);
    let mut right = Matrix::zero(size - 1, 1);
    for column in 1..size {
        right.add_to(column - 1, 0, -generator.get(0, column));
        for row in 1..size {
            left.add_to(column - 1, row - 1, generator.get(row, column));
        }
    }
    let solution = left.solve(&right)?;
    Some(
        (0..size)
            .map(|row| {
                if row == 0 {
                    1.0
                } else {
                    solution.get(row - 1, 0)
                }
            })
            .collect(),
    )
}

fn negative(matrix: &Matrix) -> Matrix {
    matrix.plus(-2.0, matrix)
}

fn ones(rows: usize) -> Matrix {
    let mut ones = Matrix::zero(rows, 1);
    for row in 0..rows {
        ones.add_to(row, 0, 1.0);
    }
    ones
}

fn dot(vector: &[f64], column: &Matrix) -> f64 {
    vector
        .iter()
        .enumerate()
        .map(|(row, value)| value * column.get(row, 0))
        .sum()
}

fn largest(vector: &[f64]) -> f64 {
    vector.iter().fold(0.0, |most, value| most.max(value.abs()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait(arrival: usize, service: usize, servers: usize, load: f64) -> f64 {
        ErlangQueue::new(arrival, service, servers)
            .unwrap()
            .waiting(load)
            .unwrap()
            .mean
    }

    /// Erlang's formula: W = C(n, a) / (n (1 − ρ)).
    fn exponential(servers: usize, load: f64) -> f64 {
        let offered = load * servers as f64;
        let mut term = 1.0;
        let mut sum = 0.0;
        for customers in 0..servers {
            sum += term;
            term *= offered / (customers + 1) as f64;
        }
        let delayed = term / (1.0 - load);
        delayed / (sum + delayed) / (servers as f64 * (1.0 - load))
    }

    #[test]
    fn exponential_queues_follow_erlangs_formula() {
        for servers in [1, 2, 5, 12] {
            for load in [0.1, 0.5, 0.9, 0.99] {
                let exact = exponential(servers, load);
                let found = wait(1, 1, servers, load);
                assert!(
                    (found / exact - 1.0).abs() < 1e-10,
                    "{servers} {load}: {found} {exact}"
                );
            }
        }
    }

    /// Pollaczek–Khinchine: W = ρ (1 + 1/m) / 2 (1 − ρ) for M/E_m/1.
    #[test]
    fn one_server_with_random_arrivals_follows_pollaczek_and_khinchine() {
        for stages in [1, 2, 3, 7] {
            for load in [0.2, 0.7, 0.95] {
                let exact = load * (1.0 + 1.0 / stages as f64) / (2.0 * (1.0 - load));
                let found = wait(1, stages, 1, load);
                assert!(
                    (found / exact - 1.0).abs() < 1e-10,
                    "{stages} {load}: {found} {exact}"
                );
            }
        }
    }

    /// Waiting factors of E₂/E₂/n as published to four decimals (the value at load 0.5, n = 4 that
    /// one table prints as 0.0532 is a misprint of 0.0257).
    #[test]
    fn berths_agree_with_published_factors() {
        let published = [
            (0.5, [0.3904, 0.1181, 0.0511, 0.0257, 0.0141]),
            (0.6, [0.6306, 0.2226, 0.1107, 0.0638, 0.0399]),
            (0.7, [1.0391, 0.4125, 0.2275, 0.1442, 0.0988]),
            (0.8, [1.8653, 0.8127, 0.4849, 0.3301, 0.2418]),
            (0.9, [4.3590, 2.0478, 1.2994, 0.9340, 0.7193]),
        ];
        for (load, factors) in published {
            for (index, factor) in factors.into_iter().enumerate() {
                let found = wait(2, 2, index + 1, load);
                assert!(
                    (found - factor).abs() <= 0.5e-4,
                    "{load} {}: {found}",
                    index + 1
                );
            }
        }
    }

    /// Waiting factors of M/E₂/n in round numbers of the same literature.
    #[test]
    fn random_arrivals_agree_with_published_factors() {
        let published = [
            (0.5, [0.75, 0.256, 0.123, 0.069, 0.042], 0.5e-3),
            (0.7, [1.75, 0.729, 0.418, 0.275, 0.195], 0.5e-3),
            (0.9, [6.75, 3.207, 2.053, 1.487, 1.153], 0.5e-3),
        ];
        for (load, factors, rounding) in published {
            for (index, factor) in factors.into_iter().enumerate() {
                let found = wait(1, 2, index + 1, load);
                assert!(
                    (found - factor).abs() <= rounding,
                    "{load} {}: {found}",
                    index + 1
                );
            }
        }
    }

    #[test]
    fn heavy_traffic_is_approached() {
        let queue = ErlangQueue::new(2, 2, 3).unwrap();
        let load = 1.0 - 1e-6;
        let scaled = queue.waiting(load).unwrap().mean * (1.0 - load);
        assert!(
            (scaled / queue.heavy_traffic_limit() - 1.0).abs() < 1e-5,
            "{scaled}"
        );
    }

    #[test]
    fn many_servers_and_small_residuals() {
        let waiting = ErlangQueue::new(2, 2, 40).unwrap().waiting(0.9).unwrap();
        assert!(waiting.residual < 1e-12, "{waiting:?}");
        assert!(waiting.mean > 0.0 && waiting.mean < wait(2, 2, 20, 0.9));
    }

    #[test]
    fn impossible_queues_are_refused() {
        assert!(matches!(
            ErlangQueue::new(0, 1, 1),
            Err(QueueError::Empty { .. })
        ));
        assert!(matches!(
            ErlangQueue::new(9, 9, 99),
            Err(QueueError::TooLarge { .. })
        ));
        let queue = ErlangQueue::new(2, 2, 1).unwrap();
        for load in [1.0, -0.1, f64::NAN] {
            assert!(matches!(queue.waiting(load), Err(QueueError::Load { .. })));
        }
    }
}
