//! Routes of many pairs: one row in, one row out.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use arrow_array::{ArrayRef, Float64Array, RecordBatch, StringArray};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use foreland::place::Place;
use foreland::route::{Charts, TooShallow, remedy, spacing, split, why};
use foreland::wkb;
use foreland::{Error, ErrorCode, Problem, Progress};
use pyo3::prelude::*;
use pyo3_arrow::PyTable;
use rayon::prelude::*;
use sealane::{End, Options, Route};

use crate::charts::{Way, of_fault};
use crate::input::Input;
use crate::{failure, running};

/// Rows after which progress is told.
const TOLD_EVERY: u64 = 1000;

/// The pairs with what was found: their own columns, then the answer's.
pub(crate) fn routes(
    py: Python<'_>,
    charts: &Charts,
    pairs: &PyTable,
    way: &Way,
) -> PyResult<PyTable> {
    let ship = way.ship().resolve(charts.atlas.as_ref());
    let ship = ship.map_err(|fault| of_fault(py, &fault))?;
    let options = charts.ways().options(&ship, &way.way());
    let asked = Asked {
        charts,
        options: options.map_err(|fault| of_fault(py, &fault))?,
        too_shallow: ship.too_shallow(charts.ocean),
    };
    let rows = Rows::read(pairs).map_err(|e| failure::of_error(py, &e))?;
    let found = running::run(py, None, |cancel, tell| asked.all(&rows, cancel, tell))?;
    let (batches, schema) =
        beside(pairs, &found).map_err(|error| failure::of_encoding(py, "the routes", &error))?;
    PyTable::try_new(batches, schema)
}

/// The columns of the pairs that mean something here.
struct Rows {
    from: EndColumns,
    to: EndColumns,
    via: Option<Vec<Option<String>>>,
    avoid: Option<Vec<Option<String>>>,
    rows: usize,
}

/// A column of degrees.
type Degrees = Vec<Option<f64>>;

/// The columns of one end: a place, or its coordinates, or both for different rows.
struct EndColumns {
    name: Option<Vec<Option<String>>>,
    lon_lat: Option<(Degrees, Degrees)>,
}

impl Rows {
    fn read(pairs: &PyTable) -> Result<Rows, Error> {
        let input = Input::new(pairs)?;
        if let Some(taken) = ANSWER_COLUMNS.iter().find(|name| input.has(name)) {
            return Err(Error::Input(Problem::in_file(
                "table",
                format!("`{taken}` is a column that is appended"),
                "rename it",
            )));
        }
        let optional = |name: &str| input.has(name).then(|| input.text(name)).transpose();
        let end = |end: &'static str, lon: &str, lat: &str| {
            let lon_lat = input.has(lon) && input.has(lat);
            if !lon_lat {
                // Says which columns there are if this one is missing.
                input.first_of(&[end])?;
            }
            Ok::<_, Error>(EndColumns {
                name: optional(end)?,
                lon_lat: lon_lat
                    .then(|| Ok::<_, Error>((input.numbers(lon)?, input.numbers(lat)?)))
                    .transpose()?,
            })
        };
        Ok(Rows {
            from: end("from", "from_lon", "from_lat")?,
            to: end("to", "to_lon", "to_lat")?,
            via: optional("via")?,
            avoid: optional("avoid")?,
            rows: input.rows(),
        })
    }
}

/// What is asked of every row.
struct Asked<'a> {
    charts: &'a Charts,
    options: Options,
    too_shallow: Vec<TooShallow>,
}

