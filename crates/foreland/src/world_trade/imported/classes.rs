//! Countries and products of trade statistics, as the world's trade knows them.

use std::collections::BTreeMap;

use super::super::goods::Goods;
use crate::atlas::Atlas;
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

/// Where countries' numbers and products belong.
pub(super) struct Classes {
    countries: BTreeMap<i64, usize>,
    /// Headings with their group; none for what is no cargo.
    headings: Vec<(String, Result<usize, &'static str>)>,
    rest: usize,
}

impl Classes {
    pub(super) fn new(atlas: &Atlas, world: &World, goods: &[Goods]) -> Classes {
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
        Classes {
            countries: rows
                .filter_map(|(ix, row)| Some((row.numeric.parse().ok()?, ix)))
                .collect(),
            headings,
            rest: goods.iter().position(|g| g.commodity == REST).unwrap_or(0),
        }
    }

    /// The country of a number.
    ///
    /// # Errors
    ///
    /// Why it has none.
    pub(super) fn country(&self, code: i64) -> Result<usize, String> {
        let same = SAME_COUNTRY.iter().find(|(other, _)| *other == code);
        let iso = same.map_or(code, |(_, iso)| *iso);
        let found = self.countries.get(&iso).copied();
        found.ok_or_else(|| format!("country {code} is not in countries.csv"))
    }

    /// The group of a product.
    ///
    /// # Errors
    ///
    /// Why it is no cargo of ships.
    pub(super) fn group(&self, product: &str) -> Result<usize, String> {
        let fits = |(heading, _): &&(String, _)| product.starts_with(heading.as_str());
        match self.headings.iter().find(fits) {
            Some((_, Ok(group))) => Ok(*group),
            Some((heading, Err(why))) => Err(format!("heading {heading} is {why}")),
            None => Ok(self.rest),
        }
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

#[cfg(test)]
mod tests {
    use super::spelt_out;

    #[test]
    fn ranges_of_headings_are_spelt_out() {
        assert_eq!(spelt_out("0801-0803; 12"), ["0801", "0802", "0803", "12"]);
        assert!(spelt_out("").is_empty());
    }
}
