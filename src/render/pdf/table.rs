//! Tables to typst code.

use std::fmt::Write as _;

use super::columns;
use super::inline::plain;
use super::source::Writer;
use crate::model::body::{Alignment, Inline, Stage, Table};

/// Table rows up to this many characters are kept on one page.
const WHOLE_ROW: usize = 1_200;

/// Tables up to this many rows, of which none is long, are kept on one page.
const WHOLE_TABLE: usize = 4;

impl<'a, S: Stage> Writer<'a, S> {
    pub(super) fn table(&mut self, table: &'a Table<S>) {
        let length = |cell: &Vec<Inline<S>>| plain(cell, self.text.pages).chars().count();
        let lengths: Vec<Vec<usize>> = (0..table.alignments.len())
            .map(|column| {
                std::iter::once(&table.head)
                    .chain(&table.rows)
                    .filter_map(|row| row.get(column))
                    .map(length)
                    .collect()
            })
            .collect();
        let size: usize = lengths.iter().flatten().sum();
        let is_whole = table.rows.len() <= WHOLE_TABLE && size <= WHOLE_ROW;
        self.out.push_str(if is_whole { "#whole(table(" } else { "#table(" });
        let _infallible = write!(self.out, "columns: {}, align: (", columns::widths(&lengths));
        for alignment in &table.alignments {
            self.out.push_str(match alignment {
                Alignment::Natural | Alignment::Left => "left, ",
                Alignment::Center => "center, ",
                Alignment::Right => "right, ",
            });
        }
        self.out.push_str("),\ntable.header(");
        for cell in &table.head {
            self.cell(cell);
        }
        self.out.push(')');
        for (index, row) in table.rows.iter().enumerate() {
            self.out.push_str(",\n");
            let total: usize = lengths.iter().filter_map(|column| column.get(index + 1)).sum();
            if total > WHOLE_ROW {
                self.out.push_str("..long-row(");
            } else {
                self.out.push_str("..(");
            }
            for cell in row {
                self.cell(cell);
            }
            self.out.push(')');
        }
        self.out.push_str(if is_whole { "))" } else { ")" });
    }

    fn cell(&mut self, cell: &'a [Inline<S>]) {
        self.out.push('[');
        self.inlines(cell);
        self.out.push_str("], ");
    }
}
