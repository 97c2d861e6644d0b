//! docs/reference is made of what the program says of itself, so that it cannot be out of date.

#![expect(clippy::disallowed_methods, reason = "this test reads and rewrites pages of the docs")]

use std::fs;
use std::path::Path;

use avouch::diagnostic::Rule;
use avouch::parse;
use avouch::parse::description::{Described, FileDescription, Mapping, Shape};
use avouch::pipeline;

const MADE: &str = "<!-- Made of the program by `UPDATE=1 cargo test --no-default-features --test suite reference`. -->\n";

const FORMS: &str = "\
Case, spaces, `-` and `_` in keys do not matter: `Effective Date` is `effective_date`. The other
names of a key are accepted too. A key that is not listed, or that stands twice, is reported. A key
without a value is as good as none.

Values stay as they are typed: `version: 1.10` is 1.10, and `no` is the word \"no\" where a text is
expected. A **date** is `2026-02-01`, `1 February 2026` or `February 1, 2026`; `02/01/2026` is refused
because it is two different days. An **interval** is `12 months`, `90 days`, `2 weeks`, `annual`,
`quarterly` … An **id** has at most 64 ASCII letters, digits, `-`, `_` and `.`, and begins with a
letter or digit. **Texts** are a list of texts, or one text. What stands in a **mapping** has a table
of its own, further down: `people[].name` is the name of each item of the list `people`.
";

/// Returns what a key holds, in a phrase.
fn phrase(shape: &Shape) -> String {
    let words = |words: &[&str]| {
        words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
    };
    match shape {
        Shape::Text => "text".to_owned(),
        Shape::Pattern(name, _) => (*name).to_owned(),
        Shape::Id => "id".to_owned(),
        Shape::Date => "date".to_owned(),
        Shape::Cadence => "interval".to_owned(),
        Shape::Number(least, most) => format!("number from {least} to {most}"),
        Shape::Flag => "`true` or `false`".to_owned(),
        Shape::Words(all) => words(all),
        Shape::SomeWords(all) => format!("some of {}", words(all)),
        Shape::Texts => "texts".to_owned(),
        Shape::List(_) => "list of mappings".to_owned(),
        Shape::Mapping(_) => "mapping".to_owned(),
        Shape::Free(inside) => format!("mapping of names to {}", phrase(inside)),
        Shape::Tree(inside) => {
            format!("mapping of names to {}, or to such mappings", phrase(inside))
        }
        Shape::Either(both) => format!("{} or {}", phrase(&both.0), phrase(&both.1)),
    }
}

/// Returns the mapping in a shape, with how it is reached.
fn inside<'s>(shape: &'s Shape, path: &str) -> Option<(String, &'s Mapping)> {
    match shape {
        Shape::List(mapping) => Some((format!("{path}[]"), mapping)),
        Shape::Mapping(mapping) => Some((path.to_owned(), mapping)),
        Shape::Free(value) | Shape::Tree(value) => inside(value, &format!("{path}.*")),
        Shape::Either(both) => inside(&both.0, path).or_else(|| inside(&both.1, path)),
        _ => None,
    }
}

/// Writes the keys of a mapping, and then those of the mappings in it under headings of their own.
fn table(mapping: &Mapping, path: &str) -> String {
    let mut table =
        "\n| Key | Other names | Value | Meaning |\n| --- | --- | --- | --- |\n".to_owned();
    let mut below = String::new();
    let mut refused = String::new();
    for Described { key, shape, is_required } in &mapping.keys {
        if key.is_refused {
            refused += &format!("\n`{}` is refused. {}\n", key.name, key.about);
            continue;
        }
        let others: Vec<String> = key.others.iter().map(|name| format!("`{name}`")).collect();
        let required = if *is_required { "Required. " } else { "" };
        let (name, others, value) = (key.name, others.join(", "), phrase(shape));
        table += &format!("| `{name}` | {others} | {value} | {required}{} |\n", key.about);
        let path = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        match inside(shape, &path) {
            Some((path, mapping)) if mapping.noun == "rules" => {
                below += &format!(
                    "\n### `{path}`\n\nThe name of a [rule](rules.md), and `off`, `note`, `warning` \
                     or `error`. What is fixed cannot be lowered.\n"
                );
            }
            Some((path, mapping)) => {
                below += &format!("\n### `{path}`\n{}", self::table(mapping, &path));
            }
            None => {}
        }
    }
    table + &refused + &below
}

