//! `avouch people import` from end to end: keys of `ssh-keygen`, a list that `ssh-keygen` reads too,
//! and a list of staff.

#![expect(clippy::disallowed_methods, reason = "the program is run on folders of the disk")]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

const SETTINGS: &str = "\
workspace: 5f0f2b1d8d5c4f0f9a7d4b4f0c6b7a11
organisation: { name: Acme }
frameworks: []
";
const PEOPLE: &str = "\
# Who there is.
people:
  - { id: mara, name: Mara Ellison, email: mara@acme.example, since: 2019-01-01 }
  - { id: tom, name: Tom Adeyemi, email: tom@acme.example, since: 2020-01-01 } # since the start
  - { id: sam, name: Sam Ortiz, email: sam@acme.example, since: 2021-01-01 }
  - { id: ruth, name: Ruth Weiss, kind: board }
  - { id: kai, name: Kai Berg, kind: contractor, since: 2022-01-01 }
roles:
  - { id: ciso, title: Head of Security, holders: [{ person: mara }] }
  - id: it-lead
    title: Head of IT
    holders:
      - { person: sam, from: 2021-01-01 }
";

/// Runs a program in a folder and returns its exit code, standard output and standard error.
fn run(program: &str, folder: &Path, arguments: &[&str], input: &[u8]) -> (i32, String, String) {
    let mut child = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .env("XDG_CACHE_HOME", folder.join("caches"))
        .env_remove("SSH_AUTH_SOCK")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), input).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn import(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let today = ["--today", "2026-11-20"];
    let arguments = [&["people", "import"], arguments, &today].concat();
    run(env!("CARGO_BIN_EXE_avouch"), folder, &arguments, b"")
}

