//! The public boundary: nothing that nobody made public is in any public byte.
//!
//! Walls one and two are tested without the third, which would report the same faults: the stages
//! below it are called here, one by one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};

use avouch::theme::Theme;
use rayon::prelude::*;

use crate::disclosure_table::{SHY, is_public, is_public_text, is_structure, public_roles};
use crate::editions::{Outputs, Stages, changed};
use crate::internal_edits;
use crate::markers::{Markers, mark_body};
use crate::random::Random;
use crate::sources::{Source, Sources, Tree};

/// A policy with every hiding place we could think of. `{open}` and `{shut}` stand for markers.
const HIDING_PLACES: &str = include_str!("boundary/hiding_places.md");

/// Returns the workspace of this repository and some files that try harder. Its approvals are lines
/// that nobody signed and name the text they cover only if told to, because the tests change texts.
fn workspace(digest: Option<&str>) -> Sources {
    let mut sources = Sources::of_repository().clone();
    sources.0.retain(|path, _| !path.starts_with("content/records/"));
    if let Some(Source::Data(Tree::Map(people))) = sources.0.get_mut("content/people.yaml") {
        people.retain(|(key, _)| !["approval_rules", "authorities"].contains(&key.as_str()));
    }
    sources.insert("content/policies/hiding-places.md", HIDING_PLACES);
    for (name, text) in
        [("shown", "{open}"), ("only-restricted", "{shut}"), ("only-withheld", "{shut}")]
    {
        let picture = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><text>{text}</text></svg>\n"
        );
        sources.insert(&format!("content/assets/{name}.svg"), &picture);
    }
    sources.visit(&mut |path, field, text| {
        if field.path() == "publish.requires" {
            "recorded".clone_into(text);
        }
        if path.ends_with("/attestations.yaml") && field.id == SHY {
            match field.key() {
                "issuer" => "Ashgrove Labs".clone_into(text),
                "issuer_consents" => "no".clone_into(text),
                _ => {}
            }
        }
    });
    for source in sources.0.values_mut() {
        let Source::Document(head, _) = source else { continue };
        for acts in ["approvals", "reviews"] {
            let Some(Tree::List(acts)) = head.get_mut(acts) else { continue };
            for act in acts {
                let Tree::Map(entries) = act else { continue };
                entries.retain(|(key, _)| !["digest", "statement"].contains(&key.as_str()));
                entries.extend(digest.map(|digest| ("digest".to_owned(), Tree::text(digest))));
            }
        }
    }
    sources
}

/// Puts a marker into every text of a workspace: fields, bodies, ids, names of files, evidence.
fn mark(sources: &mut Sources, markers: &mut Markers) {
    let roles = public_roles(sources);
    let mut ids: BTreeMap<String, (String, bool)> = BTreeMap::new();
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for (path, source) in &mut sources.0 {
        let is_open = is_public_text(source);
        let (stem, ending) = path.rsplit_once('.').unwrap();
        let file = path.rsplit('/').next().unwrap();
        if ending == "md" || path.contains("/evidence/files/") || path.contains("/assets/only-") {
            let place = format!("the name of {path}");
            let stem = stem.rsplit('/').next().unwrap();
            names.insert(
                file.to_owned(),
                format!("{stem}-{}.{ending}", markers.short(is_open, place)),
            );
        }
        match source {
            Source::Document(head, body) => {
                mark_fields(path, head, &roles, markers, &mut ids);
                *body = mark_body(path, body, is_open, markers);
            }
            Source::Data(tree) => mark_fields(path, tree, &roles, markers, &mut ids),
            Source::Bytes(bytes) => {
                let text = String::from_utf8(bytes.clone()).unwrap();
                *bytes = if path.contains("/evidence/") {
                    format!("{text}{}\n", markers.fresh(false, format!("the text of {path}")))
                        .into_bytes()
                } else {
                    markers.fill(&text, path).into_bytes()
                };
            }
        }
    }
    rename(sources, &ids, &names);
}

fn mark_fields(
    path: &str,
    tree: &mut Tree,
    roles: &[String],
    markers: &mut Markers,
    ids: &mut BTreeMap<String, (String, bool)>,
) {
    tree.visit(&mut |field, text| {
        let is_public = is_public(path, field, roles);
        let place = format!("{path}: {} of {}", field.path(), field.id);
        if field.key() == "id" {
            let is_short = !text.contains(|c: char| c.is_ascii_uppercase());
            let marker = markers.short(is_public, place);
            ids.insert(text.clone(), (format!("{text}-{marker}"), is_short));
        } else if is_structure(path, field, text) {
        } else if text.starts_with("https://") {
            *text = format!("{text}/{}", markers.short(is_public, place));
        } else if text.contains('@') && !text.contains(' ') {
            *text = format!("{}.{text}", markers.short(is_public, place));
        } else if field.keys[0] == "never_publish" {
            *text = format!("{text}{}", markers.short(is_public, place));
        } else {
            *text = format!("{text} {}", markers.fresh(is_public, place));
        }
    });
}

