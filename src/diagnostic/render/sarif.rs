//! SARIF 2.1.0, which code-scanning services read.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use super::position::{Extent, Sources};
use super::shown;
use crate::diagnostic::{Diagnostic, Level, Rule, baseline};
use crate::span::Place;

/// Writes one log with one run: the rules that were broken and a result for each diagnostic.
pub fn sarif(diagnostics: &[Diagnostic], sources: &Sources<'_>) -> String {
    let rules: BTreeMap<&str, &Rule> =
        shown(diagnostics).map(|one| (one.rule.name, one.rule)).collect();
    let results = shown(diagnostics)
        .map(|one| Outcome {
            rule_id: one.rule.name,
            rule_index: rules.range(..one.rule.name).count(),
            level: level(one.level),
            message: Message { text: message(one) },
            locations: [Location::of(&one.place, None, sources)],
            related_locations: one
                .related
                .iter()
                .map(|(place, words)| Location::of(place, Some(words), sources))
                .collect(),
            partial_fingerprints: Fingerprints { message: baseline::message_hash(one) },
        })
        .collect();
    let driver = Driver {
        name: "Avouch",
        semantic_version: env!("CARGO_PKG_VERSION"),
        information_uri: env!("CARGO_PKG_REPOSITORY"),
        rules: rules.values().map(|rule| Descriptor::of(rule)).collect(),
    };
    let run = Run { tool: Tool { driver }, column_kind: "unicodeCodePoints", results };
    super::json_text(&Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [run],
    })
}

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'a str,
    version: &'a str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    column_kind: &'a str,
    results: Vec<Outcome<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'a str,
    semantic_version: &'a str,
    information_uri: &'a str,
    rules: Vec<Descriptor<'a>>,
}

/// A rule as the format describes it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor<'a> {
    id: &'a str,
    name: String,
    short_description: Message,
    full_description: Message,
    help: Help<'a>,
    default_configuration: Configuration,
}

impl<'a> Descriptor<'a> {
    fn of(rule: &'a Rule) -> Self {
        Self {
            id: rule.name,
            name: pascal_case(rule.name),
            short_description: Message { text: sentence(rule.summary) },
            full_description: Message { text: rule.explanation.to_owned() },
            help: Help { text: rule.explanation, markdown: rule.explanation },
            default_configuration: Configuration { level: level(rule.level) },
        }
    }
}

#[derive(Serialize)]
struct Help<'a> {
    text: &'a str,
    markdown: &'a str,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

/// A diagnostic, which the format calls a result.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'a> {
    rule_id: &'a str,
    rule_index: usize,
    level: &'static str,
    message: Message,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: Fingerprints,
}

#[derive(Serialize)]
struct Fingerprints {
    #[serde(rename = "message/v1")]
    message: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

impl Location {
    fn of(place: &Place, words: Option<&str>, sources: &Sources<'_>) -> Self {
        let Extent { start, end } = Extent::of(place, sources);
        let region = Region {
            start_line: start.line,
            start_column: start.column,
            end_line: end.line,
            end_column: end.column,
        };
        let artifact_location = ArtifactLocation { uri: uri(&place.path) };
        Self {
            physical_location: PhysicalLocation { artifact_location, region },
            message: words.map(|words| Message { text: sentence(words) }),
        }
    }
}

/// Returns what is wrong and what to do, since the format has no place for the latter.
fn message(one: &Diagnostic) -> String {
    let mut message = sentence(&one.message);
    if let Some(help) = &one.help {
        // Writing to a string cannot fail.
        let _ = write!(message, " {}", sentence(help));
    }
    message
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Off => "none",
        Level::Note => "note",
        Level::Warning => "warning",
        Level::Error => "error",
    }
}

/// Writes a phrase as a sentence, as the format asks.
fn sentence(phrase: &str) -> String {
    let mut characters = phrase.chars();
    let mut sentence: String =
        characters.next().map(|first| first.to_uppercase().collect()).unwrap_or_default();
    sentence.push_str(characters.as_str());
    if !sentence.ends_with(['.', '?', '!']) {
        sentence.push('.');
    }
    sentence
}

fn pascal_case(name: &str) -> String {
    name.split('-')
        .map(|word| {
            let (first, rest) = word.split_at(word.len().min(1));
            first.to_ascii_uppercase() + rest
        })
        .collect()
}

/// Percent-encodes a path so that it is a relative reference.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => {
                uri.push(char::from(byte));
            }
            _ => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::render::fixture;

    #[test]
    fn a_log_names_rules_and_places() {
        let mut diagnostics = fixture::diagnostics();
        diagnostics.truncate(3);
        diagnostics.remove(0);
        let expected = EXPECTED.replace("VERSION", env!("CARGO_PKG_VERSION"));
        assert_eq!(sarif(&diagnostics, &fixture::sources), expected);
    }
    const EXPECTED: &str = r#"{
  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
  "version": "2.1.0",
  "runs": [
    {
      "tool": {
        "driver": {
          "name": "Avouch",
          "semanticVersion": "VERSION",
          "informationUri": "https://github.com/avouch/avouch",
          "rules": [
            {
              "id": "unknown-owner",
              "name": "UnknownOwner",
              "shortDescription": {
                "text": "An owner who is not in `people.yaml`."
              },
              "fullDescription": {
                "text": "Somebody must answer.\n\nAdd the person."
              },
              "help": {
                "text": "Somebody must answer.\n\nAdd the person.",
                "markdown": "Somebody must answer.\n\nAdd the person."
              },
              "defaultConfiguration": {
                "level": "error"
              }
            },
            {
              "id": "unread-file",
              "name": "UnreadFile",
              "shortDescription": {
                "text": "A file that is not read."
              },
              "fullDescription": {
                "text": "It is left out."
              },
              "help": {
                "text": "It is left out.",
                "markdown": "It is left out."
              },
              "defaultConfiguration": {
                "level": "note"
              }
            }
          ]
        }
      },
      "columnKind": "unicodeCodePoints",
      "results": [
        {
          "ruleId": "unread-file",
          "ruleIndex": 1,
          "level": "note",
          "message": {
            "text": "The name has a \u001b[2J in it."
          },
          "locations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "content/a%2C%20b%3A50%25.bin"
                },
                "region": {
                  "startLine": 1,
                  "startColumn": 1,
                  "endLine": 1,
                  "endColumn": 1
                }
              }
            }
          ],
          "partialFingerprints": {
            "message/v1": "b68f1aa00cbd7485"
          }
        },
        {
          "ruleId": "unknown-owner",
          "ruleIndex": 0,
          "level": "error",
          "message": {
            "text": "Nobody is called `ciso\u202ex`."
          },
          "locations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "content/policies/access.md"
                },
                "region": {
                  "startLine": 3,
                  "startColumn": 8,
                  "endLine": 3,
                  "endColumn": 14
                }
              }
            }
          ],
          "relatedLocations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "content/policies/access.md"
                },
                "region": {
                  "startLine": 2,
                  "startColumn": 5,
                  "endLine": 2,
                  "endColumn": 11
                }
              },
              "message": {
                "text": "The document is <here> & now."
              }
            }
          ],
          "partialFingerprints": {
            "message/v1": "1f0f1ad47bb92ba0"
          }
        }
      ]
    }
  ]
}
"#;
}
