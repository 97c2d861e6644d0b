//! What can be typed after `avouch approve`, `review` and `acknowledge`.

use std::path::PathBuf;

use clap::{ArgAction, Args, ValueEnum};

use super::SourceArguments;
use crate::cli::signing::SigningArguments;

/// Decide on texts, and sign it.
///
/// Shows what changed since the last approval, with everything that an approval covers, and the
/// statement; then signs and writes the record. One statement may list many documents, controls, records
/// of registers, mappings and exclusions.
#[derive(Debug, Args)]
#[command(
    after_long_help = "Examples:\n  avouch approve POL-AC --as mara\n  avouch approve POL-AC POL-PW --as mara --role ciso --key ~/.ssh/id_ed25519\n  avouch approve AC-01 EXC-02 mapping:soc2 exclusion:iso27001:A.7.6 --as mara\n  avouch approve POL-AC --as priya --decision request-changes --reason \"Clause 3 names no owner\""
)]
pub(in crate::cli) struct ApproveArguments {
    /// Documents by their ids or files; controls and records of registers by their ids;
    /// `mapping:FRAMEWORK` and `exclusion:FRAMEWORK:REQUIREMENT`.
    #[arg(value_name = "ID", required = true)]
    pub(in crate::cli) documents: Vec<String>,

    #[command(flatten)]
    pub(in crate::cli) signing: SigningArguments,

    /// In which role [default: the one that the person holds and the rule asks for].
    #[arg(long, value_name = "ROLE")]
    pub(in crate::cli) role: Option<String>,

    /// The person who lent the role by a delegation.
    #[arg(long, value_name = "PERSON")]
    pub(in crate::cli) on_behalf_of: Option<String>,

    /// What is decided: approve, reject, request-changes or withdraw.
    #[arg(long, value_name = "WORD", hide_possible_values = true, default_value = "approve")]
    pub(in crate::cli) decision: DecisionChoice,

    /// Let the text count at once; the full approval follows, as the rule says.
    #[arg(long)]
    pub(in crate::cli) emergency: bool,

    /// Why. Anything but a plain approval needs a reason.
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) reason: Option<String>,

    /// State that only the wording changed: nobody is asked to accept the text again.
    #[arg(long)]
    pub(in crate::cli) editorial: bool,

    /// What an editorial change is, in a sentence for everyone.
    #[arg(long, value_name = "TEXT", requires = "editorial")]
    pub(in crate::cli) public_summary: Option<String>,

    /// Sign only a text with this digest; once for each document.
    #[arg(long, value_name = "DIGEST", value_delimiter = ',', action = ArgAction::Append)]
    pub(in crate::cli) expect_digest: Vec<String>,

    /// Write the statement into this file for somebody who signs it elsewhere, and do nothing else.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["key", "agent", "yes"])]
    pub(in crate::cli) export_statement: Option<PathBuf>,

    #[command(flatten)]
    pub(in crate::cli) source: SourceArguments,
}

/// What is decided on a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum DecisionChoice {
    /// It may count.
    Approve,
    /// It may not count.
    Reject,
    /// It may not count as it is.
    RequestChanges,
    /// What the person said of it before no longer holds.
    Withdraw,
}

/// State that texts in force were reviewed and stay as they are, and sign it.
///
/// Moves the day of the last review, and nothing else.
#[derive(Debug, Args)]
#[command(
    after_long_help = "Example:\n  avouch review POL-AC --as mara --considered incidents,risks,law --conclusion \"No change: both access reviews were complete.\""
)]
pub(in crate::cli) struct ReviewArguments {
    /// Documents by their ids or files; controls and others by their ids, as with `avouch approve`.
    #[arg(value_name = "ID", required = true)]
    pub(in crate::cli) documents: Vec<String>,

    #[command(flatten)]
    pub(in crate::cli) signing: SigningArguments,

    /// In which role [default: the one that the person holds and the rule asks for].
    #[arg(long, value_name = "ROLE")]
    pub(in crate::cli) role: Option<String>,

    /// What was taken into account: incidents, findings, risks, law, changes, exceptions.
    #[arg(long, value_name = "WORDS", value_delimiter = ',', required = true)]
    pub(in crate::cli) considered: Vec<String>,

    /// What it came to, in a sentence.
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) conclusion: String,

    /// Sign only a text with this digest; once for each document.
    #[arg(long, value_name = "DIGEST", value_delimiter = ',', action = ArgAction::Append)]
    pub(in crate::cli) expect_digest: Vec<String>,

    /// Write the statement into this file for somebody who signs it elsewhere, and do nothing else.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["key", "agent", "yes"])]
    pub(in crate::cli) export_statement: Option<PathBuf>,

    #[command(flatten)]
    pub(in crate::cli) source: SourceArguments,
}

/// State that you have read texts in force and will follow them, and sign it.
///
/// Shows each text with its version and digest; one statement is signed for all of them. Without
/// documents, lists what the person is asked for and has not accepted.
#[derive(Debug, Args)]
#[command(
    after_long_help = "Examples:\n  avouch acknowledge --as nia\n  avouch acknowledge POL-AC POL-PW --as nia --key ~/.ssh/id_ed25519"
)]
pub(in crate::cli) struct AcknowledgeArguments {
    /// The documents, by their ids or files.
    #[arg(value_name = "DOC")]
    pub(in crate::cli) documents: Vec<String>,

    #[command(flatten)]
    pub(in crate::cli) signing: SigningArguments,

    #[command(flatten)]
    pub(in crate::cli) source: SourceArguments,
}
