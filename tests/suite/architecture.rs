//! The rules of the house that a program can check: who may use whom, who may import what, names,
//! lengths and openings of files.

#![expect(clippy::disallowed_methods, reason = "this test reads the sources of the program itself")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;

/// A file of the program.
struct Code {
    /// Its path, from `src/` on.
    path: String,
    text: String,
    /// Its text without comments and without what only tests see.
    live: String,
}

impl Code {
    /// Returns the top module that it belongs to.
    fn module(&self) -> &str {
        self.path.split(['/', '.']).next().unwrap()
    }
}

/// Returns all files of the program, tests that are files of their own left out.
fn program() -> &'static [Code] {
    static PROGRAM: LazyLock<Vec<Code>> = LazyLock::new(|| {
        let mut files = Vec::new();
        collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), "", &mut files);
        let tests: BTreeSet<String> = files.iter().flat_map(test_modules).collect();
        files.retain(|it| !tests.iter().any(|test| it.path.starts_with(test.as_str())));
        assert!(files.len() > 100, "these are not all files of the program");
        files
    });
    &PROGRAM
}

fn collect(folder: &Path, prefix: &str, files: &mut Vec<Code>) {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(Result::unwrap).collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = format!("{prefix}{}", entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            collect(&entry.path(), &format!("{path}/"), files);
        } else if path.ends_with(".rs") {
            let text = fs::read_to_string(entry.path()).unwrap();
            let live = live(&text);
            files.push(Code { path, text, live });
        }
    }
}

/// Takes comments out of a text, and what follows `#[cfg(test)]`.
fn live(text: &str) -> String {
    let mut out = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if line.starts_with("#[cfg(") && line.contains("test") {
            // An inline module of tests is the end of a file; anything else is one item.
            if lines.peek().is_some_and(|next| next.starts_with("mod ") && next.ends_with('{')) {
                break;
            }
            lines.next();
            continue;
        }
        let code = line.split("//").next().unwrap();
        out += code;
        out.push('\n');
    }
    out
}

/// Returns the beginnings of the paths of modules that only tests see.
fn test_modules(file: &Code) -> Vec<String> {
    static MODULE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?m)^#\[cfg\([^\n]*test[^\n]*\)\]\n(?:pub(?:\(\w+\))? )?mod (\w+);").unwrap()
    });
    let folder = match file.path.strip_suffix("/mod.rs").or(file.path.strip_suffix(".rs")) {
        Some("lib") | None => String::new(),
        Some(folder) => format!("{folder}/"),
    };
    let names = MODULE.captures_iter(&file.text).map(|it| it[1].to_owned());
    names.flat_map(|name| [format!("{folder}{name}.rs"), format!("{folder}{name}/")]).collect()
}

/// Returns the table of the crate's documentation: for each module the modules that it may use.
fn table(modules: &BTreeSet<&str>) -> BTreeMap<String, BTreeSet<String>> {
    let documentation =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let rows =
        documentation.lines().filter_map(|line| line.strip_prefix("//! | `")?.strip_suffix('|'));
    rows.map(|row| {
        let (module, uses) = row.split_once("` |").unwrap();
        let uses: BTreeSet<String> = match uses.trim().strip_prefix("everything") {
            Some(rest) => {
                let not: Vec<&str> =
                    rest.trim().trim_start_matches("but ").split(" and ").collect();
                modules.iter().filter(|it| !not.contains(it)).map(|it| (*it).to_owned()).collect()
            }
            None => {
                uses.split(',').map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()).collect()
            }
        };
        (module.to_owned(), uses)
    })
    .collect()
}

#[test]
fn modules_use_what_the_table_says() {
    let program: Vec<&Code> =
        program().iter().filter(|it| !["lib.rs", "main.rs"].contains(&it.path.as_str())).collect();
    let modules: BTreeSet<&str> = program.iter().map(|it| it.module()).collect();
    let table = table(&modules);
    assert_eq!(
        table.keys().map(String::as_str).collect::<BTreeSet<_>>(),
        modules,
        "each module has its row"
    );

    let mention = Regex::new(r"\bcrate::(?:\{([^}]*)\}|(\w+))").unwrap();
    let (mut faults, mut used) = (Vec::new(), BTreeSet::new());
    for file in program {
        for found in mention.captures_iter(&file.live) {
            let names = found.get(1).or_else(|| found.get(2)).unwrap().as_str();
            for name in names.split(',').filter_map(|name| name.trim().split("::").next()) {
                let other = name.split_whitespace().next().unwrap_or_default();
                if other == file.module() || !modules.contains(other) {
                    continue;
                }
                used.insert((file.module(), other));
                if !table[file.module()].contains(other) {
                    faults.push(format!("{} uses {other}", file.path));
                }
            }
        }
    }
    assert_eq!(faults, [""; 0], "the table in lib.rs does not allow this");

    // A table that allows more than is true is no map.
    let free = ["pipeline", "cli"];
    let idle: Vec<String> = table
        .iter()
        .filter(|(module, _)| !free.contains(&module.as_str()))
        .flat_map(|(module, uses)| uses.iter().map(move |other| (module.as_str(), other.as_str())))
        .filter(|pair| !used.contains(pair))
        .map(|(module, other)| format!("{module} does not use {other}"))
        .collect();
    assert_eq!(idle, [""; 0], "take it out of the table in lib.rs");
}

