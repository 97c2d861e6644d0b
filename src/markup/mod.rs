//! Bodies as HTML and as plain words.
//!
//! Used by plans, for short texts of data files, and by `render`, for the texts of documents.

mod body;
mod escape;
mod inline;
mod plain;

#[cfg(test)]
mod tests;

pub use body::{Destination, Mark, Pages, Printable, body};
pub use plain::{SectionHeading, headings, open_text, plain};

/// Colours code: language and text to the inside of `<pre><code>`, escaped.
pub type Code<'c> = &'c dyn Fn(Option<&str>, &str) -> String;

/// Returns text so that it means itself between tags and in quoted attributes.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape::escape(text, &mut out);
    out
}

/// Returns text so that it means itself in Markdown, except that variables stay variables.
#[must_use]
pub fn escape_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_punctuation() && !matches!(c, '{' | '}' | '.' | '-' | '_' | ',' | '\'' | '"')
        {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
