//! What is approved and is no document: controls, records of registers, the mapping to a framework, and
//! exclusions.
//!
//! An item has no file of its own and no lines under `approvals`: the signed statement is the record.
//! What an approval covers is its entry as it is written, see [`crate::signature::canonical`].

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::civil::Date;

use super::control::Control;
use super::corpus::Corpus;
use super::judgement::ApprovedText;
use super::link::Target;
use super::register::Record;
use super::settings::Exclusion;
use super::variable;
use crate::signature::Digest;
use crate::signature::canonical::{CONTROL, Canonical, EXCLUSION, MAPPING, form_of_item};
use crate::span::Place;

/// Something that is approved and is no document, by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Item {
    /// A control.
    Control(u32),
    /// A record: the numbers of its register and of itself.
    Record(u32, u32),
    /// What is mapped to a framework.
    Mapping(u32),
    /// An exclusion.
    Exclusion(u32),
}

/// What there is to say of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemFacts<'c> {
    /// What statements and commands call it: `AC-01`, `EXC-02`, `mapping:soc2`,
    /// `exclusion:iso27001:A.7.6`.
    pub id: String,
    /// What rules of approval call its kind.
    pub kind: Cow<'static, str>,
    /// The title.
    pub title: Cow<'c, str>,
    /// The version, of controls that have one.
    pub version: Option<&'c str>,
    /// Words that group it.
    pub tags: &'c [String],
    /// Who answers for it.
    pub owner: Option<&'c str>,
    /// The first day on which it is to count, where it says one.
    pub starts: Option<Date>,
    /// Whether it is over and done with, so that nobody need approve it.
    pub is_closed: bool,
    /// Where it is declared.
    pub place: Place,
}

/// How an item stands to what was approved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemState {
    /// Nobody has approved it, or not everyone who must.
    Unapproved,
    /// It is approved as it stands, and the day from which that counts has not come.
    Awaiting,
    /// It is approved as it stands.
    Approved,
    /// It has changed since it was approved.
    Changed,
}

/// Where an item stands that somebody approved or that a rule of approval names.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ItemStanding {
    /// Which it is.
    pub item: Item,
    /// The digest of its entry as it stands.
    pub digest: Digest,
    /// What was approved last and counts.
    pub in_force: Option<ApprovedText>,
    /// What is approved and whose day has not come.
    pub awaiting: Option<ApprovedText>,
    /// Whether a rule of approval names it, its kind or a tag of it.
    pub is_governed: bool,
}

impl ItemStanding {
    /// Returns how it stands to what was approved.
    #[must_use]
    pub fn state(&self) -> ItemState {
        let is_it = |text: &ApprovedText| text.digest == Some(self.digest);
        match (&self.in_force, &self.awaiting) {
            (Some(text), _) if is_it(text) => ItemState::Approved,
            (_, Some(text)) if is_it(text) => ItemState::Awaiting,
            (None, None) => ItemState::Unapproved,
            (Some(_), _) | (None, Some(_)) => ItemState::Changed,
        }
    }

    /// Returns what was approved of it, what counts before what waits.
    #[must_use]
    pub fn approved(&self) -> Option<&ApprovedText> {
        self.in_force.as_ref().or(self.awaiting.as_ref())
    }
}

impl Corpus {
    /// Returns everything that can be approved and is no document.
    pub fn items(&self) -> impl Iterator<Item = Item> {
        let controls = (0_u32..).zip(&self.controls).map(|(number, _)| Item::Control(number));
        let records = (0_u32..).zip(&self.registers).flat_map(|(register, (_, records))| {
            (0_u32..).zip(records).map(move |(number, _)| Item::Record(register, number))
        });
        let mappings = (0_u32..).zip(&self.frameworks).map(|(number, _)| Item::Mapping(number));
        let exclusions = (0_u32..).zip(&self.settings.exclusions);
        let exclusions = exclusions.map(|(number, _)| Item::Exclusion(number));
        controls.chain(records).chain(mappings).chain(exclusions)
    }

