//! What an investment is worth: benefits of a change by the rule of half against its cost.

use super::parameters::FlowParameters;
use super::tally::Tally;
use crate::param::Draw;
use crate::world::World;

/// Lowest and highest internal rate of return that is looked for.
const RATES: [f64; 2] = [-0.5, 2.0];
const HALVINGS: usize = 80;

/// Yearly benefits at full traffic, USD a year.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Benefits {
    pub(super) freight: f64,
    pub(super) time: f64,
    pub(super) reliability: f64,
    pub(super) congestion: f64,
    /// What a wider choice is worth beyond the mean cost.
    pub(super) choice: f64,
    pub(super) emissions: f64,
    /// Less congestion for other cargo of the ports.
    pub(super) other_cargo: f64,
    /// Operators' margins on cargo that is new to all ports together.
    pub(super) margins: f64,
}

impl Benefits {
    pub(super) const NAMES: [&'static str; 8] = [
        "freight and fees of the followed trades",
        "time of the followed trades",
        "reliability of the followed trades",
        "congestion surcharges of the followed trades",
        "wider choice",
        "emissions, at their price",
        "less congestion for other cargo of the ports",
        "margins of all terminals together",
    ];

    pub(super) fn list(&self) -> [f64; 8] {
        [
            self.freight,
            self.time,
            self.reliability,
            self.congestion,
            self.choice,
            self.emissions,
            self.other_cargo,
            self.margins,
        ]
    }

    pub(super) fn total(&self) -> f64 {
        self.list().iter().sum()
    }
}

/// An investment in one draw.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Figures {
    pub(super) cost_usd: f64,
    pub(super) benefits: Benefits,
    pub(super) society: Stream,
    pub(super) operator: Stream,
    /// Containers of the port, empties included, TEU a year.
    pub(super) throughput_teu: f64,
    pub(super) break_even_teu: f64,
}

/// A stream of benefits against a cost.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stream {
    pub(super) npv_usd: f64,
    pub(super) irr: Option<f64>,
    pub(super) pay_back_years: Option<f64>,
    /// Net present value by year, cumulative, from the year of the cost on.
    pub(super) cumulative_usd: Vec<f64>,
}

/// How traffic and money develop in one draw.
#[derive(Clone, Copy, Debug)]
struct Course {
    years: u32,
    ramp_up_years: f64,
    growth: f64,
    upkeep_usd: f64,
    discount: f64,
}

impl Course {
    /// Traffic of a year over that of the equilibrium.
    fn traffic(&self, year: u32) -> f64 {
        let ramp = (f64::from(year) / self.ramp_up_years).min(1.0);
        ramp * (1.0 + self.growth).powi(year as i32 - 1)
    }

    /// Σ traffic / (1 + d)ᵗ.
    fn traffic_worth(&self) -> f64 {
        (1..=self.years)
            .map(|year| self.traffic(year) / (1.0 + self.discount).powi(year as i32))
            .sum()
    }

    fn upkeep_worth_usd(&self) -> f64 {
        (1..=self.years)
            .map(|year| self.upkeep_usd / (1.0 + self.discount).powi(year as i32))
            .sum()
    }

    fn stream(&self, cost_usd: f64, yearly_usd: f64) -> Stream {
        let flows: Vec<f64> = (1..=self.years)
            .map(|year| yearly_usd * self.traffic(year) - self.upkeep_usd)
            .collect();
        let mut worth = -cost_usd;
        let mut cumulative = vec![worth];
        for (year, flow) in (1..).zip(&flows) {
            worth += flow / (1.0 + self.discount).powi(year);
            cumulative.push(worth);
        }
        Stream {
            npv_usd: worth,
            irr: rate_of_return(cost_usd, &flows),
            pay_back_years: pay_back(cost_usd, &flows),
            cumulative_usd: cumulative,
        }
    }
}

