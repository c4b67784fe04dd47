//! What is done rather than waiting, resolved.

use super::{Act, Rule, When};
use crate::change::{DEFAULT_PAYER, OtherWay};
use crate::disruption::resolver::Resolver;
use crate::disruption::station::Station;
use crate::study::{OtherWaySpec, RuleAct, RuleSpec, RuleWhen};

impl Resolver<'_> {
    pub(super) fn rule(
        &mut self,
        spec: &RuleSpec,
        base: &str,
        stations: &[Station],
    ) -> Option<Rule> {
        let name = |column: &str| format!("{base}/{column}");
        let of_each = if spec.each_its_own {
            ", each its own"
        } else {
            ""
        };
        let when = match &spec.when {
            RuleWhen::ExpectedOverH(hours) => When::ExpectedOver(self.value(
                hours,
                &name("expected_over_h"),
                format!("expected wait from which another way is taken{of_each}"),
                "h",
                1e5,
            )?),
            RuleWhen::WaitedH(hours) => When::Waited(self.value(
                hours,
                &name("waited_h"),
                format!("wait after which another way is taken{of_each}"),
                "h",
                1e5,
            )?),
            RuleWhen::QueueOver(length) => When::QueueOver(**length),
            RuleWhen::TooDeep => When::TooDeep,
        };
        let act = match &spec.act {
            RuleAct::Reroute(way) => {
                let through = match &way.through {
                    None => None,
                    Some(id) => Some(self.station_ix(id, stations)?),
                };
                Act::Reroute(self.other_way(way, base)?, through)
            }
            RuleAct::Divert(divert) => {
                let way = OtherWaySpec {
                    through: None,
                    extra_h: divert.extra_h.clone(),
                    extra_usd: divert.extra_usd.clone(),
                    payer: divert.payer.clone(),
                    extra_wtw_t: divert.extra_wtw_t.clone(),
                };
                Act::Divert(
                    self.station_ix(&divert.to, stations)?,
                    self.other_way(&way, base)?,
                )
            }
            RuleAct::Rebook(rebook) => Act::Rebook(
                rebook.class,
                self.optional(
                    &rebook.extra_usd,
                    &name("extra_usd"),
                    "price of another slot".to_owned(),
                    "USD",
                ),
                rebook.payer.clone().unwrap_or_else(|| DEFAULT_PAYER.into()),
            ),
            RuleAct::Lighten(lighten) => {
                let way = OtherWaySpec {
                    through: None,
                    extra_h: lighten.extra_h.clone(),
                    extra_usd: lighten.extra_usd.clone(),
                    payer: lighten.payer.clone(),
                    extra_wtw_t: lighten.extra_wtw_t.clone(),
                };
                Act::Lighten(self.other_way(&way, base)?)
            }
            RuleAct::Hold(hold) => Act::Hold(self.value(
                &hold.retry_h,
                &name("retry_h"),
                "time until the next try".to_owned(),
                "h",
                1e5,
            )?),
            RuleAct::GiveUp(_) => Act::GiveUp,
        };
        Some(Rule {
            when,
            act,
            each_its_own: spec.each_its_own,
        })
    }

    fn other_way(&mut self, spec: &OtherWaySpec, base: &str) -> Option<OtherWay> {
        let name = |column: &str| format!("{base}/{column}");
        Some(OtherWay {
            through: spec.through.as_ref().map(|id| id.get().clone()),
            extra_h: self.value(
                &spec.extra_h,
                &name("extra_h"),
                "extra time of the other way".to_owned(),
                "h",
                1e5,
            )?,
            extra_usd: self.optional(
                &spec.extra_usd,
                &name("extra_usd"),
                "extra cost of the other way".to_owned(),
                "USD",
            ),
            payer: spec.payer.clone().unwrap_or_else(|| DEFAULT_PAYER.into()),
            extra_wtw_t: self.optional(
                &spec.extra_wtw_t,
                &name("extra_wtw_t"),
                "extra emissions of the other way".to_owned(),
                "t CO2e",
            ),
        })
    }
}
