//! Files with private keys: what opens them, and what is said of those that do not open.

use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use super::stock::stands_on_both_sides;
use super::{Bench, MESSAGE, open, open_with, succeed, words};
use avouch::sign::{Signer, Warning};
use avouch::signature::{Namespace, PublicKey, sshsig};

#[test]
fn a_passphrase_is_asked_for_once_and_for_the_right_key() {
    let bench = Bench::new();
    let key = bench.key("mara", "-t ed25519 -a 2", "Secret");
    let path = bench.path("mara");
    let mut asked = Vec::new();
    let signer = Signer::of_file(&path, None, &mut |key| {
        asked.push(key.clone());
        Some(avouch::sign::Passphrase::new(b"Secret".to_vec()))
    });
    stands_on_both_sides(&bench, &signer.unwrap());
    assert_eq!(asked, [key]);

    let failure = open_with(&bench, "mara", "secret").unwrap_err();
    let said = format!("the passphrase does not open `{}`", path.display());
    assert_eq!(words(&failure), (said, "try again; upper and lower case count"));
    let failure = Signer::of_file(&path, None, &mut |_| None).unwrap_err();
    let said = format!("`{}` is encrypted, and no passphrase was given", path.display());
    let help = "run avouch in a terminal, or add the key to an agent with `ssh-add`";
    assert_eq!(words(&failure), (said, help));
}

#[test]
fn a_file_that_others_can_read_is_warned_about() {
    let bench = Bench::new();
    bench.key("mara", "-t ed25519", "");
    let path = bench.path("mara");
    for (mode, warned) in [(0o600, false), (0o400, false), (0o640, true), (0o604, true)] {
        std::fs::set_permissions(&path, PermissionsExt::from_mode(mode)).unwrap();
        let signer = open(&bench, "mara").unwrap();
        let expected = warned.then(|| Warning::ReadableByOthers { path: path.clone() });
        assert_eq!(signer.warning(), expected.as_ref(), "{mode:o}");
        signer.sign(Namespace::Approval, MESSAGE).unwrap();
    }
}

#[test]
fn what_is_no_key_is_told() {
    let bench = Bench::new();
    let none = "name the file of an SSH key, such as `~/.ssh/id_ed25519`; `ssh-keygen -t ed25519` \
                makes one";
    bench.write("text", "Dear auditor,\n");
    bench.write("bytes", [0xff, 0xfe, 0]);
    bench.write("empty", "");
    bench.write("huge", "x".repeat(70_000));
    std::fs::create_dir(bench.path("folder")).unwrap();
    for name in ["text", "bytes", "empty", "huge", "folder"] {
        let failure = open(&bench, name).unwrap_err();
        let said = format!("`{}` holds no SSH key", bench.path(name).display());
        assert_eq!(words(&failure), (said, none), "{name}");
    }

    let missing = bench.path("missing");
    let failure = open(&bench, "missing").unwrap_err();
    let said =
        format!("could not read `{}`: No such file or directory (os error 2)", missing.display());
    assert_eq!(words(&failure), (said, "check the file and the rights to it"));

    bench.short_key("short");
    let failure = open(&bench, "short").unwrap_err();
    let path = bench.path("short");
    let said = format!("`{}`: the RSA key has 2048 bits; at least 3072 are needed", path.display());
    assert_eq!(words(&failure), (said, "make a new key with `ssh-keygen -t ed25519`"));
}

/// Forms of private keys that the library does not read go to `ssh-keygen`, which does not say
/// before it signs whose key it is.
#[test]
fn a_key_in_another_form_needs_its_public_half() {
    let bench = Bench::new();
    let key = bench.key("mara", "-t rsa -b 3072 -m PKCS8", "");
    assert_eq!(open(&bench, "mara").unwrap().public_key(), &key);
    stands_on_both_sides(&bench, &open(&bench, "mara.pub").unwrap());

    let public = bench.path("mara.pub");
    let path = bench.path("mara");
    std::fs::remove_file(&public).unwrap();
    let failure = open(&bench, "mara").unwrap_err();
    let write = "write the public half beside it with `ssh-keygen -y -f KEY > KEY.pub`";
    let said = format!("the public half of `{}` is not beside it", path.display());
    assert_eq!(words(&failure), (said, write));

    // Another public half beside it.
    bench.key("other", "-t ed25519", "");
    bench.write("other.pub", key.line());
    let failure = open(&bench, "other.pub").unwrap_err();
    let other = bench.path("other");
    let said = format!("`{}` is not the private half of the key beside it", other.display());
    let again = "one of the two was replaced: write the public half again with \
                 `ssh-keygen -y -f KEY > KEY.pub`";
    assert_eq!(words(&failure), (said, again));
}

