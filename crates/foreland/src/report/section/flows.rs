//! Who ships what which way: flow maps, what ports win and lose, surcharges, the investment.

use super::map::figure;
use crate::findings::{Appraisal, Findings, FlowFindings, LoadBy, Spread, Worth};
use crate::number;
use crate::report::chart::{Mark, RangeRow, ranges};
use crate::report::map::{self, Land};
use crate::report::markup::{Element, el};
use crate::report::table::{Table, details};

/// Ports and services with less than this are left to the tables on disk, TEU and kt a year.
const SHOWN_TEU: f64 = 1000.0;
const SHOWN_KT: f64 = 100.0;
/// Links with a smaller share of the value are left to the tables on disk, %.
const SHOWN_SHARE_PCT: f64 = 2.0;
/// Years of the investment that the fan shows.
const FAN_STEP: usize = 5;

/// The flows; `None` if the study asks for none.
pub(in crate::report) fn flows(findings: &Findings, land: &Land) -> Option<Element> {
    let flows = findings.flows.as_ref()?;
    let maps = map::flows(flows, land).into_iter().map(|(title, svg)| {
        let drawn = "The wider the line, the more laden containers of the followed trades.";
        figure(svg, &format!("{title}. {drawn}"))
    });
    Some(
        el("section")
            .attr("id", "flows")
            .attr("aria-labelledby", "flows-title")
            .child(el("h2").attr("id", "flows-title").text("Who ships what which way"))
            .child(el("p").class("lead").text(
                "The trades that the atlas knows, spread over places, choose among door-to-door chains; berths \
                 queue and services fill. Contracts and habit are not modelled: shares answer \
                 to cost sooner than shippers do.",
            ))
            .maybe((flows.left_out > 0).then(|| {
                el("p").text(format!(
                    "{} of {} samples are left out: their trade is far beyond what services and \
                     terminals hold.",
                    flows.left_out, flows.replications
                ))
            }))
            .children(maps)
            .child(ports(flows))
            .child(el("h3").text("What ports gain and lose, by commodity"))
            .child(changes(flows))
            .maybe(dependence(flows))
            .maybe(services(flows))
            .maybe(surcharges(flows))
            .maybe(flows.worth.as_ref().map(worth))
            .maybe(rival(flows))
            .maybe(diverted(flows))
            .child(details("Trades, the fit of choice, and proofs", [
                trades(flows),
                containers(flows),
                unplaced(flows),
                calibration(flows),
                proofs(flows),
            ])),
    )
}

fn cell(spread: &Spread) -> String {
    number::spread_range(spread).map_or_else(
        || number::central(spread),
        |range| format!("{} ({range})", number::central(spread)),
    )
}

/// A figure in whole numbers with its range; the unit stands in the head of the column.
fn whole(spread: &Spread) -> String {
    let [central, low, high] = [spread.central, spread.p5, spread.p95].map(|v| number::fixed(v, 0));
    if low == high && low == central {
        central
    } else {
        format!("{central} ({low} to {high})")
    }
}

fn loads(flows: &FlowFindings, by: LoadBy, caption: &str) -> Table {
    let mut table = Table::new(caption).words([match by {
        LoadBy::Port => "Port",
        _ => "Service",
    }]);
    for world in &flows.worlds {
        table = table
            .column(
                format!("{}, laden TEU", world.title),
                crate::report::table::Align::Number,
            )
            .column("kt", crate::report::table::Align::Number);
    }
    let mut ids: Vec<&str> = Vec::new();
    for load in flows.loads.iter().filter(|load| load.by == by) {
        let shown = load.teu.central >= SHOWN_TEU || load.mass_kt.central >= SHOWN_KT;
        if shown && !ids.contains(&load.id.as_str()) {
            ids.push(&load.id);
        }
    }
    for id in ids {
        let of = |world: &str| {
            let here = |load: &&crate::findings::Load| {
                load.by == by && load.id == id && load.world == world
            };
            flows.loads.iter().find(here)
        };
        let name = flows
            .worlds
            .iter()
            .find_map(|world| of(&world.id))
            .map_or(id, |load| &load.name);
        let mut cells = vec![name.to_owned()];
        for world in &flows.worlds {
            match of(&world.id) {
                Some(load) => {
                    cells.push(whole(&load.teu));
                    cells.push(number::fixed(load.mass_kt.central, 0));
                }
                None => cells.extend(["–".to_owned(), "–".to_owned()]),
            }
        }
        table.row(cells);
    }
    table
}

