//! The rules that judge the corpus on a day, one file each.

pub(crate) mod acknowledgement_outstanding;
pub(crate) mod approval_after_effective;
pub(crate) mod approval_backdated;
pub(crate) mod approval_invalid;
pub(crate) mod approval_missing;
pub(crate) mod approval_outdated;
pub(crate) mod approval_recorded_late;
pub(crate) mod approval_rolled_back;
pub(crate) mod approval_unbound;
pub(crate) mod approver_is_author;
pub(crate) mod approver_lacks_role;
pub(crate) mod closing_not_signed;
pub(crate) mod control_without_evidence;
pub(crate) mod control_without_owner;
pub(crate) mod deadline_passed;
pub(crate) mod document_gone;
pub(crate) mod evidence_changed;
pub(crate) mod evidence_stale;
pub(crate) mod history_incomplete;
pub(crate) mod id_reused;
pub(crate) mod key_compromised;
pub(crate) mod key_expired;
pub(crate) mod person_without_key;
pub(crate) mod policy_exception_expired;
pub(crate) mod procedure_without_policy;
pub(crate) mod quorum_not_met;
pub(crate) mod requirement_uncovered;
pub(crate) mod review_due_soon;
pub(crate) mod review_in_future;
pub(crate) mod review_overdue;
pub(crate) mod review_rubber_stamped;
pub(crate) mod ring_unsigned;
pub(crate) mod role_without_holder;
pub(crate) mod version_not_increased;
pub(crate) mod version_reused;

use crate::diagnostic::{Diagnostic, Rule};
use crate::model::assessment::Assessment;
use crate::model::corpus::Corpus;

/// All of them.
pub(crate) const ALL: &[&Rule] = &[
    &acknowledgement_outstanding::RULE,
    &approval_after_effective::RULE,
    &approval_backdated::RULE,
    &approval_invalid::RULE,
    &approval_missing::RULE,
    &approval_outdated::RULE,
    &approval_recorded_late::RULE,
    &approval_rolled_back::RULE,
    &approval_unbound::RULE,
    &approver_is_author::RULE,
    &approver_lacks_role::RULE,
    &closing_not_signed::RULE,
    &control_without_evidence::RULE,
    &control_without_owner::RULE,
    &deadline_passed::RULE,
    &document_gone::RULE,
    &evidence_changed::RULE,
    &evidence_stale::RULE,
    &history_incomplete::RULE,
    &id_reused::RULE,
    &key_compromised::RULE,
    &key_expired::RULE,
    &person_without_key::RULE,
    &policy_exception_expired::RULE,
    &procedure_without_policy::RULE,
    &quorum_not_met::RULE,
    &requirement_uncovered::RULE,
    &review_due_soon::RULE,
    &review_in_future::RULE,
    &review_overdue::RULE,
    &review_rubber_stamped::RULE,
    &ring_unsigned::RULE,
    &role_without_holder::RULE,
    &version_not_increased::RULE,
    &version_reused::RULE,
];

/// Checks all of them. `written` is what the files say, where that is not what is shown: what people
/// do next, they do with their files. In a folder that is no workspace there is nothing to judge.
pub(super) fn check(written: &Corpus, corpus: &Corpus, assessment: &Assessment) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if !corpus.settings.is_workspace {
        return found;
    }
    acknowledgement_outstanding::check(corpus, assessment, &mut found);
    approval_after_effective::check(written, assessment, &mut found);
    approval_backdated::check(written, assessment, &mut found);
    approval_invalid::check(written, assessment, &mut found);
    approval_missing::check(written, assessment, &mut found);
    approval_outdated::check(written, assessment, &mut found);
    approval_recorded_late::check(written, assessment, &mut found);
    approval_rolled_back::check(written, assessment, &mut found);
    approval_unbound::check(written, assessment, &mut found);
    approver_is_author::check(written, assessment, &mut found);
    approver_lacks_role::check(written, assessment, &mut found);
    closing_not_signed::check(corpus, assessment, &mut found);
    control_without_evidence::check(corpus, assessment, &mut found);
    control_without_owner::check(corpus, &mut found);
    deadline_passed::check(corpus, assessment, &mut found);
    document_gone::check(written, assessment, &mut found);
    evidence_changed::check(corpus, assessment, &mut found);
    evidence_stale::check(corpus, assessment, &mut found);
    history_incomplete::check(written, assessment, &mut found);
    id_reused::check(written, assessment, &mut found);
    key_compromised::check(written, assessment, &mut found);
    key_expired::check(written, assessment, &mut found);
    person_without_key::check(written, assessment, &mut found);
    policy_exception_expired::check(corpus, assessment, &mut found);
    procedure_without_policy::check(written, &mut found);
    quorum_not_met::check(written, assessment, &mut found);
    requirement_uncovered::check(corpus, assessment, &mut found);
    review_due_soon::check(written, assessment, &mut found);
    review_in_future::check(written, assessment, &mut found);
    review_overdue::check(written, assessment, &mut found);
    review_rubber_stamped::check(written, assessment, &mut found);
    ring_unsigned::check(written, assessment, &mut found);
    role_without_holder::check(written, assessment, &mut found);
    version_not_increased::check(written, assessment, &mut found);
    version_reused::check(written, assessment, &mut found);
    found
}
