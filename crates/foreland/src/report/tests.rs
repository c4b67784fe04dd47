use super::{Land, STYLE, html, html_with_land};
use crate::findings::{Findings, LegMode, RouteLine, RouteRole, Verdict};

const SAMPLE: &str = include_str!("sample.json");

fn sample() -> Findings {
    serde_json::from_str(SAMPLE).expect("the sample holds findings")
}

fn page(findings: &Findings) -> String {
    let square = vec![
        [-80.0, -30.0],
        [-40.0, -30.0],
        [-40.0, 5.0],
        [-80.0, 5.0],
        [-80.0, -30.0],
    ];
    html_with_land(findings, &Land::new(vec![square]))
}

fn parsed(page: &str) -> roxmltree::Document<'_> {
    let options = roxmltree::ParsingOptions {
        allow_dtd: true,
        ..roxmltree::ParsingOptions::default()
    };
    roxmltree::Document::parse_with_options(page, options).expect("the page is well-formed")
}

/// Findings with no chains, claims, routes or assumptions.
fn bare() -> Findings {
    let mut findings = sample();
    findings.journeys.clear();
    findings.differences.clear();
    findings.claims.clear();
    findings.routes.clear();
    findings.points.clear();
    findings.assumptions.clear();
    findings.warnings.clear();
    findings.run.answer.clear();
    findings
}

#[test]
fn the_page_is_well_formed_with_and_without_content() {
    for findings in [sample(), bare()] {
        let page = page(&findings);
        assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
        parsed(&page);
    }
}

#[test]
fn the_page_needs_no_script_and_no_other_file() {
    let page = page(&sample());
    let document = parsed(&page);
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        let name = node.tag_name().name();
        // Data for programs that read the page are no script.
        if name == "script" && node.attribute("type") == Some("application/ld+json") {
            assert_eq!(node.attributes().count(), 1);
            continue;
        }
        let loads = [
            "script", "link", "iframe", "img", "image", "object", "embed", "base", "form",
        ];
        assert!(!loads.contains(&name), "<{name}> loads or runs something");
        for attribute in node.attributes() {
            let (key, value) = (attribute.name(), attribute.value());
            assert!(!key.starts_with("on"), "{key} runs a script");
            assert!(
                key != "src" && key != "srcset" && key != "style",
                "{key}={value}"
            );
            if key == "href" {
                assert!(value.starts_with('#'), "{value} leads out of the page");
            }
        }
    }
    assert!(!STYLE.contains("url(") && !STYLE.contains("@import"));
}

#[test]
fn links_lead_to_parts_of_the_page_and_identifiers_are_unique() {
    let page = page(&sample());
    let document = parsed(&page);
    let mut ids: Vec<&str> = document
        .descendants()
        .filter_map(|n| n.attribute("id"))
        .collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "an id stands twice");
    for node in document.descendants() {
        if let Some(target) = node.attribute("href") {
            assert!(
                ids.contains(&target.trim_start_matches('#')),
                "{target} leads nowhere"
            );
        }
        for key in ["aria-labelledby", "aria-describedby"] {
            if let Some(label) = node.attribute(key) {
                assert!(ids.contains(&label), "{label} labels nothing");
            }
        }
    }
}

#[test]
fn claims_are_data_for_programs_too() {
    let mut findings = sample();
    findings.claims[0].statement = "</script> & \"more\"".to_owned();
    let page = page(&findings);
    let document = parsed(&page);
    let data = document
        .descendants()
        .find(|n| n.attribute("type") == Some("application/ld+json"))
        .and_then(|n| n.text())
        .expect("data");
    let reviews: serde_json::Value = serde_json::from_str(data).expect("JSON");
    let graph = reviews["@graph"].as_array().expect("reviews");
    assert_eq!(graph.len(), findings.claims.len());
    assert_eq!(graph[0]["@type"], "ClaimReview");
    assert_eq!(
        graph[0]["claimReviewed"],
        findings.claims[0].statement.as_str()
    );
}

