//! Everything about the diagnostics, for programs.

use serde::Serialize;

use super::position::{Extent, Sources};
use super::shown;
use crate::diagnostic::{Counts, Diagnostic};
use crate::span::Place;

/// Writes one object: `version`, `diagnostics` and `summary`. Lines and columns count from 1,
/// columns count characters, and an end is after the last character.
pub fn json(diagnostics: &[Diagnostic], sources: &Sources<'_>) -> String {
    let report = Report {
        version: 1,
        diagnostics: shown(diagnostics).map(|one| Entry::of(one, sources)).collect(),
        summary: Summary::of(diagnostics),
    };
    super::json_text(&report)
}

#[derive(Serialize)]
struct Report<'a> {
    version: u8,
    diagnostics: Vec<Entry<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct Summary {
    errors: usize,
    warnings: usize,
    notes: usize,
}

impl Summary {
    fn of(diagnostics: &[Diagnostic]) -> Self {
        let Counts { errors, warnings, notes } = Counts::of(diagnostics);
        Self { errors, warnings, notes }
    }
}

#[derive(Serialize)]
struct Entry<'a> {
    rule: &'a str,
    level: &'a str,
    message: &'a str,
    #[serde(flatten)]
    region: Region<'a>,
    #[serde(skip_serializing_if = "str::is_empty")]
    label: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<Related<'a>>,
}

impl<'a> Entry<'a> {
    fn of(one: &'a Diagnostic, sources: &Sources<'_>) -> Self {
        Self {
            rule: one.rule.name,
            level: one.level.word(),
            message: &one.message,
            region: Region::of(&one.place, sources),
            label: if one.rule.is_secret { "" } else { &one.label },
            help: one.help.as_deref(),
            related: one
                .related
                .iter()
                .map(|(place, message)| Related { message, region: Region::of(place, sources) })
                .collect(),
        }
    }
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    #[serde(flatten)]
    region: Region<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region<'a> {
    path: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

impl<'a> Region<'a> {
    fn of(place: &'a Place, sources: &Sources<'_>) -> Self {
        let Extent { start, end } = Extent::of(place, sources);
        Self {
            path: &place.path,
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::render::fixture;

    #[test]
    fn one_object_with_everything() {
        let mut diagnostics = fixture::diagnostics();
        diagnostics.drain(..2);
        assert_eq!(
            json(&diagnostics, &fixture::sources),
            r#"{
  "version": 1,
  "diagnostics": [
    {
      "rule": "unknown-owner",
      "level": "error",
      "message": "nobody is called `ciso\u202ex`",
      "path": "content/policies/access.md",
      "line": 3,
      "column": 8,
      "endLine": 3,
      "endColumn": 14,
      "related": [
        {
          "message": "the document is <here> & now",
          "path": "content/policies/access.md",
          "line": 2,
          "column": 5,
          "endLine": 2,
          "endColumn": 11
        }
      ]
    },
    {
      "rule": "withheld-text-in-public",
      "level": "error",
      "message": "words of `POL-AC` stand here: `the s…r`",
      "path": "content/trust/overview.yaml",
      "line": 1,
      "column": 5,
      "endLine": 1,
      "endColumn": 18
    }
  ],
  "summary": {
    "errors": 2,
    "warnings": 0,
    "notes": 0
  }
}
"#
        );
    }
}
