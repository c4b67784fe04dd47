//! The world's trade by a table that a user imported, in place of the estimate.
//!
//! BACI states value and mass by country pair and product for all modes of transport together.
//! Products are put into the groups of `trade-groups.csv` by their headings; what does not go by
//! sea by its nature is left out; the part that goes over land between neighbours is estimated as
//! for the gravity model. Everything that is left out or filled in is counted in a sentence.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::{Path, PathBuf};

use arrow_array::{Array, Float64Array, Int64Array, RecordBatch, StringArray};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::country::Map;
use super::demand::{Trade, WorldDemand};
use super::goods::{self, Goods};
use crate::atlas::Atlas;
use crate::demand::DemandBasis;
use crate::error::{Error, Problem};
use crate::param::Draw;
use crate::report::number;
use crate::world::World;

/// Headings that do not go by sea as cargo, with the reason.
const NOT_CARGO: [(&str, &str); 5] = [
    ("2716", "electricity"),
    ("271121", "natural gas in pipes"),
    ("7102", "diamonds, by air"),
    ("7108", "gold, by air"),
    ("89", "ships, which sail themselves"),
];
/// Numbers of the trade statistics for countries that ISO 3166 numbers otherwise.
const SAME_COUNTRY: [(i64, i64); 8] = [
    (58, 56),
    (251, 250),
    (490, 158),
    (579, 578),
    (699, 356),
    (711, 710),
    (757, 756),
    (842, 840),
];
/// Group of what no heading puts elsewhere.
const REST: &str = "containers";

/// A table of the store that holds trade.
#[derive(Clone, Debug, PartialEq)]
pub struct TradeSource {
    table: PathBuf,
    /// Provenance in words.
    words: String,
}

impl TradeSource {
    /// The table `baci/NAME` of a store.
    ///
    /// # Errors
    ///
    /// What is wrong with the name, or that the store does not have it.
    pub fn named(store: &Path, name: &str) -> Result<TradeSource, Box<Problem>> {
        let refuse = |message: String, remedy: String| {
            Err(Box::new(Problem::in_file(name, message, remedy)))
        };
        let Some((kind, stem)) = name.split_once('/') else {
            return refuse(
                format!("`{name}` names no table of the store"),
                "write KIND/NAME, such as baci/BACI_HS17_Y2022_V202401b".to_owned(),
            );
        };
        if kind != "baci" {
            return refuse(
                format!("world trade cannot be read from `{kind}`"),
                "import a file of BACI and name it as baci/NAME".to_owned(),
            );
        }
        let is_plain = !stem.is_empty() && !stem.starts_with('.') && !stem.contains(['/', '\\']);
        let table = store.join(kind).join(format!("{stem}.parquet"));
        let provenance = std::fs::read(table.with_extension("json")).ok();
        let facts: Option<serde_json::Value> =
            provenance.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let Some(facts) = facts.filter(|_| is_plain && table.is_file()) else {
            return refuse(
                format!("the store {} does not have `{name}`", store.display()),
                "bring the file with `foreland atlas import baci FILE`".to_owned(),
            );
        };
        let text = |key: &str| facts[key].as_str().unwrap_or("not stated").to_owned();
        if text("variant") != "flows" {
            return refuse(
                format!("`{name}` holds {}, no flows of trade", text("variant")),
                "name the table of the file with the columns t,i,j,k,v,q".to_owned(),
            );
        }
        let words = format!(
            "imported {} ({}, {}; {}; SHA-256 {}), all modes of transport, put into groups of goods by \
             heading",
            text("file"),
            text("source"),
            text("hs"),
            text("licence"),
            text("sha256").get(..12).unwrap_or_default(),
        );
        Ok(TradeSource { table, words })
    }
}