    /// Returns the item with an id. Of two with one id the first counts.
    #[must_use]
    pub fn item(&self, id: &str) -> Option<Item> {
        let folded = id.to_ascii_lowercase();
        let position = |position: Option<usize>| u32::try_from(position?).ok();
        match folded.split_once(':') {
            Some((MAPPING, framework)) => {
                let mut frameworks = self.frameworks.iter();
                let found = frameworks.position(|it| it.id.eq_ignore_ascii_case(framework));
                position(found).map(Item::Mapping)
            }
            Some((EXCLUSION, _)) => {
                let mut exclusions = self.settings.exclusions.iter();
                let found = exclusions.position(|it| id_of_exclusion(it).eq_ignore_ascii_case(id));
                position(found).map(Item::Exclusion)
            }
            _ => match self.names.get(&folded)? {
                Target::Control(id) => self.numbers.control(id).map(Item::Control),
                Target::Record(id) => {
                    let (register, number) = self.numbers.record(id)?;
                    Some(Item::Record(register, number))
                }
                _ => None,
            },
        }
    }

    /// Returns what there is to say of an item of this corpus.
    #[must_use]
    pub fn item_facts(&self, item: Item) -> ItemFacts<'_> {
        match item {
            Item::Control(number) => of_control(&self.controls[number as usize]),
            Item::Record(register, number) => {
                of_record(&self.registers[register as usize].1[number as usize])
            }
            Item::Mapping(number) => self.of_mapping(number as usize),
            Item::Exclusion(number) => self.of_exclusion(number as usize),
        }
    }

    /// Returns what an approval of an item covers, besides the values of its variables.
    #[must_use]
    pub fn item_entry(&self, item: Item) -> Cow<'_, Canonical> {
        Cow::Borrowed(match item {
            Item::Control(number) => &self.controls[number as usize].entry,
            Item::Record(register, number) => {
                &self.registers[register as usize].1[number as usize].entry
            }
            Item::Exclusion(number) => &self.settings.exclusions[number as usize].entry,
            Item::Mapping(number) => return Cow::Owned(self.mapping(number as usize)),
        })
    }

    /// Returns the variables of an item with their printed values.
    #[must_use]
    pub fn item_variables(&self, item: Item) -> BTreeMap<String, Option<String>> {
        let mut variables = BTreeMap::new();
        self.item_entry(item).texts(&mut |text| {
            for (_, path) in variable::uses(text) {
                let value = self.fact(&path).map(|fact| fact.text.clone());
                variables.insert(path, value);
            }
        });
        variables
    }

    /// Writes the canonical form of an item, whose SHA-256 is its digest.
    #[must_use]
    pub fn item_form(&self, item: Item) -> Vec<u8> {
        let variables = self.item_variables(item).into_iter();
        let variables = variables
            .map(|(path, value)| (path, value.map_or(Canonical::Null, Canonical::Text)))
            .collect();
        form_of_item(&self.item_facts(item).kind, &self.item_entry(item), &variables)
    }

    /// Computes digest v1 of an item as it stands.
    #[must_use]
    pub fn item_digest(&self, item: Item) -> Digest {
        Digest::of_bytes(&self.item_form(item))
    }

    fn of_mapping(&self, number: usize) -> ItemFacts<'_> {
        let framework = &self.frameworks[number];
        let named = self.settings.frameworks.iter().find(|it| it.value == framework.id);
        let span = named.map(|it| it.span).unwrap_or_default();
        ItemFacts {
            id: format!("{MAPPING}:{}", framework.id),
            kind: MAPPING.into(),
            title: format!("Mapping to {}", framework.short_title).into(),
            version: None,
            tags: &[],
            owner: None,
            starts: None,
            is_closed: false,
            place: Place::new(&self.settings.path, span),
        }
    }

    fn of_exclusion(&self, number: usize) -> ItemFacts<'_> {
        let exclusion = &self.settings.exclusions[number];
        let framework = self.framework(&exclusion.framework.value);
        let name = framework.map_or(exclusion.framework.value.as_str(), |it| &it.short_title);
        ItemFacts {
            id: id_of_exclusion(exclusion),
            kind: EXCLUSION.into(),
            title: format!("Exclusion of {} {}", name, exclusion.requirement.value).into(),
            version: None,
            tags: &[],
            owner: None,
            starts: None,
            is_closed: false,
            place: exclusion.place.clone(),
        }
    }

    /// Returns everything that is mapped to a framework: by source, which is the id of a control, of
    /// a document, or of a document with the anchor of a clause or section, and by requirement.
    fn mapping(&self, number: usize) -> Canonical {
        let framework = self.frameworks[number].id.as_str();
        let mut sources: BTreeMap<String, BTreeMap<String, Canonical>> = BTreeMap::new();
        let mut add = |source: String, requirement: &str, value: Canonical| {
            sources.entry(source).or_default().insert(requirement.to_owned(), value);
        };
        for document in &self.documents {
            let id = document.id.value.as_str();
            for it in document.addresses.iter().filter(|it| it.framework.value == framework) {
                add(id.to_owned(), &it.requirement.value, Canonical::Null);
            }
            let clauses = document.outline.clauses.iter().map(|it| (&it.anchor, &it.mappings));
            let headings = document.outline.headings.iter().map(|it| (&it.anchor, &it.mappings));
            for (anchor, mappings) in clauses.chain(headings) {
                for mapping in mappings.iter().filter(|it| it.framework.value == framework) {
                    for requirement in &mapping.requirements {
                        add(format!("{id}#{anchor}"), &requirement.value, Canonical::Null);
                    }
                }
            }
        }
        for control in &self.controls {
            for it in control.meets.iter().filter(|it| it.framework.value == framework) {
                let extent = if it.is_partial { "partly" } else { "wholly" };
                let text = |text: &str| Canonical::Text(text.to_owned());
                let says = [("extent", text(extent)), ("reason", text(&it.reason))];
                let says = says.map(|(key, value)| (key.to_owned(), value));
                let says = Canonical::Map(says.into());
                add(control.id.value.to_string(), &it.requirement.value, says);
            }
        }
        let sources = sources.into_iter();
        Canonical::Map(sources.map(|(source, says)| (source, Canonical::Map(says))).collect())
    }
}

