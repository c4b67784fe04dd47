//! `tariff`: goods of one country pay a duty in another.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Resolved, Site, add_param, checked_range, target};
use crate::study::{Day, Located, StudyFault};
use crate::world::{Barrier, TradeBarrier};

/// Goods of one country pay a duty in another.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TariffSpec {
    /// Country that the goods come from (ISO 3166-1 alpha-2).
    pub origin: Located<String>,
    /// Country that levies the duty.
    pub destination: Located<String>,
    /// Commodity of the atlas; all goods, if absent.
    pub commodity: Option<Located<String>>,
    /// Duty on top of what is paid before, % of the value: low, most plausible, high.
    pub rate_pct: Located<[f64; 3]>,
    /// First day.
    pub start: Located<Day>,
    /// Last day; stays, if absent.
    pub end: Option<Located<Day>>,
}

pub(super) fn resolve(spec: &TariffSpec, site: &Site<'_>) -> Result<Resolved, Vec<StudyFault>> {
    let mut faults = Vec::new();
    let range = checked_range(site, &spec.rate_pct, 0.0, "%").map_err(|f| faults.extend(f));
    let pair = target::trade(site, &spec.origin, &spec.destination, &spec.commodity)
        .map_err(|f| faults.extend(f));
    if let Ok([.., high]) = range
        && high == 0.0
    {
        faults.push(site.text.fault(
            spec.rate_pct.span(),
            "a duty of nothing changes nothing",
            Some("give a rate above 0 %".to_owned()),
        ));
    }
    let (Ok(range), Ok(goods), true) = (range, pair, faults.is_empty()) else {
        return Err(faults);
    };
    let [origin, destination] = [&spec.origin, &spec.destination].map(|c| c.get().clone());
    let what = goods.as_deref().unwrap_or("all goods").to_owned();
    let label = format!("duty on {what} from {origin} in {destination}");
    let param = site.param("rate_pct", label, range, "%");
    Ok(Resolved {
        kind: "tariff",
        target: format!("trade/{origin}-{destination}-{what}"),
        start: spec.start.0,
        end: spec.end.as_ref().map(|end| end.0),
        effect: format!(
            "{what} from {origin} pay {} % more duty in {destination}",
            range[1]
        ),
        replaces: Vec::new(),
        disruption: None,
        apply: Box::new(move |world| {
            let rate = add_param(world, &param);
            world.barriers.push(TradeBarrier {
                origin: origin.clone(),
                destination: destination.clone(),
                commodity: goods.clone(),
                barrier: Barrier::Tariff(rate),
            });
        }),
    })
}
