//! Kinds of reports and certificates, and what each kind is.

/// What a third party says about us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AttestationKind {
    /// A report on controls over customers' financial reporting.
    Soc1,
    /// A report on the trust services criteria, with its tests.
    Soc2,
    /// A report on the trust services criteria, without them.
    Soc3,
    /// A report on the cybersecurity risk management program.
    SocCybersecurity,
    /// A certificate of a certification body.
    IsoCertificate,
    /// What a penetration tester says of a test.
    PenetrationTestLetter,
    /// The register does not say.
    Unstated,
}

impl AttestationKind {
    /// The words that `attestations.yaml` uses, each with the words that are printed for it.
    pub const WORDS: &'static [(&'static str, &'static str)] = &[
        ("soc1", "SOC 1"),
        ("soc2", "SOC 2"),
        ("soc3", "SOC 3"),
        ("soc-cybersecurity", "SOC for Cybersecurity"),
        ("iso-certificate", "ISO certificate"),
        ("penetration-test-letter", "Penetration test letter"),
    ];

    /// Reads the word that `attestations.yaml` uses.
    #[must_use]
    pub fn parse(word: &str) -> Self {
        match word {
            "soc1" => Self::Soc1,
            "soc2" => Self::Soc2,
            "soc3" => Self::Soc3,
            "soc-cybersecurity" => Self::SocCybersecurity,
            "iso-certificate" => Self::IsoCertificate,
            "penetration-test-letter" => Self::PenetrationTestLetter,
            _ => Self::Unstated,
        }
    }

    /// Returns what it is, in a phrase.
    #[must_use]
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Soc1 | Self::Soc2 => {
                "Attestation report of an independent service auditor, restricted use"
            }
            Self::Soc3 => "Attestation report of an independent service auditor, general use",
            Self::SocCybersecurity => {
                "Attestation report on the cybersecurity risk management program"
            }
            Self::IsoCertificate => "Certificate of a certification body",
            Self::PenetrationTestLetter => "Letter of an independent penetration tester",
            Self::Unstated => "Report of a third party",
        }
    }

    /// Returns the words before the name of who issued it.
    #[must_use]
    pub fn issuer_words(self) -> &'static str {
        match self {
            Self::IsoCertificate => "Certified by",
            Self::PenetrationTestLetter => "Tested by",
            Self::Soc1 | Self::Soc2 | Self::Soc3 | Self::SocCybersecurity | Self::Unstated => {
                "Auditor"
            }
        }
    }

    /// Returns the words before its day.
    #[must_use]
    pub fn date_words(self) -> &'static str {
        match self {
            Self::IsoCertificate => "Issued",
            Self::PenetrationTestLetter => "Letter of",
            Self::Soc1 | Self::Soc2 | Self::Soc3 | Self::SocCybersecurity | Self::Unstated => {
                "As of"
            }
        }
    }

    /// Returns whether only those whom it names as its users may have it.
    #[must_use]
    pub fn is_restricted(self) -> bool {
        match self {
            Self::Soc1 | Self::Soc2 => true,
            Self::Soc3
            | Self::SocCybersecurity
            | Self::IsoCertificate
            | Self::PenetrationTestLetter
            | Self::Unstated => false,
        }
    }

    /// Returns whether it says of itself until when it holds. Of any other kind readers expect one
    /// that is no older than a year.
    #[must_use]
    pub fn has_term(self) -> bool {
        self == Self::IsoCertificate
    }

    /// Returns whether it is the outcome of an examination against a framework. What a tester
    /// writes about a test is none.
    #[must_use]
    pub fn is_examination(self) -> bool {
        self != Self::PenetrationTestLetter
    }
}

#[cfg(test)]
mod tests {
    use super::AttestationKind;

    #[test]
    fn each_word_has_a_kind_of_its_own() {
        let kinds: Vec<_> =
            AttestationKind::WORDS.iter().map(|(word, _)| AttestationKind::parse(word)).collect();
        assert!(!kinds.contains(&AttestationKind::Unstated));
        assert!(kinds.is_sorted_by(|a, b| a < b), "{kinds:?}");
    }
}
