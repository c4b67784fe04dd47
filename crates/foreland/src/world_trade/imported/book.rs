//! Rows of trade statistics, added up by who reports and what it tells.

use std::collections::{BTreeMap, BTreeSet};

use super::classes::Classes;
use crate::number;

/// Months of a year.
const MONTHS: f64 = 12.0;

/// Whose trade a report covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    /// That of all countries.
    World,
    /// What a country ships.
    Exports(usize),
    /// What it takes.
    Imports(usize),
}

/// What tells reports of the same trade from each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ReportKey {
    pub(super) side: Side,
    /// Of whole years; of months otherwise. The later counts more.
    pub(super) is_annual: bool,
    /// Digits of its product codes. More count more.
    pub(super) digits: usize,
    /// Whether it is known that the goods go by sea.
    pub(super) by_sea: bool,
}

/// One row.
pub(super) struct Entry<'a> {
    pub(super) key: ReportKey,
    /// Year, or month: only their number counts.
    pub(super) period: i64,
    pub(super) from: Result<usize, String>,
    pub(super) to: Result<usize, String>,
    pub(super) product: &'a str,
    pub(super) usd: f64,
    /// Mass, t; not known if absent.
    pub(super) mass_t: Option<f64>,
}

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sum {
    pub(super) usd: f64,
    pub(super) mass_t: f64,
    /// Value of rows without a mass.
    pub(super) unweighed_usd: f64,
}

/// Rows of one key.
#[derive(Default)]
pub(super) struct Report {
    /// By group, exporter and importer.
    pub(super) trades: BTreeMap<(usize, usize, usize), Sum>,
    periods: BTreeSet<i64>,
    rows: u64,
    unweighed: u64,
    usd: f64,
}

impl Report {
    /// Factor that makes its sums those of a year.
    pub(super) fn per_year(&self, key: ReportKey) -> f64 {
        let periods = self.periods.len().max(1) as f64;
        if key.is_annual {
            1.0 / periods
        } else {
            MONTHS / periods
        }
    }
}

/// All reports of some tables, and what is in none of them.
pub(super) struct Book {
    classes: Classes,
    reports: BTreeMap<ReportKey, Report>,
    rows: u64,
    /// Rows and value by reason.
    left_out: BTreeMap<String, (u64, f64)>,
}

impl Book {
    pub(super) fn new(classes: Classes) -> Book {
        Book {
            classes,
            reports: BTreeMap::new(),
            rows: 0,
            left_out: BTreeMap::new(),
        }
    }

    pub(super) fn country(&self, code: i64) -> Result<usize, String> {
        self.classes.country(code)
    }

    /// Counts a row in its report, or by the reason for which it is in none.
    pub(super) fn add(&mut self, entry: Entry<'_>) {
        let group = self.classes.group(entry.product);
        match (entry.from, entry.to, group) {
            (Ok(from), Ok(to), Ok(group)) => {
                self.rows += 1;
                let report = self.reports.entry(entry.key).or_default();
                report.periods.insert(entry.period);
                report.rows += 1;
                report.usd += entry.usd;
                let sum = report.trades.entry((group, from, to)).or_default();
                sum.usd += entry.usd;
                match entry.mass_t {
                    Some(mass_t) => sum.mass_t += mass_t,
                    None => {
                        sum.unweighed_usd += entry.usd;
                        report.unweighed += 1;
                    }
                }
            }
            (Err(why), ..) | (_, Err(why), _) | (.., Err(why)) => self.leave_out(why, entry.usd),
        }
    }

    pub(super) fn leave_out(&mut self, why: impl Into<String>, usd: f64) {
        self.rows += 1;
        self.omit(why.into(), 1, usd);
    }

    fn omit(&mut self, why: String, rows: u64, usd: f64) {
        let count = self.left_out.entry(why).or_default();
        count.0 += rows;
        count.1 += usd;
    }

    /// The report that counts of each side: of whole years before that of months, that with longer
    /// codes before that with shorter ones. The others are left out: they hold the same trade.
    pub(super) fn chosen(&mut self) -> BTreeMap<ReportKey, Report> {
        let mut chosen: BTreeMap<Side, (ReportKey, Report)> = BTreeMap::new();
        // Keys of a side come in ascending order: the last is the one that counts.
        for (key, report) in std::mem::take(&mut self.reports) {
            if let Some((_, before)) = chosen.insert(key.side, (key, report)) {
                let why = "it is told again in whole years or with longer product codes";
                self.omit(why.to_owned(), before.rows, before.usd);
            }
        }
        chosen.into_values().collect()
    }

    /// What was read, used and left out, in sentences.
    pub(super) fn remarks(&self, chosen: &BTreeMap<ReportKey, Report>) -> Vec<String> {
        let out: u64 = self.left_out.values().map(|(rows, _)| rows).sum();
        let usd: f64 = self.left_out.values().map(|(_, usd)| usd).sum();
        let unweighed = chosen.values().map(|report| report.unweighed).sum();
        let periods: BTreeSet<i64> = chosen
            .values()
            .flat_map(|report| report.periods.iter().copied())
            .collect();
        let ends = match (periods.first(), periods.last()) {
            (Some(first), Some(last)) if first < last => format!("{first} to {last}"),
            (first, _) => first.map_or_else(String::new, i64::to_string),
        };
        let count = |rows: u64| number::fixed(rows as f64, 0);
        let mut remarks = vec![format!(
            "Trade of {ends}: {} rows read = {} used + {} left out ({} bn USD); {} without a mass, which \
             the mean value of their goods stands in for. Air freight is not told apart, unless the \
             table tells how goods travel.",
            count(self.rows),
            count(self.rows - out),
            count(out),
            number::fixed(usd / 1e9, 1),
            count(unweighed),
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
