//! Text to outlines: a [`Snapshot`] becomes [`Parsed`].
//!
//! Afterwards every field has its type and a span, and nothing is lost without a diagnostic.
//! Which reader a file gets follows from its folder: see [`FOLDERS`].

mod characters;
mod controls;
mod date;
mod document;
mod fields;
mod framework;
mod front_matter;
mod html;
mod lenient;
pub mod markdown;
mod markdown_fault;
mod people;
pub(crate) mod placeholder;
mod register;
mod residue;
pub(crate) mod rules;
mod settings;
mod toml_lines;
mod trust;
pub mod yaml;

use rayon::prelude::*;

use self::document::Strictness;
use self::fields::Sink;
use self::yaml::{Node, NodeKind};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::memo::{Memo, ReadDocument};
use crate::model::control::{Control, Evidence};
use crate::model::document::{Document, Kind, Term};
use crate::model::fingerprint::Fingerprint;
use crate::model::framework::Framework;
use crate::model::person::{Person, Role};
use crate::model::register::{self as schema, Record, Schema};
use crate::model::settings::Settings;
use crate::model::trust::{Overview, Question, Update};
use crate::model::unread::{Declares, Unread};
use crate::span::{FilePath, Place, Span, Spanned};
use crate::workspace::{File, Layout, Snapshot};

/// Everything that was written, with its type and its place, and nothing looked up yet.
#[derive(Debug)]
pub struct Parsed {
    /// What `workspace.yaml` says.
    pub settings: Settings,
    /// People.
    pub people: Vec<Person>,
    /// Roles.
    pub roles: Vec<Role>,
    /// The frameworks that are loaded.
    pub frameworks: Vec<Framework>,
    /// Terms.
    pub terms: Vec<Term>,
    /// Documents in the order of their paths.
    pub documents: Vec<Document>,
    /// Controls in the order of their files.
    pub controls: Vec<Control>,
    /// Evidence in the order of its files.
    pub evidence: Vec<Evidence>,
    /// The registers that are kept, in the order in which they are shown.
    pub registers: Vec<(&'static Schema, Vec<Record>)>,
    /// The texts of the trust center's first page.
    pub overview: Overview,
    /// Questions with answers.
    pub questions: Vec<Question>,
    /// News.
    pub updates: Vec<Update>,
    /// What could not be read.
    pub unread: Unread,
    /// What was wrong.
    pub diagnostics: Vec<Diagnostic>,
}

/// What decides how a snapshot is read, besides its files.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// Whether it is a workspace or any folder.
    pub layout: Layout,
    /// All rules, for the settings to name.
    pub rules: &'a [&'static Rule],
    /// For other people's folders: our name of a key and theirs.
    pub names: &'a [(String, String)],
}

/// Which folder of a workspace holds which kind of document.
pub const FOLDERS: [(&str, Kind); 4] = [
    ("content/policies", Kind::Policy),
    ("content/procedures", Kind::Procedure),
    ("content/narratives", Kind::Narrative),
    ("content/trust/pages", Kind::Page),
];

/// The keys of front matter that may have other names in other people's folders.
pub const KEYS: [&str; 21] = [
    "id",
    "title",
    "version",
    "owner",
    "authors",
    "classification",
    "disclosure",
    "summary",
    "public_summary",
    "effective_date",
    "review_cycle",
    "last_reviewed",
    "next_review",
    "addresses",
    "carries",
    "controls",
    "related",
    "tags",
    "retired_on",
    "superseded_by",
    "order",
];

