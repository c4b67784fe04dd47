//! How far a command is: a bar on a terminal, plain lines otherwise.

use std::io::IsTerminal;
use std::sync::{Mutex, PoisonError};

use indicatif::{ProgressBar, ProgressStyle};

/// Shows the stages of a command on the standard error.
pub(crate) struct Stages {
    on_terminal: bool,
    current: Mutex<Option<(&'static str, ProgressBar)>>,
}

impl Stages {
    pub(crate) fn new() -> Self {
        Stages {
            on_terminal: std::io::stderr().is_terminal(),
            current: Mutex::new(None),
        }
    }

    /// Tells of a stage's progress; a stage that is named for the first time begins.
    pub(crate) fn update(&self, stage: &'static str, done: u64, total: u64) {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = current.as_ref().is_none_or(|(name, _)| *name != stage);
        if is_new {
            if let Some((_, bar)) = current.take() {
                bar.finish_and_clear();
            }
            *current = Some((stage, self.begin(stage, total)));
        }
        if let Some((_, bar)) = current.as_ref() {
            bar.set_length(total);
            bar.set_position(done);
        }
    }

    fn begin(&self, stage: &'static str, total: u64) -> ProgressBar {
        if !self.on_terminal {
            eprintln!("{stage}: {total}");
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::new(total).with_message(stage);
        // The template is a constant of ours; without it the bar has its usual look.
        if let Ok(style) = ProgressStyle::with_template("{msg:16} {bar:40} {pos}/{len} {eta}") {
            bar.set_style(style.progress_chars("━╸ "));
        }
        bar
    }
}

impl Drop for Stages {
    fn drop(&mut self) {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, bar)) = current.take() {
            bar.finish_and_clear();
        }
    }
}
