//! The XML of `JUnit`, which every build server can show.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::position::{Extent, Sources};
use super::{escape, shown};
use crate::diagnostic::{Diagnostic, Level};

/// Writes a test suite for each file and a test case for each diagnostic. An error is a failure; a
/// warning or note passes with its message as output, since it does not stop a build either.
pub fn junit(diagnostics: &[Diagnostic], sources: &Sources<'_>) -> String {
    let mut files: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
    for one in shown(diagnostics) {
        files.entry(&one.place.path).or_default().push(one);
    }
    let errors = shown(diagnostics).filter(|one| one.is_error()).count();
    let tests = shown(diagnostics).count().max(1);
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    // Writing to a string cannot fail.
    let _ = writeln!(
        text,
        r#"<testsuites name="avouch" tests="{tests}" failures="{errors}" errors="0">"#
    );
    if files.is_empty() {
        text.push_str("  <testsuite name=\"content\" tests=\"1\" failures=\"0\" errors=\"0\">\n");
        text.push_str("    <testcase name=\"no faults\" classname=\"content\"/>\n  </testsuite>\n");
    }
    for (path, diagnostics) in files {
        suite(&mut text, path, &diagnostics, sources);
    }
    text.push_str("</testsuites>\n");
    text
}

fn suite(text: &mut String, path: &str, diagnostics: &[&Diagnostic], sources: &Sources<'_>) {
    let path = escaped(path);
    let errors = diagnostics.iter().filter(|one| one.is_error()).count();
    let tests = diagnostics.len();
    let _ = writeln!(
        text,
        r#"  <testsuite name="{path}" tests="{tests}" failures="{errors}" errors="0">"#
    );
    for one in diagnostics {
        let start = Extent::of(&one.place, sources).start;
        let (rule, line, column) = (one.rule.name, start.line, start.column);
        let message = escaped(&one.message);
        let mut details = format!("{path}:{line}:{column}: {}[{rule}]: {message}", one.level);
        if let Some(help) = &one.help {
            let _ = write!(details, "\nhelp: {}", escaped(help));
        }
        let _ =
            writeln!(text, r#"    <testcase name="{rule} at {line}:{column}" classname="{path}">"#);
        let _ = match one.level {
            Level::Error => {
                writeln!(
                    text,
                    r#"      <failure type="{rule}" message="{message}">{details}</failure>"#
                )
            }
            Level::Warning | Level::Note | Level::Off => {
                writeln!(text, "      <system-out>{details}</system-out>")
            }
        };
        text.push_str("    </testcase>\n");
    }
    text.push_str("  </testsuite>\n");
}

/// Escapes text for attributes and elements; what XML cannot hold at all is written out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            _ => escape::push_visible(&mut escaped, character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::render::fixture;

    #[test]
    fn errors_fail_and_the_rest_is_told() {
        let mut diagnostics = fixture::diagnostics();
        diagnostics.truncate(3);
        diagnostics[2].message.push_str(" & \"<x>\"");
        assert_eq!(
            junit(&diagnostics, &fixture::sources),
            r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="avouch" tests="3" failures="1" errors="0">
  <testsuite name="content/a, b:50%.bin" tests="1" failures="0" errors="0">
    <testcase name="unread-file at 1:1" classname="content/a, b:50%.bin">
      <system-out>content/a, b:50%.bin:1:1: note[unread-file]: the name has a \u{1b}[2J in it</system-out>
    </testcase>
  </testsuite>
  <testsuite name="content/policies/access.md" tests="2" failures="1" errors="0">
    <testcase name="broken-reference at 6:6" classname="content/policies/access.md">
      <system-out>content/policies/access.md:6:6: warning[broken-reference]: no document is called `PRO-ZZ`
help: did you mean `PRO-ON`?</system-out>
    </testcase>
    <testcase name="unknown-owner at 3:8" classname="content/policies/access.md">
      <failure type="unknown-owner" message="nobody is called `ciso\u{202e}x` &amp; &quot;&lt;x&gt;&quot;">content/policies/access.md:3:8: error[unknown-owner]: nobody is called `ciso\u{202e}x` &amp; &quot;&lt;x&gt;&quot;</failure>
    </testcase>
  </testsuite>
</testsuites>
"#
        );
    }

    #[test]
    fn a_run_without_faults_is_one_case_that_passed() {
        assert_eq!(
            junit(&[], &fixture::sources),
            r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="avouch" tests="1" failures="0" errors="0">
  <testsuite name="content" tests="1" failures="0" errors="0">
    <testcase name="no faults" classname="content"/>
  </testsuite>
</testsuites>
"#
        );
    }
}
