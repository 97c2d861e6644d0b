//! Edits to a workspace, drawn at random, that no reader outside may notice.

use crate::disclosure_table::{is_public, is_public_text, is_structure, public_roles};
use crate::random::Random;
use crate::sources::{Field, Source, Sources, Tree};

/// Makes some edits and says what they were.
pub(crate) fn make(sources: &mut Sources, mut random: Random, count: usize) -> Vec<String> {
    (0..count).filter_map(|_| edit(sources, &mut random)).collect()
}

fn edit(sources: &mut Sources, random: &mut Random) -> Option<String> {
    match random.below(9) {
        0 | 1 => change_text(sources, random),
        2 => change_structure(sources, random),
        3 => change_records(sources, random),
        4 => Some(change_withheld_body(sources, random)),
        5 => change_restricted(sources, random),
        6 => add_restricted(sources, random),
        7 => change_documents(sources, random),
        _ => change_settings(sources, random),
    }
}

/// Lists whose records nobody outside knows of, unless a record says otherwise.
fn is_internal_list(path: &str, name: &str) -> bool {
    let is_public_register =
        path.ends_with("/attestations.yaml") || path.ends_with("/subprocessors.yaml");
    path.starts_with("content/registers/") && !is_public_register
        || path.starts_with("content/evidence/")
        || path.starts_with("content/controls/")
        || path == "content/people.yaml" && name == "people"
        || path == "content/glossary.yaml"
}

/// Writes other words into a field that is internal.
fn change_text(sources: &mut Sources, random: &mut Random) -> Option<String> {
    let words = format!("other words {}", random.below(10_000));
    nth(
        sources,
        random,
        &|path, field, text, roles| {
            !is_public(path, field, roles) && !is_structure(path, field, text)
        },
        &mut |_, text| {
            *text = if text.contains('@') { format!("x.{text}") } else { words.clone() };
        },
    )
}

/// Changes a date, an owner, a level, a reference of an internal record: each gets the value that
/// the same field has elsewhere.
fn change_structure(sources: &mut Sources, random: &mut Random) -> Option<String> {
    const OURS: [&str; 12] = [
        "authors",
        "related",
        "tags",
        "carries",
        "controls",
        "owner",
        "frequency",
        "nature",
        "type",
        "category",
        "documents",
        "by",
    ];
    let fits = |path: &str, field: &Field<'_>, text: &str, _: &[String]| {
        let is_internal = path.starts_with("content/evidence/")
            || path.starts_with("content/registers/") && is_internal_list(path, "")
            || path == "content/people.yaml" && field.keys[0] == "people";
        let is_ours = path.starts_with("content/controls/")
            && OURS.contains(&field.key())
            && !field.keys.contains(&"meets".to_owned())
            || path.ends_with(".md") && field.disclosure == "withheld" && field.keys.len() < 3
            || path.ends_with(".md")
                && ["authors", "related", "carries", "controls"].contains(&field.key());
        (is_internal || is_ours)
            && is_structure(path, field, text)
            && !["id", "disclosure", "classification"].contains(&field.key())
    };
    let mut values: Vec<(String, String)> = Vec::new();
    sources.visit(&mut |path, field, text| {
        if fits(path, field, text, &[]) {
            values.push((field.key().to_owned(), text.clone()));
        }
    });
    let draw = random.below(1_000_000);
    nth(sources, random, &fits, &mut |field, text| {
        let same: Vec<&String> =
            values.iter().filter(|(key, _)| key == field.key()).map(|(_, value)| value).collect();
        text.clone_from(same[draw % same.len()]);
    })
}

