//! The third wall: what is withheld, searched for in the finished bytes.
//!
//! The first two walls decide what is public. This one trusts neither: it takes every output of the
//! trust center, files that are handed out and files of the theme included, and reports
//!
//! - a run of eight words that stands in the sources of the workspace and in no text that its
//!   author made public;
//! - a variable that nobody put a value in the place of;
//! - a short atom: the id or title of something withheld, a person's name or address, an auditor
//!   who does not consent to being named, a pattern of `never_publish:`.
//!
//! What is in tags, such as the text of a picture, is searched too, each value by itself. Files that
//! are not text are searched for what can be read in them, and what they pack is not unpacked. Not
//! searched are the files of the built-in theme, which say nothing of the workspace, and the PDFs of
//! documents, whose words are those of their pages.
//!
//! Messages show the place in the sources and a masked excerpt, because logs may be public.

mod atom;
mod finder;
mod markup;
mod output;
mod word;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;

use self::atom::{Atom, atoms};
use self::finder::Finder;
use self::output::Output;
use self::word::words;
use super::TrustCenter;
use super::open_text::{Open, OpenTexts};
use super::rules::withheld_text_in_public;
use crate::diagnostic::Diagnostic;
use crate::model::audience::Customer;
use crate::model::corpus::Corpus;
use crate::model::fingerprint::Fingerprint;
use crate::model::variable;
use crate::parse::markdown;
use crate::render::recipe::{Recipe, Recipes, RenderFailure};
use crate::span::{FilePath, Place, Span};
use crate::theme;
use crate::workspace::Snapshot;

/// How many words in a row are taken for a quotation.
const RUN: usize = 8;

/// Searches the bytes of all outputs.
///
/// # Errors
///
/// Fails where an output cannot be made.
pub fn search(
    corpus: &Corpus,
    trust_center: &TrustCenter,
    snapshot: &Snapshot,
    open: &OpenTexts,
    recipes: &Recipes<'_, Customer>,
) -> Result<Vec<Diagnostic>, RenderFailure> {
    let open = open.as_slice();
    let atoms = atoms(corpus, trust_center, open);
    let finder = Finder::new(&atoms);
    let contents: Vec<Option<Contents<'_>>> = recipes
        .as_slice()
        .par_iter()
        .map(|recipe| Ok(read(recipe)?.map(|it| Contents::new(recipe, &it, &finder))))
        .collect::<Result<_, RenderFailure>>()?;
    let contents: Vec<Contents<'_>> = contents.into_iter().flatten().collect();
    let mut found = quotations(open, trust_center, snapshot, &contents);
    found.extend(templates(open, &corpus.settings.path, snapshot, &contents));

    let mut addresses: BTreeMap<usize, &str> = BTreeMap::new();
    for it in &contents {
        it.atoms.iter().for_each(|atom| _ = addresses.entry(*atom).or_insert(it.address));
    }
    if addresses.is_empty() {
        return Ok(found);
    }
    let handed_out = handed_out(corpus, trust_center, snapshot);
    // What nobody sees is not where the words come from.
    let unshown: BTreeSet<&str> =
        atom::unshown(corpus, trust_center).into_iter().map(|it| &*it.path).collect();
    let open = open.iter().filter(|it| !unshown.contains(&*it.place.path));
    let texts: Vec<&Open> = open.chain(&handed_out).collect();
    let holders = holders(&texts, &finder);
    for (number, address) in addresses {
        let atom = &atoms[number];
        let what = atom.what;
        let message = format!("{what} stands in `{address}`: {}", mask(&atom.text));
        let (help, declaration) = match atom.help.as_deref() {
            Some(help) => (help, "its disclosure stands here"),
            None => (
                "take it out of what is public, or disclose it",
                "what is withheld is declared here",
            ),
        };
        let rule = &withheld_text_in_public::RULE;
        let mut texts = holders.get(&number).into_iter().flatten().map(|it| texts[*it]);
        let place = texts.find_map(|text| where_in(text, atom, snapshot));
        let declared = atom.place.clone();
        found.push(
            match place.or_else(|| file_at(address, trust_center)) {
                Some(place) => Diagnostic::new(rule, place, message).related(declared, declaration),
                None => Diagnostic::new(rule, declared, message),
            }
            .help(help),
        );
    }
    Ok(found)
}

/// What the search has to know of an output, whose text is not kept.
struct Contents<'r> {
    address: &'r str,
    /// The numbers of the atoms in it.
    atoms: BTreeSet<usize>,
    /// Its runs of words that say something.
    runs: Vec<Fingerprint>,
    /// The variables that it shows.
    variables: Vec<String>,
}

