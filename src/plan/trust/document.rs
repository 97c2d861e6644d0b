//! The library, public documents and free pages.

use jiff::civil::Date;

use super::compliance::{under_review, with_synonyms};
use super::frame::{day, mail, request_body};
use super::{Page, TrustPlan, owned};
use crate::edition::PublicText;
use crate::edition::trust_center::PublicDocument;
use crate::markup;
use crate::model::address::Address;
use crate::model::id::PublicId;
use crate::plan::handbook::words;
use crate::plan::view::structured_data::{DocumentData, Node};
use crate::plan::view::trust::{
    Access, Action, DocumentGroup, DocumentPage, DocumentRow, Documents, FreePage, OutlineEntry,
    RevisionRow,
};
use crate::plan::view::{Cell, Fact, HrefText, Html, Icon, Tone};

impl TrustPlan<'_> {
    /// Returns what customers are told of approvals: that a key signed them, or that they stand in
    /// the workspace and nobody can prove them.
    #[must_use]
    pub fn approval_words(document: &PublicDocument) -> &'static str {
        if *document.is_signed() { "signed approval" } else { "recorded, unsigned" }
    }

    pub(super) fn documents(&self) -> Documents {
        let page = Page::Documents;
        let from = self.at(&page);
        let summary = "Policies that can be read here, and what is given on request.";
        let mut groups = Vec::new();
        let reports: Vec<DocumentRow> = self
            .edition()
            .attestations()
            .iter()
            .map(|it| DocumentRow {
                title: it.title().to_string(),
                href: None,
                summary: owned(it.scope().as_ref()),
                version: None,
                date_label: match it.report_date() {
                    Some(_) => "Report date".to_owned(),
                    None => it.kind().date_words().to_owned(),
                },
                date: it.report_date().or(*it.date()).map(day),
                access: self.on_request(it.title(), *it.requires_nda()),
                words: with_synonyms(
                    &joined(it.keywords(), it.framework().as_deref()),
                    &[it.title(), it.scope().as_deref().unwrap_or_default()],
                ),
                status: None,
            })
            .collect();
        if !reports.is_empty() {
            groups.push(DocumentGroup {
                anchor: "reports".to_owned(),
                title: "Reports and certificates".to_owned(),
                documents: reports,
            });
        }
        for (anchor, title, documents) in self.rows_by_kind(&from) {
            groups.push(DocumentGroup { anchor, title, documents });
        }
        let request = self.edition().security_contact().as_ref().map(|contact| HrefText {
            href: mail(contact, "Request: documents", &request_body("")),
            text: "Request several documents".to_owned(),
        });
        Documents {
            frame: self.frame(&page, "Documents", summary, Vec::new()),
            title: "Documents".to_owned(),
            summary: summary.to_owned(),
            groups,
            how_to_request: request.as_ref().map(|_| {
                "Write to us with the name of your company and what you need. Where a confidentiality agreement is needed, the row of the document says so. What an answer under Questions offers besides is requested in the same way."
                    .to_owned()
            }),
            request,
            address: self.edition().security_contact().clone(),
        }
    }

    /// Returns the rows of governed documents by kind: anchor, title, rows.
    fn rows_by_kind(&self, from: &Address) -> Vec<(String, String, Vec<DocumentRow>)> {
        let mut groups: Vec<(String, String, Vec<DocumentRow>)> = Vec::new();
        let mut add = |kind: &str, row: DocumentRow| match groups
            .iter_mut()
            .find(|(_, title, _)| title == kind)
        {
            Some((_, _, rows)) => rows.push(row),
            None => groups.push((kind.to_lowercase(), kind.to_owned(), vec![row])),
        };
        for (index, document) in self.edition().documents().iter().enumerate() {
            if !document.is_page() {
                add(document.kind_plural(), self.document_row(from, index, document));
            }
        }
        for document in self.edition().listed_documents() {
            add(
                document.kind_plural(),
                DocumentRow {
                    title: document.title().to_string(),
                    href: None,
                    summary: owned(document.summary().as_ref()),
                    version: document.version().as_ref().map(ToString::to_string),
                    date_label: "Effective".to_owned(),
                    date: document.effective().map(day),
                    access: self.on_request(document.title(), *document.requires_nda()),
                    words: words_of_document(
                        document.keywords(),
                        document.id(),
                        &[document.title(), document.summary().as_deref().unwrap_or_default()],
                    ),
                    status: under_review(*document.is_under_review()),
                },
            );
        }
        for (_, _, rows) in &mut groups {
            rows.sort_by(|a, b| (a.href.is_none(), &a.title).cmp(&(b.href.is_none(), &b.title)));
        }
        groups
    }

    pub(super) fn document_row(
        &self,
        from: &Address,
        index: usize,
        document: &PublicDocument,
    ) -> DocumentRow {
        let title = document.title();
        let action = |page: Page, text: &str| {
            let link = self.link(from, &page, text)?;
            Some(Action { text: link.text, of: title.to_string(), href: link.href })
        };
        let actions = [action(Page::Document(index), "Read"), action(Page::Pdf(index), "PDF")];
        DocumentRow {
            title: title.to_string(),
            href: self.link(from, &Page::Document(index), "").map(|link| link.href),
            summary: owned(document.summary().as_ref()),
            version: document.version().as_ref().map(ToString::to_string),
            date_label: "Effective".to_owned(),
            date: document.effective().map(day),
            access: Access {
                is_public: true,
                word: "Public".to_owned(),
                condition: None,
                actions: actions.into_iter().flatten().collect(),
            },
            words: words_of_document(
                document.keywords(),
                document.id(),
                &[document.title(), document.summary().as_deref().unwrap_or_default()],
            ),
            status: None,
        }
    }

    /// Returns a public document; its body is rendered with the page.
    pub(super) fn document(&self, index: usize) -> DocumentPage {
        let document = &self.edition().documents()[index];
        let page = Page::Document(index);
        let from = self.at(&page);
        let description = owned(document.summary().as_ref()).unwrap_or_default();
        let node = Node::document(&DocumentData {
            title: document.title().to_string(),
            summary: owned(document.summary().as_ref()),
            version: document.version().clone(),
            effective_on: document.effective().map(|date| date.to_string()),
            url: self.full(&page),
            language: self.edition().language().clone(),
        });
        let status = document.effective().map(|date| {
            words::status(
                Icon::Check,
                format!("In force since {}", words::day(date)),
                Tone::Success,
            )
        });
        let breadcrumb = [
            self.link(&from, &Page::Overview, "Overview"),
            self.link(&from, &Page::Documents, "Documents"),
        ];
        DocumentPage {
            frame: self.frame(&page, document.title(), &description, vec![node]),
            breadcrumb: breadcrumb.into_iter().flatten().collect(),
            title: document.title().to_string(),
            summary: owned(document.summary().as_ref()),
            status,
            facts: facts(document),
            outline: outline(document),
            body_html: Html::default(),
            frameworks: Vec::new(),
            controls: Vec::new(),
            revisions: document
                .revisions()
                .iter()
                .filter_map(|it| {
                    let date = day((*it.date())?);
                    Some(RevisionRow {
                        version: it.version().clone(),
                        date,
                        summary: it.summary().to_string(),
                    })
                })
                .collect(),
            forms: self.link(&from, &Page::Pdf(index), "PDF").into_iter().collect(),
        }
    }

    pub(super) fn free(&self, index: usize) -> FreePage {
        let document = &self.edition().documents()[index];
        let page = Page::Free(index);
        let description = owned(document.summary().as_ref()).unwrap_or_default();
        FreePage {
            frame: self.frame(&page, document.title(), &description, Vec::new()),
            title: document.title().to_string(),
            summary: owned(document.summary().as_ref()),
            facts: Vec::new(),
            outline: outline(document),
            body_html: Html::default(),
        }
    }

    /// Returns the text of a document as HTML, its code coloured by `code`.
    #[must_use]
    pub fn body_html(&self, index: usize, code: markup::Code<'_>) -> Html {
        let document = &self.edition().documents()[index];
        let page = if *document.is_page() { Page::Free(index) } else { Page::Document(index) };
        let from = self.at(&page);
        Html(markup::body(document.body(), &super::TrustPages { plan: self, from: &from }, code))
    }
}

