//! What passes the chokepoints of world trade, beside published figures.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Amount, Routed, TradeNetwork, WorldTrade, passage_bits};
use crate::atlas::Atlas;
use crate::number;

/// Metrics in `facts.csv` that hold published figures on a chokepoint, with the factor to USD or t.
const PUBLISHED: [(&str, f64); 2] = [("trade_value", 1e9), ("trade_mass", 1e6)];

/// A chokepoint with what passes it by the estimate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChokepointLoad {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: String,
    /// What passes by the estimate, a year.
    pub estimate: Amount,
    /// Published value, USD a year.
    pub published_value_usd: Option<f64>,
    /// Published mass, t a year.
    pub published_mass_t: Option<f64>,
    /// Estimate over published value.
    pub value_ratio: Option<f64>,
    /// Estimate over published mass.
    pub mass_ratio: Option<f64>,
    /// Source of the published figures.
    pub source: Option<String>,
}

/// Loads of all chokepoints, in atlas order.
pub fn loads(atlas: &Atlas, network: &TradeNetwork, routed: &[Routed]) -> Vec<ChokepointLoad> {
    let rows = &atlas.chokepoints.rows;
    rows.iter()
        .map(|row| {
            let set = passage_bits(&network.world, &row.passage.0, |_| true);
            let estimate = network.through(routed, |branch| branch.way.passages & set != 0);
            let published = PUBLISHED.map(|(metric, factor)| {
                let fact = atlas
                    .facts
                    .rows
                    .iter()
                    .find(|fact| fact.subject == row.id && fact.metric.as_str() == metric)?;
                Some((fact.value? * factor, fact.origin.source.clone()))
            });
            let figure = |side: usize| published[side].as_ref().map(|(value, _)| *value);
            ChokepointLoad {
                id: row.id.to_string(),
                name: row.name.clone(),
                estimate,
                published_value_usd: figure(0),
                published_mass_t: figure(1),
                value_ratio: figure(0).map(|value| estimate.value_usd / value),
                mass_ratio: figure(1).map(|mass| estimate.mass_t / mass),
                source: published
                    .into_iter()
                    .flatten()
                    .map(|(_, source)| source)
                    .next(),
            }
        })
        .collect()
}

/// Heads of [`rows`].
pub const HEADS: [&str; 7] = [
    "Chokepoint",
    "Estimate, bn USD",
    "Published, bn USD",
    "Ratio",
    "Estimate, Mt",
    "Published, Mt",
    "Ratio",
];

/// The loads as rows of text, for tables; empty cells where nothing was published.
pub fn rows(loads: &[ChokepointLoad]) -> Vec<[String; 7]> {
    let ratio = |ratio: Option<f64>| ratio.map(|r| number::fixed(r, 2)).unwrap_or_default();
    let scaled = |value: f64, unit: f64| number::fixed(value / unit, 0);
    loads
        .iter()
        .map(|load| {
            let published = |value: Option<f64>, unit| value.map(|v| scaled(v, unit));
            [
                load.name.clone(),
                scaled(load.estimate.value_usd, 1e9),
                published(load.published_value_usd, 1e9).unwrap_or_default(),
                ratio(load.value_ratio),
                scaled(load.estimate.mass_t, 1e6),
                published(load.published_mass_t, 1e6).unwrap_or_default(),
                ratio(load.mass_ratio),
            ]
        })
        .collect()
}

/// What the estimate stands on and what becomes of it, as sentences.
pub fn remarks(trade: &WorldTrade<'_>) -> Vec<String> {
    let network = &trade.network;
    let amounts = |amount: &Amount| {
        format!(
            "{} bn USD and {} Mt",
            number::fixed(amount.value_usd / 1e9, 0),
            number::fixed(amount.mass_t / 1e6, 0)
        )
    };
    let fates = network.by_fate(&trade.routed);
    let land_t: f64 = network.demand.land_mass_t.iter().sum();
    let residual = network
        .demand
        .residual
        .iter()
        .fold(0.0, |a: f64, b| a.max(*b));
    let mut lines = vec![
        format!(
            "Every figure is an estimate: {}; nothing is fitted to the published figures.",
            network.demand.source
        ),
        format!(
            "{} trades of {} countries; carried by sea {}, cut off {}, from port to the same port {}, without a known port {}; over land another {} Mt of the same goods.",
            number::fixed(network.demand.trades.len() as f64, 0),
            network.demand.countries.len(),
            amounts(&fates[0].1),
            amounts(&fates[1].1),
            amounts(&fates[2].1),
            amounts(&fates[3].1),
            number::fixed(land_t / 1e6, 0),
        ),
    ];
    if !network.demand.residual.is_empty() {
        lines.push(format!(
            "Totals of countries are met to {residual:.0e} of the world's."
        ));
    }
    lines.extend(network.demand.remarks.iter().cloned());
    let without = network.without_port();
    if !without.is_empty() {
        lines.push(format!("No seaport is known of {}.", without.join(", ")));
    }
    lines
}

/// The loads as a page of Markdown.
pub fn markdown(trade: &WorldTrade<'_>, loads: &[ChokepointLoad]) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let mut page = format!(
        "# What passes the chokepoints of world trade\n\n\
         An estimate of the trade of 2022 in the world of {}, beside published figures of 2022. Written by\n\
         `foreland depend --chokepoints --out docs/validation/chokepoints.md`; the ratio is estimate over\n\
         published, as it is.\n\n",
        trade.network.world.date
    );
    page += &line(&HEADS.map(str::to_owned));
    page += "|---|---:|---:|---:|---:|---:|---:|\n";
    for row in rows(loads) {
        page += &line(&row);
    }
    page.push('\n');
    for remark in remarks(trade) {
        page += &format!("- {remark}\n");
    }
    let mut sources: Vec<&str> = loads.iter().filter_map(|l| l.source.as_deref()).collect();
    sources.dedup();
    for source in sources {
        page += &format!("- Published: {source}.\n");
    }
    page
}
