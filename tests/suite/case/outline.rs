//! Bodies and the trust center as indented outlines.

use std::convert::Infallible;
use std::fmt::Write as _;

use avouch::edition::{PublicText, TrustCenter};
use avouch::model::body::{
    Block, BlockKind, Body, Delimiter, Disclosed, Inline, List, Marker, Numbering, Reference,
    Stage, VariableName, Written,
};
use avouch::model::link::{PublicLink, PublicTarget};

/// Writes the text of a document.
pub(super) fn body<S: Shown>(body: &Body<S>) -> String {
    let mut outline = Outline(String::new());
    outline.body(body, 0);
    outline.0
}

/// Writes everything that anyone may read.
pub(super) fn trust_center(trust_center: &TrustCenter) -> String {
    let mut outline = Outline(String::new());
    let texts = [("headline", trust_center.headline()), ("statement", trust_center.statement())];
    for (name, text) in texts.into_iter().filter_map(|(name, text)| Some((name, text.as_ref()?))) {
        outline.line(0, name);
        outline.body(text, 1);
    }
    for it in trust_center.documents() {
        outline.line(0, &format!("document {} \"{}\"", it.id().as_str(), it.title()));
        outline.fact("summary", it.summary().as_ref());
        outline.fact("owner", it.owner().as_ref());
        for (role, date) in it.approvals() {
            outline.line(1, &format!("approved by {role} on {date}"));
        }
        for revision in it.revisions() {
            outline.line(1, &format!("revision {}: {}", revision.version(), revision.summary()));
        }
        outline.body(it.body(), 1);
    }
    for it in trust_center.listed_documents() {
        let review = if *it.is_under_review() { ", under review" } else { "" };
        outline.line(0, &format!("listed {} \"{}\"{review}", it.id().as_str(), it.title()));
        outline.fact("summary", it.summary().as_ref());
    }
    for it in trust_center.controls() {
        outline.line(0, &format!("control {} \"{}\"", it.id().as_str(), it.title()));
        outline.fact("summary", it.summary().as_ref());
        for it in it.meets() {
            let extent = if *it.is_partial() { " in part" } else { "" };
            outline.line(1, &format!("meets {} {}{extent}", it.framework(), it.requirement()));
        }
    }
    for it in trust_center.attestations() {
        let (restricted, lapsed) = (
            if *it.is_public() { "" } else { ", on request" },
            if *it.is_lapsed() { ", lapsed" } else { "" },
        );
        outline.line(
            0,
            &format!("attestation {} \"{}\"{restricted}{lapsed}", it.id().as_str(), it.title()),
        );
        outline.fact("issuer", it.issuer().as_ref());
    }
    for it in trust_center.subprocessors() {
        outline.line(0, &format!("subprocessor {} \"{}\"", it.id().as_str(), it.name()));
        outline.fact("purpose", it.purpose().as_ref());
    }
    for it in trust_center.questions() {
        outline.line(0, &format!("question {} \"{}\"", it.id().as_str(), it.question()));
        outline.body(it.answer(), 1);
    }
    for it in trust_center.updates() {
        outline.line(0, &format!("update {} {} \"{}\"", it.id().as_str(), it.date(), it.title()));
        outline.body(it.text(), 1);
    }
    for it in trust_center.terms() {
        outline.line(0, &format!("term \"{}\"", it.term()));
        outline.body(it.definition(), 1);
    }
    for path in trust_center.files().keys() {
        outline.line(0, &format!("file {path}"));
    }
    outline.0
}

/// How the parts that differ between stages are written.
pub(super) trait Shown: Stage + Sized {
    /// Returns where a link leads.
    fn link(link: &Self::Link) -> String;
    /// Returns where an image comes from.
    fn image(image: &Self::Image) -> String;
    /// Returns the path of a variable.
    fn value(value: &Self::Value) -> &str;
    /// Returns the blocks that only staff may read.
    fn restricted(restricted: &Self::Restricted) -> &[Block<Self>];
}

impl Shown for Written {
    fn link(link: &Reference) -> String {
        link.target.clone()
    }

    fn image(image: &Reference) -> String {
        image.target.clone()
    }

    fn value(value: &VariableName) -> &str {
        &value.path
    }

    fn restricted(restricted: &Vec<Block<Self>>) -> &[Block<Self>] {
        restricted
    }
}

impl Shown for Disclosed {
    fn link(link: &PublicLink) -> String {
        match link.target() {
            PublicTarget::Document(id, anchor) => {
                let anchor = anchor.as_ref().map(|anchor| format!("#{anchor}"));
                format!("{}{}", id.as_str(), anchor.unwrap_or_default())
            }
            PublicTarget::Here(anchor) => format!("#{anchor}"),
            PublicTarget::Control(id) => id.as_str().to_owned(),
            PublicTarget::Asset(path) => path.clone(),
            PublicTarget::Web(address) => address.clone(),
        }
    }

    fn image(image: &PublicLink) -> String {
        Self::link(image)
    }

    fn value(value: &Infallible) -> &str {
        match *value {}
    }

    fn restricted(restricted: &Infallible) -> &[Block<Self>] {
        match *restricted {}
    }
}

struct Outline(String);

