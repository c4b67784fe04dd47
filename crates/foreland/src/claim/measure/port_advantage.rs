//! What a port of loading saves against the best chain without it.

use super::{Flow, Measure, Resolved, Run, Setting};
use crate::chain::{Prices, Query};
use crate::claim::test::tidy;
use crate::findings::{EvidenceTable, MeasureInfo};
use crate::study::{Criterion, PortAdvantageSpec, StudyFault};
use crate::world::PortIx;

struct PortAdvantage {
    flow: Flow,
    scenario: usize,
    port: PortIx,
    name: String,
}

pub(super) fn resolve(
    spec: &PortAdvantageSpec,
    setting: &Setting<'_>,
) -> Result<Resolved, Vec<StudyFault>> {
    let flow = setting.flow(&spec.flow);
    let scenario = setting.scenario(&spec.scenario);
    let port = setting.port(&spec.port);
    match (flow, scenario, port) {
        (Ok(flow), Ok(scenario), Ok(port)) => Resolved::of(PortAdvantage {
            flow,
            scenario,
            port,
            name: setting.today.port_at(port).name.clone(),
        }),
        (flow, scenario, port) => {
            let mut faults = flow.err().unwrap_or_default();
            faults.extend(scenario.err().unwrap_or_default());
            faults.extend(port.err().unwrap_or_default());
            Err(faults)
        }
    }
}

impl PortAdvantage {
    fn cost(&self, prices: &Prices<'_>, query: &Query<'_>) -> Option<f64> {
        prices.best(&self.flow.trip, query).map(|(cost, _)| cost)
    }

    fn query<'q>(
        &self,
        run: &Run<'_>,
        load_at: Option<&'q [PortIx]>,
        not_at: &'q [PortIx],
    ) -> Query<'q> {
        Query {
            criterion: Criterion::GeneralisedCost,
            max_transshipments: run.max_transshipments,
            load_at,
            not_at,
        }
    }
}

impl Measure for PortAdvantage {
    fn info(&self) -> MeasureInfo {
        MeasureInfo {
            kind: "port_advantage".to_owned(),
            description: format!(
                "generalised cost of the best chain of {} that does not load at {}, minus that of \
                 the best chain that does",
                self.flow.title, self.name
            ),
            unit: format!("USD/{}", self.flow.per),
        }
    }

    fn scenario(&self) -> Option<usize> {
        Some(self.scenario)
    }

    fn figure(&self, run: &Run<'_>) -> Option<f64> {
        let (_, after) = run.worlds?;
        let here = [self.port];
        let with = self.cost(after, &self.query(run, Some(&here), &[]))?;
        let without = self.cost(after, &self.query(run, None, &here))?;
        Some(without - with)
    }

    /// The best chain by every port of loading.
    fn evidence(&self, run: &Run<'_>) -> Vec<EvidenceTable> {
        let Some((_, after)) = run.worlds else {
            return Vec::new();
        };
        let mut rows = Vec::new();
        let (ports, _) = after.reachable_ports(&self.flow.trip);
        for port in ports {
            let here = [port];
            let query = self.query(run, Some(&here), &[]);
            let best = after.best(&self.flow.trip, &query);
            let Some((cost, path)) = best else { continue };
            let Some(split) = after.evaluate(&self.flow.trip, &path) else {
                continue;
            };
            let total = split.total();
            rows.push((
                cost,
                vec![
                    run.today.port_at(port).name.clone(),
                    tidy(total.time_h / 24.0),
                    tidy(total.money_usd().round()),
                    tidy(cost.round()),
                ],
            ));
        }
        rows.sort_by(|a, b| a.0.total_cmp(&b.0));
        vec![EvidenceTable {
            title: format!(
                "Best chain of {} by port of loading, at central values, against the first baseline",
                self.flow.title
            ),
            columns: vec![
                "port of loading".to_owned(),
                "door to door (d)".to_owned(),
                format!("money (USD/{})", self.flow.per),
                format!("generalised cost (USD/{})", self.flow.per),
            ],
            rows: rows.into_iter().map(|(_, row)| row).collect(),
        }]
    }
}
