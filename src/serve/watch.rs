//! Tells when files change.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::time::Duration;

use notify::{Config, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use super::{Changed, Message, ServeFailure};

/// How often files are looked at where the system cannot tell.
const POLL: Duration = Duration::from_millis(700);

/// Watches as long as it lives.
pub(super) struct Watch {
    _watcher: Box<dyn Watcher + Send>,
    polling_because: Option<String>,
    /// Which folder it is, whatever its name.
    folder: Option<Identity>,
}

/// What tells a folder from another one of its name.
#[cfg(unix)]
type Identity = (u64, u64);
#[cfg(not(unix))]
type Identity = ();

fn identity(root: &Path) -> Option<Identity> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        fs::metadata(root).ok().map(|found| (found.dev(), found.ino()))
    }
    #[cfg(not(unix))]
    {
        fs::metadata(root).ok().map(|_| ())
    }
}

impl Watch {
    /// Returns why files are looked at every now and then, if they are.
    pub(super) fn polling_because(&self) -> Option<&str> {
        self.polling_because.as_deref()
    }

    /// Returns whether the folder that is watched stands where it stood.
    pub(super) fn is_in_place(&self, root: &Path) -> bool {
        self.folder.is_some() && self.folder == identity(root)
    }
}

/// Begins to watch a folder and all below it. Where the system refuses, because there are more
/// folders than it watches or because it cannot watch this kind of disk, files are polled.
pub(super) fn start(
    root: &Path,
    ignored: Vec<PathBuf>,
    sender: Sender<Message>,
) -> Result<Watch, ServeFailure> {
    let handler = Handler { ignored, sender, is_complete: true };
    let folder = identity(root);
    let quick = RecommendedWatcher::new(handler.clone(), Config::default())
        .and_then(|mut watcher| watcher.watch(root, RecursiveMode::Recursive).map(|()| watcher));
    match quick {
        Ok(watcher) => Ok(Watch { _watcher: Box::new(watcher), polling_because: None, folder }),
        Err(refused) => {
            let config = Config::default().with_poll_interval(POLL);
            let handler = Handler { is_complete: false, ..handler };
            let slow = PollWatcher::new(handler, config).and_then(|mut watcher| {
                watcher.watch(root, RecursiveMode::Recursive).map(|()| watcher)
            });
            match slow {
                Ok(watcher) => Ok(Watch {
                    _watcher: Box::new(watcher),
                    polling_because: Some(explain(&refused)),
                    folder,
                }),
                Err(failure) => Err(ServeFailure::Watch(failure.to_string())),
            }
        }
    }
}

/// Says why the system does not watch, and what to do where something can be done.
fn explain(refused: &notify::Error) -> String {
    match &refused.kind {
        notify::ErrorKind::MaxFilesWatch => "the system watches no more files; raise \
            `fs.inotify.max_user_watches` with sysctl"
            .to_owned(),
        _ => refused.to_string(),
    }
}

#[derive(Clone)]
struct Handler {
    ignored: Vec<PathBuf>,
    sender: Sender<Message>,
    /// Whether what is told is all that changed.
    is_complete: bool,
}

impl notify::EventHandler for Handler {
    fn handle_event(&mut self, event: notify::Result<Event>) {
        let news = match event {
            Ok(event) if matches!(event.kind, EventKind::Access(_)) => None,
            Ok(event) if !event.need_rescan() => {
                let mut paths = event.paths;
                paths.retain(|path| !self.is_ignored(path));
                match (paths.is_empty(), self.is_complete) {
                    (true, _) => None,
                    (false, true) => Some(Changed::Files(paths)),
                    (false, false) => Some(Changed::Anything),
                }
            }
            // Something was missed.
            Ok(_) => Some(Changed::Anything),
            // Something is not watched from now on.
            Err(_) => {
                self.is_complete = false;
                Some(Changed::Anything)
            }
        };
        if let Some(news) = news {
            // Nobody listens any more when the program is about to end.
            let _ = self.sender.send(Message::Changed(news));
        }
    }
}

impl Handler {
    /// Returns whether a path is output, or inside git's own folder but for where its branches
    /// stand.
    fn is_ignored(&self, path: &Path) -> bool {
        if self.ignored.iter().any(|folder| path.starts_with(folder)) {
            return true;
        }
        let mut parts = path.components().map(std::path::Component::as_os_str);
        let is_git = parts.any(|part| part == ".git");
        is_git && !matches!(parts.next().and_then(|part| part.to_str()), Some("HEAD" | "refs"))
    }
}
