//! How long it takes to judge ten thousand signed approvals: everything that `avouch verify` and a
//! build hold of them, from the bytes of the signatures on. Nothing of it is kept from run to run.

use std::fmt::Write as _;

use avouch::assess;
use avouch::memo::Memo;
use avouch::model::corpus::Corpus;
use avouch::model::judgement::Seen;
use avouch::parse;
use avouch::pipeline;
use avouch::resolve;
use avouch::signature::{Act, Change, Decision, Digest, Statement, Subject};
use avouch::workspace::{Layout, Snapshot};
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan as _};
use ssh_key::rand_core::OsRng;
use ssh_key::{Algorithm, HashAlg, LineEnding, PrivateKey};

const DOCUMENTS: usize = 200;
const RECORDS: usize = 10_000;
const PEOPLE: usize = 25;
const TODAY: Date = date(2026, 1, 1);
const WORKSPACE: &str = "5d0c51c9cd2c44f09a1e1d7f1f2b8a60";

/// Approvals with Ed25519, each of another text than the one before, on all cores.
#[divan::bench(sample_count = 20)]
fn judge_records(bencher: Bencher<'_, '_>) {
    let snapshot = signed();
    let corpus = corpus(&snapshot);
    let judge = || assess::judge(&corpus, &snapshot, &Seen::default(), TODAY);
    let standing = judge().records.signed.iter().filter(|it| it.stands()).count();
    assert_eq!(standing, RECORDS + 1, "with the ring");
    bencher.counter(ItemsCount::new(RECORDS)).bench(|| black_box(judge()));
}

/// Returns a workspace whose documents were approved again and again, and nothing else.
#[expect(clippy::unwrap_used, reason = "what is signed here is whole")]
fn signed() -> Snapshot {
    let keys: Vec<PrivateKey> =
        (0..PEOPLE).map(|_| PrivateKey::random(&mut OsRng, Algorithm::Ed25519).unwrap()).collect();
    let mut files = written(&keys);
    let snapshot = Snapshot::from_files(files.clone());
    let corpus = corpus(&snapshot);
    let verdicts = assess::judge(&corpus, &snapshot, &Seen::default(), TODAY);
    let ring = verdicts.records.written;
    let mut add = |statement: &Statement, key: &PrivateKey| {
        let name = format!("content/records/statements/{}.txt", statement.name());
        let text = statement.to_string();
        let namespace = statement.decision.act().namespace();
        let signature = key.sign(namespace.as_str(), HashAlg::Sha512, text.as_bytes()).unwrap();
        files.push((format!("{name}.sig"), signature.to_pem(LineEnding::LF).unwrap()));
        files.push((name, text));
    };
    let begin: Timestamp = "2020-01-01T08:00:00Z".parse().unwrap();
    let enrolment = Subject {
        id: Act::Ring.word().to_owned(),
        kind: Act::Ring.word().to_owned(),
        title: "People and keys".to_owned(),
        version: Some("1".to_owned()),
        ..subject(ring.digest(), None)
    };
    add(&statement(Decision::Enrol, 0, begin, (None, enrolment)), &keys[0]);
    let mut before: Vec<Option<Digest>> = vec![None; DOCUMENTS];
    for number in 0..RECORDS {
        let document = number % DOCUMENTS;
        let digest = Digest::of_bytes(&number.to_le_bytes());
        let text = Subject {
            id: format!("POL-{document}"),
            kind: "policy".to_owned(),
            title: format!("Policy {document}"),
            version: Some(format!("1.{number}")),
            ..subject(digest, before[document].replace(digest))
        };
        let person = number % PEOPLE;
        let at = begin + (i64::try_from(number).unwrap() / 8 + 24).hours();
        let statement = statement(Decision::Approve, person, at, (Some(ring.digest()), text));
        add(&statement, &keys[person]);
    }
    files.push(("content/records/ring/1.txt".to_owned(), ring.to_string()));
    Snapshot::from_files(files)
}

/// Returns the files of a workspace before anybody signs.
#[expect(clippy::unwrap_used, reason = "these keys can be written")]
fn written(keys: &[PrivateKey]) -> Vec<(String, String)> {
    let settings = format!("workspace: {WORKSPACE}\norganisation: {{ name: Brightsea }}\n");
    let (mut people, mut ring) = ("people:\n".to_owned(), "keys:\n".to_owned());
    for (number, key) in keys.iter().enumerate() {
        let line = key.public_key().to_openssh().unwrap();
        let _ =
            writeln!(people, "  - {{ id: p{number}, name: Person {number}, since: 2019-01-01 }}");
        let _ = writeln!(
            ring,
            "  - {{ id: k{number}, person: p{number}, key: \"{line}\", from: 2019-01-01 }}"
        );
    }
    let document = |number: usize| {
        let text = format!(
            "---\nid: POL-{number}\ntitle: Policy {number}\nversion: \"1.0\"\n\
             effective_date: 2020-02-01\n---\n\nEverybody signs.\n"
        );
        (format!("content/policies/{number}.md"), text)
    };
    let mut files: Vec<(String, String)> = (0..DOCUMENTS).map(document).collect();
    files.push(("content/workspace.yaml".to_owned(), settings));
    files.push(("content/people.yaml".to_owned(), people + &ring));
    files
}

fn statement(
    decision: Decision,
    person: usize,
    at: Timestamp,
    (ring, subject): (Option<Digest>, Subject),
) -> Statement {
    Statement {
        workspace: WORKSPACE.to_owned(),
        decision,
        by: format!("p{person}"),
        on_behalf_of: None,
        role: None,
        decided_on: at.to_zoned(jiff::tz::TimeZone::UTC).date(),
        signed_at: at,
        ring,
        reason: None,
        considered: Vec::new(),
        conclusion: None,
        subjects: vec![subject],
    }
}

fn subject(digest: Digest, previous: Option<Digest>) -> Subject {
    Subject {
        id: String::new(),
        kind: String::new(),
        title: String::new(),
        version: None,
        tags: Vec::new(),
        effective: None,
        retired: None,
        digest,
        previous,
        authors: Vec::new(),
        change: Change::Material,
        summary: None,
    }
}

fn corpus(snapshot: &Snapshot) -> Corpus {
    let options =
        parse::Options { layout: Layout::Workspace, rules: &pipeline::rules(), names: &[] };
    let (parsed, _) = parse::parse(snapshot, options, &Memo::default());
    resolve::resolve(parsed, snapshot).0
}
