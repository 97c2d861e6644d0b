//! The facts of a document: front matter with its types.

use std::sync::Arc;

use super::acts::{approvals, reviews, revisions};
use super::{Strictness, from_path};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::cadence::Cadence;
use crate::model::disclosure::{Classification, Disclosure};
use crate::model::document::{Addresses, Document, Kind};
use crate::model::fingerprint::Fingerprint;
use crate::model::outline::Outline;
use crate::parse::fields::{Fields, Sink, id as read_id, texts};
use crate::parse::rules::ambiguous_review_date;
use crate::span::{FilePath, Span, Spanned};

/// What is known of a document from its file, before its front matter is read.
pub(super) struct FileFacts<'p> {
    pub(super) path: &'p FilePath,
    pub(super) kind: Kind,
    pub(super) outline: Arc<Outline>,
    pub(super) body_start: u32,
    pub(super) head: Span,
    pub(super) fingerprint: Fingerprint,
    pub(super) canonical: Arc<[u8]>,
}

/// Reads the facts. Aliases are names that real policy sets use.
pub(super) fn facts(
    file: FileFacts<'_>,
    mut fields: Fields<'_>,
    strictness: Strictness<'_>,
    sink: &mut Sink,
) -> Document {
    let FileFacts { path, kind, outline, body_start, head, fingerprint, canonical } = file;
    let first_heading = outline.first_heading.as_ref().map(|heading| heading.text.clone());
    let is_strict = strictness.is_workspace;
    let mut unreadable = Vec::new();
    let mut lenient = Lenient { is_strict, unreadable: &mut unreadable };

    let own_id =
        fields.text(&["id", "document_id", "doc_id", "document_number", "policy_id"], sink);
    let id = own_id
        .as_ref()
        .and_then(|text| lenient.keep(sink, "id", &text.value, |sink| read_id(text, sink)));
    if own_id.is_none() && is_strict {
        fields.missing(
            "id",
            "add a stable id such as `id: POL-AC`; links and signatures use it",
            sink,
        );
    }
    let title = fields.text(&["title", "name", "policy_name"], sink);
    if title.is_none() && is_strict {
        fields.missing("title", "add `title:`", sink);
    }
    let version = fields.text(&["version", "revision", "document_version", "ver"], sink);
    let owners = &["owner", "document_owner", "policy_owner", "responsible", "owners"];
    let owner =
        if is_strict { fields.text(&owners[..4], sink) } else { fields.joined(owners, sink) };
    let authors = fields.texts(&["authors", "author", "prepared_by"], sink);
    let classification = lenient.read(&mut fields, "classification", sink, |fields, sink| {
        let names = &["classification", "information_classification", "confidentiality"];
        fields.word(names, Classification::parse, Classification::WORDS, sink)
    });
    let disclosure = lenient.read(&mut fields, "disclosure", sink, |fields, sink| {
        fields.word(&["disclosure"], Disclosure::parse, Disclosure::WORDS, sink)
    });
    let summary = fields.text(&["summary", "description", "abstract"], sink).map(|text| text.value);
    let public_summary = fields.text(&["public_summary"], sink).map(|text| text.value);
    let public_keywords = fields.texts(&["public_keywords"], sink);
    let requires_nda = lenient
        .read(&mut fields, "requires_nda", sink, |fields, sink| fields.flag("requires_nda", sink));
    let effective_date = lenient.read(&mut fields, "effective_date", sink, |fields, sink| {
        fields.date(&["effective_date", "effective", "effective_from", "date_effective"], sink)
    });
    let review_cycle = lenient.read(&mut fields, "review_cycle", sink, |fields, sink| {
        fields.cadence(
            &["review_cycle", "review_frequency", "review_cadence", "review_interval", "cadence"],
            sink,
        )
    });
    let last_reviewed = lenient.read(&mut fields, "last_reviewed", sink, |fields, sink| {
        fields.date(&["last_reviewed", "last_review", "last_review_date", "reviewed"], sink)
    });
    refuse_review_date(&mut fields, sink);
    let next_review = fields.text(&["next_review", "next_review_date", "review_by"], sink);
    let (next_review, review_cycle) = misplaced_cadence(next_review, review_cycle, is_strict, sink);
    let addresses = addresses(&mut fields, sink);
    let carries = fields.texts(&["carries", "implements", "policies"], sink);
    let controls = fields.texts(&["controls"], sink);
    let related = fields.texts(&["related", "related_documents"], sink);
    let tags = fields.texts(&["tags", "keywords"], sink).into_iter().map(|tag| tag.value).collect();
    let approvals = if is_strict { approvals(&mut fields, sink) } else { Vec::new() };
    let reviews = if is_strict { reviews(&mut fields, sink) } else { Vec::new() };
    let revisions = if is_strict { revisions(&mut fields, sink) } else { Vec::new() };
    let retired_on = fields.date(&["retired_on"], sink);
    let superseded_by = fields.text(&["superseded_by"], sink);
    let order =
        fields.number("order", (-1_000_000, 1_000_000), sink).map_or(0, |order| order.value);

    if is_strict && kind.is_governed() {
        require(
            &fields,
            version.is_some(),
            "version",
            "add `version: \"1.0\"`, always in quotes",
            sink,
        );
        require(
            &fields,
            owner.is_some(),
            "owner",
            "add the role or person who answers for it",
            sink,
        );
        require(
            &fields,
            classification.is_some(),
            "classification",
            "add `classification: internal`",
            sink,
        );
        let is_draft = approvals.is_empty();
        require(
            &fields,
            effective_date.is_some() || is_draft,
            "effective_date",
            "add the first day on which it counts",
            sink,
        );
    }
    let mut extra = Vec::new();
    if is_strict {
        if let Some(next) = &next_review {
            let place = sink.place(next.span);
            let message = "`next_review` is computed from the last review and `review_cycle`";
            sink.report(
                Diagnostic::new(&ambiguous_review_date::RULE, place, message).help("remove it"),
            );
        }
        fields.finish(sink);
    } else {
        extra.extend(next_review.map(|next| ("next_review".to_owned(), next.value)));
        extra.extend(unreadable);
        extra.extend(fields.keep_rest(sink));
    }
    let at = Span::default();
    Document {
        path: FilePath::clone(path),
        kind,
        has_own_id: id.is_some(),
        id: id.unwrap_or_else(|| Spanned::new(from_path::id(path), at)),
        title: title
            .or_else(|| first_heading.map(|title| Spanned::new(title, at)))
            .unwrap_or_else(|| Spanned::new(from_path::title(path), at)),
        version,
        owner,
        authors,
        classification,
        disclosure: disclosure.unwrap_or_default(),
        summary,
        public_summary,
        public_keywords: public_keywords.into_iter().map(|word| word.value).collect(),
        requires_nda: requires_nda.is_some_and(|flag| flag.value),
        effective_date,
        review_cycle,
        last_reviewed,
        addresses,
        carries,
        controls,
        related,
        tags,
        approvals,
        reviews,
        revisions,
        retired_on,
        superseded_by,
        order,
        extra,
        outline,
        body_start,
        head,
        fingerprint,
        canonical,
    }
}

