//! The trust center's plan to recipes.

use std::collections::BTreeMap;
use std::hash::Hash;

use rayon::prelude::*;

use super::handbook::file;
use super::pdf::{self, Approvals, PdfDocument, PdfPages, PdfRevision, PdfTarget, PdfText};
use super::recipe::{Draft, Recipe, Recipes, RenderFailure};
use super::{Studio, trust_files};
use crate::model::address::Address;
use crate::model::asset::Asset;
use crate::model::audience::Customer;
use crate::model::body::{Block, Disclosed};
use crate::model::fingerprint::Fingerprint;
use crate::model::link::{PublicLink, PublicTarget};
use crate::plan::handbook::HandbookPlan;
use crate::plan::trust::{Page, TrustPlan, View};
use crate::theme;

/// The files of a theme that only the handbook loads.
const NOT_OURS: [&str; 3] = ["handbook.css", "handbook.js", "search.js"];

/// Returns a recipe for every output of the trust center.
#[must_use]
pub fn recipes<'a>(plan: &'a TrustPlan<'a>, studio: &'a Studio<'a>) -> Recipes<'a, Customer> {
    let pages: Vec<(&Address, &Page)> = plan.pages().collect();
    let mut recipes: Vec<Recipe<'a>> =
        pages.into_par_iter().map(|(address, page)| recipe(plan, studio, address, page)).collect();
    for (name, bytes) in studio.theme.assets().filter(|(name, _)| !NOT_OURS.contains(name)) {
        recipes.extend(file(&format!("assets/{name}"), bytes.to_vec()));
    }
    Recipes::new(recipes)
}

fn recipe<'a>(
    plan: &'a TrustPlan<'a>,
    studio: &'a Studio<'a>,
    address: &'a Address,
    page: &'a Page,
) -> Recipe<'a> {
    let begin = Box::new(move || draft(plan, studio, page));
    Recipe { address: address.clone(), is_forced: false, begin }
}

fn draft<'a>(plan: &'a TrustPlan<'a>, studio: &'a Studio<'a>, page: &'a Page) -> Draft<'a> {
    let own = studio.fingerprint;
    match page {
        // The text counts as it is shown: places in the source would tell of restricted blocks.
        Page::Pdf(index) => {
            let facts = pdf_facts(plan, *index);
            let body = plan.body_html(*index, &|_, text| text.to_owned());
            Draft::new(Fingerprint::of(&(own, &facts, body, pictures(plan, *index))), move || {
                make_pdf(plan, studio, *index, &facts)
            })
        }
        Page::Document(index) | Page::Free(index) => {
            let view = plan.view(page);
            let body = plan.body_html(*index, &|_, text| text.to_owned());
            Draft::new(Fingerprint::of(&(own, &view, body)), move || {
                self::view(plan, studio, page, view)
            })
        }
        Page::Asset(path) => {
            let asset = plan.edition().files().get(path.as_str());
            Draft::new(Fingerprint::of(&(own, asset)), move || super::handed_out(asset))
        }
        Page::SecurityTxt => text(own, plan.security_txt(), |it| trust_files::security_txt(&it)),
        Page::Robots => {
            let sitemap = plan.address(&Page::Sitemap).zip(plan.edition().url().as_ref());
            let sitemap = sitemap.map(|(address, url)| format!("{url}/{address}"));
            text(own, sitemap, |it| trust_files::robots_txt(it.as_deref()))
        }
        Page::Sitemap => text(own, plan.sitemap(), |it| trust_files::sitemap_xml(&it[..])),
        Page::UpdatesAtom => text(own, plan.update_feed(), |it| trust_files::atom(&it)),
        Page::UpdatesJson => text(own, plan.update_feed(), |it| trust_files::json_feed(&it)),
        Page::SubprocessorsAtom => text(own, plan.subprocessor_feed(), |it| trust_files::atom(&it)),
        Page::SubprocessorsCsv => {
            let list = plan.subprocessor_list();
            Draft::new(Fingerprint::of(&(own, &list.subprocessors)), move || {
                Ok(trust_files::subprocessors_csv(&list).into_bytes())
            })
        }
        Page::SubprocessorsJson => {
            let list = plan.subprocessor_list();
            Draft::new(Fingerprint::of(&(own, &list)), move || {
                let written = trust_files::subprocessors_json(&list);
                written
                    .map(String::into_bytes)
                    .map_err(|error| RenderFailure::new(error.to_string()))
            })
        }
        Page::Llms => text(own, plan.llms_txt(), |it| trust_files::llms_txt(&it)),
        Page::Headers => text(own, *plan.edition().is_demo(), trust_files::headers),
        Page::Overview
        | Page::Compliance
        | Page::Controls
        | Page::Documents
        | Page::Subprocessors
        | Page::Questions
        | Page::Updates
        | Page::Contact
        | Page::NotCovered
        | Page::Glossary
        | Page::NotFound => {
            let view = plan.view(page);
            Draft::new(Fingerprint::of(&(own, &view)), move || self::view(plan, studio, page, view))
        }
    }
}

