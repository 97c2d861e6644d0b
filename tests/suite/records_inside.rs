//! Records stay inside: customers learn that a role approved a text on a day and whether that is
//! signed, and nothing else of what was signed.

use std::collections::BTreeMap;

use avouch::pipeline::{Inputs, judge};
use avouch::signature::PublicKey;
use avouch::workspace::Layout;

use crate::editions::{Stages, TODAY};
use crate::sources::Sources;

#[test]
fn nothing_of_a_record_but_role_and_day_is_public() {
    let snapshot = Sources::of_repository().snapshot();
    let inputs = Inputs { today: Some(TODAY), ..Inputs::of(snapshot.clone(), Layout::Workspace) };
    let stages = Stages::checked(snapshot, judge(&inputs));
    let mut inside: BTreeMap<String, String> = BTreeMap::new();
    let mut keep = |what: &str, text: Option<&str>| {
        let text = text.map(str::trim).filter(|text| text.len() > 8);
        inside.extend(text.map(|text| (text.to_owned(), what.to_owned())));
    };
    for record in &stages.corpus.records.signed {
        let statement = &record.statement;
        keep("the name of a statement", Some(&record.name));
        keep("a reason", statement.reason.as_deref());
        keep("a conclusion", statement.conclusion.as_deref());
        for line in record.armour.iter().flat_map(|armour| armour.lines()) {
            keep("a signature", Some(line));
        }
        for digest in statement.subjects.iter().map(|it| it.digest).chain(statement.ring) {
            keep("a digest", Some(&digest.hex()[..16]));
        }
    }
    for key in &stages.corpus.mandates.keys {
        keep("a key", Some(&key.value.public));
        let key = PublicKey::parse(&key.value.public).unwrap();
        keep("a fingerprint", Some(&key.fingerprint()["SHA256:".len()..][..12]));
    }
    for person in &stages.corpus.people {
        keep("a person", Some(&person.name));
    }
    assert!(inside.len() > 50, "the demonstration is signed: {}", inside.len());
    let outputs = stages.trust(false).into_iter().chain(stages.trust_proofs());
    let outputs: Vec<(String, String)> = outputs
        .map(|(address, output)| (address, String::from_utf8_lossy(&output.bytes).into_owned()))
        .collect();
    for (address, text) in &outputs {
        for (secret, what) in &inside {
            assert!(!text.contains(secret.as_str()), "{address} tells {what}: {secret}");
        }
    }
    let says = |words: &str| outputs.iter().any(|(_, text)| text.contains(words));
    assert!(says("signed approval"), "a page says that its approval is signed");
}
