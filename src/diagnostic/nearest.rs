//! The name that somebody meant.

/// Below this, two names have nothing to do with each other.
const CLOSE: f64 = 0.82;

/// Returns the known name that is closest to a mistyped one, if any is close.
///
/// A large folder can have thousands of broken links and as many names that each could have meant,
/// so names that cannot be close are left out by counting letters, which is much cheaper than
/// comparing.
pub fn nearest_name<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = typed.to_ascii_lowercase();
    let letters = Letters::of(&folded);
    known
        .into_iter()
        .filter(|name| letters.bound(name) > CLOSE)
        .map(|name| (similarity(&folded, &name.to_ascii_lowercase()), name))
        .filter(|(score, _)| *score > CLOSE)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, name)| name)
}

/// Returns how alike two names are. Of short ones, where each letter counts much, two letters that
/// changed places are a slip.
fn similarity(typed: &str, name: &str) -> f64 {
    let similarity = strsim::jaro_winkler(typed, name);
    let is_slip = typed.len().max(name.len()) <= 5
        && similarity <= CLOSE
        && typed.len() == name.len()
        && strsim::osa_distance(typed, name) == 1;
    if is_slip { CLOSE + 0.01 } else { similarity }
}

/// How often each letter stands in a name, lower case.
struct Letters<'t> {
    typed: &'t [u8],
    counts: [u8; 256],
}

impl<'t> Letters<'t> {
    fn of(folded: &'t str) -> Self {
        let mut counts = [0_u8; 256];
        for byte in folded.bytes() {
            let count = &mut counts[usize::from(byte)];
            *count = count.saturating_add(1);
        }
        Self { typed: folded.as_bytes(), counts }
    }

    /// Returns what the Jaro-Winkler similarity to another name is at most: the letters that both
    /// have count as if they all stood in the right order.
    fn bound(&self, name: &str) -> f64 {
        let (Ok(typed), Ok(other)) = (u8::try_from(self.typed.len()), u8::try_from(name.len()))
        else {
            return 1.0;
        };
        if typed == 0 || other == 0 || !name.is_ascii() || !self.typed.is_ascii() {
            return 1.0;
        }
        let mut left = self.counts;
        let mut common = 0.0;
        for byte in name.bytes() {
            let count = &mut left[usize::from(byte.to_ascii_lowercase())];
            if *count > 0 {
                *count -= 1;
                common += 1.0;
            }
        }
        let prefix = self.typed.iter().zip(name.bytes()).take(4);
        let prefix = prefix.take_while(|(a, b)| **a == b.to_ascii_lowercase()).count();
        let jaro = (common / f64::from(typed) + common / f64::from(other) + 1.0) / 3.0;
        let bonus = [0.0, 0.1, 0.2, 0.3, 0.4][prefix];
        jaro + bonus * (1.0 - jaro)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_is_found_and_the_distant_is_not() {
        let known = ["review-overdue", "review-due-soon", "broken-reference", "é"];
        assert_eq!(nearest_name("Review-Overdo", known), Some("review-overdue"));
        assert_eq!(nearest_name("broken-refrence", known), Some("broken-reference"));
        assert_eq!(nearest_name("fro", ["of", "for", "own"]), Some("for"));
        assert_eq!(nearest_name("xyz", known), None);
        assert_eq!(nearest_name("", known), None);
    }

    #[test]
    fn the_bound_is_never_below_the_similarity() {
        let names = [
            "POL-AC",
            "pol-ac",
            "access-control.md",
            "acces-controll.md",
            "d106.md",
            "aab",
            "baa",
            "",
            "é",
        ];
        for typed in names {
            let folded = typed.to_ascii_lowercase();
            for name in names {
                let similarity = strsim::jaro_winkler(&folded, &name.to_ascii_lowercase());
                assert!(Letters::of(&folded).bound(name) >= similarity - 1e-9, "{typed} {name}");
            }
        }
    }
}
