//! Tables of trade statistics as entries of a [`Book`].

use std::collections::BTreeMap;

use arrow_array::Array;

use super::book::{Book, Entry, ReportKey, Side};
use crate::atlas::Atlas;
use crate::error::Error;
use crate::import::stored::{StoredTable, word};

/// Digits of BACI's products.
const BACI_DIGITS: usize = 6;
/// Comtrade: all partners together.
const WORLD: i64 = 0;
/// Comtrade: all customs procedures, and all modes of transport.
const ALL_CUSTOMS: &str = "C00";
const ALL_MODES: &str = "0";
/// Comex Stat: by sea.
const BY_SEA: &str = "01";
/// Digits of a Mercosur code.
const NCM_DIGITS: usize = 8;

/// BACI: value in thousands of USD, mass in t, exporters and importers reconciled.
pub(super) fn baci(table: &StoredTable, book: &mut Book) -> Result<(), Error> {
    table.read(|columns| {
        let (years, from, to) = (
            columns.whole("t")?,
            columns.whole("i")?,
            columns.whole("j")?,
        );
        let products = columns.text("k")?;
        let (values, masses) = (columns.figure("v")?, columns.figure("q")?);
        for row in 0..columns.rows() {
            book.add(Entry {
                key: ReportKey {
                    side: Side::World,
                    is_annual: true,
                    digits: BACI_DIGITS,
                    by_sea: false,
                },
                period: years.value(row),
                from: book.country(from.value(row)),
                to: book.country(to.value(row)),
                product: products.value(row),
                usd: 1e3 * values.value(row),
                mass_t: masses.is_valid(row).then(|| masses.value(row)),
            });
        }
        Some(())
    })
}

/// UN Comtrade: what each country reports of its exports and imports; totals that other rows hold
/// are left out.
pub(super) fn comtrade(table: &StoredTable, book: &mut Book) -> Result<(), Error> {
    table.read(|columns| {
        let text = |name: &str| columns.text(name);
        let (frequency, flow) = (text("freqCode")?, text("flowCode")?);
        let (products, customs, mode) = (text("cmdCode")?, text("customsCode")?, text("motCode")?);
        let whole = |name: &str| columns.whole(name);
        let (period, reporter) = (whole("period")?, whole("reporterCode")?);
        let (partner, second) = (whole("partnerCode")?, whole("partner2Code")?);
        let (values, masses) = (columns.figure("primaryValue")?, columns.figure("netWgt")?);
        for row in 0..columns.rows() {
            let usd = values.value(row);
            let product = word(products, row);
            let second = second.is_valid(row).then(|| second.value(row));
            let part = |cell: &str, all: &str| !cell.is_empty() && cell != all;
            let total = product.is_empty() || !product.bytes().all(|b| b.is_ascii_digit());
            let flow = word(flow, row);
            let why = if partner.value(row) == WORLD {
                Some("all partners together".to_owned())
            } else if total {
                Some("all products together, or no product of the Harmonized System".to_owned())
            } else if part(word(customs, row), ALL_CUSTOMS)
                || part(word(mode, row), ALL_MODES)
                || second.is_some_and(|code| code != WORLD)
            {
                Some(
                    "a part by customs procedure, mode or second partner of what other rows hold"
                        .to_owned(),
                )
            } else if !["X", "M"].contains(&flow) {
                Some(format!("flow {flow}, which exports or imports hold"))
            } else {
                None
            };
            if let Some(why) = why {
                book.leave_out(why, usd);
                continue;
            }
            let other = book.country(partner.value(row));
            let own = match book.country(reporter.value(row)) {
                Ok(own) => own,
                Err(why) => {
                    book.leave_out(why, usd);
                    continue;
                }
            };
            let exports = flow == "X";
            let (from, to) = if exports {
                (Ok(own), other)
            } else {
                (other, Ok(own))
            };
            book.add(Entry {
                key: ReportKey {
                    side: if exports {
                        Side::Exports(own)
                    } else {
                        Side::Imports(own)
                    },
                    is_annual: word(frequency, row) == "A",
                    digits: product.len(),
                    by_sea: false,
                },
                period: period.value(row),
                from,
                to,
                product,
                usd,
                // Comtrade states net weight in kg; 0 stands for not known.
                mass_t: (masses.is_valid(row) && masses.value(row) > 0.0)
                    .then(|| masses.value(row) / 1e3),
            });
        }
        Some(())
    })
}

/// Comex Stat: what Brazil ships and takes by sea, month by month.
pub(super) fn comexstat(
    table: &StoredTable,
    brazil: usize,
    countries: &BTreeMap<String, Result<usize, String>>,
    book: &mut Book,
) -> Result<(), Error> {
    let exports = table.report.variant == "exports";
    table.read(|columns| {
        let (year, month) = (columns.whole("CO_ANO")?, columns.whole("CO_MES")?);
        let (products, partner) = (columns.text("CO_NCM")?, columns.text("CO_PAIS")?);
        let mode = columns.text("CO_VIA")?;
        let (values, masses) = (columns.figure("VL_FOB")?, columns.figure("KG_LIQUIDO")?);
        for row in 0..columns.rows() {
            let usd = values.value(row);
            let way = word(mode, row);
            if way != BY_SEA {
                book.leave_out(format!("by another mode than the sea (CO_VIA {way})"), usd);
                continue;
            }
            let code = plain(word(partner, row));
            let other = countries.get(code).cloned().unwrap_or_else(|| {
                Err(format!(
                    "country {code} of Comex Stat is not in its table of countries"
                ))
            });
            let (from, to) = if exports {
                (Ok(brazil), other)
            } else {
                (other, Ok(brazil))
            };
            book.add(Entry {
                key: ReportKey {
                    side: if exports {
                        Side::Exports(brazil)
                    } else {
                        Side::Imports(brazil)
                    },
                    is_annual: false,
                    digits: NCM_DIGITS,
                    by_sea: true,
                },
                period: year.value(row) * 100 + month.value(row),
                from,
                to,
                product: word(products, row),
                usd,
                mass_t: masses.is_valid(row).then(|| masses.value(row) / 1e3),
            });
        }
        Some(())
    })
}

/// Comex Stat's numbers of countries with those of the atlas, by ISO's three letters.
pub(super) fn comexstat_countries(
    table: &StoredTable,
    atlas: &Atlas,
) -> Result<BTreeMap<String, Result<usize, String>>, Error> {
    let mut found = BTreeMap::new();
    table.read(|columns| {
        let (own, iso) = (columns.text("CO_PAIS")?, columns.text("CO_PAIS_ISOA3")?);
        for row in 0..columns.rows() {
            let letters = word(iso, row);
            let mut rows = atlas.countries.rows.iter();
            let at = rows.position(|country| country.alpha3 == letters);
            let why = || format!("country {letters} of Comex Stat is not in countries.csv");
            found.insert(plain(word(own, row)).to_owned(), at.ok_or_else(why));
        }
        Some(())
    })?;
    Ok(found)
}

/// A number of a country without leading zeros.
fn plain(code: &str) -> &str {
    code.trim_start_matches('0')
}