impl Asked<'_> {
    fn all(
        &self,
        rows: &Rows,
        cancel: &AtomicBool,
        tell: &(dyn Fn(Progress) + Sync),
    ) -> Result<Vec<Result<Route, String>>, Error> {
        let done = AtomicU64::new(0);
        let found: Vec<Option<Result<Route, String>>> = (0..rows.rows)
            .into_par_iter()
            .map(|row| {
                if cancel.load(Ordering::Relaxed) {
                    return None;
                }
                let route = self.one(rows, row);
                let done = done.fetch_add(1, Ordering::Relaxed) + 1;
                if done.is_multiple_of(TOLD_EVERY) {
                    tell(Progress {
                        stage: "routes",
                        done,
                        total: rows.rows as u64,
                    });
                }
                Some(route)
            })
            .collect();
        found
            .into_iter()
            .collect::<Option<_>>()
            .ok_or(Error::Cancelled)
    }

    /// The route of a row, or its status.
    fn one(&self, rows: &Rows, row: usize) -> Result<Route, String> {
        let (from, to) = (
            self.end("from", &rows.from, row)?,
            self.end("to", &rows.to, row)?,
        );
        let cell = |column: &Option<Vec<Option<String>>>| {
            column
                .as_ref()
                .and_then(|cells| cells[row].clone())
                .unwrap_or_default()
        };
        let ways = self.charts.ways();
        let mut options = self.options.clone();
        let avoid = ways
            .set(&cell(&rows.avoid))
            .map_err(|(message, remedy)| format!("error: avoid: {message}; {remedy}"))?;
        options.avoid = options.avoid.with(avoid);
        for text in split(&cell(&rows.via)) {
            let via = ways
                .via(text)
                .map_err(|(message, remedy)| format!("error: via: {message}; {remedy}"))?;
            options.via.push(via);
        }
        self.charts
            .ocean
            .route(from, to, &options)
            .map_err(|error| {
                if ErrorCode::of_route(&error) == ErrorCode::NoRoute {
                    let text = why(&error, &self.too_shallow);
                    format!(
                        "no_route: {}",
                        text.strip_prefix("no route: ").unwrap_or(&text)
                    )
                } else {
                    format!("error: {error}; {}", remedy(&error))
                }
            })
    }

    fn end(&self, which: &'static str, columns: &EndColumns, row: usize) -> Result<End, String> {
        let wrong =
            |message: String, remedy: String| format!("error: {which}: {message}; {remedy}");
        let name = columns
            .name
            .as_ref()
            .and_then(|cells| cells[row].as_deref());
        let place = match (
            name.filter(|name| !name.trim().is_empty()),
            &columns.lon_lat,
        ) {
            (None, Some((lon, lat))) => match (lon[row], lat[row]) {
                (Some(lon), Some(lat)) => Place::at(lon, lat),
                _ => self.charts.gazetteer.find(""),
            },
            (name, _) => self.charts.gazetteer.find(name.unwrap_or_default()),
        };
        let place = place.map_err(|error| wrong(error.to_string(), error.remedy()))?;
        let end = self.charts.ways().end(&place);
        end.map_err(|(message, remedy)| wrong(message, remedy))
    }
}

/// Columns that are appended.
const ANSWER_COLUMNS: [&str; 6] = [
    "distance_nm",
    "passages",
    "snap_from_nm",
    "snap_to_nm",
    "status",
    wkb::GEOMETRY,
];

/// The answers as columns beside those of the pairs, batch by batch; the pairs are not copied.
fn beside(
    pairs: &PyTable,
    found: &[Result<Route, String>],
) -> Result<(Vec<RecordBatch>, SchemaRef), ArrowError> {
    let [distance, passages, snap_from, snap_to, status, _] = ANSWER_COLUMNS;
    let mut schema: Option<SchemaRef> = None;
    let mut batches = Vec::new();
    let mut first = 0;
    for batch in pairs.batches() {
        let rows = &found[first..first + batch.num_rows()];
        first += batch.num_rows();
        let schema = schema.get_or_insert_with(|| {
            let old = batch.schema();
            let mut fields: Vec<Field> = old.fields().iter().map(|f| f.as_ref().clone()).collect();
            fields.extend(
                [distance, snap_from, snap_to].map(|n| Field::new(n, DataType::Float64, true)),
            );
            fields.insert(fields.len() - 2, Field::new(passages, DataType::Utf8, true));
            fields.push(Field::new(status, DataType::Utf8, false));
            fields.push(wkb::field(true));
            Arc::new(Schema::new(fields))
        });
        let mut columns = batch.columns().to_vec();
        columns.extend(answers(rows));
        batches.push(RecordBatch::try_new(Arc::clone(schema), columns)?);
    }
    let schema = schema.unwrap_or_else(|| Arc::new(Schema::empty()));
    Ok((batches, schema))
}

fn answers(rows: &[Result<Route, String>]) -> [ArrayRef; 6] {
    let number = |value: fn(&Route) -> f64| -> ArrayRef {
        let cells = rows.iter().map(|row| row.as_ref().ok().map(value));
        Arc::new(cells.collect::<Float64Array>())
    };
    let passages = rows.iter().map(|row| {
        let route = row.as_ref().ok()?;
        let mut passages: Vec<&str> = route.passages().collect();
        passages.dedup();
        Some(passages.join(";"))
    });
    let statuses = rows.iter().map(|row| match row {
        Ok(_) => "ok",
        Err(status) => status.as_str(),
    });
    let lines: Vec<Option<Vec<u8>>> = rows
        .iter()
        .map(|row| Some(wkb::multi_line_string(&row.as_ref().ok()?.parts(spacing()))))
        .collect();
    [
        number(|route| route.distance.nm()),
        Arc::new(passages.collect::<StringArray>()),
        number(|route| route.snap_from.nm()),
        number(|route| route.snap_to.nm()),
        Arc::new(StringArray::from_iter_values(statuses)),
        wkb::array(&lines),
    ]
}
