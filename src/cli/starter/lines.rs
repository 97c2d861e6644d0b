//! Edits of YAML by its lines, so that comments, order and quotes of what stays are untouched.

/// Removes keys with their values, and sets others to a scalar. `indent` is the column where the
/// keys stand: keys at other columns are left alone.
pub(super) fn edit(yaml: &str, indent: usize, removed: &[&str], set: &[(&str, &str)]) -> String {
    let mut edited = String::with_capacity(yaml.len());
    let mut removing = false;
    for line in yaml.lines() {
        let column = line.len() - line.trim_start().len();
        let is_blank = line.trim().is_empty();
        if removing && !is_blank && (column > indent || (column == indent && continues(line))) {
            continue;
        }
        removing = false;
        let key = (column == indent).then(|| line.trim_start().split_once(':')).flatten();
        match key {
            Some((key, _)) if removed.contains(&key) => removing = true,
            Some((key, _)) => {
                let value = set.iter().find(|(name, _)| *name == key).map(|(_, value)| *value);
                match value {
                    Some(value) => {
                        edited.extend([&line[..column], key, ": ", value]);
                    }
                    None => edited.push_str(line),
                }
                edited.push('\n');
            }
            None => {
                edited.push_str(line);
                edited.push('\n');
            }
        }
    }
    edited
}

/// Returns whether a line at the column of a key is an item of the key's list.
fn continues(line: &str) -> bool {
    line.trim_start().starts_with("- ")
}

/// Edits the front matter of a document and leaves its body.
pub(super) fn edit_front_matter(document: &str, removed: &[&str], set: &[(&str, &str)]) -> String {
    let parts = document.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
    match parts {
        Some((front_matter, body)) => {
            let front_matter = edit(front_matter, 0, removed, set);
            format!("---\n{front_matter}---\n{body}")
        }
        None => document.to_owned(),
    }
}

/// Takes names out of the lists in brackets in which they stand.
pub(super) fn without(yaml: &str, names: &[&str]) -> String {
    names.iter().fold(yaml.to_owned(), |text, name| {
        text.replace(&format!("[{name}]"), "[]")
            .replace(&format!("[{name}, "), "[")
            .replace(&format!(", {name}]"), "]")
            .replace(&format!(", {name}, "), ", ")
    })
}

/// Replaces the value of a key wherever it stands, at the start of a line or in braces.
pub(super) fn withhold(yaml: &str) -> String {
    yaml.replace("disclosure: public", "disclosure: withheld")
        .replace("disclosure: listed", "disclosure: withheld")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_leave_their_lists() {
        let yaml = "a: [X]\nb: [X, B]\nc: [B, X]\nd: [A, X, B]\ne: X\n";
        assert_eq!(without(yaml, &["X"]), "a: []\nb: [B]\nc: [B]\nd: [A, B]\ne: X\n");
    }

    #[test]
    fn keys_go_with_their_lists_and_the_rest_stays() {
        let document = "---\nid: POL-A   # kept\napprovals:\n  - { by: x }\nreviews:\n- { by: y }\nversion: \"2.1\"\n---\n\napprovals:\n  text\n";
        assert_eq!(
            edit_front_matter(document, &["approvals", "reviews"], &[("version", "\"0.1\"")]),
            "---\nid: POL-A   # kept\nversion: \"0.1\"\n---\n\napprovals:\n  text\n"
        );
        assert_eq!(
            edit(
                "controls:\n  - id: A\n    operating_since: 2025\n    meets:\n      soc2: {}\n",
                4,
                &["operating_since"],
                &[]
            ),
            "controls:\n  - id: A\n    meets:\n      soc2: {}\n"
        );
    }
}
