//! What can be typed after `avouch status`, `campaign` and `remind`.

use std::path::PathBuf;

use clap::{ArgAction, Args, Subcommand, ValueEnum};
use jiff::civil::Date;

use super::SourceArguments;
use crate::cli::signing::SigningArguments;
use crate::cli::status::StatusForm;

/// Say what needs whom by when.
///
/// Lists approvals that are missing, texts that come into force, reviews, acknowledgements, evidence
/// that goes stale, deadlines of registers, keys and delegations that end, and changes of people that
/// nobody signed. Exits with 0 if nothing of it is overdue, with 1 if something is, and with 2 if it
/// could not be found out.
///
/// The JSON has `version` (1), `organisation`, `today`, `within`, a `summary` of counts, `duties` and
/// `documents`. Each duty has `kind`, `state` (overdue, soon, later, or open where no day is set),
/// `id`, `title`, `act`, `who`, `by`, `days`, `why` and `command`. Fields are added, never changed.
#[derive(Debug, Args)]
#[command(
    after_long_help = "Examples:\n  avouch status\n  avouch status --for mara --within 30\n  avouch status --format json --today 2027-01-31"
)]
pub(in crate::cli) struct StatusArguments {
    /// The form of the answer: human or json.
    #[arg(long, value_name = "FORM", hide_possible_values = true, default_value = "human")]
    pub(in crate::cli) format: StatusForm,

    /// Only what needs this person, or whoever holds this role today: an id or an e-mail address.
    #[arg(long = "for", value_name = "PERSON", value_delimiter = ',', action = ArgAction::Append)]
    pub(in crate::cli) person: Vec<String>,

    /// How many days to look ahead. What is overdue or has no day is always listed.
    #[arg(long, value_name = "DAYS", default_value_t = 30)]
    pub(in crate::cli) within: u16,

    #[command(flatten)]
    pub(in crate::cli) source: SourceArguments,
}

/// Have many documents reviewed by one day, such as once a year.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum CampaignCommand {
    Start(StartCampaignArguments),
    Status(StatusCampaignArguments),
    Close(Box<CloseCampaignArguments>),
}

/// Write down what is to be reviewed by whom, with a packet for each reviewer.
///
/// Without documents, kinds or tags it is about everything in force. Reviewers are those whom the rule
/// of approval names, else the owner.
#[derive(Debug, Args)]
#[command(
    after_long_help = "Example:\n  avouch campaign start annual-2026 --kind policy --due 2026-12-15 --as mara"
)]
pub(in crate::cli) struct StartCampaignArguments {
    /// A new name, such as `annual-2026`.
    #[arg(value_name = "NAME")]
    pub(in crate::cli) name: String,

    /// Only these documents.
    #[arg(long, value_name = "IDS", value_delimiter = ',', conflicts_with_all = ["kinds", "tags"])]
    pub(in crate::cli) documents: Vec<String>,

    /// Only documents of this kind: policy, procedure or narrative.
    #[arg(long = "kind", value_name = "KIND", hide_possible_values = true, value_delimiter = ',')]
    pub(in crate::cli) kinds: Vec<DocumentKind>,

    /// Only documents with this tag.
    #[arg(long = "tag", value_name = "TAG", value_delimiter = ',')]
    pub(in crate::cli) tags: Vec<String>,

    /// The day by which all is to be done.
    #[arg(long, value_name = "DATE", value_parser = super::date)]
    pub(in crate::cli) due: Date,

    /// What it is for, in a few words.
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) title: Option<String>,

    /// Who starts it: the id of a person.
    #[arg(long = "as", value_name = "PERSON")]
    pub(in crate::cli) person: String,

    /// List the files, and write nothing.
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,

    #[command(flatten)]
    pub(in crate::cli) source: SourceArguments,
}

/// A kind of governed document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum DocumentKind {
    /// What we commit to.
    Policy,
    /// How it is carried out.
    Procedure,
    /// A part of the description of the system.
    Narrative,
}

/// Say how far a campaign is, from signed reviews and approvals.
///
/// Exits with 1 if documents are open and the day has passed.
#[derive(Debug, Args)]
#[command(after_long_help = "Example:\n  avouch campaign status annual-2026")]
pub(in crate::cli) struct StatusCampaignArguments {
    /// The name.
    #[arg(value_name = "NAME")]
    pub(in crate::cli) name: String,

    #[command(flatten)]
    pub(in crate::cli) source: SourceArguments,
}

/// Close a campaign by a report, and sign it.
///
/// The report lists each document with what came of it. With documents open it needs a reason.
#[derive(Debug, Args)]
#[command(after_long_help = "Example:\n  avouch campaign close annual-2026 --as mara")]
pub(in crate::cli) struct CloseCampaignArguments {
    /// The name.
    #[arg(value_name = "NAME")]
    pub(in crate::cli) name: String,

    #[command(flatten)]
    pub(in crate::cli) signing: SigningArguments,

    /// In which role [default: the one that the person holds and the rule asks for].
    #[arg(long, value_name = "ROLE")]
    pub(in crate::cli) role: Option<String>,

    /// Why documents stay open.
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) reason: Option<String>,

    #[command(flatten)]
    pub(in crate::cli) source: SourceArguments,
}

/// Write what is due as a calendar and a letter for each person.
///
/// Files only: nothing is sent, and the same content gives the same bytes. Letters come from the
/// contact for security in the settings.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:\n  avouch remind\n  avouch remind --for mara --out letters")]
pub(in crate::cli) struct RemindArguments {
    /// Where the files go [default: `site/reminders` in the workspace].
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) out: Option<PathBuf>,

    /// Only for this person, or whoever holds this role today: an id or an e-mail address.
    #[arg(long = "for", value_name = "PERSON", value_delimiter = ',', action = ArgAction::Append)]
    pub(in crate::cli) person: Vec<String>,

    /// How many days to look ahead.
    #[arg(long, value_name = "DAYS", default_value_t = 30)]
    pub(in crate::cli) within: u16,

    #[command(flatten)]
    pub(in crate::cli) source: SourceArguments,
}
