//! Who may ask: only pages of the site itself, and people who type or follow its address.
//!
//! A site on a loopback port can be reached by every page that the same browser has open. So the
//! name in `Host` must be the one that was told to the user (else a foreign name may have been
//! pointed at this machine), and browsers that say where a request comes from must say: from here.

use std::net::SocketAddr;

/// The header fields that decide.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Claims<'r> {
    pub(super) host: Option<&'r str>,
    pub(super) origin: Option<&'r str>,
    pub(super) fetch_site: Option<&'r str>,
    pub(super) fetch_mode: Option<&'r str>,
}

/// Returns whether a request may be answered that reached `address`.
pub(super) fn admits(address: SocketAddr, claims: Claims<'_>) -> bool {
    let port = address.port();
    let mut names = vec![address.to_string()];
    if address.ip().is_loopback() {
        names.push(format!("localhost:{port}"));
    }
    if address.ip().is_unspecified() {
        names.push(format!("localhost:{port}"));
    }
    // A foreign name cannot be made to mean this machine where machines are named by numbers.
    let is_number = |host: &str| {
        let by_number = host.parse().is_ok_and(|host: SocketAddr| host.port() == port);
        address.ip().is_unspecified() && by_number
    };
    let is_ours =
        |host: &str| names.iter().any(|name| name.eq_ignore_ascii_case(host)) || is_number(host);
    let Some(host) = claims.host.filter(|host| is_ours(host)) else { return false };
    let is_here = |origin: &str| origin.strip_prefix("http://").is_some_and(|it| it == host);
    if !claims.origin.is_none_or(is_here) {
        return false;
    }
    match claims.fetch_site {
        None | Some("same-origin" | "none") => true,
        // A link on the other of the two sites, which differ in their port only.
        Some("same-site") => claims.fetch_mode == Some("navigate"),
        Some(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Claims, admits};

    #[test]
    fn only_the_site_itself_and_people_may_ask() {
        let address = "127.0.0.1:4100".parse().unwrap();
        let here = Claims { host: Some("127.0.0.1:4100"), ..Claims::default() };
        let cases = [
            (here, true),
            (Claims { host: Some("localhost:4100"), ..here }, true),
            (Claims { host: Some("LocalHost:4100"), ..here }, true),
            (Claims { host: None, ..here }, false),
            (Claims { host: Some("127.0.0.1"), ..here }, false),
            (Claims { host: Some("127.0.0.1:4101"), ..here }, false),
            (Claims { host: Some("attacker.example:4100"), ..here }, false),
            (Claims { origin: Some("http://127.0.0.1:4100"), ..here }, true),
            (Claims { origin: Some("http://localhost:4100"), ..here }, false),
            (Claims { origin: Some("https://127.0.0.1:4100"), ..here }, false),
            (Claims { origin: Some("null"), ..here }, false),
            (Claims { fetch_site: Some("same-origin"), ..here }, true),
            (Claims { fetch_site: Some("none"), ..here }, true),
            (Claims { fetch_site: Some("cross-site"), ..here }, false),
            (Claims { fetch_site: Some("same-site"), ..here }, false),
            (Claims { fetch_site: Some("same-site"), fetch_mode: Some("navigate"), ..here }, true),
            (
                Claims { fetch_site: Some("cross-site"), fetch_mode: Some("navigate"), ..here },
                false,
            ),
        ];
        for (claims, expected) in cases {
            assert_eq!(admits(address, claims), expected, "{claims:?}");
        }
    }

    #[test]
    fn a_site_on_all_addresses_is_asked_for_by_number() {
        let address = "0.0.0.0:4100".parse().unwrap();
        let cases = [
            ("192.0.2.7:4100", true),
            ("[2001:db8::7]:4100", true),
            ("localhost:4100", true),
            ("192.0.2.7:4101", false),
            ("attacker.example:4100", false),
        ];
        for (host, expected) in cases {
            let claims = Claims { host: Some(host), ..Claims::default() };
            assert_eq!(admits(address, claims), expected, "{host}");
        }
    }
}