/// Gives ids and files their new names, wherever they are named. Short ids, which are also words,
/// are renamed only where a field holds nothing else.
fn rename(
    sources: &mut Sources,
    ids: &BTreeMap<String, (String, bool)>,
    names: &BTreeMap<String, String>,
) {
    let token = regex::Regex::new(r"[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?").unwrap();
    let renamed = |text: &str| {
        let new = token.replace_all(text, |found: &regex::Captures<'_>| {
            let long = ids.get(&found[0]).filter(|(_, is_short)| !is_short).map(|(new, _)| new);
            long.or_else(|| names.get(&found[0])).cloned().unwrap_or_else(|| found[0].to_owned())
        });
        new.into_owned()
    };
    sources.visit(&mut |path, field, text| {
        *text = match ids.get(text) {
            Some((new, _)) if is_structure(path, field, text) => new.clone(),
            _ => renamed(text),
        };
    });
    let files = std::mem::take(&mut sources.0);
    for (path, mut source) in files {
        if let Source::Document(_, body) = &mut source {
            *body = renamed(body);
        }
        let (folder, file) = path.rsplit_once('/').unwrap();
        let file = names.get(file).map_or(file, String::as_str);
        sources.0.insert(format!("{folder}/{file}"), source);
    }
}

/// Returns the markers that may not be where they are, and those that may.
fn search(outputs: &Outputs, markers: &Markers) -> (BTreeSet<String>, BTreeSet<usize>) {
    let (mut leaks, mut seen) = (BTreeSet::new(), BTreeSet::new());
    for (address, output) in outputs {
        for text in [address.as_str(), &String::from_utf8_lossy(&output.bytes)] {
            for found in markers.find(text) {
                match found {
                    Ok(index) if markers.is_public(index) => _ = seen.insert(index),
                    Ok(index) => _ = leaks.insert(format!("{} in {address}", markers.place(index))),
                    Err(rest) => {
                        leaks.insert(format!("a part of a marker, `{rest}`, in {address}"));
                    }
                }
            }
        }
    }
    (leaks, seen)
}

/// What the policy that tries harder says by mistake, and what its author is told.
const MISTAKE: &str = "`facts.access_review_cycle` is withheld and would be shown to everybody";

#[test]
fn nothing_internal_is_in_any_public_byte() {
    let mut sources = workspace(None);
    let mut markers = Markers::default();
    let plain = Stages::new(sources.snapshot()).trust(false);
    assert_eq!(
        search(&plain, &markers),
        Default::default(),
        "markers must not look like anything else"
    );

    mark(&mut sources, &mut markers);
    let stages = Stages::new(sources.snapshot());
    let errors: Vec<&str> = stages
        .diagnostics
        .iter()
        .filter(|it| it.is_error())
        // A marker in a file or in its hash, or among the groups of a table of what applies, is
        // exactly what these rules are there to find.
        .filter(|it| !["evidence-changed", "unknown-requirement"].contains(&it.rule.name))
        .map(|it| it.message.as_str())
        .collect();
    assert_eq!(errors, [MISTAKE]);
    let (leaks, seen) = search(&stages.trust(false), &markers);
    assert_eq!(leaks.iter().collect::<Vec<_>>(), [""; 0], "internal text is public");

    let (public, internal) = markers.counts();
    println!("{internal} internal markers, none seen; {public} public ones, {} seen", seen.len());
    assert!(internal > 2000, "only {internal} internal markers: what became of the workspace?");
    let missing: Vec<&str> = markers.missing(&seen).collect();
    assert!(
        seen.len() * 100 > public * 90,
        "{} of {public} public markers seen; missing {missing:#?}",
        seen.len()
    );
}

#[test]
fn the_text_of_a_document_under_review_is_internal() {
    let mut sources =
        workspace(Some("sha256:0000000000000000000000000000000000000000000000000000000000000000"));
    let mut markers = Markers::default();
    mark(&mut sources, &mut markers);
    let (leaks, seen) = search(&Stages::new(sources.snapshot()).trust(false), &markers);
    assert_eq!(leaks.iter().collect::<Vec<_>>(), [""; 0]);
    let texts: Vec<&str> = seen
        .iter()
        .map(|index| markers.place(*index))
        .filter(|it| it.contains(", line "))
        .collect();
    let governed: Vec<&&str> =
        texts.iter().filter(|it| !it.starts_with("content/trust/pages/")).collect();
    assert_eq!(governed, [&""; 0]);
    assert!(texts.len() > 50, "free pages are never under review");
}

