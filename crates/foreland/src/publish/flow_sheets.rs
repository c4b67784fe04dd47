//! The tables of flows, for studies that ask for them.

use super::sheet::{Sheet, sheet};
use crate::findings::FlowFindings;

pub(super) fn all(flows: &FlowFindings) -> Vec<Sheet> {
    vec![
        trades(flows),
        unplaced(flows),
        chains(flows),
        loads(flows),
        dependence(flows),
        concentration(flows),
        changes(flows),
        surcharges(flows),
        shares(flows),
    ]
}

fn trades(flows: &FlowFindings) -> Sheet {
    sheet!("flow_trades", flows.demands.iter(), row => {
        "origin": Text(row.demand.origin.clone()),
        "destination": Text(row.demand.destination.clone()),
        "commodity": Text(row.demand.commodity.clone()),
        "value_usd": Number(Some(row.demand.value_usd)),
        "mass_t": Number(Some(row.demand.mass_t)),
        "teu": Number(Some(row.demand.teu)),
        "quantity": Number(Some(row.quantity.central)),
        "quantity_low": Number(Some(row.quantity.p5)),
        "quantity_high": Number(Some(row.quantity.p95)),
        "unit": Text(row.quantity.unit.clone()),
        "derivation": Text(row.derivation.clone()),
        "source": Text(row.demand.source.clone()),
    })
}

fn unplaced(flows: &FlowFindings) -> Sheet {
    sheet!("flow_unplaced", flows.unplaced.iter(), row => {
        "trade": Text(row.what.clone()),
        "value_musd": Number(row.value_musd),
        "why": Text(row.why.clone()),
    })
}

fn chains(flows: &FlowFindings) -> Sheet {
    sheet!("flow_chains", flows.chains.iter(), row => {
        "world": Text(row.world.clone()),
        "origin": Text(row.origin.clone()),
        "destination": Text(row.destination.clone()),
        "commodity": Text(row.commodity.clone()),
        "chain": Text(row.chain.clone()),
        "share_pct": Number(Some(row.share_pct)),
        "laden_teu": Number(Some(row.teu)),
        "mass_t": Number(Some(row.mass_t)),
        "value_usd": Number(Some(row.value_usd)),
        "generalised_usd": Number(Some(row.generalised_usd)),
        "surcharge_usd": Number(Some(row.surcharge_usd)),
    })
}

fn loads(flows: &FlowFindings) -> Sheet {
    sheet!("flow_loads", flows.loads.iter(), row => {
        "world": Text(row.world.clone()),
        "by": Text(row.by.as_str().to_owned()),
        "id": Text(row.id.clone()),
        "name": Text(row.name.clone()),
        "value_musd": Number(Some(row.value_musd.central)),
        "value_p5_musd": Number(Some(row.value_musd.p5)),
        "value_p95_musd": Number(Some(row.value_musd.p95)),
        "mass_kt": Number(Some(row.mass_kt.central)),
        "mass_p5_kt": Number(Some(row.mass_kt.p5)),
        "mass_p95_kt": Number(Some(row.mass_kt.p95)),
        "laden_teu": Number(Some(row.teu.central)),
        "laden_p5_teu": Number(Some(row.teu.p5)),
        "laden_p95_teu": Number(Some(row.teu.p95)),
    })
}

fn dependence(flows: &FlowFindings) -> Sheet {
    sheet!("flow_dependence", flows.dependence.iter(), row => {
        "world": Text(row.world.clone()),
        "by": Text(row.by.as_str().to_owned()),
        "id": Text(row.id.clone()),
        "name": Text(row.name.clone()),
        "value_share_pct": Number(Some(row.value_share_pct.central)),
        "value_share_p5_pct": Number(Some(row.value_share_pct.p5)),
        "value_share_p95_pct": Number(Some(row.value_share_pct.p95)),
        "mass_share_pct": Number(Some(row.mass_share_pct.central)),
        "teu_share_pct": Number(Some(row.teu_share_pct.central)),
        "loss_musd": Number(Some(row.loss_musd.central)),
        "loss_p5_musd": Number(Some(row.loss_musd.p5)),
        "loss_p95_musd": Number(Some(row.loss_musd.p95)),
        "cut_off_musd": Number(Some(row.cut_off_musd.central)),
        "also_there": Text(row.also_there.join("; ")),
    })
}

fn concentration(flows: &FlowFindings) -> Sheet {
    sheet!("flow_concentration", flows.concentration.iter(), row => {
        "world": Text(row.world.clone()),
        "by": Text(row.by.as_str().to_owned()),
        "hhi": Number(Some(row.hhi.central)),
        "hhi_p5": Number(Some(row.hhi.p5)),
        "hhi_p95": Number(Some(row.hhi.p95)),
    })
}

fn changes(flows: &FlowFindings) -> Sheet {
    sheet!("flow_changes", flows.changes.iter(), row => {
        "scenario": Text(row.scenario.clone()),
        "port": Text(row.port.clone()),
        "commodity": Text(row.commodity.clone()),
        "unit": Text(row.change.unit.clone()),
        "before": Number(Some(row.before.central)),
        "change": Number(Some(row.change.central)),
        "change_p5": Number(Some(row.change.p5)),
        "change_p95": Number(Some(row.change.p95)),
        "change_musd": Number(Some(row.change_musd.central)),
    })
}

fn surcharges(flows: &FlowFindings) -> Sheet {
    sheet!("flow_surcharges", flows.surcharges.iter(), row => {
        "world": Text(row.world.clone()),
        "kind": Text(row.kind.clone()),
        "id": Text(row.id.clone()),
        "name": Text(row.name.clone()),
        "usd_per_teu": Number(Some(row.usd_per_teu.central)),
        "usd_per_teu_p5": Number(Some(row.usd_per_teu.p5)),
        "usd_per_teu_p95": Number(Some(row.usd_per_teu.p95)),
        "load_teu": Number(Some(row.load_teu.central)),
        "room_teu": Number(Some(row.capacity_teu.central)),
    })
}

fn shares(flows: &FlowFindings) -> Sheet {
    sheet!("flow_calibration", flows.calibration.points.iter(), row => {
        "share": Text(row.title.clone()),
        "role": Text(row.role.clone()),
        "observed_pct": Number(Some(row.observed_pct)),
        "modelled_pct": Number(Some(row.modelled_pct.central)),
        "modelled_p5_pct": Number(Some(row.modelled_pct.p5)),
        "modelled_p95_pct": Number(Some(row.modelled_pct.p95)),
        "source": Text(row.source.clone()),
    })
}
