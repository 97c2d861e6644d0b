//! Lists of patterns, as OpenSSH matches them.

/// How long one pattern may be; a list with a longer one matches nothing.
const LONGEST: usize = 1022;

/// Patterns parted by commas. `*` stands for any bytes, `?` for one byte, and `!` before a pattern
/// says that what it matches is not meant, whatever the others say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Patterns(String);

impl Patterns {
    pub(super) fn new(list: impl Into<String>) -> Self {
        Self(list.into())
    }

    /// Returns the names, where each pattern is one; nothing where some stands for others or for
    /// none.
    pub(super) fn names(&self) -> Option<Vec<&str>> {
        let is_pattern = self.0.contains(['*', '?', '!']);
        let names: Vec<&str> = self.0.split(',').collect();
        (!is_pattern && names.iter().all(|name| !name.is_empty())).then_some(names)
    }

    /// Returns whether some pattern matches the text and no `!` speaks against it.
    pub(super) fn match_text(&self, text: &str) -> bool {
        let mut matched = false;
        for pattern in self.0.split(',') {
            let (pattern, negated) = match pattern.strip_prefix('!') {
                Some(pattern) => (pattern, true),
                None => (pattern, false),
            };
            if pattern.len() > LONGEST {
                return false;
            }
            if is_match(pattern.as_bytes(), text.as_bytes()) {
                if negated {
                    return false;
                }
                matched = true;
            }
        }
        // An empty list is a list of nothing, and not of one empty pattern.
        matched && !self.0.is_empty()
    }
}

/// Matches a whole text. Only the last star is tried again, which is enough and never slow.
fn is_match(pattern: &[u8], text: &[u8]) -> bool {
    let (mut at, mut read) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while read < text.len() {
        match pattern.get(at) {
            Some(b'*') => {
                retry = Some((at + 1, read));
                at += 1;
            }
            Some(&byte) if byte == b'?' || byte == text[read] => {
                at += 1;
                read += 1;
            }
            _ => {
                let Some((after, taken)) = retry else { return false };
                retry = Some((after, taken + 1));
                (at, read) = (after, taken + 1);
            }
        }
    }
    pattern[at..].iter().all(|&byte| byte == b'*')
}
