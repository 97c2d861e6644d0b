//! What stands around every page, and small pieces that many pages share.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::{Page, TrustPlan, owned};
use crate::model::address::Address;
use crate::model::register::AttestationKind;
use crate::plan::handbook::words;
use crate::plan::view::structured_data::{CertificateData, DataBlock, Node, OrganisationData};
use crate::plan::view::trust::{
    Access, Action, ContactLine, Day, FeedLink, Frame, NavigationEntry,
};
use crate::plan::view::{HrefText, Icon, Notice, Tone};

/// The menu: page and words.
const MENU: [(Page, &str); 8] = [
    (Page::Overview, "Overview"),
    (Page::Compliance, "Compliance"),
    (Page::Controls, "Controls"),
    (Page::Documents, "Documents"),
    (Page::Subprocessors, "Subprocessors"),
    (Page::Questions, "Questions"),
    (Page::Updates, "Updates"),
    (Page::Contact, "Contact"),
];

impl TrustPlan<'_> {
    /// Returns the address of the page itself; every page that is shown has one.
    pub(super) fn at(&self, page: &Page) -> Address {
        self.address(page)
            .cloned()
            .or_else(|| Address::parse("index.html"))
            .unwrap_or_else(|| unreachable!("`index.html` is an address"))
    }

    pub(super) fn link(
        &self,
        from: &Address,
        page: &Page,
        text: impl Into<String>,
    ) -> Option<HrefText> {
        Some(HrefText { href: from.href_to(self.address(page)?, None), text: text.into() })
    }

    /// Returns the full address of a page, where the site has one.
    pub(super) fn full(&self, page: &Page) -> Option<String> {
        let url = self.edition().url().as_ref()?;
        let address = self.address(page)?;
        let path = if *page == Page::Overview { "" } else { address.as_str() };
        Some(format!("{url}/{path}"))
    }

    /// Returns what stands around a page.
    pub(super) fn frame(
        &self,
        page: &Page,
        title: &str,
        description: &str,
        nodes: Vec<Node>,
    ) -> Frame {
        let edition = self.edition();
        let from = self.at(page);
        let is_lost = *page == Page::NotFound;
        let root =
            if is_lost { "/".to_owned() } else { "../".repeat(from.as_str().matches('/').count()) };
        let href = |page: &Page| -> Option<String> {
            let address = self.address(page)?;
            Some(if is_lost { format!("/{address}") } else { from.href_to(address, None) })
        };
        let open = match page {
            Page::Document(_) => &Page::Documents,
            other => other,
        };
        let navigation = MENU.iter().filter_map(|(page, text)| {
            Some(NavigationEntry {
                text: (*text).to_owned(),
                href: href(page)?,
                is_current: page == open,
            })
        });
        let named =
            |page: &Page, text: &str| Some(HrefText { href: href(page)?, text: text.to_owned() });
        let mut free: Vec<(i64, usize)> = (0..edition.documents().len())
            .filter(|index| *edition.documents()[*index].is_page())
            .map(|index| (*edition.documents()[index].order(), index))
            .collect();
        free.sort_unstable();
        let mut footer: Vec<HrefText> = free
            .iter()
            .filter_map(|(_, index)| {
                named(&Page::Free(*index), edition.documents()[*index].title())
            })
            .collect();
        footer.extend(named(&Page::Glossary, "Glossary"));
        footer.extend(named(&Page::NotCovered, "What is not covered"));
        let machine_forms = [
            (Page::SubprocessorsJson, "Subprocessors (JSON)"),
            (Page::SubprocessorsCsv, "Subprocessors (CSV)"),
            (Page::Llms, "llms.txt"),
            (Page::SecurityTxt, "security.txt"),
        ];
        let feeds = [
            (Page::UpdatesAtom, "Updates", "Atom", "application/atom+xml"),
            (Page::UpdatesJson, "Updates", "JSON Feed", "application/feed+json"),
            (Page::SubprocessorsAtom, "Subprocessor changes", "Atom", "application/atom+xml"),
        ];
        let mut graph = vec![Node::page(title, self.full(page).as_deref(), edition.language())];
        graph.extend(nodes);
        Frame {
            organisation: edition.organisation().name.clone(),
            title: title.to_owned(),
            description: description.to_owned(),
            language: edition.language().clone(),
            notice: edition.is_demo().then(|| Notice {
                status: words::status(Icon::Info, "Fictional demonstration", Tone::Info),
                text: format!(
                    "{} and everything on this site are made up.",
                    edition.organisation().name
                ),
                link: None,
            }),
            is_hidden_from_search: *edition.is_demo() || is_lost,
            home: href(&Page::Overview).unwrap_or_default(),
            navigation: navigation.collect(),
            footer,
            machine_forms: machine_forms
                .iter()
                .filter_map(|(page, text)| named(page, text))
                .collect(),
            styles: vec![format!("{root}assets/base.css"), format!("{root}assets/trust.css")],
            script: Some(format!("{root}assets/trust.js")),
            root,
            direction: crate::plan::handbook::direction(edition.language()).to_owned(),
            content_security_policy: None,
            contact: edition.security_contact().as_deref().map(contact_line),
            canonical: if is_lost { None } else { self.full(page) },
            structured_data: (!is_lost).then(|| DataBlock::graph(graph)),
            feeds: feeds
                .iter()
                .filter_map(|(page, title, form, media_type)| {
                    Some(FeedLink {
                        title: (*title).to_owned(),
                        form: (*form).to_owned(),
                        media_type: (*media_type).to_owned(),
                        href: href(page)?,
                    })
                })
                .collect(),
            freshness: edition
                .as_of()
                .map(|date| format!("Content as of {}", words::day(date)))
                .unwrap_or_default(),
        }
    }

    /// Returns the organisation in schema.org's terms. Reports are attestations and stay out of
    /// its certificates.
    pub(super) fn organisation_node(&self) -> Node {
        let edition = self.edition();
        let organisation = edition.organisation();
        let certificates = edition
            .attestations()
            .iter()
            .filter(|it| *it.kind() == AttestationKind::IsoCertificate && !it.is_lapsed());
        let iso = |date: Option<Date>| date.map(|date| date.to_string());
        Node::organisation(&OrganisationData {
            name: organisation.name.clone(),
            legal_name: Some(organisation.legal_name.clone()).filter(|name| !name.is_empty()),
            url: organisation.url.clone(),
            description: Some(organisation.description.clone()).filter(|text| !text.is_empty()),
            security_contact: edition.security_contact().clone(),
            is_fictional: *edition.is_demo(),
            certificates: certificates
                .map(|it| CertificateData {
                    name: it.title().to_string(),
                    issuer: owned(it.issuer().as_ref()),
                    number: owned(it.certificate_number().as_ref()),
                    issued_on: iso(it.date().or(*it.report_date())),
                    valid_until: iso(*it.valid_until()),
                })
                .collect(),
        })
    }

    /// Returns how to ask for something by mail.
    pub(super) fn on_request(&self, title: &str, requires_nda: bool) -> Access {
        Access {
            is_public: false,
            word: "On request".to_owned(),
            condition: requires_nda.then(|| "Confidentiality agreement needed".to_owned()),
            actions: self.request(title).into_iter().collect(),
        }
    }

    /// Returns a request by mail, with what the answer depends on to be filled in.
    pub(super) fn request(&self, title: &str) -> Option<Action> {
        let contact = self.edition().security_contact().as_ref()?;
        Some(Action {
            text: "Request".to_owned(),
            of: title.to_owned(),
            href: mail(contact, &format!("Request: {title}"), &request_body(title)),
        })
    }
}

/// Returns what a request says: what is wanted, and who asks.
pub(super) fn request_body(title: &str) -> String {
    format!(
        "We would like to have: {title}\n\nCompany: \nName and role: \nCustomer or prospect of: \n\
         Agreement already signed (yes or no): \n"
    )
}

pub(super) fn contact_line(address: &str) -> ContactLine {
    let href =
        if address.contains("://") { address.to_owned() } else { format!("mailto:{address}") };
    ContactLine { text: address.to_owned(), href }
}

/// Returns a `mailto:` address with a subject and a body (RFC 6068).
pub(super) fn mail(address: &str, subject: &str, body: &str) -> String {
    let (subject, body) = (percent_encoded(subject), percent_encoded(&body.replace('\n', "\r\n")));
    let body = if body.is_empty() { body } else { format!("&body={body}") };
    format!("mailto:{address}?subject={subject}{body}")
}

fn percent_encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(byte.into());
        } else {
            // Writing to a string cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

pub(super) fn day(date: Date) -> Day {
    Day { text: words::day(date), iso: date.to_string() }
}

/// Returns a period in words.
pub(super) fn period(from: Date, until: Date) -> String {
    format!("{} to {}", words::day(from), words::day(until))
}
