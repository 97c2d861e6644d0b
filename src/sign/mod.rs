//! Signing: the one room that touches private keys.
//!
//! A [`Signer`] is a key that can sign now. Where the private half is decides who signs:
//!
//! | private half | who signs |
//! | --- | --- |
//! | a file of OpenSSH with Ed25519 or ECDSA | this program, after asking for the passphrase |
//! | an agent, whatever the algorithm | the agent |
//! | a file with RSA, of a security key, or in another form | `ssh-keygen -Y sign` |
//!
//! The library that we use cannot sign with RSA, and a security key needs programs of OpenSSH. An
//! agent that has the key goes before a file that would ask for something, as with `ssh-keygen`.
//! Each signature is verified as one of others would be before it is handed out.
//!
//! Private keys that this program reads are overwritten in memory once they are not needed, and
//! so is a [`Passphrase`]. No private key is ever written, and no shell sees a command.

mod agent;
mod failure;
mod key_file;
mod keygen;
mod passphrase;

pub use agent::{AgentKey, agent_socket, keys_of_agent};
pub use failure::{SignFailure, Warning};
pub use passphrase::Passphrase;

use std::fmt;
use std::path::{Path, PathBuf};

use ssh_key::{HashAlg, PrivateKey};

use self::key_file::KeyFile;
use self::keygen::Keygen;
use crate::signature::wire::push_string;
use crate::signature::{Namespace, PublicKey, sshsig};

/// A key that can sign.
pub struct Signer {
    key: PublicKey,
    way: Way,
    warning: Option<Warning>,
}

/// Who signs.
enum Way {
    /// This program.
    Here(Box<PrivateKey>),
    /// The agent behind a socket.
    Agent(PathBuf),
    /// `ssh-keygen`.
    Keygen(Keygen),
}

impl Signer {
    /// Takes the key in a file: a private one, or a public one whose private half an agent has or
    /// stands beside it without `.pub`. `ask` is called at most once, and only for a file that
    /// this program has to decrypt.
    ///
    /// # Errors
    ///
    /// Fails where there is no key in the file that we accept, or nobody who can sign with it.
    pub fn of_file(
        path: &Path,
        agent: Option<&Path>,
        ask: &mut dyn FnMut(&PublicKey) -> Option<Passphrase>,
    ) -> Result<Self, SignFailure> {
        let file = match key_file::read(path)? {
            KeyFile::Public(key) => {
                if let Some(signer) = Self::of_agent_that_has(agent, &key) {
                    return Ok(signer);
                }
                let private = path.with_extension("");
                let beside = path.extension().is_some_and(|it| it == "pub") && private.is_file();
                if !beside {
                    return Self::of_agent(agent.ok_or(SignFailure::NoAgent)?, &key);
                }
                key_file::read_private(&private, Some(&key))?
            }
            KeyFile::Private(file) => *file,
        };
        let warning = file.warning;
        if file.asks
            && let Some(signer) = Self::of_agent_that_has(agent, &file.key)
        {
            return Ok(signer);
        }
        let way = match file.private {
            None => Way::Keygen(Keygen { file: file.path, asks: file.asks }),
            Some(private) if private.is_encrypted() => {
                let asked = ask(&file.key);
                let passphrase =
                    asked.ok_or_else(|| SignFailure::NoPassphrase { path: file.path.clone() })?;
                Way::Here(Box::new(key_file::decrypt(&private, &passphrase, &file.path)?))
            }
            Some(private) => Way::Here(private),
        };
        Ok(Self { key: file.key, way, warning })
    }

    /// Takes a key that an agent has.
    ///
    /// # Errors
    ///
    /// Fails where no agent answers, or the one that does has not the key.
    pub fn of_agent(socket: &Path, key: &PublicKey) -> Result<Self, SignFailure> {
        if !agent::has(socket, key)? {
            return Err(SignFailure::NotInAgent { fingerprint: key.fingerprint() });
        }
        Ok(Self { key: key.clone(), way: Way::Agent(socket.to_owned()), warning: None })
    }

    /// Takes a key that an agent has; nothing where it has not, or does not answer.
    fn of_agent_that_has(socket: Option<&Path>, key: &PublicKey) -> Option<Self> {
        Self::of_agent(socket?, key).ok()
    }

    /// Returns the public half.
    #[must_use]
    pub fn public_key(&self) -> &PublicKey {
        &self.key
    }

    /// Returns what is not well with the file of the key.
    #[must_use]
    pub fn warning(&self) -> Option<&Warning> {
        self.warning.as_ref()
    }

    /// Signs a text for a kind of act and returns the file of the signature. An agent or a security
    /// key may ask the person first, and this waits for it.
    ///
    /// # Errors
    ///
    /// Fails where the agent or `ssh-keygen` does not sign, or signs what would not be accepted.
    pub fn sign(&self, namespace: Namespace, message: &[u8]) -> Result<String, SignFailure> {
        let armour = match &self.way {
            Way::Here(private) => {
                let signed = private.sign(namespace.as_str(), HashAlg::Sha512, message);
                let signed = signed.map_err(|_| SignFailure::Library)?;
                let mut signature = Vec::new();
                push_string(self.key.algorithm().ssh_name().as_bytes(), &mut signature);
                push_string(signed.signature_bytes(), &mut signature);
                sshsig::write(&self.key, namespace, &signature)
            }
            Way::Agent(socket) => {
                let bytes = sshsig::signed_bytes(namespace, message);
                sshsig::write(&self.key, namespace, &agent::sign(socket, &self.key, &bytes)?)
            }
            Way::Keygen(keygen) => keygen.sign(namespace, message)?,
        };
        sshsig::verify(&self.key, namespace, message, &armour).map_err(SignFailure::Refused)?;
        Ok(armour)
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let way = match self.way {
            Way::Here(_) => "here",
            Way::Agent(_) => "agent",
            Way::Keygen(_) => "ssh-keygen",
        };
        write!(f, "Signer({:?} by {way})", self.key)
    }
}
