//! Lists to typst code.
//!
//! The items of numbered clauses carry their numbers in the margin; all other lists keep the
//! markers that their author chose, letters and delimiters included.

use std::fmt::Write as _;

use super::literal;
use super::source::Writer;
use crate::model::body::{Delimiter, Item, List, Marker, Numbering, Stage};

impl<'a, S: Stage> Writer<'a, S> {
    pub(super) fn list(&mut self, list: &'a List<S>) {
        let numbers: Vec<&str> = list
            .items
            .iter()
            .filter_map(|item| item.clause.as_ref())
            .map(|clause| clause.number.as_str())
            .filter(|number| !number.is_empty())
            .collect();
        let is_plain = matches!(
            list.marker,
            Marker::Bullet | Marker::Ordered { numbering: Numbering::Decimal, .. }
        );
        if is_plain && self.list_depth == 0 && numbers.len() == list.items.len() {
            self.out.push_str("#hanging-numbers(");
            self.out.push_str(&literal::array(numbers));
        } else if list.items.iter().any(|item| item.task.is_some()) {
            self.out.push_str("#marked((");
            for item in &list.items {
                self.out.push_str(match item.task {
                    Some(true) => "task-done, ",
                    Some(false) => "task-open, ",
                    None => "bullet, ",
                });
            }
            self.out.push(')');
        } else {
            match list.marker {
                Marker::Bullet => self.out.push_str("#bulleted("),
                Marker::Ordered { start, numbering, delimiter } => {
                    let _infallible = write!(
                        self.out,
                        "#numbered({start}, \"{}\", ",
                        pattern(numbering, delimiter)
                    );
                }
            }
        }
        if !self.out.ends_with(['(', ' ']) {
            self.out.push_str(", ");
        }
        let _infallible = write!(self.out, "{},", list.tight);
        self.list_depth += 1;
        for item in &list.items {
            self.item(item);
        }
        self.list_depth -= 1;
        self.out.push(')');
    }

    fn item(&mut self, item: &'a Item<S>) {
        self.out.push_str("\n[");
        if let Some(clause) = &item.clause {
            self.point(&clause.anchor);
        }
        self.blocks(&item.blocks);
        self.close();
        self.out.push(',');
    }
}

fn pattern(numbering: Numbering, delimiter: Delimiter) -> String {
    let number = match numbering {
        Numbering::Decimal => '1',
        Numbering::LowerLetter => 'a',
        Numbering::UpperLetter => 'A',
        Numbering::LowerRoman => 'i',
        Numbering::UpperRoman => 'I',
    };
    match delimiter {
        Delimiter::Period => format!("{number}."),
        Delimiter::Parenthesis => format!("{number})"),
        Delimiter::Parentheses => format!("({number})"),
    }
}
