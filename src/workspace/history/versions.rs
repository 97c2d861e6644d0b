//! The versions of files, by one walk over all commits.
//!
//! Each commit is compared with each of its parents. It introduces what it holds at a path when no
//! parent holds the same there. A file that comes under a new name while the same bytes went away
//! under another is the same file: its parents are searched under the old name from there on.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use super::fault::HistoryFailure;
use super::graph::Graph;
use super::names::{Difference, Names};
use super::object::Reader;
use super::tree::removed;
use super::{Moment, ObjectId};

/// A version of a file, as the walk finds it.
#[derive(Debug)]
pub(super) struct Found {
    /// The commit that introduced it.
    pub(super) commit: u32,
    /// Where it stood, from the root of the repository.
    pub(super) path: Rc<[u8]>,
    /// Its bytes.
    pub(super) blob: ObjectId,
    /// When the main line first held these bytes.
    pub(super) main_line: Option<Moment>,
}

/// Which files are followed under which names: pairs of path and file, by their numbers.
type Followed = BTreeSet<(u32, u32)>;

/// Finds all versions of files, newest first, for each path in the order given.
pub(super) fn versions(
    graph: &Graph,
    reader: &Reader,
    paths: &[Vec<u8>],
) -> Result<Vec<Vec<Found>>, HistoryFailure> {
    let mut walk = Walk {
        graph,
        reader,
        names: Names::new(reader),
        followed: HashMap::new(),
        arrivals: HashMap::new(),
        found: paths.iter().map(|_| Vec::new()).collect(),
    };
    let followed = (0..).zip(paths).map(|(file, path)| (walk.names.add(path), file)).collect();
    walk.followed.insert(Graph::HEAD, Rc::new(followed));
    let main_line: BTreeSet<u32> = graph.main_line().collect();
    for commit in graph.newest_first() {
        walk.visit(commit, main_line.contains(&commit))?;
    }

    let Walk { mut found, arrivals, .. } = walk;
    for (file, versions) in (0..).zip(&mut found) {
        for version in versions {
            version.main_line = arrivals.get(&(file, version.blob)).copied();
        }
    }
    Ok(found)
}

struct Walk<'a> {
    graph: &'a Graph,
    reader: &'a Reader,
    names: Names<'a>,
    /// What commits ahead follow, as their children said.
    followed: HashMap<u32, Rc<Followed>>,
    /// The oldest commit of the main line so far that brought certain bytes of a file.
    arrivals: HashMap<(u32, ObjectId), Moment>,
    found: Vec<Vec<Found>>,
}

