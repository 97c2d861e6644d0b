//! Where the pages of the handbook stand.

use std::collections::{BTreeMap, BTreeSet};

use super::{Page, number};
use crate::diagnostic::{Diagnostic, Level};
use crate::edition::Handbook;
use crate::model::document::{Document, Kind};
use crate::model::link::Target;
use crate::plan::route::Routes;
use crate::resolve::rules::address_collision;
use crate::span::Span;

/// Gives every page its address, and reports sources that would share one. Returns the documents
/// that are the pages of their folders, in folders that are no workspaces.
pub(super) fn add_all(
    handbook: &Handbook<'_>,
    with_pdfs: bool,
    routes: &mut Routes<Page>,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, u32> {
    add_fixed(handbook, routes);
    let indexes = add_documents(handbook, with_pdfs, routes, diagnostics);
    add_assets(handbook, routes);
    indexes
}

fn add_fixed(handbook: &Handbook<'_>, routes: &mut Routes<Page>) {
    let corpus = handbook.corpus();
    let mut fixed = vec![
        ("index.html".to_owned(), Page::Home),
        ("search.html".to_owned(), Page::Search),
        ("404.html".to_owned(), Page::NotFound),
    ];
    if corpus.settings.is_workspace {
        for kind in [Kind::Policy, Kind::Procedure, Kind::Narrative] {
            fixed.push((format!("{}/index.html", kind.plural().to_lowercase()), Page::Kind(kind)));
        }
        fixed.extend([
            ("controls/index.html".to_owned(), Page::Controls),
            ("frameworks/index.html".to_owned(), Page::Frameworks),
            ("registers/index.html".to_owned(), Page::Registers),
            ("evidence/index.html".to_owned(), Page::Evidence),
            ("approvals.html".to_owned(), Page::Approvals),
            ("documents.json".to_owned(), Page::DocumentsFile),
            ("people/index.html".to_owned(), Page::People),
            ("calendar.html".to_owned(), Page::Calendar),
            ("calendar.ics".to_owned(), Page::CalendarFile),
            ("glossary.html".to_owned(), Page::Glossary),
        ]);
        for (index, control) in corpus.controls.iter().enumerate() {
            fixed.push((
                format!("controls/{}.html", file_name(control.id.value.as_str())),
                Page::Control(number(index)),
            ));
        }
        for (index, framework) in corpus.frameworks.iter().enumerate() {
            let folder = format!("frameworks/{}", file_name(&framework.id));
            fixed.push((format!("{folder}/index.html"), Page::Framework(number(index))));
            fixed.push((format!("{folder}/matrix.html"), Page::Matrix(number(index))));
            for (inner, (_, requirement)) in framework.requirements().enumerate() {
                let page = Page::Requirement(number(index), number(inner));
                fixed.push((format!("{folder}/{}.html", file_name(&requirement.id)), page));
            }
        }
        for (index, (schema, _)) in corpus.registers.iter().enumerate() {
            fixed.push((format!("registers/{}.html", schema.name), Page::Register(number(index))));
        }
        for (index, person) in corpus.people.iter().enumerate() {
            fixed.push((
                format!("people/{}.html", file_name(person.id.value.as_str())),
                Page::Person(number(index)),
            ));
        }
        for (index, role) in corpus.roles.iter().enumerate() {
            fixed.push((
                format!("roles/{}.html", file_name(role.id.value.as_str())),
                Page::Role(number(index)),
            ));
        }
    }
    for (path, page) in fixed {
        // Ids that differ only in their signs, `AC-01` and `AC_01`, would have one address.
        routes.place(&path, &page);
    }
}

/// Makes a name for a file of an id: lower case, without brackets.
pub(super) fn file_name(id: &str) -> String {
    let mut name = String::new();
    for c in id.to_lowercase().chars() {
        if c.is_alphanumeric() || c == '.' {
            name.push(c);
        } else if !name.ends_with('-') {
            name.push('-');
        }
    }
    name.trim_matches('-').to_owned()
}

fn add_documents(
    handbook: &Handbook<'_>,
    with_pdfs: bool,
    routes: &mut Routes<Page>,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, u32> {
    let corpus = handbook.corpus();
    let mut folders = BTreeSet::new();
    let mut indexes = BTreeMap::new();
    for (number, document) in (0u32..).zip(&corpus.documents) {
        if document.kind == Kind::Page {
            continue;
        }
        let path = page_path(document);
        let page = Page::Document(number);
        if let Some(folder) =
            path.strip_suffix("/index.html").filter(|_| document.kind == Kind::Text)
        {
            indexes.entry(folder.to_owned()).or_insert(number);
        }
        let is_workspace = corpus.settings.is_workspace;
        let added =
            if is_workspace { routes.add(&path, page) } else { routes.add_near(&path, &page) };
        if let Err(taken) = added {
            let place = document.head_place(Span::default());
            let message = format!("`{path}` is the address of two pages");
            let mut diagnostic = Diagnostic::new(&address_collision::RULE, place, message)
                .help("rename one of the files; letters that differ only in case do not count");
            if let Page::Document(other) = taken {
                diagnostic = diagnostic
                    .related(corpus.document(other).head_place(Span::default()), "the other one");
            }
            if !is_workspace {
                diagnostic.level = Level::Note;
                if let Some(address) = routes.address(&Page::Document(number)) {
                    diagnostic.message =
                        format!("this page stands at `{address}`, since `{path}` is taken");
                }
            }
            diagnostics.push(diagnostic);
            if is_workspace {
                continue;
            }
        }
        let path = routes.address(&Page::Document(number)).map(ToString::to_string).unwrap_or(path);
        let stem = path.strip_suffix(".html").unwrap_or(&path);
        if corpus.settings.is_workspace {
            let id = document.id.value.as_str();
            routes.place(&format!("{stem}.md"), &Page::Source(number));
            if with_pdfs {
                routes.place(&format!("pdf/{id}.pdf"), &Page::Pdf(number));
            }
        } else {
            if with_pdfs {
                routes.place(&format!("pdf/{stem}.pdf"), &Page::Pdf(number));
            }
            let mut folder = document.path.as_ref();
            while let Some((parent, _)) = folder.rsplit_once('/') {
                folders.insert(parent.to_owned());
                folder = parent;
            }
        }
    }
    // After the documents, one of which may be called so.
    for proposal in handbook.proposals() {
        let index = number(proposal.document);
        let stem = routes.address(&Page::Document(index)).map(|it| it.as_str().to_owned());
        if let Some(stem) = stem.as_deref().and_then(|it| it.strip_suffix(".html")) {
            routes.place(&format!("{stem}-proposed.html"), &Page::Proposed(index));
        }
    }
    for folder in folders {
        if !indexes.contains_key(&folder) {
            routes.place(&format!("{folder}/index.html"), &Page::Folder(folder.clone()));
        }
    }
    indexes
}

/// Returns where the page of a document stands: where its file stands, and an index or read-me is
/// the index of its folder.
fn page_path(document: &Document) -> String {
    let path = document.short_path();
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let is_index = document.kind == Kind::Text
        && matches!(name, "README" | "readme" | "Readme" | "_index" | "index");
    match (is_index, folder) {
        (true, "") => "readme.html".to_owned(),
        (true, folder) => format!("{folder}/index.html"),
        (false, _) => format!("{path}.html"),
    }
}

fn add_assets(handbook: &Handbook<'_>, routes: &mut Routes<Page>) {
    let corpus = handbook.corpus();
    let linked =
        corpus.links.iter().flat_map(|links| links.iter()).filter_map(|link| match &link.target {
            Target::Asset(path) => Some(path.clone()),
            _ => None,
        });
    let proof = corpus.evidence.iter().filter_map(crate::model::control::Evidence::file_path);
    let proof = proof.filter(|path| corpus.assets.contains_key(path.as_str()));
    for path in linked.chain(proof) {
        let page = Page::Asset(path);
        let Page::Asset(path) = &page else { continue };
        if routes.address(&page).is_none() {
            let place = path.strip_prefix("content/").unwrap_or(path);
            routes.place(&format!("files/{place}"), &page);
        }
    }
}
