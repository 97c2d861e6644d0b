//! Approvals of people whose names nobody has filled in.

use super::placeholder;
use super::rules::placeholder_in_public;
use crate::diagnostic::Diagnostic;
use crate::model::disclosure::Disclosure;
use crate::model::document::Document;
use crate::model::person::Person;

/// Reports the approvals of a document for customers that are those of nobody: of the starter's
/// placeholder person, or another whose name is none.
pub(super) fn check(document: &Document, people: &[Person]) -> Vec<Diagnostic> {
    if document.disclosure.value == Disclosure::Withheld {
        return Vec::new();
    }
    let faults = document.approvals.iter().filter_map(|approval| {
        let person = people
            .iter()
            .find(|person| person.id.value.as_str().eq_ignore_ascii_case(&approval.by.value))?;
        let name = &person.name;
        if placeholder::find(name).is_empty() {
            return None;
        }
        let place = document.head_place(approval.by.span);
        let message = format!("`{}` stands for `{name}`, who is nobody", approval.by.value);
        Some(
            Diagnostic::new(&placeholder_in_public::RULE, place, message)
                .related(person.place.clone(), "the person")
                .help("put the name of who approved it into `content/people.yaml`"),
        )
    });
    faults.collect()
}
