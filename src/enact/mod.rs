//! Acts, before they are signed and after: what is stated, and which files change.
//!
//! [`statement()`] puts together what somebody says of which texts, [`filed`] turns a signed statement
//! into changes of files. Both are pure; `sign` signs and [`amend`](crate::amend) writes.

mod acknowledgement;
mod authors;
mod campaign;
mod filing;
mod refusal;
mod ring;
mod statement;

pub use acknowledgement::acknowledgement;
pub use authors::{Authors, add_authors, authors, authors_may_approve};
pub use campaign::{ClosingReport, close, packet, start};
pub use filing::{filed, recorded};
pub use refusal::Refusal;
pub use ring::{RingChange, ring_change};
pub use statement::{Deed, Matter, choose_role, statement, subject};
