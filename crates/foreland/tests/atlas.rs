//! The atlas of the repository loads, checks, and is described by its datapackage.

use std::path::{Path, PathBuf};

use foreland::{Atlas, Error};

fn atlas_dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../atlas")
}

#[test]
fn the_repository_atlas_has_no_problem() {
    let atlas = match Atlas::load(&atlas_dir()) {
        Ok(atlas) => atlas,
        Err(Error::Atlas { problems, .. }) => {
            let lines: Vec<String> = problems
                .iter()
                .map(|p| format!("{p} ({})", p.remedy))
                .collect();
            panic!("{} problems:\n{}", lines.len(), lines.join("\n"));
        }
        Err(error) => panic!("{error}"),
    };
    let report = atlas.check();
    for warning in &report.warnings {
        println!("warning: {warning}");
    }
    let lines: Vec<String> = report
        .problems
        .iter()
        .map(|p| format!("{p} ({})", p.remedy))
        .collect();
    assert!(
        lines.is_empty(),
        "{} problems:\n{}",
        lines.len(),
        lines.join("\n")
    );
}
