//! What a voyage costs and emits: the ship's time, its fuel, and tolls.
//!
//! Hours and prices are those of the chains from door to door ([`crate::chain`]). Port dues,
//! handling, boxes, the way back and the carrier's margin are left out: they belong to the goods'
//! journey, not to the way over water.

use jiff::civil::Date;

use super::{Answer, Charts};
use crate::atlas::{Atlas, VesselKind};
use crate::chain::{passage_hours, product, sea_hours, ship_hours, toll_usd};
use crate::ensemble::{Sampler, spread};
use crate::error::Error;
use crate::findings::{Basis, Spread};
use crate::param::{Draw, ParamIx, Reads};
use crate::world::{Passage, Vessel, World};

/// Ranges come from so many draws of the assumptions: their ends move by a few per cent with more.
const DRAWS: u32 = 200;
const SEED: u64 = 1;
const HOURS_PER_DAY: f64 = 24.0;
const KG_PER_T: f64 = 1000.0;
/// Ships, fuels, passages and tolls of the atlas have no dates: any day has the same.
const ANY_DAY: Date = Date::constant(2000, 1, 1);

/// The ships of an atlas with the draws of what is uncertain about them.
pub struct Fleet {
    world: World,
    central: Draw,
    draws: Vec<Draw>,
}

/// What one voyage of a ship costs and emits.
#[derive(Clone, Debug, PartialEq)]
pub struct VoyageCost {
    /// Time of the ship that is paid for, with margins for weather and detours, h.
    pub ship_time_h: Spread,
    /// Charter, fuel and tolls, USD.
    pub total_usd: Spread,
    /// Of the central total, charter, USD.
    pub charter_usd: f64,
    /// Of the central total, fuel, USD.
    pub fuel_usd: f64,
    /// Of the central total, tolls, USD.
    pub tolls_usd: f64,
    /// Fuel, t.
    pub fuel_t: Spread,
    /// Tank to wake, t CO2e.
    pub ttw_t_co2e: Spread,
    /// Well to wake, t CO2e.
    pub wtw_t_co2e: Spread,
    /// The share of a unit of cargo, where the class has one.
    pub per_unit: Option<PerUnit>,
}

/// The share of a unit of cargo at the usual load.
#[derive(Clone, Debug, PartialEq)]
pub struct PerUnit {
    /// `TEU` or `t`.
    pub unit: &'static str,
    /// USD a unit.
    pub usd: Spread,
    /// Well to wake, kg CO2e a unit.
    pub wtw_kg_co2e: Spread,
}

/// An assumption that costs rest on.
#[derive(Clone, Debug, PartialEq)]
pub struct Assumption {
    /// Identifier in the atlas.
    pub id: String,
    /// Label for people.
    pub label: String,
    /// Central value.
    pub value: f64,
    /// Low end.
    pub low: f64,
    /// High end.
    pub high: f64,
    /// Unit of all three.
    pub unit: String,
    /// How well it is grounded.
    pub basis: Basis,
    /// Where it comes from.
    pub source: String,
}

/// A way as far as costs go.
struct Way<'a> {
    vessel: &'a Vessel,
    distance_nm: f64,
    speed_kn: f64,
    passages: Vec<&'a Passage>,
}

/// A voyage in one draw.
struct Drawn {
    hours: f64,
    charter_usd: f64,
    fuel_usd: f64,
    tolls_usd: f64,
    ttw_kg: f64,
    wtw_kg: f64,
    units: Option<f64>,
}

impl Fleet {
    /// The ships of an atlas.
    ///
    /// # Errors
    ///
    /// Those of [`World::at`].
    pub fn of_atlas(atlas: &Atlas) -> Result<Fleet, Error> {
        let world = World::at(atlas, ANY_DAY)?;
        let sampler = Sampler::new(&world.params, SEED, DRAWS);
        Ok(Fleet {
            central: Draw::central(&world.params),
            draws: (0..DRAWS).map(|run| sampler.draw(run)).collect(),
            world,
        })
    }

    /// The class that costs are told for where none is named: the container ship of median
    /// capacity.
    pub fn usual_class(&self) -> Option<&str> {
        let mut liners: Vec<&Vessel> = self
            .world
            .vessels
            .iter()
            .filter(|vessel| vessel.kind == VesselKind::Container)
            .collect();
        let teu = |vessel: &Vessel| vessel.capacity_teu.unwrap_or(0.0);
        liners.sort_by(|a, b| teu(a).total_cmp(&teu(b)));
        liners
            .get(liners.len() / 2)
            .map(|vessel| vessel.id.as_str())
    }

