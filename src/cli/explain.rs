//! `avouch explain`: what a rule means and what to do.

use std::fmt::Write as _;

use anstyle::Style;

use super::arguments::ExplainArguments;
use super::terminal::{Stream, Terminal, filled};
use super::{Failure, Outcome};
use crate::diagnostic::{Level, Rule, nearest_name};
use crate::pipeline;

/// Longer lines are hard to read, however wide the terminal is.
const WIDEST: usize = 88;
const BOLD: Style = Style::new().bold();

pub(super) fn run(arguments: &ExplainArguments, terminal: Terminal) -> Result<Outcome, Failure> {
    let rules = pipeline::rules();
    let width = Stream::Data.width().unwrap_or(80).min(WIDEST);
    let text = match &arguments.rule {
        None => list(&rules, width),
        Some(name) => explanation(find(name, &rules)?, width),
    };
    terminal.data(&text)?;
    Ok(Outcome::Fine)
}

fn find(typed: &str, rules: &[&'static Rule]) -> Result<&'static Rule, Failure> {
    let name = pasted(typed);
    if let Some(rule) = rules.iter().find(|rule| rule.name == name) {
        return Ok(rule);
    }
    let failure = Failure::new(format!("there is no rule `{name}`"));
    Err(match nearest_name(name, rules.iter().map(|rule| rule.name)) {
        Some(nearest) => failure.help(format!("did you mean `{nearest}`?")),
        None => failure.help("`avouch explain --list` lists all rules"),
    })
}

/// Returns the name in what people copy from a message: `error[unknown-id]: …`.
fn pasted(typed: &str) -> &str {
    let inside = typed.split_once('[').and_then(|(_, rest)| rest.split_once(']'));
    inside.map_or(typed, |(name, _)| name).trim()
}

fn list(rules: &[&Rule], width: usize) -> String {
    let longest = rules.iter().map(|rule| rule.name.len()).max().unwrap_or_default();
    let indent = longest + 11;
    let lines = rules.iter().map(|rule| {
        let summary = filled(rule.summary, width.saturating_sub(indent).max(20));
        let summary = summary.trim_end().replace('\n', &format!("\n{:indent$}", ""));
        format!("{BOLD}{:longest$}{BOLD:#}  {:7}  {summary}\n", rule.name, rule.level.word())
    });
    lines.collect()
}

fn explanation(rule: &Rule, width: usize) -> String {
    let mut text = format!("{BOLD}{}{BOLD:#}: {}\n", rule.name, rule.summary);
    for paragraph in rule.explanation.split("\n\n") {
        text.push('\n');
        text.push_str(&filled(paragraph, width));
    }
    text.push('\n');
    if rule.fixed {
        let reason = if rule.hides_content() {
            "what it reports was not read, so nobody knows what else is wrong there"
        } else if rule.name == "duplicate-id" {
            "one of the two cannot be reached"
        } else {
            "it guards the public boundary"
        };
        let level = format!(
            "It is always {}: {reason}, and neither settings nor a baseline change that. In a \
             folder without `content/workspace.yaml` nothing is worse than a warning.",
            with_article(rule.level)
        );
        text.push_str(&filled(&level, width));
    } else {
        let level = format!(
            "It is {}, unless `content/workspace.yaml` says otherwise:",
            with_article(rule.level)
        );
        text.push_str(&filled(&level, width));
        // Writing to a string cannot fail.
        let _ = writeln!(text, "\n  rules: {{ {}: off }}   # or note, warning, error", rule.name);
    }
    text
}

fn with_article(level: Level) -> String {
    format!("{} {level}", if level == Level::Error { "an" } else { "a" })
}

#[cfg(test)]
mod tests {
    use super::*;

    static OVERDUE: Rule = Rule {
        name: "review-overdue",
        level: Level::Warning,
        fixed: false,
        is_secret: false,
        summary: "a review that is late",
        explanation: "A document must be read again.\n\nRead it, then sign a review.",
    };
    static LEAK: Rule =
        Rule { name: "withheld-text-in-public", level: Level::Error, fixed: true, ..OVERDUE };

    #[test]
    fn a_rule_is_explained_in_short_lines() {
        assert_eq!(
            anstream::adapter::strip_str(&explanation(&OVERDUE, 44)).to_string(),
            "\
review-overdue: a review that is late

A document must be read again.

Read it, then sign a review.

It is a warning, unless
`content/workspace.yaml` says otherwise:

  rules: { review-overdue: off }   # or note, warning, error
"
        );
    }

    #[test]
    fn a_name_copied_from_a_message_is_found() {
        assert_eq!(find("error[review-overdue]: it is late", &[&OVERDUE]), Ok(&OVERDUE));
        assert_eq!(find(" review-overdue ", &[&OVERDUE]), Ok(&OVERDUE));
    }

    #[test]
    fn long_summaries_go_on_under_themselves() {
        assert_eq!(
            anstream::adapter::strip_str(&list(&[&OVERDUE], 46)).to_string(),
            "review-overdue  warning  a review that is late\n"
        );
        assert_eq!(
            anstream::adapter::strip_str(&list(&[&OVERDUE], 45)).to_string(),
            "review-overdue  warning  a review that is\n                         late\n"
        );
    }

    #[test]
    fn a_misspelt_rule_suggests_the_nearest() {
        let rules = [&OVERDUE, &LEAK];
        assert_eq!(
            find("review-overdo", &rules),
            Err(Failure::new("there is no rule `review-overdo`")
                .help("did you mean `review-overdue`?"))
        );
        assert_eq!(
            find("xyz", &rules),
            Err(Failure::new("there is no rule `xyz`")
                .help("`avouch explain --list` lists all rules"))
        );
    }
}
