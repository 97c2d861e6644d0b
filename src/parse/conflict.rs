//! What git leaves in a file that two people changed, where nobody decided.

use super::rules::conflict_marker;
use crate::diagnostic::Diagnostic;
use crate::model::body::{Block, BlockKind, Body, Written};
use crate::span::{FilePath, Place, Span};

/// How git begins and ends what two people changed.
const MARKS: [&str; 2] = ["<<<<<<< ", ">>>>>>> "];

/// Lines that git left in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Conflict {
    /// The line that begins it, or the only one that is left.
    pub(super) first: Span,
    /// The line that ends it.
    pub(super) last: Option<Span>,
}

/// Returns the conflicts in a text in their order.
pub(super) fn find(text: &str) -> Vec<Conflict> {
    let mut found: Vec<Conflict> = Vec::new();
    if !MARKS.iter().any(|mark| text.contains(mark)) {
        return found;
    }
    let mut at = 0;
    let mut is_open = false;
    for line in text.split_inclusive('\n') {
        let span = Span::new(at, at + line.trim_end().len());
        at += line.len();
        if line.starts_with(MARKS[0]) {
            found.push(Conflict { first: span, last: None });
            is_open = true;
        } else if line.starts_with(MARKS[1]) {
            match found.last_mut().filter(|_| is_open) {
                Some(conflict) => conflict.last = Some(span),
                None => found.push(Conflict { first: span, last: None }),
            }
            is_open = false;
        }
    }
    found
}

/// Returns the conflicts in a body that do not stand in its code.
pub(super) fn in_body(text: &str, body: &Body<Written>) -> Vec<Conflict> {
    let mut found = find(text);
    if !found.is_empty() {
        let mut code = Vec::new();
        code_of(&body.blocks, &mut code);
        body.footnotes.iter().for_each(|footnote| code_of(&footnote.blocks, &mut code));
        found.retain(|conflict| {
            !code
                .iter()
                .any(|code| code.start < conflict.first.start && conflict.first.end < code.end)
        });
    }
    found
}

fn code_of(blocks: &[Block<Written>], code: &mut Vec<Span>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Code { .. } => code.push(block.span),
            BlockKind::List(list) => {
                list.items.iter().for_each(|item| code_of(&item.blocks, code));
            }
            BlockKind::Quote(inside)
            | BlockKind::Alert(_, inside)
            | BlockKind::Restricted(inside) => code_of(inside, code),
            BlockKind::Definitions(definitions) => {
                let meanings = definitions.iter().flat_map(|definition| &definition.meanings);
                meanings.for_each(|meaning| code_of(meaning, code));
            }
            BlockKind::Heading(_)
            | BlockKind::Paragraph(_)
            | BlockKind::Table(_)
            | BlockKind::Html(_)
            | BlockKind::Break => {}
        }
    }
}

/// Says of a conflict in a file whose text begins at `offset` that it is there.
pub(super) fn explain(path: &FilePath, conflict: Conflict, offset: u32) -> Diagnostic {
    let place = |span: Span| Place::new(path, span.shifted(offset));
    let message = match conflict.last {
        Some(_) => "two versions stand here, between which nobody decided",
        None => "git left this line, when nobody decided between two versions",
    };
    let diagnostic = Diagnostic::new(&conflict_marker::RULE, place(conflict.first), message);
    let diagnostic = match conflict.last {
        Some(last) => diagnostic.related(place(last), "they end here"),
        None => diagnostic,
    };
    diagnostic.help("keep what is right, and remove the lines `<<<<<<<`, `=======` and `>>>>>>>`")
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn whole_conflicts_and_single_lines_are_found() {
        let show = |text: &str| {
            let found = find(text).into_iter();
            found
                .map(|it| {
                    (
                        text[it.first.range()].to_owned(),
                        it.last.map(|it| text[it.range()].to_owned()),
                    )
                })
                .collect::<Vec<_>>()
        };
        let own = |first: &str, last: Option<&str>| (first.to_owned(), last.map(str::to_owned));
        assert_eq!(
            show("a\n<<<<<<< HEAD\r\nb\n=======\nc\n>>>>>>> topic\n>>>>>>> left\n"),
            [own("<<<<<<< HEAD", Some(">>>>>>> topic")), own(">>>>>>> left", None)]
        );
        assert_eq!(show("Title\n=======\n > > text\nx <<<<<<< HEAD\n<<<<<<<<<< x\n"), []);
    }
}
