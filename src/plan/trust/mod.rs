//! The trust center to pages: which there are, where they stand, and what their templates see.
//!
//! Everything here comes from a [`TrustCenter`]: side files, counts and structured data included.

mod compliance;
mod document;
mod frame;
mod machine;
mod page;

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::edition::{PublicText, TrustCenter};
use crate::markup::{self, Destination, Pages};
use crate::model::address::Address;
use crate::model::body::{Body, Disclosed};
use crate::model::link::{PublicLink, PublicTarget};
use crate::plan::route::Routes;
use crate::plan::view::Html;
use crate::plan::view::trust as view;
use crate::resolve::rules::address_collision;
use crate::span::{Place, Span};

/// A page or file of the trust center.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Page {
    /// The first page.
    Overview,
    /// Attestations and frameworks.
    Compliance,
    /// Controls.
    Controls,
    /// The library.
    Documents,
    /// A governed document, by number.
    Document(usize),
    /// A free page, by number of the document.
    Free(usize),
    /// Subprocessors.
    Subprocessors,
    /// Questions.
    Questions,
    /// News.
    Updates,
    /// Whom to ask.
    Contact,
    /// What is not covered.
    NotCovered,
    /// What words mean.
    Glossary,
    /// The page for addresses that lead nowhere.
    NotFound,
    /// `security.txt`.
    SecurityTxt,
    /// `robots.txt`.
    Robots,
    /// `sitemap.xml`.
    Sitemap,
    /// News as Atom.
    UpdatesAtom,
    /// News as JSON Feed.
    UpdatesJson,
    /// Subprocessors as JSON.
    SubprocessorsJson,
    /// Subprocessors as CSV.
    SubprocessorsCsv,
    /// Changes of subprocessors as Atom.
    SubprocessorsAtom,
    /// `llms.txt`.
    Llms,
    /// Headers for the host.
    Headers,
    /// A document as PDF, by number.
    Pdf(usize),
    /// A file that public text shows, by path in the workspace.
    Asset(String),
}

/// What a page shows.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[expect(clippy::large_enum_variant, reason = "one is made for a page, rendered and dropped")]
pub enum View {
    /// The first page.
    Overview(view::Overview),
    /// Attestations and frameworks.
    Compliance(view::Compliance),
    /// Controls.
    Controls(view::Controls),
    /// The library.
    Documents(view::Documents),
    /// A governed document.
    Document(view::DocumentPage),
    /// A free page.
    Free(view::FreePage),
    /// Subprocessors.
    Subprocessors(view::Subprocessors),
    /// Questions.
    Questions(view::Questions),
    /// News.
    Updates(view::Updates),
    /// Whom to ask.
    Contact(view::Contact),
    /// What is not covered.
    NotCovered(view::NotCovered),
    /// What words mean.
    Glossary(view::Glossary),
    /// The page for addresses that lead nowhere.
    NotFound(view::NotFound),
}

/// All pages of the trust center.
#[derive(Debug)]
pub struct TrustPlan<'e> {
    edition: &'e TrustCenter,
    routes: Routes<Page>,
    /// Files that stand at the address of another, with whose bytes they agree.
    twins: BTreeMap<Page, Page>,
}

