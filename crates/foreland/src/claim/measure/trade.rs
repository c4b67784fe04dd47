//! Shares and ratios of trade and investment.
//!
//! The atlas holds several figures of the same share, by publication and year. Each that is young
//! enough is a reading of the truth; a run takes one of them.

use super::{Measure, Resolved, Run, Setting};
use crate::atlas::{TradeFlow, TradeRow};
use crate::claim::test::tidy;
use crate::findings::{EvidenceTable, MeasureInfo};
use crate::study::{StudyFault, TradeFlowSpec, TradeRatioSpec, TradeShareSpec};

/// A published figure with its reading.
#[derive(Clone, Debug)]
struct Published {
    value: f64,
    label: String,
    year: u32,
    source: String,
    /// Why it does not count, if it does not.
    rejected: Option<String>,
}

struct Trade {
    info: MeasureInfo,
    /// Ascending by value; only those that count.
    readings: Vec<Published>,
    all: Vec<Published>,
}

fn same(flow: TradeFlowSpec) -> TradeFlow {
    match flow {
        TradeFlowSpec::Export => TradeFlow::Export,
        TradeFlowSpec::Import => TradeFlow::Import,
        TradeFlowSpec::FdiStock => TradeFlow::FdiStock,
    }
}

fn named(flow: TradeFlowSpec) -> &'static str {
    match flow {
        TradeFlowSpec::Export => "exports",
        TradeFlowSpec::Import => "imports",
        TradeFlowSpec::FdiStock => "stock of foreign direct investment",
    }
}

/// Names under which the atlas keeps the whole of a flow.
const WHOLE: [&str; 2] = ["WLD", "world"];

fn period(row: &TradeRow) -> String {
    match &row.period {
        Some(period) => format!("{}/{period}", row.year),
        None => row.year.to_string(),
    }
}

fn same_cell(a: &TradeRow, b: &TradeRow) -> bool {
    a.reporter == b.reporter
        && a.flow == b.flow
        && a.commodity == b.commodity
        && a.year == b.year
        && a.period == b.period
}

/// A row's share: as published, or its value over that of the whole.
fn share_of(row: &TradeRow, rows: &[TradeRow]) -> Option<(f64, String)> {
    if let Some(share) = row.share_pct {
        return Some((share, row.origin.source.clone()));
    }
    let whole = rows
        .iter()
        .find(|w| WHOLE.contains(&w.partner.as_str()) && same_cell(w, row))?;
    let share = 100.0 * row.value_musd? / whole.value_musd.filter(|&v| v > 0.0)?;
    Some((
        share,
        format!(
            "arithmetic: {} / {}",
            row.origin.source, whole.origin.source
        ),
    ))
}

impl Setting<'_> {
    /// Why a year's figure does not count on the study's day.
    fn rejected(&self, year: u32) -> Option<String> {
        let today = f64::from(self.today.date.year());
        let age = today - f64::from(year);
        if age < 0.0 {
            Some("after the claim".to_owned())
        } else if age > self.max_age_years {
            Some(format!("older than {} years", tidy(self.max_age_years)))
        } else {
            None
        }
    }
}

