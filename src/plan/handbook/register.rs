//! Pages of registers and of evidence.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::control::empty;
use super::frame::title_case;
use super::{HandbookPlan, Page, number, words};
use crate::model::address::Address;
use crate::model::assessment::Proof;
use crate::model::asset::Asset;
use crate::model::corpus::Corpus;
use crate::model::item::Item;
use crate::model::link::Target;
use crate::model::register::{self, Record, Schema, Value};
use crate::plan::view::handbook::{Linked, List, RecordEntry, RegisterPage, TableSection};
use crate::plan::view::{
    Cell, Column, ColumnKind, Fact, HrefText, Html, Icon, Row, Status, Table, Tone,
};

/// Finds for each document and control the records that name it: the numbers of the register and of
/// the record in it.
pub(super) fn records_by_subject(corpus: &Corpus) -> BTreeMap<Target, Vec<(usize, usize)>> {
    let mut places: BTreeMap<Target, Vec<(usize, usize)>> = BTreeMap::new();
    for (register, (_, records)) in corpus.registers.iter().enumerate() {
        for (number, record) in records.iter().enumerate() {
            for target in subjects(corpus, record) {
                places.entry(target.clone()).or_default().push((register, number));
            }
        }
    }
    places
}

/// Returns the documents and controls that a record names.
fn subjects<'c>(corpus: &'c Corpus, record: &'c Record) -> BTreeSet<&'c Target> {
    let names =
        record.values.iter().flat_map(|(column, value)| match (column.kind, &value.value) {
            (register::ColumnKind::Document, Value::Text(name)) => vec![name.as_str()],
            (register::ColumnKind::Controls, Value::List(names)) => {
                names.iter().map(|name| name.value.as_str()).collect()
            }
            _ => Vec::new(),
        });
    names.filter_map(|name| corpus.names.get(&name.to_ascii_lowercase())).collect()
}

