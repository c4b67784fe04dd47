//! `ports.csv`.

use std::collections::HashMap;
use std::path::Path;

use super::table::rows;
use crate::error::{ReadError, ReadProblem};
use crate::text::{Field, TextFile};

const COLUMNS: [&str; 12] = [
    "UNLocode",
    "name",
    "Country",
    "Cabotage_Region",
    "D_Region",
    "Longitude",
    "Latitude",
    "Draft",
    "CostPerFULL",
    "CostPerFULLTrnsf",
    "PortCallCostFixed",
    "PortCallCostPerFFE",
];

/// What the cargo flow needs to know of a port. Of some ports the file gives no costs.
#[derive(Clone, Debug, PartialEq)]
pub struct Port {
    /// UN/LOCODE or the file's own code.
    pub code: String,
    /// Cost of loading or discharging, in USD/FFE.
    pub move_cost_usd: Option<f64>,
    /// Cost of a transshipment, in USD/FFE.
    pub transfer_cost_usd: Option<f64>,
}

/// All ports by code.
#[derive(Clone, Debug)]
pub struct Ports {
    all: Vec<Port>,
    by_code: HashMap<String, usize>,
}

impl Ports {
    /// Reads `ports.csv`.
    ///
    /// # Errors
    /// [`ReadError`] with file, line and column.
    pub fn read(path: &Path) -> Result<Self, ReadError> {
        Self::parse(&TextFile::open(path)?)
    }

    /// Reads ports from text; `name` stands for the file in errors.
    ///
    /// # Errors
    /// [`ReadError`] with line and column.
    pub fn from_text(name: &str, text: &str) -> Result<Self, ReadError> {
        Self::parse(&TextFile::from_text(Path::new(name), text.to_owned()))
    }

    fn parse(file: &TextFile) -> Result<Self, ReadError> {
        let mut ports = Self {
            all: Vec::new(),
            by_code: HashMap::new(),
        };
        let mut lines: HashMap<String, usize> = HashMap::new();
        for row in rows(file, &COLUMNS)? {
            let code = row.cell(0);
            let name = code.text.to_owned();
            if let Some(first) = lines.insert(name.clone(), row.line.number) {
                return Err(file.error_at(
                    code,
                    ReadProblem::Duplicate {
                        what: "port",
                        name,
                        first,
                    },
                ));
            }
            ports.by_code.insert(name.clone(), ports.all.len());
            ports.all.push(Port {
                code: name,
                move_cost_usd: amount_if_given(file, row.cell(8), "CostPerFULL")?,
                transfer_cost_usd: amount_if_given(file, row.cell(9), "CostPerFULLTrnsf")?,
            });
        }
        Ok(ports)
    }

    /// All ports, in the order of the file.
    pub fn all(&self) -> &[Port] {
        &self.all
    }

    /// Position of a port.
    pub fn position(&self, code: &str) -> Option<usize> {
        self.by_code.get(code).copied()
    }
}

fn amount_if_given(
    file: &TextFile,
    field: Field<'_>,
    what: &'static str,
) -> Result<Option<f64>, ReadError> {
    match field.text {
        "" | "NULL" => Ok(None),
        _ => file.amount(field, what).map(Some),
    }
}
