//! Routes for the pairs of a CSV file, one JSON object a line:
//! `cargo run --release -p sealane --example routes -- pairs.csv [ports.txt]`.
//!
//! Columns `id,from,from_lon,from_lat,to,to_lon,to_lat`: UN/LOCODEs, and positions in
//! degrees for places that are no port that the ocean knows. Each line gives the
//! length, the ways from the ports to open water, the passages, the line drawn out to
//! 5 nm and the microseconds taken. With a file of UN/LOCODEs, one a line, the last
//! line gives the time of the matrix between them.

use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;
use std::time::Instant;

use sealane::{End, LonLat, NauticalMiles, Ocean, Options, PortIx};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let pairs = arguments
        .next()
        .ok_or("usage: routes pairs.csv [ports.txt]")?;
    let start = Instant::now();
    let ocean = Ocean::embedded()?;
    let load_ms = start.elapsed().as_secs_f64() * 1e3;
    ocean.prepare();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for (number, line) in std::fs::read_to_string(&pairs)?.lines().enumerate().skip(1) {
        let answer =
            answer(ocean, line).map_err(|e| format!("{pairs}, line {}: {e}", number + 1))?;
        writeln!(out, "{answer}")?;
    }
    if let Some(ports) = arguments.next() {
        let text = std::fs::read_to_string(&ports)?;
        let ports: Vec<PortIx> = text
            .lines()
            .filter_map(|code| ocean.port(code.trim()))
            .collect();
        let start = Instant::now();
        let matrix = std::hint::black_box(ocean.matrix(&ports, &ports, &Options::default()));
        let matrix_s = start.elapsed().as_secs_f64();
        writeln!(
            out,
            "{{\"load_ms\":{load_ms:.1},\"matrix_ports\":{},\"matrix_s\":{matrix_s:.6}}}",
            matrix.columns
        )?;
    }
    Ok(())
}

fn answer(ocean: &Ocean, line: &str) -> Result<String, Box<dyn Error>> {
    let cells: Vec<&str> = line.split(',').map(str::trim).collect();
    let [id, from, from_lon, from_lat, to, to_lon, to_lat] = cells[..] else {
        return Err(format!("{} columns, not 7", cells.len()).into());
    };
    let ends = [
        end(ocean, from, from_lon, from_lat)?,
        end(ocean, to, to_lon, to_lat)?,
    ];
    let start = Instant::now();
    let route = ocean.route(ends[0], ends[1], &Options::default());
    let us = start.elapsed().as_secs_f64() * 1e6;
    Ok(match route {
        Ok(route) => {
            let mut positions = String::new();
            for p in route.line(NauticalMiles::new(5.0).unwrap_or_default()) {
                let comma = if positions.is_empty() { "" } else { "," };
                write!(positions, "{comma}[{:.6},{:.6}]", p.lon_deg(), p.lat_deg())?;
            }
            let passages: Vec<String> = route
                .crossings
                .iter()
                .map(|c| format!("\"{}\"", c.passage))
                .collect();
            format!(
                "{{\"id\":\"{id}\",\"nm\":{:.3},\"snap_nm\":[{:.3},{:.3}],\"us\":{us:.1},\"passages\":[{}],\"line\":[{positions}]}}",
                route.distance.nm(),
                route.snap_from.nm(),
                route.snap_to.nm(),
                passages.join(",")
            )
        }
        Err(error) => format!("{{\"id\":\"{id}\",\"us\":{us:.1},\"error\":\"{error}\"}}"),
    })
}

/// The port of a code that water reaches, or else the position.
fn end(ocean: &Ocean, code: &str, lon: &str, lat: &str) -> Result<End, Box<dyn Error>> {
    let reached = |p: &PortIx| ocean.ports()[p.number()].is_reached;
    match ocean.port(code).filter(reached) {
        Some(port) => Ok(End::Port(port)),
        None => Ok(End::Point(LonLat::new(lon.parse()?, lat.parse()?)?)),
    }
}
