//! Lists of allowed signers: what `ssh-keygen -Y verify` says of each is what we say.
//!
//! A case is a file, and questions about it: who, for what, at which second. Each question is put
//! to both. Where OpenSSH allows more than we do, the case says so.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::Timestamp;
use rayon::prelude::*;

use super::{Asked, Bench, MARA, MESSAGE};
use avouch::signature::allowed_signers::{AllowedSigners, FaultKind, LineFault, SignerLine};
use avouch::signature::{KeyFault, Namespace, PublicKey, sshsig};

/// The second about which all questions are asked that name no other.
const NOW: &str = "20260120140311Z";

/// A file, in which `KEY` stands for the line of the key that signed and `OTHER` for another, and
/// names about which is asked.
#[derive(Clone, Copy)]
struct Case {
    file: &'static str,
    names: &'static [&'static str],
    /// Whether OpenSSH allows what we do not.
    stricter: bool,
}

const fn of(file: &'static str, names: &'static [&'static str]) -> Case {
    Case { file, names, stricter: false }
}

const fn stricter(file: &'static str) -> Case {
    Case { file, names: ONE, stricter: true }
}

const ONE: &[&str] = &[MARA];
const THREE: &[&str] = &["mara", "mara@example.com", "tom"];

/// What names and lines look like.
const NAMES: &[Case] = &[
    of("mara KEY\n", THREE),
    of("mara KEY", ONE),
    of("mara OTHER\n", ONE),
    of("mara OTHER\nmara KEY\n", ONE),
    of("mara KEY\nmara KEY\n", ONE),
    of("tom OTHER\nmara KEY\n", THREE),
    of("Mara KEY\n", &["mara", "Mara"]),
    of("mara,tom KEY\n", THREE),
    of("tom,mara@example.com KEY\n", THREE),
    of("mara, tom KEY\n", THREE),
    of("mara,,tom KEY\n", &["mara", "tom", ""]),
    of(",mara KEY\n", ONE),
    of("mara, KEY\n", ONE),
    of("* KEY\n", &["mara", "", "a b", "ü"]),
    of("*,!tom KEY\n", THREE),
    of("!tom,* KEY\n", THREE),
    of("!tom KEY\n", THREE),
    of("!mara,mara KEY\n", ONE),
    of("mara,!mara KEY\n", ONE),
    of("mara,!m* KEY\n", ONE),
    of("*,!*@example.com KEY\n", THREE),
    of("*@example.com KEY\n", &["mara@example.com", "@example.com", "x@example.com.org"]),
    of("*@*.com KEY\n", &["mara@example.com", "mara@.com", "mara@com"]),
    of("m?ra KEY\n", &["mara", "mra", "maara", "m?ra"]),
    of("???? KEY\n", &["mara", "tom", "mü1", "müa"]),
    of("m*a KEY\n", &["mara", "ma", "m", "marab", "maaaaaaaaaab"]),
    of("*a*a*a*b KEY\n", &["aaab", "aaaaaaaaaaaaaaaaaaaaaaaa", "aab"]),
    of("** KEY\n", ONE),
    of("m** KEY\n", ONE),
    of("!!mara KEY\n", &["mara", "!mara"]),
    of("! KEY\n", &["mara", ""]),
    of("*,! KEY\n", &["mara", ""]),
    of("mara# KEY\n", &["mara", "mara#"]),
    of("m\\*ra KEY\n", &["m*ra", "mara", "m\\ara"]),
    of("[m]ara KEY\n", &["mara", "[m]ara"]),
    of("\"mara\" KEY\n", ONE),
    of("\"mara smith\" KEY\n", &["mara smith", "mara"]),
    of("\"mara smith,tom\" KEY\n", &["mara smith", "tom"]),
    of("\"mara, tom\" KEY\n", &["mara", "tom", " tom"]),
    of("\"mara\"KEY\n", ONE),
    of("\"mara\",\"tom\" KEY\n", &["mara", "tom"]),
    of("ma\"ra\" KEY\n", ONE),
    of("mara,\"tom smith\" KEY\n", &["mara", "tom smith"]),
    of("\"\" KEY\n", &["mara", ""]),
    of("\"mara KEY\n", ONE),
    of("mara\" KEY\n", ONE),
    of("  mara KEY\n", ONE),
    of("\tmara KEY\n", ONE),
    of("mara\tKEY\n", ONE),
    of("mara   \t  KEY\n", ONE),
    of("mara KEY mara@laptop\n", ONE),
    of("mara KEY a \"comment\" # with marks\n", ONE),
    of("mara KEY\t\n", ONE),
    of("# mara KEY\n", ONE),
    of("#mara KEY\nmara KEY\n", ONE),
    of("   # mara KEY\n", ONE),
    of("\n\n  \n\t\nmara KEY\n\n", ONE),
    of("", ONE),
    of("\n", ONE),
    of("mara\n", ONE),
    of("mara \n", ONE),
    of("KEY\n", ONE),
    of("mara ssh-ed25519\n", ONE),
    of("mara ssh-ed25519 \n", ONE),
    of("mara ssh-ed25519 AAAA\n", ONE),
    of("mara ssh-rsa BLOB\n", ONE),
    of("mara BLOB\n", ONE),
    of("mara ssh-ed25519 ssh-ed25519 BLOB\n", ONE),
    of("mara SSH-ED25519 BLOB\n", ONE),
    of("mara ssh-ed448 BLOB\n", ONE),
    of("mara ssh-ed25519 BLOB=\n", ONE),
    of("broken\nmara KEY\n", ONE),
    of("mara bad=\"option\" KEY\nmara KEY\n", ONE),
    of("mara KEY\r\n", ONE),
    of("mara KEY comment\r\n", ONE),
    of("\r\n# comment\r\n\r\nmara namespaces=\"approval@avouch\" KEY\r\n", ONE),
    of("mara\r KEY\n", &["mara", "mara\r"]),
    of("mara\rtom KEY\n", &["mara", "tom"]),
    of("\u{feff}mara KEY\n", &["mara", "\u{feff}mara"]),
    of("müller KEY\n", &["müller", "muller"]),
    of("m?ller KEY\n", &["müller", "muller"]),
    stricter("mara KEY\u{b}\n"),
];

/// What options look like.
const OPTIONS: &[Case] = &[
    of("mara namespaces=\"approval@avouch\" KEY\n", ONE),
    of("mara namespaces=\"review@avouch\" KEY\n", ONE),
    of("mara namespaces=\"review@avouch,approval@avouch\" KEY\n", ONE),
    of("mara namespaces=\"*@avouch\" KEY\n", ONE),
    of("mara namespaces=\"*\" KEY\n", ONE),
    of("mara namespaces=\"*,!approval@avouch\" KEY\n", ONE),
    of("mara namespaces=\"!approval@avouch\" KEY\n", ONE),
    of("mara namespaces=\"!review@avouch,*@avouch\" KEY\n", ONE),
    of("mara namespaces=\"approval@avouc?\" KEY\n", ONE),
    of("mara namespaces=\"Approval@avouch\" KEY\n", ONE),
    of("mara namespaces=\"approval\" KEY\n", ONE),
    of("mara namespaces=\"\" KEY\n", ONE),
    of("mara namespaces=\" approval@avouch\" KEY\n", ONE),
    of("mara namespaces=\"approval@avouch, review@avouch\" KEY\n", ONE),
    of("mara namespaces=\"a\\\"b,approval@avouch\" KEY\n", ONE),
    of("mara namespaces=\"a\\\\b,approval@avouch\" KEY\n", ONE),
    of("mara namespaces=\"a\\\\\",approval@avouch\" KEY\n", ONE),
    of("mara namespaces=\"a b,approval@avouch\" KEY\n", ONE),
    of("mara NAMESPACES=\"approval@avouch\" KEY\n", ONE),
    of("mara namespaces=approval@avouch KEY\n", ONE),
    of("mara namespaces=\"approval@avouch KEY\n", ONE),
    of("mara namespaces= KEY\n", ONE),
    of("mara namespaces KEY\n", ONE),
    of("mara namespaces =\"approval@avouch\" KEY\n", ONE),
    of("mara namespaces=\"approval@avouch\",namespaces=\"approval@avouch\" KEY\n", ONE),
    of("mara namespaces=\"approval@avouch\"x KEY\n", ONE),
    of("mara namespaces=\"approval@avouch\", KEY\n", ONE),
    of("mara ,namespaces=\"approval@avouch\" KEY\n", ONE),
    of("mara namespaces=\"approval@avouch\",,valid-after=\"20200101Z\" KEY\n", ONE),
    of("mara , KEY\n", ONE),
    of("mara ,, KEY\n", ONE),
    of("mara namespaces=\"approval@avouch\" valid-after=\"20200101Z\" KEY\n", ONE),
    of("mara  namespaces=\"approval@avouch\"\t KEY\n", ONE),
    of("mara\tnamespaces=\"approval@avouch\"\tKEY\n", ONE),
    of("mara xnamespaces=\"approval@avouch\" KEY\n", ONE),
    of("mara cert-authority KEY\n", ONE),
    of("mara CERT-AUTHORITY KEY\n", ONE),
    of("mara cert-authority,namespaces=\"approval@avouch\" KEY\n", ONE),
    of("mara cert-authority KEY\nmara KEY\n", ONE),
    of("mara cert-authorityx KEY\n", ONE),
    of("mara no-cert-authority KEY\n", ONE),
    of("mara restrict KEY\n", ONE),
    of("mara unknown=\"x\" KEY\n", ONE),
    of("mara \"quoted\" KEY\n", ONE),
    of("mara namespaces=\"approval@avouch\" OTHER\n", ONE),
    of("tom namespaces=\"approval@avouch\" KEY\n", ONE),
    of("mara namespaces=\"review@avouch\" KEY\nmara namespaces=\"approval@avouch\" KEY\n", ONE),
    of("mara namespaces=\"approval@avouch\" KEY comment\n", ONE),
    of("mara namespaces=\"approval@avouch\"KEY\n", ONE),
];

/// Which times are times; each is asked about one second. A year without a `Z` is local time.
const TIMES: &[Case] = &[
    of("mara valid-after=\"20200101Z\" KEY\n", ONE),
    of("mara valid-after=\"20300101Z\" KEY\n", ONE),
    of("mara valid-before=\"20200101Z\" KEY\n", ONE),
    of("mara valid-before=\"20300101Z\" KEY\n", ONE),
    of("mara valid-after=\"20200101Z\",valid-before=\"20300101Z\" KEY\n", ONE),
    of("mara valid-before=\"20300101Z\",valid-after=\"20200101Z\" KEY\n", ONE),
    of("mara valid-after=\"20300101Z\",valid-before=\"20200101Z\" KEY\n", ONE),
    of("mara valid-after=\"20260120140311Z\",valid-before=\"20260120140311Z\" KEY\n", ONE),
    of("mara valid-after=\"20260120140311Z\",valid-before=\"20260120140312Z\" KEY\n", ONE),
    of("mara valid-after=\"20200101Z\",valid-after=\"20200101Z\" KEY\n", ONE),
    of("mara valid-before=\"20300101Z\",valid-before=\"20300101Z\" KEY\n", ONE),
    of("mara valid-after=\"202001010000Z\" KEY\n", ONE),
    of("mara valid-after=\"20200101000000Z\" KEY\n", ONE),
    of("mara valid-after=\"20200101z\" KEY\n", ONE),
    of("mara valid-after=\"20200101UTC\" KEY\n", ONE),
    of("mara valid-after=\"20200101utc\" KEY\n", ONE),
    of("mara valid-after=\"20200101 Z\" KEY\n", ONE),
    of("mara valid-after=\"20200101GMT\" KEY\n", ONE),
    of("mara valid-after=\"20200101+0000\" KEY\n", ONE),
    of("mara valid-after=\"2020-01-01Z\" KEY\n", ONE),
    of("mara valid-after=\"2020-01-01T00:00:00Z\" KEY\n", ONE),
    of("mara valid-after=\"20200101T000000Z\" KEY\n", ONE),
    of("mara valid-after=\"2020Z\" KEY\n", ONE),
    of("mara valid-after=\"2020010100Z\" KEY\n", ONE),
    of("mara valid-after=\"Z\" KEY\n", ONE),
    of("mara valid-after=\"\" KEY\n", ONE),
    of("mara valid-after=\"yesterday\" KEY\n", ONE),
    of("mara valid-after=20200101Z KEY\n", ONE),
    of("mara valid-after KEY\n", ONE),
    of("mara VALID-AFTER=\"20200101Z\" KEY\n", ONE),
    of("mara valid-after=\"19700101Z\" KEY\n", ONE),
    of("mara valid-after=\"19700101000001Z\" KEY\n", ONE),
    of("mara valid-after=\"19691231Z\" KEY\n", ONE),
    of("mara valid-after=\"00000101Z\" KEY\n", ONE),
    of("mara valid-before=\"99991231235959Z\" KEY\n", ONE),
    of("mara valid-after=\"20201301Z\" KEY\n", ONE),
    of("mara valid-after=\"20200001Z\" KEY\n", ONE),
    of("mara valid-after=\"20200100Z\" KEY\n", ONE),
    of("mara valid-after=\"20200132Z\" KEY\n", ONE),
    of("mara valid-after=\"202001012400Z\" KEY\n", ONE),
    of("mara valid-after=\"202001012360Z\" KEY\n", ONE),
    of("mara valid-after=\"20240229Z\" KEY\n", ONE),
    of("mara valid-after=\"-2020101Z\" KEY\n", ONE),
    of("mara valid-after=\"２０２０0101Z\" KEY\n", ONE),
    stricter("mara valid-after=\"20200101\" KEY\n"),
    stricter("mara valid-after=\"202001010000\" KEY\n"),
    stricter("mara valid-after=\"20200101000000\" KEY\n"),
    stricter("mara valid-before=\"20300101\" KEY\n"),
    stricter("mara valid-after=\"20200230Z\" KEY\n"),
    stricter("mara valid-after=\"20230229Z\" KEY\n"),
    stricter("mara valid-after=\"20200101000060Z\" KEY\n"),
    stricter("mara valid-after=\"20200101000061Z\" KEY\n"),
    stricter("mara valid-after=\"2020 1 1Z\" KEY\n"),
];

/// Limits about which is asked at the second before, at the very second, and at the second after.
const LIMITS: [(&str, &str, [&str; 3]); 6] = [
    ("valid-after", "20260120140311Z", ["20260120140310Z", "20260120140311Z", "20260120140312Z"]),
    ("valid-before", "20260120140311Z", ["20260120140310Z", "20260120140311Z", "20260120140312Z"]),
    ("valid-after", "20260120Z", ["20260119235959Z", "20260120000000Z", "20260120000001Z"]),
    ("valid-before", "20260120Z", ["20260119235959Z", "20260120000000Z", "20260120000001Z"]),
    ("valid-after", "202602281200Z", ["20260228115959Z", "20260228120000Z", "20260228120001Z"]),
    ("valid-before", "20240229UTC", ["20240228235959Z", "20240229000000Z", "20240229000001Z"]),
];

/// A question to both sides.
struct Question {
    file: String,
    name: String,
    time: String,
    stricter: bool,
}

#[test]
fn both_sides_allow_the_same() {
    let bench = Bench::new();
    let key = bench.key("mara", "-t ed25519", "");
    let other = bench.key("other", "-t ed25519", "");
    let armour = bench.stock_sign("mara", "approval@avouch", MESSAGE, &[]);
    let line = key.line();
    let blob = line.split_once(' ').unwrap().1.to_owned();
    let filled = |file: &str| {
        file.replace("KEY", &line).replace("OTHER", &other.line()).replace("BLOB", &blob)
    };

    let mut questions = Vec::new();
    let mut ask = |file: String, name: &str, time: &str, stricter| {
        let (name, time) = (name.to_owned(), time.to_owned());
        questions.push(Question { file, name, time, stricter });
    };
    for Case { file, names, stricter } in [NAMES, OPTIONS, TIMES].concat() {
        names.iter().for_each(|name| ask(filled(file), name, NOW, stricter));
    }
    for (option, limit, times) in LIMITS {
        let file = filled(&format!("mara {option}=\"{limit}\" KEY\n"));
        times.iter().for_each(|time| ask(file.clone(), MARA, time, false));
    }
    for length in [1022, 1023, 1024] {
        let long = "x".repeat(length);
        for names in [format!("mara,{long}"), format!("{long},mara"), format!("!{long},mara")] {
            ask(filled(&format!("{names} KEY\n")), MARA, NOW, false);
        }
    }
    assert!(questions.len() >= 250, "{}", questions.len());

    let allowed = AtomicUsize::new(0);
    let differ: Vec<String> = questions
        .par_iter()
        .filter_map(|question| {
            let Question { file, name, time, stricter } = question;
            let theirs = bench.stock_verify(&Asked {
                principal: name,
                time: Some(time),
                ..Asked::about(file.as_bytes(), &armour)
            });
            let ours = AllowedSigners::parse(file).is_allowed(
                name,
                &key,
                Namespace::Approval,
                instant(time),
            );
            allowed.fetch_add(usize::from(ours), Ordering::Relaxed);
            let expected = if *stricter { (false, true) } else { (theirs, theirs) };
            ((ours, theirs) != expected).then(|| {
                let file = file.replace(&line, "KEY");
                format!("{file:?} {name:?} at {time}: we say {ours}, OpenSSH {theirs}")
            })
        })
        .collect();
    assert_eq!(differ, [""; 0]);
    // A reader that allows nothing, or everything, would be of no use.
    let allowed = allowed.into_inner();
    assert!(allowed >= 80 && questions.len() - allowed >= 80, "{allowed}");
}

fn instant(time: &str) -> Timestamp {
    let digits = time.strip_suffix('Z').unwrap();
    jiff::civil::DateTime::strptime("%Y%m%d%H%M%S", digits)
        .unwrap()
        .to_zoned(jiff::tz::TimeZone::UTC)
        .unwrap()
        .timestamp()
}

#[test]
fn a_line_that_allows_nothing_says_why() {
    let bench = Bench::new();
    let line = bench.key("mara", "-t ed25519", "").line();
    bench.short_key("short");
    let short = bench.read("short.pub");
    let cases = [
        ("", None),
        ("# comment", None),
        ("mara KEY", None),
        ("mara cert-authority KEY", None),
        ("mara", Some(FaultKind::NoKey)),
        ("mara namespaces=\"x\"", Some(FaultKind::NoKey)),
        ("mara ssh-ed25519", Some(FaultKind::NoKey)),
        ("mara ssh-ed25519 AAAA", Some(FaultKind::Key(KeyFault::NoKey))),
        ("mara SHORT", Some(FaultKind::Key(KeyFault::ShortRsa { bits: 2048 }))),
        ("mara ssh-dss AAAA", Some(FaultKind::Key(KeyFault::Dsa))),
        ("mara restrict ssh-ed448 AAAA", Some(FaultKind::Key(KeyFault::UnknownAlgorithm))),
        ("\"mara KEY", Some(FaultKind::OpenQuote)),
        ("mara namespaces=\"x KEY", Some(FaultKind::OpenQuote)),
        ("mara namespaces=x KEY", Some(FaultKind::NotQuoted)),
        ("mara restrict KEY", Some(FaultKind::UnknownOption)),
        ("mara namespaces=\"x\"y KEY", Some(FaultKind::UnknownOption)),
        ("mara cert-authority, KEY", Some(FaultKind::LastComma)),
        ("mara namespaces=\"x\",namespaces=\"y\" KEY", Some(FaultKind::Twice("namespaces"))),
        ("mara valid-after=\"2020\" KEY", Some(FaultKind::NoTime("valid-after"))),
        ("mara valid-before=\"20261301Z\" KEY", Some(FaultKind::NoTime("valid-before"))),
        ("mara valid-before=\"20260101\" KEY", Some(FaultKind::LocalTime("valid-before"))),
        (
            "mara valid-after=\"20260102Z\",valid-before=\"20260101Z\" KEY",
            Some(FaultKind::NoTimeLeft),
        ),
        ("ma\0ra KEY", Some(FaultKind::Nul)),
    ];
    let file = cases.iter().fold(String::new(), |mut file, (text, _)| {
        writeln!(file, "{}", text.replace("KEY", &line).replace("SHORT", short.trim_end()))
            .unwrap();
        file
    });
    let signers = AllowedSigners::parse(&file);
    let faults: Vec<_> = signers.faults().iter().map(|it| (it.line, it.kind)).collect();
    let expected: Vec<_> = cases
        .iter()
        .enumerate()
        .filter_map(|(index, (_, fault))| Some((index + 1, (*fault)?)))
        .collect();
    assert_eq!(faults, expected);
    let entries: Vec<_> = signers.entries().iter().map(|it| (it.line, it.is_authority())).collect();
    assert_eq!(entries, [(3, false), (4, true)]);
    let local = signers.faults().iter().find(|it| it.line == 21).unwrap();
    assert_eq!(local.to_string(), "line 21: the time of `valid-before` does not say its zone");
    assert_eq!(local.kind.help(), "add a `Z`: without it the time depends on the machine");
}

/// What is written is read the same by both sides, and says what it was made of.
#[test]
fn a_line_of_ours_is_read_as_it_was_meant() {
    let bench = Bench::new();
    let key = bench.key("mara", "-t ed25519", "");
    let (after, before) = (instant("20260101000000Z"), instant("20261231235959Z"));
    let written = SignerLine {
        principal: MARA,
        key: &key,
        namespaces: &[Namespace::Approval, Namespace::Review],
        valid_after: Some(after),
        valid_before: Some(before),
    };
    let file = written.write().unwrap();
    assert_eq!(
        file,
        format!(
            "mara namespaces=\"approval@avouch,review@avouch\",valid-after=\"20260101000000Z\",\
             valid-before=\"20261231235959Z\" {}\n",
            key.line()
        )
    );
    let signers = AllowedSigners::parse(&file);
    assert_eq!(signers.faults(), []);
    let [entry] = signers.entries() else { panic!("{signers:?}") };
    assert_eq!((&entry.key, entry.valid_after()), (&key, Some(after)));
    assert_eq!(entry.valid_before(), Some(before));
    for namespace in Namespace::ALL {
        let armour = bench.stock_sign("mara", namespace.as_str(), MESSAGE, &[]);
        assert_eq!(sshsig::verify(&key, namespace, MESSAGE, &armour), Ok(()));
        for (time, within) in [
            ("20251231235959Z", false),
            ("20260101000000Z", true),
            ("20261231235959Z", true),
            ("20270101000000Z", false),
        ] {
            let expected = within && [Namespace::Approval, Namespace::Review].contains(&namespace);
            let ours = signers.is_allowed(MARA, &key, namespace, instant(time));
            let theirs = bench.stock_verify(&Asked {
                namespace: namespace.as_str(),
                time: Some(time),
                ..Asked::about(file.as_bytes(), &armour)
            });
            assert_eq!((ours, theirs), (expected, expected), "{namespace} {time}");
        }
    }
}

#[test]
fn a_line_that_would_mean_something_else_is_not_written() {
    let bench = Bench::new();
    let key = bench.key("mara", "-t ed25519", "");
    let good = SignerLine {
        principal: MARA,
        key: &key,
        namespaces: &[Namespace::Ring],
        valid_after: None,
        valid_before: None,
    };
    assert_eq!(good.write().unwrap(), format!("mara namespaces=\"ring@avouch\" {}\n", key.line()));
    let long = "x".repeat(1023);
    let names =
        ["", "*", "m?ra", "!tom", "mara,tom", "mara tom", "#mara", "\"mara\"", "mara\n", "mü"];
    for principal in names.into_iter().chain([long.as_str()]) {
        let line = SignerLine { principal, ..good };
        assert_eq!(line.write(), Err(LineFault::Principal), "{principal:?}");
    }
    let no_namespace = SignerLine { namespaces: &[], ..good };
    assert_eq!(no_namespace.write(), Err(LineFault::NoNamespace));
    let second = |second| Some(Timestamp::from_second(second).unwrap());
    for early in [0, -1, -100_000_000_000] {
        let line = SignerLine { valid_after: second(early), ..good };
        assert_eq!(line.write(), Err(LineFault::Time), "{early}");
    }
    for (after, before) in [(2, 1), (1, 1)] {
        let line = SignerLine { valid_after: second(after), valid_before: second(before), ..good };
        assert_eq!(line.write(), Err(LineFault::NoTimeLeft));
    }
    // A part of a second is dropped on both sides.
    let part = Timestamp::from_millisecond(1_900).unwrap();
    let line = SignerLine { valid_after: Some(part), ..good }.write().unwrap();
    let signers = AllowedSigners::parse(&line);
    let allowed = |at| signers.is_allowed(MARA, &key, Namespace::Ring, at);
    assert!(allowed(Timestamp::from_millisecond(1_000).unwrap()));
    assert!(allowed(Timestamp::from_millisecond(1_950).unwrap()));
    assert!(!allowed(Timestamp::from_millisecond(999).unwrap()));
}

/// Keys that we do not accept are allowed nothing, whatever the list says.
#[test]
fn a_short_key_is_allowed_by_openssh_only() {
    let bench = Bench::new();
    bench.short_key("short");
    let armour = bench.stock_sign("short", "approval@avouch", MESSAGE, &[]);
    let file = format!("{MARA} {}", bench.read("short.pub"));
    assert!(bench.stock_verify(&Asked::about(file.as_bytes(), &armour)));
    assert_eq!(AllowedSigners::parse(&file).entries(), []);
    let parsed = PublicKey::parse(&bench.read("short.pub"));
    assert_eq!(parsed, Err(KeyFault::ShortRsa { bits: 2048 }));
}
