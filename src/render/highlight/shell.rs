//! Shell scripts, and terminal sessions that show commands with what they print.

use super::Class;
use super::painter::{Painter, is_word, is_word_start};

/// Reads a script for a POSIX shell or bash.
pub(super) fn script(painter: &mut Painter<'_>) {
    let mut shell = Shell { painter, at_command: true, here: Vec::new() };
    while !shell.painter.is_done() {
        shell.token();
    }
}

/// Reads a session: lines behind a prompt are commands, other lines are output.
pub(super) fn session(painter: &mut Painter<'_>) {
    while !painter.is_done() {
        let start = painter.at;
        painter.skip_blanks();
        if matches!(painter.byte(), b'$' | b'#' | b'%' | b'>') && painter.ahead(1) == b' ' {
            painter.paint_next(1, Class::Punctuation);
            logical_line(painter, true);
        } else {
            painter.at = start;
            painter.skip_line();
        }
        painter.skip(1);
    }
}

/// Reads to the end of a line, and of the following ones while each ends in a backslash.
pub(super) fn logical_line(painter: &mut Painter<'_>, at_command: bool) {
    let mut shell = Shell { painter, at_command, here: Vec::new() };
    while !shell.painter.is_done() && shell.painter.byte() != b'\n' {
        shell.token();
    }
}

struct Shell<'p, 't> {
    painter: &'p mut Painter<'t>,
    /// Whether the next word is a command, not an argument.
    at_command: bool,
    /// The ends of the here-documents that begin after this line.
    here: Vec<&'t str>,
}

impl Shell<'_, '_> {
    fn token(&mut self) {
        let painter = &mut *self.painter;
        match painter.byte() {
            b'\n' => {
                painter.skip(1);
                self.at_command = true;
                for end in std::mem::take(&mut self.here) {
                    here_document(self.painter, end);
                }
            }
            b' ' | b'\t' | b'\r' => painter.skip(1),
            b'#' if !is_word(painter.previous()) && painter.previous() != b'$' => {
                painter.paint_line(Class::Comment);
            }
            b'\'' => {
                let start = painter.at;
                painter.skip(1);
                painter.skip_quoted(b'\'', false);
                painter.paint(start, Class::String);
                self.at_command = false;
            }
            b'"' => {
                double_quoted(painter);
                self.at_command = false;
            }
            b'$' if painter.ahead(1) == b'(' => {
                painter.paint_next(2, Class::Operator);
                self.at_command = true;
            }
            b'$' => {
                variable(painter);
                self.at_command = false;
            }
            b'\\' => painter.skip(2),
            b'<' if painter.sees("<<") && !painter.sees("<<<") => self.here_start(),
            b'|' | b'&' | b';' => {
                let start = painter.skip_while(|byte| matches!(byte, b'|' | b'&' | b';'));
                painter.paint(start, Class::Operator);
                self.at_command = true;
            }
            b'<' | b'>' => {
                let start = painter.skip_while(|byte| matches!(byte, b'<' | b'>' | b'&'));
                painter.paint(start, Class::Operator);
            }
            b'[' => {
                painter.skip(1);
                self.at_command = false;
            }
            b'(' | b'{' | b'`' | b'!' => {
                painter.skip(1);
                self.at_command = true;
            }
            b'-' if matches!(painter.previous(), b' ' | b'\t') => {
                let start = painter.skip_while(|byte| is_word(byte) || byte == b'-');
                if painter.at - start > 1 {
                    painter.paint(start, Class::Attribute);
                }
            }
            byte if is_word(byte) || matches!(byte, b'.' | b'/' | b'~' | b'-') => self.word(),
            _ => painter.skip(1),
        }
    }