impl<'e> TrustPlan<'e> {
    /// Gives every page its address, and reports free pages whose address is taken. Those of other
    /// documents are theirs in the handbook too, whose plan reports them.
    #[must_use]
    pub fn new(edition: &'e TrustCenter, with_pdfs: bool) -> (Self, Vec<Diagnostic>) {
        let mut routes = Routes::default();
        let mut diagnostics = Vec::new();
        let mut pages = vec![
            ("index.html".to_owned(), Page::Overview),
            ("documents.html".to_owned(), Page::Documents),
            ("contact.html".to_owned(), Page::Contact),
            ("404.html".to_owned(), Page::NotFound),
            ("robots.txt".to_owned(), Page::Robots),
            ("_headers".to_owned(), Page::Headers),
        ];
        let mut add = |is_there: bool, path: &str, page: Page| {
            if is_there {
                pages.push((path.to_owned(), page));
            }
        };
        add(
            !edition.attestations().is_empty() || !edition.frameworks().is_empty(),
            "compliance.html",
            Page::Compliance,
        );
        add(!edition.controls().is_empty(), "controls.html", Page::Controls);
        let has_subprocessors = !edition.subprocessors().is_empty();
        add(has_subprocessors, "subprocessors.html", Page::Subprocessors);
        add(has_subprocessors, "subprocessors.json", Page::SubprocessorsJson);
        add(has_subprocessors, "subprocessors.csv", Page::SubprocessorsCsv);
        add(!edition.questions().is_empty(), "questions.html", Page::Questions);
        add(!edition.updates().is_empty(), "updates.html", Page::Updates);
        add(!edition.not_covered().is_empty(), "not-covered.html", Page::NotCovered);
        let has_url = edition.url().is_some();
        add(has_url && has_subprocessors, "subprocessors.atom", Page::SubprocessorsAtom);
        add(has_url && !edition.updates().is_empty(), "updates.atom", Page::UpdatesAtom);
        add(has_url && !edition.updates().is_empty(), "updates.json", Page::UpdatesJson);
        add(!edition.terms().is_empty(), "glossary.html", Page::Glossary);
        // A map of pages that ask not to be indexed would contradict them.
        let is_indexed = !*edition.is_demo();
        add(has_url && is_indexed, "sitemap.xml", Page::Sitemap);
        add(is_indexed, "llms.txt", Page::Llms);
        let has_security_txt =
            edition.security_txt().is_some() && edition.security_contact().is_some();
        add(has_security_txt, ".well-known/security.txt", Page::SecurityTxt);
        for (index, document) in edition.documents().iter().enumerate() {
            let page = if *document.is_page() { Page::Free(index) } else { Page::Document(index) };
            pages.push((format!("{}.html", document.stem()), page));
        }
        for (path, page) in pages {
            if let Err(taken) = routes.add(&path, page.clone()) {
                diagnostics.extend(collision(edition, &path, &page, &taken));
            }
        }
        for (index, document) in edition.documents().iter().enumerate() {
            if with_pdfs && !document.is_page() {
                routes.place(&format!("pdf/{}.pdf", document.id()), &Page::Pdf(index));
            }
        }
        let mut twins = BTreeMap::new();
        for (path, asset) in edition.files() {
            let page = Page::Asset(path.to_string());
            if let Err(first) = routes.add(&asset.address(path), page.clone()) {
                twins.insert(page, first);
            }
        }
        (Self { edition, routes, twins }, diagnostics)
    }

