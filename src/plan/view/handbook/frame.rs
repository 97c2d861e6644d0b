//! What stands around every page: the bar, the ways around, the title.

use serde::Serialize;

use crate::plan::view::{HrefText, Html, Notice, Status};

/// What stands around every page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Frame {
    /// The language of the page: `en-GB`.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: String,
    /// The name of the organisation.
    pub organisation: String,
    /// What this site is: "Handbook".
    pub site_title: String,
    /// The title of this page, for the tab of the browser.
    pub page_title: String,
    /// One sentence about this page; empty where there is none.
    pub description: String,
    /// The way from this page to the root of the site: empty, `../` or `../../`.
    pub root: String,
    /// The style sheets, in order.
    pub styles: Vec<String>,
    /// The script that runs before the page is drawn, so that the scheme does not flash.
    pub script: String,
    /// The scripts that run after the page was read.
    pub deferred_scripts: Vec<String>,
    /// The policy for hosts that cannot send headers; absent where the host sends it.
    pub content_security_policy: Option<String>,
    /// Strips above everything.
    pub notices: Vec<Notice>,
    /// Which release this is and which others there are.
    pub releases: Option<Releases>,
    /// The pages above this one, from the home page down; this page is not among them.
    pub breadcrumb: Vec<HrefText>,
    /// The [`Navigation`] of the section, with this page marked by [`Html::with_current`]; rendered
    /// with the page.
    pub nav_html: Html,
    /// What the footer says about the edition: "Release 2026.3", "built from 7f3a9c1".
    pub edition: Vec<String>,
    /// The links of the footer.
    pub footer: Vec<HrefText>,
}

/// The release switcher.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Releases {
    /// The name of the release that is read now.
    pub current: String,
    /// The same page, or the home page, of the others.
    pub others: Vec<HrefText>,
}

/// The sections of the site, and the pages of the one that is open.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Navigation {
    /// The sections in order.
    pub sections: Vec<NavigationSection>,
}

/// A section of the site.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct NavigationSection {
    /// Its list page.
    pub link: HrefText,
    /// Its pages; empty in all sections but the open one.
    pub groups: Vec<NavigationGroup>,
}

/// Some pages of a section.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct NavigationGroup {
    /// What they have in common; empty where the section has one group.
    pub title: String,
    /// The pages.
    pub links: Vec<HrefText>,
}

/// A title with what is said of it at once.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Head {
    /// What it is, above the title: "Policy", "Control".
    pub kind: String,
    /// Its id; empty where it has none.
    pub id: String,
    /// The title.
    pub title: String,
    /// Icon, word and meaning of its state.
    pub status: Option<Status>,
    /// The rest of the line of standing, after the word: "since 1 February 2026 · next review 20 January 2027".
    pub standing: String,
    /// One sentence under it; empty where there is none.
    pub summary: String,
    /// What must be known before reading: a draft, a proposed change, text older than its approval.
    pub notices: Vec<Notice>,
}
