//! Bodies as HTML, words and headings.

use crate::model::body::{Body, Stage};

/// Where a link leads, as seen from one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// The reference.
    pub href: String,
    /// The title of what it points to.
    pub title: String,
    /// Whether it leaves the site.
    pub external: bool,
}

/// Where links lead.
pub trait Pages<S: Stage> {
    /// Returns where a link leads.
    fn link(&self, link: &S::Link) -> Option<Destination>;
    /// Returns where the bytes of an image are.
    fn image(&self, image: &S::Image) -> Option<String>;
}

/// Colours code.
pub type Code<'c> = &'c dyn Fn(Option<&str>, &str) -> String;

/// A heading.
pub struct HeadingEntry {
    /// Level.
    pub level: u8,
    /// Anchor.
    pub anchor: String,
    /// Words.
    pub text: String,
}

/// Writes.
pub fn body<S: Stage>(_body: &Body<S>, _pages: &impl Pages<S>, _code: Code<'_>) -> String {
    String::new()
}

/// Plain.
pub fn plain<S: Stage>(_body: &Body<S>, _title: &dyn Fn(&S::Link) -> Option<String>) -> String {
    String::new()
}

/// Headings.
pub fn headings<S: Stage>(_body: &Body<S>) -> Vec<HeadingEntry> {
    Vec::new()
}

/// Escape.
pub fn escape(text: &str) -> String {
    text.to_owned()
}

/// Escape.
pub fn escape_markdown(text: &str) -> String {
    text.to_owned()
}

/// Open text.
pub fn open_text(_blocks: &[crate::model::body::Block<crate::model::body::Written>]) -> Vec<String> {
    Vec::new()
}
