//! The world's trade by tables that a user imported, in place of the estimate.
//!
//! BACI states value and mass of all trade by country pair and product. UN Comtrade and Comex Stat
//! state what some countries report: their trades are then those of the tables, and the trades of
//! other countries among themselves stay an estimate. Products are put into the groups of
//! `trade-groups.csv` by their headings; what does not go by sea by its nature is left out; the part
//! that goes over land between neighbours is estimated as for the gravity model, unless the table
//! tells how goods travel. Everything that is left out or filled in is counted in a sentence.

mod book;
mod classes;
mod read;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::country::Map;
use super::demand::{Trade, WorldDemand};
use super::goods::{self, Goods};
use crate::atlas::Atlas;
use crate::demand::DemandBasis;
use crate::error::{Error, Problem};
use crate::import::Kind;
use crate::import::stored::StoredTable;
use crate::param::Draw;
use crate::world::World;
use book::{Book, Report, ReportKey, Side, Sum};
use classes::Classes;

/// Kinds of tables that hold trade.
const KINDS: [Kind; 3] = [Kind::Baci, Kind::Comtrade, Kind::Comexstat];
/// Variant of Comex Stat's table of countries.
const COUNTRIES: &str = "countries";
/// The country that Comex Stat reports for.
const BRAZIL: &str = "BR";

/// Tables of the store that hold trade.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TradeSource {
    tables: Vec<StoredTable>,
}

impl TradeSource {
    /// The table `KIND/NAME` of a store: `baci`, `comtrade` or `comexstat`.
    ///
    /// # Errors
    ///
    /// What is wrong with the name, or that the store does not have it.
    pub fn named(store: &Path, name: &str) -> Result<TradeSource, Box<Problem>> {
        TradeSource::default().and(store, name)
    }

    /// The same with a further table.
    ///
    /// # Errors
    ///
    /// As [`named`](TradeSource::named); if the table cannot stand beside those before it: it states
    /// the whole world's trade, or its product codes are of another vintage.
    pub fn and(mut self, store: &Path, name: &str) -> Result<TradeSource, Box<Problem>> {
        let table = StoredTable::named(store, name, &KINDS)?;
        let refuse =
            |message: String, remedy: &str| Err(Box::new(Problem::in_file(name, message, remedy)));
        let variant = table.report.variant.as_str();
        if table.kind == Kind::Baci && variant != "flows" {
            return refuse(
                format!("`{name}` holds {variant}, no flows of trade"),
                "name the table of the file with the columns t,i,j,k,v,q",
            );
        }
        let world = |table: &StoredTable| table.kind == Kind::Baci;
        if !self.tables.is_empty() && (world(&table) || self.tables.iter().any(world)) {
            return refuse(
                "a table of BACI holds the whole world's trade; no other can stand beside it"
                    .to_owned(),
                "name it alone, or leave it out",
            );
        }
        if self.tables.contains(&table) {
            return refuse(
                format!("`{name}` stands there twice"),
                "name each table once",
            );
        }
        let vintage = |table: &StoredTable| table.report.hs.clone();
        let before = self.tables.iter().find_map(vintage);
        if let (Some(before), Some(now)) = (before, vintage(&table))
            && before != now
        {
            return refuse(
                format!(
                    "its product codes are of {now}, those of the tables before it of {before}"
                ),
                "name tables of one vintage of the Harmonized System",
            );
        }
        self.tables.push(table);
        Ok(self)
    }

    /// What the tables are, in words.
    fn words(&self) -> String {
        let words: Vec<String> = self.tables.iter().map(StoredTable::words).collect();
        let modes = if self.tables.iter().all(|t| t.kind == Kind::Comexstat) {
            "goods by sea"
        } else {
            "all modes of transport"
        };
        format!(
            "{}, {modes}, put into groups of goods by heading",
            words.join("; ")
        )
    }

    fn read(&self, atlas: &Atlas, book: &mut Book) -> Result<(), Error> {
        let of_brazil = |table: &&StoredTable| table.kind == Kind::Comexstat;
        let mut countries = BTreeMap::new();
        let names = |table: &StoredTable| table.report.variant == COUNTRIES;
        for table in self.tables.iter().filter(of_brazil).filter(|t| names(t)) {
            countries.extend(read::comexstat_countries(table, atlas)?);
        }
        let mut brazil = atlas.countries.rows.iter();
        let brazil = brazil.position(|row| row.code.to_string() == BRAZIL);
        for table in &self.tables {
            match table.kind {
                Kind::Comtrade => read::comtrade(table, book)?,
                Kind::Comexstat if names(table) => {}
                Kind::Comexstat => match brazil.filter(|_| !countries.is_empty()) {
                    Some(brazil) => read::comexstat(table, brazil, &countries, book)?,
                    None => return Err(without_countries(&table.name)),
                },
                _ => read::baci(table, book)?,
            }
        }
        Ok(())
    }
}