impl HandbookPlan<'_> {
    pub(super) fn register_list(&self) -> List {
        let page = Page::Registers;
        let from = self.at(&page);
        let rows = self.handbook.corpus().registers.iter().enumerate().map(
            |(index, (schema, records))| {
                let link =
                    self.link(&from, &Page::Register(number(index)), schema.title.to_owned());
                Row {
                    anchor: None,
                    cells: vec![
                        Cell::link(link.href, link.text),
                        Cell::text(schema.purpose),
                        Cell::text(records.len().to_string()),
                    ],
                }
            },
        );
        let table = Table {
            caption: "Registers".to_owned(),
            columns: vec![
                Column::new("Register", ColumnKind::Text),
                Column::new("What it is for", ColumnKind::Text),
                Column::new("Records", ColumnKind::Numeric),
            ],
            rows: rows.collect(),
            empty: String::new(),
        };
        let mut head = Self::head("", "", "Registers");
        head.summary = "Records kept as data, one list each.".to_owned();
        List {
            frame: self.frame(&page, "Registers", &[]),
            head,
            intro_html: Html::default(),
            sections: vec![TableSection { table, ..TableSection::default() }],
            downloads: Vec::new(),
        }
    }

    pub(super) fn register(&self, index: u32) -> RegisterPage {
        let (schema, records) = &self.handbook.corpus().registers[index as usize];
        let page = Page::Register(index);
        let from = self.at(&page);
        let mut head = Self::head("Register", "", schema.title);
        head.summary = schema.purpose.to_owned();
        RegisterPage {
            frame: self.frame(&page, schema.title, &[(&Page::Registers, "Registers")]),
            head,
            intro_html: Html::default(),
            table: self.register_table(&from, schema, records),
            records: (0..)
                .zip(records)
                .map(|(number, it)| self.record_entry(&from, (index, number), it))
                .collect(),
            downloads: Vec::new(),
        }
    }

    fn register_table(&self, from: &Address, schema: &Schema, records: &[Record]) -> Table {
        let shown: Vec<&register::Column> =
            schema.columns.iter().filter(|column| column.in_table).collect();
        let mut columns = vec![Column::new(title_case(schema.singular), ColumnKind::Text)];
        columns
            .extend(shown.iter().map(|column| Column::new(column.label, column_kind(column.kind))));
        let rows = records.iter().map(|record| {
            let id = record.id.value.as_str();
            let mut cells = vec![Cell::link(format!("#{id}"), record.title.clone()).note(id)];
            cells.extend(shown.iter().map(|column| self.value_cell(from, record, column)));
            Row { anchor: None, cells }
        });
        Table {
            caption: schema.title.to_owned(),
            columns,
            rows: rows.collect(),
            empty: format!(
                "There is no {} yet. {} Add them to content/registers/{}.yaml.",
                schema.singular, schema.purpose, schema.name
            ),
        }
    }

    /// Returns a record; `numbers` are those of its register and of itself.
    fn record_entry(&self, from: &Address, numbers: (u32, u32), record: &Record) -> RecordEntry {
        let values = record.values.iter();
        let facts = values
            .map(|(column, _)| Fact::new(column.label, self.value_cell(from, record, column)))
            .chain(self.approval_of_item("Approval", Item::Record(numbers.0, numbers.1)))
            .collect();
        let id = record.id.value.to_string();
        RecordEntry {
            title: record.title.clone(),
            status: record_status(record, self.handbook.assessment().today),
            body_html: Html::default(),
            facts,
            mentions: self.mentions(from, &Target::Record(id.clone())),
            id,
        }
    }

    /// Returns the records of all registers that name a document or a control.
    pub(super) fn records_about(&self, from: &Address, subject: &Target) -> Vec<Linked> {
        let registers = &self.handbook.corpus().registers;
        let places = self.records.get(subject).into_iter().flatten();
        let records = places.filter_map(|(register, record)| registers[*register].1.get(*record));
        records.map(|record| self.linked_record(from, record)).collect()
    }

    /// Returns a record as a line of a list.
    pub(super) fn linked_record(&self, from: &Address, record: &Record) -> Linked {
        let id = record.id.value.to_string();
        let kind = title_case(record.schema.singular);
        let clause = self.clause(from, record).map(|clause| clause.text);
        let has_expired = record.has_expired(self.handbook.assessment().today);
        let until = record.date("expires_on").map(|date| match (has_expired, words::day(date)) {
            (true, day) => format!("expired {day}; gives no permission"),
            (false, day) => format!("until {day}"),
        });
        let parts: Vec<String> = std::iter::once(kind)
            .chain(clause.map(|it| format!("from {it}")))
            .chain(until)
            .collect();
        Linked {
            link: HrefText {
                href: self.destination(from, &Target::Record(id.clone())).unwrap_or_default(),
                text: record.title.clone(),
            },
            status: record_status(record, self.handbook.assessment().today),
            note: parts.join(", "),
            id,
        }
    }

    /// Returns the clause that a record names, with its number.
    fn clause(&self, from: &Address, record: &Record) -> Option<HrefText> {
        let (column, key) = record.values.iter().find_map(|(column, _)| match column.kind {
            register::ColumnKind::ClauseOf(key) => Some((column, key)),
            _ => None,
        })?;
        let anchor = record.text(column.key)?;
        let (index, document) = self.handbook.corpus().document_by_id(record.text(key)?)?;
        let clause = document.outline.clauses.iter().find(|clause| clause.anchor == anchor)?;
        let target = Target::Document { index, anchor: Some(anchor.to_owned()) };
        let number = if clause.number.is_empty() { anchor } else { &clause.number };
        Some(HrefText {
            href: self.destination(from, &target)?,
            text: format!("{} {number}", document.id.value),
        })
    }

    fn value_cell(&self, from: &Address, record: &Record, column: &register::Column) -> Cell {
        let Some(value) = record.value(column.key) else { return Cell::default() };
        let linked = |target: &Target, text: String| match self.destination(from, target) {
            Some(href) => Cell::link(href, text),
            None => Cell::text(text),
        };
        match (&value.value, column.kind) {
            (Value::Text(text), register::ColumnKind::Owner) => self.owner(from, text),
            (Value::Text(text), register::ColumnKind::Document) => {
                match self.handbook.corpus().names.get(&text.to_ascii_lowercase()) {
                    Some(target) => linked(target, text.clone()),
                    None => Cell::text(text.clone()),
                }
            }
            (Value::Text(text), register::ColumnKind::Framework) => {
                let title =
                    self.title(&Target::Framework(text.clone())).unwrap_or_else(|| text.clone());
                linked(&Target::Framework(text.clone()), title)
            }
            (Value::Text(text), register::ColumnKind::Url) => {
                Cell::link(text.clone(), text.clone())
            }
            (Value::Text(text), register::ColumnKind::ClauseOf(_)) => {
                match self.clause(from, record) {
                    Some(clause) => Cell::link(clause.href, clause.text),
                    None => Cell::text(text.clone()),
                }
            }
            (Value::Text(_), register::ColumnKind::Choice(_)) => {
                let status = record_status(record, self.handbook.assessment().today);
                match status.filter(|_| column.key == "status") {
                    Some(status) => Cell::status(status),
                    None => Cell::text(record.chosen(column.key).unwrap_or_default()),
                }
            }
            (Value::Text(text), _) => Cell::text(self.plain(text)),
            (Value::Date(date), _) => Cell::text(date.to_string()),
            (Value::Period(from, until), _) => Cell::text(format!("{from} to {until}")),
            (Value::Number(number), _) => Cell::text(number.to_string()),
            (Value::Cycle(cycle), _) => Cell::text(cycle.to_string()),
            (Value::YesNo(yes), _) => Cell::text(if *yes { "Yes" } else { "No" }),
            (Value::List(list), register::ColumnKind::Controls) => Cell {
                links: list
                    .iter()
                    .map(|it| HrefText {
                        href: self
                            .destination(from, &Target::Control(it.value.clone()))
                            .unwrap_or_default(),
                        text: it.value.clone(),
                    })
                    .collect(),
                ..Cell::default()
            },
            (Value::List(list), _) => {
                Cell::text(list.iter().map(|it| it.value.as_str()).collect::<Vec<_>>().join(", "))
            }
        }
    }

    /// Returns a text of a data file with its variables and references as words.
    #[must_use]
    pub fn plain(&self, text: &str) -> String {
        let body = crate::resolve::text(self.handbook.corpus(), text);
        crate::markup::plain(&body, &|link| self.title(&link.target))
    }

    pub(super) fn evidence(&self) -> RegisterPage {
        let corpus = self.handbook.corpus();
        let page = Page::Evidence;
        let from = self.at(&page);
        let mut order: Vec<u32> = (0u32..).zip(&corpus.evidence).map(|(index, _)| index).collect();
        let last = |index: &u32| {
            corpus.evidence[*index as usize].period.as_ref().map(|(_, last)| last.value)
        };
        order.sort_by_key(|index| (std::cmp::Reverse(last(index)), *index));
        let mut head = Self::head("", "", "Evidence");
        head.summary = "Pointers to proof that controls operate. A hash proves that a file is unchanged since it was \
            registered, no more."
            .to_owned();
        let empty = "There is no evidence yet. Add it in content/evidence/, and name the controls that it proves.";
        let records = order.iter().map(|index| {
            let it = &corpus.evidence[*index as usize];
            let controls = it.controls.iter().map(|name| HrefText {
                href: self
                    .destination(&from, &Target::Control(name.value.clone()))
                    .unwrap_or_default(),
                text: name.value.clone(),
            });
            let mut facts =
                vec![Fact::new("Controls", Cell { links: controls.collect(), ..Cell::default() })];
            let mut add = |label: &str, text: Option<String>| {
                facts.extend(text.map(|text| Fact::new(label, Cell::text(text))));
            };
            add(
                "About",
                it.period.as_ref().map(|(first, last)| {
                    if first.value == last.value {
                        words::day(first.value)
                    } else {
                        format!("{} to {}", words::day(first.value), words::day(last.value))
                    }
                }),
            );
            add("Collected", it.collected_on.map(words::day));
            add("Source", it.source.clone());
            add("Population", it.population.clone());
            add("SHA-256 as registered", it.sha256.as_ref().map(|hash| hash.value.clone()));
            if let (Some(file), Some(path)) = (&it.file, it.file_path()) {
                let copy =
                    corpus.assets.get(path.as_str()).and_then(Asset::digest_of_copy);
                let cell = match self.destination(&from, &Target::Asset(path)) {
                    Some(href) => Cell::link(href, file.value.clone()),
                    None => Cell::text(file.value.clone()),
                };
                facts.push(Fact::new(
                    "File",
                    match copy {
                        Some(digest) => cell.note(format!(
                            "This is a copy without what camera and editors wrote into the picture; \
                             its SHA-256 is {}. The registered file stays in the repository.",
                            digest.hex()
                        )),
                        None => cell,
                    },
                ));
            }
            if let Some(by) = &it.collected_by {
                facts.push(Fact::new("Collected by", self.owner(&from, &by.value)));
            }
            let id = it.id.value.to_string();
            RecordEntry {
                title: it.title.clone(),
                status: proof_status(self.handbook.assessment().evidence[*index as usize]),
                body_html: Html::default(),
                facts,
                mentions: self.mentions(&from, &Target::Evidence(id.clone())),
                id,
            }
        });
        let records = records.collect();
        let controls: Vec<u32> = (0u32..).zip(&corpus.controls).map(|(index, _)| index).collect();
        let mut table = self.evidence_table(&from, &order, &controls, empty);
        for (row, index) in table.rows.iter_mut().zip(&order) {
            row.cells[0].href = Some(format!("#{}", corpus.evidence[*index as usize].id.value));
        }
        RegisterPage {
            frame: self.frame(&page, "Evidence", &[]),
            head,
            intro_html: Html::default(),
            table,
            records,
            downloads: Vec::new(),
        }
    }

    pub(super) fn kind_list(&self, kind: crate::model::document::Kind) -> List {
        let page = Page::Kind(kind);
        let from = self.at(&page);
        let mut documents: Vec<_> =
            self.shown_documents().filter(|(_, document)| document.kind == kind).collect();
        documents.sort_by(|a, b| a.1.title.value.cmp(&b.1.title.value));
        let indices: Vec<u32> = documents.iter().map(|(index, _)| *index).collect();
        let folder = kind.plural().to_lowercase();
        let sections = if indices.is_empty() {
            vec![empty(&format!(
                "There is nothing here yet. Add a Markdown file in content/{folder}/."
            ))]
        } else {
            vec![TableSection {
                table: self.document_table(&from, kind.plural(), &indices),
                ..TableSection::default()
            }]
        };
        let mut head = Self::head("", "", kind.plural());
        head.summary = match kind {
            crate::model::document::Kind::Policy => "What we commit to.",
            crate::model::document::Kind::Procedure => {
                "How policies are carried out, step by step."
            }
            crate::model::document::Kind::Narrative => "The description of the system.",
            crate::model::document::Kind::Page | crate::model::document::Kind::Text => "",
        }
        .to_owned();
        List {
            frame: self.frame(&page, kind.plural(), &[]),
            head,
            intro_html: Html::default(),
            sections,
            downloads: Vec::new(),
        }
    }

    /// Returns documents as a table.
    pub(super) fn document_table(&self, from: &Address, caption: &str, indices: &[u32]) -> Table {
        let corpus = self.handbook.corpus();
        let rows = indices.iter().map(|index| {
            let document = corpus.document(*index);
            let standing = &self.handbook.assessment().documents[*index as usize];
            let link = self.link(from, &Page::Document(*index), document.title.value.clone());
            let next = standing.next_review.map(|date| date.to_string()).unwrap_or_default();
            Row {
                anchor: None,
                cells: vec![
                    Cell::link(link.href, link.text).note(Self::shown_id(document)),
                    Cell::text(
                        document.version.as_ref().map(|it| it.value.clone()).unwrap_or_default(),
                    ),
                    document
                        .owner
                        .as_ref()
                        .map_or_else(Cell::default, |owner| self.owner(from, &owner.value)),
                    words::lifecycle(standing).map_or_else(Cell::default, Cell::status),
                    Cell::text(next),
                ],
            }
        });
        Table {
            caption: caption.to_owned(),
            columns: vec![
                Column::new("Document", ColumnKind::Text),
                Column::new("Version", ColumnKind::Id),
                Column::new("Owner", ColumnKind::Text),
                Column::new("Standing", ColumnKind::Status),
                Column::new("Next review", ColumnKind::Date),
            ],
            rows: rows.collect(),
            empty: String::new(),
        }
    }
}

