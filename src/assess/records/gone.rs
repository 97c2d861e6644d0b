//! Signed records that were taken away: a withdrawal that is gone would bring a text back.

use std::collections::BTreeMap;

use super::signed::check;
use crate::model::corpus::Corpus;
use crate::model::judgement::{GoneFile, GoneRecord};
use crate::model::record::SignedRecord;
use crate::signature::{PublicKey, Statement};
use crate::span::FilePath;
use crate::workspace::{File, Snapshot};

/// Finds among files that only the history holds the statements that a key of a ring signed for this
/// workspace. Whatever else was removed never counted.
pub(super) fn records(
    corpus: &Corpus,
    snapshot: &Snapshot,
    gone: &BTreeMap<FilePath, GoneFile>,
) -> Vec<GoneRecord> {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).ok();
    // The signature may stand there still.
    let bytes_of = |path: &str| {
        let gone = gone.get(path).map(|it| it.bytes.as_slice());
        gone.or_else(|| snapshot.get(path).map(File::bytes))
    };
    let record = |(path, file): (&FilePath, &GoneFile)| {
        let name = path.strip_suffix(".txt")?;
        let statement = Statement::read(&text(&file.bytes)?).ok()?;
        let record = SignedRecord {
            name: name.to_owned(),
            path: path.clone(),
            statement,
            armour: Some(bytes_of(&format!("{path}.sig")).and_then(text)?),
            token: None,
        };
        let (key, flaw) = check(&record, &corpus.settings.workspace_id);
        let is_ours = flaw.is_none() && is_known(corpus, &key?);
        let SignedRecord { path, statement, .. } = record;
        is_ours.then_some(GoneRecord { path, commit: file.commit.clone(), statement })
    };
    gone.iter().filter_map(record).collect()
}

/// Returns whether a key ever was somebody's here.
fn is_known(corpus: &Corpus, key: &PublicKey) -> bool {
    let line = key.line();
    corpus.records.rings.iter().any(|filed| filed.ring.key(&line).is_some())
        || corpus.mandates.keys.iter().any(|it| it.value.public == line)
}
