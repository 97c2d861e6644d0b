//! The report for people.
//!
//! Every text of the workspace is made visible: nothing in it acts on a terminal.

use std::fmt::Write as _;

use super::documents::Document;
use super::items::Item;
use super::report::{RING, Record, Report, RingLine, Stamp, Unsigned, Verdict};
use super::summary::Weakness;
use super::witness::Source;
use crate::diagnostic::render::visible;

impl Report {
    /// Writes the report for people: texts with their records, rings, and what is weak. `extra` is
    /// what else there is to say of a text by its id, such as what changed in it; it is printed as it
    /// is.
    #[must_use]
    pub fn human(&self, extra: &dyn Fn(&str) -> Option<String>) -> String {
        let mut out = String::new();
        if self.is_demo {
            line(&mut out, 0, DEMONSTRATION);
            out.push('\n');
        }
        let groups = self.groups();
        for (id, title) in &groups {
            self.group(&mut out, id, title, extra);
        }
        self.rings(&mut out);
        self.sources(&mut out);
        for it in &self.unreadable {
            line(&mut out, 0, &format!("FAILS: `{}`: {}", it.path, it.reason));
        }
        for it in &self.missing {
            line(&mut out, 0, &format!("MISSING: {}, which `{}` names", it.what, it.named_by));
        }
        if !(self.unreadable.is_empty() && self.missing.is_empty()) {
            out.push('\n');
        }
        self.summary(&mut out);
        out
    }

    /// Returns the ids and titles of everything that has something to be said of, in the order of the
    /// ids.
    fn groups(&self) -> Vec<(String, String)> {
        let of_records = self.records.iter().flat_map(|it| &it.subjects);
        let of_records = of_records.map(|it| (it.id.clone(), it.title.clone()));
        let is_told = |it: &&Document| {
            it.version.is_some()
                || it.digest.is_some()
                || it.since.is_some()
                || it.lacks.is_some()
                || self.unsigned.iter().any(|unsigned| unsigned.subject == it.id)
        };
        let of_documents = self.documents.iter().filter(is_told);
        let of_unsigned = self.unsigned.iter();
        let of_unsigned =
            of_unsigned.map(|it| (it.subject.clone(), "nothing here has this id".to_owned()));
        let of_items = self.items.iter().map(|it| (it.id.clone(), it.title.clone()));
        let mut groups: Vec<(String, String)> = of_documents
            .map(|it| (it.id.clone(), it.title.clone()))
            .chain(of_items)
            .chain(of_records)
            .chain(of_unsigned)
            .filter(|(id, _)| id != RING)
            .collect();
        groups.sort_by_key(|(id, _)| id.to_ascii_lowercase());
        groups.dedup_by(|one, other| one.0.eq_ignore_ascii_case(&other.0));
        groups
    }

    fn group(
        &self,
        out: &mut String,
        id: &str,
        title: &str,
        extra: &dyn Fn(&str) -> Option<String>,
    ) {
        line(out, 0, &format!("{id}  {title}"));
        let document = self.documents.iter().find(|it| it.id.eq_ignore_ascii_case(id));
        if let Some(document) = document {
            of_document(out, document);
        }
        if let Some(item) = self.items.iter().find(|it| it.id.eq_ignore_ascii_case(id)) {
            of_item(out, item);
        }
        for record in self.about(id) {
            of_record(out, record, id);
        }
        for unsigned in self.unsigned.iter().filter(|it| it.subject.eq_ignore_ascii_case(id)) {
            of_unsigned(out, unsigned);
        }
        if let Some(extra) = document.and_then(|it| extra(&it.id)) {
            out.push_str(&extra);
        }
        out.push('\n');
    }

    fn about(&self, id: &str) -> impl Iterator<Item = &Record> {
        let is_about =
            move |it: &&Record| it.subjects.iter().any(|it| it.id.eq_ignore_ascii_case(id));
        self.records.iter().filter(is_about)
    }