    fn word(&mut self) {
        let painter = &mut *self.painter;
        let start = painter.skip_while(|byte| {
            is_word(byte) || matches!(byte, b'-' | b'.' | b'/' | b'~' | b':' | b'@' | b'%' | b'+')
        });
        let word = painter.since(start);
        if painter.byte() == b'=' && self.at_command && word.bytes().all(is_word) {
            painter.paint(start, Class::Variable);
            painter.skip(1);
            // The value is no command; what follows it may be one, but colour is not worth a parser.
            self.at_command = false;
            return;
        }
        match keyword(word) {
            Some(opens_command) if self.at_command || word == "in" => {
                painter.paint(start, Class::Keyword);
                self.at_command = opens_command;
            }
            _ if self.at_command => {
                painter.paint(start, Class::Function);
                self.at_command =
                    matches!(word, "sudo" | "exec" | "time" | "xargs" | "env" | "nohup");
            }
            _ => {
                if !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit()) {
                    painter.paint(start, Class::Number);
                }
            }
        }
    }

    /// Reads `<<` and the word that will end the here-document.
    fn here_start(&mut self) {
        let painter = &mut *self.painter;
        let start = painter.skip_while(|byte| byte == b'<');
        painter.skip(usize::from(painter.byte() == b'-'));
        painter.paint(start, Class::Operator);
        painter.skip_while(|byte| matches!(byte, b' ' | b'"' | b'\'' | b'\\'));
        let start = painter.skip_while(is_word);
        let end = painter.since(start);
        // `1 << 2` shifts; the delimiter of a document begins with a letter.
        if end.bytes().next().is_some_and(is_word_start) {
            painter.paint(start, Class::Operator);
            // More than a few on one line are not a script.
            if self.here.len() < 4 {
                self.here.push(end);
            }
        }
        painter.skip_while(|byte| matches!(byte, b'"' | b'\''));
    }
}

/// Reads the lines of a here-document and the one that ends it.
fn here_document(painter: &mut Painter<'_>, end: &str) {
    let from = painter.at;
    while !painter.is_done() {
        let line = painter.skip_line();
        if painter.since(line).trim() == end {
            painter.paint_range(from..line.saturating_sub(1), Class::String);
            painter.paint_range(line..painter.at, Class::Operator);
            return;
        }
        painter.skip(1);
    }
    painter.paint(from, Class::String);
}

/// Reads a string with variables in it.
fn double_quoted(painter: &mut Painter<'_>) {
    let mut start = painter.at;
    painter.skip(1);
    while !painter.is_done() {
        painter.skip_while(|byte| !matches!(byte, b'"' | b'\\' | b'$'));
        match painter.byte() {
            b'"' => {
                painter.skip(1);
                break;
            }
            b'\\' => painter.skip(2),
            _ if is_word_start(painter.ahead(1)) || painter.ahead(1) == b'{' => {
                painter.paint(start, Class::String);
                variable(painter);
                start = painter.at;
            }
            _ => painter.skip(1),
        }
    }
    painter.paint(start, Class::String);
}

/// Reads `$name`, `${name…}` or `$1`.
pub(super) fn variable(painter: &mut Painter<'_>) {
    let start = painter.at;
    painter.skip(1);
    match painter.byte() {
        b'{' => {
            painter.skip_while(|byte| byte != b'}' && byte != b'\n');
            painter.skip(usize::from(painter.byte() == b'}'));
        }
        b'@' | b'*' | b'#' | b'?' | b'$' | b'!' | b'-' => painter.skip(1),
        byte if byte.is_ascii_digit() => painter.skip(1),
        _ => {
            painter.skip_while(is_word);
        }
    }
    if painter.at - start > 1 {
        painter.paint(start, Class::Variable);
    }
}

/// Returns whether a command follows the word, where it is one of the shell's own.
fn keyword(word: &str) -> Option<bool> {
    match word {
        "if" | "then" | "else" | "elif" | "do" | "while" | "until" | "time" => Some(true),
        "fi" | "done" | "esac" | "for" | "in" | "case" | "select" | "function" | "return"
        | "exit" | "break" | "continue" | "local" | "export" | "readonly" | "declare" | "set"
        | "unset" | "shift" | "trap" | "source" | "alias" | "eval" => Some(false),
        _ => None,
    }
}
