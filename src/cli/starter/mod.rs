//! The files of a new workspace: this repository's own content, made into drafts of somebody else.
//!
//! Takes the embedded demonstration apart: its documents and controls stay as text to work on,
//! everything that claims something (approvals, reviews, dates, people, records, evidence, public
//! pages) goes. What replaces it stands in `own/`. Every data file names its schema in its first
//! line, for editors.

mod lines;
mod words;

use std::collections::BTreeMap;
use std::fmt;

use include_dir::{Dir, File, include_dir};
use jiff::civil::Date;

use self::words::rewrite;
use crate::parse::placeholder::STARTER;
use crate::{parse, pipeline, schema};

/// The demonstration.
static DEMONSTRATION: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/content");
/// What a starter has instead of the demonstration's facts.
static OWN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/starter/own");

/// The folders and files of the demonstration that a starter has, edited.
const KEPT: &[&str] = &[
    "policies/",
    "procedures/",
    "controls/",
    "assets/",
    "glossary.yaml",
    "trust/questions.yaml",
    "trust/pages/vulnerability-disclosure.md",
];

/// What a draft does not have.
const CLAIMS: &[&str] = &["approvals", "reviews", "revisions", "effective_date", "authors"];

/// The name of a company: text that can stand in YAML and Markdown as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) struct Name(String);

impl Name {
    /// Reads a name.
    ///
    /// # Errors
    ///
    /// Fails where a character would mean something in YAML or Markdown.
    pub(in crate::cli) fn parse(typed: &str) -> Result<Self, String> {
        let name = typed.trim();
        let is_plain = |c: char| c.is_alphanumeric() || " .,&'-+()/".contains(c);
        if !name.starts_with(char::is_alphanumeric) || name.chars().count() > 80 {
            return Err(
                "it must begin with a letter or digit and have at most 80 characters".to_owned()
            );
        }
        match name.chars().find(|c| !is_plain(*c)) {
            Some(odd) => Err(format!(
                "it cannot have `{}` in it",
                crate::diagnostic::render::visible(&odd.to_string())
            )),
            None => Ok(Self(name.to_owned())),
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Returns the files of a new workspace by their paths. `id` is what binds signatures to it.
pub(super) fn files(name: &Name, id: &str, today: Date) -> BTreeMap<String, Vec<u8>> {
    let people = source("people.yaml");
    let titles = titles(people);
    let mut files = BTreeMap::new();
    for file in all(&DEMONSTRATION) {
        let Some(path) = file.path().to_str() else { continue };
        if !KEPT.iter().any(|kept| path.starts_with(kept)) {
            continue;
        }
        let bytes = match file.contents_utf8() {
            Some(text) => {
                let text = rewrite(&draft(path, text), &name.0, &titles);
                given_words(text, &STARTER).into_bytes()
            }
            None => file.contents().to_vec(),
        };
        files.insert(format!("content/{path}"), bytes);
    }
    let today = today.to_string();
    let given = [
        ("COMPANY", name.0.as_str()),
        ("WORKSPACE", id),
        ("TODAY", &today),
        ("FACTS", &lines::withhold(section(source("workspace.yaml"), "facts:"))),
        ("ROLES", &roles(people, &today)),
    ];
    for file in all(&OWN) {
        let (Some(path), Some(text)) = (file.path().to_str(), file.contents_utf8()) else {
            continue;
        };
        let text = given_words(given_words(text.to_owned(), &given), &STARTER);
        files.insert(
            path.replace("gitignore", ".gitignore").replace("gitattributes", ".gitattributes"),
            text.into_bytes(),
        );
    }
    add_schemas(&mut files);
    files
}

/// Adds the schemas, and tells editors which file each is for: in the first line of each data
/// file, and for those that are yet to be written in the settings of one that asks for it.
fn add_schemas(files: &mut BTreeMap<String, Vec<u8>>) {
    let mut places = serde_json::Map::new();
    for file in parse::descriptions(&pipeline::rules()) {
        let schema = format!("schemas/{}", schema::file_name(&file));
        for (path, bytes) in files.iter_mut().filter(|(path, _)| file.is_of(path)) {
            if path.ends_with(".yaml") {
                let up = "../".repeat(path.matches('/').count());
                let line = format!("# yaml-language-server: $schema={up}{schema}\n");
                bytes.splice(..0, line.into_bytes());
            }
        }
        files.insert(schema.clone(), schema::text(&file).into_bytes());
        if file.place.ends_with(".yaml") {
            places.insert(format!("./{schema}"), file.place.into());
        }
    }
    let settings = format!("{:#}\n", serde_json::json!({ "yaml.schemas": places }));
    files.insert(".vscode/settings.json".to_owned(), settings.into_bytes());
}

/// Puts texts where `@WORD@` stands.
fn given_words(text: String, given: &[(&str, &str)]) -> String {
    given.iter().fold(text, |text, (word, value)| text.replace(&format!("@{word}@"), value))
}

fn all<'a>(folder: &'a Dir<'a>) -> Vec<&'a File<'a>> {
    let mut files: Vec<&File<'_>> = folder.files().collect();
    files.extend(folder.dirs().flat_map(all));
    files
}

fn source(path: &str) -> &'static str {
    DEMONSTRATION.get_file(path).and_then(File::contents_utf8).unwrap_or_default()
}

/// Makes a file of the demonstration claim nothing.
fn draft(path: &str, text: &str) -> String {
    match path.rsplit_once('.') {
        Some((_, "md")) => {
            let set = [("version", "\"0.1\""), ("disclosure", "withheld")];
            lines::edit_front_matter(text, CLAIMS, &set)
        }
        Some(("trust/questions", "yaml")) => {
            let text = lines::without(text, &missing_narratives());
            lines::edit(&lines::withhold(&text), 4, &[], &[("answer", "\"@ANSWER@\"")])
        }
        Some((name, "yaml")) if name.starts_with("controls/") => {
            let set = [("version", "\"0.1\"")];
            lines::edit(&lines::withhold(text), 4, &["operating_since"], &set)
        }
        Some((_, "yaml")) => lines::withhold(text),
        _ => text.to_owned(),
    }
}

/// Returns the ids of narratives that a starter does not have: they describe the demonstration's
/// own system.
fn missing_narratives() -> Vec<&'static str> {
    let ids = |folder: &'static Dir<'static>, prefix: &'static str| {
        let files = all(folder).into_iter().filter(move |file| file.path().starts_with(prefix));
        files
            .filter_map(|file| file.contents_utf8()?.lines().find_map(|it| it.strip_prefix("id: ")))
    };
    let own: Vec<&str> = ids(&OWN, "content/narratives").collect();
    ids(&DEMONSTRATION, "narratives").filter(|id| !own.contains(id)).collect()
}

