//! `ban`: goods of one country may no longer enter another.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Resolved, Site, target};
use crate::study::{Day, Located, StudyFault};
use crate::world::{Barrier, TradeBarrier};

/// Goods of one country may no longer enter another.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BanSpec {
    /// Country that the goods come from (ISO 3166-1 alpha-2).
    pub origin: Located<String>,
    /// Country that they may not enter.
    pub destination: Located<String>,
    /// Commodity of the atlas; all goods, if absent.
    pub commodity: Option<Located<String>>,
    /// First day.
    pub start: Located<Day>,
    /// Last day; stays, if absent.
    pub end: Option<Located<Day>>,
}

pub(super) fn resolve(spec: &BanSpec, site: &Site<'_>) -> Result<Resolved, Vec<StudyFault>> {
    let goods = target::trade(site, &spec.origin, &spec.destination, &spec.commodity)?;
    let [origin, destination] = [&spec.origin, &spec.destination].map(|c| c.get().clone());
    let what = goods.as_deref().unwrap_or("all goods").to_owned();
    Ok(Resolved {
        kind: "ban",
        target: format!("trade/{origin}-{destination}-{what}"),
        start: spec.start.0,
        end: spec.end.as_ref().map(|end| end.0),
        effect: format!("{what} from {origin} may not enter {destination}"),
        replaces: Vec::new(),
        disruption: None,
        apply: Box::new(move |world| {
            world.barriers.push(TradeBarrier {
                origin: origin.clone(),
                destination: destination.clone(),
                commodity: goods.clone(),
                barrier: Barrier::Ban,
            });
        }),
    })
}
