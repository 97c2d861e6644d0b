//! Paths that not every file system can tell apart.
//!
//! Linux keeps `A.md` and `a.md` apart, macOS and Windows do not; macOS takes the two ways to
//! write `é` for one. What would be one file somewhere is a fault everywhere.

use std::collections::{BTreeSet, HashMap, hash_map};

use unicode_normalization::UnicodeNormalization;

/// Returns each pair of paths, or of folders above them, that cannot stand side by side on every
/// file system: equal but for case or Unicode normalisation, or one a file and the other a folder
/// of that name, or simply given twice. Sorted.
pub fn collisions<'a>(paths: impl IntoIterator<Item = &'a str>) -> Vec<(&'a str, &'a str)> {
    let mut seen: HashMap<String, (&str, &str)> = HashMap::new();
    let mut found = BTreeSet::new();
    for path in paths {
        let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
        for part in ends.map(|end| &path[..end]) {
            match seen.entry(folded(part)) {
                hash_map::Entry::Vacant(entry) => {
                    entry.insert((part, path));
                }
                hash_map::Entry::Occupied(entry) => {
                    let (first_part, first_path) = *entry.get();
                    let both_folders = first_part != first_path && part != path;
                    if first_part != part {
                        found.insert((first_part.min(part), first_part.max(part)));
                        break;
                    } else if !both_folders {
                        found.insert((first_path.min(path), first_path.max(path)));
                        break;
                    }
                }
            }
        }
    }
    found.into_iter().collect()
}

fn folded(path: &str) -> String {
    if path.is_ascii() {
        path.to_ascii_lowercase()
    } else {
        path.nfc().flat_map(char::to_lowercase).nfc().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::collisions;

    #[test]
    fn names_that_differ_by_case_normalisation_or_kind_collide() {
        let paths = [
            "a/one.html",
            "a/two.html",
            "A/three.html",
            "b/Index.html",
            "b/index.html",
            "c/caf\u{e9}.html",
            "c/cafe\u{301}.html",
            "d",
            "d/e.html",
            "f.html",
            "f.html",
        ];
        assert_eq!(
            collisions(paths),
            [
                ("A", "a"),
                ("b/Index.html", "b/index.html"),
                ("c/cafe\u{301}.html", "c/caf\u{e9}.html"),
                ("d", "d/e.html"),
                ("f.html", "f.html"),
            ]
        );
    }
}
