//! What we sign is what `ssh-keygen` verifies, and the other way round, whatever the key.

use std::process::Command;

use super::{Asked, Bench, MESSAGE, allowing, open, open_with};
use avouch::sign::Signer;
use avouch::signature::{Namespace, PublicKey, Refusal, sshsig};

/// Keys of all kinds that a file can hold: name, arguments, what they are called.
const KINDS: [(&str, &str, &str); 6] = [
    ("ed25519", "-t ed25519", "Ed25519"),
    ("p256", "-t ecdsa -b 256", "ECDSA P-256"),
    ("p384", "-t ecdsa -b 384", "ECDSA P-384"),
    ("p521", "-t ecdsa -b 521", "ECDSA P-521"),
    ("rsa", "-t rsa -b 3072", "RSA 3072"),
    ("pem", "-t ecdsa -b 256 -m PEM", "ECDSA P-256"),
];

#[test]
fn a_signature_of_ours_stands_with_ssh_keygen() {
    let bench = Bench::new();
    for (name, arguments, called) in KINDS {
        let key = bench.key(name, arguments, "");
        let signer = open(&bench, name).unwrap();
        assert_eq!(signer.public_key(), &key, "{name}");
        assert_eq!(signer.public_key().algorithm().to_string(), called);
        assert_eq!(signer.warning(), None, "{name}");
        stands_on_both_sides(&bench, &signer);
    }
}

#[test]
fn a_signature_of_an_encrypted_key_stands_with_ssh_keygen() {
    let bench = Bench::new();
    for (name, arguments) in [("ed25519", "-t ed25519 -a 2"), ("p384", "-t ecdsa -b 384 -a 2")] {
        bench.key(name, arguments, "a pass phrase");
        stands_on_both_sides(&bench, &open_with(&bench, name, "a pass phrase").unwrap());
    }
}

/// Signs for all kinds of acts, and asks both sides about each signature.
pub(super) fn stands_on_both_sides(bench: &Bench, signer: &Signer) {
    let key = signer.public_key();
    for namespace in Namespace::ALL {
        let armour = signer.sign(namespace, MESSAGE).unwrap();
        let allowed = allowing(key);
        let asked =
            Asked { namespace: namespace.as_str(), ..Asked::about(allowed.as_bytes(), &armour) };
        assert!(bench.stock_verify(&asked), "{signer:?} {namespace}\n{armour}");
        assert!(!bench.stock_verify(&Asked { message: b"other", ..asked }));
        assert_eq!(sshsig::verify(key, namespace, MESSAGE, &armour), Ok(()));
        assert_eq!(sshsig::verify(key, namespace, b"other", &armour), Err(Refusal::Wrong));
        assert_eq!(sshsig::key_of(&armour).as_ref(), Ok(key));
    }
}

#[test]
fn a_signature_of_ssh_keygen_stands_with_us() {
    let bench = Bench::new();
    for (name, arguments, _) in KINDS {
        let key = bench.key(name, arguments, "");
        for hash in ["-Ohashalg=sha256", "-Ohashalg=sha512"] {
            let armour = bench.stock_sign(name, "approval@avouch", MESSAGE, &[hash]);
            let verify = |namespace, message| sshsig::verify(&key, namespace, message, &armour);
            assert_eq!(verify(Namespace::Approval, MESSAGE), Ok(()), "{name} {hash}");
            assert_eq!(verify(Namespace::Approval, b""), Err(Refusal::Wrong), "{name} {hash}");
            assert_eq!(verify(Namespace::Review, MESSAGE), Err(Refusal::OtherNamespace));
            assert_eq!(sshsig::key_of(&armour), Ok(key.clone()));
        }
    }
}

/// Ed25519 signs without chance, so that the files can be compared.
#[test]
fn a_file_of_ours_is_the_one_that_ssh_keygen_writes() {
    let bench = Bench::new();
    bench.key("ed25519", "-t ed25519", "");
    for length in [0, 1, 100, 10_000] {
        let message = vec![b'x'; length];
        let ours = open(&bench, "ed25519").unwrap().sign(Namespace::Ring, &message).unwrap();
        assert_eq!(ours, bench.stock_sign("ed25519", "ring@avouch", &message, &[]));
    }
}

#[test]
fn a_key_has_the_fingerprint_and_the_line_of_its_file() {
    let bench = Bench::new();
    for (name, arguments, _) in KINDS {
        let key = bench.key(name, arguments, "");
        let file = bench.read(&format!("{name}.pub"));
        assert_eq!(format!("{} {name}\n", key.line()), file);
        assert_eq!(PublicKey::parse(&key.line()), Ok(key.clone()));
        let mut list = Command::new("ssh-keygen");
        let listed = list.arg("-lf").arg(bench.path(name)).output().unwrap();
        let listed = String::from_utf8(listed.stdout).unwrap();
        assert_eq!(listed.split(' ').nth(1), Some(key.fingerprint().as_str()), "{listed}");
    }
}
