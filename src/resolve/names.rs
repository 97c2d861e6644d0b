//! The ids that front matter and data files name: each must name something of the right kind.

use std::collections::{BTreeMap, HashSet};

use super::index::Index;
use super::rules::{
    broken_anchor, unknown_framework, unknown_id, unknown_owner, unknown_requirement, unknown_theme,
};
use crate::diagnostic::{Diagnostic, nearest_name};
use crate::model::acknowledgement::{ALL, Demand, TAG};
use crate::model::applicability::Applicability;
use crate::model::document::{Document, Kind};
use crate::model::link::Target;
use crate::model::person::{Declared, Mandates, PersonKind};
use crate::model::register::{ColumnKind, Record, Value};
use crate::model::settings::Settings;
use crate::model::unread::Declares;
use crate::parse::{Parsed, built_in_frameworks};
use crate::signature::ring::OWNER;
use crate::span::{FilePath, Place, Spanned};

/// What a name must be the name of.
#[derive(Clone, Copy)]
enum Expected<'p> {
    /// A person or a role.
    Owner,
    /// A person.
    Person,
    /// A role.
    Role,
    /// A document.
    Document,
    /// A control.
    Control,
    /// A framework.
    Framework,
    /// A framework, where `for` could stand too: in the attributes of a clause or heading.
    FrameworkOrFor,
    /// A requirement of a framework.
    Requirement(&'p str),
}

/// Checks every name in front matter and data files.
pub(crate) fn check(parsed: &Parsed, index: &Index<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !parsed.settings.is_workspace {
        return;
    }
    let mut names = Names { parsed, index, diagnostics, frameworks: BTreeMap::new() };
    names.settings();
    parsed.documents.iter().for_each(|document| names.document(document));
    names.controls();
    for (_, records) in &parsed.registers {
        records.iter().for_each(|record| names.record(record));
    }
    for question in &parsed.questions {
        names.all(&question.controls, Expected::Control, &question.place.path);
        names.all(&question.documents, Expected::Document, &question.place.path);
    }
    names.count_frameworks();
}

struct Names<'p, 'd> {
    parsed: &'p Parsed,
    index: &'p Index<'p>,
    diagnostics: &'d mut Vec<Diagnostic>,
    /// Frameworks that are not loaded: the first report of each, by its number, and how many
    /// places there are.
    frameworks: BTreeMap<String, (usize, usize)>,
}

impl Names<'_, '_> {
    fn settings(&mut self) {
        let parsed = self.parsed;
        let file = &parsed.settings.path;
        for framework in &parsed.settings.frameworks {
            if parsed.frameworks.iter().any(|it| it.id == framework.value) {
                continue;
            }
            let message = format!("there is no framework `{}`", framework.value);
            let place = Place::new(file, framework.span);
            let known: Vec<&str> = built_in_frameworks().collect();
            let help = match nearest_name(&framework.value, known.iter().copied()) {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => format!("there are {}, and those of `content/frameworks`", quoted(&known)),
            };
            self.diagnostics
                .push(Diagnostic::new(&unknown_framework::RULE, place, message).help(help));
        }
        let theme = &parsed.settings.theme;
        if theme.value != Settings::THEME
            && !self.index.has_files_in(&format!("themes/{}", theme.value))
        {
            let message = format!("there is no theme `{}`", theme.value);
            let help = match nearest_name(&theme.value, self.index.themes()) {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => format!("put its files into `themes/{}`", theme.value),
            };
            let place = Place::new(file, theme.span);
            self.diagnostics.push(Diagnostic::new(&unknown_theme::RULE, place, message).help(help));
        }
        for engagement in &parsed.settings.engagements {
            self.one(&engagement.framework, Expected::Framework, file);
        }
        for exclusion in &parsed.settings.exclusions {
            self.one(&exclusion.framework, Expected::Framework, file);
            self.one(
                &exclusion.requirement,
                Expected::Requirement(&exclusion.framework.value),
                file,
            );
        }
        for role in &parsed.roles {
            for holder in &role.holders {
                self.one(&holder.person, Expected::Person, &role.place.path);
            }
        }
        self.mandates();
        self.demands();
        self.imported();
    }

