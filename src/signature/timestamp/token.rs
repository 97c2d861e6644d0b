//! Reading a token, and what it proves.

use std::time::Duration;

use cms::content_info::ContentInfo;
use cms::signed_data::EncapsulatedContentInfo;
use der::asn1::{OctetString, SetOfVec};
use der::oid::db::rfc5911;
use der::{Any, Decode, Encode, Sequence};
use jiff::Timestamp;
use x509_cert::spki::AlgorithmIdentifierOwned;
use x509_tsp::{TimeStampReq, TimeStampResp};

use super::algorithm::Hash;
use super::content::{Content, imprint};
use super::signer::{Signer, TIME_STAMP};
use super::{Certificate, Refusal, chain};

/// The most bytes that a token may have.
const LARGEST: usize = 64 * 1024;

/// A time-stamp token that was read. Until [`verify`](Self::verify) it is a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The bytes that are signed.
    signed: Vec<u8>,
    /// What they say.
    content: Content,
    signer: Signer,
    /// The certificate of the signer.
    certificate: Certificate,
    /// All certificates of the token.
    certificates: Vec<Certificate>,
}

/// What a verified token proves: its message existed at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witnessed {
    /// When the authority was shown the message.
    pub at: Timestamp,
    /// By how much the time may be off, if the authority says.
    pub accuracy: Option<Duration>,
    /// The authority, as its certificate names it.
    pub authority: String,
    /// The number of the token, in lower-case hexadecimal.
    pub serial: String,
    /// The policy by which the authority works, an object identifier.
    pub policy: String,
}

/// `SignedData` of RFC 5652, section 5.1, with certificates and signers as they stand.
#[derive(Sequence)]
struct SignedData {
    version: u8,
    digests: SetOfVec<AlgorithmIdentifierOwned>,
    content: EncapsulatedContentInfo,
    #[asn1(context_specific = "0", tag_mode = "IMPLICIT", optional = "true")]
    certificates: Option<SetOfVec<Any>>,
    #[asn1(context_specific = "1", tag_mode = "IMPLICIT", optional = "true")]
    revocations: Option<SetOfVec<Any>>,
    signers: SetOfVec<Any>,
}

impl Token {
    /// Reads a response of an authority, or a token without one.
    ///
    /// # Errors
    ///
    /// Fails if the bytes are anything but one granted token in DER, of one signer, with
    /// algorithms that are accepted.
    pub fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        if bytes.len() > LARGEST {
            return Err(Refusal::TooLarge { bytes: bytes.len() });
        }
        // A token begins with the name of its type; a response with its status.
        if let Ok(token) = ContentInfo::from_der(bytes) {
            return Self::read_token(&token);
        }
        let response = TimeStampResp::from_der(bytes)
            .map_err(|_| Refusal::Malformed { what: "the time-stamp response" })?;
        let status = match response.status.status as u8 {
            0 | 1 => None,
            2 => Some("rejection"),
            3 => Some("waiting"),
            4 => Some("revocation warning"),
            5 => Some("revocation notification"),
            _ => Some("another status"),
        };
        if let Some(status) = status {
            return Err(Refusal::NotGranted { status });
        }
        if response.status.fail_info.is_some() {
            return Err(Refusal::NotGranted { status: "granted, with a reason why not" });
        }
        Self::read_token(&response.time_stamp_token.ok_or(Refusal::NoToken)?)
    }

    fn read_token(token: &ContentInfo) -> Result<Self, Refusal> {
        const UNREAD: Refusal = Refusal::Malformed { what: "the token" };
        if token.content_type != rfc5911::ID_SIGNED_DATA {
            return Err(Refusal::OtherContent { found: token.content_type.to_string() });
        }
        let data = token.content.decode_as::<SignedData>().map_err(|_| UNREAD)?;
        if data.content.econtent_type != TIME_STAMP {
            return Err(Refusal::OtherContent { found: data.content.econtent_type.to_string() });
        }
        // Version 3 is for content of any other type than plain data (RFC 5652, section 5.1).
        if data.version != 3 {
            return Err(UNREAD);
        }
        if data.revocations.is_some() {
            return Err(Refusal::NotCovered { what: "lists of revoked certificates" });
        }
        let signed = data.content.econtent.and_then(|it| it.decode_as::<OctetString>().ok());
        let signed = signed.ok_or(UNREAD)?.into_bytes();
        let [signer] = data.signers.as_slice() else {
            return Err(Refusal::Signers { count: data.signers.len() });
        };
        let signer = Signer::read(&signer.to_der().map_err(|_| UNREAD)?)?;
        match data.digests.as_slice() {
            [digest] if Hash::read(digest)? == signer.hash => {}
            _ => return Err(UNREAD),
        }
        let mut certificates = Vec::new();
        for certificate in data.certificates.iter().flat_map(SetOfVec::iter) {
            certificates.push(Certificate::read(&certificate.to_der().map_err(|_| UNREAD)?)?);
        }
        let certificate = certificates.iter().find(|it| signer.is_named(it));
        let certificate = certificate.ok_or(Refusal::NoCertificate)?.clone();
        Ok(Self { content: Content::read(&signed)?, signed, signer, certificate, certificates })
    }

    /// Returns who claims to have made the token.
    pub fn authority(&self) -> String {
        self.certificate.subject()
    }

    /// Returns when the token claims to have been made.
    pub fn claimed_at(&self) -> Timestamp {
        self.content.at
    }

    /// Holds the token against the request that it answers: the digest, the nonce, and the policy
    /// if one was asked for.
    ///
    /// # Errors
    ///
    /// Fails if one of them differs, or if the request cannot be read.
    pub fn matches_request(&self, request: &[u8]) -> Result<(), Refusal> {
        let request = TimeStampReq::from_der(request)
            .map_err(|_| Refusal::Malformed { what: "the time-stamp request" })?;
        if imprint(&request.message_imprint)? != self.content.imprint {
            return Err(Refusal::OtherRequest { what: "it is about another message" });
        }
        if request.nonce != self.content.nonce {
            return Err(Refusal::OtherRequest { what: "its nonce differs" });
        }
        if request.req_policy.is_some_and(|policy| policy != self.content.policy) {
            return Err(Refusal::OtherRequest { what: "it was made by another policy" });
        }
        Ok(())
    }

    /// Returns what the token proves about a message, of which the SHA-256 is told, to those who
    /// trust the roots.
    ///
    /// # Errors
    ///
    /// Fails if the token is about another message, if its signature or its certificate does not
    /// hold, and with [`Refusal::NoRoot`] if all that is missing is a root.
    pub fn verify(
        &self,
        message_sha256: [u8; 32],
        roots: &[Certificate],
    ) -> Result<Witnessed, Refusal> {
        let content = &self.content;
        if content.imprint != message_sha256 {
            return Err(Refusal::OtherMessage);
        }
        self.signer.verify(&self.certificate, &self.signed, content)?;
        let path = chain::path(&self.certificate, &self.certificates, roots, content.at)?;
        if let [_, between @ .., _] = path.as_slice() {
            self.signer.verify_path(between)?;
        }
        Ok(Witnessed {
            at: content.at,
            accuracy: content.accuracy,
            authority: self.authority(),
            serial: content.serial.clone(),
            policy: content.policy.to_string(),
        })
    }
}
