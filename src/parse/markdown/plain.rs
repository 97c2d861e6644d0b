//! Inlines as plain text.

use crate::model::body::{Inline, Written};

/// Appends the text of inlines without marks; variables as they were typed.
pub(super) fn write(inlines: &[Inline<Written>], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => out.push_str(text),
            Inline::Emphasis(inside)
            | Inline::Strong(inside)
            | Inline::Strikethrough(inside)
            | Inline::Element(_, inside)
            | Inline::Link(_, inside) => write(inside, out),
            Inline::AutoTitle(reference) => out.push_str(&reference.target),
            Inline::Image { alt, .. } => out.push_str(alt),
            Inline::Value(name) => {
                out.push_str("{{ ");
                out.push_str(&name.path);
                out.push_str(" }}");
            }
            Inline::Footnote(_) | Inline::Anchor(_) => {}
            Inline::SoftBreak | Inline::HardBreak => out.push(' '),
        }
    }
}

/// Returns the text of inlines without marks.
pub(super) fn text(inlines: &[Inline<Written>]) -> String {
    let mut out = String::new();
    write(inlines, &mut out);
    out
}
