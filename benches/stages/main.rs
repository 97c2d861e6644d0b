//! How long each stage takes on a folder of 300 made-up documents: `cargo bench --no-default-features`.

mod records;

use std::fmt::Write as _;

use std::collections::BTreeMap;

use avouch::edition::{Filled, Handbook};
use avouch::memo::Memo;
use avouch::model::assessment::Assessment;
use avouch::model::corpus::Corpus;
use avouch::model::judgement::Seen;
use avouch::parse::{self, Parsed, markdown};
use avouch::plan::handbook::HandbookPlan;
use avouch::render::highlight::Highlighter;
use avouch::render::pdf::Typesetter;
use avouch::render::{self, Studio, search};
use avouch::signature::{Namespace, PublicKey, sshsig};
use avouch::theme::Theme;
use avouch::workspace::{Layout, Snapshot};
use avouch::{assess, pipeline, resolve};
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use jiff::civil::Date;
use rayon::prelude::*;
use ssh_key::rand_core::OsRng;
use ssh_key::{Algorithm, HashAlg, LineEnding, PrivateKey};

const DOCUMENTS: usize = 300;
const SIGNATURES: usize = 1000;
const TODAY: Date = jiff::civil::date(2026, 1, 1);

fn main() {
    divan::main();
}

#[divan::bench]
fn markdown_of_one(bencher: Bencher<'_, '_>) {
    let text = text(17);
    let options = markdown::Options { numbering: true };
    bencher.counter(ItemsCount::new(1usize)).bench(|| markdown::read(black_box(&text), &options));
}

#[divan::bench]
fn parse_all(bencher: Bencher<'_, '_>) {
    let snapshot = snapshot();
    bencher.counter(ItemsCount::new(DOCUMENTS)).bench(|| parsed(&snapshot));
}

#[divan::bench]
fn resolve_all(bencher: Bencher<'_, '_>) {
    let snapshot = snapshot();
    let input = || parsed(&snapshot);
    bencher
        .counter(ItemsCount::new(DOCUMENTS))
        .with_inputs(input)
        .bench_values(|it| resolve::resolve(it, &snapshot));
}

#[divan::bench]
fn assess_all(bencher: Bencher<'_, '_>) {
    let snapshot = snapshot();
    let (corpus, _) = resolve::resolve(parsed(&snapshot), &snapshot);
    bencher.counter(ItemsCount::new(DOCUMENTS)).bench(|| assess_on(&corpus, &snapshot));
}

/// Approvals that were signed with Ed25519, on all cores.
#[divan::bench]
#[expect(clippy::unwrap_used, reason = "what is signed here is whole")]
fn verify_all(bencher: Bencher<'_, '_>) {
    let private = PrivateKey::random(&mut OsRng, Algorithm::Ed25519).unwrap();
    let key = PublicKey::parse(&private.public_key().to_openssh().unwrap()).unwrap();
    let namespace = Namespace::Approval;
    let signed: Vec<(String, String)> = (0..SIGNATURES)
        .map(|number| {
            let text = text(number);
            let signature = private.sign(namespace.as_str(), HashAlg::Sha512, text.as_bytes());
            (text, signature.unwrap().to_pem(LineEnding::LF).unwrap())
        })
        .collect();
    let stands = |(text, armour): &(String, String)| {
        sshsig::verify(&key, namespace, text.as_bytes(), armour).is_ok()
    };
    bencher
        .counter(ItemsCount::new(SIGNATURES))
        .bench(|| assert!(black_box(&signed).par_iter().all(stands)));
}

/// With the feature `pdf` this includes the search for characters without a glyph.
#[divan::bench]
fn examine_all(bencher: Bencher<'_, '_>) {
    let (snapshot, corpus, assessment) = assessed();
    let filled = Filled::new(&corpus);
    let (plan, _) = HandbookPlan::new(Handbook::new(&filled, &assessment), false);
    let typesetter = Typesetter::new();
    bencher
        .counter(ItemsCount::new(DOCUMENTS))
        .bench(|| render::examine(&plan, &snapshot, &typesetter));
}

#[divan::bench]
fn plan_all(bencher: Bencher<'_, '_>) {
    let (_, corpus, assessment) = assessed();
    let filled = Filled::new(&corpus);
    let edition = Handbook::new(&filled, &assessment);
    bencher.counter(ItemsCount::new(DOCUMENTS)).bench(|| HandbookPlan::new(edition, false));
}

