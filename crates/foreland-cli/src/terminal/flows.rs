//! Flows in a terminal: the trades, the fit of choice, loads, surcharges and worth.

use foreland::findings::{Appraisal, FlowFindings, LoadBy, Spread};
use foreland::number;

use super::Grid;

/// Loads below this many TEU, and bulk loads below this many kt, are left to the other formats.
const SHOWN_TEU: f64 = 1000.0;
const SHOWN_KT: f64 = 10.0;

/// The flows as text that ends with a line.
pub(crate) fn flows(flows: &FlowFindings) -> String {
    let mut blocks = vec![trades(flows)];
    blocks.extend(containers(flows));
    blocks.extend([unplaced(flows), calibration(flows)]);
    blocks.extend(LoadBy::ALL.into_iter().filter_map(|by| loads(flows, by)));
    blocks.extend(dependence(flows));
    blocks.push(changes(flows));
    blocks.push(surcharges(flows));
    blocks.extend(worth(flows));
    blocks.extend(diverted(flows));
    blocks.push(certificates(flows));
    blocks.extend(warnings(flows));
    blocks.join("\n\n") + "\n"
}

/// What was dropped, snapped or defaulted.
fn warnings(flows: &FlowFindings) -> Option<String> {
    let lines = flows.warnings.iter();
    let lines: Vec<String> = lines.map(|w| format!("- {}: {}", w.code, w.text)).collect();
    (!lines.is_empty()).then(|| format!("Dropped, snapped or defaulted\n{}", lines.join("\n")))
}

fn titled(title: &str, grid: &Grid) -> String {
    format!("{title}\n{}", grid.render())
}

fn central(spread: &Spread) -> String {
    number::central(spread)
}

fn range(spread: &Spread) -> String {
    number::spread_range(spread).unwrap_or_default()
}

fn trades(flows: &FlowFindings) -> String {
    let mut grid = Grid::new();
    grid.text("Trade").number("M USD").number("kt");
    grid.number("Quantity").number("Range").text("From");
    for info in &flows.demands {
        let demand = &info.demand;
        grid.row([
            format!(
                "{} → {}, {}",
                demand.origin, demand.destination, demand.commodity
            ),
            number::fixed(demand.value_usd / 1e6, 0),
            number::fixed(demand.mass_t / 1e3, 0),
            central(&info.quantity),
            range(&info.quantity),
            info.derivation.clone(),
        ]);
    }
    titled("Trades that are followed", &grid)
}

fn containers(flows: &FlowFindings) -> Option<String> {
    let mut grid = Grid::new();
    grid.text("Trade").number("Derived").number("5 to 95 %");
    grid.number("Published").text("As of");
    for check in &flows.containers {
        grid.row([
            format!("{} → {}", check.origin, check.destination),
            central(&check.derived_teu),
            range(&check.derived_teu),
            number::with_unit(check.published_teu, "TEU"),
            check.as_of.clone(),
        ]);
    }
    let title = "Laden containers from value and stowage, and as published";
    (!flows.containers.is_empty()).then(|| titled(title, &grid))
}

fn unplaced(flows: &FlowFindings) -> String {
    let mut grid = Grid::new();
    grid.text("Trade").number("M USD").text("Why");
    for trade in &flows.unplaced {
        grid.row([
            trade.what.clone(),
            trade
                .value_musd
                .map_or_else(String::new, |v| number::fixed(v, 0)),
            trade.why.clone(),
        ]);
    }
    titled("Trades that are known and not followed", &grid)
}

fn calibration(flows: &FlowFindings) -> String {
    let fit = &flows.calibration;
    let mut grid = Grid::new();
    grid.text("Published share").text("Role");
    grid.number("Published")
        .number("Modelled")
        .number("5 to 95 %");
    for point in &fit.points {
        grid.row([
            point.title.clone(),
            point.role.replace('_', " "),
            number::with_unit(point.observed_pct, "%"),
            central(&point.modelled_pct),
            range(&point.modelled_pct),
        ]);
    }
    let error = fit
        .held_out_error_pct
        .as_ref()
        .map_or_else(String::new, |e| {
            format!(
                "\nMean error of what was held out: {:.1} percentage points ({:.1} to {:.1})",
                e.central, e.p5, e.p95
            )
        });
    let scale = &fit.scale_per_usd;
    titled(
        &format!(
            "Scale of choice {:.5} a USD/TEU ({:.5} to {:.5}): {}",
            scale.central, scale.p5, scale.p95, fit.how
        ),
        &grid,
    ) + &error
}

