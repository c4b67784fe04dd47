//! Distances between many places.

use std::sync::Arc;

use arrow_array::types::Int32Type;
use arrow_array::{DictionaryArray, Float32Array, Int32Array, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema};
use foreland::route::Charts;
use foreland::{Error, ErrorCode, Problem};
use pyo3::prelude::*;
use pyo3_arrow::PyTable;
use sealane::{Matrix, PortIx};

use crate::charts::{Way, of_fault};
use crate::input::Input;
use crate::{failure, running, table};

/// Most pairs of one matrix: all ports of the world by all ports.
const MOST_PAIRS: usize = 64_000_000;
/// Columns that may hold the port, the first of them that there is.
const COLUMNS: [&str; 5] = ["unlocode", "locode", "port", "place", "name"];

/// Places as Python gives them: a list of texts or a table.
#[derive(FromPyObject)]
pub(crate) enum Places {
    /// Anything that hands over Arrow; first, since a data frame is a list of its columns' names too.
    Table(PyTable),
    /// Texts.
    List(Vec<String>),
}

impl Places {
    fn texts(&self) -> Result<Vec<String>, Error> {
        match self {
            Places::List(texts) => Ok(texts.clone()),
            Places::Table(handed) => {
                let input = Input::new(handed)?;
                let cells = input.text(input.first_of(&COLUMNS)?)?;
                Ok(cells.into_iter().map(Option::unwrap_or_default).collect())
            }
        }
    }
}

/// Ports in the order given, with what the caller called them.
struct Ports {
    called: Vec<String>,
    numbers: Vec<PortIx>,
}

impl Ports {
    fn find(charts: &Charts, texts: Vec<String>) -> Result<Ports, Error> {
        let numbers = texts.iter().map(|text| port(charts, text));
        Ok(Ports {
            numbers: numbers.collect::<Result<_, _>>()?,
            called: texts,
        })
    }
}

/// The table `from`, `to`, `distance_nm`, one row a pair; null where there is no route.
pub(crate) fn matrix(
    py: Python<'_>,
    charts: &Charts,
    from: &Places,
    to: Option<&Places>,
    way: &Way,
) -> PyResult<PyTable> {
    let ship = way.ship().resolve(charts.atlas.as_ref());
    let options = ship.and_then(|ship| charts.ways().options(&ship, &way.way()));
    let options = options.map_err(|fault| of_fault(py, &fault))?;
    if !options.via.is_empty() {
        let problem = Problem::in_file("via", "a matrix has no way to take", "ask for routes");
        return Err(failure::of_problem(py, problem));
    }
    let texts = from
        .texts()
        .and_then(|from| Ok((from, to.map(Places::texts).transpose()?)));
    let (from, to) = texts.map_err(|e| failure::of_error(py, &e))?;
    let batch = running::run(py, None, |_, _| {
        let from = Ports::find(charts, from)?;
        let to = to.map(|to| Ports::find(charts, to)).transpose()?;
        let to = to.as_ref().unwrap_or(&from);
        let pairs = from.numbers.len().saturating_mul(to.numbers.len());
        if pairs > MOST_PAIRS {
            let problem = Problem::in_file(
                "places",
                format!("{pairs} pairs are too many"),
                format!("ask for at most {MOST_PAIRS} pairs at once"),
            );
            return Err(Error::Input(problem.of_kind(ErrorCode::TooBig)));
        }
        let matrix = charts.ocean.matrix(&from.numbers, &to.numbers, &options);
        batch(&from, to, &matrix).map_err(|error| Error::Encode {
            what: "the matrix".to_owned(),
            why: error.to_string(),
        })
    })?;
    table::table(batch)
}

/// The port that a text names.
fn port(charts: &Charts, text: &str) -> Result<PortIx, Error> {
    let place = charts.gazetteer.find(text).map_err(|error| {
        Problem::in_file("places", error.to_string(), error.remedy()).of_kind(error.code())
    })?;
    let code = place.unlocode.as_deref();
    let number = code.and_then(|code| charts.ocean.port(code));
    number.ok_or_else(|| {
        let problem = Problem::in_file(
            "places",
            format!("{place} is no port that the ocean knows"),
            "give a port's UN/LOCODE or name; single points have routes, not a matrix",
        );
        Error::Input(problem.of_kind(ErrorCode::UnknownPlace))
    })
}

fn batch(
    from: &Ports,
    to: &Ports,
    matrix: &Matrix,
) -> Result<RecordBatch, arrow_schema::ArrowError> {
    let code = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
    let schema = Schema::new(vec![
        Field::new("from", code.clone(), false),
        Field::new("to", code, false),
        Field::new("distance_nm", DataType::Float32, true),
    ]);
    let number = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
    // Pairs are bounded, so that each side fits as well.
    let (rows, columns) = (number(from.numbers.len()), number(to.numbers.len()));
    let key = |numbers: Int32Array, ports: &Ports| {
        let names = Arc::new(StringArray::from_iter_values(&ports.called));
        DictionaryArray::<Int32Type>::try_new(numbers, names)
    };
    let starts = (0..rows).flat_map(|row| (0..columns).map(move |_| row));
    let ends = (0..rows).flat_map(|_| 0..columns);
    let nm: Float32Array = matrix
        .nm
        .iter()
        .map(|nm| (!nm.is_nan()).then_some(*nm))
        .collect();
    RecordBatch::try_new(
        Arc::new(schema),
        vec![
            Arc::new(key(Int32Array::from_iter_values(starts), from)?),
            Arc::new(key(Int32Array::from_iter_values(ends), to)?),
            Arc::new(nm),
        ],
    )
}
