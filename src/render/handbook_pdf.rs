//! The PDFs of the handbook: what they say besides their bodies, and where their links go.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::Studio;
use super::handbook::body;
use super::pdf::{Approvals, PdfApproval, PdfDocument, PdfPages, PdfRevision, PdfTarget, PdfText};
use super::recipe::RenderFailure;
use crate::model::address::Address;
use crate::model::assessment::{Lifecycle, Standing};
use crate::model::asset::Asset;
use crate::model::body::{Block, Resolved, Value};
use crate::model::document::Document;
use crate::model::judgement::Endorsement;
use crate::model::link::{Link, Target};
use crate::model::verdict::{assurance, manner};
use crate::plan::handbook::{HandbookPlan, Verdict};
use crate::signature::ring::Method;
use crate::span::{Place, Span};
use crate::theme;
use crate::workspace::Snapshot;

/// Returns what the PDF of a document says besides its body.
pub(super) fn pdf_facts(plan: &HandbookPlan<'_>, index: u32) -> PdfDocument {
    let corpus = plan.handbook().corpus();
    let document = corpus.document(index);
    let standing = &plan.handbook().assessment().documents[index as usize];
    let settings = &corpus.settings;
    let dash = || "—".to_owned();
    let day = |date: Option<jiff::civil::Date>| date.map_or_else(dash, HandbookPlan::day);
    let version = document.version.as_ref().map(|it| it.value.clone());
    let effective = plan.effective(document, standing);
    let counted = plan.counted(document, standing);
    let approver = match counted.as_slice() {
        [] => "Not approved".to_owned(),
        acts => {
            let name = |act: &&Endorsement| match plan.actor(act) {
                (name, role) if role.is_empty() => name,
                (name, role) => format!("{name}, {role}"),
            };
            acts.iter().map(name).collect::<Vec<_>>().join("; ")
        }
    };
    let mut facts = Vec::new();
    if document.kind.is_governed() {
        facts.extend([
            ("Id".to_owned(), document.id.value.to_string()),
            ("Version".to_owned(), version.clone().unwrap_or_else(dash)),
            (
                "Owner".to_owned(),
                document
                    .owner
                    .as_ref()
                    .map_or_else(dash, |it| corpus.owner_words(&it.value).to_owned()),
            ),
            ("Approver".to_owned(), approver),
            ("Effective".to_owned(), day(effective)),
            ("Standing".to_owned(), standing.words()),
            ("Last reviewed".to_owned(), day(standing.last_reviewed)),
            ("Next review".to_owned(), day(standing.next_review)),
        ]);
    } else {
        facts.extend(document.owner.as_ref().map(|it| ("Owner".to_owned(), it.value.clone())));
        facts.extend(version.clone().map(|it| ("Version".to_owned(), it)));
    }
    let approvals = counted.iter().map(|act| {
        let (name, role) = plan.actor(act);
        let Verdict { status, why: _ } = plan.verdict(act, None);
        PdfApproval {
            name,
            role,
            on: act.on.to_string(),
            method: format!(
                "{}, {}; the day is {}",
                manner(act.method),
                match act.method {
                    Method::Signature => status.word.to_lowercase(),
                    method => assurance(method).to_owned(),
                },
                plan.certainty(act)
            ),
            fingerprint: plan.key_of(act),
        }
    });
    let id = if document.has_own_id { document.id.value.to_string() } else { String::new() };
    let mut footer: Vec<String> =
        vec![id.clone()].into_iter().filter(|id| !id.is_empty()).collect();
    footer.extend(version.as_ref().map(|it| format!("version {it}")));
    footer.extend(effective.map(|it| format!("effective {it}")));
    let notices = [
        settings.is_demo.then_some("Fictional demonstration"),
        match standing.lifecycle {
            Lifecycle::Draft => Some("Draft: not approved"),
            Lifecycle::Awaiting => Some("Approved, not yet in force"),
            Lifecycle::Superseded => Some("Superseded: no longer in force"),
            Lifecycle::Retired => Some("Retired: no longer in force"),
            Lifecycle::InForce | Lifecycle::Ungoverned => None,
        },
        is_only_proposed(standing).then_some("Proposed change: not approved as it stands"),
    ];
    let notice: Vec<&str> = notices.into_iter().flatten().collect();
    PdfDocument {
        organisation: settings.organisation.name.clone(),
        id,
        title: document.title.value.clone(),
        version,
        kind_word: document.kind.word().to_owned(),
        classification: document
            .classification
            .as_ref()
            .map(|it| it.value.word().to_owned())
            .unwrap_or_default(),
        facts,
        approvals: if document.kind.is_governed() {
            Approvals::Shown(approvals.collect())
        } else {
            Approvals::Hidden
        },
        revisions: plan
            .revisions(document)
            .into_iter()
            .map(|it| PdfRevision {
                version: it.version,
                date: it.date,
                kind: it.kind.to_lowercase(),
                summary: it.summary,
                authors: it.authors,
                approvers: it.approvers,
            })
            .collect(),
        language: settings.language.clone(),
        paper: settings.paper,
        brand: theme::BRAND,
        notice: (!notice.is_empty()).then(|| notice.join(" · ")),
        footer_left: footer.join(" · "),
        date: newest(document, standing, &counted, plan.handbook().assessment().today),
        verify_text: verify_text(plan, document, standing, &counted),
        base_url: settings.handbook_url.as_ref().map(|url| format!("{url}/")),
    }
}

