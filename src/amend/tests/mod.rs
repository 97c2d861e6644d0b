//! Awkward files, each with the bytes that must come out.

mod appended;
mod front_matter;
mod refused;
mod taken;
mod values;

use super::{Refusal, Value};

/// One case: what it shows, a text, and the text that must come of it.
type Case = (&'static str, &'static str, &'static str);

/// Changes the text of each case and compares every byte.
fn check(cases: &[Case], change: impl Fn(&str) -> Result<String, Refusal>) {
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(about, before, after)| {
            let found = change(before);
            let is_right = found.as_deref() == Ok(*after);
            (!is_right).then(|| format!("{about}:\n{before:?}\n{after:?} is right, not\n{found:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// The item that is appended.
fn tom() -> [(&'static str, Value); 2] {
    [("by", Value::text("tom")), ("on", Value::text("2026-02-03"))]
}
