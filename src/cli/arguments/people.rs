//! What can be typed after `avouch people`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;

use super::{OrderChoice, SourceArguments};
use crate::cli::people;
use crate::cli::signing::SigningArguments;

/// Change people, roles and keys, and sign what they are: the ring.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum PeopleCommand {
    Add(PersonArguments),
    Role(RoleArguments),
    Key(PublicKeyArguments),
    Offboard(OffboardArguments),
    Import(Box<ImportPeopleArguments>),
    Sign(SignRingArguments),
}

/// Add a person.
#[derive(Debug, Args)]
#[command(
    after_long_help = "Example:\n  avouch people add nia --name \"Nia Osei\" --email nia@acme.example"
)]
pub(in crate::cli) struct PersonArguments {
    /// The id: stable and unique.
    #[arg(value_name = "PERSON")]
    pub(in crate::cli) id: String,

    /// The name.
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) name: String,

    /// How they belong to the organisation: employee, contractor, board or external.
    #[arg(long, value_name = "KIND", hide_possible_values = true, default_value = "employee")]
    pub(in crate::cli) kind: KindChoice,

    /// What they do.
    #[arg(long, value_name = "TITLE")]
    pub(in crate::cli) title: Option<String>,

    /// Where to write to them.
    #[arg(long, value_name = "ADDRESS")]
    pub(in crate::cli) email: Option<String>,

    /// Their first day [default: today].
    #[arg(long, value_name = "DATE", value_parser = super::date)]
    pub(in crate::cli) since: Option<Date>,

    #[command(flatten)]
    pub(in crate::cli) source: SourceArguments,
}

/// How a person belongs to the organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum KindChoice {
    /// Is employed.
    Employee,
    /// Works under a contract.
    Contractor,
    /// Sits on the board.
    Board,
    /// Belongs to another organisation.
    External,
}

impl KindChoice {
    /// Returns the word that `people.yaml` uses.
    pub(in crate::cli) fn word(self) -> &'static str {
        match self {
            Self::Employee => "employee",
            Self::Contractor => "contractor",
            Self::Board => "board",
            Self::External => "external",
        }
    }
}

/// Give a role to a person from a day on.
#[derive(Debug, Args)]
#[command(after_long_help = "Example:\n  avouch people role ciso nia --from 2026-09-01")]
pub(in crate::cli) struct RoleArguments {
    /// The id of the role.
    #[arg(value_name = "ROLE")]
    pub(in crate::cli) role: String,

    /// The id of the person.
    #[arg(value_name = "PERSON")]
    pub(in crate::cli) person: String,

    /// The title of a new role.
    #[arg(long, value_name = "TITLE")]
    pub(in crate::cli) title: Option<String>,

    /// The first day [default: today].
    #[arg(long, value_name = "DATE", value_parser = super::date)]
    pub(in crate::cli) from: Option<Date>,

    #[command(flatten)]
    pub(in crate::cli) source: SourceArguments,
}

/// Add the public key of a person.
#[derive(Debug, Args)]
#[command(after_long_help = "Example:\n  avouch people key mara ~/.ssh/id_ed25519.pub")]
pub(in crate::cli) struct PublicKeyArguments {
    /// The id of the person.
    #[arg(value_name = "PERSON")]
    pub(in crate::cli) person: String,

    /// The file of the public key.
    #[arg(value_name = "FILE")]
    pub(in crate::cli) file: PathBuf,

    /// The first day on which it may sign [default: today].
    #[arg(long, value_name = "DATE", value_parser = super::date)]
    pub(in crate::cli) from: Option<Date>,

    /// The last day.
    #[arg(long, value_name = "DATE", value_parser = super::date)]
    pub(in crate::cli) until: Option<Date>,

    /// What it may sign: approval, review, acknowledgement, ring [default: everything].
    #[arg(long = "for", value_name = "ACTS", value_delimiter = ',', value_parser = purpose)]
    pub(in crate::cli) purposes: Vec<crate::signature::Act>,

    #[command(flatten)]
    pub(in crate::cli) source: SourceArguments,
}

