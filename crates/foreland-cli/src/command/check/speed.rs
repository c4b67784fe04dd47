//! How fast the ocean answers, on this machine, now.

use std::hint::black_box;
use std::time::Instant;

use sealane::{End, LonLat, Ocean, Options, PortIx};
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::interrupt;
use crate::terminal::Grid;

/// Queries of each kind.
const QUERIES: usize = 400;

/// A measured time with what it should be.
struct Time {
    name: &'static str,
    unit: &'static str,
    reached: f64,
    at_most: f64,
}

/// All times.
pub(super) struct Speed(Vec<Time>);

/// Measures the kinds of queries.
///
/// # Errors
///
/// [`Failure::Stopped`] if asked to stop.
pub(super) fn measure(ocean: &Ocean) -> Result<Speed, Failure> {
    let ports: Vec<PortIx> = ocean
        .port_numbers()
        .filter(|port| ocean.ports()[port.number()].is_reached)
        .collect();
    let pairs = pairs(&ports);
    let options = Options::default();
    // What is made when first needed is not part of a query.
    let warm = |(from, to): (PortIx, PortIx)| {
        let position = ocean.ports()[from.number()].position;
        black_box(
            ocean
                .route(End::Point(position), End::Port(to), &options)
                .is_ok(),
        );
    };
    pairs.first().copied().map(warm);
    let distance_us = median(&pairs, |(from, to)| {
        black_box(ocean.distance(from, to));
    });
    interrupt::check()?;
    let route_us = median(&pairs, |(from, to)| {
        black_box(
            ocean
                .route(End::Port(from), End::Port(to), &options)
                .is_ok(),
        );
    });
    interrupt::check()?;
    let offshore = offshore(ocean, &pairs);
    let point_us = median(&offshore, |(from, to)| {
        black_box(
            ocean
                .route(End::Point(from), End::Point(to), &options)
                .is_ok(),
        );
    });
    interrupt::check()?;
    let all: Vec<PortIx> = ocean.port_numbers().collect();
    let began = Instant::now();
    black_box(ocean.matrix(&all, &all, &options));
    let matrix_s = began.elapsed().as_secs_f64();
    let time = |name, unit, reached, at_most| Time {
        name,
        unit,
        reached,
        at_most,
    };
    Ok(Speed(vec![
        time("port to port, distance, median", "µs", distance_us, 5.0),
        time("port to port with geometry, median", "µs", route_us, 100.0),
        time("point to point, median", "ms", point_us / 1000.0, 3.0),
        time("all ports to all ports", "s", matrix_s, 5.0),
    ]))
}

/// Pairs of ports spread over the list, the same in every run.
fn pairs(ports: &[PortIx]) -> Vec<(PortIx, PortIx)> {
    // A stride that shares no factor with most list lengths visits ports all over the world.
    const STRIDE: usize = 1_000_003;
    let at = |i: usize| ports[i.wrapping_mul(STRIDE) % ports.len()];
    if ports.is_empty() {
        return Vec::new();
    }
    (0..QUERIES).map(|i| (at(2 * i), at(2 * i + 1))).collect()
}

/// Positions of the pairs' ports, which are no nodes of the graph when given as points.
fn offshore(ocean: &Ocean, pairs: &[(PortIx, PortIx)]) -> Vec<(LonLat, LonLat)> {
    let position = |port: PortIx| ocean.ports()[port.number()].position;
    pairs
        .iter()
        .map(|&(a, b)| (position(a), position(b)))
        .collect()
}

/// Median time of a query, µs.
fn median<Q: Copy>(queries: &[Q], ask: impl Fn(Q)) -> f64 {
    let mut times: Vec<f64> = queries
        .iter()
        .map(|&query| {
            let began = Instant::now();
            ask(query);
            began.elapsed().as_secs_f64() * 1e6
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(f64::INFINITY)
}

impl Speed {
    /// Number of goals that are missed. Times depend on what else the machine does, so they are
    /// shown against their goals but only count when missed by far.
    pub(super) fn unmet(&self) -> usize {
        const BY_FAR: f64 = 5.0;
        self.0
            .iter()
            .filter(|time| time.reached > BY_FAR * time.at_most)
            .count()
    }

    pub(super) fn text(&self) -> String {
        let mut grid = Grid::new();
        grid.text("Speed")
            .number("Reached")
            .number("At most")
            .text("");
        for time in &self.0 {
            let unit = time.unit;
            grid.row([
                time.name.to_owned(),
                format!("{:.2} {unit}", time.reached),
                format!("{:.2} {unit}", time.at_most),
                if time.reached <= time.at_most {
                    "met"
                } else {
                    "missed"
                }
                .to_owned(),
            ]);
        }
        format!("\n{}", grid.render())
    }

    pub(super) fn json(&self) -> Value {
        self.0
            .iter()
            .map(|time| {
                json!({
                    "name": time.name, "unit": time.unit, "reached": time.reached,
                    "at_most": time.at_most,
                })
            })
            .collect()
    }
}
