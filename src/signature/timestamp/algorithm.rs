//! The digests and signatures that are accepted, and nothing else.

use der::asn1::ObjectIdentifier;
use der::oid::db::rfc5912;
use der::{Any, AnyRef, Decode, Encode};
use rsa::pkcs1::RsaPssParams;
use rsa::signature::hazmat::PrehashVerifier;
use rsa::{BigUint, RsaPublicKey, pkcs1v15, pss};
use sha2::{Digest, Sha256, Sha384, Sha512};
use x509_cert::spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

use super::Refusal;

/// The lengths of RSA keys that are accepted, in bits. The upper bound keeps the work small.
const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=8192;

/// The signature algorithms by SHA-1 that are told apart from unknown ones.
const BY_SHA1: [ObjectIdentifier; 3] = [
    rfc5912::ID_SHA_1,
    rfc5912::SHA_1_WITH_RSA_ENCRYPTION,
    ObjectIdentifier::new_unwrap("1.2.840.10045.4.1"),
];

/// A digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hash {
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

impl Hash {
    /// Reads the name of a digest. Its parameters are absent or NULL, which mean the same
    /// (RFC 5754, section 2).
    pub(super) fn read(identifier: &AlgorithmIdentifierOwned) -> Result<Self, Refusal> {
        plain(identifier.parameters.as_ref())?;
        Self::named(identifier.oid)
    }

    fn named(name: ObjectIdentifier) -> Result<Self, Refusal> {
        match name {
            rfc5912::ID_SHA_256 => Ok(Self::Sha256),
            rfc5912::ID_SHA_384 => Ok(Self::Sha384),
            rfc5912::ID_SHA_512 => Ok(Self::Sha512),
            other => Err(unknown(other)),
        }
    }

    /// Returns the digest of some bytes.
    pub(super) fn of(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha256 => Sha256::digest(bytes).to_vec(),
            Self::Sha384 => Sha384::digest(bytes).to_vec(),
            Self::Sha512 => Sha512::digest(bytes).to_vec(),
        }
    }
}

/// How a signature is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scheme {
    /// RSASSA-PKCS1-v1_5.
    Pkcs1(Hash),
    /// RSASSA-PSS with MGF1 over the same digest.
    Pss {
        /// The digest.
        hash: Hash,
        /// The length of the salt, in bytes.
        salt: u8,
    },
    /// ECDSA.
    Ecdsa(Hash),
}

impl Scheme {
    /// Reads the signature algorithm of a certificate.
    pub(super) fn read(identifier: &AlgorithmIdentifierOwned) -> Result<Self, Refusal> {
        let parameters = identifier.parameters.as_ref();
        let pkcs1 = |hash| plain(parameters).map(|()| Self::Pkcs1(hash));
        let ecdsa = |hash| match parameters {
            None => Ok(Self::Ecdsa(hash)),
            Some(_) => Err(PARAMETERS),
        };
        match identifier.oid {
            rfc5912::SHA_256_WITH_RSA_ENCRYPTION => pkcs1(Hash::Sha256),
            rfc5912::SHA_384_WITH_RSA_ENCRYPTION => pkcs1(Hash::Sha384),
            rfc5912::SHA_512_WITH_RSA_ENCRYPTION => pkcs1(Hash::Sha512),
            rfc5912::ECDSA_WITH_SHA_256 => ecdsa(Hash::Sha256),
            rfc5912::ECDSA_WITH_SHA_384 => ecdsa(Hash::Sha384),
            rfc5912::ECDSA_WITH_SHA_512 => ecdsa(Hash::Sha512),
            rfc5912::ID_RSASSA_PSS => Self::read_pss(parameters),
            other => Err(unknown(other)),
        }
    }

    /// Reads the signature algorithm of a signer, whose digest is named beside it: plain
    /// `rsaEncryption` means PKCS #1 v1.5 with that (RFC 3370, section 3.2), and every other name
    /// has to agree with it.
    pub(super) fn read_beside(
        identifier: &AlgorithmIdentifierOwned,
        digest: Hash,
    ) -> Result<Self, Refusal> {
        if identifier.oid == rfc5912::RSA_ENCRYPTION {
            plain(identifier.parameters.as_ref())?;
            return Ok(Self::Pkcs1(digest));
        }
        let scheme = Self::read(identifier)?;
        if scheme.hash() == digest { Ok(scheme) } else { Err(PARAMETERS) }
    }

    fn read_pss(parameters: Option<&Any>) -> Result<Self, Refusal> {
        let bytes = parameters.and_then(|it| it.to_der().ok()).ok_or(PARAMETERS)?;
        let parameters = RsaPssParams::from_der(&bytes).map_err(|_| PARAMETERS)?;
        let mask = parameters.mask_gen.parameters.ok_or(PARAMETERS)?;
        let mut more = [parameters.hash.parameters, mask.parameters].into_iter().flatten();
        if parameters.mask_gen.oid != rfc5912::ID_MGF_1
            || mask.oid != parameters.hash.oid
            || more.any(|it| it != AnyRef::NULL)
        {
            return Err(PARAMETERS);
        }
        Ok(Self::Pss { hash: Hash::named(parameters.hash.oid)?, salt: parameters.salt_len })
    }

