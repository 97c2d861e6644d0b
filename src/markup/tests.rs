use super::{Destination, Pages, body, escape};
use crate::model::body::Resolved;
use crate::model::link::{Link, Target};
use crate::parse::markdown::{Options, read};
use crate::resolve;

struct Site;

impl Pages<Resolved> for Site {
    fn link(&self, link: &Link) -> Option<Destination<'_>> {
        let Target::Web(href) = &link.target else { return None };
        let external = href.starts_with("http");
        let title = format!("Title of {href}");
        Some(Destination { href: href.clone().into(), title: title.into(), external })
    }

    fn image(&self, image: &Link) -> Option<std::borrow::Cow<'_, str>> {
        let Target::Web(href) = &image.target else { return None };
        Some(href.clone().into())
    }
}

fn html(text: &str) -> String {
    let read = read(text, &Options { numbering: true });
    let targets: Vec<_> = read
        .outline
        .references
        .iter()
        .map(|mention| Target::Web(mention.reference.target.clone()))
        .collect();
    let resolved = resolve::body::body(
        read.body,
        &|slot| targets[slot as usize].clone(),
        &|path| (path == "facts.rto").then(|| "4 hours".to_owned()),
    );
    body(&resolved, &Site, &|_, text| {
        let mut out = String::new();
        escape(text, &mut out);
        out
    })
}

#[test]
fn print() {
    let path = std::env::var("MD").unwrap();
    let text = std::fs::read_to_string(path).unwrap();
    println!("{}", html(&text));
    let read = read(&text, &Options { numbering: true });
    for fault in &read.faults {
        println!("{:?} {:?}", fault, &text.get(fault.span.range()));
    }
    println!("{:#?}", read.outline.clauses);
    println!("{:#?}", read.outline.references);
    println!("{:?}", read.outline.anchors);
    println!("{:?}", read.outline.variables);
}
