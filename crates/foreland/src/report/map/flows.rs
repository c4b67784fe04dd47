//! Flow maps: the legs of services with lines as wide as what they carry.

use super::path::{PathData, simplify};
use super::projection::Projection;
use super::view::{View, best_centre};
use super::{LAND_BYTES, LINE_TOLERANCE_PX, Land, Sheet, WORLD_PX, path, rect};
use crate::findings::{FlowFindings, FlowLine};
use crate::report::markup::{Element, el};
use crate::report::number;

/// Width of the widest line, px.
const WIDEST_PX: f64 = 14.0;
/// Width of the thinnest line, px.
const THINNEST_PX: f64 = 0.8;

/// One map a world, all with the same view and scale; empty if there is nothing to draw.
pub(in crate::report) fn flows(flows: &FlowFindings, land: &Land) -> Vec<(String, Element)> {
    let lines: Vec<&[[f64; 2]]> = flows.lines.iter().map(|l| l.unwrapped.as_slice()).collect();
    let most = flows.lines.iter().map(|line| line.teu).fold(0.0, f64::max);
    if lines.is_empty() || most <= 0.0 {
        return Vec::new();
    }
    let projection = Projection::EqualEarth {
        centre_deg: best_centre(&lines),
    };
    let shown: Vec<[f64; 2]> = lines.iter().flat_map(|line| line.iter().copied()).collect();
    flows
        .worlds
        .iter()
        .map(|world| {
            let view = View::around(projection, &shown, WORLD_PX, (1.5, 2.2));
            let of_world = flows.lines.iter().filter(|line| line.world == world.id);
            let lines: Vec<&FlowLine> = of_world.collect();
            let id = format!("map-flows-{}", world.id);
            (
                world.title.clone(),
                draw(view, land, &id, &world.title, &lines, most),
            )
        })
        .collect()
}

fn draw(
    view: View,
    land: &Land,
    id: &str,
    title: &str,
    lines: &[&FlowLine],
    most_teu: f64,
) -> Element {
    let (width, height) = (view.width, view.height);
    let coast = land.path(&view, LAND_BYTES.1);
    let sheet = Sheet::new(view, PathData::default());
    let drawn = lines.iter().map(|line| {
        let mut data = PathData::default();
        for piece in sheet.view.line(&line.unwrapped) {
            data.line(&simplify(&piece, LINE_TOLERANCE_PX));
        }
        let wide = (WIDEST_PX * line.teu / most_teu).max(THINNEST_PX);
        path("flow-line", data)
            .attr("stroke-width", format!("{wide:.1}"))
            .child(el("title").text(format!(
                "{}: {} TEU a year",
                line.name,
                number::fixed(line.teu, 0)
            )))
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
