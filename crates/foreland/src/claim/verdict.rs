//! From shares of runs to a verdict, by rule.

use super::test::{Test, tidy};
use crate::ensemble::quantile;
use crate::findings::{PartFinding, Spread, TornadoBar, Verdict};

/// The rules, as the atlas states them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rules {
    /// Share of runs from which a part is supported.
    pub(crate) supported: f64,
    /// Share of runs up to which a part is not supported.
    pub(crate) rejected: f64,
}

/// The figures of one case.
#[derive(Clone, Debug)]
pub(crate) struct CaseFigures {
    pub(crate) title: String,
    /// Of the runs that yield one.
    pub(crate) figures: Vec<f64>,
    /// Runs, with or without a figure.
    pub(crate) runs: u32,
}

impl CaseFigures {
    /// Share of runs that hold; runs without a figure do not.
    pub(crate) fn share(&self, test: &Test) -> Option<f64> {
        let held = self.figures.iter().filter(|&&f| test.holds(f)).count();
        (!self.figures.is_empty()).then(|| held as f64 / f64::from(self.runs))
    }

    fn upper_end(&self) -> Option<f64> {
        let mut sorted = self.figures.clone();
        sorted.sort_by(f64::total_cmp);
        quantile(&sorted, 0.95)
    }
}

/// A verdict with its reasons.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Judged {
    pub(crate) verdict: Verdict,
    pub(crate) because: String,
    pub(crate) condition: Option<String>,
}

/// Judges a part by its figures over all cases.
pub(crate) fn judge(
    test: &Test,
    cases: &[CaseFigures],
    figure: &Spread,
    readings: &[ReadingFigure],
    tornado: &[TornadoBar],
    rules: Rules,
) -> Judged {
    let runs: u32 = cases.iter().map(|case| case.runs).sum();
    let held: usize = cases
        .iter()
        .flat_map(|case| &case.figures)
        .filter(|&&f| test.holds(f))
        .count();
    let share = held as f64 / f64::from(runs.max(1));
    let verdict = if test.up_to {
        by_upper_ends(test, cases)
    } else if share >= rules.supported {
        Verdict::Supported
    } else if share <= rules.rejected {
        Verdict::NotSupported
    } else {
        Verdict::SupportedOnlyIf
    };
    let condition = (verdict == Verdict::SupportedOnlyIf)
        .then(|| condition(test, cases, readings, tornado, rules));
    Judged {
        verdict,
        because: because(test, figure, share, runs),
        condition,
    }
}

/// "Up to X" is a statement about the upper end: it must reach X.
fn by_upper_ends(test: &Test, cases: &[CaseFigures]) -> Verdict {
    let reaches = |case: &&CaseFigures| case.upper_end().is_some_and(|end| test.holds(end));
    let reached = cases.iter().filter(reaches).count();
    if reached == cases.len() {
        Verdict::Supported
    } else if reached == 0 {
        Verdict::NotSupported
    } else {
        Verdict::SupportedOnlyIf
    }
}

fn because(test: &Test, figure: &Spread, share: f64, runs: u32) -> String {
    let unit = &figure.unit;
    let said = test.threshold().text;
    let met = percent(share);
    let (low, high) = (tidy(figure.p5), tidy(figure.p95));
    let central = tidy(figure.central);
    let range = if low == high && low == central {
        String::new()
    } else {
        format!(" at atlas values and {low} to {high} {unit} in nine runs of ten (P5–P95)")
    };
    format!(
        "The figure is {central} {unit}{range}; the statement needs {said}, which {met} of {runs} \
         runs meet."
    )
}

/// A share as a percentage that is 0 % or 100 % only if it is exactly that.
pub(crate) fn percent(share: f64) -> String {
    let rounded = (share * 100.0).round();
    if rounded == 0.0 && share > 0.0 {
        "under 1 %".to_owned()
    } else if rounded == 100.0 && share < 1.0 {
        "over 99 %".to_owned()
    } else {
        format!("{rounded:.0} %")
    }
}

