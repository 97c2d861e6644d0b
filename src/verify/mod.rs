//! Whether everything that is filed stands, told to somebody who takes nobody's word for it.
//!
//! [`Report`] says of every record what it claims, what is proven of it and why it fails, with what
//! is weak first. [`witness`] reads what whoever verifies knows from elsewhere. [`export`] packs the records so that stock programs repeat every check. Both are
//! pure: they take what the stages found and keep nothing for the next run.

mod documents;
mod evidence;
pub mod export;
mod human;
mod items;
mod later;
mod pin;
mod report;
mod signers;
mod summary;
pub mod witness;

pub use documents::Document;
pub use evidence::Evidence;
pub use items::Item;
pub use pin::{Pin, PinFault};
pub use report::{
    FirstRing, Missing, Record, Report, RingLine, Signer, Stamp, Subject, Unreadable, Unsigned,
    Verdict,
};
pub use summary::{Summary, Weakness};
