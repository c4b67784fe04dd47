//! No parser panics, whatever bytes it gets.

use std::path::Path;

use foreland::findings::Manifest;
use foreland::{Atlas, Error, ErrorClass, Study};
use proptest::prelude::*;

fn tables() -> Vec<String> {
    Atlas::schema()
        .into_iter()
        .map(|t| t.name.to_owned())
        .collect()
}

/// A valid table with a stretch of its bytes replaced.
fn damaged(valid: &[u8], at: usize, bytes: &[u8]) -> Vec<u8> {
    let start = at % valid.len();
    let end = (start + bytes.len()).min(valid.len());
    [&valid[..start], bytes, &valid[end..]].concat()
}

/// Loading either works or lists problems; a damaged table never passes for more than it is.
fn load(dir: &Path) {
    match Atlas::load(dir) {
        Ok(atlas) => {
            atlas.check();
        }
        Err(Error::Atlas { problems, .. }) => assert!(!problems.is_empty()),
        Err(error) => panic!("{error}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn tables_of_any_bytes(
        table in prop::sample::select(tables()),
        bytes in prop::collection::vec(any::<u8>(), 0..400),
    ) {
        let dir = crate::small::edited("none", str::to_owned);
        std::fs::write(dir.path().join(format!("{table}.csv")), bytes).unwrap();
        load(dir.path());
    }

    #[test]
    fn tables_with_damaged_bytes(
        table in prop::sample::select(tables()),
        at in any::<usize>(),
        bytes in prop::collection::vec(any::<u8>(), 1..12),
    ) {
        let dir = crate::small::edited("none", str::to_owned);
        let path = dir.path().join(format!("{table}.csv"));
        let valid = std::fs::read(&path).unwrap();
        std::fs::write(&path, damaged(&valid, at, &bytes)).unwrap();
        load(dir.path());
    }

    #[test]
    fn studies_of_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let text = String::from_utf8_lossy(&bytes);
        let parsed = Study::parse(Path::new("study.toml"), &text);
        prop_assert!(matches!(parsed, Ok(_) | Err(Error::Study(_))));
    }

    #[test]
    fn studies_with_damaged_bytes(
        at in any::<usize>(),
        bytes in prop::collection::vec(any::<u8>(), 1..12),
    ) {
        let valid = format!("{}{}", crate::small::OPENING, crate::small::SCENARIO);
        let damaged = damaged(valid.as_bytes(), at, &bytes);
        let text = String::from_utf8_lossy(&damaged);
        if Study::parse(Path::new("study.toml"), &text).is_ok() {
            // What still parses must still resolve, or say what does not.
            let run = crate::small::run(&text.replace("replications = 40", "replications = 2"));
            if let Err(error) = run {
                prop_assert_eq!(error.class(), ErrorClass::Input, "{}", error);
            }
        }
    }

    #[test]
    fn manifests_of_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(Manifest::parse("manifest.json", &bytes).is_err());
    }
}
