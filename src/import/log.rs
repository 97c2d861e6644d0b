//! A host's log of pushes or merges: which commit it saw when.
//!
//! A log is JSON, with one object a line or a list of them, or CSV. Of an event only two things count:
//! the name of the commit that it brought, in full, and the moment that the host wrote down. Where an
//! event names several moments, the last one counts, so that nothing seems older than it is. What an
//! event says of single commits inside of it was written by whoever made them, and is never looked at.

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::fault::ImportFault;
use super::keys::RefusedLine;
use super::matching::fold;
use super::table::Table;

/// A log.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HostLog {
    /// Which commits were seen when, the first one first.
    pub seen: Vec<SeenCommit>,
    /// The lines, or for a list the numbers of its events, that say nothing of it.
    pub refused: Vec<RefusedLine>,
}

/// A commit that a host saw.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SeenCommit {
    /// When the host saw it.
    pub at: Timestamp,
    /// Its name: 40 hexadecimal digits in lower case.
    pub commit: String,
}

/// Keys that hold the commit that an event brought.
const COMMITS: &[&str] = &[
    "merge_commit_sha",
    "after",
    "after_sha",
    "commit_to",
    "checkout_sha",
    "head_sha",
    "head",
    "commit",
    "commit_id",
    "commit_sha",
    "commit_hash",
    "sha",
    "oid",
    "newrev",
    "new_rev",
    "id",
];

/// Keys that hold a moment which the host wrote down.
const MOMENTS: &[&str] = &[
    "pushed_at",
    "merged_at",
    "received_at",
    "created_at",
    "@timestamp",
    "timestamp",
    "time",
    "date",
    "at",
];

/// Keys of objects inside of an event that say which commit it brought.
const INNER: &[&str] = &["payload", "push_data", "object_attributes", "pull_request", "data"];

/// Reads a log.
///
/// # Errors
///
/// Fails where it cannot be read as a whole.
pub fn read(bytes: &[u8]) -> Result<HostLog, ImportFault> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| ImportFault::new("the log is not UTF-8", "export it again as UTF-8"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).trim_start();
    let mut log = HostLog::default();
    if text.starts_with('[') {
        let events: Vec<Value> = serde_json::from_str(text).map_err(|cause| {
            ImportFault::new(format!("the log is no JSON: {cause}"), "export it again")
        })?;
        for (number, event) in (1..).zip(&events) {
            log.take(number, of_event(event));
        }
    } else if text.starts_with('{') {
        let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
        for (number, line) in lines {
            let event = serde_json::from_str::<Value>(line);
            let event = event.map_err(|cause| format!("it is no JSON: {cause}"));
            log.take(number, event.and_then(|event| of_event(&event)));
        }
    } else {
        of_table(&mut log, &Table::read(bytes)?)?;
    }
    log.seen.sort();
    log.seen.dedup();
    Ok(log)
}

impl HostLog {
    fn take(&mut self, line: u32, found: Result<SeenCommit, String>) {
        match found {
            Ok(seen) => self.seen.push(seen),
            Err(reason) => self.refused.push(RefusedLine { line, reason }),
        }
    }
}

const NO_COMMIT: &str = "it names no commit by 40 hexadecimal digits";
const NO_MOMENT: &str = "it names no moment with its zone, such as 2026-03-31T08:00:00Z";

fn of_event(event: &Value) -> Result<SeenCommit, String> {
    let Value::Object(event) = event else { return Err("it is no object".to_owned()) };
    let inner = INNER.iter().filter_map(|key| event.get(*key)?.as_object());
    let objects: Vec<&Map<String, Value>> = [event].into_iter().chain(inner).collect();
    let commits = objects
        .iter()
        .flat_map(|it| COMMITS.iter().filter_map(|key| it.get(*key)?.as_str().and_then(name)));
    let moments = objects
        .iter()
        .flat_map(|it| MOMENTS.iter().filter_map(|key| it.get(*key).and_then(of_value)));
    seen(commits, moments)
}

fn of_table(log: &mut HostLog, table: &Table) -> Result<(), ImportFault> {
    let columns = |keys: &[&str]| -> Vec<usize> {
        let is_one = |header: &String| {
            let header = fold(header).replace([' ', '-'], "_");
            keys.contains(&header.as_str())
        };
        (0..).zip(&table.headers).filter(|(_, it)| is_one(it)).map(|(at, _)| at).collect()
    };
    let (commits, moments) = (columns(COMMITS), columns(MOMENTS));
    for (columns, what) in [(&commits, "`commit`"), (&moments, "`time`")] {
        if columns.is_empty() {
            let help = format!("name one {what}; the headers are {}", table.headers.join(", "));
            return Err(ImportFault::new("a column of the log is missing or unknown", help));
        }
    }
    for row in &table.rows {
        let cells = |columns: &[usize]| -> Vec<&str> {
            columns.iter().filter_map(|column| row.cell(*column)).collect()
        };
        let found = seen(
            cells(&commits).into_iter().filter_map(name),
            cells(&moments).into_iter().filter_map(of_text),
        );
        log.take(row.line, found);
    }
    Ok(())
}

