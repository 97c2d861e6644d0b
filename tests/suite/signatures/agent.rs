//! Keys that a real `ssh-agent` holds.

use std::io::{Read as _, Write as _};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::stock::stands_on_both_sides;
use super::{Bench, MESSAGE, open, succeed, words};
use avouch::sign::{SignFailure, Signer, keys_of_agent};
use avouch::signature::{Namespace, PublicKey};

/// An agent of its own; it ends with the test.
struct Agent {
    child: Child,
    socket: PathBuf,
}

impl Agent {
    fn start(bench: &Bench) -> Self {
        let socket = bench.path("socket");
        let mut command = Command::new("ssh-agent");
        // Whoever has to confirm a signature says no.
        command.env("SSH_ASKPASS", "/bin/false").env("SSH_ASKPASS_REQUIRE", "force");
        command.arg("-D").arg("-a").arg(&socket).stdin(Stdio::null()).stdout(Stdio::null());
        let child = command.stderr(Stdio::null()).spawn().unwrap();
        let agent = Self { child, socket };
        for _ in 0..500 {
            if keys_of_agent(&agent.socket).is_ok() {
                return agent;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("the agent does not answer");
    }

    fn add(&self, arguments: &[&str], file: &Path) {
        let mut command = Command::new("ssh-add");
        succeed(command.env("SSH_AUTH_SOCK", &self.socket).arg("-q").args(arguments).arg(file));
    }
}

impl Drop for Agent {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn nobody(key: &PublicKey) -> Option<avouch::sign::Passphrase> {
    panic!("asked for {key:?}")
}

#[test]
fn an_agent_signs_with_whatever_key_it_has() {
    let bench = Bench::new();
    let agent = Agent::start(&bench);
    assert_eq!(keys_of_agent(&agent.socket).unwrap(), []);
    let kinds = [
        ("ed25519", "-t ed25519"),
        ("p256", "-t ecdsa -b 256"),
        ("p384", "-t ecdsa -b 384"),
        ("rsa", "-t rsa -b 3072"),
    ];
    let mut expected = Vec::new();
    for (name, arguments) in kinds {
        expected.push((bench.key(name, arguments, ""), name.to_owned()));
        agent.add(&[], &bench.path(name));
    }
    let listed = keys_of_agent(&agent.socket).unwrap();
    let listed: Vec<_> = listed.into_iter().map(|it| (it.key, it.comment)).collect();
    assert_eq!(listed, expected);
    for (key, name) in expected {
        let signer = Signer::of_agent(&agent.socket, &key).unwrap();
        assert_eq!(signer.public_key(), &key);
        stands_on_both_sides(&bench, &signer);
        // The public half names the key, and the private file is not needed any more.
        std::fs::remove_file(bench.path(&name)).unwrap();
        let public = bench.path(&format!("{name}.pub"));
        let signer = Signer::of_file(&public, Some(&agent.socket), &mut nobody).unwrap();
        signer.sign(Namespace::Approval, MESSAGE).unwrap();
    }
}

#[test]
fn an_agent_saves_typing_a_passphrase() {
    let bench = Bench::new();
    let agent = Agent::start(&bench);
    for (name, arguments) in [("ed25519", "-t ed25519"), ("rsa", "-t rsa -b 3072")] {
        bench.key(name, arguments, "");
        agent.add(&[], &bench.path(name));
        let mut encrypt = Command::new("ssh-keygen");
        encrypt.args(["-q", "-p", "-a", "2", "-N", "secret", "-f"]).arg(bench.path(name));
        succeed(&mut encrypt);
        let socket = Some(agent.socket.as_path());
        let signer = Signer::of_file(&bench.path(name), socket, &mut nobody).unwrap();
        stands_on_both_sides(&bench, &signer);
    }
}

#[test]
fn certificates_and_short_keys_of_an_agent_are_left_out() {
    let bench = Bench::new();
    let agent = Agent::start(&bench);
    bench.key("authority", "-t ed25519", "");
    let key = bench.key("mara", "-t ed25519", "");
    bench.certify("mara", "authority");
    bench.short_key("short");
    agent.add(&[], &bench.path("short"));
    agent.add(&[], &bench.path("mara"));
    let listed: Vec<_> = keys_of_agent(&agent.socket).unwrap();
    assert_eq!(listed.into_iter().map(|it| it.key).collect::<Vec<_>>(), [key]);
}

#[test]
fn failures_of_agents_say_what_to_do() {
    let bench = Bench::new();
    let key = bench.key("mara", "-t ed25519", "");
    let public = bench.path("mara.pub");

    // The private half beside the public one does without an agent.
    stands_on_both_sides(&bench, &open(&bench, "mara.pub").unwrap());
    let private = bench.read("mara");
    std::fs::remove_file(bench.path("mara")).unwrap();
    let failure = open(&bench, "mara.pub").unwrap_err();
    let start = "start an agent with `eval \"$(ssh-agent)\"` and add the key with `ssh-add`, or \
                 name the file of the private key";
    assert_eq!(words(&failure), ("no SSH agent is running".to_owned(), start));

    let nowhere = bench.path("nowhere");
    let failure = Signer::of_file(&public, Some(&nowhere), &mut nobody).unwrap_err();
    assert!(matches!(&failure, SignFailure::AgentSilent { socket, .. } if *socket == nowhere));
    assert_eq!(failure.help(), start);

    let agent = Agent::start(&bench);
    let failure = Signer::of_agent(&agent.socket, &key).unwrap_err();
    let add = "add it with `ssh-add`; `ssh-add -l` shows which keys there are";
    let missing = format!("the SSH agent has no key `{}`", key.fingerprint());
    assert_eq!(words(&failure), (missing.clone(), add));

    // A key that is taken away later.
    let file = bench.write("mara", private);
    succeed(Command::new("chmod").arg("600").arg(&file));
    agent.add(&[], &file);
    let signer = Signer::of_agent(&agent.socket, &key).unwrap();
    agent.add(&["-d"], &file);
    let failure = signer.sign(Namespace::Approval, MESSAGE).unwrap_err();
    assert_eq!(words(&failure), (missing, add));

    // A key for which the person is asked, and says no.
    agent.add(&["-c"], &file);
    let failure = signer.sign(Namespace::Approval, MESSAGE).unwrap_err();
    assert!(matches!(failure, SignFailure::AgentRefused), "{failure:?}");
    assert_eq!(failure.to_string(), "the SSH agent refused to sign");
}

/// What other programs may say, and what an agent with less than it promises.
const ANSWERS: [&[u8]; 6] = [
    b"HTTP/1.1 400 Bad Request\r\n\r\n",
    b"\0\0\0\x01\x06",
    b"\0\0\0\0",
    b"\0\0\0\x01\x0c",
    b"\0\0\0\x05\x0c\xff\xff\xff\xff",
    b"\0\0\0\x09\x0c\0\0\0\x01\0\0\0\xff",
];

#[test]
fn what_is_no_agent_is_told() {
    let bench = Bench::new();
    let key = bench.key("mara", "-t ed25519", "");
    let socket = bench.path("other");
    let listener = UnixListener::bind(&socket).unwrap();
    let answering = std::thread::spawn(move || {
        for answer in ANSWERS {
            let (mut stream, _) = listener.accept().unwrap();
            stream.read_exact(&mut [0; 5]).unwrap();
            stream.write_all(answer).unwrap();
        }
    });
    for answer in ANSWERS {
        let failure = Signer::of_agent(&socket, &key).unwrap_err();
        let expected = format!("what answers at `{}` is no SSH agent", socket.display());
        assert_eq!(failure.to_string(), expected, "{answer:?}");
    }
    answering.join().unwrap();
}
