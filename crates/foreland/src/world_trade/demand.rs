//! The world's demand for carriage by sea: an estimate by the gravity model.

use super::country::Map;
use super::goods::{self, Goods};
use super::gravity;
use crate::atlas::Atlas;
use crate::demand::{Demand, DemandBasis};
use crate::error::Error;
use crate::param::Draw;
use crate::world::World;

/// What every demand of the estimate says of itself.
pub const SOURCE: &str = "estimate by a gravity model with the totals of countries.csv, \
     trade-groups.csv and trade-weights.csv";

/// Goods of one group from one country to another, by sea.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trade {
    /// Group, by its number in [`WorldDemand::goods`].
    pub goods: usize,
    /// Exporter, by its number in [`WorldDemand::countries`].
    pub from: usize,
    /// Importer.
    pub to: usize,
    /// Mass, t a year.
    pub mass_t: f64,
    /// Value of these goods on this way, USD/t.
    pub value_usd_per_t: f64,
}

/// The world's trade by sea, and what goes over land.
#[derive(Clone, Debug, PartialEq)]
pub struct WorldDemand {
    /// How the trades were found.
    pub basis: DemandBasis,
    /// The same in words, with provenance.
    pub source: String,
    /// What was left out or filled in, in sentences.
    pub remarks: Vec<String>,
    /// Countries (ISO 3166-1 alpha-2), in atlas order.
    pub countries: Vec<String>,
    /// Groups of goods.
    pub goods: Vec<Goods>,
    /// Trades with a mass, by group, exporter and importer.
    pub trades: Vec<Trade>,
    /// By group: what goes over land instead, t a year.
    pub land_mass_t: Vec<f64>,
    /// By group: how far a country's total is off at most, as a share of the world's.
    pub residual: Vec<f64>,
}

impl WorldDemand {
    /// Estimates the world's trade in a draw of all parameters.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] if a group names goods or ships that the atlas does not have.
    pub fn estimate(atlas: &Atlas, world: &World, draw: &Draw) -> Result<WorldDemand, Error> {
        let goods = goods::all(atlas, world, draw)?;
        let map = Map::of(atlas);
        let elasticity = draw.get(world.model.gravity_distance_elasticity);
        let border = draw.get(world.model.gravity_border_effect).exp();
        let friction: Vec<f64> = map
            .km
            .iter()
            .zip(&map.borders)
            .map(|(km, &borders)| km.powf(-elasticity) * if borders { border } else { 1.0 })
            .collect();
        let mut demand = WorldDemand {
            basis: DemandBasis::Gravity,
            source: SOURCE.to_owned(),
            remarks: Vec::new(),
            countries: atlas
                .countries
                .rows
                .iter()
                .map(|row| row.code.to_string())
                .collect(),
            trades: Vec::new(),
            land_mass_t: Vec::new(),
            residual: Vec::new(),
            goods: Vec::new(),
        };
        for (number, totals) in goods::totals(atlas, &goods).iter().enumerate() {
            let flows = gravity::balanced(&totals[0], &totals[1], &friction);
            demand.residual.push(flows.residual);
            demand.add(number, &goods[number], &flows.share, &map);
        }
        demand.goods = goods;
        Ok(demand)
    }

    /// Adds a group's trades, brought to the world total by sea.
    fn add(&mut self, number: usize, goods: &Goods, share: &[f64], map: &Map) {
        let by_sea: Vec<f64> = (0..share.len())
            .map(|pair| {
                let (from, to) = (pair / map.n, pair % map.n);
                share[pair] * map.sea_share(from, to, goods.land_reach_km)
            })
            .collect();
        let (all, sea): (f64, f64) = (share.iter().sum(), by_sea.iter().sum());
        let mass_per_share = if sea > 0.0 {
            goods.sea_mass_t / sea
        } else {
            0.0
        };
        self.land_mass_t.push((all - sea) * mass_per_share);
        let trades = by_sea.iter().enumerate().filter(|(_, share)| **share > 0.0);
        self.trades.extend(trades.map(|(pair, share)| Trade {
            goods: number,
            from: pair / map.n,
            to: pair % map.n,
            mass_t: share * mass_per_share,
            value_usd_per_t: goods.value_usd_per_t,
        }));
    }

    /// The trades as demands; each says that it is an estimate.
    pub fn demands(&self) -> Vec<Demand> {
        let demand = |trade: &Trade| {
            let goods = &self.goods[trade.goods];
            Demand {
                origin: self.countries[trade.from].clone(),
                destination: self.countries[trade.to].clone(),
                commodity: goods.commodity.clone(),
                value_usd: trade.mass_t * trade.value_usd_per_t,
                mass_t: trade.mass_t,
                teu: goods.t_per_teu.map_or(0.0, |t| trade.mass_t / t),
                basis: self.basis,
                source: self.source.clone(),
            }
        };
        self.trades.iter().map(demand).collect()
    }
}
