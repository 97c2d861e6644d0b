//! All commits that lead to `HEAD`, and how.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, HashMap};

use jiff::Timestamp;

use super::fault::HistoryFailure;
use super::object::Reader;
use super::{Moment, ObjectId};

/// Commits that are walked over, at most; the kernel of Linux has 1.4 million.
const LIMIT: usize = 4_000_000;

/// The commits that lead to `HEAD`, each once.
#[derive(Debug)]
pub(super) struct Graph {
    nodes: Vec<Node>,
    /// The parents of all nodes, one node after the other.
    parents: Vec<u32>,
    numbers: HashMap<ObjectId, u32>,
}

/// A commit of the graph.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) id: ObjectId,
    pub(super) tree: ObjectId,
    /// Whether it has parents that a shallow clone leaves out.
    pub(super) is_boundary: bool,
    /// When it was committed, as the committer's machine said.
    at: Option<Timestamp>,
    parents: (u32, u32),
}

impl Graph {
    /// Reads all commits. Those of the boundary count as commits without parents.
    pub(super) fn read(
        reader: &Reader,
        head: ObjectId,
        boundary: &BTreeSet<ObjectId>,
    ) -> Result<Self, HistoryFailure> {
        let mut graph =
            Self { nodes: Vec::new(), parents: Vec::new(), numbers: HashMap::from([(head, 0)]) };
        let mut ids = vec![head];
        let mut next = 0;
        // `nodes` grows in the order of `ids`, so that a number is known before its node is read.
        while let Some(&id) = ids.get(next) {
            next += 1;
            let commit = reader.commit(id)?;
            let is_boundary = boundary.contains(&id) && !commit.parents.is_empty();
            let start = graph.parents.len();
            for parent in commit.parents.into_iter().filter(|_| !is_boundary) {
                let fresh = number(ids.len())?;
                let number = *graph.numbers.entry(parent).or_insert(fresh);
                if number == fresh {
                    ids.push(parent);
                }
                graph.parents.push(number);
            }
            let parents = (self::number(start)?, self::number(graph.parents.len())?);
            graph.nodes.push(Node { id, tree: commit.tree, is_boundary, at: commit.at, parents });
        }
        Ok(graph)
    }

    /// Returns the commit `HEAD`.
    pub(super) const HEAD: u32 = 0;

    /// Returns the commit of a number.
    pub(super) fn node(&self, number: u32) -> &Node {
        &self.nodes[number as usize]
    }

    /// Returns a commit and its date.
    pub(super) fn moment(&self, number: u32) -> Moment {
        let Node { id, at, is_boundary, .. } = *self.node(number);
        Moment { commit: id, at, is_boundary }
    }

    /// Returns the numbers of a commit's parents, the main line first.
    pub(super) fn parents(&self, number: u32) -> &[u32] {
        let (start, end) = self.node(number).parents;
        &self.parents[start as usize..end as usize]
    }

    /// Returns the number of a commit.
    pub(super) fn number(&self, id: ObjectId) -> Option<u32> {
        self.numbers.get(&id).copied()
    }

    /// Returns the main line: `HEAD` and first parents, newest first.
    pub(super) fn main_line(&self) -> impl Iterator<Item = u32> {
        std::iter::successors(Some(Self::HEAD), |number| self.parents(*number).first().copied())
    }

    /// Returns all commits, each before its parents, and of those that could come next the one with
    /// the latest date.
    pub(super) fn newest_first(&self) -> impl Iterator<Item = u32> {
        let mut children = vec![0_u32; self.nodes.len()];
        for parent in &self.parents {
            children[*parent as usize] += 1;
        }
        let place = |number: u32| (self.node(number).at, Reverse(number));
        let mut ready = BinaryHeap::from([place(Self::HEAD)]);
        std::iter::from_fn(move || {
            let (_, Reverse(number)) = ready.pop()?;
            for parent in self.parents(number) {
                let left = &mut children[*parent as usize];
                *left -= 1;
                if *left == 0 {
                    ready.push(place(*parent));
                }
            }
            Some(number)
        })
    }
}

fn number(count: usize) -> Result<u32, HistoryFailure> {
    let too_many = HistoryFailure::TooMany { what: "commits", limit: LIMIT };
    u32::try_from(count).ok().filter(|_| count <= LIMIT).ok_or(too_many)
}
