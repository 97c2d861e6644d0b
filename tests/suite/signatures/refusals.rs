//! Every refusal has a case, and no changed byte verifies.

use std::collections::BTreeSet;

use super::opened::{Opened, armour, encode, string};
use super::{Bench, MESSAGE};
use avouch::signature::{KeyFault, Namespace, PublicKey, Refusal, sshsig};

#[test]
fn each_refusal_has_a_case() {
    let bench = Bench::new();
    let key = bench.key("ed25519", "-t ed25519", "");
    let other = bench.key("other", "-t ed25519", "");
    let rsa = bench.key("rsa", "-t rsa -b 3072", "");
    let good = bench.stock_sign("ed25519", "approval@avouch", MESSAGE, &[]);
    let of_rsa = bench.stock_sign("rsa", "approval@avouch", MESSAGE, &[]);
    let changed = |change: &dyn Fn(&mut Opened)| {
        let mut opened = Opened::read(&good);
        change(&mut opened);
        opened.write()
    };
    let signed = |name: &str, signature: &[u8], added: &[u8]| {
        changed(&|it| {
            it.signature = [string(name.as_bytes()), string(signature), added.to_vec()].concat();
        })
    };
    let of_rsa_named = |name: &str| {
        let mut opened = Opened::read(&of_rsa);
        let after = opened.signature.split_off(4 + b"rsa-sha2-512".len());
        opened.signature = [string(name.as_bytes()), after].concat();
        opened.write()
    };
    let lines: Vec<&str> = good.lines().collect();

    let cases: Vec<(&str, &PublicKey, String, Result<(), Refusal>)> = vec![
        ("as it was made", &key, good.clone(), Ok(())),
        ("opened and closed", &key, changed(&|_| {}), Ok(())),
        ("no last line end", &key, good.trim_end().to_owned(), Ok(())),
        ("a last CRLF", &key, format!("{}\r\n", good.trim_end()), Ok(())),
        ("other lines of base64", &key, good.replacen("\nU1NI", "\nU1N\nI", 1), Ok(())),
        ("huge", &key, "A".repeat(16_385), Err(Refusal::TooLong { bytes: 16_385 })),
        (
            "huge and of the right form",
            &key,
            changed(&|it| it.reserved = vec![0; 16_384]),
            Err(Refusal::TooLong { bytes: changed(&|it| it.reserved = vec![0; 16_384]).len() }),
        ),
        ("nothing", &key, String::new(), Err(Refusal::NoBegin)),
        ("garbage", &key, "\u{1b}[31mgarbage".to_owned(), Err(Refusal::NoBegin)),
        ("a space before", &key, format!(" {good}"), Err(Refusal::NoBegin)),
        ("a byte order mark", &key, format!("\u{feff}{good}"), Err(Refusal::NoBegin)),
        (
            "words after the first line",
            &key,
            good.replacen("-\n", "- x\n", 1),
            Err(Refusal::NoBegin),
        ),
        ("cut after the first line", &key, format!("{}\n", lines[0]), Err(Refusal::NoEnd)),
        ("cut before the last line", &key, lines[..5].join("\n"), Err(Refusal::NoEnd)),
        (
            "cut within the last line",
            &key,
            good.trim_end_matches("-\n").to_owned(),
            Err(Refusal::NoEnd),
        ),
        ("an empty line after", &key, format!("{good}\n"), Err(Refusal::AfterEnd)),
        ("a second signature", &key, format!("{good}{good}"), Err(Refusal::AfterEnd)),
        (
            "words after the last line",
            &key,
            format!("{} ", good.trim_end()),
            Err(Refusal::AfterEnd),
        ),
        ("CRLF", &key, good.replace('\n', "\r\n"), Err(Refusal::CarriageReturns)),
        (
            "CRLF after the first line",
            &key,
            good.replace('\n', "\r\n").replacen("-\r\n", "-\n", 1),
            Err(Refusal::CarriageReturns),
        ),
        (
            "a space in the base64",
            &key,
            good.replacen("\nU1NI", "\nU1 NI", 1),
            Err(Refusal::NotBase64),
        ),
        ("an empty line", &key, good.replacen("\nU1NI", "\n\nU1NI", 1), Err(Refusal::NotBase64)),
        ("no base64", &key, format!("{}\n{}\n", lines[0], lines[5]), Err(Refusal::NotBase64)),
        ("a heading", &key, good.replacen('\n', "\nComment: x\n", 1), Err(Refusal::NotBase64)),
        ("another preamble", &key, changed(&|it| it.preamble[5] = b'X'), Err(Refusal::NotSshsig)),
        ("a few bytes", &key, armour(b"SSHS"), Err(Refusal::NotSshsig)),
        ("no version", &key, armour(b"SSHSIG\0\0\0"), Err(Refusal::CutShort)),
        ("no key", &key, armour(b"SSHSIG\0\0\0\x01"), Err(Refusal::CutShort)),
        (
            "a length of 4 GB",
            &key,
            armour(b"SSHSIG\0\0\0\x01\xff\xff\xff\xff"),
            Err(Refusal::CutShort),
        ),
        (
            "no signature proper",
            &key,
            changed(&|it| it.signature.truncate(3)),
            Err(Refusal::CutShort),
        ),
        (
            "bytes after",
            &key,
            changed(&|it| it.trailing = vec![0; 3]),
            Err(Refusal::TrailingData { bytes: 3 }),
        ),
        ("another key", &other, good.clone(), Err(Refusal::OtherKey)),
        ("another kind of key", &rsa, good.clone(), Err(Refusal::OtherKey)),
        (
            "another key and another namespace",
            &other,
            changed(&|it| it.namespace = b"file".to_vec()),
            Err(Refusal::OtherKey),
        ),
        (
            "another namespace and another version",
            &key,
            changed(&|it| {
                it.namespace = b"review@avouch".to_vec();
                it.version = 2;
            }),
            Err(Refusal::OtherNamespace),
        ),
        ("no namespace", &key, changed(&|it| it.namespace.clear()), Err(Refusal::OtherNamespace)),
        (
            "a longer namespace",
            &key,
            changed(&|it| it.namespace.push(0)),
            Err(Refusal::OtherNamespace),
        ),
        ("version 0", &key, changed(&|it| it.version = 0), Err(Refusal::Version(0))),
        ("version 2", &key, changed(&|it| it.version = 2), Err(Refusal::Version(2))),
        (
            "a version with other fields",
            &key,
            armour(b"SSHSIG\0\0\0\x07\0\0\0\x09"),
            Err(Refusal::Version(7)),
        ),
        ("extensions", &key, changed(&|it| it.reserved = vec![0]), Err(Refusal::Reserved)),
        ("SHA-1 of the text", &key, changed(&|it| it.hash = b"sha1".to_vec()), Err(Refusal::Hash)),
        (
            "SHA-384 of the text",
            &key,
            changed(&|it| it.hash = b"sha384".to_vec()),
            Err(Refusal::Hash),
        ),
        (
            "a hash in upper case",
            &key,
            changed(&|it| it.hash = b"SHA512".to_vec()),
            Err(Refusal::Hash),
        ),
        ("no hash", &key, changed(&|it| it.hash.clear()), Err(Refusal::Hash)),
        (
            "another hash than signed",
            &key,
            changed(&|it| it.hash = b"sha256".to_vec()),
            Err(Refusal::Wrong),
        ),
        ("RSA", &rsa, of_rsa.clone(), Ok(())),
        ("RSA with SHA-1", &rsa, of_rsa_named("ssh-rsa"), Err(Refusal::Sha1)),
        ("RSA with SHA-384", &rsa, of_rsa_named("rsa-sha2-384"), Err(Refusal::OtherAlgorithm)),
        ("RSA with another hash", &rsa, of_rsa_named("rsa-sha2-256"), Err(Refusal::Wrong)),
        (
            "an algorithm of others",
            &key,
            signed("rsa-sha2-512", &[1; 64], &[]),
            Err(Refusal::OtherAlgorithm),
        ),
        ("no algorithm", &key, signed("", &[1; 64], &[]), Err(Refusal::OtherAlgorithm)),
        ("63 bytes", &key, signed("ssh-ed25519", &[1; 63], &[]), Err(Refusal::Malformed)),
        ("65 bytes", &key, signed("ssh-ed25519", &[1; 65], &[]), Err(Refusal::Malformed)),
        ("no bytes", &key, signed("ssh-ed25519", &[], &[]), Err(Refusal::Malformed)),
        (
            "flags of a security key",
            &key,
            signed("ssh-ed25519", &[1; 64], &[1, 0, 0, 0, 1]),
            Err(Refusal::TrailingData { bytes: 5 }),
        ),
        ("zeroes", &key, signed("ssh-ed25519", &[0; 64], &[]), Err(Refusal::Wrong)),
    ];
    let mut seen = BTreeSet::new();
    for (case, key, armour, expected) in cases {
        let got = sshsig::verify(key, Namespace::Approval, MESSAGE, &armour);
        assert_eq!(got, expected, "{case}\n{armour}");
        seen.extend(expected.err().map(|refusal| name(&refusal)));
    }
    // Those two have tests of their own.
    seen.extend(["key", "no touch"]);
    assert_eq!(seen.len(), 20, "{seen:?}");
}

