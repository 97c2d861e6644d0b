//! Feeds: Atom 1.0 (RFC 4287) and JSON Feed 1.1.

use std::fmt::Write as _;

use serde_json::json;

use super::{element, one_line, start_of_day, xml};
use crate::plan::view::trust::Feed;

/// Returns a feed as Atom.
///
/// Writing to a string cannot fail, so the results of `writeln` are let go.
#[must_use]
pub fn atom(feed: &Feed) -> String {
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n",
        xml(&feed.language)
    );
    for (name, content) in [
        ("id", feed.id.as_str()),
        ("title", &one_line(&feed.title)),
        ("subtitle", &one_line(&feed.description)),
        ("updated", &start_of_day(&feed.updated_on)),
    ] {
        element(&mut text, name, content);
        text.push('\n');
    }
    author(&mut text, &feed.author);
    link(&mut text, "self", "application/atom+xml", &feed.atom_url);
    link(&mut text, "alternate", "text/html", &feed.page_url);
    for entry in &feed.entries {
        let moment = start_of_day(&entry.published_on);
        text.push_str("<entry>\n");
        for (name, content) in [
            ("id", entry.id.as_str()),
            ("title", &one_line(&entry.title)),
            ("published", &moment),
            ("updated", &moment),
        ] {
            element(&mut text, name, content);
            text.push('\n');
        }
        link(&mut text, "alternate", "text/html", &entry.url);
        let _ = writeln!(text, "<category term=\"{}\"/>", xml(&entry.category));
        let _ = writeln!(text, "<content type=\"text\">{}</content>", xml(&entry.text));
        text.push_str("</entry>\n");
    }
    text.push_str("</feed>\n");
    text
}

/// Returns a feed as JSON Feed.
#[must_use]
pub fn json_feed(feed: &Feed) -> String {
    let items: Vec<_> = feed
        .entries
        .iter()
        .map(|entry| {
            json!({
                "id": entry.id,
                "url": entry.url,
                "title": entry.title,
                "content_text": entry.text,
                "date_published": start_of_day(&entry.published_on),
                "tags": [entry.category],
            })
        })
        .collect();
    let mut value = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.description,
        "language": feed.language,
        "home_page_url": feed.page_url,
        "authors": [{ "name": feed.author }],
        "items": items,
    });
    if let Some(url) = &feed.json_url {
        value["feed_url"] = json!(url);
    }
    format!("{value:#}\n")
}

fn author(text: &mut String, name: &str) {
    text.push_str("<author>");
    element(text, "name", name);
    text.push_str("</author>\n");
}

fn link(text: &mut String, relation: &str, media_type: &str, url: &str) {
    let _ =
        writeln!(text, "<link rel=\"{relation}\" type=\"{media_type}\" href=\"{}\"/>", xml(url));
}
