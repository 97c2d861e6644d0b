//! `approval-invalid`: a record that does not stand, or a line that names none that does.

use crate::assess::acts::{Line, lines, listed, signed};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::assessment::Assessment;
use crate::model::corpus::Corpus;
use crate::model::judgement::Flaw;
use crate::model::record::SignedRecord;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "approval-invalid",
    level: Level::Error,
    fixed: true,
    is_secret: false,
    summary: "a record that does not stand, or a line that names none that does",
    explanation: "A signed record counts if its signature is one of its exact bytes, made for \
        this workspace and for this kind of act, with a key that the ring in force \
        at that time gives to the person who is named. This one fails in what the \
        message says, and nothing that it says counts. A line in front matter that \
        names a statement must say what the statement says. No setting lowers this \
        rule: a text that is not approved must not look approved.",
};

/// Reports records that do not stand by themselves, time stamps that are none, statements that say
/// of a text what it does not say, and lines that do not say what their statement says.
pub(super) fn check(corpus: &Corpus, assessment: &Assessment, diagnostics: &mut Vec<Diagnostic>) {
    for it in signed(corpus, assessment) {
        for (message, help) in it.judgement.flaws.iter().filter_map(|flaw| words(flaw, it.record)) {
            diagnostics.push(Diagnostic::new(&RULE, it.record.place(), message).help(help));
        }
        if let Some(fault) = &it.judgement.witness_fault {
            let message = format!("the time stamp beside this record shows nothing: {fault}");
            let help = "take the stamp from an authority of `people.yaml` again, or remove it";
            let mut diagnostic = Diagnostic::new(&RULE, it.record.place(), message).help(help);
            diagnostic.level = Level::Warning;
            diagnostics.push(diagnostic);
        }
        if it.judgement.stands() {
            diagnostics.extend(other_text(corpus, assessment, it.record));
        }
    }
    for line in lines(corpus) {
        diagnostics.extend(other_line(corpus, &line));
    }
}

/// Says what a flaw is and what to do, unless it has a rule of its own.
fn words(flaw: &Flaw, record: &SignedRecord) -> Option<(String, String)> {
    let by = &record.statement.by;
    let again = "sign again here, and take this file away";
    let (message, help) = match flaw {
        Flaw::Unsigned => (
            "nobody signed this record".to_owned(),
            format!("put the signature beside it, `{}.txt.sig`, or take it away", record.name),
        ),
        Flaw::Signature(reason) => {
            (reason.clone(), "take both files back as they were signed, or sign again".to_owned())
        }
        Flaw::OtherWorkspace => (
            "this record was signed for another workspace".to_owned(),
            format!("it counts nowhere else: {again}"),
        ),
        Flaw::DemonstrationKey => (
            "this record is signed with a key of the demonstration, which everybody has".to_owned(),
            "make keys of your own: `ssh-keygen -t ed25519`".to_owned(),
        ),
        Flaw::Ring => (
            "this record names no ring that was in force when it was signed".to_owned(),
            "take the missing ring back from git, or sign again under the ring in force".to_owned(),
        ),
        Flaw::UnknownKey => (
            "nobody in the ring of that time has the key of this record".to_owned(),
            format!("have the key of `{by}` enrolled by those who may, and sign again"),
        ),
        Flaw::KeyOfAnother(person) => (
            format!("this record says `{by}` and is signed with the key of `{person}`"),
            format!("`{by}` must sign with a key of their own"),
        ),
        Flaw::Purpose => (
            format!(
                "the key of this record may not sign an act of this kind: {}",
                record.statement.decision.act().word()
            ),
            "sign with a key that may, or have its `purposes` changed".to_owned(),
        ),
        Flaw::KeyTooEarly(from) => (
            format!("the key of this record counts from {from} on, and it is dated before"),
            "a key signs nothing before it is enrolled: sign again".to_owned(),
        ),
        Flaw::KeyExpired(_)
        | Flaw::KeyRetired(_)
        | Flaw::KeyCompromised(_)
        | Flaw::Absent
        | Flaw::Role(_)
        | Flaw::NotDelegated(_)
        | Flaw::BackDated(_)
        | Flaw::Future(_) => return None,
    };
    Some((message, help))
}

/// Compares a statement with the text that has its digest.
fn other_text(
    corpus: &Corpus,
    assessment: &Assessment,
    record: &SignedRecord,
) -> Option<Diagnostic> {
    record.statement.subjects.iter().find_map(|subject| {
        let (index, document) = corpus.document_by_id(&subject.id)?;
        if assessment.texts.get(index as usize) != Some(&subject.digest) {
            return None;
        }
        let version = document.version.as_ref().map(|it| &it.value);
        let effective = document.effective_date.as_ref().map(|it| it.value);
        let retired = document.retired_on.as_ref().map(|it| it.value);
        let checks = [
            ("kind", subject.kind == document.kind.noun()),
            ("version", subject.version.as_ref() == version),
            ("tags", subject.tags == document.tags),
            ("effective", subject.effective == effective),
            ("retired", subject.retired == retired),
        ];
        let wrong = checks.into_iter().filter(|(_, is_right)| !is_right);
        let wrong: Vec<String> = wrong.map(|(name, _)| format!("`{name}`")).collect();
        if wrong.is_empty() {
            return None;
        }
        let message = format!(
            "this statement says otherwise than the text of `{}` that it covers: {}",
            subject.id,
            listed(&wrong)
        );
        let help = "withdraw it, and have the text approved as it is";
        let diagnostic = Diagnostic::new(&RULE, record.place(), message).help(help);
        Some(diagnostic.related(document.head_place(document.id.span), "the text"))
    })
}

/// Compares a line with the statement that it names.
fn other_line(corpus: &Corpus, line: &Line<'_>) -> Option<Diagnostic> {
    let name = line.proof.statement.as_ref()?;
    let place = line.place(name.span);
    let Some((_, record)) = corpus.records.signed_by_name(&name.value) else {
        let message = format!("there is no statement `{}`", name.value);
        let help = "take `content/records/statements` back from git, or remove this line";
        return Some(Diagnostic::new(&RULE, place, message).help(help));
    };
    let statement = &record.statement;
    let subject = statement.subjects.iter().find(|it| it.id.eq_ignore_ascii_case(line.id));
    let digest = subject.map(|it| it.digest.to_string());
    let checks = [
        ("the document", subject.is_some()),
        ("the kind of act", statement.decision.act() == line.act),
        ("`by`", statement.by == line.by.value),
        ("`role`", line.role.is_none_or(|it| statement.role.as_ref() == Some(&it.value))),
        ("`on`", line.on.is_none_or(|it| it.value == statement.decided_on)),
        ("`digest`", line.digest.is_none_or(|it| digest.is_none_or(|digest| digest == it.value))),
    ];
    let wrong = checks.into_iter().filter(|(_, is_right)| !is_right);
    let wrong: Vec<String> = wrong.map(|(name, _)| name.to_owned()).collect();
    if wrong.is_empty() {
        return None;
    }
    let message = format!("this line says otherwise than its statement: {}", listed(&wrong));
    let help = "the statement counts; write what it says, or remove the line";
    let diagnostic = Diagnostic::new(&RULE, place, message).help(help);
    Some(diagnostic.related(record.place(), "the statement"))
}