#[test]
fn hostile_text_stays_text() {
    let hostile = "</style></title><script>alert(1)</script>\" onload=\"alert(2)\u{0}&";
    let mut findings = sample();
    findings.run.title = hostile.to_owned();
    findings.run.question = hostile.to_owned();
    findings.run.answer = vec![hostile.to_owned(); 2];
    findings.claims[1].statement = hostile.to_owned();
    findings.claims[1].parts[0].measure.unit = hostile.to_owned();
    findings.claims[1].parts[0].tornado[0].label = hostile.to_owned();
    findings.claims[1].parts[0].published[0].speaker = hostile.to_owned();
    findings.routes[0].name = hostile.to_owned();
    findings.points[0].place.name = hostile.to_owned();
    findings.assumptions[0].source = hostile.to_owned();
    findings.warnings[0].text = hostile.to_owned();
    findings.journeys[0].chains[0].label = hostile.to_owned();
    let page = page(&findings);
    let document = parsed(&page);
    let scripts = document
        .descendants()
        .filter(|n| n.has_tag_name("script"))
        .filter(|n| n.attribute("type") != Some("application/ld+json"))
        .count();
    assert_eq!(scripts, 0);
    assert!(!page.contains("<script>alert"));
    let handlers = document
        .descendants()
        .flat_map(|node| node.attributes())
        .filter(|attribute| attribute.name().starts_with("on"));
    assert_eq!(handlers.count(), 0);
    assert!(page.contains("alert(1)"), "the text itself is shown");
}

#[test]
fn headings_descend_one_step_at_a_time() {
    let page = page(&sample());
    let document = parsed(&page);
    let levels: Vec<u32> = document
        .descendants()
        .filter_map(|node| node.tag_name().name().strip_prefix('h')?.parse().ok())
        .collect();
    assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
    for pair in levels.windows(2) {
        assert!(pair[1] <= pair[0] + 1, "h{} follows h{}", pair[1], pair[0]);
    }
}

#[test]
fn every_claim_shows_its_verdict_figure_speaker_and_date() {
    let findings = sample();
    let page = page(&findings);
    let document = parsed(&page);
    for claim in &findings.claims {
        let card = document
            .descendants()
            .find(|n| n.attribute("id") == Some(&format!("claim-{}", claim.number)))
            .expect("each claim has a card");
        let text: String = card.descendants().filter_map(|n| n.text()).collect();
        for shown in [
            claim.statement.as_str(),
            claim.speaker.as_str(),
            &claim.said_on.to_string(),
            claim.source.as_str(),
            claim.verdict.label(),
        ] {
            assert!(text.contains(shown), "claim {} lacks {shown}", claim.number);
        }
        for published in claim.parts.iter().flat_map(|part| &part.published) {
            assert!(text.contains(&published.source));
        }
        for inversion in claim.parts.iter().flat_map(|part| &part.inversions) {
            assert!(text.contains(&inversion.sentence));
        }
    }
    assert!(
        findings
            .claims
            .iter()
            .any(|c| c.verdict == Verdict::SupportedOnlyIf)
    );
}

#[test]
fn bars_of_stages_add_up_to_the_time_of_the_chain() {
    let findings = sample();
    let page = page(&findings);
    let document = parsed(&page);
    let percent = |node: &roxmltree::Node, key: &str| -> f64 {
        let value = node.attribute(key).unwrap_or("0");
        value.trim_end_matches('%').parse().expect("a percentage")
    };
    let days = document
        .descendants()
        .find(|n| n.attribute("id") == Some("days"))
        .expect("the section is there");
    for track in days
        .descendants()
        .filter(|n| n.attribute("class") == Some("track"))
    {
        let mut end = 0.0;
        for bar in track.children().filter(|n| n.has_tag_name("rect")) {
            assert!(
                (percent(&bar, "x") - end).abs() < 0.03,
                "a gap before {end}"
            );
            end = percent(&bar, "x") + percent(&bar, "width");
        }
        assert!(end <= 100.01);
    }
}

