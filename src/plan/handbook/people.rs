//! Pages of people and roles.

use jiff::civil::Date;

use super::{HandbookPlan, Page, number, words};
use crate::model::address::Address;
use crate::model::person::Role;
use crate::plan::view::handbook::{List, Profile, TableSection};
use crate::plan::view::{Cell, Column, ColumnKind, Fact, HrefText, Html, Icon, Row, Table, Tone};
use crate::signature::PublicKey;
use crate::signature::ring::{Days, Key};

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
            sections: {
                let mut sections = self.mandates(&from, id);
                sections.extend(self.owned(&from, &names));
                sections
            },
        }
    }

    /// Returns what a person may do when: keys, roles over time, delegations.
    fn mandates(&self, from: &Address, person: &str) -> Vec<TableSection> {
        let corpus = self.handbook.corpus();
        let mut sections = Vec::new();
        let mut add = |anchor: &str, heading: &str, columns: Vec<Column>, rows: Vec<Row>| {
            if !rows.is_empty() {
                let caption = heading.to_owned();
                let table = Table { caption, columns, rows, empty: String::new() };
                let (anchor, heading) = (anchor.to_owned(), heading.to_owned());
                sections.push(TableSection { anchor, heading, table });
            }
        };
        let days = |days: Days| {
            let text = |date: Option<Date>| date.map(|it| it.to_string()).unwrap_or_default();
            [Cell::text(text(days.from)), Cell::text(text(days.until))]
        };
        let column = |title: &str, kind: ColumnKind| Column::new(title, kind);
        add(
            "keys",
            "Keys",
            vec![
                column("Fingerprint", ColumnKind::Text),
                column("From", ColumnKind::Date),
                column("Until", ColumnKind::Date),
                column("State", ColumnKind::Status),
            ],
            self.keys(person)
                .map(|key| {
                    let name = PublicKey::parse(&key.public).map(|it| it.fingerprint());
                    let signs: Vec<&str> = key.purposes.iter().map(|it| it.word()).collect();
                    let [since, until] = days(key.days);
                    let name = Cell::text(name.unwrap_or_else(|_| "unreadable".to_owned()));
                    let cells = vec![
                        name.note(format!("signs {}", signs.join(", "))),
                        since,
                        until,
                        self.key_state(key),
                    ];
                    Row { anchor: None, cells }
                })
                .collect(),
        );
        let role = |id: &str| Cell { note: None, ..self.owner(from, id) };
        let held = corpus.roles.iter().flat_map(|role| {
            let theirs = role.holders.iter().filter(|holder| holder.person.value == person);
            theirs.map(move |holder| (role, holder))
        });
        let held = held.map(|(of, holder)| {
            let [since, until] = days(Days { from: holder.from, until: holder.until });
            Row { anchor: None, cells: vec![role(of.id.value.as_str()), since, until] }
        });
        add(
            "roles",
            "Roles over time",
            vec![
                column("Role", ColumnKind::Text),
                column("From", ColumnKind::Date),
                column("Until", ColumnKind::Date),
            ],
            held.collect(),
        );
        let lent = corpus.mandates.delegations.iter().map(|it| &it.value);
        let lent = lent.filter(|it| it.from == person || it.to == person).map(|it| {
            let [since, until] = days(it.days);
            let cells = vec![role(&it.role), role(&it.from), role(&it.to), since, until];
            Row { anchor: None, cells }
        });
        add(
            "delegations",
            "Delegations",
            vec![
                column("Role", ColumnKind::Text),
                column("Of", ColumnKind::Text),
                column("May be used by", ColumnKind::Text),
                column("From", ColumnKind::Date),
                column("Until", ColumnKind::Date),
            ],
            lent.collect(),
        );
        sections
    }

    /// Returns the keys of a person: those of the ring in force, then those that only the file has.
    fn keys(&self, person: &str) -> impl Iterator<Item = &Key> {
        let ring = self.ring();
        let written = self.handbook.assessment().records.written.keys.iter();
        let new = written.filter(|it| ring.key(&it.public).is_none());
        ring.keys.iter().chain(new).filter(move |key| key.person == person)
    }

    fn key_state(&self, key: &Key) -> Cell {
        let records = &self.handbook.assessment().records;
        let today = self.handbook.assessment().today;
        let written = records.written.key(&key.public);
        let is_filed = records.rings_in_force() > 0 && self.ring().key(&key.public).is_some();
        let compromised = key.compromised_since.or(written.and_then(|it| it.compromised_since));
        let retired = key.retired.or(written.and_then(|it| it.retired));
        let status = |icon, word: &str, tone| Cell::status(words::status(icon, word, tone));
        if let Some(since) = compromised {
            let cell = status(Icon::Alert, "Compromised", Tone::Danger);
            return cell.note(format!("since {since}"));
        }
        if let Some(on) = retired {
            return status(Icon::Archive, "Retired", Tone::Neutral).note(format!("on {on}"));
        }
        if !is_filed {
            let cell = status(Icon::Clock, "Not in the ring", Tone::Attention);
            return cell.note("nobody has signed for it");
        }
        if key.days.contain(today) {
            status(Icon::Check, "In use", Tone::Success)
        } else {
            status(Icon::Dash, "Not valid today", Tone::Neutral)
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
