//! One reference as typed to its target.

use super::index::Index;
use super::names::unloaded_framework;
use super::rules::{
    broken_anchor, broken_reference, missing_image, remote_resource, unknown_framework, unknown_id,
    unknown_requirement, unusable_image,
};
use crate::diagnostic::{Diagnostic, Level, Rule, nearest_name};
use crate::model::body::ReferenceForm;
use crate::model::document::Document;
use crate::model::link::Target;
use crate::model::outline::Mention;
use crate::parse::Parsed;
use crate::span::Place;

/// Endings of documents, as files and as pages.
const DOCUMENTS: [&str; 3] = ["md", "html", "htm"];

/// Folders that site generators serve as the root of the site.
const ROOTS: [&str; 6] = ["docs", "content", "static", "public", "src", "assets"];

/// Looks references up and reports those that are wrong.
pub(crate) struct Lookup<'p> {
    pub(crate) parsed: &'p Parsed,
    pub(crate) index: &'p Index<'p>,
}

/// Where a reference stands.
#[derive(Clone, Copy)]
pub(crate) struct Origin<'o> {
    /// The file, from whose folder paths count.
    pub(crate) path: &'o str,
    /// The document, if it is one; a short text of a data file has no places of its own.
    pub(crate) document: Option<&'o Document>,
    /// Finds the place of the reference.
    pub(crate) place: &'o dyn Fn() -> Place,
}

/// One reference, while it is looked up.
struct Case<'c> {
    origin: Origin<'c>,
    entry: &'c Mention,
    diagnostics: &'c mut Vec<Diagnostic>,
}

impl Case<'_> {
    /// Reports the reference.
    fn report(&mut self, rule: &'static Rule, message: String) -> &mut Diagnostic {
        let place = (self.origin.place)();
        self.diagnostics.push(Diagnostic::new(rule, place, message));
        self.diagnostics.last_mut().unwrap_or_else(|| unreachable!("it was just pushed"))
    }
}

