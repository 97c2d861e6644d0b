//! Search: an inverted index in small files that a page's script loads as it needs them.
//!
//! The files are scripts, because a page that was opened from disk may run scripts beside it but
//! may not fetch anything, and because `script-src 'self'` allows them. Each calls
//! `avouchSearch(name, payload)`, which the search box of the theme defines
//! (`themes/default/assets/search.js`):
//!
//! - `engine.js`: a function that takes `load(name)`, which promises a payload, and returns what
//!   answers queries.
//! - `index.js`: `{documents, chunk, synonyms, terms, names}`. The last two list the first term of
//!   each file of their kind, so a term is in the last file whose first term is not greater.
//!   `synonyms` are groups of phrases that mean the same: a query of one of them finds all.
//! - `t0.js`, `t1.js` …: terms with their postings, in the notations of `digits.rs` and
//!   `postings.rs`. The id of a document is a term too, with `#` before it.
//! - `n0.js`, `n1.js` …: the words of titles and headings, and the ids, for finding what was meant
//!   by a word that does not occur.
//! - `d0.js`, `d1.js` …: `[address, title, kind, id, excerpt]` of `chunk` documents each.
//!
//! Term files are cut by size and not by letters: a site of fifty pages has one or two of them and
//! one of fifty thousand has no large ones, in any script, and no file is called `con.js`, which
//! Windows cannot store.
//!
//! Ranking is BM25 with weighted fields, in which a word of a title counts for more than any number
//! of mentions, and less of all for entries of a lower [`Rank`]. All of it but the rarity of a term is known here, so a
//! posting carries one digit, the impact, instead of a frequency, and no
//! browser needs the lengths of documents.
//!
//! Measured with 10,000 made-up documents of 400 words: 0.7 CPU seconds, 45 MB beside the entries
//! and 12 MB of files, of which a query of one word loads one or two of terms and one for most hits.

mod digits;
mod postings;

use rayon::prelude::*;

use crate::model::synonyms::plain;
use crate::model::terms::{Terms, fold};
use digits::FrontCoded;
use postings::Dictionary;

/// The script that answers queries. It is part of the index because it reads this notation, so a
/// theme that brings its own search box need not know about it.
const ENGINE: &str = include_str!("engine.js");

/// The documents of one `d` file. Hits scatter over these files, so they are small.
const CHUNK: usize = 64;

/// A file of terms ends after so many bytes.
const TERM_FILE: usize = 32 * 1024;

/// A file of names ends after so many bytes.
const NAME_FILE: usize = 64 * 1024;

/// One document as search knows it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// The reference from the root of the site to the document, percent-encoded, perhaps with an
    /// anchor: `policies/access.html`.
    pub address: String,
    /// The id, or nothing.
    pub id: String,
    /// The title.
    pub title: String,
    /// What kind of document it is, as people read it: `Policy`.
    pub kind: String,
    /// How much it is wanted when it holds the words of a query.
    pub rank: Rank,
    /// A sentence or two that are shown with a hit.
    pub excerpt: String,
    /// The titles of its sections, and other words by which it is to be found.
    pub headings: Vec<String>,
    /// The terms of its text, title and headings left out.
    pub terms: Terms,
}

/// How much an entry is wanted when it holds the words of a query. Readers look for what they have
/// to do; what it answers to, and who holds which role, comes after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rank {
    /// A document or a control.
    #[default]
    First,
    /// A record of a register, or evidence.
    Second,
    /// A requirement, a role or a person.
    Third,
}

/// Makes the files of an index, sorted by name; names are relative to `assets/search/`.
///
/// Entries of equal rank are shown in the order in which they are given. `synonyms` are groups of
/// phrases that mean the same.
#[must_use]
pub fn index(entries: &[Entry], synonyms: &[Vec<&str>]) -> Vec<(String, Vec<u8>)> {
    let fields: Vec<Fields> = entries.par_iter().map(Fields::of).collect();
    let (terms, term_keys) = term_files(&Dictionary::new(entries, &fields));
    let (names, name_keys) = name_files(&fields);
    let synonyms: Vec<Vec<String>> = synonyms
        .iter()
        .map(|group| {
            let mut phrases: Vec<String> = group.iter().map(|phrase| plain(phrase)).collect();
            phrases.sort();
            phrases.dedup();
            phrases
        })
        .filter(|phrases| phrases.len() > 1)
        .collect();
    let mut files = vec![file(
        "index",
        &serde_json::json!({
            "documents": entries.len(),
            "chunk": CHUNK,
            "synonyms": synonyms,
            "terms": term_keys,
            "names": name_keys,
        }),
    )];
    files.extend(numbered("t", &terms));
    files.extend(numbered("n", &names));
    let documents: Vec<Vec<[&str; 5]>> =
        entries.chunks(CHUNK).map(|chunk| chunk.iter().map(shown).collect()).collect();
    files.extend(numbered("d", &documents));
    files.push(("engine.js".to_owned(), ENGINE.as_bytes().to_vec()));
    files.sort();
    files
}

/// What is searched besides the text.
struct Fields {
    /// The title, and the parts of the id.
    title: Terms,
    headings: Terms,
    /// The id as a term, or nothing.
    id: String,
}

