//! An edition to a plan: what pages there are, and all that each of them shows.

pub mod view;