    /// What a voyage costs a ship of a class; `None` if there is no such class.
    pub fn cost(
        &self,
        class: &str,
        distance_nm: f64,
        speed_kn: f64,
        passages: &[&str],
    ) -> Option<VoyageCost> {
        let way = self.way(class, distance_nm, speed_kn, passages)?;
        let central = way.drawn(&self.world, &self.central);
        let draws: Vec<Drawn> = self
            .draws
            .iter()
            .map(|draw| way.drawn(&self.world, draw))
            .collect();
        let over = |unit: &str, of: &dyn Fn(&Drawn) -> f64| {
            spread(
                unit,
                of(&central),
                &draws.iter().map(of).collect::<Vec<_>>(),
            )
        };
        let fuel = &way.vessel.fuel;
        let per_unit = central.units.map(|_| PerUnit {
            unit: if way.vessel.capacity_teu.is_some() {
                "TEU"
            } else {
                "t"
            },
            usd: over("USD", &|d| d.usd() / d.units.unwrap_or(1.0)),
            wtw_kg_co2e: over("kg CO2e", &|d| d.wtw_kg / d.units.unwrap_or(1.0)),
        });
        Some(VoyageCost {
            ship_time_h: over("h", &|d| d.hours),
            total_usd: over("USD", &Drawn::usd),
            charter_usd: central.charter_usd,
            fuel_usd: central.fuel_usd,
            tolls_usd: central.tolls_usd,
            fuel_t: over("t", &|d| d.ttw_kg / fuel.ttw_t_per_t / KG_PER_T),
            ttw_t_co2e: over("t CO2e", &|d| d.ttw_kg / KG_PER_T),
            wtw_t_co2e: over("t CO2e", &|d| d.wtw_kg / KG_PER_T),
            per_unit,
        })
    }

    /// What the cost of some ways of a class rests on: each value that is asked for on the way.
    pub fn assumptions(&self, class: &str, speed_kn: f64, passages: &[&str]) -> Vec<Assumption> {
        let Some(way) = self.way(class, 1.0, speed_kn, passages) else {
            return Vec::new();
        };
        let reads = Reads::of(self.world.params.len());
        let _ = way.drawn(&self.world, &self.central.clone().noting(&reads));
        let asked = |(ix, _): &(ParamIx, _)| reads.contains(*ix);
        let params = self.world.params.iter().filter(asked);
        params
            .map(|(_, param)| Assumption {
                id: param.id.clone(),
                label: param.label.clone(),
                value: param.range.mid,
                low: param.range.low,
                high: param.range.high,
                unit: param.unit.clone(),
                basis: param.origin.basis,
                source: param.origin.source.clone(),
            })
            .collect()
    }

    fn way(
        &self,
        class: &str,
        distance_nm: f64,
        speed_kn: f64,
        passages: &[&str],
    ) -> Option<Way<'_>> {
        let known = |id: &&str| self.world.passages.iter().find(|p| p.id == **id);
        Some(Way {
            vessel: self.world.vessel(class)?,
            distance_nm,
            speed_kn,
            passages: passages.iter().filter_map(known).collect(),
        })
    }
}

impl Answer {
    /// Adds what each route costs at a speed; without a speed nothing is known of it.
    pub(super) fn take_costs(
        &mut self,
        charts: &Charts,
        class: Option<&str>,
        speed_kn: Option<f64>,
    ) {
        let Some((speed_kn, fleet)) = speed_kn.zip(charts.fleet()) else {
            return;
        };
        let fleet = match fleet {
            Ok(fleet) => fleet,
            Err(why) => return self.notes.push(format!("No costs and emissions: {why}")),
        };
        let Some(class) = class.or_else(|| fleet.usual_class()) else {
            return;
        };
        for found in &mut self.routes {
            let nm = found.route.distance.nm();
            found.cost = fleet.cost(class, nm, speed_kn, &found.passages());
        }
        let mut taken: Vec<&str> = self.routes.iter().flat_map(|f| f.passages()).collect();
        taken.sort_unstable();
        taken.dedup();
        self.assumptions = fleet.assumptions(class, speed_kn, &taken);
        self.cost_class = Some(class.to_owned());
    }
}

impl Way<'_> {
    fn drawn(&self, world: &World, draw: &Draw) -> Drawn {
        let (at_sea, idle) = ship_hours(world, self.vessel, self.speed_kn, draw);
        let sea_h = sea_hours(world, draw, self.distance_nm, self.speed_kn);
        let idle_h: f64 = self.passages.iter().map(|p| passage_hours(p, draw)).sum();
        let tolls = self.passages.iter();
        let tolls_usd = tolls.map(|p| toll_usd(world, p, self.vessel, draw)).sum();
        let hours = sea_h + idle_h;
        let charter_usd_per_day =
            draw.get(self.vessel.charter_usd_per_day) * product(draw, &self.vessel.price_factors);
        let charter_usd = charter_usd_per_day / HOURS_PER_DAY * hours;
        Drawn {
            hours,
            charter_usd,
            fuel_usd: sea_h * at_sea.usd + idle_h * idle.usd - charter_usd,
            tolls_usd,
            ttw_kg: sea_h * at_sea.ttw_kg + idle_h * idle.ttw_kg,
            wtw_kg: sea_h * at_sea.wtw_kg + idle_h * idle.wtw_kg,
            units: self.units(world, draw),
        }
    }

    /// Cargo on board at the usual load. Of other kinds of ships the deadweight says little.
    fn units(&self, world: &World, draw: &Draw) -> Option<f64> {
        match self.vessel.kind {
            VesselKind::Container => {
                Some(self.vessel.capacity_teu? * draw.get(world.model.load_factor))
            }
            VesselKind::Bulk | VesselKind::Tanker => {
                Some(self.vessel.dwt_t? * draw.get(world.model.bulk_load_factor))
            }
            _ => None,
        }
    }
}