/// Fingerprints of all pages, their search index included, without their bytes.
#[divan::bench]
fn recipes_all(bencher: Bencher<'_, '_>) {
    with_studio(|studio| {
        let (snapshot, corpus, assessment) = assessed();
        let filled = Filled::new(&corpus);
        let (plan, _) = HandbookPlan::new(Handbook::new(&filled, &assessment), false);
        bencher
            .counter(ItemsCount::new(DOCUMENTS))
            .bench_local(|| render::handbook::recipes(&plan, &snapshot, studio).as_slice().len());
    });
}

/// The bytes of all pages.
#[divan::bench]
fn render_all(bencher: Bencher<'_, '_>) {
    with_studio(|studio| {
        let (snapshot, corpus, assessment) = assessed();
        let filled = Filled::new(&corpus);
        let (plan, _) = HandbookPlan::new(Handbook::new(&filled, &assessment), false);
        let recipes = render::handbook::recipes(&plan, &snapshot, studio);
        let length =
            |recipe: &render::recipe::Recipe<'_>| recipe.bytes().map_or(0, |bytes| bytes.len());
        let counted = bencher.counter(ItemsCount::new(DOCUMENTS));
        counted.bench_local(|| recipes.as_slice().iter().map(length).sum::<usize>());
    });
}

#[divan::bench]
fn search_index(bencher: Bencher<'_, '_>) {
    let (_, corpus, _) = assessed();
    let entries: Vec<search::Entry> = corpus
        .documents
        .iter()
        .map(|document| search::Entry {
            address: document.path.to_string(),
            title: document.title.value.clone(),
            terms: document.outline.open_terms.clone(),
            ..search::Entry::default()
        })
        .collect();
    bencher.counter(ItemsCount::new(DOCUMENTS)).bench(|| search::index(black_box(&entries), &[]));
}

fn parsed(snapshot: &Snapshot) -> Parsed {
    let options = parse::Options { layout: Layout::Folder, rules: &pipeline::rules(), names: &[] };
    parse::parse(snapshot, options, &Memo::default()).0
}

fn assessed() -> (Snapshot, Corpus, Assessment) {
    let snapshot = snapshot();
    let (corpus, _) = resolve::resolve(parsed(&snapshot), &snapshot);
    let assessment = assess_on(&corpus, &snapshot);
    (snapshot, corpus, assessment)
}

fn assess_on(corpus: &Corpus, snapshot: &Snapshot) -> Assessment {
    let verdicts = assess::judge(corpus, snapshot, &Seen::default(), TODAY);
    assess::assess(corpus, snapshot, verdicts, &BTreeMap::new(), TODAY)
}

fn with_studio(work: impl FnOnce(&Studio<'_>)) {
    let Ok(theme) = Theme::load("handbook", &BTreeMap::new()) else { return };
    let (highlighter, typesetter) = (Highlighter::new(), Typesetter::new());
    work(&Studio::new(&theme, &highlighter, &typesetter));
}

fn snapshot() -> Snapshot {
    let path = |number: usize| format!("section-{}/document-{number}.md", number / 80);
    Snapshot::from_files((0..DOCUMENTS).map(|number| (path(number), text(number))))
}

/// A document of about a thousand words, the same on every run.
fn text(number: usize) -> String {
    let mut text =
        format!("---\ntitle: Document {number}\nowner: security\nversion: \"1.{number}\"\n---\n\n");
    for section in 0..8 {
        let next = (number * 7 + section * 31) % DOCUMENTS;
        let _ = write!(text, "## Section {section}\n\n");
        for sentence in 0..6 {
            let word = WORDS[(number + section * 5 + sentence * 11) % WORDS.len()];
            let _ = write!(
                text,
                "The owner of {word} reviews **every** entry of `LOG-{sentence}` within {section} days. "
            );
        }
        let _ = write!(
            text,
            "It follows [document {next}](../section-{}/document-{next}.md#section-{section}).[^1]\n\n",
            next / 80
        );
        text += "| What | Who | When |\n| --- | --- | --- |\n";
        for row in 0..5 {
            let _ = writeln!(
                text,
                "| {} | security | every {row} weeks |",
                WORDS[(row + section) % WORDS.len()]
            );
        }
        text += "\n```yaml\n# what is kept\nretention: 30\nowners: [security, \"people\"]\nstrict: true\n```\n\n";
        text += "- The board approves it.\n- An auditor samples it.\n\n";
    }
    text + "[^1]: As the register says.\n"
}

const WORDS: [&str; 12] = [
    "accounts",
    "keys",
    "alerts",
    "backups",
    "changes",
    "contracts",
    "laptops",
    "findings",
    "sessions",
    "exceptions",
    "visitors",
    "dependencies",
];
