//! The handbook's plan to recipes.

use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::handbook_navigation::{Navigation, Navigator};
use super::handbook_pdf::{pdf, pdf_facts, pictures};
use super::recipe::{Draft, Recipe, Recipes, RenderFailure};
use super::{Studio, calendar, search};
use crate::markup::{self, Pages};
use crate::model::address::Address;
use crate::model::audience::Staff;
use crate::model::body::{Body, Resolved};
use crate::model::fingerprint::Fingerprint;
use crate::model::shown::Shown;
use crate::model::synonyms;
use crate::parse::markdown;
use crate::plan::handbook::{HandbookPages, HandbookPlan, Page, View};
use crate::plan::view::Html;
use crate::plan::view::handbook::DocumentPage;
use crate::resolve;
use crate::workspace::Snapshot;

/// The files of a theme that only the trust center loads.
const NOT_OURS: [&str; 2] = ["trust.css", "trust.js"];

/// Returns a recipe for every output of the handbook.
#[must_use]
pub fn recipes<'a>(
    plan: &'a HandbookPlan<'a>,
    snapshot: &'a Snapshot,
    studio: &'a Studio<'a>,
) -> Recipes<'a, Staff> {
    pages(plan, snapshot, studio).and(search_files(plan))
}

/// Returns a recipe for every output but the index of search, which takes all texts.
#[must_use]
pub fn pages<'a>(
    plan: &'a HandbookPlan<'a>,
    snapshot: &'a Snapshot,
    studio: &'a Studio<'a>,
) -> Recipes<'a, Staff> {
    let navigator = Arc::new(Navigator::new(plan, studio));
    let desk = Desk { plan, snapshot, studio, navigator };
    let pages = plan.pages().map(|(address, page)| desk.recipe(address, page));
    let assets = studio.theme.assets().filter(|(name, _)| !NOT_OURS.contains(name));
    let assets = assets.filter_map(|(name, bytes)| file(&format!("assets/{name}"), bytes.to_vec()));
    Recipes::new(pages.chain(assets).collect())
}

/// Returns a recipe for every file of the index of search.
#[must_use]
pub fn search_files<'a>(plan: &HandbookPlan<'_>) -> Recipes<'a, Staff> {
    let files = search::index(&entries(plan), &synonyms(plan)).into_iter();
    let files = files.filter_map(|(name, bytes)| file(&format!("assets/search/{name}"), bytes));
    Recipes::new(files.collect())
}

/// Makes a recipe of bytes that are at hand.
pub(super) fn file<'a>(address: &str, bytes: Vec<u8>) -> Option<Recipe<'a>> {
    let bytes: Arc<[u8]> = bytes.into();
    Some(Recipe {
        address: Address::parse(address)?,
        is_forced: false,
        begin: Box::new(move || {
            let bytes = Arc::clone(&bytes);
            Draft::new(Fingerprint::of_bytes(&bytes), move || Ok(bytes.to_vec()))
        }),
    })
}

/// What pages are made of.
#[derive(Clone)]
struct Desk<'a> {
    plan: &'a HandbookPlan<'a>,
    snapshot: &'a Snapshot,
    studio: &'a Studio<'a>,
    navigator: Arc<Navigator<'a>>,
}

