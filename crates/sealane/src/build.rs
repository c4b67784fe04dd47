//! Makes the embedded ocean from coastlines; used by `cargo xtask sealanes`.

mod assemble;
mod coast;
mod graph;
mod labels;

pub use assemble::{ChannelInput, Input, PassageInput, PortInput, Progress, Report, build};
pub use coast::Tolerance;
