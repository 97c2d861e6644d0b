//! Text to values: every field gets its type and a span, nothing is lost without a diagnostic.

mod html;
pub mod markdown;
