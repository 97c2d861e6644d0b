//! The register of acts: everything that was approved, reviewed and rejected, what is weak first, and
//! the ring that says whose word counts.

use super::act::{Verdict, day, short_fingerprint};
use super::endorsed::Proposed;
use super::{HandbookPlan, Page, words};
use crate::markup;
use crate::model::address::Address;
use crate::model::assessment::Lifecycle;
use crate::model::judgement::{Endorsement, Obstacle};
use crate::model::verdict::{decided, manner};
use crate::plan::view::handbook::{DocumentState, List, TableSection};
use crate::plan::view::{Cell, Column, ColumnKind, Html, Icon, Row, Table, Tone};
use crate::signature::ring::Method;

/// How far an act can be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    /// It does not stand, or does not count.
    Failed,
    /// Nobody signed it, and nothing elsewhere shows it.
    Unsigned,
    /// Something elsewhere shows it, and nobody checked that here.
    Elsewhere,
    /// It is signed, and its day is its signer's word.
    Claimed,
    /// It is signed, and somebody outside saw it.
    Witnessed,
    /// The same person decided otherwise later.
    Withdrawn,
}

impl Strength {
    /// All of them, the weakest first.
    const ALL: [Self; 6] = [
        Self::Failed,
        Self::Unsigned,
        Self::Elsewhere,
        Self::Claimed,
        Self::Witnessed,
        Self::Withdrawn,
    ];

    fn of(act: &Endorsement) -> Self {
        match (&act.obstacle, act.method) {
            (Some(Obstacle::Withdrawn), _) => Self::Withdrawn,
            (Some(_), _) => Self::Failed,
            (None, Method::Recorded) => Self::Unsigned,
            (None, Method::Signature) if act.witnessed.is_some() => Self::Witnessed,
            (None, Method::Signature) => Self::Claimed,
            (None, Method::ESign | Method::PullRequest | Method::Minutes | Method::Imported) => {
                Self::Elsewhere
            }
        }
    }

    fn anchor(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Unsigned => "unsigned",
            Self::Elsewhere => "elsewhere",
            Self::Claimed => "claimed",
            Self::Witnessed => "witnessed",
            Self::Withdrawn => "withdrawn",
        }
    }

    fn heading(self) -> &'static str {
        match self {
            Self::Failed => "Does not count",
            Self::Unsigned => "Recorded, unsigned",
            Self::Elsewhere => "Shown elsewhere, not checked here",
            Self::Claimed => "Signed, day only claimed",
            Self::Witnessed => "Signed and witnessed",
            Self::Withdrawn => "Withdrawn later",
        }
    }
}

