//! Tests of bodies as HTML.

use std::borrow::Cow;

use super::{Destination, Pages, body, escape};
use crate::model::body::Resolved;
use crate::model::link::{Link, Target};
use crate::parse::markdown::{Options, read};
use crate::resolve;

struct Site;

impl Pages<Resolved> for Site {
    fn link(&self, link: &Link) -> Option<Destination<'_>> {
        let Target::Web(href) = &link.target else { return None };
        let title = Cow::Owned(format!("Title of {href}"));
        let external = href.starts_with("http");
        Some(Destination { href: Cow::Owned(href.clone()), title, external })
    }

    fn image(&self, image: &Link) -> Option<Cow<'_, str>> {
        let Target::Web(href) = &image.target else { return None };
        Some(Cow::Owned(format!("assets/{href}")))
    }
}

fn html(text: &str) -> String {
    let read = read(text, &Options { numbering: true });
    let target = |slot: u32| {
        let mention = &read.outline.references[usize::try_from(slot).unwrap()];
        match mention.reference.target.as_str() {
            "nowhere.md" => Target::Nowhere,
            target => Target::Web(target.to_owned()),
        }
    };
    let value = |path: &str| (path == "facts.rto").then(|| "4 <hours>".to_owned());
    let resolved = resolve::body::body(read.body, &target, &value);
    body(&resolved, &Site, &|language, text| {
        format!("[{}] {}", language.unwrap_or_default(), escape(text))
    })
}

#[test]
fn a_policy_becomes_accessible_html() {
    assert_eq!(html(include_str!("cases/policy.md")), include_str!("cases/policy.html"));
}

#[test]
fn nothing_gets_out_of_its_attribute_or_element() {
    assert_eq!(
        html("![\"><b>](x\"y) [a&b](<?q=\"&>) `<i>` &lt;s&gt; \u{1}\n\n```\"><x>\n</code>\n```\n"),
        "<p><img src=\"assets/x&quot;y\" alt=\"&quot;&gt;\" loading=\"lazy\"> \
         <a href=\"?q=&quot;&amp;\">a&amp;b</a> <code>&lt;i&gt;</code> &lt;s&gt; \u{fffd}</p>\n\
         <pre tabindex=\"0\"><code class=\"language-&quot;&gt;&lt;x&gt;\">\
         [\"><x>] &lt;/code&gt;</code></pre>\n"
    );
}

#[test]
fn links_never_nest() {
    assert_eq!(
        html(
            "<a href=\"https://a.example\">x [y](z) https://b.example</a>\n\n[a <a href=\"q\">b</a> [[C]]](d)"
        ),
        "<p><a class=\"external\" href=\"https://a.example\" rel=\"noopener noreferrer\">\
         x y https://b.example</a></p>\n<p>[a <a href=\"q\">b</a> <a href=\"C\">Title of C</a>](d)</p>\n"
    );
}