/// Removes, doubles or reverses records.
fn change_records(sources: &mut Sources, random: &mut Random) -> Option<String> {
    let lists = sources.0.iter_mut().filter_map(|(path, source)| match source {
        Source::Data(Tree::Map(entries)) => Some((path, entries)),
        _ => None,
    });
    let mut lists: Vec<(String, &mut Vec<Tree>)> = lists
        .flat_map(|(path, entries)| {
            entries.iter_mut().map(move |(name, value)| (path, name, value))
        })
        .filter_map(|(path, name, value)| match value {
            Tree::List(items) if is_internal_list(path, name) => {
                Some((format!("{path}: {name}"), items))
            }
            _ => None,
        })
        .collect();
    let index = random.below(lists.len());
    let (name, items) = &mut lists[index];
    let is_withheld = |item: &Tree| {
        let is_record = !name.contains("controls/") && !name.contains("glossary");
        is_record || item.word("disclosure").unwrap_or("withheld") == "withheld"
    };
    let internal: Vec<usize> =
        (0..items.len()).filter(|index| is_withheld(&items[*index])).collect();
    let at = *internal.get(random.below(internal.len().max(1)))?;
    let number = random.below(10_000);
    let what = match random.below(3) {
        0 => {
            items.remove(at);
            "removed"
        }
        1 => {
            let mut copy = items[at].clone();
            if let Some(Tree::Text(id)) = copy.get_mut("id") {
                *id = format!("{id}-{number}");
            }
            if let Some(Tree::Text(term)) = copy.get_mut("term") {
                *term = format!("{term} {number}");
            }
            items.insert(random.below(items.len()), copy);
            "doubled"
        }
        _ => {
            let item = items.remove(at);
            items.insert(random.below(items.len() + 1), item);
            "moved"
        }
    };
    Some(format!("{what} record {at} of {name}"))
}

fn change_withheld_body(sources: &mut Sources, random: &mut Random) -> String {
    let mut withheld: Vec<(&String, &mut String)> = sources
        .0
        .iter_mut()
        .filter(|(_, source)| !is_public_text(source))
        .filter_map(|(path, source)| match source {
            Source::Document(_, body) => Some((path, body)),
            _ => None,
        })
        .collect();
    let index = random.below(withheld.len());
    let (path, body) = &mut withheld[index];
    let mut blocks: Vec<String> = body.split("\n\n").map(str::to_owned).collect();
    let at = random.below(blocks.len());
    match random.below(3) {
        0 => _ = blocks.remove(at),
        1 => blocks
            .insert(at, format!("New words {}, [[POL-IR]] and [[AC-01]].", random.below(10_000))),
        _ => blocks[at] = format!("## Other heading {}", random.below(10_000)),
    }
    **body = blocks.join("\n\n");
    format!("block {at} of the text of {path}")
}

/// Empties or changes a line of a restricted quote of a public document.
fn change_restricted(sources: &mut Sources, random: &mut Random) -> Option<String> {
    let mut lines: Vec<(String, usize)> = Vec::new();
    for (path, source) in &sources.0 {
        let Source::Document(_, body) = source else { continue };
        let mut in_restricted = false;
        for (number, line) in body.lines().enumerate().filter(|_| is_public_text(source)) {
            let is_start = line.starts_with("> [!INTERNAL]");
            in_restricted = line.starts_with('>') && (in_restricted || is_start);
            if in_restricted && !is_start && !line.starts_with("> |") && !line.starts_with("> `") {
                lines.push((path.clone(), number));
            }
        }
    }
    let (path, number) = lines.get(random.below(lines.len().max(1)))?.clone();
    let Some(Source::Document(_, body)) = sources.0.get_mut(&path) else { return None };
    let mut all: Vec<String> = body.lines().map(str::to_owned).collect();
    let word = random.below(10_000);
    match random.below(3) {
        0 => "> ".clone_into(&mut all[number]),
        1 => all[number] = format!("> ## Secret {word} {{#secret-{word}}}"),
        _ => all[number] += &format!(" more {word}, [[PRO-IH]], {{{{ facts.patch_high }}}}"),
    }
    *body = all.join("\n") + "\n";
    Some(format!("restricted line {number} of {path}"))
}

/// Puts a new restricted quote between two blocks of a public document.
fn add_restricted(sources: &mut Sources, random: &mut Random) -> Option<String> {
    let mut public: Vec<(&String, &mut Source)> =
        sources.0.iter_mut().filter(|(_, source)| is_public_text(source)).collect();
    let index = random.below(public.len());
    let (path, Source::Document(_, body)) = &mut public[index] else { return None };
    let headings: Vec<usize> = body.match_indices("\n## ").map(|(at, _)| at).collect();
    let at = *headings.get(random.below(headings.len().max(1)))?;
    let word = random.below(10_000);
    let quote = format!(
        "\n> [!INTERNAL]\n> ## Part {word}\n>\n> 1. A step {word}, see [[PRO-IH]][^secret-{word}]\n"
    );
    body.insert_str(at, &quote);
    body.push_str(&format!("\n[^secret-{word}]: A secret note {word}.\n"));
    Some(format!("a restricted quote in {path}"))
}

