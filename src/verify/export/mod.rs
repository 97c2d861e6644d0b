//! A folder in which stock programs repeat every check.
//!
//! Nothing in it has to be believed because Avouch wrote it: statements, signatures and time stamps
//! have the bytes of the workspace, texts travel as the bytes whose SHA-256 is their digest, and
//! what does not stand travels too and is named.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::evidence::Evidence;
use super::human::DEMONSTRATION;
use super::report::{Record, Report};
use super::signers;
use crate::diagnostic::render::visible;
use crate::signature::{Act, Digest};

/// The text of the page that explains the folder, with names in braces for what differs.
const PAGE: &str = include_str!("README.md");
/// The script.
const SCRIPT: &str = include_str!("check.sh");

/// Texts in canonical form, by their digests.
pub type Forms = BTreeMap<Digest, Vec<u8>>;

/// Returns the digests of texts that statements name, with the ids of what they are texts of:
/// those whose canonical forms belong into an export.
#[must_use]
pub fn named_texts(evidence: &Evidence<'_>) -> BTreeSet<(Digest, String)> {
    let statements = evidence.corpus.records.signed.iter().map(|it| &it.statement);
    let of_texts = statements.filter(|it| it.decision.act() != Act::Ring);
    let named = of_texts.flat_map(|it| &it.subjects).map(|it| (it.digest, it.id.clone()));
    let in_force = evidence.corpus.documents.iter().zip(&evidence.assessment.documents);
    let in_force = in_force.filter_map(|(document, standing)| {
        let digest = standing.in_force.as_ref()?.digest?;
        Some((digest, document.id.value.to_string()))
    });
    named.chain(in_force).collect()
}

/// Returns the files of an export by their paths in it.
#[must_use]
pub fn files(evidence: &Evidence<'_>, report: &Report, forms: &Forms) -> BTreeMap<String, Vec<u8>> {
    let mut export = Export { files: BTreeMap::new(), failures: Vec::new(), stamps: String::new() };
    export.statements(evidence, report);
    export.rings(evidence, report);
    export.authorities(evidence);
    for (digest, form) in forms {
        export.put(format!("forms/{}", digest.hex()), form.clone());
    }
    let without_text: BTreeMap<Digest, String> = named_texts(evidence)
        .into_iter()
        .filter(|(digest, _)| !forms.contains_key(digest))
        .collect();
    let without_text = without_text.iter().fold(String::new(), |mut lines, (digest, id)| {
        // Writing to a string cannot fail.
        let _ = writeln!(lines, "{} a text of {}", digest.hex(), one_line(id));
        lines
    });
    export.strays(evidence);
    for missing in &report.missing {
        export.fail("missing", &format!("{}, which {} names", missing.what, missing.named_by));
    }
    for document in &report.documents {
        let lost = document.lost.as_ref().map(|it| format!("the text in force is lost: {it}"));
        for reason in document.lacks.iter().chain(&lost) {
            export.fail(&document.id, reason);
        }
    }
    for item in report.items.iter().filter(|it| it.is_missing) {
        export.fail(&item.id, &format!("a rule wants it to be approved, and it is {}", item.state));
    }
    if report.first_ring.is_pinned == Some(false) {
        export.fail("rings/1", "the first ring is not the one that was pinned");
    }
    let (allowed_signers, unlisted) = signers::list(evidence);
    let failures = export.failures.iter().fold(String::new(), |mut lines, (what, reason)| {
        let _ = writeln!(lines, "{what} {reason}");
        lines
    });
    let page = page(report, &export, &without_text, &unlisted);
    let stamps = std::mem::take(&mut export.stamps);
    for (path, text) in [
        ("allowed_signers", allowed_signers),
        ("expected-failures.txt", failures),
        ("without-text.txt", without_text),
        ("time-stamps.txt", stamps),
        ("check.sh", SCRIPT.to_owned()),
        ("README.md", page),
    ] {
        export.put(path.to_owned(), text.into_bytes());
    }
    let sums = export.files.iter().fold(String::new(), |mut sums, (path, bytes)| {
        let _ = writeln!(sums, "{}  {path}", Digest::of_bytes(bytes).hex());
        sums
    });
    export.put("SHA256SUMS".to_owned(), sums.into_bytes());
    export.files
}

/// An export that is being put together.
struct Export {
    files: BTreeMap<String, Vec<u8>>,
    /// What does not stand, and why.
    failures: Vec<(String, String)>,
    /// For each record with a time stamp that proves something its name, the second, and whether it
    /// is a response or a token.
    stamps: String,
}

impl Export {
    fn put(&mut self, path: String, bytes: Vec<u8>) {
        self.files.insert(path, bytes);
    }

    /// Adds something that does not stand.
    fn fail(&mut self, what: &str, reason: &str) {
        let what = one_line(what).replace(' ', "_");
        self.failures.push((what, one_line(reason)));
    }

