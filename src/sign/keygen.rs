//! Signing by `ssh-keygen -Y sign`, for keys that only OpenSSH can use.

#![expect(clippy::disallowed_methods, reason = "the text to sign goes through a folder of its own")]

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::failure::SignFailure;
use crate::signature::Namespace;

/// The program, found as the system finds programs.
const PROGRAM: &str = "ssh-keygen";
/// How much of what the program says is repeated, in characters.
const LONGEST_SAYING: usize = 300;

/// A key that `ssh-keygen` signs with.
pub(super) struct Keygen {
    /// The file of the private key.
    pub(super) file: PathBuf,
    /// Whether it asks for a passphrase or a touch, so that it needs the terminal.
    pub(super) asks: bool,
}

impl Keygen {
    /// Signs a text. It goes by way of a file, so that the terminal is free for questions.
    pub(super) fn sign(&self, namespace: Namespace, message: &[u8]) -> Result<String, SignFailure> {
        let folder = PrivateFolder::new()?;
        let text = folder.path.join("text");
        folder.write("text", message)?;
        let mut command = Command::new(PROGRAM);
        command.args(["-q", "-Y", "sign", "-n", namespace.as_str(), "-f"]);
        command.arg(&self.file).arg(&text).stdout(Stdio::null());
        if self.asks {
            command.stdin(Stdio::inherit()).stderr(Stdio::inherit());
        } else {
            command.stdin(Stdio::null()).stderr(Stdio::piped());
        }
        let output = command.spawn().and_then(std::process::Child::wait_with_output);
        let output = output.map_err(|cause| match cause.kind() {
            io::ErrorKind::NotFound => SignFailure::NoKeygen,
            _ => SignFailure::system("start", Path::new(PROGRAM))(cause),
        })?;
        if !output.status.success() {
            return Err(SignFailure::Keygen { said: saying(&output.stderr) });
        }
        let signature = folder.path.join("text.sig");
        fs::read_to_string(&signature).map_err(SignFailure::system("read", &signature))
    }
}

/// Returns what a program said in one line of characters that can be shown.
fn saying(stderr: &[u8]) -> String {
    let text = String::from_utf8_lossy(stderr);
    let words: Vec<&str> = text.split(|it: char| it.is_whitespace() || it.is_control()).collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    words.join(" ").chars().take(LONGEST_SAYING).collect()
}

/// A folder that nobody else can look into. It is removed when it is dropped.
struct PrivateFolder {
    path: PathBuf,
}

impl PrivateFolder {
    fn new() -> Result<Self, SignFailure> {
        let temporary = std::env::temp_dir();
        let mut random = [0; 16];
        getrandom::fill(&mut random).map_err(|cause| {
            SignFailure::system("create", &temporary)(io::Error::other(cause.to_string()))
        })?;
        let path = temporary.join(format!("avouch-{:032x}", u128::from_be_bytes(random)));
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        // Fails where something of this name stands already, be it a link.
        builder.create(&path).map_err(SignFailure::system("create", &path))?;
        Ok(Self { path })
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Result<(), SignFailure> {
        let path = self.path.join(name);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let written = options.open(&path).and_then(|mut file| file.write_all(bytes));
        written.map_err(SignFailure::system("write", &path))
    }
}

impl Drop for PrivateFolder {
    fn drop(&mut self) {
        // What cannot be removed is a text that is published anyway, and its signature.
        let _ = fs::remove_dir_all(&self.path);
    }
}
