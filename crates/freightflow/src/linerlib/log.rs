//! Logs of published solutions.
//!
//! A log lists services (capacity, ships, the ports of the rotation, costs of one round trip), then
//! the flows, then what is rejected, then the objective and its parts. Only services and the
//! objective are read; lines that a service should not have are counted.

use std::path::Path;

use crate::error::{ReadError, ReadProblem};
use crate::text::{Field, Line, TextFile};

/// Most calls of a rotation, far above any published one.
const MAX_CALLS: usize = 10_000;

/// A service of a log.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LoggedService {
    /// Line where it starts, from 1.
    pub line: usize,
    /// Capacity of its ships, in FFE.
    pub capacity_ffe: f64,
    /// Number of ships.
    pub ships: usize,
    /// Codes of its ports, in order.
    pub calls: Vec<String>,
    /// Speed in knots.
    pub speed_kn: f64,
    /// Length of a round trip, in nautical miles.
    pub distance_nm: f64,
    /// Port call costs, in USD/week.
    pub port_call_usd: f64,
    /// Cost of fuel at sea and in port, in USD/week.
    pub bunker_usd: f64,
    /// Charter cost of the ships, in USD/week.
    pub charter_usd: f64,
    /// Canal tolls, in USD/week.
    pub canal_usd: f64,
}

/// A published solution.
#[derive(Clone, Debug, PartialEq)]
pub struct SolutionLog {
    /// Its services.
    pub services: Vec<LoggedService>,
    /// Its objective: weekly profit in USD, to the digits printed.
    pub objective_usd: Option<f64>,
    /// Lines within services that are not of a known kind.
    pub unknown_lines: Vec<usize>,
}

impl LoggedService {
    /// Cost of running it, in USD/week.
    pub fn cost_usd(&self) -> f64 {
        self.port_call_usd + self.bunker_usd + self.charter_usd + self.canal_usd
    }
}

impl SolutionLog {
    /// Reads a log.
    ///
    /// # Errors
    /// [`ReadError`] with file, line and column.
    pub fn read(path: &Path) -> Result<Self, ReadError> {
        Self::parse(&TextFile::open(path)?)
    }

    /// Reads a log from text; `name` stands for the file in errors.
    ///
    /// # Errors
    /// [`ReadError`] with line and column.
    pub fn from_text(name: &str, text: &str) -> Result<Self, ReadError> {
        Self::parse(&TextFile::from_text(Path::new(name), text.to_owned()))
    }

    fn parse(file: &TextFile) -> Result<Self, ReadError> {
        let mut log = Self {
            services: Vec::new(),
            objective_usd: None,
            unknown_lines: Vec::new(),
        };
        let mut lines = file.lines();
        let mut open: Option<OpenService> = None;
        for line in lines.by_ref() {
            if line.text.contains("Flow Solution") {
                break;
            }
            if line.text.starts_with("service ") {
                log.services
                    .extend(open.take().map(|service| service.close(file)).transpose()?);
                open = Some(OpenService::new(line));
            } else if let Some(service) = &mut open
                && !service.read(file, line)?
            {
                log.unknown_lines.push(line.number);
            }
        }
        log.services
            .extend(open.take().map(|service| service.close(file)).transpose()?);
        if log.services.is_empty() {
            let expected = "lines `service n` before the flows".into();
            return Err(file.error(ReadProblem::Missing {
                what: "services",
                expected,
            }));
        }
        for line in lines {
            if let Some(field) = after(line, "Objective value:") {
                let number = field.split_words().next().unwrap_or(field);
                log.objective_usd = Some(file.number(number, "Objective value")?);
                break;
            }
        }
        Ok(log)
    }
}

/// A service while it is read.
struct OpenService {
    line: usize,
    capacity: Option<f64>,
    ships: Option<usize>,
    calls: Vec<String>,
    speed: Option<f64>,
    distance: Option<f64>,
    port_call: Option<f64>,
    bunker: Option<f64>,
    charter: Option<f64>,
    canal: f64,
}

