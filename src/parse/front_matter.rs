//! The part of a Markdown file between two lines of `---`.

use crate::span::Span;

/// A file in its two parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Parts<'t> {
    /// The YAML between the two lines, if the file begins with front matter.
    pub(crate) head: Option<&'t str>,
    /// Where the YAML begins.
    pub(crate) head_start: usize,
    /// The text after it.
    pub(crate) body: &'t str,
    /// Where the text begins.
    pub(crate) body_start: usize,
    /// What is strange about it.
    pub(crate) oddity: Option<Oddity>,
}

/// Something strange about where front matter begins and ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Oddity {
    /// It begins and never ends.
    NotClosed(Span),
    /// It ends and never began: lines of `key: value` before a line `---`.
    NotOpened(Span),
    /// It stands in a block of code at the top.
    Fenced(Span),
    /// It stands in an HTML comment at the top.
    Commented(Span),
    /// Something stands before its first line.
    Preceded(Span),
    /// It is TOML between two lines of `+++`.
    Toml(Span),
}

/// Splits a file. Front matter that is not closed, or lacks its first line, is taken as meant, since
/// it would otherwise be printed.
pub(crate) fn split(text: &str) -> Parts<'_> {
    let mut lines = Lines { text, at: 0 };
    let first = lines.next().unwrap_or((0, ""));
    let whole = Parts { head: None, head_start: 0, body: text, body_start: 0, oddity: None };
    if first.1 == "---" {
        let head_start = lines.at;
        while let Some((start, line)) = lines.next() {
            if line == "---" || line == "..." {
                let is_prose = is_prose(&text[head_start..start]);
                return if is_prose {
                    whole
                } else {
                    parts(text, head_start..start, lines.at, None)
                };
            }
        }
        return not_closed(text, head_start).unwrap_or(whole);
    }
    if first.1 == "+++" {
        let head_start = lines.at;
        while let Some((start, line)) = lines.next() {
            if line == "+++" {
                let oddity = Oddity::Toml(Span::new(0, 3));
                return parts(text, head_start..start, lines.at, Some(oddity));
            }
        }
        return whole;
    }
    if matches!(first.1, "```yaml" | "```yml" | "~~~yaml" | "~~~yml") {
        return enclosed(text, lines, &first.1[..3], Oddity::Fenced(Span::new(0, first.1.len())))
            .unwrap_or(whole);
    }
    if first.1 == "<!--" {
        return enclosed(text, lines, "-->", Oddity::Commented(Span::new(0, first.1.len())))
            .or_else(|| preceded(text))
            .unwrap_or(whole);
    }
    if !is_entry(first.1) {
        return preceded(text).unwrap_or(whole);
    }
    while let Some((start, line)) = lines.next() {
        if line == "---" {
            let oddity = Oddity::NotOpened(Span::new(0, first.1.len()));
            return parts(text, 0..start, lines.at, Some(oddity));
        }
        let is_yaml = line.is_empty() || line.starts_with([' ', '-', '#']) || is_entry(line);
        if !is_yaml {
            break;
        }
    }
    whole
}

/// Takes what stands between the first two lines of `---` as front matter that does not begin in
/// the first line, if it looks like that.
fn preceded(text: &str) -> Option<Parts<'_>> {
    let mut lines = Lines { text, at: 0 };
    let (before, line) =
        lines.by_ref().take(PREFACE).find(|(_, line)| line.trim_start() == "---")?;
    let indent = line.len() - "---".len();
    let head_start = lines.at;
    let mut is_first = true;
    while let Some((start, line)) = lines.next() {
        if line.trim_start() == "---" {
            let oddity = Oddity::Preceded(Span::new(0, before + indent));
            return (!is_first).then(|| parts(text, head_start..start, lines.at, Some(oddity)));
        }
        let is_inside = !is_first && (line.is_empty() || line.starts_with([' ', '-', '#']));
        if !is_inside && !is_entry(line) {
            return None;
        }
        is_first = false;
    }
    None
}

/// How many lines may stand before front matter for it to be taken as meant.
const PREFACE: usize = 20;

/// Takes the lines up to the first that cannot be YAML, or up to an empty one, as front matter that
/// is not closed; nothing where the first is none, since the line `---` above is a break then.
fn not_closed(text: &str, head_start: usize) -> Option<Parts<'_>> {
    let mut lines = Lines { text, at: head_start };
    let mut end = head_start;
    while let Some((start, line)) = lines.next() {
        let is_first = start == head_start;
        if !(is_entry(line) || (!is_first && line.starts_with([' ', '\t', '-', '#']))) {
            break;
        }
        end = lines.at;
    }
    let oddity = Oddity::NotClosed(Span::new(0, 3));
    (end > head_start).then(|| parts(text, head_start..end, end, Some(oddity)))
}

