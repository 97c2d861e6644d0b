//! Changes to the text of a YAML mapping.

use super::block::{self, New, Style};
use super::flow;
use super::refusal::Refusal;
use super::source::{Edits, Source};
use super::taken::Taken;
use super::value::{Tree, Value, spell_key};
use crate::parse::fields::fold;
use crate::parse::yaml::{self, Node, NodeKind};
use crate::span::Span;

/// A key in a text: one of the whole mapping, or one of an item of a list. Keys are found whatever
/// their case and separators; an item is found by its `id`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot<'a> {
    within: Option<(&'a str, &'a str)>,
    key: &'a str,
}

impl<'a> Spot<'a> {
    /// Names a key of the whole mapping.
    pub fn top(key: &'a str) -> Self {
        Self { within: None, key }
    }

    /// Names a key of the item with an id, in the list under a key of the whole mapping.
    pub fn within(list: &'a str, id: &'a str, key: &'a str) -> Self {
        Self { within: Some((list, id)), key }
    }
}

/// Appends a mapping to a list, and makes the list if there is none. It is written as the last item
/// is, and in braces in a line of its own where there is none.
///
/// # Errors
///
/// Refuses what is not a list, and a text that cannot be read or changed safely.
pub fn append(text: &str, spot: Spot<'_>, item: &[(&str, Value)]) -> Result<String, Refusal> {
    append_new(text, spot, New::Item(item))
}

/// Appends mappings to a list like [`append`], any number at once.
///
/// # Errors
///
/// Refuses what [`append`] refuses.
pub fn append_all(
    text: &str,
    spot: Spot<'_>,
    items: &[Vec<(&str, Value)>],
) -> Result<String, Refusal> {
    let Some((first, rest)) = items.split_first() else { return Ok(text.to_owned()) };
    let text = append(text, spot, first)?;
    change(&text, spot, |at, edits, expected| {
        let Some((place, list)) = at.list()? else { return Err(at.unusual()) };
        let colon = at.source.after_colon(&at.mapping.entries()[place]);
        let new: Vec<New<'_>> = rest.iter().map(|item| New::Item(item)).collect();
        if let Tree::List(items) = &mut at.entries(expected)[place].1 {
            items.extend(new.iter().map(|new| new.tree()));
        }
        let made = if at.source.is_flow(list) {
            let style = list
                .items()
                .last()
                .map_or(Style::DEFAULT, |last| Style::of(at.source, last, last.span.range().start));
            let new: Vec<String> = new.iter().map(|new| new.spelled(style)).collect();
            flow::add(at.source, edits, list, &new.join(", "))
        } else {
            block::append(at.source, edits, (list, colon), &new)
        };
        made.ok_or_else(|| at.unusual())
    })
}

/// Appends an item that was taken elsewhere, as it was written there. In a list in brackets it is
/// written anew in one line, and loses its comments.
///
/// # Errors
///
/// Refuses what is not a list, and a text that cannot be read or changed safely.
pub fn append_taken(text: &str, spot: Spot<'_>, taken: &Taken) -> Result<String, Refusal> {
    append_new(text, spot, New::Text(taken.text(), taken.tree()))
}

/// Takes the items out of a list that `which` says, in their order. Comments in their lines, right
/// above them and, indented further than the list, right below them go with them; a comment above the
/// first item stays. A list that loses all its items is taken out with its key, unless a comment
/// stands there: then it is left as `[]`.
///
/// # Errors
///
/// Refuses what is not a list, and a text that cannot be read or changed safely.
pub fn take(
    text: &str,
    spot: Spot<'_>,
    mut which: impl FnMut(&Node) -> bool,
) -> Result<(String, Vec<Taken>), Refusal> {
    let mut found = (Vec::new(), Vec::new(), false);
    let mut after = change(text, spot, |at, edits, expected| {
        let Some((place, list)) = at.list()? else { return Ok(()) };
        let (from, source) = (at.source.after_colon(&at.mapping.entries()[place]), at.source);
        let members = source.members(list, from).ok_or_else(|| at.unusual())?;
        let chosen: Vec<usize> =
            (0..).zip(list.items()).filter(|(_, it)| which(it)).map(|(at, _)| at).collect();
        let copies = chosen.iter().map(|number| Taken::copy(source, list, &members, *number));
        let copies: Option<Vec<Taken>> = copies.collect();
        found = (chosen, copies.ok_or_else(|| at.unusual())?, source.is_flow(list));
        let (chosen, _, is_flow) = &found;
        if !is_flow && !chosen.is_empty() {
            let has_key_gone = block::cut(source, edits, (at.mapping, place), chosen);
            at.expect_cut(expected, place, chosen);
            if has_key_gone.ok_or_else(|| at.unusual())? {
                at.entries(expected).remove(place);
            }
        }
        Ok(())
    })?;
    let (chosen, taken, is_flow) = found;
    if is_flow {
        for number in chosen.iter().rev() {
            after = cut_from_brackets(&after, spot, *number)?;
        }
        if !chosen.is_empty() {
            after = tidy_brackets(&after, spot)?;
        }
    }
    Ok((after, taken))
}

