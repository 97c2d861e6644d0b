//! A theme: templates that turn views into pages, and the files that pages load.
//!
//! A theme is the built-in one overlaid, file by file, by the files of a folder of the user's
//! `themes/`. It is code and is reviewed as code, but it has no way to files, network,
//! environment or clock: a template sees its view, and the engine offers nothing else. Each edition has a
//! [`Theme`] of its own, so that no template of one can include a template of another. All
//! templates are checked together when the theme is loaded.

mod fault;
mod page;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use include_dir::{Dir, include_dir};
use serde::Serialize;
use tera::{Context, ErrorKind, Tera};

use crate::model::fingerprint::Fingerprint;
use page::Page;

pub use fault::ThemeFault;

/// The theme that is part of the program.
static DEFAULT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// The brand colour of the built-in theme in light surroundings, as red, green and blue: what paper
/// has in place of `--brand` in `base.css`.
pub const BRAND: [u8; 3] = [0x0b, 0x58, 0x78];

/// The theme of each edition that was loaded last, by its edition. It saves reading all templates
/// again at every save, and cannot be told from one that is loaded anew.
static LAST: Mutex<BTreeMap<String, Arc<Theme>>> = Mutex::new(BTreeMap::new());

/// The most bytes that one page may have.
const PAGE_LIMIT: usize = 16 * 1024 * 1024;

/// The checked templates of one edition and the files that its pages load.
#[derive(Debug)]
pub struct Theme {
    templates: Tera,
    assets: BTreeMap<String, Vec<u8>>,
    fingerprint: Fingerprint,
}

impl Theme {
    /// Loads the theme of an edition (`handbook`, `trust`), which is also the folder of its
    /// templates. `overlay` holds the user's files by their path in the folder of the theme, such
    /// as `handbook/home.html` or `assets/base.css`; each replaces the built-in file of the same
    /// path or is added.
    ///
    /// # Errors
    ///
    /// Fails at the first template that does not parse, or that names a template, component,
    /// filter or function that does not exist.
    pub fn load(
        edition: &str,
        overlay: &BTreeMap<String, Vec<u8>>,
    ) -> Result<Arc<Self>, ThemeFault> {
        let mut files = BTreeMap::new();
        collect(&DEFAULT, &mut files);
        files.extend(overlay.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())));

        let mut sources = Vec::new();
        let mut assets = BTreeMap::new();
        for (path, bytes) in files {
            match path.split_once('/') {
                Some(("assets", name)) => {
                    assets.insert(name.to_owned(), bytes.to_vec());
                }
                Some((folder, name)) if folder == edition && is_template(name) => {
                    let text = std::str::from_utf8(bytes).map_err(|_| ThemeFault {
                        file: path.to_owned(),
                        line: 1,
                        column: 1,
                        message: "the template is not UTF-8 text".to_owned(),
                    })?;
                    sources.push((path, text));
                }
                _ => {}
            }
        }

        let fingerprint = Fingerprint::of(&(edition, &sources, &assets));
        let last = || LAST.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(theme) = last().get(edition).filter(|it| it.fingerprint == fingerprint) {
            return Ok(Arc::clone(theme));
        }
        let mut templates = Tera::new();
        templates.add_raw_templates(sources).map_err(|error| ThemeFault::new(&error))?;
        let theme = Arc::new(Self { templates, assets, fingerprint });
        last().insert(edition.to_owned(), Arc::clone(&theme));
        Ok(theme)
    }

    /// Renders a view by the template at a path such as `handbook/document.html`.
    ///
    /// # Errors
    ///
    /// Fails where the template does not exist, uses a field that the view does not have, or
    /// makes more than 16 MB.
    pub fn render(&self, template: &str, view: &impl Serialize) -> Result<String, ThemeFault> {
        let mut page = Page::new(PAGE_LIMIT);
        let result = Context::from_serialize(view)
            .and_then(|context| self.templates.render_to(template, &context, &mut page));
        match result {
            Ok(()) => page.into_text().ok_or_else(|| {
                ThemeFault::about(template, "the template made something that is not UTF-8 text")
            }),
            Err(error) if matches!(error.kind(), ErrorKind::Io(_)) => Err(ThemeFault::about(
                template,
                &format!("the page is larger than {} MB", PAGE_LIMIT / 1024 / 1024),
            )),
            Err(error) => Err(ThemeFault::new(&error).in_template(template)),
        }
    }

    /// Returns the bytes of a file that pages load, by its path in `assets/`.
    #[must_use]
    pub fn asset(&self, name: &str) -> Option<&[u8]> {
        self.assets.get(name).map(Vec::as_slice)
    }

    /// Returns all files that pages may load, of every edition, sorted by their path in `assets/`.
    pub fn assets(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.assets.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
    }

    /// Returns what the theme adds to the fingerprint of every page.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }
}

