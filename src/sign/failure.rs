//! Why nothing was signed.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::signature::{KeyFault, Refusal};

/// Why nothing was signed. `Display` says it in one phrase, [`SignFailure::help`] what to do.
#[derive(Debug)]
pub enum SignFailure {
    /// The system refused.
    System {
        /// What we tried: `read`, `create` …
        action: &'static str,
        /// On which file, folder or program.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// The file holds no key.
    NoKey {
        /// The file.
        path: PathBuf,
    },
    /// The file holds a key that we do not accept.
    Key {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        fault: KeyFault,
    },
    /// The form of the private key is one for which the public half has to stand beside it.
    NoPublicHalf {
        /// The file of the private key.
        path: PathBuf,
    },
    /// The private key is not the other half of the public one beside it.
    OtherHalf {
        /// The file of the private key.
        path: PathBuf,
    },
    /// The file is encrypted, and nobody gave a passphrase.
    NoPassphrase {
        /// The file.
        path: PathBuf,
    },
    /// The file is encrypted with another passphrase, or damaged.
    WrongPassphrase {
        /// The file.
        path: PathBuf,
    },
    /// There is only the public half of a key, and no agent that could have the other.
    NoAgent,
    /// No agent answers.
    AgentSilent {
        /// Where it should listen.
        socket: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// What answers is no agent.
    AgentAnswer {
        /// Where it listens.
        socket: PathBuf,
    },
    /// The agent has not the key.
    NotInAgent {
        /// The fingerprint of the key.
        fingerprint: String,
    },
    /// The agent has the key and did not sign.
    AgentRefused,
    /// `ssh-keygen` is not there.
    NoKeygen,
    /// `ssh-keygen` did not sign.
    Keygen {
        /// What it said; empty where it said it to the person.
        said: String,
    },
    /// The private key is damaged.
    Library,
    /// A signature was made that nobody would accept.
    Refused(Refusal),
}

impl SignFailure {
    /// Returns what to do about it.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self {
            Self::System { .. } => "check the file and the rights to it",
            Self::NoKey { .. } => {
                "name the file of an SSH key, such as `~/.ssh/id_ed25519`; `ssh-keygen -t ed25519` \
                 makes one"
            }
            Self::Key { fault, .. } => fault.help(),
            Self::NoPublicHalf { .. } => {
                "write the public half beside it with `ssh-keygen -y -f KEY > KEY.pub`"
            }
            Self::OtherHalf { .. } => {
                "one of the two was replaced: write the public half again with \
                 `ssh-keygen -y -f KEY > KEY.pub`"
            }
            Self::NoPassphrase { .. } => {
                "run avouch in a terminal, or add the key to an agent with `ssh-add`"
            }
            Self::WrongPassphrase { .. } => "try again; upper and lower case count",
            Self::NoAgent | Self::AgentSilent { .. } | Self::AgentAnswer { .. } => {
                "start an agent with `eval \"$(ssh-agent)\"` and add the key with `ssh-add`, or \
                 name the file of the private key"
            }
            Self::NotInAgent { .. } => {
                "add it with `ssh-add`; `ssh-add -l` shows which keys there are"
            }
            Self::AgentRefused => {
                "unlock the agent, or confirm when it asks; a security key has to be plugged in \
                 and touched"
            }
            Self::NoKeygen => {
                "install OpenSSH, or add the key to an agent, or sign with an Ed25519 key, which \
                 needs neither"
            }
            Self::Keygen { .. } => {
                "try `ssh-keygen -Y sign -n test -f KEY FILE` to see what is wrong"
            }
            Self::Library => "make a new key with `ssh-keygen -t ed25519`",
            Self::Refused(refusal) => refusal.help(),
        }
    }

    pub(super) fn system(
        action: &'static str,
        path: &Path,
    ) -> impl FnOnce(io::Error) -> SignFailure {
        move |cause| Self::System { action, path: path.to_owned(), cause }
    }
}

impl fmt::Display for SignFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::System { action, path, cause } => {
                write!(f, "could not {action} `{}`: {cause}", path.display())
            }
            Self::NoKey { path } => write!(f, "`{}` holds no SSH key", path.display()),
            Self::Key { path, fault } => write!(f, "`{}`: {fault}", path.display()),
            Self::NoPublicHalf { path } => {
                write!(f, "the public half of `{}` is not beside it", path.display())
            }
            Self::OtherHalf { path } => {
                write!(f, "`{}` is not the private half of the key beside it", path.display())
            }
            Self::NoPassphrase { path } => {
                write!(f, "`{}` is encrypted, and no passphrase was given", path.display())
            }
            Self::WrongPassphrase { path } => {
                write!(f, "the passphrase does not open `{}`", path.display())
            }
            Self::NoAgent => f.write_str("no SSH agent is running"),
            Self::AgentSilent { socket, cause } => {
                write!(f, "no SSH agent answers at `{}`: {cause}", socket.display())
            }
            Self::AgentAnswer { socket } => {
                write!(f, "what answers at `{}` is no SSH agent", socket.display())
            }
            Self::NotInAgent { fingerprint } => {
                write!(f, "the SSH agent has no key `{fingerprint}`")
            }
            Self::AgentRefused => f.write_str("the SSH agent refused to sign"),
            Self::NoKeygen => f.write_str("`ssh-keygen` is not installed, and this key needs it"),
            Self::Keygen { said } if said.is_empty() => f.write_str("`ssh-keygen` did not sign"),
            Self::Keygen { said } => write!(f, "`ssh-keygen` did not sign: {said}"),
            Self::Library => f.write_str("the private key cannot sign"),
            Self::Refused(refusal) => write!(f, "the signature would not be accepted: {refusal}"),
        }
    }
}

impl std::error::Error for SignFailure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::System { cause, .. } | Self::AgentSilent { cause, .. } => Some(cause),
            _ => None,
        }
    }
}

/// What is not well with a key that can sign nevertheless. `Display` says it in one phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// Others than its owner can read the private key.
    ReadableByOthers {
        /// The file.
        path: PathBuf,
    },
}

impl Warning {
    /// Returns what to do about it.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self {
            Self::ReadableByOthers { .. } => {
                "run `chmod 600` on it; where others may have read it, make a new key"
            }
        }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ReadableByOthers { path } => {
                write!(f, "others can read the private key `{}`", path.display())
            }
        }
    }
}
