//! Characters that need no glyph.

/// Tells whether a character never reaches the page.
pub(super) fn is_dropped(character: char) -> bool {
    character.is_control() || matches!(character, '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Tells whether a character has no glyph and needs none.
pub(super) fn is_ignorable(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
    )
}
