//! The press: the only importer of typst.
//!
//! A compilation sees the code of one document, the template, and the files that the code names;
//! no folder, no package, no clock. Fonts and the standard library are loaded once and shared.

use std::collections::{BTreeMap, BTreeSet};

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, WorldExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::{PdfDocument, PdfFault, PdfText, literal, source};
use crate::model::body::Stage;
use crate::span::Span;

const TEMPLATE: &str = include_str!("template.typ");

/// The sans of headings, tables and running lines; the serif and the fixed-width font come with
/// typst.
const SANS: [&[u8]; 4] = [
    include_bytes!("../../../fonts/Inter-Regular.otf"),
    include_bytes!("../../../fonts/Inter-Italic.otf"),
    include_bytes!("../../../fonts/Inter-SemiBold.otf"),
    include_bytes!("../../../fonts/Inter-SemiBoldItalic.otf"),
];

/// How many documents later typst's memory of a document is dropped. Typst remembers results of
/// layout for the whole process, which makes the second compilation of an edited document many
/// times as fast and costs about 8 MB a document; documents share too little to keep more.
const REMEMBERED: usize = 6;

/// The stack of a compilation, for deeply nested lists and quotes.
const STACK: usize = 16 * 1024 * 1024;

/// The fonts and the standard library.
pub(super) struct Press {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    characters: BTreeSet<u32>,
    template: Option<Source>,
}

impl Press {
    /// Whether this build can make PDFs.
    pub(super) const IS_ABLE: bool = true;

    /// Loads everything, in about 15 milliseconds.
    pub(super) fn new() -> Self {
        let fonts: Vec<Font> = SANS
            .into_iter()
            .chain(typst_assets::fonts())
            .flat_map(|data| Font::iter(Bytes::new(data)))
            .collect();
        let characters = fonts
            .iter()
            .flat_map(|font| font.info().coverage.iter())
            .filter(|code| !is_private(*code))
            .collect();
        Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            characters,
            template: file_id("/template.typ").map(|id| Source::new(id, TEMPLATE.to_owned())),
        }
    }

    /// Tells whether a font has a character that archival files may hold.
    pub(super) fn covers(&self, character: char) -> bool {
        self.characters.contains(&u32::from(character))
    }

    /// Sets the code of a document.
    pub(super) fn set<S: Stage>(
        &self,
        document: &PdfDocument,
        text: &PdfText<'_, S>,
        source: &source::Source,
    ) -> Result<Vec<u8>, Vec<PdfFault>> {
        let files = source.files.iter().filter_map(|(path, name)| {
            Some((path.clone(), text.files.get(name)?.bytes().to_vec()))
        });
        let Some(desk) = Desk::new(self, &source.text, files) else {
            return Err(vec![fault("typst refuses the names of the document's files", None)]);
        };
        let options = options(document)?;
        let made = alone(|| {
            let compiled = typst::compile::<PagedDocument>(&desk).output;
            compiled.and_then(|paged| typst_pdf::pdf(&paged, &options))
        });
        comemo::evict(REMEMBERED);
        let Some(made) = made else {
            return Err(vec![fault("typst gave up on this document", None)]);
        };
        made.map_err(|problems| {
            let mut faults: Vec<PdfFault> =
                problems.iter().map(|problem| desk.fault(problem, source)).collect();
            faults.sort();
            faults.dedup();
            faults
        })
    }
}

/// Runs one compilation apart from the threads that asked for it.
///
/// Typst shares its work among the threads of the pool it runs in, and a thread of a pool that
/// waits takes up other work of that pool: were it the pool in which a caller makes many PDFs, a
/// waiting compilation would begin the next document, and that one the next, until all of them
/// are half done and in memory. A panic ends the compilation and nothing else.
fn alone<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    let in_own_pool = || {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(STACK).build().ok()?;
        Some(pool.install(work))
    };
    std::thread::scope(|scope| scope.spawn(in_own_pool).join().ok().flatten())
}

fn fault(message: &str, span: Option<Span>) -> PdfFault {
    PdfFault { span, message: message.to_owned(), hint: None }
}

fn options(document: &PdfDocument) -> Result<PdfOptions, Vec<PdfFault>> {
    let standards = PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a])
        .map_err(|problem| vec![fault(problem.message(), None)])?;
    let version = document.version.as_deref().unwrap_or_default();
    Ok(PdfOptions {
        ident: Smart::Custom(format!("{} {}@{version}", document.organisation, document.id)),
        creator: Smart::Custom(Some("Avouch".to_owned())),
        standards,
        ..PdfOptions::default()
    })
}

/// Tells whether a code point has no meaning outside one font; archival files refuse these.
fn is_private(code: u32) -> bool {
    matches!(code, 0xe000..=0xf8ff | 0xf_0000..)
}

fn file_id(path: &str) -> Option<FileId> {
    let path = VirtualPath::new(path).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// All that the compilation of one document can see.
struct Desk<'a> {
    press: &'a Press,
    main: Source,
    files: BTreeMap<String, Bytes>,
}

impl<'a> Desk<'a> {
    fn new(
        press: &'a Press,
        code: &str,
        files: impl Iterator<Item = (String, Vec<u8>)>,
    ) -> Option<Self> {
        let main = Source::new(file_id("/main.typ")?, code.to_owned());
        let files = files.map(|(path, bytes)| (path, Bytes::new(bytes))).collect();
        Some(Self { press, main, files })
    }

    /// Turns what typst says about the code into what the author can act on. Trouble inside the
    /// template is blamed on the call in the main file that led there.
    fn fault(&self, problem: &SourceDiagnostic, source: &source::Source) -> PdfFault {
        let main = self.main.id();
        let span = std::iter::once(problem.span)
            .chain(problem.trace.iter().map(|point| point.span.into()))
            .find_map(|span| match span.id()? {
                id if id == main => self.range(span).map(|range| range.start),
                id => source.text.find(&literal::of(id.get().vpath().get_with_slash())),
            })
            .and_then(|offset| source.place(offset));
        let hints: Vec<&str> = problem.hints.iter().map(|hint| hint.v.as_str()).collect();
        PdfFault {
            span,
            message: problem.message.to_string(),
            hint: (!hints.is_empty()).then(|| hints.join("; ")),
        }
    }
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.press.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.press.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let template = self.press.template.as_ref();
        [Some(&self.main), template]
            .into_iter()
            .flatten()
            .find(|source| source.id() == id)
            .cloned()
            .ok_or_else(|| absent(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let path = id.get().vpath().get_with_slash();
        self.files.get(path).cloned().ok_or_else(|| absent(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.press.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn absent(id: FileId) -> FileError {
    FileError::NotFound(id.get().vpath().get_with_slash().into())
}
