//! Trades of some countries from the atlas: which rows of `trade.csv` count, and what they mean
//! in value, mass and containers.

use std::collections::BTreeMap;

use crate::atlas::{Atlas, CargoKind, TradeFlow, TradeRow};
use crate::demand::{Demand, DemandBasis};
use crate::findings::Unplaced;
use crate::number;
use crate::param::Draw;
use crate::world::World;

/// Shortest period that is scaled to a year, months: exports have seasons.
const MIN_MONTHS: f64 = 6.0;
const MONTHS: f64 = 12.0;
/// Names under which the atlas keeps the whole of a flow.
const WHOLE: [&str; 2] = ["WLD", "world"];
/// Commodity of all goods together.
const TOTAL: &str = "total";

/// A trade between two countries in a year.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Trade {
    pub(super) origin: String,
    pub(super) destination: String,
    /// Index of the commodity in the world.
    pub(super) commodity: usize,
    /// Value, USD a year.
    pub(super) value_usd: Option<f64>,
    /// Mass, t a year.
    pub(super) mass_t: Option<f64>,
    /// How the figures were made.
    pub(super) derivation: String,
    pub(super) source: String,
}

/// A trade in one draw.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Volume {
    /// USD a year.
    pub(super) value_usd: f64,
    /// t a year.
    pub(super) mass_t: f64,
    /// Units of cargo a year: TEU, or t of bulk.
    pub(super) units: f64,
}

impl Trade {
    /// Value, mass and units in a draw: what is not known follows from the commodity's value per
    /// tonne and mass per TEU.
    pub(super) fn volume(&self, world: &World, draw: &Draw) -> Volume {
        let goods = &world.commodities[self.commodity];
        let usd_per_t = draw.get(goods.value_usd_per_t);
        let mass_t = self
            .mass_t
            .unwrap_or_else(|| self.value_usd.unwrap_or(0.0) / usd_per_t);
        let t_per_unit = match (goods.cargo, goods.t_per_teu) {
            (CargoKind::Container, Some(ix)) => draw.get(ix),
            _ => 1.0,
        };
        Volume {
            value_usd: self.value_usd.unwrap_or(mass_t * usd_per_t),
            mass_t,
            units: mass_t / t_per_unit,
        }
    }

    /// The trade at central values, for the findings.
    pub(super) fn demand(&self, world: &World, draw: &Draw) -> Demand {
        let goods = &world.commodities[self.commodity];
        let volume = self.volume(world, draw);
        Demand {
            origin: self.origin.clone(),
            destination: self.destination.clone(),
            commodity: goods.id.clone(),
            value_usd: volume.value_usd,
            mass_t: volume.mass_t,
            teu: match goods.cargo {
                CargoKind::Container => volume.units,
                CargoKind::Bulk => 0.0,
            },
            basis: DemandBasis::Atlas,
            source: self.source.clone(),
        }
    }
}

/// One figure of the atlas, scaled to a year.
#[derive(Clone, Debug)]
struct Figure<'a> {
    row: &'a TradeRow,
    months: f64,
    value_musd: Option<f64>,
    mass_t: Option<f64>,
    derivation: String,
}

/// What is read from the atlas, and what is not followed.
pub(super) struct Trades {
    pub(super) followed: Vec<Trade>,
    pub(super) unplaced: Vec<Unplaced>,
}

/// The trades of a country, by its own rows.
pub(super) fn of_country(
    atlas: &Atlas,
    world: &World,
    country: &str,
    max_age_years: f64,
    trades: &mut Trades,
) {
    for flow in [TradeFlow::Export, TradeFlow::Import] {
        let rows: Vec<&TradeRow> = atlas
            .trade
            .rows
            .iter()
            .filter(|row| row.reporter.as_str() == country && row.flow == flow)
            .collect();
        let year = f64::from(world.date.year());
        let recent = |row: &&&TradeRow| {
            let age = year - f64::from(row.year);
            (0.0..=max_age_years).contains(&age)
        };
        let mut by_partner: BTreeMap<&str, Vec<&TradeRow>> = BTreeMap::new();
        for row in rows.iter().filter(recent) {
            by_partner.entry(&row.partner).or_default().push(row);
        }
        let mut listed_musd = 0.0;
        for (partner, of_partner) in &by_partner {
            if WHOLE.contains(partner) {
                continue;
            }
            listed_musd += partner_trades(country, flow, partner, of_partner, &rows, world, trades);
        }
        rest_of_world(country, flow, &by_partner, &rows, listed_musd, trades);
    }
}

