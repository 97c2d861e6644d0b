//! The door: what sets PDFs, and what it can print.

use std::fmt::Write as _;
use std::ops::RangeInclusive;
use std::sync::OnceLock;

#[cfg(not(feature = "pdf"))]
use super::absent::Press;
#[cfg(feature = "pdf")]
use super::world::Press;
use super::{PdfDocument, PdfFault, PdfText, character, source};
use crate::model::asset::Asset;
use crate::model::body::Stage;

/// Characters that the fonts have, so that most texts can be examined without loading any: Latin,
/// dashes, quotes, arrows, the euro, comparisons.
const USUAL: [RangeInclusive<char>; 6] = [
    '\u{a0}'..='\u{ac}',
    '\u{ae}'..='\u{17e}',
    '\u{2010}'..='\u{2022}',
    '\u{2190}'..='\u{2193}',
    '\u{20ac}'..='\u{20ac}',
    '\u{2264}'..='\u{2265}',
];

/// Sets PDFs. Make one and share it: it loads the fonts and the standard library once, when they
/// are first needed.
#[derive(Default)]
pub struct Typesetter {
    press: OnceLock<Press>,
    makes_proofs: bool,
}

impl std::fmt::Debug for Typesetter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Typesetter").finish_non_exhaustive()
    }
}

impl Typesetter {
    /// Whether this build can make PDFs.
    pub const IS_ABLE: bool = Press::IS_ABLE;

    /// Makes a typesetter that has nothing loaded yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes a typesetter that sets nothing: instead of a PDF it makes a text of all that decides
    /// the bytes, in any build and in no time.
    #[must_use]
    pub fn of_proofs() -> Self {
        Self { makes_proofs: true, ..Self::default() }
    }

    fn press(&self) -> &Press {
        self.press.get_or_init(Press::new)
    }

    /// Tells whether a character can stand in a PDF: a font has it, or it needs none.
    #[must_use]
    pub fn prints(&self, character: char) -> bool {
        character.is_ascii()
            || USUAL.iter().any(|range| range.contains(&character))
            || character::is_dropped(character)
            || character::is_ignorable(character)
            || self.press().covers(character)
    }

    /// Tells whether all characters of a text can stand in a PDF.
    #[must_use]
    pub fn prints_all(&self, text: &str) -> bool {
        text.is_ascii() || text.chars().all(|character| self.prints(character))
    }

    /// Makes the PDF of a document. Equal inputs give equal bytes, in any order and on any thread.
    ///
    /// # Errors
    ///
    /// Returns all faults that are found when a tagged, archival file cannot be made.
    pub fn make<S: Stage>(
        &self,
        document: &PdfDocument,
        text: &PdfText<'_, S>,
    ) -> Result<Vec<u8>, Vec<PdfFault>> {
        let source = source::write(document, text, &|character| self.prints(character));
        if !self.makes_proofs {
            return self.press().set(document, text, &source);
        }
        let mut proof = source.text;
        for (path, name) in &source.files {
            let fingerprint = text.files.get(name).map(Asset::fingerprint);
            let _infallible = writeln!(proof, "// {path} {fingerprint:?}");
        }
        Ok(proof.into_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::{Press, Typesetter, USUAL, source};

    #[test]
    fn the_fonts_have_what_is_usual_and_what_stands_for_the_rest() {
        let press = Press::new();
        let wanted = USUAL.into_iter().flatten().chain([source::REPLACEMENT]);
        let missing: String = wanted.filter(|it| !press.covers(*it)).collect();
        assert_eq!(missing, "");
        let typesetter = Typesetter::new();
        for odd in ['\u{65e5}', '\u{e000}'] {
            assert_eq!(typesetter.prints(odd), !Typesetter::IS_ABLE);
        }
    }
}