impl Lookup<'_> {
    /// Returns the target of a reference.
    pub(crate) fn target(
        &self,
        origin: Origin<'_>,
        entry: &Mention,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Target {
        let mut case = Case { origin, entry, diagnostics };
        let typed = self.expand(&entry.reference.target);
        match entry.reference.form {
            ReferenceForm::Bare => Target::Web(typed),
            ReferenceForm::Wiki => self.wiki(&typed, &mut case),
            ReferenceForm::Path => self.path(&typed, &mut case),
        }
    }

    fn is_workspace(&self) -> bool {
        self.parsed.settings.is_workspace
    }

    /// Puts the values of variables into an address. Unknown ones are reported elsewhere.
    fn expand(&self, typed: &str) -> String {
        let mut out = String::with_capacity(typed.len());
        let mut rest = typed;
        while let Some((before, after)) = rest.split_once("{{") {
            let Some((path, after)) = after.split_once("}}") else { break };
            out.push_str(before);
            let facts = &self.parsed.settings.facts;
            if let Some(fact) = facts.iter().find(|fact| fact.path == path.trim()) {
                out.push_str(&fact.text);
            }
            rest = after;
        }
        out + rest
    }

    fn wiki(&self, typed: &str, case: &mut Case<'_>) -> Target {
        let (name, anchor) = match typed.split_once('#') {
            Some((name, anchor)) => (name.trim(), Some(anchor.trim())),
            None => (typed.trim(), None),
        };
        if name.is_empty()
            && let Some(anchor) = anchor
        {
            return here(anchor, case);
        }
        if let Some((framework, requirement)) = name.split_once(':')
            && let Some(framework) = self.parsed.frameworks.iter().find(|it| it.id == framework)
        {
            if let Some((_, found)) = framework.requirement(requirement) {
                return Target::Requirement(framework.id.clone(), found.id.clone());
            }
            let message = format!(
                "`{}` has no {} `{requirement}`",
                framework.short_title, framework.requirement_word
            );
            let nearest =
                nearest_name(requirement, framework.requirements().map(|(_, it)| it.id.as_str()));
            case.report(&unknown_requirement::RULE, message).help = did_you_mean(nearest);
            return Target::Nowhere;
        }
        let found = self.index.names.get(&name.to_ascii_lowercase()).cloned();
        let found =
            found.or_else(|| if self.is_workspace() { None } else { self.index.stem(name) });
        match found {
            Some(Target::Document { index, .. }) => self.with_anchor(index, anchor, case),
            Some(target) => target,
            None if self.parsed.unread.may_declare_any(name) => Target::Nowhere,
            None if self.is_workspace() && name.contains(':') => {
                let framework = name.split(':').next().unwrap_or_default();
                let (message, help) = unloaded_framework(self.parsed, framework, None);
                case.report(&unknown_framework::RULE, message).help = Some(help);
                Target::Nowhere
            }
            None => {
                let message = format!("nothing has the id `{name}`");
                let nearest = self.index.nearest_id(name);
                case.report(&unknown_id::RULE, message).help = did_you_mean(nearest);
                Target::Nowhere
            }
        }
    }

    fn path(&self, typed: &str, case: &mut Case<'_>) -> Target {
        if let Some((scheme, _)) = typed.split_once(':')
            && scheme.len() > 1
            && scheme
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'+' || b == b'-' || b == b'.')
        {
            return web(typed, case);
        }
        if let Some(rest) = typed.strip_prefix("//") {
            return web(&format!("https://{rest}"), case);
        }
        let (path, anchor) = match typed.split_once('#') {
            Some((path, anchor)) => (path, Some(anchor)),
            None => (typed, None),
        };
        let path = path.split_once('?').map_or(path, |(path, _)| path);
        if path.is_empty() {
            return anchor.map_or(Target::Nowhere, |anchor| here(anchor, case));
        }
        let path = percent_decode(path);
        let Some(full) = self.absolute(&path, case.origin.path) else {
            let message = format!("`{path}` leaves the workspace");
            case.report(&broken_reference::RULE, message).help = Some(
                "link to files of the workspace, or to an address that begins with `https://`"
                    .to_owned(),
            );
            return Target::Nowhere;
        };
        let found = self.index.path(&full);
        let found = if self.is_workspace() {
            found
        } else {
            found.or_else(|| self.as_served(&path, &full, case))
        };
        let unread = &self.parsed.unread.documents;
        if !unread.is_empty()
            && ["", ".md"].iter().any(|ending| unread.contains(format!("{full}{ending}").as_str()))
            && !matches!(found, Some(Target::Document { .. }))
        {
            return Target::Nowhere;
        }
        match found {
            Some(Target::Document { .. } | Target::Folder(_)) if case.entry.image => {
                self.not_there(&path, &full, case);
                Target::Nowhere
            }
            Some(Target::Document { index, .. }) => self.with_anchor(index, anchor, case),
            Some(Target::Asset(_)) if case.origin.document.is_none() => {
                let message = format!("`{path}` is a file, and this text can only lead to pages");
                let one = case.report(&unusable_image::RULE, message);
                one.help = Some("link to it from a document, and to that from here".to_owned());
                one.level = Level::Warning;
                Target::Nowhere
            }
            Some(target) => target,
            None => {
                self.not_there(&path, &full, case);
                Target::Nowhere
            }
        }
    }

    /// Finds what a path means on the site that a foreign folder was written for: below a prefix
    /// that only the site has, in a folder whose files stand at its root, or seen from a page that
    /// is served as a folder.
    fn as_served(&self, path: &str, full: &str, case: &Case<'_>) -> Option<Target> {
        if path.starts_with('/') {
            let inside = ROOTS.iter().map(|root| format!("{root}/{full}"));
            let below = full.split_once('/').map(|(_, rest)| rest.to_owned());
            let deeper = below
                .as_deref()
                .and_then(|rest| rest.split_once('/'))
                .map(|(_, rest)| rest.to_owned());
            return inside.chain(below).chain(deeper).find_map(|path| self.index.path(&path));
        }
        let page = format!("{}/.", case.origin.document?.short_path());
        self.index.path(&self.absolute(path, &page)?)
    }

    fn not_there(&self, path: &str, full: &str, case: &mut Case<'_>) {
        let name = full.rsplit('/').next().unwrap_or(full);
        if self.index.has_beside(full) {
            let message = format!("`{path}` is a file, and files of its kind are not handed out");
            let one = case.report(&unusable_image::RULE, message);
            one.help = Some("link to where it is published, or remove the link".to_owned());
            one.level = Level::Note;
            return;
        }
        if self.is_workspace() && !full.starts_with("content/") {
            let message =
                format!("`{path}` stands outside of `content/`, which is all that is built");
            case.report(&broken_reference::RULE, message).help = Some(
                "move the file into `content/`, or link to an address that begins with `https://`"
                    .to_owned(),
            );
            return;
        }
        let is_attachment = name.contains('.') && !has_ending(name, &DOCUMENTS);
        let is_file = case.entry.image || is_attachment;
        let (rule, message) = if case.entry.image {
            (&missing_image::RULE, format!("there is no image `{path}`"))
        } else if is_attachment {
            (&missing_image::RULE, format!("there is no file `{path}`"))
        } else {
            (&broken_reference::RULE, format!("there is no document `{path}`"))
        };
        let nearest =
            self.index.nearest_path(full, !is_file).map(|it| relative(case.origin.path, it));
        case.report(rule, message).help = did_you_mean(nearest.as_deref());
    }

    fn with_anchor(&self, index: u32, anchor: Option<&str>, case: &mut Case<'_>) -> Target {
        let anchor = anchor.filter(|anchor| !anchor.is_empty()).map(percent_decode);
        if let Some(anchor) = &anchor {
            check_anchor(&self.parsed.documents[index as usize], anchor, case);
        }
        Target::Document { index, anchor }
    }

    /// Returns the path from the root, or nothing where it leaves the workspace.
    fn absolute(&self, path: &str, document: &str) -> Option<String> {
        let path = path.replace('\\', "/");
        let mut parts: Vec<&str> = Vec::new();
        if !path.starts_with('/') {
            parts.extend(document.split('/'));
            parts.pop();
        } else if self.is_workspace() {
            parts.push("content");
        }
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                part => parts.push(part),
            }
        }
        Some(parts.join("/"))
    }
}

