//! What browsers are told: that the content is new, and what is wrong with it.

use std::path::PathBuf;
use std::sync::{Condvar, Mutex, MutexGuard};
use std::time::Duration;

use serde::Serialize;

use super::editor::Editor;
use crate::diagnostic::{Diagnostic, Level};
use crate::workspace::Snapshot;

/// The most faults that a page shows; the terminal shows all.
const SHOWN: usize = 50;

/// What is wrong at the moment.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct News {
    /// What keeps everything from being made; empty where nothing does.
    failure: String,
    /// What is wrong with the content, errors first.
    faults: Vec<Fault>,
    /// How many more there are.
    more: usize,
}

/// One diagnostic, as pages show it.
#[derive(Debug, Clone, Serialize)]
struct Fault {
    level: &'static str,
    rule: &'static str,
    message: String,
    help: Option<String>,
    path: String,
    line: usize,
    column: usize,
}

impl News {
    pub(super) fn new(diagnostics: &[Diagnostic], failure: Option<&str>, from: &Snapshot) -> Self {
        let mut shown: Vec<&Diagnostic> =
            diagnostics.iter().filter(|it| it.level != Level::Note).collect();
        shown.sort_by_key(|it| !it.is_error());
        Self {
            failure: failure.unwrap_or_default().to_owned(),
            more: shown.len().saturating_sub(SHOWN),
            faults: shown.into_iter().take(SHOWN).map(|it| Fault::new(it, from)).collect(),
        }
    }

    pub(super) fn of_failure(failure: &str) -> Self {
        Self { failure: failure.to_owned(), ..Self::default() }
    }
}

impl Fault {
    fn new(diagnostic: &Diagnostic, from: &Snapshot) -> Self {
        let place = &diagnostic.place;
        let text = from.get(&place.path).and_then(|file| file.text().ok()).unwrap_or_default();
        let before = text.get(..place.span.start as usize).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Self {
            level: if diagnostic.is_error() { "error" } else { "warning" },
            rule: diagnostic.rule.name,
            message: diagnostic.message.clone(),
            help: diagnostic.help.clone(),
            path: place.path.to_string(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }
}

/// What a page gets when it asks what is wrong.
#[derive(Serialize)]
struct Status<'n> {
    /// The number of the news.
    edition: u64,
    token: &'n str,
    can_open: bool,
    #[serde(flatten)]
    news: &'n News,
}

/// The news, and who waits for them.
pub(super) struct Board {
    state: Mutex<State>,
    posted: Condvar,
    token: String,
    /// Tells this process from an earlier one on the same port.
    run: u32,
    editor: Option<Editor>,
    root: PathBuf,
}

#[derive(Default)]
struct State {
    at: Moment,
    news: News,
}

/// What there is to know at a moment: pages of older content are to be made anew, and older news to
/// be asked for again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Moment {
    /// The number of the content.
    pub(super) content: u64,
    /// The number of the news.
    pub(super) news: u64,
}

impl Board {
    pub(super) fn new(editor: Option<Editor>, root: PathBuf) -> Self {
        let mut bytes = [0; 16];
        // Without a source of chance nothing can be opened from a page, and all else works.
        let editor = editor.filter(|_| getrandom::fill(&mut bytes).is_ok());
        let token = format!("{:032x}", u128::from_ne_bytes(bytes));
        let (state, posted) = (Mutex::default(), Condvar::new());
        let run = std::process::id() ^ jiff::Timestamp::now().subsec_nanosecond().unsigned_abs();
        Self { state, posted, token, run, editor, root }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Says that the content is new, and what is wrong with it.
    pub(super) fn post(&self, news: News) {
        self.state().at.content += 1;
        self.amend(news);
    }

    /// Says what is wrong with the content that there is.
    pub(super) fn amend(&self, news: News) {
        let mut state = self.state();
        state.at.news += 1;
        state.news = news;
        self.posted.notify_all();
    }

    /// Returns what there is to know.
    pub(super) fn moment(&self) -> Moment {
        self.state().at
    }

    /// Returns a name for the content that there is, which no other content has.
    pub(super) fn content(&self) -> String {
        self.name(self.moment())
    }

    /// Returns a name for the content of a moment, which no other content has.
    pub(super) fn name(&self, moment: Moment) -> String {
        format!("{:x}.{}", self.run, moment.content)
    }

    /// Waits for content or news that are newer; returns the same moment after a while.
    pub(super) fn wait(&self, seen: Moment, longest: Duration) -> Moment {
        let waited =
            self.posted.wait_timeout_while(self.state(), longest, |state| state.at == seen);
        waited.map_or_else(|poisoned| poisoned.into_inner().0.at, |(state, _)| state.at)
    }

    /// Returns everything that a page asks for, as JSON.
    pub(super) fn status(&self) -> Vec<u8> {
        let state = self.state();
        let status = Status {
            edition: state.at.news,
            token: &self.token,
            can_open: self.editor.is_some(),
            news: &state.news,
        };
        serde_json::to_vec(&status).unwrap_or_default()
    }

    /// Opens the place of a fault in the editor. Pages name it by its number only, so that no
    /// request can name a file.
    pub(super) fn open(&self, token: &str, edition: u64, number: usize) -> bool {
        let state = self.state();
        if token != self.token || edition != state.at.news {
            return false;
        }
        let (Some(editor), Some(fault)) = (&self.editor, state.news.faults.get(number)) else {
            return false;
        };
        editor.open(&self.root.join(&fault.path), fault.line, fault.column).is_ok()
    }
}
