//! What may be written on the command line.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use foreland::import::Kind;
use foreland::route::{ShipSpec, WaySpec};

const EXIT_CODES: &str = "\
Exit codes:
  0    done
  1    a check failed, or the program or the disk did
  2    the input is wrong; nothing was written
  3    there is no route
  130  stopped by Ctrl-C; nothing half-written is left

Environment:
  FORELAND_ATLAS  folder of the atlas
  NO_COLOR        no colours";

/// What happens to the movement of goods when something changes?
#[derive(Debug, Parser)]
#[command(name = "foreland", version, after_help = EXIT_CODES)]
#[command(propagate_version = true, disable_help_subcommand = true)]
pub(crate) struct Arguments {
    /// Folder of the atlas [default: the nearest folder `atlas` here or above]
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "FORELAND_ATLAS",
        hide_env = true
    )]
    #[arg(value_hint = ValueHint::DirPath)]
    pub(crate) atlas: Option<PathBuf>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run a study and write its report, tables and maps
    Run(RunArguments),
    /// Who ships what which way: the flows of a study before and after its scenarios
    Flows(FlowsArguments),
    /// Play a study's disruptions over time: queues, recovery, losses
    Simulate(SimulateArguments),
    /// Run a study thousands to millions of times over the ranges of its assumptions
    Sweep(SweepArguments),
    /// Find the shortest route over water between two places, or between many pairs
    Route(RouteArguments),
    /// Distances between all pairs of many ports
    Matrix(MatrixArguments),
    /// Check the atlas, the ocean and the studies
    Check(CheckArguments),
    /// Who depends on a passage, port, operator, owner or country
    Depend(DependArguments),
    /// Serve the map and the HTTP API
    Serve(ServeArguments),
    /// Work on the atlas
    Atlas(AtlasArguments),
    /// Print completions for a shell
    Completions(CompletionsArguments),
}

#[derive(Args, Debug)]
pub(crate) struct RunArguments {
    /// The study: its folder or its study.toml
    #[arg(required_unless_present = "replay", value_hint = ValueHint::AnyPath)]
    pub(crate) study: Option<PathBuf>,
    /// Folder for the findings [default: out/<study>]; an earlier run in it is replaced
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) out: Option<PathBuf>,
    /// Repeat the run of a manifest.json and check that it gives the same bytes
    #[arg(long, value_name = "MANIFEST", conflicts_with_all = ["replications", "seed"])]
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) replay: Option<PathBuf>,
    /// Parameter samples per world, instead of the study's
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(crate) replications: Option<u32>,
    /// Seed of all sampling, instead of the study's
    #[arg(long, value_name = "S")]
    pub(crate) seed: Option<u64>,
    /// Print the findings as JSON instead of tables
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
#[command(after_help = "\
A sweep is parted into partitions that can be computed anywhere, in any order:
the bytes are the same. What is whole in the folder is kept, so a sweep that was
stopped goes on where it was. On a cluster each worker does its own partitions
in one shared folder, and the summary is made from the files:

  foreland sweep STUDY --out DIR --partitions 0..50
  foreland sweep STUDY --out DIR --partitions 50..100
  foreland sweep --summary DIR