impl HandbookPlan<'_> {
    pub(super) fn approval_list(&self) -> List {
        let page = Page::Approvals;
        let from = self.at(&page);
        let subjects = &self.handbook.assessment().records.subjects;
        let mut acts: Vec<(&str, &Endorsement)> = subjects
            .iter()
            .flat_map(|(id, it)| {
                it.decisions.iter().chain(&it.reviews).map(move |act| (id.as_str(), act))
            })
            .collect();
        acts.sort_by(|one, other| {
            (other.1.on, one.0, &one.1.by).cmp(&(one.1.on, other.0, &other.1.by))
        });
        let missing = self.missing_approvals(&from);
        let mut counts: Vec<(&str, &str, usize)> = Vec::new();
        let mut sections = Vec::new();
        if !missing.rows.is_empty() {
            counts.push(("missing", "Missing", missing.rows.len()));
            sections.push(section("missing", "Missing", missing));
        }
        for strength in Strength::ALL {
            let of: Vec<(&str, &Endorsement)> =
                acts.iter().copied().filter(|it| Strength::of(it.1) == strength).collect();
            if !of.is_empty() {
                counts.push((strength.anchor(), strength.heading(), of.len()));
                let table = self.register_of_acts(&from, strength.heading(), &of);
                sections.push(section(strength.anchor(), strength.heading(), table));
            }
        }
        sections.push(section("ring", "Ring", self.ring_table(&from)));
        let mut head = Self::head("", "", "Approvals");
        head.summary = format!(
            "{} on {}, what is weak first.",
            words::count(acts.len(), "act", "acts"),
            words::count(subjects.len(), "text", "texts")
        );
        let links = counts.iter().map(|(anchor, heading, count)| {
            format!("<li><a href=\"#{anchor}\">{}</a>: {count}</li>", markup::escape(heading))
        });
        let links: String = links.collect();
        let list = if links.is_empty() { links } else { format!("<ul>{links}</ul>\n") };
        let ring = markup::escape(&self.ring_words());
        List {
            frame: self.frame(&page, "Approvals", &[]),
            head,
            intro_html: Html(format!(
                "{list}<p>{ring}</p>\n<p>A day is <em>claimed</em> by whoever signs. It is \
                 <em>witnessed</em> where somebody outside saw the record, not later than that day. A \
                 valid signature shows that the holder of a key signed these bytes; that the key is \
                 that person's rests on the ring.</p>\n"
            )),
            sections,
            downloads: vec![self.link(&from, &Page::DocumentsFile, "JSON".to_owned())],
        }
    }

    /// Says which ring is in force and who vouches for it.
    #[must_use]
    pub fn ring_words(&self) -> String {
        let records = &self.handbook.assessment().records;
        let count = records.rings_in_force();
        let Some(ring) = count.checked_sub(1).and_then(|last| records.rings.get(last)) else {
            return "No ring is in force: whose keys and roles count is what content/people.yaml says, \
                    and nobody signed that."
                .to_owned();
        };
        let since =
            ring.since.map(|it| format!(" since {}", words::day(day(it)))).unwrap_or_default();
        let mut text = format!(
            "Ring {count} is in force{since}, signed by {}; its digest is {}.",
            self.names(&ring.by),
            ring.digest
        );
        if let [alone] = ring.by.as_slice() {
            let alone = self.handbook.corpus().owner_words(alone);
            text += " One person signs for themselves: nobody but ";
            text += alone;
            text += " vouches for these keys and roles.";
        }
        if !self.ring().says_the_same_as(&records.written) {
            text += " content/people.yaml says something else, which nobody has signed yet.";
        }
        text
    }

    fn ring_table(&self, from: &Address) -> Table {
        let records = &self.handbook.assessment().records;
        let rows = records.rings.iter().enumerate().rev().map(|(index, ring)| {
            let (icon, word, tone) = match (&ring.fault, index + 1 == records.rings_in_force()) {
                (Some(_), _) => (Icon::Cross, "Not in force", Tone::Danger),
                (None, true) => (Icon::Check, "In force", Tone::Success),
                (None, false) => (Icon::Archive, "Replaced", Tone::Neutral),
            };
            let state = Cell::status(words::status(icon, word, tone));
            let signers = ring.by.iter().map(|it| {
                let cell = self.owner(from, it);
                let href = cell.href.unwrap_or_default();
                crate::plan::view::HrefText { href, text: cell.text }
            });
            Row {
                anchor: Some(format!("ring-{}", index + 1)),
                cells: vec![
                    Cell::text((index + 1).to_string()),
                    Cell::text(ring.since.map(|it| day(it).to_string()).unwrap_or_default()),
                    Cell { links: signers.collect(), ..Cell::default() },
                    Cell::text(short_fingerprint(&ring.digest.to_string())),
                    match &ring.fault {
                        Some(fault) => state.note(fault.clone()),
                        None => state,
                    },
                ],
            }
        });
        Table {
            caption: "Rings, the newest first".to_owned(),
            columns: vec![
                Column::new("Number", ColumnKind::Id),
                Column::new("Since", ColumnKind::Date),
                Column::new("Signed by", ColumnKind::Text),
                Column::new("Digest", ColumnKind::Id),
                Column::new("State", ColumnKind::Status),
            ],
            rows: rows.collect(),
            empty: "No ring is filed.".to_owned(),
        }
    }

    /// Lists texts that await a decision.
    fn missing_approvals(&self, from: &Address) -> Table {
        let assessment = self.handbook.assessment();
        let mut rows = Vec::new();
        for (index, document) in self.shown_documents() {
            let standing = &assessment.documents[index as usize];
            let proposal = self.handbook.proposal(index);
            let (page, what, who, by) = match (&standing.in_force, proposal) {
                (_, Some(proposal)) => {
                    let text = Proposed::beside(proposal);
                    let (_, quorum, is_enough) = self.progress(document, standing, &text);
                    if is_enough {
                        continue;
                    }
                    (Page::Proposed(index), "Proposed change", quorum, proposal.effective)
                }
                (Some(text), None) if text.full_by.is_some() => {
                    let acts = self.decisions(document, standing);
                    let what = "Full approval after an emergency";
                    (Page::Document(index), what, self.quorum(&text.rule, &acts), text.full_by)
                }
                _ if standing.lifecycle == Lifecycle::Draft => {
                    let rule = self.rule_today(document, &document.tags);
                    let acts = self.decisions(document, standing);
                    let acts: Vec<&Endorsement> = acts
                        .into_iter()
                        .filter(|it| it.digest.is_none_or(|it| it == standing.digest))
                        .collect();
                    let by = document.effective_date.as_ref().map(|it| it.value);
                    (Page::Document(index), "Draft", self.quorum(&rule, &acts), by)
                }
                _ => {
                    let Some(text) = Proposed::shown(document, standing) else { continue };
                    let (_, quorum, is_enough) = self.progress(document, standing, &text);
                    if is_enough {
                        continue;
                    }
                    (Page::Document(index), "Proposed change", quorum, None)
                }
            };
            let link = self.link(from, &page, document.title.value.clone());
            rows.push(Row {
                anchor: None,
                cells: vec![
                    Cell::link(link.href, link.text).note(Self::shown_id(document)),
                    Cell::text(what),
                    Cell::text(who.sentence()),
                    Cell::text(by.map(|by| by.to_string()).unwrap_or_default()),
                ],
            });
        }
        Table {
            caption: "Approvals that are missing".to_owned(),
            columns: vec![
                Column::new("Document", ColumnKind::Text),
                Column::new("What", ColumnKind::Text),
                Column::new("Who", ColumnKind::Text),
                Column::new("By", ColumnKind::Date),
            ],
            rows,
            empty: String::new(),
        }
    }

    fn register_of_acts(
        &self,
        from: &Address,
        caption: &str,
        acts: &[(&str, &Endorsement)],
    ) -> Table {
        let rows = acts.iter().map(|(subject, act)| {
            let [decision, day, how, verdict] = self.act_cells(act, None);
            let cells = vec![
                self.subject_cell(from, subject, act),
                self.actor_cell(from, act),
                decision,
                day,
                how,
                verdict,
            ];
            Row { anchor: None, cells }
        });
        Table {
            caption: caption.to_owned(),
            columns: vec![
                Column::new("Text", ColumnKind::Text),
                Column::new("Person", ColumnKind::Text),
                Column::new("Decision", ColumnKind::Text),
                Column::new("Day", ColumnKind::Date),
                Column::new("How", ColumnKind::Text),
                Column::new("Verdict", ColumnKind::Status),
            ],
            rows: rows.collect(),
            empty: String::new(),
        }
    }

    /// Returns what an act is about: a document or control with the version of the text.
    fn subject_cell(&self, from: &Address, subject: &str, act: &Endorsement) -> Cell {
        let corpus = self.handbook.corpus();
        let target = corpus.names.get(subject);
        let title = target.and_then(|target| self.title(target));
        let text = title.unwrap_or_else(|| subject.to_owned());
        let cell = match target.and_then(|target| self.destination(from, target)) {
            Some(href) => Cell::link(href, text),
            None => Cell::text(text),
        };
        match &act.version {
            Some(version) => cell.note(format!("version {version}")),
            None => cell,
        }
    }

    /// Returns the standing of every governed document, for machines.
    #[must_use]
    pub fn document_states(&self) -> Vec<DocumentState> {
        let (corpus, assessment) = (self.handbook.corpus(), self.handbook.assessment());
        let governed = self.shown_documents().filter(|(_, document)| document.kind.is_governed());
        governed
            .map(|(index, document)| {
                let standing = &assessment.documents[index as usize];
                let text = standing.in_force.as_ref().or(standing.awaiting.as_ref());
                let page = self.address(&Page::Document(index));
                DocumentState {
                    id: document.id.value.to_string(),
                    title: corpus.filled(&document.title.value).into_owned(),
                    kind: document.kind.noun().to_owned(),
                    version: document.version.as_ref().map(|it| it.value.clone()),
                    address: page.map(ToString::to_string).unwrap_or_default(),
                    standing: standing.axes(),
                    words: standing.words(),
                    digest: standing.digest.to_string(),
                    effective: standing.effective_day(document).map(|it| it.to_string()),
                    last_reviewed: standing.last_reviewed.map(|it| it.to_string()),
                    next_review: standing.next_review.map(|it| it.to_string()),
                    method: text.map(|it| it.method.word()),
                    is_witnessed: text.is_some_and(|it| it.is_witnessed),
                    approvals: self
                        .counted(document, standing)
                        .into_iter()
                        .map(|act| self.act_line(act))
                        .collect(),
                }
            })
            .collect()
    }

    /// Returns an act in one line: "Approved by Mara Lind (CISO) on 2026-01-20, claimed: Signed, Valid".
    fn act_line(&self, act: &Endorsement) -> String {
        let (name, role) = self.actor(act);
        let role = if role.is_empty() { role } else { format!(" ({role})") };
        let Verdict { status, .. } = self.verdict(act, None);
        format!(
            "{} by {name}{role} on {}, {}: {}, {}",
            decided(act.decision),
            act.on,
            self.certainty(act),
            manner(act.method),
            status.word
        )
    }
}

fn section(anchor: &str, heading: &str, table: Table) -> TableSection {
    TableSection { anchor: anchor.to_owned(), heading: heading.to_owned(), table }
}
