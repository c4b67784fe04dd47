//! Flow maps: legs of services, and ways of the world's trade, with lines as wide as what they carry.

use super::path::{PathData, simplify};
use super::projection::Projection;
use super::view::{View, best_centre};
use super::{LAND_BYTES, LINE_TOLERANCE_PX, Land, Sheet, WORLD_PX, path, rect};
use crate::findings::{FlowFindings, FlowLine, TradeLine, WorldTradeFindings};
use crate::number;
use crate::report::markup::{Element, el};

/// Width of the widest line, px.
const WIDEST_PX: f64 = 14.0;
/// Width of the thinnest line, px.
const THINNEST_PX: f64 = 0.8;

/// A line with what it carries, in words for people.
struct Wide<'a> {
    amount: f64,
    words: String,
    unwrapped: &'a [[f64; 2]],
}

impl Wide<'_> {
    fn of_flow(line: &FlowLine) -> Wide<'_> {
        Wide {
            amount: line.teu,
            words: format!("{}: {} TEU a year", line.name, number::fixed(line.teu, 0)),
            unwrapped: &line.unwrapped,
        }
    }

    fn of_trade(line: &TradeLine) -> Wide<'_> {
        let value = number::fixed(line.value_musd / 1e3, 1);
        Wide {
            amount: line.value_musd,
            words: format!("{}: {value} bn USD a year (estimate)", line.name),
            unwrapped: &line.unwrapped,
        }
    }
}

/// One map a world, all with the same view and scale; empty if there is nothing to draw.
pub(in crate::report) fn flows(flows: &FlowFindings, land: &Land) -> Vec<(String, Element)> {
    let worlds = flows.worlds.iter().map(|world| {
        let of_world = flows.lines.iter().filter(|line| line.world == world.id);
        let id = format!("map-flows-{}", world.id);
        (
            id,
            world.title.as_str(),
            of_world.map(Wide::of_flow).collect(),
        )
    });
    maps(worlds.collect(), land)
}

/// The same for the world's trade: lines as wide as the value on them.
pub(in crate::report) fn world_trade(
    trade: &WorldTradeFindings,
    land: &Land,
) -> Vec<(String, Element)> {
    let scenarios = trade.scenarios.iter();
    let scenarios = scenarios.map(|s| (s.scenario.as_str(), s.title.as_str()));
    let worlds = std::iter::once(("before", "Before")).chain(scenarios);
    let worlds = worlds.map(|(world, title)| {
        let of_world = trade.lines.iter().filter(|line| line.world == world);
        (
            format!("map-trade-{world}"),
            title,
            of_world.map(Wide::of_trade).collect(),
        )
    });
    maps(worlds.collect(), land)
}

fn maps(worlds: Vec<(String, &str, Vec<Wide<'_>>)>, land: &Land) -> Vec<(String, Element)> {
    let all = || worlds.iter().flat_map(|(.., lines)| lines);
    let lines: Vec<&[[f64; 2]]> = all().map(|line| line.unwrapped).collect();
    let most = all().map(|line| line.amount).fold(0.0, f64::max);
    if lines.is_empty() || most <= 0.0 {
        return Vec::new();
    }
    let projection = Projection::EqualEarth {
        centre_deg: best_centre(&lines),
    };
    let shown: Vec<[f64; 2]> = lines.iter().flat_map(|line| line.iter().copied()).collect();
    worlds
        .iter()
        .map(|(id, title, lines)| {
            let view = View::around(projection, &shown, WORLD_PX, (1.5, 2.2));
            (
                (*title).to_owned(),
                draw(view, land, id, title, lines, most),
            )
        })
        .collect()
}

fn draw(view: View, land: &Land, id: &str, title: &str, lines: &[Wide<'_>], most: f64) -> Element {
    let (width, height) = (view.width, view.height);
    let coast = land.path(&view, LAND_BYTES.1);
    let sheet = Sheet::new(view, PathData::default());
    let drawn = lines.iter().map(|line| {
        let mut data = PathData::default();
        for piece in sheet.view.line(line.unwrapped) {
            data.line(&simplify(&piece, LINE_TOLERANCE_PX));
        }
        let wide = (WIDEST_PX * line.amount / most).max(THINNEST_PX);
        path("flow-line", data)
            .attr("stroke-width", format!("{wide:.1}"))
            .child(el("title").text(&line.words))
    });
    el("svg")
        .class("map")
        .attr("id", id)
        .attr("viewBox", format!("0 0 {width} {height}"))
        .attr("role", "img")
        .attr("aria-labelledby", format!("{id}-title"))
        .child(el("title").attr("id", format!("{id}-title")).text(title))
        .child(rect("water", width, height))
        .child(path("graticule", sheet.graticule()))
        .child(path("land", coast))
        .children(drawn.collect::<Vec<_>>())
}
