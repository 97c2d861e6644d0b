//! Same inputs, same bytes; and a fingerprint changes when, and only when, bytes do.

use std::collections::BTreeMap;

use avouch::memo::Memo;
use avouch::pipeline::{self, Inputs};
use avouch::theme::Theme;
use avouch::workspace::{Layout, Snapshot};
use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

use crate::editions::{Outputs, Stages, TODAY, changed};
use crate::random::Random;
use crate::sources::{Source, Sources};

const SMALL: &str = include_str!("pure/small.txt");

/// Returns the files in an order drawn at random.
fn shuffled(sources: &Sources, seed: u64) -> Snapshot {
    let (mut files, mut random) = (sources.files(), Random(seed));
    for last in (1..files.len()).rev() {
        files.swap(last, random.below(last + 1));
    }
    Snapshot::from_files(files.iter().map(|(path, bytes)| (path.as_str(), bytes)))
}

#[test]
fn order_of_files_and_number_of_threads_do_not_matter() {
    let small = Sources::of_text(SMALL);
    for (sources, with_pdfs) in [(&small, cfg!(feature = "pdf")), (Sources::of_repository(), false)]
    {
        let build = |threads, snapshot: Snapshot| {
            let pool = ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| {
                let stages = Stages::new(snapshot);
                let diagnostics = format!("{:?}", stages.diagnostics);
                (stages.trust(with_pdfs), stages.handbook(with_pdfs), diagnostics)
            })
        };
        let (trust, handbook, diagnostics) = build(4, sources.snapshot());
        let (other_trust, other_handbook, other_diagnostics) = build(1, shuffled(sources, 7));
        assert_eq!(changed(&trust, &other_trust), [""; 0]);
        assert_eq!(changed(&handbook, &other_handbook), [""; 0]);
        assert!(trust == other_trust && handbook == other_handbook, "fingerprints differ");
        assert_eq!(diagnostics, other_diagnostics);
    }
}

#[test]
fn a_full_memo_gives_what_an_empty_one_gives() {
    let sources = Sources::of_text(SMALL);
    let build = |snapshot: Snapshot, memo: &Memo| {
        let now = "2026-11-16T13:00:00Z".parse().unwrap();
        let inputs = Inputs { today: Some(TODAY), now, ..Inputs::of(snapshot, Layout::Workspace) };
        let (checked, memo) = pipeline::judge_again(&inputs, memo);
        (Stages::checked(inputs.snapshot, checked), memo)
    };
    let (_, mut memo) = build(sources.snapshot(), &Memo::default());
    for Mutation { what, sources } in mutations(&sources).into_iter().step_by(20) {
        let warm = build(sources.snapshot(), &memo);
        let (cold, _) = build(sources.snapshot(), &Memo::default());
        assert_eq!(
            format!("{:?}", warm.0.diagnostics),
            format!("{:?}", cold.diagnostics),
            "{what}"
        );
        assert!(warm.0.handbook(false) == cold.handbook(false), "{what}");
        memo = warm.1;
    }
}

#[test]
fn with_a_day_given_the_clock_does_not_matter() {
    let snapshot = Sources::of_text(SMALL).snapshot();
    let build = |now: &str| {
        let (snapshot, now) = (snapshot.clone(), now.parse().unwrap());
        let inputs = Inputs { today: Some(TODAY), now, ..Inputs::of(snapshot, Layout::Workspace) };
        let checked = pipeline::judge(&inputs);
        let stages = Stages::checked(inputs.snapshot, checked);
        (stages.trust(false), stages.handbook(false))
    };
    assert!(build("1999-12-31T23:59:59Z") == build("2099-01-01T00:00:00Z"));
}

#[test]
fn without_a_day_the_time_zone_of_the_workspace_decides() {
    let day = |zone: &str| {
        let mut sources = Sources::of_text(SMALL);
        sources.visit(&mut |_, field, text| {
            if field.key() == "time_zone" {
                zone.clone_into(text);
            }
        });
        let now = "2026-11-16T13:00:00Z".parse().unwrap();
        let snapshot = sources.snapshot();
        let inputs = Inputs { now, ..Inputs::of(snapshot, Layout::Workspace) };
        pipeline::judge(&inputs).assessment.today.to_string()
    };
    assert_eq!([day("Europe/Dublin"), day("Pacific/Auckland")], ["2026-11-16", "2026-11-17"]);
}

