//! `avouch serve`: both sites while somebody writes.

use std::cell::{Cell, RefCell};
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::Failure;
use super::Outcome;
use super::arguments::ServeArguments;
use super::cache::Cache;
use super::format::Format;
use super::gather::{
    counted, find, inputs, inputs_again, milliseconds, refuse_folder_around_workspace,
};
use super::shown::Shown;
use super::terminal::{Stream, Terminal};
use crate::diagnostic::{Counts, Diagnostic};
use crate::pipeline::{Inputs, Texts};
use crate::serve::{self, Editor, Event, Options};
use crate::workspace::home::layout;
use crate::workspace::{Layout, ReadFailure, Repository};

pub(super) fn run(arguments: &ServeArguments, terminal: Terminal) -> Result<Outcome, Failure> {
    let (home, shown) = find(&arguments.source, terminal)?;
    if layout(&home) == Layout::Folder
        && let Ok(first) = inputs(&arguments.source, &home, None)
    {
        refuse_folder_around_workspace(&first, &shown)?;
    }
    let root = home.canonicalize().map_err(|cause| Failure::of_file("read", &home, &cause))?;
    let editor = match arguments.editor.as_deref().map(Editor::parse) {
        None => None,
        Some(Some(editor)) => Some(editor),
        Some(None) => return Err(Failure::new("`--editor` names no program")),
    };
    if !arguments.host.is_loopback() {
        terminal.say(&format!(
            "warning: everybody who reaches {} can read the handbook",
            arguments.host
        ))?;
    }
    let was_workspace = layout(&root) == Layout::Workspace;
    // Whoever writes wants to see what they write.
    let texts = if arguments.in_force { Texts::InForce } else { Texts::Written };
    // Read once, as long as nothing is committed.
    let history = RefCell::new(Repository::of(root.clone()));
    let options = Options {
        ignored: ignored(&root),
        root: root.clone(),
        host: arguments.host,
        port: arguments.port,
        trust_port: arguments.trust_port,
        editor,
        read: &|before, changed| {
            if was_workspace && layout(&root) == Layout::Folder {
                let path = root.join("content/workspace.yaml");
                return Err(ReadFailure::Unreadable {
                    path,
                    cause: io::ErrorKind::NotFound.into(),
                });
            }
            let known = changed.map(|changed| (root.as_path(), changed));
            let inputs = inputs_again(&arguments.source, &root, before, known)?;
            let same = history.borrow().again();
            history.replace(same.clone());
            Ok(Inputs { texts, history: same, ..inputs })
        },
    };
    let speaker = Speaker { terminal, shown: &shown, open: Cell::new(arguments.open) };
    let memo = Cache::load(&arguments.source, &home).memo;
    serve::serve(&options, memo, &|event| {
        // A terminal that is gone does not end the preview.
        let _ = speaker.say(&event);
    })
    .map_err(|failure| {
        Failure::new(failure.to_string())
            .help("choose others with `--port` and `--trust-port`; 0 takes any that is free")
    })?;
    Ok(Outcome::Fine)
}

/// Returns the folders in which programs write and nobody else: output of ours, caches that say so.
fn ignored(root: &Path) -> Vec<PathBuf> {
    let signs = [("site", "site/.avouch"), ("target", "target/CACHEDIR.TAG")];
    let known = signs.into_iter().filter(|(_, sign)| root.join(sign).exists());
    known.map(|(name, _)| name).chain(["node_modules"]).map(|name| root.join(name)).collect()
}

/// Talks about what happens.
struct Speaker<'s> {
    terminal: Terminal,
    shown: &'s Shown,
    open: Cell<bool>,
}

impl Speaker<'_> {
    fn say(&self, event: &Event<'_>) -> Result<(), Failure> {
        match event {
            Event::Open { handbook, trust } => {
                self.terminal.say(&format!("  handbook      {}", url(*handbook)))?;
                self.terminal.say(&format!("  trust center  {}", url(*trust)))?;
                self.terminal.say("  Ctrl-C ends it; nothing is written.")?;
                if self.open.take() && !browse(&url(*handbook)) {
                    self.terminal.say("no browser could be opened; open the address yourself")?;
                }
                Ok(())
            }
            Event::Polling { reason } => self.terminal.say(&format!(
                "note: files are looked at every now and then, since they cannot be watched: {reason}"
            )),
            Event::Made { time, documents, fault, diagnostics, inputs } => {
                self.say_errors(diagnostics, inputs)?;
                let summary = format!(
                    "{} in {}; {}",
                    counted(*documents, "document"),
                    milliseconds(*time),
                    Counts::of(diagnostics),
                );
                match fault {
                    Some(fault) => self
                        .terminal
                        .say(&format!("{summary}\nerror: {fault}; until it is mended there are no pages")),
                    None => self.terminal.say(&summary),
                }
            }
            Event::Searched { diagnostics, inputs } => {
                self.say_errors(diagnostics, inputs)?;
                self.terminal.say(&format!("public pages searched; {}", Counts::of(diagnostics)))
            }
            Event::Unreadable { failure } => {
                self.terminal.say(&format!("error: {failure}; waiting until it can be read"))
            }
        }
    }

    fn say_errors(&self, diagnostics: &[Diagnostic], inputs: &Inputs) -> Result<(), Failure> {
        let errors: Vec<Diagnostic> =
            diagnostics.iter().filter(|it| it.is_error()).cloned().collect();
        Format::Human.write(&errors, (inputs, self.shown), Stream::Talk, self.terminal)
    }
}

fn url(address: SocketAddr) -> String {
    format!("http://{address}/")
}

/// Asks the system to open an address.
fn browse(url: &str) -> bool {
    let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let child = Command::new(opener)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    child.is_ok()
}
