//! One Markdown file to a [`Document`]: facts of the front matter, outline of the body.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::characters;
use super::fields::{Fields, Sink, fold, id as read_id, texts};
use super::front_matter::{self, Oddity, Parts};
use super::lenient;
use super::markdown::{self, FaultKind};
use super::markdown_fault;
use super::residue;
use super::rules::{
    ambiguous_review_date, invalid_value, invalid_yaml, missing_alt_text, missing_front_matter,
    unreadable_markdown,
};
use super::toml_lines;
use super::yaml::{self, Node, NodeKind};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::cadence::Cadence;
use crate::model::disclosure::{Classification, Disclosure};
use crate::model::document::{Addresses, Approval, Document, Kind, Review, Revision};
use crate::model::fingerprint::Fingerprint;
use crate::model::id::Id;
use crate::model::outline::Outline;
use crate::signature::Digest;
use crate::signature::canonical::{Canonical, NOT_COVERED};
use crate::span::{FilePath, Span, Spanned};

/// How strictly documents are read.
#[derive(Debug, Clone, Copy, Hash)]
pub(crate) struct Strictness<'a> {
    /// Whether the folder is a workspace: then front matter is required and every key is known.
    pub(crate) is_workspace: bool,
    /// Whether the trust center is on.
    pub(crate) is_published: bool,
    /// Names of keys of other people's folders: ours, theirs.
    pub(crate) names: &'a [(String, String)],
}

/// Reads a document. Nothing is returned only where the file is not to be a document at all.
pub(crate) fn read(
    path: &FilePath,
    text: &str,
    kind: Kind,
    strictness: Strictness<'_>,
) -> (Document, Vec<Diagnostic>) {
    let parts = front_matter::split(text);
    let parts = if strictness.is_workspace { parts } else { unless_text(parts, text) };
    let mut sink = Sink::new(path, u32::try_from(parts.head_start).unwrap_or(u32::MAX));
    report_oddity(&parts, strictness, &mut sink);
    let Head { mut node, is_whole } = read_head(&parts, strictness, &mut sink);
    if let Some(node) = &mut node {
        rename(node, strictness.names);
    }

    let numbering = strictness.is_workspace && kind.is_governed();
    let read = markdown::read(parts.body, &markdown::Options { numbering });
    let unfinished = residue::find(&read.body, parts.body);
    let canonical = node.as_ref().filter(|_| is_whole).map_or_else(no_facts, canonical);
    let file = FileFacts {
        path,
        kind,
        outline: Arc::new(read.outline),
        body_start: u32::try_from(parts.body_start).unwrap_or(u32::MAX),
        head: Span::new(parts.head_start, parts.head_start + parts.head.map_or(0, str::len)),
        fingerprint: Fingerprint::of_bytes(text.as_bytes()),
        canonical: canonical.into(),
    };
    let what = kind.word().to_lowercase();
    let fields = node.as_ref().and_then(|node| Fields::open(node, &what, &mut sink));
    let fields = fields.unwrap_or_else(|| Fields::empty(&what));
    let is_whole = is_whole && parts.oddity.is_none();
    let fields = if is_whole { fields } else { fields.in_part() };
    let document = facts(file, fields, strictness, &mut sink);

    let mut diagnostics = sink.diagnostics;
    let before = diagnostics.len();
    characters::check(path, text, parts.body_start, &mut diagnostics);
    if !strictness.is_workspace {
        diagnostics[before..].iter_mut().for_each(|it| it.level = Level::Warning);
    }
    let disclosure =
        if strictness.is_published { document.disclosure.value } else { Disclosure::Withheld };
    if let Some(head) = node.as_ref().filter(|_| strictness.is_workspace) {
        let is_public = disclosure != Disclosure::Withheld;
        for (span, is_public) in residue::values(head, parts.head.unwrap_or_default(), is_public) {
            diagnostics.push(residue::unfinished(document.head_place(span), text, is_public));
        }
    }
    for (span, is_internal) in unfinished.placeholders {
        let is_public = disclosure == Disclosure::Public && !is_internal;
        diagnostics.push(residue::unfinished(document.body_place(span), text, is_public));
    }
    for (span, label) in unfinished.undefined {
        let label = label.escape_debug();
        let (message, help) = if label.to_string().is_empty() {
            ("this link names nothing".to_owned(), "write an id into it: `[[POL-AC]]`".to_owned())
        } else {
            (
                format!("nothing defines `{label}`, so this is no link"),
                format!("add a line `[{label}]: …` with the address, or write `(…)` instead"),
            )
        };
        let place = document.body_place(span);
        let mut diagnostic = Diagnostic::new(&unreadable_markdown::RULE, place, message).help(help);
        if !strictness.is_workspace {
            diagnostic.level = Level::Note;
        }
        diagnostics.push(diagnostic);
    }
    for span in unfinished.silent_pictures {
        let message = "this picture has no words for people who do not see it";
        let help = "say what it shows: `![Flow of an incident](flow.svg)`";
        let place = document.body_place(span);
        diagnostics.push(Diagnostic::new(&missing_alt_text::RULE, place, message).help(help));
    }
    for fault in read.faults {
        let (rule, message, help) = markdown_fault::explain(&fault.kind);
        let mut diagnostic = Diagnostic::new(rule, document.body_place(fault.span), message);
        diagnostic.help = help;
        if matches!(fault.kind, FaultKind::LooksRemoved(_)) {
            diagnostic.level = Level::Note;
        }
        if matches!(rule.name, "unreadable-markdown" | "duplicate-anchor")
            && !strictness.is_workspace
        {
            diagnostic.level = Level::Note;
        }
        diagnostics.push(diagnostic);
    }
    (document, diagnostics)
}

