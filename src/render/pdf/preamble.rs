//! The facts of a document as the argument of the template's `report`.

use std::fmt::Write as _;

use super::literal;
use super::source::{Contents, Writer};
use super::{Approvals, PdfDocument};
use crate::model::body::Stage;
use crate::model::settings::Paper;

/// Writes everything that stands before the body.
pub(super) fn write<'a, S: Stage>(
    writer: &mut Writer<'a, S>,
    document: &'a PdfDocument,
    contents: Contents,
) {
    let PdfDocument {
        organisation,
        id,
        title,
        version,
        kind_word,
        classification,
        facts,
        approvals,
        revisions,
        language,
        paper,
        brand,
        notice,
        footer_left,
        date,
        verify_text,
        base_url,
    } = document;
    writer.set_base_url(base_url.as_deref());
    writer.out.push_str("#import \"/template.typ\": *\n#show: report.with((\n");
    field(writer, "organisation", organisation);
    field(writer, "title", title);
    field(writer, "short-title", &short(&format!("{id} {title}")));
    field(writer, "classification", classification);
    field(writer, "footer", footer_left);
    let version = version.as_ref().map(|version| format!("Version {version}"));
    let kicker: Vec<&str> =
        [Some(kind_word.as_str()), Some(id), version.as_deref()].into_iter().flatten().collect();
    field(writer, "kicker", &kicker.join(" \u{b7} "));
    field(writer, "description", &kicker.join(", "));
    match notice {
        Some(notice) => field(writer, "notice", notice),
        None => writer.out.push_str("notice: none,\n"),
    }
    let (language, region) = locale(language);
    let date = date.unwrap_or(jiff::civil::date(2000, 1, 1));
    let [red, green, blue] = brand;
    let paper = match paper {
        Paper::A4 => "a4",
        Paper::UsLetter => "us-letter",
    };
    let _infallible = write!(
        writer.out,
        "keywords: {},\nlanguage: {language},\nregion: {region},\npaper: \"{paper}\",\n\
         brand: rgb({red}, {green}, {blue}),\ndate: ({}, {}, {}),\ncontents: {},\n\
         contents-whole: {},\ncontents-short: {},\n",
        literal::array([id.as_str(), kind_word, classification]),
        date.year(),
        date.month(),
        date.day(),
        contents.depth,
        contents.is_whole,
        contents.is_short,
    );
    writer.out.push_str("facts: (");
    for (label, value) in facts {
        writer.out.push('(');
        writer.literal(label);
        writer.out.push_str(", ");
        writer.literal(value);
        writer.out.push_str("), ");
    }
    writer.out.push_str("),\napprovals: ");
    write_approvals(writer, approvals);
    writer.out.push_str(",\nrevisions: (");
    for revision in revisions {
        writer.out.push('(');
        field(writer, "version", &revision.version);
        field(writer, "date", &revision.date);
        field(writer, "kind", &revision.kind);
        field(writer, "summary", &revision.summary);
        field(writer, "authors", &revision.authors);
        field(writer, "approvers", &revision.approvers);
        writer.out.push_str("), ");
    }
    writer.out.push_str("),\nverification: (");
    write_verification(writer, verify_text);
    writer.out.push_str("),\n))\n\n");
}

fn write_approvals<S: Stage>(writer: &mut Writer<'_, S>, approvals: &Approvals) {
    let approvals = match approvals {
        Approvals::Hidden => return writer.out.push_str("none"),
        Approvals::Shown(approvals) => approvals,
    };
    writer.out.push('(');
    for approval in approvals {
        writer.out.push('(');
        field(writer, "name", &approval.name);
        field(writer, "role", &approval.role);
        field(writer, "on", &approval.on);
        field(writer, "method", &approval.method);
        match &approval.fingerprint {
            Some(fingerprint) => field(writer, "fingerprint", fingerprint),
            None => writer.out.push_str("fingerprint: none"),
        }
        writer.out.push_str("), ");
    }
    writer.out.push(')');
}

fn write_verification<S: Stage>(writer: &mut Writer<'_, S>, paragraphs: &[String]) {
    for paragraph in paragraphs {
        let (is_command, text) = match paragraph.strip_prefix("$ ") {
            Some(command) => (true, command),
            None => (false, paragraph.as_str()),
        };
        let _infallible = write!(writer.out, "(command: {is_command}, ");
        field(writer, "text", text);
        writer.out.push_str("), ");
    }
}

fn field<S: Stage>(writer: &mut Writer<'_, S>, name: &str, value: &str) {
    writer.out.push_str(name);
    writer.out.push_str(": ");
    writer.literal(value);
    writer.out.push_str(",\n");
}

/// Splits a language tag into typst's language and region; what typst would refuse becomes English.
fn locale(tag: &str) -> (String, String) {
    let mut parts = tag.split(['-', '_']);
    let language = parts.next().unwrap_or_default().to_ascii_lowercase();
    let is_language =
        matches!(language.len(), 2 | 3) && language.chars().all(|c| c.is_ascii_lowercase());
    let region =
        parts.find(|part| part.len() == 2 && part.chars().all(|c| c.is_ascii_alphabetic()));
    (
        literal::of(if is_language { &language } else { "en" }),
        region.map_or("none".to_owned(), |region| literal::of(&region.to_ascii_uppercase())),
    )
}

/// Shortens what must fit on one line of the header.
fn short(title: &str) -> String {
    const LINE: usize = 64;
    if title.chars().count() <= LINE {
        return title.to_owned();
    }
    let cut: String = title.chars().take(LINE).collect();
    let words = cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words);
    format!("{}\u{2026}", words.trim_end_matches([',', ';', ':', '.']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_that_typst_refuses_become_english() {
        assert_eq!(locale("en-GB"), ("\"en\"".to_owned(), "\"GB\"".to_owned()));
        assert_eq!(locale("zh-Hant-TW"), ("\"zh\"".to_owned(), "\"TW\"".to_owned()));
        assert_eq!(locale("english"), ("\"en\"".to_owned(), "none".to_owned()));
    }

    #[test]
    fn long_titles_end_between_words() {
        assert_eq!(short("POL-AC Access"), "POL-AC Access");
        assert_eq!(
            short("POL-AC Procedure for everything, including what nobody has thought, of yet"),
            "POL-AC Procedure for everything, including what nobody has\u{2026}"
        );
    }
}
