//! One line a diagnostic, as editors and `grep` read it.

use std::fmt::Write as _;

use super::position::{Extent, Sources};
use super::{escape, shown};
use crate::diagnostic::Diagnostic;

/// Writes `path:line:column: level[rule]: message` for each diagnostic.
pub fn short(diagnostics: &[Diagnostic], sources: &Sources<'_>) -> String {
    let mut text = String::new();
    for one in shown(diagnostics) {
        let start = Extent::of(&one.place, sources).start;
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{}:{}:{}: {}[{}]: {}",
            escape::visible(&one.place.path),
            start.line,
            start.column,
            one.level,
            one.rule.name,
            escape::visible(&one.message),
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::render::fixture;

    #[test]
    fn one_line_each() {
        assert_eq!(
            short(&fixture::diagnostics(), &fixture::sources),
            "\
content/policies/access.md:6:6: warning[broken-reference]: no document is called `PRO-ZZ`
content/a, b:50%.bin:1:1: note[unread-file]: the name has a \\u{1b}[2J in it
content/policies/access.md:3:8: error[unknown-owner]: nobody is called `ciso\\u{202e}x`
content/trust/overview.yaml:1:5: error[withheld-text-in-public]: words of `POL-AC` stand here: `the s…r`
"
        );
    }
}
