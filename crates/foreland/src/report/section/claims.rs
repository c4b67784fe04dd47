//! Claim cards: what was said, what was found, what decides it.

use crate::findings::{
    BaselineResult, ClaimFinding, EvidenceTable, Findings, Inversion, PartFinding, Published,
    Threshold,
};
use crate::number;
use crate::report::chart::{Mark, RangeRow, ranges, tornado};
use crate::report::markup::{Element, el};
use crate::report::names::Names;
use crate::report::section::changes::stacked;
use crate::report::section::head::{badge, claim_anchor};
use crate::report::table::{Table, details};

/// All claims; `None` if the study tests none.
pub(in crate::report) fn claims(findings: &Findings) -> Option<Element> {
    if findings.claims.is_empty() {
        return None;
    }
    let names = Names(findings);
    Some(
        el("section")
            .attr("id", "claims")
            .attr("aria-labelledby", "claims-title")
            .child(
                el("h2")
                    .attr("id", "claims-title")
                    .text("The claims, one by one"),
            )
            .child(el("p").class("lead").text(
                "Verdicts are computed: a part of a claim holds in a run if its figure lies in \
                 the shaded band, and the share of runs in which it does decides. A claim is as \
                 good as its weakest part.",
            ))
            .children(findings.claims.iter().map(|claim| card(names, claim))),
    )
}

fn card(names: Names, claim: &ClaimFinding) -> Element {
    let title = format!("{}-title", claim_anchor(claim));
    let alone = claim.parts.len() == 1;
    el("article")
        .class("claim")
        .attr("id", claim_anchor(claim))
        .attr("aria-labelledby", &title)
        .child(
            el("header")
                .child(
                    el("h3")
                        .attr("id", title)
                        .child(el("span").class("claim-number").text(claim.number))
                        .text(&claim.title),
                )
                .child(badge(claim.verdict)),
        )
        .child(
            el("blockquote")
                .child(el("p").text(&claim.statement))
                .child(
                    el("p")
                        .class("cite")
                        .text(format!("{}, {}. ", claim.speaker, claim.said_on))
                        .child(el("span").class("source").text(&claim.source)),
                ),
        )
        .child(el("p").class("because").text(&claim.because))
        .children(
            claim
                .parts
                .iter()
                .map(|part| part_block(names, part, alone)),
        )
}

fn part_block(names: Names, part: &PartFinding, alone: bool) -> Element {
    let heading = (!alone).then(|| {
        el("header")
            .child(el("h4").text(&part.statement))
            .child(badge(part.verdict))
    });
    let because = (!alone).then(|| el("p").class("because").text(&part.because));
    let condition = part.condition.as_ref().map(|condition| {
        el("p")
            .class("condition")
            .child(el("b").text("Only if "))
            .text(condition)
    });
    el("section")
        .class("part")
        .maybe(heading)
        .maybe(because)
        .maybe(condition)
        .child(key_figures(part))
        .maybe(comparison(part))
        .maybe(deciders(names, part, alone))
        .maybe(inversions(&part.inversions, alone))
        .maybe(published(part))
        .children(part.evidence.iter().map(evidence))
}

/// A heading within a part: one level below the part's own, or the claim's if it has no other.
fn minor_heading(alone: bool, text: &str) -> Element {
    el(if alone { "h4" } else { "h5" })
        .class("minor")
        .text(text)
}

/// The figure, what it should be, and how often it is.
fn key_figures(part: &PartFinding) -> Element {
    let item = |term: &str, value: Element| {
        el("div")
            .child(el("dt").text(term))
            .child(el("dd").child(value))
    };
    let mut list = el("dl").class("key-figures");
    if let Some(figure) = &part.figure {
        list = list.child(item("Computed", stacked(figure)));
    }
    if let Some(threshold) = &part.threshold {
        list = list.child(item("Holds if", el("span").text(&threshold.text)));
    }
    if let Some(share) = part.share_holding {
        let runs = number::fixed(f64::from(part.runs), 0);
        list = list.child(item(
            "Holds in",
            el("span")
                .text(number::share(share))
                .child(el("small").class("under").text(format!("of {runs} runs"))),
        ));
    }
    list.child(item(
        "Measured by",
        el("span").class("measure").text(&part.measure.description),
    ))
}

