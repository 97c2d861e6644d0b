//! From internal to public: the one constructor of the trust center's values.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rayon::prelude::*;

use super::PublicText;
use super::disclose_body::{self, DisclosePolicy};
use super::disclose_control::{disclose_control, frameworks};
use super::disclose_record::{disclose_attestation, disclose_subprocessor};
use super::gate::{Admission, Gate, check_classifications};
use super::rules::{
    public_control_not_operating, public_links_to_withheld, security_txt_expires,
    withheld_fact_in_public,
};
use super::trust_center::{
    ListedDocument, PublicAttestation, PublicControl, PublicDocument, PublicQuestion,
    PublicRevision, PublicSecurityTxt, PublicTerm, PublicUpdate, TrustCenter,
};
use crate::diagnostic::Diagnostic;
use crate::model::assessment::Assessment;
use crate::model::asset::Asset;
use crate::model::body::{Body, Disclosed, Resolved, Value};
use crate::model::corpus::Corpus;
use crate::model::disclosure::Disclosure;
use crate::model::document::{Document, Kind, Revision, Term};
use crate::model::id::PublicId;
use crate::model::link::{Link, PublicTarget, Target};
use crate::model::outline::Outline;
use crate::model::settings::{SecurityTxt, Settings};
use crate::model::trust::{Overview, Question, Update};
use crate::parse::markdown;
use crate::resolve;
use crate::span::{FilePath, Place};
use crate::workspace::Snapshot;

impl TrustCenter {
    /// Decides what anyone may read. Returns nothing where there is no workspace or its switch is
    /// off. What authors meant to be public and is not is reported.
    #[must_use]
    pub fn disclose(
        corpus: &Corpus,
        assessment: &Assessment,
        snapshot: &Snapshot,
    ) -> (Option<TrustCenter>, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        check_classifications(corpus, &mut diagnostics);
        if !corpus.settings.is_workspace || !corpus.settings.publish.trust_center {
            return (None, diagnostics);
        }
        let gate = Gate::new(corpus, assessment, snapshot, &mut diagnostics);
        public_control_not_operating::check(&gate, &mut diagnostics);
        security_txt_expires::check(&gate, &mut diagnostics);
        let trust_center = disclose(&gate, &mut diagnostics);
        (Some(trust_center), diagnostics)
    }
}

/// The rules by which links and values pass in one text.
struct Passage<'g, 'c> {
    gate: &'g Gate<'c>,
    /// Whose outline tells which anchors of the same text are public.
    outline: Option<&'g Outline>,
}

impl Passage<'_, '_> {
    /// Returns whether a link loses its target and nothing tells the reader why. A document whose
    /// facts could not be read may well be public: nothing is written before it can be read.
    fn loses(&self, link: &Link) -> bool {
        let corpus = self.gate.corpus;
        if let Target::Document { index, .. } = &link.target
            && corpus.unread.documents.contains(&corpus.document(*index).path)
        {
            return false;
        }
        let may_be_withheld = matches!(
            link.target,
            Target::Document { .. }
                | Target::Here(_)
                | Target::Control(_)
                | Target::Record(_)
                | Target::Evidence(_)
        );
        may_be_withheld && self.link(link).is_none() && self.title(link).is_none()
    }
}

fn lost_link(typed: &str, place: Place) -> Diagnostic {
    let message = format!("`{typed}` is not public; its words stay without the link");
    let help = "check that the words reveal nothing, move them into an `> [!INTERNAL]` block, or disclose the target";
    Diagnostic::new(&public_links_to_withheld::RULE, place, message).help(help)
}

