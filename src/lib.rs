//! Avouch compiles a git repository of Markdown policies into a handbook, a trust center and PDFs.

pub mod diagnostic;
pub mod edition;
pub mod model;
pub mod parse;
pub mod plan;
pub mod render;
pub mod resolve;
pub mod span;
