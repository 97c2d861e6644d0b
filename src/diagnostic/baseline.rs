//! Faults that are accepted for now, so that only new ones fail.
//!
//! A baseline names rule, file and a hash of the message, no line numbers: it survives edits
//! elsewhere in the file. Rules of the public boundary, and faults
//! that hide content, cannot be accepted.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::{Diagnostic, Level};

const VERSION: u64 = 1;

/// The faults that are accepted: how many of each rule, path and message.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Baseline(BTreeMap<Key, usize>);

/// What identifies a fault: rule, path, hash of the message.
type Key = (String, String, String);

/// Why a file is no baseline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BaselineFault {
    /// It is not JSON.
    NotJson(String),
    /// It is JSON, but not of the shape that [`write()`] gives it.
    Malformed(&'static str),
}

impl fmt::Display for BaselineFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJson(reason) => write!(f, "not JSON: {reason}"),
            Self::Malformed(reason) => f.write_str(reason),
        }
    }
}

impl std::error::Error for BaselineFault {}

impl Baseline {
    /// Reads what [`write()`] wrote.
    ///
    /// # Errors
    ///
    /// Fails where the text is anything else.
    pub fn read(text: &str) -> Result<Self, BaselineFault> {
        let value: Value = serde_json::from_str(text)
            .map_err(|fault| BaselineFault::NotJson(fault.to_string()))?;
        if value.get("version").and_then(Value::as_u64) != Some(VERSION) {
            return Err(BaselineFault::Malformed("`version` is not 1"));
        }
        let entries = value
            .get("accepted")
            .and_then(Value::as_array)
            .ok_or(BaselineFault::Malformed("`accepted` is not a list"))?;
        let mut accepted = BTreeMap::new();
        for entry in entries {
            let text = |key| entry.get(key).and_then(Value::as_str).map(str::to_owned);
            let key = text("rule").zip(text("path")).zip(text("message"));
            let Some(((rule, path), message)) = key else {
                return Err(BaselineFault::Malformed("an entry lacks `rule`, `path` or `message`"));
            };
            let count = match entry.get("count") {
                None => Some(1),
                Some(count) => count.as_u64().and_then(|count| usize::try_from(count).ok()),
            };
            let count = count.ok_or(BaselineFault::Malformed("`count` is not a number"))?;
            *accepted.entry((rule, path, message)).or_default() += count;
        }
        Ok(Self(accepted))
    }
}

/// What a baseline did to the diagnostics of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Accepted {
    /// How many it took away.
    pub faults: usize,
    /// How many of its entries accept nothing, since their fault is mended or was changed.
    pub stale: usize,
}

/// Takes away the diagnostics that a baseline accepts.
pub fn accept(diagnostics: &mut Vec<Diagnostic>, baseline: &Baseline) -> Accepted {
    let mut left = baseline.0.clone();
    let found = diagnostics.len();
    diagnostics.retain(|one| match left.get_mut(&key(one)).filter(|_| !one.rule.fixed) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    });
    Accepted { faults: found - diagnostics.len(), stale: left.values().sum() }
}