impl<'a> Desk<'a> {
    fn recipe(&self, address: &'a Address, page: &'a Page) -> Recipe<'a> {
        let desk = self.clone();
        let begin = Box::new(move || desk.draft(address, page));
        Recipe { address: address.clone(), is_forced: false, begin }
    }

    fn draft(&self, address: &'a Address, page: &'a Page) -> Draft<'a> {
        let Self { plan, snapshot, studio, .. } = *self;
        let mut parts = FingerprintOf(vec![studio.fingerprint]);
        match page {
            Page::Document(index) => {
                let view = plan.document(*index);
                let navigation = self.navigator.beside(page, address);
                parts.add(&view);
                parts.add(&navigation.fingerprint);
                parts.add(&TextFacts::of(plan, address, *index));
                parts.add(&marks(plan, snapshot, address, *index));
                parts.add(&plan.tables(*index));
                let desk = self.clone();
                parts.draft(move || desk.document((*index, address), view, &navigation))
            }
            Page::Pdf(index) => {
                let facts = pdf_facts(plan, *index);
                parts.add(&facts);
                parts.add(&TextFacts::of(plan, address, *index));
                parts.add(&pictures(plan, *index));
                parts.add(&plan.tables(*index));
                parts.draft(move || pdf(plan, snapshot, studio, *index, &facts))
            }
            Page::Source(index) => {
                let document = plan.handbook().corpus().document(*index);
                let shown = &plan.handbook().assessment().documents[*index as usize].shown;
                parts.add(&document.fingerprint);
                parts.add(shown);
                parts.draft(move || match shown {
                    Some(Shown::InForce { source, .. }) => Ok(source.to_vec()),
                    Some(Shown::Proposed { .. }) | None => {
                        let file = snapshot.get(&document.path);
                        Ok(file.map(|file| file.bytes().to_vec()).unwrap_or_default())
                    }
                })
            }
            Page::Asset(path) => {
                let asset = plan.handbook().corpus().assets.get(path.as_str());
                parts.add(&asset);
                parts.draft(move || super::handed_out(asset))
            }
            Page::CalendarFile => {
                let appointments = plan.appointments();
                parts.add(&appointments);
                parts.draft(move || Ok(calendar::write(&appointments).into_bytes()))
            }
            Page::DocumentsFile => {
                let states = plan.document_states();
                parts.add(&states);
                parts.draft(move || {
                    let mut bytes = serde_json::to_vec_pretty(&states)
                        .map_err(|error| RenderFailure::new(error.to_string()))?;
                    bytes.push(b'\n');
                    Ok(bytes)
                })
            }
            Page::Home
            | Page::Kind(_)
            | Page::Proposed(_)
            | Page::Approvals
            | Page::Folder(_)
            | Page::Controls
            | Page::Control(_)
            | Page::Frameworks
            | Page::Framework(_)
            | Page::Matrix(_)
            | Page::Requirement(..)
            | Page::Registers
            | Page::Register(_)
            | Page::Evidence
            | Page::People
            | Page::Person(_)
            | Page::Role(_)
            | Page::Calendar
            | Page::Glossary
            | Page::Search
            | Page::NotFound => {
                let view = plan.view(page);
                let navigation = self.navigator.beside(page, address);
                parts.add(&view);
                parts.add(&navigation.fingerprint);
                parts.draft(move || {
                    let mut view =
                        view.ok_or_else(|| RenderFailure::new("the page has no view"))?;
                    view.frame_mut().nav_html = navigation.on(address)?;
                    self::view(studio, view)
                })
            }
        }
    }

    fn document(
        &self,
        (index, from): (u32, &Address),
        mut view: DocumentPage,
        navigation: &Navigation,
    ) -> Result<Vec<u8>, RenderFailure> {
        let Self { plan, snapshot, studio, .. } = *self;
        let body = body(plan, snapshot, index);
        let code = |language: Option<&str>, text: &str| studio.highlighter.html(language, text);
        let pages = HandbookPages { plan, from, is_marked: true };
        view.frame.nav_html = navigation.on(from)?;
        view.body_html = Html(markup::body(&body, &pages, &code));
        studio.page("handbook/document.html", &view)
    }
}

/// Collects fingerprints of unlike things.
struct FingerprintOf(Vec<Fingerprint>);

impl FingerprintOf {
    fn add(&mut self, value: &impl Hash) {
        self.0.push(Fingerprint::of(value));
    }

    fn draft<'d>(self, finish: impl FnOnce() -> Result<Vec<u8>, RenderFailure> + 'd) -> Draft<'d> {
        Draft::new(Fingerprint::of(&self.0), finish)
    }
}

/// What the text of a document depends on besides its own bytes.
struct TextFacts {
    body: Fingerprint,
    links: Vec<(Option<String>, Option<String>)>,
    values: Vec<Option<String>>,
}

impl TextFacts {
    fn of(plan: &HandbookPlan<'_>, from: &Address, index: u32) -> Self {
        let corpus = plan.handbook().corpus();
        let outline = &corpus.document(index).outline;
        let links = &corpus.links[index as usize];
        Self {
            body: outline.body_hash,
            links: links
                .iter()
                .map(|link| (plan.destination(from, &link.target), plan.title(&link.target)))
                .collect(),
            values: outline
                .variables
                .iter()
                .map(|variable| corpus.fact(&variable.name.path).map(|fact| fact.text.clone()))
                .collect(),
        }
    }
}

impl Hash for TextFacts {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.body, &self.links, &self.values).hash(state);
    }
}

