//! Cases: small documents that say what goes in and what must come out. `tests/README.md` tells
//! how to write one.
//!
//! A case becomes a [`Snapshot`] and runs through the pipeline in memory. Whole texts are compared.

#![expect(clippy::disallowed_methods, reason = "cases are files, and `UPDATE` rewrites them")]
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

mod outline;
pub(crate) mod sign;
mod table;
mod text;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use avouch::diagnostic::Diagnostic;
use avouch::diagnostic::render::human::{Look, PerRule, human};
use avouch::edition::{Filled, Handbook};
use avouch::memo::Memo;
use avouch::parse::markdown;
use avouch::pipeline::{self, Checked, Inputs};
use avouch::plan::handbook::HandbookPlan;
use avouch::plan::trust::TrustPlan;
use avouch::render::highlight::Highlighter;
use avouch::render::pdf::Typesetter;
use avouch::render::recipe::Recipe;
use avouch::render::{Studio, handbook, trust};
use avouch::theme::Theme;
use avouch::workspace::{Layout, ReadFault, ReadFaultKind, Snapshot};

use self::sign::Bench;
use self::text::{difference, narrow, unescape};

/// What a workspace has at least, by path; a case replaces what it names.
const DEFAULT: [(&str, &str); 3] = [
    (SETTINGS, include_str!("../cases/default/workspace.yaml")),
    ("content/people.yaml", include_str!("../cases/default/people.yaml")),
    ("content/frameworks/own.yaml", include_str!("../cases/default/framework.yaml")),
];
const SETTINGS: &str = "content/workspace.yaml";
/// Stands for the digest that the text of its file has.
const DIGEST: &str = "sha256:as-it-stands";
const DIAGNOSTICS: &str = "expect diagnostics";

/// A case file in its parts.
pub(crate) struct Case {
    prose: String,
    sections: Vec<(String, String)>,
}

impl Case {
    /// Reads a case file.
    pub(crate) fn read(path: &Path) -> Self {
        Self::parse(&std::fs::read_to_string(path).unwrap())
    }

    /// Reads the text of a case.
    pub(crate) fn parse(text: &str) -> Self {
        let mut case = Self { prose: String::new(), sections: Vec::new() };
        for line in text.split_inclusive('\n') {
            let name =
                line.trim_end().strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --"));
            match (name, case.sections.last_mut()) {
                (Some(name), _) => case.sections.push((name.to_owned(), String::new())),
                (None, Some((_, content))) => content.push_str(line),
                (None, None) => case.prose.push_str(line),
            }
        }
        case
    }

    /// Returns what the case expects of diagnostics.
    pub(crate) fn diagnostics(&self) -> impl Iterator<Item = &str> {
        let named = self.sections.iter().filter(|(name, _)| name.starts_with(DIAGNOSTICS));
        named.map(|(_, content)| content.as_str())
    }