/// Kinds of line whose values are not needed.
const NOT_NEEDED: [&str; 6] = [
    "Butterfly rotation",
    "voyage duration in weeks",
    "Panama canal traversed",
    "Suez canal traversed",
    "Bunker idle burn in Ton",
    "Bunker fuel burn in Ton",
];

impl OpenService {
    fn new(line: Line<'_>) -> Self {
        Self {
            line: line.number,
            capacity: None,
            ships: None,
            calls: Vec::new(),
            speed: None,
            distance: None,
            port_call: None,
            bunker: None,
            charter: None,
            canal: 0.0,
        }
    }

    /// Reads a line; says whether it was of a known kind.
    fn read(&mut self, file: &TextFile, line: Line<'_>) -> Result<bool, ReadError> {
        let text = line.text.trim();
        if text.is_empty() || NOT_NEEDED.iter().any(|kind| text.starts_with(kind)) {
            return Ok(true);
        }
        let amount = |field: Field<'_>, what| file.amount(field, what).map(Some);
        if let Some(field) = after(line, "capacity") {
            self.capacity = amount(field, "capacity")?;
        } else if let Some(field) = after(line, "# vessels") {
            self.ships = Some(file.whole(field, "# vessels", 0, 1_000_000)?);
        } else if let Some(field) = after(line, "speed") {
            self.speed = amount(field, "speed")?;
        } else if let Some(field) = after(line, "voyage distance nautical miles") {
            self.distance = amount(field, "voyage distance")?;
        } else if let Some(field) = after(line, "Port call cost") {
            self.port_call = amount(field, "Port call cost")?;
        } else if let Some(field) = after(line, "Total bunker cost at") {
            // `600 USD for one round trip 146001`
            let last = field.split_words().last().unwrap_or(field);
            self.bunker = amount(last, "Total bunker cost")?;
        } else if let Some(field) = after(line, "Total TC cost") {
            self.charter = amount(field, "Total TC cost")?;
        } else if let Some(field) = after(line, "Canal Cost") {
            self.canal = file.amount(field, "Canal Cost")?;
        } else {
            return self.read_call(file, line);
        }
        Ok(true)
    }

    /// `number, code, name` of a call.
    fn read_call(&mut self, file: &TextFile, line: Line<'_>) -> Result<bool, ReadError> {
        let cells: Vec<Field<'_>> = line.cells().collect();
        let [number, code, _] = cells[..] else {
            return Ok(false);
        };
        if number.text.parse::<usize>().is_err() {
            return Ok(false);
        }
        if code.text.is_empty() || self.calls.len() >= MAX_CALLS {
            return Err(file.bad_value(
                code,
                "a call",
                format!("a port code, {MAX_CALLS} at most"),
            ));
        }
        self.calls.push(code.text.to_owned());
        Ok(true)
    }

    fn close(self, file: &TextFile) -> Result<LoggedService, ReadError> {
        let missing = |what: &'static str| {
            let expected = format!("a line `{what} …` in the service");
            let problem = ReadProblem::Missing { what, expected };
            file.error_in(
                Line {
                    number: self.line,
                    text: "",
                },
                problem,
            )
        };
        if self.calls.len() < 2 {
            return Err(missing("rotation of at least two calls"));
        }
        Ok(LoggedService {
            line: self.line,
            capacity_ffe: self.capacity.ok_or_else(|| missing("capacity"))?,
            ships: self.ships.ok_or_else(|| missing("# vessels"))?,
            speed_kn: self.speed.ok_or_else(|| missing("speed"))?,
            distance_nm: self
                .distance
                .ok_or_else(|| missing("voyage distance nautical miles"))?,
            port_call_usd: self.port_call.ok_or_else(|| missing("Port call cost"))?,
            bunker_usd: self.bunker.ok_or_else(|| missing("Total bunker cost"))?,
            charter_usd: self.charter.ok_or_else(|| missing("Total TC cost"))?,
            canal_usd: self.canal,
            calls: self.calls,
        })
    }
}

/// What stands behind `start` in a line that starts so.
fn after<'a>(line: Line<'a>, start: &str) -> Option<Field<'a>> {
    let field = line.field().trimmed();
    field
        .text
        .starts_with(start)
        .then(|| field.tail(start.len()).trimmed())
}
