//! The third wall: what is withheld, searched for in the finished bytes.
//!
//! The first two walls decide what is public. This one trusts neither: it takes the text of every
//! output of the trust center, and reports
//!
//! - a run of eight words that stands in the sources of the workspace and in no text that its
//!   author made public;
//! - a variable that nobody put a value in the place of;
//! - a short atom: the id or title of something withheld, a person's name or address, an auditor
//!   who does not consent to being named, a pattern of `never_publish:`.
//!
//! Messages show the place in the sources and a masked excerpt, because logs may be public.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;

use super::TrustCenter;
use super::rules::withheld_text_in_public;
use crate::diagnostic::Diagnostic;
use crate::model::audience::Customer;
use crate::model::body::{Block, BlockKind, Written};
use crate::model::corpus::Corpus;
use crate::model::disclosure::Disclosure;
use crate::model::document::Document;
use crate::model::fingerprint::Fingerprint;
use crate::model::register::{Column, Openness, Record, Value};
use crate::model::variable;
use crate::parse::markdown;
use crate::render::recipe::{Recipe, Recipes, RenderFailure};
use crate::span::{FilePath, Place, Span};
use crate::workspace::Snapshot;

/// How many words in a row are taken for a quotation.
const RUN: usize = 8;

/// Searches the bytes of all outputs.
///
/// # Errors
///
/// Fails where an output cannot be made.
pub fn search(
    corpus: &Corpus,
    trust_center: &TrustCenter,
    snapshot: &Snapshot,
    recipes: &Recipes<'_, Customer>,
) -> Result<Vec<Diagnostic>, RenderFailure> {
    let is_text = |recipe: &&Recipe<'_>| {
        let address = recipe.address.as_str();
        !address.starts_with("assets/")
            && !address.starts_with("files/")
            && !address.ends_with(".pdf")
    };
    let texts: Vec<&Recipe<'_>> = recipes.as_slice().iter().filter(is_text).collect();
    let outputs: Vec<Output> = texts
        .into_par_iter()
        .map(|recipe| Ok(Output::new(recipe.address.as_str(), &recipe.bytes()?)))
        .collect::<Result<_, RenderFailure>>()?;
    let open = open_texts(corpus, snapshot);
    let mut found = quotations(&open, snapshot, &outputs);
    found.extend(templates(&open, &corpus.settings.path, snapshot, &outputs));
    for atom in atoms(corpus, trust_center, &open) {
        if let Some(output) = outputs.iter().find(|output| output.holds(&atom)) {
            let what = atom.what;
            let message = format!("{what} stands in `{}`: {}", output.address, mask(&atom.text));
            let help = "take it out of what is public, or disclose it";
            let rule = &withheld_text_in_public::RULE;
            found.push(
                match where_public(&atom, &open, snapshot) {
                    Some(place) => Diagnostic::new(rule, place, message)
                        .related(atom.place, "what is withheld is declared here"),
                    None => Diagnostic::new(rule, atom.place, message),
                }
                .help(help),
            );
        }
    }
    Ok(found)
}

/// Returns where what is withheld stands in a public text: the place to edit.
fn where_public(atom: &Atom, open: &[Open], snapshot: &Snapshot) -> Option<Place> {
    let phrase = atom.phrase();
    let text = open.iter().find(|it| {
        if atom.is_pattern {
            it.text.to_lowercase().contains(&atom.text.to_lowercase())
        } else {
            phrase_in(&it.text, &phrase).is_some()
        }
    })?;
    let file = snapshot.get(&text.place.path)?.text().ok()?;
    let from = text.place.span.start as usize;
    let rest = file.get(from..)?;
    let span = if atom.is_pattern {
        // Only ASCII keeps its length in lower case.
        let found = rest.to_ascii_lowercase().find(&atom.text.to_ascii_lowercase());
        found.map(|at| Span::new(at, at + atom.text.len()))
    } else {
        phrase_in(rest, &phrase)
    };
    let offset = text.place.span.start;
    Some(
        span.map_or_else(
            || text.place.clone(),
            |it| Place::new(&text.place.path, it.shifted(offset)),
        ),
    )
}

