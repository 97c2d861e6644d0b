//! Time-stamp tokens, with `openssl` as the authority and as the second opinion.

#![expect(clippy::disallowed_methods, reason = "openssl works with files of a temporary folder")]

pub(crate) mod authority;
mod bytes;
mod refused;

use std::time::Duration;

use avouch::signature::timestamp::{Refusal, Token, Witnessed, certificates, request};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use authority::{Authority, P256, P384, RSA};

/// A message that stands for its own digest.
const MESSAGE: [u8; 32] = [0x5a; 32];
const NONCE: [u8; 8] = [0x81, 2, 3, 4, 5, 6, 7, 8];

/// Returns what an authority for tests should prove about [`MESSAGE`].
fn expected(at: Timestamp) -> Witnessed {
    Witnessed {
        at,
        accuracy: Some(Duration::new(1, 500_100_000)),
        authority: "CN=authority, O=Test, C=DE".to_owned(),
        serial: "a42".to_owned(),
        policy: "1.2.3.4.1".to_owned(),
    }
}

#[test]
fn a_request_is_as_openssl_makes_it() {
    let authority = Authority::new(P256, "sha256");
    for _ in 0..20 {
        let digest = "5a".repeat(32);
        authority.openssl(&format!("ts -query -sha256 -digest {digest} -cert -out their.tsq"));
        let theirs = authority.read("their.tsq");
        // The nonce stands between the digest and the wish for a certificate.
        let number = &theirs[58..theirs.len() - 3];
        let number = if number.len() == 9 { &number[1..] } else { number };
        let mut nonce = [0; 8];
        nonce[8 - number.len()..].copy_from_slice(number);
        assert_eq!(request(MESSAGE, nonce), theirs);
    }

    for (nonce, read) in [
        ([0; 8], "0x0"),
        ([0, 0, 0, 0, 0, 0, 0x80, 1], "0x8001"),
        ([0, 0, 0, 0, 0, 0x7f, 0x80, 1], "0x7F8001"),
        (NONCE, "0x8102030405060708"),
    ] {
        authority.write("our.tsq", &request(MESSAGE, nonce));
        let half = ["5a"; 8].join(" ");
        assert_eq!(
            authority.openssl("ts -query -in our.tsq -text"),
            format!(
                "Version: 1\nHash Algorithm: sha256\nMessage data:\n    \
                 0000 - {half}-{half}   ZZZZZZZZZZZZZZZZ\n    0010 - {half}-{half}   ZZZZZZZZZZZZZZZZ\n\
                 Policy OID: unspecified\nNonce: {read}\nCertificate required: yes\nExtensions:\n"
            )
        );
    }
}

#[test]
fn what_openssl_stamps_is_witnessed_by_both() {
    for (key, digest) in
        [(RSA, "sha256"), (RSA, "sha512"), (P256, "sha256"), (P256, "sha512"), (P384, "sha384")]
    {
        let authority = Authority::new(key, digest);
        let request = request(MESSAGE, NONCE);
        let answer = authority.answer(&request);
        let told = authority.openssl("ts -reply -in answer.tsr -text");
        let told = told.lines().find_map(|line| line.strip_prefix("Time stamp: ")).unwrap();
        let at = DateTime::strptime("%b %d %H:%M:%S %Y GMT", told).unwrap();
        let at = at.to_zoned(TimeZone::UTC).unwrap().timestamp();

        let bare = authority.bare(&answer);
        let roots = authority.roots("root");
        for (bytes, is_bare) in [(&answer, false), (&bare, true)] {
            let token = Token::read(bytes).unwrap();
            assert_eq!(token.verify(MESSAGE, &roots), Ok(expected(at)), "{key} {digest}");
            assert_eq!(token.matches_request(&request), Ok(()));
            assert_eq!(token.claimed_at(), at);
            assert!(authority.accepts(bytes, &request, "root", is_bare));
        }
    }
}

