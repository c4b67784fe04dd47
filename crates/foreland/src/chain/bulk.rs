//! Bulk voyages: a chartered ship from port to port, without a timetable.

use super::liner::handling;
use super::network::Voyage;
use super::prices::{ShipHour, passage_hours, sea_hours, ship_hours, toll_usd};
use super::{Cargo, Prices, Slice, Split};
use crate::atlas::{CargoKind, HandlingStage};
use crate::findings::Stage;
use crate::world::{PortIx, Vessel, VesselIx, World};

/// What a voyage takes per tonne, handling in both ports included; `None` if the ship is too deep
/// for a port or the voyage does not exist.
pub(crate) fn evaluate(
    prices: &Prices<'_>,
    cargo: &Cargo,
    from: PortIx,
    to: PortIx,
    vessel: VesselIx,
    split: &mut Split,
) -> Option<()> {
    let world = prices.world();
    let voyage = prices.network.voyages.get(&(from, to, vessel))?;
    let ship = &world.vessels[vessel.index()];
    let draught = ship.scantling_draught_m * prices.draw.get(world.model.arrival_draught_share);
    if !admits(world, from, ship, draught) || !admits(world, to, ship, draught) {
        return None;
    }
    for (port, stage) in [(from, HandlingStage::Export), (to, HandlingStage::Import)] {
        split.add(Stage::PortDwell, handling(prices, cargo, port, stage)?);
    }
    sail(prices, ship, voyage, split);
    Some(())
}

/// Whether some bulk terminal of a port takes the ship. A port of which the atlas knows no bulk
/// terminal takes any.
fn admits(world: &World, port: PortIx, ship: &Vessel, draught_m: f64) -> bool {
    let within = |limit: Option<f64>, value: Option<f64>| match (limit, value) {
        (Some(limit), Some(value)) => value <= limit,
        _ => true,
    };
    let mut terminals = world.terminals_at(port, CargoKind::Bulk).peekable();
    terminals.peek().is_none()
        || terminals.any(|terminal| {
            within(terminal.limits.loa_m, ship.size.loa_m)
                && within(terminal.limits.beam_m, ship.size.beam_m)
                && within(terminal.limits.draught_m, Some(draught_m))
        })
}

fn sail(prices: &Prices<'_>, ship: &Vessel, voyage: &Voyage, split: &mut Split) {
    let (world, draw) = (prices.world(), prices.draw);
    let model = &world.model;
    let cargo_t = ship.dwt_t.unwrap_or(0.0) * draw.get(model.bulk_load_factor);
    let speed_kn = ship.design_speed_kn;
    let (at_sea, idle) = ship_hours(world, ship, speed_kn, draw);
    let (at_sea, idle) = (at_sea.share(cargo_t, 1.0), idle.share(cargo_t, 1.0));
    let sea_h = sea_hours(world, draw, voyage.leg.distance_nm, speed_kn);
    let passages = voyage.passages.iter().map(|&ix| &world.passages[ix]);
    let passage_h: f64 = passages.clone().map(|p| passage_hours(p, draw)).sum();
    let tolls: f64 = passages.map(|p| toll_usd(world, p, ship, draw)).sum();
    // The ship comes back, in part or whole in ballast: its hours are paid for, not waited for.
    let ballast = draw.get(model.bulk_ballast_factor);
    let stays_h = 2.0 * draw.get(model.bulk_port_stay_h);
    let paid = |hours: f64, hour: ShipHour| Slice {
        carriage_usd: hours * hour.usd,
        ttw_kg: hours * hour.ttw_kg,
        wtw_kg: hours * hour.wtw_kg,
        ..Slice::default()
    };
    let mut sea = paid(sea_h * ballast, at_sea);
    sea.time_h = sea_h;
    split.add(Stage::Sea, sea);
    split.add(Stage::PortDwell, paid(stays_h, idle));
    let mut passage = paid(passage_h, idle);
    passage.time_h = passage_h;
    passage.tolls_usd = tolls / cargo_t;
    split.add(Stage::Passage, passage);
}
