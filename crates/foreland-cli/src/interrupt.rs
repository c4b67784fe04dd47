//! Ctrl-C: the first asks the command to stop, the second ends it at once. Neither leaves anything
//! half-written.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::failure::Failure;
use crate::outfile;

static ASKED: AtomicBool = AtomicBool::new(false);

/// Exit code of a command that was stopped.
const STOPPED: i32 = 130;

/// Listens for Ctrl-C and for the request to terminate.
///
/// # Errors
///
/// [`Failure::Output`] if the system does not let us listen.
pub(crate) fn listen() -> Result<(), Failure> {
    ctrlc::set_handler(|| {
        if ASKED.swap(true, Ordering::SeqCst) {
            outfile::remove_unfinished();
            std::process::exit(STOPPED);
        }
    })
    .map_err(|error| Failure::Output(std::io::Error::other(error)))
}

/// The flag that long computations look at.
pub(crate) fn flag() -> &'static AtomicBool {
    &ASKED
}

/// Stops a command that was asked to stop.
///
/// # Errors
///
/// [`Failure::Stopped`] if it was.
pub(crate) fn check() -> Result<(), Failure> {
    if ASKED.load(Ordering::Relaxed) {
        Err(Failure::Stopped)
    } else {
        Ok(())
    }
}