impl<'r> Contents<'r> {
    fn new(recipe: &'r Recipe<'_>, output: &Output, finder: &Finder) -> Self {
        let runs = output.blocks.iter().flat_map(|block| block.windows(RUN));
        let address = recipe.address.as_str();
        let is_made = !["assets/", "files/"].iter().any(|folder| address.starts_with(folder));
        let shown = if is_made { variable::uses(&output.raw) } else { Vec::new() };
        Self {
            address,
            atoms: finder.find(output),
            runs: runs.filter(|run| is_prose(run)).map(|run| Fingerprint::of(&run)).collect(),
            variables: shown.into_iter().map(|(_, path)| path).collect(),
        }
    }
}

/// Makes an output and reads it; nothing where its bytes are not searched.
fn read(recipe: &Recipe<'_>) -> Result<Option<Output>, RenderFailure> {
    let address = recipe.address.as_str();
    if address.starts_with("pdf/") && address.ends_with(".pdf") {
        return Ok(None);
    }
    let bytes = recipe.bytes()?;
    let is_built_in = |name| theme::built_in_asset(name).is_some_and(|ours| ours == bytes);
    if address.strip_prefix("assets/").is_some_and(is_built_in) {
        return Ok(None);
    }
    Ok(Some(Output::new(address, &bytes)))
}

/// Returns the texts that go out as they are: files that public texts lead to, and the theme. Nobody
/// says of their words that they may be public.
fn handed_out(corpus: &Corpus, trust_center: &TrustCenter, snapshot: &Snapshot) -> Vec<Open> {
    let theme = format!("themes/{}", corpus.settings.theme.value);
    let files = trust_center.files().keys().filter_map(|path| snapshot.get_key_value(path));
    let texts = files.chain(snapshot.under(&theme)).filter_map(|(path, file)| {
        let place = Place::new(path, Span::default());
        Some(Open { text: file.text().ok()?.to_owned(), place })
    });
    texts.collect()
}

/// Returns, for each atom, the texts that hold it.
fn holders(texts: &[&Open], finder: &Finder) -> BTreeMap<usize, Vec<usize>> {
    let found: Vec<BTreeSet<usize>> =
        texts.par_iter().map(|it| finder.find(&Output::new("", it.text.as_bytes()))).collect();
    let mut holders: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (text, atoms) in found.into_iter().enumerate() {
        atoms.into_iter().for_each(|atom| holders.entry(atom).or_default().push(text));
    }
    holders
}

/// Returns where what is withheld, and is known to stand in a text, stands: the place to edit.
fn where_in(text: &Open, atom: &Atom, snapshot: &Snapshot) -> Option<Place> {
    let phrase = atom.phrase();
    let file = snapshot.get(&text.place.path)?.text().ok()?;
    let from = text.place.span.start as usize;
    let rest = file.get(from..)?;
    let span = if atom.is_pattern {
        // Only ASCII keeps its length in lower case.
        let found = rest.to_ascii_lowercase().find(&atom.text.to_ascii_lowercase());
        found.map(|at| Span::new(at, at + atom.text.len()))
    } else {
        phrase_in(rest, &phrase)
    };
    let offset = text.place.span.start;
    Some(
        span.map_or_else(
            || text.place.clone(),
            |it| Place::new(&text.place.path, it.shifted(offset)),
        ),
    )
}

/// Returns the file that is handed out at an address.
fn file_at(address: &str, trust_center: &TrustCenter) -> Option<Place> {
    let mut files = trust_center.files().iter();
    let (path, _) = files.find(|(path, asset)| asset.address(path) == address)?;
    Some(Place::new(path, Span::default()))
}

/// Returns where words stand in a row in a text.
fn phrase_in(text: &str, phrase: &[String]) -> Option<Span> {
    let words: Vec<(String, Span)> = words(text).collect();
    let is_there = |window: &&[(String, Span)]| {
        window.iter().zip(phrase).all(|((word, _), wanted)| word.to_lowercase() == *wanted)
    };
    let found = words.windows(phrase.len().max(1)).find(is_there)?;
    Some(Span { start: found.first()?.1.start, end: found.last()?.1.end })
}

