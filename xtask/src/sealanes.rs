//! Builds the ocean that is embedded in the crate `sealane`: `cargo xtask sealanes`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, bail, ensure};
use indicatif::{ProgressBar, ProgressStyle};
use sealane::LonLat;
use sealane::build::{ChannelInput, Input, PassageInput, PortInput, Report, Tolerance, build};
use sealane::passage::Kind;
use sealane::sphere::Point;
use sha2::{Digest, Sha256};

use crate::package::Packages;
use crate::topojson;

/// Where the ocean lies in the repository.
pub(crate) const OCEAN: &str = "crates/sealane/data/ocean.sealane";

/// The seas that routes may use, by a point in each: the world ocean and the Caspian.
const SEAS: [(f64, f64); 2] = [(-150.0, 0.0), (51.0, 42.0)];

type Row = BTreeMap<String, String>;

/// Lines across passages and channels, by id.
type Gates = BTreeMap<String, Vec<LonLat>>;

/// Builds the ocean and writes it, or with `check` compares it with the committed one.
///
/// # Errors
/// If a table or package cannot be read, or with `check` if the bytes differ.
pub fn run(root: &Path, check: bool) -> Result<()> {
    let started = Instant::now();
    let input = input(root)?;
    let bar = ProgressBar::new(1);
    bar.set_style(ProgressStyle::with_template(
        "{msg:12} {wide_bar} {pos}/{len} {elapsed}",
    )?);
    let (bytes, report) = build(&input, &|phase, done, total| {
        bar.set_message(phase);
        bar.set_length(total.max(1));
        bar.set_position(done);
    })?;
    bar.finish_and_clear();
    tell(&report);
    let hash = hex(&Sha256::digest(&bytes));
    println!(
        "{} bytes, sha256 {hash}, {:.1} s",
        bytes.len(),
        started.elapsed().as_secs_f64()
    );
    let path = root.join(OCEAN);
    if check {
        let committed = fs::read(&path).with_context(|| path.display().to_string())?;
        let old = hex(&Sha256::digest(&committed));
        ensure!(
            old == hash,
            "{OCEAN} differs from a rebuild ({old}): run `cargo xtask sealanes`"
        );
        println!("{OCEAN} is current");
        return Ok(());
    }
    let temporary = path.with_extension("part");
    fs::write(&temporary, &bytes).with_context(|| temporary.display().to_string())?;
    fs::rename(&temporary, &path).with_context(|| path.display().to_string())
}

fn tell(report: &Report) {
    for (what, count) in &report.counts {
        println!("{count:>10} {what}");
    }
    for remark in &report.remarks {
        println!("note: {remark}");
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// Reads everything the ocean is made from.
fn input(root: &Path) -> Result<Input> {
    let packages = Packages::open(root)?;
    let land = topojson::decode_polygons(&packages.bytes("world-atlas")?, "land")?;
    let coasts: Vec<Vec<Point>> = land
        .iter()
        .flat_map(|p| &p.rings)
        .map(|r| {
            r.points
                .iter()
                .map(|p| Point::from_degrees(p[0], p[1]))
                .collect()
        })
        .collect();
    let shoals = shoals(root)?;
    let parameters = parameters(root)?;
    let metres_of_nm = |id: &str| Ok::<f64, anyhow::Error>(parameter(&parameters, id)? * 1852.0);
    let tolerance = Tolerance {
        bay_m: metres_of_nm("coast-bay-filled")?,
        cape_m: metres_of_nm("coast-cape-blunted")?,
        clearance_m: metres_of_nm("coast-clearance")?,
        strait_m: metres_of_nm("coast-strait-kept")?,
    };
    let ice_south_deg = -parameter(&parameters, "ice-limit-south")?.abs();
    let mut about = vec![(
        "land".to_owned(),
        "Natural Earth 1:10m land (public domain), npm world-atlas 2.0.2".to_owned(),
    )];
    about.push((
        "shoals".into(),
        shoals.keys().cloned().collect::<Vec<_>>().join(", "),
    ));
    for id in [
        "coast-clearance",
        "coast-bay-filled",
        "coast-cape-blunted",
        "coast-strait-kept",
        "ice-limit-south",
    ] {
        about.push((id.to_owned(), parameter(&parameters, id)?.to_string()));
    }
    let mut gates = lines(&table(root, "passage-gates.csv")?, "passage")?;
    let input = Input {
        coasts,
        shoals: shoals
            .values()
            .map(|s| s.iter().map(|p| p.point()).collect())
            .collect(),
        seas: SEAS
            .iter()
            .map(|&(x, y)| LonLat::new(x, y))
            .collect::<Result<_, _>>()?,
        tolerance,
        ice_south_deg,
        passages: passages(root, &mut gates)?,
        channels: channels(root, &mut gates)?,
        ports: ports(root)?,
        about,
    };
    ensure!(
        gates.is_empty(),
        "passage-gates.csv: gates of unknown passages {:?}",
        gates.keys()
    );
    Ok(input)
}

fn table(root: &Path, name: &str) -> Result<Vec<Row>> {
    let path = root.join("atlas").join(name);
    let mut reader = csv::Reader::from_path(&path).with_context(|| path.display().to_string())?;
    let rows = reader.deserialize().collect::<Result<Vec<Row>, _>>();
    rows.with_context(|| path.display().to_string())
}

fn text<'a>(row: &'a Row, column: &str) -> Result<&'a str> {
    row.get(column)
        .map(String::as_str)
        .with_context(|| format!("no column `{column}`"))
}

