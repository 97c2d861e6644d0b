//! What every id and every path names.

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::{HashMap, HashSet};

use super::rules::duplicate_id;
use crate::diagnostic::{Diagnostic, nearest_name};
use crate::model::link::Target;
use crate::parse::Parsed;
use crate::span::{FilePath, Place};
use crate::workspace::Snapshot;

/// Ids and paths with what they name.
pub(crate) struct Index<'p> {
    /// By id in lower case.
    pub(crate) names: BTreeMap<String, Target>,
    /// The ids as written, for offering the nearest.
    pub(crate) ids: Vec<&'p str>,
    paths: Paths<'p>,
    snapshot: &'p Snapshot,
}

/// Paths with what stands there.
#[derive(Default)]
struct Paths<'p> {
    /// Documents by path.
    documents: HashMap<&'p str, u32>,
    /// The folders that hold documents, at any depth.
    folders: HashSet<&'p str>,
    /// Documents by the last part of their path without ending, for wiki links in plain folders;
    /// nothing where two documents share it.
    stems: HashMap<String, Option<u32>>,
    /// The first path with each name of a file, for offering it.
    by_name: HashMap<&'p str, &'p FilePath>,
}

/// The most names that are compared with a mistyped one. Of more than that, only those that begin
/// alike are: a large folder may have thousands of wrong links.
const COMPARED: usize = 2000;

impl<'p> Index<'p> {
    /// Collects all names; reports ids that two things carry.
    pub(crate) fn new(
        parsed: &'p Parsed,
        snapshot: &'p Snapshot,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let ((names, ids), paths) =
            rayon::join(|| ids(parsed, diagnostics), || Paths::new(parsed, snapshot));
        Self { names, ids, paths, snapshot }
    }

    /// Returns what every id names.
    pub(crate) fn into_names(self) -> BTreeMap<String, Target> {
        self.names
    }

    /// Finds the document, folder or file that a path names, as people write paths: with or
    /// without `.md`, as `.html`, as a folder with an index.
    pub(crate) fn path(&self, path: &str) -> Option<Target> {
        let document = |path: &str| {
            let index = *self.paths.documents.get(path)?;
            Some(Target::Document { index, anchor: None })
        };
        if path.is_empty() {
            return self.folder("");
        }
        let stem = path.strip_suffix(".html").or_else(|| path.strip_suffix(".htm"));
        document(path)
            .or_else(|| document(&format!("{path}.md")))
            .or_else(|| document(&format!("{}.md", stem?)))
            .or_else(|| self.folder(path))
            .or_else(|| {
                self.folder(path.strip_suffix("/index.html").or(path.strip_suffix("/index"))?)
            })
            .or_else(|| {
                let (path, _) = self.snapshot.get_key_value(path)?;
                Some(Target::Asset(path.to_string()))
            })
    }

    fn folder(&self, path: &str) -> Option<Target> {
        let inside =
            |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") };
        for name in ["index.md", "README.md", "readme.md", "_index.md"] {
            if let Some(index) = self.paths.documents.get(inside(name).as_str()) {
                return Some(Target::Document { index: *index, anchor: None });
            }
        }
        self.paths.folders.contains(path).then(|| Target::Folder(path.to_owned()))
    }

    /// Finds a document by the last part of its path, for wiki links of plain folders.
    pub(crate) fn stem(&self, name: &str) -> Option<Target> {
        let stem = name.rsplit('/').next()?.to_lowercase();
        let stem = stem.strip_suffix(".md").unwrap_or(&stem);
        let found =
            self.paths.stems.get(stem).or_else(|| self.paths.stems.get(&stem.replace(' ', "-")))?;
        found.map(|index| Target::Document { index, anchor: None })
    }

    /// Returns whether files stand in a folder or below it.
    pub(crate) fn has_files_in(&self, folder: &str) -> bool {
        self.snapshot.under(folder).next().is_some()
    }

    /// Returns the folders of themes.
    pub(crate) fn themes(&self) -> BTreeSet<&'p str> {
        let name = |path: &'p FilePath| path.split('/').nth(1);
        self.snapshot.under("themes").filter_map(|(path, _)| name(path)).collect()
    }

    /// Returns whether a file stands at a path that is not read.
    pub(crate) fn has_beside(&self, path: &str) -> bool {
        self.snapshot.has_beside(path)
    }

    /// Returns the path of a file of that name, or else of the document or other file whose name is
    /// most like it: people forget folders and mistype names.
    pub(crate) fn nearest_path(&self, path: &str, is_document: bool) -> Option<&'p str> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        if let Some(found) = self.paths.by_name.get(name) {
            return Some(found);
        }
        let is_beside = |it: &&str| it.rsplit_once('/').is_some_and(|(above, _)| above == folder);
        let files: Box<dyn Iterator<Item = &'p str>> = if self.snapshot.len() <= COMPARED {
            Box::new(self.snapshot.iter().map(|(path, _)| &**path))
        } else {
            Box::new(
                self.snapshot
                    .under(folder)
                    .map(|(path, _)| &**path)
                    .filter(is_beside)
                    .take(COMPARED),
            )
        };
        let files = files.filter(|it| self.paths.documents.contains_key(it) == is_document);
        let names: BTreeMap<&str, &str> =
            files.map(|it| (it.rsplit('/').next().unwrap_or(it), it)).collect();
        names.get(nearest_name(name, names.keys().copied())?).copied()
    }

    /// Returns the id most like one that does not exist.
    pub(crate) fn nearest_id(&self, id: &str) -> Option<&'p str> {
        let start = |id: &str| id.chars().take(3).flat_map(char::to_lowercase).collect::<String>();
        let wanted = start(id);
        let is_large = self.ids.len() > COMPARED;
        nearest_name(
            id,
            self.ids.iter().copied().filter(|it| !is_large || start(it) == wanted).take(COMPARED),
        )
    }
}

