//! Properties that hold for all texts, and texts that are made to take long.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use super::{body, compare};
use crate::redline::{Redline, html};

/// A small generator of numbers that look random: the same ones in each run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % limit
    }
}

const PARTS: [&str; 40] = [
    "must ",
    "12 days ",
    "not ",
    "the ",
    "\n",
    "\n\n",
    "- ",
    "1. ",
    "2. ",
    "## A\n",
    "| a | b |\n",
    "```\n",
    "    ",
    "  \n",
    "<!-- ",
    " -->",
    "[x](y.md)",
    "![i](p.png)",
    "{{ a.b }}",
    "{#c soc2=\"CC1\"}",
    "\u{202e}",
    "\u{200b}",
    "\u{1b}[31m",
    "\u{a0}",
    "\u{e0041}",
    "> ",
    "é",
    "e\u{301}",
    "密码",
    "All staff must use a password of some length. ",
    "Nobody may share it with anyone else. ",
    "\t",
    "\\",
    "[-",
    "+}",
    "{+x",
    "-]",
    "---\n",
    "\r\n",
    "\r",
];

#[test]
fn every_redline_gives_both_texts_back() {
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    for _ in 0..1_500 {
        let old: Vec<&str> =
            (0..numbers.below(40)).map(|_| PARTS[numbers.below(PARTS.len())]).collect();
        let mut new = old.clone();
        for _ in 0..numbers.below(6) {
            let at = numbers.below(new.len() + 1);
            match numbers.below(3) {
                0 => new.insert(at, PARTS[numbers.below(PARTS.len())]),
                1 if at < new.len() => drop(new.remove(at)),
                _ if at < new.len() => {
                    let part = new.remove(at);
                    new.insert(numbers.below(new.len() + 1), part);
                }
                _ => {}
            }
        }
        let redline = compare(&body(&old.concat()), &body(&new.concat()));
        let page = html::html(&redline, 2);
        assert!(!page.contains('\u{202e}') && !page.contains('\u{1b}'), "{page}");
    }
}

/// A build without optimisation on a busy machine is far slower than what users run; the texts
/// here are a tenth of the largest that are promised, so that a quadratic step still shows.
#[test]
fn texts_that_are_made_to_take_long_do_not() {
    let size = 500_000;
    let mut numbers = Numbers(7);
    let mut random = |words: usize, length: usize, end: &str| {
        let mut text = String::new();
        while text.len() < size {
            for _ in 0..length {
                write!(text, "w{} ", numbers.below(words)).unwrap();
            }
            text += end;
        }
        text
    };
    let mut cases = vec![
        ("paragraphs", random(5_000, 30, "\n\n"), random(5_000, 30, "\n\n")),
        ("few words", random(4, 3, "\n\n"), random(4, 3, "\n\n")),
        ("one paragraph", random(50, 30, ""), random(50, 30, "")),
        ("lines", random(3, 1, "\n- "), random(3, 1, "\n- ")),
    ];
    for (old, new) in [
        ("a\n\n", "b\n\n"),
        ("- a\n", "- b c\n"),
        ("<", "<a"),
        ("](", "[]("),
        (">", "> "),
        ("{{", "{#"),
        ("`a", "```"),
        ("1 1.", "1, "),
        ("![a", "!["),
        ("A. ", "B. "),
        ("   \n", "  \n\n"),
    ] {
        cases.push((old, old.repeat(size / old.len()), new.repeat(size / new.len())));
        // The same in many blocks that are each read closely.
        let many = |part: &str| {
            let block = part.repeat(5_000 / part.len());
            format!("{block}\n\n").repeat(size / block.len())
        };
        cases.push((old, many(old), many(new)));
    }
    for (name, old, new) in cases {
        #[expect(clippy::disallowed_methods, reason = "a test may look at the clock")]
        let started = Instant::now();
        let redline = Redline::new(&body(&old), &body(&new));
        assert!(!redline.is_empty());
        let took = started.elapsed();
        assert!(took < Duration::from_secs(20), "{name:?} took {took:?}");
    }
}
