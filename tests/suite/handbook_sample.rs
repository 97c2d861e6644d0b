//! Realistic views of a fictional company's handbook.

use avouch::plan::view::handbook::*;
use avouch::plan::view::{
    Cell, Chip, Column, ColumnKind, Fact, HrefText, Html, Icon, Notice, Row, Status, Table, Tone,
};

fn link(href: &str, text: &str) -> HrefText {
    HrefText { href: href.into(), text: text.into() }
}

fn status(icon: Icon, word: &str, tone: Tone) -> Status {
    Status { icon, word: word.into(), tone }
}

fn in_force() -> Status {
    status(Icon::Check, "In force", Tone::Success)
}

fn due_soon() -> Status {
    status(Icon::Clock, "Due soon", Tone::Attention)
}

fn html(text: &str) -> Html {
    Html(text.into())
}

fn chip(text: &str, href: &str) -> Chip {
    Chip { text: text.into(), href: (!href.is_empty()).then(|| href.into()) }
}

fn linked(id: &str, href: &str, text: &str, state: Option<Status>) -> Linked {
    Linked { id: id.into(), link: link(href, text), status: state, note: String::new() }
}

fn head(kind: &str, id: &str, title: &str) -> Head {
    Head { kind: kind.into(), id: id.into(), title: title.into(), ..Head::default() }
}

fn titled(title: &str, breadcrumb: Vec<HrefText>) -> Frame {
    Frame { page_title: title.into(), breadcrumb, ..Frame::default() }
}

fn table(caption: &str, columns: &[(&str, ColumnKind)], rows: Vec<Vec<Cell>>) -> Table {
    Table {
        caption: caption.into(),
        columns: columns.iter().map(|(title, kind)| Column::new(*title, *kind)).collect(),
        rows: rows.into_iter().map(|cells| Row { anchor: None, cells }).collect(),
        empty: "Nothing is recorded here yet.".into(),
    }
}

pub(crate) fn frame(root: &str, title: &str, breadcrumb: Vec<HrefText>) -> Frame {
    Frame {
        language: "en-GB".into(),
        direction: "ltr".into(),
        organisation: "Harbourlight".into(),
        site_title: "Handbook".into(),
        page_title: title.into(),
        description: String::new(),
        root: root.into(),
        styles: vec![format!("{root}assets/base.css"), format!("{root}assets/handbook.css")],
        script: format!("{root}assets/handbook.js"),
        deferred_scripts: Vec::new(),
        content_security_policy: None,
        notices: vec![Notice {
            status: status(Icon::Info, "Fictional demonstration", Tone::Info),
            text: "Harbourlight does not exist; nothing here is a statement about a real company."
                .into(),
            link: None,
        }],
        releases: Some(Releases {
            current: "Release 2026.3".into(),
            others: vec![
                link("#content", "Release 2026.2, 2026-08-03"),
                link("#content", "Release 2026.1, 2026-02-01"),
            ],
        }),
        breadcrumb,
        nav_html: Html::default(),
        edition: vec![
            "Release 2026.3".into(),
            "as of 16 November 2026".into(),
            "built from 7f3a9c1".into(),
        ],
        footer: vec![
            link(&format!("{root}glossary.html"), "Glossary"),
            link(&format!("{root}calendar.html"), "Review calendar"),
        ],
    }
}

pub(crate) fn navigation(root: &str, open: &str) -> Navigation {
    let section = |text: &str, href: &str, groups: Vec<NavigationGroup>| NavigationSection {
        link: link(&format!("{root}{href}"), text),
        groups: if open == text { groups } else { Vec::new() },
    };
    let group = |title: &str, links: &[(&str, &str)]| NavigationGroup {
        title: title.into(),
        links: links.iter().map(|(href, text)| link(href, text)).collect(),
    };
    Navigation {
        sections: vec![
            section(
                "Policies",
                "policies/index.html",
                vec![group(
                    "",
                    &[
                        ("access-control.html", "Access control"),
                        ("draft.html", "Patching"),
                        ("#1", "Business continuity and disaster recovery"),
                        ("#2", "Change management"),
                        ("#3", "Data management"),
                        ("#4", "Incident response"),
                        ("#5", "Information security"),
                        ("#6", "Logging and monitoring"),
                        ("#7", "Password"),
                        ("#8", "Risk management"),
                        ("#9", "Vendor management"),
                    ],
                )],
            ),
            section("Procedures", "policies/index.html", Vec::new()),
            section("Narratives", "policies/index.html", Vec::new()),
            section(
                "Controls",
                "controls/index.html",
                vec![
                    group(
                        "Access",
                        &[
                            ("ac-01.html", "AC-01 Multi-factor authentication on single sign-on"),
                            ("#1", "AC-02 Access requests"),
                        ],
                    ),
                    group(
                        "Change",
                        &[("#2", "CM-01 Review before merge"), ("#3", "CM-02 Separate deployment")],
                    ),
                ],
            ),
            section(
                "Frameworks",
                "frameworks/index.html",
                vec![
                    group(
                        "SOC 2",
                        &[
                            ("soc2.html", "Criteria"),
                            ("soc2-steps.html", "Steps"),
                            ("soc2-documents.html", "Documents"),
                        ],
                    ),
                    group("ISO/IEC 27001", &[("#1", "Requirements"), ("#2", "Steps")]),
                ],
            ),
            section("Evidence", "registers/risks.html", Vec::new()),
            section(
                "Registers",
                "registers/risks.html",
                vec![group(
                    "",
                    &[
                        ("risks.html", "Risks"),
                        ("incidents.html", "Incidents"),
                        ("#1", "Vendors"),
                        ("#2", "Policy exceptions"),
                    ],
                )],
            ),
            section(
                "People",
                "people/mara.html",
                vec![group("", &[("mara.html", "Mara Ellison"), ("#1", "Jonas Whitcombe")])],
            ),
            section("Review calendar", "calendar.html", Vec::new()),
            section("Glossary", "glossary.html", Vec::new()),
        ],
    }
}

fn coverage(title: &str, note: &str, total: u32, counts: [u32; 5]) -> Coverage {
    Coverage {
        framework: link("frameworks/soc2.html", title),
        note: note.into(),
        steps: ["Cited", "Documented", "Implemented", "Evidenced", "Fresh"]
            .iter()
            .zip(counts)
            .map(|(word, reached)| CoverageStep { word: (*word).into(), reached, total })
            .collect(),
    }
}

