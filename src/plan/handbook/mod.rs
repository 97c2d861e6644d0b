//! The handbook to pages: which there are, where they stand, and what their templates see.
//!
//! Views are made on demand, by [`HandbookPlan::view`]: tens of thousands of them are never held
//! at once.

mod act;
mod addresses;
mod applicability;
mod approvals;
mod approved_item;
mod calendar;
mod control;
mod document;
mod endorsed;
mod evidence;
mod frame;
mod framework;
mod home;
mod list;
mod marks;
mod people;
mod proposed;
mod register;
pub(super) mod words;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::diagnostic::Diagnostic;
use crate::edition::Handbook;
use crate::model::address::Address;
use crate::model::document::{Document, Kind};
use crate::model::fingerprint::Fingerprint;
use crate::model::link::Target;
use crate::plan::route::Routes;
use crate::plan::view::handbook as view;

pub use self::act::Verdict;
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
    /// What the file of a document holds while another text is in force, by number.
    Proposed(u32),
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
    /// Everything that was approved, reviewed, rejected; keys and who vouches for them.
    Approvals,
    /// The standing of every document, for machines.
    DocumentsFile,
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
    Document(Box<view::DocumentPage>),
    /// What is proposed for a document.
    Proposed(view::ProposedPage),
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
            Self::Proposed(view) => &mut view.frame,
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
    /// The documents whose place each document took, by its id in lower case.
    superseded: BTreeMap<String, Vec<u32>>,
    /// What words of documents lead somewhere of themselves.
    lexicon: marks::Lexicon,
    /// What the terms mean, as plain text.
    definitions: OnceLock<Vec<String>>,
    lexicon_fingerprint: OnceLock<Fingerprint>,
    /// The records that name each document and control, by the numbers of register and record.
    records: BTreeMap<Target, Vec<(usize, usize)>>,
}

impl<'e> HandbookPlan<'e> {
    /// Gives every page its address; reports sources that would share one.
    #[must_use]
    pub fn new(handbook: Handbook<'e>, with_pdfs: bool) -> (Self, Vec<Diagnostic>) {
        let mut routes = Routes::default();
        let mut diagnostics = Vec::new();
        let indexes = addresses::add_all(&handbook, with_pdfs, &mut routes, &mut diagnostics);
        let mut plan = Self {
            handbook,
            routes,
            sections: Vec::new(),
            section_numbers: BTreeMap::new(),
            folders: BTreeMap::new(),
            indexes,
            procedures: BTreeMap::new(),
            superseded: BTreeMap::new(),
            lexicon: if handbook.corpus().settings.is_workspace {
                marks::Lexicon::new(handbook.corpus())
            } else {
                marks::Lexicon::default()
            },
            definitions: OnceLock::new(),
            lexicon_fingerprint: OnceLock::new(),
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
            for name in &document.superseded_by {
                plan.superseded.entry(name.value.to_ascii_lowercase()).or_default().push(index);
            }
        }
        plan.sections = plan.make_sections();
        plan.section_numbers = plan.sections.iter().map(|it| it.page.clone()).zip(0..).collect();
        (plan, diagnostics)
    }

    /// Returns a fingerprint of the words that lead somewhere of themselves in every document.
    #[must_use]
    pub fn lexicon(&self) -> Fingerprint {
        let hash = || {
            let terms = self.handbook.corpus().terms.iter().map(|it| (&it.term.value, &it.aliases));
            let terms: Vec<_> = terms.zip(self.definitions()).collect();
            let ids = self.lexicon.ids().map(|(id, target)| (id, target, self.title(target)));
            Fingerprint::of(&(terms, ids.collect::<Vec<_>>()))
        };
        *self.lexicon_fingerprint.get_or_init(hash)
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
            Target::Control(id) => to(Page::Control(corpus.numbers.control(id)?), None),
            Target::Requirement(framework, id) => {
                let (framework, requirement) = corpus.numbers.requirement(framework, id)?;
                to(Page::Requirement(framework, requirement), None)
            }
            Target::Framework(id) => to(Page::Framework(corpus.numbers.framework(id)?), None),
            Target::Record(id) => to(Page::Register(corpus.numbers.record(id)?.0), Some(id)),
            Target::Evidence(id) => to(Page::Evidence, Some(id)),
            Target::Role(id) => to(Page::Role(corpus.numbers.role(id)?), None),
            Target::Person(id) => to(Page::Person(corpus.numbers.person(id)?), None),
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
            Page::Document(index) => View::Document(Box::new(self.document(*index))),
            Page::Proposed(index) => View::Proposed(self.proposed(*index)),
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
            Page::Approvals => View::List(self.approval_list()),
            Page::People => View::List(self.people_list()),
            Page::Person(index) => View::Profile(self.person(*index)),
            Page::Role(index) => View::Profile(self.role(*index)),
            Page::Calendar => View::Calendar(self.calendar()),
            Page::Glossary => View::Glossary(self.glossary()),
            Page::Search => View::Search(self.search()),
            Page::NotFound => View::NotFound(self.not_found()),
            Page::CalendarFile
            | Page::DocumentsFile
            | Page::Pdf(_)
            | Page::Source(_)
            | Page::Asset(_) => return None,
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

/// Returns a word for a kind of record as a title: "Policy exception".
pub fn kind_word(singular: &str) -> String {
    title_case(singular)
}