#[test]
fn what_ssh_keygen_says_is_told_in_one_line() {
    let bench = Bench::new();
    bench.key("rsa", "-t rsa -b 3072", "");
    let signer = open(&bench, "rsa").unwrap();
    bench.write("rsa", "gone\n\u{1b}[31m\n");
    let failure = signer.sign(Namespace::Approval, MESSAGE).unwrap_err();
    let said = failure.to_string();
    assert!(said.starts_with("`ssh-keygen` did not sign: "), "{said}");
    assert!(!said.contains(char::is_control), "{said:?}");
}

/// Signs with the file that a variable names, in a process with an environment of its own.
#[test]
fn another_process_signs() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let path = std::path::Path::new(&folder).join("rsa");
    let signed = Signer::of_file(&path, None, &mut |_| panic!("`ssh-keygen` asks by itself"))
        .unwrap()
        .sign(Namespace::Approval, MESSAGE);
    let told = signed.unwrap_or_else(|failure| format!("{failure}\n{}", failure.help()));
    std::fs::write(std::path::Path::new(&folder).join("told"), told).unwrap();
}

const FOLDER: &str = "AVOUCH_TEST_SIGN_IN";

fn told(bench: &Bench, change: impl Fn(&mut Command)) -> String {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "signatures::files::another_process_signs"]);
    command.env(FOLDER, bench.folder.path());
    change(&mut command);
    succeed(&mut command);
    bench.read("told")
}

#[test]
fn an_rsa_key_with_a_passphrase_is_asked_for_by_ssh_keygen() {
    let bench = Bench::new();
    let key: PublicKey = bench.key("rsa", "-t rsa -b 3072 -a 2", "a pass phrase");
    let ask = bench.write("ask", "#!/bin/sh\necho 'a pass phrase'\n");
    std::fs::set_permissions(&ask, PermissionsExt::from_mode(0o700)).unwrap();
    let armour = told(&bench, |command| {
        command.env("SSH_ASKPASS", &ask).env("SSH_ASKPASS_REQUIRE", "force");
    });
    assert_eq!(sshsig::verify(&key, Namespace::Approval, MESSAGE, &armour), Ok(()));

    // Wrong ones are told to the person by `ssh-keygen` itself.
    let armour = told(&bench, |command| {
        command.env("SSH_ASKPASS", "/bin/false").env("SSH_ASKPASS_REQUIRE", "force");
    });
    assert_eq!(
        armour,
        "`ssh-keygen` did not sign\n\
         try `ssh-keygen -Y sign -n test -f KEY FILE` to see what is wrong"
    );
}

#[test]
fn a_missing_ssh_keygen_is_told() {
    let bench = Bench::new();
    bench.key("rsa", "-t rsa -b 3072", "");
    let told = told(&bench, |command| {
        command.env("PATH", bench.folder.path());
    });
    assert_eq!(
        told,
        "`ssh-keygen` is not installed, and this key needs it\n\
         install OpenSSH, or add the key to an agent, or sign with an Ed25519 key, which needs \
         neither"
    );
}

/// What goes through a file is gone afterwards, and was readable by nobody else.
#[test]
fn nothing_is_left_behind() {
    let bench = Bench::new();
    bench.key("rsa", "-t rsa -b 3072", "");
    let temporary = bench.path("temporary");
    std::fs::create_dir(&temporary).unwrap();
    // In place of `ssh-keygen` stands what looks at the folder and then runs it.
    let programs = bench.path("programs");
    std::fs::create_dir(&programs).unwrap();
    let seen = bench.path("seen");
    let script = format!(
        "#!/bin/sh\nPATH=/usr/bin:/bin\nstat -c '%a %F' {0}/avouch-* {0}/avouch-*/* > {1}\n\
         exec ssh-keygen \"$@\"\n",
        temporary.display(),
        seen.display()
    );
    let program = bench.write("programs/ssh-keygen", script);
    std::fs::set_permissions(&program, PermissionsExt::from_mode(0o700)).unwrap();
    told(&bench, |command| {
        command.env("PATH", &programs).env("TMPDIR", &temporary);
    });
    assert_eq!(bench.read("seen"), "700 directory\n600 regular file\n");
    assert_eq!(std::fs::read_dir(&temporary).unwrap().count(), 0);
}
