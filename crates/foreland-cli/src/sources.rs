//! Where a command finds the atlas and the ocean.

use std::path::{Path, PathBuf};

use foreland::route::Charts;
use foreland::{Atlas, Error};
use sealane::Ocean;

use crate::failure::Failure;

/// A file that every atlas folder holds.
const SIGN_OF_AN_ATLAS: &str = "ports.csv";
/// Name of the folder that is looked for.
const FOLDER: &str = "atlas";

/// The ocean inside the program.
///
/// # Errors
///
/// An internal error if the program file is damaged.
pub(crate) fn ocean() -> Result<&'static Ocean, Failure> {
    Ocean::embedded().map_err(|error| {
        Failure::Foreland(Error::Encode {
            what: "the ocean inside the program".to_owned(),
            why: format!("{error}; install the program again"),
        })
    })
}

/// The folder that was named, or the nearest one here or above.
fn folder(named: Option<&Path>) -> Option<PathBuf> {
    if let Some(named) = named {
        return Some(named.to_owned());
    }
    let here = std::env::current_dir().ok()?;
    let found = here
        .ancestors()
        .map(|dir| dir.join(FOLDER))
        .find(|dir| dir.join(SIGN_OF_AN_ATLAS).is_file())?;
    // As short as it can be written from here, so that a manifest does not depend on the machine.
    Some(if found == here.join(FOLDER) {
        PathBuf::from(FOLDER)
    } else {
        found
    })
}

/// The atlas folder.
///
/// # Errors
///
/// Wrong input if there is none.
pub(crate) fn atlas_folder(named: Option<&Path>) -> Result<PathBuf, Failure> {
    folder(named).ok_or_else(|| {
        Failure::argument(
            "--atlas",
            "there is no folder `atlas` here or above",
            "run in the project's folder, or name the folder with --atlas DIR",
        )
    })
}

/// The atlas.
///
/// # Errors
///
/// Everything that is wrong in its tables; wrong input if there is none.
pub(crate) fn atlas(named: Option<&Path>) -> Result<Atlas, Failure> {
    Ok(Atlas::load(&atlas_folder(named)?)?)
}

/// What a route needs: the ocean, all names, and the atlas if there is one.
///
/// # Errors
///
/// As [`ocean`] and [`atlas`], if an atlas is named or found.
pub(crate) fn charts(named: Option<&Path>) -> Result<Charts, Failure> {
    let ocean = ocean()?;
    let atlas = folder(named).map(|dir| Atlas::load(&dir)).transpose()?;
    Ok(Charts::new(ocean, atlas))
}
