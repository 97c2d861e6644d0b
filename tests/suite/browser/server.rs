//! A server of one folder on a free port of this machine, with the headers that a host would send.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

/// A header and the paths it is sent for: an exact path, or a beginning and `*`.
type Header = (String, String);

/// Serves `folder` until the test ends and returns its origin. `headers` is a `_headers` file.
pub(super) fn serve(folder: PathBuf, headers: &str) -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let headers = Arc::new(read_headers(headers));
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (folder, headers) = (folder.clone(), Arc::clone(&headers));
            // A browser that hangs up early is no fault of the page.
            thread::spawn(move || answer(stream, &folder, &headers).ok());
        }
    });
    origin
}

/// Reads lines without indentation as paths and indented lines as their headers.
fn read_headers(text: &str) -> Vec<Header> {
    let mut path = "";
    let mut headers = Vec::new();
    for line in text.lines() {
        match line.strip_prefix("  ") {
            Some(header) => headers.push((path.to_owned(), header.to_owned())),
            None => path = line,
        }
    }
    headers
}

fn answer(mut stream: TcpStream, folder: &Path, headers: &[Header]) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    for line in &mut lines {
        if line?.is_empty() {
            break;
        }
    }
    let target = request.split(' ').nth(1).unwrap_or("/");
    let path = target.split(['?', '#']).next().unwrap_or("/");
    let file = if path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    let (status, bytes) = match fs::read(folder.join(file.trim_start_matches('/'))) {
        Ok(bytes) if !path.contains("..") => ("200 OK", bytes),
        _ => ("404 Not Found", fs::read(folder.join("404.html")).unwrap_or_default()),
    };
    let mut head =
        format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n", bytes.len());
    let is_typed = |header: &&Header| header.1.starts_with("Content-Type");
    let sent: Vec<&Header> = headers.iter().filter(|(pattern, _)| applies(pattern, path)).collect();
    if !sent.iter().any(is_typed) {
        head = format!("{head}Content-Type: {}\r\n", media_type(&file));
    }
    for (_, header) in sent {
        head.push_str(header);
        head.push_str("\r\n");
    }
    stream.write_all(head.as_bytes())?;
    stream.write_all(b"\r\n")?;
    stream.write_all(&bytes)
}

fn applies(pattern: &str, path: &str) -> bool {
    pattern.strip_suffix('*').map_or(pattern == path, |start| path.starts_with(start))
}

fn media_type(file: &str) -> &'static str {
    match file.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "json" => "application/json",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
