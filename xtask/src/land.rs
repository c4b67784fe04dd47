//! `cargo xtask land`: builds the coastlines that the server sends to the map, out of the npm
//! package world-atlas, as gzipped GeoJSON (RFC 7946) in `crates/foreland-server/data`.

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use flate2::read::GzDecoder;
use flate2::{Compression, GzBuilder};
use serde_json::json;

use crate::package::Packages;
use crate::topojson::{self, Polygon};

mod cut;

/// A scale of Natural Earth, and how many decimals of a degree its coordinates are worth.
struct Scale {
    name: &'static str,
    decimals: i32,
}

/// Two decimals are 1.1 km and three 110 m, finer than a map of that scale shows.
const SCALES: [Scale; 2] = [
    Scale {
        name: "110m",
        decimals: 2,
    },
    Scale {
        name: "50m",
        decimals: 3,
    },
];

/// Builds the files and writes them, or compares them with the committed ones if `check`.
///
/// # Errors
/// If the package cannot be read, or, with `check`, if a committed file differs from the rebuild.
pub fn run(root: &Path, check: bool) -> Result<()> {
    let packages = Packages::open(root)?;
    let version = &packages.entry("world-atlas")?.version;
    for scale in &SCALES {
        let source = format!("package/land-{}.json", scale.name);
        let land = topojson::decode_polygons(&packages.file("world-atlas", &source)?, "land")?;
        let text = geojson(&land, scale, version);
        let path = root.join(format!(
            "crates/foreland-server/data/land-{}.geojson.gz",
            scale.name
        ));
        if check {
            // The text counts: another version of the packer may give other bytes for it.
            ensure!(
                unpacked(&path)? == text,
                "{} differs from a rebuild; run `cargo xtask land` and commit the result",
                path.display()
            );
        } else {
            crate::ports::write_whole(&path, &packed(&text)?)?;
        }
        eprintln!("land {}: {} bytes of GeoJSON", scale.name, text.len());
    }
    Ok(())
}

fn geojson(land: &[Polygon], scale: &Scale, version: &str) -> String {
    let polygons: Vec<_> = land
        .iter()
        .flat_map(cut::polygons)
        .filter_map(|rings| rounded(rings, scale.decimals))
        .collect();
    let feature = json!({
        "type": "Feature",
        "properties": {
            "name": "land",
            "scale": format!("1:{}", scale.name),
            "source": format!("Natural Earth (public domain), by world-atlas {version}"),
        },
        "geometry": { "type": "MultiPolygon", "coordinates": polygons },
    });
    json!({ "type": "FeatureCollection", "features": [feature] }).to_string()
}

/// Rings with rounded coordinates; those that shrink to nothing are left out, and a polygon whose
/// outline does.
fn rounded(rings: Vec<Vec<[f64; 2]>>, decimals: i32) -> Option<Vec<Vec<[f64; 2]>>> {
    let factor = 10_f64.powi(decimals);
    let round = |point: [f64; 2]| point.map(|deg| (deg * factor).round() / factor);
    let mut kept = Vec::new();
    for (number, ring) in rings.into_iter().enumerate() {
        let mut points: Vec<[f64; 2]> = ring.into_iter().map(round).collect();
        points.dedup();
        // Three corners and the first again.
        if points.len() >= 4 {
            kept.push(points);
        } else if number == 0 {
            return None;
        }
    }
    Some(kept)
}

fn packed(text: &str) -> Result<Vec<u8>> {
    let mut writer = GzBuilder::new()
        .mtime(0)
        .write(Vec::new(), Compression::best());
    writer.write_all(text.as_bytes())?;
    Ok(writer.finish()?)
}

fn unpacked(path: &Path) -> Result<String> {
    let bytes = fs::read(path).with_context(|| path.display().to_string())?;
    let mut text = String::new();
    GzDecoder::new(bytes.as_slice())
        .read_to_string(&mut text)
        .with_context(|| path.display().to_string())?;
    Ok(text)
}
