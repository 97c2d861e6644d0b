//! `avouch verify` beside stock programs: what stands here stands there, and what was changed falls
//! in both.
//!
//! Workspaces are folders on the disk with keys of `ssh-keygen`, signed through the library.

#![expect(clippy::disallowed_methods, reason = "programs are run on folders of the disk")]

mod export;
mod report;
mod told;
mod witness;
mod workspace;

/// Something that is done to a workspace or an export.
type Change<'c, T> = dyn Fn(&T) + 'c;