impl Fields {
    fn of(entry: &Entry) -> Self {
        Self {
            title: Terms::of([entry.title.as_str(), entry.id.as_str()].into_iter()),
            headings: Terms::of(entry.headings.iter().map(String::as_str)),
            id: id_term(&entry.id),
        }
    }
}

/// Writes an id as a term: folded, with one hyphen for all that is neither letter nor digit.
fn id_term(id: &str) -> String {
    let folded = fold(id);
    let parts = folded.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    let joined = parts.collect::<Vec<_>>().join("-");
    if joined.is_empty() { joined } else { format!("#{joined}") }
}

fn shown(entry: &Entry) -> [&str; 5] {
    [&entry.address, &entry.title, &entry.kind, &entry.id, &entry.excerpt]
}

/// Divides the dictionary into files; returns their payloads and the first term of each.
fn term_files<'e>(dictionary: &Dictionary<'e>) -> (Vec<String>, Vec<&'e str>) {
    let mut files = FrontCoded::new(TERM_FILE);
    for (term, postings) in dictionary.iter() {
        files.push(term, Some(&postings));
    }
    files.finish()
}

/// Collects the words that a misspelt word is compared with.
fn name_files(fields: &[Fields]) -> (Vec<String>, Vec<&str>) {
    let mut names: Vec<&str> = Vec::new();
    for field in fields {
        let words = field.title.iter().chain(field.headings.iter()).map(|(term, _)| term);
        names.extend(words.filter(|term| term.chars().count() > 3));
        names.extend(Some(field.id.as_str()).filter(|id| !id.is_empty()));
    }
    names.sort_unstable();
    names.dedup();
    let mut files = FrontCoded::new(NAME_FILE);
    for name in names {
        files.push(name, None);
    }
    files.finish()
}

fn numbered(kind: &str, payloads: &[impl serde::Serialize]) -> Vec<(String, Vec<u8>)> {
    payloads
        .iter()
        .enumerate()
        .map(|(number, payload)| file(&format!("{kind}{number}"), payload))
        .collect()
}

/// Writes one file: a script that hands over its payload.
fn file(name: &str, payload: &impl serde::Serialize) -> (String, Vec<u8>) {
    let json = serde_json::json!(payload);
    (format!("{name}.js"), format!("avouchSearch(\"{name}\",{json})\n").into_bytes())
}

#[cfg(test)]
mod tests {
    use super::{CHUNK, Entry, Rank, index};
    use crate::model::terms::Terms;

    fn entry(id: &str, title: &str, text: &str) -> Entry {
        Entry {
            address: format!("policies/{}.html", id.to_lowercase()),
            id: id.to_owned(),
            title: title.to_owned(),
            kind: "Policy".to_owned(),
            rank: Rank::First,
            excerpt: text.to_owned(),
            headings: vec!["Scope".to_owned()],
            terms: Terms::of(std::iter::once(text)),
        }
    }

    /// Shows the data files, one a line.
    fn shown(files: &[(String, Vec<u8>)]) -> String {
        let data = files.iter().filter(|(name, _)| name != "engine.js");
        data.map(|(name, bytes)| [name, ": ", str::from_utf8(bytes).unwrap()].concat()).collect()
    }

    #[test]
    fn the_files_of_a_small_site() {
        let entries = [
            entry("POL-AC", "Access control", "Access is \"granted\" by role."),
            entry("A.5.15", "Zürich", "Role of a site."),
        ];
        assert_eq!(
            shown(&index(&entries, &[vec!["Access", "Zutritt"], vec!["Role", "role"]])),
            r##"d0.js: avouchSearch("d0",[["policies/pol-ac.html","Access control","Policy","POL-AC","Access is \"granted\" by role."],["policies/a.5.15.html","Zürich","Policy","A.5.15","Role of a site."]])
index.js: avouchSearch("index",{"chunk":64,"documents":2,"names":["#a-5-15"],"synonyms":[["access","zutritt"]],"terms":["#a-5-15"]})
n0.js: avouchSearch("n0","A#a-5-15 Bpol-ac Aaccess Acontrol Ascope Azurich")
t0.js: avouchSearch("t0","A#a-5-15 B_ Bpol-ac A_ A15 B1 Aac Ay Ccess A1 Aby AN Acontrol Ay Agranted AN Ais AN Aof BQ Apol Ay Arole ANBQ Ascope ATBV Bite BQ Azurich B1")
"##
        );
    }

    #[test]
    fn postings_of_many_documents_are_distances() {
        let entries: Vec<Entry> = (0..5000)
            .map(|number| entry("", "", if number % 1000 == 7 { "rare" } else { "" }))
            .collect();
        let files = index(&entries, &[]);
        assert_eq!(files.len(), 5000_usize.div_ceil(CHUNK) + 4);
        assert_eq!(
            files.iter().find(|(name, _)| name == "t0.js").map(|(_, bytes)| {
                String::from_utf8_lossy(bytes).split(' ').take(2).collect::<Vec<_>>().join(" ")
            }),
            Some("avouchSearch(\"t0\",\"Arare HPofPofPofPofP".to_owned())
        );
        assert_eq!(files, index(&entries, &[]));
    }

    #[test]
    fn nothing_to_search_is_an_index_too() {
        assert_eq!(
            shown(&index(&[], &[])),
            "index.js: avouchSearch(\"index\",{\"chunk\":64,\"documents\":0,\"names\":[],\"synonyms\":[],\"terms\":[]})\n"
        );
    }
}
