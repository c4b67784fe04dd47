//! Which ships a port takes.

use super::{Measure, Resolved, Run, Setting, all};
use crate::atlas::{CargoKind, VesselKind};
use crate::claim::test::tidy;
use crate::findings::{EvidenceTable, MeasureInfo};
use crate::param::Draw;
use crate::study::{FitReading, LargestShipSpec, RivalPortsSpec, StudyFault};
use crate::world::{PortIx, Terminal, Vessel, World};

const ALL: [FitReading; 3] = [
    FitReading::Dimensions,
    FitReading::LengthAndDraught,
    FitReading::StatedSize,
];

fn label(reading: FitReading) -> String {
    match reading {
        FitReading::Dimensions => "length, beam and draught are within the terminal's limits",
        FitReading::LengthAndDraught => {
            "length and draught are within the terminal's limits, beam left out"
        }
        FitReading::StatedSize => "the capacity is within what the terminal stated or took",
    }
    .to_owned()
}

fn readings_or_all(readings: &[FitReading]) -> Vec<FitReading> {
    if readings.is_empty() {
        ALL.to_vec()
    } else {
        readings.to_vec()
    }
}

/// Whether a terminal takes a ship under a reading. What is not known bars nothing, except that a
/// terminal without any stated dimension has not shown that it takes large ships.
fn takes(
    world: &World,
    draw: &Draw,
    terminal: &Terminal,
    ship: &Vessel,
    reading: FitReading,
) -> bool {
    let within = |limit: Option<f64>, value: Option<f64>| match (limit, value) {
        (Some(limit), Some(value)) => value <= limit,
        _ => true,
    };
    match reading {
        FitReading::StatedSize => terminal
            .max_ship_teu
            .is_some_and(|teu| ship.capacity_teu.is_some_and(|capacity| capacity <= teu)),
        FitReading::Dimensions | FitReading::LengthAndDraught => {
            let draught = ship.scantling_draught_m * draw.get(world.model.arrival_draught_share);
            terminal.limits.loa_m.is_some()
                && within(terminal.limits.loa_m, ship.size.loa_m)
                && (reading == FitReading::LengthAndDraught
                    || within(terminal.limits.beam_m, ship.size.beam_m))
                && within(terminal.limits.draught_m, Some(draught))
        }
    }
}

fn container_ships(world: &World) -> impl Iterator<Item = &Vessel> {
    world
        .vessels
        .iter()
        .filter(|v| v.kind == VesselKind::Container)
}

/// The terminals of some ports with their limits, and whether a ship fits.
fn table(run: &Run<'_>, ports: &[PortIx], ship: Option<&Vessel>) -> EvidenceTable {
    let world = run.today;
    let metres = |value: Option<f64>| value.map_or_else(|| "unknown".to_owned(), tidy);
    let mut columns = vec![
        "port".to_owned(),
        "terminal".to_owned(),
        "longest ship (m)".to_owned(),
        "widest ship (m)".to_owned(),
        "draught (m)".to_owned(),
        "stated ship size (TEU)".to_owned(),
    ];
    if ship.is_some() {
        columns.push("fits by dimensions".to_owned());
        columns.push("fits by length and draught".to_owned());
        columns.push("fits by stated size".to_owned());
    }
    columns.push("source".to_owned());
    let mut rows = Vec::new();
    for &port in ports {
        for terminal in world.terminals_at(port, CargoKind::Container) {
            let facts = world.port_at(port);
            let mut row = vec![
                format!("{} ({})", facts.name, facts.country),
                terminal.name.clone(),
                metres(terminal.limits.loa_m),
                metres(terminal.limits.beam_m),
                metres(terminal.limits.draught_m),
                metres(terminal.max_ship_teu),
            ];
            if let Some(ship) = ship {
                for reading in ALL {
                    let fits = takes(world, run.draw, terminal, ship, reading);
                    row.push(if fits { "yes" } else { "no" }.to_owned());
                }
            }
            row.push(terminal.source.clone());
            rows.push(row);
        }
    }
    EvidenceTable {
        title: ship.map_or_else(
            || "Container terminals and their limits".to_owned(),
            |ship| {
                format!(
                    "Container terminals and {} ({} × {} m, {} m scantling draught)",
                    ship.name,
                    tidy(ship.size.loa_m.unwrap_or(0.0)),
                    tidy(ship.size.beam_m.unwrap_or(0.0)),
                    tidy(ship.scantling_draught_m)
                )
            },
        ),
        columns,
        rows,
    }
}

