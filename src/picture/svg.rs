//! SVG: a still drawing that refers to nothing but itself.
//!
//! What could act or call is refused, since a drawing without it may look wrong. What editors leave
//! behind (comments, metadata, elements and attributes of their own namespaces, where file names
//! and user names stand) is cut out of the text, and the rest is read and checked again.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use roxmltree::{Document, Node, NodeType, ParsingOptions};

use super::PictureFault;

/// How many elements may stand in each other.
const DEPTH: usize = 256;

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

const ELEMENTS: [&str; 52] = [
    "circle",
    "clipPath",
    "defs",
    "desc",
    "ellipse",
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feConvolveMatrix",
    "feDiffuseLighting",
    "feDisplacementMap",
    "feDistantLight",
    "feDropShadow",
    "feFlood",
    "feFuncA",
    "feFuncB",
    "feFuncG",
    "feFuncR",
    "feGaussianBlur",
    "feMerge",
    "feMergeNode",
    "feMorphology",
    "feOffset",
    "fePointLight",
    "feSpecularLighting",
    "feSpotLight",
    "feTile",
    "feTurbulence",
    "filter",
    "g",
    "line",
    "linearGradient",
    "marker",
    "mask",
    "path",
    "pattern",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "stop",
    "style",
    "svg",
    "switch",
    "symbol",
    "text",
    "textPath",
    "title",
    "tspan",
    "use",
    "view",
];

pub(super) fn looks_like(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    [&b"<svg"[..], b"<?xml", b"<!--", b"<!DOCTYPE"].iter().any(|start| bytes.starts_with(start))
}

pub(super) fn clean(bytes: &[u8]) -> Result<(Vec<u8>, u32, u32), PictureFault> {
    if bytes.len() > 2 * 1024 * 1024 {
        return Err(PictureFault::TooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|error| PictureFault::Xml(error.to_string()))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let text = &without_doctype(text);
    let document = read(text)?;
    let root = document.root_element().tag_name();
    if (root.name(), root.namespace()) != ("svg", Some(SVG)) {
        return Err(PictureFault::Xml(format!("its root is not `<svg xmlns=\"{SVG}\">`")));
    }
    // Others who read the drawing walk it by recursion.
    if document.descendants().any(|node| node.ancestors().nth(DEPTH).is_some()) {
        return Err(PictureFault::TooLarge);
    }
    let cuts = residue(&document);
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    for cut in cuts {
        if cut.start >= at {
            kept.push_str(&text[at..cut.start]);
            at = cut.end;
        }
    }
    kept.push_str(&text[at..]);

    let document = read(&kept)?;
    let root = document.root_element();
    if !residue(&document).is_empty() {
        return Err(PictureFault::Damaged);
    }
    check(root)?;
    let (width, height) = dimensions(root);
    Ok((kept.into_bytes(), width, height))
}

/// Takes out a document type that declares nothing, as old editors write it. One with declarations
/// in brackets stays, and is refused.
fn without_doctype(text: &str) -> Cow<'_, str> {
    let Some(start) = text.find("<!DOCTYPE") else { return text.into() };
    let Some(length) = text[start..].find('>') else { return text.into() };
    let declaration = &text[start..=start + length];
    let is_first = text.find("<svg").is_none_or(|root| start < root);
    if is_first && !declaration.contains('[') {
        Cow::Owned(format!("{}{}", &text[..start], &text[start + length + 1..]))
    } else {
        text.into()
    }
}

fn read(text: &str) -> Result<Document<'_>, PictureFault> {
    let options = ParsingOptions { allow_dtd: false, nodes_limit: 20_000, ..Default::default() };
    Document::parse_with_options(text, options).map_err(|error| match error {
        roxmltree::Error::NodesLimitReached => PictureFault::TooLarge,
        error => PictureFault::Xml(error.to_string()),
    })
}

/// Returns where text stands that is not drawn, in order; ranges may lie in each other.
fn residue(document: &Document<'_>) -> Vec<Range<usize>> {
    let mut cuts = Vec::new();
    for node in document.descendants() {
        let tag = node.tag_name();
        match node.node_type() {
            NodeType::Comment | NodeType::PI => cuts.push(node.range()),
            NodeType::Element if tag.namespace() != Some(SVG) || tag.name() == "metadata" => {
                cuts.push(node.range());
            }
            NodeType::Element => {
                let foreign = node.attributes().filter(|attribute| {
                    attribute.namespace().is_some_and(|space| space != XLINK && space != XML)
                });
                cuts.extend(foreign.map(|attribute| attribute.range()));
            }
            NodeType::Root | NodeType::Text => {}
        }
    }
    cuts.sort_by_key(|cut| (cut.start, std::cmp::Reverse(cut.end)));
    cuts
}

fn check(root: Node<'_, '_>) -> Result<(), PictureFault> {
    let mut using = BTreeSet::new();
    let mut used = BTreeSet::new();
    for node in root.descendants().filter(Node::is_element) {
        let name = node.tag_name().name();
        if !ELEMENTS.contains(&name) {
            return Err(PictureFault::Element(name.to_owned()));
        }
        for attribute in node.attributes() {
            let (key, value) = (attribute.name(), attribute.value().trim());
            if key.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("on")) {
                return Err(PictureFault::Script(key.to_owned()));
            }
            let is_reference = key == "href" || key == "src" || key == "base";
            if (is_reference && !value.starts_with('#')) || calls_out(value) {
                return Err(PictureFault::External(key.to_owned()));
            }
            if name == "use" && key == "href" {
                used.insert(value.trim_start_matches('#'));
            }
        }
        if name == "style" && node.descendants().filter_map(|text| text.text()).any(calls_out) {
            return Err(PictureFault::External(name.to_owned()));
        }
        if name == "use" {
            using.extend(node.ancestors().filter_map(|above| above.attribute("id")));
        }
    }
    if using.is_disjoint(&used) { Ok(()) } else { Err(PictureFault::NestedUse) }
}

/// Returns whether a value could make a reader fetch something. Backslashes can spell any name in
/// CSS, so there may be none where a function or rule could stand.
fn calls_out(value: &str) -> bool {
    let value = value.to_ascii_lowercase();
    let is_css = value.contains(['(', '@', ':']);
    let mut calls = value.split("url(").skip(1);
    calls.any(|call| !call.trim_start_matches(['"', '\'', ' ']).starts_with('#'))
        || ["@import", "image(", "image-set(", "src(", "expression(", "javascript:", "data:"]
            .iter()
            .any(|word| value.contains(word))
        || (is_css && value.contains('\\'))
}

/// Returns the size that the root states, else that of its view box, else what browsers take.
fn dimensions(root: Node<'_, '_>) -> (u32, u32) {
    let pixels = |number: &str| {
        let number: f64 = number.trim().trim_end_matches("px").parse().ok()?;
        let fits = number.is_finite() && (0.0..1e9).contains(&number);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked above"
        )]
        fits.then_some(number.ceil() as u32)
    };
    let stated = |name| root.attribute(name).and_then(pixels);
    let view = root.attribute("viewBox").unwrap_or_default();
    let view: Vec<&str> = view.split([' ', ',']).filter(|number| !number.is_empty()).collect();
    let viewed = |index: usize| view.get(index).copied().and_then(pixels);
    let width = stated("width").or_else(|| viewed(2)).unwrap_or(300);
    let height = stated("height").or_else(|| viewed(3)).unwrap_or(150);
    (width, height)
}