/// The demand by an imported table.
///
/// # Errors
///
/// [`Error::Io`] and [`Error::Input`] if the table cannot be read; what is wrong in the atlas.
pub(super) fn demand(
    source: &TradeSource,
    atlas: &Atlas,
    world: &World,
    draw: &Draw,
) -> Result<WorldDemand, Error> {
    let goods = goods::all(atlas, world, draw)?;
    let mut sums = Sums::new(atlas, world, &goods);
    sums.read(&source.table)?;
    let map = Map::of(atlas);
    let years = sums.years.len().max(1) as f64;
    let mut land_mass_t = vec![0.0; goods.len()];
    let mut trades = Vec::new();
    for (&(group, from, to), sum) in &sums.trades {
        let usd_per_t = goods[group].value_usd_per_t;
        let mass_t = (sum.mass_t + sum.unweighed_usd / usd_per_t) / years;
        if mass_t <= 0.0 {
            continue;
        }
        let by_sea = map.sea_share(from, to, goods[group].land_reach_km);
        land_mass_t[group] += mass_t * (1.0 - by_sea);
        trades.push(Trade {
            goods: group,
            from,
            to,
            mass_t: mass_t * by_sea,
            value_usd_per_t: sum.usd / years / mass_t,
        });
    }
    trades.retain(|trade| trade.mass_t > 0.0);
    if trades.is_empty() {
        return Err(damaged(
            &source.table,
            "no trade is left between countries of countries.csv",
        ));
    }
    Ok(WorldDemand {
        basis: DemandBasis::Imported,
        source: source.words.clone(),
        remarks: sums.remarks(),
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

#[derive(Clone, Copy, Default)]
struct Sum {
    usd: f64,
    mass_t: f64,
    /// Value of rows without a mass.
    unweighed_usd: f64,
}

/// The table added up by group, exporter and importer.
struct Sums {
    countries: BTreeMap<i64, usize>,
    /// Headings with their group; none for what is no cargo.
    headings: Vec<(String, Result<usize, &'static str>)>,
    rest: usize,
    trades: BTreeMap<(usize, usize, usize), Sum>,
    years: BTreeSet<i64>,
    rows: u64,
    unweighed: u64,
    /// Rows and value by reason.
    left_out: BTreeMap<String, (u64, f64)>,
}

impl Sums {
    fn new(atlas: &Atlas, world: &World, goods: &[Goods]) -> Sums {
        let mut headings: Vec<(String, Result<usize, &'static str>)> = NOT_CARGO
            .iter()
            .map(|(heading, why)| ((*heading).to_owned(), Err(*why)))
            .collect();
        for (group, goods) in goods.iter().enumerate() {
            let hs = world
                .commodity(&goods.commodity)
                .map_or("", |c| c.hs.as_str());
            headings.extend(
                spelt_out(hs)
                    .into_iter()
                    .map(|heading| (heading, Ok(group))),
            );
        }
        // The longest heading that fits a product decides.
        headings.sort_by_key(|(heading, _)| std::cmp::Reverse(heading.len()));
        let rows = atlas.countries.rows.iter().enumerate();
        Sums {
            countries: rows
                .filter_map(|(ix, row)| Some((row.numeric.parse().ok()?, ix)))
                .collect(),
            headings,
            rest: goods.iter().position(|g| g.commodity == REST).unwrap_or(0),
            trades: BTreeMap::new(),
            years: BTreeSet::new(),
            rows: 0,
            unweighed: 0,
            left_out: BTreeMap::new(),
        }
    }

    fn read(&mut self, table: &Path) -> Result<(), Error> {
        let file = File::open(table).map_err(|cause| Error::Io {
            action: "read",
            path: table.to_owned(),
            cause,
        })?;
        let wrong = |why: &dyn std::fmt::Display| damaged(table, &why.to_string());
        let batches = ParquetRecordBatchReaderBuilder::try_new(file)
            .and_then(ParquetRecordBatchReaderBuilder::build)
            .map_err(|error| wrong(&error))?;
        for batch in batches {
            let batch = batch.map_err(|error| wrong(&error))?;
            self.add(&batch)
                .ok_or_else(|| wrong(&"its columns are not those of an import of BACI"))?;
        }
        Ok(())
    }

    fn add(&mut self, batch: &RecordBatch) -> Option<()> {
        let whole = |name: &str| {
            batch
                .column_by_name(name)?
                .as_any()
                .downcast_ref::<Int64Array>()
        };
        let figure = |name: &str| {
            batch
                .column_by_name(name)?
                .as_any()
                .downcast_ref::<Float64Array>()
        };
        let (years, from, to) = (whole("t")?, whole("i")?, whole("j")?);
        let products: &StringArray = batch.column_by_name("k")?.as_any().downcast_ref()?;
        let (values, masses) = (figure("v")?, figure("q")?);
        for row in 0..batch.num_rows() {
            // BACI states value in thousands.
            let usd = 1e3 * values.value(row);
            self.rows += 1;
            self.years.insert(years.value(row));
            let place = self.country(from.value(row)).and_then(|from| {
                let to = self.country(to.value(row))?;
                Ok((self.group(products.value(row))?, from, to))
            });
            match place {
                Ok(key) => {
                    let sum = self.trades.entry(key).or_default();
                    sum.usd += usd;
                    if masses.is_valid(row) {
                        sum.mass_t += masses.value(row);
                    } else {
                        sum.unweighed_usd += usd;
                        self.unweighed += 1;
                    }
                }
                Err(why) => {
                    let count = self.left_out.entry(why).or_default();
                    count.0 += 1;
                    count.1 += usd;
                }
            }
        }
        Some(())
    }

    fn country(&self, code: i64) -> Result<usize, String> {
        let same = SAME_COUNTRY.iter().find(|(other, _)| *other == code);
        let iso = same.map_or(code, |(_, iso)| *iso);
        let found = self.countries.get(&iso).copied();
        found.ok_or_else(|| format!("country {code} is not in countries.csv"))
    }

    fn group(&self, product: &str) -> Result<usize, String> {
        let fits = |(heading, _): &&(String, _)| product.starts_with(heading.as_str());
        match self.headings.iter().find(fits) {
            Some((_, Ok(group))) => Ok(*group),
            Some((heading, Err(why))) => Err(format!("heading {heading} is {why}")),
            None => Ok(self.rest),
        }
    }

    fn remarks(&self) -> Vec<String> {
        let out: u64 = self.left_out.values().map(|(rows, _)| rows).sum();
        let usd: f64 = self.left_out.values().map(|(_, usd)| usd).sum();
        let years: Vec<String> = self.years.iter().map(i64::to_string).collect();
        let count = |rows: u64| number::fixed(rows as f64, 0);
        let mut remarks = vec![format!(
            "Trade of {}: {} rows read = {} used + {} left out ({} bn USD); {} without a mass, which \
             the mean value of their goods stands in for. Air freight is not told apart.",
            years.join(", "),
            count(self.rows),
            count(self.rows - out),
            count(out),
            number::fixed(usd / 1e9, 1),
            count(self.unweighed),
        )];
        for (why, (rows, usd)) in &self.left_out {
            remarks.push(format!(
                "Left out: {why}, {} rows, {} bn USD.",
                count(*rows),
                number::fixed(usd / 1e9, 2)
            ));
        }
        remarks
    }
}

/// `1001-1008;1201` as single headings.
fn spelt_out(hs: &str) -> Vec<String> {
    let parts = hs.split(';').map(str::trim).filter(|part| !part.is_empty());
    parts
        .flat_map(|part| {
            let ends = part.split_once('-').and_then(|(low, high)| {
                Some((
                    low.parse::<u32>().ok()?,
                    high.parse::<u32>().ok()?,
                    low.len(),
                ))
            });
            match ends {
                Some((low, high, width)) => (low..=high).map(|n| format!("{n:0width$}")).collect(),
                None => vec![part.to_owned()],
            }
        })
        .collect()
}

fn damaged(table: &Path, why: &str) -> Error {
    Problem::in_file(
        table.display().to_string(),
        format!("the table cannot be used: {why}"),
        "import the file again",
    )
    .into()
}

#[cfg(test)]
mod tests {
    use super::spelt_out;

    #[test]
    fn ranges_of_headings_are_spelt_out() {
        assert_eq!(spelt_out("0801-0803; 12"), ["0801", "0802", "0803", "12"]);
        assert!(spelt_out("").is_empty());
    }
}
