//! Addresses of the trust center in what it says itself: each must be built.

use super::open_text::OpenTexts;
use super::rules::trust_address_not_built;
use crate::diagnostic::Diagnostic;
use crate::model::audience::Customer;
use crate::model::corpus::Corpus;
use crate::render::recipe::Recipes;
use crate::span::{Place, Span};
use crate::workspace::Snapshot;

/// Reports addresses under the address of the trust center at which no recipe writes anything.
/// PDFs are left out, since they are not always made.
#[must_use]
pub fn check(
    corpus: &Corpus,
    snapshot: &Snapshot,
    open: &OpenTexts,
    recipes: &Recipes<'_, Customer>,
) -> Vec<Diagnostic> {
    let Some(site) = &corpus.settings.trust_url else { return Vec::new() };
    let mut found: Vec<Diagnostic> = Vec::new();
    let mut look = |place: &Place, text: &str| {
        for (at, _) in text.match_indices(site.as_str()) {
            let length = address_length(&text[at + site.len()..]);
            let address = &text[at + site.len()..at + site.len() + length];
            let is_longer_name = !address.is_empty() && !address.starts_with(['/', '#', '?']);
            let path = address.split(['#', '?']).next().unwrap_or_default();
            let path = path.trim_start_matches('/');
            let is_pdf = path.to_ascii_lowercase().ends_with(".pdf");
            let is_built = path.is_empty() || recipes.find(path).is_some();
            if is_longer_name || is_pdf || is_built {
                continue;
            }
            let place = snapshot.locate(place, text, at..at + site.len() + length);
            let message = format!("nothing is built at `{site}/{path}`");
            // Texts come with and without the values of their variables.
            let is_known = |it: &Diagnostic| it.place.path == place.path && it.message == message;
            if found.iter().any(is_known) {
                continue;
            }
            found.push(
                Diagnostic::new(&trust_address_not_built::RULE, place, message)
                    .nearest(path, recipes.addresses()),
            );
        }
    };
    for open in open.as_slice() {
        look(&open.place, &open.text);
    }
    let settings = corpus.settings.security_txt.as_ref();
    if let Some(policy) = settings.and_then(|it| it.policy.as_ref()) {
        look(&Place::new(&corpus.settings.path, Span::default()), policy);
    }
    found
}

/// Returns how many bytes of a text belong to the address that it goes on with.
fn address_length(text: &str) -> usize {
    let is_end = |c: char| c.is_whitespace() || "\"'<>()[]{}`,|".contains(c);
    let address = text.split(is_end).next().unwrap_or_default();
    address.trim_end_matches(['.', ':', ';', '!', '?']).len()
}
