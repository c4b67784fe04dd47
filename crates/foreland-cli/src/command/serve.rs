//! `foreland serve`: the map and the HTTP API.

use std::path::Path;

use foreland::route::Charts;
use foreland_server::{Config, Limits};

use crate::arguments::ServeArguments;
use crate::failure::Failure;
use crate::sources;

/// Folder of studies beside the atlas.
const STUDIES: &str = "studies";
/// Where the jobs are, if not in the store.
const DATABASE_URL: &str = "DATABASE_URL";

/// Serves until the process is asked to end.
///
/// # Errors
///
/// Everything that is wrong in the atlas; wrong input for an address that cannot be served.
pub(crate) fn run(arguments: &ServeArguments, named: Option<&Path>) -> Result<(), Failure> {
    let folder = sources::atlas_folder(named)?;
    let studies = folder.parent().unwrap_or(Path::new("")).join(STUDIES);
    let charts = Charts::new(sources::ocean()?, Some(sources::atlas(Some(&folder))?));
    let config = Config {
        bind: arguments.bind,
        token: arguments.token.clone().filter(|token| !token.is_empty()),
        studies,
        store: arguments.store.clone(),
        database_url: std::env::var(DATABASE_URL)
            .ok()
            .filter(|url| !url.is_empty()),
        limits: Limits {
            runs: usize::from(arguments.runs),
            jobs_waiting: usize::try_from(arguments.queue).unwrap_or(usize::MAX),
            rate_per_s: Some(arguments.rate).filter(|rate| *rate > 0),
            ..Limits::default()
        },
    };
    let started =
        |at| eprintln!("The map is at http://{at}/, the API at http://{at}/v1/docs; Ctrl-C ends.");
    foreland_server::serve(config, charts, started)
        .map_err(|error| Failure::argument("--bind", error.to_string(), error.remedy()))
}
