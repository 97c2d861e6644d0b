//! Paths as the user can open them from their own folder.
//!
//! Diagnostics name files by their path in the workspace. People stand somewhere else: in a folder
//! of the workspace, or above it.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::span::FilePath;

/// The way from the user's folder to the folder that is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shown {
    /// The folders from the one that is read to the user's, where the user is inside it.
    inside: Vec<String>,
    /// What leads from the user's folder to the one that is read, where it is not around it.
    prefix: PathBuf,
}

impl Shown {
    /// Finds the way from `here`, the user's folder, to `home`.
    pub(super) fn new(home: &Path, here: &Path) -> Self {
        let real = home.canonicalize().unwrap_or_else(|_| home.to_owned());
        let here = here.canonicalize().unwrap_or_else(|_| here.to_owned());
        let names = |path: &Path| -> Vec<String> {
            path.components().map(|name| name.as_os_str().to_string_lossy().into_owned()).collect()
        };
        if let Ok(inside) = here.strip_prefix(&real) {
            return Self { inside: names(inside), prefix: PathBuf::new() };
        }
        let prefix = match real.strip_prefix(&here) {
            Ok(below) => below.to_owned(),
            Err(_) => home.components().filter(|it| *it != Component::CurDir).collect(),
        };
        Self { inside: Vec::new(), prefix }
    }

    /// Returns the folder that is read.
    pub(super) fn folder(&self) -> PathBuf {
        let path: PathBuf = self.inside.iter().map(|_| "..").collect();
        let path = path.join(&self.prefix);
        if path.as_os_str().is_empty() { PathBuf::from(".") } else { path }
    }

    /// Returns the path of a file as the user would open it.
    pub(super) fn path(&self, path: &str) -> String {
        let parts: Vec<&str> = path.split('/').collect();
        let folders = parts.len() - 1;
        let alike =
            self.inside.iter().zip(&parts[..folders]).take_while(|(one, other)| one == *other);
        let alike = alike.count();
        let mut shown = self.prefix.to_string_lossy().replace('\\', "/");
        if !shown.is_empty() && !shown.ends_with('/') {
            shown.push('/');
        }
        shown.push_str(&"../".repeat(self.inside.len() - alike));
        shown + &parts[alike..].join("/")
    }

    /// Returns the path of a file for programs, which do not know where the user stood in the
    /// workspace: relative to the workspace then, else as for people.
    pub(super) fn path_for_programs(&self, path: &str) -> String {
        Self { inside: Vec::new(), prefix: self.prefix.clone() }.path(path)
    }
}

/// Returns diagnostics whose places have other paths.
pub(super) fn moved(
    diagnostics: &[Diagnostic],
    names: &HashMap<&FilePath, FilePath>,
) -> Vec<Diagnostic> {
    let rename = |path: &mut FilePath| {
        if let Some(name) = names.get(path) {
            path.clone_from(name);
        }
    };
    let moved = diagnostics.par_iter().map(|one| {
        let mut one = one.clone();
        rename(&mut one.place.path);
        one.related.iter_mut().for_each(|(place, _)| rename(&mut place.path));
        one
    });
    moved.collect()
}

#[cfg(test)]
mod tests {
    use super::Shown;
    use std::path::{Path, PathBuf};

    fn from(home: &str, here: &str) -> Shown {
        Shown::new(Path::new(home), Path::new(here))
    }

    #[test]
    fn paths_can_be_opened_from_where_the_user_is() {
        let inside = from("/nowhere/acme", "/nowhere/acme/content/policies");
        assert_eq!(inside.path("content/policies/access.md"), "access.md");
        assert_eq!(inside.path("content/people.yaml"), "../people.yaml");
        assert_eq!(inside.path("themes/x/page.html"), "../../themes/x/page.html");
        assert_eq!(inside.path_for_programs("content/people.yaml"), "content/people.yaml");
        assert_eq!(inside.folder(), PathBuf::from("../.."));
        let above = from("/nowhere/acme", "/nowhere");
        assert_eq!(above.path("content/people.yaml"), "acme/content/people.yaml");
        assert_eq!(above.path_for_programs("content/people.yaml"), "acme/content/people.yaml");
        assert_eq!(from("/nowhere/acme", "/nowhere/acme").path("a.md"), "a.md");
        assert_eq!(from("../acme", "/nowhere/other").path("a.md"), "../acme/a.md");
    }
}
