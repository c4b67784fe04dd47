//! Makes the embedded ocean from coastlines; used by `cargo xtask sealanes`.

mod approach;
mod assemble;
mod coast;
mod graph;
mod input;
mod labels;
mod land;

pub use assemble::{Progress, Report, build};
pub use coast::Tolerance;
pub use input::{ChannelInput, Input, PassageInput, PortInput};
pub use land::Land;
