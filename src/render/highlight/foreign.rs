//! The languages without a lexer of our own, through syntect and the syntaxes of two-face.

use std::sync::OnceLock;

use syntect::parsing::{
    BasicScopeStackOp, ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet,
};

use super::Class;
use super::painter::Painter;

/// About two hundred syntaxes and what their scopes mean to us. Loading takes some milliseconds,
/// so it waits for the first block that needs it.
#[derive(Default)]
pub(super) struct Foreign(OnceLock<Loaded>);

struct Loaded {
    syntaxes: SyntaxSet,
    meanings: Vec<(Scope, Meaning)>,
}

/// What a scope says about the text in it.
#[derive(Debug, Clone, Copy)]
enum Meaning {
    /// It has a class.
    Is(Class),
    /// It is ordinary code again, as in `"${…}"`.
    Plain,
}

impl Foreign {
    /// Paints a text in a language that syntect knows; leaves others plain.
    pub(super) fn lex(&self, language: &str, painter: &mut Painter<'_>, text: &str) {
        let loaded = self.0.get_or_init(Loaded::new);
        if let Some(syntax) = loaded.syntaxes.find_syntax_by_token(language) {
            loaded.lex(syntax, painter, text);
        }
    }
}

impl Loaded {
    fn new() -> Self {
        let meanings = MEANINGS
            .iter()
            .filter_map(|&(scope, meaning)| Some((Scope::new(scope).ok()?, meaning)))
            .collect();
        Self { syntaxes: two_face::syntax::extra_newlines(), meanings }
    }

    fn lex(&self, syntax: &SyntaxReference, painter: &mut Painter<'_>, text: &str) {
        let mut state = ParseState::new(syntax);
        let mut scopes = ScopeStack::new();
        // The meanings of the open scopes, innermost last.
        let mut open: Vec<Option<Meaning>> = Vec::new();
        let mut offset = 0;
        for line in text.split_inclusive('\n') {
            // The grammar of a syntax can fail on odd text; what follows stays plain.
            let Ok(operations) = state.parse_line(line, &self.syntaxes) else { return };
            let end = offset + line.trim_end_matches(['\r', '\n']).len();
            let mut start = offset;
            for (column, operation) in operations {
                start = paint(painter, start, (offset + column).min(end), &open);
                let followed = scopes.apply_with_hook(&operation, |basic, _| match basic {
                    BasicScopeStackOp::Push(scope) => open.push(self.meaning(scope)),
                    BasicScopeStackOp::Pop => {
                        open.pop();
                    }
                });
                if followed.is_err() {
                    return;
                }
            }
            paint(painter, start, end, &open);
            offset += line.len();
        }
    }

    fn meaning(&self, scope: Scope) -> Option<Meaning> {
        self.meanings.iter().find(|(prefix, _)| prefix.is_prefix_of(scope)).map(|entry| entry.1)
    }
}

/// Paints a stretch as its innermost scope with a meaning says; returns where it ends.
fn paint(painter: &mut Painter<'_>, start: usize, end: usize, open: &[Option<Meaning>]) -> usize {
    if let Some(Meaning::Is(class)) = open.iter().rev().find_map(|meaning| *meaning) {
        painter.paint_range(start..end, class);
    }
    end.max(start)
}

/// Scopes and their meanings; the first that is a prefix counts. Scopes that are not listed take
/// the meaning of the scope around them.
const MEANINGS: [(&str, Meaning); 32] = [
    ("comment", Meaning::Is(Class::Comment)),
    ("string.unquoted", Meaning::Plain),
    ("string", Meaning::Is(Class::String)),
    ("constant.numeric", Meaning::Is(Class::Number)),
    ("constant.character", Meaning::Is(Class::String)),
    ("constant.other.placeholder", Meaning::Is(Class::Variable)),
    ("constant", Meaning::Is(Class::Constant)),
    ("keyword.operator.word", Meaning::Is(Class::Keyword)),
    ("keyword.operator", Meaning::Is(Class::Operator)),
    ("keyword", Meaning::Is(Class::Keyword)),
    ("storage.type", Meaning::Is(Class::Keyword)),
    ("storage.modifier", Meaning::Is(Class::Keyword)),
    ("entity.name.function", Meaning::Is(Class::Function)),
    ("support.function", Meaning::Is(Class::Function)),
    ("variable.function", Meaning::Is(Class::Function)),
    ("entity.name.tag", Meaning::Is(Class::Tag)),
    ("entity.name.section", Meaning::Is(Class::Heading)),
    ("markup.heading", Meaning::Is(Class::Heading)),
    ("entity.other.attribute-name", Meaning::Is(Class::Attribute)),
    ("variable.annotation", Meaning::Is(Class::Attribute)),
    ("meta.property-name", Meaning::Is(Class::Property)),
    ("support.type.property-name", Meaning::Is(Class::Property)),
    ("variable.other.member", Meaning::Is(Class::Property)),
    ("entity.name", Meaning::Is(Class::Type)),
    ("support", Meaning::Is(Class::Type)),
    ("variable.parameter", Meaning::Plain),
    ("variable.other", Meaning::Is(Class::Variable)),
    ("variable.language", Meaning::Is(Class::Variable)),
    ("markup.inserted", Meaning::Is(Class::Inserted)),
    ("markup.deleted", Meaning::Is(Class::Deleted)),
    ("meta.interpolation", Meaning::Plain),
    ("source", Meaning::Plain),
];