impl DisclosePolicy for Passage<'_, '_> {
    fn link(&self, link: &Link) -> Option<PublicTarget> {
        let corpus = self.gate.corpus;
        match &link.target {
            Target::Document { index, anchor } => {
                let document = corpus.document(*index);
                if self.gate.documents[*index as usize] != Admission::Text {
                    return None;
                }
                let is_open = |anchor: &String| {
                    document.outline.anchor(anchor).is_some_and(|it| !it.restricted)
                };
                let anchor = anchor.clone().filter(is_open);
                Some(PublicTarget::Document(PublicId::vouched(&document.id.value), anchor))
            }
            Target::Here(anchor) => {
                let is_open = self.outline?.anchor(anchor).is_some_and(|it| !it.restricted);
                is_open.then(|| PublicTarget::Here(anchor.clone()))
            }
            Target::Control(id) => {
                let control = corpus.control(id)?;
                let is_shown = self.gate.controls.contains(control.id.value.as_str());
                is_shown.then(|| PublicTarget::Control(PublicId::vouched(&control.id.value)))
            }
            Target::Asset(path) => Some(PublicTarget::Asset(path.clone())),
            Target::Web(address) => Some(PublicTarget::Web(address.clone())),
            Target::Requirement(..)
            | Target::Framework(_)
            | Target::Record(_)
            | Target::Evidence(_)
            | Target::Role(_)
            | Target::Person(_)
            | Target::Folder(_)
            | Target::Nowhere => None,
        }
    }

    fn title(&self, link: &Link) -> Option<String> {
        let corpus = self.gate.corpus;
        match &link.target {
            Target::Document { index, .. } => match self.gate.documents[*index as usize] {
                Admission::Text | Admission::Row | Admission::UnderReview => {
                    Some(self.gate.words(&corpus.document(*index).title.value).to_string())
                }
                Admission::Nothing => None,
            },
            Target::Control(id) => {
                let control = corpus.control(id)?;
                self.gate
                    .controls
                    .contains(control.id.value.as_str())
                    .then(|| self.gate.words(&control.title).to_string())
            }
            Target::Requirement(framework, id) => {
                let framework = corpus.framework(framework)?;
                Some(format!("{} {id}", framework.short_title))
            }
            Target::Framework(id) => Some(corpus.framework(id)?.short_title.clone()),
            Target::Role(id) => Some(self.gate.role_title(id)?.to_string()),
            Target::Here(_)
            | Target::Record(_)
            | Target::Evidence(_)
            | Target::Person(_)
            | Target::Folder(_)
            | Target::Asset(_)
            | Target::Web(_)
            | Target::Nowhere => None,
        }
    }

    fn value(&self, value: &Value) -> Option<String> {
        let fact = self.gate.corpus.fact(&value.path)?;
        (fact.disclosure == Disclosure::Public).then(|| fact.text.clone())
    }
}

impl Gate<'_> {
    /// Discloses a short text of a data file; reports facts that are withheld.
    fn text(
        &self,
        text: &str,
        place: &Place,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Body<Disclosed> {
        let resolved = resolve::text_with(self.corpus, text, &|path| Some(self.value(path)));
        let outline = markdown::read(text, &markdown::Options::default()).outline;
        let passage = Passage { gate: self, outline: None };
        for (mention, link) in
            outline.references.iter().zip(resolve::links_of_text(self.corpus, text, &outline))
        {
            if !mention.restricted && passage.loses(&link) {
                diagnostics.push(lost_link(&mention.reference.target, place.clone()));
            }
        }
        for variable in outline.variables.iter().filter(|it| !it.restricted) {
            let place = self.snapshot.locate(place, text, variable.name.span.range());
            self.check_fact(&variable.name.path, place, diagnostics);
        }
        self.body(resolved, None)
    }

    /// Returns a value before it is decided whether it is public. An unknown one is empty and
    /// becomes the gap of a withheld one, so that no variable gets through as text.
    fn value(&self, path: &str) -> String {
        self.corpus.fact(path).map(|fact| fact.text.clone()).unwrap_or_default()
    }

    fn body(&self, resolved: Body<Resolved>, outline: Option<&Outline>) -> Body<Disclosed> {
        disclose_body::body(resolved, &Passage { gate: self, outline })
    }

    pub(super) fn check_fact(&self, path: &str, place: Place, diagnostics: &mut Vec<Diagnostic>) {
        let is_withheld =
            self.corpus.fact(path).is_some_and(|fact| fact.disclosure != Disclosure::Public);
        if is_withheld {
            let message = format!("`{path}` is withheld and would be shown to everybody");
            let help = "say `disclosure: public` at the fact, or take it out of the text";
            diagnostics
                .push(Diagnostic::new(&withheld_fact_in_public::RULE, place, message).help(help));
        }
    }

    /// Returns the words for an owner that may be public: the title of a role.
    fn role_title(&self, owner: &str) -> Option<PublicText> {
        self.corpus.role(owner).map(|role| self.words(&role.title))
    }
}

