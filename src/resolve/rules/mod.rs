//! The rules that looking up references checks, one file each.

pub(crate) mod address_collision;
pub(crate) mod broken_anchor;
pub(crate) mod broken_reference;
pub(crate) mod duplicate_id;
pub(crate) mod missing_alt_text;
pub(crate) mod missing_image;
pub(crate) mod remote_resource;
pub(crate) mod unknown_framework;
pub(crate) mod unknown_id;
pub(crate) mod unknown_owner;
pub(crate) mod unknown_requirement;
pub(crate) mod unresolved_variable;
pub(crate) mod unusable_image;
