//! `content/controls/*.yaml` and `content/evidence/*.yaml`.

use super::description::{Mapping, Shape, key};
use super::fields::{Fields, NOTHING, text};
use super::settings::period;
use super::sink::Sink;
use super::yaml::{Entry, NodeKind};
use crate::model::control::{Control, ControlCategory, Effect, Evidence, Frequency, Meets, Nature};
use crate::signature::canonical::{CONTROL, not_covered};
use crate::span::Spanned;

/// Reads the controls of one file; `family` is its name.
pub(crate) fn controls(fields: &mut Fields<'_>, family: &str, sink: &mut Sink) -> Vec<Control> {
    let controls = key("controls", "The controls of the family that the file is named for.");
    fields.list(controls, "control", sink, |fields, sink| control(fields, family, sink))
}

fn control(fields: &mut Fields<'_>, family: &str, sink: &mut Sink) -> Option<Control> {
    let id = fields.required_id("Stable and unique: `AC-01`.", sink);
    let title = fields.required_text(key("title", "What it is, in a few words."), sink);
    let statement = key("statement", "The wording that is tested: who does what, how often.");
    let statement = fields.required_text(statement, sink);
    let version = key("version", "The version of the wording, in quotes: `\"1.0\"`.");
    let version = fields.text(version, sink).map(|text| text.value);
    let owner = key("owner", "Who answers for it: a person or role of `people.yaml`.");
    let owner = fields.text(owner, sink);
    let since = key(
        "operating_since",
        "The day since which it operates. Without it the control is planned.",
    );
    let operating_since = fields.date(since, sink).map(|date| date.value);
    let frequency = key("frequency", "How often it operates, which says how much evidence is due.");
    let frequency = fields.word(frequency, Frequency::WORDS, Frequency::parse, sink);
    let nature = key("nature", "Who carries it out: a machine, people, or people with a machine.");
    let nature = fields.word(nature, Nature::WORDS, Nature::parse, sink);
    let effect = key("type", "What it does about a fault: keeps it away, finds it or mends it.");
    let effect = fields.word(effect, Effect::WORDS, Effect::parse, sink);
    let category = key("category", "What kind of safeguard it is.");
    let category = fields.word(category, ControlCategory::WORDS, ControlCategory::parse, sink);
    let documents = fields.texts(key("documents", "Ids of the documents that describe it."), sink);
    let meets = meets(fields, sink);
    let design = key("test_of_design", "How its design is tested.");
    let test_of_design = fields.text(design, sink).map(|text| text.value);
    let operation = key("test_of_operation", "How its operation is tested.");
    let test_of_operation = fields.text(operation, sink).map(|text| text.value);
    let disclosure = fields.disclosure(sink);
    let summary = key("public_summary", "What customers read of it, in a sentence or two.");
    let public_summary = fields.text(summary, sink).map(|text| text.value);
    let keywords = key("public_keywords", "Words by which customers find it: `[MFA, SSO]`.");
    let public_keywords = fields.texts(keywords, sink);
    let tags = fields.texts(key("tags", "Words for grouping."), sink);
    let id = id?;
    Some(Control {
        place: sink.place(id.span),
        id,
        title: title?.value,
        statement: statement?.value,
        version,
        owner,
        operating_since,
        frequency: frequency.map(|it| it.value),
        nature: nature.map(|it| it.value),
        effect: effect.map(|it| it.value),
        category: category.map(|it| it.value),
        documents,
        meets,
        test_of_design,
        test_of_operation,
        disclosure,
        public_summary,
        public_keywords: public_keywords.into_iter().map(|word| word.value).collect(),
        tags: tags.into_iter().map(|tag| tag.value).collect(),
        family: family.to_owned(),
        entry: fields.entry(not_covered(CONTROL)),
    })
}

/// Reads `meets: { framework: { requirement: reason } }`; `satisfies` is accepted too.
fn meets(fields: &mut Fields<'_>, sink: &mut Sink) -> Vec<Meets> {
    let meets = key(
        "meets",
        "The requirements it meets, by framework, each with the reason: \
         `soc2: { CC6.1: \"A stolen password alone opens no system.\" }`.",
    );
    let shape = || {
        let reason: Mapping = Fields::describe(&NOTHING, "reason", reason);
        let reason = Shape::Either(Box::new((Shape::Text, Shape::Mapping(reason))));
        Shape::Free(Box::new(Shape::Free(Box::new(reason))))
    };
    let frameworks = fields.free(meets.or(&["satisfies"]), "mapping to frameworks", shape, sink);
    let mut all = Vec::new();
    for framework in frameworks {
        match &framework.value.kind {
            NodeKind::Map(requirements) => {
                let one = |requirement| meets_one(framework, requirement, sink);
                all.extend(requirements.iter().filter_map(one));
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
        NodeKind::Map(_) => Fields::read(&requirement.value, "mapping", sink, reason)?,
        NodeKind::Null => {
            sink.invalid(
                requirement.key.span,
                format!("say in a sentence why it meets `{}`", requirement.key.value),
            );
            return None;
        }
        NodeKind::Scalar { .. } | NodeKind::List(_) => {
            (text(&requirement.value, "reason", sink), false)
        }
    };
    Some(Meets {
        framework: framework.key.clone(),
        requirement: requirement.key.clone(),
        reason: reason?.value,
        is_partial,
    })
}

fn reason(fields: &mut Fields<'_>, sink: &mut Sink) -> (Option<Spanned<String>>, bool) {
    let why = key("reason", "Why the control meets the requirement, in a sentence.");
    let reason = fields.required_text(why, sink);
    let partly = key("partly", "Whether it meets only a part of the requirement.");
    (reason, fields.flag(partly, sink).is_some_and(|flag| flag.value))
}

/// Reads the evidence of one file.
pub(crate) fn evidence(fields: &mut Fields<'_>, sink: &mut Sink) -> Vec<Evidence> {
    let evidence = key("evidence", "Pointers to proof. None of it is ever public.");
    fields.list(evidence, "piece of evidence", sink, one_evidence)
}

fn one_evidence(fields: &mut Fields<'_>, sink: &mut Sink) -> Option<Evidence> {
    let id = fields.required_id("Stable and unique.", sink);
    let title = fields.required_text(key("title", "What it is."), sink);
    let controls = fields.texts(key("controls", "Ids of the controls it proves."), sink);
    let occurred_on = key("occurred_on", "The day that it speaks about, for a single occurrence.");
    let occurred_on = fields.date(occurred_on, sink);
    let period = period("The first and last day that it speaks about.", fields, sink)
        .or_else(|| occurred_on.map(|date| (date.clone(), date)));
    let collected_on = key("collected_on", "The day on which it was collected.");
    let collected_on = fields.date(collected_on, sink).map(|date| date.value);
    let collected_by = key("collected_by", "By whom: a person or role of `people.yaml`.");
    let collected_by = fields.text(collected_by, sink);
    let source = key("source", "The system that it comes from.");
    let source = fields.text(source, sink).map(|text| text.value);
    let file = key("file", "The file, as a path in `content/evidence`.");
    let file = fields.text(file, sink);
    let sha256 = key(
        "sha256",
        "The SHA-256 of the file in 64 hexadecimal digits, which shows that it did not change.",
    );
    let sha256 = fields.text(sha256, sink);
    let valid_for =
        key("valid_for", "How long it is fresh after its last day; 12 months if not given.");
    let valid_for = fields.cadence(valid_for, sink).map(|cadence| cadence.value);
    let population = key("population", "What the whole is from which a sample was taken.");
    let population = fields.text(population, sink).map(|text| text.value);
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