    /// Checks who is asked to accept what.
    fn demands(&mut self) {
        let parsed = self.parsed;
        let file = &parsed.settings.path;
        for Demand { applies_to, audience, .. } in &parsed.settings.acknowledgements {
            for scope in applies_to.iter().filter(|it| it.value != ALL) {
                let kinds = [Kind::Policy, Kind::Procedure, Kind::Narrative];
                match scope.value.strip_prefix(TAG) {
                    Some(tag) => self.tag(tag, Place::new(file, scope.span)),
                    None if kinds.iter().any(|kind| kind.noun() == scope.value) => {}
                    None => self.one(scope, Expected::Document, file),
                }
            }
            let is_word = |word: &str| word == ALL || PersonKind::parse(word).is_some();
            for name in audience.iter().filter(|it| !is_word(&it.value)) {
                self.one(name, Expected::Owner, file);
            }
        }
    }

    /// Reports a tag that no document has.
    fn tag(&mut self, tag: &str, place: Place) {
        let documents = &self.parsed.documents;
        let tags = || documents.iter().flat_map(|it| &it.tags).map(String::as_str);
        let is_unread = self.parsed.unread.kinds.contains(&Declares::Documents);
        if !is_unread && !tags().any(|it| it == tag) {
            let message = format!("no document has the tag `{tag}`");
            let diagnostic = Diagnostic::new(&unknown_id::RULE, place, message);
            self.diagnostics.push(diagnostic.nearest(tag, tags()));
        }
    }

    /// Checks the names in imported acknowledgements, each name of a file once: there may be a
    /// hundred thousand rows.
    fn imported(&mut self) {
        for file in &self.parsed.records.acknowledgements {
            let mut seen = HashSet::new();
            for import in &file.imports {
                self.one(&import.by, Expected::Person, &file.path);
            }
            for row in &file.rows {
                if seen.insert((true, row.person.value.as_str())) {
                    self.one(&row.person, Expected::Person, &file.path);
                }
                if seen.insert((false, row.document.value.as_str())) {
                    self.one(&row.document, Expected::Document, &file.path);
                }
            }
        }
    }

    fn mandates(&mut self) {
        let Mandates { keys, delegations, authorities: _, rules, staff: _ } = &self.parsed.mandates;
        let named = |name: &str, place: &Place| Spanned::new(name.to_owned(), place.span);
        for Declared { id: _, value, place } in keys {
            self.one(&named(&value.person, place), Expected::Person, &place.path);
        }
        for Declared { id: _, value, place } in delegations {
            for person in [&value.from, &value.to] {
                self.one(&named(person, place), Expected::Person, &place.path);
            }
            self.one(&named(&value.role, place), Expected::Role, &place.path);
        }
        for Declared { id: _, value, place } in rules {
            let reviewers = value.reviewers.iter().filter(|role| *role != OWNER);
            let emergency = value.emergency.iter().map(|(role, _)| role);
            let roles = value.all_of.iter().chain(&value.any_of).chain(reviewers).chain(emergency);
            for role in roles {
                self.one(&named(role, place), Expected::Role, &place.path);
            }
        }
    }

