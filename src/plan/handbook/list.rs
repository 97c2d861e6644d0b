//! Lists: folders, the glossary, search, and the page for addresses that lead nowhere.

use std::collections::BTreeMap;

use super::control::empty;
use super::frame::title_case;
use super::{HandbookPlan, Page, words};
use crate::model::address::Address;
use crate::model::document::Term;
use crate::plan::view::handbook::{
    GlossaryPage, Letter, Linked, LinkedGroup, List, NotFound, SearchPage, TableSection, TermEntry,
};
use crate::plan::view::{Cell, Column, ColumnKind, HrefText, Html, Row, Table};

impl HandbookPlan<'_> {
    /// Returns the documents and folders of a folder, in a folder that is no workspace.
    pub(super) fn folder_list(&self, path: &str) -> List {
        let page = Page::Folder(path.to_owned());
        let from = self.at(&page);
        let prefix = format!("{path}/");
        let documents = self.folders.get(path).map_or(&[][..], Vec::as_slice);
        let mut folders: BTreeMap<&str, usize> = BTreeMap::new();
        let below = self
            .folders
            .range(prefix.clone()..)
            .take_while(|(folder, _)| folder.starts_with(&prefix));
        for (folder, inside) in below {
            let folder = folder[prefix.len()..].split('/').next().unwrap_or_default();
            *folders.entry(folder).or_default() += inside.len();
        }
        let mut sections = Vec::new();
        if !folders.is_empty() {
            let rows = folders.into_iter().map(|(folder, count)| {
                let href = self
                    .destination(
                        &from,
                        &crate::model::link::Target::Folder(format!("{path}/{folder}")),
                    )
                    .unwrap_or_else(|| format!("{folder}/index.html"));
                Row {
                    anchor: None,
                    cells: vec![
                        Cell::link(href, title_case(folder)),
                        Cell::text(count.to_string()),
                    ],
                }
            });
            sections.push(TableSection {
                anchor: "folders".to_owned(),
                heading: "Folders".to_owned(),
                table: Table {
                    caption: "Folders".to_owned(),
                    columns: vec![
                        Column::new("Folder", ColumnKind::Text),
                        Column::new("Documents", ColumnKind::Numeric),
                    ],
                    rows: rows.collect(),
                    empty: String::new(),
                },
            });
        }
        if !documents.is_empty() {
            sections.push(TableSection {
                anchor: "documents".to_owned(),
                heading: if sections.is_empty() { String::new() } else { "Documents".to_owned() },
                table: self.plain_table(&from, documents),
            });
        }
        if sections.is_empty() {
            sections.push(empty("There is nothing in this folder."));
        }
        let title = title_case(path.rsplit('/').next().unwrap_or(path));
        List {
            frame: self.frame(&page, &title, &[]),
            head: Self::head("Folder", "", &title),
            intro_html: Html::default(),
            sections,
            downloads: Vec::new(),
        }
    }

    /// Returns documents of a plain folder as a table.
    fn plain_table(&self, from: &Address, indices: &[u32]) -> Table {
        let corpus = self.handbook.corpus();
        let rows = indices.iter().map(|index| {
            let document = corpus.document(*index);
            let link = self.link(from, &Page::Document(*index), document.title.value.clone());
            Row {
                anchor: None,
                cells: vec![
                    Cell::link(link.href, link.text).note(Self::shown_id(document)),
                    Cell::text(
                        document.version.as_ref().map(|it| it.value.clone()).unwrap_or_default(),
                    ),
                    Cell::text(
                        document.owner.as_ref().map(|it| it.value.clone()).unwrap_or_default(),
                    ),
                ],
            }
        });
        Table {
            caption: "Documents".to_owned(),
            columns: vec![
                Column::new("Document", ColumnKind::Text),
                Column::new("Version", ColumnKind::Id),
                Column::new("Owner", ColumnKind::Text),
            ],
            rows: rows.collect(),
            empty: String::new(),
        }
    }

    pub(super) fn glossary(&self) -> GlossaryPage {
        let page = Page::Glossary;
        let from = self.at(&page);
        let mut terms: Vec<_> = self.handbook.corpus().terms.iter().collect();
        terms.sort_by_key(|term| term.term.value.to_lowercase());
        let mut letters: Vec<Letter> = Vec::new();
        for term in terms {
            let letter: String =
                term.term.value.chars().take(1).flat_map(char::to_uppercase).collect();
            if letters.last().is_none_or(|last| last.letter != letter) {
                letters.push(Letter {
                    anchor: format!("letter-{letter}"),
                    letter,
                    terms: Vec::new(),
                });
            }
            let entry = TermEntry {
                anchor: term_anchor(term),
                term: term.term.value.clone(),
                aliases: term.aliases.clone(),
                definition_html: self.text_html(&from, &term.definition),
                used_in: Vec::new(),
            };
            if let Some(letter) = letters.last_mut() {
                letter.terms.push(entry);
            }
        }
        GlossaryPage {
            frame: self.frame(&page, "Glossary", &[]),
            head: Self::head("", "", "Glossary"),
            letters,
            empty: "No term is defined yet. Add them to content/glossary.yaml.".to_owned(),
        }
    }

    /// Returns where a term stands in the glossary, and what it means.
    pub(super) fn term(&self, from: &Address, number: u32) -> Option<(String, String)> {
        let term = self.handbook.corpus().terms.get(number as usize)?;
        let glossary = self.address(&Page::Glossary)?;
        let href = from.href_to(glossary, Some(&term_anchor(term)));
        Some((href, self.definitions().get(number as usize)?.clone()))
    }

    /// Returns what the terms mean, as plain text: documents use the same ones many times.
    pub(super) fn definitions(&self) -> &[String] {
        let terms = &self.handbook.corpus().terms;
        let plain = || terms.iter().map(|term| self.plain(&term.definition)).collect();
        self.definitions.get_or_init(plain)
    }

    pub(super) fn search(&self) -> SearchPage {
        let page = Page::Search;
        let from = self.at(&page);
        let index = self.sections().iter().map(|section| {
            let pages: Vec<&Page> =
                section.groups.iter().flat_map(|(_, pages)| pages).take(500).collect();
            LinkedGroup {
                heading: section.title.clone(),
                links: pages
                    .into_iter()
                    .map(|page| Linked {
                        link: self.link(&from, page, self.page_title(page)),
                        ..Linked::default()
                    })
                    .collect(),
            }
        });
        let index = index.filter(|group| !group.links.is_empty()).take(100).collect();
        SearchPage {
            frame: self.frame(&page, "Search", &[]),
            head: Self::head("", "", "Search"),
            index,
        }
    }

    pub(super) fn not_found(&self) -> NotFound {
        let page = Page::NotFound;
        let from = self.at(&page);
        let mut head = Self::head("", "", "There is no such page");
        head.summary =
            "It may have moved or been retired. Search finds documents, controls and requirements."
                .to_owned();
        let links: Vec<HrefText> = self
            .sections()
            .iter()
            .take(12)
            .map(|section| self.link(&from, &section.page, section.title.clone()))
            .collect();
        NotFound { frame: self.frame(&page, "Not found", &[]), head, links }
    }

    /// Returns how many documents there are, in words.
    pub(super) fn document_count(&self) -> String {
        words::count(self.shown_documents().count(), "document", "documents")
    }
}

/// Returns the anchor of a term in the glossary.
fn term_anchor(term: &Term) -> String {
    format!("term-{}", super::addresses::file_name(&term.term.value))
}
