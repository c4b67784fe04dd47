//! The distribution of errors and the goals it is held against.

use super::published::{End, Trust};
use super::{Compared, DistanceCheck, SHORTEST_NM};

/// The errors of one group of rows, as shares of the published distance.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Which rows.
    pub name: String,
    /// How many.
    pub rows: usize,
    /// Median of the absolute error.
    pub median: f64,
    /// 95th percentile of the absolute error.
    pub p95: f64,
    /// Largest absolute error.
    pub worst: f64,
    /// Mean of the signed error: above zero if ours are longer.
    pub bias: f64,
}

/// A goal and what was reached.
#[derive(Clone, Debug, PartialEq)]
pub struct Goal {
    /// What is asked.
    pub name: String,
    /// The figure reached.
    pub reached: f64,
    /// The most it may be.
    pub at_most: f64,
    /// Unit of both.
    pub unit: &'static str,
}

impl Goal {
    /// Whether the goal is met.
    pub fn is_met(&self) -> bool {
        self.reached <= self.at_most
    }
}

/// Passages by which the canal rows are told from the others.
const CANALS: [&str; 3] = ["suez", "panama", "kiel"];
/// Passages of fewer rows than this are not listed by themselves.
const FEWEST_ROWS: usize = 5;
/// Errors above this are to be explained one by one.
const TO_EXPLAIN: f64 = 0.06;

impl DistanceCheck {
    /// Errors by trust, by passage and by region; groups without rows are left out.
    pub fn groups(&self) -> Vec<Group> {
        let mut groups = Vec::new();
        for trust in [Trust::A, Trust::BPlus, Trust::B] {
            groups.extend(self.group(format!("trust {}", trust.as_str()), |row| {
                row.published.trust == trust
            }));
        }
        for via in self.distinct(|row| row.published.via.clone()) {
            groups.extend(self.group(format!("via {via}"), |row| row.published.via == via));
        }
        for region in self.distinct(region) {
            groups.extend(self.group(region.clone(), |row| region_is(row, &region)));
        }
        groups
    }

    /// The goals that the project sets itself.
    pub fn goals(&self) -> Vec<Goal> {
        let goal = |name: &str, reached: Option<f64>, at_most: f64| Goal {
            name: name.to_owned(),
            // Without rows nothing was shown.
            reached: reached.map_or(f64::INFINITY, |share| share * 100.0),
            at_most,
            unit: "%",
        };
        let agreed = self.group("trust A".to_owned(), |row| {
            row.published.trust == Trust::A && row.published.nm >= SHORTEST_NM
        });
        let canals = self.group("canals".to_owned(), |row| {
            row.published.trust == Trust::BPlus && CANALS.contains(&row.published.via.as_str())
        });
        vec![
            goal(
                "trust A, 200 nm and more: median absolute error",
                agreed.as_ref().map(|g| g.median),
                0.5,
            ),
            goal(
                "trust A, 200 nm and more: 95th percentile",
                agreed.as_ref().map(|g| g.p95),
                2.5,
            ),
            goal(
                "trust B+ through canals: median absolute error",
                canals.as_ref().map(|g| g.median),
                1.0,
            ),
            Goal {
                name: "trust A, 200 nm and more: above 6 % and unexplained".to_owned(),
                reached: self.unexplained().len() as f64,
                at_most: 0.0,
                unit: "rows",
            },
            Goal {
                name: "published pairs without a route".to_owned(),
                reached: self.rows.iter().filter(|row| row.error().is_none()).count() as f64,
                at_most: 0.0,
                unit: "rows",
            },
        ]
    }

    /// The rows with the largest absolute errors, worst first; rows without a route before all.
    pub fn worst(&self, most: usize) -> Vec<&Compared> {
        let mut rows: Vec<&Compared> = self.rows.iter().collect();
        let size = |row: &Compared| row.error().map_or(f64::INFINITY, f64::abs);
        rows.sort_by(|a, b| size(b).total_cmp(&size(a)));
        rows.truncate(most);
        rows
    }

    /// Rows of trust A and 200 nm or more whose error has to be explained one by one.
    pub fn to_explain(&self) -> Vec<&Compared> {
        let far = |row: &&Compared| {
            row.published.trust == Trust::A
                && row.published.nm >= SHORTEST_NM
                && row.error().is_none_or(|error| error.abs() > TO_EXPLAIN)
        };
        self.rows.iter().filter(far).collect()
    }

    /// Those of them that no remark explains.
    pub fn unexplained(&self) -> Vec<&Compared> {
        let mut rows = self.to_explain();
        rows.retain(|row| row.remark.is_none());
        rows
    }

    /// Errors of the rows whose route goes through a passage, for passages of some rows.
    pub fn by_passage(&self) -> Vec<Group> {
        let crossed = |row: &Compared| -> Vec<String> {
            let passages = row.route.iter().flat_map(sealane::Route::passages);
            passages.map(str::to_owned).collect()
        };
        let mut ids: Vec<String> = self.rows.iter().flat_map(crossed).collect();
        ids.sort_unstable();
        ids.dedup();
        ids.into_iter()
            .filter_map(|id| self.group(id.clone(), |row| crossed(row).contains(&id)))
            .filter(|group| group.rows >= FEWEST_ROWS)
            .collect()
    }

