//! The plain text of author's HTML, which a PDF prints without its looks.

/// Returns the text of cleaned HTML, a paragraph an entry.
pub(super) fn paragraphs(html: &str) -> Vec<String> {
    let mut text = String::new();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        let tag = &rest[open..];
        let Some(close) = tag.find('>') else { break };
        text.push_str(&rest[..open]);
        if ends_line(&tag[1..close]) {
            text.push('\u{0}');
        }
        rest = &tag[close + 1..];
    }
    text.push_str(rest.split('<').next().unwrap_or_default());
    text.split('\u{0}')
        .map(|paragraph| decoded(paragraph).split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|paragraph| !paragraph.is_empty())
        .collect()
}

/// Tells whether the text after a tag starts on a new line: after line breaks and whatever is not
/// part of running text.
fn ends_line(tag: &str) -> bool {
    const RUNNING: [&str; 21] = [
        "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "em", "i", "ins", "kbd", "mark",
        "q", "s", "small", "span", "strong", "sub", "sup", "u",
    ];
    let name: String = tag
        .trim_start_matches('/')
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .map(|character| character.to_ascii_lowercase())
        .collect();
    !RUNNING.contains(&name.as_str())
}

/// Resolves the character references that the sanitiser writes.
fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        out.push_str(&rest[..start]);
        let reference = &rest[start..];
        let found = reference.find(';').and_then(|end| {
            let character = match &reference[1..end] {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                "nbsp" => '\u{a0}',
                name => numbered(name)?,
            };
            Some((character, end))
        });
        if let Some((character, end)) = found {
            out.push(character);
            rest = &reference[end + 1..];
        } else {
            out.push('&');
            rest = &reference[1..];
        }
    }
    out.push_str(rest);
    out
}

fn numbered(name: &str) -> Option<char> {
    let digits = name.strip_prefix('#')?;
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
        None => digits.parse().ok()?,
    };
    char::from_u32(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_become_paragraphs_and_references_characters() {
        assert_eq!(
            paragraphs(
                "<details><summary>More</summary>\n<p>A <b>&amp;</b> &#x42;<br>R&D &lt;x&gt;</p></details> end <"
            ),
            ["More", "A & B", "R&D <x>", "end"]
        );
    }
}