    fn rings(&self, out: &mut String) {
        line(out, 0, "Rings");
        if self.rings.is_empty() {
            line(out, 1, "none is filed");
        }
        for RingLine { number, digest, since, by, reason, not_yet } in &self.rings {
            let signed = if by.is_empty() { "nobody".to_owned() } else { by.join(", ") };
            let state = match (since, not_yet) {
                (Some(since), _) => format!("in force since {since}"),
                (None, Some(day)) => format!("not yet: {day}"),
                (None, None) => format!("NOT IN FORCE: {}", reason.as_deref().unwrap_or("")),
            };
            line(out, 1, &format!("{number}  {state}; signed by {signed}; {digest}"));
        }
        for record in self.about(RING) {
            of_record(out, record, RING);
        }
        for signer in &self.first_ring.signers {
            let whose = format!("{} ({})", signer.fingerprint, signer.person);
            line(
                out,
                1,
                &match self.first_ring.is_pinned {
                    None => format!(
                        "signer of the first ring: {whose} – compare it out of band; pin it with --trust"
                    ),
                    Some(_) => format!("signer of the first ring: {whose}"),
                },
            );
        }
        match self.first_ring.is_pinned {
            Some(true) => line(out, 1, "the first ring is the one that was pinned"),
            Some(false) => line(out, 1, "FAILS: the first ring is not the one that was pinned"),
            None => {}
        }
        out.push('\n');
    }

    fn sources(&self, out: &mut String) {
        if self.witnesses.is_empty() {
            return;
        }
        line(out, 0, "Witnesses that you brought, for this report only");
        for Source { name, what, records, notes } in &self.witnesses {
            let plural = if *records == 1 { "" } else { "s" };
            line(out, 1, &format!("{name}: {what}; it saw {records} record{plural}"));
            for note in notes {
                line(out, 2, note);
            }
        }
        out.push('\n');
    }

    fn summary(&self, out: &mut String) {
        let summary = &self.summary;
        if !summary.weak.is_empty() {
            line(out, 0, "What is weak");
            for Weakness { kind: _, count, meaning, fails } in &summary.weak {
                let mark = if *fails { "  FAILS" } else { "" };
                line(out, 1, &format!("{count:>4}  {meaning}{mark}"));
            }
            out.push('\n');
        }
        line(out, 0, &format!("As of {}, workspace {}", self.today, self.workspace));
        let counts = [
            (summary.signed, "signed records"),
            (summary.standing, "of them stand"),
            (
                summary.witnessed - summary.brought,
                "of them bear a time stamp of an authority that the ring names",
            ),
            (summary.unsigned, "acts without a signature"),
            (summary.in_force, "texts in force"),
            (summary.in_force_signed, "of them by signatures alone"),
            (summary.rings_in_force, "rings that are or were in force"),
        ];
        let brought = (summary.brought, "of them were seen only by witnesses that you brought");
        let counts = counts.into_iter().enumerate().flat_map(|(at, count)| {
            [Some(count), Some(brought).filter(|it| at == STAMPED && it.0 > 0)]
        });
        for (count, meaning) in counts.flatten() {
            line(out, 1, &format!("{count:>4}  {meaning}"));
        }
        line(
            out,
            0,
            match self.verdict {
                Verdict::Stands if self.first_ring.is_on_its_own_word() => {
                    "\nEverything that counts stands, if the first ring is theirs."
                }
                Verdict::Stands => "\nEverything that counts stands.",
                Verdict::Fails => "\nNot everything stands.",
                Verdict::NothingSigned => "\nNothing is signed.",
            },
        );
    }
}

/// What is said first of a demonstration.
pub(super) const DEMONSTRATION: &str =
    "Fictional demonstration: nobody of this organisation exists, and everybody has the keys.";

/// Which count says how many records bear a time stamp.
const STAMPED: usize = 2;

/// Appends a line, in so many steps, that nothing in it can break.
fn line(out: &mut String, steps: usize, text: &str) {
    out.push_str(&"  ".repeat(steps));
    // A line that begins with a line end stands apart from the one before it.
    let text = text.strip_prefix('\n').map_or(text, |rest| {
        out.push('\n');
        rest
    });
    out.push_str(&visible(text));
    out.push('\n');
}