fn file(name: &str) -> FileDescription {
    let all = parse::descriptions(&pipeline::rules());
    all.into_iter().find(|file| file.name == name).unwrap()
}

/// Compares a page with what it should be, or rewrites it.
fn compare(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reference").join(name);
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(written == text, "docs/reference/{name} is out of date: run again with UPDATE=1");
}

#[test]
fn front_matter_is_described() {
    let (document, page) = (file("frontmatter"), file("page"));
    let names = |file: &FileDescription| file.root.keys.iter().map(|it| it.key).collect::<Vec<_>>();
    assert_eq!(names(&document), names(&page));
    let required: Vec<String> = page
        .root
        .keys
        .iter()
        .filter(|it| it.is_required)
        .map(|it| format!("`{}`", it.key.name))
        .collect();
    let text = format!(
        "{MADE}\n# Front matter: all keys\n\nWhat stands between two lines of `---` at the top of a \
         policy, procedure or narrative. [The guide](../frontmatter.md) shows one. A page of the \
         trust center has the same keys; of it only {} are required.\n\n{FORMS}\nIn a folder without \
         a `content/workspace.yaml` nothing is required, unknown keys are kept and shown, `owners` \
         is read as `owner`, `next_review` is read, and `approvals`, `reviews` and `revisions` are \
         not.\n\n## Keys\n{}",
        required.join(" and "),
        table(&document.root, ""),
    );
    compare("frontmatter.md", &text);
}

#[test]
fn settings_are_described() {
    let settings = file("workspace");
    let text = format!(
        "{MADE}\n# Settings: `content/workspace.yaml`\n\n{} `avouch schema workspace` prints this page \
         for editors.\n\n{FORMS}\n## Keys\n{}",
        settings.about,
        table(&settings.root, ""),
    );
    compare("settings.md", &text);
}

#[test]
fn data_files_are_described() {
    let mut text = format!(
        "{MADE}\n# Data files\n\nAll YAML files in `content` but the [settings](settings.md). \
         `avouch schema` prints their schemas for editors.\n\n{FORMS}"
    );
    for file in parse::descriptions(&pipeline::rules()) {
        if file.place.ends_with(".yaml") && file.name != "workspace" {
            let keys = table(&file.root, "").replace("\n### ", &format!("\n### {}: ", file.name));
            text += &format!("\n## `{}`\n\n{}\n{keys}", file.place, file.about);
        }
    }
    compare("files.md", &text);
}

#[test]
fn rules_are_described() {
    let mut rules: Vec<&Rule> = pipeline::rules();
    rules.sort_by_key(|rule| rule.name);
    let mut text = format!(
        "{MADE}\n# Rules\n\nEverything that `avouch check` reports. `avouch explain RULE` prints the \
         same. A level that is not fixed is set in the [settings](settings.md): \
         `rules: {{ review-overdue: off }}`. In a folder without a `content/workspace.yaml` nothing is \
         worse than a warning.\n\n| Rule | Level | Reports |\n| --- | --- | --- |\n"
    );
    for rule in &rules {
        let fixed = if rule.fixed { ", fixed" } else { "" };
        let name = rule.name;
        text += &format!("| [`{name}`](#{name}) | {}{fixed} | {} |\n", rule.level, rule.summary);
    }
    for rule in &rules {
        text += &format!("\n## {}\n\n{}\n", rule.name, rule.explanation);
    }
    compare("rules.md", &text);
}
