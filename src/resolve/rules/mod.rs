//! The rules that looking up references checks, one file each.

pub(crate) mod address_collision;
pub(crate) mod broken_anchor;
pub(crate) mod broken_reference;
pub(crate) mod duplicate_id;
pub(crate) mod missing_image;
pub(crate) mod remote_resource;
pub(crate) mod unknown_framework;
pub(crate) mod unknown_id;
pub(crate) mod unknown_owner;
pub(crate) mod unknown_requirement;
pub(crate) mod unknown_theme;
pub(crate) mod unresolved_variable;
pub(crate) mod unusable_image;

use crate::diagnostic::Rule;

/// All of them.
pub(crate) const ALL: &[&Rule] = &[
    &address_collision::RULE,
    &broken_anchor::RULE,
    &broken_reference::RULE,
    &duplicate_id::RULE,
    &missing_image::RULE,
    &remote_resource::RULE,
    &unknown_framework::RULE,
    &unknown_id::RULE,
    &unknown_owner::RULE,
    &unknown_requirement::RULE,
    &unknown_theme::RULE,
    &unresolved_variable::RULE,
    &unusable_image::RULE,
];