impl<'p> Paths<'p> {
    fn new(parsed: &'p Parsed, snapshot: &'p Snapshot) -> Self {
        let mut paths = Self::default();
        for (path, _) in snapshot.iter() {
            paths.by_name.entry(path.rsplit('/').next().unwrap_or(path)).or_insert(path);
        }
        for (number, document) in (0u32..).zip(&parsed.documents) {
            paths.documents.insert(&document.path, number);
            let mut folder = above(&document.path);
            while paths.folders.insert(folder) && !folder.is_empty() {
                folder = above(folder);
            }
            let stem = document.short_path().rsplit('/').next().unwrap_or_default().to_lowercase();
            paths.stems.entry(stem).and_modify(|it| *it = None).or_insert(Some(number));
        }
        paths
    }
}

/// Collects what ids name, by the id in lower case, and the ids as written; reports those that two
/// things carry.
fn ids<'p>(
    parsed: &'p Parsed,
    diagnostics: &mut Vec<Diagnostic>,
) -> (BTreeMap<String, Target>, Vec<&'p str>) {
    check_frameworks(parsed, diagnostics);
    let mut names = BTreeMap::new();
    let mut ids = Vec::new();
    let mut first: HashMap<String, Place> = HashMap::new();
    let mut add = |id: &'p str, place: Place, target: Target| {
        let folded = id.to_ascii_lowercase();
        if let Some(earlier) = first.get(&folded) {
            let is_made = matches!(&target, Target::Document { index, .. }
                    if !parsed.documents[*index as usize].has_own_id);
            let (message, help) = if is_made {
                let message =
                    format!("the id `{id}`, made from the name of this file, stands twice");
                (message, "rename one of the files, or state an `id:` in it")
            } else {
                (format!("the id `{id}` stands twice"), "give one of the two another id")
            };
            diagnostics.push(
                Diagnostic::new(&duplicate_id::RULE, place, message)
                    .related(earlier.clone(), "the first one")
                    .help(help),
            );
            return;
        }
        first.insert(folded.clone(), place);
        names.insert(folded, target);
        ids.push(id);
    };
    for (number, document) in (0u32..).zip(&parsed.documents) {
        let target = Target::Document { index: number, anchor: None };
        add(document.id.value.as_str(), document.head_place(document.id.span), target);
    }
    for control in &parsed.controls {
        add(
            control.id.value.as_str(),
            control.place.clone(),
            Target::Control(control.id.value.to_string()),
        );
    }
    for evidence in &parsed.evidence {
        add(
            evidence.id.value.as_str(),
            evidence.place.clone(),
            Target::Evidence(evidence.id.value.to_string()),
        );
    }
    for (_, records) in &parsed.registers {
        for record in records {
            add(
                record.id.value.as_str(),
                record.place.clone(),
                Target::Record(record.id.value.to_string()),
            );
        }
    }
    for person in &parsed.people {
        add(
            person.id.value.as_str(),
            person.place.clone(),
            Target::Person(person.id.value.to_string()),
        );
    }
    for role in &parsed.roles {
        add(role.id.value.as_str(), role.place.clone(), Target::Role(role.id.value.to_string()));
    }
    for framework in &parsed.frameworks {
        names.insert(framework.id.clone(), Target::Framework(framework.id.clone()));
    }
    (names, ids)
}

/// Returns the folder in which something stands; nothing above the root.
fn above(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(above, _)| above)
}

/// Reports frameworks of the workspace that have one id, of which only the first counts.
fn check_frameworks(parsed: &Parsed, diagnostics: &mut Vec<Diagnostic>) {
    let mut first: BTreeMap<String, &Place> = BTreeMap::new();
    for (id, place) in &parsed.framework_ids {
        let earlier = *first.entry(id.to_ascii_lowercase()).or_insert(place);
        if earlier != place {
            let message = format!("the id `{id}` stands twice");
            diagnostics.push(
                Diagnostic::new(&duplicate_id::RULE, place.clone(), message)
                    .related(earlier.clone(), "the first one")
                    .help("give one of the two another id"),
            );
        }
    }
}