/// The figure under a reading of the statement, at atlas values.
#[derive(Clone, Debug)]
pub(crate) struct ReadingFigure {
    pub(crate) label: String,
    pub(crate) figure: Option<f64>,
}

fn condition(
    test: &Test,
    cases: &[CaseFigures],
    readings: &[ReadingFigure],
    tornado: &[TornadoBar],
    rules: Rules,
) -> String {
    let mut sentences = Vec::new();
    sentences.extend(by_baseline(test, cases, rules));
    sentences.extend(by_reading(test, readings));
    if let Some((bar, more, less)) = tornado.iter().find_map(turning) {
        let half = if bar.share_high_half == Some(more) {
            "upper"
        } else {
            "lower"
        };
        sentences.push(format!(
            "more often with {} in the {half} half of its range ({} against {} of runs)",
            bar.label,
            percent(more),
            percent(less),
        ));
    }
    if sentences.is_empty() {
        sentences.push("several assumptions meet: see the tornado".to_owned());
    }
    sentences.join("; ")
}

fn by_baseline(test: &Test, cases: &[CaseFigures], rules: Rules) -> Option<String> {
    if cases.len() < 2 {
        return None;
    }
    let shares: Vec<String> = cases
        .iter()
        .map(|case| {
            let word = match case.share(test) {
                None => "no chain".to_owned(),
                Some(s) if s >= rules.supported => format!("holds, {}", percent(s)),
                Some(s) if s <= rules.rejected => format!("does not hold, {}", percent(s)),
                Some(s) => percent(s),
            };
            format!("{} ({word})", case.title)
        })
        .collect();
    Some(format!("share of runs by baseline: {}", shares.join(", ")))
}

fn by_reading(test: &Test, readings: &[ReadingFigure]) -> Option<String> {
    let of = |holds: bool| -> Vec<String> {
        readings
            .iter()
            .filter(|r| r.figure.is_some_and(|f| test.holds(f)) == holds)
            .map(|r| {
                let figure = r.figure.map_or_else(|| "none".to_owned(), tidy);
                format!("{} [{figure}]", r.label)
            })
            .collect()
    };
    let (held, not) = (of(true), of(false));
    if held.is_empty() || not.is_empty() {
        return None;
    }
    Some(format!(
        "it holds if read as: {}; not if read as: {}",
        held.join(" | "),
        not.join(" | ")
    ))
}

/// A bar whose halves differ by a tenth of the runs or more, with the larger and smaller share.
fn turning(bar: &TornadoBar) -> Option<(&TornadoBar, f64, f64)> {
    let (low, high) = (bar.share_low_half?, bar.share_high_half?);
    ((high - low).abs() >= 0.1).then_some((bar, low.max(high), low.min(high)))
}

/// How strong a verdict is: a statement of several parts is only as good as its weakest.
fn strength(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::NotSupported => 0,
        Verdict::NotCheckable => 1,
        Verdict::SupportedOnlyIf => 2,
        Verdict::Supported => 3,
    }
}

/// The verdict on a claim from its parts, with a sentence.
pub(crate) fn whole(parts: &[PartFinding]) -> (Verdict, String) {
    let weakest = parts
        .iter()
        .map(|part| part.verdict)
        .min_by_key(|&verdict| strength(verdict))
        .unwrap_or(Verdict::NotCheckable);
    if let [only] = parts {
        let text = only.condition.as_ref().map_or_else(
            || only.because.clone(),
            |condition| format!("{} Only if: {condition}.", only.because),
        );
        return (weakest, text);
    }
    let each: Vec<String> = parts
        .iter()
        .map(|part| format!("{}: {}", part.statement, part.verdict.label()))
        .collect();
    (
        weakest,
        format!("As weak as its weakest part. {}.", each.join("; ")),
    )
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn shares_do_not_round_to_certainty() {
        assert_eq!(percent(1.0), "100 %");
        assert_eq!(percent(0.999), "over 99 %");
        assert_eq!(percent(0.001), "under 1 %");
        assert_eq!(percent(0.0), "0 %");
    }
}