impl Walk<'_> {
    fn visit(&mut self, commit: u32, is_on_main_line: bool) -> Result<(), HistoryFailure> {
        let followed = self.followed.remove(&commit).unwrap_or_default();
        let tree = self.graph.node(commit).tree;
        let parents = self.graph.parents(commit);
        let mut differences = Vec::with_capacity(parents.len().max(1));
        for parent in parents {
            let old = self.graph.node(*parent).tree;
            differences.push(self.names.differences(Some(old), Some(tree))?);
        }
        if parents.is_empty() {
            differences.push(self.names.differences(None, Some(tree))?);
        }
        if is_on_main_line {
            self.arrive(commit, &followed, &differences[0]);
        }

        let mut introduced = introduced(&differences);
        introduced.retain(|path, _| files(&followed, *path).next().is_some());
        let mut fresh = self.renamed(commit, &followed, &differences, &mut introduced)?;
        for (path, blob) in introduced {
            for file in files(&followed, path) {
                let path = self.names.path(path);
                self.found[file as usize].push(Found { commit, path, blob, main_line: None });
            }
        }
        for parent in parents {
            match fresh.remove(parent) {
                None => self.follow(*parent, &followed),
                Some(mut names) => {
                    names.extend(followed.iter());
                    self.follow(*parent, &Rc::new(names));
                }
            }
        }
        Ok(())
    }

    /// Notes what a commit of the main line brings to it. Commits come newest first, so what stays
    /// noted is the oldest.
    fn arrive(&mut self, commit: u32, followed: &Followed, differences: &[Difference]) {
        let moment = self.graph.moment(commit);
        for difference in differences {
            let Some(blob) = difference.new else { continue };
            for file in files(followed, difference.path) {
                self.arrivals.insert((file, blob), moment);
            }
        }
    }

    /// Takes out of what a commit introduces what it only renamed; returns what is followed from
    /// its parents on besides, under the old names.
    fn renamed(
        &mut self,
        commit: u32,
        followed: &Followed,
        differences: &[Vec<Difference>],
        introduced: &mut BTreeMap<u32, ObjectId>,
    ) -> Result<HashMap<u32, Followed>, HistoryFailure> {
        let mut fresh: HashMap<u32, Followed> = HashMap::new();
        let mut renamed = BTreeSet::new();
        for (parent, differences) in self.graph.parents(commit).iter().zip(differences) {
            let came: Vec<(u32, ObjectId)> = differences
                .iter()
                .filter(|it| it.old.is_none() && introduced.contains_key(&it.path))
                .filter_map(|it| Some((it.path, it.new?)))
                .collect();
            if came.is_empty() {
                continue;
            }
            let blobs = came.iter().map(|(_, blob)| *blob).collect();
            let (old, new) = (self.graph.node(*parent).tree, self.graph.node(commit).tree);
            let removed = removed(self.reader, old, new, &blobs)?;
            for (path, blob) in came {
                let Some(candidates) = removed.get(&blob) else { continue };
                let Some(old) = likeliest(candidates, &self.names.path(path)) else { continue };
                let old = self.names.add(old.as_bytes());
                let names = fresh.entry(*parent).or_default();
                names.extend(files(followed, path).map(|file| (old, file)));
                renamed.insert(path);
            }
        }
        introduced.retain(|path, _| !renamed.contains(path));
        Ok(fresh)
    }

    /// Adds to what a commit ahead follows; where all its children say the same it is kept once.
    fn follow(&mut self, commit: u32, followed: &Rc<Followed>) {
        let known = self.followed.entry(commit).or_insert_with(|| Rc::clone(followed));
        if !Rc::ptr_eq(known, followed) && !followed.is_subset(known) {
            Rc::make_mut(known).extend(followed.iter());
        }
    }
}

/// Returns what no parent holds, of what differs from each of them.
fn introduced(differences: &[Vec<Difference>]) -> BTreeMap<u32, ObjectId> {
    let Some((first, others)) = differences.split_first() else { return BTreeMap::new() };
    first
        .iter()
        .filter(|it| {
            let is_in = |other: &Vec<Difference>| {
                other.binary_search_by_key(&it.path, |other| other.path).is_ok()
            };
            others.iter().all(is_in)
        })
        .filter_map(|it| Some((it.path, it.new?)))
        .collect()
}

/// Returns the files that are followed under a path.
fn files(followed: &Followed, path: u32) -> impl Iterator<Item = u32> {
    followed.range((path, 0)..=(path, u32::MAX)).map(|(_, file)| *file)
}

/// Returns the old name of a file that stands at `path` now: one with the same last part, else the
/// first.
fn likeliest<'a>(candidates: &'a BTreeSet<String>, path: &[u8]) -> Option<&'a str> {
    let last = path.rsplit(|byte| *byte == b'/').next();
    let is_same = |old: &&String| old.as_bytes().rsplit(|byte| *byte == b'/').next() == last;
    candidates.iter().find(is_same).or_else(|| candidates.first()).map(String::as_str)
}

/// Finds, for each path, what `HEAD` holds there and since when the main line holds it without a
/// break; nothing where `HEAD` holds no file.
pub(super) fn standing(
    graph: &Graph,
    reader: &Reader,
    paths: &[Vec<u8>],
) -> Result<Vec<Option<(ObjectId, Moment)>>, HistoryFailure> {
    let mut names = Names::new(reader);
    let numbers: Vec<u32> = paths.iter().map(|path| names.add(path)).collect();
    let mut open = BTreeMap::new();
    let mut settled = HashMap::new();
    for it in names.differences(None, Some(graph.node(Graph::HEAD).tree))? {
        open.extend(it.new.map(|blob| (it.path, blob)));
    }
    for commit in graph.main_line() {
        if open.is_empty() {
            break;
        }
        let old = graph.parents(commit).first().map(|parent| graph.node(*parent).tree);
        for difference in names.differences(old, Some(graph.node(commit).tree))? {
            if let Some(blob) = open.remove(&difference.path) {
                settled.insert(difference.path, (blob, graph.moment(commit)));
            }
        }
    }
    Ok(numbers.iter().map(|number| settled.get(number).copied()).collect())
}