/// In other people's folders takes for text what stands between two lines `---` and is a list or
/// anything else than a mapping: the lines are breaks then.
fn unless_text<'t>(parts: Parts<'t>, text: &'t str) -> Parts<'t> {
    let is_text = parts.oddity.is_none()
        && parts.head.is_some_and(|head| {
            yaml::read(head).is_ok_and(|(node, _)| {
                matches!(node.kind, NodeKind::List(_) | NodeKind::Scalar { .. })
            })
        });
    if is_text {
        Parts { head: None, head_start: 0, body: text, body_start: 0, oddity: None }
    } else {
        parts
    }
}

fn report_oddity(parts: &Parts<'_>, strictness: Strictness<'_>, sink: &mut Sink) {
    let level = if strictness.is_workspace { Level::Error } else { Level::Warning };
    let mut report = |rule, span: Span, message: &str, help: &str| {
        let mut place = sink.place(Span::default());
        place.span = span;
        let mut diagnostic = Diagnostic::new(rule, place, message).help(help);
        diagnostic.level = level;
        sink.report(diagnostic);
    };
    match parts.oddity {
        Some(Oddity::NotClosed(span)) => report(
            &invalid_yaml::RULE,
            span,
            "the front matter that begins here does not end",
            "end it with a line `---`",
        ),
        Some(Oddity::NotOpened(span)) => report(
            &missing_front_matter::RULE,
            span,
            "front matter begins here without its first line",
            "put a line `---` before it",
        ),
        Some(Oddity::Fenced(span) | Oddity::Commented(span)) => report(
            &missing_front_matter::RULE,
            span,
            "front matter stands here between other lines than `---`",
            "put a line `---` before it and one after it",
        ),
        Some(Oddity::Toml(span)) => report(
            &missing_front_matter::RULE,
            span,
            "this is TOML, of which only simple keys are read",
            "write the facts as YAML between two lines of `---`",
        ),
        None if parts.head.is_none() && strictness.is_workspace => report(
            &missing_front_matter::RULE,
            Span::default(),
            "this document has no front matter",
            "begin the file with a line `---`, its `id:` and `title:`, and a second line `---`",
        ),
        None => {}
    }
}

/// The front matter, as far as it could be read.
struct Head {
    node: Option<Node>,
    /// Whether nothing of it was refused: else no fact is missed.
    is_whole: bool,
}

/// Reads the front matter; where it is no YAML, what single lines say of it. In other people's
/// folders what is wrong is only a warning.
fn read_head(parts: &Parts<'_>, strictness: Strictness<'_>, sink: &mut Sink) -> Head {
    let Some(text) = parts.head else { return Head { node: None, is_whole: true } };
    if matches!(parts.oddity, Some(Oddity::Toml(_))) {
        return Head { node: Some(toml_lines::read(text)), is_whole: false };
    }
    let before = sink.diagnostics.len();
    let head = match yaml::read(text) {
        Ok((node, faults)) => {
            let is_whole = faults.is_empty();
            faults.into_iter().for_each(|fault| sink.yaml(fault));
            let is_empty = node.kind == NodeKind::Null;
            let node =
                if is_empty { Node { kind: NodeKind::Map(Vec::new()), ..node } } else { node };
            Head { node: Some(node), is_whole }
        }
        Err(fault) => {
            sink.yaml(fault);
            let wanted: &[&str] = if strictness.is_workspace { &["id", "title"] } else { &[] };
            Head { node: Some(lenient::head(text, wanted)), is_whole: false }
        }
    };
    if !strictness.is_workspace {
        sink.diagnostics[before..].iter_mut().for_each(|it| it.level = Level::Warning);
    }
    head
}

