//! The handbook to pages: which there are, where they stand, and what their templates see.
//!
//! Views are made on demand, by [`HandbookPlan::view`]: tens of thousands of them are never held
//! at once.

mod applicability;
mod calendar;
mod control;
mod document;
mod evidence;
mod frame;
mod framework;
mod home;
mod list;
mod marks;
mod people;
mod register;
pub(super) mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use crate::diagnostic::{Diagnostic, Level};
use crate::edition::Handbook;
use crate::model::address::Address;
use crate::model::document::{Document, Kind};
use crate::model::fingerprint::Fingerprint;
use crate::model::link::Target;
use crate::plan::route::Routes;
use crate::plan::view::handbook as view;
use crate::resolve::rules::address_collision;
use crate::span::Span;

pub use self::calendar::Appointment;
pub use self::frame::{HandbookPages, Section};
pub(in crate::plan) use self::frame::{direction, title_case};

/// A page of the handbook.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Page {
    /// The first page.
    Home,
    /// The documents of a kind.
    Kind(Kind),
    /// The documents of a folder, in a folder that is no workspace.
    Folder(String),
    /// A document, by number.
    Document(u32),
    /// All controls.
    Controls,
    /// A control, by number.
    Control(u32),
    /// All frameworks.
    Frameworks,
    /// A framework, by number.
    Framework(u32),
    /// Requirements of a framework against controls.
    Matrix(u32),
    /// A requirement, by the numbers of its framework and of itself.
    Requirement(u32, u32),
    /// All registers.
    Registers,
    /// A register, by number.
    Register(u32),
    /// All evidence.
    Evidence,
    /// All people and roles.
    People,
    /// A person, by number.
    Person(u32),
    /// A role, by number.
    Role(u32),
    /// What is due when.
    Calendar,
    /// The same as iCalendar.
    CalendarFile,
    /// Terms.
    Glossary,
    /// Search.
    Search,
    /// The page for addresses that lead nowhere.
    NotFound,
    /// A document as PDF, by number.
    Pdf(u32),
    /// A document as Markdown, by number.
    Source(u32),
    /// A file of the workspace that documents show or link to, by path.
    Asset(String),
}

/// What a page shows.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum View {
    /// The first page.
    Home(view::Home),
    /// A page of tables.
    List(view::List),
    /// A document; its body is rendered with the page.
    Document(view::DocumentPage),
    /// A control.
    Control(view::ControlPage),
    /// All frameworks.
    Frameworks(view::FrameworkList),
    /// A framework.
    Framework(view::FrameworkPage),
    /// A requirement.
    Requirement(view::RequirementPage),
    /// A matrix.
    Matrix(view::Matrix),
    /// A person or role.
    Profile(view::Profile),
    /// A register or evidence.
    Register(view::RegisterPage),
    /// What is due.
    Calendar(view::Calendar),
    /// Terms.
    Glossary(view::GlossaryPage),
    /// Search.
    Search(view::SearchPage),
    /// The page for addresses that lead nowhere.
    NotFound(view::NotFound),
}

impl View {
    /// Returns what stands around the page.
    pub fn frame_mut(&mut self) -> &mut view::Frame {
        match self {
            Self::Home(view) => &mut view.frame,
            Self::List(view) => &mut view.frame,
            Self::Document(view) => &mut view.frame,
            Self::Control(view) => &mut view.frame,
            Self::Frameworks(view) => &mut view.frame,
            Self::Framework(view) => &mut view.frame,
            Self::Requirement(view) => &mut view.frame,
            Self::Matrix(view) => &mut view.frame,
            Self::Profile(view) => &mut view.frame,
            Self::Register(view) => &mut view.frame,
            Self::Calendar(view) => &mut view.frame,
            Self::Glossary(view) => &mut view.frame,
            Self::Search(view) => &mut view.frame,
            Self::NotFound(view) => &mut view.frame,
        }
    }
}