/// Returns where words stand in a row in a text.
fn phrase_in(text: &str, phrase: &[String]) -> Option<Span> {
    let words: Vec<(String, Span)> = words(text).collect();
    let is_there = |window: &&[(String, Span)]| {
        window.iter().zip(phrase).all(|((word, _), wanted)| word.to_lowercase() == *wanted)
    };
    let found = words.windows(phrase.len().max(1)).find(is_there)?;
    Some(Span { start: found.first()?.1.start, end: found.last()?.1.end })
}

/// The text of one output.
struct Output {
    address: String,
    /// Everything in it, attributes included, in lower case.
    raw: String,
    /// The words of its text, block by block: words of two blocks are no quotation.
    blocks: Vec<Vec<String>>,
    /// The words with a space around each, for searching a few in a row.
    joined: String,
}

impl Output {
    fn new(address: &str, bytes: &[u8]) -> Self {
        let raw = String::from_utf8_lossy(bytes).to_lowercase();
        let text = match address.rsplit_once('.') {
            // Quotation marks of prose are escaped, so bare ones are those of structured data.
            Some((_, "html" | "xml" | "atom")) => strip(&raw.replace('"', BLOCK_END)),
            Some((_, "json")) => raw.replace('"', BLOCK_END),
            _ => raw.clone(),
        };
        let blocks: Vec<Vec<String>> = text
            .split(BLOCK_END)
            .map(|block| words(block).map(|(word, _)| word).collect())
            .collect();
        let joined = format!(" {} ", blocks.concat().join(" "));
        Self { address: address.to_owned(), raw, blocks, joined }
    }

    fn holds(&self, atom: &Atom) -> bool {
        if atom.is_pattern {
            return self.raw.contains(&atom.text.to_lowercase());
        }
        let phrase = atom.phrase();
        !phrase.is_empty() && self.joined.contains(&format!(" {} ", phrase.join(" ")))
    }
}

/// Finds runs of words that stand in the sources and in an output, and in nothing public.
fn quotations(open: &[Open], snapshot: &Snapshot, outputs: &[Output]) -> Vec<Diagnostic> {
    let mut runs: HashMap<Fingerprint, &str> = HashMap::new();
    for output in outputs {
        let runs_of_output = output.blocks.iter().flat_map(|block| block.windows(RUN));
        for run in runs_of_output.filter(|run| is_prose(run)) {
            runs.entry(Fingerprint::of(&run)).or_insert(&output.address);
        }
    }
    for text in open {
        let words: Vec<String> = words(&text.text.to_lowercase()).map(|(word, _)| word).collect();
        for run in words.windows(RUN) {
            runs.remove(&Fingerprint::of(&run));
        }
    }
    let sources: Vec<_> = snapshot.under("content").filter(|(path, _)| is_source(path)).collect();
    let found: Vec<Diagnostic> = sources
        .into_par_iter()
        .filter_map(|(path, file)| {
            let text = file.text().ok()?.to_lowercase();
            let found: Vec<(String, Span)> = words(&text).collect();
            let words: Vec<&String> = found.iter().map(|(word, _)| word).collect();
            let at =
                words.windows(RUN).position(|run| runs.contains_key(&Fingerprint::of(&run)))?;
            let output = runs.get(&Fingerprint::of(&&words[at..at + RUN]))?;
            let span = Span { start: found[at].1.start, end: found[at + RUN - 1].1.end };
            let excerpt = mask(
                &words[at..at + RUN].iter().map(|word| word.as_str()).collect::<Vec<_>>().join(" "),
            );
            let message = format!("text that nobody made public stands in `{output}`: {excerpt}");
            let help = "take it out of what is public, or disclose where it comes from";
            let place = Place::new(path, span);
            Some(Diagnostic::new(&withheld_text_in_public::RULE, place, message).help(help))
        })
        .collect();
    found
}

