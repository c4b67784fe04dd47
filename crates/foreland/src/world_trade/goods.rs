//! Groups of goods in the world's trade, and who ships and takes them.

use crate::atlas::{Atlas, TradeGroupRow, TradeShares, TradeSide};
use crate::error::{Error, Problem};
use crate::param::{Draw, atlas_param_id};
use crate::world::World;

/// Exports and imports that are left to a country's other goods once its listed goods are taken
/// off, at least, as a share of its exports or imports.
const LEAST_OTHER_SHARE: f64 = 0.1;

/// A group of goods.
#[derive(Clone, Debug, PartialEq)]
pub struct Goods {
    /// Commodity of `commodities.csv`.
    pub commodity: String,
    /// Name for people.
    pub name: String,
    /// Value, USD/t.
    pub value_usd_per_t: f64,
    /// Mass in a TEU, for containerised goods.
    pub t_per_teu: Option<f64>,
    /// Value of time, USD/(t h).
    pub time_usd_per_t_h: f64,
    /// World total by sea, t a year.
    pub sea_mass_t: f64,
    /// Distance over land at which 63 % of the goods take the sea, km.
    pub land_reach_km: f64,
    /// Ship class, by its number in the world.
    pub(crate) vessel: usize,
}

/// All groups of the atlas in a draw.
pub(crate) fn all(atlas: &Atlas, world: &World, draw: &Draw) -> Result<Vec<Goods>, Error> {
    let groups = &atlas.trade_groups.rows;
    groups
        .iter()
        .map(|row| {
            of_row(row, world, draw).ok_or_else(|| {
                let message = format!("the goods `{}` or their ship are not known", row.commodity);
                let remedy = "name a row of commodities.csv and one of vessels.csv";
                Problem::in_file("trade-groups.csv", message, remedy)
                    .on_line(row.line)
                    .into()
            })
        })
        .collect()
}

fn of_row(row: &TradeGroupRow, world: &World, draw: &Draw) -> Option<Goods> {
    let commodity = world.commodity(row.commodity.as_str())?;
    let drawn = |column: &str, value: f64| {
        let ix = world.params.ix(&atlas_param_id(row, column));
        ix.map_or(value, |ix| draw.get(ix))
    };
    let value = draw.get(commodity.value_usd_per_t);
    let vessel = world
        .vessels
        .iter()
        .position(|v| v.id == row.vessel.as_str())?;
    Some(Goods {
        commodity: commodity.id.clone(),
        name: commodity.name.clone(),
        value_usd_per_t: value,
        t_per_teu: commodity.t_per_teu.map(|ix| draw.get(ix)),
        time_usd_per_t_h: value * draw.get(commodity.time_value_pct_per_day) / 100.0 / 24.0,
        sea_mass_t: drawn("sea_mass_t", row.sea_mass_t.mid),
        land_reach_km: drawn("land_reach_km", row.land_reach_km.mid),
        vessel,
    })
}

/// Totals of exporters and importers of each group, by country; only ratios count.
pub(crate) fn totals(atlas: &Atlas, goods: &[Goods]) -> Vec<[Vec<f64>; 2]> {
    let listed: Vec<[Vec<f64>; 2]> = atlas
        .trade_groups
        .rows
        .iter()
        .map(|row| {
            [
                stated(atlas, row, row.origins, TradeSide::Export),
                stated(atlas, row, row.destinations, TradeSide::Import),
            ]
        })
        .collect();
    let other = [0, 1].map(|side| {
        let mut left: Vec<f64> = atlas
            .countries
            .rows
            .iter()
            .map(|c| 1e6 * [c.exports_musd, c.imports_musd][side])
            .collect();
        let all = left.clone();
        for (group, goods) in listed.iter().zip(goods) {
            let sum: f64 = group[side].iter().sum();
            let usd_per_listed = if sum > 0.0 {
                goods.sea_mass_t * goods.value_usd_per_t / sum
            } else {
                0.0
            };
            for (left, listed) in left.iter_mut().zip(&group[side]) {
                *left -= listed * usd_per_listed;
            }
        }
        let at_least = |(left, all): (f64, &f64)| left.max(all * LEAST_OTHER_SHARE);
        left.into_iter()
            .zip(&all)
            .map(at_least)
            .collect::<Vec<f64>>()
    });
    listed
        .into_iter()
        .zip(&atlas.trade_groups.rows)
        .map(|([origins, destinations], row)| {
            let or_other = |shares, own: Vec<f64>, side: usize| match shares {
                TradeShares::Trade => other[side].clone(),
                _ => own,
            };
            [
                or_other(row.origins, origins, 0),
                or_other(row.destinations, destinations, 1),
            ]
        })
        .collect()
}

/// Masses that the atlas states for one side of a trade, by country; zeros where shares follow
/// exports or imports.
fn stated(atlas: &Atlas, row: &TradeGroupRow, shares: TradeShares, side: TradeSide) -> Vec<f64> {
    let countries = &atlas.countries.rows;
    match shares {
        TradeShares::Trade => vec![0.0; countries.len()],
        TradeShares::Coal => countries
            .iter()
            .map(|c| match side {
                TradeSide::Export => c.coal_export_mass_t,
                TradeSide::Import => c.coal_import_mass_t,
            })
            .collect(),
        TradeShares::Listed => {
            let mut masses = vec![0.0; countries.len()];
            let ours =
                |w: &&crate::atlas::TradeWeightRow| w.commodity == row.commodity && w.flow == side;
            for weight in atlas.trade_weights.rows.iter().filter(ours) {
                if let Some(ix) = countries.iter().position(|c| c.code == weight.country) {
                    masses[ix] += weight.mass_t;
                }
            }
            masses
        }
    }
}