/// Reads all files of a snapshot, and what was read before from the memo. Total: what cannot be
/// read is reported and left out.
pub fn parse(snapshot: &Snapshot, options: Options<'_>, memo: &Memo) -> (Parsed, Memo) {
    let mut parsed = Parsed {
        settings: Settings::default(),
        people: Vec::new(),
        roles: Vec::new(),
        frameworks: Vec::new(),
        terms: Vec::new(),
        documents: Vec::new(),
        controls: Vec::new(),
        evidence: Vec::new(),
        registers: schema::REGISTERS.iter().map(|schema| (schema, Vec::new())).collect(),
        overview: Overview::default(),
        questions: Vec::new(),
        updates: Vec::new(),
        unread: Unread::default(),
        diagnostics: Vec::new(),
    };
    if options.layout == Layout::Workspace {
        let is_settings = |path: &str| path == "content/workspace.yaml";
        let settings = snapshot.get_key_value("content/workspace.yaml");
        let others = snapshot.under("content").filter(|(path, _)| !is_settings(path));
        for (path, file) in settings.into_iter().chain(others) {
            if path.ends_with(".yaml") || path.ends_with(".yml") {
                parsed.read_yaml(path, file, options.rules);
            }
        }
    }
    let memo = parsed.read_documents(snapshot, options, memo);
    parsed.load_frameworks();
    (parsed, memo)
}

/// What reading a Markdown file gave: a document with the fingerprint that the memo knows it by,
/// unless the file is none; and what was wrong.
type ReadFile = (Option<(Fingerprint, ReadDocument)>, Vec<Diagnostic>);

