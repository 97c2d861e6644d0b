//! Frameworks: the built-in ones and those of the workspace.

use super::fields::{Fields, Sink};
use super::yaml::Node;
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
    let mut framework = read(&root, &mut Sink::new(&path, 0))?;
    framework.place = None;
    for group in &mut framework.groups {
        for requirement in &mut group.requirements {
            requirement.place = None;
        }
    }
    Some(framework)
}

/// Reads a framework.
pub(crate) fn read(root: &Node, sink: &mut Sink) -> Option<Framework> {
    let mut fields = Fields::open(root, "framework", sink)?;
    let id = fields.required_id(sink);
    let title = fields.required_text(&["title"], sink);
    let short_title = fields.text(&["short_title"], sink).map(|text| text.value);
    let mut optional = |name: &'static str, default: &str, sink: &mut Sink| {
        fields.text(&[name], sink).map_or_else(|| default.to_owned(), |text| text.value)
    };
    let publisher = optional("publisher", "", sink);
    let edition = optional("edition", "", sink);
    let requirement_word = optional("requirement", "requirement", sink);
    let requirements_word = optional("requirements_word", "requirements", sink);
    let licence = optional("licence", "", sink);
    let source = fields.text(&["source"], sink).map(|text| text.value);
    let groups =
        fields.list("groups", sink).into_iter().filter_map(|node| group(node, sink)).collect();
    fields.finish(sink);
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

fn group(node: &Node, sink: &mut Sink) -> Option<Group> {
    let mut fields = Fields::open(node, "group of requirements", sink)?;
    let id = fields.required_text(&["id"], sink);
    let title = fields.required_text(&["title"], sink);
    let category = fields.text(&["category"], sink).map(|text| text.value);
    let requirements = fields
        .list("requirements", sink)
        .into_iter()
        .filter_map(|node| requirement(node, sink))
        .collect();
    fields.finish(sink);
    Some(Group { id: id?.value, title: title?.value, category, requirements })
}

fn requirement(node: &Node, sink: &mut Sink) -> Option<Requirement> {
    let mut fields = Fields::open(node, "requirement", sink)?;
    let id = fields.required_text(&["id"], sink)?;
    let title = fields.required_text(&["title"], sink);
    let text = fields.text(&["text"], sink).map(|text| text.value);
    fields.finish(sink);
    let place = Some(sink.place(id.span));
    Some(Requirement { id: id.value, title: title?.value, text, place })
}