struct Largest {
    port: PortIx,
    name: String,
    readings: Vec<FitReading>,
}

pub(super) fn largest(
    spec: &LargestShipSpec,
    setting: &Setting<'_>,
) -> Result<Resolved, Vec<StudyFault>> {
    let port = setting.port(&spec.port)?;
    Resolved::of(Largest {
        port,
        name: setting.today.port_at(port).name.clone(),
        readings: readings_or_all(&spec.readings),
    })
}

impl Measure for Largest {
    fn info(&self) -> MeasureInfo {
        MeasureInfo {
            kind: "largest_ship".to_owned(),
            description: format!(
                "capacity of the largest container ship class of the atlas that a terminal of {} \
                 takes",
                self.name
            ),
            unit: "TEU".to_owned(),
        }
    }

    fn readings(&self) -> Vec<String> {
        self.readings.iter().copied().map(label).collect()
    }

    fn figure(&self, run: &Run<'_>) -> Option<f64> {
        let world = run.today;
        let reading = self.readings[run.reading(self.readings.len())];
        let fits = |ship: &&Vessel| {
            world
                .terminals_at(self.port, CargoKind::Container)
                .any(|terminal| takes(world, run.draw, terminal, ship, reading))
        };
        let sizes = container_ships(world)
            .filter(fits)
            .filter_map(|v| v.capacity_teu);
        Some(sizes.fold(0.0, f64::max))
    }

    fn evidence(&self, run: &Run<'_>) -> Vec<EvidenceTable> {
        vec![table(run, &[self.port], None)]
    }
}

struct Rivals {
    name: String,
    ship: usize,
    ship_name: String,
    rivals: Vec<PortIx>,
    countries: Vec<String>,
    readings: Vec<FitReading>,
}

pub(super) fn rivals(
    spec: &RivalPortsSpec,
    setting: &Setting<'_>,
) -> Result<Resolved, Vec<StudyFault>> {
    let world = setting.today;
    let port = setting.port(&spec.port)?;
    let Some(ship) = world
        .vessels
        .iter()
        .position(|v| v.id == *spec.vessel.get())
    else {
        let ids = world.vessels.iter().map(|v| v.id.as_str());
        return Err(vec![setting.unknown(&spec.vessel, "vessel class", ids)]);
    };
    let countries = all(spec.countries.iter().map(|country| {
        if world.ports.iter().any(|p| p.country == *country.get()) {
            Ok(country.get().clone())
        } else {
            Err(vec![setting.fault(
                country,
                format!("no port of the atlas lies in `{}`", country.get()),
                "give ISO 3166-1 alpha-2 codes, such as \"CL\"",
            )])
        }
    }))?;
    let mut rivals: Vec<PortIx> = world
        .terminals
        .iter()
        .filter(|t| t.port != port && t.handles(CargoKind::Container))
        .map(|t| t.port)
        .filter(|&p| countries.contains(&world.port_at(p).country))
        .collect();
    rivals.sort_unstable();
    rivals.dedup();
    Resolved::of(Rivals {
        name: world.port_at(port).name.clone(),
        ship,
        ship_name: world.vessels[ship].name.clone(),
        rivals,
        countries,
        readings: readings_or_all(&spec.readings),
    })
}

impl Measure for Rivals {
    fn info(&self) -> MeasureInfo {
        MeasureInfo {
            kind: "rival_ports".to_owned(),
            description: format!(
                "number of ports other than {} in {} that take {} ({} ports with container \
                 terminals in the atlas)",
                self.name,
                self.countries.join(", "),
                self.ship_name,
                self.rivals.len()
            ),
            unit: "ports".to_owned(),
        }
    }

    fn readings(&self) -> Vec<String> {
        self.readings.iter().copied().map(label).collect()
    }

    fn figure(&self, run: &Run<'_>) -> Option<f64> {
        let world = run.today;
        let reading = self.readings[run.reading(self.readings.len())];
        let ship = &world.vessels[self.ship];
        let fitting = self.rivals.iter().filter(|&&port| {
            world
                .terminals_at(port, CargoKind::Container)
                .any(|terminal| takes(world, run.draw, terminal, ship, reading))
        });
        Some(fitting.count() as f64)
    }

    fn evidence(&self, run: &Run<'_>) -> Vec<EvidenceTable> {
        vec![table(
            run,
            &self.rivals,
            Some(&run.today.vessels[self.ship]),
        )]
    }
}
