//! The top of the page: question, answer, verdicts at a glance.

use crate::findings::{ClaimFinding, Findings, Verdict};
use crate::number;
use crate::report::markup::{Element, el};
use crate::report::table::details;

/// Title, question, answer.
pub(in crate::report) fn masthead(findings: &Findings) -> Element {
    let run = &findings.run;
    el("header")
        .class("masthead")
        .child(
            el("p")
                .class("kicker")
                .child(el("span").class("brand").text("foreland"))
                .text(format!(" study {}, as of {}", run.study, run.as_of)),
        )
        .child(el("h1").text(&run.title))
        .child(el("p").class("question").text(&run.question))
}

/// An answer is read at once only if it is short; more sentences open on request.
const FURTHER_SENTENCES: usize = 2;

/// The computed answer and the verdicts.
pub(in crate::report) fn answer(findings: &Findings) -> Element {
    let mut sentences = findings.run.answer.iter();
    let headline = sentences
        .next()
        .map(|text| el("p").class("headline").text(text));
    let next: Vec<Element> = sentences
        .by_ref()
        .take(FURTHER_SENTENCES)
        .map(|text| el("p").text(text))
        .collect();
    let more: Vec<Element> = sentences.map(|text| el("p").text(text)).collect();
    let more = (!more.is_empty()).then(|| details("More of the answer", more));
    el("section")
        .class("answer")
        .attr("id", "answer")
        .attr("aria-labelledby", "answer-title")
        .child(el("h2").attr("id", "answer-title").text("The answer"))
        .maybe(headline)
        .children(next)
        .maybe(more)
        .maybe(glance(&findings.claims))
        .child(el("p").class("reading").text(format!(
            "A figure is what comes out with every assumption at its central value. The range \
             behind it holds nine tenths of {} runs per world, in which the assumptions vary \
             within their stated ranges. Shares of runs are shares of these.",
            number::fixed(f64::from(findings.run.replications), 0)
        )))
}

/// All claims with their verdicts, in the study's order.
fn glance(claims: &[ClaimFinding]) -> Option<Element> {
    if claims.is_empty() {
        return None;
    }
    let count = |verdict: Verdict| {
        claims
            .iter()
            .filter(|claim| claim.verdict == verdict)
            .count()
    };
    let tally = ORDER
        .into_iter()
        .filter(|verdict| count(*verdict) > 0)
        .map(|verdict| {
            el("li").child(badge(verdict).child(el("span").class("count").text(count(verdict))))
        });
    let list = claims.iter().map(|claim| {
        el("li").child(
            el("a")
                .attr("href", format!("#{}", claim_anchor(claim)))
                .child(el("span").class("claim-number").text(claim.number))
                .child(el("span").class("claim-title").text(&claim.title))
                .child(badge(claim.verdict)),
        )
    });
    Some(
        el("div")
            .class("glance")
            .child(el("h3").text("What was said, and what holds"))
            .child(el("ul").class("tally").children(tally))
            .child(el("ol").class("claim-list").children(list)),
    )
}

const ORDER: [Verdict; 4] = [
    Verdict::Supported,
    Verdict::SupportedOnlyIf,
    Verdict::NotSupported,
    Verdict::NotCheckable,
];

/// A verdict's sign and words; neither needs colour to be read.
pub(in crate::report) fn badge(verdict: Verdict) -> Element {
    let (class, sign) = match verdict {
        Verdict::Supported => ("supported", "✓"),
        Verdict::SupportedOnlyIf => ("only-if", "◐"),
        Verdict::NotSupported => ("not-supported", "✕"),
        Verdict::NotCheckable => ("not-checkable", "–"),
    };
    el("span")
        .class(format!("badge {class}"))
        .child(el("span").attr("aria-hidden", "true").text(sign))
        .text(" ")
        .text(verdict.label())
}

/// Anchor of a claim's card.
pub(in crate::report) fn claim_anchor(claim: &ClaimFinding) -> String {
    format!("claim-{}", claim.number)
}
