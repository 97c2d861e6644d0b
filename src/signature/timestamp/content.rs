//! What a token says: `TSTInfo` of RFC 3161, section 2.4.2.

use std::time::Duration;

use der::asn1::{Int, ObjectIdentifier};
use der::{Any, Decode, Sequence, Tag, Tagged};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use x509_cert::ext::Extensions;
use x509_cert::ext::pkix::name::GeneralName;
use x509_tsp::{Accuracy, MessageImprint};

use super::Refusal;
use super::algorithm::Hash;

/// `TSTInfo` as it stands. The time is read by [`time`], as the library knows no fractions of
/// seconds.
#[derive(Sequence)]
struct Written {
    version: u8,
    policy: ObjectIdentifier,
    message_imprint: MessageImprint,
    serial_number: Int,
    gen_time: Any,
    #[asn1(optional = "true")]
    accuracy: Option<Accuracy>,
    #[asn1(default = "Default::default")]
    ordering: bool,
    #[asn1(optional = "true")]
    nonce: Option<Int>,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT", optional = "true")]
    tsa: Option<GeneralName>,
    #[asn1(context_specific = "1", tag_mode = "IMPLICIT", optional = "true")]
    extensions: Option<Extensions>,
}

/// What a token says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Content {
    /// The policy by which it was made, an object identifier.
    pub(super) policy: ObjectIdentifier,
    /// The SHA-256 that the authority was shown.
    pub(super) imprint: [u8; 32],
    /// The number of the token, in lower-case hexadecimal.
    pub(super) serial: String,
    /// When it was made.
    pub(super) at: Timestamp,
    /// By how much the time may be off.
    pub(super) accuracy: Option<Duration>,
    /// The number of the request, as DER writes it.
    pub(super) nonce: Option<Int>,
    /// The authority, as it calls itself.
    pub(super) authority: Option<GeneralName>,
}

impl Content {
    /// Reads the content of a token in DER.
    ///
    /// # Errors
    ///
    /// Fails if it is not of version 1, is about another digest than SHA-256, or holds a critical
    /// extension, as none is known.
    pub(super) fn read(der: &[u8]) -> Result<Self, Refusal> {
        const UNREAD: Refusal = Refusal::Malformed { what: "the content of the token" };
        let written = Written::from_der(der).map_err(|_| UNREAD)?;
        if written.version != 1 || written.extensions.iter().flatten().any(|it| it.critical) {
            return Err(UNREAD);
        }
        let number = written.serial_number.as_bytes();
        if number.first().is_none_or(|first| *first >= 0x80) {
            return Err(UNREAD);
        }
        let digits = number.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
        let digits = digits.filter_map(|digit| char::from_digit(u32::from(digit), 16));
        let serial: String = digits.skip_while(|digit| *digit == '0').collect();
        Ok(Self {
            policy: written.policy,
            imprint: imprint(&written.message_imprint)?,
            serial: if serial.is_empty() { "0".to_owned() } else { serial },
            at: time(&written.gen_time).ok_or(UNREAD)?,
            accuracy: match &written.accuracy {
                Some(accuracy) => Some(duration(accuracy).ok_or(UNREAD)?),
                None => None,
            },
            nonce: written.nonce,
            authority: written.tsa,
        })
    }
}

/// Returns the SHA-256 that a token or a request is about.
pub(super) fn imprint(imprint: &MessageImprint) -> Result<[u8; 32], Refusal> {
    if Hash::read(&imprint.hash_algorithm)? != Hash::Sha256 {
        return Err(Refusal::Algorithm { found: imprint.hash_algorithm.oid.to_string() });
    }
    let digest = imprint.hashed_message.as_bytes();
    digest.try_into().map_err(|_| Refusal::Malformed { what: "the digest of the message" })
}

/// Reads a `GeneralizedTime`: `20260120140311Z`, with a fraction after a dot that does not end in
/// zero. What is smaller than a nanosecond is dropped.
fn time(value: &Any) -> Option<Timestamp> {
    if value.tag() != Tag::GeneralizedTime {
        return None;
    }
    let text = std::str::from_utf8(value.value()).ok()?.strip_suffix('Z')?;
    let (whole, fraction) = match text.split_once('.') {
        Some((_, fraction)) if fraction.is_empty() || fraction.ends_with('0') => return None,
        Some(parts) => parts,
        None => (text, ""),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() != 14 || !digits(whole) || !digits(fraction) {
        return None;
    }
    let two = |from: usize| whole.get(from..from + 2)?.parse::<i8>().ok();
    let nanosecond = format!("{fraction:0<9}").get(..9)?.parse().ok()?;
    let year = whole.get(..4)?.parse().ok()?;
    let time =
        DateTime::new(year, two(4)?, two(6)?, two(8)?, two(10)?, two(12)?, nanosecond).ok()?;
    Some(time.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

/// Reads an accuracy, whose parts of a second are from 1 to 999.
fn duration(accuracy: &Accuracy) -> Option<Duration> {
    let part = |part: Option<i16>| match part {
        Some(part @ 1..=999) => u32::try_from(part).ok(),
        Some(_) => None,
        None => Some(0),
    };
    let nanoseconds = part(accuracy.millis)? * 1_000_000 + part(accuracy.micros)? * 1_000;
    Some(Duration::new(accuracy.seconds.unwrap_or(0), nanoseconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_in_utc_and_may_have_fractions() {
        for (text, expected) in [
            ("20260120140311Z", Some("2026-01-20T14:03:11Z")),
            ("20260120140311.5Z", Some("2026-01-20T14:03:11.5Z")),
            ("20260120140311.0345Z", Some("2026-01-20T14:03:11.0345Z")),
            ("20260120140311.1234567891Z", Some("2026-01-20T14:03:11.123456789Z")),
            ("20260120140311", None),
            ("20260120140311.Z", None),
            ("20260120140311.50Z", None),
            ("20260120140311.5.5Z", None),
            ("20260120140311+0100", None),
            ("202601201403Z", None),
            ("2026012014031 Z", None),
            ("+0260120140311Z", None),
            ("20260120140360Z", None),
            ("20260229140311Z", None),
        ] {
            let value = Any::new(Tag::GeneralizedTime, text.as_bytes()).unwrap();
            assert_eq!(time(&value), expected.map(|it| it.parse().unwrap()), "{text}");
        }
        assert_eq!(time(&Any::new(Tag::UtcTime, b"20260120140311Z".as_slice()).unwrap()), None);
    }

    #[test]
    fn parts_of_a_second_are_from_1_to_999() {
        let accuracy = |seconds, millis, micros| Accuracy { seconds, millis, micros };
        for (accuracy, expected) in [
            (accuracy(None, None, None), Some(Duration::ZERO)),
            (accuracy(Some(2), Some(999), Some(1)), Some(Duration::new(2, 999_001_000))),
            (accuracy(Some(u64::MAX), Some(999), None), Some(Duration::new(u64::MAX, 999_000_000))),
            (accuracy(None, Some(0), None), None),
            (accuracy(None, None, Some(1000)), None),
            (accuracy(None, Some(-1), None), None),
        ] {
            assert_eq!(duration(&accuracy), expected);
        }
    }
}
