//! Records kept as data: risks, vendors, incidents and so on.
//!
//! A register is a list of records that all have the columns of its [`Schema`]. What a column
//! holds, and who may read it, is decided in [`REGISTERS`], so that the reader, the tables of the
//! handbook, the public boundary and the documentation agree.

mod attestation;
mod record;
mod registers;
mod schema;

pub use attestation::AttestationKind;
pub use record::{Record, Value};
pub use registers::REGISTERS;
pub use schema::{Column, ColumnKind, Deadline, Openness, Schema};