fn all_coverage() -> Vec<Coverage> {
    vec![
        coverage("SOC 2", "2017 (2022), 61 criteria", 61, [61, 60, 58, 41, 36]),
        coverage("ISO/IEC 27001", "2022, 93 controls, 2 excluded", 91, [91, 88, 80, 52, 47]),
        coverage("HIPAA Security Rule", "2013, 42 standards", 42, [42, 39, 31, 12, 0]),
    ]
}

fn ladder(reached: usize, notes: [&str; 5]) -> Ladder {
    Ladder {
        steps: ["Cited", "Documented", "Implemented", "Evidenced", "Fresh"]
            .iter()
            .zip(notes)
            .enumerate()
            .map(|(index, (word, note))| LadderStep {
                word: (*word).into(),
                reached: index < reached,
                note: note.into(),
            })
            .collect(),
    }
}

pub(crate) fn home() -> Home {
    let attention =
        |state: Status, id: &str, text: &str, detail: &str, owner: &str, date: &str| Attention {
            status: state,
            id: id.into(),
            subject: link("policies/access-control.html", text),
            detail: detail.into(),
            owner: Cell::link("people/mara.html", owner),
            date: date.into(),
        };
    let change = |date: &str, id: &str, text: &str, version: &str, summary: &str| Change {
        date: date.into(),
        id: id.into(),
        subject: link("policies/access-control.html", text),
        version: version.into(),
        kind: "material".into(),
        summary: summary.into(),
        redline: Some(link("policies/access-control.html", "redline")),
    };
    let kind = |href: &str, text: &str, count: u32, note: &str| KindCount {
        link: link(href, text),
        count,
        note: note.into(),
    };
    Home {
        frame: titled("Home", Vec::new()),
        title: "Harbourlight handbook".into(),
        state_html: html(
            "<strong>21 of 22</strong> documents are in force; <strong>1</strong> review is due this month; <strong>1</strong> approval is awaited.",
        ),
        attention: vec![
            attention(
                status(Icon::Alert, "Expired", Tone::Danger),
                "EXC-02",
                "Shared administrator account on the label printer",
                "The policy exception ended; close it or grant it again.",
                "Sam O’Dowd",
                "2026-10-31",
            ),
            attention(
                status(Icon::Clock, "Stale", Tone::Attention),
                "OP-03",
                "Restore tests of production backups",
                "The newest evidence is older than it may be.",
                "Lena Kowalczyk",
                "2026-11-08",
            ),
            attention(
                due_soon(),
                "POL-PW",
                "Password Policy",
                "Review before the date.",
                "Mara Ellison",
                "2026-12-05",
            ),
            attention(
                status(Icon::Draft, "Approval awaited", Tone::Info),
                "PRO-PA",
                "Patching Procedure",
                "A draft without approval.",
                "Lena Kowalczyk",
                "",
            ),
        ],
        kinds: vec![
            kind("policies/index.html", "Policies", 10, ""),
            kind("policies/index.html", "Procedures", 8, "1 draft"),
            kind("policies/index.html", "Narratives", 2, ""),
            kind("controls/index.html", "Controls", 54, "1 without evidence"),
            kind("frameworks/index.html", "Frameworks", 5, ""),
            kind("registers/risks.html", "Registers", 9, ""),
            kind("people/mara.html", "People and roles", 23, ""),
            kind("calendar.html", "Review calendar", 31, ""),
        ],
        changes: vec![
            change(
                "2026-10-12",
                "POL-PW",
                "Password Policy",
                "1.4",
                "Minimum length of passwords: 12 → 14 characters.",
            ),
            change(
                "2026-09-01",
                "PRO-IH",
                "Incident Handling Procedure",
                "2.0",
                "Customers are told within 48 hours; the on-call rota moved to the platform team.",
            ),
            change(
                "2026-08-03",
                "POL-VM",
                "Vendor Management Policy",
                "1.3",
                "Vendors of tier “critical” give their own SOC 2 report every year.",
            ),
        ],
        coverage: all_coverage(),
    }
}

const DOCUMENT_COLUMNS: [(&str, ColumnKind); 6] = [
    ("Title", ColumnKind::Text),
    ("Id", ColumnKind::Id),
    ("Version", ColumnKind::Id),
    ("Owner", ColumnKind::Text),
    ("Standing", ColumnKind::Status),
    ("Next review", ColumnKind::Date),
];

pub(crate) fn policies() -> List {
    let row = |id: &str, text: &str, state: Status, date: &str, note: &str| {
        vec![
            Cell::link("access-control.html", text).note(note),
            Cell::text(id),
            Cell::text("2.1"),
            Cell::link("../people/mara.html", "Chief Information Security Officer"),
            Cell::status(state),
            Cell::text(date),
        ]
    };
    List {
        frame: titled("Policies", vec![link("../index.html", "Handbook")]),
        head: Head { summary: "What we commit to. Each policy is approved, has an owner and is reviewed at least once a year.".into(), ..head("", "", "Policies") },
        intro_html: Html::default(),
        sections: vec![
            TableSection {
                anchor: "in-force".into(),
                heading: String::new(),
                table: table("Policies", &DOCUMENT_COLUMNS, vec![
                    row("POL-AC", "Access Control Policy", in_force(), "2027-01-20", "Who gets access to what, how it is asked for and how it ends."),
                    row("POL-BC", "Business Continuity and Disaster Recovery Policy", in_force(), "2027-03-02", "How the service goes on when a region fails."),
                    row("POL-PW", "Password Policy", due_soon(), "2026-12-05", "How long passwords are and where they are kept."),
                    row("POL-IR", "Incident Response Policy", status(Icon::Alert, "Review overdue", Tone::Danger), "2026-10-30", "Who does what when something goes wrong."),
                    row("POL-CR", "Cryptography Policy", status(Icon::Draft, "Draft", Tone::Neutral), "", "Which algorithms and key lengths are used."),
                ]),
            },
            TableSection {
                anchor: "retired".into(),
                heading: "Retired".into(),
                table: table("Retired policies", &DOCUMENT_COLUMNS, vec![row("POL-OS", "Office Security Policy", status(Icon::Archive, "Retired", Tone::Neutral), "", "Superseded by the Information Security Policy.")]),
            },
        ],
        downloads: vec![link("policies.csv", "CSV")],
    }
}