/// Finds variables that were written out instead of their values. Code may show them.
fn templates(
    open: &[Open],
    settings: &FilePath,
    snapshot: &Snapshot,
    outputs: &[Output],
) -> Vec<Diagnostic> {
    let shown = outputs.iter().flat_map(|output| {
        variable::uses(&output.raw).into_iter().map(|(_, path)| (path, output.address.as_str()))
    });
    let shown: BTreeMap<String, &str> = shown.collect();
    let is_code = |path: &str| {
        open.iter().any(|source| {
            let named = |it: &str| it.eq_ignore_ascii_case(path);
            let written = variable::uses(&source.text);
            let written = written.iter().filter(|(_, it)| named(it)).count();
            let read = markdown::read(&source.text, &markdown::Options::default());
            let used = read.outline.variables.iter().filter(|it| named(&it.name.path)).count();
            written > used
        })
    };
    let shown = shown.into_iter().filter(|(path, _)| !is_code(path));
    shown
        .map(|(path, address)| {
            let at = open.iter().find_map(|source| {
                let mut uses = variable::uses(&source.text).into_iter();
                let (range, _) = uses.find(|(_, it)| it.eq_ignore_ascii_case(&path))?;
                Some(snapshot.locate(&source.place, &source.text, range))
            });
            let place = at.unwrap_or_else(|| Place::new(settings, Span::default()));
            let message = format!("`{{{{ {path} }}}}` stands in `{address}` without its value");
            let help = "give it a value, or take it out of what is public";
            Diagnostic::new(&withheld_text_in_public::RULE, place, message).help(help)
        })
        .collect()
}

/// Returns whether words say something: lists of ids and numbers quote nobody.
fn is_prose(run: &[String]) -> bool {
    let letters =
        run.iter().filter(|word| word.len() >= 3 && !word.contains(|c: char| c.is_ascii_digit()));
    letters.count() >= 5
}

fn is_source(path: &str) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    matches!(ending, "md" | "markdown" | "yaml" | "yml")
}

/// A text that its author made public, as it was written, and where it stands or what it
/// belongs to.
pub(super) struct Open {
    pub(super) text: String,
    pub(super) place: Place,
}

/// Returns the texts that their authors made public, as they wrote them. Taken from the sources
/// and not from the edition, so that a mistake in the edition cannot excuse itself.
pub(super) fn open_texts(corpus: &Corpus, snapshot: &Snapshot) -> Vec<Open> {
    let mut texts: Vec<Open> = Vec::new();
    let mut add = |place: &Place, text: &str| {
        texts.push(Open { text: text.to_owned(), place: place.clone() });
    };
    for document in &corpus.documents {
        document_texts(document, snapshot, &mut add);
    }
    for control in corpus.controls.iter().filter(|it| it.disclosure != Disclosure::Withheld) {
        add(&control.place, &control.title);
        let texts = control.public_summary.iter().chain(&control.public_keywords);
        texts.for_each(|text| add(&control.place, text));
    }
    for (_, records) in &corpus.registers {
        for record in records.iter().filter(|it| it.disclosure != Disclosure::Withheld) {
            record_texts(record).iter().for_each(|text| add(&record.place, text));
        }
    }
    for question in corpus.questions.iter().filter(|it| it.disclosure == Disclosure::Public) {
        let texts = [&question.question, &question.answer.value, &question.topic];
        for text in texts.into_iter().chain(&question.keywords) {
            add(&question.place, text);
        }
    }
    for update in corpus.updates.iter().filter(|it| it.disclosure == Disclosure::Public) {
        add(&update.place, &update.title);
        add(&update.place, &update.text.value);
    }
    for term in corpus.terms.iter().filter(|it| it.disclosure == Disclosure::Public) {
        add(&term.place, &term.term.value);
        add(&term.place, &term.definition);
    }
    let overview = &corpus.overview;
    for it in overview.headline.iter().chain(&overview.statement).chain(&overview.not_covered) {
        add(&Place::new(&overview.path, it.span), &it.value);
    }
    for (label, it) in &overview.glance {
        add(&Place::new(&overview.path, it.span), &it.value);
        add(&Place::new(&overview.path, Span::default()), label);
    }
    let settings = Place::new(&corpus.settings.path, Span::default());
    let organisation = &corpus.settings.organisation;
    for text in [&organisation.name, &organisation.legal_name, &organisation.description] {
        add(&settings, text);
    }
    for policy in corpus.settings.security_txt.iter().filter_map(|it| it.policy.as_ref()) {
        add(&settings, &format!("policy: {policy}"));
    }
    corpus.roles.iter().for_each(|it| add(&it.place, &it.title));
    for framework in &corpus.frameworks {
        add(&settings, &framework.title);
        add(&settings, &framework.licence);
        framework.groups.iter().for_each(|it| add(&settings, &it.title));
        for (_, it) in framework.requirements() {
            add(&settings, &format!("{} {}", it.id, it.title));
        }
    }
    // Values stand where variables do, so the open texts are taken with and without them.
    let expanded: Vec<Open> = texts
        .iter()
        .filter(|it| it.text.contains("{{"))
        .map(|it| Open { text: expand(corpus, &it.text), place: it.place.clone() })
        .collect();
    texts.extend(expanded);
    texts
}

