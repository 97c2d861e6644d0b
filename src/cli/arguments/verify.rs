//! What can be typed after `avouch verify`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use crate::cli::brought::Brought;

/// Verify every signature, ring and text, and say what is weak.
///
/// Takes nothing over from earlier runs. Exits with 0 only if everything that counts stands, and
/// with 1 if a record fails, something is missing, or nothing is signed.
#[derive(Debug, Args)]
#[command(
    after_long_help = "Examples:\n  avouch verify\n  avouch verify --trust SHA256:2zGt2l3bWXJ8BkxxKMjIkQLLzjv0MRl8ZQhXpJ4nNnM\n  avouch verify --witness main.log --witness ../2026/SHA256SUMS@2026-03-31\n  avouch verify --export ../for-the-auditor"
)]
pub(in crate::cli) struct VerifyArguments {
    /// The folder of the workspace [default: the workspace that this folder is in].
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) root: Option<PathBuf>,

    /// The day for which states are computed [default: `today` of the workspace, else today].
    #[arg(long, value_name = "DATE", value_parser = super::date)]
    pub(in crate::cli) today: Option<Date>,

    /// Fail unless this key, somebody on this list of allowed signers, or this text is behind the
    /// first ring.
    #[arg(long, value_name = "FILE|FINGERPRINT")]
    pub(in crate::cli) trust: Option<PathBuf>,

    /// What you know from elsewhere of when records were there: a host's log of pushes or merges, or
    /// the `SHA256SUMS` of an earlier export, with the day on which you had it. Holds for this
    /// report only.
    #[arg(long, value_name = "FILE[@DATE]", value_parser = Brought::parse)]
    pub(in crate::cli) witness: Vec<Brought>,

    /// Write a folder in which stock programs repeat every check. It must not exist or be empty.
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) export: Option<PathBuf>,

    /// The form of the report: human or json.
    #[arg(long, value_name = "FORM", hide_possible_values = true, default_value = "human")]
    pub(in crate::cli) format: ReportForm,
}

/// The form of a report on records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ReportForm {
    /// For people.
    Human,
    /// For programs.
    Json,
}