fn purpose(word: &str) -> Result<crate::signature::Act, String> {
    let words = crate::signature::Act::WORDS.join(", ");
    crate::signature::Act::parse(word).ok_or_else(|| format!("it is none of {words}"))
}

/// Let a person leave: list what they leave, hand it over, retire their keys.
///
/// Changes nothing while somebody or something would be left without an owner.
#[derive(Debug, Args)]
#[command(
    after_long_help = "Example:\n  avouch people offboard sam --last-day 2026-11-30 --hand-over it-lead=tom"
)]
pub(in crate::cli) struct OffboardArguments {
    /// The id of the person.
    #[arg(value_name = "PERSON")]
    pub(in crate::cli) person: String,

    /// Their last day [default: today].
    #[arg(long, value_name = "DATE", value_parser = super::date)]
    pub(in crate::cli) last_day: Option<Date>,

    /// Who takes a role from the day after.
    #[arg(long, value_name = "ROLE=PERSON", value_delimiter = ',', value_parser = people::heir)]
    pub(in crate::cli) hand_over: Vec<(String, String)>,

    /// List what they leave, and change nothing.
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,

    #[command(flatten)]
    pub(in crate::cli) source: SourceArguments,
}

/// Sign what `content/people.yaml` says now: it becomes the next ring.
///
/// The ring before decides who may: by default one person of it. The first ring signs itself.
#[derive(Debug, Args)]
#[command(after_long_help = "Example:\n  avouch people sign --as mara")]
pub(in crate::cli) struct SignRingArguments {
    #[command(flatten)]
    pub(in crate::cli) signing: SigningArguments,

    /// In which role.
    #[arg(long, value_name = "ROLE")]
    pub(in crate::cli) role: Option<String>,

    /// Why.
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) reason: Option<String>,

    #[command(flatten)]
    pub(in crate::cli) source: SourceArguments,
}

/// Compare people and keys with a file, and take over what is missing.
///
/// The file holds public keys (`.pub`), is a list of allowed signers of OpenSSH, or an export of the
/// list of staff as CSV. Nothing changes without `--apply`. Exits with 1 if something differs.
#[derive(Debug, Args)]
#[command(
    after_long_help = "Examples:\n  avouch people import keys.pub --person mara --apply\n  avouch people import allowed_signers\n  avouch people import staff.csv --map name=Employee,until=\"Left on\"\n  avouch people import staff.csv --hand-over it-lead=tom --apply"
)]
pub(in crate::cli) struct ImportPeopleArguments {
    /// The file.
    #[arg(value_name = "FILE")]
    pub(in crate::cli) file: PathBuf,

    /// What it is: pub, allowed-signers or csv [default: as its text says].
    #[arg(long, value_name = "FORM", hide_possible_values = true)]
    pub(in crate::cli) format: Option<FormChoice>,

    /// Write what is missing.
    #[arg(long)]
    pub(in crate::cli) apply: bool,

    /// For `.pub`: whose keys they are [default: whom their comments name].
    #[arg(long, value_name = "PERSON")]
    pub(in crate::cli) person: Option<String>,

    /// For CSV: which column holds what: id, name, given-name, family-name, email, kind, title,
    /// since, until.
    #[arg(long, value_name = "FIELD=HEADER", value_parser = people::StaffColumns::parse)]
    pub(in crate::cli) map: Vec<people::StaffColumns>,

    /// For CSV: in which order dates of numbers only are written.
    #[arg(long, value_name = "ORDER", hide_possible_values = true)]
    pub(in crate::cli) dates: Option<OrderChoice>,

    /// For CSV: who takes a role of somebody who left.
    #[arg(long, value_name = "ROLE=PERSON", value_delimiter = ',', value_parser = people::heir)]
    pub(in crate::cli) hand_over: Vec<(String, String)>,

    #[command(flatten)]
    pub(in crate::cli) source: SourceArguments,
}

/// What a file of people or keys is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum FormChoice {
    /// Public keys, a line each.
    Pub,
    /// A list of allowed signers of OpenSSH.
    AllowedSigners,
    /// An export of a list of staff.
    Csv,
}
