//! Imports with exact outcomes.
