//! The data files of a workspace: which holds what, and that nothing is said in two of them.
//!
//! [`Files`] finds the place of every YAML file, [`Reader`] reads them one after the other and
//! keeps what is wrong.

use std::collections::BTreeMap;

use super::description::FileDescription;
use super::fields::{Fields, NOTHING};
use super::residue::Exposure;
use super::rules::{duplicate_file, missing_fact, unread_file};
use super::sink::Sink;
use super::yaml::{self, Node, NodeKind};
use super::{characters, comment, conflict, lenient, residue, text};
use crate::diagnostic::Diagnostic;
use crate::model::register::{REGISTERS, Schema};
use crate::model::settings::Settings;
use crate::model::unread::{Declares, Unread};
use crate::span::{FilePath, Place, Span};
use crate::workspace::{File, Layout, Snapshot};

/// What a data file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Slot {
    /// The settings.
    Settings,
    /// People and roles.
    People,
    /// Terms.
    Glossary,
    /// Controls.
    Controls,
    /// Evidence.
    Evidence,
    /// A framework of the workspace.
    Framework,
    /// A register, by its number.
    Register(usize),
    /// Approvals and reviews of earlier versions of a document.
    Records,
    /// What a campaign is.
    Campaigns,
    /// Acknowledgements that were imported.
    Acknowledgements,
    /// The texts of the trust center's first page.
    Overview,
    /// Questions with answers.
    Questions,
    /// News.
    Updates,
}

impl Slot {
    /// Those whose file has a name of its own.
    const ALONE: [Self; 6] = [
        Self::Settings,
        Self::People,
        Self::Glossary,
        Self::Overview,
        Self::Questions,
        Self::Updates,
    ];

    fn of(stem: &str) -> Option<Self> {
        match stem.split_once('/') {
            Some(("registers", name)) => {
                REGISTERS.iter().position(|it| it.name == name).map(Self::Register)
            }
            Some(("controls", _)) => Some(Self::Controls),
            Some(("evidence", name)) if !name.contains('/') => Some(Self::Evidence),
            Some(("frameworks", _)) => Some(Self::Framework),
            Some(("records", name)) if !name.contains('/') => Some(Self::Records),
            Some(("records", name)) if campaign(name).is_some() => Some(Self::Campaigns),
            Some(("records", name)) => {
                let name = name.strip_prefix("acknowledgements/")?;
                (!name.contains('/')).then_some(Self::Acknowledgements)
            }
            _ => Self::ALONE.into_iter().find(|slot| slot.words().path == stem),
        }
    }

    /// Returns whether it stands in as many files as its authors like.
    fn is_spread(self) -> bool {
        matches!(
            self,
            Self::Controls
                | Self::Evidence
                | Self::Framework
                | Self::Records
                | Self::Acknowledgements
                | Self::Campaigns
        )
    }

    /// Returns how people speak of it.
    fn words(self) -> Words {
        let words =
            |name, path: &str, noun, about| Words { name, path: path.to_owned(), noun, about };
        match self {
            Self::Settings => {
                let about = "The settings of a workspace, and the facts that texts use by name.";
                words("workspace", "workspace", "workspace", about)
            }
            Self::People => {
                let about = "Who there is, who holds which role, whose keys count for what, and what \
                    an approval takes.";
                words("people", "people", "list of people", about)
            }
            Self::Glossary => {
                words("glossary", "glossary", "glossary", "Terms and what they mean.")
            }
            Self::Controls => {
                let about = "Safeguards that operate, stated so that they can be tested. Each file \
                    is a family.";
                words("controls", "controls/**/*", "file of controls", about)
            }
            Self::Evidence => {
                let about = "Pointers to proof that controls operate. Internal.";
                words("evidence", "evidence/*", "file of evidence", about)
            }
            Self::Framework => {
                let about = "A framework of your own, besides those that are built in.";
                words("framework", "frameworks/**/*", "framework", about)
            }
            Self::Register(number) => {
                let Schema { name, purpose, .. } = &REGISTERS[number];
                words(name, &format!("registers/{name}"), "register", purpose)
            }
            Self::Records => {
                let about = "Approvals and reviews of earlier versions of a document, one file a \
                    document, named by its id. `avouch approve` moves them here.";
                words("records", "records/*", "file of records", about)
            }
            Self::Campaigns => {
                let about = "A campaign: the texts in force when it began, who is to review them, \
                    and by when. `avouch campaign start` writes it.";
                words("campaign", "records/campaigns/*/campaign", "campaign", about)
            }
            Self::Acknowledgements => {
                let about = "What another system recorded of acknowledgements. `avouch record \
                    import` adds rows, and nobody changes them.";
                let path = "records/acknowledgements/*";
                words("acknowledgements", path, "file of acknowledgements", about)
            }
            Self::Overview => {
                let about = "The texts of the trust center's first page.";
                words("overview", "trust/overview", "overview", about)
            }
            Self::Questions => {
                let about = "Questions of customers, with answers.";
                words("questions", "trust/questions", "file of questions", about)
            }
            Self::Updates => {
                words("updates", "trust/updates", "file of updates", "News for customers.")
            }
        }
    }
}

