//! The handbook's plan to recipes.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use super::pdf::{
    Approvals, Paper as PdfPaper, PdfApproval, PdfDocument, PdfPages, PdfRevision, PdfTarget,
    PdfText,
};
use super::recipe::{Draft, Recipe, Recipes, RenderFailure};
use super::{Studio, calendar, search};
use crate::markup::{self, Pages};
use crate::model::address::Address;
use crate::model::assessment::{Lifecycle, Standing};
use crate::model::audience::Staff;
use crate::model::body::{Block, Body, Resolved, Value};
use crate::model::document::Document;
use crate::model::fingerprint::Fingerprint;
use crate::model::link::{Link, Target};
use crate::model::settings::Paper;
use crate::parse::markdown;
use crate::plan::handbook::{HandbookPages, HandbookPlan, Page, View};
use crate::plan::view::Html;
use crate::plan::view::handbook::DocumentPage;
use crate::resolve;
use crate::workspace::Snapshot;

/// The files of a theme that only the trust center loads.
const NOT_OURS: [&str; 2] = ["trust.css", "trust.js"];

/// Renders the navigation of every section once, and gives it to the plan.
///
/// # Errors
///
/// Fails where the theme does.
pub fn navigate(plan: &mut HandbookPlan<'_>, studio: &Studio<'_>) -> Result<(), RenderFailure> {
    let mut wanted: BTreeMap<(Option<usize>, String), Address> = BTreeMap::new();
    for (address, page) in plan.pages() {
        if address.as_str().ends_with(".html") {
            let key = (plan.section_of(page), address.folder().to_owned());
            wanted.entry(key).or_insert_with(|| address.clone());
        }
    }
    let rendered: Vec<_> = wanted
        .into_par_iter()
        .map(|((section, folder), address)| {
            let view = plan.navigation(&address, section);
            studio
                .theme
                .render("handbook/navigation.html", &view)
                .map(|html| (section, folder, Html(html)))
        })
        .collect();
    for fragment in rendered {
        let (section, folder, html) = fragment.map_err(|fault| RenderFailure(fault.to_string()))?;
        plan.set_fragment(section, &folder, html);
    }
    Ok(())
}

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
    let pages = plan.pages().map(|(address, page)| recipe(plan, snapshot, studio, address, page));
    let assets = studio.theme.assets().filter(|(name, _)| !NOT_OURS.contains(name));
    let assets = assets.filter_map(|(name, bytes)| file(&format!("assets/{name}"), bytes.to_vec()));
    Recipes::new(pages.chain(assets).collect())
}

/// Returns a recipe for every file of the index of search.
#[must_use]
pub fn search_files<'a>(plan: &HandbookPlan<'_>) -> Recipes<'a, Staff> {
    let files = search::index(&entries(plan)).into_iter();
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

fn recipe<'a>(
    plan: &'a HandbookPlan<'a>,
    snapshot: &'a Snapshot,
    studio: &'a Studio<'a>,
    address: &'a Address,
    page: &'a Page,
) -> Recipe<'a> {
    let begin = Box::new(move || draft(plan, snapshot, studio, address, page));
    Recipe { address: address.clone(), is_forced: false, begin }
}

