//! A commit, taken apart.
//!
//! The library's reader stops at the first line that is not as git writes it today. Old commits
//! have such lines, so only what decides history must be right here: the folder and the parents.
//! Names and dates are claims, and one that cannot be read is one that is not there.

use gix::bstr::ByteSlice as _;
use jiff::Timestamp;

use super::{CommitSignature, Identity, ObjectId};

/// What a commit says.
#[derive(Debug)]
pub(super) struct Commit {
    /// The folder.
    pub(super) tree: ObjectId,
    /// The commits before it, the main line first.
    pub(super) parents: Vec<ObjectId>,
    /// The author.
    pub(super) author: Identity,
    /// When it was committed, as the committer's machine said.
    pub(super) at: Option<Timestamp>,
    /// Who else is named as an author, in the order of the message.
    pub(super) co_authors: Vec<Identity>,
}

/// How the line of a co-author begins, in any case.
const CO_AUTHOR: &[u8] = b"co-authored-by:";

/// What an armoured signature by SSH begins and ends with.
const SSH: [&[u8]; 2] = [b"-----BEGIN SSH SIGNATURE-----", b"-----END SSH SIGNATURE-----"];

impl Commit {
    /// Takes a commit apart; nothing if its folder or its parents cannot be told.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let (headers, message) = split(bytes);
        let mut lines = headers.split_str("\n"); // a line end of Windows is no line end here
        let tree = ObjectId::from_hex(lines.next()?.strip_prefix(b"tree ")?)?;
        let mut parents = Vec::new();
        let (mut author, mut at, mut is_after_parents) = (None, None, false);
        for line in lines {
            if let Some(parent) = line.strip_prefix(b"parent ") {
                if is_after_parents {
                    return None; // git reads parents where they belong and nowhere else
                }
                parents.push(ObjectId::from_hex(parent)?);
                continue;
            }
            is_after_parents = true;
            if let Some(line) = line.strip_prefix(b"author ") {
                author = author.or_else(|| Some(identity(line).0));
            } else if let Some(line) = line.strip_prefix(b"committer ") {
                at = at.or_else(|| date(identity(line).1));
            }
        }
        let co_authors = co_authors(message);
        Some(Self { tree, parents, author: author.unwrap_or_default(), at, co_authors })
    }
}

/// Splits a commit after the empty line between its headers and its message.
fn split(bytes: &[u8]) -> (&[u8], &[u8]) {
    match bytes.find(b"\n\n") {
        Some(end) => (&bytes[..=end], &bytes[end + 2..]),
        None => (bytes, &[]),
    }
}

/// Reads `Name <address>`; returns what follows as well.
fn identity(line: &[u8]) -> (Identity, &[u8]) {
    let (name, rest) = line.split_once_str("<").unwrap_or((line, b""));
    let (email, rest) = rest.split_once_str(">").unwrap_or((rest, b""));
    let text = |bytes: &[u8]| bytes.trim().to_str_lossy().into_owned();
    (Identity { name: text(name), email: text(email) }, rest)
}

/// Reads seconds since 1970; the time zone beside them does not change the instant.
fn date(text: &[u8]) -> Option<Timestamp> {
    let seconds = text.trim().split_str(" ").next()?.to_str().ok()?;
    Timestamp::from_second(seconds.parse().ok()?).ok()
}

/// Returns who is named as a co-author in the message. Every line counts and not only those of the
/// last paragraph: one author more is looked at, one less would be overlooked.
fn co_authors(message: &[u8]) -> Vec<Identity> {
    let mut found = Vec::new();
    for line in message.lines() {
        if let Some(start) = line.get(..CO_AUTHOR.len())
            && start.eq_ignore_ascii_case(CO_AUTHOR)
        {
            let (identity, _) = identity(&line[CO_AUTHOR.len()..]);
            if identity != Identity::default() && !found.contains(&identity) {
                found.push(identity);
            }
        }
    }
    found
}

/// Takes the signature out of a commit, as git does: what is signed is the commit without the lines
/// of the header `gpgsig` (and of `gpgsig-sha256`, which belongs to another form of the
/// repository). Nothing if there is none, if it is not by SSH, or if there are two.
pub(super) fn signature(bytes: &[u8]) -> Option<CommitSignature> {
    let (headers, _) = split(bytes);
    let mut signed = Vec::with_capacity(bytes.len());
    let mut armour: Option<Vec<u8>> = None;
    let mut within = Header::Other;
    for line in headers.lines_with_terminator() {
        if let Some(more) = line.strip_prefix(b" ") {
            match within {
                Header::Signature => armour.get_or_insert_default().extend_from_slice(more),
                Header::OtherSignature => {}
                Header::Other => signed.extend_from_slice(line),
            }
        } else if let Some(first) = line.strip_prefix(b"gpgsig ") {
            if armour.is_some() {
                return None;
            }
            within = Header::Signature;
            armour = Some(first.to_vec());
        } else if line.starts_with(b"gpgsig-sha256 ") {
            within = Header::OtherSignature;
        } else {
            within = Header::Other;
            signed.extend_from_slice(line);
        }
    }
    signed.extend_from_slice(&bytes[headers.len()..]);
    let armour = String::from_utf8(armour?).ok()?;
    let text = armour.trim_end().as_bytes();
    let is_ssh = text.starts_with(SSH[0]) && text.ends_with(SSH[1]);
    is_ssh.then_some(CommitSignature { signed, armour })
}