/// Gives a key a single value, and makes the key if there is none. Comments stay, and so do quotes.
///
/// # Errors
///
/// Refuses to overwrite a list or a mapping, and a text that cannot be read or changed safely.
pub fn set(text: &str, spot: Spot<'_>, value: &Value) -> Result<String, Refusal> {
    change(text, spot, |at, edits, expected| {
        let pair = || format!("{}: {}", spell_key(spot.key), value.spelled(spot.key));
        let entries = at.entries(expected);
        let made = match at.scalar()? {
            Some(place) => {
                entries[place].1 = Tree::written(value);
                block::set(at.source, edits, (at.mapping, place), value)
            }
            None => {
                entries.push((spot.key.to_owned(), Tree::written(value)));
                match &at.mapping.kind {
                    _ if at.source.is_flow(at.mapping) => {
                        flow::add(at.source, edits, at.mapping, &pair())
                    }
                    NodeKind::Map(_) => block::add(at.source, edits, at.mapping, &pair()),
                    _ => {
                        block::add_first(at.source, edits, &[pair()]);
                        Some(())
                    }
                }
            }
        };
        made.ok_or_else(|| at.unusual())
    })
}

/// Takes out a key with a single value, with its line and the comment in that line. Nothing changes
/// if there is no such key.
///
/// # Errors
///
/// Refuses to take out a list or a mapping, and a text that cannot be read or changed safely.
pub fn remove(text: &str, spot: Spot<'_>) -> Result<String, Refusal> {
    change(text, spot, |at, edits, expected| {
        let Some(place) = at.scalar()? else { return Ok(()) };
        at.entries(expected).remove(place);
        let made = if at.source.is_flow(at.mapping) {
            flow::cut(at.source, edits, at.mapping, place)
        } else {
            block::remove(at.source, edits, at.mapping, place)
        };
        made.ok_or_else(|| at.unusual())
    })
}

fn append_new(text: &str, spot: Spot<'_>, new: New<'_>) -> Result<String, Refusal> {
    change(text, spot, |at, edits, expected| {
        let (source, mapping) = (at.source, at.mapping);
        let entries = at.entries(expected);
        let bracketed = || format!("[ {} ]", new.spelled(Style::DEFAULT));
        let place = at.list_or_nothing()?;
        match place.map(|place| &mut entries[place].1) {
            Some(Tree::List(items)) => items.push(new.tree()),
            Some(nothing) => *nothing = Tree::List(vec![new.tree()]),
            None => entries.push((spot.key.to_owned(), Tree::List(vec![new.tree()]))),
        }
        let is_flow = source.is_flow(mapping);
        let Some(place) = place else {
            let pair = || format!("{}: {}", spell_key(spot.key), bracketed());
            let made = match &mapping.kind {
                _ if is_flow => flow::add(source, edits, mapping, &pair()),
                NodeKind::Map(_) => block::add_list(source, edits, (mapping, spot.key), new),
                _ => {
                    block::add_first(source, edits, &block::first_list(spot.key, new));
                    Some(())
                }
            };
            return made.ok_or_else(|| at.unusual());
        };
        let entry = &mapping.entries()[place];
        let (list, colon) = (&entry.value, source.after_colon(entry));
        let made = match list.items().last() {
            Some(last) if source.is_flow(list) => {
                let style = Style::of(source, last, last.span.range().start);
                flow::add(source, edits, list, &new.spelled(style))
            }
            Some(_) => block::append(source, edits, (list, colon), &[new]),
            None => {
                let span = list.span.range();
                if source.is_flow(list) && (is_flow || source.has_comment(span.clone())) {
                    flow::add(source, edits, list, &new.spelled(Style::DEFAULT))
                } else if !is_flow {
                    block::begin(source, edits, (mapping, place), new)
                } else if !span.is_empty() {
                    edits.replace(span, bracketed());
                    Some(())
                } else {
                    let colon_too = if flow::has_colon(source, entry) { "" } else { ":" };
                    edits.insert(colon, format!("{colon_too} {}", bracketed()));
                    Some(())
                }
            }
        };
        made.ok_or_else(|| at.unusual())
    })
}

