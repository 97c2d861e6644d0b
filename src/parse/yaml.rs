//! YAML to [`Node`]s: entries in order, every key and scalar with its span, plain scalars as typed.
//!
//! People write YAML 1.1 habits into YAML 1.2 files, and `version: 1.10` must stay `1.10`. So
//! nothing is guessed here: a plain scalar keeps the text of the source and typed readers decide
//! what it means. Anchors, aliases, tags, merge keys and several documents in one file are
//! refused, because what is signed must read the same to everyone.

use std::borrow::Cow;
use std::collections::BTreeMap;

use granit_parser::{Event, Options, Parser, ScalarStyle};

use super::yaml_fault;
use crate::span::{Span, Spanned};

/// One value in a YAML text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// Where it stands in the text.
    pub span: Span,
}

/// The kinds of values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NodeKind {
    /// Nothing, or `~`, or `null`.
    Null,
    /// Text. Plain scalars are as typed, quoted and block scalars are unescaped.
    Scalar {
        /// The text.
        text: String,
        /// Whether it had no quotes and no block marker.
        plain: bool,
    },
    /// A sequence.
    List(Vec<Node>),
    /// A mapping.
    Map(Vec<Entry>),
}

/// One entry of a mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The key.
    pub key: Spanned<String>,
    /// The value.
    pub value: Node,
}

/// Something that is wrong with the text itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YamlFault {
    /// What, in one phrase.
    pub message: String,
    /// Where.
    pub span: Span,
    /// Where the first of two equal keys stands, if that is the fault.
    pub first: Option<Span>,
    /// What to do.
    pub help: Option<String>,
}

/// How many values one text may hold.
const NODE_BUDGET: usize = 250_000;
/// How deep values may nest.
const DEPTH_BUDGET: usize = 64;

impl Node {
    /// Returns the entries of a mapping, and none for anything else.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        match &self.kind {
            NodeKind::Map(entries) => entries,
            NodeKind::Null | NodeKind::Scalar { .. } | NodeKind::List(_) => &[],
        }
    }

    /// Returns the items of a sequence, and none for anything else.
    #[must_use]
    pub fn items(&self) -> &[Self] {
        match &self.kind {
            NodeKind::List(items) => items,
            NodeKind::Null | NodeKind::Scalar { .. } | NodeKind::Map(_) => &[],
        }
    }

    /// Returns the text of a scalar.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Scalar { text, .. } => Some(text),
            NodeKind::Null | NodeKind::List(_) | NodeKind::Map(_) => None,
        }
    }

    /// Returns a word for the kind of value, for messages.
    #[must_use]
    pub fn kind_word(&self) -> &'static str {
        match self.kind {
            NodeKind::Null => "nothing",
            NodeKind::Scalar { .. } => "text",
            NodeKind::List(_) => "a list",
            NodeKind::Map(_) => "a mapping",
        }
    }
}

/// Reads a text that holds one YAML document. An empty text is [`NodeKind::Null`]. Faults of
/// syntax end the reading; all others are collected and the rest is read.
///
/// # Errors
///
/// Returns the first fault of syntax, or that a budget is spent.
pub fn read(text: &str) -> Result<(Node, Vec<YamlFault>), YamlFault> {
    let mut options = Options::default();
    options.flow_nesting_limit = DEPTH_BUDGET;
    options.block_nesting_limit = DEPTH_BUDGET;
    let mut reader = Reader {
        events: Parser::new_from_str_with_options(text, options),
        faults: Vec::new(),
        nodes: 0,
        text,
        end: text.len(),
    };
    let root = reader.document()?;
    Ok((root, reader.faults))
}

struct Reader<'t> {
    events: Parser<'t, granit_parser::StrInput<'t>>,
    faults: Vec<YamlFault>,
    nodes: usize,
    text: &'t str,
    end: usize,
}

impl<'t> Reader<'t> {
    fn next(&mut self) -> Result<(Event<'t>, Span), YamlFault> {
        match self.events.next_event() {
            Some(Ok((event, span))) => {
                let range = span.byte_range().unwrap_or(self.end..self.end);
                Ok((event, range.into()))
            }
            Some(Err(error)) => {
                let at = error.marker().byte_offset().unwrap_or(self.end).min(self.end);
                Err(yaml_fault::explain(self.text, at, &error.info()))
            }
            None => Ok((Event::StreamEnd, Span::new(self.end, self.end))),
        }
    }

