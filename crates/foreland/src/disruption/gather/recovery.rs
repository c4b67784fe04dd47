//! The two dates of recovery over replications.

use super::percentiles;
use crate::disruption::plan::Plan;
use crate::disruption::record::EffectRecord;
use crate::disruption::scenario::Scenario;
use crate::findings::{Recovery, RecoveryDate, StationRecovery};

pub(super) fn recovery(
    plan: &Plan<'_>,
    scenario: &Scenario<'_>,
    effects: &[&EffectRecord],
) -> Recovery {
    let date = |pick: &dyn Fn(&EffectRecord) -> Option<f64>| {
        let found: Vec<(f64, f64)> = effects
            .iter()
            .filter_map(|effect| Some((pick(effect)?, effect.end_h?)))
            .collect();
        if found.is_empty() {
            return None;
        }
        let at = percentiles("h", found.iter().map(|(at, _)| *at));
        let shown = |hours: f64| plan.clock.date(hours).to_string();
        Some(RecoveryDate {
            after_d: percentiles("d", found.iter().map(|(at, end)| (at - end) / 24.0)),
            p10: shown(at.p10),
            p50: shown(at.p50),
            p90: shown(at.p90),
            reached: found.len() as f64 / effects.len() as f64,
        })
    };
    let hit = |station: usize| {
        scenario
            .hits
            .iter()
            .any(|hit| hit.stations.contains(&station))
    };
    let has_backlog = |station: usize| {
        effects
            .iter()
            .any(|effect| effect.backlog_gone_h[station] != effect.end_h)
    };
    let shown = (0..plan.stations.len()).filter(|&ix| hit(ix) || has_backlog(ix));
    Recovery {
        end: date(&|effect| effect.end_h),
        backlog_gone: date(&EffectRecord::all_gone_h),
        by_station: shown
            .map(|station| StationRecovery {
                station: plan.stations[station].title.clone(),
                backlog_gone: date(&|effect| effect.backlog_gone_h[station]),
            })
            .collect(),
        regular_again: date(&EffectRecord::regular_h),
        regular_within_h: plan.regular_within_h.mid(),
    }
}
