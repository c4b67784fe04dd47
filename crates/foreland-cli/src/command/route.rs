//! `foreland route`: the way over water between two places.

use std::path::Path;

use foreland::route::{Answer, Charts, RouteQuery};

use super::pairs;
use crate::arguments::{Format, RouteArguments};
use crate::failure::Failure;
use crate::{outfile, output, sources};

/// Finds one route or its alternatives, or the routes of a file of pairs.
///
/// # Errors
///
/// Wrong input; [`Failure::NoRoute`] if there is none, after saying so in formats that programs
/// read.
pub(crate) fn run(arguments: &RouteArguments, atlas: Option<&Path>) -> Result<(), Failure> {
    let charts = sources::charts(atlas)?;
    if let Some(file) = &arguments.pairs {
        return pairs::run(arguments, file, &charts);
    }
    let format = match (arguments.format, arguments.json) {
        (Some(format), _) => format,
        (None, true) => Format::Json,
        (None, false) => Format::Table,
    };
    let mut query = RouteQuery {
        from: arguments.from.clone().unwrap_or_default(),
        to: arguments.to.clone().unwrap_or_default(),
        ship: arguments.ship.spec(),
        way: arguments.way.spec(),
        alternatives: usize::from(arguments.alternatives),
        speed_kn: arguments.speed.clone(),
        depart: arguments.depart.clone(),
    };
    let design = design_speed(&query, &charts);
    if let Some((kn, _)) = &design {
        query.speed_kn = Some(kn.to_string());
    }
    let mut answer = query.answer(&charts)?;
    let told = design.map(|(kn, class)| format!("Speed: {kn} kn, the design speed of {class}."));
    answer.notes.extend(told);
    let Some(why) = &answer.no_route else {
        let text = formatted(&answer, format)?;
        return outfile::write_or_print(arguments.out.as_deref(), text.as_bytes());
    };
    if matches!(format, Format::Json | Format::Csv) {
        let text = formatted(&answer, format)?;
        outfile::write_or_print(arguments.out.as_deref(), text.as_bytes())?;
    }
    Err(Failure::NoRoute(why.clone()))
}

/// The design speed of the class with its source, where no speed is given.
fn design_speed(query: &RouteQuery, charts: &Charts) -> Option<(f64, String)> {
    let class = query.ship.class.as_deref()?;
    query
        .speed_kn
        .is_none()
        .then(|| charts.design_speed_kn(class))?
}

/// The answer in a format, as text that ends with a line.
fn formatted(answer: &Answer, format: Format) -> Result<String, Failure> {
    Ok(match format {
        Format::Table => output::table(answer),
        Format::Json => answer.json(),
        Format::Geojson => answer.geojson(),
        Format::Csv => answer.csv()?,
        Format::Gpx => answer.gpx(),
        Format::Rtz => answer.rtz()?,
    })
}