fn seen(
    mut commits: impl Iterator<Item = String>,
    moments: impl Iterator<Item = Timestamp>,
) -> Result<SeenCommit, String> {
    let commit = commits.next().ok_or(NO_COMMIT)?;
    Ok(SeenCommit { at: moments.max().ok_or(NO_MOMENT)?, commit })
}

/// Reads the name of a commit.
fn name(text: &str) -> Option<String> {
    let is_name = text.len() == 40 && text.bytes().all(|it| it.is_ascii_hexdigit());
    // A branch that is deleted brings the commit of zeros.
    (is_name && text.bytes().any(|it| it != b'0')).then(|| text.to_ascii_lowercase())
}

fn of_value(value: &Value) -> Option<Timestamp> {
    match value {
        Value::String(text) => of_text(text),
        Value::Number(number) => since_1970(number.as_i64()?),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Reads a moment that says its zone, or a number.
fn of_text(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let text = text.strip_suffix(" UTC").map_or_else(|| text.to_owned(), |rest| format!("{rest}Z"));
    text.parse().ok().or_else(|| since_1970(text.parse().ok()?))
}

/// Reads seconds or milliseconds since 1970; a number of milliseconds would be far after the year 3000
/// as seconds.
fn since_1970(number: i64) -> Option<Timestamp> {
    if number > 100_000_000_000 {
        Timestamp::from_millisecond(number).ok()
    } else {
        Timestamp::from_second(number).ok().filter(|_| number > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    const ONE: &str = "0123456789abcdef0123456789abcdef01234567";
    const TWO: &str = "89abcdef0123456789abcdef0123456789abcdef";

    /// Returns what a log says, a line each, and then what it does not say.
    fn told(text: &str) -> String {
        let log = read(text.as_bytes()).unwrap();
        let seen = log.seen.iter().map(|it| format!("{} {}\n", it.at, &it.commit[..4]));
        let refused = log.refused.iter().map(|it| format!("{}: {}\n", it.line, it.reason));
        seen.chain(refused).collect()
    }

    #[test]
    fn events_of_hosts_are_read_in_their_forms() {
        let cases = [
            // GitHub: activity of a repository, events, pull requests, audit log.
            (
                format!(
                    r#"[{{"after":"{ONE}","before":"{TWO}","timestamp":"2026-03-31T08:00:00Z"}}]"#
                ),
                "2026-03-31T08:00:00Z 0123\n",
            ),
            (
                format!(
                    r#"{{"type":"PushEvent","id":"1","payload":{{"head":"{ONE}","before":"{TWO}"}},"created_at":"2026-03-31T10:00:00+02:00"}}"#
                ),
                "2026-03-31T08:00:00Z 0123\n",
            ),
            (
                format!(
                    r#"[{{"merge_commit_sha":"{ONE}","created_at":"2026-03-01T08:00:00Z","merged_at":"2026-03-31T08:00:00Z","head":{{"sha":"{TWO}"}}}}]"#
                ),
                "2026-03-31T08:00:00Z 0123\n",
            ),
            (
                format!(r#"{{"action":"git.push","@timestamp":1774944000000,"commit":"{ONE}"}}"#),
                "2026-03-31T08:00:00Z 0123\n",
            ),
            // GitLab: events, and the body of a push hook, whose single commits are claims.
            (
                format!(
                    r#"[{{"action_name":"pushed to","created_at":"2026-03-31T08:00:00.000Z","push_data":{{"commit_from":"{TWO}","commit_to":"{ONE}"}}}}]"#
                ),
                "2026-03-31T08:00:00Z 0123\n",
            ),
            (
                format!(
                    r#"{{"checkout_sha":"{ONE}","commits":[{{"id":"{TWO}","timestamp":"2020-01-01T00:00:00Z"}}]}}"#
                ),
                "1: it names no moment with its zone, such as 2026-03-31T08:00:00Z\n",
            ),
            (
                format!(
                    r#"[{{"sha":"{ONE}","commit":{{"author":{{"date":"2020-01-01T00:00:00Z"}}}}}}]"#
                ),
                "1: it names no moment with its zone, such as 2026-03-31T08:00:00Z\n",
            ),
            // Tables.
            (
                format!("Commit;Pushed at\n{ONE};2026-03-31 08:00:00 UTC\n{TWO};1774944000\n"),
                "2026-03-31T08:00:00Z 0123\n2026-03-31T08:00:00Z 89ab\n",
            ),
            (
                format!("commit,time\n{ONE},2026-03-31 08:00:00\n0123456,2026-03-31T08:00:00Z\n"),
                "2: it names no moment with its zone, such as 2026-03-31T08:00:00Z\n3: it names no commit by 40 hexadecimal digits\n",
            ),
            // A branch that was deleted; a line that is cut off.
            (
                format!(
                    "{{\"after\":\"{}\",\"time\":\"2026-03-31T08:00:00Z\"}}\n\n{{\"after\n",
                    "0".repeat(40)
                ),
                "1: it names no commit by 40 hexadecimal digits\n3: it is no JSON: EOF while parsing a string at line 1 column 7\n",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(told(&text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_log_fails_as_a_whole() {
        for text in ["a,b\n1,2\n", "[1", "", "commit\nx\n"] {
            assert!(read(text.as_bytes()).is_err(), "{text:?}");
        }
    }
}
