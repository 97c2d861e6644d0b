//! Keys and signatures beside those of OpenSSH: what one side makes, the other one accepts.
//!
//! Keys are made by `ssh-keygen` in a folder of their own for each test.

#![expect(
    clippy::disallowed_methods,
    clippy::panic,
    reason = "keys of tests are no files of a workspace, and tests may fail"
)]

mod agent;
mod allowed_signers;
mod files;
mod opened;
mod refusals;
mod security_key;
mod stock;

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

use avouch::sign::{Passphrase, SignFailure, Signer};
use avouch::signature::{Namespace, PublicKey};
use tempfile::TempDir;

/// What all of them sign.
const MESSAGE: &[u8] = b"avouch statement v1\nact: approval\n";
/// Who signs.
const MARA: &str = "mara";

/// A folder with keys, and `ssh-keygen` to work with them.
struct Bench {
    folder: TempDir,
}

impl Bench {
    fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        fs::write(self.path(name), text).unwrap();
        self.path(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Makes a key with arguments such as `-t ecdsa -b 384` and returns its public half.
    fn key(&self, name: &str, arguments: &str, passphrase: &str) -> PublicKey {
        let path = self.path(name);
        let mut command = Command::new("ssh-keygen");
        command.args(["-q", "-C", name, "-N", passphrase, "-f"]).arg(&path);
        match arguments.strip_prefix(RSA) {
            None => succeed(command.args(arguments.split_whitespace())),
            // Long primes take long to find: all tests have the same ones.
            Some(arguments) => {
                fs::write(&path, rsa_key()).unwrap();
                fs::set_permissions(&path, PermissionsExt::from_mode(0o600)).unwrap();
                let mut name_it = Command::new("ssh-keygen");
                name_it.args(["-q", "-c", "-P", "", "-C", name, "-f"]).arg(&path);
                succeed(&mut name_it);
                succeed(command.args(["-p", "-P", ""]).args(arguments.split_whitespace()));
            }
        }
        self.public(name)
    }

    /// Makes a key that is too short for us.
    fn short_key(&self, name: &str) {
        let mut command = Command::new("ssh-keygen");
        let path = self.path(name);
        succeed(command.args(["-q", "-N", "", "-t", "rsa", "-b", "2048", "-f"]).arg(path));
    }

    /// Makes a certificate for a key, beside it.
    fn certify(&self, name: &str, authority: &str) {
        let mut command = Command::new("ssh-keygen");
        command.args(["-q", "-I", name, "-n", name, "-s"]).arg(self.path(authority));
        succeed(command.arg(self.path(&format!("{name}.pub"))));
    }

    fn public(&self, name: &str) -> PublicKey {
        PublicKey::parse(&self.read(&format!("{name}.pub"))).unwrap()
    }

    /// Lets `ssh-keygen` sign.
    fn stock_sign(&self, name: &str, namespace: &str, message: &[u8], more: &[&str]) -> String {
        let mut command = Command::new("ssh-keygen");
        command.args(["-Y", "sign", "-n", namespace, "-f"]).arg(self.path(name)).args(more);
        let output = fed(&mut command, message);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Asks `ssh-keygen` whether a signature stands.
    fn stock_verify(&self, asked: &Asked<'_>) -> bool {
        let unique = format!("{:?}", std::thread::current().id());
        let allowed = self.write(&format!("allowed-{unique}"), asked.allowed_signers);
        let signature = self.write(&format!("signature-{unique}"), asked.armour);
        let mut command = Command::new("ssh-keygen");
        command.args(["-Y", "verify", "-I", asked.principal, "-n", asked.namespace, "-f"]);
        command.arg(allowed).arg("-s").arg(signature);
        if let Some(time) = asked.time {
            command.arg(format!("-Overify-time={time}"));
        }
        // A time without a zone is the same on every machine that runs this.
        fed(command.env("TZ", "UTC"), asked.message).status.success()
    }
}

/// The arguments that make an RSA key of the length that we ask for.
const RSA: &str = "-t rsa -b 3072";

/// Returns a private RSA key that is made once.
fn rsa_key() -> &'static str {
    static KEY: LazyLock<String> = LazyLock::new(|| {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("rsa");
        let mut command = Command::new("ssh-keygen");
        command.args(["-q", "-N", "", "-C", "", "-f"]).arg(&path);
        succeed(command.args(RSA.split_whitespace()));
        fs::read_to_string(path).unwrap()
    });
    &KEY
}

/// A question to `ssh-keygen -Y verify`.
struct Asked<'a> {
    allowed_signers: &'a [u8],
    principal: &'a str,
    namespace: &'a str,
    time: Option<&'a str>,
    message: &'a [u8],
    armour: &'a str,
}

impl<'a> Asked<'a> {
    /// Asks about an approval of the message by the one who is allowed to.
    fn about(allowed_signers: &'a [u8], armour: &'a str) -> Self {
        Self {
            allowed_signers,
            principal: MARA,
            namespace: Namespace::Approval.as_str(),
            time: None,
            message: MESSAGE,
            armour,
        }
    }
}

/// The line that allows a key everything.
fn allowing(key: &PublicKey) -> String {
    format!("{MARA} {}\n", key.line())
}

fn succeed(command: &mut Command) {
    let output = command.stdin(Stdio::null()).output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Runs a program that reads a text.
fn fed(command: &mut Command, text: &[u8]) -> Output {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that refuses earlier does not read to the end.
    let _ = child.stdin.take().unwrap().write_all(text);
    child.wait_with_output().unwrap()
}

/// Opens a file that nothing has to be typed for.
fn open(bench: &Bench, name: &str) -> Result<Signer, SignFailure> {
    Signer::of_file(&bench.path(name), None, &mut |key| panic!("asked for {key:?}"))
}

/// Opens a file with a passphrase.
fn open_with(bench: &Bench, name: &str, passphrase: &str) -> Result<Signer, SignFailure> {
    let mut ask = |_: &PublicKey| Some(Passphrase::new(passphrase.as_bytes().to_vec()));
    Signer::of_file(&bench.path(name), None, &mut ask)
}

/// Returns what a failure says, and what to do about it.
fn words(failure: &SignFailure) -> (String, &'static str) {
    (failure.to_string(), failure.help())
}