fn without_countries(name: &str) -> Error {
    Problem::in_file(
        name,
        "Comex Stat numbers countries in its own way, and its table of countries is missing",
        "import its PAIS.csv as comexstat and name it beside the table: \
         trade_with = [\"comexstat/PAIS\"]",
    )
    .into()
}

/// The demand by imported tables; what they do not cover is estimated.
///
/// # Errors
///
/// [`Error::Io`] and [`Error::Input`] if a table cannot be read; what is wrong in the atlas.
pub(super) fn demand(
    source: &TradeSource,
    atlas: &Atlas,
    world: &World,
    draw: &Draw,
) -> Result<WorldDemand, Error> {
    let goods = goods::all(atlas, world, draw)?;
    let mut book = Book::new(Classes::new(atlas, world, &goods));
    source.read(atlas, &mut book)?;
    let chosen = book.chosen();
    let covered = Covered::by(&chosen);
    let estimate = match covered.world {
        true => None,
        false => Some(WorldDemand::estimate(atlas, world, draw)?),
    };
    let mut table = Table {
        map: Map::of(atlas),
        land_mass_t: vec![0.0; goods.len()],
        trades: Vec::new(),
    };
    for (&key, report) in &chosen {
        table.add(key, report, &covered, &goods);
    }
    let Table {
        mut trades,
        land_mass_t,
        ..
    } = table;
    if trades.is_empty() {
        let why = "no trade is left between countries of countries.csv";
        return Err(source.tables[0].damaged(why));
    }
    let (imported_usd, mut remarks) = (value_usd(&trades), book.remarks(&chosen));
    let mut words = source.words();
    if let Some(estimate) = &estimate {
        let others = estimate.trades.iter().filter(|trade| !covered.holds(trade));
        let others: Vec<Trade> = others.copied().collect();
        let share = imported_usd / (imported_usd + value_usd(&others));
        remarks.push(format!(
            "{} of the value by sea is that of the tables; the other trades are estimated.",
            crate::number::share(share)
        ));
        words = format!("{words}; trades of other countries: {}", estimate.source);
        trades.extend(others);
    }
    trades.sort_by_key(|trade| (trade.goods, trade.from, trade.to));
    Ok(WorldDemand {
        basis: DemandBasis::Imported,
        source: words,
        remarks,
        countries: atlas
            .countries
            .rows
            .iter()
            .map(|row| row.code.to_string())
            .collect(),
        trades,
        land_mass_t,
        residual: Vec::new(),
        goods,
    })
}

fn value_usd(trades: &[Trade]) -> f64 {
    trades.iter().map(|t| t.mass_t * t.value_usd_per_t).sum()
}

/// Whose exports and imports the tables state.
struct Covered {
    world: bool,
    exports: BTreeSet<usize>,
    imports: BTreeSet<usize>,
}

impl Covered {
    fn by(chosen: &BTreeMap<ReportKey, Report>) -> Covered {
        let mut covered = Covered {
            world: false,
            exports: BTreeSet::new(),
            imports: BTreeSet::new(),
        };
        for key in chosen.keys() {
            match key.side {
                Side::World => covered.world = true,
                Side::Exports(country) => {
                    covered.exports.insert(country);
                }
                Side::Imports(country) => {
                    covered.imports.insert(country);
                }
            }
        }
        covered
    }

    fn holds(&self, trade: &Trade) -> bool {
        self.exports.contains(&trade.from) || self.imports.contains(&trade.to)
    }
}

/// Trades by sea as they are gathered.
struct Table {
    map: Map,
    land_mass_t: Vec<f64>,
    trades: Vec<Trade>,
}

impl Table {
    /// Adds what a report states, unless the exporter reports the same trade itself.
    fn add(&mut self, key: ReportKey, report: &Report, covered: &Covered, goods: &[Goods]) {
        let per_year = report.per_year(key);
        for (&(group, from, to), sum) in &report.trades {
            let told_by_exporter =
                matches!(key.side, Side::Imports(_)) && covered.exports.contains(&from);
            if !told_by_exporter {
                self.trade((group, from, to), sum, per_year, key.by_sea, &goods[group]);
            }
        }
    }

    fn trade(
        &mut self,
        (group, from, to): (usize, usize, usize),
        sum: &Sum,
        per_year: f64,
        by_sea: bool,
        goods: &Goods,
    ) {
        let whole_t = sum.mass_t + sum.unweighed_usd / goods.value_usd_per_t;
        let mass_t = whole_t * per_year;
        let share = match by_sea {
            true => 1.0,
            false => self.map.sea_share(from, to, goods.land_reach_km),
        };
        self.land_mass_t[group] += mass_t * (1.0 - share);
        if mass_t * share > 0.0 {
            self.trades.push(Trade {
                goods: group,
                from,
                to,
                mass_t: mass_t * share,
                value_usd_per_t: sum.usd / whole_t,
            });
        }
    }
}