const BODY: &str = r##"<h2 id="purpose"><span class="number">1</span> Purpose<a class="permalink" href="#purpose" aria-label="Link to section 1">#</a></h2>
<p>This policy says who may use the systems of Harbourlight, how <abbr title="Access that allows changes to production systems or to other people’s access">privileged access</abbr> is asked for, and how it ends. It carries out the <a href="access-control.html">Information Security Policy</a> and is carried out by the <a href="access-control.html">Access Request and Review Procedure</a>.<sup><a id="fnref-1" href="#fn-1" role="doc-noteref" aria-label="Footnote 1">1</a></sup></p>
<h2 id="scope"><span class="number">2</span> Scope<a class="permalink" href="#scope" aria-label="Link to section 2">#</a></h2>
<p>It binds everyone who works for Harbourlight, including contractors, and covers every <a href="../glossary.html#production-system">production system</a>, the office network and the tools listed below.</p>
<ul><li>Single sign-on with Keyring ID;</li><li>the cloud accounts at Stratus Cloud, in <code>eu-west</code> and <code>us-east</code>;</li><li>source code and builds at Forgehub.</li></ul>
<aside class="alert alert-note" aria-label="Note"><p class="alert-title">Note</p><p>Customers’ own users of Quayside are governed by the customers’ own settings.</p></aside>
<h2 id="policy-statements"><span class="number">3</span> Policy statements<a class="permalink" href="#policy-statements" aria-label="Link to section 3">#</a></h2>
<h3 id="requests"><span class="number">3.1</span> Requests<a class="permalink" href="#requests" aria-label="Link to section 3.1">#</a></h3>
<ol class="clauses">
<li class="clause" id="request"><span class="number"><a href="#request">1.1</a></span> <p>People managers must request access for new staff in the ticket system before the first working day.</p></li>
<li class="clause" id="mfa"><span class="number"><a href="#mfa">1.2</a></span> <p>Engineers must use multi-factor authentication on every production system. Passwords have at least 14 characters, and sessions end after 12 hours.</p><ol type="a"><li>A hardware key is required for privileged access.</li><li>Text messages are not a second factor.</li></ol></li>
<li class="clause" id="revoke"><span class="number"><a href="#revoke">1.3</a></span> <p>The IT manager must end all access within 24 hours after somebody leaves.</p></li>
</ol>
<aside class="alert alert-warning" aria-label="Warning"><p class="alert-title">Warning</p><p>An access that nobody asked for is an incident. Report it to the security team at once.</p></aside>
<aside class="restricted" aria-label="Staff only"><p class="alert-title">Staff only</p><p>The break-glass account is kept in the safe of the Dublin office; its use is announced in <code>#security</code>.</p></aside>
<h2 id="reviews"><span class="number">4</span> Reviews<a class="permalink" href="#reviews" aria-label="Link to section 4">#</a></h2>
<div class="table" role="group" tabindex="0" aria-label="Reviews by kind of access"><table><thead><tr><th scope="col">Access</th><th scope="col">Reviewed by</th><th scope="col">Cycle</th><th scope="col" class="right">Accounts</th></tr></thead><tbody><tr><td>Privileged</td><td>Chief Information Security Officer</td><td>every quarter</td><td class="right">14</td></tr><tr><td>Production, read only</td><td>Head of platform</td><td>every quarter</td><td class="right">38</td></tr><tr><td>Office tools</td><td>IT manager</td><td>every year</td><td class="right">112</td></tr></tbody></table></div>
<p>The review is an export of the identity provider, compared with the list of staff:</p>
<pre tabindex="0"><code><span class="co"># who has what, and since when</span>
<span class="pr">review</span>:
  <span class="pr">accounts</span>: <span class="nu">112</span>
  <span class="pr">source</span>: <span class="st">"keyring export --role auditor"</span>
  <span class="pr">complete</span>: <span class="cn">true</span></code></pre>
<dl><dt>Population</dt><dd>All accounts on the day of the export.</dd><dt>Sample</dt><dd>None: every account is looked at.</dd></dl>
<blockquote><p>Access is lent, not given.</p></blockquote>
<h2 id="exceptions"><span class="number">5</span> Exceptions<a class="permalink" href="#exceptions" aria-label="Link to section 5">#</a></h2>
<p>The Chief Information Security Officer may grant an exception for at most 180 days. Each is kept in the <a href="../registers/risks.html">register of policy exceptions</a>.</p>
<section class="footnotes" role="doc-endnotes" aria-label="Footnotes"><ol><li id="fn-1"><p>See also section 4 of the system description. <a href="#fnref-1" role="doc-backlink" aria-label="Back to the text">↩</a></p></li></ol></section>"##;

