//! What a redline says beside a block: where it moved, and what cannot be seen.

use super::{Change, Fate, Kind, Redline, Row};

impl Redline {
    /// Returns the note beside a row.
    pub(super) fn note(&self, row: &Row) -> Option<String> {
        if matches!(row.fate, Fate::Left | Fate::Arrived) {
            return self.move_note(row.moved, row.fate == Fate::Left);
        }
        if row.kind == Kind::Blank && row.fate != Fate::Same {
            return Some("blank lines".to_owned());
        }
        let layout = row.runs.iter().filter(|run| run.layout && run.change == Change::Added);
        match layout.count() {
            0 => None,
            1 => Some("line ends or spaces changed in 1 place".to_owned()),
            count => Some(format!("line ends or spaces changed in {count} places")),
        }
    }

    /// Says where a move leads to or comes from.
    pub(super) fn move_note(&self, number: Option<usize>, left: bool) -> Option<String> {
        let number = number?;
        let (from, to) = self.moves.get(number)?;
        let (from, to) = (from.as_deref(), to.as_deref());
        let place = |section: Option<&str>| match section {
            _ if from == to => String::new(),
            Some(section) => {
                format!(" {}", super::visible::shown(section, super::visible::Manner::default()))
            }
            None => " the beginning".to_owned(),
        };
        Some(match (left, from == to) {
            (true, true) => format!("moved, see {number}"),
            (false, true) => format!("moved here, {number}"),
            (true, false) => format!("moved to{}, {number}", place(to)),
            (false, false) => format!("moved from{}, {number}", place(from)),
        })
    }
}