impl Parsed {
    fn read_yaml(&mut self, path: &FilePath, file: &File, rules: &[&'static Rule]) {
        let read = text(path, file, &mut self.diagnostics);
        if let Some(text) = read {
            characters::check(path, text, text.len(), &mut self.diagnostics);
        }
        let Some(text) = read else {
            self.unread.kinds.extend(declares(path));
            return;
        };
        let mut sink = Sink::new(path, 0);
        match yaml::read(text) {
            Ok(_) if text.trim().is_empty() && !path.ends_with("/workspace.yaml") => {
                self.unread.kinds.extend(declares(path));
                let message = "this file is empty";
                let help = "write what it is to hold, or remove it; `# nothing yet` says that it \
                    is empty on purpose";
                let place = sink.place(Span::default());
                sink.report(Diagnostic::new(&rules::missing_fact::RULE, place, message).help(help));
            }
            Ok((root, _)) if root.kind == NodeKind::Null && path.ends_with("/workspace.yaml") => {
                self.settings.is_workspace = true;
                self.unread.kinds.insert(Declares::Settings);
                let message = "there are no settings in this file";
                let help = "it needs `workspace:`, an id of 32 hexadecimal digits, \
                    `organisation: { name: … }` and `frameworks: [soc2]`; `avouch new` writes one";
                let place = sink.place(Span::default());
                sink.report(Diagnostic::new(&rules::missing_fact::RULE, place, message).help(help));
            }
            Ok((mut root, faults)) => {
                if !matches!(root.kind, NodeKind::Null | NodeKind::Map(_)) {
                    self.unread.kinds.extend(declares(path));
                }
                faults.into_iter().for_each(|fault| sink.yaml(fault));
                if root.kind == NodeKind::Null {
                    root = Node { kind: NodeKind::Map(Vec::new()), span: Span::default() };
                }
                let unfinished =
                    residue::values(&root, text, path.ends_with("trust/overview.yaml"));
                self.read_root(path, &root, rules, &mut sink);
                for (span, is_public) in unfinished {
                    let is_public = is_public && self.settings.publish.trust_center;
                    sink.report(residue::unfinished(sink.place(span), text, is_public));
                }
            }
            Err(fault) => {
                sink.yaml(fault);
                self.settings.is_workspace = true;
                self.unread.kinds.extend(declares(path));
            }
        }
        if sink.diagnostics.iter().any(Diagnostic::is_error) {
            let names = lenient::ids(text).map(|id| id.to_ascii_lowercase());
            self.unread.names.extend(names);
        }
        self.unread.names.append(&mut sink.lost);
        self.diagnostics.append(&mut sink.diagnostics);
    }

    /// Hands a file to its reader, by its path.
    fn read_root(&mut self, path: &str, root: &Node, rules: &[&'static Rule], sink: &mut Sink) {
        let path = path.strip_prefix("content/").unwrap_or(path);
        let (stem, _) = path.rsplit_once('.').unwrap_or((path, ""));
        match stem.split_once('/') {
            None if stem == "workspace" => self.settings = settings::read(root, rules, sink),
            None if stem == "people" => (self.people, self.roles) = people::read(root, sink),
            None if stem == "glossary" => self.terms = trust::glossary(root, sink),
            Some(("controls", family)) => {
                self.controls.extend(controls::controls(root, family, sink));
            }
            Some(("evidence", name)) if !name.contains('/') => {
                self.evidence.extend(controls::evidence(root, sink));
            }
            Some(("evidence", _)) => {}
            Some(("frameworks", _)) => self.frameworks.extend(framework::read(root, sink)),
            Some(("trust", "overview")) => self.overview = trust::overview(root, sink),
            Some(("trust", "questions")) => self.questions = trust::questions(root, sink),
            Some(("trust", "updates")) => self.updates = trust::updates(root, sink),
            Some(("registers", name)) => {
                match self.registers.iter_mut().find(|(schema, _)| schema.name == name) {
                    Some((schema, records)) => *records = register::read(root, schema, sink),
                    None => {
                        let names = schema::REGISTERS.iter().map(|schema| schema.name);
                        let message = format!("there is no register `{name}`");
                        sink.report(
                            unread(sink.place(Span::default()), message).nearest(name, names),
                        );
                    }
                }
            }
            _ => {
                let message = "nothing reads a YAML file here";
                let help = "data stands in `content/workspace.yaml`, `people.yaml` and `glossary.yaml`, and in the folders \
                    `controls`, `evidence`, `frameworks`, `registers` and `trust`";
                sink.report(unread(sink.place(Span::default()), message).help(help));
            }
        }
    }

    fn read_documents(&mut self, snapshot: &Snapshot, options: Options<'_>, memo: &Memo) -> Memo {
        let is_workspace = options.layout == Layout::Workspace;
        let strictness = Strictness {
            is_workspace,
            is_published: is_workspace && self.settings.publish.trust_center,
            names: options.names,
        };
        let files: Vec<(&FilePath, &File)> = snapshot
            .iter()
            .filter(|(path, _)| {
                is_markdown(path) && (!is_workspace || path.starts_with("content/"))
            })
            .collect();
        let read: Vec<ReadFile> = files
            .into_par_iter()
            .map(|(path, file)| {
                let mut diagnostics = Vec::new();
                let Some(kind) = kind(path, is_workspace) else {
                    if !is_readme(path) {
                        let place = Place::new(path, Span::default());
                        let help = "documents stand in `content/policies`, `content/procedures`, \
                            `content/narratives` or `content/trust/pages`";
                        diagnostics
                            .push(unread(place, "nothing reads a Markdown file here").help(help));
                    }
                    return (None, diagnostics);
                };
                let Some(text) = text(path, file, &mut diagnostics) else {
                    if !is_workspace {
                        diagnostics.iter_mut().for_each(|it| it.level = Level::Warning);
                    }
                    return (None, diagnostics);
                };
                if is_workspace && is_readme(path) && front_matter::is_absent(text) {
                    return (None, diagnostics);
                }
                let key = Fingerprint::of(&(path, text, kind, strictness));
                let read = memo.document(key);
                let read =
                    read.unwrap_or_else(|| document::read(path, text, kind, strictness).into());
                (Some((key, read)), diagnostics)
            })
            .collect();
        if is_workspace {
            for (path, file) in snapshot.under("content").filter(|(path, _)| is_markdown(path)) {
                if file.text().is_err() && kind(path, true).is_some() {
                    self.miss(path, &String::from_utf8_lossy(file.bytes()));
                }
            }
        }
        let mut used = Vec::with_capacity(read.len());
        for (read, mut diagnostics) in read {
            self.diagnostics.append(&mut diagnostics);
            if let Some((key, read)) = read {
                if is_workspace && read.1.iter().any(hides_facts) {
                    let file = snapshot.get(&read.0.path).and_then(|file| file.text().ok());
                    self.miss(&read.0.path, file.unwrap_or_default());
                }
                self.documents.push(read.0.clone());
                self.diagnostics.extend(read.1.iter().cloned());
                used.push((key, read));
            }
        }
        used.into_iter().collect()
    }

    /// Notes that the facts of a document could not be read, or not all of them.
    fn miss(&mut self, path: &FilePath, text: &str) {
        let head = lenient::top(text);
        let mut names = lenient::ids(head).map(|id| id.to_ascii_lowercase()).peekable();
        if names.peek().is_none() {
            self.unread.kinds.insert(Declares::Documents);
        }
        self.unread.names.extend(names);
        self.unread.documents.insert(FilePath::clone(path));
    }

    /// Puts the frameworks in the order in which the settings name them, built-in ones included.
    fn load_frameworks(&mut self) {
        let mut own = std::mem::take(&mut self.frameworks);
        for Spanned { value: id, .. } in &self.settings.frameworks {
            let position = own.iter().position(|framework| framework.id == *id);
            let found = position.map(|index| own.remove(index)).or_else(|| framework::built_in(id));
            if found.is_none() {
                // What is mapped to it, or to the one that was meant, is no fault of its own.
                self.unread.kinds.insert(Declares::Frameworks);
            }
            self.frameworks.extend(found);
        }
    }
}

/// Returns what a data file declares, if anything refers to it.
fn declares(path: &str) -> Option<Declares> {
    let path = path.strip_prefix("content/").unwrap_or(path);
    let (stem, _) = path.rsplit_once('.').unwrap_or((path, ""));
    match stem.split_once('/') {
        None if stem == "workspace" => Some(Declares::Settings),
        None if stem == "people" => Some(Declares::People),
        Some(("controls", _)) => Some(Declares::Controls),
        Some(("evidence", _)) => Some(Declares::Evidence),
        Some(("registers", _)) => Some(Declares::Records),
        Some(("frameworks", _)) => Some(Declares::Frameworks),
        _ => None,
    }
}

/// Returns whether a diagnostic about a document says that facts of it are not known.
fn hides_facts(diagnostic: &Diagnostic) -> bool {
    let values = [&rules::invalid_value::RULE, &rules::invalid_date::RULE];
    diagnostic.is_error() && (diagnostic.rule.hides_content() || values.contains(&diagnostic.rule))
}

/// Returns the ids of the built-in frameworks.
pub(crate) fn built_in_frameworks() -> impl Iterator<Item = &'static str> {
    framework::BUILT_IN.iter().map(|(id, _)| *id)
}

fn unread(place: Place, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(&rules::unread_file::RULE, place, message)
}

fn text<'f>(path: &FilePath, file: &'f File, diagnostics: &mut Vec<Diagnostic>) -> Option<&'f str> {
    match file.text() {
        Ok(text) => Some(text),
        Err(bad) => {
            let place = Place::new(path, Span::new(bad.offset, bad.offset));
            let message = format!("the byte 0x{:02x} in line {} is not UTF-8", bad.value, bad.line);
            diagnostics.push(
                Diagnostic::new(&rules::invalid_text::RULE, place, message)
                    .help("save the file as UTF-8"),
            );
            None
        }
    }
}

fn is_markdown(path: &str) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    ending.eq_ignore_ascii_case("md") || ending.eq_ignore_ascii_case("markdown")
}

/// Returns whether a file tells people about its folder, as git hosts show it.
fn is_readme(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|name| name.eq_ignore_ascii_case("readme.md"))
}

fn kind(path: &str, is_workspace: bool) -> Option<Kind> {
    if !is_workspace {
        return Some(Kind::Text);
    }
    let is_in = |folder: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    FOLDERS.iter().find(|(folder, _)| is_in(folder)).map(|(_, kind)| *kind)
}