    fn document(&mut self, document: &Document) {
        let shift = |name: &Spanned<String>| {
            Spanned::new(name.value.clone(), name.span.shifted(document.head.start))
        };
        let path = &document.path;
        for owner in document.owner.iter().chain(&document.authors) {
            self.one(&shift(owner), Expected::Owner, path);
        }
        for approval in &document.approvals {
            self.one(&shift(&approval.by), Expected::Person, path);
            if let Some(role) = &approval.role {
                self.one(&shift(role), Expected::Role, path);
            }
        }
        for review in &document.reviews {
            self.one(&shift(&review.by), Expected::Person, path);
            if let Some(role) = &review.role {
                self.one(&shift(role), Expected::Role, path);
            }
        }
        for name in document.carries.iter().chain(&document.related).chain(&document.superseded_by)
        {
            self.one(&shift(name), Expected::Document, path);
        }
        for name in &document.controls {
            self.one(&shift(name), Expected::Control, path);
        }
        for it in &document.addresses {
            self.one(&shift(&it.framework), Expected::Framework, path);
            self.one(&shift(&it.requirement), Expected::Requirement(&it.framework.value), path);
        }
        for block in &document.outline.applicability {
            self.applicability(block, document);
        }
        let clauses = document.outline.clauses.iter().flat_map(|clause| &clause.mappings);
        let headings = document.outline.headings.iter().flat_map(|heading| &heading.mappings);
        {
            for mapping in clauses.chain(headings) {
                let shift = |name: &Spanned<String>| {
                    Spanned::new(name.value.clone(), name.span.shifted(document.body_start))
                };
                self.one(&shift(&mapping.framework), Expected::FrameworkOrFor, path);
                for id in &mapping.requirements {
                    self.one(&shift(id), Expected::Requirement(&mapping.framework.value), path);
                }
            }
        }
    }

    /// Reports a framework or a group that a table of what applies asks for in vain.
    fn applicability(&mut self, block: &Spanned<String>, document: &Document) {
        if !self.parsed.settings.is_workspace {
            return; // the block is code like any other
        }
        let asked = Applicability::read(&block.value);
        let span = block.span.shifted(document.body_start);
        let name = Spanned::new(asked.framework.to_owned(), span);
        self.one(&name, Expected::Framework, &document.path);
        let frameworks = &self.parsed.frameworks;
        let Some(framework) = frameworks.iter().find(|it| it.id == asked.framework) else { return };
        let ids = || framework.groups.iter().map(|group| group.id.as_str());
        for group in asked.groups().filter(|id| !ids().any(|it| it.eq_ignore_ascii_case(id))) {
            let message = format!("{} has no group `{group}`", framework.short_title);
            let place = Place::new(&document.path, span);
            let diagnostic = Diagnostic::new(&unknown_requirement::RULE, place, message);
            self.diagnostics.push(diagnostic.nearest(group, ids()));
        }
    }

    fn controls(&mut self) {
        let parsed = self.parsed;
        for control in &parsed.controls {
            let path = &control.place.path;
            self.all(control.owner.as_slice(), Expected::Owner, path);
            self.all(&control.documents, Expected::Document, path);
            for it in &control.meets {
                self.one(&it.framework, Expected::Framework, path);
                self.one(&it.requirement, Expected::Requirement(&it.framework.value), path);
            }
        }
        for evidence in &parsed.evidence {
            let path = &evidence.place.path;
            self.all(&evidence.controls, Expected::Control, path);
            self.all(evidence.collected_by.as_slice(), Expected::Owner, path);
        }
    }

    fn record(&mut self, record: &Record) {
        let path = &record.place.path;
        for (column, value) in &record.values {
            if let (ColumnKind::ClauseOf(key), Value::Text(anchor)) = (column.kind, &value.value) {
                self.clause(record.text(key), &Spanned::new(anchor.clone(), value.span), path);
            }
            let expected = match column.kind {
                ColumnKind::Owner => Expected::Owner,
                ColumnKind::Controls => Expected::Control,
                ColumnKind::Document => Expected::Document,
                ColumnKind::Framework => Expected::Framework,
                ColumnKind::Text
                | ColumnKind::Url
                | ColumnKind::Date
                | ColumnKind::Period
                | ColumnKind::Number(..)
                | ColumnKind::YesNo
                | ColumnKind::CycleSince(_)
                | ColumnKind::ClauseOf(_)
                | ColumnKind::Choice(_)
                | ColumnKind::List => continue,
            };
            match &value.value {
                Value::Text(text) => {
                    self.one(&Spanned::new(text.clone(), value.span), expected, path);
                }
                Value::List(names) => self.all(names, expected, path),
                Value::Date(_)
                | Value::Period(..)
                | Value::Number(_)
                | Value::YesNo(_)
                | Value::Cycle(_) => {}
            }
        }
    }

