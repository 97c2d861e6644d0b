//! The data files of a workspace: which holds what, and that nothing is said in two of them.
//!
//! [`Files`] finds the place of every YAML file, [`Reader`] reads them one after the other and
//! keeps what is wrong.

use std::collections::BTreeMap;

use super::fields::Sink;
use super::residue::Exposure;
use super::rules::{duplicate_file, missing_fact, unread_file};
use super::yaml::{self, Node, NodeKind};
use super::{characters, comment, conflict, lenient, residue, text};
use crate::diagnostic::Diagnostic;
use crate::model::register::REGISTERS;
use crate::model::settings::Settings;
use crate::model::unread::{Declares, Unread};
use crate::span::{FilePath, Place, Span};
use crate::workspace::{File, Layout, Snapshot};

/// What stands in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Slot {
    /// The settings.
    Settings,
    /// People and roles.
    People,
    /// Terms.
    Glossary,
    /// The texts of the trust center's first page.
    Overview,
    /// Questions with answers.
    Questions,
    /// News.
    Updates,
    /// A register, by its number.
    Register(usize),
}

impl Slot {
    /// Those whose file has a name of its own: its path in `content/` without the ending.
    const NAMED: [(&'static str, Self); 6] = [
        ("workspace", Self::Settings),
        ("people", Self::People),
        ("glossary", Self::Glossary),
        ("trust/overview", Self::Overview),
        ("trust/questions", Self::Questions),
        ("trust/updates", Self::Updates),
    ];

    fn of(stem: &str) -> Option<Self> {
        if let Some(name) = stem.strip_prefix("registers/") {
            return REGISTERS.iter().position(|it| it.name == name).map(Self::Register);
        }
        Self::NAMED.iter().find(|(name, _)| *name == stem).map(|(_, slot)| *slot)
    }
}

/// A file with its path.
type Source<'s> = (&'s FilePath, &'s File);

/// The YAML files of a workspace, sorted by what they hold.
#[derive(Default)]
pub(super) struct Files<'s> {
    slots: BTreeMap<Slot, Source<'s>>,
    /// Files of a slot that has one: that one, and the other.
    second: Vec<(&'s FilePath, Source<'s>)>,
    /// Files of controls.
    pub(super) controls: Vec<Source<'s>>,
    /// Files of evidence.
    pub(super) evidence: Vec<Source<'s>>,
    /// Frameworks of the workspace.
    pub(super) frameworks: Vec<Source<'s>>,
    /// What was collected as evidence and happens to be YAML.
    collected: Vec<Source<'s>>,
    /// Files that nothing reads.
    stray: Vec<Source<'s>>,
}

impl<'s> Files<'s> {
    /// Sorts the files. Any other folder than a workspace has none.
    pub(super) fn new(snapshot: &'s Snapshot, layout: Layout) -> Self {
        let mut files = Self::default();
        if layout == Layout::Folder {
            return files;
        }
        for (path, file) in snapshot.under("content") {
            if !path.ends_with(".yaml") && !path.ends_with(".yml") {
                continue;
            }
            let stem = stem(path);
            if let Some(slot) = Slot::of(stem) {
                // `.yaml` comes before `.yml`.
                let (first, _) = *files.slots.entry(slot).or_insert((path, file));
                if first != path {
                    files.second.push((first, (path, file)));
                }
                continue;
            }
            let group = match stem.split_once('/') {
                Some(("controls", _)) => &mut files.controls,
                Some(("evidence", name)) if !name.contains('/') => &mut files.evidence,
                Some(("evidence", _)) => &mut files.collected,
                Some(("frameworks", _)) => &mut files.frameworks,
                _ => &mut files.stray,
            };
            group.push((path, file));
        }
        files
    }
}

/// Reads data files, and keeps what is wrong with them and what could not be read.
#[derive(Default)]
pub(super) struct Reader<'s> {
    unread: Unread,
    diagnostics: Vec<Diagnostic>,
    /// Text that was never filled in: where, in which text, and who would read it.
    unfinished: Vec<(Place, &'s str, Exposure)>,
}

impl<'s> Reader<'s> {
    /// Reads the settings. A file of settings makes a workspace, whether it can be read or not.
    pub(super) fn settings(
        &mut self,
        files: &Files<'s>,
        read: impl FnOnce(&Node, &mut Sink) -> Settings,
    ) -> Settings {
        let Some(source) = files.slots.get(&Slot::Settings).copied() else {
            return Settings::default();
        };
        self.file(source, read).unwrap_or_else(|| Settings::of(source.0))
    }

    /// Reads what stands in one file.
    pub(super) fn slot<T: Default>(
        &mut self,
        files: &Files<'s>,
        slot: Slot,
        read: impl FnOnce(&Node, &mut Sink) -> T,
    ) -> T {
        let source = files.slots.get(&slot).copied();
        source.and_then(|source| self.file(source, read)).unwrap_or_default()
    }