/// Writes a baseline that accepts these diagnostics, but for those that cannot be accepted.
pub fn write(diagnostics: &[Diagnostic]) -> String {
    let mut accepted: BTreeMap<Key, usize> = BTreeMap::new();
    for one in diagnostics.iter().filter(|one| !one.rule.fixed && one.level != Level::Off) {
        *accepted.entry(key(one)).or_default() += 1;
    }
    // One line an entry, so that a change of the file reads as what was accepted or mended.
    let entries: Vec<String> = accepted
        .iter()
        .map(|((rule, path, message), count)| {
            let (rule, path, message) = (quoted(rule), quoted(path), quoted(message));
            let count = if *count > 1 { format!(r#", "count": {count}"#) } else { String::new() };
            format!(r#"    {{ "rule": {rule}, "path": {path}, "message": {message}{count} }}"#)
        })
        .collect();
    let list = if entries.is_empty() {
        "[]".to_owned()
    } else {
        format!("[\n{}\n  ]", entries.join(",\n"))
    };
    format!("{{\n  \"version\": {VERSION},\n  \"accepted\": {list}\n}}\n")
}

fn quoted(text: &str) -> Value {
    Value::String(text.to_owned())
}

fn key(one: &Diagnostic) -> Key {
    (one.rule.name.to_owned(), one.place.path.to_string(), message_hash(one))
}

/// Returns the first 16 hexadecimal digits of the SHA-256 of a message. A number of days, as in
/// `in 19 days`, is not part of it: the fault is the same tomorrow.
pub(super) fn message_hash(one: &Diagnostic) -> String {
    let mut words: Vec<&str> = Vec::new();
    for word in one.message.split(' ') {
        if matches!(word.trim_end_matches([',', '.', ';']), "day" | "days")
            && words.last().is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_digit()))
        {
            words.pop();
        }
        words.push(word);
    }
    let mut digits = format!("{:x}", Sha256::digest(words.join(" ")));
    digits.truncate(16);
    digits
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::Rule;
    use crate::span::{Place, Span};

    static LINK: Rule = Rule {
        name: "broken-reference",
        level: Level::Error,
        fixed: false,
        is_secret: false,
        summary: "",
        explanation: "",
    };
    static LEAK: Rule = Rule { name: "withheld-text-in-public", fixed: true, ..LINK };

    fn at(rule: &'static Rule, offset: usize, message: &str) -> Diagnostic {
        let place = Place::new(&Arc::from("content/a.md"), Span::new(offset, offset + 1));
        Diagnostic::new(rule, place, message)
    }

    #[test]
    fn accepted_faults_pass_wherever_they_moved() {
        let before = [at(&LINK, 1, "no `A`"), at(&LINK, 5, "no `A`"), at(&LEAK, 9, "leak")];
        let text = write(&before);
        assert_eq!(
            text,
            r#"{
  "version": 1,
  "accepted": [
    { "rule": "broken-reference", "path": "content/a.md", "message": "60e362123f9d9ecd", "count": 2 }
  ]
}
"#
        );
        let baseline = Baseline::read(&text).unwrap();
        let mut after = vec![
            at(&LINK, 11, "no `A`"),
            at(&LINK, 12, "no `B`"),
            at(&LINK, 13, "no `A`"),
            at(&LINK, 14, "no `A`"),
            at(&LEAK, 9, "leak"),
        ];
        assert_eq!(accept(&mut after, &baseline), Accepted { faults: 2, stale: 0 });
        assert_eq!(after, [at(&LINK, 12, "no `B`"), at(&LINK, 14, "no `A`"), at(&LEAK, 9, "leak")]);
        let mut mended = vec![at(&LINK, 3, "no `A`")];
        assert_eq!(accept(&mut mended, &baseline), Accepted { faults: 1, stale: 1 });
    }

    #[test]
    fn a_fault_is_the_same_tomorrow() {
        let hash = |message| message_hash(&at(&LINK, 1, message));
        assert_eq!(hash("due by 2026-12-05, in 19 days"), hash("due by 2026-12-05, in 18 days"));
        assert_ne!(hash("due by 2026-12-05, in 19 days"), hash("due by 2026-12-06, in 19 days"));
    }

    #[test]
    fn a_hand_made_entry_for_a_fixed_rule_accepts_nothing() {
        let text = write(&[at(&LINK, 1, "leak")]).replace(LINK.name, LEAK.name);
        let baseline = Baseline::read(&text).unwrap();
        let mut found = vec![at(&LEAK, 1, "leak")];
        assert_eq!(accept(&mut found, &baseline), Accepted { faults: 0, stale: 1 });
        assert_eq!(found, [at(&LEAK, 1, "leak")]);
    }

    #[test]
    fn what_is_no_baseline_is_refused() {
        let fault = |text| Baseline::read(text).unwrap_err().to_string();
        assert_eq!(fault("{}"), "`version` is not 1");
        assert_eq!(fault(r#"{"version":1}"#), "`accepted` is not a list");
        assert_eq!(
            fault(r#"{"version":1,"accepted":[{"rule":"x"}]}"#),
            "an entry lacks `rule`, `path` or `message`"
        );
        assert_eq!(Baseline::read(&write(&[])).unwrap(), Baseline::default());
    }
}
