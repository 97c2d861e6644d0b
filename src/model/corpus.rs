//! Everything a workspace says, with every reference looked up.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::asset::Asset;
use super::campaign;
use super::control::{Control, Evidence};
use super::document::{Document, Term};
use super::framework::{Framework, Group, Requirement};
use super::link::{Link, Target};
use super::mention::Mentions;
use super::numbers::Numbers;
use super::person::{Mandates, Person, Role};
use super::record::Records;
use super::register::{Record, Schema};
use super::settings::Settings;
use super::trust::{Overview, Question, Update};
use super::unread::Unread;
use super::variable;
use crate::span::FilePath;

/// Resolved content. Every id in it is unique; every reference slot has a target.
#[derive(Debug, Clone)]
pub struct Corpus {
    /// What `workspace.yaml` says.
    pub settings: Settings,
    /// People.
    pub people: Vec<Person>,
    /// Roles.
    pub roles: Vec<Role>,
    /// Whose word counts for what, besides roles.
    pub mandates: Mandates,
    /// What is filed in `content/records`.
    pub records: Records,
    /// The frameworks that are loaded.
    pub frameworks: Vec<Framework>,
    /// Terms.
    pub terms: Vec<Term>,
    /// Documents in the order of their paths.
    pub documents: Vec<Arc<Document>>,
    /// For each document, where its references go, by slot.
    pub links: Vec<Arc<[Link]>>,
    /// Where the references of short texts go, by the text and in their order, see
    /// [`short_text`](super::short_text). A text without references is not in it.
    pub text_links: BTreeMap<String, Vec<Link>>,
    /// Controls in the order of their files.
    pub controls: Vec<Control>,
    /// Evidence.
    pub evidence: Vec<Evidence>,
    /// The registers.
    pub registers: Vec<(&'static Schema, Vec<Record>)>,
    /// The texts of the trust center's first page.
    pub overview: Overview,
    /// Questions with answers.
    pub questions: Vec<Question>,
    /// News.
    pub updates: Vec<Update>,
    /// The files that texts show or lead to and that are evidence, as they are handed out.
    pub assets: BTreeMap<FilePath, Asset>,
    /// Where documents speak of something.
    pub mentions: Mentions,
    /// Which number everything has that is found by its id.
    pub numbers: Numbers,
    /// What every id names, by the id in lower case.
    pub names: BTreeMap<String, Target>,
    /// Whether words such as titles hold variables, see [`short_text`](super::short_text).
    pub has_words_to_fill: bool,
    /// What could not be read, so that nothing is missed that may stand there.
    pub unread: Unread,
}

impl Corpus {
    /// Returns what a subject of records is: the word that rules of approval use.
    #[must_use]
    pub fn kind_of_subject(&self, id: &str) -> Cow<'static, str> {
        match self.names.get(&id.to_ascii_lowercase()) {
            None if id.split_once(':').is_some_and(|(kind, _)| kind == campaign::KIND) => {
                campaign::KIND.into()
            }
            Some(Target::Document { index, .. }) => self.document(*index).kind.noun().into(),
            _ => self.item(id).map(|item| self.item_facts(item).kind).unwrap_or_default(),
        }
    }

    /// Returns who answers for a subject of records.
    #[must_use]
    pub fn owner_of_subject(&self, id: &str) -> Option<&str> {
        match self.names.get(&id.to_ascii_lowercase())? {
            Target::Document { index, .. } => {
                self.document(*index).owner.as_ref().map(|owner| owner.value.as_str())
            }
            _ => self.item_facts(self.item(id)?).owner,
        }
    }

    /// Returns where the reference with a slot goes in a document.
    #[must_use]
    pub fn target(&self, document: usize, slot: u32) -> Target {
        let links = &self.links[document];
        let found = links.binary_search_by_key(&slot, |link| link.slot);
        found.map_or(Target::Nowhere, |index| links[index].target.clone())
    }

    /// Returns a document by its number.
    #[must_use]
    pub fn document(&self, index: u32) -> &Document {
        &self.documents[index as usize]
    }

    /// Returns a document and its number by id.
    #[must_use]
    pub fn document_by_id(&self, id: &str) -> Option<(u32, &Document)> {
        match self.names.get(&id.to_ascii_lowercase())? {
            Target::Document { index, .. } => Some((*index, self.document(*index))),
            _ => None,
        }
    }

    /// Returns a control by id.
    #[must_use]
    pub fn control(&self, id: &str) -> Option<&Control> {
        self.controls.get(self.numbers.control(id)? as usize)
    }

    /// Returns a framework by id.
    #[must_use]
    pub fn framework(&self, id: &str) -> Option<&Framework> {
        self.frameworks.get(self.numbers.framework(id)? as usize)
    }

    /// Returns a requirement by both ids.
    #[must_use]
    pub fn requirement(
        &self,
        framework: &str,
        id: &str,
    ) -> Option<(&Framework, &Group, &Requirement)> {
        let framework = self.framework(framework)?;
        let (group, requirement) = framework.requirement(id)?;
        Some((framework, group, requirement))
    }

    /// Returns a person by id.
    #[must_use]
    pub fn person(&self, id: &str) -> Option<&Person> {
        self.people.get(self.numbers.person(id)? as usize)
    }

    /// Returns a role by id.
    #[must_use]
    pub fn role(&self, id: &str) -> Option<&Role> {
        self.roles.get(self.numbers.role(id)? as usize)
    }

    /// Returns the records of a register.
    #[must_use]
    pub fn register(&self, name: &str) -> &[Record] {
        self.registers
            .iter()
            .find(|(schema, _)| schema.name == name)
            .map_or(&[], |(_, records)| records)
    }

    /// Returns a record of any register by id.
    #[must_use]
    pub fn record(&self, id: &str) -> Option<&Record> {
        let (register, number) = self.numbers.record(id)?;
        self.registers.get(register as usize)?.1.get(number as usize)
    }

    /// Returns the printed value of a variable.
    #[must_use]
    pub fn fact(&self, path: &str) -> Option<&super::settings::Fact> {
        let facts = &self.settings.facts;
        facts.binary_search_by(|fact| fact.path.as_str().cmp(path)).ok().map(|index| &facts[index])
    }

    /// Returns a text with the values of its variables; one without a value stays as written.
    #[must_use]
    pub fn filled<'t>(&self, text: &'t str) -> Cow<'t, str> {
        variable::fill(text, &|path| self.fact(path).map(|fact| fact.text.clone()))
    }

    /// Returns the words for an owner: the title of a role, the name of a person, or what was typed.
    #[must_use]
    pub fn owner_words<'a>(&'a self, owner: &'a str) -> &'a str {
        self.role(owner)
            .map(|role| role.title.as_str())
            .or_else(|| self.person(owner).map(|person| person.name.as_str()))
            .unwrap_or(owner)
    }
}
