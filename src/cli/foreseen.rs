//! Whether an act will count, found out before anything of it is written: by the judge that judges it
//! ever after.

use super::Failure;
use super::gather::Gathered;
use crate::amend::replace::Change;
use crate::diagnostic::render::visible;
use crate::model::judgement::{Flaw, Obstacle};
use crate::pipeline::{self, Checked, Inputs};
use crate::signature::Statement;
use crate::workspace::File;

/// Refuses a statement that would not count if its files were written.
///
/// # Errors
///
/// Fails with the reason.
pub(super) fn refuse_void(
    gathered: &Gathered,
    changes: &[Change],
    statement: &Statement,
) -> Result<(), Failure> {
    let Inputs { snapshot, faults: _, layout, today, now, names, history, texts, witnesses } =
        &gathered.inputs;
    let mut snapshot = snapshot.clone();
    for change in changes {
        if let Some(new) = &change.new {
            snapshot.put(change.path.clone(), File::new(new.clone()));
        }
    }
    let checked = pipeline::judge(&Inputs {
        snapshot,
        faults: Vec::new(),
        layout: *layout,
        today: *today,
        now: *now,
        names: names.clone(),
        history: history.clone(),
        texts: *texts,
        witnesses: witnesses.clone(),
    });
    let refuse = |why: String, help: &str| {
        Err(Failure::new(format!("nothing was written, since this would not count: {why}"))
            .help(help))
    };
    let Checked { corpus, assessment, .. } = &checked;
    let Some((number, _)) = corpus.records.signed_by_name(&statement.name()) else {
        return refuse(
            "the statement could not be read again".to_owned(),
            "report this as a fault",
        );
    };
    if let Some(flaw) = assessment.records.signed[number].flaws.first() {
        return refuse(flaw.words(), help_of_flaw(flaw));
    }
    for subject in &statement.subjects {
        let Some(records) = assessment.records.subject(&subject.id) else { continue };
        let mut acts = records.decisions.iter().chain(&records.reviews);
        let act = acts.find(|it| it.record.is_some_and(|it| it as usize == number));
        if let Some(obstacle) = act.and_then(|it| it.obstacle.as_ref()) {
            let why = format!("of `{}`, {}", visible(&subject.id), obstacle.words());
            return refuse(why, help_of_obstacle(obstacle));
        }
    }
    Ok(())
}

fn help_of_flaw(flaw: &Flaw) -> &'static str {
    match flaw {
        Flaw::KeyExpired(_)
        | Flaw::KeyRetired(_)
        | Flaw::KeyCompromised(_)
        | Flaw::KeyTooEarly(_) => {
            "sign with a key of yours that counts; `avouch people key` adds one, `avouch people sign` \
             lets it count"
        }
        _ => {
            "`content/people.yaml` says whose keys count; it counts once it is signed: `avouch people sign`"
        }
    }
}

fn help_of_obstacle(obstacle: &Obstacle) -> &'static str {
    match obstacle {
        Obstacle::Late => {
            "say a later `effective_date:`, today's or a coming one, and approve that"
        }
        Obstacle::Author => {
            "have somebody else approve it; a rule may say `authors_may_approve: true` where nobody \
             else is there"
        }
        Obstacle::RoleNotHeld | Obstacle::OtherRole => {
            "say another role with `--role`, or have it done by whom the rule names"
        }
        Obstacle::Flawed | Obstacle::Method | Obstacle::Withdrawn | Obstacle::NotInForce => {
            "`avouch explain quorum-not-met` says what counts"
        }
    }
}
