//! The tables of a run. Units stand in the column names; figures whose unit depends on the row
//! have a `unit` column.

use super::sheet::{Sheet, sheet};
use crate::findings::{
    ChokepointChange, ChokepointRange, Findings, LegMode, Spread, WorldTradeFindings,
};

/// All tables of a run.
pub(super) fn all(findings: &Findings) -> Vec<Sheet> {
    let mut sheets = vec![
        chains(findings),
        stages(findings),
        legs(findings),
        differences(findings),
        claims(findings),
        parts(findings),
        parts_by_baseline(findings),
        tornado(findings),
        inversions(findings),
        published(findings),
        assumptions(findings),
        inputs(findings),
        warnings(findings),
    ];
    if let Some(trade) = &findings.world_trade {
        sheets.extend([
            chokepoints(trade),
            diverted(trade),
            outcomes(trade),
            dependence(trade),
        ]);
    }
    sheets
}

fn chokepoints(trade: &WorldTradeFindings) -> Sheet {
    let scenarios = trade.scenarios.iter();
    let rows = scenarios.flat_map(|s| s.chokepoints.iter().map(move |c| (s, c)));
    sheet!("chokepoints_estimate", rows, row => {
        "scenario": Text(row.0.scenario.clone()),
        "chokepoint": Text(row.1.name.clone()),
        "before_usd": Number(Some(row.1.before.value_usd)),
        "after_usd": Number(Some(row.1.after.value_usd)),
        "before_t": Number(Some(row.1.before.mass_t)),
        "after_t": Number(Some(row.1.after.mass_t)),
        "before_teu": Number(Some(row.1.before.teu)),
        "after_teu": Number(Some(row.1.after.teu)),
        "before_busd_p5": Number(range(row.1, |r| r.before_busd.p5)),
        "before_busd_p95": Number(range(row.1, |r| r.before_busd.p95)),
        "before_mt_p5": Number(range(row.1, |r| r.before_mt.p5)),
        "before_mt_p95": Number(range(row.1, |r| r.before_mt.p95)),
        "after_busd_p5": Number(range(row.1, |r| r.after_busd.p5)),
        "after_busd_p95": Number(range(row.1, |r| r.after_busd.p95)),
        "after_mt_p5": Number(range(row.1, |r| r.after_mt.p5)),
        "after_mt_p95": Number(range(row.1, |r| r.after_mt.p95)),
        "change_mass_pct_p5": Number(range(row.1, |r| r.change_mass_pct.p5)),
        "change_mass_pct_p95": Number(range(row.1, |r| r.change_mass_pct.p95)),
    })
}

fn range(row: &ChokepointChange, end: impl Fn(&ChokepointRange) -> f64) -> Option<f64> {
    row.range.as_ref().map(end)
}

/// Where goods go instead: the rows that change most, and their sum.
fn diverted(trade: &WorldTradeFindings) -> Sheet {
    let scenarios = trade.scenarios.iter();
    let rows = scenarios.flat_map(|s| s.diverted.iter().map(move |d| (s, d)));
    sheet!("diverted_estimate", rows, row => {
        "scenario": Text(row.0.scenario.clone()),
        "from": Text(row.1.from.clone()),
        "to": Text(row.1.to.clone()),
        "goods": Text(row.1.goods.clone()),
        "before_usd": Number(Some(row.1.before.value_usd)),
        "before_t": Number(Some(row.1.before.mass_t)),
        "change_musd": Number(Some(row.1.change_musd.central)),
        "change_musd_p5": Number(Some(row.1.change_musd.p5)),
        "change_musd_p95": Number(Some(row.1.change_musd.p95)),
        "change_pct": Number(Some(row.1.change_pct.central)),
        "change_pct_p5": Number(Some(row.1.change_pct.p5)),
        "change_pct_p95": Number(Some(row.1.change_pct.p95)),
    })
}

fn outcomes(trade: &WorldTradeFindings) -> Sheet {
    sheet!("outcomes_estimate", trade.outcomes.iter(), row => {
        "scenario": Text(row.scenario.clone()),
        "statement": Text(row.statement.clone()),
        "observed_low": Number(Some(row.observed_low)),
        "observed_high": Number(Some(row.observed_high)),
        "modelled": Number(row.modelled),
        "ratio": Number(row.ratio),
        "unit": Text(row.unit.clone()),
        "source": Text(row.source.clone()),
    })
}

