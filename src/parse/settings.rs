//! `content/workspace.yaml` to [`Settings`].

use jiff::civil::Date;

use super::acknowledgement;
use super::description::{Described, Key, Mapping, Shape, key};
use super::fields::{Fields, NOTHING, quoted, text};
use super::rules::{invalid_value, today_pinned};
use super::sink::Sink;
use super::yaml::{Node, NodeKind};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::disclosure::Disclosure;
use crate::model::settings::{
    Engagement, Exclusion, Fact, Lapsed, Organisation, Paper, Publish, PublishRequires,
    SecurityTxt, Settings,
};
use crate::signature::canonical::{EXCLUSION, not_covered};
use crate::span::Spanned;

/// Reads the settings. `rules` are the rules whose levels may be set.
pub(crate) fn read(fields: &mut Fields<'_>, rules: &[&'static Rule], sink: &mut Sink) -> Settings {
    let mut settings = Settings::of(sink.path());
    let id = key("workspace", "A random number, which binds records to this workspace.");
    let hexadecimal = Shape::Pattern("32 hexadecimal digits", "^[0-9A-Fa-f]{32}$");
    if let Some(id) = fields.required_text_of(id, hexadecimal, sink) {
        if id.value.len() == 32 && id.value.bytes().all(|b| b.is_ascii_hexdigit()) {
            settings.workspace_id = id.value.to_ascii_lowercase();
        } else {
            sink.invalid(id.span, "`workspace` is an id of 32 hexadecimal digits");
        }
    }
    let organisation = key("organisation", "Whose policies these are.");
    match fields.mapping(organisation, sink, read_organisation) {
        Some(organisation) => settings.organisation = organisation,
        None => fields.missing("organisation", "add `organisation: { name: … }`", sink),
    }
    let demo = key("demo", "Whether all this is fictional, which every output says then.");
    settings.is_demo = fields.flag(demo, sink).is_some_and(|flag| flag.value);
    let today = key("today", "The day for which every state is computed, for demonstrations only.");
    settings.today = fields.date(today, sink);
    if let Some(today) = &settings.today
        && !settings.is_demo
    {
        let message = format!("every state is computed for {}, whatever the day", today.value);
        let diagnostic = Diagnostic::new(&today_pinned::RULE, sink.place(today.span), message)
            .help("remove `today:`, or say `demo: true` if this is a demonstration");
        sink.report(diagnostic);
    }
    let zone = key("time_zone", "Where days begin and end: `Europe/Paris`. UTC if not given.");
    if let Some(zone) = fields.text(zone, sink) {
        if jiff::tz::TimeZone::get(&zone.value).is_ok() {
            settings.time_zone = zone.value;
        } else {
            sink.invalid(
                zone.span,
                format!("`{}` is no time zone; write for example `Europe/Dublin`", zone.value),
            );
        }
    }
    let language = key("language", "The language of the texts: `en-GB`. `en` if not given.");
    if let Some(language) = fields.text(language, sink) {
        settings.language = language.value;
    }
    let paper = key("paper", "The paper of PDFs; `a4` if not given.");
    if let Some(paper) = fields.word(paper, &["a4", "us-letter", "letter"], parse_paper, sink) {
        settings.paper = paper.value;
    }
    let sites = key("sites", "Where the two sites will be served.");
    fields.mapping(sites, sink, |sites, sink| {
        settings.handbook_url = url(key("handbook", "The address of the handbook."), sites, sink);
        settings.trust_url = url(key("trust", "The address of the trust center."), sites, sink);
    });
    let frameworks = key(
        "frameworks",
        "Ids of the frameworks that are loaded, in order: built-in ones (`soc2`, `iso27001`, \
         `nist-csf`, `hipaa`, `gdpr`) and those of `content/frameworks`.",
    );
    settings.frameworks = fields.texts(frameworks, sink);
    let engagements = key("engagements", "Examinations, past and coming.");
    settings.engagements = fields.list(engagements, "engagement", sink, engagement);
    let exclusions = key("exclusions", "Requirements that do not apply, each with the reason.");
    settings.exclusions = fields.list(exclusions, "exclusion", sink, exclusion);
    let review = key("review", "When documents are reviewed.");
    fields.mapping(review, sink, |review, sink| {
        let cycle =
            key("cycle", "The interval of documents that state none; 12 months if not given.");
        if let Some(cycle) = review.cadence(cycle, sink) {
            settings.review_cycle = cycle.value;
        }
        let grace = key("grace", "How long after its day a review is not yet overdue; none.");
        settings.review_grace = review.cadence(grace, sink).map(|grace| grace.value);
        let due_soon =
            key("due_soon", "How long before its day a review is due soon; 30 days if not given.");
        if let Some(due_soon) = review.cadence(due_soon, sink) {
            settings.due_soon = due_soon.value;
        }
    });
    let acknowledgements = key(
        "acknowledgements",
        "Who must accept which documents, the general first: of the lines that are for a document \
         and a person, the last counts.",
    );
    settings.acknowledgements =
        fields.list(acknowledgements, "demand", sink, acknowledgement::demand);
    let publish = key("publish", "What may be published.");
    settings.publish = fields.mapping(publish, sink, read_publish).unwrap_or_default();
    let never = key("never_publish", "Words that must not occur in any public byte.");
    settings.never_publish = fields.texts(never, sink);
    let contacts = key("contacts", "Where to write.");
    fields.mapping(contacts, sink, |contacts, sink| {
        let security = key("security", "Where to report a fault: an e-mail or web address.");
        settings.security_contact = contacts.text(security, sink).map(|text| text.value);
        let privacy = key("privacy", "Where to ask about personal data.");
        settings.privacy_contact = contacts.text(privacy, sink).map(|text| text.value);
    });
    let security_txt =
        key("security_txt", "What `security.txt` says besides the contact (RFC 9116).");
    settings.security_txt = fields.mapping(security_txt, sink, read_security_txt).flatten();
    let theme =
        key("theme", "The name of the theme, a folder in `themes/`; `default` if not given.");
    if let Some(theme) = fields.text(theme, sink) {
        settings.theme = theme;
    }
    settings.levels = read_levels(fields, rules, sink);
    settings.facts = facts(fields, &settings, sink);
    settings
}