/// Returns the words by which a document is found besides those that are seen.
fn words_of_document(keywords: &[PublicText], id: &PublicId, seen: &[&str]) -> String {
    with_synonyms(&joined(keywords, Some(id.as_str())), seen)
}

/// Joins words by which something is found.
fn joined(keywords: &[PublicText], more: Option<&str>) -> String {
    keywords.iter().map(PublicText::as_str).chain(more).collect::<Vec<_>>().join(" ")
}

fn facts(document: &PublicDocument) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut add = |label: &str, cell: Option<Cell>| {
        facts.extend(cell.map(|cell| Fact::new(label, cell)));
    };
    let date = |date: &Option<Date>| date.map(|date| Cell::text(words::day(date)));
    add("Id", Some(Cell::text(document.id().to_string())));
    add("Version", document.version().clone().map(Cell::text));
    add("Owner", owned(document.owner().as_ref()).map(Cell::text));
    let approvals = document.approvals().iter();
    let approvals = approvals
        .map(|(role, date)| format!("{role}, {}", words::day(*date)))
        .reduce(|a, b| a + "; " + &b);
    let note = TrustPlan::approval_words(document);
    add("Approved by", approvals.map(|approvals| Cell::text(approvals).note(note)));
    add("Effective", date(document.effective()));
    add("Last reviewed", date(document.last_reviewed()));
    add("Next review", date(document.next_review()));
    facts
}

fn outline(document: &PublicDocument) -> Vec<OutlineEntry> {
    let mut entries: Vec<OutlineEntry> = Vec::new();
    for heading in markup::headings(document.body()) {
        let (href, text) = (format!("#{}", heading.anchor), heading.text);
        match (heading.level, entries.last_mut()) {
            (2, _) => entries.push(OutlineEntry { href, text, under: Vec::new() }),
            (3, Some(entry)) => entry.under.push(HrefText { href, text }),
            (_, _) => {}
        }
    }
    entries
}
