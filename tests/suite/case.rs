//! Cases: small documents that say what goes in and what must come out. `tests/README.md` tells
//! how to write one.
//!
//! A case becomes a [`Snapshot`] and runs through the pipeline in memory. Whole texts are compared.

#![expect(clippy::disallowed_methods, reason = "cases are files, and `UPDATE` rewrites them")]

mod outline;
mod table;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Mutex;

use avouch::diagnostic::render::human::{Look, human};
use avouch::diagnostic::{self, Diagnostic};
use avouch::edition::{Handbook, leak};
use avouch::parse::markdown;
use avouch::pipeline::{self, Checked, Inputs};
use avouch::plan::handbook::HandbookPlan;
use avouch::plan::trust::TrustPlan;
use avouch::render::highlight::Highlighter;
use avouch::render::pdf::Typesetter;
use avouch::render::recipe::Recipe;
use avouch::render::{Studio, handbook, trust};
use avouch::theme::Theme;
use avouch::workspace::{Layout, Snapshot};

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

    fn parse(text: &str) -> Self {
        let mut case = Self { prose: String::new(), sections: Vec::new() };
        for line in text.split_inclusive('\n') {
            let name = line.trim_end().strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --"));
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
        assert!(prose.contains(' '), "{}: begin with a sentence that says what is specified", path.display());
        if !self.sections.iter().any(|(name, _)| name.starts_with(DIAGNOSTICS)) {
            self.sections.push((DIAGNOSTICS.to_owned(), String::new()));
        }
        let run = Run::new(&self);
        let mut differences = String::new();
        for (name, expected) in &mut self.sections {
            let Some(wanted) = name.strip_prefix("expect ") else { continue };
            let found = run.show(wanted);
            if found.trim_end() != expected.trim_end() {
                let _ = write!(differences, "{}: {name}\n{}", path.display(), difference(expected, &found));
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
                "today" | "fields" | "folder" => {}
                "settings" => files.entry(SETTINGS).or_default().extend(content.as_bytes()),
                name if name.starts_with("expect ") => {}
                name => match name.strip_suffix(" (escaped)") {
                    Some(path) => files.insert(path, unescape(content.trim_end())),
                    None => files.insert(name, content.as_bytes().to_vec()),
                }
                .map_or((), drop),
            }
        }
        Snapshot::from_files(files)
    }

    fn inputs(&self) -> Inputs {
        let layout = if self.section("folder").is_some() { Layout::Folder } else { Layout::Workspace };
        let names = self.section("fields").unwrap_or_default().lines();
        let names = names.filter_map(|line| line.split_once('='));
        let today = self.section("today").unwrap_or("2026-03-01").trim().parse().unwrap();
        let mut inputs = Inputs {
            snapshot: self.snapshot(layout),
            faults: Vec::new(),
            layout,
            today: Some(today),
            now: jiff::Timestamp::UNIX_EPOCH,
            names: names.map(|(ours, theirs)| (ours.trim().to_owned(), theirs.trim().to_owned())).collect(),
        };
        if self.sections.iter().any(|(_, content)| content.contains(DIGEST)) {
            inputs.snapshot = with_digests(&inputs);
        }
        inputs
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
        let checked = pipeline::check(&inputs);
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
                let mut all = self.checked.diagnostics.clone();
                all.extend(self.leaks());
                diagnostic::sort(&mut all);
                self.human(&all)
            }
            ["outline", path] => self.outline(path),
            ["standings"] => table::standings(corpus, assessment),
            ["controls"] => table::controls(corpus, assessment),
            ["coverage", framework] => table::coverage(corpus, assessment, framework),
            ["trust"] => match &self.checked.trust_center {
                Some(trust_center) => outline::trust_center(trust_center),
                None => "there is no trust center\n".to_owned(),
            },
            ["addresses", edition] => self.outputs(edition, |outputs| {
                let own = |it: &&Recipe<'_>| !it.address.as_str().starts_with("assets/");
                outputs.iter().filter(own).fold(String::new(), |text, it| text + it.address.as_str() + "\n")
            }),
            [edition, path] => self.output(edition, path),
            [edition, path, element] => narrow(&self.output(edition, path), element),
            _ => panic!("nothing is called `expect {wanted}`"),
        }
    }

    fn human(&self, diagnostics: &[Diagnostic]) -> String {
        let sources = |path: &str| self.inputs.snapshot.get(path)?.text().ok();
        human(diagnostics, &sources, Look { colour: false, width: None, per_rule: None })
    }

    fn outline(&self, path: &str) -> String {
        let document = self.checked.corpus.documents.iter().find(|it| &*it.path == path);
        let document = document.unwrap_or_else(|| panic!("there is no document `{path}`"));
        let text = self.inputs.snapshot.get(path).unwrap().text().unwrap();
        let numbering = self.inputs.layout == Layout::Workspace && document.kind.is_governed();
        let body = &text[document.body_start as usize..];
        outline::body(&markdown::read(body, &markdown::Options { numbering }).body)
    }

    fn output(&self, edition: &str, path: &str) -> String {
        self.outputs(edition, |outputs| {
            let output = outputs.iter().find(|output| output.address.as_str() == path);
            let output = output.unwrap_or_else(|| panic!("`{path}` is not in the {edition}"));
            String::from_utf8((output.make)().unwrap()).unwrap()
        })
    }

    /// Hands over the recipes of an edition.
    fn outputs(&self, edition: &str, show: impl FnOnce(&[Recipe<'_>]) -> String) -> String {
        let theme = Theme::load(edition, &BTreeMap::new()).unwrap();
        let (highlighter, typesetter, mended) = (Highlighter::new(), Typesetter::new(), Mutex::default());
        let studio = Studio::new(&theme, &highlighter, &typesetter, &mended);
        if edition == "trust" {
            let Some(trust_center) = &self.checked.trust_center else { return String::new() };
            let plan = TrustPlan::new(trust_center, false);
            return show(trust::recipes(&plan, &studio).as_slice());
        }
        let edition = Handbook::new(&self.checked.corpus, &self.checked.assessment);
        let (mut plan, _) = HandbookPlan::new(edition, false);
        handbook::navigate(&mut plan, &studio).unwrap();
        show(handbook::recipes(&plan, &self.inputs.snapshot, &studio).as_slice())
    }

    /// Searches the bytes of the trust center for what is withheld.
    fn leaks(&self) -> Vec<Diagnostic> {
        let Some(trust_center) = &self.checked.trust_center else { return Vec::new() };
        let theme = Theme::load("trust", &BTreeMap::new()).unwrap();
        let (highlighter, typesetter, mended) = (Highlighter::new(), Typesetter::new(), Mutex::default());
        let studio = Studio::new(&theme, &highlighter, &typesetter, &mended);
        let plan = TrustPlan::new(trust_center, false);
        let recipes = trust::recipes(&plan, &studio);
        leak::search(&self.checked.corpus, trust_center, &self.inputs.snapshot, &recipes).unwrap()
    }
}

/// Puts in the digests that the texts have.
fn with_digests(inputs: &Inputs) -> Snapshot {
    let checked = pipeline::check(inputs);
    let documents = checked.corpus.documents.iter().zip(&checked.assessment.documents);
    let digests: BTreeMap<&str, String> = documents.map(|(it, state)| (&*it.path, state.digest.to_string())).collect();
    let bound = inputs.snapshot.iter().map(|(path, file)| {
        let bytes = match (digests.get(&**path), file.text()) {
            (Some(digest), Ok(text)) => text.replace(DIGEST, digest).into_bytes(),
            _ => file.bytes().to_vec(),
        };
        (path.clone(), bytes)
    });
    Snapshot::from_files(bound)
}

/// Reads `\r`, `\n`, `\t`, `\\`, `\xe9` and `\u{200b}`; line ends of the case do not count.
fn unescape(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text.chars().filter(|c| *c != '\n');
    let hex = |digits: &str| u32::from_str_radix(digits, 16).unwrap();
    while let Some(c) = rest.next() {
        let meant = if c == '\\' { rest.next().unwrap() } else { '\0' };
        let c = match meant {
            '\0' => c,
            'r' => '\r',
            'n' => '\n',
            't' => '\t',
            'x' => {
                let digits: String = rest.by_ref().take(2).collect();
                bytes.push(u8::try_from(hex(&digits)).unwrap());
                continue;
            }
            'u' => char::from_u32(hex(&rest.by_ref().skip(1).take_while(|c| *c != '}').collect::<String>())).unwrap(),
            other => other,
        };
        bytes.extend(c.encode_utf8(&mut [0; 4]).as_bytes());
    }
    bytes
}

/// Returns the first element of a page with a name and perhaps a class: `main`, `article.text`.
fn narrow(html: &str, element: &str) -> String {
    let (name, class) = element.split_once('.').unwrap_or((element, ""));
    let opens = |at: &usize| {
        let rest = &html[*at + 1 + name.len()..];
        let tag = &rest[..rest.find('>').unwrap_or_default()];
        let classes = tag.split_once("class=\"").and_then(|(_, after)| after.split('"').next());
        rest.starts_with([' ', '>', '\n']) && (class.is_empty() || classes.is_some_and(|it| it.split(' ').any(|it| it == class)))
    };
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let start = html.match_indices(&open).map(|(at, _)| at).find(opens);
    let start = start.unwrap_or_else(|| panic!("there is no `{element}` in\n{html}"));
    let mut end = start;
    let mut depth = 0;
    loop {
        let next = html[end + 1..].find(&close).unwrap() + end + 1;
        depth += html[end..next].matches(&format!("{open} ")).count() + html[end..next].matches(&format!("{open}>")).count();
        end = next;
        depth -= 1;
        if depth == 0 {
            return format!("{}\n", &html[start..end + close.len()]);
        }
    }
}

/// Marks the lines that two texts do not share at their beginnings and ends.
fn difference(expected: &str, found: &str) -> String {
    let (expected, found): (Vec<&str>, Vec<&str>) = (expected.trim_end().lines().collect(), found.trim_end().lines().collect());
    let first = expected.iter().zip(&found).take_while(|(a, b)| a == b).count();
    let last = expected[first..].iter().rev().zip(found[first..].iter().rev()).take_while(|(a, b)| a == b).count();
    let marked = |mark: &str, lines: &[&str]| {
        lines[first..lines.len() - last].iter().fold(String::new(), |text, line| format!("{text}{mark} {line}\n"))
    };
    format!("{}{}", marked("-", &expected), marked("+", &found))
}

#[test]
fn a_case_is_written_as_it_was_read() {
    let text = "Prose.\n-- today --\n2026-01-01\n-- a.md --\n-- not a section\n-- expect diagnostics --\n";
    assert_eq!(Case::parse(text).to_string(), text);
    assert_eq!(unescape("a\\r\\n\nb\\xe9\\u{200b}\\\\"), b"a\r\nb\xe9\xe2\x80\x8b\\");
    let html = "<main><p><main class=\"b x\"><main>1</main></main></main>";
    assert_eq!(narrow(html, "main.x"), "<main class=\"b x\"><main>1</main></main>\n");
}