/// Takes one item out of a list in brackets.
fn cut_from_brackets(text: &str, spot: Spot<'_>, number: usize) -> Result<String, Refusal> {
    change(text, spot, |at, edits, expected| {
        let Some((place, list)) = at.list()? else { return Ok(()) };
        at.expect_cut(expected, place, &[number]);
        flow::cut(at.source, edits, list, number).ok_or_else(|| at.unusual())
    })
}

/// Takes out the key of an empty list in brackets, or what stands between the brackets.
fn tidy_brackets(text: &str, spot: Spot<'_>) -> Result<String, Refusal> {
    change(text, spot, |at, edits, expected| {
        let Some((place, list)) = at.list()? else { return Ok(()) };
        let (source, entry) = (at.source, &at.mapping.entries()[place]);
        let (key, open) = (entry.key.span.range().start, list.span.range().start);
        if !list.items().is_empty() {
            return Ok(());
        }
        let close = source.close(list, None).ok_or_else(|| at.unusual())?;
        if source.has_comment(open..close) {
            return Ok(());
        }
        let is_alone = !source.is_flow(at.mapping)
            && source.indent(key).is_some()
            && source.rest(close + 1).is_empty()
            && !source.has_comment(source.after_colon(entry)..open);
        if is_alone {
            edits.replace(source.line_start(key)..source.next_line(close), "");
            at.entries(expected).remove(place);
        } else {
            edits.replace(open + 1..close, "");
        }
        Ok(())
    })
}

/// Where a change is made.
struct At<'t> {
    source: Source<'t>,
    /// The mapping that holds the key; nothing if the text is empty.
    mapping: &'t Node,
    /// The numbers of the entry and of its item that hold the mapping.
    path: Option<(usize, usize)>,
    key: &'t str,
}

impl<'t> At<'t> {
    fn find(source: Source<'t>, root: &'t Node, spot: Spot<'t>) -> Result<Self, Refusal> {
        let whole = Self { source, mapping: root, path: None, key: spot.key };
        if !matches!(root.kind, NodeKind::Map(_) | NodeKind::Null) {
            return Err(Refusal::NotMapping(root.span));
        }
        let Some((list, id)) = spot.within else { return Ok(whole) };
        let missing = || Refusal::NoItem { list: list.to_owned(), id: id.to_owned() };
        let (entry, node) = Self { key: list, ..whole }.list()?.ok_or_else(missing)?;
        let is_named = |node: &Node| {
            node.entries().iter().any(|it| {
                let is_id = fold(&it.key.value) == "id";
                is_id && matches!(&it.value.kind, NodeKind::Scalar { text, .. } if text == id)
            })
        };
        let mut items = (0..).zip(node.items()).filter(|(_, item)| is_named(item));
        let (item, mapping) = items.next().ok_or_else(missing)?;
        if let Some((_, second)) = items.next() {
            let (list, id) = (list.to_owned(), id.to_owned());
            return Err(Refusal::ItemTwice { list, id, second: second.span });
        }
        let found = Self { source, mapping, path: Some((entry, item)), key: spot.key };
        // A pair between brackets, `[id: x]`, has no place for another.
        let is_pair = source.is_flow(node) && !source.is_flow(mapping);
        if is_pair { Err(found.unusual()) } else { Ok(found) }
    }

