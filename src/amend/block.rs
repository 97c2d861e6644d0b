//! Changes to lists and mappings that are written in lines.

use super::flow;
use super::source::{BLANKS, Edits, Source, without_end};
use super::value::{Tree, Value, spell_key};
use crate::parse::yaml::{Node, NodeKind};

/// What is appended to a list.
#[derive(Debug, Clone, Copy)]
pub(super) enum New<'a> {
    /// A mapping in the style of the list.
    Item(&'a [(&'a str, Value)]),
    /// The text of an item, its dash first, as [`take`](super::take) gave it.
    Text(&'a str, &'a Tree),
}

/// How an item of a list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// In braces, with or without spaces inside.
    Braces { is_padded: bool },
    /// One line a key, so many columns after the dash.
    Lines { gap: usize },
}

impl Style {
    /// What is written where nothing is there to follow.
    pub(super) const DEFAULT: Self = Self::Braces { is_padded: true };

    /// Returns how an item is written whose dash, if it has one, stands at `mark`.
    pub(super) fn of(source: Source<'_>, item: &Node, mark: usize) -> Self {
        let start = item.span.range().start;
        match item.kind {
            NodeKind::Map(ref entries) if source.is_flow(item) => {
                Self::Braces { is_padded: entries.is_empty() || !source.is_tight(start) }
            }
            NodeKind::Map(_) if source.line_start(mark) == source.line_start(start) => {
                Self::Lines { gap: source.column(start) - source.column(mark) }
            }
            NodeKind::Map(_) => Self::Lines { gap: 2 },
            NodeKind::Null | NodeKind::Scalar { .. } | NodeKind::List(_) => Self::DEFAULT,
        }
    }
}

impl New<'_> {
    /// Returns what is read where it was written.
    pub(super) fn tree(self) -> Tree {
        match self {
            Self::Item(entries) => {
                let entries = entries.iter();
                Tree::Map(
                    entries.map(|(key, value)| ((*key).to_owned(), Tree::written(value))).collect(),
                )
            }
            Self::Text(_, tree) => tree.clone(),
        }
    }

    /// Spells it in one line, to stand between brackets.
    pub(super) fn spelled(self, style: Style) -> String {
        match self {
            Self::Item(entries) => {
                let words: Vec<String> = pairs(entries).collect();
                match style {
                    Style::Braces { is_padded: false } => format!("{{{}}}", words.join(", ")),
                    Style::Braces { .. } | Style::Lines { .. } => {
                        format!("{{ {} }}", words.join(", "))
                    }
                }
            }
            Self::Text(text, tree) => {
                let line = text.strip_prefix("- {").map(without_end).filter(|it| it.ends_with('}'));
                match line.filter(|line| !line.contains(['\n', '#'])) {
                    Some(line) => format!("{{{line}"),
                    None => tree.spelled(),
                }
            }
        }
    }

    /// Spells it in lines of a block list whose dashes are indented by `indent`.
    fn lines(self, indent: &str, style: Style) -> Vec<String> {
        let line = |line: &str| match line {
            "" => String::new(),
            line => format!("{indent}{line}"),
        };
        match (self, style) {
            (Self::Text(text, _), _) => text.lines().map(line).collect(),
            (Self::Item(entries), Style::Lines { gap }) if !entries.is_empty() => {
                let gap = gap.max(2);
                let dashes = std::iter::once(format!("{:<gap$}", "-"));
                let starts = dashes.chain(std::iter::repeat(" ".repeat(gap)));
                starts.zip(pairs(entries)).map(|(start, pair)| line(&(start + &pair))).collect()
            }
            (Self::Item(_), _) => vec![line(&format!("- {}", self.spelled(style)))],
        }
    }
}

