//! Tests of the colours of code.

use super::{Class, Highlighter, LONGEST_BLOCK, LONGEST_LINE};

/// Shows a highlighted text with each token as `class(text)`.
fn shown(language: &str, text: &str) -> String {
    let mut shown = String::new();
    let mut at = 0;
    for token in Highlighter::new().spans(Some(language), text) {
        shown.push_str(&text[at..token.range.start]);
        shown += token.class.css();
        shown.extend(["‹", &text[token.range.clone()], "›"]);
        at = token.range.end;
    }
    shown + &text[at..]
}

#[test]
fn json() {
    assert_eq!(
        shown("json", r#"{ "id": -1.5e+3, "tags": ["a\"b", null] } // x"#),
        r#"{ pr‹"id"›: nu‹-1.5e+3›, pr‹"tags"›: [st‹"a\"b"›, cn‹null›] } co‹// x›"#
    );
}

#[test]
fn yaml() {
    assert_eq!(
        shown(
            "yaml",
            "# c\nversion: 2\ncontrols:\n  - id: ISO-A5-04 # x\n    on: [true, 'b c', {k: 1}]\n    at: 2026-01-20\n  - run: |\n      a: b\n\n      c\n    <<: *base\nurl: http://x/#y"
        ),
        "co‹# c›\npr‹version›: nu‹2›\npr‹controls›:\n  pu‹-› pr‹id›: st‹ISO-A5-04› co‹# x›\n    pr‹on›: [cn‹true›, st‹'b c'›, {pr‹k›: nu‹1›}]\n    pr‹at›: nu‹2026-01-20›\n  pu‹-› pr‹run›: op‹|›\n      st‹a: b\n\n      c›\n    pr‹<<›: va‹*base›\npr‹url›: st‹http://x/#y›"
    );
}

#[test]
fn toml_and_ini() {
    assert_eq!(
        shown(
            "toml",
            "[a.b] # c\nk = { v = \"1\", on = true }\n\"q\" = [\n  1_0,\n  2026-01-01T00:00:00Z,\n]\n"
        ),
        "hd‹[a.b]› co‹# c›\npr‹k› = { pr‹v› = st‹\"1\"›, pr‹on› = cn‹true› }\npr‹\"q\"› = [\n  nu‹1_0›,\n  nu‹2026-01-01T00:00:00Z›,\n]\n"
    );
    assert_eq!(
        shown("ini", "; c\n[s]\nhost = a b\nport=80"),
        "co‹; c›\nhd‹[s]›\npr‹host› = st‹a b›\npr‹port›=nu‹80›"
    );
}

#[test]
fn shell() {
    assert_eq!(
        shown(
            "bash",
            "OUT=\"${1:-x}\" # c\nfor f in \"$OUT\"/a-*.json; do\n  grep -q 'a' $f || echo \"no: $f\" >&2\ndone\ncat <<'EOF' > f\n$x\nEOF\n"
        ),
        "va‹OUT›=st‹\"›va‹${1:-x}›st‹\"› co‹# c›\nkw‹for› f kw‹in› st‹\"›va‹$OUT›st‹\"›/a-*.jsonop‹;› kw‹do›\n  fn‹grep› at‹-q› st‹'a'› va‹$f› op‹||› fn‹echo› st‹\"no: ›va‹$f›st‹\"› op‹>&›nu‹2›\nkw‹done›\nfn‹cat› op‹<<›'op‹EOF›' op‹>› f\nst‹$x›\nop‹EOF›\n"
    );
    assert_eq!(
        shown("console", "$ ls -l \\\n  /tmp\ntotal 0\n# id"),
        "pu‹$› fn‹ls› at‹-l› \\\n  /tmp\ntotal 0\npu‹#› fn‹id›"
    );
}

#[test]
fn dockerfile() {
    assert_eq!(
        shown("dockerfile", "FROM rust:1 AS build\nRUN cargo build \\\n  --release\nENV A=\"$B\""),
        "kw‹FROM› ty‹rust:1› kw‹AS› ty‹build›\nkw‹RUN› fn‹cargo› build \\\n  at‹--release›\nkw‹ENV› A=st‹\"›va‹$B›st‹\"›"
    );
}

#[test]
fn programming_languages() {
    for (language, text, expected) in [
        (
            "rust",
            "#[derive(Debug)]\nfn f<'a>(x: &'a str) -> u8 { println!(r#\"\"{x}\"#); 'c'; 0..1_0u8 } /* a /* b */ */",
            "at‹#[derive(Debug)]›\nkw‹fn› fn‹f›op‹<›va‹'a›op‹>›(x: op‹&›va‹'a› ty‹str›) op‹->› ty‹u8› { fn‹println!›(st‹r#\"\"{x}\"#›); st‹'c'›; nu‹0›..nu‹1_0u8› } co‹/* a /* b */ */›",
        ),
        (
            "python",
            "@app.get\ndef f(self):\n    return rf\"\"\"a\nb\"\"\" if MAX else Path('x') # c",
            "at‹@app.get›\nkw‹def› fn‹f›(va‹self›):\n    kw‹return› st‹rf\"\"\"a\nb\"\"\"› kw‹if› cn‹MAX› kw‹else› fn‹Path›(st‹'x'›) co‹# c›",
        ),
        (
            "typescript",
            "const a: string = `x ${b}`.replace(/[/]\"/g, 1 / 2); // c",
            "kw‹const› a: ty‹string› op‹=› st‹`x ${b}`›.fn‹replace›(st‹/[/]\"/g›, nu‹1› op‹/› nu‹2›); co‹// c›",
        ),
        (
            "go",
            "func (s *Store) Get(id string) error { return nil }",
            "kw‹func› (s op‹*›Store) fn‹Get›(id ty‹string›) ty‹error› { kw‹return› cn‹nil› }",
        ),
        (
            "sql",
            "select count(*) from \"t\" where a = 'it''s' -- c",
            "kw‹select› fn‹count›(op‹*›) kw‹from› st‹\"t\"› kw‹where› a op‹=› st‹'it''s'› co‹-- c›",
        ),
        (
            "hcl",
            "resource \"aws_s3_bucket\" \"logs\" {\n  bucket = \"${var.name}-logs\"\n  tags   = merge(local.tags, { a = true })\n}",
            "kw‹resource› st‹\"aws_s3_bucket\" \"logs\"› {\n  pr‹bucket› op‹=› st‹\"›va‹${var.name}›st‹-logs\"›\n  pr‹tags›   op‹=› fn‹merge›(va‹local›.tags, { pr‹a› op‹=› cn‹true› })\n}",
        ),
        (
            "rego",
            "default allow := false\nallow if input.user == \"a\"",
            "kw‹default› allow :op‹=› cn‹false›\nallow kw‹if› va‹input›.user op‹==› st‹\"a\"›",
        ),
        (
            "diff",
            "--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n z",
            "hd‹--- a›\nhd‹+++ b›\nat‹@@ -1 +1 @@›\nde‹-x›\nin‹+y›\n z",
        ),
    ] {
        assert_eq!(shown(language, text), expected, "{language}");
    }
}

#[test]
fn other_languages_go_to_syntect_and_unknown_ones_stay_plain() {
    assert_eq!(
        shown("xml", "<a b=\"c\">d</a><!-- é -->"),
        "<tg‹a› at‹b›=st‹\"c\"›>d</tg‹a›>co‹<!-- é -->›"
    );
    assert_eq!(
        shown("java", "class A { int x = 1; } // c"),
        "kw‹class› ty‹A› { kw‹int› x op‹=› nu‹1›; } co‹// c›"
    );
    assert_eq!(shown("no-such-language", "if 1 {}"), "if 1 {}");
    assert_eq!(Highlighter::new().spans(None, "if 1 {}"), []);
}

#[test]
fn html_is_escaped() {
    assert_eq!(
        Highlighter::new().html(Some("rust"), "a && \"<b>\" > c"),
        "a <span class=\"op\">&amp;&amp;</span> <span class=\"st\">\"&lt;b&gt;\"</span> <span class=\"op\">&gt;</span> c"
    );
    assert_eq!(Highlighter::new().html(None, "<a&b>"), "&lt;a&amp;b&gt;");
}

#[test]
fn great_blocks_and_long_lines_stay_plain() {
    let highlighter = Highlighter::new();
    assert_eq!(highlighter.spans(Some("json"), &"1\n".repeat(LONGEST_BLOCK / 2 + 1)), []);
    assert_eq!(highlighter.spans(Some("json"), &"1".repeat(LONGEST_LINE + 1)), []);
    assert_eq!(highlighter.spans(Some("json"), &"1".repeat(LONGEST_LINE)).len(), 1);
}

#[test]
fn class_names_differ() {
    let mut names = Class::ALL.map(Class::css);
    names.sort_unstable();
    assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "{names:?}");
}