pub(crate) fn policy() -> DocumentPage {
    let entry = |href: &str, number: &str, text: &str, level: u8| OutlineEntry {
        href: href.into(),
        number: number.into(),
        text: text.into(),
        level,
    };
    let requirement = |id: &str, title: &str, clauses: &[&str]| RequirementLink {
        link: link("../frameworks/soc2/cc6.1.html", id),
        title: title.into(),
        status: Some(status(Icon::Check, "Fresh", Tone::Success)),
        clauses: clauses.iter().map(|number| link("#mfa", number)).collect(),
        reason: String::new(),
    };
    DocumentPage {
        frame: titled(
            "Access Control Policy",
            vec![link("../index.html", "Handbook"), link("index.html", "Policies")],
        ),
        head: Head {
            status: Some(in_force()),
            standing: "since 1 February 2026 · next review 20 January 2027".into(),
            ..head("Policy", "POL-AC", "Access Control Policy")
        },
        facts: vec![
            Fact::new("Id", Cell::text("POL-AC")),
            Fact::new("Version", Cell::text("2.1")),
            Fact::new("Effective", Cell::text("1 February 2026")),
            Fact::new("Last reviewed", Cell::text("18 July 2026")),
            Fact::new("Next review", Cell::text("20 January 2027")),
            Fact::new("Classification", Cell::text("Internal")),
            Fact::new(
                "Owner",
                Cell::link("../people/mara.html", "Chief Information Security Officer")
                    .note("Mara Ellison"),
            ),
            Fact::new(
                "Approver",
                Cell::link("../people/mara.html", "Mara Ellison")
                    .note("Chief Information Security Officer, unsigned"),
            ),
            Fact::new(
                "Frameworks",
                Cell::chips(vec![
                    chip("SOC 2", "../frameworks/soc2.html"),
                    chip("ISO/IEC 27001", "../frameworks/soc2.html"),
                    chip("HIPAA", "../frameworks/soc2.html"),
                ]),
            ),
        ],
        outline: vec![
            entry("#purpose", "1", "Purpose", 2),
            entry("#scope", "2", "Scope", 2),
            entry("#policy-statements", "3", "Policy statements", 2),
            entry("#requests", "3.1", "Requests", 3),
            entry("#reviews", "4", "Reviews", 2),
            entry("#exceptions", "5", "Exceptions", 2),
        ],
        body_html: html(BODY),
        is_governed: true,
        approvals: endorsed(),
        proposal: Some(endorsed()),
        reviews: Endorsed {
            table: Table {
                caption: "Reviews".into(),
                columns: acts_columns("Conclusion"),
                rows: vec![Row {
                    anchor: None,
                    cells: vec![
                        Cell::link("../people/mara.html", "Mara Ellison"),
                        Cell::text("No change.").note("Considered: incidents, law"),
                        Cell::text("2026-07-18").note("claimed"),
                        Cell::status(status(Icon::Info, "Counts", Tone::Neutral))
                            .note("Recorded, unsigned: on the word of whoever wrote the line"),
                    ],
                }],
                empty: String::new(),
            },
            ..Endorsed::default()
        },
        records: vec![Linked {
            note: "Policy exception, from POL-AC 3.1.2, until 4 December 2026".into(),
            ..linked(
                "EXC-01",
                "../registers/policy-exceptions.html#EXC-01",
                "Carrier portal without single sign-on",
                Some(status(Icon::Half, "Active", Tone::Info)),
            )
        }],
        requirements: vec![
            RequirementGroup {
                framework: link("../frameworks/soc2.html", "SOC 2"),
                requirements: vec![
                    requirement(
                        "CC6.1",
                        "Logical access is restricted to those who need it",
                        &["3.1.1", "3.1.2"],
                    ),
                    requirement("CC6.2", "Users are registered before they get access", &["3.1.1"]),
                ],
            },
            RequirementGroup {
                framework: link("../frameworks/soc2.html", "ISO/IEC 27001"),
                requirements: vec![requirement("A.5.15", "Rules for access are written down", &[])],
            },
        ],
        documents: vec![LinkedGroup {
            heading: "Procedures".into(),
            links: vec![
                linked(
                    "PRO-AR",
                    "access-control.html",
                    "Access Request and Review Procedure",
                    Some(in_force()),
                ),
                linked("PRO-OF", "access-control.html", "Offboarding Procedure", Some(in_force())),
            ],
        }],
        controls: vec![
            linked(
                "AC-01",
                "../controls/ac-01.html",
                "Multi-factor authentication on single sign-on",
                Some(status(Icon::Check, "Fresh", Tone::Success)),
            ),
            linked(
                "AC-03",
                "../controls/ac-01.html",
                "Quarterly access review",
                Some(status(Icon::Half, "Evidenced", Tone::Attention)),
            ),
        ],
        mentions: vec![Mention {
            id: "PRO-ON".into(),
            link: link("access-control.html", "Onboarding Procedure"),
            sentence_html: html(
                "Before the first day, the people manager opens a request as the <mark>Access Control Policy</mark> demands.",
            ),
        }],
        revisions: vec![
            Revision {
                version: "2.1".into(),
                date: "2026-02-01".into(),
                kind: "Material".into(),
                summary: "Hardware keys for privileged access; minimum length 12 → 14 characters."
                    .into(),
                authors: "Tom Okafor".into(),
                approvers: "Mara Ellison (Chief Information Security Officer)".into(),
                redline: Some(link("#content", "Redline")),
            },
            Revision {
                version: "2.0".into(),
                date: "2025-02-01".into(),
                kind: "Material".into(),
                summary: "Rewritten around single sign-on.".into(),
                authors: String::new(),
                approvers: String::new(),
                redline: None,
            },
        ],
        downloads: vec![link("access-control.pdf", "PDF"), link("access-control.md", "Markdown")],
    }
}

fn acts_columns(third: &str) -> Vec<Column> {
    vec![
        Column::new("Person", ColumnKind::Text),
        Column::new(third, ColumnKind::Text),
        Column::new("Day", ColumnKind::Date),
        Column::new("Verdict", ColumnKind::Status),
    ]
}

fn endorsed() -> Endorsed {
    let act = |decision: Cell, day: Cell, verdict: Cell| Row {
        anchor: None,
        cells: vec![
            Cell::link("../people/mara.html", "Mara Ellison")
                .note("Chief Information Security Officer, for Priya Raman"),
            decision,
            day,
            verdict,
        ],
    };
    let signed = |icon: Icon, word: &str, tone: Tone, note: &str| {
        Cell::status(status(icon, word, tone)).note(note)
    };
    Endorsed {
        status: Some(status(Icon::Check, "Signed", Tone::Success)),
        words: "2 of 2 people".into(),
        digest: "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".into(),
        table: Table {
            caption: "Decisions on this text, the oldest first".into(),
            columns: acts_columns("Decision"),
            rows: vec![
                act(
                    Cell::text("Asked for changes").note("Clause 4.2 names a team that is gone"),
                    Cell::text("2026-01-18").note("claimed"),
                    signed(Icon::Cross, "Does not stand", Tone::Danger, "Signed: SHA256:Vd3u9gTqWm2x…: nobody in the ring has the key"),
                ),
                act(
                    Cell::text("Approved"),
                    Cell::text("2026-01-20").note("witnessed by CN=Time Stamping Authority, O=Example Trust Services"),
                    signed(Icon::Check, "Valid", Tone::Success, "Signed: SHA256:Vd3u9gTqWm2x…"),
                ),
            ],
            empty: String::new(),
        },
        statements: vec![SignedText {
            title: "Statement of Mara Ellison, 2026-01-20".into(),
            file: "content/records/statements/20260120T140311Z-mara-approval-29315b69.txt".into(),
            words: "key SHA256:Vd3u9gTqWm2xVd3u9gTqWm2xVd3u9gTqWm2xVd3u9gT · ring 1".into(),
            text: "avouch statement v1\nworkspace: 7c1f4be09a2d4e8fb3650d92ac417e58\nact: approval\ndecision: approve\nby: mara\n".into(),
        }],
    }
}