    /// Runs the case and returns what differs; rewrites the file instead where `UPDATE` is set.
    pub(crate) fn run(mut self, path: &Path) -> Result<(), String> {
        let prose = self.prose.trim();
        assert!(
            prose.contains(' '),
            "{}: begin with a sentence that says what is specified",
            path.display()
        );
        if !self.sections.iter().any(|(name, _)| name.starts_with(DIAGNOSTICS)) {
            self.sections.push((DIAGNOSTICS.to_owned(), String::new()));
        }
        if self.section("needs pdf").is_some() && !Typesetter::IS_ABLE {
            return Ok(());
        }
        let run = Run::new(&self);
        let mut differences = String::new();
        for (name, expected) in &mut self.sections {
            let Some(wanted) = name.strip_prefix("expect ") else { continue };
            let found = run.show(wanted);
            if found.trim_end() != expected.trim_end() {
                let _ = write!(
                    differences,
                    "{}: {name}\n{}",
                    path.display(),
                    difference(expected, &found)
                );
                *expected = found;
            }
        }
        if differences.is_empty() {
            return Ok(());
        }
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(path, self.to_string()).unwrap();
            return Ok(());
        }
        Err(differences)
    }

    fn section(&self, name: &str) -> Option<&str> {
        self.sections.iter().find(|(it, _)| it == name).map(|(_, content)| content.as_str())
    }

    fn snapshot(&self, layout: Layout) -> Snapshot {
        let mut files: BTreeMap<&str, Vec<u8>> = BTreeMap::new();
        if layout == Layout::Workspace {
            files.extend(DEFAULT.map(|(path, text)| (path, text.as_bytes().to_vec())));
        }
        for (name, content) in &self.sections {
            match name.as_str() {
                "today" | "fields" | "folder" | "faults" | "needs pdf" | "sign" => {}
                "settings" => files.entry(SETTINGS).or_default().extend(content.as_bytes()),
                name if name.starts_with("expect ") || sign::labelled(name).is_some() => {}
                name => match name.strip_suffix(" (escaped)") {
                    Some(path) => files.insert(path, unescape(content.trim_end())),
                    None => files.insert(name, content.as_bytes().to_vec()),
                }
                .map_or((), drop),
            }
        }
        Snapshot::from_files(files)
    }

    /// Returns what goes in, with what is signed.
    pub(crate) fn inputs(&self) -> Inputs {
        let layout =
            if self.section("folder").is_some() { Layout::Folder } else { Layout::Workspace };
        let mut snapshot = self.snapshot(layout);
        if let Some(lines) = self.section("sign") {
            let inputs = |snapshot| self.inputs_of(snapshot, layout);
            snapshot = Bench::new(&snapshot, &self.sections, &inputs).sign(lines);
        }
        let mut inputs = self.inputs_of(snapshot, layout);
        if self.sections.iter().any(|(_, content)| content.contains(DIGEST)) {
            inputs.snapshot = with_digests(&inputs);
        }
        inputs
    }

    fn inputs_of(&self, snapshot: Snapshot, layout: Layout) -> Inputs {
        let names = self.section("fields").unwrap_or_default().lines();
        let names = names.filter_map(|line| line.split_once('='));
        let today = self.section("today").unwrap_or("2026-03-01").trim().parse().unwrap();
        Inputs {
            faults: self.section("faults").unwrap_or_default().lines().map(fault).collect(),
            today: Some(today),
            names: names
                .map(|(ours, theirs)| (ours.trim().to_owned(), theirs.trim().to_owned()))
                .collect(),
            ..Inputs::of(snapshot, layout)
        }
    }
}

impl std::fmt::Display for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.prose)?;
        for (name, content) in &self.sections {
            let end = if content.is_empty() || content.ends_with('\n') { "" } else { "\n" };
            write!(f, "-- {name} --\n{content}{end}")?;
        }
        Ok(())
    }
}

/// A case that went through the stages.
struct Run {
    inputs: Inputs,
    checked: Checked,
}

impl Run {
    fn new(case: &Case) -> Self {
        let inputs = case.inputs();
        let checked = pipeline::judge(&inputs);
        Self { inputs, checked }
    }

    /// Returns the text that stands under an expectation.
    fn show(&self, wanted: &str) -> String {
        let corpus = &self.checked.corpus;
        let assessment = &self.checked.assessment;
        let words: Vec<&str> = wanted.split(' ').collect();
        match words[..] {
            ["diagnostics"] => self.human(&self.checked.diagnostics),
            ["diagnostics", "build"] => {
                self.human(&pipeline::check(&self.inputs, &Memo::default()).unwrap().0.diagnostics)
            }
            ["outline", path] => self.outline(path),
            ["standings"] => table::standings(corpus, assessment),
            ["items"] => table::items(corpus, assessment),
            ["acknowledgements"] => table::acknowledgements(corpus, assessment),
            ["controls"] => table::controls(corpus, assessment),
            ["coverage", framework] => table::coverage(corpus, assessment, framework),
            ["trust"] => match &self.checked.trust_center {
                Some(trust_center) => outline::trust_center(trust_center),
                None => "there is no trust center\n".to_owned(),
            },
            ["addresses", edition] => self.addresses(edition, ""),
            ["addresses", edition, folder] => self.addresses(edition, folder),
            [edition, path] => self.output(edition, path),
            [edition, path, element] => narrow(&self.output(edition, path), element),
            _ => panic!("nothing is called `expect {wanted}`"),
        }
    }