fn number(row: &Row, column: &str) -> Result<Option<f64>> {
    let cell = text(row, column)?;
    if cell.is_empty() {
        return Ok(None);
    }
    let value = cell
        .parse()
        .with_context(|| format!("column `{column}`: `{cell}` is not a number"))?;
    Ok(Some(value))
}

fn position(row: &Row) -> Result<LonLat> {
    let (lon, lat) = (number(row, "lon_deg")?, number(row, "lat_deg")?);
    let (Some(lon), Some(lat)) = (lon, lat) else {
        bail!("a row without a position: {row:?}")
    };
    Ok(LonLat::new(lon, lat)?)
}

/// Lines of positions by the value of a column, in the order of `seq`.
fn lines(rows: &[Row], key: &str) -> Result<BTreeMap<String, Vec<LonLat>>> {
    let mut found: BTreeMap<String, Vec<(u32, LonLat)>> = BTreeMap::new();
    for row in rows {
        let seq = text(row, "seq")?.parse()?;
        found
            .entry(text(row, key)?.to_owned())
            .or_default()
            .push((seq, position(row)?));
    }
    Ok(found
        .into_iter()
        .map(|(id, mut line)| {
            line.sort_by_key(|p| p.0);
            (id, line.into_iter().map(|p| p.1).collect())
        })
        .collect())
}

fn parameters(root: &Path) -> Result<BTreeMap<String, f64>> {
    let rows = table(root, "parameters.csv")?;
    let value = |row: &Row| {
        Ok((
            text(row, "id")?.to_owned(),
            number(row, "value")?.unwrap_or(f64::NAN),
        ))
    };
    rows.iter().map(value).collect()
}

fn parameter(parameters: &BTreeMap<String, f64>, id: &str) -> Result<f64> {
    let value = parameters.get(id).copied().filter(|v| v.is_finite());
    value.with_context(|| format!("atlas/parameters.csv: no value for `{id}`"))
}

fn shoals(root: &Path) -> Result<BTreeMap<String, Vec<LonLat>>> {
    let mut shoals = lines(&table(root, "shoals.csv")?, "id")?;
    for ring in shoals.values_mut() {
        // Land, and so a shoal, lies on the right hand.
        let area: f64 = (0..ring.len())
            .map(|i| (ring[i], ring[(i + 1) % ring.len()]))
            .map(|(a, b)| a.lon_deg() * b.lat_deg() - b.lon_deg() * a.lat_deg())
            .sum();
        if area > 0.0 {
            ring.reverse();
        }
    }
    Ok(shoals)
}

fn passages(root: &Path, gates: &mut Gates) -> Result<Vec<PassageInput>> {
    let mut passages = Vec::new();
    for row in table(root, "passages.csv")? {
        let id = text(&row, "id")?.to_owned();
        let kind = text(&row, "kind")?;
        passages.push(PassageInput {
            name: text(&row, "name")?.to_owned(),
            kind: Kind::from_name(kind)
                .with_context(|| format!("passage `{id}`: unknown kind `{kind}`"))?,
            open_by_default: text(&row, "open_by_default")? == "yes",
            instead_of: text(&row, "instead_of")?
                .split(';')
                .filter(|id| !id.is_empty())
                .map(str::to_owned)
                .collect(),
            limits_m: [
                number(&row, "max_loa_m")?,
                number(&row, "max_beam_m")?,
                number(&row, "max_draught_m")?,
                number(&row, "max_air_draught_m")?,
            ],
            gate: gates.remove(&id).unwrap_or_default(),
            id,
        });
    }
    Ok(passages)
}

fn channels(root: &Path, gates: &mut Gates) -> Result<Vec<ChannelInput>> {
    let rows = table(root, "channels.csv")?;
    let mut lines = lines(&rows, "id")?;
    let mut channels = Vec::new();
    for row in &rows {
        let id = text(row, "id")?;
        let Some(points) = lines.remove(id) else {
            continue;
        };
        let passage = text(row, "passage")?;
        let (is_closable, draught_m) = (
            text(row, "closable")? == "yes",
            number(row, "max_draught_m")?,
        );
        ensure!(
            is_closable || (passage.is_empty() && draught_m.is_none() && !gates.contains_key(id)),
            "channels.csv: `{id}` cannot be closed, so it can have no passage, draught limit or gate; \
             leave them out or set `closable` to yes"
        );
        channels.push(ChannelInput {
            id: id.to_owned(),
            name: text(row, "name")?.to_owned(),
            passage: (!passage.is_empty()).then(|| passage.to_owned()),
            is_closable,
            draught_m,
            gate: gates.remove(id).unwrap_or_default(),
            points,
        });
    }
    Ok(channels)
}

fn ports(root: &Path) -> Result<Vec<PortInput>> {
    let port = |row: Row| {
        Ok(PortInput {
            unlocode: text(&row, "unlocode")?.to_owned(),
            name: text(&row, "name")?.to_owned(),
            at: position(&row)?,
        })
    };
    table(root, "ports.csv")?.into_iter().map(port).collect()
}