/// Gives keys of other people's folders the names that Avouch knows.
fn rename(node: &mut Node, names: &[(String, String)]) {
    let NodeKind::Map(entries) = &mut node.kind else { return };
    for (ours, theirs) in names {
        for entry in entries.iter_mut().filter(|entry| fold(&entry.key.value) == fold(theirs)) {
            entry.key.value.clone_from(ours);
        }
    }
}

/// What is known of a document from its file, before its front matter is read.
struct FileFacts<'p> {
    path: &'p FilePath,
    kind: Kind,
    outline: Arc<Outline>,
    body_start: u32,
    head: Span,
    fingerprint: Fingerprint,
    canonical: Arc<[u8]>,
}

/// Reads the facts. Aliases are names that real policy sets use.
fn facts(
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
    refuse_review_date(&mut fields, is_strict, sink);
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
        id: id.unwrap_or_else(|| Spanned::new(id_of_path(path), at)),
        title: title
            .or_else(|| first_heading.map(|title| Spanned::new(title, at)))
            .unwrap_or_else(|| Spanned::new(title_of_path(path), at)),
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

/// Reads fields of other people's folders: what cannot be understood is kept and shown, and the
/// message about it becomes a warning.
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
            sink.diagnostics[before..].iter_mut().for_each(|it| it.level = Level::Warning);
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
        let before = sink.diagnostics.len();
        let value = read(sink);
        if !self.is_strict && value.is_none() {
            sink.diagnostics[before..].iter_mut().for_each(|it| it.level = Level::Warning);
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

fn refuse_review_date(fields: &mut Fields<'_>, is_strict: bool, sink: &mut Sink) {
    let Some(entry) = fields.take(&["review_date"]) else { return };
    let message = "`review_date` may mean the last review or the next one";
    let mut diagnostic = Diagnostic::new(
        &ambiguous_review_date::RULE,
        sink.place(entry.key.span),
        message,
    )
    .help("say `last_reviewed:` for the past one, or `review_cycle:` for the interval to the next");
    if !is_strict {
        diagnostic.level = Level::Warning;
    }
    sink.report(diagnostic);
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

fn approvals(fields: &mut Fields<'_>, sink: &mut Sink) -> Vec<Approval> {
    let nodes = fields.list("approvals", sink);
    let read = |node: &Node, sink: &mut Sink| {
        let mut fields = Fields::open(node, "approval", sink)?;
        let by = fields.required_text(&["by"], sink);
        let role = fields.text(&["role"], sink);
        if role.is_none() {
            fields.missing("role", "add the role in which the person approved: `role: ciso`", sink);
        }
        let on = day_of_act(&mut fields, sink);
        let digest = digest(&mut fields, sink);
        fields.finish(sink);
        Some(Approval { by: by?, role, on, digest, span: node.span })
    };
    nodes.into_iter().filter_map(|node| read(node, sink)).collect()
}

/// Takes the day of an approval or review, which must be there.
fn day_of_act(fields: &mut Fields<'_>, sink: &mut Sink) -> Option<Spanned<Date>> {
    let on = fields.date(&["on", "date"], sink);
    if on.is_none() {
        fields.missing("on", "add the day: `on: 2026-02-01`", sink);
    }
    on
}

/// Takes a digest. One that cannot be one stays, so that the text counts as changed.
fn digest(fields: &mut Fields<'_>, sink: &mut Sink) -> Option<Spanned<String>> {
    let digest = fields.text(&["digest"], sink)?;
    if !Digest::is_one(&digest.value) {
        let message = "this is no digest of a text";
        let help = "a digest is `sha256:` and 64 digits from 0 to f; without one, `avouch check` \
            says what to write";
        let place = sink.place(digest.span);
        sink.report(Diagnostic::new(&invalid_value::RULE, place, message).help(help));
    }
    Some(digest)
}

fn reviews(fields: &mut Fields<'_>, sink: &mut Sink) -> Vec<Review> {
    let nodes = fields.list("reviews", sink);
    let read = |node: &Node, sink: &mut Sink| {
        let mut fields = Fields::open(node, "review", sink)?;
        let by = fields.required_text(&["by"], sink);
        let role = fields.text(&["role"], sink);
        let on = day_of_act(&mut fields, sink);
        let digest = digest(&mut fields, sink);
        let considered =
            fields.texts(&["considered"], sink).into_iter().map(|text| text.value).collect();
        let conclusion = fields.text(&["conclusion"], sink).map(|text| text.value);
        fields.finish(sink);
        Some(Review { by: by?, role, on, digest, considered, conclusion })
    };
    nodes.into_iter().filter_map(|node| read(node, sink)).collect()
}

fn revisions(fields: &mut Fields<'_>, sink: &mut Sink) -> Vec<Revision> {
    let nodes = fields.list("revisions", sink);
    let read = |node: &Node, sink: &mut Sink| {
        let mut fields = Fields::open(node, "revision", sink)?;
        let version = fields.required_text(&["version"], sink);
        let date = fields.date(&["date", "on"], sink).map(|date| date.value);
        let parse = |word: &str| match word {
            "editorial" => Some(true),
            "material" => Some(false),
            _ => None,
        };
        let is_editorial = fields.word(&["kind"], parse, &["material", "editorial"], sink);
        let summary = fields.required_text(&["summary"], sink);
        let public_summary = fields.text(&["public_summary"], sink).map(|text| text.value);
        let authors =
            fields.texts(&["authors", "author"], sink).into_iter().map(|text| text.value).collect();
        fields.finish(sink);
        Some(Revision {
            version: version?.value,
            date,
            is_editorial: is_editorial.is_some_and(|word| word.value),
            summary: summary?.value,
            public_summary,
            authors,
        })
    };
    nodes.into_iter().filter_map(|node| read(node, sink)).collect()
}

/// Makes an id from a path, for documents that state none: its letters and digits, with `-`
/// between, and a few digits of its fingerprint where it is too long or has none.
fn id_of_path(path: &str) -> Id {
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let mut text = String::new();
    for c in stem.chars() {
        if c.is_ascii_alphanumeric() || matches!(c, '.' | '_') {
            text.push(c);
        } else if !text.ends_with('-') && !text.is_empty() {
            text.push('-');
        }
    }
    let is_exact =
        stem.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '/'));
    text.truncate(48);
    let text = text.trim_end_matches(['-', '.']).trim_start_matches(['-', '.', '_']);
    let hash = Fingerprint::of_bytes(path.as_bytes()).short(8);
    let text = if is_exact && !text.is_empty() && stem.len() <= 48 {
        text.to_owned()
    } else {
        format!("{text}-{hash}")
    };
    Id::parse(text.trim_start_matches('-'))
        .unwrap_or_else(|| unreachable!("`{text}` is made of the characters of an id"))
}

fn title_of_path(path: &str) -> String {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let is_index = matches!(stem.to_ascii_lowercase().as_str(), "index" | "readme" | "_index");
    let source = match folder.rsplit('/').next() {
        Some(last) if is_index && !last.is_empty() => last,
        _ => stem,
    };
    let words = source.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(
        || "Untitled".to_owned(),
        |first| first.to_uppercase().chain(letters).collect(),
    )
}

/// Returns the canonical bytes of the front matter, see [`crate::signature::canonical`].
fn canonical(head: &Node) -> Vec<u8> {
    match value(head) {
        Canonical::Map(mut entries) => {
            entries.retain(|key, _| !NOT_COVERED.contains(&key.as_str()));
            canonical_of(entries)
        }
        _ => no_facts(),
    }
}

fn no_facts() -> Vec<u8> {
    canonical_of(BTreeMap::new())
}

fn canonical_of(entries: BTreeMap<String, Canonical>) -> Vec<u8> {
    let mut bytes = Vec::new();
    Canonical::Map(entries).write(&mut bytes);
    bytes
}

fn value(node: &Node) -> Canonical {
    match &node.kind {
        NodeKind::Null => Canonical::Null,
        NodeKind::Scalar { text, .. } => Canonical::Text(text.clone()),
        NodeKind::List(items) => Canonical::List(items.iter().map(value).collect()),
        NodeKind::Map(entries) => Canonical::Map(
            entries.iter().map(|entry| (fold(&entry.key.value), value(&entry.value))).collect(),
        ),
    }
}