fn ports(flows: &FlowFindings) -> Element {
    loads(
        flows,
        LoadBy::Port,
        "What passes by port, a year (5 to 95 % of the samples)",
    )
    .finish()
}

fn services(flows: &FlowFindings) -> Option<Element> {
    let table = loads(flows, LoadBy::Service, "What services carry, a year");
    (!table.is_empty()).then(|| details("What services carry", [table.finish()]))
}

fn changes(flows: &FlowFindings) -> Element {
    let mut table = Table::new("What ports gain and lose, by commodity, a year")
        .words(["Port", "Scenario", "Commodity"])
        .numbers(["Before", "Change", "Change, M USD"]);
    for change in &flows.changes {
        if change.change.central.abs() < 1.0 {
            continue;
        }
        table.row([
            change.name.clone(),
            title(flows, &change.scenario),
            change.commodity.clone(),
            number::central(&change.before),
            cell(&change.change),
            number::fixed(change.change_musd.central, 1),
        ]);
    }
    table.finish()
}

/// Dependence on the links with the most value, in every world side by side.
fn dependence(flows: &FlowFindings) -> Option<Element> {
    let mut table = Table::new(
        "Dependence of the followed trades: share of the value that passes, and what is lost a year \
         if it is gone, at the queues as they are",
    )
    .words(["On"]);
    for world in &flows.worlds {
        table = table
            .column(
                format!("{}, of value", world.title),
                crate::report::table::Align::Number,
            )
            .column("Loss, M USD", crate::report::table::Align::Number);
    }
    table = table.words(["Most of it"]);
    let mut seen: Vec<(LoadBy, &str)> = Vec::new();
    for row in &flows.dependence {
        let key = (row.by, row.id.as_str());
        let shown = row.value_share_pct.central >= SHOWN_SHARE_PCT;
        if shown && !seen.contains(&key) {
            seen.push(key);
        }
    }
    seen.sort_by_key(|(by, _)| *by);
    for (by, id) in seen {
        let of = |world: &str| {
            let mut rows = flows.dependence.iter();
            rows.find(|row| row.by == by && row.id == id && row.world == world)
        };
        let any = flows.worlds.iter().find_map(|world| of(&world.id))?;
        let mut cells = vec![format!("{} ({})", any.name, by.as_str())];
        for world in &flows.worlds {
            match of(&world.id) {
                Some(row) => cells.extend([
                    cell(&row.value_share_pct),
                    number::fixed(row.loss_musd.central, 0),
                ]),
                None => cells.extend(["–".to_owned(), "–".to_owned()]),
            }
        }
        cells.push(any.also_there.join("; "));
        table.row(cells);
    }
    for by in [
        LoadBy::Port,
        LoadBy::Passage,
        LoadBy::Operator,
        LoadBy::Owner,
    ] {
        let mut cells = vec![format!("Concentration (HHI) over each {}", by.as_str())];
        for world in &flows.worlds {
            let of = |c: &&crate::findings::Concentration| c.world == world.id && c.by == by;
            let found = flows.concentration.iter().find(of);
            cells.push(found.map_or_else(String::new, |c| number::fixed(c.hhi.central, 3)));
            cells.push(String::new());
        }
        cells.push(String::new());
        table.row(cells);
    }
    (!flows.dependence.is_empty()).then(|| {
        el("div")
            .child(el("h3").text("Who depends on what, before and after"))
            .child(table.finish())
    })
}

