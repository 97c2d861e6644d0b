//! All atoms, looked for at once: the cost grows with the atoms and with the text, and not with
//! their product.

use std::collections::{BTreeSet, HashMap};

use aho_corasick::AhoCorasick;

use super::atom::Atom;
use super::output::{Output, SHORTEST};

/// What looks for atoms, which are known by their number.
pub(super) struct Finder {
    phrases: Node,
    /// Finds patterns, whatever stands around them.
    patterns: AhoCorasick,
    /// The atom of each pattern.
    owners: Vec<usize>,
    /// The atoms that are not looked for in files that are not text.
    short: BTreeSet<usize>,
}

/// What may follow some words.
#[derive(Default)]
struct Node {
    /// The atoms whose words end here.
    atoms: Vec<usize>,
    next: HashMap<String, Node>,
}

impl Finder {
    pub(super) fn new(atoms: &[Atom]) -> Self {
        let mut phrases = Node::default();
        let (mut patterns, mut owners) = (Vec::new(), Vec::new());
        for (number, atom) in atoms.iter().enumerate() {
            if atom.is_pattern {
                patterns.push(atom.text.to_lowercase());
                owners.push(number);
                continue;
            }
            let mut node = &mut phrases;
            for word in atom.phrase() {
                node = node.next.entry(word).or_default();
            }
            node.atoms.push(number);
        }
        // What has no word is in every text.
        phrases.atoms.clear();
        let patterns = AhoCorasick::new(patterns)
            .unwrap_or_else(|fault| unreachable!("what a few files hold: {fault}"));
        let is_short = |(_, it): &(usize, &Atom)| it.text.chars().count() < SHORTEST;
        let short = atoms.iter().enumerate().filter(is_short).map(|(number, _)| number).collect();
        Self { phrases, patterns, owners, short }
    }

    /// Returns the atoms that stand in an output.
    pub(super) fn find(&self, output: &Output) -> BTreeSet<usize> {
        let patterns = self.patterns.find_overlapping_iter(&output.raw);
        let mut found: BTreeSet<usize> =
            patterns.map(|it| self.owners[it.pattern().as_usize()]).collect();
        for words in output.passages() {
            self.walk(&words, &mut found);
        }
        if !output.is_text {
            found.retain(|atom| !self.short.contains(atom));
        }
        found
    }

    /// Adds the atoms whose words stand in a row.
    fn walk(&self, words: &[&str], found: &mut BTreeSet<usize>) {
        for first in 0..words.len() {
            let mut node = &self.phrases;
            for word in &words[first..] {
                let Some(next) = node.next.get(*word) else { break };
                found.extend(&next.atoms);
                node = next;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Atom, Finder, Output};
    use crate::span::{Place, Span};

    fn atom(text: &str, is_pattern: bool) -> Atom {
        let place = Place::new(&"x.yaml".into(), Span::default());
        Atom { text: text.to_owned(), what: "", is_pattern, place, help: None }
    }

    /// Returns which of some atoms are found in the bytes of an output.
    fn found(address: &str, bytes: &[u8], atoms: &[(&str, bool)]) -> Vec<usize> {
        let atoms: Vec<Atom> =
            atoms.iter().map(|(text, is_pattern)| atom(text, *is_pattern)).collect();
        Finder::new(&atoms).find(&Output::new(address, bytes)).into_iter().collect()
    }

    #[test]
    fn words_are_found_whole_and_patterns_anywhere() {
        let page = b"<p>Ask <b>Mara</b> Ellisons</p><img alt='AC-02'>";
        let atoms = [("ac-02", false), ("Mara Ellison", false), ("ellison", true), ("--", false)];
        assert_eq!(found("a.html", page, &atoms), [0, 2]);
    }

    #[test]
    fn atoms_may_overlap_and_agree() {
        let atoms =
            [("a b", false), ("b c", false), ("A-B", false), ("b", false), ("a b c", false)];
        assert_eq!(found("a.txt", b"a b c", &atoms), [0, 1, 2, 3, 4]);
        let atoms = [("ab", true), ("bc", true), ("AB", true)];
        assert_eq!(found("a.txt", b"abc", &atoms), [0, 1, 2]);
    }

    #[test]
    fn neighbouring_values_are_no_phrase() {
        let page = b"<img alt='Mara' title='Ellison'>";
        assert_eq!(found("a.html", page, &[("Mara Ellison", false)]), [0; 0]);
    }

    #[test]
    fn wide_text_is_text() {
        let wide = "\u{feff}a;Mara Ellison".encode_utf16();
        let little: Vec<u8> = wide.clone().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = wide.flat_map(u16::to_be_bytes).collect();
        for bytes in [little, big] {
            assert_eq!(found("a.csv", &bytes, &[("Mara Ellison", false)]), [0]);
        }
    }

    #[test]
    fn bytes_are_searched_for_what_can_be_read_and_is_no_chance() {
        let bytes = b"%PDF\xff\x00/Author (Mara Ellison)\x00 AC-02 here";
        let atoms = [("Mara Ellison", false), ("llison)", true), ("AC-02", false)];
        assert_eq!(found("a.pdf", bytes, &atoms), [0, 1]);
    }

    #[test]
    fn the_address_is_searched() {
        assert_eq!(found("pages/mara-ellison.html", b"", &[("Mara Ellison", false)]), [0]);
    }

    /// Each of these atoms against each of these words would be more than a test can wait for.
    #[test]
    fn many_atoms_are_looked_for_in_one_pass() {
        let count = 10_000;
        let atoms: Vec<Atom> = (0..count)
            .flat_map(|it| {
                let title = format!("The Hidden Policy {it}");
                [atom(&title, false), atom(&format!("p{it}@tiny.example"), true)]
            })
            .collect();
        let finder = Finder::new(&atoms);
        let text = "the hidden policy of p@tiny.example ".repeat(10_000);
        let nothing = finder.find(&Output::new("a.txt", text.as_bytes()));
        assert!(nothing.is_empty());
        let text = format!("{text} the hidden policy 7 {text} p8@tiny.example {text}");
        let found = finder.find(&Output::new("a.txt", text.as_bytes()));
        assert_eq!(found.into_iter().collect::<Vec<_>>(), [14, 17]);
    }
}
