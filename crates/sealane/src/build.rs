//! Makes the embedded ocean from coastlines; used by `cargo xtask sealanes`.

mod assemble;
mod coast;
mod graph;
mod input;
mod labels;

pub use crate::land::Land;
pub use assemble::{Progress, Report, build};
pub use coast::Tolerance;
pub use input::{ChannelInput, Input, PassageInput, PortInput};
