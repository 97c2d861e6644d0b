//! Comments in YAML that were meant as text: `title: Policy #1`.

use super::rules::value_cut_short;
use super::sink::Sink;
use super::yaml::{Node, NodeKind};
use crate::diagnostic::Diagnostic;
use crate::span::Span;

/// Reports the values without quotes that a comment cuts short. People put a space after the sign
/// when they comment.
pub(super) fn check(root: &Node, yaml: &str, sink: &mut Sink) {
    if !yaml.contains(" #") && !yaml.contains("\t#") {
        return;
    }
    let mut cut = Vec::new();
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        match &node.kind {
            NodeKind::Scalar { plain: true, .. } => cut.extend(rest(yaml, node.span.end as usize)),
            NodeKind::Scalar { .. } | NodeKind::Null => {}
            NodeKind::List(items) => open.extend(items),
            NodeKind::Map(entries) => {
                for entry in entries {
                    if entry.value.kind == NodeKind::Null {
                        let colon = entry.key.span.end as usize;
                        let after = yaml.get(colon..).unwrap_or_default();
                        let value = after.find(':').map(|at| colon + at + 1);
                        cut.extend(value.and_then(|at| rest(yaml, at)));
                    }
                    open.push(&entry.value);
                }
            }
        }
    }
    cut.sort_unstable();
    for span in cut {
        let typed = yaml.get(span.range()).unwrap_or_default();
        let shown: String = typed.chars().take(40).collect();
        let message = format!("`{}` is a comment here and is not read", shown.escape_debug());
        let help = "put the value in quotes if this is a part of it; begin a comment with `# `";
        let place = sink.place(span);
        sink.report(Diagnostic::new(&value_cut_short::RULE, place, message).help(help));
    }
}

/// Returns the comment after a value, if it has no space after its sign.
fn rest(yaml: &str, end: usize) -> Option<Span> {
    let line = yaml.get(end..)?.lines().next()?;
    let comment = line.trim_start_matches([' ', '\t']);
    let is_text = comment.strip_prefix('#')?.starts_with(char::is_alphanumeric);
    let start = end + line.len() - comment.len();
    (is_text && start > end).then(|| Span::new(start, end + line.trim_end().len()))
}
