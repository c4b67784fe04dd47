//! What an investment is worth, and what rivals leave of a gain.

use super::assemble::Found;
use super::evaluate::Run;
use super::worth::{Benefits, Figures, Stream, appraise};
use crate::ensemble::{hypercube, spread, triangular};
use crate::findings::{Appraisal, Benefit, Diverted, RivalAnswer, Spread, Worth};
use crate::param::Draw;

/// Draws of the worlds' parameters, central and by run, of the day itself.
pub(super) struct Draws {
    pub(super) central: Draw,
    pub(super) runs: Vec<Draw>,
}

impl Found<'_> {
    /// The investment of the study.
    pub(super) fn worth(&self, draws: &Draws, seed: u64) -> Option<Worth> {
        let investment = self.plan.investment.as_ref()?;
        let after = investment.scenario + 1;
        let case = &self.cases[after];
        let fact = investment.cost;
        let middle = fact.value?;
        let (low, high) = (fact.low.unwrap_or(middle), fact.high.unwrap_or(middle));
        let key = format!("facts/{}/{}", fact.subject, fact.metric);
        let places = hypercube(seed, &key, self.plan.replications);
        let one = |run: &Run, draw: &Draw, cost_musd: f64| {
            appraise(
                (&run.tallies[0], &run.tallies[after]),
                (investment.port, &case.network.world),
                cost_musd * 1e6,
                &self.setting.parameters,
                draw,
            )
        };
        let central = one(&self.evaluated.central, &draws.central, middle);
        let samples: Vec<Figures> = self
            .evaluated
            .runs
            .iter()
            .zip(&draws.runs)
            .zip(self.evaluated.kept.iter().map(|&run| places[run as usize]))
            .map(|((run, draw), place)| one(run, draw, triangular(low, middle, high, place)))
            .collect();
        let of = |unit: &str, figure: &dyn Fn(&Figures) -> f64| {
            let list: Vec<f64> = samples.iter().map(figure).collect();
            spread(unit, figure(&central), &list)
        };
        let positive = samples.iter().filter(|f| f.society.npv_usd > 0.0).count();
        let years = samples.iter().map(|f| f.society.cumulative_usd.len()).max();
        let years = years.unwrap_or(0).max(central.society.cumulative_usd.len());
        let at = |figures: &Figures, year: usize| {
            let list = &figures.society.cumulative_usd;
            list[year.min(list.len() - 1)] / 1e6
        };
        Some(Worth {
            title: investment.title.to_owned(),
            port: investment.port.to_owned(),
            scenario: case.id.clone(),
            cost_musd: of("M USD", &|f| f.cost_usd / 1e6),
            benefits: Benefits::NAMES
                .iter()
                .enumerate()
                .map(|(part, kind)| Benefit {
                    kind: (*kind).to_owned(),
                    musd: of("M USD/year", &|f| f.benefits.list()[part] / 1e6),
                })
                .collect(),
            society: appraisal(&central, &samples, |f| &f.society),
            operator: appraisal(&central, &samples, |f| &f.operator),
            throughput_teu: of("TEU/year", &|f| f.throughput_teu),
            break_even_teu: of("TEU/year", &|f| f.break_even_teu),
            published_teu: investment.published_teu,
            share_positive: positive as f64 / samples.len().max(1) as f64,
            fan: (0..years)
                .map(|year| of("M USD", &|f| at(f, year)))
                .collect(),
        })
    }

    /// What is left of the port's gain when rivals answer.
    pub(super) fn rival(&self) -> Option<RivalAnswer> {
        let investment = self.plan.investment.as_ref()?;
        let answer = self.plan.rival? + 1;
        let change = investment.scenario + 1;
        let port = investment.port;
        let gain = |run: &Run, world: usize| {
            run.tallies[world].port_teu(port) - run.tallies[0].port_teu(port)
        };
        Some(RivalAnswer {
            scenario: self.cases[answer].id.clone(),
            port: port.to_owned(),
            gain_teu: self.spread("TEU/year", |run| gain(run, change)),
            answered_teu: self.spread("TEU/year", |run| gain(run, answer)),
            survives_pct: self.spread("%", |run| {
                let gained = gain(run, change);
                if gained > 0.0 {
                    100.0 * gain(run, answer) / gained
                } else {
                    0.0
                }
            }),
        })
    }

    /// Where goods go that tariffs and bans keep from their markets.
    pub(super) fn diverted(&self) -> Vec<Diverted> {
        let lanes = &self.setting.lanes;
        let mut list = Vec::new();
        for (ix, case) in self.cases.iter().enumerate().skip(1) {
            if case.network.world.barriers.is_empty() {
                continue;
            }
            let change = |run: &Run, trade: usize| {
                (run.tallies[ix].trades[trade] - run.tallies[0].trades[trade]) / 1e6
            };
            let hit: Vec<usize> = (0..lanes.trades.len())
                .filter(|&trade| change(&self.evaluated.central, trade).abs() > 1e-9)
                .collect();
            for &trade in &hit {
                let facts = &lanes.trades[trade];
                list.push(Diverted {
                    scenario: case.id.clone(),
                    origin: facts.origin.clone(),
                    destination: facts.destination.clone(),
                    commodity: case.network.world.commodities[facts.commodity].id.clone(),
                    before_musd: self
                        .spread("M USD/year", |run| run.tallies[0].trades[trade] / 1e6),
                    change_musd: self.spread("M USD/year", |run| change(run, trade)),
                });
            }
            if let Some(&first) = hit.first() {
                let facts = &lanes.trades[first];
                list.push(Diverted {
                    scenario: case.id.clone(),
                    origin: facts.origin.clone(),
                    destination: "not traded".to_owned(),
                    commodity: case.network.world.commodities[facts.commodity].id.clone(),
                    before_musd: Spread::exact("M USD/year", 0.0),
                    change_musd: self.spread("M USD/year", |run| {
                        -hit.iter().map(|&trade| change(run, trade)).sum::<f64>()
                    }),
                });
            }
        }
        list
    }
}

fn appraisal(
    central: &Figures,
    samples: &[Figures],
    stream: impl Fn(&Figures) -> &Stream,
) -> Appraisal {
    let npv: Vec<f64> = samples.iter().map(|f| stream(f).npv_usd / 1e6).collect();
    let some =
        |unit: &str, scale: f64, figure: &dyn Fn(&Stream) -> Option<f64>| -> Option<Spread> {
            let mut list: Vec<f64> = samples
                .iter()
                .filter_map(|f| figure(stream(f)))
                .map(|value| value * scale)
                .collect();
            list.sort_by(f64::total_cmp);
            let middle = figure(stream(central)).map(|value| value * scale);
            let middle = middle.or_else(|| crate::ensemble::quantile(&list, 0.5))?;
            Some(spread(unit, middle, &list))
        };
    let paid = samples
        .iter()
        .filter(|f| stream(f).pay_back_years.is_some())
        .count();
    Appraisal {
        npv_musd: spread("M USD", stream(central).npv_usd / 1e6, &npv),
        irr_pct: some("%", 100.0, &|s| s.irr),
        pay_back_years: some("year", 1.0, &|s| s.pay_back_years),
        share_paid_back: paid as f64 / samples.len().max(1) as f64,
    }
}
