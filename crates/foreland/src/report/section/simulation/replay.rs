//! One replication, hour by hour: small drawings below each other, and the same in a table.

use jiff::SignedDuration;
use jiff::civil::DateTime;

use crate::findings::{Fan, SimulationReplay, StationReplay};
use crate::number;
use crate::report::chart::FanChart;
use crate::report::map::{self, Land};
use crate::report::markup::{Element, el};
use crate::report::table::{Align, Table};

/// Hours between the rows of the table.
const ROW_H: usize = 6;

/// The replay of a scenario.
pub(super) fn replay(replay: &SimulationReplay, land: &Land) -> Element {
    let start: DateTime = replay.start.parse().unwrap_or(DateTime::MIN);
    let busy = |station: &&StationReplay| station.waiting.iter().any(|waiting| *waiting > 0.0);
    let stations: Vec<&StationReplay> = replay.stations.iter().filter(busy).collect();
    let drawings = stations.iter().map(|station| {
        let line = Fan {
            mean: station.waiting.clone(),
            p10: station.waiting.clone(),
            p50: station.waiting.clone(),
            p90: station.waiting.clone(),
        };
        let chart = FanChart {
            label: format!("waiting at {} hour by hour", station.station),
            start,
            step_h: 1.0,
            shown: (0, station.waiting.len()),
            fan: &line,
            calm: None,
            marked: Vec::new(),
        };
        el("figure")
            .child(el("figcaption").text(format!("Waiting at {}", station.station)))
            .child(chart.draw())
    });
    el("details")
        .child(el("summary").text(format!(
            "Hour by hour: {}, replication {}",
            replay.title, replay.replication
        )))
        .maybe(map::replay(replay, land).map(on_map))
        .children(drawings)
        .child(table(replay, start, &stations))
}

fn on_map(svg: Element) -> Element {
    super::super::map::figure(
        svg,
        "The area of a circle is how many wait; it is drawn for the hour in which most do, and \
             played from a click on by the hour, six hours a second. The same stands in the table.",
    )
}

fn table(replay: &SimulationReplay, start: DateTime, stations: &[&StationReplay]) -> Element {
    let mut table = Table::new(format!(
        "Replication {} of “{}”: waiting, and through in the {ROW_H} hours that begin",
        replay.replication, replay.title
    ))
    .words(["Time"]);
    for station in stations {
        table = table
            .column(format!("Waiting at {}", station.station), Align::Number)
            .column("Through", Align::Number);
    }
    let hours = stations.first().map_or(0, |station| station.waiting.len());
    for hour in (0..hours).step_by(ROW_H) {
        let at = start
            .checked_add(SignedDuration::from_hours(hour as i64))
            .unwrap_or(DateTime::MAX);
        let mut cells = vec![super::minute(&at.to_string())];
        for station in stations {
            let through = station.through.iter().skip(hour).take(ROW_H).sum::<f64>();
            cells.push(number::fixed(station.waiting[hour], 0));
            cells.push(number::fixed(through, 0));
        }
        table.row(cells);
    }
    table.finish()
}
