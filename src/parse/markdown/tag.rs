//! Tags of raw HTML, taken apart.

/// A piece of raw HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece<'s> {
    /// Text between tags.
    Text(&'s str),
    /// A tag.
    Tag(Tag),
    /// A comment.
    Comment,
    /// A declaration, processing instruction or something that can't be read.
    Other,
}

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag {
    /// The name in lower case.
    pub(super) name: String,
    /// Whether it is `</name>`.
    pub(super) closing: bool,
    /// The attributes: names in lower case, values decoded.
    pub(super) attributes: Vec<(String, String)>,
}

impl Tag {
    /// Returns the value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// Divides raw HTML into its pieces.
pub(super) fn pieces(html: &str) -> impl Iterator<Item = Piece<'_>> {
    written(html).map(|(piece, _)| piece)
}

/// Divides raw HTML into its pieces, each as it was written.
pub(super) fn written(html: &str) -> impl Iterator<Item = (Piece<'_>, &str)> {
    let mut rest = html;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (piece, length) = match rest.find('<') {
            None => (Piece::Text(rest), rest.len()),
            Some(0) => markup(rest),
            Some(open) => (Piece::Text(&rest[..open]), open),
        };
        let (typed, after) = rest.split_at(length);
        rest = after;
        Some((piece, typed))
    })
}

/// Reads what begins with `<` and returns it with its length.
fn markup(html: &str) -> (Piece<'_>, usize) {
    let until = |end: &str| html.find(end).map_or(html.len(), |at| at + end.len());
    if let Some(comment) = html.strip_prefix("<!--") {
        let length = comment.find("-->").map_or(html.len(), |at| at + 7);
        return (Piece::Comment, length);
    }
    if html.starts_with("<!") || html.starts_with("<?") {
        return (Piece::Other, until(">"));
    }
    match tag(html) {
        Some((tag, length)) => (Piece::Tag(tag), length),
        None => (Piece::Text(&html[..1]), 1),
    }
}

/// Reads a tag and returns it with its length.
fn tag(html: &str) -> Option<(Tag, usize)> {
    let mut at = 1;
    let closing = html[at..].starts_with('/');
    at += usize::from(closing);
    let name_end = html[at..].find(|c: char| !c.is_ascii_alphanumeric() && c != '-')?;
    let name = html[at..at + name_end].to_ascii_lowercase();
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    at += name_end;
    let mut attributes = Vec::new();
    loop {
        at += html[at..].find(|c: char| !c.is_whitespace() && c != '/')?;
        let rest = &html[at..];
        if rest.starts_with('>') {
            return Some((Tag { name, closing, attributes }, at + 1));
        }
        let key_end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/'))?;
        let key = rest[..key_end].to_ascii_lowercase();
        // Also keeps the scan linear: a tag never reaches into the next one.
        if key.contains('<') {
            return None;
        }
        at += key_end;
        let spaces = html[at..].len() - html[at..].trim_start().len();
        let mut value = String::new();
        if html[at + spaces..].starts_with('=') {
            at += spaces + 1;
            at += html[at..].len() - html[at..].trim_start().len();
            let rest = &html[at..];
            let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
            let (raw, length) = if let Some(quote) = quote {
                let end = rest[1..].find(quote)?;
                (&rest[1..=end], end + 2)
            } else {
                let end = rest.find(|c: char| c.is_whitespace() || c == '>')?;
                (&rest[..end], end)
            };
            if quote.is_none() && raw.contains('<') {
                return None;
            }
            value = decoded(raw);
            at += length;
        } else if key_end == 0 {
            // A stray `=`; stepping over it keeps the loop going forward.
            at += 1;
        }
        if !key.is_empty() {
            attributes.push((key, value));
        }
    }
}

/// Replaces the character references that people write in HTML.
pub(super) fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let reference = rest
            .bytes()
            .take(12)
            .position(|b| b == b';')
            .and_then(|end| Some((character_reference(&rest[1..end])?, end + 1)));
        let (c, length) = reference.unwrap_or(('&', 1));
        out.push(c);
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

/// Returns the character that stands between `&` and `;`, if it is one that people write.
pub(crate) fn character_reference(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "shy" => '\u{ad}',
        "mdash" => '—',
        "ndash" => '–',
        "hellip" => '…',
        "copy" => '©',
        _ => {
            let number = name.strip_prefix('#')?;
            let number = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(number.ok()?).filter(|c| *c != '\0')?
        }
    })
}

/// Returns the text of HTML without its tags.
pub(super) fn text(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    for piece in pieces(html) {
        match piece {
            Piece::Text(text) => out.push_str(&decoded(text)),
            Piece::Tag(_) => out.push(' '),
            Piece::Comment | Piece::Other => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Piece, Tag, pieces};

    #[test]
    fn html_is_taken_apart() {
        let tag = |name: &str, closing, attributes: &[(&str, &str)]| {
            let owned = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
            let attributes = attributes.iter().map(owned).collect();
            Piece::Tag(Tag { name: name.to_owned(), closing, attributes })
        };
        let found: Vec<_> =
            pieces("<A href='x&amp;y' id = z hidden>a < b</a><!-- c --><br/><!doctype x>")
                .collect();
        assert_eq!(
            found,
            [
                tag("a", false, &[("href", "x&y"), ("id", "z"), ("hidden", "")]),
                Piece::Text("a "),
                Piece::Text("<"),
                Piece::Text(" b"),
                tag("a", true, &[]),
                Piece::Comment,
                tag("br", false, &[]),
                Piece::Other,
            ]
        );
    }
}
