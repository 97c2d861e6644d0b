//! `content/workspace.yaml` to [`Settings`].

use jiff::civil::Date;

use super::fields::{Fields, Sink, quoted, text};
use super::rules::{invalid_value, today_pinned};
use super::yaml::{Node, NodeKind};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::disclosure::Disclosure;
use crate::model::settings::{
    Engagement, Exclusion, Fact, Lapsed, Organisation, Paper, Publish, PublishRequires,
    SecurityTxt, Settings,
};
use crate::span::Spanned;

/// Reads the settings. `rules` are the rules whose levels may be set.
pub(crate) fn read(root: &Node, rules: &[&'static Rule], sink: &mut Sink) -> Settings {
    let mut settings = Settings::of(sink.path());
    let Some(mut fields) = Fields::open(root, "workspace", sink) else { return settings };

    if let Some(id) = fields.required_text(&["workspace"], sink) {
        if id.value.len() == 32 && id.value.bytes().all(|b| b.is_ascii_hexdigit()) {
            settings.workspace_id = id.value.to_ascii_lowercase();
        } else {
            sink.invalid(id.span, "`workspace` is an id of 32 hexadecimal digits");
        }
    }
    match fields.fields("organisation", sink) {
        Some(organisation) => settings.organisation = read_organisation(organisation, sink),
        None => fields.missing("organisation", "add `organisation: { name: … }`", sink),
    }
    settings.is_demo = fields.flag("demo", sink).is_some_and(|flag| flag.value);
    settings.today = fields.date(&["today"], sink);
    if let Some(today) = &settings.today
        && !settings.is_demo
    {
        let message = format!("every state is computed for {}, whatever the day", today.value);
        let diagnostic = Diagnostic::new(&today_pinned::RULE, sink.place(today.span), message)
            .help("remove `today:`, or say `demo: true` if this is a demonstration");
        sink.report(diagnostic);
    }
    if let Some(zone) = fields.text(&["time_zone"], sink) {
        if jiff::tz::TimeZone::get(&zone.value).is_ok() {
            settings.time_zone = zone.value;
        } else {
            sink.invalid(
                zone.span,
                format!("`{}` is no time zone; write for example `Europe/Dublin`", zone.value),
            );
        }
    }
    if let Some(language) = fields.text(&["language"], sink) {
        settings.language = language.value;
    }
    if let Some(paper) = fields.word(&["paper"], parse_paper, &["a4", "us-letter"], sink) {
        settings.paper = paper.value;
    }
    if let Some(mut sites) = fields.fields("sites", sink) {
        settings.handbook_url = url(&mut sites, "handbook", sink);
        settings.trust_url = url(&mut sites, "trust", sink);
        sites.finish(sink);
    }
    settings.frameworks = fields.texts(&["frameworks"], sink);
    let engagements = fields.list("engagements", sink);
    settings.engagements =
        engagements.into_iter().filter_map(|node| engagement(node, sink)).collect();
    let exclusions = fields.list("exclusions", sink);
    settings.exclusions = exclusions.into_iter().filter_map(|node| exclusion(node, sink)).collect();
    if let Some(mut review) = fields.fields("review", sink) {
        if let Some(cycle) = review.cadence(&["cycle"], sink) {
            settings.review_cycle = cycle.value;
        }
        if let Some(due_soon) = review.cadence(&["due_soon"], sink) {
            settings.due_soon = due_soon.value;
        }
        review.finish(sink);
    }
    if let Some(publish) = fields.fields("publish", sink) {
        settings.publish = read_publish(publish, sink);
    }
    settings.never_publish = fields.texts(&["never_publish"], sink);
    if let Some(mut contacts) = fields.fields("contacts", sink) {
        settings.security_contact = contacts.text(&["security"], sink).map(|text| text.value);
        settings.privacy_contact = contacts.text(&["privacy"], sink).map(|text| text.value);
        contacts.finish(sink);
    }
    if let Some(mut security) = fields.fields("security_txt", sink) {
        let expires = security.date(&["expires"], sink);
        let policy = url(&mut security, "policy", sink);
        let languages =
            security.texts(&["languages"], sink).into_iter().map(|text| text.value).collect();
        match expires {
            Some(expires) => {
                settings.security_txt = Some(SecurityTxt { expires, policy, languages });
            }
            None => security.missing("expires", "add the last day on which it may be used", sink),
        }
        security.finish(sink);
    }
    if let Some(theme) = fields.text(&["theme"], sink) {
        settings.theme = theme.value;
    }
    settings.levels = read_levels(&mut fields, rules, sink);
    settings.facts = facts(&mut fields, &settings, sink);
    fields.finish(sink);
    settings
}

fn read_organisation(mut fields: Fields<'_>, sink: &mut Sink) -> Organisation {
    let name = fields.required_text(&["name"], sink).map(|text| text.value).unwrap_or_default();
    let legal_name =
        fields.text(&["legal_name"], sink).map_or_else(|| name.clone(), |text| text.value);
    let url = url(&mut fields, "url", sink);
    let description =
        fields.text(&["description"], sink).map(|text| text.value).unwrap_or_default();
    fields.finish(sink);
    Organisation { name, legal_name, url, description }
}

fn url(fields: &mut Fields<'_>, name: &'static str, sink: &mut Sink) -> Option<String> {
    let text = fields.text(&[name], sink)?;
    let has_host = ["https://", "http://"].iter().any(|scheme| {
        text.value
            .strip_prefix(scheme)
            .is_some_and(|rest| !rest.is_empty() && !rest.contains([' ', '"', '<', '\\']))
    });
    if has_host {
        return Some(text.value.trim_end_matches('/').to_owned());
    }
    sink.invalid(text.span, format!("`{name}` is a web address that begins with `https://`"));
    None
}

fn parse_paper(word: &str) -> Option<Paper> {
    match word {
        "a4" => Some(Paper::A4),
        "us-letter" | "letter" => Some(Paper::UsLetter),
        _ => None,
    }
}

/// Reads `{ from: …, until: … }`.
pub(crate) fn period(
    fields: &mut Fields<'_>,
    sink: &mut Sink,
) -> Option<(Spanned<Date>, Spanned<Date>)> {
    let mut period = fields.fields("period", sink)?;
    let from = period.date(&["from"], sink);
    let until = period.date(&["until", "to"], sink);
    let span = period.span();
    period.finish(sink);
    match (from, until) {
        (Some(from), Some(until)) if from.value <= until.value => Some((from, until)),
        (Some(_), Some(_)) => {
            sink.invalid(span, "a period ends on or after the day on which it begins");
            None
        }
        _ => None,
    }
}

fn engagement(node: &Node, sink: &mut Sink) -> Option<Engagement> {
    let mut fields = Fields::open(node, "engagement", sink)?;
    let id = fields.required_id(sink);
    let framework = fields.required_text(&["framework"], sink);
    let types = &["1", "2"];
    let parse_type = |word: &str| match word {
        "1" | "i" => Some(1),
        "2" | "ii" => Some(2),
        _ => None,
    };
    let report_type = fields.word(&["type"], parse_type, types, sink).map(|it| it.value);
    let period = period(&mut fields, sink).map(|(from, until)| (from.value, until.value));
    let date = fields.date(&["date"], sink).map(|date| date.value);
    let auditor = fields.text(&["auditor"], sink).map(|text| text.value);
    let categories = fields.texts(&["categories"], sink);
    fields.finish(sink);
    Some(Engagement {
        id: id?,
        framework: framework?,
        report_type,
        period,
        date,
        auditor,
        categories,
    })
}

fn exclusion(node: &Node, sink: &mut Sink) -> Option<Exclusion> {
    let mut fields = Fields::open(node, "exclusion", sink)?;
    let framework = fields.required_text(&["framework"], sink);
    let requirement = fields.required_text(&["requirement"], sink);
    let reason = fields.required_text(&["reason"], sink);
    fields.date(&["approved_on"], sink);
    fields.finish(sink);
    Some(Exclusion { framework: framework?, requirement: requirement?, reason: reason?.value })
}

fn read_publish(mut fields: Fields<'_>, sink: &mut Sink) -> Publish {
    let trust_center = fields.flag("trust_center", sink).is_some_and(|flag| flag.value);
    let parse_requires = |word: &str| match word {
        "recorded" => Some(PublishRequires::Recorded),
        "signed" => Some(PublishRequires::Signed),
        _ => None,
    };
    let requires = fields.word(&["requires"], parse_requires, &["recorded", "signed"], sink);
    let parse_lapsed = |word: &str| match word {
        "keep" => Some(Lapsed::Keep),
        "under-review" => Some(Lapsed::UnderReview),
        _ => None,
    };
    let lapsed = fields.word(&["lapsed"], parse_lapsed, &["keep", "under-review"], sink);
    fields.finish(sink);
    Publish {
        trust_center,
        requires: requires.map(|word| word.value).unwrap_or_default(),
        lapsed: lapsed.map(|word| word.value).unwrap_or_default(),
    }
}

fn read_levels(
    fields: &mut Fields<'_>,
    rules: &[&'static Rule],
    sink: &mut Sink,
) -> Vec<(String, Level)> {
    let Some(mut levels) = fields.fields("rules", sink) else { return Vec::new() };
    let mut read = Vec::new();
    for entry in levels.take_rest() {
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
            let words = ["off", "note", "warning", "error"];
            sink.invalid(word.span, format!("`{}` is none of {}", word.value, quoted(&words)));
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
    if let Some(mut declared) = fields.fields("facts", sink) {
        for entry in declared.take_rest() {
            fact(&format!("facts.{}", entry.key.value), &entry.value, &mut facts, sink);
        }
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
            let Some(mut fields) = Fields::open(node, "fact", sink) else { return };
            let value =
                fields.required_text(&["value"], sink).map(|text| text.value).unwrap_or_default();
            let unit = fields.text(&["unit"], sink).map(|text| text.value);
            let disclosure = fields
                .word(&["disclosure"], Disclosure::parse, Disclosure::WORDS, sink)
                .map_or(Disclosure::Withheld, |word| word.value);
            fields.finish(sink);
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
