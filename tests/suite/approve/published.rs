//! What readers see while a change is only proposed: the approved text, in every output.

use std::collections::BTreeMap;

use super::{PICTURE, Workspace, below};

/// Builds both editions and returns their files.
fn built(it: &Workspace) -> BTreeMap<String, Vec<u8>> {
    let out = it.keys.path().join("site");
    it.succeed(&["build", "--pdf", PDFS, "--out", out.to_str().unwrap()]);
    below(&out)
}

#[cfg(feature = "pdf")]
const PDFS: &str = "all";
#[cfg(not(feature = "pdf"))]
const PDFS: &str = "none";

/// Returns the addresses of files in which words stand.
fn with<'f>(files: &'f BTreeMap<String, Vec<u8>>, words: &str) -> Vec<&'f str> {
    let has = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains(words);
    files.iter().filter(|(_, bytes)| has(bytes)).map(|(address, _)| address.as_str()).collect()
}

#[test]
fn an_edit_is_published_when_it_is_approved_and_not_before() {
    let it = Workspace::approved();
    let before = built(&it);
    let public = |files: &BTreeMap<String, Vec<u8>>| {
        let files = files.iter().filter(|(address, _)| address.starts_with("trust/"));
        files.map(|(address, bytes)| (address.clone(), bytes.clone())).collect::<BTreeMap<_, _>>()
    };
    for words in ["ninety", "15 minutes", "first picture"] {
        assert!(with(&before, words).len() >= 2, "both editions say {words}");
    }

    it.edit("content/policies/access.md", "'1.0'", "'1.1'");
    it.edit("content/policies/access.md", "ninety", "sixty");
    it.edit("content/policies/access.md", "title:   Access ", "title:   Entry ");
    it.edit("content/workspace.yaml", "15 minutes", "45 minutes");
    it.write("content/assets/flow.svg", PICTURE.replace("NAME", "second picture"));
    for is_committed in [false, true] {
        let after = built(&it);
        assert_eq!(public(&after), public(&before), "no public byte changes");
        assert_eq!(with(&after, "sixty"), ["handbook/policies/access-proposed.html"]);
        for (address, bytes) in &before {
            let is_page = address == "handbook/policies/access.html";
            let text = String::from_utf8_lossy(bytes);
            if is_page {
                let now = String::from_utf8_lossy(&after[address]);
                let (old, new) = (body(&text), body(&now));
                assert_eq!(new, old, "{address}");
                assert!(now.contains("change proposed"), "{address}");
            }
        }
        assert_eq!(with(&after, "title>Entry"), ["handbook/policies/access-proposed.html"]);
        if !is_committed {
            it.commit("edited");
        }
    }

    it.approve();
    let after = built(&it);
    for (gone, come) in
        [("ninety", "sixty"), ("15 minutes", "45 minutes"), ("first picture", "second picture")]
    {
        assert_eq!(with(&after, gone), [""; 0], "{gone}");
        assert!(with(&after, come).len() >= 2, "{come}");
    }
}

/// Returns the text of a page without what stands around it.
fn body(page: &str) -> &str {
    match page.split_once("Sessions end after") {
        Some((_, rest)) => rest.split_once("</p>").map_or(rest, |(text, _)| text),
        None => "",
    }
}

#[test]
fn without_a_history_it_is_said_that_the_text_in_force_cannot_be_shown() {
    let it = Workspace::approved();
    it.edit("content/policies/access.md", "ninety", "sixty");
    std::fs::remove_dir_all(it.root().join(".git")).unwrap();
    let (_, told) = it.run(&["check"]);
    assert!(told.contains("the text in force cannot be shown: "), "{told}");
    let files = built(&it);
    let public: Vec<&str> =
        with(&files, "sixty").into_iter().filter(|it| it.starts_with("trust/")).collect();
    assert_eq!(public, [""; 0], "nobody approved what the file says");
}
