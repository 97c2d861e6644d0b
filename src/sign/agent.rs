//! The agent that holds the keys of a session.
//!
//! Two questions of its protocol are needed (`draft-ietf-sshm-ssh-agent`): which keys there are,
//! and a signature. A key that we do not know is passed over, so that a certificate or a key of
//! tomorrow beside the one that is meant does no harm.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::failure::SignFailure;
use crate::signature::wire::{Wire, push_string};
use crate::signature::{KeyAlgorithm, PublicKey};

/// Asks for the keys.
const REQUEST_IDENTITIES: u8 = 11;
/// Answers with the keys.
const IDENTITIES_ANSWER: u8 = 12;
/// Asks for a signature.
const SIGN_REQUEST: u8 = 13;
/// Answers with a signature.
const SIGN_RESPONSE: u8 = 14;
/// Answers no.
const FAILURE: u8 = 5;
/// Asks for RSA with SHA-512.
const RSA_SHA2_512: u32 = 4;
/// How long an answer may be, in bytes.
const LONGEST_ANSWER: u32 = 256 * 1024;

/// A key that an agent has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgentKey {
    /// The key.
    pub key: PublicKey,
    /// What whoever added it called it. Any characters may stand in it.
    pub comment: String,
}

/// Returns where the agent of the session listens, as `SSH_AUTH_SOCK` has it.
#[must_use]
pub fn agent_socket() -> Option<PathBuf> {
    std::env::var_os("SSH_AUTH_SOCK").filter(|path| !path.is_empty()).map(PathBuf::from)
}

/// Returns the keys of an agent that we accept, in its order.
///
/// # Errors
///
/// Fails where no agent answers.
pub fn keys_of_agent(socket: &Path) -> Result<Vec<AgentKey>, SignFailure> {
    let answer = ask(socket, &[REQUEST_IDENTITIES])?;
    let body = match answer.split_first() {
        Some((&IDENTITIES_ANSWER, body)) => body,
        Some((&FAILURE, _)) => return Err(SignFailure::AgentRefused),
        _ => return Err(no_agent(socket)),
    };
    let mut wire = Wire::new(body);
    let count = wire.number().ok_or_else(|| no_agent(socket))?;
    let mut keys = Vec::new();
    for _ in 0..count {
        let (key, comment) = (wire.string(), wire.string());
        let (key, comment) = key.zip(comment).ok_or_else(|| no_agent(socket))?;
        if let Ok(key) = PublicKey::of_wire(key) {
            keys.push(AgentKey { key, comment: String::from_utf8_lossy(comment).into_owned() });
        }
    }
    Ok(keys)
}

/// Returns whether an agent has a key.
pub(super) fn has(socket: &Path, key: &PublicKey) -> Result<bool, SignFailure> {
    Ok(keys_of_agent(socket)?.iter().any(|it| it.key == *key))
}

/// Lets an agent sign, and returns the signature with the name of its algorithm before it. With
/// RSA it is asked for SHA-512.
pub(super) fn sign(socket: &Path, key: &PublicKey, bytes: &[u8]) -> Result<Vec<u8>, SignFailure> {
    let flags = match key.algorithm() {
        KeyAlgorithm::Rsa(_) => RSA_SHA2_512,
        KeyAlgorithm::Ed25519
        | KeyAlgorithm::EcdsaP256
        | KeyAlgorithm::EcdsaP384
        | KeyAlgorithm::EcdsaP521
        | KeyAlgorithm::SecurityKeyEd25519
        | KeyAlgorithm::SecurityKeyEcdsa => 0,
    };
    let mut request = vec![SIGN_REQUEST];
    push_string(key.wire(), &mut request);
    push_string(bytes, &mut request);
    request.extend(flags.to_be_bytes());

    let answer = ask(socket, &request)?;
    match answer.split_first() {
        Some((&SIGN_RESPONSE, body)) => {
            let signature = Wire::new(body).string();
            signature.map(<[u8]>::to_vec).ok_or_else(|| no_agent(socket))
        }
        // An agent says no more than no: whether the key is gone has to be asked for.
        Some((&FAILURE, _)) => Err(match has(socket, key) {
            Ok(false) => SignFailure::NotInAgent { fingerprint: key.fingerprint() },
            _ => SignFailure::AgentRefused,
        }),
        _ => Err(no_agent(socket)),
    }
}

/// Sends a message and waits for the answer, however long a person takes to confirm it.
fn ask(socket: &Path, message: &[u8]) -> Result<Vec<u8>, SignFailure> {
    let silent = |cause| SignFailure::AgentSilent { socket: socket.to_owned(), cause };
    let mut stream = connect(socket).map_err(silent)?;
    let mut framed = Vec::new();
    push_string(message, &mut framed);
    stream.write_all(&framed).map_err(silent)?;
    let mut length = [0; 4];
    stream.read_exact(&mut length).map_err(silent)?;
    let length = u32::from_be_bytes(length);
    if length > LONGEST_ANSWER {
        return Err(no_agent(socket));
    }
    let mut answer = vec![0; length as usize];
    stream.read_exact(&mut answer).map_err(silent)?;
    Ok(answer)
}

fn no_agent(socket: &Path) -> SignFailure {
    SignFailure::AgentAnswer { socket: socket.to_owned() }
}

#[cfg(unix)]
fn connect(socket: &Path) -> io::Result<impl Read + Write> {
    std::os::unix::net::UnixStream::connect(socket)
}

/// Opens the named pipe of an agent, which works as a file does.
#[cfg(not(unix))]
fn connect(socket: &Path) -> io::Result<impl Read + Write> {
    std::fs::OpenOptions::new().read(true).write(true).open(socket)
}
