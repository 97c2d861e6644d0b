//! `content/controls/*.yaml` and `content/evidence/*.yaml`.

use super::fields::{Fields, Sink, text};
use super::settings::period;
use super::yaml::{Entry, Node, NodeKind};
use crate::model::control::{Control, ControlCategory, Effect, Evidence, Frequency, Meets, Nature};
use crate::model::disclosure::Disclosure;
use crate::span::Spanned;

/// Reads the controls of one file; `family` is its name.
pub(crate) fn controls(root: &Node, family: &str, sink: &mut Sink) -> Vec<Control> {
    let Some(mut fields) = Fields::open(root, "file of controls", sink) else { return Vec::new() };
    let nodes = fields.list("controls", sink);
    fields.finish(sink);
    nodes.into_iter().filter_map(|node| control(node, family, sink)).collect()
}

fn control(node: &Node, family: &str, sink: &mut Sink) -> Option<Control> {
    let mut fields = Fields::open(node, "control", sink)?;
    let id = fields.required_id(sink);
    let title = fields.required_text(&["title"], sink);
    let statement = fields.required_text(&["statement"], sink);
    let version = fields.text(&["version"], sink).map(|text| text.value);
    let owner = fields.text(&["owner"], sink);
    let operating_since = fields.date(&["operating_since"], sink).map(|date| date.value);
    let frequency =
        fields.word(&["frequency"], Frequency::parse, Frequency::WORDS, sink).map(|it| it.value);
    let nature = fields.word(&["nature"], Nature::parse, Nature::WORDS, sink).map(|it| it.value);
    let effect = fields.word(&["type"], Effect::parse, Effect::WORDS, sink).map(|it| it.value);
    let category = fields.word(&["category"], ControlCategory::parse, ControlCategory::WORDS, sink);
    let documents = fields.texts(&["documents"], sink);
    let meets = meets(&mut fields, sink);
    let test_of_design = fields.text(&["test_of_design"], sink).map(|text| text.value);
    let test_of_operation = fields.text(&["test_of_operation"], sink).map(|text| text.value);
    let disclosure = fields.word(&["disclosure"], Disclosure::parse, Disclosure::WORDS, sink);
    let public_summary = fields.text(&["public_summary"], sink).map(|text| text.value);
    let public_keywords = fields.texts(&["public_keywords"], sink);
    let tags = fields.texts(&["tags"], sink).into_iter().map(|tag| tag.value).collect();
    fields.finish(sink);
    let id = id?;
    Some(Control {
        place: sink.place(id.span),
        id,
        title: title?.value,
        statement: statement?.value,
        version,
        owner,
        operating_since,
        frequency,
        nature,
        effect,
        category: category.map(|it| it.value),
        documents,
        meets,
        test_of_design,
        test_of_operation,
        disclosure: disclosure.map(|it| it.value).unwrap_or_default(),
        public_summary,
        public_keywords: public_keywords.into_iter().map(|word| word.value).collect(),
        tags,
        family: family.to_owned(),
    })
}

/// Reads `meets: { framework: { requirement: reason } }`; `satisfies` is accepted too.
fn meets(fields: &mut Fields<'_>, sink: &mut Sink) -> Vec<Meets> {
    let Some(entry) = fields.take(&["meets", "satisfies"]) else { return Vec::new() };
    let Some(mut frameworks) = Fields::open(&entry.value, "mapping to frameworks", sink) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for framework in frameworks.take_rest() {
        match &framework.value.kind {
            NodeKind::Map(requirements) => {
                all.extend(
                    requirements
                        .iter()
                        .filter_map(|requirement| meets_one(framework, requirement, sink)),
                );
            }
            NodeKind::List(_) | NodeKind::Scalar { .. } | NodeKind::Null => {
                sink.invalid(
                    framework.value.span,
                    "write each requirement with the reason why the control meets it",
                );
            }
        }
    }
    all
}

fn meets_one(framework: &Entry, requirement: &Entry, sink: &mut Sink) -> Option<Meets> {
    let (reason, is_partial) = match &requirement.value.kind {
        NodeKind::Map(_) => {
            let mut fields = Fields::open(&requirement.value, "mapping", sink)?;
            let reason = fields.required_text(&["reason"], sink)?;
            let partly = fields.flag("partly", sink).is_some_and(|flag| flag.value);
            fields.finish(sink);
            (reason.value, partly)
        }
        NodeKind::Null => {
            sink.invalid(
                requirement.key.span,
                format!("say in a sentence why it meets `{}`", requirement.key.value),
            );
            return None;
        }
        NodeKind::Scalar { .. } | NodeKind::List(_) => {
            (text(&requirement.value, "reason", sink)?.value, false)
        }
    };
    Some(Meets {
        framework: framework.key.clone(),
        requirement: requirement.key.clone(),
        reason,
        is_partial,
    })
}

/// Reads the evidence of one file.
pub(crate) fn evidence(root: &Node, sink: &mut Sink) -> Vec<Evidence> {
    let Some(mut fields) = Fields::open(root, "file of evidence", sink) else { return Vec::new() };
    let nodes = fields.list("evidence", sink);
    fields.finish(sink);
    nodes.into_iter().filter_map(|node| one_evidence(node, sink)).collect()
}

fn one_evidence(node: &Node, sink: &mut Sink) -> Option<Evidence> {
    let mut fields = Fields::open(node, "piece of evidence", sink)?;
    let id = fields.required_id(sink);
    let title = fields.required_text(&["title"], sink);
    let controls = fields.texts(&["controls"], sink);
    let occurred_on: Option<Spanned<_>> = fields.date(&["occurred_on"], sink);
    let period = period(&mut fields, sink).or_else(|| occurred_on.map(|date| (date.clone(), date)));
    let collected_on = fields.date(&["collected_on"], sink).map(|date| date.value);
    let collected_by = fields.text(&["collected_by"], sink);
    let source = fields.text(&["source"], sink).map(|text| text.value);
    let file = fields.text(&["file"], sink);
    let sha256 = fields.text(&["sha256"], sink);
    let valid_for = fields.cadence(&["valid_for"], sink).map(|cadence| cadence.value);
    let population = fields.text(&["population"], sink).map(|text| text.value);
    fields.finish(sink);
    let id = id?;
    Some(Evidence {
        place: sink.place(id.span),
        id,
        title: title?.value,
        controls,
        period,
        collected_on,
        collected_by,
        source,
        file,
        sha256,
        valid_for,
        population,
    })
}