/// Names a refusal. A new one does not compile until it has a name, and then needs a case.
fn name(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::TooLong { .. } => "too long",
        Refusal::NoBegin => "no begin",
        Refusal::NoEnd => "no end",
        Refusal::AfterEnd => "after end",
        Refusal::CarriageReturns => "carriage returns",
        Refusal::NotBase64 => "not base64",
        Refusal::NotSshsig => "not sshsig",
        Refusal::CutShort => "cut short",
        Refusal::TrailingData { .. } => "trailing data",
        Refusal::OtherKey => "other key",
        Refusal::Key(_) => "key",
        Refusal::OtherNamespace => "other namespace",
        Refusal::Version(_) => "version",
        Refusal::Reserved => "reserved",
        Refusal::Hash => "hash",
        Refusal::Sha1 => "sha1",
        Refusal::OtherAlgorithm => "other algorithm",
        Refusal::Malformed => "malformed",
        Refusal::NoTouch => "no touch",
        Refusal::Wrong => "wrong",
    }
}

#[test]
fn keys_that_are_not_accepted_say_why() {
    let bench = Bench::new();
    let key = bench.key("mara", "-t ed25519", "");
    bench.key("authority", "-t ed25519", "");
    bench.certify("mara", "authority");
    bench.short_key("short");

    let line = |name: &str, fields: &[&[u8]]| {
        let mut wire = string(name.as_bytes());
        wire.extend(fields.iter().flat_map(|field| string(field)));
        format!("{name} {}", encode(&wire))
    };
    let rsa = |bits: usize| {
        let mut modulus = vec![0xff; bits.div_ceil(8)];
        modulus[0] >>= (8 - bits % 8) % 8;
        if modulus[0] >= 0x80 {
            modulus.insert(0, 0);
        }
        line("ssh-rsa", &[&[1, 0, 1], &modulus])
    };
    let small = |first: u8, between: u8, last: u8| {
        let mut point = [between; 32];
        (point[0], point[31]) = (first, last);
        line("ssh-ed25519", &[&point])
    };
    let whole = key.line();
    let cases: Vec<(&str, String, Option<KeyFault>)> = vec![
        ("a line", whole.clone(), None),
        ("with a comment", format!("{whole} mara@example.com (laptop)"), None),
        ("with a line end", format!("{whole}\n"), None),
        ("with CRLF", format!("{whole}\r\n"), None),
        ("with tabs", format!("\t{}\tcomment", whole.replace(' ', "\t\t")), None),
        ("RSA of 3072 bits", rsa(3072), None),
        ("RSA of 4096 bits", rsa(4096), None),
        ("nothing", String::new(), Some(KeyFault::NoKey)),
        ("a line end", "\n".to_owned(), Some(KeyFault::NoKey)),
        ("a type alone", "ssh-ed25519".to_owned(), Some(KeyFault::NoKey)),
        ("no base64", "ssh-ed25519 AAAA!".to_owned(), Some(KeyFault::NoKey)),
        ("a part of one", whole[..40].to_owned(), Some(KeyFault::NoKey)),
        (
            "base64 with other unused bits",
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AB==".to_owned(),
            Some(KeyFault::NoKey),
        ),
        ("another type before it", whole.replace("ssh-ed25519", "ssh-rsa"), Some(KeyFault::NoKey)),
        ("a point of 31 bytes", line("ssh-ed25519", &[&[9; 31]]), Some(KeyFault::NoKey)),
        ("bytes after the point", line("ssh-ed25519", &[&[9; 32], b"x"]), Some(KeyFault::NoKey)),
        (
            "half a point of a curve",
            line("ecdsa-sha2-nistp256", &[b"nistp256", &[2; 33]]),
            Some(KeyFault::NoKey),
        ),
        (
            "a point of another curve",
            line("ecdsa-sha2-nistp256", &[b"nistp384", &[4; 97]]),
            Some(KeyFault::NoKey),
        ),
        ("a negative modulus", line("ssh-rsa", &[&[1, 0, 1], &[0xff; 384]]), Some(KeyFault::NoKey)),
        ("two lines", format!("{whole}\n{whole}\n"), Some(KeyFault::SeveralLines)),
        ("an empty line after", format!("{whole}\n\n"), Some(KeyFault::SeveralLines)),
        ("a carriage return within", format!("{whole} a\rb"), Some(KeyFault::SeveralLines)),
        (
            "a huge comment",
            format!("{whole} {}", "x".repeat(16_384)),
            Some(KeyFault::TooLong { bytes: whole.len() + 1 + 16_384 }),
        ),
        ("the private half", bench.read("mara"), Some(KeyFault::Private)),
        ("a certificate", bench.read("mara-cert.pub"), Some(KeyFault::Certificate)),
        ("DSA", line("ssh-dss", &[&[1], &[1], &[1], &[1]]), Some(KeyFault::Dsa)),
        ("RSA of 2048 bits", bench.read("short.pub"), Some(KeyFault::ShortRsa { bits: 2048 })),
        ("RSA of 3071 bits", rsa(3071), Some(KeyFault::ShortRsa { bits: 3071 })),
        ("RSA of 4097 bits", rsa(4097), Some(KeyFault::LongRsa { bits: 4097 })),
        ("options before it", format!("restrict {whole}"), Some(KeyFault::UnknownAlgorithm)),
        ("Ed448", line("ssh-ed448", &[&[9; 57]]), Some(KeyFault::UnknownAlgorithm)),
        (
            "the name of a signature",
            whole.replace("ssh-ed25519", "rsa-sha2-512"),
            Some(KeyFault::UnknownAlgorithm),
        ),
        ("a point of order 4", small(0, 0, 0), Some(KeyFault::Weak)),
        ("the same with a sign", small(0, 0, 0x80), Some(KeyFault::Weak)),
        ("a point of order 1", small(1, 0, 0), Some(KeyFault::Weak)),
        ("a point of order 2", small(0xec, 0xff, 0x7f), Some(KeyFault::Weak)),
        ("a point of order 4, not reduced", small(0xed, 0xff, 0x7f), Some(KeyFault::Weak)),
        ("a point of order 1, not reduced", small(0xee, 0xff, 0xff), Some(KeyFault::Weak)),
        (
            "the same on a security key",
            line("sk-ssh-ed25519@openssh.com", &[&[0; 32], b"ssh:"]),
            Some(KeyFault::Weak),
        ),
    ];
    for (case, text, expected) in cases {
        assert_eq!(PublicKey::parse(&text).err(), expected, "{case}: {text}");
        // A signature that carries such a key is refused for it, and by any other key.
        let wire = text.split_whitespace().nth(1).filter(|it| it.len().is_multiple_of(4));
        if let (Some(fault), Some(wire)) = (expected, wire)
            && matches!(
                fault,
                KeyFault::Dsa | KeyFault::ShortRsa { .. } | KeyFault::Weak | KeyFault::Certificate
            )
        {
            let mut opened = Opened::new(&key, "approval@avouch", &[0; 64], &[]);
            opened.key = super::opened::decode(wire);
            let armour = opened.write();
            assert_eq!(sshsig::key_of(&armour), Err(Refusal::Key(fault)), "{case}");
            let verified = sshsig::verify(&key, Namespace::Approval, MESSAGE, &armour);
            assert_eq!(verified, Err(Refusal::OtherKey), "{case}");
        }
    }
}