    fn hash(self) -> Hash {
        match self {
            Self::Pkcs1(hash) | Self::Pss { hash, .. } | Self::Ecdsa(hash) => hash,
        }
    }
}

/// A public key.
#[derive(Debug, Clone)]
pub(super) enum Key {
    /// RSA, for PKCS #1 v1.5 and PSS.
    Rsa(RsaPublicKey),
    /// A point on P-256.
    P256(p256::ecdsa::VerifyingKey),
    /// A point on P-384.
    P384(p384::ecdsa::VerifyingKey),
}

impl Key {
    /// Reads the key of a certificate.
    pub(super) fn read(info: &SubjectPublicKeyInfoOwned) -> Result<Self, Refusal> {
        const UNREAD: Refusal = Refusal::Malformed { what: "a public key" };
        let bytes = info.subject_public_key.as_bytes().ok_or(UNREAD)?;
        match info.algorithm.oid {
            rfc5912::RSA_ENCRYPTION => {
                plain(info.algorithm.parameters.as_ref())?;
                let key = rsa::pkcs1::RsaPublicKey::try_from(bytes).map_err(|_| UNREAD)?;
                let modulus = BigUint::from_bytes_be(key.modulus.as_bytes());
                let exponent = BigUint::from_bytes_be(key.public_exponent.as_bytes());
                let bits = modulus.bits();
                if !RSA_BITS.contains(&bits) {
                    return Err(Refusal::KeySize { bits });
                }
                RsaPublicKey::new_with_max_size(modulus, exponent, *RSA_BITS.end())
                    .map(Self::Rsa)
                    .map_err(|_| UNREAD)
            }
            rfc5912::ID_EC_PUBLIC_KEY => {
                let curve = info.algorithm.parameters.as_ref();
                let curve = curve.and_then(|it| it.decode_as::<ObjectIdentifier>().ok());
                match curve.ok_or(PARAMETERS)? {
                    rfc5912::SECP_256_R_1 => p256::ecdsa::VerifyingKey::from_sec1_bytes(bytes)
                        .map(Self::P256)
                        .map_err(|_| UNREAD),
                    rfc5912::SECP_384_R_1 => p384::ecdsa::VerifyingKey::from_sec1_bytes(bytes)
                        .map(Self::P384)
                        .map_err(|_| UNREAD),
                    other => Err(unknown(other)),
                }
            }
            other => Err(unknown(other)),
        }
    }

    /// Tells whether a signature over some bytes is by this key.
    pub(super) fn signed(&self, scheme: Scheme, bytes: &[u8], signature: &[u8]) -> bool {
        let digest = scheme.hash().of(bytes);
        match (self, scheme) {
            (Self::Rsa(key), Scheme::Pkcs1(hash)) => {
                let Ok(signature) = pkcs1v15::Signature::try_from(signature) else { return false };
                let key = key.clone();
                match hash {
                    Hash::Sha256 => pkcs1v15::VerifyingKey::<Sha256>::new(key)
                        .verify_prehash(&digest, &signature),
                    Hash::Sha384 => pkcs1v15::VerifyingKey::<Sha384>::new(key)
                        .verify_prehash(&digest, &signature),
                    Hash::Sha512 => pkcs1v15::VerifyingKey::<Sha512>::new(key)
                        .verify_prehash(&digest, &signature),
                }
                .is_ok()
            }
            (Self::Rsa(key), Scheme::Pss { hash, salt }) => {
                let Ok(signature) = pss::Signature::try_from(signature) else { return false };
                let (key, salt) = (key.clone(), usize::from(salt));
                match hash {
                    Hash::Sha256 => pss::VerifyingKey::<Sha256>::new_with_salt_len(key, salt)
                        .verify_prehash(&digest, &signature),
                    Hash::Sha384 => pss::VerifyingKey::<Sha384>::new_with_salt_len(key, salt)
                        .verify_prehash(&digest, &signature),
                    Hash::Sha512 => pss::VerifyingKey::<Sha512>::new_with_salt_len(key, salt)
                        .verify_prehash(&digest, &signature),
                }
                .is_ok()
            }
            (Self::P256(key), Scheme::Ecdsa(_)) => p256::ecdsa::Signature::from_der(signature)
                .is_ok_and(|signature| key.verify_prehash(&digest, &signature).is_ok()),
            (Self::P384(key), Scheme::Ecdsa(_)) => p384::ecdsa::Signature::from_der(signature)
                .is_ok_and(|signature| key.verify_prehash(&digest, &signature).is_ok()),
            (Self::Rsa(_), Scheme::Ecdsa(_))
            | (Self::P256(_) | Self::P384(_), Scheme::Pkcs1(_) | Scheme::Pss { .. }) => false,
        }
    }
}

/// Parameters that an algorithm does not have, or that disagree with what stands beside it.
const PARAMETERS: Refusal = Refusal::Malformed { what: "the parameters of an algorithm" };

/// Holds parameters that have to be none.
fn plain(parameters: Option<&Any>) -> Result<(), Refusal> {
    if parameters.is_none_or(|it| *it == Any::null()) { Ok(()) } else { Err(PARAMETERS) }
}

fn unknown(found: ObjectIdentifier) -> Refusal {
    if BY_SHA1.contains(&found) {
        Refusal::Sha1
    } else {
        Refusal::Algorithm { found: found.to_string() }
    }
}