docs/scale.md explains designs, indices and costs.")]
pub(crate) struct SweepArguments {
    /// The study: its folder or its study.toml
    #[arg(required_unless_present = "summary", value_hint = ValueHint::AnyPath)]
    pub(crate) study: Option<PathBuf>,
    /// How points are chosen
    #[arg(long, value_enum, default_value_t = DesignName::Sobol)]
    pub(crate) design: DesignName,
    /// Most runs that the sweep may take
    #[arg(long, value_name = "N", default_value_t = foreland::sweep::DEFAULT_RUNS)]
    pub(crate) runs: u64,
    /// Levels of each assumption in a full factorial design
    #[arg(long, value_name = "N", default_value_t = foreland::sweep::DEFAULT_LEVELS)]
    #[arg(value_parser = clap::value_parser!(u32).range(2..=1000))]
    pub(crate) levels: u32,
    /// Vary only this assumption (repeat for more; * stands for any text)
    #[arg(long, value_name = "ID")]
    pub(crate) vary: Vec<String>,
    /// Seed of all sampling, instead of the study's
    #[arg(long, value_name = "S")]
    pub(crate) seed: Option<u64>,
    /// Folder of the sweep [default: out/<study>-sweep]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) out: Option<PathBuf>,
    /// About how many runs a partition holds
    #[arg(long, value_name = "N", default_value_t = foreland::sweep::DEFAULT_RUNS_PER_PARTITION)]
    #[arg(value_parser = clap::value_parser!(u64).range(1..=10_000_000))]
    pub(crate) partition_size: u64,
    /// Do only these partitions (A..B, B not included), and no summary
    #[arg(long, value_name = "A..B", value_parser = partitions)]
    pub(crate) partitions: Option<std::ops::Range<u64>>,
    /// Only say what the sweep would cost
    #[arg(long, conflicts_with_all = ["partitions", "summary"])]
    pub(crate) plan: bool,
    /// Only make the summary of a sweep's folder, from its partitions
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    #[arg(conflicts_with_all = ["study", "out", "partitions"])]
    pub(crate) summary: Option<PathBuf>,
    /// Print the summary, or the plan, as JSON instead of tables
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DesignName {
    /// Saltelli's design on a scrambled Sobol' sequence: first-order and total indices
    Sobol,
    /// A Latin hypercube: first-order indices
    LatinHypercube,
    /// Every combination of a few levels: first-order indices
    FullFactorial,
}

/// `A..B` with A below B.
fn partitions(text: &str) -> Result<std::ops::Range<u64>, String> {
    let wrong = || "write it as A..B, such as 0..50".to_owned();
    let (from, to) = text.split_once("..").ok_or_else(wrong)?;
    let number = |text: &str| text.parse::<u64>().map_err(|_| wrong());
    let (from, to) = (number(from)?, number(to)?);
    if from < to {
        Ok(from..to)
    } else {
        Err(format!("{from} is not below {to}"))
    }
}

#[derive(Args, Debug)]
pub(crate) struct FlowsArguments {
    /// The study: its folder or its study.toml, with a section [flows]
    #[arg(default_value = ".", value_hint = ValueHint::AnyPath)]
    pub(crate) study: PathBuf,
    /// How to print; csv gives one row for each load and change
    #[arg(long, short, value_enum, default_value_t = FlowsFormat::Table)]
    pub(crate) format: FlowsFormat,
    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    pub(crate) json: bool,
    /// Write to a file instead of the standard output
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) out: Option<PathBuf>,
    /// Seed of all sampling, instead of the study's
    #[arg(long, value_name = "S")]
    pub(crate) seed: Option<u64>,
}

#[derive(Args, Debug)]
#[command(after_help = "\
Each replication is kept as soon as it is done, beside the folder of the
findings. A run that was stopped or killed goes on from there when the same
command is given again, and ends with the same bytes.")]
pub(crate) struct SimulateArguments {
    /// The study: its folder or its study.toml, with a section [simulation]
    #[arg(value_hint = ValueHint::AnyPath)]
    pub(crate) study: PathBuf,
    /// Replications, instead of the study's
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(crate) replications: Option<u32>,
    /// Last day or moment that is simulated, instead of the study's: 2021-05-01
    #[arg(long, value_name = "DATE")]
    pub(crate) until: Option<String>,
    /// Seed of all luck, instead of the study's
    #[arg(long, value_name = "S")]
    pub(crate) seed: Option<u64>,
    /// Folder for the findings [default: out/<study>-simulation]; an earlier run in it is replaced
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) out: Option<PathBuf>,
    /// Threads [default: one for each processor]; the result is the same for any number
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
    /// Print the findings as JSON instead of tables
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FlowsFormat {
    /// Tables for people
    Table,
    /// Loads and changes by place, one row each
    Csv,
    /// Everything
    Json,
}

#[derive(Args, Debug)]
#[command(after_help = "\
Places are a UN/LOCODE (PECLL), a port's name without or with its accents
(Asuncion, \"Cartagena, CO\"), or keyed coordinates (lon=-77.3,lat=-11.6).

Pairs: a CSV file with the columns from,to (places) or from_lon,from_lat,
to_lon,to_lat (degrees), and optionally id, via and avoid (several joined by
`;`). Every column comes back, followed by distance_nm, passages, snap_from_nm,
snap_to_nm and status: ok, `no_route: why` or `error: why`. Rows are never
dropped, and a row without a route does not change the exit code.

Routes are not for navigation.")]
pub(crate) struct RouteArguments {
    /// Where to start
    #[arg(required_unless_present = "pairs", requires = "to")]
    pub(crate) from: Option<String>,
    /// Where to go
    pub(crate) to: Option<String>,
    /// Routes for all pairs of a CSV file
    #[arg(long, value_name = "FILE", conflicts_with_all = ["from", "to"])]
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) pairs: Option<PathBuf>,
    /// How to print [default: table; csv for pairs]
    #[arg(long, short, value_enum)]
    pub(crate) format: Option<Format>,
    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    pub(crate) json: bool,
    /// Write to a file instead of the standard output
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) out: Option<PathBuf>,
    /// At most so many routes that differ in the passages they take
    #[arg(long, value_name = "K", default_value_t = 1)]
    #[arg(value_parser = clap::value_parser!(u8).range(1..=20))]
    pub(crate) alternatives: u8,
    #[command(flatten)]
    pub(crate) ship: ShipArguments,
    #[command(flatten)]
    pub(crate) way: WayArguments,
    /// Knots, and if wanted by condition: 16 or 16,channel=8,suez=8.5 [default: the class's design
    /// speed]
    #[arg(long, value_name = "SPEED", help_heading = "Time")]
    pub(crate) speed: Option<String>,
    /// Date, or date and time in UTC, of departure: 2024-11-15T06:00
    #[arg(long, value_name = "TIME", requires = "speed", help_heading = "Time")]
    pub(crate) depart: Option<String>,
}

