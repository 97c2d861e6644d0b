//! Text to outlines: a [`Snapshot`] becomes [`Parsed`].
//!
//! Afterwards every field has its type and a span, and nothing is lost without a diagnostic.
//! Which reader a file gets follows from its folder: see [`FOLDERS`].

mod acknowledgement;
mod approver;
mod campaigns;
mod canonical;
mod characters;
mod comment;
mod conflict;
mod controls;
mod data;
pub(crate) mod date;
pub mod description;
mod document;
mod documents;
pub(crate) mod fields;
mod framework;
pub(crate) mod front_matter;
mod html;
mod lenient;
pub mod markdown;
mod markdown_fault;
mod people;
pub(crate) mod placeholder;
mod records;
mod register;
mod residue;
pub(crate) mod rules;
mod settings;
mod sink;
mod toml_lines;
mod trust;
pub mod yaml;
mod yaml_fault;

use std::sync::Arc;

use self::data::{Files, Reader, Slot};
use self::description::FileDescription;
use self::document::Strictness;
use crate::diagnostic::{Diagnostic, Rule};
use crate::memo::Memo;
use crate::model::control::{Control, Evidence};
use crate::model::document::{Document, Kind, Term};
use crate::model::framework::Framework;
use crate::model::person::{Mandates, Person, Role};
use crate::model::record::Records;
use crate::model::register::{REGISTERS, Record, Schema};
use crate::model::settings::Settings;
use crate::model::trust::{Overview, Question, Update};
use crate::model::unread::{Declares, Unread};
use crate::span::{FilePath, Place, Span, Spanned};
use crate::workspace::{File, Layout, Snapshot};

/// Everything that was written, with its type and its place, and nothing looked up yet.
#[derive(Debug)]
pub struct Parsed {
    /// What `workspace.yaml` says.
    pub settings: Settings,
    /// People.
    pub people: Vec<Person>,
    /// Roles.
    pub roles: Vec<Role>,
    /// Whose word counts for what, besides roles.
    pub mandates: Mandates,
    /// What is filed in `content/records`.
    pub records: Records,
    /// The frameworks that are loaded.
    pub frameworks: Vec<Framework>,
    /// The ids of all frameworks of the workspace, in the order of their files, and where they stand.
    pub framework_ids: Vec<(String, Place)>,
    /// Terms.
    pub terms: Vec<Term>,
    /// Documents in the order of their paths.
    pub documents: Vec<Arc<Document>>,
    /// Controls in the order of their files.
    pub controls: Vec<Control>,
    /// Evidence in the order of its files.
    pub evidence: Vec<Evidence>,
    /// The registers that are kept, in the order in which they are shown.
    pub registers: Vec<(&'static Schema, Vec<Record>)>,
    /// The texts of the trust center's first page.
    pub overview: Overview,
    /// Questions with answers.
    pub questions: Vec<Question>,
    /// News.
    pub updates: Vec<Update>,
    /// What could not be read.
    pub unread: Unread,
    /// What was wrong.
    pub diagnostics: Vec<Diagnostic>,
}

/// What decides how a snapshot is read, besides its files.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// Whether it is a workspace or any folder.
    pub layout: Layout,
    /// All rules, for the settings to name.
    pub rules: &'a [&'static Rule],
    /// For other people's folders: our name of a key and theirs.
    pub names: &'a [(String, String)],
}

/// Which folder of a workspace holds which kind of document.
pub const FOLDERS: [(&str, Kind); 4] = [
    ("content/policies", Kind::Policy),
    ("content/procedures", Kind::Procedure),
    ("content/narratives", Kind::Narrative),
    ("content/trust/pages", Kind::Page),
];

/// Reads all files of a snapshot, and what was read before from the memo. Total: what cannot be
/// read is reported and left out.
pub fn parse(snapshot: &Snapshot, options: Options<'_>, memo: &Memo) -> (Parsed, Memo) {
    parse_with(Reader::default(), snapshot, options, memo)
}

