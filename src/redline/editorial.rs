//! Whether a change may pass as editorial.
//!
//! An editorial change mends how a text reads and nothing that it says: spelling, punctuation,
//! typography and white space. What could change a duty is a [`Sign`] that the change is material;
//! one sign is enough to refuse the word "editorial". The signs err towards material: an approver
//! who is asked once too often loses a minute, and a duty that was changed as a typo loses its
//! approval.

mod lists;

use serde::Serialize;

use super::segment::Kind;
use super::word::{self, Class, Word};
use super::{Change, Fate, Part, Redline, Row};
pub use lists::Language;
use lists::Lists;

/// The largest part of the words of a block that may be respelled, in per cent.
pub const MOST_PERCENT: usize = 10;

/// How many words a block has at least for [`MOST_PERCENT`] to hold. In shorter ones two words may
/// be respelled: one in ten would be none.
pub const LONG_BLOCK: usize = 20;

/// The front matter that may change editorially: how a document is found and described, never who
/// answers for it or what it binds.
pub const OPEN_KEYS: [&str; 5] = ["tags", "summary", "publicsummary", "description", "related"];

/// The front matter that every new version changes: it says what the signs are about.
pub const VERSION_KEYS: [&str; 4] = ["version", "revisions", "effectivedate", "status"];

/// Why a change is not editorial.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// A number, also as a word.
    Number,
    /// A day, month or time.
    Date,
    /// A word that says how binding a sentence is: must, should, may.
    Modal,
    /// A word that turns or narrows a meaning: not, except, only, all, and, or, before.
    Negation,
    /// Who: the name, title or id of a person or role.
    Role,
    /// Where a link leads.
    Link,
    /// An image, by its place or its bytes.
    Image,
    /// A variable, by its name or its value.
    Variable,
    /// The mark of a clause.
    Clause,
    /// A key of front matter.
    FrontMatter,
    /// A block was added.
    Added,
    /// A block was removed.
    Removed,
    /// A block or sentence stands elsewhere.
    Moved,
    /// A line of code.
    Code,
    /// A comment.
    Comment,
    /// What a block is: a heading, an item, how deep it stands.
    Structure,
    /// A character that nobody sees, or letters that look like others.
    Hidden,
    /// Words that are others and not the same ones respelled.
    Words,
    /// More words than a correction changes.
    Much,
}

impl Reason {
    /// Returns the words for people.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Number => "a number changed",
            Self::Date => "a date changed",
            Self::Modal => "a word that binds changed",
            Self::Negation => "a word that turns or narrows the meaning changed",
            Self::Role => "a person or role changed",
            Self::Link => "the target of a link changed",
            Self::Image => "an image changed",
            Self::Variable => "a variable changed",
            Self::Clause => "the mark of a clause changed",
            Self::FrontMatter => "front matter changed",
            Self::Added => "something was added",
            Self::Removed => "something was removed",
            Self::Moved => "something was moved",
            Self::Code => "code changed",
            Self::Comment => "a comment changed",
            Self::Structure => "the structure changed",
            Self::Hidden => "characters changed that cannot be seen or told apart",
            Self::Words => "words changed, not only their spelling",
            Self::Much => "more than a tenth of the words changed",
        }
    }
}

/// A sign that a change is material: why, what and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sign {
    /// Why.
    pub reason: Reason,
    /// What was removed, as typed; empty where something was only added.
    pub old: String,
    /// What was added, as typed.
    pub new: String,
    /// Where, in words.
    pub place: String,
}

/// What the signs depend on beside the texts.
#[derive(Debug, Clone, Default)]
pub struct Options<'a> {
    /// The languages of the workspace beside English, which is always read.
    pub languages: &'a [Language],
    /// Names, titles and ids of people and roles.
    pub roles: &'a [String],
}

/// Returns the signs that a change is material, in the order of the text; none where it may pass
/// as editorial.
#[must_use]
pub fn looks_material(redline: &Redline, options: &Options<'_>) -> Vec<Sign> {
    let lists = Lists::new(options);
    let mut judge = Judge { redline, lists, signs: Vec::new() };
    for (at, row) in redline.rows.iter().enumerate() {
        match (row.part, row.fate) {
            (_, Fate::Same) => {}
            (Part::Body, _) => judge.block(at, row),
            (Part::FrontMatter | Part::Variables | Part::Files, _) => judge.entry(row),
        }
    }
    judge.signs
}