    /// Reads what stands in as many files as its authors like. `read` also gets the path of the
    /// file below the folder, without its ending.
    pub(super) fn all<T>(
        &mut self,
        sources: &[Source<'s>],
        read: impl Fn(&Node, &str, &mut Sink) -> Vec<T>,
    ) -> Vec<T> {
        let mut all = Vec::new();
        for source in sources {
            let (_, name) = stem(source.0).split_once('/').unwrap_or_default();
            let read = self.file(*source, |root, sink| read(root, name, sink));
            all.extend(read.into_iter().flatten());
        }
        all
    }

    /// Looks at the files that hold nothing of their own: a second file for what stands in one,
    /// and what nothing reads.
    pub(super) fn others(&mut self, files: &Files<'s>) {
        for (first, (path, file)) in &files.second {
            self.unread.kinds.extend(declares(path));
            if let Ok(text) = file.text() {
                self.unread.names.extend(names(text));
            }
            let place = Place::new(path, Span::default());
            let message = format!("this file and `{first}` hold the same thing");
            self.diagnostics.push(
                Diagnostic::new(&duplicate_file::RULE, place, message)
                    .related(Place::new(first, Span::default()), "the one that is read")
                    .help("keep one of the two"),
            );
        }
        for source in &files.collected {
            self.file(*source, |_, _| ());
        }
        for source in &files.stray {
            self.file(*source, |_, sink| {
                let place = sink.place(Span::default());
                sink.report(stray(stem(source.0), place));
            });
        }
    }

    /// Returns what could not be read and what is wrong. Text that was never filled in is worse
    /// where customers would read it.
    pub(super) fn finish(self, settings: &Settings) -> (Unread, Vec<Diagnostic>) {
        let Self { unread, mut diagnostics, unfinished } = self;
        diagnostics.extend(unfinished.into_iter().map(|(place, text, exposure)| {
            residue::unfinished(place, text, exposure.published(settings.publish.trust_center))
        }));
        (unread, diagnostics)
    }

    /// Reads a file, unless there is nothing in it or it is no YAML.
    fn file<T>(
        &mut self,
        (path, file): Source<'s>,
        read: impl FnOnce(&Node, &mut Sink) -> T,
    ) -> Option<T> {
        let Some(text) = text(path, file, &mut self.diagnostics) else {
            self.unread.kinds.extend(declares(path));
            return None;
        };
        characters::check(path, text, text.len(), &mut self.diagnostics);
        let mut sink = Sink::new(path, 0);
        let value = self.root(text, &mut sink).map(|root| read(&root, &mut sink));
        if value.is_none() {
            self.unread.kinds.extend(declares(path));
        }
        if sink.diagnostics.iter().any(Diagnostic::is_error) {
            self.unread.names.extend(names(text));
        }
        self.unread.names.append(&mut sink.lost);
        self.diagnostics.append(&mut sink.diagnostics);
        value
    }

    /// Reads the YAML of a file; nothing where it is none or must hold something and does not.
    fn root(&mut self, text: &'s str, sink: &mut Sink) -> Option<Node> {
        let is_settings = Slot::of(stem(sink.path())) == Some(Slot::Settings);
        let missing = |sink: &mut Sink, message: &str, help: &str| {
            let place = sink.place(Span::default());
            sink.report(Diagnostic::new(&missing_fact::RULE, place, message).help(help));
        };
        let (root, faults) = match yaml::read(text) {
            Ok(read) => read,
            Err(fault) => {
                let conflicts = conflict::find(text);
                if conflicts.is_empty() {
                    sink.yaml(fault);
                }
                let path = FilePath::clone(sink.path());
                conflicts.into_iter().for_each(|it| sink.report(conflict::explain(&path, it, 0)));
                return None;
            }
        };
        if root.kind == NodeKind::Null && is_settings {
            let help = "it needs `workspace:`, an id of 32 hexadecimal digits, \
                `organisation: { name: … }` and `frameworks: [soc2]`; `avouch new` writes one";
            missing(sink, "there are no settings in this file", help);
            return None;
        }
        if text.trim().is_empty() {
            let help = "write what it is to hold, or remove it; `# nothing yet` says that it is \
                empty on purpose";
            missing(sink, "this file is empty", help);
            return None;
        }
        if !matches!(root.kind, NodeKind::Null | NodeKind::Map(_)) {
            self.unread.kinds.extend(declares(sink.path()));
        }
        faults.into_iter().for_each(|fault| sink.yaml(fault));
        comment::check(&root, text, sink);
        let root = if root.kind == NodeKind::Null {
            Node { kind: NodeKind::Map(Vec::new()), span: Span::default() }
        } else {
            root
        };
        let is_open = Slot::of(stem(sink.path())) == Some(Slot::Overview);
        let unfinished = residue::values(&root, text, Exposure::Always.published(is_open));
        let unfinished = unfinished.into_iter();
        self.unfinished
            .extend(unfinished.map(|(span, exposure)| (sink.place(span), text, exposure)));
        Some(root)
    }
}

/// Returns the path of a file in `content/` without its ending.
fn stem(path: &str) -> &str {
    let path = path.strip_prefix("content/").unwrap_or(path);
    path.rsplit_once('.').map_or(path, |(stem, _)| stem)
}

/// Returns everything that looks like the name of something in a text.
fn names(text: &str) -> impl Iterator<Item = String> {
    lenient::ids(text).map(|id| id.to_ascii_lowercase())
}

/// Returns what a data file declares, if anything refers to it.
fn declares(path: &str) -> Option<Declares> {
    let stem = stem(path);
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

/// Reports a file that nothing reads.
fn stray(stem: &str, place: Place) -> Diagnostic {
    if let Some(name) = stem.strip_prefix("registers/") {
        let names = REGISTERS.iter().map(|schema| schema.name);
        let message = format!("there is no register `{name}`");
        return Diagnostic::new(&unread_file::RULE, place, message).nearest(name, names);
    }
    let help = "data stands in `content/workspace.yaml`, `people.yaml` and `glossary.yaml`, and in the folders \
        `controls`, `evidence`, `frameworks`, `registers` and `trust`";
    Diagnostic::new(&unread_file::RULE, place, "nothing reads a YAML file here").help(help)
}