/// The figure by baseline beside what others published about the same.
fn comparison(part: &PartFinding) -> Option<Element> {
    let ours = part.by_baseline.iter().map(computed_row);
    let theirs = part
        .published
        .iter()
        .filter(|p| p.agrees.is_some() && same_unit(&p.unit, &part.measure.unit))
        .map(published_row);
    let said = part
        .threshold
        .as_ref()
        .map(|threshold| said_row(threshold, part));
    let rows: Vec<RangeRow> = ours.chain(said).chain(theirs).collect();
    let drawn = part
        .by_baseline
        .iter()
        .filter(|b| b.figure.is_some())
        .count();
    if drawn == 0 {
        return None;
    }
    let alone = rows.len() == 1;
    (!alone).then(|| {
        el("figure")
            .child(el("figcaption").text(format!(
                "Computed against each baseline (disc; thick line: middle half of the runs, thin \
                 line: nine tenths), and what was said or published (diamond), in {}",
                part.measure.unit
            )))
            .child(ranges(
                rows,
                &part.measure.unit,
                part.threshold.as_ref(),
                false,
            ))
            .child(baseline_table(part))
    })
}

/// Whether figures in two units can stand on one axis: statements are carried with their words.
fn same_unit(a: &str, b: &str) -> bool {
    fn plain(unit: &str) -> &str {
        match unit {
            "day" | "days" => "d",
            other => other,
        }
    }
    plain(a) == plain(b)
}

/// Title of a baseline as the part names it, else as the run does.
fn baseline_title(names: Names, part: &PartFinding, id: &str) -> String {
    let by_part = part.by_baseline.iter().find(|result| result.baseline == id);
    by_part.map_or_else(
        || names.baseline(id).to_owned(),
        |result| result.title.clone(),
    )
}

/// Places of the quartiles in a list of the quantiles 0, 5, …, 100 %.
const QUARTILES: (usize, usize) = (5, 15);

fn computed_row(result: &BaselineResult) -> RangeRow {
    let inner = result
        .quantiles
        .get(QUARTILES.0)
        .copied()
        .zip(result.quantiles.get(QUARTILES.1).copied());
    let missing = result
        .missing
        .as_ref()
        .map(|why| el("small").class("missing").text(why));
    RangeRow {
        label: el("span").text(&result.title).maybe(missing),
        mark: Mark::Computed,
        value: result.figure.as_ref().map(|figure| figure.central),
        outer: result.figure.as_ref().map(|figure| (figure.p5, figure.p95)),
        inner,
        note: result
            .share_holding
            .map(|share| format!("holds in {}", number::share(share))),
    }
}

fn said_row(threshold: &Threshold, part: &PartFinding) -> RangeRow {
    RangeRow {
        label: el("span").class("said-label").text("as claimed"),
        mark: Mark::Said,
        value: (threshold.unit == part.measure.unit).then_some(threshold.said),
        outer: None,
        inner: None,
        note: None,
    }
}

fn published_row(p: &Published) -> RangeRow {
    RangeRow {
        label: el("span")
            .class("said-label")
            .text(&p.speaker)
            .child(el("small").text(format!(" {}, {}", p.quantity, p.date))),
        mark: Mark::Published,
        value: Some(p.value),
        outer: Some((p.low, p.high)),
        inner: None,
        note: None,
    }
}

fn baseline_table(part: &PartFinding) -> Element {
    let mut table = Table::new("The figure by baseline")
        .words(["Baseline"])
        .numbers(["Central", "5 %", "Median", "95 %", "Holds in"]);
    for result in &part.by_baseline {
        let title = result.title.clone();
        let holds = result.share_holding.map_or_else(
            || "–".to_owned(),
            |share| format!("{} of runs", number::share(share)),
        );
        match &result.figure {
            Some(f) => {
                let decimals = number::decimals_of(f);
                let cell = |v| number::join_unit(number::fixed(v, decimals), &f.unit);
                table.row([
                    title,
                    cell(f.central),
                    cell(f.p5),
                    cell(f.p50),
                    cell(f.p95),
                    holds,
                ]);
            }
            None => {
                let why = result
                    .missing
                    .clone()
                    .unwrap_or_else(|| "no figure".to_owned());
                table.row([format!("{title}: {why}")]);
            }
        }
    }
    table.finish()
}