/// How people speak of a kind of data file.
struct Words {
    /// Its name.
    name: &'static str,
    /// The path in `content/` without the ending, with `*` where its author chooses.
    path: String,
    /// The word for one such file.
    noun: &'static str,
    /// What it is for.
    about: &'static str,
}

/// A file with its path.
type Source<'s> = (&'s FilePath, &'s File);

/// The YAML files of a workspace, sorted by what they hold.
#[derive(Default)]
pub(super) struct Files<'s> {
    slots: BTreeMap<Slot, Vec<Source<'s>>>,
    /// Files of a slot that has one: that one, and the other.
    second: Vec<(&'s FilePath, Source<'s>)>,
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
            let Some(slot) = Slot::of(stem) else {
                let is_collected = stem.starts_with("evidence/");
                let group = if is_collected { &mut files.collected } else { &mut files.stray };
                group.push((path, file));
                continue;
            };
            let sources = files.slots.entry(slot).or_default();
            match sources.first() {
                // `.yaml` comes before `.yml`.
                Some((first, _)) if !slot.is_spread() => files.second.push((first, (path, file))),
                _ => sources.push((path, file)),
            }
        }
        files
    }

    fn of(&self, slot: Slot) -> &[Source<'s>] {
        self.slots.get(&slot).map_or(&[], Vec::as_slice)
    }
}

/// Reads data files, and keeps what is wrong with them and what could not be read.
#[derive(Default)]
pub(super) struct Reader<'s> {
    unread: Unread,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Text that was never filled in: where, in which text, and who would read it.
    unfinished: Vec<(Place, &'s str, Exposure)>,
    /// What there may be in files, where that is asked for.
    descriptions: Option<&'s mut Vec<FileDescription>>,
}

impl<'s> Reader<'s> {
    /// Makes a reader that also notes what may stand in each file that it is asked for, whether
    /// the file is there or not.
    pub(super) fn describing(descriptions: &'s mut Vec<FileDescription>) -> Self {
        Self { descriptions: Some(descriptions), ..Self::default() }
    }

    /// Reads the settings. A file of settings makes a workspace, whether it can be read or not.
    pub(super) fn settings(
        &mut self,
        files: &Files<'s>,
        read: impl Fn(&mut Fields<'_>, &mut Sink) -> Settings,
    ) -> Settings {
        let slot = Slot::Settings;
        let settings = self.all(files, slot, |fields, _, sink| Some(read(fields, sink))).pop();
        let unread = files.of(slot).first().map(|(path, _)| Settings::of(path));
        settings.or(unread).unwrap_or_default()
    }

    /// Reads what stands in one file.
    pub(super) fn slot<T: Default>(
        &mut self,
        files: &Files<'s>,
        slot: Slot,
        read: impl Fn(&mut Fields<'_>, &mut Sink) -> T,
    ) -> T {
        let mut all = self.all(files, slot, |fields, _, sink| Some(read(fields, sink)));
        all.pop().unwrap_or_default()
    }

    /// Reads what stands in as many files as its authors like. `read` also gets the path of the
    /// file below the folder, without its ending.
    pub(super) fn all<T: IntoIterator>(
        &mut self,
        files: &Files<'s>,
        slot: Slot,
        read: impl Fn(&mut Fields<'_>, &str, &mut Sink) -> T,
    ) -> Vec<T::Item> {
        let Words { name, path, noun, about } = slot.words();
        let sources = files.of(slot);
        if let Some(descriptions) = &mut self.descriptions {
            let text = sources.first().and_then(|(_, file)| file.text().ok()).unwrap_or_default();
            let node = yaml::read(text).map_or(NOTHING.clone(), |(node, _)| node);
            let root = Fields::describe(&node, noun, |fields, sink| read(fields, "", sink));
            let place = format!("content/{path}.yaml");
            descriptions.push(FileDescription { name, place, about, root });
        }
        let mut all = Vec::new();
        for source in sources {
            let (_, name) = stem(source.0).split_once('/').unwrap_or_default();
            let read = |root: &Node, sink: &mut Sink| {
                Fields::read(root, noun, sink, |fields, sink| read(fields, name, sink))
            };
            all.extend(self.file(*source, read).flatten().into_iter().flatten());
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
        let Self { unread, mut diagnostics, unfinished, .. } = self;
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

/// Returns the name of a campaign by the path of its file in `content/records/`.
pub(super) fn campaign(name: &str) -> Option<&str> {
    let name = name.strip_prefix("campaigns/")?.strip_suffix("/campaign")?;
    (!name.contains('/')).then_some(name)
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
        `controls`, `evidence`, `frameworks`, `records`, `registers` and `trust`";
    Diagnostic::new(&unread_file::RULE, place, "nothing reads a YAML file here").help(help)
}
