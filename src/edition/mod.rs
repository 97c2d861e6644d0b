//! Who may read what: the corpus prepared for one audience.
//!
//! [`Handbook`] is for staff and leaves nothing out. [`TrustCenter`] is for customers and is the
//! public boundary: three walls guard it. The first is its types (see [`crate::model::body`]),
//! the second is `disclose`, an allow-list that takes every internal value apart by name, the
//! third is [`leak`], which searches the finished bytes for what is withheld.

mod disclose;
mod disclose_approval;
mod disclose_body;
mod disclose_control;
mod disclose_record;
mod filled;
mod gate;
mod handbook;
pub mod leak;
mod open_text;
pub mod own_address;
mod public_text;
pub(crate) mod rules;
pub mod trust_center;

pub use filled::Filled;
pub use handbook::Handbook;
pub use open_text::OpenTexts;
pub use public_text::PublicText;
pub use trust_center::TrustCenter;
