//! Why a text is not changed.

use std::fmt;

use crate::parse::yaml::YamlFault;
use crate::span::Span;

/// Why a text is not changed. `Display` says it in one phrase, [`Refusal::help`] says what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It is no YAML, or YAML that reads differently to different readers: anchors, tags, several
    /// documents, a key twice, tabs that indent.
    Unreadable(YamlFault),
    /// A carriage return without a line feed ends lines for YAML and not for most programs.
    LoneReturn(Span),
    /// The whole is a list or a text, and no mapping.
    NotMapping(Span),
    /// Two keys differ in case and separators only.
    KeyTwice {
        /// The first as it is written.
        key: String,
        /// Where the second one stands.
        second: Span,
    },
    /// The value of a key is something else than a list.
    NotList {
        /// The key.
        key: String,
        /// Where the value stands.
        span: Span,
    },
    /// The value of a key is a list or a mapping.
    NotScalar {
        /// The key.
        key: String,
        /// Where the value stands.
        span: Span,
    },
    /// No item of a list has an id.
    NoItem {
        /// The key of the list.
        list: String,
        /// The id.
        id: String,
    },
    /// Two items of a list have one id.
    ItemTwice {
        /// The key of the list.
        list: String,
        /// The id.
        id: String,
        /// Where the second one stands.
        second: Span,
    },
    /// The file has no front matter.
    NoFrontMatter,
    /// Where front matter begins or ends is not clear.
    BrokenFrontMatter(Span),
    /// It is written in a way that cannot be changed without changing something else.
    Unusual(Span),
}

impl Refusal {
    /// Returns where in the text the cause stands, a byte order mark not counted.
    pub fn span(&self) -> Option<Span> {
        match self {
            Self::Unreadable(fault) => Some(fault.span),
            Self::LoneReturn(span)
            | Self::NotMapping(span)
            | Self::NotList { span, .. }
            | Self::NotScalar { span, .. }
            | Self::BrokenFrontMatter(span)
            | Self::Unusual(span)
            | Self::KeyTwice { second: span, .. }
            | Self::ItemTwice { second: span, .. } => Some(*span),
            Self::NoItem { .. } | Self::NoFrontMatter => None,
        }
    }

    /// Returns what to do about it.
    pub fn help(&self) -> String {
        match self {
            Self::Unreadable(fault) => fault.help.clone().unwrap_or_else(|| {
                "mend the line, `avouch check` tells what is wrong with it".to_owned()
            }),
            Self::LoneReturn(_) => "save the file with line ends of one kind".to_owned(),
            Self::NotMapping(_) => "write it as `key: value` lines".to_owned(),
            Self::KeyTwice { .. } => "keep one of the two".to_owned(),
            Self::NotList { key, .. } => {
                format!("write `{key}:` as a list with one `- …` line an item")
            }
            Self::NotScalar { .. } => "change it by hand".to_owned(),
            Self::NoItem { list, id } => format!("add `{id}` to `{list}:` first"),
            Self::ItemTwice { .. } => "give each its own id".to_owned(),
            Self::NoFrontMatter => {
                "begin the file with a line `---`, `key: value` lines and a line `---`".to_owned()
            }
            Self::BrokenFrontMatter(_) => {
                "begin the file with a line `---`, and end the front matter with another".to_owned()
            }
            Self::Unusual(_) => {
                "write it as plain `key: value` lines, or make the change by hand".to_owned()
            }
        }
    }

    /// Moves the place by what stands before the text.
    pub(super) fn shifted(mut self, offset: usize) -> Self {
        let offset = Span::new(offset, offset).start;
        match &mut self {
            Self::Unreadable(fault) => {
                fault.span = fault.span.shifted(offset);
                fault.first = fault.first.map(|span| span.shifted(offset));
            }
            Self::LoneReturn(span)
            | Self::NotMapping(span)
            | Self::NotList { span, .. }
            | Self::NotScalar { span, .. }
            | Self::BrokenFrontMatter(span)
            | Self::Unusual(span)
            | Self::KeyTwice { second: span, .. }
            | Self::ItemTwice { second: span, .. } => *span = span.shifted(offset),
            Self::NoItem { .. } | Self::NoFrontMatter => {}
        }
        self
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(fault) => f.write_str(&fault.message),
            Self::LoneReturn(_) => f.write_str("a carriage return without a line feed stands here"),
            Self::NotMapping(_) => f.write_str("this is no mapping of keys and values"),
            Self::KeyTwice { key, .. } => write!(f, "the key `{key}` stands here twice"),
            Self::NotList { key, .. } => write!(f, "the value of `{key}` is no list"),
            Self::NotScalar { key, .. } => write!(f, "the value of `{key}` is no single value"),
            Self::NoItem { list, id } => write!(f, "there is no `{id}` in `{list}`"),
            Self::ItemTwice { list, id, .. } => write!(f, "`{id}` stands twice in `{list}`"),
            Self::NoFrontMatter => f.write_str("the file has no front matter"),
            Self::BrokenFrontMatter(_) => {
                f.write_str("it is not clear where the front matter begins and ends")
            }
            Self::Unusual(_) => {
                f.write_str("this is written in a way that cannot be changed without touching more")
            }
        }
    }
}

impl std::error::Error for Refusal {}
