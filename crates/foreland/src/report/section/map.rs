//! The maps with the table of their routes.

use crate::findings::{Findings, LegMode, RouteLine, RouteRole};
use crate::number;
use crate::report::map::{self, Land};
use crate::report::markup::{Element, el};
use crate::report::names::Names;
use crate::report::table::{Table, details};

/// Before and after on the map; `None` if there is nothing to draw.
pub(in crate::report) fn maps(findings: &Findings, land: &Land) -> Option<Element> {
    let world = map::world(findings, land);
    let corridors = map::corridors(findings, land);
    if world.is_none() && corridors.is_none() {
        return None;
    }
    Some(
        el("section")
            .attr("id", "map")
            .attr("aria-labelledby", "map-title")
            .child(
                el("h2")
                    .attr("id", "map-title")
                    .text("Before and after on the map"),
            )
            .child(el("p").class("lead").text(
                "The legs of the best chain of every flow in every world. Sea routes are the \
                 shortest ways over water for the ships of the service, not tracks that a ship \
                 has sailed.",
            ))
            .child(map::legend())
            .maybe(world.map(|svg| {
                figure(
                    svg,
                    "Sea routes. Equal-area map; the names of routes that find no room \
                             stand in the table.",
                )
            }))
            .maybe(corridors.map(|svg| {
                figure(
                    svg,
                    "Land corridors, drawn as straight lines \
                                                    between the places of the atlas.",
                )
            }))
            .child(details(
                "Routes on the maps, with lengths and passages",
                [table(findings)],
            )),
    )
}

/// A map with its caption.
pub(super) fn figure(svg: Element, caption: &str) -> Element {
    el("figure")
        .class("map-figure")
        .child(
            el("div")
                .class("scroll")
                .attr("role", "region")
                .attr("tabindex", 0)
                .attr("aria-label", "Map")
                .child(svg),
        )
        .child(el("figcaption").text(caption))
}

fn table(findings: &Findings) -> Element {
    let names = Names(findings);
    let mut table = Table::new("Routes on the maps")
        .words(["Route", "By", "Used"])
        .numbers(["Length"])
        .words(["Passages", "For"]);
    let mut routes: Vec<&RouteLine> = findings.routes.iter().collect();
    routes.sort_by_key(|route| route.mode != LegMode::Sea);
    for route in routes {
        let flows: Vec<String> = route.flows.iter().map(|flow| names.flow(flow)).collect();
        table.row([
            route.name.clone(),
            mode(route.mode).to_owned(),
            used(route.role).to_owned(),
            number::with_unit(route.distance.round(), &route.distance_unit),
            names.passages(&route.passages),
            flows.join("; "),
        ]);
    }
    table.finish()
}

fn used(role: RouteRole) -> &'static str {
    match role {
        RouteRole::Before => "before",
        RouteRole::After => "after",
        RouteRole::Both => "before and after",
    }
}

/// What carries the goods.
pub(in crate::report) fn mode(mode: LegMode) -> &'static str {
    match mode {
        LegMode::Road => "road",
        LegMode::Rail => "rail",
        LegMode::River => "river",
        LegMode::Sea => "sea",
    }
}
