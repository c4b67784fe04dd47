//! How much is traded: value, mass, containers.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::demand::{Trade, WorldDemand};

/// Goods in a year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Amount {
    /// Value, USD a year.
    pub value_usd: f64,
    /// Mass, t a year.
    pub mass_t: f64,
    /// Containers, TEU a year.
    pub teu: f64,
}

impl Amount {
    /// A share of a trade.
    pub fn of(demand: &WorldDemand, trade: &Trade, share: f64) -> Amount {
        let goods = &demand.goods[trade.goods];
        let mass_t = trade.mass_t * share;
        Amount {
            value_usd: mass_t * trade.value_usd_per_t,
            mass_t,
            teu: goods.t_per_teu.map_or(0.0, |t| mass_t / t),
        }
    }

    /// This amount as shares of a whole; 0 where the whole is.
    pub fn shares_of(&self, whole: &Amount) -> Amount {
        let share = |part: f64, all: f64| if all > 0.0 { part / all } else { 0.0 };
        Amount {
            value_usd: share(self.value_usd, whole.value_usd),
            mass_t: share(self.mass_t, whole.mass_t),
            teu: share(self.teu, whole.teu),
        }
    }
}

impl std::ops::AddAssign for Amount {
    fn add_assign(&mut self, other: Amount) {
        self.value_usd += other.value_usd;
        self.mass_t += other.mass_t;
        self.teu += other.teu;
    }
}

impl std::iter::Sum for Amount {
    fn sum<I: Iterator<Item = Amount>>(amounts: I) -> Amount {
        amounts.fold(Amount::default(), |mut sum, amount| {
            sum += amount;
            sum
        })
    }
}
