//! Who must accept which documents, and what other systems recorded of it.

use std::collections::HashMap;

use jiff::Timestamp;

use super::description::{Shape, key};
use super::fields::Fields;
use super::sink::Sink;
use crate::model::acknowledgement::{
    Column, DateOrder, Demand, Field, Import, ImportedFile, ImportedRow,
};
use crate::signature::Digest;
use crate::span::{FilePath, Spanned};

/// What the moment of an import looks like.
const MOMENT: Shape =
    Shape::Pattern("moment", "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$");

/// Reads that some people must accept some documents.
pub(super) fn demand(fields: &mut Fields<'_>, sink: &mut Sink) -> Option<Demand> {
    let scope = key(
        "for",
        "The documents: `all`, kinds such as `policy`, `tag:people`, ids. Only texts in force are \
         asked for.",
    );
    let applies_to = fields.texts(scope, sink);
    if applies_to.is_empty() {
        fields.missing("for", "add `for: [policy]`, or the ids of documents", sink);
    }
    let audience = key(
        "audience",
        "The people: `all` for everyone but external ones, kinds such as `employee` and \
         `contractor`, ids of roles and of people.",
    );
    let audience = fields.texts(audience, sink);
    if audience.is_empty() {
        fields.missing("audience", "add `audience: [employee, contractor]`", sink);
    }
    let within = key(
        "within",
        "How long people have: `14 days`. It begins when the text comes into force, and for whoever \
         joins later on their first day.",
    );
    let within = fields.cadence(within, sink);
    if within.is_none() {
        fields.missing("within", "add `within: 14 days`", sink);
    }
    if applies_to.is_empty() || audience.is_empty() {
        return None;
    }
    let place = sink.place(fields.span());
    Some(Demand { applies_to, audience, within: within?.value, place })
}

/// Reads a file of what another system recorded.
pub(super) fn imported(fields: &mut Fields<'_>, sink: &mut Sink) -> ImportedFile {
    let source = key("source", "The system that recorded it: `Learning portal`.");
    let source = fields.required_text(source, sink);
    let columns = key("columns", "Which columns of its exports hold what.");
    let columns = fields.list(columns, "column", sink, column);
    let dates = key("dates", "In which order its exports write dates such as 02/03/2026.");
    let dates = fields.word(dates, DateOrder::WORDS, DateOrder::parse, sink);
    let imports = key("imports", "What was imported when, and by whom.");
    let imports = fields.list(imports, "import", sink, import);
    let numbers: HashMap<Timestamp, u32> =
        imports.iter().map(|import| import.imported_at).zip(0..).collect();
    let rows =
        key("acknowledgements", "Who accepted what, one line for each row that was imported.");
    let rows =
        fields.list(rows, "acknowledgement", sink, |fields, sink| row(fields, &numbers, sink));
    ImportedFile {
        path: FilePath::clone(sink.path()),
        source: source.map(|text| text.value).unwrap_or_default(),
        columns,
        dates: dates.map(|word| word.value),
        imports,
        rows,
    }
}

fn column(fields: &mut Fields<'_>, sink: &mut Sink) -> Option<Column> {
    let field = key("id", "What it holds.");
    let field = fields.word(field, Field::WORDS, Field::parse, sink);
    let header = fields.required_text(key("header", "The words at its top: `E-mail`."), sink);
    Some(Column { field: field?.value, header: header?.value })
}

fn import(fields: &mut Fields<'_>, sink: &mut Sink) -> Option<Import> {
    let imported_at = moment(fields, sink);
    let by = fields.required_text(key("by", "Who imported: a person of `people.yaml`."), sink);
    let file = fields.required_text(key("file", "The name of the file."), sink);
    let sha256 = key("sha256", "The SHA-256 of its bytes, 64 hexadecimal digits.");
    let shape = Shape::Pattern("SHA-256", "^[0-9a-f]{64}$");
    let sha256 = fields.required_text_of(sha256, shape, sink)?;
    let Some(digest) = Digest::parse(&format!("sha256:{}", sha256.value)) else {
        sink.invalid(sha256.span, "a SHA-256 is 64 digits from 0 to f");
        return None;
    };
    Some(Import {
        imported_at: imported_at?.value,
        by: by?,
        file: file?.value,
        sha256: digest,
        place: sink.place(fields.span()),
    })
}

fn row(
    fields: &mut Fields<'_>,
    imports: &HashMap<Timestamp, u32>,
    sink: &mut Sink,
) -> Option<ImportedRow> {
    let person = fields.required_text(key("person", "Who: a person of `people.yaml`."), sink);
    let document = fields.required_text(key("document", "The id of the document."), sink);
    let on = fields.date(key("on", "The day on which they accepted it."), sink);
    if on.is_none() {
        fields.missing("on", "add the day: `on: 2026-02-01`", sink);
    }
    let version = key("version", "The version that they accepted, as the system names it.");
    let version = fields.text(version, sink).map(|text| text.value);
    let digest =
        key("digest", "The digest of the text that they accepted, as the system names it.");
    let shape = Shape::Pattern("digest", "^sha256:[0-9a-f]{64}$");
    let digest = fields.text_of(digest, shape, sink);
    let line = key("line", "The line of the imported file, the first one being 1.");
    let line = fields.number(line, (1, i64::from(u32::MAX)), sink);
    let imported_at = moment(fields, sink)?;
    let digest = match digest {
        None => None,
        Some(Spanned { value, span }) => {
            let digest = Digest::parse(&value);
            if digest.is_none() {
                sink.invalid(span, "this is no digest of a text");
                return None;
            }
            digest
        }
    };
    let Some(import) = imports.get(&imported_at.value) else {
        sink.invalid(imported_at.span, "nothing in `imports:` was imported at this moment");
        return None;
    };
    Some(ImportedRow {
        person: person?,
        document: document?,
        on: on?.value,
        version,
        digest,
        line: line.and_then(|line| u32::try_from(line.value).ok()),
        import: *import,
        place: sink.place(fields.span()),
    })
}

/// Takes the moment of an import, which must be there.
fn moment(fields: &mut Fields<'_>, sink: &mut Sink) -> Option<Spanned<Timestamp>> {
    let about = "When it was imported: `2026-02-01T10:00:00Z`. Rows name their import by it.";
    let text = fields.required_text_of(key("imported_at", about), MOMENT, sink)?;
    let moment = text.value.parse::<Timestamp>().ok();
    let is_whole = |it: &Timestamp| it.strftime("%Y-%m-%dT%H:%M:%SZ").to_string() == text.value;
    let moment = moment.filter(is_whole);
    if moment.is_none() {
        sink.invalid(text.span, "a moment is written as `2026-02-01T10:00:00Z`");
    }
    Some(Spanned::new(moment?, text.span))
}
