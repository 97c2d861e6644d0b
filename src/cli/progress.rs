//! How far a long build has come.

use std::sync::Once;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::terminal::Terminal;
use crate::write::Progress;

/// Before this nobody wonders.
const PATIENCE: Duration = Duration::from_secs(1);

/// A progress bar that shows itself when a build takes more than a second, on a terminal only, and
/// that leaves no trace.
#[derive(Debug)]
pub(super) struct Bar {
    started: Instant,
    may_show: bool,
    shown: Once,
    drawn: ProgressBar,
}

impl Bar {
    pub(super) fn new(started: Instant, terminal: Terminal) -> Self {
        let drawn = ProgressBar::hidden();
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos} of {len} files") {
            drawn.set_style(style.progress_chars("=> "));
        }
        Self { started, may_show: terminal.may_animate(), shown: Once::new(), drawn }
    }

    /// Shows how far it is. May be called from several threads.
    pub(super) fn show(&self, progress: Progress) {
        if !self.may_show || self.started.elapsed() < PATIENCE {
            return;
        }
        self.shown.call_once(|| self.drawn.set_draw_target(ProgressDrawTarget::stderr()));
        self.drawn.set_length(u64::try_from(progress.total).unwrap_or(u64::MAX));
        self.drawn.set_position(u64::try_from(progress.done).unwrap_or(u64::MAX));
    }

    /// Removes it from the terminal.
    pub(super) fn clear(&self) {
        self.drawn.finish_and_clear();
    }
}
