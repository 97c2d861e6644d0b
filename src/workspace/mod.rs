//! What the user gave us: every file of a workspace at one instant.
//!
//! A [`Snapshot`] is a value. It comes from a folder ([`read`]), from a git revision or from a
//! test, and no later stage touches the disk. What git remembers of the files is asked of
//! [`history`], which is the only one to know how git keeps it.

mod fault;
pub mod history;
pub mod home;
pub mod read;
pub mod refresh;
mod repository;
mod stamp;
mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Bound, Range};
use std::string::FromUtf8Error;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

pub use fault::{ReadFailure, ReadFault, ReadFaultKind};
pub use repository::Repository;

use self::stamp::Stamp;

use crate::model::document::Document;
use crate::model::fingerprint::Fingerprint;
use crate::span::{FilePath, Place, Span};

/// How a folder is laid out, which decides what is read and how strictly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Layout {
    /// `content/workspace.yaml` exists: `content/` and `themes/` are read, all of them.
    Workspace,
    /// Any other folder of Markdown: it is read as it is, without what git ignores. It has no
    /// public edition and no verified states.
    Folder,
}

/// Returns whether a file is Markdown, by its name.
pub fn is_markdown(path: &str) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    ending.eq_ignore_ascii_case("md") || ending.eq_ignore_ascii_case("markdown")
}

/// Every file of a workspace at one instant, sorted by path. Cloning it is cheap in bytes: files
/// share theirs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Snapshot {
    files: BTreeMap<FilePath, File>,
    /// Files that stand there and are not read.
    beside: BTreeSet<FilePath>,
    /// Whether it was read from a folder in which nothing is odd: no link, no fault.
    is_plain: bool,
}

impl Snapshot {
    /// Makes a snapshot from paths, relative and with `/`, and bytes. Of two equal paths the last
    /// one counts.
    pub fn from_files<P, B>(files: impl IntoIterator<Item = (P, B)>) -> Self
    where
        P: Into<FilePath>,
        B: AsRef<[u8]>,
    {
        let file = |(path, bytes): (P, B)| (path.into(), File::new(bytes.as_ref().to_vec()));
        files.into_iter().map(file).collect()
    }

    /// Adds the names of files that stand there and are not read.
    #[must_use]
    pub fn beside(self, beside: BTreeSet<FilePath>) -> Self {
        Self { beside, ..self }
    }

    /// Returns whether a file stands at a path that is not read.
    pub fn has_beside(&self, path: &str) -> bool {
        self.beside.contains(path)
    }

    /// Returns the file at a path.
    pub fn get(&self, path: &str) -> Option<&File> {
        self.files.get(path)
    }

    /// Returns the text of a document's body; nothing where its file is not here or no text.
    pub fn body(&self, document: &Document) -> &str {
        let text = self.get(&document.path).and_then(|file| file.text().ok()).unwrap_or_default();
        text.get(document.body_start as usize..).unwrap_or_default()
    }

    /// Puts a file in the place of what stands at a path.
    pub fn put(&mut self, path: FilePath, file: File) {
        self.files.insert(path, file);
    }

    /// Returns the path as the snapshot holds it, and the file: for spans, which share paths.
    pub fn get_key_value(&self, path: &str) -> Option<(&FilePath, &File)> {
        self.files.get_key_value(path)
    }

    /// Returns all files in the order of their paths.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&FilePath, &File)> {
        self.files.iter()
    }

    /// Returns the files in a folder and in the folders below it, in the order of their paths.
    pub fn under(&self, folder: &str) -> impl Iterator<Item = (&FilePath, &File)> {
        let first = format!("{folder}/");
        let after = format!("{folder}0"); // `0` is the character after `/`
        let bounds = (Bound::Included(first.as_str()), Bound::Excluded(after.as_str()));
        self.files.range::<str, _>(bounds)
    }

    /// Returns the place of a part of a text that was written at `place` or after it; `place` where
    /// the text does not stand there as it is, as when quotes or line ends were taken out of it.
    pub fn locate(&self, place: &Place, text: &str, part: Range<usize>) -> Place {
        let file = self.get(&place.path).and_then(|file| file.text().ok()).unwrap_or_default();
        let from = place.span.start as usize;
        match file.get(from..).and_then(|rest| rest.find(text)) {
            Some(distance) => {
                let start = from + distance;
                Place::new(&place.path, Span::new(start + part.start, start + part.end))
            }
            None => place.clone(),
        }
    }

    /// Returns whether the same files are there as in another, whatever is in them.
    pub fn has_paths_of(&self, other: &Self) -> bool {
        self.files.keys().eq(other.files.keys())
    }

    /// Returns a fingerprint of all names and bytes.
    pub fn fingerprint(&self) -> Fingerprint {
        self.fingerprint_of(|_| true)
    }

    /// Returns a fingerprint of all names, and of the bytes of some files.
    pub fn fingerprint_of(&self, counts: impl Fn(&str) -> bool + Sync) -> Fingerprint {
        let part = |(path, file): (&FilePath, &File)| {
            (FilePath::clone(path), counts(path).then(|| file.fingerprint()))
        };
        let files: Vec<_> = self.files.par_iter().map(part).collect();
        Fingerprint::of(&(files, &self.beside))
    }

    /// Returns the number of files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Returns whether there is no file at all.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