/// Makes a workspace of these people.
fn workspace(people: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in [("workspace.yaml", SETTINGS), ("people.yaml", people)] {
        let path = folder.path().join("content").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// Makes a key and returns its line without the comment.
fn key(root: &Path, name: &str, comment: &str) -> String {
    let arguments = ["-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", name];
    let (code, _, said) = run("ssh-keygen", root, &arguments, b"");
    assert_eq!(code, 0, "{said}");
    let line = fs::read_to_string(root.join(format!("{name}.pub"))).unwrap();
    line.split_whitespace().take(2).collect::<Vec<_>>().join(" ")
}

fn fingerprint(root: &Path, name: &str) -> String {
    let (_, told, _) = run("ssh-keygen", root, &["-lf", &format!("{name}.pub")], b"");
    told.split_whitespace().nth(1).unwrap().to_owned()
}

/// Returns the id that a key gets.
fn id(person: &str, fingerprint: &str) -> String {
    let digits = fingerprint["SHA256:".len()..].chars().filter(char::is_ascii_alphanumeric);
    format!("{person}-{}", digits.take(6).collect::<String>())
}

fn people(root: &Path) -> String {
    fs::read_to_string(root.join("content/people.yaml")).unwrap()
}

#[test]
fn public_keys_come_in_by_comment_or_by_name_and_sign_the_ring() {
    let folder = workspace(PEOPLE);
    let root = folder.path();
    let of_mara = key(root, "a", "mara@acme.example");
    let of_tom = key(root, "b", "tom@laptop");
    let both = ["a.pub", "b.pub"].map(|it| fs::read_to_string(root.join(it)).unwrap()).concat();
    fs::write(root.join("team.pub"), format!("# keys\n\n{both}")).unwrap();
    let (a, b) = (fingerprint(root, "a"), fingerprint(root, "b"));

    let (code, told, said) = import(root, &["team.pub"]);
    let expected = format!(
        "line 3: new, Ed25519 {a} of `mara`, from 2026-11-20\n\
         line 4: refused, there is no person `tom@laptop`\n"
    );
    assert_eq!((code, told.as_str()), (1, expected.as_str()), "{said}");
    assert!(said.ends_with("Nothing was changed; `--apply` takes it over.\n"), "{said}");
    assert_eq!(people(root), PEOPLE);

    assert_eq!(import(root, &["team.pub", "--apply"]).0, 1);
    let (code, told, said) = import(root, &["b.pub", "--person", "tom", "--apply"]);
    assert_eq!(
        (code, told),
        (0, format!("line 1: new, Ed25519 {b} of `tom`, from 2026-11-20\n")),
        "{said}"
    );
    assert!(said.contains("`avouch people sign --as YOU`"), "{said}");
    let (mara, tom) = (id("mara", &a), id("tom", &b));
    assert_eq!(
        people(root),
        format!(
            "{PEOPLE}keys:\n  \
             - {{ id: {mara}, person: mara, key: {of_mara}, from: 2026-11-20 }}\n  \
             - {{ id: {tom}, person: tom, key: {of_tom}, from: 2026-11-20 }}\n"
        )
    );
    // Neither comes in twice, and nobody gets the key of somebody else.
    assert_eq!(import(root, &["b.pub", "--person", "tom", "--apply"]).0, 0);
    let (code, told, _) = import(root, &["b.pub", "--person", "sam", "--apply"]);
    assert_eq!((code, told.as_str()), (1, "line 1: refused, the key is one of `tom`\n"));

    let arguments = ["people", "sign", "--as", "mara", "--key", "a", "--yes"];
    // A key that is new today may sign from today on.
    let today = people(root).replace("from: 2026-11-20", "from: 2026-01-01");
    fs::write(root.join("content/people.yaml"), today).unwrap();
    let (code, _, said) = run(env!("CARGO_BIN_EXE_avouch"), root, &arguments, b"");
    assert!(code == 0 && said.contains("The ring 1 is in force."), "{said}");
}

#[test]
fn allowed_signers_are_taken_over_as_far_as_they_say_the_same() {
    let folder = workspace(PEOPLE);
    let root = folder.path();
    let names = ["a", "b", "c", "d", "e", "f", "g", "h"];
    let lines: Vec<String> = names.iter().map(|name| key(root, name, "")).collect();
    let list = format!(
        "# Who signs.\n\
         mara,mara@acme.example namespaces=\"approval@avouch,file\",valid-after=\"20260101Z\",\
         valid-before=\"20261231235959Z\" {}\n\
         tom@acme.example valid-after=\"20260310120000Z\" {}\n\
         *@acme.example {}\n\
         sam cert-authority {}\n\
         eve@elsewhere.example {}\n\
         tom,sam {}\n\
         sam namespaces=\"git\" {}\n\
         sam valid-after=\"20260101\" {}\n\
         ruth namespaces=\"approval@avouch\" {}\n\
         ruth namespaces=\"ring@avouch\" {}\n",
        lines[0],
        lines[1],
        lines[2],
        lines[3],
        lines[4],
        lines[5],
        lines[6],
        lines[7],
        lines[7],
        lines[7]
    );
    fs::write(root.join("allowed_signers"), &list).unwrap();
    let prints: Vec<String> = names.iter().map(|name| fingerprint(root, name)).collect();
    let (code, told, said) = import(root, &["allowed_signers", "--apply"]);
    let expected = format!(
        "line 2: new, Ed25519 {} of `mara`, from 2026-01-01 until 2026-12-31, for approval\n\
         line 3: new, Ed25519 {} of `tom`, from 2026-03-11\n\
         line 10: new, Ed25519 {} of `ruth`, from 2026-11-20, for approval, ring\n\
         line 4: refused, it is for whoever a pattern matches; name a person\n\
         line 5: refused, it is an authority that signs certificates, which count for nobody here\n\
         line 6: refused, `eve@elsewhere.example` is the id or the address of nobody in `content/people.yaml`\n\
         line 7: refused, it is for `tom` and `sam`, and a key belongs to one\n\
         line 8: refused, it may sign nothing that is signed here\n\
         line 9: refused, the time of `valid-after` does not say its zone\n",
        prints[0], prints[1], prints[7]
    );
    assert_eq!((code, told.as_str()), (1, expected.as_str()), "{said}");
    let written = people(root);
    let (first, last) = (id("mara", &prints[0]), id("ruth", &prints[7]));
    for entry in [
        format!(
            "  - {{ id: {first}, person: mara, key: {}, from: 2026-01-01, until: 2026-12-31, purposes: [approval] }}\n",
            lines[0]
        ),
        format!(
            "  - {{ id: {last}, person: ruth, key: {}, from: 2026-11-20, purposes: [approval, ring] }}\n",
            lines[7]
        ),
    ] {
        assert!(written.starts_with(PEOPLE) && written.contains(&entry), "{entry}\n{written}");
    }

    // What is taken over, ssh-keygen allows as well, on its first and its last day.
    for (at, key, name) in [
        ("20260101000000Z", "a", "mara"),
        ("20261231235959Z", "a", "mara"),
        ("20260311Z", "b", "tom@acme.example"),
    ] {
        let sign = ["-Y", "sign", "-f", key, "-n", "approval@avouch"];
        let (_, signature, _) = run("ssh-keygen", root, &sign, b"text");
        fs::write(root.join("text.sig"), signature).unwrap();
        let time = format!("-Overify-time={at}");
        let verify = [
            "-Y",
            "verify",
            "-f",
            "allowed_signers",
            "-I",
            name,
            "-n",
            "approval@avouch",
            &time,
            "-s",
            "text.sig",
        ];
        let (code, _, said) = run("ssh-keygen", root, &verify, b"text");
        assert_eq!(code, 0, "{name} {at}: {said}");
    }
}

const STAFF: &str = "\
Employee;Work e-mail;Employment type;Hire date;Gone on\n\
\"Ellison, Mara\";mara@acme.example;Full-time;2019-01-01;\n\
Thomas Adeyemi;tom@acme.example;Full-time;2020-01-01;\n\
Sam Ortiz;sam@acme.example;Permanent;2021-01-01;31.10.2026\n\
Nia Osei;Nia.Osei@acme.example;Full-time;2026-12-01;\n\
Old Hand;old@acme.example;Full-time;2015-01-01;2018-12-31\n\
Jo Doe;mara@elsewhere.example;Full-time;2026-11-01;\n\
Nia Osei;Nia.Osei@acme.example;Full-time;2026-12-01;\n\
Lee Park;lee@acme.example;Owner;2026-11-01;\n";

#[test]
fn a_list_of_staff_is_compared_and_who_joined_or_left_is_written_down() {
    let folder = workspace(PEOPLE);
    let root = folder.path();
    fs::write(root.join("staff.csv"), STAFF).unwrap();
    // Nobody said yet which column holds the last day.
    let (code, told, _) = import(root, &["staff.csv"]);
    assert!(code == 1 && !told.contains("leaver"), "{told}");

    let map = ["staff.csv", "--map", "until=Gone on"];
    let (code, told, said) = import(root, &map);
    let refused = "\
line 7: refused, the id `mara` is taken; add a column with ids, and `--map id=HEADER`
line 8: refused, line 5 is about the same person
line 9: refused, `Owner` is no kind of person; there are employee, contractor, board, external
";
    let differs = "line 3: `tom` differs, name: `Tom Adeyemi` here, `Thomas Adeyemi` there\n";
    let expected = format!(
        "line 5: joiner `nia.osei`, Nia Osei, employee, since 2026-12-01\n\
         line 4: leaver `sam`, last day 2026-10-31, holds the role `it-lead`\n  \
         role      it-lead: nobody else holds it\n\
         {differs}\
         not taken: 1 row about people who left and were never written here\n\
         {refused}"
    );
    assert_eq!((code, told.as_str()), (1, expected.as_str()), "{said}");

    // Roles are not left to nobody, nor to whoever leaves or is unknown.
    let (code, _, said) = import(root, &[&map[..], &["--apply"]].concat());
    assert!(code == 2 && said.contains("--hand-over it-lead=PERSON"), "{said}");
    for (heir, reason) in [("sam", "leaves too"), ("eve", "there is no person `eve`")] {
        let hand_over = format!("it-lead={heir}");
        let arguments = [&map[..], &["--apply", "--hand-over", &hand_over]].concat();
        let (code, _, said) = import(root, &arguments);
        assert!(code == 2 && said.contains(reason), "{said}");
    }
    assert_eq!(people(root), PEOPLE);

    let arguments = [&map[..], &["--apply", "--hand-over", "it-lead=tom"]].concat();
    let (code, _, said) = import(root, &arguments);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("`avouch people sign --as YOU`"), "{said}");
    let written = PEOPLE
        .replace("since: 2021-01-01 }", "since: 2021-01-01, until: 2026-10-31 }")
        .replace(
            "      - { person: sam, from: 2021-01-01 }\n",
            "      - { person: sam, from: 2021-01-01, until: 2026-10-31 }\n      \
             - { person: tom, from: 2026-11-01 }\n",
        )
        .replace(
            "since: 2022-01-01 }\n",
            "since: 2022-01-01 }\n  - { id: nia.osei, name: Nia Osei, kind: employee, \
             email: Nia.Osei@acme.example, since: 2026-12-01 }\n",
        );
    let columns = "\
staff_columns:
  - { id: name, header: Employee }
  - { id: email, header: Work e-mail }
  - { id: kind, header: Employment type }
  - { id: since, header: Hire date }
  - { id: until, header: Gone on }
";
    assert_eq!(people(root), format!("{written}{columns}"));

    // The column is remembered, and what was written down is not news.
    let (code, told, _) = import(root, &["staff.csv"]);
    let gone = "not taken: 1 row about people who left and were never written here\n";
    assert_eq!((code, told), (1, format!("{differs}{gone}{refused}")));
    let clean: Vec<&str> = STAFF.lines().take(6).collect();
    let clean = clean.join("\n").replace("Thomas", "Tom");
    fs::write(root.join("staff.csv"), &clean).unwrap();
    assert_eq!(import(root, &["staff.csv"]).0, 0);
    // Who is not on the list is told, as far as it holds people of that kind.
    let without = clean.replace("Tom Adeyemi;tom@acme.example;Full-time;2020-01-01;\n", "");
    fs::write(root.join("staff.csv"), without).unwrap();
    let (code, told, _) = import(root, &["staff.csv"]);
    assert_eq!((code, told), (1, format!("not on the list: `tom`\n{gone}")));
    let (code, _, said) = import(root, &["staff.csv", "--person", "tom"]);
    assert!(code == 2 && said.contains("is taken for CSV, of which `--person`"), "{said}");
}