    fn human(&self, diagnostics: &[Diagnostic]) -> String {
        let sources = |path: &str| self.inputs.snapshot.get(path)?.readable();
        human(diagnostics, &sources, Look { colour: false, width: None, per_rule: PerRule::All })
    }

    fn outline(&self, path: &str) -> String {
        let document = self.checked.corpus.documents.iter().find(|it| &*it.path == path);
        let document = document.unwrap_or_else(|| panic!("there is no document `{path}`"));
        let text = self.inputs.snapshot.body(document);
        outline::body(&markdown::read(text, &markdown::Options::of(document.kind)).body)
    }

    /// Lists the addresses in a folder, without the files of the theme.
    fn addresses(&self, edition: &str, folder: &str) -> String {
        let shown = |it: &str| it.starts_with(folder) && !it.starts_with("assets/");
        self.outputs(edition, |outputs| {
            let addresses = outputs.iter().map(|it| it.address.as_str()).filter(|it| shown(it));
            addresses.fold(String::new(), |text, it| text + it + "\n")
        })
    }

    fn output(&self, edition: &str, path: &str) -> String {
        self.outputs(edition, |outputs| {
            let output = outputs.iter().find(|output| output.address.as_str() == path);
            let output = output.unwrap_or_else(|| panic!("`{path}` is not in the {edition}"));
            String::from_utf8(output.bytes().unwrap()).unwrap()
        })
    }

    /// Hands over the recipes of an edition.
    fn outputs(&self, edition: &str, show: impl FnOnce(&[Recipe<'_>]) -> String) -> String {
        let theme = self.theme(edition);
        let (highlighter, typesetter) = (Highlighter::new(), Typesetter::new());
        let studio = Studio::new(&theme, &highlighter, &typesetter);
        if edition == "trust" {
            let Some(trust_center) = &self.checked.trust_center else { return String::new() };
            let (plan, _) = TrustPlan::new(trust_center, false);
            return show(trust::recipes(&plan, &studio).as_slice());
        }
        let filled = Filled::new(&self.checked.corpus);
        let edition = Handbook::new(&filled, &self.checked.assessment);
        let (plan, _) = HandbookPlan::new(edition, false);
        show(handbook::recipes(&plan, &self.inputs.snapshot, &studio).as_slice())
    }

    fn theme(&self, edition: &str) -> Arc<Theme> {
        Theme::load(
            edition,
            &pipeline::overlay(&self.inputs.snapshot, &self.checked.corpus.settings.theme.value),
        )
        .unwrap()
    }
}

/// Reads what the reading of files found, such as `link-leaves content/passwd`.
fn fault(line: &str) -> ReadFault {
    let (kind, path) = line.split_once(' ').unwrap();
    let kind = match kind {
        "link-leaves" => ReadFaultKind::LinkLeaves,
        "too-large" => ReadFaultKind::TooLarge { bytes: 300_000_000, limit: 64 << 20 },
        other => panic!("no case needs `{other}` so far"),
    };
    ReadFault { path: path.into(), kind }
}

/// Puts in the digests that the texts have.
fn with_digests(inputs: &Inputs) -> Snapshot {
    let checked = pipeline::judge(inputs);
    let documents = checked.corpus.documents.iter().zip(&checked.assessment.documents);
    let digests: BTreeMap<&str, String> =
        documents.map(|(it, state)| (&*it.path, state.digest.to_string())).collect();
    let bound = inputs.snapshot.iter().map(|(path, file)| {
        let bytes = match (digests.get(&**path), file.text()) {
            (Some(digest), Ok(text)) => text.replace(DIGEST, digest).into_bytes(),
            _ => file.bytes().to_vec(),
        };
        (path.clone(), bytes)
    });
    Snapshot::from_files(bound)
}

#[test]
fn a_case_is_written_as_it_was_read() {
    let text =
        "Prose.\n-- today --\n2026-01-01\n-- a.md --\n-- not a section\n-- expect diagnostics --\n";
    assert_eq!(Case::parse(text).to_string(), text);
}
