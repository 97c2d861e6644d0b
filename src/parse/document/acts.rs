//! What people did with a document: approvals, reviews, revisions.

use jiff::civil::Date;

use crate::diagnostic::Diagnostic;
use crate::model::document::{Approval, Proof, Review, Revision};
use crate::parse::description::{Shape, key};
use crate::parse::fields::Fields;
use crate::parse::rules::invalid_value;
use crate::parse::sink::Sink;
use crate::signature::Digest;
use crate::signature::ring::Method;
use crate::span::Spanned;

/// Takes approvals.
pub(in crate::parse) fn approvals(fields: &mut Fields<'_>, sink: &mut Sink) -> Vec<Approval> {
    let approvals = key(
        "approvals",
        "That people accepted this text: \
         `- { by: mara, role: ciso, on: 2026-01-20, digest: \"sha256:…\" }`.",
    );
    fields.list(approvals, "approval", sink, |fields, sink| {
        let by = fields.required_text(key("by", "Who: a person of `people.yaml`."), sink);
        let role =
            key("role", "The role in which they approved, which they must hold on that day.");
        let role = fields.text(role, sink);
        if role.is_none() {
            fields.missing("role", "add the role in which the person approved: `role: ciso`", sink);
        }
        let on = day_of_act(fields, sink);
        let digest = digest(fields, sink);
        let proof = proof(fields, sink);
        Some(Approval { by: by?, role, on, digest, proof, span: fields.span() })
    })
}

/// Takes the day of an approval or review, which must be there.
fn day_of_act(fields: &mut Fields<'_>, sink: &mut Sink) -> Option<Spanned<Date>> {
    let on = fields.date(key("on", "The day on which they did.").or(&["date"]), sink);
    if on.is_none() {
        fields.missing("on", "add the day: `on: 2026-02-01`", sink);
    }
    on
}

/// Takes a digest. One that cannot be one stays, so that the text counts as changed.
fn digest(fields: &mut Fields<'_>, sink: &mut Sink) -> Option<Spanned<String>> {
    let digest = key(
        "digest",
        "The digest of the text that they read, which `avouch check` tells: `sha256:` and 64 \
         hexadecimal digits.",
    );
    let digest = fields.text_of(digest, Shape::Pattern("digest", "^sha256:[0-9a-f]{64}$"), sink)?;
    if !Digest::is_one(&digest.value) {
        let message = "this is no digest of a text";
        let help = "a digest is `sha256:` and 64 digits from 0 to f; without one, `avouch check` \
            says what to write";
        let place = sink.place(digest.span);
        sink.report(Diagnostic::new(&invalid_value::RULE, place, message).help(help));
    }
    Some(digest)
}

/// Takes what shows that an act happened.
fn proof(fields: &mut Fields<'_>, sink: &mut Sink) -> Proof {
    let statement = key(
        "statement",
        "The name of the signed statement in `content/records/statements`; `avouch approve` and \
         `avouch review` write it.",
    );
    let method = key("method", "How it was done, where it was not signed with a key.");
    let reference = key(
        "reference",
        "What names it elsewhere: the id of an envelope, the address of a pull request, the number \
         of minutes.",
    );
    let file = key("file", "The path of the file that shows it, from the root of the workspace.");
    let sha256 = key("sha256", "The SHA-256 of that file, 64 hexadecimal digits.");
    let pattern = Shape::Pattern("SHA-256", "^[0-9a-f]{64}$");
    let text = |text: Spanned<String>| text.value;
    Proof {
        statement: fields.text(statement, sink),
        method: fields.word(method, Method::STATED, Method::parse, sink),
        reference: fields.text(reference.or(&["envelope", "url"]), sink).map(text),
        body: fields.text(key("body", "The body that decided, for minutes."), sink).map(text),
        attendees: fields
            .texts(key("attendees", "Who was there, for minutes."), sink)
            .into_iter()
            .map(text)
            .collect(),
        sha256: fields.text_of(sha256, pattern, sink),
        file: fields.text(file, sink),
    }
}

/// Takes reviews.
pub(in crate::parse) fn reviews(fields: &mut Fields<'_>, sink: &mut Sink) -> Vec<Review> {
    let reviews = key("reviews", "That people looked at this text again and left it as it is.");
    fields.list(reviews, "review", sink, |fields, sink| {
        let by = fields.required_text(key("by", "Who: a person of `people.yaml`."), sink);
        let role = fields.text(key("role", "The role in which they reviewed."), sink);
        let on = day_of_act(fields, sink);
        let digest = digest(fields, sink);
        let proof = proof(fields, sink);
        let considered = key("considered", "What they took into account, one line each.");
        let considered = fields.texts(considered, sink);
        let conclusion = fields.text(key("conclusion", "What it came to, in a sentence."), sink);
        Some(Review {
            by: by?,
            role,
            on,
            digest,
            proof,
            considered: considered.into_iter().map(|text| text.value).collect(),
            conclusion: conclusion.map(|text| text.value),
        })
    })
}

/// Takes revisions.
pub(super) fn revisions(fields: &mut Fields<'_>, sink: &mut Sink) -> Vec<Revision> {
    let revisions = key("revisions", "What each version changed, the newest first.");
    fields.list(revisions, "revision", sink, |fields, sink| {
        let version = fields.required_text(key("version", "The version, in quotes."), sink);
        let date = fields
            .date(key("date", "The day on which it was made.").or(&["on"]), sink)
            .map(|date| date.value);
        let parse = |word: &str| match word {
            "editorial" => Some(true),
            "material" => Some(false),
            _ => None,
        };
        let kind = key("kind", "Whether the meaning changed; `material` where nothing is said.");
        let is_editorial = fields.word(kind, &["material", "editorial"], parse, sink);
        let summary = fields.required_text(key("summary", "What changed, for staff."), sink);
        let public_summary = key("public_summary", "What changed, for customers.");
        let public_summary = fields.text(public_summary, sink).map(|text| text.value);
        let authors = key("authors", "Who wrote it: one or a list.").or(&["author"]);
        let authors = fields.texts(authors, sink).into_iter().map(|text| text.value).collect();
        Some(Revision {
            version: version?.value,
            date,
            is_editorial: is_editorial.is_some_and(|word| word.value),
            summary: summary?.value,
            public_summary,
            authors,
        })
    })
}
