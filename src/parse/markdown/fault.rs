//! What can be wrong with a text.

use std::fmt;

use crate::span::Span;

/// Something wrong with a text, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub kind: FaultKind,
    /// Where, relative to the body.
    pub span: Span,
}

/// What can be wrong with a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultKind {
    /// Something that looks as if it should open a restricted block but does not, or a restricted
    /// block without content. A typo must not publish.
    RestrictedMalformed,
    /// A link or image without target.
    EmptyTarget,
    /// A link or image with a scheme that is not allowed: the scheme.
    ForbiddenScheme(String),
    /// The mention of a footnote that does not exist: its label.
    FootnoteUnresolved(String),
    /// A footnote that nothing mentions: its label. It is left out.
    FootnoteUnused(String),
    /// A second footnote with the same label. It is left out.
    FootnoteRepeated(String),
    /// Markup of another tool, which stays in the text as it is.
    Dialect(Dialect),
    /// An anchor that was given before: its name. It gets a number, or is left out.
    DuplicateAnchor(String),
    /// An attribute block that can't be read or stands where it means nothing.
    AttributesMisplaced,
    /// Raw HTML that was removed: elements as `<script>`, attributes as `style`.
    RawHtmlRemoved(String),
    /// Attributes that only say how something looks, which themes decide.
    LooksRemoved(String),
    /// Blocks or text nested so deeply that the rest was left out.
    NestingTooDeep,
    /// A block of code whose last line is missing.
    UnclosedFence,
    /// A character that can't be seen: it changes the direction of text or has no width.
    HiddenCharacter(char),
}

/// Another tool's markup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// `::: note`
    Container,
    /// `!!! note`
    Admonition,
    /// `{% … %}`
    Liquid,
    /// `<% … %>`
    Erb,
    /// `{{% … %}}` and `{{< … >}}`
    HugoShortcode,
    /// `{{ … }}` that is no variable
    Mustache,
    /// `\pagebreak`
    Latex,
    /// `+---+---+`
    GridTable,
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Container => "a `:::` container of Docusaurus or pandoc",
            Self::Admonition => "a `!!!` admonition of MkDocs",
            Self::Liquid => "a `{% %}` tag of Liquid, Jinja or GitBook",
            Self::Erb => "a `<% %>` tag of ERB",
            Self::HugoShortcode => "a Hugo shortcode",
            Self::Mustache => "a template tag that is no variable",
            Self::Latex => "a LaTeX command",
            Self::GridTable => "a grid table of pandoc",
        })
    }
}

/// Faults as they are found, with the text that they are about.
pub(super) struct Faults<'s> {
    pub(super) source: &'s str,
    found: Vec<Fault>,
}

impl<'s> Faults<'s> {
    pub(super) fn new(source: &'s str) -> Self {
        Self { source, found: Vec::new() }
    }

    pub(super) fn add(&mut self, kind: FaultKind, span: impl Into<Span>) {
        self.found.push(Fault { kind, span: span.into() });
    }

    /// Adds a malformed restricted mark, once a place.
    pub(super) fn restricted(&mut self, span: impl Into<Span>) {
        self.add(FaultKind::RestrictedMalformed, span);
    }

    /// Tells whether the last fault is of that kind and inside `span`.
    pub(super) fn has(&self, kind: &FaultKind, span: Span) -> bool {
        self.found.last().is_some_and(|fault| {
            fault.kind == *kind && span.start <= fault.span.start && fault.span.end <= span.end
        })
    }

    /// Returns the faults in the order of the text, malformed marks of one place only once.
    pub(super) fn sorted(mut self) -> Vec<Fault> {
        self.found.sort_by_key(|fault| (fault.span.start, fault.span.end));
        self.found.dedup_by(|b, a| {
            a == b
                || (a.kind == FaultKind::RestrictedMalformed
                    && b.kind == FaultKind::RestrictedMalformed
                    && a.span.end >= b.span.start)
        });
        self.found
    }
}
