//! Services by the calls of ships that carriers publish.

use std::collections::{BTreeMap, BTreeSet};

use arrow_array::Array;

use super::draft::{Draft, DraftCall, Drafts, three};
use super::rotation::rotation;
use crate::error::Error;
use crate::error::count;
use crate::import::Kind;
use crate::import::stored::{Columns, StoredTable, word};
use crate::number;

const HOUR_MS: f64 = 3_600_000.0;
/// Two sailings from a port that lie nearer are one that two carriers list, h.
const SAME_SAILING_H: f64 = 12.0;
/// Longest stay in port that counts: a longer one is a repair, h.
const LONGEST_STAY_H: f64 = 20.0 * 24.0;

/// A call of a ship.
#[derive(Clone, Debug, PartialEq)]
struct Seen {
    port: String,
    /// Milliseconds since 1970.
    arrival: Option<i64>,
    departure: Option<i64>,
}

impl Seen {
    fn at(&self) -> Option<i64> {
        self.arrival.or(self.departure)
    }

    fn stay_h(&self) -> Option<f64> {
        let hours = (self.departure? - self.arrival?) as f64 / HOUR_MS;
        (hours > 0.0 && hours <= LONGEST_STAY_H).then_some(hours)
    }
}

/// A service's calls by ship.
#[derive(Default)]
struct Timetable {
    name: String,
    carrier: String,
    ships: BTreeMap<String, Vec<Seen>>,
}

/// The services of a table, by their codes.
pub(super) fn drafts(table: &StoredTable) -> Result<Drafts, Error> {
    let mut book = Book::default();
    table.read(|columns| book.add(columns))?;
    let mut found = Drafts::default();
    if book.untimed > 0 {
        found.left_out.push(format!(
            "{} without a time of arrival or departure",
            count(book.untimed, "call")
        ));
    }
    if book.nameless > 0 {
        found.left_out.push(format!(
            "{} whose ship has neither an IMO number nor a name",
            count(book.nameless, "call")
        ));
    }
    for (code, timetable) in book.services {
        match draft(&code, timetable, table.kind) {
            Some((service, stray)) => {
                found.services.push(service);
                found.left_out.extend(stray);
            }
            None => found
                .left_out
                .push(format!("service {code}: no ship calls at two ports")),
        }
    }
    Ok(found)
}

#[derive(Default)]
struct Book {
    services: BTreeMap<String, Timetable>,
    untimed: usize,
    nameless: usize,
}

impl Book {
    fn add(&mut self, columns: &Columns<'_>) -> Option<()> {
        let [code, name, universal] =
            ["service", "service_name", "universal_service"].map(|c| columns.text(c));
        let (code, name, universal) = (code?, name?, universal?);
        let (carrier, ship) = (columns.text("operator")?, columns.text("vessel")?);
        let (imo, port) = (columns.whole("vessel_imo")?, columns.text("port")?);
        let (arrival, departure) = (columns.instant("arrival")?, columns.instant("departure")?);
        for row in 0..columns.rows() {
            let time = |of: &arrow_array::TimestampMillisecondArray| {
                of.is_valid(row).then(|| of.value(row))
            };
            let seen = Seen {
                port: word(port, row).to_owned(),
                arrival: time(arrival),
                departure: time(departure),
            };
            let ship = if imo.is_valid(row) {
                imo.value(row).to_string()
            } else {
                word(ship, row).to_owned()
            };
            if seen.at().is_none() {
                self.untimed += 1;
                continue;
            }
            if ship.is_empty() {
                self.nameless += 1;
                continue;
            }
            let code = [word(code, row), word(universal, row)];
            let code = code.into_iter().find(|c| !c.is_empty()).unwrap_or_default();
            let service = self.services.entry(code.to_owned()).or_default();
            for (known, now) in [
                (&mut service.name, word(name, row)),
                (&mut service.carrier, word(carrier, row)),
            ] {
                if known.is_empty() {
                    now.clone_into(known);
                }
            }
            service.ships.entry(ship).or_default().push(seen);
        }
        Some(())
    }
}

