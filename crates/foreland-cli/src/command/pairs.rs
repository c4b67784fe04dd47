//! `foreland route --pairs`: many routes at once, one row in, one row out.

pub(crate) mod table;

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use foreland::place::Place;
use foreland::route::{ANSWER_COLUMNS, Charts, TooShallow, answer_cells, remedy, split, why};
use rayon::prelude::*;
use sealane::{Options, Route, RouteError, Via};

use self::table::{Columns, Pairs};
use crate::arguments::{Format, RouteArguments};
use crate::failure::Failure;
use crate::progress::Stages;
use crate::{interrupt, outfile};

/// Finds the route of every row.
///
/// # Errors
///
/// Wrong input if the file cannot be read as a table of pairs; what is wrong with single rows
/// stands in their status.
pub(crate) fn run(arguments: &RouteArguments, file: &Path, charts: &Charts) -> Result<(), Failure> {
    let as_json = match arguments.format {
        Some(Format::Json) => true,
        Some(Format::Csv) => false,
        None => arguments.json,
        Some(_) => {
            return Err(Failure::argument(
                "--format",
                "pairs come back as rows",
                "write --format csv or --format json",
            ));
        }
    };
    if arguments.alternatives > 1 || arguments.speed.is_some() {
        return Err(Failure::argument(
            "--pairs",
            "a row holds one route, without times",
            "leave out --alternatives and --speed",
        ));
    }
    let pairs = table::read(file)?;
    let ship = arguments.ship.spec().resolve(charts.atlas.as_ref())?;
    let asked = Asked {
        charts,
        options: charts.ways().options(&ship, &arguments.way.spec())?,
        too_shallow: ship.too_shallow(charts.ocean),
    };
    let rows = answers(&pairs, &asked)?;
    let text = if as_json {
        json(&pairs, &rows)
    } else {
        csv(&pairs, &rows)?
    };
    outfile::write_or_print(arguments.out.as_deref(), &text)?;
    eprintln!("{}", tally(&rows));
    Ok(())
}

/// What is asked of every row.
struct Asked<'a> {
    charts: &'a Charts,
    options: Options,
    too_shallow: Vec<TooShallow>,
}

/// The answer of a row.
struct Answer {
    /// The appended cells.
    cells: [String; ANSWER_COLUMNS.len()],
    /// Whether an end lies so far inland that the way there is no way of ships.
    is_over_land: bool,
}

fn answers(pairs: &Pairs, asked: &Asked) -> Result<Vec<Answer>, Failure> {
    let stages = Stages::new();
    let done = AtomicU64::new(0);
    let total = pairs.rows.len() as u64;
    let rows: Vec<Option<Answer>> = pairs
        .rows
        .par_iter()
        .map(|row| {
            interrupt::check().ok()?;
            let answer = match answer(row, &pairs.columns, asked) {
                Ok(route) => Answer {
                    is_over_land: route.over_land().iter().any(Option::is_some),
                    cells: answer_cells(&route),
                },
                Err(status) => Answer {
                    is_over_land: false,
                    cells: ["", "", "", "", &status].map(str::to_owned),
                },
            };
            stages.update("routes", done.fetch_add(1, Ordering::Relaxed) + 1, total);
            Some(answer)
        })
        .collect();
    rows.into_iter()
        .collect::<Option<_>>()
        .ok_or(Failure::Stopped)
}

