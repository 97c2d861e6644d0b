//! What is due when.

use jiff::civil::Date;

use super::{HandbookPlan, Page, words};
use crate::model::address::Address;
use crate::model::assessment::Subject;
use crate::plan::view::Html;
use crate::plan::view::handbook::{Calendar, Due, Linked, Month};

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

    fn due(&self, from: &Address) -> impl Iterator<Item = (Date, Due)> {
        self.handbook.assessment().agenda.iter().map(|due| {
            let (line, owner) = self.subject(from, due.subject);
            let status = match due.subject {
                Subject::Document(_) => line.status,
                Subject::Control(_) | Subject::Record(..) => None,
            };
            let entry = Due {
                date: due.date.to_string(),
                subject: Linked { status, note: String::new(), ..line },
                kind: due.deadline.label.to_owned(),
                owner,
            };
            (due.date, entry)
        })
    }

    /// Returns a date in the words of prose.
    #[must_use]
    pub fn day(date: Date) -> String {
        words::day(date)
    }
}
