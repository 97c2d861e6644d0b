//! Which changes may pass as editorial, and what the others are a sign of.

use super::{body, compare, entries};
use crate::redline::Text;
use crate::redline::editorial::{Language, Options, Reason, looks_material};

/// The reasons for which a change of a body is material.
fn reasons(old: &str, new: &str) -> Vec<Reason> {
    let roles = ["mara".to_owned(), "Head of Platform".to_owned(), "ciso".to_owned()];
    let options = Options { languages: &[Language::German], roles: &roles };
    let redline = compare(&body(old), &body(new));
    let mut reasons: Vec<Reason> =
        looks_material(&redline, &options).iter().map(|sign| sign.reason).collect();
    reasons.sort_unstable();
    reasons.dedup();
    reasons
}

#[test]
fn editorial_changes_pass() {
    let cases = [
        ("All staff recieve a badge.", "All staff receive a badge."),
        ("Teh badge is theirs.", "The badge is theirs."),
        ("Use a seperate account.", "Use a separate account."),
        ("Keep the the badge here.", "Keep the badge here."),
        ("Organise the authorisation.", "Organize the authorization."),
        ("badges are theirs.", "Badges are theirs."),
        ("Keep records, logs and notes.", "Keep records, logs, and notes."),
        ("Ask first; then act", "Ask first; then act."),
        ("Use \"quotes\" here.", "Use “quotes” here."),
        ("It's theirs.", "It’s theirs."),
        ("A dash - here.", "A dash – here."),
        ("One two\nthree four.", "One two three\nfour."),
        ("One  two three.", "One two three."),
        ("Staff keep\tbadges.", "Staff keep badges."),
        ("Use *care* here.", "Use **care** here."),
        ("Ask the help desk here.", "Ask the helpdesk here."),
        ("Sign off on-line here.", "Sign off online here."),
        ("- One thing.\n- Other thing.", "* One thing.\n* Other thing."),
        ("1. One thing.\n2. Other thing.", "1) One thing.\n2) Other thing."),
        ("| a | word |\n| - | - |", "| a | word |\n| --- | --- |"),
        ("One.\n\nTwo.", "One.\n\n\nTwo."),
        ("Within\n12 months of it.", "Within 12\nmonths of it."),
        ("Die Mitarbeiter erhalen es.", "Die Mitarbeiter erhalten es."),
    ];
    let wrong: Vec<String> = cases
        .iter()
        .map(|(old, new)| (old, new, reasons(old, new)))
        .filter(|(_, _, reasons)| !reasons.is_empty())
        .map(|(old, new, reasons)| format!("{old:?} → {new:?}: {reasons:?}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn material_changes_do_not() {
    use Reason::{
        Added, Clause, Code, Comment, Date, Hidden, Image, Link, Modal, Much, Negation, Number,
        Removed, Role, Structure, Variable, Words,
    };
    let long = "alpha bravo charlie deltas echoes foxtrot golfing hotels indian juliett kilos limas \
        mikes november oscars papas quebec romeos sierra tangos uniform victor";
    let spelled = "alpa bravo charli deltas echoe foxtrott golfing hotel indian juliett kilos limas \
        mikes november oscars papas quebec romeos sierra tangos uniform victor";
    let cases: Vec<(&str, &str, &[Reason])> = vec![
        ("Use 12 characters.", "Use 14 characters.", &[Number]),
        ("Within 5 days.", "Within 5 hours.", &[Number]),
        ("Within five days.", "Within nine days.", &[Number]),
        ("Review it daily here.", "Review it weekly here.", &[Number]),
        ("Keep twenty-four of them.", "Keep twenty-five of them.", &[Number]),
        ("Meet CC6.1 here.", "Meet CC6.2 here.", &[Number]),
        ("Pay €5,000 at once.", "Pay €50,000 at once.", &[Number]),
        ("From 2026-01-01 on.", "From 2026-02-01 on.", &[Date]),
        ("From 1 May 2026 on.", "From 2 May 2026 on.", &[Date]),
        ("Ask at 14:00 sharp.", "Ask at 15:00 sharp.", &[Date]),
        ("Staff must ask.", "Staff should ask.", &[Modal]),
        ("Staff may ask.", "Staff can ask.", &[Modal]),
        ("Staff will ask here.", "Staff ask here.", &[Modal]),
        ("It is required here.", "It is recommended here.", &[Modal]),
        ("It is permitted here.", "It is prohibited here.", &[Modal]),
        ("Sie müssen fragen.", "Sie sollen fragen.", &[Modal]),
        ("Staff do not ask.", "Staff do ask.", &[Negation]),
        ("Staff ask.", "Only staff ask.", &[Negation]),
        ("Staff never ask here.", "Staff ever ask here.", &[Negation]),
        ("Ask with a badge.", "Ask without a badge.", &[Negation]),
        ("Ask unless told.", "Ask if told.", &[Negation]),
        ("Staff and guests ask.", "Staff or guests ask.", &[Negation]),
        ("Ask before work.", "Ask after work.", &[Negation]),
        ("All staff ask.", "Some staff ask.", &[Negation]),
        ("Sie fragen nicht jetzt.", "Sie fragen jetzt.", &[Negation]),
        ("Ask mara first.", "Ask marta first.", &[Role]),
        ("Ask the Head of Platform first.", "Ask the Head of Platforms first.", &[Role]),
        ("Ask the `ciso` first.", "Ask the `cisco` first.", &[Role]),
        ("See [it](a.md).", "See [it](b.md).", &[Link]),
        ("See https://a.org/x now.", "See https://b.org/x now.", &[Link]),
        ("Mail a@b.org now.", "Mail a@c.org now.", &[Link]),
        ("See [[POL-AC]] now.", "See [[POL-PW]] now.", &[Link]),
        ("[a]: /x", "[a]: /y", &[Link]),
        ("See ![it](a.png).", "See ![it](b.png).", &[Image]),
        ("In {{ a.b }} now.", "In {{ a.c }} now.", &[Variable]),
        ("Do it. {#do soc2=\"CC6.1\"}", "Do it. {#do soc2=\"CC6.2\"}", &[Clause]),
        ("Do it. {#do}", "Do it. {#did}", &[Clause]),
        ("Do it now here.", "Do it now here. {#do}", &[Clause]),
        ("- One here.\n", "- One here.\n- Two here.\n", &[Added]),
        ("- One here.\n- Two here.\n", "- One here.\n", &[Removed]),
        ("One here.\n", "One here.\n\n<!-- note -->\n", &[Added]),
        ("<!-- note a -->\n", "<!-- note b -->\n", &[Comment]),
        ("```\nrm -r a\n```\n", "```\nrm -f a\n```\n", &[Code]),
        ("- One.\n- Two.\n", "- One.\n  - Two.\n", &[Structure]),
        ("## One here\n", "### One here\n", &[Structure]),
        ("One two three.\n", "- One two three.\n", &[Structure]),
        ("Pay Bob now.", "Pay \u{202e}Bob now.", &[Hidden]),
        ("Pay Bob now.", "Pay B\u{43e}b now.", &[Hidden]),
        ("Ask the owner now.", "Ask the vendor now.", &[Words]),
        ("Data are encrypted here.", "Data are decrypted here.", &[Words]),
        ("Use authorised tools.", "Use unauthorised tools.", &[Words]),
        ("Ask the employer now.", "Ask the employee now.", &[Words]),
        ("Ask them now.", "Ask them right now.", &[Words]),
        (long, spelled, &[Much]),
    ];
    assert!(cases.len() > 50);
    let wrong: Vec<String> = cases
        .iter()
        .map(|(old, new, expected)| (old, new, expected, reasons(old, new)))
        .filter(|(_, _, expected, reasons)| reasons != *expected)
        .map(|(old, new, expected, reasons)| {
            format!("{old:?} → {new:?}: {reasons:?} instead of {expected:?}")
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn entries_outside_the_list_are_material() {
    let text = |title: &str, owner: &str, tag: &str, version: &str| Text {
        front_matter: entries(&[
            ("owner", owner),
            ("tags[1]", tag),
            ("title", title),
            ("version", version),
        ]),
        ..Text::default()
    };
    let old = text("Acces Policy", "ciso", "it", "1.0");
    let signs = |new: &Text| -> Vec<(Reason, String)> {
        let signs = looks_material(&compare(&old, new), &Options::default());
        signs.into_iter().map(|sign| (sign.reason, sign.place)).collect()
    };
    assert_eq!(signs(&text("Access Policy", "ciso", "people", "1.1")), []);
    assert_eq!(
        signs(&text("Acces Policy", "cto", "it", "1.0")),
        [(Reason::FrontMatter, "front matter, owner".to_owned())]
    );
    assert_eq!(
        signs(&text("Password Policy", "ciso", "it", "1.0")),
        [(Reason::Words, "front matter, title".to_owned())]
    );
    let values = Text {
        variables: entries(&[("facts.rto", "4 hours")]),
        files: entries(&[("a.png", "00")]),
        ..old.clone()
    };
    assert_eq!(
        signs(&values),
        [
            (Reason::Variable, "values, facts.rto".to_owned()),
            (Reason::Image, "files, a.png".to_owned()),
        ]
    );
}
