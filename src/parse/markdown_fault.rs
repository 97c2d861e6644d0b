//! Faults of Markdown in words: the rule, what is wrong, what to do.

use super::markdown::FaultKind;
use super::rules::{
    duplicate_anchor, hidden_character, raw_html_removed, restricted_malformed, template_residue,
    unclosed_fence, unreadable_markdown,
};
use crate::diagnostic::Rule;

/// Returns the rule that a fault of the text breaks, what to say, and what to do.
pub(super) fn explain(kind: &FaultKind) -> (&'static Rule, String, Option<String>) {
    let some = |help: &str| Some(help.to_owned());
    match kind {
        FaultKind::RestrictedMalformed => (
            &restricted_malformed::RULE,
            "this looks like an internal block and is none".to_owned(),
            some(
                "begin the quote with `> [!INTERNAL]`, and write `>` before each line of its text",
            ),
        ),
        FaultKind::EmptyTarget => (
            &unreadable_markdown::RULE,
            "this link has no target".to_owned(),
            some("put an address between the parentheses, or remove the link"),
        ),
        FaultKind::ForbiddenScheme(scheme) => (
            &unreadable_markdown::RULE,
            format!("links with `{}:` are not allowed", scheme.escape_debug()),
            some("use `https:` or `mailto:`, or a path in the workspace"),
        ),
        FaultKind::FootnoteUnresolved(label) => (
            &unreadable_markdown::RULE,
            format!("there is no footnote `{}`", label.escape_debug()),
            Some(format!("add `[^{}]: …` at the end of the document", label.escape_debug())),
        ),
        FaultKind::FootnoteUnused(label) => (
            &unreadable_markdown::RULE,
            format!("nothing mentions the footnote `{}`, so it is left out", label.escape_debug()),
            None,
        ),
        FaultKind::FootnoteRepeated(label) => (
            &unreadable_markdown::RULE,
            format!("the footnote `{}` stands here again, so it is left out", label.escape_debug()),
            None,
        ),
        FaultKind::Dialect(dialect) => (
            &template_residue::RULE,
            format!("this is {dialect}, which is printed as it stands"),
            some("write it in Markdown"),
        ),
        FaultKind::DuplicateAnchor(name) => (
            &duplicate_anchor::RULE,
            format!("the anchor `{}` stands in this document twice", name.escape_debug()),
            some("give one of the two another name"),
        ),
        FaultKind::AttributesMisplaced => (
            &unreadable_markdown::RULE,
            "this looks like attributes and cannot be read as such".to_owned(),
            some("attributes stand at the end of a heading or a clause: `{#name soc2=\"CC6.1\"}`"),
        ),
        FaultKind::RawHtmlRemoved(what) => {
            (&raw_html_removed::RULE, left_out(what), some("use Markdown instead"))
        }
        FaultKind::LooksRemoved(what) => (
            &raw_html_removed::RULE,
            format!("`{}` was left out: how text looks is up to the theme", what.escape_debug()),
            None,
        ),
        FaultKind::NestingTooDeep => (
            &unreadable_markdown::RULE,
            "this is nested deeper than anybody can follow, so the rest is left out".to_owned(),
            None,
        ),
        FaultKind::UnclosedFence => (
            &unclosed_fence::RULE,
            "the block of code that begins here does not end".to_owned(),
            some("end it with a line of the same backticks or tildes"),
        ),
        FaultKind::HiddenCharacter(character) => (
            &hidden_character::RULE,
            format!("the character U+{:04X} stands here and cannot be seen", u32::from(*character)),
            some("remove it"),
        ),
    }
}

/// Says of a tag, or of attributes, that they were left out.
fn left_out(what: &str) -> String {
    let verb =
        if what.contains("`, `") { "are not allowed and were" } else { "is not allowed and was" };
    format!("`{}` {verb} left out", what.escape_debug())
}