    fn unusual(&self) -> Refusal {
        Refusal::Unusual(self.mapping.span)
    }

    /// Returns the number of the entry that has the key.
    fn place(&self) -> Result<Option<usize>, Refusal> {
        let key = fold(self.key);
        let entries = (0..).zip(self.mapping.entries());
        let mut found = entries.filter(|(_, entry)| fold(&entry.key.value) == key);
        let first = found.next();
        if let (Some((_, first)), Some((_, second))) = (first, found.next()) {
            let key = first.key.value.clone();
            return Err(Refusal::KeyTwice { key, second: second.key.span });
        }
        Ok(first.map(|(place, _)| place))
    }

    fn list_or_nothing(&self) -> Result<Option<usize>, Refusal> {
        let Some(place) = self.place()? else { return Ok(None) };
        let entry = &self.mapping.entries()[place];
        match entry.value.kind {
            NodeKind::List(_) | NodeKind::Null => Ok(Some(place)),
            NodeKind::Scalar { .. } | NodeKind::Map(_) => {
                Err(Refusal::NotList { key: entry.key.value.clone(), span: entry.value.span })
            }
        }
    }

    /// Returns the list that the key has; nothing if it has nothing.
    fn list(&self) -> Result<Option<(usize, &'t Node)>, Refusal> {
        let place = self.list_or_nothing()?;
        let found = place.map(|place| (place, &self.mapping.entries()[place].value));
        Ok(found.filter(|(_, node)| matches!(node.kind, NodeKind::List(_))))
    }

    /// Returns the number of the entry that has the key, if its value is a single one.
    fn scalar(&self) -> Result<Option<usize>, Refusal> {
        let Some(place) = self.place()? else { return Ok(None) };
        let entry = &self.mapping.entries()[place];
        match entry.value.kind {
            NodeKind::Scalar { .. } | NodeKind::Null => Ok(Some(place)),
            NodeKind::List(_) | NodeKind::Map(_) => {
                Err(Refusal::NotScalar { key: entry.key.value.clone(), span: entry.value.span })
            }
        }
    }

    /// Returns the entries of the mapping in a tree of the whole.
    fn entries<'e>(&self, whole: &'e mut Tree) -> &'e mut Vec<(String, Tree)> {
        let mapping = match self.path {
            None => whole,
            Some((entry, item)) => whole.at(entry).at(item),
        };
        mapping.entries()
    }

    fn expect_cut(&self, whole: &mut Tree, place: usize, chosen: &[usize]) {
        if let Tree::List(items) = &mut self.entries(whole)[place].1 {
            let mut number = 0..;
            items.retain(|_| number.next().is_none_or(|it| !chosen.contains(&it)));
        }
    }
}

/// Reads a text, changes it as `plan` says, reads it again and compares it with what `plan` expects.
fn change<'a>(
    text: &'a str,
    spot: Spot<'a>,
    plan: impl FnOnce(&At<'_>, &mut Edits, &mut Tree) -> Result<(), Refusal>,
) -> Result<String, Refusal> {
    let unmarked = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mark = &text[..text.len() - unmarked.len()];
    let source = Source(unmarked);
    if let Some(at) = source.lone_return() {
        return Err(Refusal::LoneReturn(Span::new(at, at + 1)));
    }
    let root = match yaml::read(unmarked) {
        Ok((root, faults)) => match faults.into_iter().next() {
            None => root,
            Some(fault) => return Err(Refusal::Unreadable(fault)),
        },
        Err(fault) => return Err(Refusal::Unreadable(fault)),
    };
    let at = At::find(source, &root, spot)?;
    let (mut edits, mut expected) = (Edits::default(), Tree::of(&root));
    plan(&at, &mut edits, &mut expected)?;
    let after = edits.apply(unmarked).ok_or_else(|| at.unusual())?;
    match yaml::read(&after) {
        Ok((read, faults)) if faults.is_empty() && expected.is(&read) => {
            Ok(mark.to_owned() + &after)
        }
        _ => Err(at.unusual()),
    }
}
