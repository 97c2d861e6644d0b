//! Watch and preview: the same build in a loop, with what browsers need around it.
//!
//! Takes a way to read the workspace; until the process ends, handbook and trust center are each
//! served on a port of their own, made from memory when a browser asks, and made anew after every
//! change. No stage knows of it, and nothing is written to disk.
//!
//! One thread owns the content: it reads, checks, plans, and then answers requests until something
//! changes. [`door`] listens, [`guard`] decides who may ask, [`watch`] tells of changes, [`board`]
//! tells browsers, [`editor`] opens files.
#![expect(clippy::disallowed_methods, reason = "changes, and midnight, are waited for")]

mod answer;
mod board;
mod door;
mod editor;
mod guard;
mod watch;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use jiff::civil::Date;

use self::board::{Board, News};
use self::door::{Door, Question};
pub use self::editor::Editor;
use self::watch::Watch;
use crate::diagnostic::Diagnostic;
use crate::memo::Memo;
use crate::pipeline::{self, Inputs, Preview};
use crate::render::recipe::RenderFailure;
use crate::workspace::{ReadFailure, ReadFault, Snapshot};

/// How long it must be quiet before a burst of changes counts as over.
const QUIET: Duration = Duration::from_millis(4);

/// The longest that a burst is waited for.
const PATIENCE: Duration = Duration::from_millis(400);

/// How long after a change the public pages are searched for what is withheld.
const FIRST: Duration = Duration::from_millis(300);

/// How long after files came or went a folder may not be watched yet.
const SETTLING: Duration = Duration::from_millis(250);

/// How often the day and the folder itself are looked at when nothing else happens: standings change
/// at midnight, and a folder that is replaced gives no sign.
const TICK: Duration = Duration::from_secs(1);

/// Which of the two sites.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Site {
    /// The handbook.
    Handbook,
    /// The trust center.
    Trust,
}

impl Site {
    /// Returns the word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Handbook => "handbook",
            Self::Trust => "trust center",
        }
    }
}

/// What is to be served, and where.
pub struct Options<'o> {
    /// The folder that is watched.
    pub root: PathBuf,
    /// Folders below it that are not watched: where builds write.
    pub ignored: Vec<PathBuf>,
    /// The address of both sites; a loopback address unless the user says otherwise.
    pub host: IpAddr,
    /// The port of the handbook; 0 for any that is free.
    pub port: u16,
    /// The port of the trust center; 0 for any that is free.
    pub trust_port: u16,
    /// What opens a file at a line, if anything.
    pub editor: Option<Editor>,
    /// Reads the workspace, taking over from the snapshot before what did not change on disk. Where
    /// paths are given, nothing else changed since.
    pub read: &'o Read<'o>,
}

/// Reads a workspace: what was read before, and where something changed since, if that is known.
pub type Read<'r> =
    dyn Fn(&Snapshot, Option<&BTreeSet<PathBuf>>) -> Result<Inputs, ReadFailure> + 'r;

/// What happens while sites are served, for whoever talks to the user.
pub enum Event<'e> {
    /// Both sites can be opened at these addresses.
    Open {
        /// The handbook.
        handbook: SocketAddr,
        /// The trust center.
        trust: SocketAddr,
    },
    /// The system's way of watching is not to be had, and files are looked at every now and then.
    Polling {
        /// Why.
        reason: String,
    },
    /// The content was made anew.
    Made {
        /// How long it took from the first sign of a change.
        time: Duration,
        /// How many documents there are.
        documents: usize,
        /// What is wrong with the theme.
        fault: Option<&'e str>,
        /// What is wrong with the content.
        diagnostics: &'e [Diagnostic],
        /// What was read, for showing what is wrong in it.
        inputs: &'e Inputs,
    },
    /// The bytes of the public pages tell more than the content did.
    Searched {
        /// All that is wrong.
        diagnostics: &'e [Diagnostic],
        /// What was read, for showing what is wrong in it.
        inputs: &'e Inputs,
    },
    /// The content could not be read; what was served before is gone until it can be.
    Unreadable {
        /// Why.
        failure: &'e ReadFailure,
    },
}

/// Why nothing can be served.
#[derive(Debug)]
pub enum ServeFailure {
    /// A port is taken or refused.
    Port {
        /// Where.
        address: SocketAddr,
        /// What the system says.
        cause: std::io::Error,
    },
    /// Files cannot be watched in any way.
    Watch(String),
}

impl fmt::Display for ServeFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Port { address, cause } if cause.kind() == std::io::ErrorKind::AddrInUse => {
                write!(f, "port {} of {} is taken", address.port(), address.ip())
            }
            Self::Port { address, cause } => write!(f, "could not listen on {address}: {cause}"),
            Self::Watch(reason) => write!(f, "could not watch the workspace: {reason}"),
        }
    }
}

