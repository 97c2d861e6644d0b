//! Changes to lists and mappings that are written in brackets.

use super::source::{Edits, Member, Source};
use crate::parse::yaml::{Entry, Node};

impl Source<'_> {
    /// Returns whether no space follows an opening bracket.
    pub(super) fn is_tight(self, open: usize) -> bool {
        !self.part(open + 1..self.0.len()).starts_with(char::is_whitespace)
    }
}

/// Returns whether a key is followed by a colon; in braces it need not be.
pub(super) fn has_colon(source: Source<'_>, entry: &Entry) -> bool {
    source.after_colon(entry) > entry.key.span.range().end
}

/// Adds a member to a list or mapping in brackets: after the last one, in a line of its own if that
/// one has one.
pub(super) fn add(source: Source<'_>, edits: &mut Edits, outer: &Node, new: &str) -> Option<()> {
    let members = source.members(outer, 0)?;
    let Some(last) = members.last() else { return add_first(source, edits, outer, new) };
    let comma = comma_after(source, *last);
    let end = comma.map_or(last.end, |comma| comma + 1);
    let has_line = source.indent(last.start).is_some();
    let is_line_over = source.is_line_over(end);
    let has_comment = is_line_over && !source.rest(end).is_empty();
    if !has_line && !has_comment {
        match comma {
            Some(comma) => edits.insert(comma + 1, format!(" {new},")),
            None => edits.insert(last.end, format!(", {new}")),
        }
        return Some(());
    }
    let indent = source
        .indent(last.start)
        .map_or_else(|| " ".repeat(source.column(last.start)), str::to_owned);
    if comma.is_none() {
        edits.insert(last.end, ",");
    }
    let after = if comma.is_some() { "," } else { "" };
    let at = if is_line_over { source.line_end(end) } else { end };
    edits.insert(at, format!("{}{indent}{new}{after}", source.line_break(at)));
    Some(())
}

/// Adds the first member between two brackets, after the comments that stand there.
fn add_first(source: Source<'_>, edits: &mut Edits, outer: &Node, new: &str) -> Option<()> {
    let open = outer.span.range().start;
    let close = source.close(outer, None)?;
    if !source.has_comment(open..close) {
        edits.replace(open + 1..close, format!(" {new} "));
        return Some(());
    }
    let above = source.line_start(close).checked_sub(1)?;
    let first = source.line_start(above);
    let line = source.part(first..source.line_end(first));
    let indent = &line[..line.len() - line.trim_start().len()];
    edits.insert_lines(source, first, &[format!("{indent}{new}")]);
    Some(())
}

/// Takes a member out of a list or mapping in brackets, with its comma, its line if it has one of its
/// own, and the comment in that line.
pub(super) fn cut(source: Source<'_>, edits: &mut Edits, outer: &Node, at: usize) -> Option<()> {
    let members = source.members(outer, 0)?;
    let member = *members.get(at)?;
    let before = at.checked_sub(1).and_then(|before| members.get(before));
    let next = members.get(at + 1);
    let comma = comma_after(source, member);
    let end = comma.map_or(member.end, |comma| comma + 1);
    if has_own_line(source, member) {
        edits.replace(source.line_start(member.start)..source.next_line(end), "");
        if comma.is_none()
            && let Some(comma) = before.and_then(|before| comma_after(source, *before))
        {
            edits.replace(comma..comma + 1, "");
        }
        return Some(());
    }
    let is_near = |from: usize, to: usize| !source.has_comment(from..to);
    match (before, next) {
        (_, Some(next)) if is_near(member.end, next.start) => {
            edits.replace(member.start..next.start, "");
        }
        (Some(before), None) if is_near(before.end, member.start) => {
            edits.replace(before.end..member.end, "");
        }
        _ => {
            let rest = source.part(end..source.0.len());
            let spaces = rest.len() - rest.trim_start_matches(' ').len();
            edits.replace(member.start..end + spaces, "");
        }
    }
    Some(())
}

/// Returns whether nothing else but a comma and a comment stands in the lines of a member.
pub(super) fn has_own_line(source: Source<'_>, member: Member) -> bool {
    let end = comma_after(source, member).map_or(member.end, |comma| comma + 1);
    source.indent(member.start).is_some()
        && source.is_line_over(end)
        && source.line_end(end) == source.line_end(member.end)
}

/// Returns where the comma after a member stands.
pub(super) fn comma_after(source: Source<'_>, member: Member) -> Option<usize> {
    let at = source.skip(member.end);
    source.part(at..source.0.len()).starts_with(',').then_some(at)
}