fn draft<'a>(
    plan: &'a HandbookPlan<'a>,
    snapshot: &'a Snapshot,
    studio: &'a Studio<'a>,
    address: &'a Address,
    page: &'a Page,
) -> Draft<'a> {
    let mut parts = FingerprintOf(vec![studio.fingerprint]);
    match page {
        Page::Document(index) => {
            let view = plan.document(*index);
            parts.add(&view);
            parts.add(&TextFacts::of(plan, address, *index));
            parts.add(&marks(plan, snapshot, address, *index));
            parts.draft(move || document(plan, snapshot, studio, (*index, address), view))
        }
        Page::Pdf(index) => {
            let facts = pdf_facts(plan, *index);
            parts.add(&facts);
            parts.add(&TextFacts::of(plan, address, *index));
            parts.add(&pictures(plan, snapshot, *index).iter().collect::<Vec<_>>());
            parts.draft(move || pdf(plan, snapshot, studio, *index, &facts))
        }
        Page::Source(index) => {
            let document = plan.handbook().corpus().document(*index);
            parts.add(&document.fingerprint);
            parts.draft(move || {
                let file = snapshot.get(&document.path);
                Ok(file.map(|file| file.bytes().to_vec()).unwrap_or_default())
            })
        }
        Page::Asset(path) => {
            let bytes = snapshot.get(path).map_or(&[][..], |file| file.bytes());
            parts.add(&Fingerprint::of_bytes(bytes));
            parts.draft(move || Ok(super::asset(path, bytes)))
        }
        Page::CalendarFile => {
            let appointments = plan.appointments();
            parts.add(&appointments);
            parts.draft(move || Ok(calendar::write(&appointments).into_bytes()))
        }
        _ => {
            let view = plan.view(page);
            parts.add(&view);
            parts.draft(move || self::view(studio, view))
        }
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
fn text<'s>(plan: &HandbookPlan<'_>, snapshot: &'s Snapshot, index: u32) -> &'s str {
    snapshot.body(plan.handbook().corpus().document(index))
}

/// Reads the text of a document again and resolves it.
fn body(plan: &HandbookPlan<'_>, snapshot: &Snapshot, index: u32) -> Body<Resolved> {
    let corpus = plan.handbook().corpus();
    let document = corpus.document(index);
    let text = text(plan, snapshot, index);
    resolve::body::body(
        markdown::body(text, &markdown::Options::of(document.kind)),
        &|slot| corpus.target(index as usize, slot),
        &|path| corpus.fact(path).map(|fact| fact.text.clone()),
    )
}

fn document(
    plan: &HandbookPlan<'_>,
    snapshot: &Snapshot,
    studio: &Studio<'_>,
    (index, from): (u32, &Address),
    mut view: DocumentPage,
) -> Result<Vec<u8>, RenderFailure> {
    let body = body(plan, snapshot, index);
    let code = |language: Option<&str>, text: &str| studio.highlighter.html(language, text);
    let pages = HandbookPages { plan, from, is_marked: true };
    view.body_html = Html(markup::body(&body, &pages, &code));
    studio.page("handbook/document.html", &view)
}

fn view(studio: &Studio<'_>, view: Option<View>) -> Result<Vec<u8>, RenderFailure> {
    match view {
        Some(View::Home(view)) => studio.page("handbook/home.html", &view),
        Some(View::List(view)) => studio.page("handbook/list.html", &view),
        Some(View::Document(view)) => studio.page("handbook/document.html", &view),
        Some(View::Control(view)) => studio.page("handbook/control.html", &view),
        Some(View::Frameworks(view)) => studio.page("handbook/frameworks.html", &view),
        Some(View::Framework(view)) => studio.page("handbook/framework.html", &view),
        Some(View::Requirement(view)) => studio.page("handbook/requirement.html", &view),
        Some(View::Matrix(view)) => studio.page("handbook/matrix.html", &view),
        Some(View::Profile(view)) => studio.page("handbook/profile.html", &view),
        Some(View::Register(view)) => studio.page("handbook/register.html", &view),
        Some(View::Calendar(view)) => studio.page("handbook/calendar.html", &view),
        Some(View::Glossary(view)) => studio.page("handbook/glossary.html", &view),
        Some(View::Search(view)) => studio.page("handbook/search.html", &view),
        Some(View::NotFound(view)) => studio.page("handbook/404.html", &view),
        None => Err(RenderFailure("the page has no view".to_owned())),
    }
}

/// Returns what search knows: documents, controls, requirements, records, people.
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
                .collect(),
            terms: outline.open_terms.clone(),
        });
    }
    let mut short = |page: &Page, anchor: Option<&str>, rank, named: [&str; 3], text: &str| {
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
            headings: Vec::new(),
            terms: crate::model::terms::Terms::of([text.as_str()].into_iter()),
        });
    };
    for (index, control) in (0u32..).zip(&corpus.controls) {
        let named = [control.id.value.as_str(), &control.title, "Control"];
        short(&Page::Control(index), None, search::Rank::First, named, &control.statement);
    }
    for (index, framework) in (0u32..).zip(&corpus.frameworks) {
        for (inner, (_, requirement)) in (0u32..).zip(framework.requirements()) {
            let text = requirement.text.as_deref().unwrap_or_default();
            let named = [requirement.id.as_str(), &requirement.title, &framework.short_title];
            short(&Page::Requirement(index, inner), None, search::Rank::Third, named, text);
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
            short(&Page::Register(index), Some(id), search::Rank::Second, named, text);
        }
    }
    for evidence in &corpus.evidence {
        let id = evidence.id.value.as_str();
        let text = evidence.source.as_deref().unwrap_or_default();
        let named = [id, &evidence.title, "Evidence"];
        short(&Page::Evidence, Some(id), search::Rank::Second, named, text);
    }
    for (index, role) in (0u32..).zip(&corpus.roles) {
        let duty = role.duty.as_deref().unwrap_or_default();
        let named = [role.id.value.as_str(), &role.title, "Role"];
        short(&Page::Role(index), None, search::Rank::Third, named, duty);
    }
    for (index, person) in (0u32..).zip(&corpus.people) {
        let title = person.title.as_deref().unwrap_or_default();
        let named = [person.id.value.as_str(), &person.name, "Person"];
        short(&Page::Person(index), None, search::Rank::Third, named, title);
    }
    entries
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