pub(super) fn share(
    spec: &TradeShareSpec,
    setting: &Setting<'_>,
) -> Result<Resolved, Vec<StudyFault>> {
    let rows = &setting.atlas.trade.rows;
    let commodities: Vec<&str> = spec.commodities.iter().map(|c| c.get().as_str()).collect();
    let mut faults = Vec::new();
    for commodity in &spec.commodities {
        if !rows
            .iter()
            .any(|row| row.commodity.as_str() == commodity.get())
        {
            let ids = rows.iter().map(|row| row.commodity.as_str());
            faults.push(setting.unknown(commodity, "commodity in trade.csv", ids));
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let figures = rows
        .iter()
        .filter(|row| {
            row.reporter.as_str() == spec.reporter.get()
                && row.flow == same(spec.flow)
                && row.partner == *spec.partner.get()
                && commodities.contains(&row.commodity.as_str())
        })
        .filter_map(|row| {
            let (value, source) = share_of(row, rows)?;
            Some(Published {
                value,
                label: format!("{} of {}", row.commodity, period(row)),
                year: row.year,
                source,
                rejected: setting.rejected(row.year),
            })
        })
        .collect();
    let info = MeasureInfo {
        kind: "trade_share".to_owned(),
        description: format!(
            "share of {} in the {} of {} ({})",
            spec.partner.get(),
            named(spec.flow),
            spec.reporter.get(),
            commodities.join(", ")
        ),
        unit: "%".to_owned(),
    };
    Ok(judge(info, figures))
}

pub(super) fn ratio(
    spec: &TradeRatioSpec,
    setting: &Setting<'_>,
) -> Result<Resolved, Vec<StudyFault>> {
    let rows = &setting.atlas.trade.rows;
    let of = |partner: &str| {
        let partner = partner.to_owned();
        rows.iter().filter(move |row| {
            row.reporter.as_str() == spec.reporter.get()
                && row.flow == same(spec.flow)
                && row.commodity.as_str() == spec.commodity.get()
                && row.partner == partner
        })
    };
    let mut figures = Vec::new();
    for row in of(spec.partner.get()) {
        for rival in of(spec.rival.get()).filter(|rival| same_cell(rival, row)) {
            let values = match (
                row.value_musd,
                rival.value_musd,
                row.share_pct,
                rival.share_pct,
            ) {
                (Some(a), Some(b), ..) | (_, _, Some(a), Some(b)) => Some((a, b)),
                _ => None,
            };
            if let Some((a, b)) = values.filter(|&(_, b)| b > 0.0) {
                figures.push(Published {
                    value: a / b,
                    label: format!("{} of {}", row.commodity, period(row)),
                    year: row.year,
                    source: row.origin.source.clone(),
                    rejected: setting.rejected(row.year),
                });
            }
        }
    }
    let info = MeasureInfo {
        kind: "trade_ratio".to_owned(),
        description: format!(
            "{} of {} with {} over those with {} ({})",
            named(spec.flow),
            spec.reporter.get(),
            spec.partner.get(),
            spec.rival.get(),
            spec.commodity.get()
        ),
        unit: "times".to_owned(),
    };
    Ok(judge(info, figures))
}

fn judge(info: MeasureInfo, mut all: Vec<Published>) -> Resolved {
    all.sort_by(|a, b| {
        a.value
            .total_cmp(&b.value)
            .then_with(|| a.label.cmp(&b.label))
    });
    let readings: Vec<Published> = all
        .iter()
        .filter(|figure| figure.rejected.is_none())
        .cloned()
        .collect();
    if readings.is_empty() {
        let why = if all.is_empty() {
            "the atlas holds no figure for it".to_owned()
        } else {
            format!(
                "the atlas holds {} for it, none from the years that count",
                crate::error::count(all.len(), "figure")
            )
        };
        return Resolved::Unavailable {
            evidence: vec![table(&info, &all)],
            info,
            why,
        };
    }
    Resolved::Measure(Box::new(Trade {
        info,
        readings,
        all,
    }))
}

fn table(info: &MeasureInfo, figures: &[Published]) -> EvidenceTable {
    EvidenceTable {
        title: "Published figures".to_owned(),
        columns: vec![
            "of".to_owned(),
            format!("figure ({})", info.unit),
            "year".to_owned(),
            "counts".to_owned(),
            "source".to_owned(),
        ],
        rows: figures
            .iter()
            .map(|figure| {
                vec![
                    figure.label.clone(),
                    tidy(figure.value),
                    figure.year.to_string(),
                    figure.rejected.clone().unwrap_or_else(|| "yes".to_owned()),
                    figure.source.clone(),
                ]
            })
            .collect(),
    }
}

impl Measure for Trade {
    fn info(&self) -> MeasureInfo {
        self.info.clone()
    }

    fn readings(&self) -> Vec<String> {
        self.readings
            .iter()
            .map(|figure| format!("{} ({})", figure.label, figure.source))
            .collect()
    }

    /// The median publication stands for the central figure.
    fn central_place(&self) -> f64 {
        0.5
    }

    fn figure(&self, run: &Run<'_>) -> Option<f64> {
        let reading = self.readings.get(run.reading(self.readings.len()))?;
        Some(reading.value)
    }

    fn evidence(&self, _run: &Run<'_>) -> Vec<EvidenceTable> {
        vec![table(&self.info, &self.all)]
    }
}