/// Adds the trades with one partner; gives their value, M USD.
fn partner_trades(
    country: &str,
    flow: TradeFlow,
    partner: &str,
    of_partner: &[&TradeRow],
    all: &[&TradeRow],
    world: &World,
    trades: &mut Trades,
) -> f64 {
    let mut figures: BTreeMap<&str, Figure<'_>> = BTreeMap::new();
    for commodity in commodities(of_partner) {
        let of_goods = of_partner
            .iter()
            .filter(|r| r.commodity.as_str() == commodity);
        match best(of_goods.copied(), all) {
            Ok(figure) => {
                figures.insert(commodity, figure);
            }
            Err(why) => trades.unplaced.push(Unplaced {
                what: words(country, flow, partner, commodity),
                value_musd: None,
                why,
            }),
        }
    }
    drop_parts(&mut figures, world);
    let total = figures.remove(TOTAL);
    let named: f64 = figures.values().map(|f| value_musd(f, world)).sum();
    let (origin, destination) = match flow {
        TradeFlow::Import => (partner, country),
        _ => (country, partner),
    };
    let mut follow = |goods: &str, figure: &Figure<'_>, value_musd: Option<f64>, mass_t, how| {
        let Some(commodity) = world.commodities.iter().position(|c| c.id == goods) else {
            trades.unplaced.push(Unplaced {
                what: words(country, flow, partner, goods),
                value_musd,
                why: format!("commodities.csv has no `{goods}`"),
            });
            return;
        };
        trades.followed.push(Trade {
            origin: origin.to_owned(),
            destination: destination.to_owned(),
            commodity,
            value_usd: value_musd.map(|musd| musd * 1e6),
            mass_t,
            derivation: how,
            source: figure.row.origin.source.clone(),
        });
    };
    for (goods, figure) in &figures {
        let how = figure.derivation.clone();
        follow(goods, figure, figure.value_musd, figure.mass_t, how);
    }
    let Some(total) = total else { return named };
    let whole = total.value_musd.unwrap_or(0.0);
    let rest = whole - named;
    if rest > 0.0 {
        let how = if named > 0.0 {
            format!(
                "{}, less {} M USD of the goods that stand by themselves",
                total.derivation,
                number::fixed(named, 0)
            )
        } else {
            total.derivation.clone()
        };
        follow(TOTAL, &total, Some(rest), None, how);
    }
    whole.max(named)
}

/// What the whole of a flow holds beyond the partners that are listed.
fn rest_of_world(
    country: &str,
    flow: TradeFlow,
    by_partner: &BTreeMap<&str, Vec<&TradeRow>>,
    all: &[&TradeRow],
    listed_musd: f64,
    trades: &mut Trades,
) {
    let whole = by_partner
        .iter()
        .filter(|(partner, _)| WHOLE.contains(partner))
        .flat_map(|(_, rows)| rows.iter().copied())
        .filter(|row| row.commodity.as_str() == TOTAL);
    let Ok(figure) = best(whole, all) else { return };
    let rest = figure.value_musd.unwrap_or(0.0) - listed_musd;
    if rest > 0.0 {
        trades.unplaced.push(Unplaced {
            what: format!("{} of {country} with all other partners", plural(flow)),
            value_musd: Some(rest),
            why: format!(
                "trade.csv lists no other partner; {} less what is listed",
                figure.derivation
            ),
        });
    }
}