    /// Returns the edition.
    #[must_use]
    pub fn edition(&self) -> &'e TrustCenter {
        self.edition
    }

    /// Returns all pages in the order of their addresses.
    pub fn pages(&self) -> impl Iterator<Item = (&Address, &Page)> {
        self.routes.iter()
    }

    /// Returns the address of a page that exists.
    #[must_use]
    pub fn address(&self, page: &Page) -> Option<&Address> {
        self.routes.address(self.twins.get(page).unwrap_or(page))
    }

    /// Returns what a page shows; nothing for pages that are files.
    #[must_use]
    pub fn view(&self, page: &Page) -> Option<View> {
        Some(match page {
            Page::Overview => View::Overview(self.overview()),
            Page::Compliance => View::Compliance(self.compliance()),
            Page::Controls => View::Controls(self.controls()),
            Page::Documents => View::Documents(self.documents()),
            Page::Document(index) => View::Document(self.document(*index)),
            Page::Free(index) => View::Free(self.free(*index)),
            Page::Subprocessors => View::Subprocessors(self.subprocessors()),
            Page::Questions => View::Questions(self.questions()),
            Page::Updates => View::Updates(self.updates()),
            Page::Contact => View::Contact(self.contact()),
            Page::NotCovered => View::NotCovered(self.not_covered()),
            Page::Glossary => View::Glossary(self.glossary()),
            Page::NotFound => View::NotFound(self.not_found()),
            Page::SecurityTxt
            | Page::Robots
            | Page::Sitemap
            | Page::UpdatesAtom
            | Page::UpdatesJson
            | Page::SubprocessorsJson
            | Page::SubprocessorsCsv
            | Page::SubprocessorsAtom
            | Page::Llms
            | Page::Headers
            | Page::Pdf(_)
            | Page::Asset(_) => return None,
        })
    }

    /// Returns where a public link leads.
    #[must_use]
    pub fn destination(&self, from: &Address, target: &PublicTarget) -> Option<String> {
        match target {
            PublicTarget::Document(id, anchor) => {
                let index = self.edition.documents().iter().position(|it| it.id() == id)?;
                let page = if *self.edition.documents()[index].is_page() {
                    Page::Free(index)
                } else {
                    Page::Document(index)
                };
                Some(from.href_to(self.address(&page)?, anchor.as_deref()))
            }
            PublicTarget::Here(anchor) => Some(from.href_to(from, Some(anchor))),
            PublicTarget::Control(id) => {
                Some(from.href_to(self.address(&Page::Controls)?, Some(id.as_str())))
            }
            PublicTarget::Asset(path) => {
                Some(from.href_to(self.address(&Page::Asset(path.clone()))?, None))
            }
            PublicTarget::Web(address) => Some(address.clone()),
        }
    }

    /// Returns the words for what a link points to, for links that have none of their own.
    #[must_use]
    pub fn title(&self, target: &PublicTarget) -> Option<String> {
        match target {
            PublicTarget::Document(id, _) => self
                .edition
                .documents()
                .iter()
                .find(|it| it.id() == id)
                .map(|it| it.title().to_string()),
            PublicTarget::Control(id) => self
                .edition
                .controls()
                .iter()
                .find(|it| it.id() == id)
                .map(|it| it.title().to_string()),
            PublicTarget::Web(address) => Some(address.clone()),
            PublicTarget::Here(_) | PublicTarget::Asset(_) => None,
        }
    }

    /// Returns a short text as HTML.
    fn html(&self, from: &Address, body: &Body<Disclosed>) -> Html {
        let pages = TrustPages { plan: self, from };
        Html(markup::body(body, &pages, &|_, text| markup::escape(text)))
    }

    /// Returns a short text as words.
    fn plain(&self, body: &Body<Disclosed>) -> String {
        markup::plain(body, &|link: &PublicLink| self.title(link.target()))
    }
}

/// Reports a page whose address another one has, where one of the two is a free page.
fn collision(edition: &TrustCenter, path: &str, page: &Page, taken: &Page) -> Option<Diagnostic> {
    let place = |page: &Page| {
        let (Page::Free(index) | Page::Document(index)) = page else { return None };
        Some(Place::new(edition.documents()[*index].source(), Span::default()))
    };
    if !matches!(page, Page::Free(_)) && !matches!(taken, Page::Free(_)) {
        return None;
    }
    let message = format!("`{path}` is the address of two pages");
    let diagnostic = Diagnostic::new(&address_collision::RULE, place(page)?, message)
        .help("rename one of the files; letters that differ only in case do not count");
    Some(match place(taken) {
        Some(other) => diagnostic.related(other, "the other one"),
        None => diagnostic,
    })
}

/// Returns words that may be absent as a view holds them.
fn owned(text: Option<&PublicText>) -> Option<String> {
    text.map(ToString::to_string)
}

/// Where the links of a text lead when it stands on a page of the trust center.
#[derive(Debug)]
pub struct TrustPages<'p, 'e> {
    /// The plan.
    pub plan: &'p TrustPlan<'e>,
    /// The page.
    pub from: &'p Address,
}

impl Pages<Disclosed> for TrustPages<'_, '_> {
    fn link(&self, link: &PublicLink) -> Option<Destination<'_>> {
        let href = self.plan.destination(self.from, link.target())?;
        Some(Destination {
            href: Cow::Owned(href),
            title: Cow::Owned(self.plan.title(link.target()).unwrap_or_default()),
            external: matches!(link.target(), PublicTarget::Web(_)),
        })
    }

    fn image(&self, image: &PublicLink) -> Option<Cow<'_, str>> {
        self.plan.destination(self.from, image.target()).map(Cow::Owned)
    }
}
