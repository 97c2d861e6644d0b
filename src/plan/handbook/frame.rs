//! What stands around every page, and small pieces that many pages share.

use std::borrow::Cow;

use super::marks::{Found, Meaning};
use super::{HandbookPlan, Page, number, words};
use crate::markup::{self, Destination, Mark, Pages};
use crate::model::address::Address;
use crate::model::assessment::Subject;
use crate::model::body::Resolved;
use crate::model::document::{Document, Kind};
use crate::model::link::{Link, Target};
use crate::plan::view::handbook::{
    Frame, Head, Linked, Mention, Navigation, NavigationGroup, NavigationSection,
};
use crate::plan::view::{Cell, Chip, HrefText, Html, Icon, Notice, Tone};
use crate::resolve;

/// The most pages that the navigation of a section lists.
const NAVIGATION_LIMIT: usize = 150;

/// A part of the handbook, with the pages that its navigation lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its title.
    pub title: String,
    /// Its list page.
    pub page: Page,
    /// Its pages in groups: title, pages.
    pub groups: Vec<(String, Vec<Page>)>,
}

impl HandbookPlan<'_> {
    /// Divides the handbook into sections.
    pub(super) fn make_sections(&self) -> Vec<Section> {
        if !self.handbook.corpus().settings.is_workspace {
            return self.folder_sections();
        }
        let corpus = self.handbook.corpus();
        let flat = |title: &str, page: Page, pages: Vec<Page>| Section {
            title: title.to_owned(),
            page,
            groups: vec![(String::new(), pages)],
        };
        let documents = |kind: Kind| {
            let mut found: Vec<_> =
                self.shown_documents().filter(|(_, document)| document.kind == kind).collect();
            found.sort_by(|a, b| a.1.title.value.cmp(&b.1.title.value));
            found.into_iter().map(|(index, _)| Page::Document(index)).collect::<Vec<_>>()
        };
        let mut sections = Vec::new();
        for kind in [Kind::Policy, Kind::Procedure, Kind::Narrative] {
            sections.push(flat(kind.plural(), Page::Kind(kind), documents(kind)));
        }
        let mut families: Vec<(String, Vec<Page>)> = Vec::new();
        for (index, control) in corpus.controls.iter().enumerate() {
            let title = title_case(&control.family);
            match families.last_mut() {
                Some((last, pages)) if *last == title => pages.push(Page::Control(number(index))),
                _ => families.push((title, vec![Page::Control(number(index))])),
            }
        }
        sections.push(Section {
            title: "Controls".to_owned(),
            page: Page::Controls,
            groups: families,
        });
        let frameworks =
            (0..corpus.frameworks.len()).map(|index| Page::Framework(number(index))).collect();
        sections.push(flat("Frameworks", Page::Frameworks, frameworks));
        let registers =
            (0..corpus.registers.len()).map(|index| Page::Register(number(index))).collect();
        sections.push(flat("Registers", Page::Registers, registers));
        sections.push(flat("Evidence", Page::Evidence, Vec::new()));
        sections.push(flat("Approvals", Page::Approvals, Vec::new()));
        sections.push(flat("People and roles", Page::People, Vec::new()));
        sections.push(flat("Review calendar", Page::Calendar, Vec::new()));
        sections.push(flat("Glossary", Page::Glossary, Vec::new()));
        sections
    }

    /// Makes one section a folder, for folders that are no workspaces.
    fn folder_sections(&self) -> Vec<Section> {
        let title = |folder: &str| {
            let name = folder.rsplit('/').next().unwrap_or(folder);
            if folder.is_empty() { "Top level".to_owned() } else { title_case(name) }
        };
        self.folders
            .iter()
            .map(|(folder, documents)| Section {
                title: title(folder),
                page: if folder.is_empty() { Page::Home } else { Page::Folder(folder.clone()) },
                groups: vec![(
                    String::new(),
                    documents.iter().copied().map(Page::Document).collect(),
                )],
            })
            .collect()
    }

    /// Returns all sections.
    #[must_use]
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// Returns the section that a page belongs to.
    #[must_use]
    pub fn section_of(&self, page: &Page) -> Option<usize> {
        let corpus = self.handbook.corpus();
        let wanted = match page {
            Page::Document(index) | Page::Proposed(index) => {
                let document = corpus.document(*index);
                if corpus.settings.is_workspace {
                    Page::Kind(document.kind)
                } else {
                    match document.path.rsplit_once('/') {
                        Some((folder, _)) => Page::Folder(folder.to_owned()),
                        None => Page::Home,
                    }
                }
            }
            Page::Control(_) => Page::Controls,
            Page::Framework(_) | Page::Matrix(_) | Page::Requirement(..) => Page::Frameworks,
            Page::Register(_) => Page::Registers,
            Page::Person(_) | Page::Role(_) => Page::People,
            other => other.clone(),
        };
        self.section_numbers.get(&wanted).copied()
    }

    /// Returns the navigation as seen from the folder of a page, with one section open.
    #[must_use]
    pub fn navigation(&self, from: &Address, open: Option<usize>) -> Navigation {
        let is_workspace = self.handbook.corpus().settings.is_workspace;
        let sections = self.sections.iter().enumerate().filter(|(index, section)| {
            // Of thousands of folders only the ones at the top and the open one are listed.
            let is_top = !matches!(&section.page, Page::Folder(path) if path.contains('/'));
            is_workspace || Some(*index) == open || (is_top && *index < NAVIGATION_LIMIT)
        });
        let sections = sections.map(|(index, section)| NavigationSection {
            link: self.link(from, &section.page, section.title.clone()),
            groups: if Some(index) == open {
                self.navigation_groups(from, section)
            } else {
                Vec::new()
            },
        });
        Navigation { sections: sections.collect() }
    }

    fn navigation_groups(&self, from: &Address, section: &Section) -> Vec<NavigationGroup> {
        let mut left = NAVIGATION_LIMIT;
        let mut groups = Vec::new();
        for (title, pages) in &section.groups {
            let shown = &pages[..pages.len().min(left)];
            left -= shown.len();
            let mut links: Vec<HrefText> =
                shown.iter().map(|page| self.link(from, page, self.page_title(page))).collect();
            if shown.len() < pages.len() {
                links.push(self.link(from, &section.page, format!("All {}", pages.len())));
            }
            if !links.is_empty() {
                groups.push(NavigationGroup { title: title.clone(), links });
            }
        }
        groups
    }

    /// Returns what stands around a page.
    pub(super) fn frame(&self, page: &Page, title: &str, breadcrumb: &[(&Page, &str)]) -> Frame {
        let settings = &self.handbook.corpus().settings;
        let Some(address) = self.routes.address(page) else { return Frame::default() };
        let root = "../".repeat(address.as_str().matches('/').count());
        let mut crumbs = vec![self.link(address, &Page::Home, "Handbook".to_owned())];
        crumbs.extend(
            breadcrumb.iter().map(|(page, text)| self.link(address, page, (*text).to_owned())),
        );
        let name = &settings.organisation.name;
        Frame {
            language: settings.language.clone(),
            direction: direction(&settings.language).to_owned(),
            organisation: name.clone(),
            site_title: "Handbook".to_owned(),
            page_title: title.to_owned(),
            description: String::new(),
            root: root.clone(),
            styles: vec![format!("{root}assets/base.css"), format!("{root}assets/handbook.css")],
            script: format!("{root}assets/handbook.js"),
            deferred_scripts: vec![format!("{root}assets/search.js")],
            content_security_policy: None,
            notices: self.notices(),
            releases: None,
            breadcrumb: if *page == Page::Home { Vec::new() } else { crumbs },
            nav_html: Html::default(),
            edition: self.edition(page),
            footer: Vec::new(),
        }
    }

    /// Returns what the footer says. Pages of states say for which day; the others would be made
    /// again every day for a date on which nothing of theirs depends.
    fn edition(&self, page: &Page) -> Vec<String> {
        let settings = &self.handbook.corpus().settings;
        let name = match settings.organisation.name.as_str() {
            "" => "Handbook".to_owned(),
            name => format!("{name} handbook"),
        };
        let mut parts = vec![name, "For staff".to_owned()];
        let is_of_states = settings.is_workspace
            && !matches!(
                page,
                Page::Document(_)
                    | Page::Proposed(_)
                    | Page::Glossary
                    | Page::Search
                    | Page::NotFound
            );
        if is_of_states {
            let today = words::day(self.handbook.assessment().today);
            parts.push(format!("States as of {today}"));
        }
        parts
    }

    fn notices(&self) -> Vec<Notice> {
        let settings = &self.handbook.corpus().settings;
        let mut notices = Vec::new();
        if settings.is_demo {
            notices.push(Notice {
                status: words::status(Icon::Info, "Fictional demonstration", Tone::Info),
                text: format!("{} and everyone in it are invented.", settings.organisation.name),
                link: None,
            });
        }
        notices
    }

    /// Returns a link to a page.
    pub(super) fn link(&self, from: &Address, page: &Page, text: String) -> HrefText {
        let href = self.address(page).map(|to| from.href_to(to, None)).unwrap_or_default();
        HrefText { href, text }
    }

    /// Returns the address of the page itself; every page that is shown has one.
    pub(super) fn at(&self, page: &Page) -> Address {
        self.routes
            .address(page)
            .cloned()
            .or_else(|| Address::parse("index.html"))
            .unwrap_or_else(|| unreachable!("`index.html` is an address"))
    }

    pub(super) fn page_title(&self, page: &Page) -> String {
        let corpus = self.handbook.corpus();
        match page {
            Page::Document(index) => corpus.document(*index).title.value.clone(),
            Page::Control(index) => {
                let control = &corpus.controls[*index as usize];
                format!("{} {}", control.id.value, control.title)
            }
            Page::Framework(index) => corpus.frameworks[*index as usize].short_title.clone(),
            Page::Register(index) => corpus.registers[*index as usize].0.title.to_owned(),
            _ => String::new(),
        }
    }

    /// Returns a person or role as a cell with a link.
    pub(super) fn owner(&self, from: &Address, owner: &str) -> Cell {
        let corpus = self.handbook.corpus();
        let words = corpus.owner_words(owner).to_owned();
        let target = if corpus.role(owner).is_some() {
            Target::Role(owner.to_owned())
        } else {
            Target::Person(owner.to_owned())
        };
        let holder = corpus.role(owner).and_then(|role| {
            let today = self.handbook.assessment().today;
            let holder = role.holders.iter().find(|holder| holder.holds_on(today))?;
            corpus.person(&holder.person.value).map(|person| person.name.clone())
        });
        let cell = match self.destination(from, &target) {
            Some(href) => Cell::link(href, words),
            None => Cell::text(words),
        };
        match holder {
            Some(holder) => cell.note(holder),
            None => cell,
        }
    }

    /// Returns a document as a line of a list.
    pub(super) fn linked_document(&self, from: &Address, index: u32) -> Linked {
        let document = self.handbook.corpus().document(index);
        let standing = &self.handbook.assessment().documents[index as usize];
        Linked {
            id: Self::shown_id(document),
            link: self.link(from, &Page::Document(index), document.title.value.clone()),
            status: words::lifecycle(standing),
            note: String::new(),
        }
    }

    /// Returns a control as a line of a list.
    pub(super) fn linked_control(&self, from: &Address, index: u32) -> Linked {
        let control = &self.handbook.corpus().controls[index as usize];
        let state = &self.handbook.assessment().controls[index as usize];
        Linked {
            id: control.id.value.to_string(),
            link: self.link(from, &Page::Control(index), control.title.clone()),
            status: Some(words::step(Some(state.step))),
            note: String::new(),
        }
    }

    /// Returns what something is about as a line of a list, and who answers for it.
    pub(super) fn subject(&self, from: &Address, subject: Subject) -> (Linked, Cell) {
        let corpus = self.handbook.corpus();
        let (line, owner) = match subject {
            Subject::Document(index) => {
                let owner = corpus.document(index).owner.as_ref().map(|it| it.value.as_str());
                (self.linked_document(from, index), owner)
            }
            Subject::Control(index) => {
                let owner = corpus.controls[index as usize].owner.as_ref();
                (self.linked_control(from, index), owner.map(|it| it.value.as_str()))
            }
            Subject::Record(register, index) => {
                let record = &corpus.registers[register as usize].1[index as usize];
                (self.linked_record(from, record), record.text("owner"))
            }
        };
        (line, owner.map_or_else(Cell::default, |owner| self.owner(from, owner)))
    }

    /// Returns the id of a document as pages show it: nothing where it was made from the path.
    pub(super) fn shown_id(document: &Document) -> String {
        if document.has_own_id { document.id.value.to_string() } else { String::new() }
    }

    /// Returns the sentences in which documents speak of something.
    pub(super) fn mentions(&self, from: &Address, target: &Target) -> Vec<Mention> {
        let corpus = self.handbook.corpus();
        let mut seen = std::collections::BTreeSet::new();
        let found = corpus.mentions.get(target);
        found
            .iter()
            .filter_map(|mention| {
                let document = corpus.document(mention.document);
                let entry = document.outline.references.get(mention.slot as usize)?;
                if !seen.insert((mention.document, entry.sentence.clone())) {
                    return None;
                }
                let href = self.destination(
                    from,
                    &Target::Document { index: mention.document, anchor: entry.section.clone() },
                )?;
                Some(Mention {
                    id: Self::shown_id(document),
                    link: HrefText { href, text: document.title.value.clone() },
                    sentence_html: self.sentence(from, &entry.sentence),
                })
            })
            .collect()
    }

    /// Returns words of a document, in which only variables have a meaning, as a paragraph.
    pub(super) fn sentence(&self, from: &Address, words: &str) -> Html {
        if words.contains("{{") {
            return self.text_html(from, &markup::escape_markdown(words));
        }
        Html(format!("<p>{}</p>\n", markup::escape(words)))
    }

    /// Returns a short text of a data file as HTML.
    pub(super) fn text_html(&self, from: &Address, text: &str) -> Html {
        let body = resolve::text(self.handbook.corpus(), text);
        let pages = HandbookPages { plan: self, from, is_marked: false };
        Html(markup::body(&body, &pages, &|_, text| markup::escape(text)))
    }

    /// Returns the title of a page with its state.
    pub(super) fn head(kind: &str, id: &str, title: &str) -> Head {
        Head {
            kind: kind.to_owned(),
            id: id.to_owned(),
            title: title.to_owned(),
            ..Head::default()
        }
    }

    /// Returns chips for words that lead nowhere.
    pub(super) fn chips(texts: impl IntoIterator<Item = impl Into<String>>) -> Vec<Chip> {
        texts.into_iter().map(|text| Chip { text: text.into(), href: None }).collect()
    }
}

