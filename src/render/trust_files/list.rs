//! The list of subprocessors: JSON, and CSV (RFC 4180).

use crate::plan::view::trust::SubprocessorList;

const COLUMNS: [&str; 16] = [
    "id",
    "status",
    "name",
    "legal_name",
    "country",
    "purpose",
    "data_categories",
    "locations",
    "products",
    "transfer",
    "since",
    "announced_on",
    "objection_until",
    "effective_on",
    "ended_on",
    "url",
];

/// Returns the list as JSON.
///
/// # Errors
///
/// Never in practice: the list holds nothing that JSON has no form for.
pub fn subprocessors_json(list: &SubprocessorList) -> Result<String, serde_json::Error> {
    Ok(format!("{}\n", serde_json::to_string_pretty(list)?))
}

/// Returns the list as CSV. No cell can be taken for a formula by a spreadsheet program.
#[must_use]
pub fn subprocessors_csv(list: &SubprocessorList) -> String {
    let mut text = COLUMNS.join(",");
    text.push_str("\r\n");
    for entry in &list.subprocessors {
        let optional = |day: &Option<String>| day.clone().unwrap_or_default();
        let cells = [
            entry.id.clone(),
            entry.status.word().to_owned(),
            entry.name.clone(),
            entry.legal_name.clone(),
            entry.country.clone(),
            entry.purpose.clone(),
            entry.data_categories.join("; "),
            entry.locations.join("; "),
            entry.products.join("; "),
            entry.transfer.clone(),
            optional(&entry.since),
            optional(&entry.announced_on),
            optional(&entry.objection_until),
            optional(&entry.effective_on),
            optional(&entry.ended_on),
            optional(&entry.url),
        ];
        text.push_str(&cells.map(|cell| quoted(&cell)).join(","));
        text.push_str("\r\n");
    }
    text
}

/// Quotes a cell where it needs it. A cell that begins like a formula gets an apostrophe in
/// front, which spreadsheet programs read as "this is text".
fn quoted(cell: &str) -> String {
    let looks_like_a_formula = cell
        .trim_start_matches([' ', '\u{a0}', '\u{feff}'])
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '|', '%', '＝', '＋', '－', '＠']);
    let cell = if looks_like_a_formula { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', ';', '"', '\n', '\r', '\'']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn no_cell_is_a_formula() {
        for (cell, expected) in [
            ("plain", "plain"),
            ("two, parts", "\"two, parts\""),
            ("say \"hi\"", "\"say \"\"hi\"\"\""),
            ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""),
            ("@SUM(1)", "\"'@SUM(1)\""),
            (" +1", "\"' +1\""),
            ("\t=1", "\"'\t=1\""),
        ] {
            assert_eq!(quoted(cell), expected);
        }
    }
}