fn dependence(trade: &WorldTradeFindings) -> Sheet {
    let rows = trade
        .dependence
        .iter()
        .flat_map(|d| d.rows.iter().map(move |row| (d, row)));
    sheet!("dependence_estimate", rows, row => {
        "of": Text(row.0.name.clone()),
        "on_or_by": Text(row.1.name.clone()),
        "through_usd": Number(Some(row.1.through.value_usd)),
        "through_t": Number(Some(row.1.through.mass_t)),
        "through_teu": Number(Some(row.1.through.teu)),
        "share_of_value": Number(Some(row.1.share.value_usd)),
        "share_of_mass": Number(Some(row.1.share.mass_t)),
        "share_of_teu": Number(Some(row.1.share.teu)),
        "extra_cost_usd": Number(Some(row.1.loss.extra_cost_usd)),
        "cut_off_usd": Number(Some(row.1.loss.cut_off.value_usd)),
    })
}

/// The serde name of a plain enum: the word that JSON shows too.
pub(super) fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

fn chains(findings: &Findings) -> Sheet {
    let rows = findings
        .journeys
        .iter()
        .flat_map(|journey| journey.chains.iter().map(move |chain| (journey, chain)));
    sheet!("chains", rows, row => {
        "chain": Text(row.1.id.clone()),
        "flow": Text(row.0.flow.clone()),
        "world": Text(row.0.world.clone()),
        "rank": Count(u64::from(row.1.rank)),
        "label": Text(row.1.label.clone()),
        "commodity": Text(row.0.commodity.clone()),
        "per": Text(row.0.per.as_str().to_owned()),
        "time_d": Number(Some(row.1.time_d.central)),
        "time_p5_d": Number(Some(row.1.time_d.p5)),
        "time_p50_d": Number(Some(row.1.time_d.p50)),
        "time_p95_d": Number(Some(row.1.time_d.p95)),
        "transit_d": Number(Some(row.1.transit_d.central)),
        "transit_p5_d": Number(Some(row.1.transit_d.p5)),
        "transit_p50_d": Number(Some(row.1.transit_d.p50)),
        "transit_p95_d": Number(Some(row.1.transit_d.p95)),
        "money_usd": Number(Some(row.1.money_usd.central)),
        "money_p5_usd": Number(Some(row.1.money_usd.p5)),
        "money_p95_usd": Number(Some(row.1.money_usd.p95)),
        "generalised_usd": Number(Some(row.1.generalised_usd.central)),
        "generalised_p5_usd": Number(Some(row.1.generalised_usd.p5)),
        "generalised_p95_usd": Number(Some(row.1.generalised_usd.p95)),
        "ttw_kg_co2e": Number(Some(row.1.ttw_kg.central)),
        "wtw_kg_co2e": Number(Some(row.1.wtw_kg.central)),
        "wtw_p5_kg_co2e": Number(Some(row.1.wtw_kg.p5)),
        "wtw_p95_kg_co2e": Number(Some(row.1.wtw_kg.p95)),
        "sea_nm": Number(Some(row.1.sea_nm)),
        "land_km": Number(Some(row.1.land_km)),
        "passages": Text(row.1.passages.join(";")),
    })
}

fn stages(findings: &Findings) -> Sheet {
    let chains = findings.journeys.iter().flat_map(|journey| &journey.chains);
    let rows = chains.flat_map(|chain| chain.stages.iter().map(move |stage| (chain, stage)));
    sheet!("stages", rows, row => {
        "chain": Text(row.0.id.clone()),
        "stage": Text(row.1.stage.as_str().to_owned()),
        "time_h": Number(Some(row.1.time_h)),
        "carriage_usd": Number(Some(row.1.carriage_usd)),
        "handling_usd": Number(Some(row.1.handling_usd)),
        "tolls_usd": Number(Some(row.1.tolls_usd)),
        "time_cost_usd": Number(Some(row.1.time_cost_usd)),
        "ttw_kg_co2e": Number(Some(row.1.ttw_kg)),
        "wtw_kg_co2e": Number(Some(row.1.wtw_kg)),
    })
}

fn legs(findings: &Findings) -> Sheet {
    let chains = findings.journeys.iter().flat_map(|journey| &journey.chains);
    let rows = chains.flat_map(|chain| (1u64..).zip(&chain.legs).map(move |leg| (chain, leg)));
    let km = |mode: LegMode| mode != LegMode::Sea;
    sheet!("legs", rows, row => {
        "chain": Text(row.0.id.clone()),
        "leg": Count(row.1.0),
        "mode": Text(word(&row.1.1.mode)),
        "from": Text(row.1.1.from.clone()),
        "to": Text(row.1.1.to.clone()),
        "by": Text(row.1.1.by.clone()),
        "distance_nm": Number((!km(row.1.1.mode)).then_some(row.1.1.distance)),
        "distance_km": Number(km(row.1.1.mode).then_some(row.1.1.distance)),
        "time_h": Number(Some(row.1.1.time_h)),
        "calls": Text(row.1.1.calls.join(";")),
        "route": Text(row.1.1.route.clone().unwrap_or_default()),
    })
}