/// Finds runs of words that stand in the sources and in an output, and in nothing public.
fn quotations(
    open: &[Open],
    trust_center: &TrustCenter,
    snapshot: &Snapshot,
    contents: &[Contents<'_>],
) -> Vec<Diagnostic> {
    let mut runs: HashMap<Fingerprint, &str> = HashMap::new();
    for it in contents {
        it.runs.iter().for_each(|run| _ = runs.entry(*run).or_insert(it.address));
    }
    let excused = open.par_iter().flat_map_iter(|text| {
        let words: Vec<String> = words(&text.text.to_lowercase()).map(|(word, _)| word).collect();
        let of_text = words.windows(RUN).map(|run| Fingerprint::of(&run));
        of_text.filter(|run| runs.contains_key(run)).collect::<Vec<_>>()
    });
    for run in excused.collect::<Vec<Fingerprint>>() {
        runs.remove(&run);
    }
    // A file that is handed out does not quote itself.
    let is_handed_out = |path: &FilePath| trust_center.files().contains_key(path);
    let sources = snapshot.under("content").filter(|(path, _)| is_source(path));
    let sources: Vec<_> = sources.filter(|(path, _)| !is_handed_out(path)).collect();
    let found: Vec<Diagnostic> = sources
        .into_par_iter()
        .filter_map(|(path, file)| {
            let text = file.text().ok()?.to_lowercase();
            let found: Vec<(String, Span)> = words(&text).collect();
            let words: Vec<&String> = found.iter().map(|(word, _)| word).collect();
            let at =
                words.windows(RUN).position(|run| runs.contains_key(&Fingerprint::of(&run)))?;
            let output = runs.get(&Fingerprint::of(&&words[at..at + RUN]))?;
            let span = Span { start: found[at].1.start, end: found[at + RUN - 1].1.end };
            let excerpt = mask(
                &words[at..at + RUN].iter().map(|word| word.as_str()).collect::<Vec<_>>().join(" "),
            );
            let message = format!("text that nobody made public stands in `{output}`: {excerpt}");
            let help = "take it out of what is public, or disclose where it comes from";
            let place = Place::new(path, span);
            Some(Diagnostic::new(&withheld_text_in_public::RULE, place, message).help(help))
        })
        .collect();
    found
}

/// Finds variables that were written out instead of their values. Code may show them, and files that
/// are handed out as they are.
fn templates(
    open: &[Open],
    settings: &FilePath,
    snapshot: &Snapshot,
    contents: &[Contents<'_>],
) -> Vec<Diagnostic> {
    let shown = contents.iter().flat_map(|it| it.variables.iter().map(|path| (path, it.address)));
    let shown: BTreeMap<&String, &str> = shown.collect();
    if shown.is_empty() {
        return Vec::new();
    }
    let in_code: BTreeSet<String> =
        open.par_iter().flat_map_iter(|source| variables_of_code(&source.text)).collect();
    let is_code = |path: &str| in_code.contains(&path.to_ascii_lowercase());
    let shown = shown.into_iter().filter(|(path, _)| !is_code(path));
    shown
        .map(|(path, address)| {
            let at = open.iter().find_map(|source| {
                let mut uses = variable::uses(&source.text).into_iter();
                let (range, _) = uses.find(|(_, it)| it.eq_ignore_ascii_case(path))?;
                Some(snapshot.locate(&source.place, &source.text, range))
            });
            let place = at.unwrap_or_else(|| Place::new(settings, Span::default()));
            let message = format!("`{{{{ {path} }}}}` stands in `{address}` without its value");
            let help = "give it a value, or take it out of what is public";
            Diagnostic::new(&withheld_text_in_public::RULE, place, message).help(help)
        })
        .collect()
}

/// Returns the variables that a text shows as they are written, in lower case.
fn variables_of_code(text: &str) -> Vec<String> {
    let mut written = variable::uses(text).into_iter().map(|(_, path)| path).collect::<Vec<_>>();
    if written.is_empty() {
        return written;
    }
    written.iter_mut().for_each(|path| path.make_ascii_lowercase());
    let read = markdown::read(text, &markdown::Options::default());
    for used in &read.outline.variables {
        let is_used = |path: &String| path.eq_ignore_ascii_case(&used.name.path);
        if let Some(at) = written.iter().position(is_used) {
            written.swap_remove(at);
        }
    }
    written
}

/// Returns whether words say something: lists of ids and numbers quote nobody.
fn is_prose(run: &[String]) -> bool {
    let letters =
        run.iter().filter(|word| word.len() >= 3 && !word.contains(|c: char| c.is_ascii_digit()));
    letters.count() >= 5
}

fn is_source(path: &str) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    matches!(ending, "md" | "markdown" | "yaml" | "yml")
}

/// Shows the ends of a text and hides the rest.
fn mask(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let keep = if letters.len() > 12 { 3 } else { 1 };
    let hidden = letters.len().saturating_sub(2 * keep);
    let first: String = letters.iter().take(keep).collect();
    let last: String = letters.iter().skip(keep + hidden).collect();
    format!("`{first}{}{last}`", "·".repeat(hidden.min(12)))
}
