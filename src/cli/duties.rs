//! Duties as tables that people read: for a team by urgency, for one person with reasons and commands.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use jiff::civil::Date;

use super::gather::counted;
use crate::diagnostic::render::visible;
use crate::model::assessment::Urgency;
use crate::model::duty::{Duty, DutyKind};
use crate::redline::terminal::columns;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const OVERDUE: Style = AnsiColor::BrightRed.on_default().bold();
const SOON: Style = AnsiColor::Yellow.on_default().bold();
/// The columns of names: at least, and at most in a terminal of 80 columns and in wide ones.
const NAMES: (usize, usize, usize) = (6, 16, 28);
/// From so many columns on, a terminal is wide.
const WIDE: usize = 100;
/// Lines are not longer, however wide the terminal is.
const WIDEST: usize = 120;
/// The least room for what is to be done.
const NARROWEST: usize = 24;

/// Returns the words for a day as seen from another: "in 12 days", "3 days ago".
pub(super) fn relative(day: Date, today: Date) -> String {
    match (day - today).get_days() {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        days if days > 0 => format!("in {days} days"),
        days => format!("{} days ago", days.unsigned_abs()),
    }
}

/// When something is due, in the words over a group of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Span {
    Overdue,
    Days30,
    Days60,
    Days90,
    Later,
    Undated,
}

impl Span {
    const ALL: [Self; 6] =
        [Self::Overdue, Self::Days30, Self::Days60, Self::Days90, Self::Later, Self::Undated];

    pub(super) fn of(duty: &Duty, today: Date) -> Self {
        let Some(by) = duty.by else { return Self::Undated };
        if duty.urgency == Urgency::Missed {
            return Self::Overdue;
        }
        match (by - today).get_days() {
            ..=30 => Self::Days30,
            31..=60 => Self::Days60,
            61..=90 => Self::Days90,
            91.. => Self::Later,
        }
    }

    fn heading(self) -> (&'static str, Style) {
        match self {
            Self::Overdue => ("Overdue", OVERDUE),
            Self::Days30 => ("Within 30 days", SOON),
            Self::Days60 => ("In 31 to 60 days", BOLD),
            Self::Days90 => ("In 61 to 90 days", BOLD),
            Self::Later => ("Later", BOLD),
            Self::Undated => ("No day set", BOLD),
        }
    }
}

/// Says how much there is: "2 overdue, 1 within 30 days".
pub(super) fn sum(duties: &[&Duty], today: Date) -> String {
    let words = [
        (Span::Overdue, "overdue"),
        (Span::Days30, "within 30 days"),
        (Span::Days60, "in 31 to 60"),
        (Span::Days90, "in 61 to 90"),
        (Span::Later, "later"),
        (Span::Undated, "with no day set"),
    ];
    let counts = words.into_iter().filter_map(|(span, word)| {
        let count = duties.iter().filter(|it| Span::of(it, today) == span).count();
        (count > 0).then(|| format!("{count} {word}"))
    });
    let counts: Vec<String> = counts.collect();
    if counts.is_empty() { "nothing to do".to_owned() } else { counts.join(", ") }
}

/// Writes all duties of a team, the most urgent first.
pub(super) fn by_urgency(duties: &[&Duty], today: Date, width: usize) -> String {
    let width = width.min(WIDEST);
    let names: Vec<String> = duties.iter().map(|duty| names(duty, width)).collect();
    let room = names.iter().map(|it| length(it)).max().unwrap_or_default().max(NAMES.0);
    let mut out = String::new();
    for span in Span::ALL {
        let group: Vec<(&&Duty, &String)> =
            duties.iter().zip(&names).filter(|(duty, _)| Span::of(duty, today) == span).collect();
        if group.is_empty() {
            continue;
        }
        let (heading, style) = span.heading();
        // Writing to a string cannot fail.
        let _ = writeln!(out, "\n{style}{heading}{style:#} ({})", group.len());
        for (duty, names) in group {
            let head = format!("  {}  {names}{}  ", when(duty, today), pad(names, room));
            let indent = 2 + WHEN + 2 + room + 2;
            out.push_str(&colour(&head, span));
            out.push_str(&hanging(&words(duty), indent, width));
        }
    }
    out
}

