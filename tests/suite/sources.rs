//! The sources of a workspace as a value that tests take apart, change and put together again.
//!
//! Data files and front matter become [`Tree`]s and are written back in the one-line form of YAML,
//! so a test changes a field without knowing how its author laid it out.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use avouch::parse::yaml::{self, Node, NodeKind};
use avouch::workspace::{Layout, Snapshot, read};

/// A value of a data file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Tree {
    Null,
    Text(String),
    List(Vec<Tree>),
    Map(Vec<(String, Tree)>),
}

impl Tree {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Tree> {
        match self {
            Self::Map(entries) => {
                entries.iter().find(|(name, _)| name == key).map(|(_, value)| value)
            }
            _ => None,
        }
    }

    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut Tree> {
        match self {
            Self::Map(entries) => {
                entries.iter_mut().find(|(name, _)| name == key).map(|(_, value)| value)
            }
            _ => None,
        }
    }

    pub(crate) fn word(&self, key: &str) -> Option<&str> {
        match self.get(key)? {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Calls `visit` with every text, the keys that lead to it (`*` for items of lists), and the
    /// id and disclosure that the nearest mappings around it declare.
    pub(crate) fn visit(&mut self, visit: &mut dyn FnMut(&Field<'_>, &mut String)) {
        self.walk(&Field { keys: &[], id: "", disclosure: "withheld" }, visit);
    }

    fn walk(&mut self, at: &Field<'_>, visit: &mut dyn FnMut(&Field<'_>, &mut String)) {
        let below = |key: &str| [at.keys, &[key.to_owned()]].concat();
        match self {
            Self::Null => {}
            Self::Text(text) => visit(at, text),
            Self::List(items) => {
                let keys = below("*");
                for item in items {
                    item.walk(&Field { keys: &keys, ..*at }, visit);
                }
            }
            Self::Map(entries) => {
                let own = |wanted: &str| {
                    entries.iter().find_map(|(key, value)| match value {
                        Self::Text(text) if key == wanted => Some(text.clone()),
                        _ => None,
                    })
                };
                let (id, disclosure) = (own("id"), own("disclosure"));
                let id = id.as_deref().unwrap_or(at.id);
                let disclosure = disclosure.as_deref().unwrap_or(at.disclosure);
                for (key, value) in entries {
                    value.walk(&Field { keys: &below(key), id, disclosure }, visit);
                }
            }
        }
    }

    fn of(node: &Node) -> Self {
        match &node.kind {
            NodeKind::Null => Self::Null,
            NodeKind::Scalar { text, .. } => Self::Text(text.clone()),
            NodeKind::List(items) => Self::List(items.iter().map(Self::of).collect()),
            NodeKind::Map(entries) => Self::Map(
                entries.iter().map(|it| (it.key.value.clone(), Self::of(&it.value))).collect(),
            ),
        }
    }

    fn write(&self, out: &mut String) {
        let quote = |text: &str| serde_json::to_string(text).unwrap();
        match self {
            Self::Null => out.push_str("null"),
            Self::Text(text) => out.push_str(&quote(text)),
            Self::List(items) => {
                out.push('[');
                for item in items {
                    item.write(out);
                    out.push_str(", ");
                }
                out.push(']');
            }
            Self::Map(entries) => {
                out.push('{');
                for (key, value) in entries {
                    out.push_str(&quote(key));
                    out.push_str(": ");
                    value.write(out);
                    out.push_str(", ");
                }
                out.push('}');
            }
        }
    }

    fn read(text: &str) -> Self {
        Self::of(&yaml::read(text).unwrap().0)
    }
}

/// Where a text stands in a data file.
#[derive(Clone, Copy)]
pub(crate) struct Field<'k> {
    pub(crate) keys: &'k [String],
    pub(crate) id: &'k str,
    pub(crate) disclosure: &'k str,
}

impl Field<'_> {
    /// Returns the keys with dots between them: `controls.*.title`.
    pub(crate) fn path(&self) -> String {
        self.keys.join(".")
    }

    /// Returns the last key that is a name.
    pub(crate) fn key(&self) -> &str {
        self.keys.iter().rev().find(|key| *key != "*").map_or("", String::as_str)
    }
}

/// One file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Source {
    Data(Tree),
    Document(Tree, String),
    Bytes(Vec<u8>),
}

/// All files of a workspace, by path.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Sources(pub(crate) BTreeMap<String, Source>);

impl Sources {
    /// Returns the workspace of this repository.
    pub(crate) fn of_repository() -> &'static Self {
        static SOURCES: LazyLock<Sources> = LazyLock::new(|| {
            let (snapshot, faults) =
                read::read(Path::new(env!("CARGO_MANIFEST_DIR")), Layout::Workspace).unwrap();
            assert!(faults.is_empty(), "{faults:?}");
            let files = snapshot
                .under("content")
                .map(|(path, file)| (path.to_string(), file.bytes().to_vec()));
            Sources(files.map(|(path, bytes)| (path.clone(), Source::new(&path, bytes))).collect())
        });
        &SOURCES
    }

    /// Reads files written one after the other, each after a line `-- path --`.
    pub(crate) fn of_text(text: &str) -> Self {
        let mut files = BTreeMap::new();
        for section in text.split("\n-- ").skip(1) {
            let (path, text) = section.split_once(" --\n").unwrap();
            files.insert(
                path.to_owned(),
                Source::new(path, format!("{}\n", text.trim_end()).into_bytes()),
            );
        }
        Self(files)
    }

    pub(crate) fn insert(&mut self, path: &str, text: &str) {
        self.0.insert(path.to_owned(), Source::new(path, text.as_bytes().to_vec()));
    }

    /// Returns the files as bytes, in the order of their paths.
    pub(crate) fn files(&self) -> Vec<(String, Vec<u8>)> {
        self.0.iter().map(|(path, source)| (path.clone(), source.bytes())).collect()
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        Snapshot::from_files(
            self.files()
                .into_iter()
                .map(|(path, bytes)| (path.as_str().into(), bytes))
                .collect::<Vec<(avouch::span::FilePath, _)>>(),
        )
    }

    /// Calls `visit` with every text of every data file and front matter.
    pub(crate) fn visit(&mut self, visit: &mut dyn FnMut(&str, &Field<'_>, &mut String)) {
        for (path, source) in &mut self.0 {
            match source {
                Source::Data(tree) | Source::Document(tree, _) => {
                    tree.visit(&mut |field, text| visit(path, field, text));
                }
                Source::Bytes(_) => {}
            }
        }
    }
}

impl Source {
    fn new(path: &str, bytes: Vec<u8>) -> Self {
        let text = || String::from_utf8(bytes.clone()).unwrap();
        match path.rsplit_once('.') {
            Some((_, "yaml")) => Self::Data(Tree::read(&text())),
            Some((_, "md")) => {
                let text = text();
                let (head, body) =
                    text.strip_prefix("---\n").unwrap().split_once("\n---\n").unwrap();
                Self::Document(Tree::read(head), body.to_owned())
            }
            _ => Self::Bytes(bytes),
        }
    }

    fn bytes(&self) -> Vec<u8> {
        let mut out = String::new();
        match self {
            Self::Data(tree) => {
                tree.write(&mut out);
                out.push('\n');
            }
            Self::Document(head, body) => {
                out.push_str("---\n");
                head.write(&mut out);
                out.push_str("\n---\n");
                out.push_str(body);
            }
            Self::Bytes(bytes) => return bytes.clone(),
        }
        out.into_bytes()
    }
}
