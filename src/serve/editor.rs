//! Opening a file at a line, in an editor that the user chose.

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Stdio};

/// A command with places for file, line and column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editor {
    words: Vec<String>,
}

impl Editor {
    /// Reads a command such as `code --goto {file}:{line}:{column}`. Words are parted by white
    /// space and no shell ever sees them. Without `{file}` the file is added at the end.
    #[must_use]
    pub fn parse(command: &str) -> Option<Self> {
        let mut words: Vec<String> = command.split_whitespace().map(str::to_owned).collect();
        words.first()?;
        if !words.iter().any(|word| word.contains("{file}")) {
            words.push("{file}".to_owned());
        }
        Some(Self { words })
    }

    /// Opens a file. Does not wait for the editor.
    ///
    /// # Errors
    ///
    /// Fails where the program cannot be started.
    pub(super) fn open(&self, file: &Path, line: usize, column: usize) -> std::io::Result<()> {
        let mut words = self.words.iter().map(|word| given(word, file, line, column));
        let Some(program) = words.next() else { return Ok(()) };
        let mut child = Command::new(program)
            .args(words)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        // Somebody has to wait, or the process stays in the list of the system.
        std::thread::spawn(move || child.wait());
        Ok(())
    }
}

fn given(word: &str, file: &Path, line: usize, column: usize) -> OsString {
    let word = word.replace("{line}", &line.to_string()).replace("{column}", &column.to_string());
    let mut given = OsString::new();
    for (index, part) in word.split("{file}").enumerate() {
        if index > 0 {
            given.push(file);
        }
        given.push(part);
    }
    given
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Editor, given};

    #[test]
    fn places_are_filled_word_by_word() {
        let words = |command: &str| -> Vec<String> {
            let editor = Editor::parse(command).unwrap();
            let file = Path::new("/a b/$(x).md");
            let given = editor.words.iter().map(|word| given(word, file, 3, 7));
            given.map(|word| word.into_string().unwrap()).collect()
        };
        assert_eq!(
            words("code --goto {file}:{line}:{column}"),
            ["code", "--goto", "/a b/$(x).md:3:7"]
        );
        assert_eq!(words("vi +{line}"), ["vi", "+3", "/a b/$(x).md"]);
        assert_eq!(Editor::parse("  "), None);
    }
}