fn document_texts(document: &Document, snapshot: &Snapshot, add: &mut dyn FnMut(&Place, &str)) {
    if document.disclosure.value == Disclosure::Withheld {
        return;
    }
    let head = Place::new(&document.path, document.head);
    add(&document.head_place(document.title.span), &document.title.value);
    let texts = document.public_summary.iter().chain(&document.public_keywords);
    texts.for_each(|text| add(&head, text));
    document
        .revisions
        .iter()
        .filter_map(|it| it.public_summary.as_ref())
        .for_each(|it| add(&head, it));
    if document.disclosure.value != Disclosure::Public {
        return;
    }
    let body = snapshot.body(document);
    let read = markdown::read(body, &markdown::Options::default());
    let mut hidden = Vec::new();
    restricted(&read.body.blocks, &mut hidden);
    read.body.footnotes.iter().for_each(|footnote| restricted(&footnote.blocks, &mut hidden));
    for (at, piece) in without(body, &mut hidden) {
        let span = Span::new(at, at + piece.len());
        add(&document.body_place(span), piece);
    }
    let all = document.body_place(Span::default());
    for clause in read.outline.clauses.iter().filter(|it| !it.restricted) {
        add(&document.body_place(clause.span), &clause.text);
    }
    for text in crate::markup::open_text(&read.body.blocks) {
        add(&all, &text);
    }
    for text in read.body.footnotes.iter().flat_map(|it| crate::markup::open_text(&it.blocks)) {
        add(&all, &text);
    }
}

/// Collects the places of restricted blocks.
fn restricted(blocks: &[Block<Written>], hidden: &mut Vec<Span>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Restricted(_) => hidden.push(block.span),
            BlockKind::List(list) => {
                list.items.iter().for_each(|item| restricted(&item.blocks, hidden));
            }
            BlockKind::Quote(inside) | BlockKind::Alert(_, inside) => restricted(inside, hidden),
            BlockKind::Definitions(definitions) => {
                definitions
                    .iter()
                    .flat_map(|it| &it.meanings)
                    .for_each(|meaning| restricted(meaning, hidden));
            }
            BlockKind::Heading(_)
            | BlockKind::Paragraph(_)
            | BlockKind::Code { .. }
            | BlockKind::Table(_)
            | BlockKind::Html(_)
            | BlockKind::Break => {}
        }
    }
}

/// Returns a text in pieces, each with its offset, without some places.
fn without<'t>(text: &'t str, hidden: &mut [Span]) -> Vec<(usize, &'t str)> {
    hidden.sort_unstable();
    let mut pieces = Vec::new();
    let mut at = 0;
    for span in hidden.iter() {
        pieces.extend(text.get(at..span.start as usize).map(|piece| (at, piece)));
        at = span.end as usize;
    }
    pieces.extend(text.get(at..).map(|piece| (at, piece)));
    pieces
}