/// Returns a top-level entry of a YAML file, up to the next one or a comment before it.
fn section<'a>(yaml: &'a str, key: &str) -> &'a str {
    let Some(start) = yaml.find(&format!("\n{key}")).map(|at| at + 1) else { return "" };
    let rest = &yaml[start..];
    let mut end = 0;
    for (index, line) in rest.split_inclusive('\n').enumerate() {
        if index > 0 && line.starts_with(|c: char| c.is_ascii_alphabetic() || c == '#') {
            break;
        }
        end += line.len();
    }
    rest[..end].trim_end()
}

/// Returns the roles of the demonstration, all held by the placeholder person.
fn roles(people: &str, today: &str) -> String {
    let holders = format!("[ {{ person: you, from: {today} }} ]");
    lines::edit(section(people, "roles:"), 4, &[], &[("holders", &holders)]).trim_end().to_owned()
}

/// Returns the names of the demonstration's people with their titles.
fn titles(people: &str) -> Vec<(String, String)> {
    let value = |line: &str, key: &str| {
        let rest = line.split_once(&format!(" {key}: "))?.1;
        Some(rest.split_once(',')?.0.trim().to_owned())
    };
    let people = people.lines().filter(|line| line.starts_with("  - { id: "));
    people.filter_map(|line| Some((value(line, "name")?, value(line, "title")?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::render::short::short;
    use crate::memo::Memo;
    use crate::pipeline::{self, Inputs};
    use crate::workspace::{Layout, Snapshot};

    const DEMONSTRATED: &[&str] = &[
        "harbourlight",
        "quayside",
        "tideline",
        "keyring",
        "forgehub",
        "deskhand",
        "peopleharbour",
        "stratus",
        "coinrow",
        "postbeam",
        "faultline",
        "docklens",
        "mapquill",
        "redwharf",
        "marlowe",
        "corvane",
        "dublin",
        "ireland",
        "ohio",
        "freight",
        "shipment",
        "booking",
        "ellison",
        "kowalczyk",
        "adeyemi",
        "raman",
        "whitcombe",
        "o'dowd",
        "carvalho",
        "brandt",
        "malhotra",
        "osei",
        "calloway",
        "varga",
        "person: mara",
        "the the ",
        "a the ",
    ];

    fn made(name: &str) -> BTreeMap<String, Vec<u8>> {
        let name = Name::parse(name).unwrap();
        files(&name, "0123456789abcdef0123456789abcdef", jiff::civil::date(2026, 11, 21))
    }

    #[test]
    fn nothing_of_the_demonstration_is_left() {
        let mut left = Vec::new();
        for (path, bytes) in made("Acme, Inc.") {
            let text = String::from_utf8(bytes).unwrap();
            for line in text.lines() {
                let folded = line.to_lowercase();
                for word in DEMONSTRATED.iter().filter(|word| folded.contains(**word)) {
                    left.push(format!("{path}: {word}: {line}"));
                }
            }
        }
        assert_eq!(left, [""; 0]);
    }

    #[test]
    fn nothing_claims_anything() {
        for (path, bytes) in made("Acme") {
            let text = String::from_utf8(bytes).unwrap();
            // Bodies of documents may show such lines as examples.
            let text = text.split_once("\n---\n").map_or(text.as_str(), |(facts, _)| facts);
            for key in CLAIMS.iter().copied().chain(["operating_since", "today", "demo"]) {
                assert!(
                    !text.lines().any(|line| line.trim_start().starts_with(&format!("{key}:"))),
                    "{path} has {key}"
                );
            }
            assert!(
                !text.contains("disclosure: public") && !text.contains("disclosure: listed"),
                "{path}"
            );
        }
    }

    #[test]
    fn a_starter_lacks_exactly_what_is_to_be_filled_in() {
        let files = made("Müller & Söhne (UK), Inc.");
        let today = Some(jiff::civil::date(2026, 11, 21));
        let snapshot = Snapshot::from_files(files);
        let inputs = Inputs { today, ..Inputs::of(snapshot, Layout::Workspace) };
        let checked = pipeline::check(&inputs, &Memo::default()).unwrap().0;
        let text = |path: &str| inputs.snapshot.get(path).and_then(|file| file.text().ok());
        let report = short(&checked.diagnostics, &text);
        let missing = |line: &&str| !line.contains("warning[template-residue]");
        assert_eq!(report.lines().filter(missing).collect::<Vec<_>>(), [""; 0]);
        let holders = inputs.snapshot.iter().map(|(path, _)| text(path).unwrap());
        let all: String = holders.collect();
        for (_, words) in STARTER {
            let reported = report.matches(&format!("`{words}` was never filled in")).count();
            assert_eq!(reported, all.matches(words).count(), "{words}");
            assert!(reported > 0, "{words} is nowhere in the starter");
        }
        assert_eq!(checked.corpus.settings.organisation.name, "Müller & Söhne (UK), Inc.");
        assert_eq!(checked.corpus.documents.len(), 21);
        assert!(checked.trust_center.is_none());
    }

    #[test]
    fn a_name_is_text_that_means_nothing_else() {
        assert_eq!(
            Name::parse(" Müller & Söhne (UK), Inc. ").map(|name| name.0),
            Ok("Müller & Söhne (UK), Inc.".to_owned())
        );
        assert_eq!(Name::parse("A: B"), Err("it cannot have `:` in it".to_owned()));
        assert_eq!(
            Name::parse("- A"),
            Err("it must begin with a letter or digit and have at most 80 characters".to_owned())
        );
    }
}
