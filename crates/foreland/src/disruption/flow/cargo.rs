//! Goods aboard, resolved.

use super::Cargo;
use crate::disruption::resolver::Resolver;
use crate::study::{CargoSpec, Value};

/// Share of the value that is lost with a sale, if the study states none.
const GIVEN_UP_SHARE: [f64; 3] = [0.5, 1.0, 1.0];

impl Resolver<'_> {
    pub(super) fn cargo(&mut self, spec: &CargoSpec, flow: &str) -> Option<Cargo> {
        let id = spec.goods.get();
        let rows = &self.atlas.commodities.rows;
        let Some(row) = rows.iter().find(|row| row.id.as_str() == id) else {
            let known = rows.iter().map(|row| row.id.as_str());
            let known: Vec<&str> = known.collect();
            self.unknown(&spec.goods, "commodity", known.into_iter());
            return None;
        };
        let (title, perishable) = (row.name.clone(), row.perishable);
        if let (Some(decay), false) = (&spec.decay, perishable) {
            self.fault(
                &decay.free_d,
                format!("{title} does not spoil, by commodities.csv"),
                "remove the decay, or correct the column perishable",
            );
        }
        let name = |column: &str| format!("flow/{flow}/{id}/{column}");
        let decay = match &spec.decay {
            None => None,
            Some(decay) => {
                let free_d = self.value(
                    &decay.free_d,
                    &format!("goods/{id}/free_d"),
                    format!("days without loss of {title}"),
                    "d",
                    3650.0,
                );
                let pct = self.value(
                    &decay.pct_per_day,
                    &format!("goods/{id}/decay"),
                    format!("loss of value of {title} a day thereafter"),
                    "%/day",
                    100.0,
                );
                free_d.zip(pct)
            }
        };
        let given_up_share = match &spec.given_up_share {
            Some(share) => self.value(
                share,
                &name("given_up_share"),
                format!("share of the value of {title} lost with a sale"),
                "1",
                1.0,
            )?,
            None => Value::stated(
                "simulation/given_up_share".to_owned(),
                "share of the value lost with a sale".to_owned(),
                GIVEN_UP_SHARE,
                "1",
                "default: a sale that is given up loses half to all of the value",
            ),
        };
        Some(Cargo {
            value_usd_per_t: self.commodity_value(id)?,
            t: self.value(&spec.t, &name("t"), format!("{title} on each"), "t", 1e6)?,
            teu: self.optional(
                &spec.teu,
                &name("teu"),
                format!("boxes of {title} on each"),
                "TEU",
            ),
            decay,
            given_up_share,
        })
    }
}
