//! What is done to texts before they are compared, and after.

/// Reads `\r`, `\n`, `\t`, `\\`, `\xe9` and `\u{200b}`; line ends of the case do not count.
pub(super) fn unescape(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text.chars().filter(|c| *c != '\n');
    let hex = |digits: &str| u32::from_str_radix(digits, 16).unwrap();
    while let Some(c) = rest.next() {
        let meant = if c == '\\' { rest.next().unwrap() } else { '\0' };
        let c = match meant {
            '\0' => c,
            'r' => '\r',
            'n' => '\n',
            't' => '\t',
            'x' => {
                let digits: String = rest.by_ref().take(2).collect();
                bytes.push(u8::try_from(hex(&digits)).unwrap());
                continue;
            }
            'u' => char::from_u32(hex(&rest
                .by_ref()
                .skip(1)
                .take_while(|c| *c != '}')
                .collect::<String>()))
            .unwrap(),
            other => other,
        };
        bytes.extend(c.encode_utf8(&mut [0; 4]).as_bytes());
    }
    bytes
}

/// Returns the first element of a page with a name and perhaps a class: `main`, `article.text`.
pub(super) fn narrow(html: &str, element: &str) -> String {
    let (name, class) = element.split_once('.').unwrap_or((element, ""));
    let opens = |at: &usize| {
        let rest = &html[*at + 1 + name.len()..];
        let tag = &rest[..rest.find('>').unwrap_or_default()];
        let classes = tag.split_once("class=\"").and_then(|(_, after)| after.split('"').next());
        rest.starts_with([' ', '>', '\n'])
            && (class.is_empty() || classes.is_some_and(|it| it.split(' ').any(|it| it == class)))
    };
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let start = html.match_indices(&open).map(|(at, _)| at).find(opens);
    let start = start.unwrap_or_else(|| panic!("there is no `{element}` in\n{html}"));
    let mut end = start;
    let mut depth = 0;
    loop {
        let next = html[end + 1..].find(&close).unwrap() + end + 1;
        depth += html[end..next].matches(&format!("{open} ")).count()
            + html[end..next].matches(&format!("{open}>")).count();
        end = next;
        depth -= 1;
        if depth == 0 {
            return format!("{}\n", &html[start..end + close.len()]);
        }
    }
}

/// Marks the lines that two texts do not share at their beginnings and ends.
pub(super) fn difference(expected: &str, found: &str) -> String {
    let (expected, found): (Vec<&str>, Vec<&str>) =
        (expected.trim_end().lines().collect(), found.trim_end().lines().collect());
    let first = expected.iter().zip(&found).take_while(|(a, b)| a == b).count();
    let last = expected[first..]
        .iter()
        .rev()
        .zip(found[first..].iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let marked = |mark: &str, lines: &[&str]| {
        lines[first..lines.len() - last]
            .iter()
            .fold(String::new(), |text, line| format!("{text}{mark} {line}\n"))
    };
    format!("{}{}", marked("-", &expected), marked("+", &found))
}

#[test]
fn texts_are_unescaped_and_narrowed() {
    assert_eq!(unescape("a\\r\\n\nb\\xe9\\u{200b}\\\\"), b"a\r\nb\xe9\xe2\x80\x8b\\");
    let html = "<main><p><main class=\"b x\"><main>1</main></main></main>";
    assert_eq!(narrow(html, "main.x"), "<main class=\"b x\"><main>1</main></main>\n");
}