/// Reads fields of other people's folders: what cannot be understood is kept and shown.
struct Lenient<'u> {
    is_strict: bool,
    unreadable: &'u mut Vec<(String, String)>,
}

impl Lenient<'_> {
    fn read<'n, T>(
        &mut self,
        fields: &mut Fields<'n>,
        name: &str,
        sink: &mut Sink,
        read: impl FnOnce(&mut Fields<'n>, &mut Sink) -> Option<T>,
    ) -> Option<T> {
        let before = sink.diagnostics.len();
        let value = read(fields, sink);
        if !self.is_strict && value.is_none() && sink.diagnostics.len() > before {
            self.unreadable.extend(fields.shown(name));
        }
        value
    }

    fn keep<T>(
        &mut self,
        sink: &mut Sink,
        name: &str,
        typed: &str,
        read: impl FnOnce(&mut Sink) -> Option<T>,
    ) -> Option<T> {
        let value = read(sink);
        if !self.is_strict && value.is_none() {
            self.unreadable.push((name.to_owned(), typed.to_owned()));
        }
        value
    }
}

fn require(fields: &Fields<'_>, is_there: bool, name: &str, help: &str, sink: &mut Sink) {
    if !is_there {
        fields.missing(name, help, sink);
    }
}

fn refuse_review_date(fields: &mut Fields<'_>, sink: &mut Sink) {
    let Some(entry) = fields.take(&["review_date"]) else { return };
    let message = "`review_date` may mean the last review or the next one";
    let help =
        "say `last_reviewed:` for the past one, or `review_cycle:` for the interval to the next";
    let place = sink.place(entry.key.span);
    sink.report(Diagnostic::new(&ambiguous_review_date::RULE, place, message).help(help));
}

/// Takes `next_review: Annual` as the interval that it is, in other people's folders.
fn misplaced_cadence(
    next_review: Option<Spanned<String>>,
    review_cycle: Option<Spanned<Cadence>>,
    is_strict: bool,
    sink: &mut Sink,
) -> (Option<Spanned<String>>, Option<Spanned<Cadence>>) {
    let Some(next) = next_review.as_ref().filter(|_| !is_strict && review_cycle.is_none()) else {
        return (next_review, review_cycle);
    };
    let Some(cadence) = Cadence::parse(&next.value) else { return (next_review, review_cycle) };
    let message =
        format!("`{}` is an interval and no date; it is taken as the review cycle", next.value);
    let mut diagnostic =
        Diagnostic::new(&ambiguous_review_date::RULE, sink.place(next.span), message)
            .help("say `review_cycle:` for the interval");
    diagnostic.level = Level::Note;
    sink.report(diagnostic);
    let cadence = Spanned::new(cadence, next.span);
    (None, Some(cadence))
}

fn addresses(fields: &mut Fields<'_>, sink: &mut Sink) -> Vec<Addresses> {
    let Some(entry) = fields.take(&["addresses", "satisfies"]) else { return Vec::new() };
    let Some(mut frameworks) = Fields::open(&entry.value, "mapping to frameworks", sink) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for framework in frameworks.take_rest() {
        for requirement in texts(&framework.value, "addresses", sink) {
            all.push(Addresses { framework: framework.key.clone(), requirement });
        }
    }
    all
}
