//! The nouns of the domain.

pub mod address;
pub mod assessment;
pub mod asset;
pub mod audience;
pub mod body;
pub mod cadence;
pub mod collision;
pub mod control;
pub mod corpus;
pub mod disclosure;
pub mod document;
pub mod fingerprint;
pub mod framework;
pub mod id;
pub mod interval;
pub mod link;
pub mod outline;
pub mod person;
pub mod register;
pub mod settings;
pub mod short_text;
pub mod synonyms;
pub mod terms;
pub mod trust;
pub mod unread;
pub mod variable;