/// What wakes the thread that owns the content.
enum Message {
    Asked(Question),
    Changed(Changed),
    /// The public pages of the content of that name were searched.
    Searched(String, Result<Option<Vec<Diagnostic>>, RenderFailure>),
}

/// What changed on disk.
enum Changed {
    /// What stands at these paths, or stood.
    Files(Vec<PathBuf>),
    /// Nobody knows.
    Anything,
}

/// Serves until the process ends. `memo` is what earlier runs remember.
///
/// # Errors
///
/// Fails only before anything is served.
pub fn serve(
    options: &Options<'_>,
    memo: Memo,
    tell: &dyn Fn(Event<'_>),
) -> Result<(), ServeFailure> {
    let (sender, receiver) = mpsc::channel();
    let board = Board::new(options.editor.clone(), options.root.clone());
    let [handbook, trust] = [(Site::Handbook, options.port), (Site::Trust, options.trust_port)]
        .map(|(site, port)| Door::open(site, SocketAddr::new(options.host, port)));
    let (handbook, trust) = (handbook?, trust?);
    let watch = watch::start(&options.root, options.ignored.clone(), sender.clone())?;
    tell(Event::Open { handbook: handbook.address(), trust: trust.address() });
    if let Some(reason) = watch.polling_because() {
        tell(Event::Polling { reason: reason.to_owned() });
    }
    thread::scope(|scope| {
        for door in [&handbook, &trust] {
            let (sender, board) = (sender.clone(), &board);
            scope.spawn(move || door.answer_all(&sender, board));
        }
        let watch = RefCell::new(watch);
        Loop { options, sender: &sender, receiver: &receiver, board: &board, watch, tell }
            .run(memo);
    });
    Ok(())
}

/// The thread that owns the content.
struct Loop<'l, 'o> {
    options: &'l Options<'o>,
    sender: &'l Sender<Message>,
    receiver: &'l Receiver<Message>,
    board: &'l Board,
    watch: RefCell<Watch>,
    tell: &'l dyn Fn(Event<'_>),
}

impl Loop<'_, '_> {
    fn run(&self, mut memo: Memo) {
        let mut snapshot = Snapshot::default();
        let mut change = Change::of_anything();
        let mut told = None;
        // Folders that are new are watched a moment later than they are made.
        let mut is_unwatched_until = Instant::now();
        loop {
            let files = change.files.as_ref().filter(|_| is_unwatched_until < change.at);
            let read = (self.options.read)(&snapshot, files);
            if !read.as_ref().is_ok_and(|inputs| inputs.snapshot.has_paths_of(&snapshot)) {
                is_unwatched_until = Instant::now() + SETTLING;
            }
            let next = match read {
                Ok(inputs) => {
                    let (next, kept) = pipeline::preview(&inputs, &memo, |preview| {
                        let what = Told::of(&inputs, preview);
                        // Files that do not count change, too.
                        let is_known = told.as_ref() == Some(&what) && inputs.snapshot == snapshot;
                        if !is_known {
                            self.announce(preview, &inputs, change.at);
                            told = Some(what);
                        }
                        self.answer_until_changed(preview, &inputs, change.waiting)
                    });
                    (snapshot, memo) = (inputs.snapshot, kept);
                    next
                }
                Err(failure) => {
                    let what = Told::Failure(failure.to_string());
                    if told.as_ref() != Some(&what) {
                        (self.tell)(Event::Unreadable { failure: &failure });
                        self.board.post(News::of_failure(&failure.to_string()));
                        told = Some(what);
                    }
                    let content = self.board.content();
                    for question in change.waiting {
                        answer::unavailable(question, &content);
                    }
                    self.wait_without_content(&content)
                }
            };
            match next {
                Some(next) => change = next,
                None => return,
            }
        }
    }

    fn announce(&self, preview: &Preview<'_>, inputs: &Inputs, changed: Instant) {
        let diagnostics = preview.diagnostics();
        self.board.post(News::new(diagnostics, preview.fault(), &inputs.snapshot));
        (self.tell)(Event::Made {
            time: changed.elapsed(),
            documents: preview.documents(),
            fault: preview.fault(),
            diagnostics,
            inputs,
        });
    }

    /// Tells what the bytes of the public pages told.
    fn announce_search(
        &self,
        found: Result<Option<Vec<Diagnostic>>, RenderFailure>,
        preview: &Preview<'_>,
        inputs: &Inputs,
    ) {
        let snapshot = &inputs.snapshot;
        match found {
            Ok(None) => {}
            Ok(Some(diagnostics)) => {
                self.board.amend(News::new(&diagnostics, preview.fault(), snapshot));
                (self.tell)(Event::Searched { diagnostics: &diagnostics, inputs });
            }
            Err(failure) => {
                let news = News::new(preview.diagnostics(), Some(&failure.message), snapshot);
                self.board.amend(news);
            }
        }
    }