#[test]
fn a_token_is_held_against_its_request() {
    let authority = Authority::new(P256, "sha256");
    let ours = request(MESSAGE, NONCE);
    let answer = authority.answer(&ours);
    let token = Token::read(&answer).unwrap();
    let other = |what| Err(Refusal::OtherRequest { what });
    for (request, expected) in [
        (ours.clone(), Ok(())),
        (request(MESSAGE, [1; 8]), other("its nonce differs")),
        (request([1; 32], NONCE), other("it is about another message")),
        (ours[1..].to_vec(), Err(Refusal::Malformed { what: "the time-stamp request" })),
        ([&ours[..], b"\0"].concat(), Err(Refusal::Malformed { what: "the time-stamp request" })),
    ] {
        assert_eq!(token.matches_request(&request), expected);
        let theirs = authority.accepts(&answer, &request, "root", false);
        assert!(theirs || expected.is_err());
    }

    authority.write("message", b"");
    for (options, expected) in [
        ("-sha256", other("it is about another message")),
        ("-sha512", Err(Refusal::Algorithm { found: "2.16.840.1.101.3.4.2.3".to_owned() })),
        ("-sha1", Err(Refusal::Sha1)),
    ] {
        authority.openssl(&format!("ts -query {options} -cert -data message -out other.tsq"));
        assert_eq!(token.matches_request(&authority.read("other.tsq")), expected, "{options}");
    }

    let digest = "5a".repeat(32);
    let asked = format!("ts -query -sha256 -digest {digest} -cert -out asked.tsq");
    for (options, other_options) in
        [("-no_nonce", ""), ("-no_nonce -tspolicy 1.2.3.4.5", "-no_nonce -tspolicy 1.2.3.4.1")]
    {
        authority.openssl(&format!("{asked} {options}"));
        let theirs = authority.read("asked.tsq");
        let answer = authority.answer(&theirs);
        assert_eq!(Token::read(&answer).unwrap().matches_request(&theirs), Ok(()));
        authority.openssl(&format!("{asked} {other_options}"));
        let changed = authority.read("asked.tsq");
        let found = Token::read(&answer).unwrap().matches_request(&changed);
        assert!(matches!(found, Err(Refusal::OtherRequest { .. })), "{options}");
        assert!(!authority.accepts(&answer, &changed, "root", false), "{options}");
    }
}

#[test]
fn an_authority_may_say_no() {
    let authority = Authority::new(P256, "sha256");
    let answers = authority.text("answers").replace("digests = sha256", "digests = sha512");
    authority.write("answers", answers.as_bytes());
    let answer = authority.answer(&request(MESSAGE, NONCE));
    let refusal = Token::read(&answer).unwrap_err();
    assert_eq!(refusal, Refusal::NotGranted { status: "rejection" });
    assert_eq!(refusal.to_string(), "the authority gave no time stamp: rejection");
}

#[test]
fn a_token_without_its_root_is_a_claim_that_names_its_authority() {
    let authority = Authority::new(P256, "sha256");
    // Another root of the same name.
    authority.root("stranger", P256);
    let request = request(MESSAGE, NONCE);
    let answer = authority.answer(&request);
    let token = Token::read(&answer).unwrap();
    let refusal = Err(Refusal::NoRoot { authority: "CN=authority, O=Test, C=DE".to_owned() });
    assert_eq!(token.authority(), "CN=authority, O=Test, C=DE");
    assert_eq!(token.verify(MESSAGE, &[]), refusal);
    // One that is not a root of its own, though it is on the path, is no root to `openssl` either.
    for name in ["stranger", "between", "authority"] {
        assert_eq!(token.verify(MESSAGE, &authority.roots(name)), refusal, "{name}");
        assert!(!authority.accepts(&answer, &request, name, false), "{name}");
    }
    let all: Vec<_> =
        ["stranger", "between", "root"].iter().flat_map(|name| authority.roots(name)).collect();
    assert!(token.verify(MESSAGE, &all).is_ok());
}

#[test]
fn certificates_are_read_from_pem_with_text_between() {
    let authority = Authority::new(P256, "sha256");
    let [root, between] = ["root.pem", "between.pem"].map(|name| authority.text(name));
    let key = authority.text("root.key");
    let subjects = |pem: &str| -> Result<Vec<String>, String> {
        let found = certificates(pem).map_err(|refusal| refusal.to_string())?;
        Ok(found.iter().map(avouch::signature::timestamp::Certificate::subject).collect())
    };
    let (first, second) = ("CN=root, O=Test".to_owned(), "CN=between, O=Test, C=DE".to_owned());
    let cut = &root[..root.len() / 2];
    for (pem, expected) in [
        (root.clone(), Ok(vec![first.clone()])),
        (format!("Our root:\n\n{root}\nand one more\n{between}"), Ok(vec![first.clone(), second])),
        (root.replace('\n', "\r\n"), Ok(vec![first])),
        (String::new(), Err("block 1 of the PEM text is missing")),
        (format!("{root}{key}"), Err("block 2 of the PEM text is not a certificate")),
        (cut.to_owned(), Err("block 1 of the PEM text has no end")),
        (format!("{cut}\n{root}"), Err("block 1 of the PEM text is not a certificate in PEM")),
        (
            key.replace("PRIVATE KEY", "CERTIFICATE"),
            Err("block 1 of the PEM text is not a certificate"),
        ),
    ] {
        assert_eq!(subjects(&pem), expected.map_err(str::to_owned), "{pem}");
    }
}