fn title(flows: &FlowFindings, world: &str) -> String {
    let found = flows.worlds.iter().find(|w| w.id == world);
    found.map_or_else(|| world.to_owned(), |w| w.title.clone())
}

fn surcharges(flows: &FlowFindings) -> Option<Element> {
    let mut table =
        Table::new("Congestion surcharges: what a further laden TEU pays where room is short")
            .words(["Where", "World"])
            .numbers(["USD/TEU", "Load, TEU/year", "Room, TEU/year"]);
    for surcharge in &flows.surcharges {
        table.row([
            surcharge.name.clone(),
            title(flows, &surcharge.world),
            whole(&surcharge.usd_per_teu),
            number::fixed(surcharge.load_teu.central, 0),
            number::fixed(surcharge.capacity_teu.central, 0),
        ]);
    }
    (!table.is_empty()).then(|| table.finish())
}

fn worth(worth: &Worth) -> Element {
    let mut benefits = Table::new("Benefits at full traffic, rule of half, M USD a year")
        .words(["Benefit"])
        .numbers(["M USD a year"]);
    for benefit in &worth.benefits {
        benefits.row([benefit.kind.clone(), cell(&benefit.musd)]);
    }
    let mut table = Table::new(format!("What {} is worth", worth.title))
        .words(["Figure"])
        .numbers(["Value"]);
    table.row(["Cost".to_owned(), cell(&worth.cost_musd)]);
    for (who, appraisal) in [
        ("to society", &worth.society),
        ("to the operator", &worth.operator),
    ] {
        let Appraisal {
            npv_musd,
            irr_pct,
            pay_back_years,
            share_paid_back,
        } = appraisal;
        table.row([format!("Net present value {who}"), cell(npv_musd)]);
        if let Some(rate) = irr_pct {
            table.row([format!("Internal rate of return {who}"), cell(rate)]);
        }
        if let Some(years) = pay_back_years {
            table.row([format!("Pay-back {who}, where it pays back"), cell(years)]);
        }
        table.row([
            format!("Samples that pay back, {who}"),
            number::share(*share_paid_back),
        ]);
    }
    table.row([
        "Throughput in equilibrium, empties included".to_owned(),
        cell(&worth.throughput_teu),
    ]);
    table.row([
        "Throughput at which the operator's margin pays for the cost".to_owned(),
        cell(&worth.break_even_teu),
    ]);
    if let Some(published) = worth.published_teu {
        table.row([
            "Published throughput of the first year".to_owned(),
            format!("{} TEU", number::fixed(published, 0)),
        ]);
    }
    let last = worth.fan.len().saturating_sub(1);
    let fan = worth
        .fan
        .iter()
        .enumerate()
        .filter(|(year, _)| year % FAN_STEP == 0 || *year == last)
        .map(|(year, spread)| RangeRow {
            label: el("span").text(format!("after {year} years")),
            mark: Mark::Computed,
            value: Some(spread.central),
            outer: Some((spread.p5, spread.p95)),
            inner: None,
            note: None,
        })
        .collect();
    el("div")
        .child(el("h3").text(format!("What it is worth: {}", worth.title)))
        .child(el("p").text(format!(
            "Benefits to shippers on both sides, to other cargo of the ports, and of emissions, against the cost; positive in {} of the samples.",
            number::share(worth.share_positive)
        )))
        .child(table.finish())
        .child(benefits.finish())
        .child(el("h4").text("Net present value to society by year, cumulative"))
        .child(ranges(fan, "M USD", None, true))
}