/// The assumptions that decide the figure.
fn deciders(names: Names, part: &PartFinding, alone: bool) -> Option<Element> {
    if part.tornado.is_empty() {
        return None;
    }
    let centre_of = |baseline: &str| {
        let result = part
            .by_baseline
            .iter()
            .find(|result| result.baseline == baseline)?;
        result.figure.as_ref().map(|figure| figure.central)
    };
    let chart = tornado(
        &part.tornado,
        &part.measure.unit,
        part.threshold.as_ref(),
        |baseline| (baseline_title(names, part, baseline), centre_of(baseline)),
    );
    let mut table = Table::new("Assumptions that decide it")
        .words(["Assumption", "Baseline"])
        .numbers([
            "From",
            "To",
            "Figure at low end",
            "Figure at high end",
            "Holds, lower half",
            "Holds, upper half",
        ]);
    let half = |share: Option<f64>| {
        share.map_or_else(
            || "–".to_owned(),
            |share| format!("{} of runs", number::share(share)),
        )
    };
    for bar in &part.tornado {
        table.row([
            bar.label.clone(),
            baseline_title(names, part, &bar.baseline),
            number::with_unit(bar.low, &bar.unit),
            number::with_unit(bar.high, &bar.unit),
            number::with_unit(bar.figure_at_low, &part.measure.unit),
            number::with_unit(bar.figure_at_high, &part.measure.unit),
            half(bar.share_low_half),
            half(bar.share_high_half),
        ]);
    }
    Some(
        el("figure")
            .child(minor_heading(alone, "What decides it"))
            .child(el("figcaption").text(
                "The figure with one assumption at the low and at the high end of its range and \
                 all others central (upright line). Disc: the part holds there; ring: it does not.",
            ))
            .child(chart)
            .child(table.finish()),
    )
}

fn inversions(inversions: &[Inversion], alone: bool) -> Option<Element> {
    if inversions.is_empty() {
        return None;
    }
    let items = inversions.iter().map(|inversion| {
        let plausible = match (inversion.value, inversion.plausible) {
            (None, _) => None,
            (Some(_), true) => Some("within its plausible range"),
            (Some(_), false) => Some("outside its plausible range"),
        };
        el("li")
            .text(&inversion.sentence)
            .maybe(plausible.map(|text| el("small").class("tag").text(text)))
    });
    Some(
        el("div")
            .class("inversions")
            .child(minor_heading(alone, "What would have to be true"))
            .child(el("ul").children(items)),
    )
}

/// Figures that others published, those that disagree first.
fn published(part: &PartFinding) -> Option<Element> {
    if part.published.is_empty() {
        return None;
    }
    let mut table = Table::new("What others published")
        .words(["Who", "What"])
        .numbers(["Figure"])
        .words(["When", "Against ours", "Where"]);
    let mut sorted: Vec<&Published> = part.published.iter().collect();
    sorted.sort_by_key(|p| match p.agrees {
        Some(false) => 0,
        Some(true) => 1,
        None => 2,
    });
    for p in sorted {
        let verdict = match p.agrees {
            Some(true) => "overlaps",
            Some(false) => "disagrees",
            None => "another quantity",
        };
        let range = (p.low != p.high).then(|| {
            el("small")
                .class("under")
                .text(number::range(p.low, p.high, &p.unit))
        });
        table.rich_row([
            el("span").text(&p.speaker),
            el("span").text(&p.quantity),
            el("span")
                .text(number::with_unit(p.value, &p.unit))
                .maybe(range),
            el("span").text(&p.date),
            el("span").text(verdict),
            el("span").text(&p.source),
        ]);
    }
    Some(el("div").class("published").child(table.finish()))
}

/// Longer evidence opens on request.
const SHORT_EVIDENCE_ROWS: usize = 8;

fn evidence(evidence: &EvidenceTable) -> Element {
    let mut table = Table::new(&evidence.title);
    for (i, head) in evidence.columns.iter().enumerate() {
        table = table.column(head, alignment(evidence, i));
    }
    for row in &evidence.rows {
        table.row(row);
    }
    let rows = evidence.rows.len();
    if rows <= SHORT_EVIDENCE_ROWS {
        return table.finish();
    }
    let title = format!(
        "{} ({rows} {})",
        evidence.title,
        if rows == 1 { "row" } else { "rows" }
    );
    details(title, [table.finish()])
}

/// Numbers if every cell of the column reads as one.
fn alignment(evidence: &EvidenceTable, column: usize) -> crate::report::table::Align {
    use crate::report::table::Align;
    let mut cells = evidence
        .rows
        .iter()
        .filter_map(|row| row.get(column))
        .peekable();
    let numeric = |cell: &String| {
        let digits = cell.trim_start_matches(['-', '\u{2212}']);
        digits.starts_with(|c: char| c.is_ascii_digit())
            && digits
                .chars()
                .all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '%'))
    };
    if cells.peek().is_some() && cells.all(|cell| cell.is_empty() || numeric(cell)) {
        Align::Number
    } else {
        Align::Text
    }
}