    fn statements(&mut self, evidence: &Evidence<'_>, report: &Report) {
        let signed = evidence.corpus.records.signed.iter().zip(&report.records);
        for ((record, told), judgement) in signed.zip(&evidence.judgements().signed) {
            // The same statement may be filed in two folders, each with a signature of its own.
            let mut name = record.name.clone();
            let mut copies = 2..;
            while self.files.contains_key(&format!("statements/{name}.txt")) {
                name = format!("{}-copy-{}", record.name, copies.next().unwrap_or_default());
            }
            let statement = format!("statements/{name}.txt");
            for ending in ["", ".sig", ".sig.tsr", ".sig.tsq"] {
                if let Some(file) = evidence.snapshot.get(&format!("{}{ending}", record.path)) {
                    self.put(format!("{statement}{ending}"), file.bytes().to_vec());
                }
            }
            if let Some(day) = &told.not_yet {
                self.fail(&statement, &format!("not yet: {day}"));
            } else if !told.stands {
                self.fail(&statement, &told.reasons.join("; "));
            }
            if let Some(witness) = &judgement.witness {
                let form = record.token.as_deref().map_or("response", form_of_stamp);
                // Writing to a string cannot fail.
                let _ = writeln!(self.stamps, "{name} {} {form}", witness.at.as_second());
            }
            if let Some(fault) = &judgement.witness_fault {
                self.fail(
                    &format!("{statement}.sig.tsr"),
                    &format!("the time stamp proves nothing: {fault}"),
                );
            }
        }
    }

    fn rings(&mut self, evidence: &Evidence<'_>, report: &Report) {
        for (filed, told) in evidence.corpus.records.rings.iter().zip(&report.rings) {
            let path = format!("rings/{}.txt", told.number);
            self.put(path.clone(), filed.ring.to_string().into_bytes());
            let not_yet = told.not_yet.as_ref().map(|day| format!("not yet: {day}"));
            for reason in told.reason.iter().chain(&not_yet) {
                self.fail(&path, reason);
            }
        }
    }

    /// Adds the certificates of the authorities whose time stamps count.
    fn authorities(&mut self, evidence: &Evidence<'_>) {
        let written = &evidence.judgements().written;
        let ring = evidence.rings_in_force().last().map_or(written, |it| &it.ring);
        let mut all = Vec::new();
        for authority in &ring.authorities {
            let file = evidence.snapshot.get(&authority.file);
            let file = file.filter(|it| Digest::of_sha256(it.sha256()) == authority.digest);
            all.extend(file.into_iter().flat_map(|it| it.bytes().iter().copied().chain([b'\n'])));
        }
        if !all.is_empty() {
            self.put("authorities.pem".to_owned(), all);
        }
    }

    /// Adds files among the records that are none, under numbers: their names may be anything.
    fn strays(&mut self, evidence: &Evidence<'_>) {
        for (number, stray) in (1..).zip(evidence.strays()) {
            let path = format!("unreadable/{number}");
            if let Some(file) = stray.file {
                self.put(path.clone(), file.bytes().to_vec());
            }
            self.fail(&path, &format!("`{}`: {}", stray.path, stray.reason));
        }
    }
}

/// Returns whether a time stamp is a whole response of an authority or only its token: a response
/// begins with a status, a sequence, and a token with an object identifier.
fn form_of_stamp(bytes: &[u8]) -> &'static str {
    let length = match bytes.get(1) {
        Some(first) if *first >= 0x80 => usize::from(first & 0x7f),
        _ => 0,
    };
    if bytes.get(2 + length) == Some(&0x06) { "token" } else { "response" }
}

/// Returns a text as one line in which nothing acts on a terminal.
fn one_line(text: &str) -> String {
    visible(text).into_owned()
}

/// Writes the page that explains the folder.
fn page(report: &Report, export: &Export, without_text: &str, unlisted: &[String]) -> String {
    let list = |items: &mut dyn Iterator<Item = String>, none: &str| {
        let lines: Vec<String> = items.map(|item| format!("- {item}")).collect();
        if lines.is_empty() { none.to_owned() } else { lines.join("\n") }
    };
    let failures = export.failures.iter().map(|(what, why)| format!("`{what}`: {}", escaped(why)));
    let failures = list(&mut { failures }, "None.");
    let claimed = |it: &&Record| it.stands && it.witness.is_none();
    let signers = report.first_ring.signers.iter();
    let signers = signers.map(|it| format!("`{}` ({})", it.fingerprint, it.person));
    let demonstration =
        if report.is_demo { format!("**{DEMONSTRATION}**\n\n") } else { String::new() };
    let summary = &report.summary;
    let values = [
        ("{demonstration}", demonstration),
        ("{workspace}", report.workspace.clone()),
        ("{today}", report.today.clone()),
        ("{signed}", summary.signed.to_string()),
        ("{standing}", summary.standing.to_string()),
        ("{claimed}", report.records.iter().filter(claimed).count().to_string()),
        ("{unsigned}", report.unsigned.len().to_string()),
        ("{failures}", failures),
        ("{signers}", list(&mut { signers }, "There is no ring in force.")),
        (
            "{without_text}",
            list(&mut without_text.lines().map(|it| format!("`{}`", escaped(it))), "None."),
        ),
        ("{unlisted}", list(&mut unlisted.iter().map(|it| escaped(it)), "None.")),
    ];
    // Each part of the page is filled once, so that no value is taken for a name.
    let mut page = String::new();
    let mut rest = PAGE;
    while let Some((at, name, value)) = values
        .iter()
        .filter_map(|(name, value)| Some((rest.find(name)?, name, value)))
        .min_by_key(|(at, _, _)| *at)
    {
        page.push_str(&rest[..at]);
        page.push_str(value);
        rest = &rest[at + name.len()..];
    }
    page + rest
}

/// Writes a text so that Markdown shows it as it is.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('[', "\\[").replace('|', "\\|")
}