fn web(address: &str, case: &mut Case<'_>) -> Target {
    if !case.entry.image {
        return Target::Web(address.to_owned());
    }
    let message = "this picture would be fetched from another server".to_owned();
    case.report(&remote_resource::RULE, message).help =
        Some("copy the file into the workspace and link to the copy".to_owned());
    Target::Nowhere
}

fn here(anchor: &str, case: &mut Case<'_>) -> Target {
    let anchor = percent_decode(anchor);
    if anchor.is_empty() {
        let message = "this link leads to the page on which it stands".to_owned();
        case.report(&broken_anchor::RULE, message);
        return Target::Here(anchor);
    }
    let Some(document) = case.origin.document else {
        let message = format!("this text has no place `#{anchor}`");
        case.report(&broken_anchor::RULE, message).help =
            Some("name the document too: `[[POL-AC#scope]]`".to_owned());
        return Target::Nowhere;
    };
    check_anchor(document, &anchor, case);
    Target::Here(anchor)
}

fn check_anchor(target: &Document, anchor: &str, case: &mut Case<'_>) {
    if anchor == "top" || target.outline.anchor(anchor).is_some() {
        return;
    }
    let message = format!("`{}` has no place `#{anchor}`", target.title.value);
    let nearest = nearest_name(anchor, target.outline.anchors.iter().map(|it| it.name.as_str()));
    case.report(&broken_anchor::RULE, message).help =
        nearest.map(|nearest| format!("did you mean `#{nearest}`?"));
}

fn has_ending(path: &str, endings: &[&str]) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| endings.contains(&ending))
}

fn did_you_mean(nearest: Option<&str>) -> Option<String> {
    nearest.map(|nearest| format!("did you mean `{nearest}`?"))
}

/// Returns the way from one file to another as an author would type it.
fn relative(from: &str, to: &str) -> String {
    let mut from: Vec<&str> = from.split('/').collect();
    from.pop();
    let to: Vec<&str> = to.split('/').collect();
    let shared = from.iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    format!("{}{}", "../".repeat(from.len() - shared), to[shared..].join("/"))
}

fn percent_decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let digit = |byte: &u8| char::from(*byte).to_digit(16);
        if let ([high, low, after @ ..], b'%') = (after, first)
            && let (Some(high), Some(low)) = (digit(high), digit(low))
            && let Ok(byte) = u8::try_from(high * 16 + low)
        {
            bytes.push(byte);
            rest = after;
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}