/// One change of one thing.
struct Mutation {
    what: String,
    sources: Sources,
}

/// Changes every field and every paragraph, one at a time.
fn mutations(sources: &Sources) -> Vec<Mutation> {
    let mut all = Vec::new();
    let mut count = 0;
    sources.clone().visit(&mut |_, _, _| count += 1);
    for wanted in 0..count {
        let (mut sources, mut at, mut what) = (sources.clone(), 0, String::new());
        sources.visit(&mut |path, field, text| {
            if at == wanted {
                let before = text.clone();
                *text = other(field.key(), text);
                what = format!("{path}: {} of {}: {before} -> {text}", field.path(), field.id);
            }
            at += 1;
        });
        all.push(Mutation { what, sources });
    }
    for (path, source) in &sources.0 {
        let mut push = |what: String, source: Source| {
            let mut sources = sources.clone();
            sources.0.insert(path.clone(), source);
            all.push(Mutation { what: format!("{path}: {what}"), sources });
        };
        match source {
            Source::Data(_) => {}
            Source::Document(head, body) => {
                for (at, _) in body.match_indices("\n\n") {
                    let (before, after) = body.split_at(at);
                    let line = before.lines().last().unwrap_or_default();
                    let body = match line.find(" {#") {
                        Some(attributes) => {
                            let cut = at - line.len() + attributes;
                            format!("{} more{}", &body[..cut], &body[cut..])
                        }
                        None => format!("{before} more{after}"),
                    };
                    push(
                        format!("more words after {line:?}"),
                        Source::Document(head.clone(), body),
                    );
                    push(
                        format!("a paragraph after {line:?}"),
                        Source::Document(head.clone(), format!("{before}\n\nMore.{after}")),
                    );
                }
            }
            Source::Bytes(bytes) => {
                push("bytes".to_owned(), Source::Bytes([bytes, &b"<!-- -->"[..]].concat()));
            }
        }
    }
    all
}

/// Returns another value of the same kind.
fn other(key: &str, text: &str) -> String {
    const WORDS: [(&str, &str); 21] = [
        ("withheld", "public"),
        ("public", "listed"),
        ("listed", "withheld"),
        ("internal", "confidential"),
        ("employee", "board"),
        ("contractor", "employee"),
        ("continuous", "monthly"),
        ("daily", "weekly"),
        ("automated", "manual"),
        ("preventive", "detective"),
        ("technical", "physical"),
        ("mitigate", "accept"),
        ("open", "closed"),
        ("deviation", "observation"),
        ("active", "closed"),
        ("medium", "high"),
        ("critical", "important"),
        ("scc", "dpf"),
        ("soc2", "soc3"),
        ("unqualified", "qualified"),
        ("material", "editorial"),
    ];
    let others = [
        ("en-GB", "de"),
        ("a4", "letter"),
        ("recorded", "signed"),
        ("keep", "under-review"),
        ("note", "warning"),
        ("product", "policy"),
        ("yes", "no"),
        ("no", "yes"),
        ("true", "false"),
        ("Europe/Dublin", "UTC"),
        ("ada", "ben"),
        ("ben", "ada"),
        ("ciso", "cto"),
        ("cto", "ciso"),
        ("12 months", "6 months"),
        ("30 days", "60 days"),
        ("100 days", "10 days"),
    ];
    if key != "id"
        && let Some((_, other)) = WORDS.iter().chain(&others).find(|(word, _)| *word == text)
    {
        return (*other).to_owned();
    }
    if let Ok(date) = text.parse::<jiff::civil::Date>() {
        return date.tomorrow().unwrap().to_string();
    }
    match text.parse::<u32>() {
        Ok(number) => (number + 1).to_string(),
        Err(_) if text.contains(' ') => format!("{text} more"),
        Err(_) => format!("{text}x"),
    }
}

/// What a change did to fingerprints and bytes of one edition.
#[derive(Default)]
struct Verdict {
    /// Outputs whose bytes changed under the same fingerprint: a build would not write them.
    stale: Vec<String>,
    /// Outputs that are made again for nothing.
    wasted: Vec<String>,
    changed: usize,
}