/// Drafts a text file from what it says.
fn text<'a, T: Hash + 'a>(
    own: Fingerprint,
    facts: T,
    write: impl FnOnce(T) -> String + 'a,
) -> Draft<'a> {
    Draft::new(Fingerprint::of(&(own, &facts)), move || Ok(write(facts).into_bytes()))
}

fn view(
    plan: &TrustPlan<'_>,
    studio: &Studio<'_>,
    page: &Page,
    view: Option<View>,
) -> Result<Vec<u8>, RenderFailure> {
    let code = |language: Option<&str>, text: &str| studio.highlighter.html(language, text);
    match (view, page) {
        (Some(View::Document(mut view)), Page::Document(index)) => {
            view.body_html = plan.body_html(*index, &code);
            studio.page("trust/document.html", &view)
        }
        (Some(View::Free(mut view)), Page::Free(index)) => {
            view.body_html = plan.body_html(*index, &code);
            studio.page("trust/page.html", &view)
        }
        (Some(View::Overview(view)), _) => studio.page("trust/overview.html", &view),
        (Some(View::Compliance(view)), _) => studio.page("trust/compliance.html", &view),
        (Some(View::Controls(view)), _) => studio.page("trust/controls.html", &view),
        (Some(View::Documents(view)), _) => studio.page("trust/documents.html", &view),
        (Some(View::Document(view)), _) => studio.page("trust/document.html", &view),
        (Some(View::Free(view)), _) => studio.page("trust/page.html", &view),
        (Some(View::Subprocessors(view)), _) => studio.page("trust/subprocessors.html", &view),
        (Some(View::Questions(view)), _) => studio.page("trust/questions.html", &view),
        (Some(View::Updates(view)), _) => studio.page("trust/updates.html", &view),
        (Some(View::Contact(view)), _) => studio.page("trust/contact.html", &view),
        (Some(View::NotCovered(view)), _) => studio.page("trust/not-covered.html", &view),
        (Some(View::Glossary(view)), _) => studio.page("trust/glossary.html", &view),
        (Some(View::NotFound(view)), _) => studio.page("trust/404.html", &view),
        (None, _) => Err(RenderFailure::new("the page has no view")),
    }
}

