//! How much time a scenario saves.

use super::{Flow, Measure, Resolved, Run, Setting, all};
use crate::chain::{Prices, Query, Split, Trip};
use crate::claim::test::tidy;
use crate::findings::{EvidenceTable, MeasureInfo};
use crate::study::{Criterion, Located, StudyFault, TimeSavingSpec, TimeScope};
use crate::world::PortIx;

struct TimeSaving {
    flows: Vec<Flow>,
    scenario: usize,
    scenario_id: String,
    scope: TimeScope,
    choose: Criterion,
    before_at: Option<Vec<PortIx>>,
    after_at: Option<Vec<PortIx>>,
    ports: String,
}

pub(super) fn resolve(
    spec: &TimeSavingSpec,
    setting: &Setting<'_>,
) -> Result<Resolved, Vec<StudyFault>> {
    let flows = all(spec.flows.iter().map(|id| setting.flow(id)));
    let scenario = setting.scenario(&spec.scenario);
    let before_at = ports(spec.load_before_at.as_ref(), setting);
    let after_at = ports(spec.load_at.as_ref(), setting);
    match (flows, scenario, before_at, after_at) {
        (Ok(flows), Ok(scenario), Ok(before_at), Ok(after_at)) => {
            let ports = [
                loading(before_at.as_deref(), "before", setting),
                loading(after_at.as_deref(), "after", setting),
            ];
            Resolved::of(TimeSaving {
                flows,
                scenario,
                scenario_id: spec.scenario.get().clone(),
                scope: spec.scope,
                choose: spec.choose,
                before_at,
                after_at,
                ports: ports.concat(),
            })
        }
        (flows, scenario, before_at, after_at) => {
            let mut faults = flows.err().unwrap_or_default();
            faults.extend(scenario.err().unwrap_or_default());
            faults.extend(before_at.err().unwrap_or_default());
            faults.extend(after_at.err().unwrap_or_default());
            Err(faults)
        }
    }
}

fn ports(
    codes: Option<&Vec<Located<String>>>,
    setting: &Setting<'_>,
) -> Result<Option<Vec<PortIx>>, Vec<StudyFault>> {
    codes
        .map(|list| all(list.iter().map(|code| setting.port(code))))
        .transpose()
}

fn loading(ports: Option<&[PortIx]>, when: &str, setting: &Setting<'_>) -> String {
    ports.map_or_else(String::new, |ports| {
        let names: Vec<&str> = ports
            .iter()
            .map(|&port| setting.today.port_at(port).name.as_str())
            .collect();
        format!(", loading {when} the change at {}", names.join(" or "))
    })
}

impl TimeSaving {
    fn days(&self, split: &Split) -> f64 {
        match self.scope {
            TimeScope::PortToPort => split.transit_h() / 24.0,
            TimeScope::DoorToDoor => split.total().time_h / 24.0,
        }
    }

    fn best_days(
        &self,
        prices: &Prices<'_>,
        trip: &Trip,
        load_at: Option<&[PortIx]>,
        max_transshipments: u32,
    ) -> Option<f64> {
        let query = Query {
            criterion: self.choose,
            max_transshipments,
            load_at,
            not_at: &[],
        };
        let (_, path) = prices.best(trip, &query)?;
        Some(self.days(&prices.evaluate(trip, &path)?))
    }

    fn before_after(&self, run: &Run<'_>, flow: &Flow) -> Option<(f64, f64)> {
        let (before, after) = run.worlds?;
        let most = run.max_transshipments;
        Some((
            self.best_days(before, &flow.trip, self.before_at.as_deref(), most)?,
            self.best_days(after, &flow.trip, self.after_at.as_deref(), most)?,
        ))
    }
}

impl Measure for TimeSaving {
    fn info(&self) -> MeasureInfo {
        let titles: Vec<&str> = self.flows.iter().map(|f| f.title.as_str()).collect();
        let scope = match self.scope {
            TimeScope::PortToPort => "from port to port",
            TimeScope::DoorToDoor => "from door to door",
        };
        let choose = match self.choose {
            Criterion::GeneralisedCost => "cheapest, the value of time included",
            Criterion::Time => "fastest",
        };
        let most = if self.flows.len() > 1 { "most " } else { "" };
        MeasureInfo {
            kind: "time_saving".to_owned(),
            description: format!(
                "days that `{}` saves {most}{scope} on the {choose} chain of {}{}",
                self.scenario_id,
                titles.join("; "),
                self.ports
            ),
            unit: "d".to_owned(),
        }
    }

    fn scenario(&self) -> Option<usize> {
        Some(self.scenario)
    }

    fn figure(&self, run: &Run<'_>) -> Option<f64> {
        self.flows
            .iter()
            .filter_map(|flow| self.before_after(run, flow))
            .map(|(before, after)| before - after)
            .reduce(f64::max)
    }

    fn evidence(&self, run: &Run<'_>) -> Vec<EvidenceTable> {
        let rows = self
            .flows
            .iter()
            .map(|flow| match self.before_after(run, flow) {
                Some((before, after)) => vec![
                    flow.title.clone(),
                    tidy(before),
                    tidy(after),
                    tidy(before - after),
                ],
                None => {
                    let none = || "no chain".to_owned();
                    vec![flow.title.clone(), none(), none(), none()]
                }
            })
            .collect();
        vec![EvidenceTable {
            title: "At central values, against the first baseline".to_owned(),
            columns: vec![
                "journey".to_owned(),
                "before (d)".to_owned(),
                "after (d)".to_owned(),
                "saved (d)".to_owned(),
            ],
            rows,
        }]
    }
}