fn pdf_facts(plan: &HandbookPlan<'_>, index: u32) -> PdfDocument {
    let corpus = plan.handbook().corpus();
    let document = corpus.document(index);
    let standing = &plan.handbook().assessment().documents[index as usize];
    let settings = &corpus.settings;
    let dash = || "—".to_owned();
    let day = |date: Option<jiff::civil::Date>| date.map_or_else(dash, HandbookPlan::day);
    let version = document.version.as_ref().map(|it| it.value.clone());
    let effective = document.effective_date.as_ref().map(|it| it.value);
    let approver = document.approvals.first().map_or_else(
        || "Not approved".to_owned(),
        |approval| {
            let name = corpus.owner_words(&approval.by.value);
            match &approval.role {
                Some(role) => format!("{name}, {}", corpus.owner_words(&role.value)),
                None => name.to_owned(),
            }
        },
    );
    let mut facts = Vec::new();
    if document.kind.is_governed() {
        facts.extend([
            ("Id".to_owned(), document.id.value.to_string()),
            ("Version".to_owned(), version.clone().unwrap_or_else(dash)),
            (
                "Owner".to_owned(),
                document
                    .owner
                    .as_ref()
                    .map_or_else(dash, |it| corpus.owner_words(&it.value).to_owned()),
            ),
            ("Approver".to_owned(), approver),
            ("Effective".to_owned(), day(effective)),
            ("Last reviewed".to_owned(), day(standing.last_reviewed)),
            ("Next review".to_owned(), day(standing.next_review)),
        ]);
    } else {
        facts.extend(document.owner.as_ref().map(|it| ("Owner".to_owned(), it.value.clone())));
        facts.extend(version.clone().map(|it| ("Version".to_owned(), it)));
    }
    let approvals = document.approvals.iter().map(|approval| PdfApproval {
        name: corpus.owner_words(&approval.by.value).to_owned(),
        role: approval
            .role
            .as_ref()
            .map(|role| corpus.owner_words(&role.value).to_owned())
            .unwrap_or_default(),
        on: approval.on.as_ref().map(|on| on.value.to_string()).unwrap_or_default(),
        method: match &approval.digest {
            Some(digest) if digest.value != standing.digest.to_string() => {
                "unsigned, of another text"
            }
            _ => "unsigned",
        }
        .to_owned(),
        fingerprint: approval.digest.as_ref().map(|digest| digest.value.chars().take(23).collect()),
    });
    let id = if document.has_own_id { document.id.value.to_string() } else { String::new() };
    let mut footer: Vec<String> =
        vec![id.clone()].into_iter().filter(|id| !id.is_empty()).collect();
    footer.extend(version.as_ref().map(|it| format!("version {it}")));
    footer.extend(effective.map(|it| format!("effective {it}")));
    let notices = [
        settings.is_demo.then_some("Fictional demonstration"),
        (standing.lifecycle == Lifecycle::Draft).then_some("Draft: not approved"),
        standing.proposed_change.then_some("Proposed change: not approved as it stands"),
    ];
    let notice: Vec<&str> = notices.into_iter().flatten().collect();
    PdfDocument {
        organisation: settings.organisation.name.clone(),
        id,
        title: document.title.value.clone(),
        version,
        kind_word: document.kind.word().to_owned(),
        classification: document
            .classification
            .as_ref()
            .map(|it| it.value.word().to_owned())
            .unwrap_or_default(),
        facts,
        approvals: if document.kind.is_governed() {
            Approvals::Shown(approvals.collect())
        } else {
            Approvals::Hidden
        },
        revisions: document
            .revisions
            .iter()
            .map(|it| PdfRevision {
                version: it.version.clone(),
                date: it.date.map(|date| date.to_string()).unwrap_or_default(),
                kind: if it.is_editorial { "editorial" } else { "material" }.to_owned(),
                summary: it.summary.clone(),
                authors: it
                    .authors
                    .iter()
                    .map(|id| corpus.owner_words(id))
                    .collect::<Vec<_>>()
                    .join(", "),
            })
            .collect(),
        language: settings.language.clone(),
        paper: paper(settings.paper),
        brand: studio_brand(),
        notice: (!notice.is_empty()).then(|| notice.join(" · ")),
        footer_left: footer.join(" · "),
        date: newest(document, standing, plan.handbook().assessment().today),
        verify_text: verify_text(document, &standing.digest.to_string()),
        source: None,
        base_url: settings.handbook_url.as_ref().map(|url| format!("{url}/")),
    }
}

