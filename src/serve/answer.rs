//! From a question to the bytes of a response.

use std::borrow::Cow;
use std::io::Read;
use std::thread;

use tiny_http::{Header, Method, Request, Response, StatusCode};

use super::Site;
use super::door::Question;
use crate::model::address::Address;
use crate::pipeline::Preview;
use crate::render::recipe::RenderFailure;
use crate::render::trust_files;

/// Answers from what is at hand, which is the content of a name.
pub(super) fn answer(question: Question, preview: &Preview<'_>, content: &str) {
    let Question { site, request } = question;
    let make = |address: &str| match site {
        Site::Handbook => preview.handbook(address),
        Site::Trust => preview.trust(address),
    };
    if site == Site::Trust && !preview.has_trust_center() {
        let text = "This workspace has no trust center. Set `publish.trust_center: true` in \
                    content/workspace.yaml.";
        return message(request, 404, ("No trust center", text), content);
    }
    let Some(address) = address_of(request.url()) else {
        return message(request, 400, ("Bad address", "No page can have this address."), content);
    };
    if let Some(bytes) = make(&address) {
        return give(request, (200, &address), bytes, content);
    }
    let folder = format!("{address}/index.html");
    if let Some(to) = Address::parse(&folder).filter(|_| make(&folder).is_some()) {
        return redirect(request, &to);
    }
    match make("404.html") {
        Some(bytes) => give(request, (404, "404.html"), bytes, content),
        None => message(request, 404, ("Not found", "There is no such page."), content),
    }
}

/// Answers that the content cannot be read at the moment.
pub(super) fn unavailable(question: Question, content: &str) {
    let text =
        "The workspace cannot be read. The terminal says why; this page comes back by itself.";
    message(question.request, 503, ("Nothing to show", text), content);
}

fn give(
    request: Request,
    (code, address): (u16, &str),
    made: Result<Vec<u8>, RenderFailure>,
    content: &str,
) {
    match made {
        Ok(bytes) if address.ends_with(".html") => {
            respond(request, code, media_type(address), with_script(&bytes, content).into_owned());
        }
        Ok(bytes) => respond(request, code, media_type(address), bytes),
        Err(failure) => {
            message(request, 500, ("This page could not be made", &failure.message), content);
        }
    }
}

/// Adds the script that reloads a page and shows what is wrong to the end of its head. The script is
/// told of which content the page is.
fn with_script<'p>(page: &'p [u8], content: &str) -> Cow<'p, [u8]> {
    let head = b"</head>";
    let script =
        format!("<script src=\"/-/preview.js\" data-content=\"{content}\" defer></script>");
    match page.windows(head.len()).position(|it| it == head) {
        Some(at) => Cow::Owned([&page[..at], script.as_bytes(), &page[at..]].concat()),
        None => Cow::Borrowed(page),
    }
}

/// Answers with a page of one sentence.
pub(super) fn message(request: Request, code: u16, (title, text): (&str, &str), content: &str) {
    let (title, text) = (crate::markup::escape(title), crate::markup::escape(text));
    let page = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title>\
         <link rel=\"stylesheet\" href=\"/-/preview.css\"></head>\
         <body class=\"avouch-message\"><main><h1>{title}</h1><p>{text}</p></main></body></html>"
    );
    let page = with_script(page.as_bytes(), content).into_owned();
    respond(request, code, "text/html; charset=utf-8", page);
}

fn redirect(request: Request, to: &Address) {
    let mut response = Response::empty(StatusCode(302));
    let root = Address::parse("index.html");
    let location = format!("/{}", root.map_or_else(String::new, |root| root.href_to(to, None)));
    if let Ok(header) = Header::from_bytes("Location", location) {
        response.add_header(header);
    }
    send(request, response);
}

/// Sends a response with the headers that the published sites have.
pub(super) fn respond(request: Request, code: u16, media_type: &str, bytes: Vec<u8>) {
    let bytes = if *request.method() == Method::Head { Vec::new() } else { bytes };
    let mut response = Response::from_data(bytes).with_status_code(code);
    let policy = trust_files::preview_policy();
    let fields = [
        ("Content-Type", media_type),
        ("Content-Security-Policy", policy.as_str()),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Cache-Control", "no-store"),
    ];
    for (name, value) in fields {
        if let Ok(header) = Header::from_bytes(name, value) {
            response.add_header(header);
        }
    }
    send(request, response);
}

/// Sends a response without waiting for whoever reads it: nothing of the content is held meanwhile,
/// so that a slow reader does not keep it from being made anew.
fn send<R: Read + Send + 'static>(request: Request, response: Response<R>) {
    thread::spawn(move || {
        // A browser that went away is no fault of ours.
        let _ = request.respond(response);
    });
}

/// Returns the address that a request asks for. Addresses are looked up in the plan and never on
/// disk, so no path can lead out of a site.
fn address_of(url: &str) -> Option<String> {
    let path = url.split(['?', '#']).next()?.strip_prefix('/')?;
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
            }
            byte => byte,
        });
    }
    let path = String::from_utf8(bytes).ok()?;
    Some(if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path })
}

/// Returns the media type of a file by its ending.
fn media_type(address: &str) -> &'static str {
    match address.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "pdf" => "application/pdf",
        "ics" => "text/calendar; charset=utf-8",
        "atom" | "xml" => "application/xml",
        "csv" => "text/csv; charset=utf-8",
        "txt" | "md" => "text/plain; charset=utf-8",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::{address_of, with_script};

    #[test]
    fn addresses_are_read_from_requests() {
        let cases = [
            ("/", Some("index.html")),
            ("/policies/", Some("policies/index.html")),
            ("/policies/a.html?x=1", Some("policies/a.html")),
            ("/caf%C3%A9%20x.html", Some("café x.html")),
            ("/%2e%2e/etc/passwd", Some("../etc/passwd")),
            ("/%zz", None),
            ("/%ff", None),
            ("no-slash", None),
        ];
        for (url, expected) in cases {
            assert_eq!(address_of(url).as_deref(), expected, "{url}");
        }
    }

    #[test]
    fn the_script_stands_at_the_end_of_the_head() {
        let page = with_script(b"<head><title>x</title></head><body>", "7.1");
        let expected = "<head><title>x</title><script src=\"/-/preview.js\" data-content=\"7.1\" \
                        defer></script></head><body>";
        assert_eq!(page, expected.as_bytes());
        assert_eq!(with_script(b"<p>", "7.1"), b"<p>".as_slice());
    }
}