/// Describes all kinds of files of a workspace: what may stand in them, as their readers say.
/// `rules` are the rules whose levels may be set.
pub fn descriptions(rules: &[&'static Rule]) -> Vec<FileDescription> {
    described(&Snapshot::default(), rules)
}

/// Describes all kinds of files by readers that are shown the files of a snapshot.
fn described(snapshot: &Snapshot, rules: &[&'static Rule]) -> Vec<FileDescription> {
    let strictness = Strictness { is_workspace: true, is_published: false, names: &[] };
    let front_matter = |name, kind, place: &str, about| {
        let root = document::describe(kind, strictness, &fields::NOTHING);
        FileDescription { name, place: place.to_owned(), about, root }
    };
    let documents = "content/{policies,procedures,narratives}/**/*.md";
    let about = "What the front matter of a policy, procedure or narrative says.";
    let document = front_matter("frontmatter", Kind::Policy, documents, about);
    let about = "What the front matter of a page of the trust center says.";
    let page = front_matter("page", Kind::Page, "content/trust/pages/**/*.md", about);
    let mut all = vec![document, page];
    let options = Options { layout: Layout::Workspace, rules, names: &[] };
    parse_with(Reader::describing(&mut all), snapshot, options, &Memo::default());
    all
}

/// Returns the keys of front matter that may have other names in other people's folders.
pub fn keys() -> Vec<&'static str> {
    let strictness = Strictness { is_workspace: false, is_published: false, names: &[] };
    let root = document::describe(Kind::Text, strictness, &fields::NOTHING);
    let keys = root.keys.into_iter().map(|it| it.key);
    keys.filter(|key| !key.is_refused).map(|key| key.name).collect()
}

fn parse_with<'s>(
    mut data: Reader<'s>,
    snapshot: &'s Snapshot,
    options: Options<'_>,
    memo: &Memo,
) -> (Parsed, Memo) {
    let files = Files::new(snapshot, options.layout);
    let settings =
        data.settings(&files, |fields, sink| settings::read(fields, options.rules, sink));
    let (people, roles, mandates) = data.slot(&files, Slot::People, people::read);
    let terms = data.slot(&files, Slot::Glossary, trust::glossary);
    let controls = data.all(&files, Slot::Controls, controls::controls);
    let evidence =
        data.all(&files, Slot::Evidence, |fields, _, sink| controls::evidence(fields, sink));
    let own = data.all(&files, Slot::Framework, |fields, _, sink| framework::read(fields, sink));
    let registers = (0..).zip(REGISTERS).map(|(number, schema)| {
        let slot = Slot::Register(number);
        (schema, data.slot(&files, slot, |fields, sink| register::read(fields, schema, sink)))
    });
    let registers = registers.collect();
    let earlier = data.all(&files, Slot::Records, records::earlier);
    let imported = data.all(&files, Slot::Acknowledgements, |fields, _, sink| {
        Some(acknowledgement::imported(fields, sink))
    });
    let campaigns = data.all(&files, Slot::Campaigns, |fields, name, sink| {
        campaigns::read(fields, name, snapshot, sink)
    });
    let records = records::read(snapshot, options.layout, earlier, &mut data.diagnostics);
    let records = Records { acknowledgements: imported, campaigns, ..records };
    let overview = data.slot(&files, Slot::Overview, trust::overview);
    let questions = data.slot(&files, Slot::Questions, trust::questions);
    let updates = data.slot(&files, Slot::Updates, trust::updates);
    data.others(&files);

    let framework_ids =
        own.iter().filter_map(|it| Some((it.id.clone(), it.place.clone()?))).collect();
    let (frameworks, is_framework_missing) = frameworks(&settings, own);
    let read = documents::read(snapshot, options, &settings, memo);
    let (mut unread, mut diagnostics) = data.finish(&settings);
    unread.extend(read.unread);
    if is_framework_missing {
        // What is mapped to it, or to the one that was meant, is no fault of its own.
        unread.kinds.insert(Declares::Frameworks);
    }
    diagnostics.extend(read.diagnostics);
    if settings.publish.trust_center {
        let documents = read.documents.iter();
        diagnostics.extend(documents.flat_map(|document| approver::check(document, &people)));
    }
    let parsed = Parsed {
        settings,
        people,
        roles,
        mandates,
        records,
        frameworks,
        framework_ids,
        terms,
        documents: read.documents,
        controls,
        evidence,
        registers,
        overview,
        questions,
        updates,
        unread,
        diagnostics,
    };
    (parsed, read.memo)
}

/// Returns the frameworks in the order in which the settings name them, built-in ones included, and
/// whether there is no such framework for one of the names.
fn frameworks(settings: &Settings, mut own: Vec<Framework>) -> (Vec<Framework>, bool) {
    let find = |Spanned { value: id, .. }: &Spanned<String>| {
        let position = own.iter().position(|framework| framework.id == *id);
        position.map(|index| own.remove(index)).or_else(|| framework::built_in(id))
    };
    let found: Vec<Option<Framework>> = settings.frameworks.iter().map(find).collect();
    let is_missing = found.iter().any(Option::is_none);
    (found.into_iter().flatten().collect(), is_missing)
}

/// Returns the ids of the built-in frameworks.
pub(crate) fn built_in_frameworks() -> impl Iterator<Item = &'static str> {
    framework::BUILT_IN.iter().map(|(id, _)| *id)
}

fn text<'f>(path: &FilePath, file: &'f File, diagnostics: &mut Vec<Diagnostic>) -> Option<&'f str> {
    match file.text() {
        Ok(text) => Some(text),
        Err(bad) => {
            let place = Place::new(path, Span::new(bad.offset, bad.offset));
            let message = format!("the byte 0x{:02x} in line {} is not UTF-8", bad.value, bad.line);
            diagnostics.push(
                Diagnostic::new(&rules::invalid_text::RULE, place, message)
                    .help("save the file as UTF-8"),
            );
            None
        }
    }
}
