//! The trust center's files for machines, as text.
//!
//! Each function takes what the plan decided and returns the whole file. They know the formats'
//! rules of escaping and nothing else; the same value gives the same bytes.

mod feed;
mod list;

use std::fmt::Write as _;

use crate::plan::view::trust::{LlmsTxt, SecurityTxt, SitemapEntry};

pub use feed::{atom, json_feed};
pub use list::{subprocessors_csv, subprocessors_json};

/// Returns `.well-known/security.txt` (RFC 9116).
#[must_use]
pub fn security_txt(view: &SecurityTxt) -> String {
    let mut text = String::new();
    for contact in &view.contacts {
        field(&mut text, "Contact", contact);
    }
    field(&mut text, "Expires", &end_of_day(&view.expires_on));
    if !view.languages.is_empty() {
        field(&mut text, "Preferred-Languages", &view.languages.join(", "));
    }
    for canonical in &view.canonical {
        field(&mut text, "Canonical", canonical);
    }
    if let Some(policy) = &view.policy {
        field(&mut text, "Policy", policy);
    }
    text
}

/// Returns `robots.txt`. Pages that hide from search may still be read by crawlers, as each
/// carries its own `noindex`, which a crawler that is kept out never sees.
#[must_use]
pub fn robots_txt(sitemap_url: Option<&str>) -> String {
    let mut text = "User-agent: *\nDisallow:\n".to_owned();
    if let Some(url) = sitemap_url {
        text.push('\n');
        field(&mut text, "Sitemap", url);
    }
    text
}

/// Returns `sitemap.xml`.
#[must_use]
pub fn sitemap_xml(entries: &[SitemapEntry]) -> String {
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
                    <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
        .to_owned();
    for entry in entries {
        text.push_str("<url>");
        element(&mut text, "loc", &entry.url);
        if let Some(day) = &entry.changed_on {
            element(&mut text, "lastmod", day);
        }
        text.push_str("</url>\n");
    }
    text.push_str("</urlset>\n");
    text
}

/// Returns `llms.txt`.
#[must_use]
pub fn llms_txt(view: &LlmsTxt) -> String {
    let mut text = format!("# {}\n\n> {}\n", one_line(&view.title), one_line(&view.summary));
    for note in &view.notes {
        text.push('\n');
        text.push_str(&one_line(note));
        text.push('\n');
    }
    for section in &view.sections {
        text.push_str("\n## ");
        text.push_str(&one_line(&section.title));
        text.push_str("\n\n");
        for link in &section.links {
            let words = one_line(&link.text).replace('[', "\\[").replace(']', "\\]");
            // Writing to a string cannot fail.
            let _ = write!(text, "- [{words}]({})", link.url.replace(')', "%29"));
            if !link.note.is_empty() {
                text.push_str(": ");
                text.push_str(&one_line(&link.note));
            }
            text.push('\n');
        }
    }
    text
}

/// What pages may load: the site's own files and nothing else. The block of JSON-LD is data, which
/// no policy stops.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
                      img-src 'self' data:; form-action 'none'; base-uri 'none'";

/// Returns the policy of a preview: that of published pages, and that they may ask the preview for
/// news.
#[must_use]
pub fn preview_policy() -> String {
    format!("{POLICY}; frame-ancestors 'none'; connect-src 'self'")
}

/// Returns `_headers` for hosts that read it (Netlify, Cloudflare Pages).
#[must_use]
pub fn headers(is_hidden_from_search: bool) -> String {
    let policy = format!(
        "{POLICY}; frame-ancestors 'none'; require-trusted-types-for 'script'; \
         upgrade-insecure-requests"
    );
    let mut everywhere = vec![
        ("Content-Security-Policy", policy.as_str()),
        ("Strict-Transport-Security", "max-age=63072000"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "no-referrer"),
        (
            "Permissions-Policy",
            "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
        ),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ];
    if is_hidden_from_search {
        everywhere.push(("X-Robots-Tag", "noindex"));
    }
    let mut text = "/*\n".to_owned();
    for (name, value) in everywhere {
        text.push_str("  ");
        field(&mut text, name, value);
    }
    for (path, media_type) in [
        ("/.well-known/security.txt", "text/plain; charset=utf-8"),
        ("/llms.txt", "text/plain; charset=utf-8"),
        ("/subprocessors.atom", "application/atom+xml; charset=utf-8"),
        ("/subprocessors.csv", "text/csv; charset=utf-8"),
        ("/updates.atom", "application/atom+xml; charset=utf-8"),
        ("/updates.json", "application/feed+json"),
    ] {
        text.push_str(path);
        text.push_str("\n  ");
        field(&mut text, "Content-Type", media_type);
    }
    text
}

/// Adds a line `Name: value`; the value cannot start a line of its own.
fn field(text: &mut String, name: &str, value: &str) {
    text.push_str(name);
    text.push_str(": ");
    text.push_str(&one_line(value));
    text.push('\n');
}

/// Adds an XML element that holds text.
fn element(text: &mut String, name: &str, content: &str) {
    // Writing to a string cannot fail.
    let _ = write!(text, "<{name}>{}</{name}>", xml(content));
}

/// Returns the text on one line, runs of white space as one space.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the text as XML content or as the value of an attribute, without the characters that
/// XML 1.0 has no form for.
fn xml(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' => escaped.push(character),
            '\u{0}'..='\u{1f}' | '\u{7f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => escaped.push(character),
        }
    }
    escaped
}

/// Returns the first moment of a day (RFC 3339).
fn start_of_day(day: &str) -> String {
    format!("{day}T00:00:00Z")
}

/// Returns the last second of a day (RFC 3339).
fn end_of_day(day: &str) -> String {
    format!("{day}T23:59:59Z")
}

#[cfg(test)]
pub(super) use tests::sample;

#[cfg(test)]
mod tests;