/// Returns whether what stands between two lines `---` is text between two breaks: it says
/// something, and does not begin with `key: value`, a list or a mapping in braces.
fn is_prose(head: &str) -> bool {
    let mut lines = head.lines().map(str::trim_end).filter(|line| !line.is_empty()).peekable();
    if lines.peek().is_none() {
        return false;
    }
    let first = lines.find(|line| !line.starts_with('#'));
    first.is_none_or(|line| {
        !is_entry(line) && !line.starts_with(['-', '[', '{', '"', '\'', '<', '&', '!', '\t', ' '])
    })
}

/// Returns whether a file has no front matter, not even a broken one.
pub(crate) fn is_absent(text: &str) -> bool {
    let parts = split(text);
    parts.head.is_none() && parts.oddity.is_none()
}

/// Takes what stands before a closing line as front matter, if it looks like that.
fn enclosed<'t>(
    text: &'t str,
    mut lines: Lines<'t>,
    end: &str,
    oddity: Oddity,
) -> Option<Parts<'t>> {
    let head_start = lines.at;
    let mut is_first = true;
    while let Some((start, line)) = lines.next() {
        if line == end {
            return (!is_first).then(|| parts(text, head_start..start, lines.at, Some(oddity)));
        }
        let is_inside = !is_first && (line.is_empty() || line.starts_with([' ', '-', '#']));
        if !is_inside && !is_entry(line) {
            return None;
        }
        is_first = false;
    }
    None
}

fn parts(
    text: &str,
    head: std::ops::Range<usize>,
    body_start: usize,
    oddity: Option<Oddity>,
) -> Parts<'_> {
    let head_start = head.start;
    Parts { head: Some(&text[head]), head_start, body: &text[body_start..], body_start, oddity }
}

/// Returns whether a line looks like `key: value`.
pub(crate) fn is_entry(line: &str) -> bool {
    line.split_once(':').is_some_and(|(key, value)| {
        let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ' ');
        key.starts_with(|c: char| c.is_ascii_alphabetic())
            && key.len() <= 40
            && key.chars().all(is_word)
            && (value.is_empty() || value.starts_with(' '))
    })
}

struct Lines<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Iterator for Lines<'t> {
    type Item = (usize, &'t str);

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.at;
        let rest = self.text.get(start..).filter(|rest| !rest.is_empty())?;
        let end = rest.find('\n').map_or(rest.len(), |end| end + 1);
        self.at = start + end;
        Some((start, rest[..end].trim_end()))
    }
}

#[cfg(test)]
mod tests {
    use super::{Oddity, split};
    use crate::span::Span;

    #[test]
    fn front_matter_ends_at_its_line_and_not_inside_a_value() {
        let parts = split("---\ntitle: a --- b\nnote: |\n  ---\n---\nBody\n---\n");
        assert_eq!(parts.head, Some("title: a --- b\nnote: |\n  ---\n"));
        let parts = split("---\r\ntitle: x\r\n---\r\nBody");
        assert_eq!((parts.head, parts.body, parts.body_start), (Some("title: x\r\n"), "Body", 20));
    }

    #[test]
    fn a_missing_line_is_named() {
        assert_eq!(split("---\ntitle: x\n").oddity, Some(Oddity::NotClosed(Span::new(0, 3))));
        let parts = split("title: x\nowner: y\n---\nBody");
        assert_eq!((parts.head, parts.body), (Some("title: x\nowner: y\n"), "Body"));
        assert_eq!(parts.oddity, Some(Oddity::NotOpened(Span::new(0, 8))));
        let parts = split("```yaml\ntitle: x\ntags:\n  - y\n```\n# Body\n");
        assert_eq!((parts.head, parts.body), (Some("title: x\ntags:\n  - y\n"), "# Body\n"));
        assert_eq!(parts.oddity, Some(Oddity::Fenced(Span::new(0, 7))));
        let parts = split("<!--\nTitle: x\n-->\nBody");
        assert_eq!((parts.head, parts.body), (Some("Title: x\n"), "Body"));
        assert_eq!(parts.oddity, Some(Oddity::Commented(Span::new(0, 4))));
        assert_eq!(split("<!--\nmarkdownlint-disable MD013\n-->\nBody").head, None);
        assert_eq!(split("```yaml\n- item\n```\nBody").head, None);
        assert_eq!(split("Note: this is text.\n\nMore.\n\n---\n").head, None);
        assert_eq!(split("# Title\n\n---\n").head, None);
        for (text, end) in [("\n---\n", 1), (" ---\n", 1), ("<!-- x -->\n\n---\n", 12)] {
            let text = format!("{text}title: x\ntags:\n  - y\n---\nBody\n");
            let parts = split(&text);
            assert_eq!((parts.head, parts.body), (Some("title: x\ntags:\n  - y\n"), "Body\n"));
            assert_eq!(parts.oddity, Some(Oddity::Preceded(Span::new(0, end))));
        }
        assert_eq!(split("# Title\n\n---\n\nNote: x\n\n---\n").head, None);
        assert_eq!(split("Words\n\n---\nNote: x\nand more.\n\n---\n").head, None);
    }
}