fn of_control(control: &Control) -> ItemFacts<'_> {
    ItemFacts {
        id: control.id.value.to_string(),
        kind: CONTROL.into(),
        title: control.title.as_str().into(),
        version: control.version.as_deref(),
        tags: &control.tags,
        owner: control.owner.as_ref().map(|it| it.value.as_str()),
        starts: None,
        is_closed: false,
        place: control.place.clone(),
    }
}

fn of_record(record: &Record) -> ItemFacts<'_> {
    ItemFacts {
        id: record.id.value.to_string(),
        kind: record.schema.kind().into(),
        title: record.title.as_str().into(),
        version: None,
        tags: &[],
        owner: record.text("owner"),
        starts: record.date("granted_on"),
        is_closed: record.is_closed(),
        place: record.place.clone(),
    }
}

/// Returns the id of an exclusion. What cannot stand in an id of a statement, such as a parenthesis,
/// is a `-`.
fn id_of_exclusion(exclusion: &Exclusion) -> String {
    let plain = |text: &str| {
        let is_plain = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        text.chars().map(|c| if is_plain(&c) { c } else { '-' }).collect::<String>()
    };
    let (framework, requirement) = (&exclusion.framework.value, &exclusion.requirement.value);
    format!("{EXCLUSION}:{}:{}", plain(framework), plain(requirement))
}