/// How a route is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Table,
    /// Everything that is known of the route
    Json,
    /// RFC 7946, lines cut at ±180°
    Geojson,
    /// One row a route
    Csv,
    /// GPX 1.1 route
    Gpx,
    /// RTZ 1.0 route (IEC 61174)
    Rtz,
}

/// The ship; passages that are too small for it are closed.
#[derive(Args, Debug)]
#[command(next_help_heading = "Ship")]
pub(crate) struct ShipArguments {
    /// Vessel class of the atlas, such as neopanamax
    #[arg(long, value_name = "CLASS")]
    pub(crate) vessel: Option<String>,
    /// Length over all, metres
    #[arg(long, value_name = "M")]
    pub(crate) loa: Option<f64>,
    /// Beam, metres
    #[arg(long, value_name = "M")]
    pub(crate) beam: Option<f64>,
    /// Draught, metres
    #[arg(long, value_name = "M")]
    pub(crate) draught: Option<f64>,
    /// Height above water, metres
    #[arg(long, value_name = "M")]
    pub(crate) air_draught: Option<f64>,
}

impl ShipArguments {
    pub(crate) fn spec(&self) -> ShipSpec {
        ShipSpec {
            class: self.vessel.clone(),
            loa_m: self.loa,
            beam_m: self.beam,
            draught_m: self.draught,
            air_draught_m: self.air_draught,
        }
    }
}

/// Passages and places on the way.
#[derive(Args, Debug)]
#[command(next_help_heading = "Way")]
pub(crate) struct WayArguments {
    /// Passages to stay out of: suez or suez;panama
    #[arg(long, value_name = "PASSAGES")]
    pub(crate) avoid: Vec<String>,
    /// Passages or places to take, in order
    #[arg(long, value_name = "PASSAGES OR PLACES")]
    pub(crate) via: Vec<String>,
    /// Passages that are closed unless opened: northern-sea-route
    #[arg(long, value_name = "PASSAGES")]
    pub(crate) open: Vec<String>,
}

impl WayArguments {
    pub(crate) fn spec(&self) -> WaySpec {
        WaySpec {
            avoid: self.avoid.clone(),
            via: self.via.clone(),
            open: self.open.clone(),
        }
    }
}

#[derive(Args, Debug)]
#[command(after_help = "\
The file of ports has a column unlocode or port; `all` takes every port. The
table has the columns from, to and distance_nm (empty: no route), one row a
pair, as Parquet or CSV by the ending of the output file.")]
pub(crate) struct MatrixArguments {
    /// CSV file of ports, or `all`
    #[arg(long, value_name = "FILE|all", value_hint = ValueHint::FilePath)]
    pub(crate) ports: PathBuf,
    /// File to write, .parquet or .csv
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) out: PathBuf,
    /// Print a summary as JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) ship: ShipArguments,
    /// Passages to stay out of: suez or suez;panama
    #[arg(long, value_name = "PASSAGES", help_heading = "Way")]
    pub(crate) avoid: Vec<String>,
    /// Passages that are closed unless opened: northern-sea-route
    #[arg(long, value_name = "PASSAGES", help_heading = "Way")]
    pub(crate) open: Vec<String>,
}

