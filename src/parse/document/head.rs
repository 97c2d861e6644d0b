//! The front matter of a Markdown file: where it stands, and as much of it as can be read.

use super::Strictness;
use crate::diagnostic::Diagnostic;
use crate::parse::fields::fold;
use crate::parse::front_matter::{Oddity, Parts, is_entry};
use crate::parse::rules::{invalid_yaml, missing_front_matter};
use crate::parse::sink::Sink;
use crate::parse::yaml::{self, Node, NodeKind};
use crate::parse::{comment, conflict, lenient, toml_lines};
use crate::span::{FilePath, Span};

/// In other people's folders takes for text what stands between two lines `---` and is a list or
/// anything else than a mapping, or has words before it: the lines are breaks then.
pub(super) fn unless_text<'t>(parts: Parts<'t>, text: &'t str) -> Parts<'t> {
    // Front matter is read only once where its first line can be nothing but an entry.
    let is_mapping = |head: &str| {
        let mut lines = head.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        lines.next().is_some_and(is_entry)
    };
    let has_words = |span: Span| text.get(span.range()).is_some_and(|it| !it.trim().is_empty());
    let is_text = matches!(parts.oddity, Some(Oddity::Preceded(before)) if has_words(before))
        || parts.oddity.is_none()
            && parts.head.filter(|head| !is_mapping(head)).is_some_and(|head| {
                yaml::read(head).is_ok_and(|(node, _)| {
                    matches!(node.kind, NodeKind::List(_) | NodeKind::Scalar { .. })
                })
            });
    if is_text {
        Parts { head: None, head_start: 0, body: text, body_start: 0, oddity: None }
    } else {
        parts
    }
}

/// Reports front matter that is absent, or does not stand where it should.
pub(super) fn report_oddity(
    parts: &Parts<'_>,
    text: &str,
    strictness: Strictness<'_>,
    sink: &mut Sink,
) {
    let mut report = |rule, span: Span, message: &str, help: &str| {
        let mut place = sink.place(Span::default());
        place.span = span;
        sink.report(Diagnostic::new(rule, place, message).help(help));
    };
    match parts.oddity {
        Some(Oddity::NotClosed(span)) => report(
            &invalid_yaml::RULE,
            span,
            "the front matter that begins here does not end",
            "end it with a line `---`",
        ),
        Some(Oddity::NotOpened(span)) => report(
            &missing_front_matter::RULE,
            span,
            "front matter begins here without its first line",
            "put a line `---` before it",
        ),
        Some(Oddity::Fenced(span) | Oddity::Commented(span)) => report(
            &missing_front_matter::RULE,
            span,
            "front matter stands here between other lines than `---`",
            "put a line `---` before it and one after it",
        ),
        Some(Oddity::Preceded(span)) => {
            // A line of git's that stands there is more than something before the first line.
            let mut conflicts = conflict::find(text).into_iter();
            if let Some(conflict) = conflicts.find(|it| it.first.end <= span.end) {
                sink.report(conflict::explain(&FilePath::clone(sink.path()), conflict, 0));
                return;
            }
            let before = text.get(span.range()).unwrap_or_default();
            let help = match before {
                blank if !blank.trim().is_empty() => {
                    "move what stands before the first `---` to the text below the second one"
                }
                spaces if !spaces.contains('\n') => "remove the space before the first `---`",
                _ => "remove the empty line before the first `---`",
            };
            report(
                &missing_front_matter::RULE,
                span,
                "something stands before the front matter",
                help,
            );
        }
        Some(Oddity::Toml(span)) => report(
            &missing_front_matter::RULE,
            span,
            "this is TOML, of which only simple keys are read",
            "write the facts as YAML between two lines of `---`",
        ),
        None if parts.head.is_none() && strictness.is_workspace => report(
            &missing_front_matter::RULE,
            Span::default(),
            "this document has no front matter",
            "begin the file with a line `---`, its `id:` and `title:`, and a second line `---`",
        ),
        None => {}
    }
}

/// The front matter, as far as it could be read.
pub(super) struct Head {
    /// Its mapping.
    pub(super) node: Option<Node>,
    /// Whether nothing of it was refused: else no fact is missed.
    pub(super) is_whole: bool,
}

/// Reads the front matter; where it is no YAML, what single lines say of it.
pub(super) fn read_head(parts: &Parts<'_>, strictness: Strictness<'_>, sink: &mut Sink) -> Head {
    let Some(text) = parts.head else { return Head { node: None, is_whole: true } };
    if matches!(parts.oddity, Some(Oddity::Toml(_))) {
        return Head { node: Some(toml_lines::read(text)), is_whole: false };
    }
    match yaml::read(text) {
        Ok((node, faults)) => {
            let is_whole = faults.is_empty();
            comment::check(&node, text, sink);
            faults.into_iter().for_each(|fault| sink.yaml(fault));
            let is_empty = node.kind == NodeKind::Null;
            let node =
                if is_empty { Node { kind: NodeKind::Map(Vec::new()), ..node } } else { node };
            Head { node: Some(node), is_whole }
        }
        Err(fault) => {
            let conflicts = conflict::find(text);
            if conflicts.is_empty() {
                sink.yaml(fault);
            }
            let path = FilePath::clone(sink.path());
            let offset = u32::try_from(parts.head_start).unwrap_or(u32::MAX);
            conflicts.into_iter().for_each(|it| sink.report(conflict::explain(&path, it, offset)));
            let wanted: &[&str] = if strictness.is_workspace { &["id", "title"] } else { &[] };
            Head { node: Some(lenient::head(text, wanted)), is_whole: false }
        }
    }
}

/// Gives keys of other people's folders the names that Avouch knows.
pub(super) fn rename(node: &mut Node, names: &[(String, String)]) {
    let NodeKind::Map(entries) = &mut node.kind else { return };
    for (ours, theirs) in names {
        for entry in entries.iter_mut().filter(|entry| fold(&entry.key.value) == fold(theirs)) {
            entry.key.value.clone_from(ours);
        }
    }
}
