//! Visits of a flow, resolved.

use super::{Rule, Visit};
use crate::disruption::resolver::Resolver;
use crate::disruption::station::Station;
use crate::study::VisitSpec;

impl Resolver<'_> {
    pub(super) fn visit(
        &mut self,
        spec: &VisitSpec,
        number: usize,
        flow: &str,
        stations: &[Station],
    ) -> Option<Visit> {
        let name = |column: &str| format!("flow/{flow}/visit-{number}/{column}");
        let station = self.station_ix(&spec.station, stations);
        let mut or = Vec::new();
        for (place, way) in (1..).zip(&spec.or) {
            let station = self.station_ix(&way.station, stations);
            let extra = self.value(
                &way.extra_h,
                &name(&format!("or-{place}")),
                format!("extra time by {}", way.station.get()),
                "h",
                1e5,
            );
            or.extend(station.zip(extra));
        }
        let stay_h = self.optional(
            &spec.stay_h,
            &name("stay_h"),
            format!("time at {}", spec.station.get()),
            "h",
        );
        let held = station.filter(|&ix| !stations[ix].is_slots());
        if let (Some(_), None) = (held, &spec.stay_h) {
            self.fault(
                &spec.station,
                format!("how long is station `{}` held?", spec.station.get()),
                "give stay_h: servers are held and given back",
            );
        }
        let before_h = self.optional(
            &spec.before_h,
            &name("before_h"),
            format!("travel to {}", spec.station.get()),
            "h",
        );
        let deciding = self.optional(
            &spec.deciding_share,
            &name("deciding_share"),
            format!("share of those before {} that decide", spec.station.get()),
            "1",
        );
        let mut rules: Vec<Rule> = Vec::new();
        for (place, rule) in (1..).zip(&spec.rule) {
            let base = name(&format!("rule-{place}"));
            let Some(found) = self.rule(rule, &base, stations) else {
                continue;
            };
            let same = |other: &Rule| other.when.occasion() == found.when.occasion();
            if rules.iter().any(same) {
                self.faults.push(
                    self.text.fault(
                        rule.span(),
                        "two rules for the same moment",
                        Some(
                            "keep one for the arrival (expected_over_h or queue_over), one for \
                             the wait (waited_h) and one for those that are too_deep"
                                .to_owned(),
                        ),
                    ),
                );
            }
            rules.push(found);
        }
        Some(Visit {
            station: station?,
            or,
            before_h,
            stay_h,
            stay_law: spec.stay_law,
            rules,
            deciding,
        })
    }
}
