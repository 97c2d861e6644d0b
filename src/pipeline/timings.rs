//! Where the time of a run went.
#![expect(
    clippy::disallowed_methods,
    reason = "stages do not know the clock: it is read around them"
)]

use std::time::{Duration, Instant};

/// How long each stage of a run took, in the order in which they ran.
#[derive(Debug, Clone, Default)]
pub struct Timings {
    stages: Vec<(&'static str, Duration)>,
    /// How many documents were taken over from an earlier run.
    pub remembered: usize,
}

impl Timings {
    /// Does the work of a stage and notes how long it took. A stage that runs twice has the sum.
    pub fn measure<T>(&mut self, stage: &'static str, work: impl FnOnce() -> T) -> T {
        let started = Instant::now();
        let result = work();
        self.add(stage, started.elapsed());
        result
    }

    /// Notes how long a stage took.
    pub fn add(&mut self, stage: &'static str, time: Duration) {
        match self.stages.iter_mut().find(|(name, _)| *name == stage) {
            Some((_, sum)) => *sum += time,
            None => self.stages.push((stage, time)),
        }
    }

    /// Returns the stages and how long each took.
    pub fn stages(&self) -> impl ExactSizeIterator<Item = (&'static str, Duration)> {
        self.stages.iter().copied()
    }
}
