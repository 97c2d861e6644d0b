//! Which number a thing has in the corpus, by its id.
//!
//! Every link of every page asks, so that looking through all things each time would take the
//! square of their number.

use hashbrown::HashMap;

use super::control::Control;
use super::framework::Framework;
use super::person::{Person, Role};
use super::register::{Record, Schema};

/// The numbers of things. Ids of controls and requirements are found whatever the case of their
/// letters.
#[derive(Debug, Clone, Default)]
pub struct Numbers {
    controls: HashMap<String, u32>,
    /// The numbers of a register and of the record in it.
    records: HashMap<String, (u32, u32)>,
    people: HashMap<String, u32>,
    roles: HashMap<String, u32>,
    /// The number of a framework, and those of its requirements.
    frameworks: HashMap<String, (u32, HashMap<String, u32>)>,
}

impl Numbers {
    /// Numbers everything. Of two things with one id the first counts.
    #[must_use]
    pub fn of(
        controls: &[Control],
        registers: &[(&'static Schema, Vec<Record>)],
        (people, roles): (&[Person], &[Role]),
        frameworks: &[Framework],
    ) -> Self {
        let mut numbers = Self::default();
        for (number, control) in (0..).zip(controls) {
            let id = control.id.value.as_str().to_ascii_lowercase();
            numbers.controls.entry(id).or_insert(number);
        }
        for (register, (_, records)) in (0..).zip(registers) {
            for (number, record) in (0..).zip(records) {
                let id = record.id.value.to_string();
                numbers.records.entry(id).or_insert((register, number));
            }
        }
        for (number, person) in (0..).zip(people) {
            numbers.people.entry(person.id.value.to_string()).or_insert(number);
        }
        for (number, role) in (0..).zip(roles) {
            numbers.roles.entry(role.id.value.to_string()).or_insert(number);
        }
        for (number, framework) in (0..).zip(frameworks) {
            let mut requirements = HashMap::new();
            for (number, (_, requirement)) in (0..).zip(framework.requirements()) {
                requirements.entry(requirement.id.to_ascii_lowercase()).or_insert(number);
            }
            numbers.frameworks.entry(framework.id.clone()).or_insert((number, requirements));
        }
        numbers
    }

    /// Returns the number of a control.
    #[must_use]
    pub fn control(&self, id: &str) -> Option<u32> {
        self.controls.get(id.to_ascii_lowercase().as_str()).copied()
    }

    /// Returns the numbers of the register that holds a record, and of the record in it.
    #[must_use]
    pub fn record(&self, id: &str) -> Option<(u32, u32)> {
        self.records.get(id).copied()
    }

    /// Returns the number of a person.
    #[must_use]
    pub fn person(&self, id: &str) -> Option<u32> {
        self.people.get(id).copied()
    }

    /// Returns the number of a role.
    #[must_use]
    pub fn role(&self, id: &str) -> Option<u32> {
        self.roles.get(id).copied()
    }

    /// Returns the number of a framework.
    #[must_use]
    pub fn framework(&self, id: &str) -> Option<u32> {
        self.frameworks.get(id).map(|(number, _)| *number)
    }

    /// Returns the numbers of a framework and of a requirement of it.
    #[must_use]
    pub fn requirement(&self, framework: &str, id: &str) -> Option<(u32, u32)> {
        let (number, requirements) = self.frameworks.get(framework)?;
        Some((*number, *requirements.get(id.to_ascii_lowercase().as_str())?))
    }
}