pub(crate) fn proposed() -> ProposedPage {
    ProposedPage {
        frame: titled(
            "Access Control Policy: proposed change",
            vec![
                link("../index.html", "Handbook"),
                link("index.html", "Policies"),
                link("access-control.html", "Access Control Policy"),
            ],
        ),
        head: Head {
            status: Some(status(Icon::Draft, "Approval missing", Tone::Attention)),
            standing: "proposed change".into(),
            notices: vec![Notice {
                status: status(Icon::Draft, "Not in force", Tone::Attention),
                text:
                    "This text does not count: it is what the file holds, and it is not approved."
                        .into(),
                link: Some(link("access-control.html", "Read the text in force")),
            }],
            ..head("Policy", "POL-AC", "Access Control Policy")
        },
        facts: vec![Fact::new("Version proposed", Cell::text("2.2"))],
        approvals: endorsed(),
        redline_html: html(
            "<div class=\"redline\"><p class=\"redline-summary\">1 block changed.</p><section class=\"redline-part\"><div class=\"redline-row redline-changed redline-words\"><span class=\"redline-sign\" aria-hidden=\"true\">~</span><span class=\"visually-hidden\">Paragraph changed: </span><div class=\"redline-text\">Sessions end after <del><span class=\"visually-hidden\"> [removed: </span>12<span class=\"visually-hidden\">] </span></del><ins><span class=\"visually-hidden\"> [added: </span>8<span class=\"visually-hidden\">] </span></ins> hours.</div></div></section></div>",
        ),
    }
}

pub(crate) fn draft() -> DocumentPage {
    DocumentPage {
        head: Head {
            status: Some(status(Icon::Draft, "Draft", Tone::Neutral)),
            standing: "not approved, not in force".into(),
            notices: vec![Notice {
                status: status(Icon::Draft, "Draft", Tone::Attention),
                text: "Nobody has approved this text. It binds no one yet.".into(),
                link: None,
            }],
            ..head("Procedure", "PRO-PA", "Patching Procedure")
        },
        frame: titled(
            "Patching Procedure",
            vec![link("../index.html", "Handbook"), link("index.html", "Procedures")],
        ),
        is_governed: true,
        approvals: Endorsed {
            status: Some(status(Icon::Draft, "Approval missing", Tone::Attention)),
            words: "0 of 1 person; missing: Chief Technology Officer (Priya Raman)".into(),
            table: Table {
                empty: "Nobody has approved this version. It is not in force.".into(),
                ..Table::default()
            },
            ..Endorsed::default()
        },
        proposal: None,
        outline: Vec::new(),
        requirements: Vec::new(),
        documents: Vec::new(),
        controls: Vec::new(),
        mentions: Vec::new(),
        body_html: html("<h2 id=\"purpose\">Purpose</h2><p>How systems are patched.</p>"),
        ..policy()
    }
}

pub(crate) fn controls() -> List {
    let row = |id: &str, text: &str, state: Status| {
        vec![
            Cell::link("ac-01.html", id),
            Cell::text(text),
            Cell::link("../people/mara.html", "IT manager"),
            Cell::text("Continuous"),
            Cell::status(state),
            Cell::chips(vec![chip("SOC 2", ""), chip("ISO/IEC 27001", "")]),
        ]
    };
    List {
        frame: titled("Controls", vec![link("../index.html", "Handbook")]),
        head: head("", "", "Controls"),
        intro_html: html("<p>Safeguards that operate, each stated so that it can be tested.</p>"),
        sections: vec![TableSection {
            anchor: "access".into(),
            heading: "Access".into(),
            table: table(
                "Controls of access",
                &[
                    ("Id", ColumnKind::Id),
                    ("Title", ColumnKind::Text),
                    ("Owner", ColumnKind::Text),
                    ("Frequency", ColumnKind::Text),
                    ("Step reached", ColumnKind::Status),
                    ("Frameworks", ColumnKind::Text),
                ],
                vec![
                    row(
                        "AC-01",
                        "Multi-factor authentication on single sign-on",
                        status(Icon::Check, "Fresh", Tone::Success),
                    ),
                    row(
                        "AC-02",
                        "Access is asked for and granted in tickets",
                        status(Icon::Half, "Evidenced", Tone::Attention),
                    ),
                    row(
                        "AC-03",
                        "Quarterly access review",
                        status(Icon::Half, "Implemented", Tone::Attention),
                    ),
                ],
            ),
        }],
        downloads: vec![link("controls.csv", "CSV")],
    }
}

fn evidence_table() -> Table {
    table(
        "Evidence",
        &[
            ("Evidence", ColumnKind::Text),
            ("Id", ColumnKind::Id),
            ("Period or date", ColumnKind::Date),
            ("Collected by", ColumnKind::Text),
            ("Fresh until", ColumnKind::Date),
            ("State", ColumnKind::Status),
        ],
        vec![
            vec![
                Cell::link("../registers/risks.html", "Quarterly access review, Q3 2026"),
                Cell::text("EV-2026-014"),
                Cell::text("2026-09-30"),
                Cell::text("Tom Adeyemi"),
                Cell::text("2027-01-08"),
                Cell::status(status(Icon::Check, "Fresh", Tone::Success)),
            ],
            vec![
                Cell::link("../registers/risks.html", "Quarterly access review, Q2 2026"),
                Cell::text("EV-2026-009"),
                Cell::text("2026-06-30"),
                Cell::text("Tom Adeyemi"),
                Cell::text("2026-10-08"),
                Cell::status(status(Icon::Clock, "Stale", Tone::Attention)),
            ],
        ],
    )
}

pub(crate) fn control() -> ControlPage {
    ControlPage {
        frame: titled(
            "AC-01 Multi-factor authentication on single sign-on",
            vec![link("../index.html", "Handbook"), link("index.html", "Controls")],
        ),
        head: Head {
            status: Some(status(Icon::Check, "Operating", Tone::Success)),
            standing: "since 10 January 2025".into(),
            ..head("Control", "AC-01", "Multi-factor authentication on single sign-on")
        },
        statement_html: html(
            "<p>Every workforce account in Keyring ID must present a second factor at each sign-in; a session ends after 12 hours.</p>",
        ),
        facts: vec![
            Fact::new("Owner", Cell::link("../people/mara.html", "IT manager").note("Sam O’Dowd")),
            Fact::new("Version", Cell::text("1.0")),
            Fact::new("Frequency", Cell::text("Continuous")),
            Fact::new("Nature", Cell::text("Automated")),
            Fact::new("Type", Cell::text("Preventive")),
            Fact::new("Category", Cell::text("Technical")),
        ],
        ladder: ladder(
            4,
            [
                "by 3 requirements",
                "in POL-AC",
                "since 10 January 2025",
                "3 of 4 expected occurrences",
                "newest is of 30 June 2026",
            ],
        ),
        test_of_design_html: html(
            "<p>Inspect the sign-in policy in Keyring ID and confirm that no group is exempt.</p>",
        ),
        test_of_operation_html: html(
            "<p>Select 25 sign-ins from the log of the period; confirm that each shows a second factor.</p>",
        ),
        meets: vec![RequirementGroup {
            framework: link("../frameworks/soc2.html", "SOC 2"),
            requirements: vec![RequirementLink {
                link: link("../frameworks/soc2/cc6.1.html", "CC6.1"),
                title: "Logical access is restricted".into(),
                status: Some(status(Icon::Half, "Partly", Tone::Attention)),
                clauses: Vec::new(),
                reason: "A second factor keeps a stolen password from being enough.".into(),
            }],
        }],
        documents: vec![linked(
            "POL-AC",
            "../policies/access-control.html",
            "Access Control Policy",
            Some(in_force()),
        )],
        evidence: evidence_table(),
        records: vec![linked(
            "FND-01",
            "../registers/risks.html",
            "One service account without a second factor",
            Some(status(Icon::Clock, "In remediation", Tone::Attention)),
        )],
        mentions: policy().mentions,
        previous: None,
        next: Some(link("index.html", "AC-02 Access requests")),
    }
}

