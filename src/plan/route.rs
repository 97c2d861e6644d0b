//! Which output stands at which address.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::hash::Hash;

use hashbrown::HashMap;
use unicode_normalization::UnicodeNormalization;

use crate::model::address::Address;
use crate::model::fingerprint::Fingerprint;

/// Outputs by address. No two share one, and none stands where another has a folder, not even up
/// to the case of letters or the way accents are written, since many file systems could not tell
/// them apart.
#[derive(Debug, Clone)]
pub struct Routes<P> {
    by_address: BTreeMap<Address, P>,
    by_page: HashMap<P, Address>,
    /// Pages by their addresses as those are compared.
    files: HashMap<String, P>,
    /// Folders as they were first written, each with a page in it.
    folders: HashMap<String, (String, P)>,
}

impl<P> Default for Routes<P> {
    fn default() -> Self {
        let (files, folders) = (HashMap::new(), HashMap::new());
        Self { by_address: BTreeMap::new(), by_page: HashMap::new(), files, folders }
    }
}

impl<P: Hash + Eq + Clone> Routes<P> {
    /// Gives a page an address.
    ///
    /// # Errors
    ///
    /// Returns the page that has it already, or one that stands in its way.
    pub fn add(&mut self, path: &str, page: P) -> Result<(), P> {
        let address = address(path);
        let own = folded(address.as_str());
        if let Some(other) = self.in_the_way(&address, &own) {
            return Err(other.clone());
        }
        let mut folder = address.folder();
        // What stands above a folder that is known is known.
        while !folder.is_empty() && !self.folders.contains_key(&*folded(folder)) {
            self.folders.insert(folded(folder).into_owned(), (folder.to_owned(), page.clone()));
            folder = above(folder);
        }
        self.files.insert(own.into_owned(), page.clone());
        self.by_page.insert(page.clone(), address.clone());
        self.by_address.insert(address, page);
        Ok(())
    }

    /// Gives a page the address, or the nearest one that is free: with the folders as they were
    /// first written, and with a number behind its name.
    ///
    /// # Errors
    ///
    /// Returns the page that kept it from the first choice.
    pub fn add_near(&mut self, path: &str, page: &P) -> Result<(), P> {
        let Err(other) = self.add(path, page.clone()) else { return Ok(()) };
        let (folder, name) =
            path.rsplit_once('/').map_or(("", path), |(folder, name)| (folder, name));
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        let mut place = String::new();
        for part in folder.split('/').filter(|part| !part.is_empty()) {
            let wished = format!("{place}{part}");
            let folder = self.folders.get(&*folded(&wished)).map(|(written, _)| written.clone());
            let is_file = folder.is_none() && self.files.contains_key(&*folded(&wished));
            place = folder
                .unwrap_or_else(|| if is_file { format!("{wished}-folder") } else { wished })
                + "/";
        }
        let numbered = (2u32..).map(|number| format!("{place}{stem}-{number}.{ending}"));
        for path in std::iter::once(format!("{place}{name}")).chain(numbered) {
            if self.add(&path, page.clone()).is_ok() {
                break;
            }
        }
        Err(other)
    }

    /// Gives a page the address or the nearest one that is free, where nobody minds which.
    pub fn place(&mut self, path: &str, page: &P) {
        let _other = self.add_near(path, page);
    }

    fn in_the_way(&self, address: &Address, own: &str) -> Option<&P> {
        let same = self.files.get(own).or_else(|| self.folders.get(own).map(|(_, page)| page));
        if same.is_some() {
            return same;
        }
        let mut folder = address.folder();
        while !folder.is_empty() {
            let folded = folded(folder);
            match self.folders.get(&*folded) {
                // Nothing was in the way of the page that stands in it.
                Some((written, _)) if written == folder => return None,
                Some((_, page)) => return Some(page),
                None if self.files.contains_key(&*folded) => return self.files.get(&*folded),
                None => folder = above(folder),
            }
        }
        None
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

/// Returns the folder in which something stands; nothing at the top.
fn above(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(above, _)| above)
}

/// Returns a path as it is compared.
fn folded(path: &str) -> Cow<'_, str> {
    if !path.is_ascii() {
        path.nfc().flat_map(char::to_lowercase).nfc().collect()
    } else if path.bytes().any(|byte| byte.is_ascii_uppercase()) {
        path.to_ascii_lowercase().into()
    } else {
        path.into()
    }
}

/// The most bytes of a name of a file or folder; file systems take 255.
const NAME_LIMIT: usize = 240;

/// Makes an address of a path: what an address may not hold becomes `-`, and what is too long for
/// file systems is cut and gets some digits of its fingerprint.
fn address(path: &str) -> Address {
    if path.split('/').all(|part| part.len() <= NAME_LIMIT)
        && let Some(address) = Address::parse(path)
    {
        return address;
    }
    let cleaned: Vec<String> = path
        .split('/')
        .map(|part| {
            let part: String = part
                .chars()
                .map(|c| if c == '\\' || c == ':' || c.is_control() { '-' } else { c })
                .collect();
            match part.as_str() {
                "" | "." | ".." => "-".to_owned(),
                _ if part.len() > NAME_LIMIT => shortened(&part, &part),
                _ => part,
            }
        })
        .collect();
    let mut joined = cleaned.join("/");
    if joined.len() > 1024 {
        let name = cleaned.last().map_or("", String::as_str);
        joined = format!("long/{}", shortened(name, &joined));
    }
    Address::parse(&joined).unwrap_or_else(|| unreachable!("`{joined}` was cleaned"))
}

/// Cuts a name, keeps its ending, and tells it apart by the fingerprint of what it stands for.
fn shortened(name: &str, whole: &str) -> String {
    let (stem, ending) =
        name.rsplit_once('.').filter(|(_, ending)| ending.len() < 10).unwrap_or((name, ""));
    let cut = &stem[..stem.floor_char_boundary(NAME_LIMIT - 40)];
    let digits = Fingerprint::of_bytes(whole.as_bytes()).short(16);
    if ending.is_empty() { format!("{cut}-{digits}") } else { format!("{cut}-{digits}.{ending}") }
}

#[cfg(test)]
mod tests {
    use super::Routes;

    fn places(paths: &[&str]) -> Vec<(String, Result<(), usize>)> {
        let mut routes = Routes::default();
        let results: Vec<_> =
            paths.iter().enumerate().map(|(page, path)| routes.add_near(path, &page)).collect();
        let place = |page| routes.address(&page).unwrap().to_string();
        results.into_iter().enumerate().map(|(page, result)| (place(page), result)).collect()
    }

    #[test]
    fn every_page_finds_a_place_that_all_file_systems_can_tell_from_others() {
        let expected: [(&str, Result<(), usize>); 8] = [
            ("guide/index.html", Ok(())),
            ("guide/index-2.html", Err(0)),
            ("guide/other.html", Err(0)),
            ("a.html", Ok(())),
            ("a.html-folder/b.html", Err(3)),
            ("a-2.html", Err(3)),
            ("caf\u{e9}.html", Ok(())),
            ("cafe\u{301}-2.html", Err(6)),
        ];
        let paths = [
            "guide/index.html",
            "guide/index.html",
            "Guide/other.html",
            "a.html",
            "a.html/b.html",
            "A.html",
            "caf\u{e9}.html",
            "cafe\u{301}.html",
        ];
        let expected: Vec<_> =
            expected.into_iter().map(|(place, result)| (place.to_owned(), result)).collect();
        let mut found = places(&paths);
        found[5].0 = found[5].0.to_lowercase();
        assert_eq!(found, expected);
    }
}
