//! Frameworks: the built-in ones and those of the workspace.

use super::description::{Key, key};
use super::fields::Fields;
use super::sink::Sink;
use crate::model::framework::{Framework, Group, Requirement};
use crate::span::FilePath;

/// The built-in frameworks: id and YAML text.
pub(crate) const BUILT_IN: &[(&str, &str)] = &[
    ("soc2", include_str!("../../frameworks/soc2.yaml")),
    ("iso27001", include_str!("../../frameworks/iso27001.yaml")),
    ("nist-csf", include_str!("../../frameworks/nist-csf.yaml")),
    ("hipaa", include_str!("../../frameworks/hipaa.yaml")),
    ("gdpr", include_str!("../../frameworks/gdpr.yaml")),
];

/// Reads a built-in framework. A test holds all of them to be free of faults.
pub(crate) fn built_in(id: &str) -> Option<Framework> {
    let (name, text) = BUILT_IN.iter().find(|(name, _)| *name == id)?;
    let path: FilePath = format!("frameworks/{name}.yaml").into();
    let (root, _) = super::yaml::read(text).ok()?;
    let mut framework = Fields::read(&root, "framework", &mut Sink::new(&path, 0), read)??;
    framework.place = None;
    for group in &mut framework.groups {
        for requirement in &mut group.requirements {
            requirement.place = None;
        }
    }
    Some(framework)
}

/// Reads a framework.
pub(crate) fn read(fields: &mut Fields<'_>, sink: &mut Sink) -> Option<Framework> {
    let id = fields.required_id("The name that settings and mappings use: `soc2`.", sink);
    let title = fields.required_text(key("title", "Its name in full."), sink);
    let short_title =
        key("short_title", "The name that people use; its title where nothing is said.");
    let short_title = fields.text(short_title, sink).map(|text| text.value);
    let mut optional = |key: Key, default: &str, sink: &mut Sink| {
        fields.text(key, sink).map_or_else(|| default.to_owned(), |text| text.value)
    };
    let publisher = optional(key("publisher", "Who publishes it."), "", sink);
    let edition = optional(key("edition", "Its edition, such as a year."), "", sink);
    let word = key("requirement", "What it calls a requirement: `criterion`.");
    let requirement_word = optional(word, "requirement", sink);
    let words = key("requirements_word", "What it calls several: `criteria`.");
    let requirements_word = optional(words, "requirements", sink);
    let licence = key("licence", "Under what its text may be used, and what is used of it.");
    let licence = optional(licence, "", sink);
    let source = key("source", "Where to read it.");
    let source = fields.text(source, sink).map(|text| text.value);
    let groups = key("groups", "Its chapters, in order.");
    let groups = fields.list(groups, "group of requirements", sink, group);
    let (id, title) = (id?, title?.value);
    Some(Framework {
        place: Some(sink.place(id.span)),
        id: id.value.to_string(),
        short_title: short_title.unwrap_or_else(|| title.clone()),
        title,
        publisher,
        edition,
        requirement_word,
        requirements_word,
        source,
        licence,
        groups,
    })
}

fn group(fields: &mut Fields<'_>, sink: &mut Sink) -> Option<Group> {
    let id = fields.required_text(key("id", "The number or letter of the chapter."), sink);
    let title = fields.required_text(key("title", "Its heading, in your own words."), sink);
    let category = key("category", "The category that an examination takes in or leaves out.");
    let category = fields.text(category, sink).map(|text| text.value);
    let requirements = key("requirements", "What the chapter asks for.");
    let requirements = fields.list(requirements, "requirement", sink, requirement);
    Some(Group { id: id?.value, title: title?.value, category, requirements })
}

fn requirement(fields: &mut Fields<'_>, sink: &mut Sink) -> Option<Requirement> {
    let id = fields.required_text(key("id", "Its number, as the framework writes it."), sink);
    let title = fields.required_text(key("title", "What it asks for, in a few words."), sink);
    let text = key("text", "What it asks for, in full, where you may copy it.");
    let text = fields.text(text, sink).map(|text| text.value);
    let id = id?;
    let place = Some(sink.place(id.span));
    Some(Requirement { id: id.value, title: title?.value, text, place })
}
