//! The flows in sentences, for the answer of a study.

use crate::findings::{FlowFindings, LoadBy, Spread};
use crate::number;

/// What the port of the investment takes, what it is worth, and what rivals leave of it.
pub(crate) fn sentences(flows: &FlowFindings) -> Vec<String> {
    let Some(worth) = &flows.worth else {
        return Vec::new();
    };
    let load = |world: &str| {
        flows
            .loads
            .iter()
            .find(|l| l.by == LoadBy::Port && l.id == worth.port && l.world == world)
    };
    let mut list = Vec::new();
    if let Some(after) = load(&worth.scenario) {
        let published = worth.published_teu.map_or_else(String::new, |teu| {
            format!(
                "; with empty boxes that is {} TEU where its first year is published with {}",
                number::fixed(worth.throughput_teu.central, 0),
                number::fixed(teu, 0)
            )
        });
        list.push(format!(
            "If all shippers answered to cost, {} would take {} laden TEU of the followed trades a \
             year{}{published}.",
            after.name,
            number::fixed(after.teu.central, 0),
            within(&after.teu),
        ));
    }
    list.push(format!(
        "{}: the net present value is {} M USD to society{}, and {} M USD to the operator{}, whose \
         margin pays for it from {} TEU a year.",
        worth.title,
        number::fixed(worth.society.npv_musd.central, 0),
        within(&worth.society.npv_musd),
        number::fixed(worth.operator.npv_musd.central, 0),
        within(&worth.operator.npv_musd),
        number::fixed(worth.break_even_teu.central, 0),
    ));
    if let Some(rival) = &flows.rival {
        list.push(format!(
            "When carriers at rival ports answer, {} % of its gain survives{}.",
            number::fixed(rival.survives_pct.central, 0),
            within(&rival.survives_pct),
        ));
    }
    list
}

fn within(spread: &Spread) -> String {
    format!(
        " ({} to {})",
        number::fixed(spread.p5, 0),
        number::fixed(spread.p95, 0)
    )
}