/// A service, and what of its calls the rotation does not hold.
fn draft(code: &str, timetable: Timetable, kind: Kind) -> Option<(Draft, Option<String>)> {
    let ships: Vec<Vec<Seen>> = timetable.ships.into_values().map(in_order).collect();
    let ports = |calls: &Vec<Seen>| calls.iter().map(|call| call.port.clone()).collect();
    let rotation = rotation(&ships.iter().map(ports).collect::<Vec<Vec<String>>>())?;
    let seen: Vec<&Seen> = ships.iter().flatten().collect();
    let stays = |port: &str| {
        let here = seen.iter().filter(|call| call.port == port);
        three(here.filter_map(|call| call.stay_h()).collect())
    };
    let mut service = Draft {
        code: code.to_owned(),
        name: if timetable.name.is_empty() {
            code.to_owned()
        } else {
            timetable.name
        },
        carrier: timetable.carrier,
        calls: rotation
            .ports
            .iter()
            .map(|port| DraftCall {
                port: port.clone(),
                stay_h: stays(port),
            })
            .collect(),
        headway_h: headway_h(&rotation.ports, &seen),
        span: span(&seen),
        ..Draft::default()
    };
    service.derived.push(format!(
        "rotation from {} of {}",
        count(seen.len(), "call"),
        count(ships.len(), "ship")
    ));
    if let Some([low, middle, high]) = service.headway_h {
        service.derived.push(format!(
            "headway {} h ({} to {} h)",
            number::fixed(middle, 0),
            number::fixed(low, 0),
            number::fixed(high, 0)
        ));
    }
    if !rotation.is_closed {
        let last = "that the last port leads to the first: no ship was seen to begin anew";
        service.assumed.push(last.to_owned());
    }
    if kind == Kind::DcsaCommercialSchedules {
        let between = "that ships call nowhere between the ports that the routes name";
        service.assumed.push(between.to_owned());
    }
    Some((service, strays(code, &rotation.ports, &seen)))
}

/// A ship's calls in time; what stands there twice, or is the two ends of one call, becomes one.
fn in_order(mut calls: Vec<Seen>) -> Vec<Seen> {
    calls.sort_by(|a, b| (a.at(), a.departure, &a.port).cmp(&(b.at(), b.departure, &b.port)));
    let mut merged: Vec<Seen> = Vec::new();
    for call in calls {
        match merged.last_mut() {
            Some(last) if last.port == call.port => {
                last.arrival = [last.arrival, call.arrival].into_iter().flatten().min();
                last.departure = [last.departure, call.departure].into_iter().flatten().max();
            }
            _ => merged.push(call),
        }
    }
    merged
}

/// Times between sailings, at the port of the rotation at which most are known.
fn headway_h(ports: &[String], seen: &[&Seen]) -> Option<[f64; 3]> {
    let once = |port: &&String| ports.iter().filter(|p| p == port).count() == 1;
    let gaps = |port: &String| {
        let here = seen.iter().filter(|call| call.port == *port);
        let mut times: Vec<i64> = here.filter_map(|call| call.at()).collect();
        times.sort_unstable();
        let gaps = times
            .windows(2)
            .map(|two| (two[1] - two[0]) as f64 / HOUR_MS);
        gaps.filter(|hours| *hours >= SAME_SAILING_H).collect()
    };
    // The first of equals.
    let most = ports.iter().rev().filter(once).map(gaps);
    three(most.max_by_key(|gaps: &Vec<f64>| gaps.len())?)
}

fn span(seen: &[&Seen]) -> Option<[String; 2]> {
    let times = || {
        seen.iter()
            .flat_map(|call| [call.arrival, call.departure])
            .flatten()
    };
    let day = |ms: i64| {
        let instant = jiff::Timestamp::from_millisecond(ms).ok()?;
        Some(
            jiff::tz::TimeZone::UTC
                .to_datetime(instant)
                .date()
                .to_string(),
        )
    };
    Some([day(times().min()?)?, day(times().max()?)?])
}

/// Ports of other sailings that are not in the rotation.
fn strays(code: &str, ports: &[String], seen: &[&Seen]) -> Option<String> {
    let mut calls = 0;
    let mut names = BTreeSet::new();
    for call in seen.iter().filter(|call| !ports.contains(&call.port)) {
        calls += 1;
        names.insert(call.port.as_str());
    }
    let names: Vec<&str> = names.into_iter().collect();
    (calls > 0).then(|| {
        format!(
            "service {code}: {} of single sailings at {}, which its rotation does not hold",
            count(calls, "call"),
            names.join(", ")
        )
    })
}
