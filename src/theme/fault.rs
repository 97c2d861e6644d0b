//! What is wrong with a theme, and where.

use std::fmt;

use tera::{Error, ErrorKind};

/// A fault in a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeFault {
    /// The template, by its path in the folder of the theme; empty where the engine does not say.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The column, counted from 1.
    pub column: usize,
    /// What is wrong, in one phrase.
    pub message: String,
}

impl ThemeFault {
    /// Reads the place and the phrase from an error of the template engine.
    pub(super) fn new(error: &Error) -> Self {
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => Self {
                file: report.filename().to_owned(),
                line: report.span().start_line,
                column: report.span().start_col + 1,
                message: report.message().to_owned(),
            },
            ErrorKind::MissingParent { current, parent } => {
                Self::about(current, &format!("the template `{parent}` does not exist"))
            }
            ErrorKind::CircularExtend { tpl, .. } => {
                Self::about(tpl, "the template extends itself")
            }
            ErrorKind::CircularInclude { tpl, .. } => {
                Self::about(tpl, "the template includes itself")
            }
            ErrorKind::TemplateNotFound(name) => Self::about(name, "the template does not exist"),
            _ => Self::read_report(&error.to_string()),
        }
    }

    /// Reads the first of the reports that the engine makes when it checks a set of templates:
    /// `error: phrase`, then `--> file:line:column`.
    fn read_report(report: &str) -> Self {
        let mut lines = report.lines();
        let first = lines.next().unwrap_or_default();
        let message = first.strip_prefix("error: ").unwrap_or(first);
        let place = lines.next().and_then(|line| {
            let mut parts = line.trim_start().strip_prefix("--> ")?.rsplitn(3, ':');
            let column = parts.next()?.parse().ok()?;
            let line = parts.next()?.parse().ok()?;
            Some((parts.next()?, line, column))
        });
        let (file, line, column) = place.unwrap_or(("", 1, 1));
        Self { file: file.to_owned(), line, column, message: message.to_owned() }
    }

    /// Says something of a whole template.
    pub(super) fn about(file: &str, message: &str) -> Self {
        Self { file: file.to_owned(), line: 1, column: 1, message: message.to_owned() }
    }

    /// Names the template that was being rendered, where the engine did not.
    pub(super) fn in_template(mut self, template: &str) -> Self {
        if self.file.is_empty() {
            template.clone_into(&mut self.file);
        }
        self
    }
}

impl fmt::Display for ThemeFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.message)
    }
}

impl std::error::Error for ThemeFault {}