impl Drawn {
    fn usd(&self) -> f64 {
        self.charter_usd + self.fuel_usd + self.tolls_usd
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Fleet;
    use crate::atlas::Atlas;

    fn fleet() -> Fleet {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../atlas");
        Fleet::of_atlas(&Atlas::load(&dir).expect("the atlas")).expect("ships")
    }

    fn near(a: f64, b: f64) -> bool {
        (a / b - 1.0).abs() < 1e-9
    }

    #[test]
    fn a_voyage_over_open_sea_is_time_and_fuel_worked_out_by_hand() {
        let fleet = fleet();
        let ship = fleet.world.vessel("neopanamax").expect("a class");
        let kn = ship.design_speed_kn;
        let cost = fleet.cost("neopanamax", 10_000.0, kn, &[]).expect("a cost");
        // Central values: 2 % detours, 5 % weather, 3 % speed held by fuel to the third power.
        let hours = 10_000.0 * 1.02 / kn * 1.05;
        let fuel_t = hours / 24.0 * ship.fuel_design_t_per_day * 1.03f64.powi(3);
        assert!(near(cost.ship_time_h.central, hours), "{cost:?}");
        assert!(near(cost.fuel_t.central, fuel_t), "{cost:?}");
        let price = fleet.central.get(ship.fuel.price_usd_per_t);
        let charter = fleet.central.get(ship.charter_usd_per_day) * hours / 24.0;
        assert!(near(cost.fuel_usd, fuel_t * price), "{cost:?}");
        assert!(near(cost.charter_usd, charter), "{cost:?}");
        assert_eq!(cost.tolls_usd, 0.0);
        assert!(near(
            cost.wtw_t_co2e.central,
            fuel_t * ship.fuel.wtw_t_per_t
        ));
        assert!(near(
            cost.ttw_t_co2e.central,
            fuel_t * ship.fuel.ttw_t_per_t
        ));
        let teu = ship.capacity_teu.expect("TEU") * 0.7;
        let per_teu = cost.per_unit.expect("a share");
        assert!(near(per_teu.usd.central, cost.total_usd.central / teu));
    }

    #[test]
    fn ranges_have_two_ends_and_parts_add_up() {
        let fleet = fleet();
        for vessel in &fleet.world.vessels {
            let kn = vessel.design_speed_kn;
            let cost = fleet
                .cost(&vessel.id, 8_300.0, kn, &["suez"])
                .expect("a cost");
            let sum = cost.charter_usd + cost.fuel_usd + cost.tolls_usd;
            assert!(near(cost.total_usd.central, sum), "{}", vessel.id);
            assert!(cost.tolls_usd > 0.0, "{}", vessel.id);
            for figure in [&cost.total_usd, &cost.ship_time_h, &cost.wtw_t_co2e] {
                // The centre may lie below the range: margins reach further up than down.
                let held = figure.p5 < figure.p50 && figure.p50 < figure.p95;
                assert!(
                    held && figure.central < figure.p95,
                    "{} {figure:?}",
                    vessel.id
                );
            }
        }
    }

    #[test]
    fn slower_burns_less_and_takes_longer() {
        let fleet = fleet();
        let at = |kn| fleet.cost("capesize", 11_000.0, kn, &[]).expect("a cost");
        let (slow, fast) = (at(11.0), at(14.0));
        assert!(slow.fuel_t.central < fast.fuel_t.central);
        assert!(slow.ship_time_h.central > fast.ship_time_h.central);
        assert!(slow.charter_usd > fast.charter_usd);
    }

    #[test]
    fn assumptions_are_those_that_the_way_asks_for() {
        let fleet = fleet();
        let ids = |passages: &[&str]| -> Vec<String> {
            let asked = fleet.assumptions("panamax-4800", 16.0, passages);
            asked.into_iter().map(|one| one.id).collect()
        };
        let open = ids(&[]);
        assert!(
            open.contains(&"parameters/distance_margin".to_owned()),
            "{open:?}"
        );
        assert!(open.contains(&"vessels/panamax-4800/charter_usd_per_day".to_owned()));
        assert!(!open.iter().any(|id| id.contains("suez")), "{open:?}");
        let suez = ids(&["suez"]);
        assert!(
            suez.iter().any(|id| id == "passages/suez/queue_h"),
            "{suez:?}"
        );
        assert!(suez.len() > open.len());
    }
}
