//! Where a workspace is, and which folders of it are read.

use std::fs;
use std::path::{Path, PathBuf};

use super::Layout;

/// The folders of a workspace that are read.
pub(super) const TOPS: [&str; 2] = ["content", "themes"];

/// The file that makes a folder a workspace, with either ending.
const SETTINGS: [&str; 2] = ["workspace.yaml", "workspace.yml"];

/// Returns how a folder is laid out.
pub fn layout(root: &Path) -> Layout {
    let inside = home(root) != root && has_settings(root);
    if inside || has_settings(&root.join("content")) { Layout::Workspace } else { Layout::Folder }
}

/// Returns the root of the workspace that a folder names: the folder above, if it is a workspace's
/// `content` itself, else the folder.
pub fn home(root: &Path) -> PathBuf {
    if has_settings(root)
        && let Ok(real) = fs::canonicalize(root)
        && real.ends_with("content")
        && let Some(parent) = real.parent()
    {
        parent.to_owned()
    } else {
        root.to_owned()
    }
}

/// Returns the root of the workspace that a folder is in: the folder itself or the nearest one
/// above it that holds `content/workspace.yaml`. `folder` is an absolute path.
pub fn enclosing(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|above| has_settings(&above.join("content")))
}

fn has_settings(content: &Path) -> bool {
    let is_file = |name| fs::metadata(content.join(name)).is_ok_and(|it| it.is_file());
    SETTINGS.into_iter().any(is_file)
}

/// Returns the root of the workspace whose settings a file is, both relative to a folder above.
pub fn root_of_settings(path: &str) -> Option<&str> {
    let (folder, name) = path.rsplit_once('/')?;
    folder.strip_suffix("/content").filter(|_| SETTINGS.contains(&name))
}

/// Returns whether a folder is among those that are read of the workspace around it. Both paths are
/// absolute.
pub fn holds(workspace: &Path, folder: &Path) -> bool {
    TOPS.iter().any(|top| folder.starts_with(workspace.join(top)))
}
