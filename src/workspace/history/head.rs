//! Which commit is checked out, and what is known to be cut off or replaced.
//!
//! References are read here and not by the library, which opens files before it knows what they
//! are, and follows links.

use std::collections::BTreeSet;
use std::path::Path;

use gix::bstr::ByteSlice as _;

use super::ObjectId;
use super::fault::{HistoryFailure, ReferenceFault};
use super::place::{Location, holds_anything, read_below, read_list, read_small};

/// References that lead to references, at most.
const STEPS: usize = 5;

/// What the names of references begin with that only one worktree has.
const OWN: [&str; 3] = ["refs/bisect/", "refs/worktree/", "refs/rewritten/"];

/// Returns the commit that `HEAD` names, unless there is none yet.
pub(super) fn head(location: &Location) -> Result<Option<ObjectId>, HistoryFailure> {
    let mut path = location.own.join("HEAD");
    let mut content = read_small(&path)?.unwrap_or_default();
    for _ in 0..STEPS {
        let Some(name) = content.strip_prefix(b"ref:") else {
            let id = ObjectId::from_hex(content.trim());
            return id.map(Some).ok_or_else(|| fault(&path, ReferenceFault::Malformed));
        };
        let name = name.trim().as_bstr();
        let is_name = name.starts_with(b"refs/") && gix::validate::reference::name(name).is_ok();
        let name = is_name.then(|| name.to_str().ok()).flatten().map(str::to_owned);
        let name = name.ok_or_else(|| fault(&path, ReferenceFault::Malformed))?;
        let is_own = OWN.iter().any(|own| name.starts_with(own));
        let folder = if is_own { &location.own } else { &location.common };
        match read_below(folder, &name)? {
            Some(loose) => content = loose,
            None => return packed(&location.common, name.as_bytes()),
        }
        path = folder.join(&name);
    }
    Err(fault(&path, ReferenceFault::Loops))
}

/// Looks a reference up among those that are packed; they name objects only.
fn packed(common: &Path, wanted: &[u8]) -> Result<Option<ObjectId>, HistoryFailure> {
    let path = common.join("packed-refs");
    let list = read_list(&path)?.unwrap_or_default();
    for line in list.lines() {
        if let Some((id, name)) = line.split_once_str(" ")
            && name == wanted
        {
            let id = ObjectId::from_hex(id);
            return id.map(Some).ok_or_else(|| fault(&path, ReferenceFault::Malformed));
        }
    }
    Ok(None)
}

/// Returns the commits whose parents a shallow clone leaves out.
pub(super) fn boundary(location: &Location) -> Result<BTreeSet<ObjectId>, HistoryFailure> {
    let path = location.common.join("shallow");
    let list = read_list(&path)?.unwrap_or_default();
    let id = |line| ObjectId::from_hex(line).ok_or_else(|| fault(&path, ReferenceFault::Malformed));
    list.lines().filter(|line| !line.is_empty()).map(id).collect()
}

/// Returns whether commits are replaced by others, which we do not follow.
pub(super) fn is_grafted(location: &Location) -> Result<bool, HistoryFailure> {
    let common = &location.common;
    let is_entry = |line: &[u8]| !line.is_empty() && !line.starts_with(b"#");
    let grafts = read_below(common, "info/grafts")?.unwrap_or_default();
    if grafts.lines().any(is_entry) || holds_anything(&common.join("refs/replace"))? {
        return Ok(true);
    }
    let packed = read_list(&common.join("packed-refs"))?.unwrap_or_default();
    Ok(packed.lines().any(|line| line.contains_str(" refs/replace/")))
}

pub(super) fn fault(path: &Path, fault: ReferenceFault) -> HistoryFailure {
    HistoryFailure::Reference { path: path.to_owned(), fault }
}