fn disclose(gate: &Gate<'_>, diagnostics: &mut Vec<Diagnostic>) -> TrustCenter {
    let corpus = gate.corpus;
    // Every setting is named, so that a new one is decided about.
    let Settings {
        path: _,
        is_workspace: _,
        workspace_id: _,
        organisation,
        is_demo,
        today: _,
        time_zone: _,
        language,
        paper,
        handbook_url: _,
        trust_url,
        frameworks: _,
        engagements: _,
        exclusions: _,
        review_cycle: _,
        review_grace: _,
        due_soon: _,
        acknowledgements: _,
        publish: _,
        never_publish: _,
        security_contact,
        privacy_contact,
        security_txt,
        facts: _,
        levels: _,
        theme: _,
    } = &corpus.settings;
    let security_txt = security_txt.as_ref().map(|it| {
        let SecurityTxt { expires, policy, languages } = it;
        PublicSecurityTxt {
            expires: expires.value,
            policy: policy.clone(),
            languages: languages.clone(),
        }
    });

    let read: Vec<(PublicDocument, Vec<Diagnostic>)> = corpus
        .documents
        .par_iter()
        .enumerate()
        .filter(|(index, _)| gate.documents[*index] == Admission::Text)
        .map(|(index, document)| {
            let mut found = Vec::new();
            (disclose_document(gate, document, index, &mut found), found)
        })
        .collect();
    let mut documents = Vec::with_capacity(read.len());
    for (document, mut found) in read {
        documents.push(document);
        diagnostics.append(&mut found);
    }
    let listed_documents = corpus
        .documents
        .iter()
        .zip(&gate.documents)
        .filter(|(_, admission)| matches!(admission, Admission::Row | Admission::UnderReview))
        .map(|(document, admission)| {
            list_document(gate, document, *admission == Admission::UnderReview, diagnostics)
        })
        .collect();

    let Overview { path: file, headline, statement, glance, not_covered } = &corpus.overview;
    let headline =
        headline.as_ref().map(|it| gate.text(&it.value, &Place::new(file, it.span), diagnostics));
    let statement =
        statement.as_ref().map(|it| gate.text(&it.value, &Place::new(file, it.span), diagnostics));
    let glance = glance
        .iter()
        .map(|(label, it)| {
            let place = Place::new(file, it.span);
            let label = gate.checked_words(label, &place, diagnostics);
            (label, gate.text(&it.value, &place, diagnostics))
        })
        .collect();
    let not_covered = not_covered
        .iter()
        .map(|it| gate.text(&it.value, &Place::new(file, it.span), diagnostics))
        .collect();

    let controls: Vec<PublicControl> = corpus
        .controls
        .iter()
        .filter_map(|control| disclose_control(gate, control, diagnostics))
        .collect();
    let attestations: Vec<PublicAttestation> = corpus
        .register("attestations")
        .iter()
        .filter_map(|record| disclose_attestation(gate, record, diagnostics))
        .collect();
    let frameworks = frameworks(corpus, &controls, &attestations);
    let subprocessors = corpus
        .register("subprocessors")
        .iter()
        .filter_map(|record| disclose_subprocessor(gate, record, diagnostics))
        .collect();
    let questions = corpus
        .questions
        .iter()
        .filter_map(|question| disclose_question(gate, question, diagnostics))
        .collect();
    let mut updates: Vec<PublicUpdate> = corpus
        .updates
        .iter()
        .filter_map(|update| disclose_update(gate, update, diagnostics))
        .collect();
    updates.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.id.cmp(&b.id)));
    let terms =
        corpus.terms.iter().filter_map(|term| disclose_term(gate, term, diagnostics)).collect();
    let files = files(gate);

    let mut trust_center = TrustCenter {
        organisation: organisation.clone(),
        is_demo: *is_demo,
        language: language.clone(),
        paper: *paper,
        url: trust_url.clone(),
        security_contact: security_contact.clone(),
        privacy_contact: privacy_contact.clone(),
        security_txt,
        as_of: None,
        headline,
        statement,
        glance,
        not_covered,
        documents,
        listed_documents,
        controls,
        frameworks,
        attestations,
        subprocessors,
        questions,
        updates,
        terms,
        files,
    };
    trust_center.as_of = newest_date(&trust_center);
    trust_center
}