/// The route of a row, or its status.
fn answer(row: &csv::StringRecord, columns: &Columns, asked: &Asked) -> Result<Route, String> {
    let charts = asked.charts;
    let wrong =
        |column: &str, message: &str, remedy: &str| format!("error: {column}: {message}; {remedy}");
    let ways = charts.ways();
    let cell = |at: Option<usize>| at.and_then(|at| row.get(at)).unwrap_or_default().trim();
    let end = |column: &str, ends: &table::EndColumns| {
        let place = place(charts, cell(ends.name), cell(ends.lon), cell(ends.lat))
            .map_err(|(message, remedy)| wrong(column, &message, &remedy))?;
        ways.end(&place)
            .map_err(|(message, remedy)| wrong(column, &message, &remedy))
    };
    let (from, to) = (end("from", &columns.from)?, end("to", &columns.to)?);
    let avoid = ways
        .set(cell(columns.avoid))
        .map_err(|(message, remedy)| wrong("avoid", &message, &remedy))?;
    let via: Vec<Via> = split(cell(columns.via))
        .map(|text| ways.via(text))
        .collect::<Result<_, _>>()
        .map_err(|(message, remedy)| wrong("via", &message, &remedy))?;
    let mut options = asked.options.clone();
    options.avoid = options.avoid.with(avoid);
    options.via.extend(via);
    charts
        .ocean
        .route(from, to, &options)
        .map_err(|error| match &error {
            RouteError::NoRoute { .. } | RouteError::Inland { .. } => {
                no_route(&error, &asked.too_shallow)
            }
            other => format!("error: {other}; {}", remedy(other)),
        })
}

/// `no_route: why`.
fn no_route(error: &RouteError, too_shallow: &[TooShallow]) -> String {
    let text = why(error, too_shallow);
    let reason = text.strip_prefix("no route: ").unwrap_or(&text);
    format!("no_route: {reason}")
}

/// The place of a row's end: by name if there is one, else by its coordinates.
fn place(charts: &Charts, name: &str, lon: &str, lat: &str) -> Result<Place, (String, String)> {
    let told = |error: foreland::place::PlaceError| (error.to_string(), error.remedy());
    if !name.is_empty() || (lon.is_empty() && lat.is_empty()) {
        return charts.gazetteer.find(name).map_err(told);
    }
    let degrees = |what: &str, text: &str| {
        text.parse::<f64>().map_err(|_| {
            (
                format!("`{text}` is not a number of degrees ({what})"),
                "write decimal degrees with a point, west and south negative".to_owned(),
            )
        })
    };
    Place::at(degrees("lon", lon)?, degrees("lat", lat)?).map_err(told)
}

fn csv(pairs: &Pairs, rows: &[Answer]) -> Result<Vec<u8>, Failure> {
    let failed = |error: csv::Error| Failure::Output(std::io::Error::other(error));
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer
        .write_record(pairs.header.iter().chain(ANSWER_COLUMNS))
        .map_err(failed)?;
    for (row, answer) in pairs.rows.iter().zip(rows) {
        writer
            .write_record(row.iter().chain(answer.cells.iter().map(String::as_str)))
            .map_err(failed)?;
    }
    writer
        .into_inner()
        .map_err(|error| Failure::Output(std::io::Error::other(error.to_string())))
}

/// The rows as objects; numbers of the answer are numbers.
fn json(pairs: &Pairs, rows: &[Answer]) -> Vec<u8> {
    let objects: Vec<serde_json::Value> = pairs
        .rows
        .iter()
        .zip(rows)
        .map(|(row, answer)| {
            let asked = pairs
                .header
                .iter()
                .zip(row)
                .map(|(k, v)| (k.to_owned(), v.into()));
            let answered = ANSWER_COLUMNS.iter().zip(&answer.cells).map(|(k, v)| {
                let value = match v.parse::<f64>() {
                    Ok(number) if k.ends_with("_nm") => number.into(),
                    _ if k.ends_with("_nm") => serde_json::Value::Null,
                    _ => v.as_str().into(),
                };
                ((*k).to_owned(), value)
            });
            serde_json::Value::Object(asked.chain(answered).collect())
        })
        .collect();
    format!("{:#}\n", serde_json::Value::Array(objects)).into_bytes()
}

fn tally(rows: &[Answer]) -> String {
    let with = |start: &str| {
        let is_so = |row: &&Answer| row.cells[4].starts_with(start);
        rows.iter().filter(is_so).count()
    };
    let over_land = rows.iter().filter(|row| row.is_over_land).count();
    let mut tally = format!(
        "{} pairs: {} ok, {} no_route, {} error",
        rows.len(),
        with("ok"),
        with("no_route"),
        with("error")
    );
    if over_land > 0 {
        tally += &format!(
            "; {over_land} begin or end far from mapped water, straight over land (snap_from_nm, snap_to_nm)"
        );
    }
    tally
}
