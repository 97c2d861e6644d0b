//! The rules of the public boundary, one file each.

pub(crate) mod classification_contradicts_disclosure;
pub(crate) mod disclosure_lapsed;
pub(crate) mod misleading_claim;
pub(crate) mod missing_public_summary;
pub(crate) mod public_control_not_operating;
pub(crate) mod public_links_to_withheld;
pub(crate) mod restricted_report_public;
pub(crate) mod security_txt_expires;
pub(crate) mod trust_address_not_built;
pub(crate) mod withheld_fact_in_public;
pub(crate) mod withheld_text_in_public;

use crate::diagnostic::Rule;

/// All of them.
pub(crate) const ALL: &[&Rule] = &[
    &classification_contradicts_disclosure::RULE,
    &disclosure_lapsed::RULE,
    &misleading_claim::RULE,
    &missing_public_summary::RULE,
    &public_control_not_operating::RULE,
    &public_links_to_withheld::RULE,
    &restricted_report_public::RULE,
    &security_txt_expires::RULE,
    &trust_address_not_built::RULE,
    &withheld_fact_in_public::RULE,
    &withheld_text_in_public::RULE,
];