fn loads(flows: &FlowFindings, by: LoadBy) -> Option<String> {
    let mut ids: Vec<(&str, &str)> = Vec::new();
    for load in flows.loads.iter().filter(|load| load.by == by) {
        let shown = load.teu.central >= SHOWN_TEU || load.mass_kt.central >= SHOWN_KT;
        if shown && !ids.iter().any(|(id, _)| *id == load.id) {
            ids.push((&load.id, &load.name));
        }
    }
    if ids.is_empty() {
        return None;
    }
    let mut grid = Grid::new();
    grid.text(&capital(by.as_str()));
    for world in &flows.worlds {
        grid.number(&format!("{}, TEU", world.title));
        grid.number("5 to 95 %");
        grid.number("M USD");
        grid.number("kt");
    }
    for (id, name) in ids {
        let mut cells = vec![name.to_owned()];
        for world in &flows.worlds {
            let here =
                |l: &&foreland::findings::Load| l.by == by && l.id == id && l.world == world.id;
            match flows.loads.iter().find(here) {
                Some(load) => cells.extend([
                    number::fixed(load.teu.central, 0),
                    format!(
                        "{} to {}",
                        number::fixed(load.teu.p5, 0),
                        number::fixed(load.teu.p95, 0)
                    ),
                    number::fixed(load.value_musd.central, 0),
                    number::fixed(load.mass_kt.central, 0),
                ]),
                None => cells.extend(["–", "", "–", "–"].map(str::to_owned)),
            }
        }
        grid.row(cells);
    }
    Some(titled(
        &format!("What passes by {}, a year", by.as_str()),
        &grid,
    ))
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

fn changes(flows: &FlowFindings) -> String {
    let mut grid = Grid::new();
    grid.text("Scenario").text("Port").text("Commodity");
    grid.number("Before")
        .number("Change")
        .number("5 to 95 %")
        .number("M USD");
    for change in &flows.changes {
        if change.change.central.abs() < 0.5 {
            continue;
        }
        grid.row([
            change.scenario.clone(),
            change.name.clone(),
            change.commodity.clone(),
            central(&change.before),
            central(&change.change),
            range(&change.change),
            number::fixed(change.change_musd.central, 1),
        ]);
    }
    titled("What ports gain and lose, by commodity", &grid)
}

fn surcharges(flows: &FlowFindings) -> String {
    let mut grid = Grid::new();
    grid.text("World").text("Short");
    grid.number("USD/TEU")
        .number("5 to 95 %")
        .number("Load, TEU")
        .number("Room, TEU");
    for surcharge in &flows.surcharges {
        grid.row([
            surcharge.world.clone(),
            surcharge.name.clone(),
            number::fixed(surcharge.usd_per_teu.central, 0),
            range(&surcharge.usd_per_teu),
            number::fixed(surcharge.load_teu.central, 0),
            number::fixed(surcharge.capacity_teu.central, 0),
        ]);
    }
    titled("Congestion surcharges", &grid)
}

fn worth(flows: &FlowFindings) -> Option<String> {
    let worth = flows.worth.as_ref()?;
    let mut grid = Grid::new();
    grid.text(&worth.title)
        .number("Central")
        .number("5 to 95 %");
    let mut row =
        |what: &str, spread: &Spread| grid.row([what.to_owned(), central(spread), range(spread)]);
    row("Cost", &worth.cost_musd);
    for benefit in &worth.benefits {
        row(
            &format!("Benefit at full traffic: {}", benefit.kind),
            &benefit.musd,
        );
    }
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
        row(&format!("Net present value {who}"), npv_musd);
        for (what, spread) in [
            ("Internal rate of return", irr_pct),
            ("Pay-back", pay_back_years),
        ] {
            if let Some(spread) = spread {
                row(&format!("{what} {who}"), spread);
            }
        }
        row(
            &format!("Paid back within the horizon, {who}"),
            &Spread::exact("%", 100.0 * share_paid_back),
        );
    }
    row("Throughput, empties included", &worth.throughput_teu);
    row("Throughput that pays for the port", &worth.break_even_teu);
    if let Some(published) = worth.published_teu {
        row(
            "Published throughput of the first year",
            &Spread::exact("TEU", published),
        );
    }
    if let Some(rival) = &flows.rival {
        row("Gain of the port", &rival.gain_teu);
        row("Gain when rivals answer", &rival.answered_teu);
        row("Share of the gain that survives", &rival.survives_pct);
    }
    Some(titled("What the investment is worth", &grid))
}

fn diverted(flows: &FlowFindings) -> Option<String> {
    if flows.diverted.is_empty() {
        return None;
    }
    let mut grid = Grid::new();
    grid.text("Scenario").text("Trade");
    grid.number("Before").number("Change").number("5 to 95 %");
    for trade in &flows.diverted {
        grid.row([
            trade.scenario.clone(),
            format!(
                "{} → {}, {}",
                trade.origin, trade.destination, trade.commodity
            ),
            central(&trade.before_musd),
            central(&trade.change_musd),
            range(&trade.change_musd),
        ]);
    }
    Some(titled("Where trade goes instead", &grid))
}

/// Who depends on what in the followed trades, world by world.
pub(crate) fn dependence(flows: &FlowFindings) -> Option<String> {
    let mut grid = Grid::new();
    grid.text("World").text("On").text("What");
    grid.number("of value")
        .number("5 to 95 %")
        .number("of mass")
        .number("of TEU");
    grid.number("Loss if gone, M USD")
        .number("Cut off, M USD")
        .text("Most of it");
    for row in &flows.dependence {
        grid.row([
            row.world.clone(),
            row.name.clone(),
            row.by.as_str().to_owned(),
            central(&row.value_share_pct),
            range(&row.value_share_pct),
            central(&row.mass_share_pct),
            central(&row.teu_share_pct),
            number::fixed(row.loss_musd.central, 1),
            number::fixed(row.cut_off_musd.central, 1),
            row.also_there.join("; "),
        ]);
    }
    (!flows.dependence.is_empty()).then(|| titled("Dependence of the followed trades", &grid))
}

fn certificates(flows: &FlowFindings) -> String {
    let mut grid = Grid::new();
    grid.text("World")
        .number("Least cost as seen")
        .number("5 to 95 %")
        .number("Emissions");
    grid.number("Gap")
        .number("Conservation")
        .number("Beyond capacity")
        .number("Worst sample");
    for world in &flows.worlds {
        let proof = &world.certificate;
        grid.row([
            world.title.clone(),
            central(&world.generalised_musd),
            range(&world.generalised_musd),
            central(&world.wtw_kt),
            format!("{:.1e}", proof.relative_gap),
            format!("{:.1e}", proof.conservation_residual),
            format!("{:.1e}", proof.capacity_residual),
            format!("{:.1e}", proof.worst_sample),
        ]);
    }
    let title = format!(
        "Worlds, and how good their flows are; {} of {} samples left out",
        flows.left_out, flows.replications
    );
    titled(&title, &grid)
}