/// The heavy libraries, and the only file or folder that may name each.
const IMPORTERS: [(&str, &str); 28] = [
    ("ammonia", "parse/html.rs"),
    ("annotate_snippets", "diagnostic/render/"),
    ("blake3", "model/fingerprint.rs"),
    ("clap", "cli/"),
    ("clap_complete", "cli/"),
    ("clap_mangen", "cli/"),
    ("cms", "signature/timestamp/"),
    ("comemo", "render/pdf/"),
    ("csv", "import/table.rs"),
    ("der", "signature/timestamp/"),
    ("gix", "workspace/history/"),
    ("granit_parser", "parse/yaml.rs"),
    ("icalendar", "render/calendar.rs"),
    ("ignore", "workspace/walk.rs"),
    ("indicatif", "cli/"),
    ("p256", "signature/timestamp/algorithm.rs"),
    ("p384", "signature/timestamp/algorithm.rs"),
    ("pulldown_cmark", "parse/markdown/"),
    ("roxmltree", "picture/"),
    ("rsa", "signature/timestamp/algorithm.rs"),
    // Verifies in `signature/`, signs in `sign/`.
    ("ssh_key", "sign"),
    ("similar", "redline/align.rs"),
    ("syntect", "render/highlight/"),
    ("tera", "theme/"),
    ("two_face", "render/highlight/"),
    ("typst\\w*", "render/pdf/"),
    ("x509_cert", "signature/timestamp/"),
    ("x509_tsp", "signature/timestamp/"),
];

#[test]
fn each_heavy_library_has_one_importer() {
    let mut faults = Vec::new();
    for (library, importer) in IMPORTERS {
        let mention = Regex::new(&format!(r"(?:^|[^:\w]){library}::|\buse {library}\b")).unwrap();
        let users: Vec<&str> = program()
            .iter()
            .filter(|it| mention.is_match(&it.live))
            .map(|it| it.path.as_str())
            .collect();
        faults.extend(
            users
                .iter()
                .filter(|it| !it.starts_with(importer))
                .map(|it| format!("{it} names {library}")),
        );
        if users.is_empty() {
            faults.push(format!("nothing names {library}"));
        }
    }
    assert_eq!(faults, [""; 0]);
}

#[test]
fn typst_is_named_in_one_file() {
    let mention = Regex::new(r"(?:^|[^:\w])(?:typst\w*|comemo)::").unwrap();
    let users: Vec<&str> = program()
        .iter()
        .filter(|it| mention.is_match(&it.live))
        .map(|it| it.path.as_str())
        .collect();
    assert_eq!(users, ["render/pdf/world.rs"]);
}

#[test]
fn files_keep_the_rules_of_the_house() {
    let mut faults = Vec::new();
    let glob = Regex::new(r"\buse super::\*").unwrap();
    let later = Regex::new(r"\b(?:TODO|FIXME|XXX)\b|\b(?:todo|dbg|unimplemented)!").unwrap();
    for file in program() {
        let path = &file.path;
        let mut report = |what: &str| faults.push(format!("{path} {what}"));
        if !file.text.starts_with("//! ") {
            report("does not open by saying what it is for");
        }
        let lines = file.live.lines().count();
        if lines > 700 {
            report(&format!("has {lines} lines; split it by noun"));
        }
        if glob.is_match(&file.live) {
            report("says `use super::*`");
        }
        if later.is_match(&file.text) {
            report("puts something off");
        }
        let vague = ["util", "utils", "helper", "helpers", "common", "misc", "manager", "prelude"];
        if path.trim_end_matches(".rs").split('/').any(|name| vague.contains(&name)) {
            report("has a name that says nothing");
        }
    }
    assert_eq!(faults, [""; 0]);
}

#[test]
fn each_rule_has_the_name_of_its_file() {
    let name = Regex::new(r#"const RULE: Rule = Rule \{\s*name: "([a-z-]+)""#).unwrap();
    let mut named = BTreeSet::new();
    for file in
        program().iter().filter(|it| it.path.contains("/rules/") && !it.path.ends_with("/mod.rs"))
    {
        let stem = file.path.rsplit('/').next().unwrap().trim_end_matches(".rs").replace('_', "-");
        let found: Vec<&str> =
            name.captures_iter(&file.text).map(|it| it.extract::<1>().1[0]).collect();
        assert_eq!(found, [stem.as_str()], "{}", file.path);
        assert!(
            file.text.starts_with(&format!("//! `{stem}`: ")),
            "{} opens with its name",
            file.path
        );
        assert!(named.insert(stem), "two files declare {found:?}");
    }
    let known: BTreeSet<String> =
        avouch::pipeline::rules().iter().map(|rule| rule.name.to_owned()).collect();
    assert_eq!(named, known, "each rule is registered, and each has a file");
}