/// Returns where words of a document lead of themselves, as its Markdown has them.
///
/// Its tree does not exist yet. Everything that is a word on the page is the same word in the
/// Markdown, unless it is written with escapes; then the whole lexicon counts.
fn marks(
    plan: &HandbookPlan<'_>,
    snapshot: &Snapshot,
    from: &Address,
    index: u32,
) -> (BTreeSet<(String, String)>, Option<Fingerprint>) {
    let text = text(plan, snapshot, index);
    let pages = HandbookPages { plan, from, is_marked: true };
    let marks = pages.marks(text).into_iter();
    let lexicon = text.contains(['\\', '&']).then(|| plan.lexicon());
    (marks.map(|it| (it.href.into_owned(), it.title.into_owned())).collect(), lexicon)
}

/// Returns the Markdown of a document without its front matter.
pub(super) fn text<'s>(plan: &HandbookPlan<'_>, snapshot: &'s Snapshot, index: u32) -> &'s str {
    snapshot.body(plan.handbook().corpus().document(index))
}

/// Reads the text of a document again and resolves it, with its tables of what applies.
pub(super) fn body(plan: &HandbookPlan<'_>, snapshot: &Snapshot, index: u32) -> Body<Resolved> {
    let corpus = plan.handbook().corpus();
    let document = corpus.document(index);
    let text = text(plan, snapshot, index);
    let body = resolve::body::body(
        markdown::body(text, &markdown::Options::of(document.kind)),
        &|slot| corpus.target(index as usize, slot),
        &|path| corpus.fact(path).map(|fact| fact.text.clone()),
    );
    if document.outline.applicability.is_empty() { body } else { plan.with_tables(body) }
}

fn view(studio: &Studio<'_>, view: View) -> Result<Vec<u8>, RenderFailure> {
    match view {
        View::Home(view) => studio.page("handbook/home.html", &view),
        View::List(view) => studio.page("handbook/list.html", &view),
        View::Document(view) => studio.page("handbook/document.html", &view),
        View::Proposed(view) => studio.page("handbook/proposed.html", &view),
        View::Control(view) => studio.page("handbook/control.html", &view),
        View::Frameworks(view) => studio.page("handbook/frameworks.html", &view),
        View::Framework(view) => studio.page("handbook/framework.html", &view),
        View::Requirement(view) => studio.page("handbook/requirement.html", &view),
        View::Matrix(view) => studio.page("handbook/matrix.html", &view),
        View::Profile(view) => studio.page("handbook/profile.html", &view),
        View::Register(view) => studio.page("handbook/register.html", &view),
        View::Calendar(view) => studio.page("handbook/calendar.html", &view),
        View::Glossary(view) => studio.page("handbook/glossary.html", &view),
        View::Search(view) => studio.page("handbook/search.html", &view),
        View::NotFound(view) => studio.page("handbook/404.html", &view),
    }
}

/// Returns the groups of words by either of which things are found: those of the field, and the
/// terms of the glossary with their aliases.
fn synonyms<'p>(plan: &'p HandbookPlan<'_>) -> Vec<Vec<&'p str>> {
    let terms = plan.handbook().corpus().terms.iter();
    let aliases = terms.filter(|term| !term.aliases.is_empty()).map(|term| {
        let aliases = term.aliases.iter().map(String::as_str);
        std::iter::once(term.term.value.as_str()).chain(aliases).collect()
    });
    synonyms::GROUPS.iter().map(|group| group.to_vec()).chain(aliases).collect()
}

