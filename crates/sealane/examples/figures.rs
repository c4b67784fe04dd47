//! Measures the crate's figures once and prints them as one JSON object:
//! `cargo run --release -p sealane --example figures`.
//!
//! Medians over ordinary questions; `points_ms` is from anywhere in the water to
//! anywhere else; memory is the peak of the whole process so far, where the
//! system tells it (Linux).

use std::io::Write;
use std::time::Instant;

use sealane::{End, LonLat, Ocean, Options, PortIx};

static EMBEDDED: &[u8] = include_bytes!("../data/ocean.sealane");

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let load_ms = median((0..15).map(|_| milliseconds(|| Ocean::from_bytes(EMBEDDED))));
    let ocean = Ocean::embedded()?;
    let ports: Vec<PortIx> = ocean.port_numbers().collect();
    let pairs = joined_pairs(ocean, &ports, 2_000);
    let distance_us = median(
        pairs
            .iter()
            .map(|&(a, b)| 1e3 * milliseconds(|| ocean.distance(a, b))),
    );
    let usual = Options::default();
    let matrix_s =
        median((0..5).map(|_| milliseconds(|| ocean.matrix(&ports, &ports, &usual)) / 1e3));
    let matrix_peak_mb = peak_memory_mb();

    let prepare_ms = milliseconds(|| ocean.prepare());
    let route = |a: End, b: End, options: &Options| milliseconds(|| ocean.route(a, b, options));
    let by_port = |options: &Options| -> Vec<f64> {
        pairs
            .iter()
            .map(|&(a, b)| 1e3 * route(End::Port(a), End::Port(b), options))
            .collect()
    };
    let route_us = median(by_port(&usual));
    let suez = ocean.passage("suez").ok_or("no passage `suez`")?;
    let shut = Options {
        avoid: suez,
        ..Options::default()
    };
    let diverted = pairs.iter().filter(|&&(a, b)| {
        let usual = ocean.route(End::Port(a), End::Port(b), &usual);
        usual.is_ok_and(|r| r.passages().any(|p| p == "suez"))
    });
    let avoid_ms = median(diverted.map(|&(a, b)| route(End::Port(a), End::Port(b), &shut)));
    let at_sea = points(ocean, 400);
    let points_ms = median(at_sea.chunks_exact(2).map(|p| route(p[0], p[1], &usual)));
    let peak_mb = peak_memory_mb();

    let (nodes, edges) = ocean.size();
    writeln!(
        std::io::stdout(),
        "{{\"load_ms\":{load_ms:.1},\"distance_us\":{distance_us:.3},\"route_us\":{route_us:.1},\
         \"points_ms\":{points_ms:.3},\"avoid_ms\":{avoid_ms:.3},\"matrix_s\":{matrix_s:.4},\
         \"matrix_peak_mb\":{matrix_peak_mb},\"peak_mb\":{peak_mb},\"prepare_ms\":{prepare_ms:.0},\
         \"embedded_bytes\":{},\"ports\":{},\"nodes\":{nodes},\"edges\":{edges},\"threads\":{}}}",
        EMBEDDED.len(),
        ports.len(),
        rayon::current_num_threads(),
    )?;
    Ok(())
}

/// Milliseconds that something takes.
fn milliseconds<T>(work: impl FnOnce() -> T) -> f64 {
    let start = Instant::now();
    let result = work();
    let elapsed = start.elapsed().as_secs_f64() * 1e3;
    drop(std::hint::black_box(result));
    elapsed
}

fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Numbers evenly spread over [0, 1): the additive sequence of the plastic number.
fn spread(i: usize, dimension: i32) -> f64 {
    (0.5 + (i as f64) * 1.220_744_084_605_76f64.powi(-dimension)).fract()
}

fn joined_pairs(ocean: &Ocean, ports: &[PortIx], count: usize) -> Vec<(PortIx, PortIx)> {
    let at = |x: f64| ports[(x * ports.len() as f64) as usize];
    let drawn = (0..).map(|i| (at(spread(i, 1)), at(spread(i, 2))));
    drawn
        .filter(|&(a, b)| a != b && ocean.distance(a, b).is_some())
        .take(count)
        .collect()
}

/// Points in the water that is joined to Rotterdam's, evenly over the globe.
fn points(ocean: &Ocean, count: usize) -> Vec<End> {
    let Some(rotterdam) = ocean.port("NLRTM") else {
        return Vec::new();
    };
    let point = |i: usize| {
        let z = 2.0 * spread(i, 2) - 1.0;
        LonLat::new(360.0 * spread(i, 1) - 180.0, z.asin().to_degrees())
            .ok()
            .map(End::Point)
    };
    let at_sea = |p: &End| {
        ocean
            .route(*p, End::Port(rotterdam), &Options::default())
            .is_ok_and(|r| r.snap_from.nm() == 0.0)
    };
    (0..).filter_map(point).filter(at_sea).take(count).collect()
}

/// Peak resident memory in megabytes as a JSON number, `null` where unknown.
fn peak_memory_mb() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    let kib = line.and_then(|l| l.trim().trim_end_matches("kB").trim().parse::<f64>().ok());
    kib.map_or("null".into(), |kib| format!("{:.0}", kib * 1024.0 / 1e6))
}
