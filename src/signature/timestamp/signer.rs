//! The signer of a token: `SignerInfo` of RFC 5652, section 5.3, with its signed attributes.

use cms::cert::IssuerAndSerialNumber;
use cms::content_info::CmsVersion;
use cms::signed_data::{SignerIdentifier, SignerInfo};
use der::asn1::{ObjectIdentifier, OctetString, SetOfVec};
use der::oid::db::{rfc5280, rfc5911};
use der::{Any, Decode, Encode, Sequence};
use x509_cert::attr::Attribute;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{ExtendedKeyUsage, KeyUsage, KeyUsages, SubjectAltName};
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::AlgorithmIdentifierOwned;

use super::algorithm::{Hash, Scheme};
use super::content::Content;
use super::{Certificate, Refusal};

/// The type of the content of a token: `id-ct-TSTInfo`.
pub(super) const TIME_STAMP: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");

/// The signer of a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Signer {
    /// Its certificate, by the issuer and the number that this gave it.
    name: IssuerAndSerialNumber,
    /// The digest of the content and of the signed attributes.
    pub(super) hash: Hash,
    scheme: Scheme,
    attributes: SetOfVec<Attribute>,
    signature: Vec<u8>,
}

/// `SigningCertificateV2` of RFC 5035, section 3.
#[derive(Sequence)]
struct SigningCertificate {
    certificates: Vec<CertificateName>,
    #[asn1(optional = "true")]
    policies: Option<Any>,
}

/// `ESSCertIDv2` of RFC 5035, section 4.
#[derive(Sequence)]
struct CertificateName {
    /// SHA-256 if absent.
    #[asn1(optional = "true")]
    hash_algorithm: Option<AlgorithmIdentifierOwned>,
    hash: OctetString,
    #[asn1(optional = "true")]
    issuer: Option<IssuerSerial>,
}

/// `IssuerSerial` of RFC 5035, section 5.
#[derive(Sequence)]
struct IssuerSerial {
    issuer: Vec<GeneralName>,
    serial: SerialNumber,
}

impl Signer {
    /// Reads a signer in DER.
    ///
    /// # Errors
    ///
    /// Fails if it is not written as DER would write it, if it names its key instead of its
    /// certificate (which `openssl ts` does not read either), if an algorithm is not accepted, and
    /// if there are attributes that are not signed.
    pub(super) fn read(der: &[u8]) -> Result<Self, Refusal> {
        const UNREAD: Refusal = Refusal::Malformed { what: "the signer of the token" };
        let info = SignerInfo::from_der(der).map_err(|_| UNREAD)?;
        // The signature is over the attributes in DER (RFC 5652, section 5.4). So is this.
        if info.to_der().map_err(|_| UNREAD)? != der {
            return Err(UNREAD);
        }
        let SignerIdentifier::IssuerAndSerialNumber(name) = info.sid else {
            return Err(Refusal::Attribute {
                what: "the token names its signer by a key and not by a certificate",
            });
        };
        // Version 1 belongs to this way of naming.
        if info.version != CmsVersion::V1 {
            return Err(UNREAD);
        }
        if info.unsigned_attrs.is_some() {
            return Err(Refusal::NotCovered { what: "attributes that are not signed" });
        }
        let hash = Hash::read(&info.digest_alg)?;
        let scheme = Scheme::read_beside(&info.signature_algorithm, hash)?;
        let Some(attributes) = info.signed_attrs else {
            return Err(Refusal::Attribute { what: "the token has no signed attributes" });
        };
        let signature = info.signature.as_bytes().to_vec();
        Ok(Self { name, hash, scheme, attributes, signature })
    }

    /// Tells whether a certificate is the one that the signer names.
    pub(super) fn is_named(&self, certificate: &Certificate) -> bool {
        let content = certificate.content();
        content.issuer == self.name.issuer && content.serial_number == self.name.serial_number
    }

    /// Holds the signature, its attributes and its certificate against the content that is signed.
    ///
    /// # Errors
    ///
    /// Fails if anything differs from what RFC 3161, RFC 5652 and RFC 5816 ask for.
    pub(super) fn verify(
        &self,
        certificate: &Certificate,
        signed: &[u8],
        content: &Content,
    ) -> Result<(), Refusal> {
        let kind = self.attribute(rfc5911::ID_CONTENT_TYPE)?;
        if kind.and_then(|it| it.decode_as::<ObjectIdentifier>().ok()) != Some(TIME_STAMP) {
            return Err(Refusal::Attribute {
                what: "the signed type of the content is missing or wrong",
            });
        }
        let digest = self.attribute(rfc5911::ID_MESSAGE_DIGEST)?;
        let digest = digest.and_then(|it| it.decode_as::<OctetString>().ok());
        if digest.is_none_or(|it| it.as_bytes() != self.hash.of(signed)) {
            return Err(Refusal::Attribute {
                what: "the signed digest of the content is missing or wrong",
            });
        }
        let names = self.certificate_names()?;
        if !names.first().is_some_and(|it| it.is_of(certificate)) {
            return Err(Refusal::Attribute { what: "the signed name of the certificate is wrong" });
        }
        let attributes = self.attributes.to_der().map_err(|_| Refusal::Signature)?;
        if !certificate.key()?.signed(self.scheme, &attributes, &self.signature) {
            return Err(Refusal::Signature);
        }
        purpose(certificate)?;
        if content.authority.as_ref().is_some_and(|name| !bears(certificate, name)) {
            return Err(Refusal::OtherAuthority);
        }
        Ok(())
    }

