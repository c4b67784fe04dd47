//! Work that keeps a processor busy: so much at once, so much waiting, and no more.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::Semaphore;

use crate::problem::{Code, Problem};

/// Seconds after which a client that was sent away may come again.
const COME_AGAIN_S: u32 = 1;

/// The processors.
pub struct Work {
    permits: Arc<Semaphore>,
    waiting: Arc<AtomicUsize>,
    most_waiting: usize,
}

/// Counts one that waits.
struct Waiting(Arc<AtomicUsize>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Work {
    /// As much at once as there are processors.
    pub fn new(most_waiting: usize) -> Work {
        let processors = std::thread::available_parallelism().map_or(2, usize::from);
        Work {
            permits: Arc::new(Semaphore::new(processors)),
            waiting: Arc::new(AtomicUsize::new(0)),
            most_waiting,
        }
    }

    /// Does something on a thread of its own, when a processor is free.
    ///
    /// # Errors
    ///
    /// `overloaded` if too much waits already; `internal` if the work panics.
    pub async fn run<T: Send + 'static>(
        &self,
        task: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Problem> {
        if self.waiting.fetch_add(1, Ordering::Relaxed) >= self.most_waiting {
            self.waiting.fetch_sub(1, Ordering::Relaxed);
            return Err(Problem::new(Code::Overloaded, "too many searches wait")
                .remedy("ask again later, or ask for less at once")
                .retry_after(COME_AGAIN_S));
        }
        let waiting = Waiting(Arc::clone(&self.waiting));
        let permit = Arc::clone(&self.permits)
            .acquire_owned()
            .await
            .map_err(|error| Problem::internal(&error))?;
        drop(waiting);
        tokio::task::spawn_blocking(move || {
            let done = task();
            drop(permit);
            done
        })
        .await
        .map_err(|error| Problem::internal(&error))
    }
}
