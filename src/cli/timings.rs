//! `avouch build --timings`: where the time went.

use std::fmt::Write as _;
use std::fs;
use std::iter;
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};
use serde_json::json;

use super::Failure;
use super::arguments::TimingsForm;
use super::terminal::Terminal;
use crate::pipeline::{Built, Timings};

/// What a run cost.
pub(super) struct Cost<'b> {
    timings: &'b Timings,
    /// How long the files were read.
    reading: Duration,
    wall: Duration,
    /// The time that all processors together worked for it.
    cpu: Duration,
    /// The most memory that it held at once, in bytes, where the system tells.
    peak: Option<u64>,
    documents: usize,
}

impl<'b> Cost<'b> {
    /// Looks at the clocks, for a run that just ended.
    pub(super) fn of(built: &'b Built, reading: Duration, wall: Duration) -> Self {
        let clock = clock_gettime(ClockId::ProcessCPUTime);
        let cpu = Duration::try_from(clock).unwrap_or_default();
        let documents = built.checked.corpus.documents.len();
        let timings = &built.checked.timings;
        Self { timings, reading, wall, cpu, peak: peak_memory(), documents }
    }

    /// Says how long each stage took, and what the run cost.
    pub(super) fn say(&self, form: TimingsForm, terminal: Terminal) -> Result<(), Failure> {
        match form {
            TimingsForm::Table => terminal.data(&self.table()),
            TimingsForm::Json => terminal.data(&format!("{}\n", self.json())),
        }
    }

    fn stages(&self) -> impl Iterator<Item = (&'static str, Duration)> {
        iter::once(("read", self.reading)).chain(self.timings.stages())
    }

    fn documents_per_second(&self) -> f64 {
        // Far fewer documents than a float can count.
        let documents = u32::try_from(self.documents).map_or(f64::INFINITY, f64::from);
        documents / self.wall.as_secs_f64()
    }

    fn table(&self) -> String {
        let mut table = String::new();
        let wall = self.wall.as_secs_f64();
        // Writing to a string cannot fail.
        for (stage, time) in self.stages() {
            let share = 100.0 * time.as_secs_f64() / wall;
            let _ = writeln!(table, "{stage:<10} {:>10}  {share:>5.1} %", milliseconds(time));
        }
        let _ = writeln!(table, "{:<10} {:>10}", "all", milliseconds(self.wall));
        let _ = writeln!(table, "{:<10} {:>10}", "CPU", milliseconds(self.cpu));
        let _ = writeln!(
            table,
            "{} documents, {:.0} a second; {} remembered",
            self.documents,
            self.documents_per_second(),
            self.timings.remembered,
        );
        if let Some(peak) = self.peak {
            let _ = writeln!(table, "peak memory {} MB", peak / 1_000_000);
        }
        table
    }

    fn json(&self) -> serde_json::Value {
        let stages: Vec<_> = self
            .stages()
            .map(|(stage, time)| json!({ "stage": stage, "seconds": time.as_secs_f64() }))
            .collect();
        json!({
            "stages": stages,
            "wall_seconds": self.wall.as_secs_f64(),
            "cpu_seconds": self.cpu.as_secs_f64(),
            "documents": self.documents,
            "documents_per_second": self.documents_per_second(),
            "remembered": self.timings.remembered,
            "peak_bytes": self.peak,
        })
    }
}

fn milliseconds(time: Duration) -> String {
    format!("{:.1} ms", 1000.0 * time.as_secs_f64())
}

/// Returns the most memory that the process held at once, in bytes. Linux tells it.
fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}
