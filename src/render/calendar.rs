//! Dates to an iCalendar file (RFC 5545).

use icalendar::{Calendar, Component, Event};

use crate::plan::handbook::Appointment;

/// Writes a calendar of whole days. It carries no time of its making: equal dates make equal
/// bytes.
#[must_use]
pub fn write(appointments: &[Appointment]) -> String {
    write_named("Reviews", appointments)
}

/// Writes a calendar of whole days that has a name.
#[must_use]
pub fn write_named(name: &str, appointments: &[Appointment]) -> String {
    let mut calendar = Calendar::empty();
    calendar
        .append_property(("VERSION", "2.0"))
        .append_property(("PRODID", "-//Avouch//Handbook//EN"))
        .append_property(("CALSCALE", "GREGORIAN"))
        .append_property(("X-WR-CALNAME", name));
    for it in appointments {
        let day = it.date.strftime("%Y%m%d").to_string();
        let next = it.date.tomorrow().unwrap_or(it.date).strftime("%Y%m%d").to_string();
        let mut event = Event::new();
        event
            .uid(&it.uid)
            .summary(&it.summary)
            .description(&it.description)
            .append_property(
                icalendar::Property::new("DTSTART", day.as_str()).append_parameter(date()).done(),
            )
            .append_property(
                icalendar::Property::new("DTEND", next.as_str()).append_parameter(date()).done(),
            )
            .append_property(("DTSTAMP", format!("{day}T000000Z").as_str()))
            .append_property(("TRANSP", "TRANSPARENT"));
        calendar.push(event.done());
    }
    calendar.to_string()
}

fn date() -> icalendar::Parameter {
    icalendar::Parameter::new("VALUE", "DATE")
}
