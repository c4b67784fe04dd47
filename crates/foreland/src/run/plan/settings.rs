//! How a study is run, and which of it nobody chose.

use crate::claim::verdict::Rules;
use crate::findings::Chosen;
use crate::param::Draw;
use crate::request::{
    DEFAULT_CHAINS, DEFAULT_REPLICATIONS, DEFAULT_SEED, DEFAULT_TRANSSHIPMENTS, RunRequest,
};
use crate::study::{FreightRule, Located, StudyFault};
use crate::world::World;

/// Most replications of a run.
const MAX_REPLICATIONS: u32 = 1_000_000;

/// How the study is run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    pub(crate) seed: u64,
    pub(crate) replications: u32,
    pub(crate) chains: usize,
    pub(crate) max_transshipments: u32,
    pub(crate) freight: FreightRule,
    pub(crate) rules: Rules,
    pub(crate) about_tolerance: f64,
    pub(crate) max_age_years: f64,
}

pub(super) fn settings(
    request: &RunRequest<'_>,
    today: &World,
    faults: &mut Vec<StudyFault>,
) -> (Settings, Vec<Chosen>) {
    let spec = &request.study.spec.run;
    let text = &request.study.text;
    let mut defaults = Vec::new();
    let mut default = |what: &str, value: String, because: &str| {
        defaults.push(Chosen {
            what: what.to_owned(),
            value,
            because: because.to_owned(),
        });
    };
    let mut bounded = |value: &Option<Located<u32>>, min: u32, max: u32| {
        let value = value.as_ref()?;
        if !(min..=max).contains(value.get()) {
            faults.push(text.fault(
                value.span(),
                format!("{} is out of range", value.get()),
                Some(format!("give a number from {min} to {max}")),
            ));
        }
        Some(*value.get())
    };
    let seed = request.seed.or(spec.seed).unwrap_or_else(|| {
        default("seed", DEFAULT_SEED.to_string(), "the study states none");
        DEFAULT_SEED
    });
    let stated = bounded(&spec.replications, 1, MAX_REPLICATIONS);
    let replications = request.replications.or(stated).unwrap_or_else(|| {
        default(
            "replications",
            DEFAULT_REPLICATIONS.to_string(),
            "shares of runs are then good to three percentage points",
        );
        DEFAULT_REPLICATIONS
    });
    let chains = bounded(&spec.chains, 1, 20).unwrap_or_else(|| {
        default(
            "chains",
            DEFAULT_CHAINS.to_string(),
            "the study states none",
        );
        DEFAULT_CHAINS
    });
    let max_transshipments = bounded(&spec.max_transshipments, 0, 4).unwrap_or_else(|| {
        default(
            "max_transshipments",
            DEFAULT_TRANSSHIPMENTS.to_string(),
            "feeder, main line, feeder",
        );
        DEFAULT_TRANSSHIPMENTS
    });
    let freight = spec.freight.unwrap_or_else(|| {
        default(
            "freight",
            "derived".to_owned(),
            "the slot's share of charter, fuel and tolls, times the carrier's overhead: the \
             published rates of a trade lie too close to each other to tell its services apart",
        );
        FreightRule::Derived
    });
    let central = Draw::central(&today.params);
    let model = &today.model;
    let settings = Settings {
        seed,
        replications: replications.clamp(1, MAX_REPLICATIONS),
        chains: chains as usize,
        max_transshipments,
        freight,
        rules: Rules {
            supported: central.get(model.verdict_supported_share),
            rejected: central.get(model.verdict_rejected_share),
        },
        about_tolerance: central.get(model.about_tolerance),
        max_age_years: central.get(model.figure_max_age_years),
    };
    for (ix, what) in [
        (
            model.verdict_supported_share,
            "share of runs from which a part of a claim is supported",
        ),
        (
            model.verdict_rejected_share,
            "share of runs up to which a part is not supported",
        ),
        (
            model.about_tolerance,
            "how far `about` reaches, as a share of the value",
        ),
        (
            model.figure_max_age_years,
            "age from which a published figure does not count, years",
        ),
    ] {
        default(
            what,
            central.get(ix).to_string(),
            &today.params.get(ix).origin.source,
        );
    }
    (settings, defaults)
}