    /// Answers until something changes; returns nothing when nobody can ask any more. The public
    /// pages are searched a moment after the content is there.
    fn answer_until_changed(
        &self,
        preview: &Preview<'_>,
        inputs: &Inputs,
        waiting: Vec<Question>,
    ) -> Option<Change> {
        let content = self.board.content();
        let content = content.as_str();
        thread::scope(|scope| {
            for question in waiting {
                scope.spawn(move || answer::answer(question, preview, content));
            }
            let mut is_searched = false;
            let mut next_look = Instant::now() + FIRST;
            loop {
                // Whoever asks all the time does not keep time from passing.
                match self.receiver.recv_timeout(until(next_look)) {
                    Ok(Message::Asked(question)) => {
                        scope.spawn(move || answer::answer(question, preview, content));
                    }
                    Ok(Message::Changed(news)) => return Some(self.settle(news)),
                    Ok(Message::Searched(of, found)) => {
                        if of == content {
                            self.announce_search(found, preview, inputs);
                        }
                    }
                    Err(RecvTimeoutError::Timeout) if !self.watches_on() => {
                        return Some(Change::of_anything());
                    }
                    Err(RecvTimeoutError::Timeout) if !is_searched => {
                        is_searched = true;
                        next_look = Instant::now() + TICK;
                        let sender = self.sender.clone();
                        scope.spawn(move || {
                            let found = preview.searched();
                            // The thread that owns the content waits for this one.
                            let _ = sender.send(Message::Searched(content.to_owned(), found));
                        });
                    }
                    Err(RecvTimeoutError::Timeout)
                        if preview.is_of_yesterday(inputs, jiff::Timestamp::now()) =>
                    {
                        return Some(Change::of_files(Vec::new()));
                    }
                    Err(RecvTimeoutError::Timeout) => next_look = Instant::now() + TICK,
                    Err(RecvTimeoutError::Disconnected) => return None,
                }
            }
        })
    }

    /// Waits for the end of a burst of changes.
    fn settle(&self, news: Changed) -> Change {
        let mut change = Change::of_files(Vec::new());
        change.add(news);
        while change.at.elapsed() < PATIENCE {
            match self.receiver.recv_timeout(QUIET) {
                Ok(Message::Changed(news)) => change.add(news),
                Ok(Message::Asked(question)) => change.waiting.push(question),
                // It is of content that is not any more.
                Ok(Message::Searched(..)) => {}
                Err(_) => break,
            }
        }
        change
    }

    /// Returns whether the folder that is watched stands where it stood. Where another one stands
    /// there, that is watched from now on.
    fn watches_on(&self) -> bool {
        let root = &self.options.root;
        let mut watch = self.watch.borrow_mut();
        if watch.is_in_place(root) {
            return true;
        }
        if let Ok(new) = watch::start(root, self.options.ignored.clone(), self.sender.clone()) {
            *watch = new;
        }
        false
    }

    /// Answers that there is nothing to show, until something changes. What changed before is not
    /// known any more then.
    fn wait_without_content(&self, content: &str) -> Option<Change> {
        let next_look = Instant::now() + TICK;
        loop {
            match self.receiver.recv_timeout(until(next_look)) {
                Ok(Message::Asked(question)) => answer::unavailable(question, content),
                Ok(Message::Changed(_)) => return Some(self.settle(Changed::Anything)),
                Ok(Message::Searched(..)) => {}
                // What was missing may be back without a sign.
                Err(RecvTimeoutError::Timeout) => {
                    self.watches_on();
                    return Some(Change::of_anything());
                }
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
    }
}

/// Returns how long it is to a moment.
fn until(moment: Instant) -> Duration {
    moment.saturating_duration_since(Instant::now())
}

/// What was told last: nobody is told the same again.
#[derive(PartialEq)]
enum Told {
    /// The snapshot that was read last, with its faults and on a day.
    Content { faults: Vec<ReadFault>, today: Date },
    /// Why it could not be read.
    Failure(String),
}

impl Told {
    fn of(inputs: &Inputs, preview: &Preview<'_>) -> Self {
        Self::Content { faults: inputs.faults.clone(), today: preview.today() }
    }
}

/// A burst of changes: when it began, and who asked before it was over.
struct Change {
    at: Instant,
    /// Where something changed, if that is known.
    files: Option<BTreeSet<PathBuf>>,
    waiting: Vec<Question>,
}

impl Change {
    fn of_files(files: Vec<PathBuf>) -> Self {
        let files = Some(files.into_iter().collect());
        Self { at: Instant::now(), files, waiting: Vec::new() }
    }

    fn of_anything() -> Self {
        Self { files: None, ..Self::of_files(Vec::new()) }
    }

    fn add(&mut self, news: Changed) {
        match (news, &mut self.files) {
            (Changed::Files(paths), Some(files)) => files.extend(paths),
            _ => self.files = None,
        }
    }
}
