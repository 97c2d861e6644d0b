//! Who may read what: the public boundary.

pub(crate) mod disclose_body;