fn differences(findings: &Findings) -> Sheet {
    sheet!("differences", findings.differences.iter(), row => {
        "flow": Text(row.flow.clone()),
        "baseline": Text(row.baseline.clone()),
        "scenario": Text(row.scenario.clone()),
        "quantity": Text(word(&row.quantity)),
        "unit": Text(row.change.unit.clone()),
        "before": Number(Some(row.before.central)),
        "before_p5": Number(Some(row.before.p5)),
        "before_p95": Number(Some(row.before.p95)),
        "after": Number(Some(row.after.central)),
        "after_p5": Number(Some(row.after.p5)),
        "after_p95": Number(Some(row.after.p95)),
        "change": Number(Some(row.change.central)),
        "change_p5": Number(Some(row.change.p5)),
        "change_p50": Number(Some(row.change.p50)),
        "change_p95": Number(Some(row.change.p95)),
        "share_lower": Number(Some(row.share_lower)),
        "chain_before": Text(row.chain_before.clone()),
        "chain_after": Text(row.chain_after.clone()),
    })
}

fn claims(findings: &Findings) -> Sheet {
    sheet!("claims", findings.claims.iter(), row => {
        "claim": Text(row.id.clone()),
        "number": Count(u64::from(row.number)),
        "title": Text(row.title.clone()),
        "statement": Text(row.statement.clone()),
        "speaker": Text(row.speaker.clone()),
        "said_on": Text(row.said_on.to_string()),
        "source": Text(row.source.clone()),
        "verdict": Text(word(&row.verdict)),
        "because": Text(row.because.clone()),
    })
}

fn parts(findings: &Findings) -> Sheet {
    let rows = findings
        .claims
        .iter()
        .flat_map(|claim| claim.parts.iter().map(move |part| (claim, part)));
    let of = |figure: &Option<Spread>, pick: fn(&Spread) -> f64| figure.as_ref().map(pick);
    sheet!("parts", rows, row => {
        "claim": Text(row.0.id.clone()),
        "part": Text(row.1.id.clone()),
        "statement": Text(row.1.statement.clone()),
        "measure": Text(row.1.measure.kind.clone()),
        "description": Text(row.1.measure.description.clone()),
        "unit": Text(row.1.measure.unit.clone()),
        "said": Number(row.1.threshold.as_ref().map(|t| t.said)),
        "at_least": Number(row.1.threshold.as_ref().and_then(|t| t.at_least)),
        "at_most": Number(row.1.threshold.as_ref().and_then(|t| t.at_most)),
        "verdict": Text(word(&row.1.verdict)),
        "figure": Number(of(&row.1.figure, |f| f.central)),
        "figure_p5": Number(of(&row.1.figure, |f| f.p5)),
        "figure_p50": Number(of(&row.1.figure, |f| f.p50)),
        "figure_p95": Number(of(&row.1.figure, |f| f.p95)),
        "share_holding": Number(row.1.share_holding),
        "runs": Count(u64::from(row.1.runs)),
        "because": Text(row.1.because.clone()),
        "condition": Text(row.1.condition.clone().unwrap_or_default()),
    })
}

fn parts_by_baseline(findings: &Findings) -> Sheet {
    let parts = findings
        .claims
        .iter()
        .flat_map(|claim| claim.parts.iter().map(move |part| (claim, part)));
    let rows = parts
        .flat_map(|(claim, part)| part.by_baseline.iter().map(move |base| (claim, part, base)));
    let of = |figure: &Option<Spread>, pick: fn(&Spread) -> f64| figure.as_ref().map(pick);
    sheet!("parts_by_baseline", rows, row => {
        "claim": Text(row.0.id.clone()),
        "part": Text(row.1.id.clone()),
        "baseline": Text(row.2.baseline.clone()),
        "unit": Text(row.1.measure.unit.clone()),
        "figure": Number(of(&row.2.figure, |f| f.central)),
        "figure_p5": Number(of(&row.2.figure, |f| f.p5)),
        "figure_p50": Number(of(&row.2.figure, |f| f.p50)),
        "figure_p95": Number(of(&row.2.figure, |f| f.p95)),
        "share_holding": Number(row.2.share_holding),
        "missing": Text(row.2.missing.clone().unwrap_or_default()),
    })
}

