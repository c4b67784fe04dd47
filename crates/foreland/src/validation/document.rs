//! The validation of sea distances as a Markdown text.

use std::fmt::Write as _;

use super::{Compared, DistanceCheck, Goal, Group};

/// How many of the worst rows are listed.
const WORST: usize = 20;

const INTRODUCTION: &str = "\
# Sea distances against published ones

Written by `cargo xtask validate`; do not edit.

`atlas/distances.csv` holds port-to-port distances of NGA Pub. 151 (11th ed., 2001, US public domain). Trust A: the tables of
both ports agree within 0.5 %. B+: summed over the publication's junction points. B: listed once, or differing by less than 2 %.
Each row is routed as the publication describes it: through the canal or round the cape of `via`, through no other canal, and by
the passages that `atlas/distances-remarks.csv` gives for its route qualifier. An error is ours over the published figure, less
one: above zero if ours is longer. Nothing in the model is fitted to these figures.
";

/// The goals and what is reached, as a table: the figures that a committed document is held
/// against.
pub fn headline(check: &DistanceCheck) -> String {
    let mut text = String::from("| goal | reached | at most | |\n|---|---:|---:|---|\n");
    for goal in check.goals() {
        let met = if goal.is_met() { "met" } else { "missed" };
        let (reached, at_most) = (quantity(&goal, goal.reached), quantity(&goal, goal.at_most));
        let _ = writeln!(text, "| {} | {reached} | {at_most} | {met} |", goal.name);
    }
    text
}

/// The whole comparison: goals, groups, passages, worst rows.
pub fn distances_document(check: &DistanceCheck) -> String {
    let mut text = String::from(INTRODUCTION);
    let _ = write!(text, "\n## Goals\n\n{}", headline(check));
    let _ = write!(text, "\n## Errors by group\n\n{}", groups(&check.groups()));
    let _ = write!(
        text,
        "\n## Errors by passage\n\nRows whose route goes through the passage, for passages of at \
         least five rows.\n\n{}",
        groups(&check.by_passage())
    );
    let _ = write!(
        text,
        "\n## The twenty worst\n\n{}",
        rows(&check.worst(WORST))
    );
    let large = check.to_explain();
    let _ = write!(
        text,
        "\n## Trust A, 200 nm and more, above 6 %\n\n{}",
        if large.is_empty() {
            "None.\n".to_owned()
        } else {
            rows(&large)
        }
    );
    text
}

fn quantity(goal: &Goal, value: f64) -> String {
    if goal.unit == "%" {
        format!("{value:.2} %")
    } else {
        format!("{value:.0} {}", goal.unit)
    }
}

fn percent(share: f64) -> String {
    format!("{:.2} %", share * 100.0)
}

fn groups(groups: &[Group]) -> String {
    let mut text = String::from(
        "| rows | number | median of the absolute error | 95 % below | worst | mean |\n\
         |---|---:|---:|---:|---:|---:|\n",
    );
    for group in groups {
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {:+.2} % |",
            group.name,
            group.rows,
            percent(group.median),
            percent(group.p95),
            percent(group.worst),
            group.bias * 100.0
        );
    }
    text
}

fn rows(rows: &[&Compared]) -> String {
    let mut text = String::from(
        "| from | to | via | trust | published, nm | ours, nm | error | reason |\n\
         |---|---|---|---|---:|---:|---:|---|\n",
    );
    for row in rows {
        let published = &row.published;
        let ours = match &row.computed_nm {
            Ok(nm) => format!("{nm:.0}"),
            Err(_) => "none".to_owned(),
        };
        let error = row
            .error()
            .map_or(String::new(), |e| format!("{:+.2} %", e * 100.0));
        let kind = row.remark.as_ref().map_or(String::new(), |remark| {
            format!("{}: ", remark.kind.as_str())
        });
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {:.0} | {ours} | {error} | {kind}{} |",
            published.from.name,
            published.to.name,
            published.via,
            published.trust.as_str(),
            published.nm,
            row.reason().replace('|', "/")
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::published::{End, Published, Trust};
    use super::super::{Compared, DistanceCheck};
    use super::{distances_document, headline};

    fn check() -> DistanceCheck {
        let end = |name: &str| End {
            unlocode: "XXXXX".to_owned(),
            name: name.to_owned(),
            lon_deg: Some(0.0),
            lat_deg: Some(50.0),
        };
        let row = Compared {
            published: Published {
                line: 2,
                from: end("Here"),
                to: end("There"),
                via: "none".to_owned(),
                nm: 1000.0,
                trust: Trust::A,
                note: "a | b".to_owned(),
            },
            computed_nm: Ok(1004.0),
            route: None,
            remark: None,
        };
        DistanceCheck { rows: vec![row] }
    }

    #[test]
    fn the_document_holds_the_headline_and_the_worst_rows() {
        let text = distances_document(&check());
        assert!(text.contains(&headline(&check())), "{text}");
        assert!(text.contains("| Here | There | none | A | 1000 | 1004 | +0.40 % | a / b |"));
    }

    #[test]
    fn figures_stand_with_their_unit() {
        let text = headline(&check());
        let median = "median absolute error | 0.40 % | 0.50 % | met |";
        assert!(text.contains(median), "{text}");
        assert!(
            text.contains("without a route | 0 rows | 0 rows | met |"),
            "{text}"
        );
    }
}