/// Returns whether the text is none that anybody approved, while another one is.
fn is_only_proposed(standing: &Standing) -> bool {
    standing.proposed_change && !standing.is_text_in_force
}

/// Returns the newest day among the records of a document, which its PDF shows; a day to come is
/// none of them.
fn newest(
    document: &Document,
    standing: &Standing,
    counted: &[&Endorsement],
    today: Date,
) -> Option<Date> {
    let text = standing.in_force.as_ref().or(standing.awaiting.as_ref());
    let effective = document.effective_date.as_ref().map(|it| it.value);
    let effective = effective.into_iter().chain(text.map(|it| it.effective));
    let approvals = counted.iter().map(|it| it.on);
    let revisions = document.revisions.iter().filter_map(|it| it.date);
    let days = effective.chain(standing.last_reviewed).chain(approvals).chain(revisions);
    days.filter(|day| *day <= today).max()
}

/// Says how a reader checks the text and its approvals, and what that shows.
fn verify_text(
    plan: &HandbookPlan<'_>,
    document: &Document,
    standing: &Standing,
    counted: &[&Endorsement],
) -> Vec<String> {
    if !document.kind.is_governed() {
        return Vec::new();
    }
    let mut text = vec![format!(
        "The text of this document has the digest {} (digest v1 of Avouch).",
        standing.digest
    )];
    if is_only_proposed(standing)
        && let Some(digest) = standing.in_force.as_ref().and_then(|it| it.digest)
    {
        text.push(format!("The text in force has the digest {digest}: it is another one."));
    }
    let signed: Vec<(&str, &str)> = counted.iter().filter_map(|act| plan.statement(act)).collect();
    if signed.len() < counted.len() || counted.is_empty() {
        text.push(
            "Approvals that are not signed show what the workspace says, and prove neither who approved nor \
             when."
                .to_owned(),
        );
    }
    if !signed.is_empty() {
        text.push(plan.ring_words());
        text.push(
            "A valid signature shows that the holder of a key signed a statement with this digest; that the \
             key is that person's rests on the ring. A day that is claimed is the signer's word; one that is \
             witnessed was seen by somebody outside. In the repository:"
                .to_owned(),
        );
        text.extend(signed.into_iter().map(|(person, path)| {
            format!(
                "$ ssh-keygen -Y verify -f allowed_signers -I {person} -n approval@avouch -s {path}.sig < {path}"
            )
        }));
    }
    text
}

/// Returns the pictures that a document shows, by path.
pub(super) fn pictures(plan: &HandbookPlan<'_>, index: u32) -> BTreeMap<String, Asset> {
    let corpus = plan.handbook().corpus();
    let mentions = &corpus.document(index).outline.references;
    let shown = mentions.iter().zip(corpus.links[index as usize].iter()).filter(|(it, _)| it.image);
    shown
        .filter_map(|(_, link)| match &link.target {
            Target::Asset(path) => Some((path.clone(), corpus.assets.get(path.as_str())?.clone())),
            _ => None,
        })
        .collect()
}

/// What references of staff's PDFs stand for.
pub(super) struct StaffPdf<'p, 'e> {
    plan: &'p HandbookPlan<'e>,
    root: Address,
}

impl<'p, 'e> StaffPdf<'p, 'e> {
    /// Returns nothing for a root that cannot be.
    pub(super) fn new(plan: &'p HandbookPlan<'e>) -> Option<Self> {
        Some(Self { plan, root: Address::parse("index.html")? })
    }
}

impl PdfPages<Resolved> for StaffPdf<'_, '_> {
    fn target(&self, link: &Link) -> PdfTarget {
        match &link.target {
            Target::Here(anchor) => PdfTarget::Here(anchor.clone()),
            Target::Web(address) => PdfTarget::Web(address.clone()),
            Target::Nowhere => PdfTarget::Nowhere,
            other => {
                self.plan.destination(&self.root, other).map_or(PdfTarget::Nowhere, PdfTarget::Page)
            }
        }
    }

    fn title(&self, link: &Link) -> String {
        self.plan.title(&link.target).unwrap_or_default()
    }

    fn picture(&self, image: &Link) -> Option<String> {
        match &image.target {
            Target::Asset(path) => Some(path.clone()),
            _ => None,
        }
    }

    fn value<'b>(&self, value: &'b Value) -> &'b str {
        &value.text
    }

    fn restricted<'b>(&self, restricted: &'b Vec<Block<Resolved>>) -> &'b [Block<Resolved>] {
        restricted
    }
}

/// Makes the PDF of a document.
pub(super) fn pdf(
    plan: &HandbookPlan<'_>,
    snapshot: &Snapshot,
    studio: &Studio<'_>,
    index: u32,
    facts: &PdfDocument,
) -> Result<Vec<u8>, RenderFailure> {
    let Some(pages) = StaffPdf::new(plan) else {
        return Err(RenderFailure::new("the handbook has no root"));
    };
    let body = body(plan, snapshot, index);
    let files = pictures(plan, index);
    let text =
        PdfText { body: &body, pages: &pages, files: &files, highlighter: studio.highlighter };
    let document = plan.handbook().corpus().document(index);
    let place = |span: Option<Span>| Some(place(document, span));
    studio.pdf(facts, &text, &place)
}

/// Returns the place of a span of a document's body; without one, of its id.
pub(super) fn place(document: &Document, span: Option<Span>) -> Place {
    match span {
        Some(span) => document.body_place(span),
        None => document.head_place(document.id.span),
    }
}
