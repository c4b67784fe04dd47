//! `foreland depend`: who depends on which passage, port, operator, owner or country, by an
//! estimate of the world's trade.

use std::path::Path;

use foreland::import::store_beside;
use foreland::number;
use foreland::place::fold;
use foreland::world_trade::chokepoint::{self, ChokepointLoad};
use foreland::world_trade::{Amount, Dependence, Loss, TradeSource, WorldTrade};
use foreland::{Atlas, Error, Problem, Study};
use serde_json::json;

use crate::arguments::DependArguments;
use crate::failure::Failure;
use crate::progress::Stages;
use crate::terminal::Grid;
use crate::{interrupt, outfile, sources, terminal};

/// Users shown in the table; all of them stand in the JSON.
const SHOWN: usize = 20;

/// Prints the dependence on a name, or the loads of all chokepoints.
///
/// # Errors
///
/// Wrong input for a name that nothing has, goods that are not traded, or a broken atlas.
pub(crate) fn run(arguments: &DependArguments, named: Option<&Path>) -> Result<(), Failure> {
    let atlas = sources::atlas(named)?;
    if let (Some(study), Some(name)) = (&arguments.study, &arguments.name) {
        let text = in_flows(arguments, study, name, &atlas)?;
        return outfile::write_or_print(arguments.out.as_deref(), text.as_bytes());
    }
    let ocean = sources::ocean()?;
    let stages = Stages::new();
    let source = source(arguments, &atlas)?;
    let trade = WorldTrade::by(
        &atlas,
        ocean,
        arguments.date,
        source.as_ref(),
        &|progress| stages.update(progress.stage, progress.done, progress.total),
    )?;
    interrupt::check()?;
    let text = match &arguments.name {
        Some(name) => {
            let found = trade.dependence(name, arguments.commodity.as_deref())?;
            drop(stages);
            if arguments.json {
                format!("{:#}\n", json!(found))
            } else {
                dependence(&found)
            }
        }
        None => {
            let loads = trade.chokepoints();
            drop(stages);
            match &arguments.out {
                Some(_) => chokepoint::markdown(&trade, &loads),
                None if arguments.json => as_json(&trade, &loads),
                None => table(&trade, &loads),
            }
        }
    };
    outfile::write_or_print(arguments.out.as_deref(), text.as_bytes())
}

/// Dependence on what a study's flows pass, by its name or identifier.
fn in_flows(
    arguments: &DependArguments,
    study: &Path,
    name: &str,
    atlas: &Atlas,
) -> Result<String, Failure> {
    let study = Study::load(study)?;
    let stages = Stages::new();
    let mut flows = super::flows::solved(&study, None, atlas, &stages)?;
    drop(stages);
    let wanted = fold(name);
    let known: Vec<String> = flows
        .dependence
        .iter()
        .map(|row| row.name.clone())
        .collect();
    flows
        .dependence
        .retain(|row| fold(&row.name).contains(&wanted) || fold(&row.id) == wanted);
    if flows.dependence.is_empty() {
        let mut known = known;
        known.sort_unstable();
        known.dedup();
        let problem = Problem::in_file(
            "depend",
            format!("nothing that the flows of the study pass is called `{name}`"),
            format!("name one of {}", known.join(", ")),
        );
        return Err(Error::Input(problem).into());
    }
    if arguments.json {
        return Ok(format!("{:#}\n", json!(flows.dependence)));
    }
    Ok(terminal::dependence(&flows).unwrap_or_default() + "\n")
}

/// The imported trade that the caller names.
fn source(arguments: &DependArguments, atlas: &Atlas) -> Result<Option<TradeSource>, Failure> {
    let store = arguments.store.clone();
    let store = store.unwrap_or_else(|| store_beside(&atlas.dir));
    let mut source = None;
    for name in &arguments.trade {
        let before: TradeSource = source.unwrap_or_default();
        let with = before.and(&store, name);
        source = Some(with.map_err(|problem| Error::Input(*problem))?);
    }
    Ok(source)
}

fn dependence(found: &Dependence) -> String {
    let goods = found.goods.as_deref().unwrap_or("all goods");
    let title = format!(
        "{} ({}), {goods}, world of {}",
        found.name, found.kind, found.date
    );
    if found.rows.is_empty() && !found.unknown.is_empty() {
        return format!("{title}\n{}\n", found.unknown.join("\n"));
    }
    let mut lines = vec![
        title,
        format!(
            "{} a year by sea: {} of the world's value, {} of its mass, {} of its TEU (estimate)",
            amount(&found.total),
            number::share(found.share_of_world.value_usd),
            number::share(found.share_of_world.mass_t),
            number::share(found.share_of_world.teu),
        ),
        format!(
            "Concentration of value over {}: HHI {}",
            found.concentration_over,
            number::fixed(found.hhi, 3)
        ),
    ];
    if let Some(loss) = &found.loss {
        lines.push(format!("If it is gone: {}", lost(loss)));
    }
    let is_link = found.loss.is_some();
    let mut grid = Grid::new();
    grid.text(if is_link { "Country" } else { "Chokepoint" })
        .number("bn USD")
        .number("Mt");
    for head in ["of value", "of mass", "of TEU"] {
        grid.number(head);
    }
    grid.number("Extra cost, M USD")
        .number("of value")
        .number("Cut off, bn USD");
    if !is_link {
        grid.text("Also there");
    }
    for row in found.rows.iter().take(SHOWN) {
        let mut cells = vec![
            row.name.clone(),
            number::fixed(row.through.value_usd / 1e9, 1),
            number::fixed(row.through.mass_t / 1e6, 1),
            number::share(row.share.value_usd),
            number::share(row.share.mass_t),
            number::share(row.share.teu),
            number::fixed(row.loss.extra_cost_usd / 1e6, 0),
            number::share(row.loss.extra_cost_share),
            number::fixed(row.loss.cut_off.value_usd / 1e9, 1),
        ];
        if !is_link {
            cells.push(row.co_users.join(", "));
        }
        grid.row(cells);
    }
    lines.push(String::new());
    lines.push(grid.render());
    if found.rows.len() > SHOWN {
        lines.push(format!(
            "and {} more; --json lists all",
            found.rows.len() - SHOWN
        ));
    }
    lines.push(String::new());
    lines.extend(found.unknown.iter().cloned());
    lines.push(format!("Every figure is an estimate: {}.", found.basis));
    lines.join("\n") + "\n"
}

fn amount(amount: &Amount) -> String {
    format!(
        "{} bn USD, {} Mt, {} M TEU",
        number::fixed(amount.value_usd / 1e9, 1),
        number::fixed(amount.mass_t / 1e6, 1),
        number::fixed(amount.teu / 1e6, 2)
    )
}

fn lost(loss: &Loss) -> String {
    format!(
        "{} M USD a year more for what still moves ({} of its value); cut off: {}",
        number::fixed(loss.extra_cost_usd / 1e6, 0),
        number::share(loss.extra_cost_share),
        amount(&loss.cut_off)
    )
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
        "basis": trade.network.demand.source,
        "date": trade.network.world.date.to_string(),
        "remarks": chokepoint::remarks(trade),
        "chokepoints": loads,
    });
    format!("{value:#}\n")
}