/// All pages of the handbook.
#[derive(Debug, Clone)]
pub struct HandbookPlan<'e> {
    handbook: Handbook<'e>,
    routes: Routes<Page>,
    sections: Vec<Section>,
    /// The number of each section, by its list page.
    section_numbers: BTreeMap<Page, usize>,
    /// The documents that stand in each folder, in folders that are no workspaces.
    folders: BTreeMap<String, Vec<u32>>,
    /// The document that is the page of its folder, in folders that are no workspaces.
    indexes: BTreeMap<String, u32>,
    /// The procedures that carry out each document, by its id in lower case.
    procedures: BTreeMap<String, Vec<u32>>,
    /// What words of documents lead somewhere of themselves.
    lexicon: marks::Lexicon,
    /// What the terms mean, as plain text.
    definitions: OnceLock<Vec<String>>,
    /// The records that name each document and control, by the numbers of register and record.
    records: BTreeMap<Target, Vec<(usize, usize)>>,
}

impl<'e> HandbookPlan<'e> {
    /// Gives every page its address; reports sources that would share one.
    #[must_use]
    pub fn new(handbook: Handbook<'e>, with_pdfs: bool) -> (Self, Vec<Diagnostic>) {
        let mut routes = Routes::default();
        let mut diagnostics = Vec::new();
        add_fixed(&handbook, &mut routes);
        let indexes = add_documents(&handbook, with_pdfs, &mut routes, &mut diagnostics);
        add_assets(&handbook, &mut routes);
        let mut plan = Self {
            handbook,
            routes,
            sections: Vec::new(),
            section_numbers: BTreeMap::new(),
            folders: BTreeMap::new(),
            indexes,
            procedures: BTreeMap::new(),
            lexicon: if handbook.corpus().settings.is_workspace {
                marks::Lexicon::new(handbook.corpus())
            } else {
                marks::Lexicon::default()
            },
            definitions: OnceLock::new(),
            records: register::records_by_subject(handbook.corpus()),
        };
        let documents: Vec<_> = plan.shown_documents().collect();
        for (index, document) in documents {
            if !handbook.corpus().settings.is_workspace {
                let folder = document.path.rsplit_once('/').map_or("", |(folder, _)| folder);
                plan.folders.entry(folder.to_owned()).or_default().push(index);
            }
            for name in document.carries.iter().filter(|_| document.kind == Kind::Procedure) {
                plan.procedures.entry(name.value.to_ascii_lowercase()).or_default().push(index);
            }
        }
        plan.sections = plan.make_sections();
        plan.section_numbers = plan.sections.iter().map(|it| it.page.clone()).zip(0..).collect();
        (plan, diagnostics)
    }

    /// Returns a fingerprint of the words that lead somewhere of themselves in every document.
    #[must_use]
    pub fn lexicon(&self) -> Fingerprint {
        self.lexicon.fingerprint(self.handbook.corpus())
    }