fn read_organisation(fields: &mut Fields<'_>, sink: &mut Sink) -> Organisation {
    let name = fields.required_text(key("name", "The name that people use."), sink);
    let name = name.map(|text| text.value).unwrap_or_default();
    let legal_name = key("legal_name", "The name in contracts; `name` if not given.");
    let legal_name = fields.text(legal_name, sink).map_or_else(|| name.clone(), |text| text.value);
    let url = url(key("url", "Its web site."), fields, sink);
    let description = fields.text(key("description", "What it does, in a sentence."), sink);
    let description = description.map(|text| text.value).unwrap_or_default();
    Organisation { name, legal_name, url, description }
}

fn url(key: Key, fields: &mut Fields<'_>, sink: &mut Sink) -> Option<String> {
    let address = Shape::Pattern("web address", r#"^https?://[^ "<\\]+$"#);
    let text = fields.text_of(key, address, sink)?;
    let has_host = ["https://", "http://"].iter().any(|scheme| {
        text.value
            .strip_prefix(scheme)
            .is_some_and(|rest| !rest.is_empty() && !rest.contains([' ', '"', '<', '\\']))
    });
    if has_host {
        return Some(text.value.trim_end_matches('/').to_owned());
    }
    let message = format!("`{}` is a web address that begins with `https://`", key.name);
    sink.invalid(text.span, message);
    None
}

fn parse_paper(word: &str) -> Option<Paper> {
    match word {
        "a4" => Some(Paper::A4),
        "us-letter" | "letter" => Some(Paper::UsLetter),
        _ => None,
    }
}

/// Reads `period: { from: …, until: … }`.
pub(crate) fn period(
    about: &'static str,
    fields: &mut Fields<'_>,
    sink: &mut Sink,
) -> Option<(Spanned<Date>, Spanned<Date>)> {
    let (from, until, span) = fields.mapping(key("period", about), sink, |period, sink| {
        let from = period.date(key("from", "The first day."), sink);
        let until = period.date(key("until", "The last day.").or(&["to"]), sink);
        (from, until, period.span())
    })?;
    match (from, until) {
        (Some(from), Some(until)) if from.value <= until.value => Some((from, until)),
        (Some(_), Some(_)) => {
            sink.invalid(span, "a period ends on or after the day on which it begins");
            None
        }
        _ => None,
    }
}

fn read_security_txt(fields: &mut Fields<'_>, sink: &mut Sink) -> Option<SecurityTxt> {
    let expires = fields.date(key("expires", "The last day on which it may be used."), sink);
    if expires.is_none() {
        fields.missing("expires", "add the last day on which it may be used", sink);
    }
    let policy = url(key("policy", "Where the disclosure policy stands."), fields, sink);
    let languages = key("languages", "Languages in which you answer: `[en, de]`.");
    let languages = fields.texts(languages, sink).into_iter().map(|text| text.value).collect();
    Some(SecurityTxt { expires: expires?, policy, languages })
}

fn engagement(fields: &mut Fields<'_>, sink: &mut Sink) -> Option<Engagement> {
    let id = fields.required_id("Stable and unique.", sink);
    let framework = key("framework", "The id of the framework that it is about.");
    let framework = fields.required_text(framework, sink);
    let parse_type = |word: &str| match word {
        "1" | "i" => Some(1),
        "2" | "ii" => Some(2),
        _ => None,
    };
    let report_type = key("type", "For SOC examinations: 1 for a day, 2 for a period.");
    let report_type = fields.word(report_type, &["1", "2", "i", "ii"], parse_type, sink);
    let period = period("The first and last day that it is about.", fields, sink);
    let date = fields.date(key("date", "The day that it is about, where it has no period."), sink);
    let auditor = fields.text(key("auditor", "Who examines."), sink).map(|text| text.value);
    let categories = key("categories", "The categories in scope; all if not given.");
    let categories = fields.texts(categories, sink);
    Some(Engagement {
        id: id?,
        framework: framework?,
        report_type: report_type.map(|it| it.value),
        period: period.map(|(from, until)| (from.value, until.value)),
        date: date.map(|date| date.value),
        auditor,
        categories,
    })
}

fn exclusion(fields: &mut Fields<'_>, sink: &mut Sink) -> Option<Exclusion> {
    let framework = fields.required_text(key("framework", "The id of the framework."), sink);
    let requirement = fields.required_text(key("requirement", "The id of the requirement."), sink);
    let reason = fields.required_text(key("reason", "Why it does not apply."), sink);
    fields.date(key("approved_on", "The day on which that was decided."), sink);
    let entry = fields.entry(not_covered(EXCLUSION));
    let (framework, requirement) = (framework?, requirement?);
    let place = sink.place(requirement.span);
    Some(Exclusion { framework, requirement, reason: reason?.value, entry, place })
}

fn read_publish(fields: &mut Fields<'_>, sink: &mut Sink) -> Publish {
    let trust_center = key("trust_center", "The switch: without it there is no trust center.");
    let trust_center = fields.flag(trust_center, sink).is_some_and(|flag| flag.value);
    let parse_requires = |word: &str| match word {
        "recorded" => Some(PublishRequires::Recorded),
        "signed" => Some(PublishRequires::Signed),
        _ => None,
    };
    let requires = key(
        "requires",
        "What a document needs before its text may be public: an approval that is written down, \
         which is enough if not given, or one whose signature verifies.",
    );
    let requires = fields.word(requires, &["recorded", "signed"], parse_requires, sink);
    let parse_lapsed = |word: &str| match word {
        "keep" => Some(Lapsed::Keep),
        "under-review" => Some(Lapsed::UnderReview),
        _ => None,
    };
    let lapsed = key(
        "lapsed",
        "What happens to a public document whose review has lapsed: it stays, which is so if not \
         given, or its row says that it is under review.",
    );
    let lapsed = fields.word(lapsed, &["keep", "under-review"], parse_lapsed, sink);
    Publish {
        trust_center,
        requires: requires.map(|word| word.value).unwrap_or_default(),
        lapsed: lapsed.map(|word| word.value).unwrap_or_default(),
    }
}

/// The words for levels, from the lowest to the highest.
const LEVELS: [&str; 4] = ["off", "note", "warning", "error"];

fn read_levels(
    fields: &mut Fields<'_>,
    rules: &[&'static Rule],
    sink: &mut Sink,
) -> Vec<(String, Level)> {
    let described = |rule: &&'static Rule| {
        let is_allowed =
            |word: &&'static str| !rule.fixed || Level::parse(word) >= Some(rule.level);
        let words = LEVELS.into_iter().filter(is_allowed).collect();
        let key = key(rule.name, rule.summary);
        Described { key, shape: Shape::Words(words), is_required: false }
    };
    let shape =
        || Shape::Mapping(Mapping { noun: "rules", keys: rules.iter().map(described).collect() });
    let levels = key("rules", "Levels of rules that are not to be as `avouch explain` says.");
    let mut read = Vec::new();
    for entry in fields.free(levels, "rules", shape, sink) {
        let Some(rule) = rules.iter().find(|rule| rule.name == entry.key.value) else {
            let message = format!("there is no rule `{}`", entry.key.value);
            let diagnostic =
                Diagnostic::new(&invalid_value::RULE, sink.place(entry.key.span), message)
                    .nearest(&entry.key.value, rules.iter().map(|rule| rule.name));
            sink.report(diagnostic);
            continue;
        };
        let Some(word) = text(&entry.value, "level", sink) else { continue };
        let Some(level) = Level::parse(&word.value) else {
            sink.invalid(word.span, format!("`{}` is none of {}", word.value, quoted(&LEVELS)));
            continue;
        };
        if rule.fixed && level < rule.level {
            let message = format!("the level of `{}` cannot be lowered", rule.name);
            let diagnostic =
                Diagnostic::new(&invalid_value::RULE, sink.place(entry.key.span), message)
                    .help("mend what it reports; `avouch explain` says why");
            sink.report(diagnostic);
            continue;
        }
        read.push((rule.name.to_owned(), level));
    }
    read
}

/// Collects the declared facts and the ones that every workspace has.
fn facts(fields: &mut Fields<'_>, settings: &Settings, sink: &mut Sink) -> Vec<Fact> {
    let known = [
        ("organisation.name", Some(&settings.organisation.name)),
        ("organisation.legal_name", Some(&settings.organisation.legal_name)),
        ("organisation.url", settings.organisation.url.as_ref()),
        ("organisation.description", Some(&settings.organisation.description)),
        ("contacts.security", settings.security_contact.as_ref()),
        ("contacts.privacy", settings.privacy_contact.as_ref()),
    ];
    let mut facts: Vec<Fact> = known
        .into_iter()
        .filter_map(|(path, text)| {
            let text = text?.clone();
            Some(Fact { path: path.to_owned(), text, disclosure: Disclosure::Public, place: None })
        })
        .collect();
    let declared = key(
        "facts",
        "Values that texts use by name, `{{ facts.rto }}`: a text, a mapping with `value:`, or a \
         group of such.",
    );
    let shape = || {
        let leaf = Fields::describe(&NOTHING, "fact", leaf);
        Shape::Tree(Box::new(Shape::Either(Box::new((Shape::Text, Shape::Mapping(leaf))))))
    };
    for entry in fields.free(declared, "facts", shape, sink) {
        fact(&format!("facts.{}", entry.key.value), &entry.value, &mut facts, sink);
    }
    facts.sort_by(|a, b| a.path.cmp(&b.path));
    facts
}

fn fact(path: &str, node: &Node, facts: &mut Vec<Fact>, sink: &mut Sink) {
    let place = Some(sink.place(node.span));
    let is_leaf = node.entries().iter().any(|entry| entry.key.value == "value");
    match &node.kind {
        NodeKind::Scalar { text, .. } => {
            let text = text.trim().to_owned();
            facts.push(Fact {
                path: path.to_owned(),
                text,
                disclosure: Disclosure::Withheld,
                place,
            });
        }
        NodeKind::Map(_) if is_leaf => {
            let Some(leaf) = Fields::read(node, "fact", sink, leaf) else { return };
            let (value, unit, disclosure) = leaf;
            let text =
                unit.as_ref().map_or_else(|| value.clone(), |unit| format!("{value} {unit}"));
            facts.push(Fact { path: path.to_owned(), text, disclosure, place: place.clone() });
            facts.push(Fact {
                path: format!("{path}.value"),
                text: value,
                disclosure,
                place: place.clone(),
            });
            if let Some(unit) = unit {
                facts.push(Fact { path: format!("{path}.unit"), text: unit, disclosure, place });
            }
        }
        NodeKind::Map(entries) => {
            for entry in entries {
                fact(&format!("{path}.{}", entry.key.value), &entry.value, facts, sink);
            }
        }
        NodeKind::Null | NodeKind::List(_) => {
            sink.lost.insert(path.to_ascii_lowercase());
            sink.invalid(node.span, format!("`{path}` has no value"));
        }
    }
}

/// Reads a fact that says more than its value: value, unit, and who may see it.
fn leaf(fields: &mut Fields<'_>, sink: &mut Sink) -> (String, Option<String>, Disclosure) {
    let value = fields.required_text(key("value", "The value: `24`."), sink);
    let unit = fields.text(key("unit", "What stands after it: `hours`."), sink);
    let disclosure = fields.disclosure(sink);
    (value.map(|text| text.value).unwrap_or_default(), unit.map(|text| text.value), disclosure)
}