/// Returns what a record makes public: its title, and what customers see of it besides.
fn record_texts(record: &Record) -> Vec<String> {
    let mut texts = vec![record.title.clone()];
    let is_open = |(column, _): &&(&Column, _)| record.is_shown() && record.is_open(column);
    for (column, value) in record.values.iter().filter(is_open) {
        match &value.value {
            Value::Text(text) => texts.extend([text.clone(), format!("{} {text}", column.label)]),
            Value::List(list) => {
                texts.push(list.iter().map(|it| it.value.as_str()).collect::<Vec<_>>().join(", "));
            }
            Value::Date(_)
            | Value::Period(..)
            | Value::Number(_)
            | Value::YesNo(_)
            | Value::Cycle(_) => {}
        }
    }
    texts
}

fn expand(corpus: &Corpus, text: &str) -> String {
    let value =
        |path: &str| Some(corpus.fact(path).map(|fact| fact.text.clone()).unwrap_or_default());
    variable::fill(text, &value).into_owned()
}

/// A few words or characters that must not be public.
struct Atom {
    text: String,
    what: &'static str,
    /// Whether it is looked for in all characters, attributes included, and not as words.
    is_pattern: bool,
    place: Place,
}

impl Atom {
    /// Returns its words in lower case.
    fn phrase(&self) -> Vec<String> {
        words(&self.text.to_lowercase()).map(|(word, _)| word).collect()
    }
}

fn atoms(corpus: &Corpus, trust_center: &TrustCenter, open: &[Open]) -> Vec<Atom> {
    // A company may consent to be named for one report, and be a subprocessor besides.
    let is_open = |text: &str| open.iter().any(|it| it.text.eq_ignore_ascii_case(text));
    let mut atoms = Vec::new();
    let mut add = |text: &str, what, is_pattern, place: Place| {
        if !text.trim().is_empty() {
            atoms.push(Atom { text: text.to_owned(), what, is_pattern, place });
        }
    };
    for pattern in &corpus.settings.never_publish {
        add(
            &pattern.value,
            "a pattern of `never_publish`",
            true,
            Place::new(&corpus.settings.path, pattern.span),
        );
    }
    let shown: Vec<&str> = trust_center.documents().iter().map(|it| it.id().as_str()).collect();
    let listed: Vec<&str> =
        trust_center.listed_documents().iter().map(|it| it.id().as_str()).collect();
    for document in &corpus.documents {
        let id = document.id.value.as_str();
        if shown.contains(&id) || listed.contains(&id) {
            continue;
        }
        let place = document.head_place(document.id.span);
        add(id, "the id of a withheld document", false, place.clone());
        if document.title.value.split_whitespace().count() > 2 {
            add(&document.title.value, "the title of a withheld document", false, place);
        }
    }
    for control in corpus.controls.iter().filter(|it| it.disclosure == Disclosure::Withheld) {
        add(
            control.id.value.as_str(),
            "the id of a withheld control",
            false,
            control.place.clone(),
        );
    }
    for evidence in &corpus.evidence {
        add(evidence.id.value.as_str(), "the id of evidence", false, evidence.place.clone());
    }
    for (_, records) in &corpus.registers {
        for record in records.iter().filter(|it| it.disclosure == Disclosure::Withheld) {
            add(
                record.id.value.as_str(),
                "the id of a withheld record",
                false,
                record.place.clone(),
            );
        }
        for record in records.iter().filter(|it| it.is_shown()) {
            for (column, value) in &record.values {
                if let (Openness::OpenIf(_), Value::Text(text)) = (column.openness, &value.value)
                    && !record.is_open(column)
                    && !is_open(text)
                {
                    let place = Place::new(&record.place.path, value.span);
                    add(text, "a name that a record withholds", false, place);
                }
            }
        }
    }
    let public: BTreeSet<&str> = [trust_center.security_contact(), trust_center.privacy_contact()]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    for person in &corpus.people {
        if person.name.split_whitespace().count() > 1 {
            add(&person.name, "the name of a person", false, person.place.clone());
        }
        if let Some(email) = person.email.as_deref().filter(|email| !public.contains(email)) {
            add(email, "the address of a person", true, person.place.clone());
        }
    }
    atoms
}

