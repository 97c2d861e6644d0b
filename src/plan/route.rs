//! Which output stands at which address.

use std::collections::BTreeMap;

use crate::model::address::Address;

/// Outputs by address. No two share one, not even up to the case of their letters, since many
/// file systems could not tell them apart.
#[derive(Debug, Clone)]
pub struct Routes<P> {
    by_address: BTreeMap<Address, P>,
    by_page: BTreeMap<P, Address>,
    folded: BTreeMap<String, Address>,
}

impl<P> Default for Routes<P> {
    fn default() -> Self {
        Self { by_address: BTreeMap::new(), by_page: BTreeMap::new(), folded: BTreeMap::new() }
    }
}

impl<P: Ord + Clone> Routes<P> {
    /// Gives a page an address.
    ///
    /// # Errors
    ///
    /// Returns the page that has it already.
    pub fn add(&mut self, path: &str, page: P) -> Result<(), P> {
        let address = address(path);
        let folded = address.as_str().to_lowercase();
        if let Some(taken) = self.folded.get(&folded)
            && let Some(other) = self.by_address.get(taken)
        {
            return Err(other.clone());
        }
        self.folded.insert(folded, address.clone());
        self.by_page.insert(page.clone(), address.clone());
        self.by_address.insert(address, page);
        Ok(())
    }

    /// Returns the address of a page.
    #[must_use]
    pub fn address(&self, page: &P) -> Option<&Address> {
        self.by_page.get(page)
    }

    /// Returns all pages in the order of their addresses.
    pub fn iter(&self) -> impl Iterator<Item = (&Address, &P)> {
        self.by_address.iter()
    }
}

/// Makes an address of a path: what an address may not hold becomes `-`.
fn address(path: &str) -> Address {
    let cleaned: Vec<String> = path
        .split('/')
        .map(|part| {
            let part: String =
                part.chars().map(|c| if c == '\\' || c == ':' || c.is_control() { '-' } else { c }).collect();
            match part.as_str() {
                "" | "." | ".." => "-".to_owned(),
                _ => part,
            }
        })
        .collect();
    let mut joined = cleaned.join("/");
    while joined.len() > 1024 {
        joined.pop();
    }
    Address::parse(&joined).unwrap_or_else(|| unreachable!("`{joined}` was cleaned"))
}