    /// Returns the edition.
    #[must_use]
    pub fn handbook(&self) -> Handbook<'e> {
        self.handbook
    }

    /// Returns all pages in the order of their addresses.
    pub fn pages(&self) -> impl Iterator<Item = (&Address, &Page)> {
        self.routes.iter()
    }

    /// Returns the address of a page that exists.
    #[must_use]
    pub fn address(&self, page: &Page) -> Option<&Address> {
        match page {
            Page::Folder(path) => match self.indexes.get(path) {
                Some(index) => self.routes.address(&Page::Document(*index)),
                None => self.routes.address(page),
            },
            _ => self.routes.address(page),
        }
    }

    /// Returns where a link leads.
    #[must_use]
    pub fn destination(&self, from: &Address, target: &Target) -> Option<String> {
        let corpus = self.handbook.corpus();
        let to =
            |page: Page, anchor: Option<&str>| Some(from.href_to(self.address(&page)?, anchor));
        match target {
            Target::Document { index, anchor } => to(Page::Document(*index), anchor.as_deref()),
            Target::Here(anchor) => Some(from.href_to(from, Some(anchor))),
            Target::Control(id) => {
                let index = corpus.controls.iter().position(|it| it.id.value.as_str() == id)?;
                to(Page::Control(number(index)), None)
            }
            Target::Requirement(framework, id) => {
                let index = corpus.frameworks.iter().position(|it| it.id == *framework)?;
                let inner =
                    corpus.frameworks[index].requirements().position(|(_, it)| it.id == *id)?;
                to(Page::Requirement(number(index), number(inner)), None)
            }
            Target::Framework(id) => {
                let index = corpus.frameworks.iter().position(|it| it.id == *id)?;
                to(Page::Framework(number(index)), None)
            }
            Target::Record(id) => {
                let holds = |records: &[crate::model::register::Record]| {
                    records.iter().any(|record| record.id.value.as_str() == id)
                };
                let index = corpus.registers.iter().position(|(_, records)| holds(records))?;
                to(Page::Register(number(index)), Some(id))
            }
            Target::Evidence(id) => to(Page::Evidence, Some(id)),
            Target::Role(id) => {
                let index = corpus.roles.iter().position(|it| it.id.value.as_str() == id)?;
                to(Page::Role(number(index)), None)
            }
            Target::Person(id) => {
                let index = corpus.people.iter().position(|it| it.id.value.as_str() == id)?;
                to(Page::Person(number(index)), None)
            }
            Target::Folder(path) => self.folder(path).and_then(|page| to(page, None)),
            Target::Asset(path) => to(Page::Asset(path.clone()), None),
            Target::Web(address) => Some(address.clone()),
            Target::Nowhere => None,
        }
    }

    /// Returns the words for what a link points to, for links that have none of their own.
    #[must_use]
    pub fn title(&self, target: &Target) -> Option<String> {
        let corpus = self.handbook.corpus();
        match target {
            Target::Document { index, anchor } => {
                let document = corpus.document(*index);
                let clause = anchor.as_ref().and_then(|anchor| {
                    document
                        .outline
                        .clauses
                        .iter()
                        .find(|clause| clause.anchor == *anchor && !clause.number.is_empty())
                });
                Some(match clause {
                    Some(clause) => format!("{} {}", document.title.value, clause.number),
                    None => document.title.value.clone(),
                })
            }
            Target::Control(id) => {
                corpus.control(id).map(|it| format!("{} {}", it.id.value, it.title))
            }
            Target::Requirement(framework, id) => {
                corpus.framework(framework).map(|it| format!("{} {id}", it.short_title))
            }
            Target::Framework(id) => corpus.framework(id).map(|it| it.short_title.clone()),
            Target::Record(id) => {
                corpus.record(id).map(|it| format!("{} {}", it.id.value, it.title))
            }
            Target::Evidence(id) => {
                let evidence = corpus.evidence.iter().find(|it| it.id.value.as_str() == id)?;
                Some(format!("{} {}", evidence.id.value, evidence.title))
            }
            Target::Role(id) => corpus.role(id).map(|it| it.title.clone()),
            Target::Person(id) => corpus.person(id).map(|it| it.name.clone()),
            Target::Here(_)
            | Target::Folder(_)
            | Target::Asset(_)
            | Target::Web(_)
            | Target::Nowhere => None,
        }
    }

    /// Returns what a page shows; nothing for pages that are files.
    #[must_use]
    pub fn view(&self, page: &Page) -> Option<View> {
        Some(match page {
            Page::Home => View::Home(self.home()),
            Page::Kind(kind) => View::List(self.kind_list(*kind)),
            Page::Folder(path) => View::List(self.folder_list(path)),
            Page::Document(index) => View::Document(self.document(*index)),
            Page::Controls => View::List(self.control_list()),
            Page::Control(index) => View::Control(self.control(*index)),
            Page::Frameworks => View::Frameworks(self.framework_list()),
            Page::Framework(index) => View::Framework(self.framework(*index)),
            Page::Matrix(index) => View::Matrix(self.matrix(*index)),
            Page::Requirement(framework, index) => {
                View::Requirement(self.requirement(*framework, *index))
            }
            Page::Registers => View::List(self.register_list()),
            Page::Register(index) => View::Register(self.register(*index)),
            Page::Evidence => View::Register(self.evidence()),
            Page::People => View::List(self.people_list()),
            Page::Person(index) => View::Profile(self.person(*index)),
            Page::Role(index) => View::Profile(self.role(*index)),
            Page::Calendar => View::Calendar(self.calendar()),
            Page::Glossary => View::Glossary(self.glossary()),
            Page::Search => View::Search(self.search()),
            Page::NotFound => View::NotFound(self.not_found()),
            Page::CalendarFile | Page::Pdf(_) | Page::Source(_) | Page::Asset(_) => return None,
        })
    }

    /// Returns the list page of a folder, as links to folders mean it.
    fn folder(&self, path: &str) -> Option<Page> {
        if !self.handbook.corpus().settings.is_workspace {
            return Some(Page::Folder(path.to_owned()));
        }
        let path = path.strip_prefix("content/").unwrap_or(path);
        match path {
            "policies" => Some(Page::Kind(Kind::Policy)),
            "procedures" => Some(Page::Kind(Kind::Procedure)),
            "narratives" => Some(Page::Kind(Kind::Narrative)),
            "controls" => Some(Page::Controls),
            "registers" => Some(Page::Registers),
            "evidence" => Some(Page::Evidence),
            _ => None,
        }
    }

    /// Returns the documents that have pages: those of the trust center have theirs there.
    fn shown_documents(&self) -> impl Iterator<Item = (u32, &'e Document)> {
        (0u32..)
            .zip(self.handbook.corpus().documents.iter().map(Arc::as_ref))
            .filter(|(_, document)| document.kind != Kind::Page)
    }
}

fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

fn add_fixed(handbook: &Handbook<'_>, routes: &mut Routes<Page>) {
    let corpus = handbook.corpus();
    let mut fixed = vec![
        ("index.html".to_owned(), Page::Home),
        ("search.html".to_owned(), Page::Search),
        ("404.html".to_owned(), Page::NotFound),
    ];
    if corpus.settings.is_workspace {
        for kind in [Kind::Policy, Kind::Procedure, Kind::Narrative] {
            fixed.push((format!("{}/index.html", kind.plural().to_lowercase()), Page::Kind(kind)));
        }
        fixed.extend([
            ("controls/index.html".to_owned(), Page::Controls),
            ("frameworks/index.html".to_owned(), Page::Frameworks),
            ("registers/index.html".to_owned(), Page::Registers),
            ("evidence/index.html".to_owned(), Page::Evidence),
            ("people/index.html".to_owned(), Page::People),
            ("calendar.html".to_owned(), Page::Calendar),
            ("calendar.ics".to_owned(), Page::CalendarFile),
            ("glossary.html".to_owned(), Page::Glossary),
        ]);
        for (index, control) in corpus.controls.iter().enumerate() {
            fixed.push((
                format!("controls/{}.html", file_name(control.id.value.as_str())),
                Page::Control(number(index)),
            ));
        }
        for (index, framework) in corpus.frameworks.iter().enumerate() {
            let folder = format!("frameworks/{}", file_name(&framework.id));
            fixed.push((format!("{folder}/index.html"), Page::Framework(number(index))));
            fixed.push((format!("{folder}/matrix.html"), Page::Matrix(number(index))));
            for (inner, (_, requirement)) in framework.requirements().enumerate() {
                let page = Page::Requirement(number(index), number(inner));
                fixed.push((format!("{folder}/{}.html", file_name(&requirement.id)), page));
            }
        }
        for (index, (schema, _)) in corpus.registers.iter().enumerate() {
            fixed.push((format!("registers/{}.html", schema.name), Page::Register(number(index))));
        }
        for (index, person) in corpus.people.iter().enumerate() {
            fixed.push((
                format!("people/{}.html", file_name(person.id.value.as_str())),
                Page::Person(number(index)),
            ));
        }
        for (index, role) in corpus.roles.iter().enumerate() {
            fixed.push((
                format!("roles/{}.html", file_name(role.id.value.as_str())),
                Page::Role(number(index)),
            ));
        }
    }
    for (path, page) in fixed {
        // Ids that differ only in their signs, `AC-01` and `AC_01`, would have one address.
        routes.place(&path, &page);
    }
}

/// Makes a name for a file of an id: lower case, without brackets.
fn file_name(id: &str) -> String {
    let mut name = String::new();
    for c in id.to_lowercase().chars() {
        if c.is_alphanumeric() || c == '.' {
            name.push(c);
        } else if !name.ends_with('-') {
            name.push('-');
        }
    }
    name.trim_matches('-').to_owned()
}