#[derive(Args, Debug)]
pub(crate) struct CheckArguments {
    /// Studies to check [default: all in the folder studies beside the atlas]
    #[arg(value_hint = ValueHint::AnyPath)]
    pub(crate) studies: Vec<PathBuf>,
    /// Compare routes with published distances, measure speed, and hold both against the goals
    #[arg(long)]
    pub(crate) validation: bool,
    /// Print the results as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
#[command(after_help = "\
Names are a chokepoint or passage (malacca, suez), a country (PE, Peru), goods
(crude-oil), a UN/LOCODE or port (PECLL, Callao), or an operator or owner of
terminals, with or without accents. Trade between countries is an estimate by a
gravity model; so is every figure that comes of it.")]
pub(crate) struct DependArguments {
    /// On what, or of whom
    #[arg(required_unless_present = "chokepoints")]
    pub(crate) name: Option<String>,
    /// Only these goods: crude-oil, containers, …
    #[arg(long, value_name = "GOODS", requires = "name")]
    pub(crate) commodity: Option<String>,
    /// Trade that was imported, in place of the estimate: baci/NAME, comtrade/NAME or comexstat/NAME;
    /// give it again for further tables
    #[arg(long, value_name = "KIND/NAME")]
    pub(crate) trade: Vec<String>,
    /// Folder of the store [default: the folder store beside the atlas]
    #[arg(long, value_name = "DIR", requires = "trade", value_hint = ValueHint::DirPath)]
    pub(crate) store: Option<PathBuf>,
    /// Dependence on a port, passage, operator or owner in the flows of this study, before and after
    /// its scenarios, in place of the world's trade
    #[arg(long, value_name = "STUDY", requires = "name", conflicts_with_all = ["trade", "commodity"], value_hint = ValueHint::AnyPath)]
    pub(crate) study: Option<PathBuf>,
    /// All chokepoints of world trade beside published figures
    #[arg(long, conflicts_with = "name")]
    pub(crate) chokepoints: bool,
    /// The world of this day
    #[arg(long, value_name = "DATE", default_value_t = foreland::world_trade::DEFAULT_DATE)]
    pub(crate) date: jiff::civil::Date,
    /// Print the results as JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// Write the chokepoints to a file as a page of Markdown
    #[arg(
        long,
        short,
        value_name = "FILE",
        requires = "chokepoints",
        conflicts_with = "json"
    )]
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Args, Debug)]
#[command(after_help = "\
The map is at /, the API at /v1, its description at /v1/docs. Runs of studies are
jobs; they and their results stay in the store. For an address that other
machines reach, set a token: clients send it as `Authorization: Bearer TOKEN`.

Environment:
  FORELAND_TOKEN  the token
  DATABASE_URL    a PostgreSQL database for the jobs: postgresql://…")]
pub(crate) struct ServeArguments {
    /// Address and port to listen at
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8123")]
    pub(crate) bind: std::net::SocketAddr,
    /// Folder for jobs and their results
    #[arg(long, value_name = "DIR", default_value = "store", value_hint = ValueHint::DirPath)]
    pub(crate) store: PathBuf,
    /// Token that clients must send
    #[arg(long, value_name = "TOKEN", env = "FORELAND_TOKEN", hide_env = true)]
    pub(crate) token: Option<String>,
    /// Runs of studies at once
    #[arg(long, value_name = "N", default_value_t = 1)]
    #[arg(value_parser = clap::value_parser!(u16).range(1..=64))]
    pub(crate) runs: u16,
    /// Runs that may wait; more are sent away until one is done
    #[arg(long, value_name = "N", default_value_t = 32)]
    pub(crate) queue: u32,
    /// Requests per second of one client on another machine; 0 lets all through
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(crate) rate: u32,
}

#[derive(Args, Debug)]
pub(crate) struct AtlasArguments {
    #[command(subcommand)]
    pub(crate) task: AtlasTask,
}

#[derive(Debug, Subcommand)]
pub(crate) enum AtlasTask {
    /// Check every table: types, units, ranges, references, provenance
    Check {
        /// Print the results as JSON
        #[arg(long)]
        json: bool,
    },
    /// Import a file of trade, port calls or liner demand into the local store
    Import(ImportArguments),
}

#[derive(Args, Debug)]
#[command(after_help = "\
The file becomes KIND/NAME.parquet in the store, with its provenance and licence
in KIND/NAME.json. Its header must be exactly the kind's; docs/import.md lists
them. Rows that cannot be kept are counted by reason, with the first line of
each. Memory does not grow with the file.")]
pub(crate) struct ImportArguments {
    /// What the file is
    #[arg(value_parser = kind_parser())]
    pub(crate) kind: Kind,
    /// The file, not compressed
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) file: PathBuf,
    /// Folder of the store [default: the folder `store` beside the atlas]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) store: Option<PathBuf>,
    /// Vintage of the product codes, such as HS17, where the file's name does not tell it
    #[arg(long, value_name = "VINTAGE")]
    pub(crate) hs: Option<String>,
    /// Print the report as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

fn kind_parser() -> impl TypedValueParser<Value = Kind> {
    PossibleValuesParser::new(Kind::ALL.map(Kind::name))
        .try_map(|name| Kind::named(&name).ok_or("no such kind"))
}

#[derive(Args, Debug)]
pub(crate) struct CompletionsArguments {
    /// Which shell
    #[arg(value_enum)]
    pub(crate) shell: clap_complete::Shell,
}
