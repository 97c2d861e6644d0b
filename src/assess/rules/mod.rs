//! The rules that judge the corpus on a day, one file each.

pub(crate) mod acknowledgement_outstanding;
pub(crate) mod approval_missing;
pub(crate) mod approval_outdated;
pub(crate) mod approval_unbound;
pub(crate) mod approver_without_role;
pub(crate) mod closing_not_signed;
pub(crate) mod control_without_evidence;
pub(crate) mod control_without_owner;
pub(crate) mod deadline_passed;
pub(crate) mod evidence_changed;
pub(crate) mod evidence_stale;
pub(crate) mod policy_exception_expired;
pub(crate) mod procedure_without_policy;
pub(crate) mod requirement_uncovered;
pub(crate) mod review_due_soon;
pub(crate) mod review_in_future;
pub(crate) mod review_overdue;

use crate::diagnostic::{Diagnostic, Rule};
use crate::model::assessment::Assessment;
use crate::model::corpus::Corpus;

/// All of them.
pub(crate) const ALL: &[&Rule] = &[
    &acknowledgement_outstanding::RULE,
    &approval_missing::RULE,
    &approval_outdated::RULE,
    &approval_unbound::RULE,
    &approver_without_role::RULE,
    &closing_not_signed::RULE,
    &control_without_evidence::RULE,
    &control_without_owner::RULE,
    &deadline_passed::RULE,
    &evidence_changed::RULE,
    &evidence_stale::RULE,
    &policy_exception_expired::RULE,
    &procedure_without_policy::RULE,
    &requirement_uncovered::RULE,
    &review_due_soon::RULE,
    &review_in_future::RULE,
    &review_overdue::RULE,
];

/// Checks all of them. `written` is what the files say, where that is not what is shown: what people
/// do next, they do with their files. In a folder that is no workspace there is nothing to judge.
pub(super) fn check(written: &Corpus, corpus: &Corpus, assessment: &Assessment) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if !corpus.settings.is_workspace {
        return found;
    }
    acknowledgement_outstanding::check(corpus, assessment, &mut found);
    approval_missing::check(written, assessment, &mut found);
    approval_outdated::check(written, assessment, &mut found);
    approval_unbound::check(written, assessment, &mut found);
    approver_without_role::check(written, &mut found);
    closing_not_signed::check(corpus, assessment, &mut found);
    control_without_evidence::check(corpus, assessment, &mut found);
    control_without_owner::check(corpus, &mut found);
    deadline_passed::check(corpus, assessment, &mut found);
    evidence_changed::check(corpus, assessment, &mut found);
    evidence_stale::check(corpus, assessment, &mut found);
    policy_exception_expired::check(corpus, assessment, &mut found);
    procedure_without_policy::check(written, &mut found);
    requirement_uncovered::check(corpus, assessment, &mut found);
    review_due_soon::check(written, assessment, &mut found);
    review_in_future::check(written, assessment, &mut found);
    review_overdue::check(written, assessment, &mut found);
    found
}
