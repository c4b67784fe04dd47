//! The states of an E_k/E_m/n queue and the rates between them.

use super::matrix::Matrix;

/// Rates between the states of one level (customers in the system) and its neighbours.
pub(crate) struct Rates {
    /// To the level above: an arrival.
    pub(crate) up: Matrix,
    /// Within the level, with the rates of leaving on the diagonal.
    pub(crate) within: Matrix,
    /// To the level below: a departure. Empty for level 0.
    pub(crate) down: Matrix,
}

/// States of a queue with `arrival` and `service` stages and `servers` servers, service times of
/// mean 1. A state of a level is the stage of the next arrival and the number of busy servers in
/// each service stage.
pub(crate) struct Stages {
    arrival: usize,
    service: usize,
    servers: usize,
    /// For each number of busy servers, how they can be spread over the stages.
    spreads: Vec<Vec<Vec<usize>>>,
}

impl Stages {
    pub(crate) fn new(arrival: usize, service: usize, servers: usize) -> Self {
        let spreads = (0..=servers)
            .map(|busy| spreads_of(busy, service))
            .collect();
        Self {
            arrival,
            service,
            servers,
            spreads,
        }
    }

    /// Rates at a level with `customers` in the system when `arrivals` come a mean service time.
    pub(crate) fn rates(&self, customers: usize, arrivals: f64) -> Rates {
        let busy = customers.min(self.servers);
        let size = self.states(busy);
        let above = (customers + 1).min(self.servers);
        let below = if customers > self.servers {
            busy
        } else {
            busy.saturating_sub(1)
        };
        let mut up = Matrix::zero(size, self.states(above));
        let mut within = Matrix::zero(size, size);
        let down_size = if customers == 0 {
            0
        } else {
            self.states(below)
        };
        let mut down = Matrix::zero(size, down_size);
        for (index, spread) in self.spreads[busy].iter().enumerate() {
            for stage in 0..self.arrival {
                let from = self.state(busy, index, stage);
                self.arrive(
                    &mut up,
                    &mut within,
                    (from, stage),
                    spread,
                    (busy, above),
                    arrivals,
                );
                self.serve(&mut within, &mut down, (from, stage), spread, (busy, below));
                let out = self.arrival as f64 * arrivals + self.service as f64 * busy as f64;
                within.add_to(from, from, -out);
            }
        }
        Rates { up, within, down }
    }

    /// The next arrival passes from its stage to the next one, or arrives.
    fn arrive(
        &self,
        up: &mut Matrix,
        within: &mut Matrix,
        (from, stage): (usize, usize),
        spread: &[usize],
        (busy, above): (usize, usize),
        arrivals: f64,
    ) {
        let rate = self.arrival as f64 * arrivals;
        if stage + 1 < self.arrival {
            within.add_to(from, from + 1, rate);
            return;
        }
        let mut next = spread.to_vec();
        next[0] += above - busy;
        up.add_to(from, self.state(above, self.index(above, &next), 0), rate);
    }

    /// A busy server passes from its stage to the next one, or ends and takes who waits.
    fn serve(
        &self,
        within: &mut Matrix,
        down: &mut Matrix,
        (from, stage): (usize, usize),
        spread: &[usize],
        (busy, below): (usize, usize),
    ) {
        for (position, &count) in spread.iter().enumerate() {
            if count == 0 {
                continue;
            }
            let rate = self.service as f64 * count as f64;
            let mut next = spread.to_vec();
            next[position] -= 1;
            if position + 1 < self.service {
                next[position + 1] += 1;
                within.add_to(from, self.state(busy, self.index(busy, &next), stage), rate);
            } else {
                next[0] += below + 1 - busy;
                down.add_to(
                    from,
                    self.state(below, self.index(below, &next), stage),
                    rate,
                );
            }
        }
    }

    pub(crate) fn states(&self, busy: usize) -> usize {
        self.spreads[busy].len() * self.arrival
    }

    fn state(&self, _busy: usize, index: usize, stage: usize) -> usize {
        index * self.arrival + stage
    }

    fn index(&self, busy: usize, spread: &[usize]) -> usize {
        // Every spread of `busy` servers is in the list.
        self.spreads[busy]
            .iter()
            .position(|known| known == spread)
            .unwrap_or(usize::MAX)
    }
}

/// All ways to spread `busy` servers over `stages` stages.
fn spreads_of(busy: usize, stages: usize) -> Vec<Vec<usize>> {
    if stages == 1 {
        return vec![vec![busy]];
    }
    let mut all = Vec::new();
    for first in 0..=busy {
        for mut rest in spreads_of(busy - first, stages - 1) {
            rest.insert(0, first);
            all.push(rest);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_is_left_at_the_rate_it_is_entered_elsewhere() {
        let stages = Stages::new(2, 3, 2);
        for customers in 0..5 {
            let rates = stages.rates(customers, 1.3);
            for row in 0..rates.within.rows() {
                let sum = |matrix: &Matrix, columns: usize| -> f64 {
                    (0..columns).map(|column| matrix.get(row, column)).sum()
                };
                let above = stages.states((customers + 1).min(2));
                let below = match customers {
                    0 => 0,
                    1 | 2 => stages.states(customers - 1),
                    _ => stages.states(2),
                };
                let size = rates.within.rows();
                let total =
                    sum(&rates.up, above) + sum(&rates.within, size) + sum(&rates.down, below);
                assert!(
                    total.abs() < 1e-12,
                    "level {customers}, state {row}: {total}"
                );
            }
        }
    }
}
