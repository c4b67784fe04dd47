//! Long work without the interpreter's lock, stoppable by Ctrl-C.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use foreland::{Error, Progress};
use pyo3::prelude::*;

use crate::failure;

/// How often signals are looked for.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// Runs work on another thread until it is done, hands its progress to a Python function, and
/// stops it when a signal arrives or that function raises.
///
/// # Errors
///
/// What the work or the function raised, or the signal's exception.
pub(crate) fn run<T: Send>(
    py: Python<'_>,
    progress: Option<&Bound<'_, PyAny>>,
    work: impl FnOnce(&AtomicBool, &(dyn Fn(Progress) + Sync)) -> Result<T, Error> + Send,
) -> PyResult<T> {
    let cancel = AtomicBool::new(false);
    let (sender, receiver) = mpsc::channel::<Progress>();
    // The receiver is only ever used here, with the lock given up meanwhile.
    let receiver = Mutex::new(receiver);
    thread::scope(|scope| {
        let cancel = &cancel;
        let worker = scope.spawn(move || {
            let told = Mutex::new(sender);
            work(cancel, &|step| tell(&told, step))
        });
        let mut raised = None;
        loop {
            let next = py.detach(|| match receiver.lock() {
                Ok(receiver) => receiver.recv_timeout(LOOK_AGAIN),
                Err(_) => Err(RecvTimeoutError::Disconnected),
            });
            let seen = match next {
                Ok(step) => show(progress, step).and_then(|()| py.check_signals()),
                Err(RecvTimeoutError::Timeout) => py.check_signals(),
                Err(RecvTimeoutError::Disconnected) => break,
            };
            if let Err(error) = seen
                && raised.is_none()
            {
                cancel.store(true, Ordering::Relaxed);
                raised = Some(error);
            }
        }
        let done = py.detach(|| worker.join());
        match (raised, done) {
            (Some(error), _) => Err(error),
            (None, Ok(Ok(value))) => Ok(value),
            (None, Ok(Err(error))) => Err(failure::of_error(py, &error)),
            (None, Err(panic)) => std::panic::resume_unwind(panic),
        }
    })
}

fn tell(told: &Mutex<Sender<Progress>>, step: Progress) {
    if let Ok(sender) = told.lock() {
        // Nobody listens any more when the work is being stopped.
        let _ = sender.send(step);
    }
}

fn show(progress: Option<&Bound<'_, PyAny>>, step: Progress) -> PyResult<()> {
    match progress {
        Some(function) => function
            .call1((step.stage, step.done, step.total))
            .map(|_| ()),
        None => Ok(()),
    }
}