fn pdf_facts(plan: &TrustPlan<'_>, index: usize) -> PdfDocument {
    let edition = plan.edition();
    let document = &edition.documents()[index];
    let mut facts = Vec::new();
    let mut add =
        |label: &str, text: Option<String>| facts.extend(text.map(|text| (label.to_owned(), text)));
    add("Id", Some(document.id().to_string()));
    add("Version", document.version().clone());
    add("Owner", document.owner().as_ref().map(ToString::to_string));
    let approvals = document.approvals().iter();
    add(
        "Approved by",
        approvals
            .map(|(role, date)| format!("{role}, {}", HandbookPlan::day(*date)))
            .reduce(|a, b| a + "; " + &b)
            .map(|approvals| format!("{approvals} ({})", TrustPlan::approval_words(document))),
    );
    add("Effective", document.effective().map(HandbookPlan::day));
    add("Last reviewed", document.last_reviewed().map(HandbookPlan::day));
    add("Next review", document.next_review().map(HandbookPlan::day));
    let mut footer = vec![document.id().to_string()];
    footer.extend(document.version().as_ref().map(|it| format!("version {it}")));
    footer.extend(document.effective().map(|it| format!("effective {it}")));
    PdfDocument {
        organisation: edition.organisation().name.clone(),
        id: document.id().to_string(),
        title: document.title().to_string(),
        version: document.version().clone(),
        kind_word: (*document.kind()).to_owned(),
        classification: "Public".to_owned(),
        facts,
        approvals: Approvals::Hidden,
        revisions: document
            .revisions()
            .iter()
            .map(|it| PdfRevision {
                version: it.version().clone(),
                date: it.date().map(|date| date.to_string()).unwrap_or_default(),
                kind: String::new(),
                summary: it.summary().to_string(),
                authors: String::new(),
                approvers: String::new(),
            })
            .collect(),
        language: edition.language().clone(),
        paper: *edition.paper(),
        brand: theme::BRAND,
        notice: edition.is_demo().then(|| "Fictional demonstration".to_owned()),
        footer_left: footer.join(" · "),
        date: document
            .revisions()
            .iter()
            .filter_map(|it| *it.date())
            .chain(document.approvals().iter().map(|(_, date)| *date))
            .chain(*document.effective())
            .chain(*document.last_reviewed())
            .max(),
        verify_text: Vec::new(),
        base_url: edition.url().as_ref().map(|url| format!("{url}/")),
    }
}

/// Returns the pictures that a document shows, by path.
fn pictures(plan: &TrustPlan<'_>, index: usize) -> BTreeMap<String, Asset> {
    let Some(pages) = PublicPdf::new(plan) else { return BTreeMap::new() };
    let shown = pdf::pictures(plan.edition().documents()[index].body(), &pages);
    let files = plan.edition().files();
    shown
        .into_iter()
        .filter_map(|path| {
            let asset = files.get(path.as_str())?.clone();
            Some((path, asset))
        })
        .collect()
}

struct PublicPdf<'p, 'e> {
    plan: &'p TrustPlan<'e>,
    root: Address,
}

impl<'p, 'e> PublicPdf<'p, 'e> {
    /// Returns nothing for a root that cannot be.
    fn new(plan: &'p TrustPlan<'e>) -> Option<Self> {
        Some(Self { plan, root: Address::parse("index.html")? })
    }
}

impl PdfPages<Disclosed> for PublicPdf<'_, '_> {
    fn target(&self, link: &PublicLink) -> PdfTarget {
        match link.target() {
            PublicTarget::Here(anchor) => PdfTarget::Here(anchor.clone()),
            PublicTarget::Web(address) => PdfTarget::Web(address.clone()),
            other => {
                self.plan.destination(&self.root, other).map_or(PdfTarget::Nowhere, PdfTarget::Page)
            }
        }
    }

    fn title(&self, link: &PublicLink) -> String {
        self.plan.title(link.target()).unwrap_or_default()
    }

    fn picture(&self, image: &PublicLink) -> Option<String> {
        match image.target() {
            PublicTarget::Asset(path) => Some(path.clone()),
            _ => None,
        }
    }

    fn value<'b>(&self, value: &'b std::convert::Infallible) -> &'b str {
        match *value {}
    }

    fn restricted<'b>(&self, restricted: &'b std::convert::Infallible) -> &'b [Block<Disclosed>] {
        match *restricted {}
    }
}

fn make_pdf(
    plan: &TrustPlan<'_>,
    studio: &Studio<'_>,
    index: usize,
    facts: &PdfDocument,
) -> Result<Vec<u8>, RenderFailure> {
    let Some(pages) = PublicPdf::new(plan) else {
        return Err(RenderFailure::new("the trust center has no root"));
    };
    let files = pictures(plan, index);
    let body = plan.edition().documents()[index].body();
    let text = PdfText { body, pages: &pages, files: &files, highlighter: studio.highlighter };
    // Where a public text comes from, the public edition does not know.
    studio.pdf(facts, &text, &|_| None)
}