fn of_document(out: &mut String, document: &Document) {
    let Document { lifecycle, version, digest, since, method, .. } = document;
    let mut text = (*lifecycle).to_owned();
    // Writing to a string cannot fail.
    if let Some(version) = version {
        let _ = write!(text, ", version {version}");
    }
    if let Some(since) = since {
        let _ = write!(text, ", since {since}");
    }
    if let Some(method) = method {
        let _ = write!(text, ", by {method}");
    }
    if let Some(digest) = digest {
        let _ = write!(text, ", {digest}");
    }
    line(out, 1, &text);
    if let Some(lacks) = &document.lacks {
        line(out, 1, &format!("FAILS: {lacks}"));
    }
    if let Some(reason) = &document.lost {
        line(out, 1, &format!("FAILS: the text in force could not be had: {reason}"));
    }
    if document.is_changed {
        line(out, 1, &format!("`{}` holds another text than the one in force", document.path));
    }
}

fn of_item(out: &mut String, item: &Item) {
    let Item { kind, state, digest, since, method, .. } = item;
    let mut text = format!("{kind}, {state}");
    // Writing to a string cannot fail.
    if let Some(since) = since {
        let _ = write!(text, ", since {since}");
    }
    if let Some(method) = method {
        let _ = write!(text, ", by {method}");
    }
    if let Some(digest) = digest {
        let _ = write!(text, ", {digest}");
    }
    line(out, 1, &text);
    let mark = if item.is_missing { "FAILS: " } else { "" };
    if item.is_changed {
        let path = &item.path;
        line(out, 1, &format!("{mark}what `{path}` says of it has changed since it was approved"));
    }
    if let Some(day) = &item.not_yet {
        line(out, 1, &format!("not yet: {day}"));
    } else if let Some(day) = &item.full_by {
        line(out, 1, &format!("{mark}the full approval was due on {day}"));
    } else if item.is_missing && !item.is_changed {
        line(out, 1, &format!("{mark}a rule wants it to be approved"));
    }
}

fn of_record(out: &mut String, record: &Record, id: &str) {
    let Record { act, decision, by, role, on_behalf_of, decided_on, .. } = record;
    let verdict = match &record.not_yet {
        Some(day) => format!("not yet: {day}"),
        None if record.stands => "stands".to_owned(),
        None => "FAILS".to_owned(),
    };
    let mut text = format!("{verdict}: {act}, {decision}, by {by}");
    // Writing to a string cannot fail.
    if let Some(role) = role {
        let _ = write!(text, " as {role}");
    }
    if let Some(other) = on_behalf_of {
        let _ = write!(text, " for {other}");
    }
    let _ = write!(text, ", {decided_on}");
    let subjects = record.subjects.iter().filter(|it| it.id.eq_ignore_ascii_case(id));
    for version in subjects.clone().filter_map(|it| it.version.as_ref()) {
        let _ = write!(text, ", version {version}");
    }
    line(out, 1, &text);
    for authors in subjects.clone().map(|it| &it.authors).filter(|it| !it.is_empty()) {
        line(out, 2, &format!("authors, as claimed: {}", authors.join(", ")));
    }
    for reason in &record.reasons {
        line(out, 2, &format!("because {reason}"));
    }
    for effect in subjects.clone().filter_map(|it| it.without_effect) {
        line(out, 2, &format!("does not count: {effect}"));
    }
    let filed = record.filed_late.as_ref().map(|it| format!("; git holds it since {it} only"));
    let seen = match &record.witness {
        Some(Stamp { at, by, is_brought: true }) => {
            let claimed = &record.signed_at;
            format!("seen in {by} on {at}; claimed, signed at {claimed} as the signer says")
        }
        Some(Stamp { at, by, is_brought: false }) => format!("witnessed {at} by {by}"),
        None => format!("claimed, signed at {} as the signer says", record.signed_at),
    };
    line(out, 2, &(seen + &filed.unwrap_or_default()));
    if let Some(fault) = &record.witness_fault {
        line(out, 2, &format!("FAILS: the time stamp proves nothing: {fault}"));
    }
    line(out, 2, &format!("key {}", record.fingerprint.as_deref().unwrap_or("none")));
    line(out, 2, &record.path);
}

fn of_unsigned(out: &mut String, unsigned: &Unsigned) {
    let Unsigned { subject: _, act, by, role, on, method, without_effect } = unsigned;
    let role = role.as_ref().map(|role| format!(" as {role}")).unwrap_or_default();
    line(out, 1, &format!("unsigned ({method}): {act} by {by}{role}, {on} as the file says"));
    if let Some(effect) = without_effect {
        line(out, 2, &format!("does not count: {effect}"));
    }
}
