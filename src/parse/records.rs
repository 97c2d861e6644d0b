//! `content/records` to [`Records`]: statements with their signatures, rings, and what was written
//! under earlier versions.

use super::document::acts;
use super::fields::Fields;
use super::rules::invalid_record;
use super::sink::Sink;
use crate::diagnostic::Diagnostic;
use crate::model::record::{Earlier, FiledRing, RINGS, Records, STATEMENTS, SignedRecord};
use crate::signature::{Fault, Ring, Statement};
use crate::span::{FilePath, Place, Span};
use crate::workspace::{File, Layout, Snapshot};

/// Reads what was written under earlier versions of one document. The name of the file is its id.
pub(super) fn earlier(
    fields: &mut Fields<'_>,
    name: &str,
    sink: &mut Sink,
) -> [(String, Earlier); 1] {
    let approvals = acts::approvals(fields, sink);
    let reviews = acts::reviews(fields, sink);
    let path = FilePath::clone(sink.path());
    [(name.to_ascii_lowercase(), Earlier { approvals, reviews, path })]
}

/// Reads statements and rings. What is no such text is reported and left out.
pub(super) fn read(
    snapshot: &Snapshot,
    layout: Layout,
    earlier: Vec<(String, Earlier)>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Records {
    let mut records = Records { earlier: earlier.into_iter().collect(), ..Records::default() };
    if layout == Layout::Folder {
        return records;
    }
    for (path, file) in snapshot.under(STATEMENTS) {
        if let Some(stem) = path.strip_suffix(".txt") {
            records.signed.extend(signed(snapshot, path, stem, file, diagnostics));
        } else if let Some(stem) = of_statement(path)
            && snapshot.get(&format!("{stem}.txt")).is_none()
        {
            let message = "the statement that this file belongs to is not here";
            diagnostics.push(fault(path, Span::default(), message.to_owned()));
        }
    }
    records.signed.sort_by(|one, other| one.name.cmp(&other.name));
    for number in 1_u32.. {
        let Some((path, file)) = snapshot.get_key_value(&format!("{RINGS}/{number}.txt")) else {
            break;
        };
        match text(file).and_then(Ring::read) {
            Ok(ring) if ring.number == number => {
                records.rings.push(FiledRing { path: FilePath::clone(path), ring });
            }
            Ok(ring) => {
                let message = format!("this ring has the number {}", ring.number);
                diagnostics.push(fault(path, Span::default(), message));
                break;
            }
            Err(it) => {
                diagnostics.push(fault_of(path, file, &it));
                break;
            }
        }
    }
    let rings = records.rings.len();
    for (path, _) in snapshot.under(RINGS) {
        let number = path.strip_prefix(RINGS).and_then(|it| it.strip_suffix(".txt"));
        let number = number.and_then(|it| it.strip_prefix('/')?.parse::<usize>().ok());
        if number.is_none_or(|number| number > rings + 1) {
            let message = format!("this is no ring that follows the ring {rings}");
            diagnostics.push(fault(path, Span::default(), message));
        }
    }
    records
}

fn signed(
    snapshot: &Snapshot,
    path: &FilePath,
    stem: &str,
    file: &File,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<SignedRecord> {
    let statement = match text(file).and_then(Statement::read) {
        Ok(statement) => statement,
        Err(it) => {
            diagnostics.push(fault_of(path, file, &it));
            return None;
        }
    };
    let name = stem.rsplit('/').next().unwrap_or(stem);
    if statement.name() != name {
        let message = format!("the file of this statement is named `{}.txt`", statement.name());
        diagnostics.push(fault(path, Span::default(), message));
        return None;
    }
    let beside = |ending: &str| snapshot.get(&format!("{path}.{ending}"));
    Some(SignedRecord {
        name: name.to_owned(),
        path: FilePath::clone(path),
        statement,
        armour: beside("sig").map(|file| String::from_utf8_lossy(file.bytes()).into_owned()),
        token: beside("sig.tsr").map(|file| file.bytes().to_vec()),
    })
}

/// Returns the path of the statement that a file stands beside, without its ending.
fn of_statement(path: &str) -> Option<&str> {
    [".txt.sig", ".txt.sig.tsr", ".txt.sig.tsq"].iter().find_map(|ending| path.strip_suffix(ending))
}

/// Returns the text of a file as it is: these texts have no byte order mark.
fn text(file: &File) -> Result<&str, Fault> {
    let no_text = |_| Fault { line: 1, message: "this is not UTF-8".to_owned() };
    std::str::from_utf8(file.bytes()).map_err(no_text)
}

fn fault_of(path: &FilePath, file: &File, fault_of_text: &Fault) -> Diagnostic {
    let text = text(file).unwrap_or_default();
    let before = text.split_inclusive('\n').take(fault_of_text.line.saturating_sub(1));
    let start = before.map(str::len).sum::<usize>().min(text.len());
    let end = text[start..].find('\n').map_or(text.len(), |length| start + length);
    fault(path, Span::new(start, end), fault_of_text.message.clone())
}

fn fault(path: &FilePath, span: Span, message: String) -> Diagnostic {
    let help = "records are written by `avouch` and never edited; take the file back from git";
    Diagnostic::new(&invalid_record::RULE, Place::new(path, span), message).help(help)
}