    /// Checks that a document has a clause with an anchor; that there is no such document is said
    /// elsewhere.
    fn clause(&mut self, document: Option<&str>, anchor: &Spanned<String>, path: &FilePath) {
        let Some(name) = document else { return };
        let found = self.index.names.get(&name.to_ascii_lowercase());
        let Some(Target::Document { index, .. }) = found else { return };
        let clauses = &self.parsed.documents[*index as usize].outline.clauses;
        if clauses.iter().all(|clause| clause.anchor != anchor.value) {
            let message = format!("`{name}` has no clause `{}`", anchor.value);
            let anchors = clauses.iter().map(|clause| clause.anchor.as_str());
            let place = Place::new(path, anchor.span);
            let diagnostic = Diagnostic::new(&broken_anchor::RULE, place, message);
            self.diagnostics.push(diagnostic.nearest(&anchor.value, anchors));
        }
    }

    fn all(&mut self, names: &[Spanned<String>], expected: Expected<'_>, path: &FilePath) {
        names.iter().for_each(|name| self.one(name, expected, path));
    }

    fn one(&mut self, name: &Spanned<String>, expected: Expected<'_>, path: &FilePath) {
        let place = Place::new(path, name.span);
        if let Some(diagnostic) = self.fault(&name.value, expected, place) {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Says of each framework that is not loaded how often it is named: it is reported once.
    fn count_frameworks(&mut self) {
        for (first, places) in self.frameworks.values() {
            if *places > 1 {
                let message = &mut self.diagnostics[*first].message;
                *message = format!("{message}; it is named in {places} places");
            }
        }
    }

    /// Returns whether a framework that is not loaded was reported before: in the settings, or in
    /// another place.
    fn is_repeated(&mut self, framework: &str) -> bool {
        let parsed = self.parsed;
        if parsed.unread.may_declare(Declares::Settings, framework) {
            return true;
        }
        let next = self.diagnostics.len();
        let (_, places) = self.frameworks.entry(framework.to_owned()).or_insert((next, 0));
        *places += 1;
        *places > 1
    }

    fn fault(&mut self, name: &str, expected: Expected<'_>, place: Place) -> Option<Diagnostic> {
        let parsed = self.parsed;
        let found = self.index.names.get(&name.to_ascii_lowercase());
        let kind_of_name = match expected {
            Expected::Owner | Expected::Person | Expected::Role => Declares::People,
            Expected::Document => Declares::Documents,
            Expected::Control => Declares::Controls,
            Expected::Framework | Expected::FrameworkOrFor | Expected::Requirement(_) => {
                Declares::Frameworks
            }
        };
        if found.is_none() && parsed.unread.may_declare(kind_of_name, name) {
            return None;
        }
        let people = || parsed.people.iter().map(|it| it.id.value.as_str());
        let roles = || parsed.roles.iter().map(|it| it.id.value.as_str());
        let unknown = |rule, what: &str, nearest: Vec<&str>| match found.and_then(kind) {
            Some(kind) => {
                let message = format!("`{name}` is a {kind}, and a {what} is needed here");
                Some(Diagnostic::new(rule, place.clone(), message))
            }
            None => {
                let message = format!("there is no {what} `{name}`");
                Some(Diagnostic::new(rule, place.clone(), message).nearest(name, nearest))
            }
        };
        match expected {
            Expected::Owner => match found {
                Some(Target::Person(_) | Target::Role(_)) => None,
                _ => unknown(
                    &unknown_owner::RULE,
                    "person or role",
                    people().chain(roles()).collect(),
                ),
            },
            Expected::Person => match found {
                Some(Target::Person(_)) => None,
                _ => unknown(&unknown_owner::RULE, "person", people().collect()),
            },
            Expected::Role => match found {
                Some(Target::Role(_)) => None,
                _ => unknown(&unknown_owner::RULE, "role", roles().collect()),
            },
            Expected::Document => match found {
                Some(Target::Document { .. }) => None,
                _ => unknown(
                    &unknown_id::RULE,
                    "document",
                    parsed.documents.iter().map(|it| it.id.value.as_str()).collect(),
                ),
            },
            Expected::Control => match found {
                Some(Target::Control(_)) => None,
                _ => unknown(
                    &unknown_id::RULE,
                    "control",
                    parsed.controls.iter().map(|it| it.id.value.as_str()).collect(),
                ),
            },
            Expected::Framework | Expected::FrameworkOrFor => {
                let ids = || parsed.frameworks.iter().map(|it| it.id.as_str());
                if ids().any(|id| id == name) || self.is_repeated(name) {
                    return None;
                }
                let other = match expected {
                    Expected::FrameworkOrFor => Some("for"),
                    _ => None,
                };
                let (message, help) = unloaded_framework(parsed, name, other);
                Some(Diagnostic::new(&unknown_framework::RULE, place, message).help(help))
            }
            Expected::Requirement(framework) => {
                let framework = parsed.frameworks.iter().find(|it| it.id == framework)?;
                if framework.requirement(name).is_some() {
                    return None;
                }
                let message = format!(
                    "{} has no {} `{name}`",
                    framework.short_title, framework.requirement_word
                );
                let ids = framework.requirements().map(|(_, it)| it.id.as_str());
                Some(Diagnostic::new(&unknown_requirement::RULE, place, message).nearest(name, ids))
            }
        }
    }
}

/// Says that a framework is not loaded, and what to do. `other` is a word that may have been meant.
pub(super) fn unloaded_framework(
    parsed: &Parsed,
    name: &str,
    other: Option<&str>,
) -> (String, String) {
    let loaded: Vec<&str> = parsed.frameworks.iter().map(|it| it.id.as_str()).collect();
    if let Some(nearest) = nearest_name(name, loaded.iter().copied().chain(other)) {
        let message = match other {
            Some(other) if other == nearest => format!("`{name}` is no framework"),
            _ => format!("the framework `{name}` is not loaded"),
        };
        return (message, format!("did you mean `{nearest}`?"));
    }
    let where_to = "name it in `frameworks:` of `content/workspace.yaml`";
    if built_in_frameworks().any(|id| id == name) {
        return (format!("the framework `{name}` is not loaded"), where_to.to_owned());
    }
    let message = format!("there is no framework `{name}`");
    if let Some(nearest) = nearest_name(name, built_in_frameworks()) {
        return (message, format!("if you mean `{nearest}`, {where_to}"));
    }
    let help = match &loaded[..] {
        [] => format!("{where_to}, and describe it in `content/frameworks` if it is your own"),
        [only] => format!("only `{only}` is loaded"),
        loaded => format!("the frameworks that are loaded are {}", quoted(loaded)),
    };
    (message, help)
}

/// Lists words in backticks.
fn quoted(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// Returns the word for what an id names.
fn kind(target: &Target) -> Option<&'static str> {
    match target {
        Target::Document { .. } => Some("document"),
        Target::Control(_) => Some("control"),
        Target::Framework(_) => Some("framework"),
        Target::Record(_) => Some("record of a register"),
        Target::Evidence(_) => Some("piece of evidence"),
        Target::Role(_) => Some("role"),
        Target::Person(_) => Some("person"),
        Target::Here(_)
        | Target::Requirement(..)
        | Target::Folder(_)
        | Target::Asset(_)
        | Target::Web(_)
        | Target::Nowhere => None,
    }
}