impl Outline {
    fn line(&mut self, depth: usize, text: &str) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.0, "{}{}", "  ".repeat(depth), text.trim_end());
    }

    fn fact(&mut self, name: &str, value: Option<&PublicText>) {
        if let Some(value) = value {
            self.line(1, &format!("{name}: {value}"));
        }
    }

    fn body<S: Shown>(&mut self, body: &Body<S>, depth: usize) {
        self.blocks(&body.blocks, depth);
        for (number, footnote) in body.footnotes.iter().enumerate() {
            self.line(depth, &format!("footnote {}", number + 1));
            self.blocks(&footnote.blocks, depth + 1);
        }
    }

    fn blocks<S: Shown>(&mut self, blocks: &[Block<S>], depth: usize) {
        for block in blocks {
            self.block(block, depth);
        }
    }

    fn block<S: Shown>(&mut self, block: &Block<S>, depth: usize) {
        match &block.kind {
            BlockKind::Heading(it) => {
                let number =
                    it.number.as_ref().map(|number| format!(" {number}")).unwrap_or_default();
                self.line(
                    depth,
                    &format!("heading {}{number} #{} {}", it.level, it.anchor, line(&it.text)),
                );
            }
            BlockKind::Paragraph(text) => self.line(depth, &format!("paragraph {}", line(text))),
            BlockKind::List(list) => self.list(list, depth),
            BlockKind::Quote(inside) => self.inside("quote", inside, depth),
            BlockKind::Alert(kind, inside) => {
                self.inside(&kind.word().to_lowercase(), inside, depth);
            }
            BlockKind::Restricted(inside) => {
                self.inside("restricted", S::restricted(inside), depth);
            }
            BlockKind::Code { language, text } => {
                self.line(depth, &format!("code {}", language.as_deref().unwrap_or_default()));
                text.lines().for_each(|it| self.line(depth + 1, it));
            }
            BlockKind::Table(table) => {
                let alignments: Vec<String> =
                    table.alignments.iter().map(|it| format!("{it:?}")).collect();
                self.line(depth, &format!("table {}", alignments.join(" ").to_lowercase()));
                for row in std::iter::once(&table.head).chain(&table.rows) {
                    self.line(
                        depth + 1,
                        &row.iter().map(|cell| line(cell)).collect::<Vec<_>>().join(" | "),
                    );
                }
            }
            BlockKind::Definitions(definitions) => {
                for it in definitions {
                    self.line(depth, &format!("definition {}", line(&it.term)));
                    it.meanings.iter().for_each(|meaning| self.blocks(meaning, depth + 1));
                }
            }
            BlockKind::Html(html) => {
                self.line(depth, &format!("html {}", html.trim().replace('\n', "⏎")));
            }
            BlockKind::Break => self.line(depth, "break"),
        }
    }

    fn inside<S: Shown>(&mut self, name: &str, blocks: &[Block<S>], depth: usize) {
        self.line(depth, name);
        self.blocks(blocks, depth + 1);
    }

    fn list<S: Shown>(&mut self, list: &List<S>, depth: usize) {
        let marker = match list.marker {
            Marker::Bullet => "bullets".to_owned(),
            Marker::Ordered { start, numbering, delimiter } => {
                let first = match numbering {
                    Numbering::Decimal => "1",
                    Numbering::LowerLetter => "a",
                    Numbering::UpperLetter => "A",
                    Numbering::LowerRoman => "i",
                    Numbering::UpperRoman => "I",
                };
                let (before, after) = match delimiter {
                    Delimiter::Period => ("", "."),
                    Delimiter::Parenthesis => ("", ")"),
                    Delimiter::Parentheses => ("(", ")"),
                };
                format!("{before}{first}{after} from {start}")
            }
        };
        self.line(depth, &format!("list {marker}{}", if list.tight { "" } else { " loose" }));
        for item in &list.items {
            let task = item.task.map_or("", |done| if done { " [x]" } else { " [ ]" });
            let clause = item.clause.as_ref().map(|it| {
                let audiences = if it.audiences.is_empty() {
                    String::new()
                } else {
                    format!(" for {}", it.audiences.join(" "))
                };
                format!(" #{} {}{audiences}", it.anchor, it.number)
            });
            self.line(depth + 1, &format!("item{task}{}", clause.unwrap_or_default()));
            self.blocks(&item.blocks, depth + 2);
        }
    }
}

fn line<S: Shown>(text: &[Inline<S>]) -> String {
    text.iter().map(inline).collect()
}

fn inline<S: Shown>(it: &Inline<S>) -> String {
    match it {
        Inline::Text(text) => text.clone(),
        Inline::Code(text) => format!("`{text}`"),
        Inline::Emphasis(text) => format!("*{}*", line(text)),
        Inline::Strong(text) => format!("**{}**", line(text)),
        Inline::Strikethrough(text) => format!("~~{}~~", line(text)),
        Inline::Element(element, text) => {
            let name = format!("{element:?}").to_lowercase();
            format!("<{name}>{}</{name}>", line(text))
        }
        Inline::Link(link, text) => format!("[{}]({})", line(text), S::link(link)),
        Inline::AutoTitle(link) => format!("[[{}]]", S::link(link)),
        Inline::Image { source, alt } => format!("![{alt}]({})", S::image(source)),
        Inline::Value(value) => format!("{{{{{}}}}}", S::value(value)),
        Inline::Footnote(index) => format!("[^{}]", index + 1),
        Inline::Anchor(name) => format!("{{#{name}}}"),
        Inline::SoftBreak => " ".to_owned(),
        Inline::HardBreak => "⏎".to_owned(),
    }
}