#[test]
fn the_same_findings_give_the_same_page() {
    assert_eq!(page(&sample()), page(&sample()));
}

#[test]
fn coordinates_beyond_all_bounds_give_a_page_all_the_same() {
    let mut findings = sample();
    let line = |unwrapped: Vec<[f64; 2]>| RouteLine {
        id: "odd".to_owned(),
        name: "odd".to_owned(),
        mode: LegMode::Sea,
        role: RouteRole::Both,
        worlds: Vec::new(),
        flows: Vec::new(),
        distance: 0.0,
        distance_unit: "nm".to_owned(),
        passages: Vec::new(),
        links: Vec::new(),
        lines: Vec::new(),
        unwrapped,
    };
    findings.routes = vec![
        line(Vec::new()),
        line(vec![[0.0, 0.0]]),
        line(vec![[-3600.0, -90.0], [3600.0, 90.0]]),
    ];
    let page = page(&findings);
    parsed(&page);
    assert!(!page.contains("NaN") && !page.contains("inf%"));
}

#[test]
fn the_embedded_coast_lies_behind_the_maps_within_its_budget() {
    let page = html(&sample());
    parsed(&page);
    let land: Vec<usize> = page
        .split("class=\"land\"")
        .skip(1)
        .map(|rest| rest.find("/>").unwrap_or(0))
        .collect();
    assert_eq!(land.len(), 2);
    assert!(land.iter().all(|bytes| *bytes > 1_000), "{land:?}");
    assert!(land.iter().sum::<usize>() < 151_000, "{land:?}");
}

/// Contrast of two colours by WCAG 2.2.
fn contrast(a: &str, b: &str) -> f64 {
    let luminance = |hex: &str| -> f64 {
        let channel = |at: usize| {
            let value = u8::from_str_radix(&hex[at..at + 2], 16).expect("a colour");
            let v = f64::from(value) / 255.0;
            if v <= 0.04045 {
                v / 12.92
            } else {
                ((v + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Text colours with what they stand on.
const TEXTS: [(&str, &[&str]); 14] = [
    ("ink", &["paper", "card", "maybe-paper", "faint"]),
    ("soft", &["paper", "card", "faint"]),
    ("link", &["paper", "card"]),
    ("before", &["paper", "card"]),
    ("after", &["paper", "card"]),
    ("both", &["paper", "card"]),
    ("changed", &["card"]),
    ("good", &["good-paper"]),
    ("maybe", &["maybe-paper", "paper"]),
    ("bad", &["bad-paper"]),
    ("open", &["open-paper"]),
    ("on-dark", &["sea", "port_dwell", "transshipment"]),
    ("on-light", &["inland", "border", "sailing_wait"]),
    ("on-light", &["intermediate_calls", "passage"]),
];

#[test]
fn text_has_enough_contrast_in_light_and_dark() {
    let (light, rest) = STYLE
        .split_once("@media screen and (prefers-color-scheme: dark)")
        .expect("both");
    let (dark, _) = rest.split_once("*, *::before").expect("the dark part ends");
    let colour = |sheet: &str, name: &str| -> Option<String> {
        let at = sheet.find(&format!("--{name}: #"))?;
        let value = &sheet[at..];
        let from = value.find('#')?;
        Some(value[from..from + 7].to_owned())
    };
    for (theme, sheet) in [("light", light), ("dark", dark)] {
        for (text, papers) in TEXTS {
            for paper in papers {
                let of = |name| {
                    colour(sheet, name)
                        .or_else(|| colour(light, name))
                        .expect(name)
                };
                let ratio = contrast(&of(text), &of(paper));
                assert!(ratio >= 4.5, "{theme}: {text} on {paper} has {ratio:.2}");
            }
        }
    }
}
