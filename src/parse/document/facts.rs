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
use crate::parse::description::{Key, Mapping, Shape, key};
use crate::parse::fields::{DISCLOSURE, Fields, id as read_id, texts};
use crate::parse::markdown;
use crate::parse::rules::ambiguous_review_date;
use crate::parse::sink::Sink;
use crate::parse::yaml::Node;
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

/// Other names of `owner`. The last one is for several, which only plain folders have.
const OWNERS: [&str; 4] = ["document_owner", "policy_owner", "responsible", "owners"];

/// Describes the front matter of a kind of document. `head` may have something in it.
pub(in crate::parse) fn describe(kind: Kind, strictness: Strictness<'_>, head: &Node) -> Mapping {
    Fields::describe(head, kind.noun(), |fields, sink| {
        let file = FileFacts {
            path: &FilePath::default(),
            kind,
            outline: Arc::new(markdown::read("", &markdown::Options::of(kind)).outline),
            body_start: 0,
            head: Span::default(),
            fingerprint: Fingerprint::of_bytes(b""),
            canonical: Arc::default(),
        };
        facts(file, fields, strictness, sink)
    })
}

/// Reads the facts. Other names of keys are names that real policy sets use.
pub(super) fn facts(
    file: FileFacts<'_>,
    fields: &mut Fields<'_>,
    strictness: Strictness<'_>,
    sink: &mut Sink,
) -> Document {
    let FileFacts { path, kind, outline, body_start, head, fingerprint, canonical } = file;
    let first_heading = outline.first_heading.as_ref().map(|heading| heading.text.clone());
    let is_strict = strictness.is_workspace;
    let mut unreadable = Vec::new();
    let mut lenient = Lenient { is_strict, unreadable: &mut unreadable };

    let own_id = key(
        "id",
        "Stable and unique: at most 64 ASCII letters, digits, `-`, `_` and `.`. Links and \
         approvals use it.",
    );
    let own_id = own_id.or(&["document_id", "doc_id", "document_number", "policy_id"]);
    let own_id = fields.text_of(own_id, Shape::Id, sink);
    let id = own_id
        .as_ref()
        .and_then(|text| lenient.keep(sink, "id", &text.value, |sink| read_id(text, sink)));
    let help = "add a stable id such as `id: POL-AC`; links and signatures use it";
    require(fields, own_id.is_some() || !is_strict, "id", help, sink);
    let title = key("title", "The title. Without one, plain folders show the first heading.");
    let title = fields.text(title.or(&["name", "policy_name"]), sink);
    require(fields, title.is_some() || !is_strict, "title", "add `title:`", sink);
    let version = key("version", "The version, always in quotes: `\"2.1\"`.");
    let version = fields.text(version.or(&["revision", "document_version", "ver"]), sink);
    let owner = key("owner", "Who answers for it: a person or role of `people.yaml`.");
    let owner = if is_strict {
        fields.text(owner.or(&OWNERS[..3]), sink)
    } else {
        fields.joined(owner.or(&OWNERS), sink)
    };
    let authors = key("authors", "Who wrote this version: one or a list.");
    let authors = fields.texts(authors.or(&["author", "prepared_by"]), sink);
    let classification = key(
        "classification",
        "The word that is printed on it. It decides nothing: `disclosure` does.",
    )
    .or(&["information_classification", "confidentiality"]);
    let classification = lenient.read(classification, fields, sink, |fields, key, sink| {
        fields.word(key, Classification::WORDS, Classification::parse, sink)
    });
    let disclosure = lenient.read(DISCLOSURE, fields, sink, |fields, key, sink| {
        fields.word(key, Disclosure::WORDS, Disclosure::parse, sink)
    });
    let summary = key("summary", "One sentence for staff.").or(&["description", "abstract"]);
    let summary = fields.text(summary, sink).map(|text| text.value);
    let public_summary = key("public_summary", "One sentence for the trust center.");
    let public_summary = fields.text(public_summary, sink).map(|text| text.value);
    let public_keywords = key("public_keywords", "Words by which customers find it: `[MFA, SSO]`.");
    let public_keywords = fields.texts(public_keywords, sink);
    let requires_nda =
        key("requires_nda", "Whether it is given only under an agreement to keep it confidential.");
    let requires_nda = lenient.read(requires_nda, fields, sink, Fields::flag);
    let effective_date = key(
        "effective_date",
        "The first day on which it counts. Required as soon as there is an approval.",
    )
    .or(&["effective", "effective_from", "date_effective"]);
    let effective_date = lenient.read(effective_date, fields, sink, Fields::date);
    let review_cycle =
        key("review_cycle", "The interval between reviews; that of the workspace if not given.")
            .or(&["review_frequency", "review_cadence", "review_interval", "cadence"]);
    let review_cycle = lenient.read(review_cycle, fields, sink, Fields::cadence);
    let last_reviewed = key(
        "last_reviewed",
        "The day of the last review: a claim, after which recorded reviews and approvals come.",
    )
    .or(&["last_review", "last_review_date", "reviewed"]);
    let last_reviewed = lenient.read(last_reviewed, fields, sink, Fields::date);
    refuse_review_date(fields, sink);
    let next_review = key("next_review", "Computed from the last review and `review_cycle`.")
        .or(&["next_review_date", "review_by"]);
    let next_review = if is_strict { next_review.refused() } else { next_review };
    let next_review = fields.text(next_review, sink);
    let (next_review, review_cycle) = misplaced_cadence(next_review, review_cycle, is_strict, sink);
    let addresses = addresses(fields, sink);
    let carries = key("carries", "For procedures: ids of the policies that they carry out.");
    let carries = fields.texts(carries.or(&["implements", "policies"]), sink);
    let controls = key("controls", "Ids of controls that the text describes.");
    let controls = fields.texts(controls, sink);
    let related = key("related", "Ids of other documents to read.").or(&["related_documents"]);
    let related = fields.texts(related, sink);
    let tags = fields.texts(key("tags", "Words for grouping.").or(&["keywords"]), sink);
    let approvals = if is_strict { approvals(fields, sink) } else { Vec::new() };
    let reviews = if is_strict { reviews(fields, sink) } else { Vec::new() };
    let revisions = if is_strict { revisions(fields, sink) } else { Vec::new() };
    let retired_on = fields.date(key("retired_on", "The day on which it was retired."), sink);
    let superseded_by = key(
        "superseded_by",
        "The ids of the documents that took its place: several where it was split; where several were merged, each names the one.",
    );
    let superseded_by = fields.texts(superseded_by, sink);
    let order = key("order", "For pages of the trust center: the place among them, lowest first.");
    let order = fields.number(order, (-1_000_000, 1_000_000), sink).map_or(0, |order| order.value);

    if is_strict && kind.is_governed() {
        let help = "add `version: \"1.0\"`, always in quotes";
        require(fields, version.is_some(), "version", help, sink);
        let help = "add the role or person who answers for it";
        require(fields, owner.is_some(), "owner", help, sink);
        let help = "add `classification: internal`";
        require(fields, classification.is_some(), "classification", help, sink);
        let is_draft = approvals.is_empty();
        let help = "add the first day on which it counts";
        require(fields, effective_date.is_some() || is_draft, "effective_date", help, sink);
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
        tags: tags.into_iter().map(|tag| tag.value).collect(),
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
        key: Key,
        fields: &mut Fields<'n>,
        sink: &mut Sink,
        read: impl FnOnce(&mut Fields<'n>, Key, &mut Sink) -> Option<T>,
    ) -> Option<T> {
        let before = sink.diagnostics.len();
        let value = read(fields, key, sink);
        if !self.is_strict && value.is_none() && sink.diagnostics.len() > before {
            self.unreadable.extend(fields.shown(key));
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

fn require(fields: &mut Fields<'_>, is_there: bool, name: &str, help: &str, sink: &mut Sink) {
    if !is_there {
        fields.missing(name, help, sink);
    }
}

fn refuse_review_date(fields: &mut Fields<'_>, sink: &mut Sink) {
    let ambiguous = key("review_date", "It may mean the last review or the next one.").refused();
    let Some(entry) = fields.take(ambiguous, |_| Shape::Text) else { return };
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
    let addresses = key(
        "addresses",
        "The requirements that the text as a whole addresses, by framework: `{ soc2: [CC6.1] }`. \
         Single clauses say it at their end: `{#unique soc2=\"CC6.1\"}`.",
    )
    .or(&["satisfies"]);
    let shape = || Shape::Free(Box::new(Shape::Texts));
    let mut all = Vec::new();
    for framework in fields.free(addresses, "mapping to frameworks", shape, sink) {
        for requirement in texts(&framework.value, "addresses", sink) {
            all.push(Addresses { framework: framework.key.clone(), requirement });
        }
    }
    all
}
