//! `foreland depend`: what depends on the chokepoints of world trade, by an estimate.

use std::path::Path;

use foreland::world_trade::WorldTrade;
use foreland::world_trade::chokepoint::{self, ChokepointLoad};
use serde_json::json;

use crate::arguments::DependArguments;
use crate::failure::Failure;
use crate::progress::Stages;
use crate::terminal::Grid;
use crate::{interrupt, outfile, sources};

/// Prints the loads of all chokepoints.
///
/// # Errors
///
/// Everything that is wrong in the atlas.
pub(crate) fn run(arguments: &DependArguments, named: Option<&Path>) -> Result<(), Failure> {
    let atlas = sources::atlas(named)?;
    let ocean = sources::ocean()?;
    let stages = Stages::new();
    let trade = WorldTrade::of(&atlas, ocean, arguments.date, &|progress| {
        stages.update(progress.stage, progress.done, progress.total);
    })?;
    interrupt::check()?;
    let loads = trade.chokepoints();
    drop(stages);
    let text = match &arguments.out {
        Some(_) => chokepoint::markdown(&trade, &loads),
        None if arguments.json => as_json(&trade, &loads),
        None => table(&trade, &loads),
    };
    outfile::write_or_print(arguments.out.as_deref(), text.as_bytes())
}

fn table(trade: &WorldTrade<'_>, loads: &[ChokepointLoad]) -> String {
    let mut grid = Grid::new();
    for (number, head) in chokepoint::HEADS.iter().enumerate() {
        if number == 0 {
            grid.text(head);
        } else {
            grid.number(head);
        }
    }
    for row in chokepoint::rows(loads) {
        grid.row(row);
    }
    format!(
        "{}\n\n{}\n",
        grid.render(),
        chokepoint::remarks(trade).join("\n")
    )
}

fn as_json(trade: &WorldTrade<'_>, loads: &[ChokepointLoad]) -> String {
    let value = json!({
        "basis": "estimate by a gravity model",
        "date": trade.network.world.date.to_string(),
        "remarks": chokepoint::remarks(trade),
        "chokepoints": loads,
    });
    format!("{value:#}\n")
}