/// Where the links of a text lead when it stands on a page of the handbook.
pub struct HandbookPages<'p, 'e> {
    /// The plan.
    pub plan: &'p HandbookPlan<'e>,
    /// The page.
    pub from: &'p Address,
    /// Whether ids and terms in the text lead to what they name.
    pub is_marked: bool,
}

impl Pages<Resolved> for HandbookPages<'_, '_> {
    fn link(&self, link: &Link) -> Option<Destination<'_>> {
        let href = self.plan.destination(self.from, &link.target)?;
        Some(Destination {
            href: Cow::Owned(href),
            title: Cow::Owned(self.plan.title(&link.target).unwrap_or_default()),
            external: matches!(link.target, Target::Web(_)),
        })
    }

    fn image(&self, image: &Link) -> Option<Cow<'_, str>> {
        self.plan.destination(self.from, &image.target).map(Cow::Owned)
    }

    fn marks(&self, text: &str) -> Vec<Mark<'_>> {
        if !self.is_marked {
            return Vec::new();
        }
        let found = self.plan.lexicon.find(text);
        let own = self.from.href_to(self.from, None);
        let mark = |Found { range, meaning }: Found<'_>| {
            let (href, title, term) = match meaning {
                Meaning::Term(number) => {
                    let (href, definition) = self.plan.term(self.from, number)?;
                    (href, definition, Some(number))
                }
                Meaning::Id(target) => {
                    (self.plan.destination(self.from, target)?, self.plan.title(target)?, None)
                }
            };
            let mark = Mark { range, href: Cow::Owned(href), title: Cow::Owned(title), term };
            (mark.href != own).then_some(mark)
        };
        found.into_iter().filter_map(mark).collect()
    }
}

/// Makes a title of a file name: `change-management` becomes "Change management".
pub(in crate::plan) fn title_case(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Returns the direction in which a language is written.
pub(in crate::plan) fn direction(language: &str) -> &'static str {
    let primary = language.split('-').next().unwrap_or_default();
    if matches!(primary, "ar" | "dv" | "fa" | "he" | "ps" | "ur" | "yi") { "rtl" } else { "ltr" }
}