fn tornado(findings: &Findings) -> Sheet {
    let parts = findings
        .claims
        .iter()
        .flat_map(|claim| claim.parts.iter().map(move |part| (claim, part)));
    let rows =
        parts.flat_map(|(claim, part)| part.tornado.iter().map(move |bar| (claim, part, bar)));
    sheet!("tornado", rows, row => {
        "claim": Text(row.0.id.clone()),
        "part": Text(row.1.id.clone()),
        "assumption": Text(row.2.assumption.clone()),
        "label": Text(row.2.label.clone()),
        "baseline": Text(row.2.baseline.clone()),
        "assumption_unit": Text(row.2.unit.clone()),
        "low": Number(Some(row.2.low)),
        "high": Number(Some(row.2.high)),
        "figure_unit": Text(row.1.measure.unit.clone()),
        "figure_at_low": Number(Some(row.2.figure_at_low)),
        "figure_at_high": Number(Some(row.2.figure_at_high)),
        "holds_at_low": Truth(Some(row.2.holds_at_low)),
        "holds_at_high": Truth(Some(row.2.holds_at_high)),
        "share_low_half": Number(row.2.share_low_half),
        "share_high_half": Number(row.2.share_high_half),
    })
}

fn inversions(findings: &Findings) -> Sheet {
    let parts = findings
        .claims
        .iter()
        .flat_map(|claim| claim.parts.iter().map(move |part| (claim, part)));
    let rows =
        parts.flat_map(|(claim, part)| part.inversions.iter().map(move |inv| (claim, part, inv)));
    sheet!("inversions", rows, row => {
        "claim": Text(row.0.id.clone()),
        "part": Text(row.1.id.clone()),
        "assumption": Text(row.2.assumption.clone()),
        "baseline": Text(row.2.baseline.clone()),
        "unit": Text(row.2.unit.clone()),
        "value": Number(row.2.value),
        "bracket_low": Number(Some(row.2.bracket_low)),
        "bracket_high": Number(Some(row.2.bracket_high)),
        "plausible": Truth(row.2.value.map(|_| row.2.plausible)),
        "sentence": Text(row.2.sentence.clone()),
    })
}

fn published(findings: &Findings) -> Sheet {
    let parts = findings
        .claims
        .iter()
        .flat_map(|claim| claim.parts.iter().map(move |part| (claim, part)));
    let rows = parts.flat_map(|(claim, part)| {
        part.published
            .iter()
            .map(move |quoted| (claim, part, quoted))
    });
    sheet!("published", rows, row => {
        "claim": Text(row.0.id.clone()),
        "part": Text(row.1.id.clone()),
        "speaker": Text(row.2.speaker.clone()),
        "quantity": Text(row.2.quantity.clone()),
        "low": Number(Some(row.2.low)),
        "value": Number(Some(row.2.value)),
        "high": Number(Some(row.2.high)),
        "unit": Text(row.2.unit.clone()),
        "date": Text(row.2.date.clone()),
        "source": Text(row.2.source.clone()),
        "agrees": Truth(row.2.agrees),
    })
}

fn assumptions(findings: &Findings) -> Sheet {
    sheet!("assumptions", findings.assumptions.iter(), row => {
        "assumption": Text(row.id.clone()),
        "label": Text(row.label.clone()),
        "table": Text(row.table.clone()),
        "value": Number(Some(row.value)),
        "low": Number(Some(row.low)),
        "high": Number(Some(row.high)),
        "unit": Text(row.unit.clone()),
        "basis": Text(row.basis.as_str().to_owned()),
        "source": Text(row.source.clone()),
        "as_of": Text(row.as_of.clone()),
        "note": Text(row.note.clone()),
        "used_by": Text(row.used_by.join(";")),
    })
}

fn inputs(findings: &Findings) -> Sheet {
    sheet!("inputs", findings.provenance.inputs.iter(), row => {
        "role": Text(row.role.clone()),
        "name": Text(row.name.clone()),
        "rows": Number(row.rows.map(|rows| rows as f64)),
        "bytes": Count(row.bytes),
        "blake3": Text(row.blake3.clone()),
    })
}

fn warnings(findings: &Findings) -> Sheet {
    sheet!("warnings", findings.warnings.iter(), row => {
        "code": Text(row.code.clone()),
        "subject": Text(row.subject.clone()),
        "text": Text(row.text.clone()),
    })
}