/// Adds a document, or removes one that is withheld.
fn change_documents(sources: &mut Sources, random: &mut Random) -> Option<String> {
    let number = random.below(10_000);
    if random.below(2) == 0 {
        let path = format!("content/policies/a-new-one-{number}.md");
        let disclosure = ["withheld", "listed", "public"][random.below(3)];
        // Nobody approved it, so it is a draft, whatever it says.
        let text = format!(
            "---\nid: POL-N{number}\ntitle: New Policy Number {number}\nversion: \"1.0\"\nowner: cto\nclassification: public\n\
             disclosure: {disclosure}\npublic_summary: New.\n---\n\n## New words\n\n1. A step of [[POL-IR]], [[AC-01]]. {{#x soc2=\"CC6.1\"}}\n"
        );
        sources.insert(&path, &text);
        return Some(format!("a draft {path}, {disclosure}"));
    }
    let withheld: Vec<String> = sources
        .0
        .iter()
        .filter(|(_, source)| matches!(source, Source::Document(head, _) if head.word("disclosure").unwrap_or("withheld") == "withheld"))
        .map(|(path, _)| path.clone())
        .collect();
    let path = withheld.get(random.below(withheld.len().max(1)))?;
    sources.0.remove(path);
    Some(format!("removed {path}"))
}

fn change_settings(sources: &mut Sources, random: &mut Random) -> Option<String> {
    let roles = public_roles(sources);
    let Some(Source::Data(settings)) = sources.0.get_mut("content/workspace.yaml") else {
        return None;
    };
    let number = random.below(10_000);
    match random.below(4) {
        0 => {
            let Some(Tree::Map(facts)) = settings.get_mut("facts") else { return None };
            // A public text that names a fact which does not exist is an error and is not published.
            facts.retain(|(name, fact)| {
                fact.word("disclosure") != Some("withheld")
                    || name == "access_review_cycle"
                    || random.below(10) > 0
            });
            Some("removed withheld facts".to_owned())
        }
        1 => {
            let Some(Tree::Map(facts)) = settings.get_mut("facts") else { return None };
            facts.insert(0, (format!("secret_{number}"), Tree::text(number.to_string())));
            Some("added a withheld fact".to_owned())
        }
        2 => {
            let Some(Tree::List(engagements)) = settings.get_mut("engagements") else {
                return None;
            };
            engagements.pop();
            Some("removed an engagement".to_owned())
        }
        _ => {
            let Some(Source::Data(people)) = sources.0.get_mut("content/people.yaml") else {
                return None;
            };
            let Some(Tree::List(all)) = people.get_mut("roles") else { return None };
            let at = random.below(all.len());
            let id = all[at].word("id").unwrap_or_default().to_owned();
            // Who held a role decides whether an approval in it counts, and so what is public.
            if roles.contains(&id) {
                return None;
            }
            if let Some(Tree::Text(title)) = all[at].get_mut("title") {
                *title = format!("Other role {number}");
            }
            if let Some(Tree::List(holders)) = all[at].get_mut("holders") {
                holders.clear();
            }
            Some(format!("the holders of {id}"))
        }
    }
}

/// Tells whether a field may be changed: path, field, text, and the roles that are public.
type Fits<'f> = dyn Fn(&str, &Field<'_>, &str, &[String]) -> bool + 'f;

/// Picks one of the fields that fit, and changes it.
fn nth(
    sources: &mut Sources,
    random: &mut Random,
    fits: &Fits<'_>,
    change: &mut dyn FnMut(&Field<'_>, &mut String),
) -> Option<String> {
    let roles = public_roles(sources);
    let mut count = 0;
    sources.visit(&mut |path, field, text| count += usize::from(fits(path, field, text, &roles)));
    let wanted = random.below(count.max(1));
    let (mut at, mut what) = (0, None);
    sources.visit(&mut |path, field, text| {
        if fits(path, field, text, &roles) {
            if at == wanted {
                change(field, text);
                what = Some(format!("{path}: {} of {}: {text:?}", field.path(), field.id));
            }
            at += 1;
        }
    });
    what
}
