//! An item that was taken out of a list, to be put elsewhere.

use super::block::item_lines;
use super::flow;
use super::source::{BLANKS, Member, Source};
use super::value::Tree;
use crate::parse::yaml::{self, Node};

/// An item that was taken out of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    text: String,
    tree: Tree,
}

impl Taken {
    /// Returns its text as a list of one item: the dash in the first column, the comments that
    /// belonged to it, lines ended by line feeds.
    pub fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn tree(&self) -> &Tree {
        &self.tree
    }

    /// Copies an item of a list. Nothing if its text would read differently elsewhere.
    pub(super) fn copy(
        source: Source<'_>,
        list: &Node,
        members: &[Member],
        at: usize,
    ) -> Option<Self> {
        let tree = Tree::of(list.items().get(at)?);
        let text = if source.is_flow(list) {
            from_brackets(source, *members.get(at)?)
        } else {
            from_lines(source, members, at)?
        };
        let (read, faults) = yaml::read(&text).ok()?;
        let is_same = matches!(read.items(), [only] if tree.is(only)) && faults.is_empty();
        is_same.then_some(Self { text, tree })
    }
}

fn from_lines(source: Source<'_>, members: &[Member], at: usize) -> Option<String> {
    let column = source.indent(members.get(at)?.mark)?.len();
    let lines = source.part(item_lines(source, members, at)?).lines();
    let mut is_begun = false;
    let lines = lines.map(|line| {
        let words = line.trim_start_matches(BLANKS);
        let line = line.get(column.min(line.len() - words.len())..).unwrap_or_default();
        let is_dash = !is_begun && line.starts_with('-');
        is_begun |= is_dash;
        // Between brackets and quotes a line may begin further to the left than its list.
        let is_outside = is_begun && !is_dash && line == words && !line.is_empty();
        if is_outside && !line.starts_with('#') {
            format!("  {line}\n")
        } else {
            format!("{line}\n")
        }
    });
    Some(lines.collect())
}

fn from_brackets(source: Source<'_>, member: Member) -> String {
    let mut lines = source.part(member.start..member.end).lines();
    let mut text = format!("- {}", lines.next().unwrap_or_default());
    for line in lines {
        text += "\n    ";
        text += line.trim_matches(BLANKS);
    }
    if flow::has_own_line(source, member) {
        let end = flow::comma_after(source, member).map_or(member.end, |comma| comma + 1);
        let comment = source.rest(end);
        if !comment.is_empty() {
            text += " ";
            text += comment;
        }
    }
    text + "\n"
}