/// Any text in any language: tokens are in order, on boundaries, and lose nothing.
#[test]
fn no_text_breaks_a_lexer() {
    const LANGUAGES: [&str; 16] = [
        "yaml",
        "json",
        "toml",
        "ini",
        "bash",
        "console",
        "dockerfile",
        "diff",
        "rust",
        "python",
        "typescript",
        "go",
        "sql",
        "hcl",
        "rego",
        "xml",
    ];
    const PIECES: [&str; 48] = [
        "\"", "'", "`", "\\", "\n", "\r\n", " ", "  ", "\t", "\0", "é", "日本", "🔒", "#", "//",
        "/*", "*/", "--", "-", "- ", ": ", ":", "|", ">", "<<", "<<EOF\n", "EOF", "$", "${", "$(",
        "}", "{", "[", "]", "(", ")", "=", "!", "@", "&", "*", "%", "r#", "b'", "1.5e-3", "0x",
        "if", "Name",
    ];
    let highlighter = Highlighter::new();
    let mut state = 1_u64;
    let mut below = |bound: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % bound
    };
    for round in 0..6_000 {
        let length = below(24);
        let text: String = if round % 4 == 0 {
            let bytes: Vec<u8> = (0..length).map(|_| u8::try_from(below(256)).unwrap()).collect();
            String::from_utf8_lossy(&bytes).into_owned()
        } else {
            (0..length).map(|_| PIECES[below(PIECES.len())]).collect()
        };
        let language = LANGUAGES[below(LANGUAGES.len())];
        let mut joined = String::new();
        for token in highlighter.spans(Some(language), &text) {
            assert!(token.range.start < token.range.end, "{language} {text:?}");
            joined.push_str(&text[joined.len()..token.range.start]);
            joined.push_str(&text[token.range]);
        }
        joined.push_str(&text[joined.len()..]);
        assert_eq!(joined, text, "{language}");
    }
}