impl FromIterator<(FilePath, File)> for Snapshot {
    fn from_iter<I: IntoIterator<Item = (FilePath, File)>>(files: I) -> Self {
        Self { files: files.into_iter().collect(), ..Self::default() }
    }
}

/// The bytes of one file. Cloning it is cheap, and what was computed of the bytes is shared.
#[derive(Clone)]
pub struct File {
    contents: Arc<Contents>,
    stamp: Option<Stamp>,
}

/// The bytes, and what is computed of them once and when it is wanted.
struct Contents {
    bytes: Bytes,
    fingerprint: OnceLock<Fingerprint>,
    sha256: OnceLock<[u8; 32]>,
}

/// Text, if the bytes are UTF-8.
enum Bytes {
    Text(String),
    Other(Arc<[u8]>, BadByte),
}

impl PartialEq for File {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.contents, &other.contents) || self.bytes() == other.bytes()
    }
}

impl Eq for File {}

impl File {
    /// Makes a file.
    #[must_use]
    pub fn new(bytes: Vec<u8>) -> Self {
        let bytes = String::from_utf8(bytes).map_or_else(Bytes::other, Bytes::Text);
        let (fingerprint, sha256) = Default::default();
        Self { contents: Arc::new(Contents { bytes, fingerprint, sha256 }), stamp: None }
    }

    /// Returns the bytes to share; those of text are copied.
    #[must_use]
    pub fn shared(&self) -> Arc<[u8]> {
        match &self.contents.bytes {
            Bytes::Text(text) => text.as_bytes().into(),
            Bytes::Other(bytes, _) => Arc::clone(bytes),
        }
    }

    /// Returns the bytes as they are, byte order mark included.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        match &self.contents.bytes {
            Bytes::Text(text) => text.as_bytes(),
            Bytes::Other(bytes, _) => bytes,
        }
    }

    /// Returns a hash of the bytes, for noticing that they changed.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        *self.contents.fingerprint.get_or_init(|| Fingerprint::of_bytes(self.bytes()))
    }

    /// Returns the SHA-256 of the bytes, as records name it.
    #[must_use]
    pub fn sha256(&self) -> [u8; 32] {
        *self.contents.sha256.get_or_init(|| Sha256::digest(self.bytes()).into())
    }

    /// Returns the text without the byte order mark that it may begin with, which is where the
    /// spans of a text count from.
    ///
    /// # Errors
    ///
    /// Names the first byte that is not UTF-8.
    pub fn text(&self) -> Result<&str, BadByte> {
        match &self.contents.bytes {
            Bytes::Text(text) => Ok(text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text)),
            Bytes::Other(_, bad) => Err(*bad),
        }
    }

    /// Returns the text up to the first byte that is not UTF-8, for showing where that stands;
    /// nothing where it stands at the start.
    pub fn readable(&self) -> Option<&str> {
        match self.text() {
            Ok(text) => Some(text),
            Err(bad) => {
                let text = unmarked(self.bytes()).get(..bad.offset)?;
                std::str::from_utf8(text).ok().filter(|text| !text.is_empty())
            }
        }
    }
}

impl Bytes {
    /// Keeps bytes that are no UTF-8, with the first that is wrong.
    fn other(error: FromUtf8Error) -> Self {
        let valid = error.utf8_error().valid_up_to();
        let bytes: Arc<[u8]> = error.into_bytes().into();
        let text = unmarked(&bytes);
        let offset = valid.saturating_sub(bytes.len() - text.len());
        let before = &text[..offset];
        let bad = BadByte {
            value: text[offset],
            line: before.split(|byte| *byte == b'\n').count(),
            offset,
        };
        Self::Other(bytes, bad)
    }
}

/// Takes the byte order mark off.
fn unmarked(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(BYTE_ORDER_MARK.as_bytes()).unwrap_or(bytes)
}

impl std::fmt::Debug for File {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "File({:?})", String::from_utf8_lossy(self.bytes()))
    }
}

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The first byte of a file that is not UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadByte {
    /// The byte.
    pub value: u8,
    /// Its line, counted from 1.
    pub line: usize,
    /// Its offset, counted like the spans of a text: after a byte order mark.
    pub offset: usize,
}

#[cfg(test)]
mod tests {
    use super::{BadByte, Snapshot};

    #[test]
    fn a_folder_is_not_mistaken_for_its_neighbours() {
        let snapshot = Snapshot::from_files(
            ["a/x", "a-b/x", "a.md", "a0", "a/b/y", "b/z"].map(|path| (path, path)),
        );
        let paths = |folder| snapshot.under(folder).map(|(path, _)| &**path).collect::<Vec<_>>();
        assert_eq!(paths("a"), ["a/b/y", "a/x"]);
        assert_eq!(paths("a/b"), ["a/b/y"]);
        assert_eq!(paths("c"), [""; 0]);
    }

    #[test]
    fn text_loses_its_byte_order_mark_and_names_its_first_bad_byte() {
        let snapshot = Snapshot::from_files([
            ("plain", &b"one"[..]),
            ("marked", b"\xef\xbb\xbfone\xef\xbb\xbf"),
            ("latin", b"\xef\xbb\xbfone\ncaf\xe9"),
        ]);
        let file = |path| snapshot.get(path).unwrap();
        assert_eq!(file("plain").text(), Ok("one"));
        assert_eq!(file("marked").text(), Ok("one\u{feff}"));
        assert_eq!(file("latin").text(), Err(BadByte { value: 0xe9, line: 2, offset: 7 }));
    }
}