struct Judge<'a> {
    redline: &'a Redline,
    lists: Lists,
    signs: Vec<Sign>,
}

/// The words of a change: what stood there and what stands there now.
#[derive(Default)]
struct Replaced<'a> {
    old: Vec<(Class, &'a str)>,
    new: Vec<(Class, &'a str)>,
}

impl<'a> Judge<'a> {
    fn sign(&mut self, reason: Reason, row: &Row, old: &str, new: &str) {
        let place = self.redline.place(row).words(row.part);
        let cut = |text: &str| text.trim().to_owned();
        let sign = Sign { reason, old: cut(old), new: cut(new), place };
        if self.signs.last() != Some(&sign) {
            self.signs.push(sign);
        }
    }

    /// Judges an entry of front matter, a variable or a file.
    fn entry(&mut self, row: &Row) {
        let line = |text: &'a str| text.split_once(": ").unwrap_or((text, ""));
        let redline = self.redline;
        let (old_key, old) = line(&redline.old[row.old.clone()]);
        let (new_key, new) = line(&redline.new[row.new.clone()]);
        let reason = match row.part {
            Part::FrontMatter => {
                let key = if new_key.is_empty() { old_key } else { new_key };
                let top = key.split(['[', '.']).next().unwrap_or(key);
                if OPEN_KEYS.contains(&top) || VERSION_KEYS.contains(&top) {
                    return;
                }
                if top == "title" && row.fate == Fate::Changed {
                    return self.changed(row);
                }
                Reason::FrontMatter
            }
            Part::Variables => Reason::Variable,
            Part::Files => Reason::Image,
            Part::Body => return,
        };
        self.sign(reason, row, old, new);
    }

    fn block(&mut self, at: usize, row: &Row) {
        let redline = self.redline;
        let (old, new) = (&redline.old[row.old.clone()], &redline.new[row.new.clone()]);
        if row.kind == Kind::Blank {
            // Blank lines make one block of two and two of one, which shows there.
            if redline.blank_counts(at) && row.fate != Fate::Changed {
                self.sign(Reason::Structure, row, old, new);
            }
            return;
        }
        match row.fate {
            Fate::Same | Fate::Left => {}
            Fate::Added => self.sign(Reason::Added, row, "", new),
            Fate::Removed => self.sign(Reason::Removed, row, old, ""),
            Fate::Arrived => self.sign(Reason::Moved, row, "", new),
            Fate::Changed if row.kind == Kind::Code => self.sign(Reason::Code, row, old, new),
            Fate::Changed if row.kind == Kind::Comment => self.sign(Reason::Comment, row, old, new),
            Fate::Changed => self.changed(row),
        }
    }

    /// Judges a block in which words changed.
    fn changed(&mut self, row: &Row) {
        let redline = self.redline;
        if depth(&redline.old[row.old.clone()]) != depth(&redline.new[row.new.clone()]) {
            self.sign(
                Reason::Structure,
                row,
                &redline.old[row.old.clone()],
                &redline.new[row.new.clone()],
            );
        }
        let moved = row.runs.iter().find(|run| run.moved.is_some() && run.change == Change::Added);
        if let Some(moved) = moved {
            self.sign(Reason::Moved, row, "", redline.run_text(moved));
        }
        let (mut respelled, before) = (0, self.signs.len());
        for group in self.groups(row) {
            respelled += self.group(row, &group);
        }
        let text = &redline.new[row.new.clone()];
        let total = word::words(text, row.kind).iter().filter(|it| it.class.counts()).count();
        let most = if total < LONG_BLOCK { 2 } else { (total * MOST_PERCENT / 100).max(2) };
        if respelled > most && self.signs.len() == before {
            self.sign(Reason::Much, row, &redline.old[row.old.clone()], text);
        }
    }

    /// Returns the words of each change of a row: of what was removed and what was added between
    /// two stretches that stayed.
    fn groups(&self, row: &Row) -> Vec<Replaced<'a>> {
        let redline = self.redline;
        let (old_text, new_text) = (&redline.old[row.old.clone()], &redline.new[row.new.clone()]);
        let (old, new) = (word::words(old_text, row.kind), word::words(new_text, row.kind));
        let mut groups: Vec<Replaced<'a>> = Vec::new();
        let mut after_change = false;
        for run in &row.runs {
            if run.change == Change::Unchanged {
                after_change = false;
                continue;
            }
            if !after_change {
                groups.push(Replaced::default());
            }
            after_change = true;
            let Some(group) = groups.last_mut() else { continue };
            let (list, words, text, range) = match run.change {
                Change::Removed => {
                    (&mut group.old, &old, old_text, shifted(&run.old, row.old.start))
                }
                Change::Added | Change::Unchanged => {
                    (&mut group.new, &new, new_text, shifted(&run.new, row.new.start))
                }
            };
            let first = words.partition_point(|it| it.end <= range.start);
            let inside = words[first..].iter().take_while(|it| it.start < range.end);
            list.extend(inside.map(|it: &Word| (it.class, &text[it.start..it.end])));
        }
        groups
    }

    /// Judges one change. Returns how many words were respelled.
    fn group(&mut self, row: &Row, group: &Replaced<'a>) -> usize {
        let (mut old, mut new) = (list(&group.old), list(&group.new));
        if old == new {
            return 0;
        }
        let (old_line, new_line) = (line(&group.old), line(&group.new));
        let before = self.signs.len();
        for class in [
            Class::Number,
            Class::Date,
            Class::Target,
            Class::Image,
            Class::Variable,
            Class::Clause,
            Class::Hidden,
            Class::Ordinal,
        ] {
            let of = |list: &[(Class, String)]| -> Vec<String> {
                list.iter().filter(|it| it.0 == class).map(|it| it.1.clone()).collect()
            };
            let (was, is) = (of(&old), of(&new));
            if was != is
                && let Some(reason) = reason(class, &was, &is)
            {
                self.sign(reason, row, &was.join(" "), &is.join(" "));
            }
            old.retain(|it| it.0 != class);
            new.retain(|it| it.0 != class);
        }
        let words = |list: &[(Class, String)]| -> Vec<String> {
            list.iter().filter(|it| it.0 == Class::Word).map(|it| it.1.clone()).collect()
        };
        if marks(&old) != marks(&new) {
            self.sign(Reason::Structure, row, &old_line, &new_line);
        }
        let (old, new) = (words(&old), words(&new));
        let respelled = self.words(row, (&old, &new), (&old_line, &new_line));
        if self.signs.len() > before { 0 } else { respelled }
    }

    /// Judges words. Returns how many were respelled.
    fn words(
        &mut self,
        row: &Row,
        (old, new): (&[String], &[String]),
        lines: (&str, &str),
    ) -> usize {
        if old == new {
            return 0;
        }
        let folded = |list: &[String]| -> Vec<String> { list.iter().map(|it| fold(it)).collect() };
        let (was, is) = (folded(old), folded(new));
        let before = self.signs.len();
        for reason in [Reason::Modal, Reason::Negation, Reason::Number, Reason::Role] {
            let listed = |words: &[String]| -> Vec<String> {
                words.iter().filter(|it| self.lists.has(reason, it)).cloned().collect()
            };
            let (was, is) = (listed(&was), listed(&is));
            if was != is {
                self.sign(reason, row, lines.0, lines.1);
            }
        }
        if self.lists.names_role(lines.0) != self.lists.names_role(lines.1) {
            self.sign(Reason::Role, row, lines.0, lines.1);
        }
        if old.iter().chain(new).any(|it| super::visible::mixes_scripts(it)) {
            self.sign(Reason::Hidden, row, lines.0, lines.1);
        }
        if self.signs.len() > before {
            return 0;
        }
        // Words that were joined or taken apart are the same letters.
        if was.concat() == is.concat() {
            return was.len().max(is.len());
        }
        let doubled = |short: &[String], long: &[String]| {
            short.is_empty() && long.iter().all(|it| self.repeats(row, it))
        };
        if doubled(&is, &was) && was.len() == 1 {
            return 1;
        }
        let alike = was.len() == is.len() && was.iter().zip(&is).all(|(a, b)| is_respelled(a, b));
        if !alike {
            self.sign(Reason::Words, row, lines.0, lines.1);
        }
        was.len()
    }

    /// Returns whether a word that was taken out stood there twice: "the the".
    fn repeats(&self, row: &Row, word: &str) -> bool {
        let text = &self.redline.old[row.old.clone()];
        let all: Vec<String> = word::words(text, row.kind)
            .iter()
            .filter(|it| it.class == Class::Word)
            .map(|it| fold(&text[it.start..it.end]))
            .collect();
        all.windows(2).any(|pair| pair[0] == word && pair[1] == word)
    }
}

