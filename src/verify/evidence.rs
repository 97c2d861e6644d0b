//! What a report and an export are made of.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::witness::Source;
use crate::model::assessment::Assessment;
use crate::model::corpus::Corpus;
use crate::model::judgement::{Judgements, Witnesses};
use crate::model::record::{FiledRing, RINGS, STATEMENTS};
use crate::signature::{Ring, Statement};
use crate::span::FilePath;
use crate::workspace::{File, ReadFault, Snapshot};

/// The content as it is written, and what the stages found in it.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'e> {
    /// The files.
    pub snapshot: &'e Snapshot,
    /// What was odd about files while they were read.
    pub faults: &'e [ReadFault],
    /// What they say, with the texts as they are written.
    pub corpus: &'e Corpus,
    /// What is held of it.
    pub assessment: &'e Assessment,
    /// The day that counts where nobody names one. Records up to it are no forgeries, whatever
    /// earlier day a report holds for.
    pub latest: Date,
    /// For documents whose text in force stands in no file and could not be had, by their numbers,
    /// why.
    pub lost: &'e BTreeMap<usize, String>,
    /// Who saw which records, as whoever verifies knows from elsewhere.
    pub brought: &'e Witnesses,
    /// What each source of that was worth.
    pub sources: &'e [Source],
}

/// A file among the records that is no record.
#[derive(Debug, Clone)]
pub(super) struct Stray<'e> {
    pub(super) path: &'e str,
    /// Its bytes, if it was read.
    pub(super) file: Option<&'e File>,
    /// Why it is none, in a sentence without an end.
    pub(super) reason: String,
}

impl<'e> Evidence<'e> {
    /// Returns what is held of records.
    pub(super) fn judgements(&self) -> &'e Judgements {
        &self.assessment.records
    }

    /// Returns the rings that are or were in force, in order.
    pub(super) fn rings_in_force(&self) -> &'e [FiledRing] {
        &self.corpus.records.rings[..self.judgements().rings_in_force()]
    }

    /// Returns every file among statements and rings that is no record, in the order of their
    /// paths. No setting has a say in it.
    pub(super) fn strays(&self) -> Vec<Stray<'e>> {
        let records = &self.corpus.records;
        let known: BTreeSet<&str> = records.signed.iter().map(|it| &*it.path).collect();
        let statements = self.snapshot.under(STATEMENTS).filter_map(|(path, file)| {
            let owner = match path.rsplit_once(".txt") {
                Some((stem, "" | ".sig" | ".sig.tsr" | ".sig.tsq")) => format!("{stem}.txt"),
                _ => return Some(stray(path, file, "no record has such a file".to_owned())),
            };
            if known.contains(owner.as_str()) {
                None
            } else if owner == **path {
                Some(stray(path, file, no_statement(path, file)))
            } else {
                Some(stray(path, file, "the statement beside it cannot be read".to_owned()))
            }
        });
        let rings = self.snapshot.under(RINGS).filter_map(|(path, file)| {
            let is_ring = records.rings.iter().any(|it| it.path == *path);
            (!is_ring).then(|| stray(path, file, no_ring(file)))
        });
        let unread = self.faults.iter().filter(|it| {
            let is_in = |folder: &str| {
                it.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
            };
            (is_in(STATEMENTS) || is_in(RINGS)) && self.snapshot.get(&it.path).is_none()
        });
        let unread =
            unread.map(|it| Stray { path: &it.path, file: None, reason: it.kind.to_string() });
        let mut strays: Vec<Stray<'e>> = statements.chain(rings).chain(unread).collect();
        strays.sort_by_key(|it| it.path);
        strays
    }
}

fn stray<'e>(path: &'e FilePath, file: &'e File, reason: String) -> Stray<'e> {
    Stray { path, file: Some(file), reason }
}

fn no_statement(path: &str, file: &File) -> String {
    match std::str::from_utf8(file.bytes()).map(Statement::read) {
        Err(_) => "it is no UTF-8".to_owned(),
        Ok(Err(fault)) => format!("it is no statement: {fault}"),
        Ok(Ok(statement)) => {
            let name = path.rsplit('/').next().unwrap_or(path);
            let right = format!("{}.txt", statement.name());
            if name == right {
                "it was not read as a statement".to_owned()
            } else {
                format!("its bytes are not those of its name: they belong into `{right}`")
            }
        }
    }
}

fn no_ring(file: &File) -> String {
    match std::str::from_utf8(file.bytes()).map(Ring::read) {
        Err(_) => "it is no UTF-8".to_owned(),
        Ok(Err(fault)) => format!("it is no ring: {fault}"),
        Ok(Ok(_)) => "it does not follow the rings before it".to_owned(),
    }
}
