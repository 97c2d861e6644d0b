//! Words of the field that mean the same, for finding things by either.
//!
//! The search of the handbook widens queries by these groups and by the aliases of the glossary;
//! the lists of the trust center carry the words of a group wherever one of them occurs.

use super::terms::fold;

/// Abbreviations of the field, each with what it stands for and what else people type.
pub const GROUPS: &[&[&str]] = &[
    &["MFA", "2FA", "multi-factor authentication", "two-factor authentication", "second factor"],
    &["SSO", "single sign-on"],
    &["IdP", "identity provider"],
    &["RBAC", "role-based access"],
    &["DPA", "data processing agreement", "data processing addendum"],
    &["SoA", "statement of applicability"],
    &["SLA", "uptime", "service level", "availability commitment"],
    &["pentest", "pen test", "penetration test"],
    &["CVE", "vulnerability", "vulnerabilities"],
    &["BCP", "DR", "BCDR", "business continuity", "disaster recovery"],
    &["RTO", "recovery time objective"],
    &["RPO", "recovery point objective"],
    &["CUEC", "user entity control", "customer responsibilities"],
    &["CSOC", "subservice organisation control"],
    &["BAA", "business associate agreement", "business associate contract"],
    &["PII", "personal data", "personal information"],
    &["NDA", "confidentiality agreement"],
    &["SDLC", "secure development", "development life cycle"],
    &["ISMS", "information security management system"],
    &["TOM", "technical and organisational measures"],
    &["KMS", "key management"],
];

/// The fewest letters of a word that may go on: `penetration tests`, but not `drive`.
const GOES_ON: usize = 5;

/// Writes a phrase as search takes texts apart: folded words with one space between.
#[must_use]
pub fn plain(phrase: &str) -> String {
    let folded = fold(phrase);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// Returns what else people may type to find a text: of each group of which a phrase occurs in it,
/// the other phrases.
#[must_use]
pub fn others(text: &str) -> Vec<&'static str> {
    let text = format!(" {} ", plain(text));
    let holds = |phrase: &str| {
        let end = if phrase.len() < GOES_ON { " " } else { "" };
        text.contains(&format!(" {}{end}", plain(phrase)))
    };
    let groups = GROUPS.iter().filter(|group| group.iter().any(|phrase| holds(phrase)));
    groups.flat_map(|group| group.iter().copied()).filter(|phrase| !holds(phrase)).collect()
}

#[cfg(test)]
mod tests {
    use super::{GROUPS, others, plain};

    #[test]
    fn a_text_is_found_by_the_other_words_of_a_group() {
        assert_eq!(
            others("Multi-factor authentication for everyone"),
            ["MFA", "2FA", "two-factor authentication", "second factor"]
        );
        assert_eq!(others("Penetration tests, every year"), ["pentest", "pen test"]);
        assert_eq!(others("The drive is slow"), [""; 0]);
    }

    #[test]
    fn no_phrase_stands_in_two_groups() {
        let mut all: Vec<String> = GROUPS.iter().copied().flatten().map(|it| plain(it)).collect();
        let count = all.len();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
