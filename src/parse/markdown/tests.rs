//! Tests of the Markdown reader.

use super::{Dialect, FaultKind, Options, Parsed, read};
use crate::model::body::{BlockKind, Inline, Marker};
use crate::model::outline::Anchor;

fn parsed(text: &str) -> Parsed {
    read(text, &Options { numbering: true })
}

/// Returns the faults with the text that they point at.
fn faults(text: &str) -> Vec<(FaultKind, &str)> {
    let faults = parsed(text).faults;
    faults.into_iter().map(|fault| (fault.kind, &text[fault.span.range()])).collect()
}

/// Returns the words of open and of restricted text.
fn terms(text: &str) -> [String; 2] {
    let outline = parsed(text).outline;
    [outline.open_terms, outline.restricted_terms]
        .map(|terms| terms.iter().map(|(term, _)| term).collect::<Vec<_>>().join(" "))
}

#[test]
fn marks_restrict_wherever_they_stand() {
    for text in [
        "open\n\n> [!INTERNAL]\n> hidden",
        "open\n\n> [!internal] hidden",
        "open\n\n>[!Internal]\nhidden",
        "open\n\n>\n>  [!INTERNAL]\n> hidden",
        "- open\n\n  > [!INTERNAL]\n  > hidden",
        "> open\n>\n> > [!INTERNAL]\n> > hidden",
        "open\n\n> [!NOTE]\n> > [!INTERNAL]\n> > hidden",
        "open[^a]\n\n> [!INTERNAL]\n> hidden\n>\n> [^a]: hidden",
        "open\n\n> [!INTERNAL]\n> hidden[^a]\n\n[^a]: hidden",
    ] {
        assert_eq!(terms(text), ["open", "hidden"], "{text}");
        assert_eq!(faults(text), [], "{text}");
    }
    // A definition of a link, or a link, must not swallow the mark.
    assert_eq!(terms("> [!INTERNAL]: https://x.example\n> hidden"), ["", "hidden"]);
    assert_eq!(terms("> [!INTERNAL]\n> hidden\n\n[!internal]: y"), ["", "hidden internal"]);
}

#[test]
fn typos_in_marks_are_reported_once() {
    for text in [
        "> [! INTERNAL]\n> x",
        "> \\[!INTERNAL]\n> x",
        "> [!INTERNALS]\n> x",
        "> !INTERNAL\n> x",
        "> [INTERNAL]\n> x",
        "> [!SECRET]\n> x",
        "> [!INTERNAL]\n\n> x",
        "> [!NOTE]\n> [!INTERNAL]\n> x",
        "> text\n> [!INTERNAL]\n> x",
        "[!INTERNAL]\nx",
        "- [!INTERNAL] x",
        "<div>\n[!INTERNAL] x\n</div>",
    ] {
        let kinds: Vec<_> = faults(text).into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(kinds, [FaultKind::RestrictedMalformed], "{text}");
    }
}

#[test]
fn faults_point_at_their_text() {
    let text = "See [x](), [y](javascript:z), ![](data:a), [z](//w) and [^n].\n\n\
        {{ two words }} {% tag %} {{< code >}} <%= erb %>\n\n!!! note\n\n::: tip\n\n\\pagebreak\n\n\
        +---+\n\nA\u{200b}\u{200b}b `\u{202e}`\n\n<font color=red>x</font> <a name=q></a><a id=q></a>\n\n\
        [^u]: unused\n\n## H {#h}\n\n## I {#h}\n\nStray {#p}\n";
    let dialect = FaultKind::Dialect;
    assert_eq!(
        faults(text),
        [
            (FaultKind::EmptyTarget, "[x]()"),
            (FaultKind::ForbiddenScheme("javascript".into()), "[y](javascript:z)"),
            (FaultKind::ForbiddenScheme("data".into()), "![](data:a)"),
            (FaultKind::ForbiddenScheme("//".into()), "[z](//w)"),
            (FaultKind::FootnoteUnresolved("n".into()), "[^n]"),
            (dialect(Dialect::Mustache), "{{"),
            (dialect(Dialect::Liquid), "{%"),
            (dialect(Dialect::HugoShortcode), "{{<"),
            (dialect(Dialect::Erb), "<%"),
            (dialect(Dialect::Admonition), "!!!"),
            (dialect(Dialect::Container), ":::"),
            (dialect(Dialect::Latex), "\\pagebreak"),
            (dialect(Dialect::GridTable), "+--"),
            (FaultKind::HiddenCharacter('\u{200b}'), "\u{200b}"),
            (FaultKind::HiddenCharacter('\u{202e}'), "\u{202e}"),
            (FaultKind::RawHtmlRemoved("<font>".into()), "<font color=red>"),
            (
                FaultKind::DuplicateAnchor("q".into()),
                "<font color=red>x</font> <a name=q></a><a id=q></a>\n"
            ),
            (FaultKind::FootnoteUnused("u".into()), "[^u]: unused\n\n"),
            (FaultKind::DuplicateAnchor("h".into()), "## I {#h}\n"),
            (FaultKind::AttributesMisplaced, "Stray {#p}\n"),
        ]
    );
}

#[test]
fn code_is_left_alone() {
    let text =
        "`{{ a }} https://x.example [^a] {% %}`\n\n    [!INTERNAL] {{ b }}\n\n```\n{% c %}\n```\n";
    let read = parsed(text);
    assert_eq!(faults(text), []);
    assert_eq!((read.outline.variables, read.outline.references), (vec![], vec![]));
}