fn disclose_document(
    gate: &Gate<'_>,
    document: &Document,
    index: usize,
    diagnostics: &mut Vec<Diagnostic>,
) -> PublicDocument {
    let Document {
        path,
        kind,
        id,
        has_own_id: _,
        title,
        version,
        owner,
        authors: _,
        classification: _,
        disclosure: _,
        summary: _,
        public_summary,
        public_keywords,
        requires_nda: _,
        effective_date,
        review_cycle: _,
        last_reviewed: _,
        addresses: _,
        carries: _,
        controls: _,
        related: _,
        tags: _,
        approvals,
        reviews: _,
        revisions,
        retired_on: _,
        superseded_by: _,
        order,
        extra: _,
        outline,
        body_start: _,
        head,
        fingerprint: _,
        canonical: _,
    } = document;
    let standing = &gate.assessment.documents[index];
    let head = Place::new(path, *head);
    let text = gate.snapshot.body(document);
    let read = markdown::read(text, &markdown::Options::of(*kind));
    let links = gate.corpus.links[index].iter();
    let resolved =
        resolve::body::body(read.body, &|slot| gate.corpus.target(index, slot), &|path| {
            Some(gate.value(path))
        });
    for variable in outline.variables.iter().filter(|it| !it.restricted) {
        gate.check_fact(&variable.name.path, document.body_place(variable.name.span), diagnostics);
    }
    let passage = Passage { gate, outline: Some(outline) };
    for (mention, link) in
        outline.references.iter().zip(links).filter(|(mention, _)| !mention.restricted)
    {
        if passage.loses(link) {
            let place = document.body_place(mention.reference.span);
            diagnostics.push(lost_link(&mention.reference.target, place));
        }
    }
    let disclosed = disclose_body::body(resolved, &passage);
    let approvals = approvals.iter().filter_map(|approval| {
        let role = approval.role.as_ref().and_then(|role| gate.role_title(&role.value));
        Some((role.unwrap_or_else(|| gate.words("Management")), approval.on.as_ref()?.value))
    });
    PublicDocument {
        id: PublicId::vouched(&id.value),
        source: path.clone(),
        stem: document.short_path().trim_start_matches("trust/").to_owned(),
        kind: kind.word(),
        kind_plural: kind.plural(),
        is_page: *kind == Kind::Page,
        order: *order,
        title: gate.checked_words(&title.value, &document.head_place(title.span), diagnostics),
        summary: public_summary.as_ref().map(|it| gate.checked_words(it, &head, diagnostics)),
        keywords: gate.all_words(public_keywords, &head, diagnostics),
        version: version.as_ref().map(|it| it.value.clone()),
        owner: owner.as_ref().and_then(|owner| gate.role_title(&owner.value)),
        effective: effective_date.as_ref().map(|it| it.value),
        last_reviewed: standing.last_reviewed.filter(|_| !standing.is_claimed),
        next_review: standing.next_review,
        approvals: approvals.collect(),
        revisions: revisions
            .iter()
            .filter_map(|revision| disclose_revision(gate, revision, &head, diagnostics))
            .collect(),
        body: disclosed,
    }
}