fn pairs<'a>(entries: &'a [(&'a str, Value)]) -> impl Iterator<Item = String> + 'a {
    entries.iter().map(|(key, value)| format!("{}: {}", spell_key(key), value.spelled(key)))
}

/// Appends to a block list that has items. Its key ends at `from`.
pub(super) fn append(
    source: Source<'_>,
    edits: &mut Edits,
    (list, from): (&Node, usize),
    new: &[New<'_>],
) -> Option<()> {
    let members = source.members(list, from)?;
    let (last, item) = (members.last()?, list.items().last()?);
    let style = Style::of(source, item, last.mark);
    let end = source.end_with_comments(last.end, source.column(last.mark));
    let indent = source.indent(last.mark)?;
    let lines: Vec<String> = new.iter().flat_map(|new| new.lines(indent, style)).collect();
    edits.insert_lines(source, end, &lines);
    Some(())
}

/// Begins a list under a key that has none, in the style of the lists around it.
pub(super) fn begin(
    source: Source<'_>,
    edits: &mut Edits,
    (mapping, entry): (&Node, usize),
    new: New<'_>,
) -> Option<()> {
    let entry = mapping.entries().get(entry)?;
    let (key, value) = (entry.key.span.range(), entry.value.span.range());
    let colon = source.after_colon(entry);
    let column = source.column(key.start);
    let lines = new.lines(&indent_of_list(source, mapping, column)?, Style::DEFAULT);
    let is_empty = matches!(entry.value.kind, NodeKind::Null) && value.is_empty();
    if is_empty {
        if !source.is_line_over(colon) {
            return None;
        }
        edits.insert_lines(source, source.end_with_comments(colon, column), &lines);
        return Some(());
    }
    let end = source.end(&entry.value, colon)?;
    if !source.is_line_over(end) {
        return None;
    }
    if source.line_start(value.start) == source.line_start(key.start) {
        edits.replace(colon..end, "");
        edits.insert_lines(source, source.end_with_comments(end, column), &lines);
    } else {
        // In the place of what stood there, with its indent.
        let lines = new.lines(source.indent(value.start)?, Style::DEFAULT);
        let text = lines.join(source.line_break(value.start));
        edits.replace(value.start..end, text.trim_start_matches(BLANKS));
    }
    Some(())
}

/// Adds a key with a value of one line to a block mapping.
pub(super) fn add(source: Source<'_>, edits: &mut Edits, mapping: &Node, pair: &str) -> Option<()> {
    let column = source.column(mapping.entries().first()?.key.span.range().start);
    add_lines(source, edits, mapping, &[format!("{}{pair}", " ".repeat(column))])
}

/// Adds a key with a list to a block mapping.
pub(super) fn add_list(
    source: Source<'_>,
    edits: &mut Edits,
    (mapping, key): (&Node, &str),
    new: New<'_>,
) -> Option<()> {
    let column = source.column(mapping.entries().first()?.key.span.range().start);
    let mut lines = vec![format!("{}{}:", " ".repeat(column), spell_key(key))];
    lines.extend(new.lines(&indent_of_list(source, mapping, column)?, Style::DEFAULT));
    add_lines(source, edits, mapping, &lines)
}

fn add_lines(
    source: Source<'_>,
    edits: &mut Edits,
    mapping: &Node,
    lines: &[String],
) -> Option<()> {
    let members = source.members(mapping, 0)?;
    let (first, last) = (members.first()?, members.last()?);
    let end = source.end_with_comments(last.end, source.column(first.start));
    edits.insert_lines(source, end, lines);
    Some(())
}

/// Adds the first key to a text that says nothing.
pub(super) fn add_first(source: Source<'_>, edits: &mut Edits, lines: &[String]) {
    let end = source.0.len();
    let line_break = source.line_break(end);
    let text = lines.join(line_break);
    let is_after_line = source.0.is_empty() || source.0.ends_with('\n');
    edits
        .insert(end, if is_after_line { text + line_break } else { format!("{line_break}{text}") });
}

/// Spells a list under a key for [`add_first`].
pub(super) fn first_list(key: &str, new: New<'_>) -> Vec<String> {
    let mut lines = vec![format!("{}:", spell_key(key))];
    lines.extend(new.lines("  ", Style::DEFAULT));
    lines
}

/// Returns the indent of the dashes of a new list in a mapping whose keys stand in `column`: as far
/// from them as in the last block list there.
fn indent_of_list(source: Source<'_>, mapping: &Node, column: usize) -> Option<String> {
    let mut distance = 2;
    for entry in mapping.entries() {
        if matches!(entry.value.kind, NodeKind::List(_)) && !source.is_flow(&entry.value) {
            let members = source.members(&entry.value, source.after_colon(entry))?;
            let dash = source.column(members.first()?.mark);
            distance = dash.checked_sub(source.column(entry.key.span.range().start))?;
        }
    }
    Some(" ".repeat(column + distance))
}

/// Takes items out of a block list, and its key too if nothing else stands there. Its key is the
/// entry with the number `entry`. Returns whether the key went.
pub(super) fn cut(
    source: Source<'_>,
    edits: &mut Edits,
    (mapping, entry): (&Node, usize),
    which: &[usize],
) -> Option<bool> {
    let entry = mapping.entries().get(entry)?;
    let colon = source.after_colon(entry);
    let members = source.members(&entry.value, colon)?;
    let ranges: Vec<_> =
        which.iter().map(|at| item_lines(source, &members, *at)).collect::<Option<_>>()?;
    let (first, last) = (ranges.first()?.start, ranges.last()?.end);
    let key = entry.key.span.range().start;
    let is_emptied = which.len() == members.len();
    let is_alone = ranges.windows(2).all(|pair| {
        pair[0].end == pair[1].start || source.part(pair[0].end..pair[1].start).trim().is_empty()
    });
    if is_emptied
        && is_alone
        && source.indent(key).is_some()
        && source.part(colon..first).trim().is_empty()
    {
        edits.replace(source.line_start(key)..last, "");
        return Some(true);
    }
    if is_emptied {
        edits.insert(colon, " []");
    }
    for range in ranges {
        edits.replace(range, "");
    }
    Some(false)
}

/// Returns the lines of an item: comments right above its dash, unless it is the first one, whose
/// comments may be about the list, and comments after it.
pub(super) fn item_lines(
    source: Source<'_>,
    members: &[super::source::Member],
    at: usize,
) -> Option<std::ops::Range<usize>> {
    let member = members.get(at)?;
    let column = source.indent(member.mark)?.len();
    let mut start = source.line_start(member.mark);
    if let Some(before) = at.checked_sub(1).and_then(|before| members.get(before)) {
        let floor = source.next_line(source.end_with_comments(before.end, column));
        while start > floor {
            let above = source.line_start(start - 1);
            let line = source.part(above..source.line_end(above));
            if !line.get(column..).is_some_and(|words| words.starts_with('#'))
                || !line[..column].trim_matches(BLANKS).is_empty()
            {
                break;
            }
            start = above;
        }
    }
    Some(start..source.next_line(source.end_with_comments(member.end, column)))
}

/// Takes a key with a single value out of a block mapping, with its line.
pub(super) fn remove(
    source: Source<'_>,
    edits: &mut Edits,
    mapping: &Node,
    at: usize,
) -> Option<()> {
    let members = source.members(mapping, 0)?;
    let member = members.get(at)?;
    if source.indent(member.start).is_some() {
        edits.replace(source.line_start(member.start)..source.next_line(member.end), "");
        return Some(());
    }
    // The first key of an item stands in the line of the dash.
    let next = members.get(at + 1)?;
    if source.has_comment(member.end..next.start) {
        return None;
    }
    edits.replace(member.start..next.start, "");
    Some(())
}

/// Writes a value in the place of the one of a key.
pub(super) fn set(
    source: Source<'_>,
    edits: &mut Edits,
    (mapping, entry): (&Node, usize),
    value: &Value,
) -> Option<()> {
    let entry = mapping.entries().get(entry)?;
    let (name, colon) = (entry.key.value.as_str(), source.after_colon(entry));
    let span = entry.value.span.range();
    match source.block_header(&entry.value, colon) {
        Some(header) => {
            let end = source.end(&entry.value, colon)?;
            let line = source.part(header..source.line_end(header));
            let comment = line.find(" #").map_or("", |at| &line[at..]);
            edits.replace(header..end, value.spelled(name) + comment);
        }
        None if !span.is_empty() => {
            edits.replace(span.clone(), value.spelled_like(source.part(span), name));
        }
        None if flow::has_colon(source, entry) => {
            edits.insert(colon, format!(" {}", value.spelled(name)));
        }
        None => edits.insert(colon, format!(": {}", value.spelled(name))),
    }
    Some(())
}
