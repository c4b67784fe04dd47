//! The Chancay study on the real atlas and ocean: it runs, and its figures are of this world.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use foreland::findings::{Chain, Findings, Stage, Verdict};
use foreland::param::Draw;
use foreland::{Atlas, RunRequest, Study, World};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// One run with few replications, shared by the tests.
fn findings() -> &'static Findings {
    static RUN: OnceLock<Findings> = OnceLock::new();
    RUN.get_or_init(|| {
        let atlas = Atlas::load(&root().join("atlas")).unwrap();
        let study = Study::load(&root().join("studies/chancay")).unwrap();
        let request = RunRequest {
            atlas: &atlas,
            study: &study,
            sea: sealane::Ocean::embedded().unwrap(),
            seed: None,
            replications: Some(40),
            command: Vec::new(),
            cancel: None,
        };
        foreland::run(&request, &|_| {}).unwrap()
    })
}

fn best<'f>(flow: &str, world: &str) -> &'f Chain {
    let found = findings()
        .journeys
        .iter()
        .find(|j| j.flow == flow && j.world == world);
    &found.unwrap().chains[0]
}

#[test]
fn every_claim_gets_a_verdict_with_its_reason() {
    let claims = &findings().claims;
    assert_eq!(claims.len(), 9);
    for claim in claims {
        assert!(!claim.because.is_empty(), "{}", claim.id);
        for part in &claim.parts {
            let checkable = part.verdict != Verdict::NotCheckable;
            assert_eq!(part.figure.is_some(), checkable, "{}.{}", claim.id, part.id);
            if part.verdict == Verdict::SupportedOnlyIf {
                assert!(part.condition.is_some(), "{}.{}", claim.id, part.id);
            }
        }
    }
    // The ninth is judged by the simulation of the strike.
    assert!(
        claims[8]
            .parts
            .iter()
            .all(|part| part.measure.kind == "simulated")
    );
    assert_ne!(claims[8].verdict, Verdict::NotCheckable);
}

#[test]
fn every_flow_has_a_chain_in_every_world() {
    let without: Vec<String> = findings()
        .journeys
        .iter()
        .filter(|j| j.chains.is_empty())
        .map(|j| format!("{} in {}: {:?}", j.flow, j.world, j.no_chain))
        .collect();
    assert!(without.is_empty(), "{}", without.join("\n"));
}

#[test]
fn chains_are_of_this_world() {
    for journey in &findings().journeys {
        for chain in &journey.chains {
            let days = chain.time_d.central;
            assert!((25.0..90.0).contains(&days), "{}: {days} d", chain.id);
            assert!(chain.transit_d.central < days, "{}", chain.id);
            assert!(
                (8_500.0..16_000.0).contains(&chain.sea_nm),
                "{}: {} nm",
                chain.id,
                chain.sea_nm
            );
            assert!(chain.ttw_kg.central < chain.wtw_kg.central, "{}", chain.id);
            let sea = chain.stages.iter().find(|s| s.stage == Stage::Sea).unwrap();
            // Made good over the shortest way: what cargo ships do.
            let knots = chain.sea_nm / sea.time_h;
            assert!((10.0..20.0).contains(&knots), "{}: {knots} kn", chain.id);
        }
    }
}

/// The lane value of GLEC was not used to set anything; it includes 15 % of extra distance.
#[test]
fn emissions_per_teu_and_kilometre_are_those_of_the_lane() {
    let atlas = Atlas::load(&root().join("atlas")).unwrap();
    let world = World::at(&atlas, jiff::civil::date(2024, 11, 15)).unwrap();
    let lane = "parameters/glec_asia_south_america_g_per_teu_km";
    let lane = Draw::central(&world.params).get(world.params.ix(lane).unwrap());
    let chain = best("lima-shanghai", "direct+opening");
    let sea = chain.stages.iter().find(|s| s.stage == Stage::Sea).unwrap();
    let ours = sea.wtw_kg * 1000.0 / (chain.sea_nm * 1.852);
    println!("{ours:.1} g/TEU·km, lane value {lane:.1}");
    assert!((0.6..1.6).contains(&(ours / lane)), "{ours} against {lane}");
}

/// Published transit times are exams, never inputs. Prints them beside ours.
#[test]
fn transit_times_lie_near_the_published_ones() {
    let part = &findings().claims[1].parts[0];
    let direct = &best("lima-shanghai", "direct+opening").transit_d;
    let measured = part
        .published
        .iter()
        .find(|p| p.speaker.contains("arrival report"))
        .expect("the first direct sailing was reported");
    println!(
        "Chancay–Shanghai direct: {:.1} d ({:.1}–{:.1}), measured {} d",
        direct.central, direct.p5, direct.p95, measured.value
    );
    assert!((direct.central / measured.value - 1.0).abs() < 0.25);
    let before: Vec<f64> = findings()
        .run
        .baselines
        .iter()
        .map(|b| {
            let journey = findings()
                .journeys
                .iter()
                .find(|j| j.flow == "lima-shanghai" && j.world == b.id);
            let from_callao = journey
                .unwrap()
                .chains
                .iter()
                .find(|c| c.label.contains("Callao"));
            from_callao.map_or(f64::NAN, |c| c.transit_d.central)
        })
        .filter(|days| days.is_finite())
        .collect();
    println!("Callao–Shanghai before, by baseline: {before:.1?} d; published 33–45 d");
    assert!(before.len() >= 5, "{before:?}");
    assert!(
        before.iter().all(|days| (27.0..50.0).contains(days)),
        "{before:?}"
    );
}

#[test]
fn the_model_document_names_every_parameter_that_the_model_reads() {
    let text = std::fs::read_to_string(root().join("docs/model.md")).unwrap();
    for (id, _) in foreland::world::REQUIRED_PARAMETERS {
        assert!(
            text.contains(&format!("`{id}`")),
            "docs/model.md does not explain `{id}`"
        );
    }
}
