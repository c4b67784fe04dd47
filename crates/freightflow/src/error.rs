//! What can be wrong with a network, a demand or a file, said with place and remedy.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::network::{LinkId, NodeId};

/// A network or its costs are not usable.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum NetworkError {
    /// More nodes or links than positions can number.
    #[error("{nodes} nodes and {links} links are too many: at most {limit} of each")]
    TooLarge {
        /// Nodes asked for.
        nodes: usize,
        /// Links given.
        links: usize,
        /// Most of either.
        limit: usize,
    },
    /// A link names a node that the network does not have.
    #[error("link {} names node {}, but nodes run from 0 to {}", link.index(), node.index(), nodes.saturating_sub(1))]
    UnknownNode {
        /// The link.
        link: LinkId,
        /// The node it names.
        node: NodeId,
        /// Nodes in the network.
        nodes: usize,
    },
    /// A node is asked for that the network does not have.
    #[error("node {} is not in the network: nodes run from 0 to {}", node.index(), nodes.saturating_sub(1))]
    NoSuchNode {
        /// The node.
        node: NodeId,
        /// Nodes in the network.
        nodes: usize,
    },
    /// A link starts and ends at the same node.
    #[error("link {} starts and ends at node {}; remove it, no path can use it", link.index(), node.index())]
    Loop {
        /// The link.
        link: LinkId,
        /// The node.
        node: NodeId,
    },
    /// There must be exactly one cost a link.
    #[error("{given} costs for {links} links; give one cost a link")]
    CostCount {
        /// Costs given.
        given: usize,
        /// Links in the network.
        links: usize,
    },
    /// A cost is negative or not a number.
    #[error("link {} costs {cost}; a cost must be 0 or more (infinite bars the link)", link.index())]
    Cost {
        /// The link.
        link: LinkId,
        /// Its cost.
        cost: f64,
    },
}

/// A file could not be read; says where and what would be right.
#[derive(Debug, thiserror::Error)]
#[error("{}{}: {problem}", file.display(), Place(*line, *column))]
pub struct ReadError {
    /// The file.
    pub file: PathBuf,
    /// Line, from 1; 0 if the file as a whole is meant.
    pub line: usize,
    /// Column in characters, from 1; 0 if the line as a whole is meant.
    pub column: usize,
    /// What is wrong.
    #[source]
    pub problem: ReadProblem,
}

struct Place(usize, usize);

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0, self.1) {
            (0, _) => Ok(()),
            (line, 0) => write!(f, ":{line}"),
            (line, column) => write!(f, ":{line}:{column}"),
        }
    }
}

/// What is wrong in a file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadProblem {
    /// The file system refused.
    #[error("cannot be read: {0}")]
    Io(#[source] io::Error),
    /// The file is larger than a reader is willing to hold.
    #[error("is {bytes} bytes; at most {limit} are read")]
    TooLong {
        /// Size of the file in bytes.
        bytes: u64,
        /// Largest size that is read, in bytes.
        limit: u64,
    },
    /// The bytes are not text.
    #[error("is not UTF-8 text; save it as UTF-8")]
    NotText,
    /// A part that must be there is not.
    #[error("{what} is missing; expected {expected}")]
    Missing {
        /// What is missing.
        what: &'static str,
        /// What would be right.
        expected: String,
    },
    /// A field does not hold what it should.
    #[error("{what} is `{found}`; expected {expected}")]
    Value {
        /// Name of the field.
        what: &'static str,
        /// What the file says.
        found: String,
        /// What would be right.
        expected: String,
    },
    /// A column of the header is not where it should be.
    #[error("column {position} is `{found}`; expected `{expected}`")]
    Column {
        /// Position from 1.
        position: usize,
        /// Name that the file gives.
        found: String,
        /// Name that belongs there.
        expected: &'static str,
    },
    /// The same thing is given twice.
    #[error("{what} `{name}` was given before, in line {first}; keep one of the two")]
    Duplicate {
        /// What kind of thing.
        what: &'static str,
        /// Which one.
        name: String,
        /// Line of the first, from 1.
        first: usize,
    },
    /// A count in the file disagrees with what follows.
    #[error("{what}: the file announces {announced}, but {found} follow")]
    Count {
        /// What is counted.
        what: &'static str,
        /// The count that the file gives.
        announced: usize,
        /// How many there are.
        found: usize,
    },
    /// Something refers to what is not there.
    #[error("{what} `{name}` is not in {place}")]
    Unknown {
        /// What kind of thing.
        what: &'static str,
        /// Which one.
        name: String,
        /// Where it was looked for.
        place: String,
    },
}
