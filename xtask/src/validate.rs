//! Checks routes against published distances and against the land itself: `cargo xtask validate`.

mod inland;
mod land;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow, ensure};
use foreland::validation::{
    DistanceCheck, MetricCheck, check_distances, check_metric, distances_document, headline,
};
use indicatif::ProgressBar;
use sealane::build::Land;
use sealane::sphere::Point;
use sealane::{End, Ocean, Options, PortIx, Route};

use crate::package::Packages;
use crate::sealanes::OCEAN;
use crate::topojson;
use inland::inland_section;
use land::{OverLand, over_land};

/// Where the document lies in the repository.
const DOCUMENT: &str = "docs/validation/sea-distances.md";
/// Random triples of ports that are looked at for the metric.
const TRIPLES: usize = 20_000;
/// Ports whose routes to each other are held against the land, evenly taken from the table.
const LAND_PORTS: usize = 90;
/// Places that are listed, those of most routes first.
const PLACES: usize = 60;
/// Seed of the triples.
const SEED: u64 = 20_261_124;

/// Validates the ocean of the crate `sealane` and writes the document, or with `check` compares it with the
/// committed one.
///
/// # Errors
/// If a table or package cannot be read, or with `check` if the document differs.
pub fn run(root: &Path, check: bool) -> Result<()> {
    let path = root.join(OCEAN);
    let bytes = fs::read(&path).with_context(|| path.display().to_string())?;
    let ocean = &Ocean::from_bytes(&bytes).map_err(|error| anyhow!("{error}"))?;
    let bar = ProgressBar::new(0);
    let distances = check_distances(&root.join("atlas"), ocean, &|done, total| {
        bar.set_length(total);
        bar.set_position(done);
    });
    bar.finish_and_clear();
    let distances = distances.map_err(|error| anyhow!("{error}"))?;
    let metric = check_metric(ocean, TRIPLES, SEED);
    let land = hold_against_land(root, ocean, &distances)?;
    let mut text = distances_document(&distances);
    text.push_str(&metric_section(&metric));
    text.push_str(&land.section());
    text.push_str(&inland_section(ocean));
    println!("{}", headline(&distances));
    println!("{}{}", metric_section(&metric), land.section());
    let path = root.join(DOCUMENT);
    if check {
        let committed = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        ensure!(
            committed == text,
            "{DOCUMENT} is not current: run `cargo xtask validate`"
        );
        println!("{DOCUMENT} is current");
        return Ok(());
    }
    let folder = path.parent().context("a folder")?;
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    fs::write(&path, text).with_context(|| path.display().to_string())
}

fn metric_section(metric: &MetricCheck) -> String {
    format!(
        "\n## A metric\n\n{} random triples of ports. Largest difference between there and back {:.4} nm; largest gain of a way over \
         a third port {:.4} nm; furthest below the geodesic {:.4} nm. Lengths are rounded to centimetres.\n",
        metric.triples, metric.asymmetry_nm, metric.detour_gain_nm, metric.below_geodesic_nm
    )
}

/// Routes that run over land, among all looked at.
struct LandCheck {
    routes: usize,
    over: Vec<(String, OverLand)>,
}

fn hold_against_land(root: &Path, ocean: &Ocean, distances: &DistanceCheck) -> Result<LandCheck> {
    let packages = Packages::open(root)?;
    let polygons = topojson::decode_polygons(&packages.bytes("world-atlas")?, "land")?;
    let rings: Vec<Vec<Point>> = polygons
        .iter()
        .flat_map(|polygon| &polygon.rings)
        .map(|ring| {
            ring.points
                .iter()
                .map(|p| Point::from_degrees(p[0], p[1]))
                .collect()
        })
        .collect();
    let land = Land::new(&rings);
    let mut check = LandCheck {
        routes: 0,
        over: Vec::new(),
    };
    for row in &distances.rows {
        if let Some(route) = &row.route {
            let (from, to) = (&row.published.from, &row.published.to);
            check.look_at(&land, route, || format!("{} – {}", from.name, to.name));
        }
    }
    let step = (ocean.ports().len() / LAND_PORTS).max(1);
    let ports: Vec<PortIx> = ocean.port_numbers().step_by(step).collect();
    for (i, &from) in ports.iter().enumerate() {
        for &to in &ports[i + 1..] {
            let found = ocean.route(End::Port(from), End::Port(to), &Options::default());
            if let Ok(route) = found {
                let name = |port: PortIx| &ocean.ports()[port.number()].name;
                check.look_at(&land, &route, || format!("{} – {}", name(from), name(to)));
            }
        }
    }
    check.over.sort_by(|a, b| b.1.metres.total_cmp(&a.1.metres));
    Ok(check)
}

impl LandCheck {
    fn look_at(&mut self, land: &Land, route: &Route, name: impl Fn() -> String) {
        self.routes += 1;
        if let Some(over) = over_land(land, route) {
            self.over.push((name(), over));
        }
    }

    fn section(&self) -> String {
        let mut text = format!(
            "\n## Over land\n\n{} routes (all rows above, and all pairs of ports taken evenly from the table) against the full Natural Earth \
             1:10m land polygons, the last 5 km at each end and the legs in canals and river channels left out: {} run over land.\n",
            self.routes,
            self.over.len()
        );
        if !self.over.is_empty() {
            text.push_str(
                "\n| where | routes | most over land, km | such as |\n|---|---:|---:|---|\n",
            );
        }
        let mut places: BTreeMap<(i32, i32), Vec<&(String, OverLand)>> = BTreeMap::new();
        for row in &self.over {
            let near = row.1.near;
            let cell = |deg: f64| (deg * 2.0).round() as i32;
            places
                .entry((cell(near.lat_deg()), cell(near.lon_deg())))
                .or_default()
                .push(row);
        }
        let mut places: Vec<_> = places.into_values().collect();
        places.sort_by_key(|rows| Reverse(rows.len()));
        for rows in places.iter().take(PLACES) {
            // Rows come longest first.
            let (name, over) = rows[0];
            let _ = writeln!(
                text,
                "| {:.2}, {:.2} | {} | {:.2} | {name} |",
                over.near.lon_deg(),
                over.near.lat_deg(),
                rows.len(),
                over.metres / 1000.0,
            );
        }
        text
    }
}