/// Returns the bytes of a file of the built-in theme that pages load, by its path in `assets/`.
#[must_use]
pub fn built_in_asset(name: &str) -> Option<&'static [u8]> {
    DEFAULT.get_file(format!("assets/{name}")).map(include_dir::File::contents)
}

/// Adds the files of a built-in folder by their path in the theme.
fn collect<'a>(folder: &'a Dir<'a>, files: &mut BTreeMap<&'a str, &'a [u8]>) {
    for file in folder.files() {
        if let Some(path) = file.path().to_str() {
            files.insert(path, file.contents());
        }
    }
    for inner in folder.dirs() {
        collect(inner, files);
    }
}

/// Tells templates from notes that lie beside them. The ending also turns on escaping.
fn is_template(name: &str) -> bool {
    std::path::Path::new(name).extension().is_some_and(|extension| extension == "html")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use serde::Serialize;

    use super::{BRAND, Theme, ThemeFault};

    #[derive(Serialize)]
    struct View {
        title: &'static str,
    }

    fn with(text: &str) -> Result<Arc<Theme>, ThemeFault> {
        Theme::load("handbook", &BTreeMap::from([("handbook/own.html".to_owned(), text.into())]))
    }

    #[test]
    fn overlaid_templates_use_built_in_pieces_and_escape_text() {
        let theme = with("{{ title }} {{ <icon name=\"dash\" /> }}").unwrap();
        assert_eq!(
            theme.render("handbook/own.html", &View { title: "<b>" }).unwrap(),
            "&lt;b&gt; <svg class=\"icon\" viewBox=\"0 0 16 16\" width=\"16\" height=\"16\" \
             aria-hidden=\"true\"><path d=\"M4 8h8\"/></svg>"
        );
    }

    #[test]
    fn faults_name_the_place() {
        let at = |fault: ThemeFault| (fault.file, fault.line, fault.column);
        let own = || "handbook/own.html".to_owned();
        assert_eq!(at(with("line\n  {{ title | shout }}").unwrap_err()), (own(), 2, 14));
        assert_eq!(at(with("{% extends \"none.html\" %}").unwrap_err()), (own(), 1, 1));
        let theme = with("line\n{{ titel }}").unwrap();
        let fault = theme.render("handbook/own.html", &View { title: "" }).unwrap_err();
        assert_eq!(at(fault), (own(), 2, 4));
        let fault = theme.render("handbook/none.html", &View { title: "" }).unwrap_err();
        assert_eq!(at(fault), ("handbook/none.html".to_owned(), 1, 1));
    }

    #[test]
    fn paper_has_the_brand_colour_of_the_screen() {
        let theme = Theme::load("handbook", &BTreeMap::new()).unwrap();
        let style = std::str::from_utf8(theme.asset("base.css").unwrap()).unwrap();
        let [red, green, blue] = BRAND;
        let declared = format!("--brand: light-dark(#{red:02x}{green:02x}{blue:02x},");
        assert!(style.contains(&declared), "{declared}");
    }

    #[test]
    fn pages_have_an_end() {
        let theme = with("{% for i in range(end=99999) %}{% for j in range(end=99) %}{{ title }}{% endfor %}{% endfor %}").unwrap();
        let fault = theme.render("handbook/own.html", &View { title: "0123456789" }).unwrap_err();
        assert_eq!(fault.to_string(), "handbook/own.html:1:1: the page is larger than 16 MB");
    }
}
