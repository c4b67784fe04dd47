//! The report: one HTML page that needs no script, no network and no other file.
//!
//! It shows [`Findings`] and computes nothing but positions on paper. Charts and maps are static
//! SVG; every chart has its figures beside it as text or as a table.

mod chart;
mod map;
pub(crate) mod markup;
mod names;
mod section;
pub(crate) mod table;
#[cfg(test)]
mod tests;

pub use map::{Land, routes_svg};
pub use section::{simulation_tables, world_trade_tables};

use self::markup::{Element, el};
use crate::findings::{Findings, claim_reviews};

/// The style sheet; light and dark, screen and paper.
const STYLE: &str = include_str!("report.css");

/// The claims for programs that read the page; no script, though HTML calls the element so.
fn claim_reviews_of(findings: &Findings) -> Option<Element> {
    (!findings.claims.is_empty()).then(|| {
        el("script")
            .attr("type", "application/ld+json")
            .data(&claim_reviews(findings))
    })
}

/// The report as one self-contained HTML page, over the coast that sea routes keep to.
pub fn html(findings: &Findings) -> String {
    html_with_land(findings, &Land::embedded())
}

/// The report as one self-contained HTML page, with the given land behind its maps.
///
/// # Examples
///
/// ```
/// # fn page(findings: &foreland::Findings) -> String {
/// use foreland::report::{Land, html_with_land};
///
/// let square = vec![[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0], [0.0, 0.0]];
/// html_with_land(findings, &Land::new(vec![square]))
/// # }
/// ```
pub fn html_with_land(findings: &Findings, land: &Land) -> String {
    let sections: Vec<(&str, &str, Option<Element>)> = vec![
        ("answer", "The answer", Some(section::answer(findings))),
        ("map", "Map", section::maps(findings, land)),
        ("changes", "What changes", section::changes(findings)),
        ("days", "Where the days go", section::days(findings)),
        ("flows", "Flows", section::flows(findings, land)),
        ("claims", "Claims", section::claims(findings)),
        (
            "simulation",
            "Over time",
            section::simulation(findings, land),
        ),
        (
            "world-trade",
            "World trade",
            section::world_trade(findings, land),
        ),
        ("worlds", "Worlds compared", Some(section::worlds(findings))),
        ("assumptions", "Assumptions", section::assumptions(findings)),
        ("warnings", "Warnings", section::warnings(findings)),
        (
            "provenance",
            "Provenance",
            Some(section::provenance(findings)),
        ),
    ];
    let links = sections
        .iter()
        .filter(|(_, _, content)| content.is_some())
        .map(|(id, title, _)| el("li").child(el("a").attr("href", format!("#{id}")).text(title)));
    let body = el("body")
        .child(
            el("a")
                .class("skip")
                .attr("href", "#answer")
                .text("Skip to the answer"),
        )
        .child(section::masthead(findings))
        .child(
            el("div")
                .class("columns")
                .child(
                    el("nav")
                        .attr("aria-label", "Contents")
                        .child(el("ol").children(links)),
                )
                .child(
                    el("main").children(sections.into_iter().filter_map(|(_, _, content)| content)),
                ),
        )
        .child(el("footer").child(el("p").text(
            "Made by foreland from open data. Routes are not for navigation. Coastline: Natural \
             Earth, public domain.",
        )));
    page(&findings.run.title, body, claim_reviews_of(findings))
}

/// A page of its own around a body; `data` is for programs that read it.
pub(crate) fn page(title: &str, body: Element, data: Option<Element>) -> String {
    let page = el("html")
        .attr("lang", "en")
        .child(
            el("head")
                .child(el("meta").attr("charset", "utf-8"))
                .child(
                    el("meta")
                        .attr("name", "viewport")
                        .attr("content", "width=device-width, initial-scale=1"),
                )
                .child(
                    el("meta")
                        .attr("name", "color-scheme")
                        .attr("content", "light dark"),
                )
                .child(el("title").text(format!("{title} – foreland")))
                .child(el("style").style(STYLE))
                .maybe(data),
        )
        .child(body);
    let mut out = String::from("<!DOCTYPE html>\n");
    page.write(&mut out);
    out
}