#[test]
fn no_changed_byte_verifies() {
    let bench = Bench::new();
    for (name, arguments) in
        [("ed25519", "-t ed25519"), ("p256", "-t ecdsa -b 256"), ("rsa", "-t rsa -b 3072")]
    {
        let key = bench.key(name, arguments, "");
        let good = bench.stock_sign(name, "approval@avouch", MESSAGE, &[]);
        let stands = |message: &[u8], armour: &str| {
            sshsig::verify(&key, Namespace::Approval, message, armour).is_ok()
        };
        assert!(stands(MESSAGE, &good));
        // Of those that take long, one bit of each byte.
        let bits = |at: usize, all: usize| match name {
            "ed25519" => 0..all,
            _ => at % all..at % all + 1,
        };
        let mut tried = 0;
        let mut fails = |message: &[u8], armour: &[u8], what: &str, at: usize| {
            // What is no UTF-8 cannot be asked about.
            let Ok(armour) = std::str::from_utf8(armour) else { return };
            assert!(!stands(message, armour), "{name}: {what} at {at}\n{armour}");
            tried += 1;
        };
        let bytes = good.as_bytes();
        for at in 0..bytes.len() {
            let with = |byte: u8| [&bytes[..at], &[byte], &bytes[at + 1..]].concat();
            for bit in bits(at, 7) {
                fails(MESSAGE, &with(bytes[at] ^ 1 << bit), "a bit", at);
            }
            for byte in b"\n\r \t=A/-\0".iter().filter(|it| **it != bytes[at]) {
                fails(MESSAGE, &with(*byte), "another character", at);
            }
            if at + 1 < bytes.len() {
                fails(MESSAGE, &bytes[..at], "the end", at);
            }
            // Where the lines of base64 break is free.
            if bytes[at] != b'\n' {
                fails(MESSAGE, &[&bytes[..at], &bytes[at + 1..]].concat(), "one less", at);
            }
        }
        let opened = Opened::read(&good).bytes();
        for at in 0..opened.len() {
            for bit in bits(at, 8) {
                let mut opened = opened.clone();
                opened[at] ^= 1 << bit;
                fails(MESSAGE, armour(&opened).as_bytes(), "a bit of the fields", at);
            }
        }
        for at in 0..MESSAGE.len() {
            for bit in 0..8 {
                let mut message = MESSAGE.to_vec();
                message[at] ^= 1 << bit;
                fails(&message, bytes, "a bit of the text", at);
            }
            fails(&MESSAGE[..at], bytes, "the end of the text", at);
        }
        assert!(tried > 3000, "{tried}");
    }
}
