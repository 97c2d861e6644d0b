//! Changes to the head of a Markdown file.

use super::refusal::Refusal;
use crate::parse::front_matter::split;
use crate::span::Span;

/// Changes the front matter of a Markdown file, given with or without byte order mark; its body stays
/// as it is, to the byte. `edit` is given the YAML between the two lines and returns what shall stand
/// there.
///
/// # Errors
///
/// Refuses a file without front matter, or with one whose ends are not clear, and what `edit`
/// refuses; places count in the file then.
pub fn in_front_matter(
    text: &str,
    edit: impl FnOnce(&str) -> Result<String, Refusal>,
) -> Result<String, Refusal> {
    let unmarked = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mark = &text[..text.len() - unmarked.len()];
    let parts = split(unmarked);
    let start = parts.head_start;
    if parts.oddity.is_some() {
        return Err(Refusal::BrokenFrontMatter(Span::new(0, start)));
    }
    let head = parts.head.ok_or(Refusal::NoFrontMatter)?;
    let mut new = edit(head).map_err(|refusal| refusal.shifted(start))?;
    let opening = &unmarked[..start];
    // An empty head does not show how lines end.
    if head.is_empty() && opening.ends_with("\r\n") {
        new = new.replace('\n', "\r\n");
    }
    let after = format!("{opening}{new}{}", &unmarked[start + head.len()..]);
    let again = split(&after);
    let is_whole = again.oddity.is_none() && again.head == Some(&new) && again.body == parts.body;
    if !is_whole {
        return Err(Refusal::BrokenFrontMatter(Span::new(0, start)));
    }
    Ok(mark.to_owned() + &after)
}
