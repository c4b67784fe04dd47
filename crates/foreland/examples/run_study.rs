//! Runs a study and prints what it finds: `run_study STUDY [ATLAS] [OUT]`.

use std::path::PathBuf;

use foreland::{Atlas, RunRequest, Study};

fn main() -> miette::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let mut next = |default: &str| PathBuf::from(arguments.next().unwrap_or(default.to_owned()));
    let study = Study::load(&next("studies/chancay"))?;
    let atlas = Atlas::load(&next("atlas"))?;
    let out = next("out/study");
    let ocean = sealane::Ocean::embedded().map_err(|error| miette::miette!("{error}"))?;
    let request = RunRequest {
        atlas: &atlas,
        study: &study,
        sea: ocean,
        seed: None,
        replications: None,
        command: std::env::args().skip(1).collect(),
        cancel: None,
    };
    let findings = foreland::run(&request, &|_| {})?;
    for line in &findings.run.answer {
        println!("{line}");
    }
    for claim in &findings.claims {
        println!(
            "\n{}. {}: {}",
            claim.number,
            claim.title,
            claim.verdict.label()
        );
        println!("   {}", claim.because);
        for part in &claim.parts {
            println!(
                "   - {}: {} {}",
                part.id,
                part.verdict.label(),
                part.because
            );
            for bar in &part.tornado {
                println!(
                    "     {} ({}): {:.2} … {:.2}",
                    bar.label, bar.baseline, bar.figure_at_low, bar.figure_at_high
                );
            }
            for inversion in &part.inversions {
                println!("     {}", inversion.sentence);
            }
        }
    }
    findings.write(&out)?;
    println!("\nwritten to {}", out.display());
    Ok(())
}
