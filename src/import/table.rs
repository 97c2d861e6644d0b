//! Bytes of a CSV export to cells.
//!
//! Exports differ: a byte order mark or none, commas, semicolons or tabs, line ends of Windows, the
//! line `sep=;` of a spreadsheet. All of that is taken as it comes. What would make rows vanish
//! without a word fails as a whole: another encoding, and a quote that is never closed.

use csv::{ReaderBuilder, StringRecord};

use super::LARGEST;
use super::fault::ImportFault;

/// An export in its cells.
pub(super) struct Table {
    /// The words at the top of the columns, without white space around them.
    pub(super) headers: Vec<String>,
    /// The rows that hold anything.
    pub(super) rows: Vec<Row>,
}

/// A row.
pub(super) struct Row {
    /// The line on which it begins, the first one being 1.
    pub(super) line: u32,
    cells: StringRecord,
}

impl Row {
    /// Returns a cell without white space around it; nothing where it is empty.
    pub(super) fn cell(&self, column: usize) -> Option<&str> {
        self.cells.get(column).map(str::trim).filter(|cell| !cell.is_empty())
    }

    /// Returns how many cells there are up to the last one that holds something.
    pub(super) fn len(&self) -> usize {
        let empty = self.cells.iter().rev().take_while(|cell| cell.trim().is_empty()).count();
        self.cells.len() - empty
    }
}

impl Table {
    /// Reads an export.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, ImportFault> {
        let text = text(bytes)?;
        let (first, separator, body) = separator(text);
        let mut reader = ReaderBuilder::new()
            .delimiter(separator)
            .has_headers(false)
            .flexible(true)
            .from_reader(body.as_bytes());
        let mut lines = Lines { text: body, at: 0, line: first };
        let mut headers: Option<Vec<String>> = None;
        let mut rows = Vec::new();
        for record in reader.records() {
            let cells = record.map_err(|cause| {
                ImportFault::new(format!("the file is no CSV: {cause}"), SAVE_AS)
            })?;
            let line = lines.of(cells.position().map_or(0, csv::Position::byte));
            let row = Row { line, cells };
            match &headers {
                _ if row.len() == 0 => {}
                None => headers = Some(row.cells.iter().map(|it| it.trim().to_owned()).collect()),
                Some(_) => rows.push(row),
            }
        }
        let Some(headers) = headers else {
            return Err(ImportFault::new("the file is empty", "export it with a line of headers"));
        };
        Ok(Self { headers, rows })
    }
}

/// What to do about a file that is no such export.
const SAVE_AS: &str = "export it again as CSV in UTF-8";

/// Returns the text of an export without its byte order mark.
fn text(bytes: &[u8]) -> Result<&str, ImportFault> {
    if bytes.len() as u64 > LARGEST {
        let message = format!("the file has more than {} MB", LARGEST / 1024 / 1024);
        return Err(ImportFault::new(message, "export fewer rows at once, such as one year"));
    }
    let text = std::str::from_utf8(bytes).map_err(|fault| {
        let line = bytes[..fault.valid_up_to()].split(|byte| *byte == b'\n').count();
        ImportFault::new(format!("line {line} of the file is not UTF-8"), SAVE_AS)
    })?;
    if text.contains('\0') {
        return Err(ImportFault::new("the file is no text", SAVE_AS));
    }
    if text.bytes().filter(|byte| *byte == b'"').count() % 2 == 1 {
        let help = "a cell with a quote in it stands in quotes, and its own quotes are doubled";
        return Err(ImportFault::new("a quote in the file is opened and never closed", help));
    }
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// Returns the number of the first line that holds cells, what separates them, and the text from
/// there on.
fn separator(text: &str) -> (u32, u8, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    if let Some(named) = first.trim().strip_prefix("sep=")
        && let [separator] = named.as_bytes()
    {
        return (2, *separator, rest);
    }
    let header = text.trim_start_matches(['\r', '\n']).lines().next().unwrap_or_default();
    let mut is_quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for byte in header.bytes() {
        is_quoted ^= byte == b'"';
        if !is_quoted {
            counts.iter_mut().filter(|(it, _)| *it == byte).for_each(|(_, count)| *count += 1);
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or_default();
    let separator = counts.iter().find(|(_, count)| *count == most).map_or(b',', |(it, _)| *it);
    (1, separator, text)
}

/// Counts lines, from one row to the next.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: u32,
}

impl Lines<'_> {
    /// Returns the line of the first cell from a byte on: a row is said to begin where the one before
    /// ends, which is before the line end and before empty lines.
    fn of(&mut self, byte: u64) -> u32 {
        let bytes = self.text.as_bytes();
        let mut start = usize::try_from(byte).unwrap_or(usize::MAX).min(bytes.len());
        while matches!(bytes.get(start), Some(b'\r' | b'\n')) {
            start += 1;
        }
        if let Some(passed) = bytes.get(self.at..start) {
            let ends = passed.split(|byte| *byte == b'\n').count() - 1;
            self.line = self.line.saturating_add(u32::try_from(ends).unwrap_or(u32::MAX));
            self.at = start;
        }
        self.line
    }
}
