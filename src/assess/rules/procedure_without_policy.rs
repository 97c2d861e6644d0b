//! `procedure-without-policy`: a procedure that carries out no policy.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::corpus::Corpus;
use crate::model::document::{Document, Kind};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "procedure-without-policy",
    level: Level::Warning,
    fixed: false,
    is_secret: false,
    summary: "a procedure that carries out no policy",
    explanation: "A procedure says how a policy is carried out. Name the policies in `carries:`, so that \
        readers of either find the other.",
};

/// Reports procedures that carry out no policy.
pub(super) fn check(corpus: &Corpus, diagnostics: &mut Vec<Diagnostic>) {
    let procedures = corpus.documents.iter().filter(|document| document.kind == Kind::Procedure);
    let is_read = |document: &&Arc<Document>| !corpus.unread.documents.contains(&document.path);
    for procedure in procedures.filter(is_read).filter(|it| it.carries.is_empty()) {
        let message = format!("`{}` carries out no policy", procedure.id.value);
        let help = "name the policies: `carries: [POL-…]`";
        let place = procedure.head_place(procedure.id.span);
        diagnostics.push(Diagnostic::new(&RULE, place, message).help(help));
    }
}