fn disclose_revision(
    gate: &Gate<'_>,
    revision: &Revision,
    place: &Place,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<PublicRevision> {
    let Revision { version, date, is_editorial: _, summary: _, public_summary, authors: _ } =
        revision;
    let summary = gate.checked_words(public_summary.as_ref()?, place, diagnostics);
    Some(PublicRevision { version: version.clone(), date: *date, summary })
}

fn list_document(
    gate: &Gate<'_>,
    document: &Document,
    is_under_review: bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> ListedDocument {
    let place = Place::new(&document.path, document.head);
    let keywords = gate.all_words(&document.public_keywords, &place, diagnostics);
    let mut words = |text: &str| gate.checked_words(text, &place, diagnostics);
    ListedDocument {
        id: PublicId::vouched(&document.id.value),
        kind: document.kind.word(),
        kind_plural: document.kind.plural(),
        title: words(&document.title.value),
        summary: document.public_summary.as_deref().map(words),
        keywords,
        requires_nda: document.requires_nda,
        version: document.version.as_ref().map(|it| it.value.clone()),
        effective: document.effective_date.as_ref().map(|it| it.value),
        is_under_review,
    }
}

fn disclose_question(
    gate: &Gate<'_>,
    question: &Question,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<PublicQuestion> {
    let Question { id, topic, question, answer, keywords, controls, documents, disclosure, place } =
        question;
    if *disclosure != Disclosure::Public {
        return None;
    }
    let of_answer = Place::new(&place.path, answer.span);
    let controls = controls.iter().filter_map(|name| gate.corpus.control(&name.value));
    let documents = documents.iter().filter_map(|name| gate.corpus.document_by_id(&name.value));
    Some(PublicQuestion {
        id: PublicId::vouched(&id.value),
        topic: gate.checked_words(topic, place, diagnostics),
        question: gate.checked_words(question, place, diagnostics),
        answer: gate.text(&answer.value, &of_answer, diagnostics),
        keywords: gate.all_words(keywords, place, diagnostics),
        controls: controls
            .filter(|control| gate.controls.contains(control.id.value.as_str()))
            .map(|control| PublicId::vouched(&control.id.value))
            .collect(),
        documents: documents
            .filter(|(index, _)| gate.documents[*index as usize] == Admission::Text)
            .map(|(_, document)| PublicId::vouched(&document.id.value))
            .collect(),
    })
}

fn disclose_update(
    gate: &Gate<'_>,
    update: &Update,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<PublicUpdate> {
    let Update { id, date, kind, title, text, disclosure, place } = update;
    if *disclosure != Disclosure::Public || *date > gate.assessment.today {
        return None;
    }
    Some(PublicUpdate {
        id: PublicId::vouched(&id.value),
        date: *date,
        kind: kind.word(),
        title: gate.checked_words(title, place, diagnostics),
        text: gate.text(&text.value, &Place::new(&place.path, text.span), diagnostics),
    })
}

fn disclose_term(
    gate: &Gate<'_>,
    term: &Term,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<PublicTerm> {
    let Term { term, definition, aliases: _, disclosure, place } = term;
    (*disclosure == Disclosure::Public).then(|| PublicTerm {
        term: gate.checked_words(&term.value, place, diagnostics),
        definition: gate.text(definition, place, diagnostics),
    })
}

/// Collects the files that the open parts of public texts show.
fn files(gate: &Gate<'_>) -> BTreeMap<FilePath, Asset> {
    let mut files = BTreeMap::new();
    for (index, document) in gate.corpus.documents.iter().enumerate() {
        if gate.documents[index] != Admission::Text {
            continue;
        }
        for mention in document.outline.references.iter().filter(|mention| !mention.restricted) {
            if let Target::Asset(path) = gate.corpus.target(index, mention.reference.slot) {
                let asset = gate.corpus.assets.get_key_value(path.as_str());
                files.extend(asset.map(|(path, asset)| (path.clone(), asset.clone())));
            }
        }
    }
    files
}

/// Returns the newest date of anything that customers read, so that the page says how new it is
/// without asking the clock.
fn newest_date(trust_center: &TrustCenter) -> Option<Date> {
    let documents = trust_center.documents.iter();
    let reviewed = documents
        .flat_map(|it| it.last_reviewed.into_iter().chain(it.approvals.iter().map(|it| it.1)));
    let updates = trust_center.updates.iter().map(|it| it.date);
    let reports = trust_center.attestations.iter().filter_map(|it| it.report_date);
    let announced = trust_center.subprocessors.iter().filter_map(|it| it.announced_on);
    reviewed.chain(updates).chain(reports).chain(announced).max()
}
