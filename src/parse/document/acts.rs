//! What people did with a document: approvals, reviews, revisions.

use jiff::civil::Date;

use crate::diagnostic::Diagnostic;
use crate::model::document::{Approval, Review, Revision};
use crate::parse::fields::{Fields, Sink};
use crate::parse::rules::invalid_value;
use crate::parse::yaml::Node;
use crate::signature::Digest;
use crate::span::Spanned;

/// Takes approvals.
pub(super) fn approvals(fields: &mut Fields<'_>, sink: &mut Sink) -> Vec<Approval> {
    let nodes = fields.list("approvals", sink);
    let read = |node: &Node, sink: &mut Sink| {
        let mut fields = Fields::open(node, "approval", sink)?;
        let by = fields.required_text(&["by"], sink);
        let role = fields.text(&["role"], sink);
        if role.is_none() {
            fields.missing("role", "add the role in which the person approved: `role: ciso`", sink);
        }
        let on = day_of_act(&mut fields, sink);
        let digest = digest(&mut fields, sink);
        fields.finish(sink);
        Some(Approval { by: by?, role, on, digest, span: node.span })
    };
    nodes.into_iter().filter_map(|node| read(node, sink)).collect()
}

/// Takes the day of an approval or review, which must be there.
fn day_of_act(fields: &mut Fields<'_>, sink: &mut Sink) -> Option<Spanned<Date>> {
    let on = fields.date(&["on", "date"], sink);
    if on.is_none() {
        fields.missing("on", "add the day: `on: 2026-02-01`", sink);
    }
    on
}

/// Takes a digest. One that cannot be one stays, so that the text counts as changed.
fn digest(fields: &mut Fields<'_>, sink: &mut Sink) -> Option<Spanned<String>> {
    let digest = fields.text(&["digest"], sink)?;
    if !Digest::is_one(&digest.value) {
        let message = "this is no digest of a text";
        let help = "a digest is `sha256:` and 64 digits from 0 to f; without one, `avouch check` \
            says what to write";
        let place = sink.place(digest.span);
        sink.report(Diagnostic::new(&invalid_value::RULE, place, message).help(help));
    }
    Some(digest)
}

/// Takes reviews.
pub(super) fn reviews(fields: &mut Fields<'_>, sink: &mut Sink) -> Vec<Review> {
    let nodes = fields.list("reviews", sink);
    let read = |node: &Node, sink: &mut Sink| {
        let mut fields = Fields::open(node, "review", sink)?;
        let by = fields.required_text(&["by"], sink);
        let role = fields.text(&["role"], sink);
        let on = day_of_act(&mut fields, sink);
        let digest = digest(&mut fields, sink);
        let considered =
            fields.texts(&["considered"], sink).into_iter().map(|text| text.value).collect();
        let conclusion = fields.text(&["conclusion"], sink).map(|text| text.value);
        fields.finish(sink);
        Some(Review { by: by?, role, on, digest, considered, conclusion })
    };
    nodes.into_iter().filter_map(|node| read(node, sink)).collect()
}

/// Takes revisions.
pub(super) fn revisions(fields: &mut Fields<'_>, sink: &mut Sink) -> Vec<Revision> {
    let nodes = fields.list("revisions", sink);
    let read = |node: &Node, sink: &mut Sink| {
        let mut fields = Fields::open(node, "revision", sink)?;
        let version = fields.required_text(&["version"], sink);
        let date = fields.date(&["date", "on"], sink).map(|date| date.value);
        let parse = |word: &str| match word {
            "editorial" => Some(true),
            "material" => Some(false),
            _ => None,
        };
        let is_editorial = fields.word(&["kind"], parse, &["material", "editorial"], sink);
        let summary = fields.required_text(&["summary"], sink);
        let public_summary = fields.text(&["public_summary"], sink).map(|text| text.value);
        let authors =
            fields.texts(&["authors", "author"], sink).into_iter().map(|text| text.value).collect();
        fields.finish(sink);
        Some(Revision {
            version: version?.value,
            date,
            is_editorial: is_editorial.is_some_and(|word| word.value),
            summary: summary?.value,
            public_summary,
            authors,
        })
    };
    nodes.into_iter().filter_map(|node| read(node, sink)).collect()
}