/// The rate at which discounted flows pay for the cost; `None` if none in the range does.
fn rate_of_return(cost_usd: f64, flows: &[f64]) -> Option<f64> {
    let worth = |rate: f64| -> f64 {
        let discounted = (1..)
            .zip(flows)
            .map(|(year, flow)| flow / (1.0 + rate).powi(year));
        discounted.sum::<f64>() - cost_usd
    };
    let [mut low, mut high] = RATES;
    if worth(low) < 0.0 || worth(high) > 0.0 {
        return None;
    }
    for _ in 0..HALVINGS {
        let middle = (low + high) / 2.0;
        if worth(middle) > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some((low + high) / 2.0)
}

/// Years until undiscounted flows pay for the cost, within a year in a straight line.
fn pay_back(cost_usd: f64, flows: &[f64]) -> Option<f64> {
    let mut left = cost_usd;
    for (year, flow) in (0u32..).zip(flows) {
        if *flow > 0.0 && left <= *flow {
            return Some(f64::from(year) + left / flow);
        }
        left -= flow;
    }
    None
}

/// Benefits to users by the rule of half over lanes, split by what makes them; what the mean costs
/// do not explain is the worth of choice.
fn benefits(before: &Tally, after: &Tally, parameters: &FlowParameters, draw: &Draw) -> Benefits {
    let users: f64 = before
        .lanes
        .iter()
        .zip(&after.lanes)
        .map(|([units_b, usd_b], [units_a, usd_a])| 0.5 * (units_b + units_a) * (usd_b - usd_a))
        .sum();
    let less = |part: usize| before.paid_usd[part] - after.paid_usd[part];
    let (freight, time, reliability, congestion) = (less(0), less(1), less(2), less(3));
    Benefits {
        freight,
        time,
        reliability,
        congestion,
        choice: users - freight - time - reliability - congestion,
        emissions: (before.wtw_t - after.wtw_t) * draw.get(parameters.carbon_price_usd_per_t),
        other_cargo: before.other_usd - after.other_usd,
        margins: 0.0,
    }
}

/// An investment of `cost_usd` that turns `before` into `after`.
pub(super) fn appraise(
    (before, after): (&Tally, &Tally),
    (port, world): (&str, &World),
    cost_usd: f64,
    parameters: &FlowParameters,
    draw: &Draw,
) -> Figures {
    let get = |ix| draw.get(ix);
    let margin_teu = get(parameters.terminal_margin_usd_per_teu);
    let margin_t = get(parameters.terminal_margin_usd_per_t);
    let per_laden = get(parameters.throughput_per_laden_teu);
    let of_port = |tally: &Tally| tally.port_teu(port) * per_laden;
    let earned =
        |tally: &Tally| of_port(tally) * margin_teu + tally.port_bulk_t(port, world) * margin_t;
    let all_ports = |tally: &Tally| -> f64 {
        let mut codes: Vec<&str> = tally.goods.keys().map(|(port, _)| port.as_str()).collect();
        codes.dedup();
        codes
            .iter()
            .map(|code| {
                tally.port_teu(code) * per_laden * margin_teu
                    + tally.port_bulk_t(code, world) * margin_t
            })
            .sum()
    };
    let mut benefits = benefits(before, after, parameters, draw);
    benefits.margins = all_ports(after) - all_ports(before);
    let course = Course {
        years: get(parameters.appraisal_years).round().max(1.0) as u32,
        ramp_up_years: get(parameters.ramp_up_years),
        growth: get(parameters.traffic_growth),
        upkeep_usd: get(parameters.upkeep_share) * cost_usd,
        discount: get(parameters.discount_rate),
    };
    let margin = earned(after) - earned(before);
    let worth_per_teu = margin_teu * course.traffic_worth();
    Figures {
        cost_usd,
        benefits,
        society: course.stream(cost_usd, benefits.total()),
        operator: course.stream(cost_usd, margin),
        throughput_teu: of_port(after),
        break_even_teu: (cost_usd + course.upkeep_worth_usd()) / worth_per_teu,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEVEL: Course = Course {
        years: 2,
        ramp_up_years: 1.0,
        growth: 0.0,
        upkeep_usd: 10.0,
        discount: 0.1,
    };

    /// 100 now for 120 less 10 of upkeep in two years each: −100 + 110/1.1 + 110/1.21.
    #[test]
    fn worth_rate_and_pay_back_are_those_of_the_textbook() {
        let stream = LEVEL.stream(100.0, 120.0);
        assert!((stream.npv_usd - 90.909_090_9).abs() < 1e-6);
        // 110 x + 110 x² = 100 with x = 1/(1 + r).
        let x = (-110.0 + (110.0f64 * 110.0 + 4.0 * 110.0 * 100.0).sqrt()) / 220.0;
        assert!((stream.irr.unwrap() - (1.0 / x - 1.0)).abs() < 1e-9);
        assert!((stream.pay_back_years.unwrap() - 100.0 / 110.0).abs() < 1e-12);
        assert_eq!(stream.cumulative_usd.len(), 3);
    }

    #[test]
    fn what_never_pays_has_neither_rate_nor_pay_back() {
        let stream = LEVEL.stream(100.0, 10.0);
        assert_eq!((stream.irr, stream.pay_back_years), (None, None));
        assert_eq!(stream.npv_usd, -100.0);
    }

    #[test]
    fn traffic_comes_up_over_the_years() {
        let course = Course {
            years: 3,
            ramp_up_years: 2.0,
            growth: 0.1,
            ..LEVEL
        };
        assert_eq!(course.traffic(1), 0.5);
        assert!((course.traffic(3) - 1.21).abs() < 1e-12);
    }
}
