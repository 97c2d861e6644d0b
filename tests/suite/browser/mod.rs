//! Both sites of `content/` in a real browser: pages load under the headers that the host sends,
//! search finds, nothing is said on the console, no request leaves the site, and axe finds no
//! barrier, wide and narrow, light and dark.
#![expect(clippy::disallowed_methods, reason = "a browser needs real files")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod chromium;
mod server;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use avouch::memo::Memo;
use avouch::pipeline::{BuildOptions, Inputs, Pdf, build};
use avouch::workspace::{home, read};

use self::chromium::{Chromium, Look};

/// One page of each kind.
const HANDBOOK: [&str; 11] = [
    "index.html",
    "policies/index.html",
    "policies/access-control.html",
    "procedures/incident-handling.html",
    "controls/index.html",
    "frameworks/soc2/index.html",
    "registers/risks.html",
    "people/mara.html",
    "calendar.html",
    "glossary.html",
    "404.html",
];
const TRUST_CENTER: [&str; 9] = [
    "index.html",
    "compliance.html",
    "controls.html",
    "documents.html",
    "policies/information-security.html",
    "questions.html",
    "subprocessors.html",
    "updates.html",
    "contact.html",
];

const LOOKS: [Look; 4] = [
    Look { width: 1280, scheme: "light" },
    Look { width: 1280, scheme: "dark" },
    Look { width: 390, scheme: "light" },
    Look { width: 390, scheme: "dark" },
];

/// Runs axe with the rules of WCAG 2.2 AA and of good practice; one line for each finding.
const AXE: &str = "axe.run(document, {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
}).then(({ violations }) => violations.flatMap(({ id, help, nodes }) =>
  nodes.map(({ target }) => `axe ${id}: ${help}: ${target.join(' ')}`)))";

#[test]
fn both_sites_work_in_a_browser() {
    if std::env::var("AVOUCH_NO_BROWSER").is_ok_and(|value| value == "1") {
        eprintln!("skipped: AVOUCH_NO_BROWSER=1 says that there is no browser; CI runs this test");
        return;
    }
    let axe = fs::read_to_string(root().join("tests/browser/node_modules/axe-core/axe.min.js"));
    let axe = axe.unwrap_or_else(|cause| {
        panic!("axe-core is missing ({cause}): run scripts/test.sh, or set AVOUCH_NO_BROWSER=1")
    });
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("site");
    build_sites(&out);
    let headers = fs::read_to_string(out.join("trust/_headers")).unwrap();
    // The handbook is served by the company's own host. The policy of the public site fits it too,
    // but for trusted types: the search loads parts of its index as scripts.
    let inside = headers.replace("require-trusted-types-for 'script'; ", "");
    assert_ne!(inside, headers);
    let handbook = server::serve(out.join("handbook"), &inside);
    let trust_center = server::serve(out.join("trust"), &headers);

    let mut browser = Chromium::start(&folder.path().join("profile"));
    let mut findings = String::new();
    for (origin, pages) in
        [(&handbook, HANDBOOK.as_slice()), (&trust_center, TRUST_CENTER.as_slice())]
    {
        let edition = if *origin == handbook { "handbook" } else { "trust" };
        for page in pages {
            for look in LOOKS {
                browser.look(look);
                let mut faults = browser.open(origin, page);
                let found = browser.evaluate_apart(&[&axe, AXE]);
                let found = found.as_array().unwrap().iter().filter_map(|line| line.as_str());
                faults.extend(found.map(str::to_owned));
                faults.extend(browser.faults(origin));
                for fault in faults {
                    writeln!(
                        findings,
                        "{edition}/{page} ({}, {}): {fault}",
                        look.width, look.scheme
                    )
                    .unwrap();
                }
            }
        }
    }
    assert!(findings.is_empty(), "the browser found faults:\n{findings}");

    browser.look(LOOKS[0]);
    search(&mut browser, &handbook);
    // Without a server, as from a shared folder.
    search(&mut browser, &format!("file://{}", out.join("handbook").display()));
}

/// Looks for documents by id and by word, on the page of results and in the field of every page.
fn search(browser: &mut Chromium, origin: &str) {
    const HITS: &str = "new Promise((resolve) => {
      const look = () => {
        const hits = [...document.querySelectorAll('.search-hit')];
        hits.length ? resolve(hits.map((hit) => hit.href)) : setTimeout(look, 50);
      };
      look();
      setTimeout(() => resolve([]), 20000);
    })";
    let mut faults = browser.open(origin, "search.html?q=POL-AC");
    let by_id = browser.evaluate(HITS);
    faults.extend(browser.open(origin, "search.html?q=offboarding"));
    let by_word = browser.evaluate(HITS);
    faults.extend(browser.open(origin, "index.html"));
    browser.evaluate("document.querySelector('[role=search] input[type=search]').focus()");
    browser.type_text("POL-AC");
    let by_typing = browser.evaluate(HITS);
    faults.extend(browser.faults(origin));
    assert_eq!(faults, Vec::<String>::new(), "{origin}");
    let page = |address: &str| format!("{origin}/{address}");
    assert_eq!(by_id[0], page("policies/access-control.html"));
    assert_eq!(by_typing[0], page("policies/access-control.html"));
    let by_word = by_word.as_array().unwrap();
    assert!(by_word.contains(&page("procedures/offboarding.html").into()), "{by_word:?}");
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Builds the handbook and the trust center of `content/`, without PDFs.
fn build_sites(out: &Path) {
    let layout = home::layout(root());
    let (snapshot, faults) = read::read(root(), layout).unwrap();
    let now = jiff::Timestamp::UNIX_EPOCH;
    let inputs = Inputs { faults, now, ..Inputs::of(snapshot, layout) };
    let options = BuildOptions {
        baseline: None,
        root: home::home(root()),
        out: PathBuf::from(out),
        pdf: Pdf::None,
        handbook: true,
        trust: true,
    };
    let (built, _) = build(&inputs, &options, &Memo::default(), &|_| {}).unwrap();
    assert_eq!(built.editions.len(), 2, "{:?}", built.checked.diagnostics);
}