/// Returns the words of a text with their places: letters and digits, in lower case as given.
fn words(text: &str) -> impl Iterator<Item = (String, Span)> {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        while rest.next_if(|(_, c)| !c.is_alphanumeric()).is_some() {}
        let (start, _) = *rest.peek()?;
        let mut word = String::new();
        let mut end = start;
        while let Some((at, c)) = rest.next_if(|(_, c)| c.is_alphanumeric()) {
            word.push(c);
            end = at + c.len_utf8();
        }
        Some((word, Span::new(start, end)))
    })
}

/// Stands between the blocks of a text.
const BLOCK_END: &str = "\u{1}";

/// The beginning of the attribute that holds words for finding a row.
const FILTER_WORDS: &str = "data-words=\u{1}";

/// Takes the tags out of HTML, marks where blocks end, and reads the references that our writers make.
fn strip(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let (tag, after) = after.split_once('>').unwrap_or((after, ""));
        let is_inline =
            ["a", "em", "strong", "code", "span", "abbr", "sup", "sub", "del", "mark", "time"]
                .iter()
                .any(|name| tag.trim_start_matches('/').split([' ', '>']).next() == Some(name));
        text.push_str(if is_inline { "" } else { BLOCK_END });
        // Words for finding a row stand in an attribute, whose quotation marks are block ends.
        if let Some((_, words)) = tag.split_once(FILTER_WORDS) {
            text.push_str(words.split(BLOCK_END).next().unwrap_or_default());
            text.push_str(BLOCK_END);
        }
        rest = after;
    }
    text.push_str(rest);
    text.replace("&amp;", "&")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
}

/// Shows the ends of a text and hides the rest.
fn mask(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let keep = if letters.len() > 12 { 3 } else { 1 };
    let hidden = letters.len().saturating_sub(2 * keep);
    let first: String = letters.iter().take(keep).collect();
    let last: String = letters.iter().skip(keep + hidden).collect();
    format!("`{first}{}{last}`", "·".repeat(hidden.min(12)))
}

#[cfg(test)]
mod tests {
    use super::record_texts;
    use crate::model::disclosure::Disclosure;
    use crate::model::id::Id;
    use crate::model::register::{Column, Openness, REGISTERS, Record, Schema, Value};
    use crate::span::{Place, Span, Spanned};

    /// Returns a record with a text of its own in every column, of whatever kind, but for a column
    /// that another one depends on.
    fn full(schema: &'static Schema, disclosure: Disclosure, consents: bool) -> Record {
        let conditions: Vec<&str> = schema.columns.iter().filter_map(condition).collect();
        let value = |key: &str| {
            if conditions.contains(&key) {
                Value::YesNo(consents)
            } else {
                Value::Text(format!("({key})"))
            }
        };
        let values = schema.columns.iter();
        let values = values.map(|it| (it, Spanned::new(value(it.key), Span::default())));
        Record {
            schema,
            id: Spanned::new(Id::parse("X-1").unwrap(), Span::default()),
            title: "Title".to_owned(),
            disclosure,
            values: values.collect(),
            place: Place::new(&"x.yaml".into(), Span::default()),
        }
    }

    fn condition(column: &Column) -> Option<&'static str> {
        match column.openness {
            Openness::OpenIf(key) => Some(key),
            Openness::Internal | Openness::Open => None,
        }
    }

    #[test]
    fn internal_columns_excuse_nothing() {
        for schema in REGISTERS {
            for (disclosure, consents) in [
                (Disclosure::Listed, true),
                (Disclosure::Public, false),
                (Disclosure::Public, true),
            ] {
                let record = full(schema, disclosure, consents);
                let texts = record_texts(&record);
                for column in schema.columns {
                    let is_shown = schema.shown_from.is_some_and(|least| disclosure >= least);
                    let is_open = match column.openness {
                        Openness::Internal => false,
                        Openness::Open => true,
                        Openness::OpenIf(_) => consents,
                    };
                    let is_excused = texts.contains(&format!("({})", column.key));
                    let name = format!("{}.{}", schema.name, column.key);
                    assert_eq!(is_excused, is_shown && is_open, "{name} {disclosure:?} {consents}");
                }
            }
        }
    }
}