impl Verdict {
    fn add(&mut self, what: &str, before: &Outputs, after: &Outputs) {
        for (address, output) in after {
            let Some(old) = before.get(address) else { continue };
            match (output.bytes == old.bytes, output.fingerprint == old.fingerprint) {
                (false, true) => self.stale.push(format!("{address} after {what}")),
                (true, false) => self.wasted.push(format!("{address} after {what}")),
                (false, false) => self.changed += 1,
                (true, true) => {}
            }
        }
    }
}

#[test]
fn fingerprints_change_when_bytes_do() {
    let sources = Sources::of_text(SMALL);
    let stages = Stages::new(sources.snapshot());
    assert_eq!(stages.errors(), [""; 0]);
    let (trust, handbook) = (stages.trust(false), stages.handbook(false));
    let mutations = mutations(&sources);
    let verdicts: Vec<Verdict> = mutations
        .par_iter()
        .map(|Mutation { what, sources }| {
            let mut verdict = Verdict::default();
            let stages = Stages::new(sources.snapshot());
            verdict.add(&format!("handbook: {what}"), &handbook, &stages.handbook(false));
            if stages.trust_center.is_some() {
                verdict.add(&format!("trust: {what}"), &trust, &stages.trust(false));
            }
            verdict
        })
        .collect();
    let all = |list: fn(&Verdict) -> &Vec<String>| {
        verdicts.iter().flat_map(list).cloned().collect::<Vec<_>>()
    };
    let (stale, wasted) = (all(|it| &it.stale), all(|it| &it.wasted));
    let changed: usize = verdicts.iter().map(|it| it.changed).sum();
    let idle = verdicts.iter().filter(|it| it.changed == 0).count();
    println!("{} changes, {idle} without effect; {changed} outputs changed", mutations.len());
    assert!(stale.is_empty(), "bytes changed under the same fingerprint:\n{}", stale.join("\n"));
    // What is typed and comes to nothing: the fingerprint is of the text, not of what is left of it.
    assert_eq!(
        wasted,
        [
            "policies/access.html after handbook: content/policies/access.md: more words after \"| Staff | Accounts |\"",
        ]
    );
}

#[test]
fn fingerprints_of_pdfs_change_when_what_they_are_made_of_does() {
    let sources = Sources::of_text(SMALL);
    let stages = Stages::new(sources.snapshot());
    let (trust, handbook) = (stages.trust_proofs(), stages.handbook_proofs());
    assert!(!trust.is_empty() && !handbook.is_empty());
    let verdicts: Vec<Verdict> = mutations(&sources)
        .par_iter()
        .map(|Mutation { what, sources }| {
            let mut verdict = Verdict::default();
            let stages = Stages::new(sources.snapshot());
            verdict.add(&format!("handbook: {what}"), &handbook, &stages.handbook_proofs());
            if stages.trust_center.is_some() {
                verdict.add(&format!("trust: {what}"), &trust, &stages.trust_proofs());
            }
            verdict
        })
        .collect();
    let all = |list: fn(&Verdict) -> &Vec<String>| {
        verdicts.iter().flat_map(list).cloned().collect::<Vec<_>>()
    };
    let (stale, wasted) = (all(|it| &it.stale), all(|it| &it.wasted));
    assert!(verdicts.iter().any(|it| it.changed > 0));
    assert!(stale.is_empty(), "PDFs changed under the same fingerprint:\n{}", stale.join("\n"));
    // The title of what is linked counts, whether the link has words of its own or not.
    assert_eq!(
        wasted,
        [
            "pdf/PRO-BK.pdf after handbook: content/policies/access.md: title of POL-AC: Access Policy -> Access Policy more"
        ]
    );
}

#[test]
fn fingerprints_change_with_the_theme() {
    let stages = Stages::new(Sources::of_text(SMALL).snapshot());
    for edition in ["handbook", "trust"] {
        let build = |theme: &Theme| {
            if edition == "trust" { stages.trust_in(theme) } else { stages.handbook_in(theme) }
        };
        let before = build(&Theme::load(edition, &BTreeMap::new()).unwrap());
        for path in [format!("{edition}/404.html"), "assets/base.css".to_owned()] {
            let overlay = BTreeMap::from([(path.clone(), b"other".to_vec())]);
            let after = build(&Theme::load(edition, &overlay).unwrap());
            let mut verdict = Verdict::default();
            verdict.add(&path, &before, &after);
            assert_eq!(verdict.stale, [""; 0]);
            assert!(verdict.changed > 0, "{path}");
        }
    }
}