fn column_kind(kind: register::ColumnKind) -> ColumnKind {
    match kind {
        register::ColumnKind::Date | register::ColumnKind::Period => ColumnKind::Date,
        register::ColumnKind::Number(..) => ColumnKind::Numeric,
        register::ColumnKind::Document | register::ColumnKind::ClauseOf(_) => ColumnKind::Id,
        register::ColumnKind::Text
        | register::ColumnKind::Url
        | register::ColumnKind::YesNo
        | register::ColumnKind::CycleSince(_)
        | register::ColumnKind::Choice(_)
        | register::ColumnKind::List
        | register::ColumnKind::Owner
        | register::ColumnKind::Controls
        | register::ColumnKind::Framework => ColumnKind::Text,
    }
}

/// Returns what there is to say of a file of evidence.
pub(super) fn proof_status(proof: Proof) -> Option<Status> {
    Some(match proof {
        Proof::Elsewhere => return None,
        Proof::Unbound => words::status(Icon::Info, "Without a hash", Tone::Neutral),
        Proof::Intact => words::status(Icon::Check, "As registered", Tone::Success),
        Proof::Changed => words::status(Icon::Alert, "Changed since registered", Tone::Danger),
        Proof::Missing => words::status(Icon::Cross, "File missing", Tone::Danger),
    })
}

/// Returns the state of a record: what it says itself, unless a day has passed since.
pub(super) fn record_status(record: &Record, today: Date) -> Option<Status> {
    let missed = record.schema.columns.iter().find_map(|column| {
        let word = column.deadline?.missed?;
        (record.due(column)? < today).then_some(word)
    });
    if let Some(word) = missed {
        return Some(words::status(Icon::Alert, word, Tone::Danger));
    }
    let word = record.chosen("status")?;
    Some(match record.text("status")? {
        "open" => words::status(Icon::Alert, word, Tone::Attention),
        "in-remediation" | "active" => words::status(Icon::Half, word, Tone::Info),
        _ => words::status(Icon::Check, word, Tone::Success),
    })
}