/// Returns what search knows: documents, controls, frameworks and their requirements, records,
/// people.
fn entries(plan: &HandbookPlan<'_>) -> Vec<search::Entry> {
    let corpus = plan.handbook().corpus();
    let at = |page: &Page| plan.address(page).map(ToString::to_string);
    let mut entries = Vec::new();
    for (index, document) in (0u32..).zip(&corpus.documents) {
        let Some(address) = at(&Page::Document(index)) else { continue };
        let outline = &document.outline;
        entries.push(search::Entry {
            address: encoded(&address),
            id: if document.has_own_id { document.id.value.to_string() } else { String::new() },
            title: document.title.value.clone(),
            kind: document.kind.word().to_owned(),
            rank: search::Rank::First,
            excerpt: match &document.summary {
                Some(summary) => plan.plain(summary),
                None if outline.excerpt.contains("{{") => {
                    plan.plain(&markup::escape_markdown(&outline.excerpt))
                }
                None => outline.excerpt.clone(),
            },
            headings: outline
                .headings
                .iter()
                .map(|heading| corpus.filled(&heading.text).into_owned())
                .chain(document.public_keywords.iter().chain(&document.tags).cloned())
                .collect(),
            terms: outline.open_terms.clone(),
        });
    }
    let mut short = |page: &Page, rank, named: [&str; 3], words: Words<'_>, text: &str| {
        let Words { anchor, found_by } = words;
        let Some(address) = at(page) else { return };
        let anchor = anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default();
        let [id, title, kind] = named.map(str::to_owned);
        let text = plan.plain(text);
        entries.push(search::Entry {
            address: encoded(&address) + &anchor,
            id,
            title,
            kind,
            rank,
            excerpt: beginning(&text),
            headings: found_by,
            terms: crate::model::terms::Terms::of([text.as_str()].into_iter()),
        });
    };
    for (index, control) in (0u32..).zip(&corpus.controls) {
        let named = [control.id.value.as_str(), &control.title, "Control"];
        let words = control.public_keywords.iter().chain(&control.tags).cloned().collect();
        let words = Words { anchor: None, found_by: words };
        short(&Page::Control(index), search::Rank::First, named, words, &control.statement);
    }
    for (index, framework) in (0u32..).zip(&corpus.frameworks) {
        let named = [framework.id.as_str(), &framework.short_title, "Framework"];
        let text = format!("{} {}", framework.title, framework.publisher);
        short(&Page::Framework(index), search::Rank::First, named, Words::default(), &text);
        for (inner, (_, requirement)) in (0u32..).zip(framework.requirements()) {
            let text = requirement.text.as_deref().unwrap_or_default();
            let named = [requirement.id.as_str(), &requirement.title, &framework.short_title];
            let found_by = vec![framework.short_title.clone(), framework.id.clone()];
            let words = Words { anchor: None, found_by };
            short(&Page::Requirement(index, inner), search::Rank::Third, named, words, text);
        }
    }
    for (index, (schema, records)) in (0u32..).zip(&corpus.registers) {
        let kind = crate::plan::handbook::kind_word(schema.singular);
        for record in records {
            let id = record.id.value.as_str();
            let text =
                record.text("description").or(record.text("summary")).or(record.text("purpose"));
            let named = [id, &record.title, &kind];
            let text = text.unwrap_or_default();
            let keywords = record.list("public_keywords").iter().map(|it| it.value.clone());
            let words = Words { anchor: Some(id), found_by: keywords.collect() };
            short(&Page::Register(index), search::Rank::Second, named, words, text);
        }
    }
    for evidence in &corpus.evidence {
        let id = evidence.id.value.as_str();
        let text = evidence.source.as_deref().unwrap_or_default();
        let named = [id, &evidence.title, "Evidence"];
        let words = Words { anchor: Some(id), found_by: Vec::new() };
        short(&Page::Evidence, search::Rank::Second, named, words, text);
    }
    for (index, role) in (0u32..).zip(&corpus.roles) {
        let duty = role.duty.as_deref().unwrap_or_default();
        let named = [role.id.value.as_str(), &role.title, "Role"];
        short(&Page::Role(index), search::Rank::Third, named, Words::default(), duty);
    }
    for (index, person) in (0u32..).zip(&corpus.people) {
        let title = person.title.as_deref().unwrap_or_default();
        let named = [person.id.value.as_str(), &person.name, "Person"];
        short(&Page::Person(index), search::Rank::Third, named, Words::default(), title);
    }
    entries
}

/// Where on its page something short stands, and by which words it is found besides its own.
#[derive(Default)]
struct Words<'w> {
    anchor: Option<&'w str>,
    found_by: Vec<String>,
}

/// Returns the first words of a text, 160 characters of them at most.
fn beginning(text: &str) -> String {
    match text.char_indices().nth(160) {
        None => text.to_owned(),
        Some((end, _)) => {
            let words = text[..end].rsplit_once(' ').map_or(&text[..end], |(words, _)| words);
            format!("{words} …")
        }
    }
}

/// Returns an address as a reference from the root.
fn encoded(address: &str) -> String {
    match (Address::parse("index.html"), Address::parse(address)) {
        (Some(root), Some(address)) => root.href_to(&address, None),
        _ => address.to_owned(),
    }
}