    /// Holds the certificates of a path, between the signer's and the root, against those that
    /// the signer names beside its own, if any: no others may be used (RFC 5035, section 3). The
    /// root is the choice of the reader.
    ///
    /// # Errors
    ///
    /// Fails if the path uses another.
    pub(super) fn verify_path(&self, between: &[&Certificate]) -> Result<(), Refusal> {
        let names = self.certificate_names()?;
        let [_, names @ ..] = names.as_slice() else { return Ok(()) };
        if names.is_empty() || between.iter().all(|it| names.iter().any(|name| name.is_of(it))) {
            return Ok(());
        }
        Err(Refusal::Attribute { what: "the path uses a certificate that the token does not name" })
    }

    /// Returns the certificates that the signer names. By SHA-1 alone (RFC 2634) is not enough.
    fn certificate_names(&self) -> Result<Vec<CertificateName>, Refusal> {
        let Some(value) = self.attribute(rfc5911::ID_AA_SIGNING_CERTIFICATE_V_2)? else {
            return match self.attribute(rfc5911::ID_AA_SIGNING_CERTIFICATE)? {
                Some(_) => Err(Refusal::Sha1),
                None => Err(Refusal::Attribute {
                    what: "the signed name of the certificate is missing",
                }),
            };
        };
        let names = value.decode_as::<SigningCertificate>();
        let names =
            names.map_err(|_| Refusal::Malformed { what: "the signed name of the certificate" })?;
        Ok(names.certificates)
    }

    /// Returns the one value of a signed attribute; `None` if it is absent.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is there twice or has not one value.
    fn attribute(&self, kind: ObjectIdentifier) -> Result<Option<&Any>, Refusal> {
        let mut found = self.attributes.iter().filter(|it| it.oid == kind);
        let (first, more) = (found.next(), found.next());
        match (first.map(|it| it.values.as_slice()), more) {
            (None, _) => Ok(None),
            (Some([value]), None) => Ok(Some(value)),
            (Some(_), _) => {
                Err(Refusal::Attribute { what: "a signed attribute has not one value" })
            }
        }
    }
}

impl CertificateName {
    /// Tells whether this names a certificate.
    fn is_of(&self, certificate: &Certificate) -> bool {
        let content = certificate.content();
        let issuer = self.issuer.as_ref().is_none_or(|it| {
            it.issuer == [GeneralName::DirectoryName(content.issuer.clone())]
                && it.serial == content.serial_number
        });
        let hash = self.hash_algorithm.as_ref().map_or(Ok(Hash::Sha256), Hash::read);
        issuer && hash.is_ok_and(|hash| hash.of(certificate.der()) == self.hash.as_bytes())
    }
}

/// Holds that a certificate is for time stamps and nothing else (RFC 3161, section 2.3).
fn purpose(certificate: &Certificate) -> Result<(), Refusal> {
    let Some((critical, purposes)) = certificate.extension::<ExtendedKeyUsage>()? else {
        return Err(Refusal::Purpose { what: "it names no purpose" });
    };
    if purposes.0 != [rfc5280::ID_KP_TIME_STAMPING] {
        return Err(Refusal::Purpose { what: "it names other purposes" });
    }
    if !critical {
        return Err(Refusal::Purpose { what: "its purpose is not critical" });
    }
    let signing = KeyUsages::DigitalSignature | KeyUsages::NonRepudiation;
    match certificate.extension::<KeyUsage>()? {
        Some((_, usage)) if (usage.0 & signing).is_empty() || !(usage.0 - signing).is_empty() => {
            Err(Refusal::Purpose { what: "its key is for other things than signatures" })
        }
        _ => Ok(()),
    }
}

/// Tells whether a certificate bears a name, as its subject or beside it.
fn bears(certificate: &Certificate, name: &GeneralName) -> bool {
    *name == GeneralName::DirectoryName(certificate.content().subject.clone())
        || certificate
            .extension::<SubjectAltName>()
            .is_ok_and(|it| it.is_some_and(|(_, names)| names.0.contains(name)))
}