/// Returns a range relative to a start.
fn shifted(range: &std::ops::Range<usize>, start: usize) -> std::ops::Range<usize> {
    range.start - start..range.end - start
}

/// Returns words without white space, each with one space inside at most.
fn list(words: &[(Class, &str)]) -> Vec<(Class, String)> {
    let seen = words.iter().filter(|it| !it.0.is_space());
    seen.map(|(class, text)| (*class, text.split_whitespace().collect::<Vec<_>>().join(" ")))
        // A special space between words has no text left and still has to count.
        .map(
            |(class, text)| {
                if text.is_empty() { (class, "\u{a0}".to_owned()) } else { (class, text) }
            },
        )
        .collect()
}

/// Returns words as a line.
fn line(words: &[(Class, &str)]) -> String {
    let text: String = words.iter().map(|(_, text)| *text).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns a word in lower case, with one kind of apostrophe.
fn fold(word: &str) -> String {
    word.to_lowercase().replace('’', "'")
}

/// Returns what a change of a class of words is a sign of.
fn reason(class: Class, old: &[String], new: &[String]) -> Option<Reason> {
    match class {
        Class::Number => Some(Reason::Number),
        Class::Date => Some(Reason::Date),
        Class::Target => Some(Reason::Link),
        Class::Image => Some(Reason::Image),
        Class::Variable => Some(Reason::Variable),
        Class::Clause => Some(Reason::Clause),
        // A space that does not break is typography.
        Class::Hidden => {
            let space = |it: &String| matches!(it.as_str(), "\u{a0}" | "\u{202f}" | "\u{2009}");
            (!old.iter().chain(new).all(space)).then_some(Reason::Hidden)
        }
        Class::Ordinal => {
            let figures = |list: &[String]| -> Vec<String> {
                list.iter().map(|it| it.trim_matches(['.', ')', '(']).to_owned()).collect()
            };
            let sign =
                |list: &[String]| list.iter().all(|it| matches!(it.as_str(), "-" | "*" | "+"));
            let only_signs = old.len() == new.len() && sign(old) && sign(new);
            (figures(old) != figures(new) && !only_signs).then_some(Reason::Structure)
        }
        Class::Word | Class::Mark | Class::Punctuation | Class::Space | Class::Break => None,
    }
}

/// Returns the marks that make structure; those of emphasis and code are typography.
fn marks(words: &[(Class, String)]) -> Vec<&str> {
    let marks = words.iter().filter(|it| it.0 == Class::Mark).map(|it| it.1.as_str());
    let light = |it: &&str| it.bytes().all(|byte| matches!(byte, b'*' | b'_' | b'`'));
    let line = |it: &&str| it.bytes().all(|byte| matches!(byte, b'-' | b'='));
    marks.filter(|it| !light(it) && !line(it)).collect()
}

/// Returns how deep a block stands: the white space before it.
fn depth(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\t']).len()
}

/// Returns whether two words may be one word, spelled in two ways: few letters differ, seen from
/// the length. Case is spelling, and so are the British and the American form.
fn is_respelled(old: &str, new: &str) -> bool {
    if old == new {
        return true;
    }
    let shorter = old.chars().count().min(new.chars().count());
    let letters = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    let most = match shorter {
        // In short words only two letters that changed places are a slip.
        3 if letters(old) == letters(new) => 1,
        0..=3 => return false,
        4..=7 => 1,
        _ => 2,
    };
    let distance = strsim::osa_distance(old, new);
    distance <= most && !turns(old, new)
}

/// Returns whether one word is the other with a part that turns its meaning: `authorised` and
/// `unauthorised`, `encrypted` and `decrypted`, `formal` and `informal`.
fn turns(old: &str, new: &str) -> bool {
    const PARTS: [&str; 12] =
        ["un", "in", "im", "ir", "il", "dis", "non", "de", "re", "a", "en", "ex"];
    let stripped = |word: &str| -> Vec<String> {
        PARTS.iter().filter_map(|part| word.strip_prefix(part)).map(str::to_owned).collect()
    };
    let (was, is) = (stripped(old), stripped(new));
    let ends = |word: &str, end: &str| word.ends_with(end);
    is.iter().any(|it| it == old)
        || was.iter().any(|it| it == new)
        || was.iter().any(|it| is.contains(it))
        || ends(old, "less") != ends(new, "less")
        || ends(old, "er") && ends(new, "ee")
        || ends(old, "ee") && ends(new, "er")
        || ends(old, "or") && ends(new, "ee")
        || ends(old, "ee") && ends(new, "or")
}
