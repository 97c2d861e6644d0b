//! The two streams that a command writes to.

use std::fmt::Write as _;
use std::io::{self, IsTerminal as _};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};

use super::Failure;
use crate::diagnostic::render::visible;

const ERROR: Style = AnsiColor::BrightRed.on_default().bold();
const HELP: Style = Style::new().bold();
/// The columns of a line of talk in a terminal, if it has as many. In files lines are not broken.
const WIDEST: usize = 80;

/// Standard output and standard error, and what is known about them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terminal {
    choice: ColorChoice,
    is_quiet: bool,
}

/// One of the two streams.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stream {
    /// Standard output: what was asked for.
    Data,
    /// Standard error: what is said about it.
    Talk,
}

impl Stream {
    /// Returns the columns, if it is a terminal.
    pub(super) fn width(self) -> Option<usize> {
        let size = match self {
            Self::Data => terminal_size::terminal_size_of(io::stdout()),
            Self::Talk => terminal_size::terminal_size_of(io::stderr()),
        };
        size.map(|(width, _)| usize::from(width.0)).filter(|width| *width > 0)
    }
}

impl Terminal {
    pub(super) fn new(choice: ColorChoice, is_quiet: bool) -> Self {
        Self { choice, is_quiet }
    }

    /// Returns whether a stream takes colours: as the flag says, else as `NO_COLOR`,
    /// `CLICOLOR_FORCE` and the terminal do.
    pub(super) fn has_colour(self, stream: Stream) -> bool {
        let choice = match (self.choice, stream) {
            (ColorChoice::Auto, Stream::Data) => AutoStream::choice(&io::stdout()),
            (ColorChoice::Auto, Stream::Talk) => AutoStream::choice(&io::stderr()),
            (choice, _) => choice,
        };
        choice != ColorChoice::Never
    }

    /// Returns whether a progress bar may be shown.
    pub(super) fn may_animate(self) -> bool {
        !self.is_quiet && io::stderr().is_terminal()
    }

    /// Writes what was asked for.
    pub(super) fn data(self, text: &str) -> Result<(), Failure> {
        write_to(AutoStream::new(io::stdout().lock(), self.plain_unless(Stream::Data)), text)
    }

    /// Writes what is said although it was asked to be quiet: faults.
    pub(super) fn talk(self, text: &str) -> Result<(), Failure> {
        write_to(AutoStream::new(io::stderr().lock(), self.plain_unless(Stream::Talk)), text)
    }

    /// Writes lines about what is going on, broken at words where they are long. Lines that begin
    /// with a space stay as they are.
    pub(super) fn say(self, text: &str) -> Result<(), Failure> {
        if self.is_quiet {
            return Ok(());
        }
        let width = Stream::Talk.width().map_or(usize::MAX, |width| width.min(WIDEST));
        let lines = text.lines().map(|line| {
            if line.starts_with(' ') { format!("{line}\n") } else { filled(line, width) }
        });
        self.talk(&lines.collect::<String>())
    }

    /// Tells why a command could not run.
    pub(super) fn failure(self, failure: &Failure) {
        let message = visible(&failure.message);
        let mut text = format!("{ERROR}error{ERROR:#}: {message}\n");
        if let Some(help) = &failure.help {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "  {HELP}help{HELP:#}: {}", visible(help));
        }
        // If standard error is gone, nobody is left to tell; the exit code says it.
        let _ = self.talk(&text);
    }

    fn plain_unless(self, stream: Stream) -> ColorChoice {
        if self.has_colour(stream) { ColorChoice::AlwaysAnsi } else { ColorChoice::Never }
    }
}

/// Writes a text. That the reader went away, as `head` does, is no failure.
fn write_to(mut stream: impl io::Write, text: &str) -> Result<(), Failure> {
    match stream.write_all(text.as_bytes()).and_then(|()| stream.flush()) {
        Err(cause) if cause.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::new(format!("could not write the output: {cause}")))
        }
        _ => Ok(()),
    }
}

/// Breaks a paragraph into lines of at most `width` characters.
pub(super) fn filled(paragraph: &str, width: usize) -> String {
    let mut text = String::with_capacity(paragraph.len() + 8);
    let mut column = 0;
    for word in paragraph.split_whitespace() {
        let length = word.chars().count();
        if column > 0 {
            let breaks = column + 1 + length > width;
            text.push(if breaks { '\n' } else { ' ' });
            column = if breaks { 0 } else { column + 1 };
        }
        text.push_str(word);
        column += length;
    }
    text.push('\n');
    text
}
