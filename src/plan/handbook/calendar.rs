//! What is due when.

use jiff::civil::Date;

use super::{HandbookPlan, Page, number, words};
use crate::model::address::Address;
use crate::model::link::Target;
use crate::plan::view::handbook::{Calendar, Due, Linked, Month};
use crate::plan::view::{Cell, HrefText, Html};

/// One entry of the calendar file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Appointment {
    /// A name that stays the same from build to build.
    pub uid: String,
    /// The day.
    pub date: Date,
    /// What is due.
    pub summary: String,
    /// More words.
    pub description: String,
}

impl HandbookPlan<'_> {
    pub(super) fn calendar(&self) -> Calendar {
        let page = Page::Calendar;
        let from = self.at(&page);
        let today = self.handbook.assessment().today;
        let mut months: Vec<Month> = Vec::new();
        for (date, due) in self.due(&from) {
            let (anchor, title) = if date < today {
                ("overdue".to_owned(), "Overdue".to_owned())
            } else {
                (date.strftime("m-%Y-%m").to_string(), date.strftime("%B %Y").to_string())
            };
            match months.last_mut() {
                Some(month) if month.anchor == anchor => month.entries.push(due),
                _ => months.push(Month { anchor, title, entries: vec![due] }),
            }
        }
        let mut head = Self::head("", "", "Review calendar");
        head.summary = "Every date is computed from records and cycles.".to_owned();
        Calendar {
            frame: self.frame(&page, "Review calendar", &[]),
            head,
            intro_html: Html::default(),
            months,
            downloads: vec![self.link(
                &from,
                &Page::CalendarFile,
                "Calendar file (iCalendar)".to_owned(),
            )],
        }
    }

    /// Returns the entries of the calendar file.
    #[must_use]
    pub fn appointments(&self) -> Vec<Appointment> {
        let from = self.at(&Page::CalendarFile);
        let workspace = &self.handbook.corpus().settings.workspace_id;
        self.due(&from)
            .into_iter()
            .map(|(date, due)| Appointment {
                uid: format!(
                    "{}-{}@{workspace}",
                    due.subject.id,
                    due.kind.to_lowercase().replace(' ', "-")
                ),
                date,
                summary: format!("{}: {} {}", due.kind, due.subject.id, due.subject.link.text),
                description: due.owner.text,
            })
            .collect()
    }

    fn due(&self, from: &Address) -> Vec<(Date, Due)> {
        let corpus = self.handbook.corpus();
        let mut found = Vec::new();
        for (index, document) in self.shown_documents() {
            let Some(date) = self.handbook.assessment().documents[index as usize].next_review
            else {
                continue;
            };
            found.push((
                date,
                Due {
                    date: date.to_string(),
                    subject: self.linked_document(from, index),
                    kind: "Review".to_owned(),
                    owner: document
                        .owner
                        .as_ref()
                        .map_or_else(Cell::default, |owner| self.owner(from, &owner.value)),
                },
            ));
        }
        for (index, state) in self.handbook.assessment().controls.iter().enumerate() {
            let Some(date) = state.fresh_until else { continue };
            let control = &corpus.controls[index];
            found.push((
                date,
                Due {
                    date: date.to_string(),
                    subject: Linked { status: None, ..self.linked_control(from, number(index)) },
                    kind: "Evidence goes stale".to_owned(),
                    owner: control
                        .owner
                        .as_ref()
                        .map_or_else(Cell::default, |owner| self.owner(from, &owner.value)),
                },
            ));
        }
        let dated = [
            ("policy-exceptions", "expires_on", "Exception expires"),
            ("findings", "due_on", "Finding due"),
            ("vendors", "next_review_on", "Vendor review"),
            ("attestations", "valid_until", "Certificate expires"),
            ("subprocessors", "objection_until", "Objections end"),
            ("subprocessors", "effective_on", "Subprocessor begins"),
        ];
        for (register, key, kind) in dated {
            for record in corpus.register(register) {
                let Some(date) = record.date(key) else { continue };
                let is_over =
                    record.text("status") == Some("closed") || record.value("ended_on").is_some();
                let is_past_news =
                    register == "subprocessors" && date < self.handbook.assessment().today;
                if is_over || is_past_news {
                    continue;
                }
                let id = record.id.value.to_string();
                let href = self.destination(from, &Target::Record(id.clone())).unwrap_or_default();
                found.push((
                    date,
                    Due {
                        date: date.to_string(),
                        subject: Linked {
                            id,
                            link: HrefText { href, text: record.title.clone() },
                            status: None,
                            note: String::new(),
                        },
                        kind: kind.to_owned(),
                        owner: record
                            .text("owner")
                            .map_or_else(Cell::default, |owner| self.owner(from, owner)),
                    },
                ));
            }
        }
        found.sort_by(|a, b| {
            (a.0, &a.1.subject.id, &a.1.kind).cmp(&(b.0, &b.1.subject.id, &b.1.kind))
        });
        found
    }

    /// Returns a date in the words of prose.
    #[must_use]
    pub fn day(date: Date) -> String {
        words::day(date)
    }
}
