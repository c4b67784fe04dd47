//! A route question's answer for people.

use foreland::number;
use foreland::route::{Answer, Found, NOT_FOR_NAVIGATION, VoyageCost};

use crate::terminal::Grid;

const HOURS_PER_DAY: f64 = 24.0;

/// The answer as a table with its notes.
pub(crate) fn table(answer: &Answer) -> String {
    let timed = answer.routes.iter().any(|found| found.voyage.is_some());
    let arrives = answer.routes.iter().any(|found| found.arrival.is_some());
    let mut grid = Grid::new();
    grid.number("").number("Distance").text("Passages");
    if timed {
        grid.number("Sailing")
            .number("In passages")
            .number("In all");
    }
    if arrives {
        grid.text("Arrival (UTC)");
    }
    grid.number("Start to water").number("Water to end");
    for (i, found) in answer.routes.iter().enumerate() {
        grid.row(cells(i + 1, found, timed, arrives));
    }
    let mut out = format!("{}\n\n{}\n", answer.title(), grid.render());
    for (i, found) in answer.routes.iter().enumerate() {
        if let Some((cost, class)) = found.cost.as_ref().zip(answer.cost_class.as_ref()) {
            out.push_str(&format!(
                "Voyage {} of a {class}: {}.\n",
                i + 1,
                costs(cost)
            ));
        }
    }
    if let Some(ship) = &answer.ship {
        out.push_str(&format!("Ship: {ship}.\n"));
    }
    for note in &answer.notes {
        out.push_str(note);
        out.push('\n');
    }
    out.push_str(&format!("Shortest way over water, {NOT_FOR_NAVIGATION}.\n"));
    out
}

/// What a voyage costs and emits, with the range of its assumptions.
fn costs(cost: &VoyageCost) -> String {
    let ranged = |figure| match number::spread_range(figure) {
        Some(range) => format!("{} ({range})", number::central(figure)),
        None => number::central(figure),
    };
    let usd = |value| number::with_unit(value, "USD");
    format!(
        "{}, of it ship {}, fuel {}, tolls {}; {} well to wake",
        ranged(&cost.total_usd),
        usd(cost.charter_usd),
        usd(cost.fuel_usd),
        usd(cost.tolls_usd),
        ranged(&cost.wtw_t_co2e),
    )
}

fn cells(rank: usize, found: &Found, timed: bool, arrives: bool) -> Vec<String> {
    let nm = |nm: sealane::NauticalMiles| number::join_unit(number::fixed(nm.nm(), 1), "nm");
    let passages = found.passages();
    let mut cells = vec![
        rank.to_string(),
        nm(found.route.distance),
        if passages.is_empty() {
            "–".to_owned()
        } else {
            passages.join(", ")
        },
    ];
    if timed {
        match &found.voyage {
            Some(voyage) => {
                let hours = voyage.passages_h;
                cells.push(days(voyage.sailing_h));
                cells.push(if hours.low == hours.high {
                    days(hours.mid)
                } else {
                    let range = format!(
                        "{} to {}",
                        number::fixed(hours.low / HOURS_PER_DAY, 1),
                        number::fixed(hours.high / HOURS_PER_DAY, 1)
                    );
                    format!("{} ({range})", days(hours.mid))
                });
                cells.push(days(voyage.total_h()));
            }
            None => cells.extend(["", "", ""].map(str::to_owned)),
        }
    }
    if arrives {
        let arrival = found
            .arrival
            .map(|at| at.strftime("%Y-%m-%d %H:%M").to_string());
        cells.push(arrival.unwrap_or_default());
    }
    cells.push(nm(found.route.snap_from));
    cells.push(nm(found.route.snap_to));
    cells
}

fn days(hours: f64) -> String {
    number::join_unit(number::fixed(hours / HOURS_PER_DAY, 1), "d")
}