/// How many times internal data is changed.
const ROUNDS: u64 = 60;

#[test]
fn internal_edits_do_not_change_public_bytes() {
    let sources = workspace(None);
    let before = Stages::new(sources.snapshot()).trust(false);
    let count = AtomicUsize::new(0);
    let faults: Vec<String> = (0..ROUNDS)
        .into_par_iter()
        .filter_map(|seed| {
            let mut sources = sources.clone();
            let edits = internal_edits::make(&mut sources, Random(seed), 15);
            count.fetch_add(edits.len(), Ordering::Relaxed);
            let after = Stages::new(sources.snapshot()).trust(false);
            (after != before).then(|| {
                format!("seed {seed}: {:?} changed after {edits:#?}", changed(&before, &after))
            })
        })
        .collect();
    println!("{} internal edits in {ROUNDS} rounds", count.into_inner());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[cfg(feature = "pdf")]
#[test]
fn internal_edits_do_not_change_public_pdfs() {
    let sources = workspace(None);
    let pdfs = |sources: &Sources| {
        let mut outputs = Stages::new(sources.snapshot()).trust(true);
        outputs.retain(|address, _| address.ends_with(".pdf"));
        outputs
    };
    let before = pdfs(&sources);
    let addresses: Vec<&String> = before.keys().collect();
    assert_eq!(addresses, ["pdf/POL-HP.pdf", "pdf/POL-IR.pdf", "pdf/POL-IS.pdf"]);
    for seed in 0..3 {
        let mut sources = sources.clone();
        let edits = internal_edits::make(&mut sources, Random(seed), 40);
        assert!(pdfs(&sources) == before, "seed {seed}: {edits:#?}");
    }
}

#[test]
fn a_public_edit_changes_public_bytes() {
    let mut sources = workspace(None);
    let before = Stages::new(sources.snapshot()).trust(false);
    let Some(Source::Document(_, body)) =
        sources.0.get_mut("content/policies/incident-response.md")
    else {
        panic!()
    };
    *body = body.replacen("Every company", "Each company", 1);
    let after = Stages::new(sources.snapshot()).trust(false);
    assert_eq!(changed(&before, &after), ["policies/incident-response.html"]);
}

#[test]
fn the_third_wall_finds_what_the_others_let_through() {
    let mut sources = workspace(None);
    assert_eq!(Stages::new(sources.snapshot()).leaks(), []);

    // A public text may be written by somebody who forgets who reads it.
    let Some(Source::Document(_, body)) =
        sources.0.get_mut("content/policies/incident-response.md")
    else {
        panic!()
    };
    body.push_str("\nAsk Mara Ellison, or tom@harbourlight.example.\n");
    body.push_str(
        "\nSee pro-ih, RISK-01, AC-02 and EV-2026-004 on files.CORP.harbourlight.internal.\n\n\
         Ashgrove Labs tested it.\n",
    );
    let found: Vec<String> =
        Stages::new(sources.snapshot()).leaks().into_iter().map(|it| it.message).collect();
    assert_eq!(
        found,
        [
            "a pattern of `never_publish` stands in `policies/incident-response.html`: `cor············nal`",
            "the id of a withheld document stands in `policies/incident-response.html`: `P····H`",
            "the id of a withheld control stands in `policies/incident-response.html`: `A···2`",
            "the id of evidence stands in `policies/incident-response.html`: `E·········4`",
            "the id of a withheld record stands in `policies/incident-response.html`: `R·····1`",
            "a name that a record withholds stands in `policies/incident-response.html`: `Ash·······abs`",
            "the name of a person stands in `policies/incident-response.html`: `M··········n`",
            "the address of a person stands in `policies/incident-response.html`: `tom············ple`",
        ]
    );

    // A theme may say what its author knows.
    let sources = workspace(None);
    let Source::Document(_, withheld) = &sources.0["content/procedures/incident-handling.md"]
    else {
        panic!()
    };
    let sentence = withheld.lines().find(|line| line.split(' ').count() > 20).unwrap();
    let words: Vec<&str> = sentence.split(' ').skip(3).take(10).collect();
    let overlay = BTreeMap::from([(
        "trust/not-covered.html".to_owned(),
        format!("<p>{}</p>", words.join(" ")).into_bytes(),
    )]);
    let theme = Theme::load("trust", &overlay).unwrap();
    let found = Stages::new(sources.snapshot()).leaks_in(&theme);
    let places: Vec<&str> = found.iter().map(|it| &*it.place.path).collect();
    assert_eq!(places, ["content/procedures/incident-handling.md"]);
}