/// Writes the duties of one person, with reasons and commands.
pub(super) fn of_person(duties: &[&Duty], person: &str, today: Date, width: usize) -> String {
    let width = width.min(WIDEST);
    let indent = 2 + WHEN + 2;
    let mut out = String::new();
    for duty in duties {
        let span = Span::of(duty, today);
        out.push_str(&colour(&format!("  {}  ", when(duty, today)), span));
        out.push_str(&hanging(&title(duty), indent, width));
        let _ = write!(out, "{:indent$}{DIM}{}", "", hanging(&visible(&duty.why), indent, width));
        let _ = write!(out, "{DIM:#}");
        if let Some(command) = duty.command_of(person) {
            let _ = write!(out, "{:indent$}", "");
            out.push_str(&hanging(&visible(&command), indent, width));
        }
    }
    out
}

/// The columns of a date and how far it is.
const WHEN: usize = 10 + 2 + 12;

fn when(duty: &Duty, today: Date) -> String {
    match duty.by {
        Some(by) => format!("{by}  {:12}", relative(by, today)),
        None => format!("{:WHEN$}", "no day set"),
    }
}

fn colour(head: &str, span: Span) -> String {
    match span {
        Span::Overdue => {
            let style = OVERDUE;
            let (date, rest) = head.split_at_checked(2 + WHEN).unwrap_or((head, ""));
            format!("{style}{date}{style:#}{rest}")
        }
        _ => head.to_owned(),
    }
}

/// Returns what is to be done and, where it is not plain from that, why.
fn words(duty: &Duty) -> String {
    let title = title(duty);
    match duty.kind {
        DutyKind::Approval
        | DutyKind::Ring
        | DutyKind::Key
        | DutyKind::Campaign
        | DutyKind::Acknowledgement => {
            format!("{title} — {}", visible(&duty.why))
        }
        kind if duty.who.is_empty() && kind != DutyKind::Event => {
            format!("{title} — {}", visible(&duty.why))
        }
        _ => title,
    }
}

fn title(duty: &Duty) -> String {
    let act = duty.act();
    let text = if duty.title.is_empty() { act } else { format!("{act} {}", duty.title) };
    visible(&text).into_owned()
}

fn names(duty: &Duty, width: usize) -> String {
    let most = if width < WIDE { NAMES.1 } else { NAMES.2 };
    let all: Vec<String> = duty.who.iter().map(|id| visible(id).into_owned()).collect();
    if all.is_empty() {
        return if duty.kind == DutyKind::Event { "–" } else { "nobody" }.to_owned();
    }
    let joined = all.join(", ");
    if length(&joined) <= most {
        return joined;
    }
    for shown in (1..all.len()).rev() {
        let some = format!("{} +{}", all[..shown].join(", "), all.len() - shown);
        if length(&some) <= most {
            return some;
        }
    }
    match all.as_slice() {
        [one] => shortened(one, most),
        _ => counted(all.len(), "people").trim_end_matches('s').to_owned(),
    }
}

/// Cuts a text so that it takes so many columns, with a mark that something is missing.
pub(super) fn shortened(text: &str, most: usize) -> String {
    if length(text) <= most {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut column = 0;
    for character in text.chars() {
        column += columns(character);
        if column + 1 > most {
            break;
        }
        out.push(character);
    }
    out + "…"
}

/// Returns how many columns a text takes.
pub(super) fn length(text: &str) -> usize {
    text.chars().map(columns).sum()
}

pub(super) fn pad(text: &str, room: usize) -> String {
    " ".repeat(room.saturating_sub(length(text)))
}

/// Breaks a text at words into lines of which all but the first are indented.
pub(super) fn hanging(text: &str, indent: usize, width: usize) -> String {
    let room = width.saturating_sub(indent).max(NARROWEST);
    let mut out = String::new();
    let mut column = 0;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let wide = length(word);
        if column > 0 && column + 1 + wide > room {
            let _ = write!(out, "\n{:indent$}", "");
            column = 0;
        } else if column > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += wide;
    }
    out.push('\n');
    out
}