pub(crate) fn frameworks() -> FrameworkList {
    FrameworkList {
        frame: titled("Frameworks", vec![link("../index.html", "Handbook")]),
        head: head("", "", "Frameworks"),
        intro_html: html("<p>Bodies of requirements from outside, and how far ours have come.</p>"),
        coverage: all_coverage(),
    }
}

pub(crate) fn framework() -> FrameworkPage {
    let row = |id: &str, title: &str, reached: usize, state: Status| RequirementRow {
        link: link("soc2/cc6.1.html", id),
        title: title.into(),
        status: state,
        ladder: ladder(reached, [""; 5]),
        documents: vec![
            link("../policies/access-control.html", "POL-AC"),
            link("../policies/access-control.html", "POL-IS"),
        ],
        controls: if reached < 3 {
            Vec::new()
        } else {
            vec![
                link("../controls/ac-01.html", "AC-01"),
                link("../controls/ac-01.html", "AC-02"),
                link("../controls/ac-01.html", "AC-03"),
            ]
        },
    };
    FrameworkPage {
        frame: titled(
            "SOC 2",
            vec![link("../index.html", "Handbook"), link("index.html", "Frameworks")],
        ),
        head: Head {
            standing: "Type 2, 1 January to 31 December 2026, Marlowe & Finch Assurance LLP".into(),
            ..head(
                "Framework",
                "SOC 2",
                "2017 Trust Services Criteria (with revised points of focus, 2022)",
            )
        },
        facts: vec![
            Fact::new("Publisher", Cell::text("AICPA")),
            Fact::new("Edition", Cell::text("2017 (2022)")),
            Fact::new("Text", Cell::text("Ids and short titles of our own")),
        ],
        coverage: coverage("SOC 2", "2017 (2022), 61 criteria", 61, [61, 60, 58, 41, 36]),
        requirement_word: "Criterion".into(),
        groups: vec![
            FrameworkGroup {
                anchor: "cc1".into(),
                id: "CC1".into(),
                title: "Control environment".into(),
                rows: vec![
                    row(
                        "CC1.1",
                        "Integrity and ethical values are lived",
                        5,
                        status(Icon::Check, "Fresh", Tone::Success),
                    ),
                    row(
                        "CC1.2",
                        "The board oversees and is independent",
                        2,
                        status(Icon::Half, "Documented", Tone::Attention),
                    ),
                ],
            },
            FrameworkGroup {
                anchor: "cc6".into(),
                id: "CC6".into(),
                title: "Logical and physical access".into(),
                rows: vec![
                    row(
                        "CC6.1",
                        "Logical access is restricted to those who need it, by architecture, software and infrastructure",
                        4,
                        status(Icon::Half, "Evidenced", Tone::Attention),
                    ),
                    row(
                        "CC6.2",
                        "Users are registered before they get access",
                        1,
                        status(Icon::Cross, "Cited only", Tone::Danger),
                    ),
                ],
            },
        ],
        matrix: link("soc2-matrix.html", "All criteria in one table, with a filter for gaps"),
        downloads: vec![link("soc2.csv", "CSV")],
    }
}

pub(crate) fn requirement() -> RequirementPage {
    RequirementPage {
        frame: titled("CC6.1", vec![link("../../index.html", "Handbook"), link("../index.html", "Frameworks"), link("../soc2.html", "SOC 2"), link("../soc2.html", "CC6 Logical and physical access")]),
        head: Head { status: Some(status(Icon::Half, "Evidenced", Tone::Attention)), standing: "the newest evidence of AC-03 is older than it may be".into(), ..head("Criterion", "CC6.1", "Logical access is restricted to those who need it") },
        facts: vec![Fact::new("Framework", Cell::link("../soc2.html", "SOC 2")), Fact::new("Category", Cell::text("Security")), Fact::new("Owner", Cell::link("../../people/mara.html", "Chief Information Security Officer")), Fact::new("Engagement", Cell::text("Type 2, 2026"))],
        ladder: ladder(4, ["2 documents", "4 clauses", "3 of 3 controls", "11 of 12 expected occurrences", ""]),
        text_html: Html::default(),
        exclusion_html: Html::default(),
        outline: vec![OutlineEntry { href: "#controls".into(), text: "Controls".into(), level: 2, ..OutlineEntry::default() }, OutlineEntry { href: "#control-ac-01".into(), number: "AC-01".into(), text: "Multi-factor authentication on single sign-on".into(), level: 3 }, OutlineEntry { href: "#clauses".into(), text: "Clauses".into(), level: 2, ..OutlineEntry::default() }],
        documents: vec![clause_group("POL-AC", "Access Control Policy", false), clause_group("POL-PW", "Password Policy", true)],
        controls: vec![RequirementControl { anchor: "control-ac-01".into(), control: linked("AC-01", "../../controls/ac-01.html", "Multi-factor authentication on single sign-on", Some(status(Icon::Check, "Fresh", Tone::Success))), extent: "Meets it partly".into(), reason: "A second factor keeps a stolen password from being enough.".into(), test: "Select 25 sign-ins from the log of the period; confirm that each shows a second factor.".into(), ladder: ladder(5, ["", "in POL-AC", "since 10 January 2025", "4 of 4 expected occurrences", "30 September 2026"]) }],
        deviations: vec![linked("FND-03", "../../registers/findings.html#FND-03", "Two leavers disabled after the time limit", Some(status(Icon::Alert, "Open", Tone::Attention)))],
        evidence: evidence_table(),
        previous: Some(link("cc6.1.html", "CC5.3 Policies are put into practice")),
        next: Some(link("cc6.1.html", "CC6.2 Users are registered before they get access")),
    }
}

