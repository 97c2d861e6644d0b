//! Avouch compiles a git repository of Markdown policies into a handbook, a trust center and PDFs.

pub mod assess;
pub mod cli;
pub mod diagnostic;
pub mod edition;
pub mod markup;
pub mod model;
pub mod parse;
pub mod picture;
pub mod pipeline;
pub mod plan;
pub mod render;
pub mod resolve;
pub mod signature;
pub mod span;
pub mod theme;
pub mod workspace;
pub mod write;
