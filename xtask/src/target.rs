//! Where cargo puts what it builds.

use std::env;
use std::path::{Path, PathBuf};

/// The target folder of the workspace at `root`.
pub(crate) fn folder(root: &Path) -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |dir| root.join(dir))
}
