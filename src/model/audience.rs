//! Who reads an edition.

use std::fmt::Debug;

mod sealed {
    pub trait Sealed {}
}

/// The readers for whom an edition is made. Plans, recipes and output folders carry it in their
/// type, so that what was made for one audience can't be written where another reads.
pub trait Audience: sealed::Sealed + Debug + Send + Sync + 'static {
    /// The name of the edition and of its output folder.
    const EDITION: &'static str;
}

/// Everyone who works here: reads the handbook.
#[derive(Debug)]
pub enum Staff {}

/// Anyone: reads the trust center.
#[derive(Debug)]
pub enum Customer {}

impl sealed::Sealed for Staff {}
impl sealed::Sealed for Customer {}

impl Audience for Staff {
    const EDITION: &'static str = "handbook";
}

impl Audience for Customer {
    const EDITION: &'static str = "trust";
}