fn add_documents(
    handbook: &Handbook<'_>,
    with_pdfs: bool,
    routes: &mut Routes<Page>,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, u32> {
    let corpus = handbook.corpus();
    let mut folders = BTreeSet::new();
    let mut indexes = BTreeMap::new();
    for (number, document) in (0u32..).zip(&corpus.documents) {
        if document.kind == Kind::Page {
            continue;
        }
        let path = page_path(document);
        let page = Page::Document(number);
        if let Some(folder) =
            path.strip_suffix("/index.html").filter(|_| document.kind == Kind::Text)
        {
            indexes.entry(folder.to_owned()).or_insert(number);
        }
        let is_workspace = corpus.settings.is_workspace;
        let added =
            if is_workspace { routes.add(&path, page) } else { routes.add_near(&path, &page) };
        if let Err(taken) = added {
            let place = document.head_place(Span::default());
            let message = format!("`{path}` is the address of two pages");
            let mut diagnostic = Diagnostic::new(&address_collision::RULE, place, message)
                .help("rename one of the files; letters that differ only in case do not count");
            if let Page::Document(other) = taken {
                diagnostic = diagnostic
                    .related(corpus.document(other).head_place(Span::default()), "the other one");
            }
            if !is_workspace {
                diagnostic.level = Level::Note;
                if let Some(address) = routes.address(&Page::Document(number)) {
                    diagnostic.message =
                        format!("this page stands at `{address}`, since `{path}` is taken");
                }
            }
            diagnostics.push(diagnostic);
            if is_workspace {
                continue;
            }
        }
        let path = routes.address(&Page::Document(number)).map(ToString::to_string).unwrap_or(path);
        let stem = path.strip_suffix(".html").unwrap_or(&path);
        if corpus.settings.is_workspace {
            let id = document.id.value.as_str();
            routes.place(&format!("{stem}.md"), &Page::Source(number));
            if with_pdfs {
                routes.place(&format!("pdf/{id}.pdf"), &Page::Pdf(number));
            }
        } else {
            if with_pdfs {
                routes.place(&format!("pdf/{stem}.pdf"), &Page::Pdf(number));
            }
            let mut folder = document.path.as_ref();
            while let Some((parent, _)) = folder.rsplit_once('/') {
                folders.insert(parent.to_owned());
                folder = parent;
            }
        }
    }
    for folder in folders {
        if !indexes.contains_key(&folder) {
            routes.place(&format!("{folder}/index.html"), &Page::Folder(folder.clone()));
        }
    }
    indexes
}

/// Returns where the page of a document stands: where its file stands, and an index or read-me is
/// the index of its folder.
fn page_path(document: &Document) -> String {
    let path = document.short_path();
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let is_index = document.kind == Kind::Text
        && matches!(name, "README" | "readme" | "Readme" | "_index" | "index");
    match (is_index, folder) {
        (true, "") => "readme.html".to_owned(),
        (true, folder) => format!("{folder}/index.html"),
        (false, _) => format!("{path}.html"),
    }
}

fn add_assets(handbook: &Handbook<'_>, routes: &mut Routes<Page>) {
    let corpus = handbook.corpus();
    let linked =
        corpus.links.iter().flat_map(|links| links.iter()).filter_map(|link| match &link.target {
            Target::Asset(path) => Some(path.clone()),
            _ => None,
        });
    let proof = corpus.evidence.iter().filter_map(crate::model::control::Evidence::file_path);
    let proof = proof.filter(|path| corpus.assets.contains_key(path.as_str()));
    for path in linked.chain(proof) {
        let page = Page::Asset(path);
        let Page::Asset(path) = &page else { continue };
        if routes.address(&page).is_none() {
            let place = path.strip_prefix("content/").unwrap_or(path);
            routes.place(&format!("files/{place}"), &page);
        }
    }
}

/// Returns a word for a kind of record as a title: "Policy exception".
pub fn kind_word(singular: &str) -> String {
    title_case(singular)
}
