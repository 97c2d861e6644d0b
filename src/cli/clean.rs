//! `avouch clean`: removes what runs left for the next.

use super::cache;
use super::terminal::Terminal;
use super::{Failure, Outcome};
use crate::memo::store;

pub(super) fn run(terminal: Terminal) -> Result<Outcome, Failure> {
    let Some(folder) = cache::folder() else {
        return Err(Failure::new(
            "there is no folder for caches: neither `XDG_CACHE_HOME` nor `HOME` names one",
        ));
    };
    let bytes =
        store::clean(&folder).map_err(|cause| Failure::of_file("empty", &folder, &cause))?;
    terminal.say(&match bytes {
        0 => format!("There was no cache in {}", folder.display()),
        bytes => format!("Removed {:.1} MB from {}", megabytes(bytes), folder.display()),
    })?;
    Ok(Outcome::Fine)
}

fn megabytes(bytes: u64) -> f64 {
    // Nobody reads more digits than these.
    u32::try_from(bytes / 100_000).map_or(f64::INFINITY, |tenths| f64::from(tenths) / 10.0)
}
