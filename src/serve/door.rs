//! A port: who knocks is let in by [`guard`](super::guard), and asks the thread that owns the
//! content.

use std::io::{self, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use tiny_http::{Method, Request, Server};

use super::board::{Board, Moment};
use super::guard::{Claims, admits};
use super::{Message, ServeFailure, Site, answer};

/// The most pages that may wait for news at once.
const LISTENERS: usize = 64;

/// How often a page that waits is told that somebody is still there.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// The script and the style of what is added to pages.
const FILES: [(&str, &str, &str); 2] = [
    ("/-/preview.js", "text/javascript; charset=utf-8", include_str!("preview.js")),
    ("/-/preview.css", "text/css; charset=utf-8", include_str!("preview.css")),
];

/// A request for a page.
pub(super) struct Question {
    pub(super) site: Site,
    pub(super) request: Request,
}

/// A port on which one site is served.
pub(super) struct Door {
    site: Site,
    address: SocketAddr,
    server: Server,
}

impl Door {
    pub(super) fn open(site: Site, wanted: SocketAddr) -> Result<Self, ServeFailure> {
        let refused = |cause| ServeFailure::Port { address: wanted, cause };
        let listener = TcpListener::bind(wanted).map_err(refused)?;
        let address = listener.local_addr().map_err(refused)?;
        let server = Server::from_listener(listener, None)
            .map_err(|cause| refused(io::Error::other(cause)))?;
        Ok(Self { site, address, server })
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until the process ends: news at once, pages by the thread that owns the content.
    pub(super) fn answer_all(&self, sender: &Sender<Message>, board: &Board) {
        let listeners = AtomicUsize::new(0);
        thread::scope(|scope| {
            for request in self.server.incoming_requests() {
                if !admits(self.address, claims(&request)) {
                    let text = "This address answers only requests from its own pages.";
                    answer::message(request, 403, ("Not for you", text), &board.content());
                    continue;
                }
                match (request.method(), request.url()) {
                    (Method::Get, "/-/news") => {
                        if listeners.fetch_add(1, Ordering::Relaxed) < LISTENERS {
                            let listeners = &listeners;
                            scope.spawn(move || {
                                // It ends with the connection.
                                let _ = tell(request, board);
                                listeners.fetch_sub(1, Ordering::Relaxed);
                            });
                        } else {
                            listeners.fetch_sub(1, Ordering::Relaxed);
                            let words = ("Too many pages", "Close some of them.");
                            answer::message(request, 503, words, &board.content());
                        }
                    }
                    (Method::Get, "/-/status.json") => {
                        answer::respond(request, 200, "application/json", board.status());
                    }
                    (Method::Post, url) if url.starts_with("/-/open?") => {
                        let code = if opened(url, board) { 204 } else { 403 };
                        answer::respond(request, code, "text/plain", Vec::new());
                    }
                    (Method::Get | Method::Head, url) => {
                        match FILES.iter().find(|(path, ..)| *path == url) {
                            Some((_, media_type, text)) => {
                                answer::respond(request, 200, media_type, text.as_bytes().to_vec());
                            }
                            None => {
                                let question = Question { site: self.site, request };
                                if sender.send(Message::Asked(question)).is_err() {
                                    return;
                                }
                            }
                        }
                    }
                    _ => {
                        let words = ("Not allowed", "Pages are only read here.");
                        answer::message(request, 405, words, &board.content());
                    }
                }
            }
        });
    }
}

fn claims(request: &Request) -> Claims<'_> {
    let field = |name: &'static str| {
        let found = request.headers().iter().find(|header| header.field.equiv(name));
        found.map(|header| header.value.as_str())
    };
    Claims {
        host: field("Host"),
        origin: field("Origin"),
        fetch_site: field("Sec-Fetch-Site"),
        fetch_mode: field("Sec-Fetch-Mode"),
    }
}

/// Opens what `/-/open?TOKEN&EDITION&NUMBER` names.
fn opened(url: &str, board: &Board) -> bool {
    let mut parts = url.trim_start_matches("/-/open?").split('&');
    let (Some(token), Some(edition), Some(number)) = (parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    match (edition.parse(), number.parse()) {
        (Ok(edition), Ok(number)) => board.open(token, edition, number),
        _ => false,
    }
}

/// Tells a page of every new content, as server-sent events.
fn tell(request: Request, board: &Board) -> io::Result<()> {
    let mut seen = board.moment();
    let mut writer = request.into_writer();
    writer.write_all(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\
          X-Content-Type-Options: nosniff\r\nCross-Origin-Resource-Policy: same-origin\r\n\
          Connection: close\r\n\r\n",
    )?;
    let told = |moment: Moment| format!("{} {}", board.name(moment), moment.news);
    write!(writer, "retry: 500\ndata: {}\n\n", told(seen))?;
    writer.flush()?;
    loop {
        let newest = board.wait(seen, HEARTBEAT);
        if newest == seen {
            writer.write_all(b": still here\n\n")?;
        } else {
            seen = newest;
            write!(writer, "data: {}\n\n", told(seen))?;
        }
        writer.flush()?;
    }
}