#[test]
fn anchors_and_numbers_of_open_text_do_not_depend_on_restricted_text() {
    let open = "# Title\n\n## Rules\n\n1. One.\n2. Two. {#two}\n\n### Part\n\n1. Three.\n\n## Rules\n\n1. One.\n";
    let mixed = "# Title\n\n> [!INTERNAL]\n> ## Rules\n>\n> 1. Zero. {#zero}\n\n## Rules\n\n1. One.\n1. > [!INTERNAL]\n   > secret\n2. Two. {#two}\n\n\
        ### Part\n\n1. Three.\n\n## Rules\n\n1. One.\n";
    let open_anchors = |read: &Parsed| -> Vec<Anchor> {
        read.outline.anchors.iter().filter(|anchor| !anchor.restricted).cloned().collect()
    };
    let clauses = |read: &Parsed| -> Vec<(String, String)> {
        let clauses = read.outline.clauses.iter().filter(|clause| !clause.restricted);
        clauses.map(|clause| (clause.anchor.clone(), clause.number.clone())).collect()
    };
    let (open, mixed) = (parsed(open), parsed(mixed));
    assert_eq!(open_anchors(&mixed), open_anchors(&open));
    assert_eq!(clauses(&mixed), clauses(&open));
    let numbers = ["1.1", "1.2", "1.3", "2.1"];
    assert_eq!(clauses(&open).into_iter().map(|(_, number)| number).collect::<Vec<_>>(), numbers);
    let restricted = mixed.outline.anchors.iter().filter(|anchor| anchor.restricted);
    assert_eq!(
        restricted.map(|anchor| anchor.name.as_str()).collect::<Vec<_>>(),
        ["rules-2", "zero"]
    );
}

#[test]
fn the_outline_knows_what_the_text_refers_to() {
    let text = "# Access\n\nFirst words, e.g. these. See [a](../a.md#b \"t\") and [[POL-B]]! Then\n\
        ![A map](map.svg) of {{ facts.x }}.\n\n## Scope {#s soc2=\"CC1.1\"}\n\n\
        > [!INTERNAL]\n> Ask [c]({{ contacts.x }}/c).\n\n```yaml\nk: v\n```\n";
    let read = parsed(text);
    let outline = read.outline;
    let title = outline.first_heading.as_ref().map(|heading| heading.text.as_str());
    assert_eq!(title, Some("Access"));
    assert_eq!(
        outline.excerpt,
        "First words, e.g. these. See a and POL-B! Then A map of {{ facts.x }}."
    );
    let mentions: Vec<_> = outline
        .references
        .iter()
        .map(|it| {
            let section = it.section.as_deref();
            (it.reference.target.as_str(), it.sentence.as_str(), section, it.restricted, it.image)
        })
        .collect();
    assert_eq!(
        mentions,
        [
            ("../a.md#b", "See a and POL-B!", None, false, false),
            ("POL-B", "See a and POL-B!", None, false, false),
            ("map.svg", "Then A map of {{ facts.x }}.", None, false, true),
            ("{{ contacts.x }}/c", "Ask c.", Some("s"), true, false),
        ]
    );
    let variables: Vec<_> = outline
        .variables
        .iter()
        .map(|it| (it.name.path.as_str(), &text[it.name.span.range()], it.restricted))
        .collect();
    assert_eq!(
        variables,
        [("facts.x", "{{ facts.x }}", false), ("contacts.x", "{{ contacts.x }}", true)]
    );
    assert_eq!(outline.headings[0].mappings[0].requirements[0].value, "CC1.1");
}

#[test]
fn letters_alone_are_text() {
    let marker = |text: &str| {
        parsed(text).body.blocks.iter().find_map(|block| match &block.kind {
            BlockKind::List(list) => Some(list.marker),
            _ => None,
        })
    };
    for text in [
        "a. m. is early",
        "at 9\na. m. and\np. m. too",
        "(a) alone\n\ntext\n\n(b) alone",
        "i. e. this\n\nA. Smith wrote.",
        "(see\n(a) only",
    ] {
        assert_eq!(marker(text), None, "{text}");
    }
    for text in ["a. x\nb. y", "(a) x\n\n(b) y", "a. x\n\na. y", "(1) x\n(2) y", "iv) x\nv) y"] {
        assert!(matches!(marker(text), Some(Marker::Ordered { .. })), "{text}");
    }
}

#[test]
fn what_is_no_list_stays_as_it_was() {
    let text = "Up to  \na) and no more";
    let blocks = parsed(text).body.blocks;
    let expected = vec![
        Inline::Text("Up to".into()),
        Inline::HardBreak,
        Inline::Text("a) and no more".into()),
    ];
    assert_eq!(blocks[0].kind, BlockKind::Paragraph(expected));
}

#[test]
fn hostile_texts_neither_overflow_the_stack_nor_take_long() {
    let many = 50_000;
    for text in
        [">", "> ", "[", "![a", "[[a", "*a **b ", "- ", "<b>", "<div>\n", "<a <a ", "`a ``b "]
    {
        parsed(&text.repeat(many));
    }
    for text in
        ["[^a] ", "{{ ", "a.@b", "https://a(", "a. x\nb. y\n", "(a) x\n\n(i) y\n\n", "1. x {#a}\n"]
    {
        parsed(&text.repeat(many / 5));
    }
    parsed(&format!("|a|b|\n|-|-|\n{}", "| x | [y](z) |\n".repeat(10_000)));
    let deep = parsed(&"> ".repeat(many));
    assert_eq!(deep.faults.len(), 1);
    assert_eq!(deep.faults[0].kind, FaultKind::NestingTooDeep);
}