    fn group(&self, name: String, belongs: impl Fn(&Compared) -> bool) -> Option<Group> {
        let errors: Vec<f64> = self
            .rows
            .iter()
            .filter(|row| belongs(row))
            .filter_map(Compared::error)
            .collect();
        if errors.is_empty() {
            return None;
        }
        let mut sizes: Vec<f64> = errors.iter().map(|error| error.abs()).collect();
        sizes.sort_by(f64::total_cmp);
        Some(Group {
            name,
            rows: errors.len(),
            median: quantile(&sizes, 0.5),
            p95: quantile(&sizes, 0.95),
            worst: quantile(&sizes, 1.0),
            bias: errors.iter().sum::<f64>() / errors.len() as f64,
        })
    }

    fn distinct(&self, key: impl Fn(&Compared) -> String) -> Vec<String> {
        let mut keys: Vec<String> = self.rows.iter().map(key).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}

/// The value below which a share of sorted values lies, between neighbours by proportion.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let at = share * (sorted.len() - 1) as f64;
    let (below, above) = (at.floor() as usize, at.ceil() as usize);
    sorted[below] + (at - at.floor()) * (sorted[above] - sorted[below])
}

/// The waters of both ends, in alphabetical order.
fn region(row: &Compared) -> String {
    let (a, b) = (waters(&row.published.from), waters(&row.published.to));
    match a.cmp(b) {
        std::cmp::Ordering::Equal => format!("within the {a}"),
        std::cmp::Ordering::Less => format!("{a} – {b}"),
        std::cmp::Ordering::Greater => format!("{b} – {a}"),
    }
}

fn region_is(row: &Compared, name: &str) -> bool {
    region(row) == name
}

/// The waters that a port lies at, by its position: good enough to see where errors gather.
fn waters(end: &End) -> &'static str {
    let (Some(lon), Some(lat)) = (end.lon_deg, end.lat_deg) else {
        return "position not published";
    };
    match (lon, lat) {
        (-6.0..=36.5, 30.0..=46.0) | (27.0..=42.0, 40.0..=47.5) => "Mediterranean and Black Sea",
        (-12.0..=30.0, 46.0..) => "northern Europe",
        (32.0..=100.0, _) if lat < 31.0 => "Indian Ocean",
        (100.0..=115.0, ..-8.0) => "Indian Ocean",
        (100.0.., _) => "western Pacific",
        (..-100.0, _) => "eastern Pacific",
        (-100.0..=-77.0, 0.0..9.1) | (-100.0..=-66.0, ..0.0) => "eastern Pacific",
        (-100.0..-83.5, ..14.0) => "eastern Pacific",
        _ => "Atlantic",
    }
}

#[cfg(test)]
mod tests {
    use super::super::published::{End, Published, Trust};
    use super::{Compared, DistanceCheck, quantile, waters};

    fn end(lon_deg: f64, lat_deg: f64) -> End {
        End {
            unlocode: "XXXXX".to_owned(),
            name: "x".to_owned(),
            lon_deg: Some(lon_deg),
            lat_deg: Some(lat_deg),
        }
    }

    fn row(nm: f64, computed_nm: f64) -> Compared {
        Compared {
            published: Published {
                line: 2,
                from: end(-77.0, -12.0),
                to: end(121.0, 31.0),
                via: "none".to_owned(),
                nm,
                trust: Trust::A,
                note: String::new(),
            },
            computed_nm: Ok(computed_nm),
            route: None,
            remark: None,
        }
    }

    #[test]
    fn quantiles_lie_between_neighbours() {
        assert_eq!(quantile(&[1.0, 2.0, 3.0], 0.5), 2.0);
        assert_eq!(quantile(&[1.0, 3.0], 0.25), 1.5);
        assert_eq!(quantile(&[7.0], 0.95), 7.0);
    }

    #[test]
    fn short_rows_do_not_count_towards_the_goals() {
        let check = DistanceCheck {
            rows: vec![row(1000.0, 1010.0), row(1000.0, 996.0), row(100.0, 200.0)],
        };
        let goals = check.goals();
        assert!((goals[0].reached - 0.7).abs() < 1e-9, "{goals:?}");
        assert!(!goals[0].is_met() && goals[1].is_met());
        // There are no canal rows: nothing was shown, the goal is not met.
        assert!(!goals[2].is_met());
        assert_eq!(check.worst(1)[0].published.nm, 100.0);
        assert!(check.to_explain().is_empty());
    }

    #[test]
    fn a_pair_without_a_route_is_the_worst_and_fails_a_goal() {
        let mut check = DistanceCheck {
            rows: vec![row(1000.0, 1500.0), row(1000.0, 1000.0)],
        };
        check.rows[1].computed_nm = Err("no route".to_owned());
        assert_eq!(check.worst(1)[0].error(), None);
        assert!(!check.goals()[3].is_met() && !check.goals()[4].is_met());
        assert_eq!(check.to_explain().len(), 2);
        assert_eq!(check.unexplained().len(), 2);
    }

    #[test]
    fn ports_lie_at_their_waters() {
        for (lon, lat, expected) in [
            (-77.1, -12.0, "eastern Pacific"),
            (-79.5, 8.9, "eastern Pacific"),
            (-79.9, 9.4, "Atlantic"),
            (-118.2, 33.7, "eastern Pacific"),
            (-104.3, 19.0, "eastern Pacific"),
            (-74.0, 40.7, "Atlantic"),
            (-46.3, -24.0, "Atlantic"),
            (4.4, 51.9, "northern Europe"),
            (29.9, 31.2, "Mediterranean and Black Sea"),
            (72.8, 18.9, "Indian Ocean"),
            (121.5, 31.2, "western Pacific"),
            (18.4, -33.9, "Atlantic"),
        ] {
            assert_eq!(waters(&end(lon, lat)), expected, "{lon} {lat}");
        }
    }
}
