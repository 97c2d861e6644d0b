//! What becomes of a token when its bytes are changed.

use avouch::signature::timestamp::{Certificate, Refusal, Token, Witnessed, request};

use super::authority::{Authority, P256, RSA};
use super::{MESSAGE, NONCE};
use crate::random::Random;

/// The place of the status in a response whose length takes two bytes: behind three tags.
const STATUS: usize = 8;

fn verdict(bytes: &[u8], roots: &[Certificate]) -> Result<Witnessed, Refusal> {
    Token::read(bytes)?.verify(MESSAGE, roots)
}

#[test]
fn every_shorter_token_is_refused() {
    for key in [RSA, P256] {
        let authority = Authority::new(key, "sha256");
        let answer = authority.answer(&request(MESSAGE, NONCE));
        let bare = authority.bare(&answer);
        let roots = authority.roots("root");
        for bytes in [&answer, &bare] {
            assert!(verdict(bytes, &roots).is_ok());
            for end in 0..bytes.len() {
                assert!(verdict(&bytes[..end], &roots).is_err(), "{end} of {}", bytes.len());
                // The end of a response is the token, and complete.
                let last = &bytes[bytes.len() - end..];
                assert!(last == bare || verdict(last, &roots).is_err(), "last {end}");
            }
        }
    }
}

/// Every byte counts, except those that say the same in another way: "granted" and "granted with
/// modifications" (RFC 3161, section 2.4.2, has a token in both), and the bare name of RSA and its
/// name with the digest (RFC 8933 and RFC 3370 allow both, and the digest is named beside it).
/// Neither changes what is proven.
#[test]
fn every_other_byte_is_refused() {
    for (key, flips) in [(RSA, &[0x01, 0x0a][..]), (P256, &[0x01, 0x80, 0xff])] {
        let authority = Authority::new(key, "sha256");
        let answer = authority.answer(&request(MESSAGE, NONCE));
        let roots = authority.roots("root");
        let good = verdict(&answer, &roots);
        assert!(good.is_ok());
        let mut accepted = Vec::new();
        let mut changed = answer.clone();
        for place in 0..answer.len() {
            let byte = answer[place];
            for other in flips.iter().map(|flip| byte ^ flip) {
                changed[place] = other;
                let found = verdict(&changed, &roots);
                if found.is_ok() {
                    assert_eq!(found, good, "{place} {other}");
                    accepted.push((place, other));
                }
            }
            changed[place] = byte;
        }

        let rsa = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
        let name = answer.windows(rsa.len()).rposition(|it| it == rsa).map(|it| it + rsa.len() - 1);
        let mut expected = vec![(STATUS, 1)];
        expected.extend(name.filter(|_| key == RSA).map(|place| (place, 0x0b)));
        assert_eq!(accepted, expected);
    }
}

/// Certificates that the path does not need may be anything that is a certificate.
#[test]
fn only_certificates_of_the_path_count() {
    let authority = Authority::new(P256, "sha256");
    authority.root("stranger", P256);
    let both = authority.text("between.pem") + &authority.text("stranger.pem");
    authority.write("between.pem", both.as_bytes());
    let answer = authority.answer(&request(MESSAGE, NONCE));
    let roots = authority.roots("root");
    let good = verdict(&answer, &roots);
    assert!(good.is_ok());
    let stranger = authority.roots("stranger")[0].der().to_vec();
    let place = answer.windows(stranger.len()).position(|it| it == stranger).unwrap();
    let mut changed = answer;
    // The end of its signature.
    changed[place + stranger.len() - 1] ^= 1;
    assert_eq!(verdict(&changed, &roots), good);
}

#[test]
fn twenty_thousand_changed_tokens_prove_the_same_or_nothing() {
    let mut random = Random(3161);
    for key in [RSA, P256] {
        let authority = Authority::new(key, "sha512");
        let answer = authority.answer(&request(MESSAGE, NONCE));
        let roots = authority.roots("root");
        let good = verdict(&answer, &roots);
        assert!(good.is_ok());
        for _ in 0..10_000 {
            let mut bytes = answer.clone();
            for _ in 0..=random.below(3) {
                change(&mut bytes, &mut random);
            }
            let found = verdict(&bytes, &roots);
            assert!(found.is_err() || found == good, "{bytes:02x?}");
        }
    }
}

/// Changes some bytes: replaces, removes, repeats or swaps them.
fn change(bytes: &mut Vec<u8>, random: &mut Random) {
    if bytes.is_empty() {
        return;
    }
    let place = random.below(bytes.len());
    let end = (place + 1 + random.below(16)).min(bytes.len());
    match random.below(6) {
        0 => bytes[place] = random.next().to_le_bytes()[0],
        1 => bytes[place] ^= 1 << random.below(8),
        2 => bytes[place] = bytes[place].wrapping_add(1),
        3 => drop(bytes.drain(place..end)),
        4 => {
            let part = bytes[place..end].to_vec();
            bytes.splice(place..place, part);
        }
        _ => {
            let other = random.below(bytes.len());
            bytes.swap(place, other);
        }
    }
}