/// Which header the line before belongs to.
enum Header {
    Signature,
    OtherSignature,
    Other,
}

#[cfg(test)]
mod tests {
    use super::{Commit, signature};
    use crate::workspace::history::{Identity, ObjectId};

    const TREE: &str = "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n";

    fn identity(name: &str, email: &str) -> Identity {
        Identity { name: name.to_owned(), email: email.to_owned() }
    }

    #[test]
    fn a_commit_is_taken_apart() {
        let text = format!(
            "{TREE}parent {}\nparent {}\nauthor Ada L <ada@x.org> 5 +0100\n\
             committer Tom <tom@x.org> 1700000000 -0800\nencoding latin1\n\n\
             Words.\n\nCO-AUTHORED-BY: Eve <eve@x.org>\nnot co-authored-by: X <x@x>\n\
             Co-authored-by: Eve <eve@x.org>\nCo-authored-by: Fay\nCo-authored-by:\n",
            "1".repeat(40),
            "2".repeat(40),
        );
        let commit = Commit::read(text.as_bytes()).unwrap();
        assert_eq!(commit.tree, ObjectId::from_hex(&TREE.as_bytes()[5..45]).unwrap());
        let parents: Vec<String> = commit.parents.iter().map(ToString::to_string).collect();
        assert_eq!(parents, ["1".repeat(40), "2".repeat(40)]);
        assert_eq!(commit.author, identity("Ada L", "ada@x.org"));
        assert_eq!(commit.at.unwrap().to_string(), "2023-11-14T22:13:20Z");
        assert_eq!(commit.co_authors, [identity("Eve", "eve@x.org"), identity("Fay", "")]);
    }

    #[test]
    fn what_decides_history_must_be_right_and_claims_need_not() {
        let parent = format!("parent {}\n", "1".repeat(40));
        let author = "author A <a@x> 1 +0000\n";
        let cases = [
            (TREE.to_owned(), Some("none")),
            (format!("{TREE}author\ncommitter C <c@x> soon\n\n"), Some("none")),
            (format!("{TREE}{author}committer C <c@x> 99999999999999999999 +0000\n"), Some("none")),
            (format!("{TREE}{author}committer C <c@x> 7\n\nx"), Some("1970-01-01T00:00:07Z")),
            (format!("{TREE}{author}committer C 7 +0000\n\nx"), Some("none")),
            (format!("{TREE}{author}{parent}"), None),
            (format!("{TREE}{}\r\n", parent.trim()), None),
            (format!("{TREE}parent 12\n"), None),
            (format!("{parent}{TREE}"), None),
            (String::new(), None),
        ];
        for (text, expected) in cases {
            let at = Commit::read(text.as_bytes())
                .map(|it| it.at.map_or_else(|| "none".to_owned(), |at| at.to_string()));
            assert_eq!(at.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_signature_is_taken_out_and_nothing_else() {
        let armour = "-----BEGIN SSH SIGNATURE-----\n x\n -----END SSH SIGNATURE-----\n";
        let rest = "author A <a@x> 1 +0000\nmergetag object 1\n gpgsig in a tag\n\ngpgsig text\n";
        let text = format!("{TREE}gpgsig {armour}gpgsig-sha256 y\n z\n{rest}");
        let found = signature(text.as_bytes()).unwrap();
        assert_eq!(String::from_utf8(found.signed).unwrap(), format!("{TREE}{rest}"));
        assert_eq!(found.armour, armour.replace("\n ", "\n"));

        let pgp = armour.replace("SSH SIGNATURE", "PGP SIGNATURE");
        let none = [
            format!("{TREE}{rest}"),
            format!("{TREE}gpgsig {pgp}{rest}"),
            format!("{TREE}gpgsig {armour}gpgsig {armour}{rest}"),
            format!("{TREE}{rest}gpgsig {armour}"),
        ];
        for text in none {
            assert!(signature(text.as_bytes()).is_none(), "{text}");
        }
    }
}