fn commodities<'a>(rows: &[&'a TradeRow]) -> Vec<&'a str> {
    let mut ids: Vec<&str> = rows.iter().map(|row| row.commodity.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// The figure that counts: whole years before parts of a year, later before earlier.
fn best<'a>(
    rows: impl Iterator<Item = &'a TradeRow>,
    all: &[&'a TradeRow],
) -> Result<Figure<'a>, String> {
    let mut seen = false;
    let found = rows
        .inspect(|_| seen = true)
        .filter_map(|row| figure(row, all))
        .filter(|figure| figure.months >= MIN_MONTHS)
        .max_by(|a, b| {
            let rank = |f: &Figure<'_>| (f.months >= MONTHS, f.row.year);
            rank(a)
                .cmp(&rank(b))
                .then(a.months.total_cmp(&b.months))
                .then(b.row.line.cmp(&a.row.line))
        });
    found.ok_or_else(|| {
        if seen {
            format!("no row gives a value or a mass for at least {MIN_MONTHS} months")
        } else {
            "no row".to_owned()
        }
    })
}

fn figure<'a>(row: &'a TradeRow, all: &[&TradeRow]) -> Option<Figure<'a>> {
    let months = months(row);
    let scale = MONTHS / months;
    let when = match &row.period {
        Some(period) => format!("{}/{period}", row.year),
        None => row.year.to_string(),
    };
    let mut derivation = when;
    let value = match (row.value_musd, row.share_pct) {
        (Some(value), _) => Some(value),
        (None, Some(share)) => all
            .iter()
            .find(|w| {
                WHOLE.contains(&w.partner.as_str())
                    && (&w.commodity, w.year, &w.period) == (&row.commodity, row.year, &row.period)
            })
            .and_then(|whole| whole.value_musd)
            .map(|whole| {
                derivation.push_str(&format!(": {share} % of {} M USD", number::fixed(whole, 0)));
                whole * share / 100.0
            }),
        _ => None,
    };
    if value.is_none() && row.mass_t.is_none() {
        return None;
    }
    if months < MONTHS {
        derivation.push_str(&format!(", times 12/{months}"));
    }
    Some(Figure {
        row,
        months,
        value_musd: value.map(|value| value * scale),
        mass_t: row.mass_t.map(|mass| mass * scale),
        derivation,
    })
}

/// Months that a row covers: `01..10`, `04`, `2023-08..2024-07`, or the whole year.
fn months(row: &TradeRow) -> f64 {
    let Some(period) = &row.period else {
        return MONTHS;
    };
    let number = |text: &str| -> Option<f64> {
        match text.split_once('-') {
            Some((year, month)) => {
                Some(year.parse::<f64>().ok()? * MONTHS + month.parse::<f64>().ok()?)
            }
            None => text.parse().ok(),
        }
    };
    match period.split_once("..") {
        Some((from, to)) => match (number(from), number(to)) {
            (Some(from), Some(to)) if to >= from => to - from + 1.0,
            _ => 1.0,
        },
        None => 1.0,
    }
}

/// Copper holds concentrate and cathodes: of goods whose HS headings lie within another's, the
/// wider one counts.
fn drop_parts(figures: &mut BTreeMap<&str, Figure<'_>>, world: &World) {
    let headings = |id: &str| -> Vec<String> {
        let goods = world.commodity(id);
        let hs = goods.map_or("", |c| c.hs.as_str());
        hs.split(';')
            .map(str::trim)
            .filter(|h| !h.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let ids: Vec<&str> = figures.keys().copied().collect();
    for id in &ids {
        let own = headings(id);
        let part = |other: &&&str| {
            let wider = headings(other);
            **other != *id
                && !own.is_empty()
                && own
                    .iter()
                    .all(|h| wider.iter().any(|w| h.starts_with(w.as_str())))
        };
        if ids.iter().any(|other| part(&other)) {
            figures.remove(id);
        }
    }
}

fn value_musd(figure: &Figure<'_>, world: &World) -> f64 {
    figure.value_musd.unwrap_or_else(|| {
        let goods = world.commodity(figure.row.commodity.as_str());
        let usd_per_t = goods.map_or(0.0, |c| world.params.get(c.value_usd_per_t).range.mid);
        figure.mass_t.unwrap_or(0.0) * usd_per_t / 1e6
    })
}

fn plural(flow: TradeFlow) -> &'static str {
    match flow {
        TradeFlow::Import => "imports",
        _ => "exports",
    }
}

fn words(country: &str, flow: TradeFlow, partner: &str, commodity: &str) -> String {
    let way = match flow {
        TradeFlow::Import => "from",
        _ => "to",
    };
    format!("{} of {country} {way} {partner}: {commodity}", plural(flow))
}
