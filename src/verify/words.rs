//! Why something does not stand or count, in words.

use crate::model::judgement::{Flaw, Obstacle};

/// Says why a signed record does not stand, in a sentence without an end.
pub(super) fn flaw(flaw: &Flaw) -> String {
    match flaw {
        Flaw::Unsigned => "there is no signature beside it".to_owned(),
        Flaw::Signature(why) => why.clone(),
        Flaw::OtherWorkspace => "it was made for another workspace".to_owned(),
        Flaw::DemonstrationKey => {
            "the key is one of the demonstration, whose private half everybody has".to_owned()
        }
        Flaw::Ring => "the ring that it names was not in force when it was signed".to_owned(),
        Flaw::UnknownKey => "nobody in the ring of that time has the key".to_owned(),
        Flaw::KeyOfAnother(person) => format!("the key belongs to `{person}`"),
        Flaw::Purpose => "the key may not sign such acts".to_owned(),
        Flaw::KeyTooEarly(day) => format!("the key may sign from {day} on"),
        Flaw::KeyExpired(day) => format!("the key could sign until {day}"),
        Flaw::KeyRetired(day) => {
            format!("the key was retired on {day}, and nothing shows that the record is older")
        }
        Flaw::KeyCompromised(day) => {
            format!("others may have had the key since {day}, and no witness saw the record before")
        }
        Flaw::Absent => "the person did not belong to the organisation".to_owned(),
        Flaw::Role(role) => format!("the person did not hold the role `{role}`"),
        Flaw::NotDelegated(person) => format!("`{person}` had not lent the role"),
        Flaw::BackDated(days) => {
            format!("its day lies {days} days before the first sign that it existed")
        }
        Flaw::Future(day) => format!("it is dated {day}, which has not come"),
    }
}

/// Says why an act that happened does not count, in a sentence without an end.
pub(super) fn obstacle(obstacle: &Obstacle) -> &'static str {
    match obstacle {
        Obstacle::Flawed => "the record fails",
        Obstacle::Method => "its rule does not admit approvals of this kind",
        Obstacle::OtherRole => "its rule asks for other roles",
        Obstacle::RoleNotHeld => "the person did not hold the role on that day",
        Obstacle::Author => "the person wrote the text",
        Obstacle::Withdrawn => "the same person withdrew it",
        Obstacle::NotInForce => "the text was not in force",
    }
}
