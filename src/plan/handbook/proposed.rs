//! What must be known before a document is read: which text it is, and what is proposed beside it.

use super::endorsed::{Proposed, Quorum};
use super::{HandbookPlan, Page, words};
use crate::model::address::Address;
use crate::model::assessment::{Lifecycle, Standing};
use crate::model::document::Document;
use crate::model::judgement::ApprovedText;
use crate::model::shown::Shown;
use crate::plan::view::handbook::ProposedPage;
use crate::plan::view::{Cell, Fact, Html, Icon, Notice, Tone};

impl HandbookPlan<'_> {
    /// Returns the page of a text that a file holds while another one is in force.
    pub(super) fn proposed(&self, index: u32) -> ProposedPage {
        let page = Page::Proposed(index);
        let from = self.at(&page);
        let document = self.handbook.corpus().document(index);
        let standing = &self.handbook.assessment().documents[index as usize];
        let Some(proposal) = self.handbook.proposal(index) else { return ProposedPage::default() };
        let kind = Page::Kind(document.kind);
        let here = Page::Document(index);
        let crumbs = [(&kind, document.kind.plural()), (&here, document.title.value.as_str())];
        let mut head = Self::head(document.kind.word(), &Self::shown_id(document), &proposal.title);
        let text = Proposed::beside(proposal);
        let approvals = self.approvals_so_far(&from, document, standing, &text);
        head.status.clone_from(&approvals.status);
        head.standing = "proposed change".to_owned();
        let in_force = standing.in_force.as_ref();
        let text = match standing.awaiting.as_ref().filter(|it| it.digest == Some(proposal.digest))
        {
            Some(text) => format!(
                "This text is approved and counts from {} on. Until then the one before counts.",
                words::day(text.effective)
            ),
            None => "This text does not count: it is what the file holds, and it is not approved."
                .to_owned(),
        };
        head.notices.push(Notice {
            status: words::status(Icon::Draft, "Not in force", Tone::Attention),
            text,
            link: Some(self.link(&from, &here, "Read the text in force".to_owned())),
        });
        let or_dash = |text: Option<String>| Cell::text(text.unwrap_or_else(|| "—".to_owned()));
        let before = in_force.and_then(|it| it.version.clone());
        let facts = vec![
            Fact::new("Version proposed", or_dash(proposal.version.clone())),
            Fact::new("Version in force", or_dash(before)),
            Fact::new("To count from", or_dash(proposal.effective.map(words::day))),
            Fact::new("Authors", {
                let names = self.names(&proposal.authors);
                or_dash(Some(names).filter(|names| !names.is_empty()))
            }),
        ];
        ProposedPage {
            frame: self.frame(&page, &format!("{}: proposed change", proposal.title), &crumbs),
            head,
            facts,
            approvals,
            redline_html: Html(proposal.redline.clone()),
        }
    }

    /// Returns strips that say which text a page shows, and what is missing.
    pub(super) fn text_notices(
        &self,
        from: &Address,
        index: u32,
        document: &Document,
        standing: &Standing,
    ) -> Vec<Notice> {
        let mut notices = Vec::new();
        let mut add = |icon: Icon, word: &str, tone: Tone, text: String| {
            notices.push(Notice { status: words::status(icon, word, tone), text, link: None });
        };
        if standing.lifecycle == Lifecycle::Draft {
            let text = "Nobody has approved this text. It does not count yet.".to_owned();
            add(Icon::Draft, "Draft", Tone::Attention, text);
        }
        if standing.lifecycle == Lifecycle::Awaiting
            && let Some(text) = &standing.awaiting
        {
            let text = format!("It counts from {} on.", words::day(text.effective));
            add(Icon::Clock, "Approved, not yet in force", Tone::Info, text);
        }
        if let Some(text) = &standing.in_force
            && let Some(by) = text.full_by
        {
            let tone =
                if by < self.handbook.assessment().today { Tone::Danger } else { Tone::Attention };
            let decisions = self.decisions(document, standing);
            let quorum = self.quorum(&text.rule, &decisions);
            let text =
                format!("The full approval is due by {}: {}.", words::day(by), quorum.sentence());
            add(Icon::Alert, "Approved in an emergency", tone, text);
        }
        notices.extend(self.change_notice(from, index, document, standing));
        notices
    }

    /// Returns the strip about a text that differs from the one in force.
    fn change_notice(
        &self,
        from: &Address,
        index: u32,
        document: &Document,
        standing: &Standing,
    ) -> Option<Notice> {
        let status = words::status(Icon::Draft, "Proposed change", Tone::Attention);
        let in_force = standing.in_force.as_ref();
        if let Some(proposal) = self.handbook.proposal(index) {
            let text = Proposed::beside(proposal);
            let (_, quorum, is_enough) = self.progress(document, standing, &text);
            let page = Page::Proposed(index);
            let link = Some(self.link(from, &page, "Read what would change".to_owned()));
            let awaiting = standing.awaiting.as_ref().filter(|_| is_enough);
            return Some(match awaiting {
                Some(text) => Notice {
                    status: words::status(Icon::Clock, "Next version approved", Tone::Info),
                    text: format!(
                        "This is the text in force. {} counts from {} on.",
                        version_words("The next one", text),
                        words::day(text.effective)
                    ),
                    link,
                },
                None => Notice { status, text: pending_words(&quorum), link },
            });
        }
        let text = match &standing.shown {
            Some(Shown::Proposed { digest: _, reason }) => {
                let which = in_force.map_or_else(String::new, |text| {
                    format!(
                        "{} counts since {}",
                        version_words("The text in force", text),
                        words::day(text.effective)
                    )
                });
                let why = match reason {
                    Some(reason) => format!("and could not be shown: {reason}"),
                    None => "and is not shown, since the texts of files were asked for".to_owned(),
                };
                let so_far = Proposed::shown(document, standing).map_or_else(String::new, |text| {
                    format!(
                        ", approved by {}",
                        self.progress(document, standing, &text).1.sentence()
                    )
                });
                format!("The text below is only proposed{so_far}. {which} {why}.")
            }
            Some(Shown::InForce { .. }) => {
                "This is the text in force. The file holds another one.".to_owned()
            }
            None if standing.proposed_change => {
                "The text below is not the one that was approved.".to_owned()
            }
            None => return None,
        };
        Some(Notice { status, text, link: None })
    }
}

fn pending_words(quorum: &Quorum) -> String {
    format!(
        "This is the text in force. The file holds another one, approved by {}.",
        quorum.sentence()
    )
}

fn version_words(what: &str, text: &ApprovedText) -> String {
    match &text.version {
        Some(version) => format!("{what}, version {version},"),
        None => what.to_owned(),
    }
}
