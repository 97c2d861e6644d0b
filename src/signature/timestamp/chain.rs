//! The path from the certificate of an authority to a root (RFC 5280, section 6).

use der::asn1::ObjectIdentifier;
use der::oid::db::rfc5280;
use jiff::Timestamp;
use x509_cert::ext::pkix::{BasicConstraints, ExtendedKeyUsage, KeyUsage};

use super::{Certificate, Refusal};

/// The most certificates on a path, both ends included.
const LONGEST: usize = 5;

/// The most signatures that are looked at for one path, so that a token full of certificates of
/// the same name costs no more than others.
const TRIES: usize = 32;

/// The extensions that may be critical. Any other would have to be understood, and constraints on
/// names are not.
const UNDERSTOOD: [ObjectIdentifier; 5] = [
    rfc5280::ID_CE_BASIC_CONSTRAINTS,
    rfc5280::ID_CE_KEY_USAGE,
    rfc5280::ID_CE_EXT_KEY_USAGE,
    rfc5280::ID_CE_SUBJECT_ALT_NAME,
    rfc5280::ID_CE_CERTIFICATE_POLICIES,
];

/// Returns the path from a certificate to one of the roots, through the others, all of which held
/// at a time. A root is one that names itself as its issuer.
///
/// # Errors
///
/// Fails with [`Refusal::NoRoot`] if no path exists, and with what is wrong on the first one found
/// if there is no good one.
pub(super) fn path<'a>(
    first: &'a Certificate,
    others: &'a [Certificate],
    roots: &'a [Certificate],
    at: Timestamp,
) -> Result<Vec<&'a Certificate>, Refusal> {
    let mut search = Search { others, roots, at, tries: TRIES, fault: None };
    let mut path = vec![first];
    if search.climb(&mut path) {
        return Ok(path);
    }
    Err(search.fault.unwrap_or_else(|| Refusal::NoRoot { authority: first.subject() }))
}

/// A search for a path.
struct Search<'a> {
    others: &'a [Certificate],
    roots: &'a [Certificate],
    at: Timestamp,
    /// How many signatures may still be looked at.
    tries: usize,
    /// The first thing that kept a path from being good.
    fault: Option<Refusal>,
}

impl<'a> Search<'a> {
    /// Extends a path until it ends in a root; tells whether it does, and leaves it as it was if
    /// not.
    fn climb(&mut self, path: &mut Vec<&'a Certificate>) -> bool {
        let Some(&last) = path.last() else { return false };
        let roots = self.roots.iter().filter(|it| it.is_self_issued());
        let others = self.others.iter().filter(|it| !it.is_self_issued());
        if roots.clone().any(|it| it == last) {
            return self.holds(path);
        }
        for root in roots {
            if self.issued(last, root) {
                path.push(root);
                if self.holds(path) {
                    return true;
                }
                path.pop();
            }
        }
        if path.len() + 2 > LONGEST {
            return false;
        }
        for other in others {
            if !path.contains(&other) && self.issued(last, other) {
                path.push(other);
                if self.climb(path) {
                    return true;
                }
                path.pop();
            }
        }
        false
    }

    /// Tells whether a certificate is issued by another.
    fn issued(&mut self, certificate: &Certificate, issuer: &Certificate) -> bool {
        if certificate.content().issuer != issuer.content().subject || self.tries == 0 {
            return false;
        }
        self.tries -= 1;
        match certificate.is_issued_by(issuer) {
            Ok(issued) => issued,
            Err(fault) => {
                self.fault.get_or_insert(fault);
                false
            }
        }
    }

    /// Tells whether the certificates of a whole path hold.
    fn holds(&mut self, path: &[&Certificate]) -> bool {
        for (place, certificate) in path.iter().enumerate() {
            let fault = match fault(certificate, place, self.at) {
                Ok(None) => continue,
                Ok(Some(what)) => Refusal::Path { subject: certificate.subject(), what },
                Err(fault) => fault,
            };
            self.fault.get_or_insert(fault);
            return false;
        }
        true
    }
}

/// Returns what is wrong with a certificate at a place of a path, of which 0 is the authority.
fn fault(
    certificate: &Certificate,
    place: usize,
    at: Timestamp,
) -> Result<Option<&'static str>, Refusal> {
    if !certificate.is_valid_at(at) {
        return Ok(Some("was not valid at the time of the token"));
    }
    for (name, critical) in certificate.extensions() {
        if name == rfc5280::ID_CE_NAME_CONSTRAINTS {
            return Ok(Some("limits names, which is not understood"));
        }
        if critical && !UNDERSTOOD.contains(&name) {
            return Ok(Some("has a critical extension that is not understood"));
        }
    }
    let Some(between) = place.checked_sub(1) else { return Ok(None) };
    let Some((_, constraints)) = certificate.extension::<BasicConstraints>()? else {
        return Ok(Some("is not one of a certificate authority"));
    };
    if !constraints.ca {
        return Ok(Some("is not one of a certificate authority"));
    }
    if constraints.path_len_constraint.is_some_and(|most| between > usize::from(most)) {
        return Ok(Some("allows no path of this length"));
    }
    if certificate.extension::<KeyUsage>()?.is_some_and(|(_, usage)| !usage.key_cert_sign()) {
        return Ok(Some("may not sign certificates"));
    }
    let allowed = [rfc5280::ID_KP_TIME_STAMPING, rfc5280::ANY_EXTENDED_KEY_USAGE];
    if let Some((_, purposes)) = certificate.extension::<ExtendedKeyUsage>()?
        && !purposes.0.iter().any(|it| allowed.contains(it))
    {
        return Ok(Some("is not for time stamps"));
    }
    Ok(None)
}