/// Returns the newest day among the records of a document, which its PDF shows; a day to come is
/// none of them.
fn newest(document: &Document, standing: &Standing, today: Date) -> Option<Date> {
    let effective = document.effective_date.as_ref().map(|it| it.value);
    let approvals = document.approvals.iter().filter_map(|it| it.on.as_ref().map(|on| on.value));
    let revisions = document.revisions.iter().filter_map(|it| it.date);
    let days =
        effective.into_iter().chain(standing.last_reviewed).chain(approvals).chain(revisions);
    days.filter(|day| *day <= today).max()
}

/// The brand colour of the default theme.
pub(super) fn studio_brand() -> [u8; 3] {
    [0x1f, 0x5f, 0x8b]
}

pub(super) fn paper(paper: Paper) -> PdfPaper {
    match paper {
        Paper::A4 => PdfPaper::A4,
        Paper::UsLetter => PdfPaper::UsLetter,
    }
}

fn verify_text(document: &Document, digest: &str) -> Vec<String> {
    if !document.kind.is_governed() {
        return Vec::new();
    }
    vec![
        format!("The text of this document has the digest {digest} (digest v1 of Avouch)."),
        "The approvals above are recorded and not signed: they show what the workspace says, and prove neither who \
         approved nor when."
            .to_owned(),
    ]
}

/// Returns the pictures that a document shows, cleaned, by path.
fn pictures(
    plan: &HandbookPlan<'_>,
    snapshot: &Snapshot,
    index: u32,
) -> BTreeMap<String, Arc<[u8]>> {
    let links = plan.handbook().corpus().links[index as usize].iter();
    links
        .filter_map(|link| match &link.target {
            Target::Asset(path) => Some(path),
            _ => None,
        })
        .filter_map(|path| {
            Some((path.clone(), Arc::from(super::asset(path, snapshot.get(path)?.bytes()))))
        })
        .collect()
}

struct StaffPdf<'p, 'e> {
    plan: &'p HandbookPlan<'e>,
    root: Address,
}

impl PdfPages<Resolved> for StaffPdf<'_, '_> {
    fn target(&self, link: &Link) -> PdfTarget {
        match &link.target {
            Target::Here(anchor) => PdfTarget::Here(anchor.clone()),
            Target::Web(address) => PdfTarget::Web(address.clone()),
            Target::Nowhere => PdfTarget::Nowhere,
            other => {
                self.plan.destination(&self.root, other).map_or(PdfTarget::Nowhere, PdfTarget::Page)
            }
        }
    }

    fn title(&self, link: &Link) -> String {
        self.plan.title(&link.target).unwrap_or_default()
    }

    fn picture(&self, image: &Link) -> Option<String> {
        match &image.target {
            Target::Asset(path) => Some(path.clone()),
            _ => None,
        }
    }

    fn value<'b>(&self, value: &'b Value) -> &'b str {
        &value.text
    }

    fn restricted<'b>(&self, restricted: &'b Vec<Block<Resolved>>) -> &'b [Block<Resolved>] {
        restricted
    }
}

fn pdf(
    plan: &HandbookPlan<'_>,
    snapshot: &Snapshot,
    studio: &Studio<'_>,
    index: u32,
    facts: &PdfDocument,
) -> Result<Vec<u8>, RenderFailure> {
    let Some(root) = Address::parse("index.html") else {
        return Err(RenderFailure("the handbook has no root".to_owned()));
    };
    let body = body(plan, snapshot, index);
    let files = pictures(plan, snapshot, index);
    let pages = StaffPdf { plan, root };
    let text =
        PdfText { body: &body, pages: &pages, files: &files, highlighter: studio.highlighter };
    let document = plan.handbook().corpus().document(index);
    studio.pdf(facts, &text, document)
}
