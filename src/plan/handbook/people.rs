//! Pages of people and roles.

use super::{HandbookPlan, Page, number, words};
use crate::model::address::Address;
use crate::model::person::Role;
use crate::plan::view::handbook::{List, Profile, TableSection};
use crate::plan::view::{Cell, Column, ColumnKind, Fact, HrefText, Html, Row, Table};

impl HandbookPlan<'_> {
    pub(super) fn people_list(&self) -> List {
        let corpus = self.handbook.corpus();
        let page = Page::People;
        let from = self.at(&page);
        let roles = corpus.roles.iter().enumerate().map(|(index, role)| {
            let link = self.link(&from, &Page::Role(number(index)), role.title.clone());
            Row {
                anchor: None,
                cells: vec![
                    Cell::link(link.href, link.text).note(role.id.value.as_str()),
                    Cell { links: self.holders(&from, role), ..Cell::default() },
                    Cell::text(role.duty.clone().unwrap_or_default()),
                ],
            }
        });
        let people = corpus.people.iter().enumerate().map(|(index, person)| {
            let link = self.link(&from, &Page::Person(number(index)), person.name.clone());
            Row {
                anchor: None,
                cells: vec![
                    Cell::link(link.href, link.text).note(person.id.value.as_str()),
                    Cell::text(person.title.clone().unwrap_or_default()),
                    Cell::text(person.kind.word()),
                ],
            }
        });
        let section =
            |anchor: &str, heading: &str, columns: [&str; 3], rows: Vec<Row>| TableSection {
                anchor: anchor.to_owned(),
                heading: heading.to_owned(),
                table: Table {
                    caption: heading.to_owned(),
                    columns: columns.map(|title| Column::new(title, ColumnKind::Text)).to_vec(),
                    rows,
                    empty: "Nobody is named yet. Add them to content/people.yaml.".to_owned(),
                },
            };
        List {
            frame: self.frame(&page, "People and roles", &[]),
            head: Self::head("", "", "People and roles"),
            intro_html: Html::default(),
            sections: vec![
                section("roles", "Roles", ["Role", "Held by", "Answers for"], roles.collect()),
                section("people", "People", ["Person", "Title", "Belongs as"], people.collect()),
            ],
            downloads: Vec::new(),
        }
    }

    fn holders(&self, from: &Address, role: &Role) -> Vec<HrefText> {
        let corpus = self.handbook.corpus();
        let today = self.handbook.assessment().today;
        let holders = role.holders.iter().filter(|holder| holder.holds_on(today));
        let positions = holders.filter_map(|holder| {
            corpus.people.iter().position(|person| person.id.value.as_str() == holder.person.value)
        });
        positions
            .map(|index| {
                self.link(from, &Page::Person(number(index)), corpus.people[index].name.clone())
            })
            .collect()
    }

    pub(super) fn person(&self, index: u32) -> Profile {
        let corpus = self.handbook.corpus();
        let person = &corpus.people[index as usize];
        let page = Page::Person(index);
        let from = self.at(&page);
        let id = person.id.value.as_str();
        let mut head = Self::head("Person", id, &person.name);
        head.summary = person.title.clone().unwrap_or_default();
        let held: Vec<&Role> = corpus
            .roles
            .iter()
            .filter(|role| {
                let today = self.handbook.assessment().today;
                role.holders
                    .iter()
                    .any(|holder| holder.person.value == id && holder.holds_on(today))
            })
            .collect();
        let roles = held.iter().filter_map(|role| {
            let index = corpus.roles.iter().position(|it| it.id == role.id)?;
            Some(self.link(&from, &Page::Role(number(index)), role.title.clone()))
        });
        let mut facts = vec![Fact::new("Belongs as", Cell::text(person.kind.word()))];
        facts.push(Fact::new("Roles", Cell { links: roles.collect(), ..Cell::default() }));
        if let Some(email) = &person.email {
            facts.push(Fact::new("E-mail", Cell::link(format!("mailto:{email}"), email.clone())));
        }
        facts.extend(person.since.map(|since| Fact::new("Since", Cell::text(words::day(since)))));
        facts.extend(person.until.map(|until| Fact::new("Until", Cell::text(words::day(until)))));
        let mut names = vec![id];
        names.extend(held.iter().map(|role| role.id.value.as_str()));
        Profile {
            frame: self.frame(&page, &person.name, &[(&Page::People, "People and roles")]),
            head,
            facts,
            sections: self.owned(&from, &names),
        }
    }

    pub(super) fn role(&self, index: u32) -> Profile {
        let corpus = self.handbook.corpus();
        let role = &corpus.roles[index as usize];
        let page = Page::Role(index);
        let from = self.at(&page);
        let mut head = Self::head("Role", role.id.value.as_str(), &role.title);
        head.summary = role.duty.clone().unwrap_or_default();
        let facts = role
            .holders
            .iter()
            .map(|holder| {
                let name = corpus
                    .person(&holder.person.value)
                    .map_or(holder.person.value.as_str(), |it| &it.name);
                let from_day = holder.from.map(|day| format!("from {}", words::day(day)));
                let until = holder.until.map(|day| format!("until {}", words::day(day)));
                let when: Vec<String> = from_day.into_iter().chain(until).collect();
                let target = crate::model::link::Target::Person(holder.person.value.clone());
                let cell = match self.destination(&from, &target) {
                    Some(href) => Cell::link(href, name),
                    None => Cell::text(name),
                };
                Fact::new("Held by", cell.note(when.join(" ")))
            })
            .collect();
        Profile {
            frame: self.frame(&page, &role.title, &[(&Page::People, "People and roles")]),
            head,
            facts,
            sections: self.owned(&from, &[role.id.value.as_str()]),
        }
    }

    /// Returns what some owners answer for.
    fn owned(&self, from: &Address, owners: &[&str]) -> Vec<TableSection> {
        let corpus = self.handbook.corpus();
        let is_theirs = |owner: Option<&str>| owner.is_some_and(|owner| owners.contains(&owner));
        let documents: Vec<u32> = self
            .shown_documents()
            .filter(|(_, document)| is_theirs(document.owner.as_ref().map(|it| it.value.as_str())))
            .map(|(index, _)| index)
            .collect();
        let controls =
            corpus.controls.iter().enumerate().filter(|(_, control)| {
                is_theirs(control.owner.as_ref().map(|it| it.value.as_str()))
            });
        let controls: Vec<Row> = controls
            .map(|(index, control)| {
                let link = self.link(from, &Page::Control(number(index)), control.title.clone());
                let state = &self.handbook.assessment().controls[index];
                Row {
                    anchor: None,
                    cells: vec![
                        Cell::link(link.href, link.text).note(control.id.value.as_str()),
                        Cell::text(control.frequency.map_or("", |it| it.word())),
                        Cell::status(words::step(Some(state.step))),
                    ],
                }
            })
            .collect();
        let mut sections = Vec::new();
        if !documents.is_empty() {
            sections.push(TableSection {
                anchor: "documents".to_owned(),
                heading: "Documents".to_owned(),
                table: self.document_table(from, "Documents", &documents),
            });
        }
        if !controls.is_empty() {
            sections.push(TableSection {
                anchor: "controls".to_owned(),
                heading: "Controls".to_owned(),
                table: Table {
                    caption: "Controls".to_owned(),
                    columns: vec![
                        Column::new("Control", ColumnKind::Text),
                        Column::new("Frequency", ColumnKind::Text),
                        Column::new("Step", ColumnKind::Status),
                    ],
                    rows: controls,
                    empty: String::new(),
                },
            });
        }
        sections
    }
}
