//! Changes to files that people wrote: nothing but what is meant changes, to the byte.
//!
//! [`append`], [`append_all`], [`take`], [`set`] and [`remove`] are pure: text in, text out. They change a YAML
//! mapping at a [`Spot`], in the way in which its author writes: block or brackets, indents, quotes,
//! line ends. Afterwards both texts are read and compared, and a change that would change anything
//! else is refused. [`in_front_matter`] does the same to the head of a Markdown file.
//!
//! [`mod@replace`] is the only part that touches the world. It puts whole files in the place of those
//! that were read, if nobody else changed them since.

mod block;
mod flow;
mod front_matter;
mod refusal;
pub mod replace;
mod source;
mod taken;
#[cfg(test)]
mod tests;
mod value;
mod yaml;

pub use front_matter::in_front_matter;
pub use refusal::Refusal;
pub use taken::Taken;
pub use value::Value;
pub use yaml::{Spot, append, append_all, append_taken, remove, set, take};