    fn document(&mut self) -> Result<Node, YamlFault> {
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamStart | Event::DocumentStart(..) => {}
                Event::StreamEnd | Event::DocumentEnd => {
                    return Ok(Node { kind: NodeKind::Null, span });
                }
                event => {
                    let root = self.node(event, span, 0)?;
                    return self.end_of_stream(root);
                }
            }
        }
    }

    fn end_of_stream(&mut self, root: Node) -> Result<Node, YamlFault> {
        loop {
            match self.next()? {
                (Event::StreamEnd, _) => return Ok(root),
                (Event::DocumentStart(..), span) => {
                    self.fault(
                        "a second document begins here",
                        span,
                        Some("keep one document in a file"),
                    );
                    return Ok(root);
                }
                _ => {}
            }
        }
    }

    fn fault(&mut self, message: &str, span: Span, help: Option<&'static str>) {
        let (message, help) = (message.to_owned(), help.map(str::to_owned));
        self.faults.push(YamlFault { message, span, first: None, help });
    }

    fn node(&mut self, event: Event<'t>, span: Span, depth: usize) -> Result<Node, YamlFault> {
        self.nodes += 1;
        if self.nodes > NODE_BUDGET || depth > DEPTH_BUDGET {
            return Err(YamlFault {
                message: format!("more than {NODE_BUDGET} values or {DEPTH_BUDGET} levels"),
                span,
                first: None,
                help: Some("split the file".to_owned()),
            });
        }
        let (anchor, tagged) = match &event {
            Event::Scalar(_, _, anchor, tag)
            | Event::SequenceStart(_, anchor, tag)
            | Event::MappingStart(_, anchor, tag) => (*anchor, tag.is_some()),
            _ => (0, false),
        };
        if anchor != 0 {
            self.fault(
                "anchors (`&name`) are not accepted",
                span,
                Some(
                    "write the value out where it is used; put text that begins with `&` in quotes",
                ),
            );
        }
        if tagged {
            self.fault(
                "tags (`!name`) are not accepted",
                span,
                Some("remove the tag, since types follow from the key; put text that begins with `!` in quotes"),
            );
        }
        match event {
            Event::Scalar(text, style, _, _) => Ok(scalar(text.into_owned(), style, span)),
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.fault(
                    "aliases (`*name`) are not accepted",
                    span,
                    Some("write the value out here; put text that begins with `*` in quotes"),
                );
                Ok(Node { kind: NodeKind::Null, span })
            }
            Event::SequenceStart(..) => self.list(span, depth),
            Event::MappingStart(..) => self.map(span, depth),
            _ => Ok(Node { kind: NodeKind::Null, span }),
        }
    }

    fn list(&mut self, start: Span, depth: usize) -> Result<Node, YamlFault> {
        let mut items = Vec::new();
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::SequenceEnd) {
                let end =
                    items.last().map_or(span.end, |last: &Node| last.span.end.max(span.start));
                return Ok(Node {
                    kind: NodeKind::List(items),
                    span: Span { start: start.start, end },
                });
            }
            items.push(self.node(event, span, depth + 1)?);
        }
    }

    fn map(&mut self, start: Span, depth: usize) -> Result<Node, YamlFault> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut seen: BTreeMap<Cow<'t, str>, Span> = BTreeMap::new();
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::MappingEnd) {
                let end =
                    entries.last().map_or(span.end, |last| last.value.span.end.max(span.start));
                return Ok(Node {
                    kind: NodeKind::Map(entries),
                    span: Span { start: start.start, end },
                });
            }
            // Most keys are borrowed from the text, and cost nothing here.
            let name = match &event {
                Event::Scalar(name, ..) => name.clone(),
                _ => Cow::Borrowed(""),
            };
            let key = self.node(event, span, depth + 1)?;
            let (event, span) = self.next()?;
            let value = self.node(event, span, depth + 1)?;
            let NodeKind::Scalar { text, .. } = key.kind else {
                self.fault("a key must be text", key.span, None);
                continue;
            };
            if text == "<<" {
                self.fault(
                    "merge keys (`<<`) are not accepted",
                    key.span,
                    Some("write the entries out here"),
                );
                continue;
            }
            if let Some(first) = seen.get(&name) {
                self.faults.push(YamlFault {
                    message: format!("the key `{text}` stands here twice"),
                    span: key.span,
                    first: Some(*first),
                    help: Some("keep one of the two".to_owned()),
                });
                continue;
            }
            seen.insert(name, key.span);
            entries.push(Entry { key: Spanned::new(text, key.span), value });
        }
    }
}

fn scalar(text: String, style: ScalarStyle, span: Span) -> Node {
    let plain = matches!(style, ScalarStyle::Plain);
    let kind = if plain && matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL") {
        NodeKind::Null
    } else {
        NodeKind::Scalar { text, plain }
    };
    Node { kind, span }
}

#[cfg(test)]
mod tests {
    use super::{Node, NodeKind, read};

    fn show(node: &Node, text: &str) -> String {
        match &node.kind {
            NodeKind::Null => "null".to_owned(),
            NodeKind::Scalar { text: value, plain } => {
                format!(
                    "{}{value:?}@{:?}",
                    if *plain { "plain " } else { "" },
                    &text[node.span.range()]
                )
            }
            NodeKind::List(items) => {
                format!(
                    "[{}]",
                    items.iter().map(|item| show(item, text)).collect::<Vec<_>>().join(", ")
                )
            }
            NodeKind::Map(entries) => format!(
                "{{{}}}",
                entries
                    .iter()
                    .map(|entry| format!("{}: {}", entry.key.value, show(&entry.value, text)))
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
        }
    }

    #[test]
    fn plain_scalars_stay_as_typed() {
        let text = "version: 1.10\non: yes\nq: \"2.1\"\nn:\n- 014\nnone:\n";
        let (root, faults) = read(text).unwrap();
        assert_eq!(faults, []);
        assert_eq!(
            show(&root, text),
            r#"{version: plain "1.10"@"1.10", on: plain "yes"@"yes", q: "2.1"@"\"2.1\"", n: [plain "014"@"014"], none: null}"#
        );
    }

    #[test]
    fn what_reads_differently_to_different_readers_is_refused() {
        let text = "a: &x 1\nb: *x\nc: !!str 2\na: 3\n<<: {d: 1}\n";
        let (_, faults) = read(text).unwrap();
        let messages: Vec<_> = faults.iter().map(|fault| fault.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "anchors (`&name`) are not accepted",
                "aliases (`*name`) are not accepted",
                "tags (`!name`) are not accepted",
                "the key `a` stands here twice",
                "merge keys (`<<`) are not accepted",
            ]
        );
    }

    #[test]
    fn deep_nesting_is_a_fault_and_not_a_crash() {
        assert!(read(&"[".repeat(20_000)).is_err());
        assert!(read(&"a: ".repeat(20_000)).is_err());
        assert!(read(&"- ".repeat(20_000)).is_err());
    }
}