fn clause_group(id: &str, title: &str, is_folded: bool) -> ClauseGroup {
    ClauseGroup {
        anchor: format!("document-{}", id.to_lowercase()),
        document: linked(id, "../../policies/access-control.html", title, Some(in_force())),
        owner: Cell::link("../../people/mara.html", "Mara Ellison"),
        summary: "1 clause: 3.1.2".into(),
        clauses: vec![ClauseQuote {
            link: link("../../policies/access-control.html#mfa", "3.1.2"),
            quote_html: html(
                "<p>Engineers must use multi-factor authentication on every production system. \
                 Passwords have at least 14 characters, and sessions end after 12 hours.</p>",
            ),
        }],
        is_folded,
    }
}

pub(crate) fn excluded() -> RequirementPage {
    RequirementPage {
        frame: titled(
            "A.7.6",
            vec![link("../../index.html", "Handbook"), link("../index.html", "Frameworks")],
        ),
        head: Head {
            status: Some(status(Icon::Dash, "Excluded", Tone::Neutral)),
            standing: "approved on 20 January 2026".into(),
            ..head("Control", "A.7.6", "Work in secure areas follows rules")
        },
        exclusion_html: html(
            "<p>Harbourlight runs no server room, cage or other secure area of its own.</p>",
        ),
        ladder: Ladder::default(),
        documents: Vec::new(),
        controls: Vec::new(),
        evidence: Table { empty: "No evidence is expected.".into(), ..Table::default() },
        text_html: html("<p>The official text stands here where it is free.</p>"),
        ..requirement()
    }
}

pub(crate) fn matrix() -> Matrix {
    let rows = [
        ("CC6.1", "Logical access is restricted to those who need it"),
        ("CC6.2", "Users are registered before they get access"),
        ("CC6.3", "Access follows roles and is taken away"),
        ("CC6.6", "Attacks from outside are kept out"),
    ];
    let row = |offset: usize, (id, text): (&str, &str)| {
        let reached = (id.len() * 7 + text.len() + offset) % 6;
        let word =
            ["Not covered", "Cited", "Documented", "Implemented", "Evidenced", "Fresh"][reached];
        let state = match reached {
            0 => status(Icon::Cross, word, Tone::Danger),
            5 => status(Icon::Check, word, Tone::Success),
            _ => status(Icon::Half, word, Tone::Attention),
        };
        let key = word.to_lowercase().replace(' ', "-");
        MatrixRow {
            requirement: RequirementRow {
                link: link("soc2/cc6.1.html", id),
                title: text.into(),
                status: state,
                ladder: ladder(reached, ["", "", "", "", ""]),
                documents: vec![link("../policies/access-control.html", "POL-AC")],
                controls: vec![
                    link("../controls/ac-01.html", "AC-01"),
                    link("../controls/ac-01.html", "AC-03"),
                ],
            },
            keys: if reached == 5 { key } else { format!("{key} gap") },
        }
    };
    let group = |title: &str, offset: usize| MatrixGroup {
        title: title.into(),
        rows: rows.iter().map(|it| row(offset, *it)).collect(),
    };
    let only = |key: &str, text: &str, count: usize| StepFilter {
        key: key.into(),
        text: text.into(),
        count,
    };
    Matrix {
        frame: titled(
            "SOC 2: matrix",
            vec![
                link("../index.html", "Handbook"),
                link("index.html", "Frameworks"),
                link("soc2.html", "SOC 2"),
            ],
        ),
        head: head("Matrix", "", "SOC 2: matrix"),
        filters: vec![Filter {
            label: "Framework".into(),
            choices: vec![
                Choice { link: link("soc2-matrix.html", "SOC 2"), current: true },
                Choice { link: link("soc2.html", "ISO 27001"), current: false },
            ],
        }],
        steps: vec![only("", "All", 8), only("gap", "Only gaps", 6), only("fresh", "Fresh", 2)],
        caption: "SOC 2: how far each criterion is covered".into(),
        row_title: "Criterion".into(),
        groups: vec![
            group("CC6 Logical and physical access", 0),
            group("CC7 System operations", 2),
        ],
        downloads: vec![link("soc2.csv", "CSV")],
    }
}

pub(crate) fn person() -> Profile {
    Profile {
        frame: titled(
            "Mara Ellison",
            vec![link("../index.html", "Handbook"), link("mara.html", "People and roles")],
        ),
        head: Head {
            summary: "Chief Information Security Officer".into(),
            ..head("Person", "mara", "Mara Ellison")
        },
        facts: vec![
            Fact::new("Kind", Cell::text("Employee since 1 March 2021")),
            Fact::new(
                "E-mail",
                Cell::link("mailto:mara@harbourlight.example", "mara@harbourlight.example"),
            ),
            Fact::new(
                "Roles",
                Cell {
                    links: vec![
                        link("mara.html", "Chief Information Security Officer"),
                        link("mara.html", "Owner of risks"),
                    ],
                    ..Cell::default()
                },
            ),
        ],
        sections: vec![
            TableSection {
                anchor: "owns".into(),
                heading: "Owns".into(),
                table: table(
                    "Documents that Mara Ellison owns",
                    &DOCUMENT_COLUMNS[..2],
                    vec![vec![
                        Cell::link("../policies/access-control.html", "Access Control Policy"),
                        Cell::text("POL-AC"),
                    ]],
                ),
            },
            TableSection {
                anchor: "tasks".into(),
                heading: "To do".into(),
                table: table("Tasks", &DOCUMENT_COLUMNS, Vec::new()),
            },
        ],
    }
}

