//! `*_net.tntp`.

use std::path::Path;

use super::metadata::Metadata;
use crate::cost::{CostError, LinkCost};
use crate::error::{NetworkError, ReadError, ReadProblem};
use crate::network::{Network, NodeId};
use crate::text::{Field, Line, TextFile};

/// More nodes or links than any published network by a factor of a hundred.
const MAX_COUNT: usize = 10_000_000;

const COLUMNS: [&str; 10] = [
    "init_node",
    "term_node",
    "capacity",
    "length",
    "free_flow_time",
    "b",
    "power",
    "speed",
    "toll",
    "link_type",
];

/// A network file.
#[derive(Clone, Debug, PartialEq)]
pub struct TntpNetwork {
    /// Zones: nodes 1 to this number.
    pub zones: usize,
    /// Nodes.
    pub nodes: usize,
    /// Lowest node, from 1, that a path may pass through.
    pub first_through_node: usize,
    /// Weight of tolls, in units of time a unit of toll, if the file states one.
    pub toll_factor: Option<f64>,
    /// Weight of lengths, in units of time a unit of length, if the file states one.
    pub distance_factor: Option<f64>,
    /// Links in the order of the file.
    pub links: Vec<TntpLink>,
}

/// A line of a network file, in the units of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct TntpLink {
    /// Node where the link starts, from 1.
    pub init_node: usize,
    /// Node where it ends, from 1.
    pub term_node: usize,
    /// Flow that the cost function calls capacity.
    pub capacity: f64,
    /// Length.
    pub length: f64,
    /// Time at no flow.
    pub free_flow_time: f64,
    /// Coefficient of the cost function.
    pub b: f64,
    /// Power of the cost function.
    pub power: f64,
    /// Speed; the published results do not use it.
    pub speed: f64,
    /// Toll.
    pub toll: f64,
    /// Kind of link, not interpreted.
    pub link_type: String,
}

/// Weights that turn tolls and lengths into the unit of time.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CostFactors {
    /// Units of time a unit of toll.
    pub toll: f64,
    /// Units of time a unit of length.
    pub distance: f64,
}

impl TntpNetwork {
    /// Reads a network file.
    ///
    /// # Errors
    /// [`ReadError`] with file, line and column.
    pub fn read(path: &Path) -> Result<Self, ReadError> {
        Self::parse(&TextFile::open(path)?)
    }

    /// Reads a network from text; `name` stands for the file in errors.
    ///
    /// # Errors
    /// [`ReadError`] with line and column.
    pub fn from_text(name: &str, text: &str) -> Result<Self, ReadError> {
        Self::parse(&TextFile::from_text(Path::new(name), text.to_owned()))
    }

    fn parse(file: &TextFile) -> Result<Self, ReadError> {
        let mut lines = file.lines();
        let metadata = Metadata::read(file, &mut lines)?;
        let nodes = metadata.count("NUMBER OF NODES", 1, MAX_COUNT)?;
        let zones = metadata.count("NUMBER OF ZONES", 1, nodes)?;
        let announced = metadata.count("NUMBER OF LINKS", 0, MAX_COUNT)?;
        let first_through_node = match metadata.get("FIRST THRU NODE") {
            Some(field) => file.whole(field, "FIRST THRU NODE", 1, nodes + 1)?,
            None => 1,
        };
        let mut links = Vec::new();
        for line in lines {
            let text = line.text.trim();
            if text.starts_with('~') {
                check_columns(file, line)?;
            } else if !text.is_empty() {
                links.push(read_link(file, line, nodes)?);
            }
        }
        if links.len() != announced {
            let found = links.len();
            return Err(file.error(ReadProblem::Count {
                what: "links",
                announced,
                found,
            }));
        }
        let toll_factor = metadata.amount("TOLL FACTOR")?;
        let distance_factor = metadata.amount("DISTANCE FACTOR")?;
        Ok(Self {
            zones,
            nodes,
            first_through_node,
            toll_factor,
            distance_factor,
            links,
        })
    }

    /// The links as a network; zones below the first through node are closed to through traffic.
    ///
    /// # Errors
    /// [`NetworkError`], which a network that was read from a file does not give.
    pub fn network(&self) -> Result<Network, NetworkError> {
        let ends: Vec<_> = self
            .links
            .iter()
            .map(|link| {
                (
                    NodeId::new(link.init_node - 1),
                    NodeId::new(link.term_node - 1),
                )
            })
            .collect();
        let closed = (0..self.first_through_node - 1).map(NodeId::new);
        Network::new(self.nodes, &ends)?.closed_to_through(closed)
    }

    /// The cost function of every link.
    ///
    /// # Errors
    /// [`CostError`] if a factor is negative; the links themselves were checked when they were read.
    pub fn costs(&self, factors: CostFactors) -> Result<Vec<LinkCost>, CostError> {
        let cost = |link: &TntpLink| {
            let fixed = factors.toll * link.toll + factors.distance * link.length;
            link.time()?.plus(fixed)
        };
        self.links.iter().map(cost).collect()
    }
}

impl TntpLink {
    fn time(&self) -> Result<LinkCost, CostError> {
        LinkCost::bpr(self.free_flow_time, self.b, self.capacity, self.power)
    }
}

/// A comment that names the columns must name them in their places; other comments are free.
fn check_columns(file: &TextFile, line: Line<'_>) -> Result<(), ReadError> {
    let comment = line.field().trimmed().tail(1);
    let names: Vec<Field<'_>> = comment
        .split_words()
        .filter(|name| name.text != ";")
        .collect();
    if names.first().map(|name| name.text) != Some(COLUMNS[0]) {
        return Ok(());
    }
    for (index, expected) in COLUMNS.into_iter().enumerate() {
        let found = names
            .get(index)
            .map_or("", |name| name.text.trim_end_matches(';'));
        if found != expected {
            let at = names.get(index).copied().unwrap_or(comment);
            let problem = ReadProblem::Column {
                position: index + 1,
                found: found.to_owned(),
                expected,
            };
            return Err(file.error_at(at, problem));
        }
    }
    Ok(())
}

fn read_link(file: &TextFile, line: Line<'_>, nodes: usize) -> Result<TntpLink, ReadError> {
    let text = line.text.trim_end();
    let row = line
        .field()
        .head(text.strip_suffix(';').unwrap_or(text).len());
    let fields: Vec<Field<'_>> = row.split_words().collect();
    let Ok(
        [
            init,
            term,
            capacity,
            length,
            time,
            b,
            power,
            speed,
            toll,
            kind,
        ],
    ) = <[Field<'_>; 10]>::try_from(fields)
    else {
        let expected = format!("ten fields ({}) and `;`", COLUMNS.join(", "));
        return Err(file.bad_value(row, "a link", expected));
    };
    let link = TntpLink {
        init_node: file.whole(init, "init_node", 1, nodes)?,
        term_node: file.whole(term, "term_node", 1, nodes)?,
        capacity: file.amount(capacity, "capacity")?,
        length: file.amount(length, "length")?,
        free_flow_time: file.amount(time, "free_flow_time")?,
        b: file.amount(b, "b")?,
        power: file.amount(power, "power")?,
        speed: file.amount(speed, "speed")?,
        toll: file.amount(toll, "toll")?,
        link_type: kind.text.to_owned(),
    };
    if link.init_node == link.term_node {
        return Err(file.bad_value(term, "term_node", "a node other than init_node"));
    }
    if link.time().is_err() {
        return Err(file.bad_value(
            capacity,
            "capacity",
            "more than 0 where b, power and time are",
        ));
    }
    Ok(link)
}
