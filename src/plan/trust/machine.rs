//! What the files for machines hold.

use super::{Page, TrustPlan, owned};
use crate::plan::view::trust::machine::{
    Feed, FeedEntry, LlmsLink, LlmsSection, LlmsTxt, SecurityTxt, SitemapEntry, SubprocessorEntry,
    SubprocessorList, SubprocessorStatus,
};

impl TrustPlan<'_> {
    /// Returns what `security.txt` says.
    #[must_use]
    pub fn security_txt(&self) -> SecurityTxt {
        let edition = self.edition();
        let Some(settings) = edition.security_txt() else { return SecurityTxt::default() };
        let contact = edition.security_contact().iter().map(|contact| {
            if contact.contains("://") { contact.clone() } else { format!("mailto:{contact}") }
        });
        SecurityTxt {
            contacts: contact.collect(),
            expires_on: settings.expires().to_string(),
            canonical: self.full(&Page::SecurityTxt).into_iter().collect(),
            policy: settings.policy().clone(),
            languages: settings.languages().clone(),
        }
    }

    /// Returns the entries of the sitemap: pages only.
    #[must_use]
    pub fn sitemap(&self) -> Vec<SitemapEntry> {
        let is_page = |page: &Page| !matches!(page, Page::NotFound) && self.is_html(page);
        self.pages()
            .filter(|(_, page)| is_page(page))
            .filter_map(|(_, page)| {
                let changed_on = match page {
                    Page::Document(index) | Page::Free(index) => {
                        let document = &self.edition().documents()[*index];
                        document
                            .revisions()
                            .iter()
                            .filter_map(|it| *it.date())
                            .max()
                            .or(*document.effective())
                    }
                    _ => None,
                };
                Some(SitemapEntry {
                    url: self.full(page)?,
                    changed_on: changed_on.map(|date| date.to_string()),
                })
            })
            .collect()
    }

    fn is_html(&self, page: &Page) -> bool {
        self.address(page).is_some_and(|address| address.as_str().ends_with(".html"))
    }

    /// Returns the news as a feed.
    #[must_use]
    pub fn update_feed(&self) -> Feed {
        let entries = self.edition().updates().iter().map(|it| FeedEntry {
            id: self.tag(&format!("update/{}", it.id())),
            title: it.title().to_string(),
            url: format!("{}#{}", self.full(&Page::Updates).unwrap_or_default(), it.id()),
            published_on: it.date().to_string(),
            category: (*it.kind()).to_owned(),
            text: self.plain(it.text()),
        });
        self.feed(
            &Page::Updates,
            ("updates", "Updates"),
            "News about security and compliance",
            entries.collect(),
        )
    }

    /// Returns the changes of subprocessors as a feed: what was announced and what ended.
    #[must_use]
    pub fn subprocessor_feed(&self) -> Feed {
        let page = self.full(&Page::Subprocessors).unwrap_or_default();
        let mut entries = Vec::new();
        for it in self.edition().subprocessors() {
            let purpose = owned(it.purpose().as_ref()).unwrap_or_default();
            if let Some(date) = it.announced_on().or(*it.since()) {
                let effective = it.effective_on().or(*it.since());
                let effective =
                    effective.map(|date| format!(" Effective {date}.")).unwrap_or_default();
                let objection = it
                    .objection_until()
                    .map(|date| format!(" Objections until {date}."))
                    .unwrap_or_default();
                entries.push(FeedEntry {
                    id: self.tag(&format!("subprocessor/{}/added", it.id())),
                    title: format!("{} joins", it.name()),
                    url: format!("{page}#{}", it.id()),
                    published_on: date.to_string(),
                    category: "added".to_owned(),
                    text: format!("{purpose}{effective}{objection}"),
                });
            }
            if let Some(date) = it.ended_on().filter(|_| *it.has_ended()) {
                entries.push(FeedEntry {
                    id: self.tag(&format!("subprocessor/{}/ended", it.id())),
                    title: format!("{} no longer processes data", it.name()),
                    url: format!("{page}#{}", it.id()),
                    published_on: date.to_string(),
                    category: "ended".to_owned(),
                    text: purpose,
                });
            }
        }
        entries.sort_by(|a, b| b.published_on.cmp(&a.published_on).then_with(|| a.id.cmp(&b.id)));
        self.feed(
            &Page::Subprocessors,
            ("subprocessors", "Subprocessor changes"),
            "Who joins and who leaves",
            entries,
        )
    }

    fn feed(
        &self,
        page: &Page,
        (name, title): (&str, &str),
        description: &str,
        entries: Vec<FeedEntry>,
    ) -> Feed {
        let edition = self.edition();
        let organisation = &edition.organisation().name;
        let (atom, json) = match page {
            Page::Updates => (Page::UpdatesAtom, Some(Page::UpdatesJson)),
            _ => (Page::SubprocessorsAtom, None),
        };
        let newest = entries.iter().map(|entry| entry.published_on.clone()).max();
        Feed {
            id: self.tag(name),
            title: format!("{organisation}: {title}"),
            description: description.to_owned(),
            author: organisation.clone(),
            language: edition.language().clone(),
            page_url: self.full(page).unwrap_or_default(),
            atom_url: self.full(&atom).unwrap_or_default(),
            json_url: json.and_then(|json| self.full(&json)),
            updated_on: newest.unwrap_or_default(),
            entries,
        }
    }

    /// Returns a name that survives a move of the site (RFC 4151).
    fn tag(&self, name: &str) -> String {
        let url = self.edition().url().as_deref().unwrap_or_default();
        let host =
            url.split("://").nth(1).unwrap_or(url).split(['/', ':']).next().unwrap_or_default();
        format!("tag:{host},2026:{name}")
    }

    /// Returns the subprocessors as data.
    #[must_use]
    pub fn subprocessor_list(&self) -> SubprocessorList {
        let edition = self.edition();
        let iso = |date: &Option<jiff::civil::Date>| date.map(|date| date.to_string());
        SubprocessorList {
            organisation: edition.organisation().name.clone(),
            notice: edition.is_demo().then(|| "Fictional demonstration".to_owned()),
            url: self.full(&Page::Subprocessors),
            content_as_of: iso(edition.as_of()).unwrap_or_default(),
            subprocessors: edition
                .subprocessors()
                .iter()
                .map(|it| SubprocessorEntry {
                    id: it.id().to_string(),
                    status: match (*it.is_upcoming(), *it.has_ended()) {
                        (_, true) => SubprocessorStatus::Ended,
                        (true, false) => SubprocessorStatus::Announced,
                        (false, false) => SubprocessorStatus::InUse,
                    },
                    name: it.name().to_string(),
                    legal_name: owned(it.legal_name().as_ref()).unwrap_or_default(),
                    country: owned(it.country().as_ref()).unwrap_or_default(),
                    purpose: owned(it.purpose().as_ref()).unwrap_or_default(),
                    data_categories: it.data_categories().iter().map(ToString::to_string).collect(),
                    locations: it.locations().iter().map(ToString::to_string).collect(),
                    products: it.products().iter().map(ToString::to_string).collect(),
                    transfer: it.transfer().clone().unwrap_or_default(),
                    since: iso(it.since()),
                    announced_on: iso(it.announced_on()),
                    objection_until: iso(it.objection_until()),
                    effective_on: iso(it.effective_on()),
                    ended_on: iso(it.ended_on()),
                    url: it.url().clone(),
                })
                .collect(),
        }
    }

    /// Returns what `llms.txt` says.
    #[must_use]
    pub fn llms_txt(&self) -> LlmsTxt {
        let edition = self.edition();
        let name = &edition.organisation().name;
        let from = self.at(&Page::Llms);
        let link = |page: &Page, text: &str, note: &str| {
            let url =
                self.full(page).or_else(|| self.link(&from, page, "").map(|link| link.href))?;
            Some(LlmsLink { text: text.to_owned(), url, note: note.to_owned() })
        };
        let pages = [
            (Page::Compliance, "Compliance", "reports, certificates and mappings"),
            (Page::Controls, "Controls", "published controls, self-reported"),
            (Page::Documents, "Documents", "what can be read and what is given on request"),
            (Page::Subprocessors, "Subprocessors", "who processes customers' data"),
            (Page::Questions, "Questions", "answers to what customers ask"),
            (Page::Updates, "Updates", "news"),
            (Page::NotCovered, "What is not covered", "limits"),
            (Page::Contact, "Contact", "whom to ask"),
        ];
        let data = [
            (Page::SubprocessorsJson, "Subprocessors as JSON", ""),
            (Page::UpdatesJson, "Updates as JSON Feed", ""),
        ];
        let documents = (0..edition.documents().len()).filter_map(|index| {
            let document = &edition.documents()[index];
            let page = if *document.is_page() { Page::Free(index) } else { Page::Document(index) };
            link(&page, document.title(), document.summary().as_deref().unwrap_or_default())
        });
        let mut notes = Vec::new();
        if *edition.is_demo() {
            notes.push(
                "Fictional demonstration: the company and everything here are made up.".to_owned(),
            );
        }
        notes.extend(edition.as_of().map(|date| {
            format!("Content as of {date}. Cite pages by their address and this date.")
        }));
        notes.push("Documents that are listed without a link are given on request.".to_owned());
        let section =
            |title: &str, links: Vec<LlmsLink>| LlmsSection { title: title.to_owned(), links };
        let sections = [
            section(
                "Pages",
                pages.iter().filter_map(|(page, text, note)| link(page, text, note)).collect(),
            ),
            section("Documents", documents.collect()),
            section(
                "Data",
                data.iter().filter_map(|(page, text, note)| link(page, text, note)).collect(),
            ),
        ];
        LlmsTxt {
            title: format!("{name} trust center"),
            summary: edition.statement().as_ref().map_or_else(
                || format!("Security and compliance at {name}."),
                |body| self.plain(body),
            ),
            notes,
            sections: sections.into_iter().filter(|section| !section.links.is_empty()).collect(),
        }
    }
}