pub(crate) fn risks() -> RegisterPage {
    let row = |id: &str, title: &str, likelihood: &str, impact: &str, state: Status| {
        vec![
            Cell::link(format!("#{id}"), id),
            Cell::text(title),
            Cell::link("../people/mara.html", "Lena Kowalczyk"),
            Cell::text(likelihood),
            Cell::text(impact),
            Cell::text("Mitigate"),
            Cell::status(state),
            Cell::text("2026-09-14"),
        ]
    };
    let record = |id: &str, title: &str, state: Status| RecordEntry {
        id: id.into(),
        title: title.into(),
        status: Some(state),
        body_html: html(
            "<p>Both products run in one region at a time. If the region fails, the service is started again in the other one from backups, which takes up to 4 hours.</p>",
        ),
        facts: vec![
            Fact::new("Owner", Cell::link("../people/mara.html", "Lena Kowalczyk")),
            Fact::new("Treatment", Cell::text("Mitigate")),
            Fact::new(
                "Controls",
                Cell {
                    links: vec![
                        link("../controls/ac-01.html", "OP-03"),
                        link("../controls/ac-01.html", "OP-04"),
                    ],
                    ..Cell::default()
                },
            ),
            Fact::new("Last reviewed", Cell::text("14 September 2026")),
        ],
        mentions: policy().mentions,
    };
    let open = || status(Icon::Clock, "Open", Tone::Attention);
    let treated = || status(Icon::Check, "Treated", Tone::Success);
    RegisterPage {
        frame: titled(
            "Risks",
            vec![link("../index.html", "Handbook"), link("risks.html", "Registers")],
        ),
        head: Head {
            standing: "14 risks, 3 open; all reviewed in the last quarter".into(),
            ..head("Register", "", "Risks")
        },
        intro_html: html(
            "<p>Likelihood and impact run from 1 to 5. The scale stands in the <a href=\"../policies/access-control.html\">Risk Management Policy</a>.</p>",
        ),
        table: table(
            "Risks",
            &[
                ("Id", ColumnKind::Id),
                ("Risk", ColumnKind::Text),
                ("Owner", ColumnKind::Text),
                ("Likelihood", ColumnKind::Numeric),
                ("Impact", ColumnKind::Numeric),
                ("Treatment", ColumnKind::Text),
                ("State", ColumnKind::Status),
                ("Reviewed", ColumnKind::Date),
            ],
            vec![
                row("RISK-01", "A region of the cloud host fails", "2", "5", treated()),
                row("RISK-02", "A vendor loses customers’ data", "2", "4", open()),
            ],
        ),
        records: vec![
            record("RISK-01", "A region of the cloud host fails", treated()),
            record("RISK-02", "A vendor loses customers’ data", open()),
        ],
        downloads: vec![link("risks.csv", "CSV")],
    }
}

pub(crate) fn no_incidents() -> RegisterPage {
    RegisterPage {
        frame: titled("Incidents", vec![link("../index.html", "Handbook"), link("risks.html", "Registers")]),
        head: head("Register", "", "Incidents"),
        table: Table { empty: "No incident is recorded. Each would show its severity, when it was detected and resolved, and what was learned. To add one, put it into content/registers/incidents.yaml.".into(), ..Table::default() },
        ..RegisterPage::default()
    }
}

pub(crate) fn calendar() -> Calendar {
    let due = |date: &str, id: &str, title: &str, kind: &str, state: Status| Due {
        date: date.into(),
        subject: linked(id, "policies/access-control.html", title, Some(state)),
        kind: kind.into(),
        owner: Cell::link("people/mara.html", "Mara Ellison"),
    };
    Calendar {
        frame: titled("Review calendar", vec![link("index.html", "Handbook")]),
        head: head("", "", "Review calendar"),
        intro_html: html("<p>What is due within the next twelve months.</p>"),
        months: vec![
            Month {
                anchor: "overdue".into(),
                title: "Overdue".into(),
                entries: vec![due(
                    "2026-10-31",
                    "EXC-02",
                    "Shared administrator account on the label printer",
                    "Exception ends",
                    status(Icon::Alert, "Expired", Tone::Danger),
                )],
            },
            Month {
                anchor: "m-2026-12".into(),
                title: "December 2026".into(),
                entries: vec![
                    due("2026-12-05", "POL-PW", "Password Policy", "Review", due_soon()),
                    due(
                        "2026-12-15",
                        "SUB-09",
                        "Faultline",
                        "Takes effect",
                        status(Icon::Info, "Announced", Tone::Info),
                    ),
                ],
            },
            Month {
                anchor: "m-2027-01".into(),
                title: "January 2027".into(),
                entries: vec![due(
                    "2027-01-20",
                    "POL-AC",
                    "Access Control Policy",
                    "Review",
                    in_force(),
                )],
            },
        ],
        downloads: vec![link("calendar.ics", "iCalendar file")],
    }
}

pub(crate) fn glossary() -> GlossaryPage {
    let term = |anchor: &str, term: &str, aliases: &[&str], meaning: &str| TermEntry {
        anchor: anchor.into(),
        term: term.into(),
        aliases: aliases.iter().map(|alias| (*alias).into()).collect(),
        definition_html: html(meaning),
        used_in: vec![
            link("policies/access-control.html", "POL-AC"),
            link("policies/access-control.html", "POL-LM"),
        ],
    };
    GlossaryPage {
        frame: titled("Glossary", vec![link("index.html", "Handbook")]),
        head: head("", "", "Glossary"),
        letters: vec![
            Letter {
                letter: "C".into(),
                anchor: "letter-c".into(),
                terms: vec![term(
                    "customer-data",
                    "Customer data",
                    &["client data"],
                    "What customers put into Quayside and Tideline, and what is computed from it.",
                )],
            },
            Letter {
                letter: "P".into(),
                anchor: "letter-p".into(),
                terms: vec![
                    term(
                        "privileged-access",
                        "Privileged access",
                        &[],
                        "Access that allows changes to production systems or to other people’s access.",
                    ),
                    term(
                        "production-system",
                        "Production system",
                        &["production"],
                        "A system that serves customers or holds their data.",
                    ),
                ],
            },
        ],
        empty: String::new(),
    }
}

pub(crate) fn search() -> SearchPage {
    SearchPage {
        frame: titled("Search", vec![link("index.html", "Handbook")]),
        head: head("", "", "Search"),
        index: vec![
            LinkedGroup {
                heading: "Policies".into(),
                links: vec![
                    linked("POL-AC", "policies/access-control.html", "Access Control Policy", None),
                    linked("POL-PW", "policies/access-control.html", "Password Policy", None),
                ],
            },
            LinkedGroup {
                heading: "Controls".into(),
                links: vec![linked(
                    "AC-01",
                    "controls/ac-01.html",
                    "Multi-factor authentication on single sign-on",
                    None,
                )],
            },
        ],
    }
}

pub(crate) fn not_found() -> NotFound {
    NotFound {
        frame: titled("Page not found", Vec::new()),
        head: Head {
            standing: "There is no page at this address. It may have been renamed or retired."
                .into(),
            ..head("", "", "Page not found")
        },
        links: vec![
            link("index.html", "Handbook"),
            link("policies/index.html", "Policies"),
            link("glossary.html", "Glossary"),
        ],
    }
}
