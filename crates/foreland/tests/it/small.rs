//! A small world whose travel times are worked out by hand.
//!
//! Four ports, five services, three roads. Ships of 1,000 TEU sail half full at 20 kn (the feeder
//! at 10 kn); an hour at sea costs (24,000 + 48 t × 500) / 24 = 2,000 USD, 4 USD per TEU on board;
//! an hour in port 24,000 / 24 = 1,000 USD, 2 USD per TEU. A TEU holds 10 t worth 24,000 USD that
//! lose 1 % a day: 10 USD an hour.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use foreland::findings::{InputFile, Software};
use foreland::sea::{Sea, SeaLeg, SeaQuery};
use foreland::{Atlas, Findings, Progress, RunRequest, Study};

/// Distances between ports, and the passages on the way.
pub struct FlatSea {
    legs: HashMap<(&'static str, &'static str), (f64, &'static [&'static str])>,
}

impl FlatSea {
    pub fn new() -> Self {
        let legs = [
            (("AAOLD", "CCFAR"), (4800.0, [].as_slice())),
            (("AAOLD", "BBHUB"), (1000.0, [].as_slice())),
            (("BBHUB", "CCFAR"), (4000.0, ["cut"].as_slice())),
            (("AANEW", "CCFAR"), (4400.0, [].as_slice())),
            (("AANEW", "AAOLD"), (300.0, [].as_slice())),
        ];
        FlatSea {
            legs: legs.into_iter().collect(),
        }
    }
}

impl Sea for FlatSea {
    fn leg(&self, query: &SeaQuery) -> Result<SeaLeg, String> {
        let code = |end: &foreland::sea::SeaEnd| end.unlocode.clone().unwrap_or_default();
        let (from, to) = (code(&query.from), code(&query.to));
        let known = |a: &str, b: &str| {
            let mut legs = self.legs.iter();
            legs.find(|((x, y), _)| *x == a && *y == b)
                .map(|(_, leg)| *leg)
        };
        let (distance_nm, passages) = known(&from, &to)
            .or_else(|| known(&to, &from))
            .ok_or_else(|| format!("the test knows no way from {from} to {to}"))?;
        if let Some(barred) = passages
            .iter()
            .find(|p| query.closed.iter().any(|c| c == *p))
        {
            return Err(format!("{barred} is closed"));
        }
        Ok(SeaLeg {
            distance_nm,
            passages: passages.iter().map(|p| (*p).to_owned()).collect(),
            line: vec![
                [query.from.lon_deg, query.from.lat_deg],
                [query.to.lon_deg, query.to.lat_deg],
            ],
            snap_from_nm: 0.0,
            snap_to_nm: 0.0,
        })
    }

    fn inputs(&self) -> Vec<InputFile> {
        Vec::new()
    }

    fn software(&self) -> Vec<Software> {
        Vec::new()
    }
}

pub fn atlas_dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/small-atlas")
}

pub fn atlas() -> Atlas {
    Atlas::load(&atlas_dir()).expect("the small atlas loads")
}

/// The head that all small studies share: one baseline and the opening of the new port.
pub const OPENING: &str = r#"
title = "A new port"
question = "What does it change?"
as_of = "2024-06-02"

[run]
seed = 1
replications = 40
chains = 3

[[baseline]]
id = "direct"
title = "direct services"
description = "The old port has a direct service."
date = "2024-05-31"
services = { calling_at = ["AAOLD"], kinds = ["direct"] }

[[baseline]]
id = "loop"
title = "a loop by the hub"
description = "The old port's service calls at the hub."
date = "2024-05-31"
services = { calling_at = ["AAOLD"], kinds = ["loop"] }

[[baseline]]
id = "hub"
title = "transshipment at the hub"
description = "Boxes change ships at the hub."
date = "2024-05-31"
services = { calling_at = ["AAOLD"], kinds = ["feeder"], transship_at = ["BBHUB"] }

[[flow]]
id = "ore"
origin = "mine"
destination = "far-city"
commodity = "boxes"
"#;

/// The scenario that opens the new port and starts its service.
pub const SCENARIO: &str = r#"
[[scenario]]
id = "opening"
title = "The new port opens"
description = "Its terminal opens and a direct service starts."

[[scenario.change]]
open = { target = "terminal/new-terminal", start = "2024-06-01" }

[[scenario.change]]
serve = { target = "service/new-direct", start = "2024-06-01" }
"#;

pub fn study(text: &str) -> Study {
    Study::parse(Path::new("small/study.toml"), text).expect("the study parses")
}

pub fn run(text: &str) -> Result<Findings, foreland::Error> {
    let atlas = atlas();
    let study = study(text);
    foreland::run(
        &RunRequest {
            atlas: &atlas,
            study: &study,
            sea: &FlatSea::new(),
            seed: None,
            replications: None,
            command: vec!["run".to_owned(), "small".to_owned()],
            cancel: None,
        },
        &|_: Progress| {},
    )
}

/// A copy of the small atlas in which one table's text is edited.
pub fn edited(table: &str, edit: impl Fn(&str) -> String) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    for entry in std::fs::read_dir(atlas_dir()).expect("the small atlas is there") {
        let path = entry.expect("an entry").path();
        let text = std::fs::read_to_string(&path).expect("a table");
        let name = path.file_name().expect("a name").to_owned();
        let text = if name == *format!("{table}.csv") {
            edit(&text)
        } else {
            text
        };
        std::fs::write(dir.path().join(name), text).expect("a copy");
    }
    dir
}

/// All problems of an atlas folder: of loading, or else of checking.
pub fn problems(dir: &Path) -> Vec<String> {
    let list = match Atlas::load(dir) {
        Ok(atlas) => atlas.check().problems,
        Err(foreland::Error::Atlas { problems, .. }) => problems,
        Err(error) => panic!("{error}"),
    };
    list.iter().map(|p| format!("{p} → {}", p.remedy)).collect()
}
