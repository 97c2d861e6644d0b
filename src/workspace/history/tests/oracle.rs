//! Random histories, compared with what git says of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::made::Made;
use super::{id, paths};
use crate::workspace::history::ObjectId;

const PATHS: [&str; 5] = ["a.md", "x/a.md", "x/b.md", "x/y/c.md", "z/c.md"];

/// Numbers that look random and are the same each time.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

/// Writes a history of `count` commits, some of which merge two or three, as `git fast-import`
/// reads it. Dates are all different and not in the order of the commits.
fn stream(random: &mut Random, count: usize) -> String {
    let mut out = String::new();
    let mut dates: Vec<usize> = (0..count).map(|number| 1_600_000_000 + number * 60).collect();
    for _ in 0..count / 3 {
        let (a, b) = (random.below(count), random.below(count));
        dates.swap(a, b);
    }
    for (number, date) in (1..).zip(dates) {
        let last = number == count;
        let branch = if last { "main".to_owned() } else { format!("b{number}") };
        write!(
            out,
            "commit refs/heads/{branch}\nmark :{number}\ncommitter T <t@x> {date} +0000\ndata 1\nx\n"
        )
        .unwrap();
        let mut parents = BTreeSet::new();
        if number > 1 && random.below(30) > 0 {
            for _ in 0..[1, 1, 1, 1, 2, 2, 3][random.below(7)] {
                parents.insert(number - 1 - random.below(5.min(number - 1)));
            }
            if last {
                parents.insert(number - 1);
            }
        }
        for (index, parent) in parents.iter().rev().enumerate() {
            writeln!(out, "{} :{parent}", if index == 0 { "from" } else { "merge" }).unwrap();
        }
        for path in PATHS {
            match random.below(6) {
                0 => writeln!(out, "D {path}").unwrap(),
                1 | 2 => {
                    // Bytes name their path, so that no rename can be seen.
                    let text = format!("{path} {}", random.below(3));
                    writeln!(out, "M 100644 inline {path}\ndata {}\n{text}", text.len()).unwrap();
                }
                _ => {}
            }
        }
        out.push('\n');
    }
    out
}

/// What git says differs, for each commit and parent: the new bytes of files, in order.
fn log(made: &Made, options: &[&str]) -> Vec<(String, String, String)> {
    let mut arguments = vec!["log", "-m", "--raw", "--no-abbrev", "--no-renames", "--root"];
    arguments.extend(["--full-history", "--date-order", "--format=@%H"]);
    arguments.extend(options);
    let mut found = Vec::new();
    let mut commit = String::new();
    for line in made.git(&arguments).lines().filter(|line| !line.is_empty()) {
        if let Some(id) = line.strip_prefix('@') {
            commit = id.split(' ').next().unwrap().to_owned();
        } else if let Some((facts, path)) = line.split_once('\t') {
            let blob = facts.split(' ').nth(3).unwrap();
            found.push((commit.clone(), path.to_owned(), blob.to_owned()));
        }
    }
    found
}

#[test]
fn versions_are_what_git_log_says() {
    let mut random = Random(7);
    let (mut seen, mut merged) = (0, 0);
    for _ in 0..6 {
        let made = Made::import(&stream(&mut random, 120));
        let history = made.open().unwrap();
        let parents: BTreeMap<String, usize> = made
            .git(&["log", "--format=%H %P"])
            .lines()
            .map(|line| (line[..40].to_owned(), line.split_whitespace().count() - 1))
            .collect();
        merged += parents.values().filter(|count| **count > 1).count();

        // A commit introduces what differs from each of its parents.
        let mut expected: BTreeMap<&str, Vec<(ObjectId, ObjectId)>> = BTreeMap::new();
        let all = log(&made, &[]);
        let mut done = BTreeSet::new();
        for (commit, path, blob) in &all {
            let times = all.iter().filter(|it| it.0 == *commit && it.1 == *path).count();
            let is_new = times == parents[commit].max(1) && !blob.starts_with("00000000");
            if is_new && done.insert((commit, path)) {
                expected.entry(path).or_default().push((id(commit), id(blob)));
            }
        }
        let line: BTreeSet<ObjectId> =
            made.git(&["rev-list", "--first-parent", "HEAD"]).lines().map(id).collect();
        let mut arrivals = BTreeMap::new();
        for (commit, path, blob) in log(&made, &["--first-parent"]) {
            arrivals.insert((path, blob), commit);
        }

        let found = history.versions_of(&paths(&PATHS)).unwrap();
        for (path, versions) in &found {
            let pairs: Vec<_> = versions.iter().map(|it| (it.introduced.commit, it.blob)).collect();
            assert_eq!(pairs, expected.remove(&**path).unwrap_or_default(), "{path}");
            seen += versions.len();
            for version in versions {
                assert_eq!(version.is_on_main_line, line.contains(&version.introduced.commit));
                let arrival = arrivals.get(&(path.to_string(), version.blob.to_string()));
                let main_line = version.main_line.map(|it| it.commit.to_string());
                assert_eq!(main_line.as_ref(), arrival, "{path}");
            }
        }

        let standing = history.first_seen(&paths(&PATHS)).unwrap();
        for path in PATHS {
            let last =
                ["log", "--first-parent", "-1", "--format=%H", "--diff-filter=AM", "--", path];
            let stands = made.git(&["ls-tree", "HEAD", "--", path]);
            let expected = (!stands.is_empty()).then(|| made.git(&last));
            assert_eq!(standing.get(path).map(|it| it.since.commit.to_string()), expected);
            if let Some(standing) = standing.get(path) {
                assert!(stands.contains(&standing.blob.to_string()));
                let bytes = history.file_at(history.head().unwrap(), path).unwrap().unwrap();
                assert_eq!(
                    String::from_utf8(bytes).unwrap(),
                    made.git(&["show", &format!("HEAD:{path}")])
                );
            }
        }

        let reachable: BTreeSet<ObjectId> = parents.keys().map(|it| id(it)).collect();
        for commit in made.git(&["log", "--all", "--format=%H"]).lines().map(id) {
            assert_eq!(history.is_ancestor(commit).unwrap(), reachable.contains(&commit));
        }
    }
    assert!(seen > 300 && merged > 100, "{seen} versions, {merged} merges");
}
