//! The files that texts and evidence name, as they may be handed out.
//!
//! Each file is cleaned once, whoever names it. What cannot be made fit for readers is reported
//! where it is named, and no link leads to it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::rules::unusable_image;
use crate::diagnostic::{Diagnostic, Level};
use crate::model::asset::Asset;
use crate::model::control::Evidence;
use crate::model::document::Document;
use crate::model::link::{Link, Target};
use crate::parse::Parsed;
use crate::picture::{self, PictureFault};
use crate::span::{FilePath, Place};
use crate::workspace::{File, Snapshot};

/// Endings of pictures.
const PICTURES: [&str; 7] = ["png", "jpg", "jpeg", "gif", "webp", "svg", "avif"];

/// Endings of files that may be attached: none that a browser would run.
const ATTACHMENTS: [&str; 16] = [
    "pdf", "csv", "tsv", "txt", "json", "yaml", "yml", "xlsx", "docx", "pptx", "odt", "ods", "odp",
    "zip", "sig", "asc",
];

/// The files that are named: as they are handed out, or why they are not.
pub(crate) struct Assets(BTreeMap<FilePath, Result<Asset, String>>);

impl Assets {
    /// Makes the files fit for readers to which links lead and that are evidence.
    pub(crate) fn new<'l>(
        links: impl Iterator<Item = &'l Link>,
        parsed: &Parsed,
        snapshot: &Snapshot,
    ) -> Self {
        let linked = links.filter_map(|link| match &link.target {
            Target::Asset(path) => Some(path.clone()),
            _ => None,
        });
        let proof = parsed.evidence.iter().filter_map(Evidence::file_path);
        let paths: BTreeSet<String> = linked.chain(proof).collect();
        let files: Vec<(&FilePath, &File)> =
            paths.iter().filter_map(|path| snapshot.get_key_value(path.as_str())).collect();
        let fit = files.into_par_iter().map(|(path, file)| (path.clone(), fit(path, file)));
        Self(fit.collect::<Vec<_>>().into_iter().collect())
    }

    /// Makes links of a document lead nowhere where their file is not handed out, and reports them.
    pub(crate) fn check_links(
        &self,
        document: &Document,
        links: &mut Arc<[Link]>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        for (number, mention) in document.outline.references.iter().enumerate() {
            let Some(Link { target: Target::Asset(path), .. }) = links.get(number) else {
                continue;
            };
            let fault = match self.0.get(path.as_str()) {
                Some(Err(fault)) => fault.clone(),
                Some(Ok(_)) if mention.image && !has_ending(path, &PICTURES) => {
                    PictureFault::Unknown.to_string()
                }
                Some(Ok(_)) => continue,
                None => "the file was not read".to_owned(),
            };
            let message = format!("`{path}` cannot be used: {fault}");
            let place = document.body_place(mention.reference.span);
            diagnostics.push(Diagnostic::new(&unusable_image::RULE, place, message));
            Arc::make_mut(links)[number].target = Target::Nowhere;
        }
    }

    /// Notes evidence whose file is not handed out. It stays proof: its hash says what it is.
    pub(crate) fn check_evidence(&self, parsed: &Parsed, diagnostics: &mut Vec<Diagnostic>) {
        for evidence in &parsed.evidence {
            let Some((file, path)) = evidence.file.as_ref().zip(evidence.file_path()) else {
                continue;
            };
            let Some(Err(fault)) = self.0.get(path.as_str()) else { continue };
            let message = format!("`{path}` cannot be used: {fault}");
            let place = Place::new(&evidence.place.path, file.span);
            let mut diagnostic = Diagnostic::new(&unusable_image::RULE, place, message)
                .help("readers see its name and its hash");
            diagnostic.level = Level::Note;
            diagnostics.push(diagnostic);
        }
    }

    /// Returns those that are handed out.
    pub(crate) fn fit(self) -> BTreeMap<FilePath, Asset> {
        self.0.into_iter().filter_map(|(path, asset)| Some((path, asset.ok()?))).collect()
    }
}

/// Makes a file fit for readers, or says why it is not handed out.
fn fit(path: &str, file: &File) -> Result<Asset, String> {
    if has_ending(path, &PICTURES) {
        let cleaned = picture::clean(path, file.bytes()).map_err(|fault| fault.to_string())?;
        Ok(Asset::cleaned(file.bytes(), cleaned.bytes))
    } else if has_ending(path, &ATTACHMENTS) {
        Ok(Asset::new(file.shared()))
    } else {
        Err(format!("files that end in `.{}` are not handed out", ending(path)))
    }
}

fn ending(path: &str) -> String {
    path.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase()
}

fn has_ending(path: &str, endings: &[&str]) -> bool {
    endings.contains(&ending(path).as_str())
}