fn rival(flows: &FlowFindings) -> Option<Element> {
    let rival = flows.rival.as_ref()?;
    Some(el("p").text(format!(
        "When rivals answer ({}), {} of the gain survives: {} instead of {}.",
        title(flows, &rival.scenario),
        cell(&rival.survives_pct),
        cell(&rival.answered_teu),
        cell(&rival.gain_teu),
    )))
}

fn diverted(flows: &FlowFindings) -> Option<Element> {
    let mut table = Table::new("Where goods go instead")
        .words(["Trade", "Scenario"])
        .numbers(["Before", "Change"]);
    for trade in &flows.diverted {
        table.row([
            format!(
                "{} → {}, {}",
                trade.origin, trade.destination, trade.commodity
            ),
            title(flows, &trade.scenario),
            number::central(&trade.before_musd),
            cell(&trade.change_musd),
        ]);
    }
    (!table.is_empty()).then(|| table.finish())
}

fn trades(flows: &FlowFindings) -> Element {
    let mut table = Table::new("Trades that are followed")
        .words(["Trade"])
        .numbers(["M USD a year", "kt a year", "Quantity (ends of the ranges)"])
        .words(["Derivation", "Source"]);
    for info in &flows.demands {
        let demand = &info.demand;
        table.row([
            format!(
                "{} → {}, {}",
                demand.origin, demand.destination, demand.commodity
            ),
            number::fixed(demand.value_usd / 1e6, 0),
            number::fixed(demand.mass_t / 1e3, 0),
            cell(&info.quantity),
            info.derivation.clone(),
            demand.source.clone(),
        ]);
    }
    table.finish()
}

fn containers(flows: &FlowFindings) -> Element {
    let mut table = Table::new("Laden containers from value and stowage, and as published")
        .words(["Trade"])
        .numbers(["Derived, TEU/year", "Published, TEU/year"])
        .words(["As of", "Source"]);
    for check in &flows.containers {
        table.row([
            format!("{} → {}", check.origin, check.destination),
            cell(&check.derived_teu),
            number::fixed(check.published_teu, 0),
            check.as_of.clone(),
            check.source.clone(),
        ]);
    }
    table.finish()
}

fn unplaced(flows: &FlowFindings) -> Element {
    let mut table = Table::new("Trades that are known and not followed")
        .words(["Trade"])
        .numbers(["M USD a year"])
        .words(["Why"]);
    for trade in &flows.unplaced {
        table.row([
            trade.what.clone(),
            trade
                .value_musd
                .map_or_else(|| "–".to_owned(), |v| number::fixed(v, 0)),
            trade.why.clone(),
        ]);
    }
    table.finish()
}

fn calibration(flows: &FlowFindings) -> Element {
    let fit = &flows.calibration;
    let error = fit
        .held_out_error_pct
        .as_ref()
        .map_or_else(String::new, |error| {
            format!(
                "; mean error of those held out {} percentage points",
                number::fixed(error.central, 1)
            )
        });
    let mut table = Table::new(format!("Scale of choice: {}{error}", fit.how))
        .words(["Published share", "Role"])
        .numbers(["Published", "Modelled"])
        .words(["Source"]);
    for point in &fit.points {
        table.row([
            point.title.clone(),
            point.role.replace('_', " "),
            number::with_unit(point.observed_pct, "%"),
            cell(&point.modelled_pct),
            point.source.clone(),
        ]);
    }
    table.finish()
}

fn proofs(flows: &FlowFindings) -> Element {
    let mut table = Table::new("How good the flows are")
        .words(["World"])
        .numbers([
            "Relative gap",
            "Conservation",
            "Beyond capacity",
            "Worst of all samples",
        ]);
    for world in &flows.worlds {
        let proof = &world.certificate;
        let figures = [
            proof.relative_gap,
            proof.conservation_residual,
            proof.capacity_residual,
            proof.worst_sample,
        ];
        let cells = figures.map(|figure| format!("{figure:.1e}"));
        table.row(std::iter::once(world.title.clone()).chain(cells));
    }
    table.finish()
}
