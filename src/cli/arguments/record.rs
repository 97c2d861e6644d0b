//! What can be typed after `avouch record`.

use std::path::PathBuf;

use clap::{ArgAction, Args, Subcommand, ValueEnum};
use jiff::civil::Date;

use super::SourceArguments;
use crate::model::acknowledgement::DateOrder;

/// File what was signed or decided elsewhere.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum RecordCommand {
    Add(Box<RecordAddArguments>),
    Sign(RecordSignArguments),
    Import(Box<RecordImportArguments>),
    Stamp(RecordStampArguments),
}

/// Record an approval that was given without a key, with what shows it.
///
/// It is shown for what it is, and counts where a rule of approval admits the method.
#[derive(Debug, Args)]
#[command(
    after_long_help = "Example:\n  avouch record add POL-IS --by ruth --role board-chair --on 2026-11-12 --method minutes --reference 2026-07 --body \"Audit committee\" --attendees ruth,jonas --file minutes-2026-07.pdf"
)]
pub(in crate::cli) struct RecordAddArguments {
    /// The document.
    #[arg(value_name = "DOC")]
    pub(in crate::cli) document: String,

    /// Who decided: the id of a person.
    #[arg(long, value_name = "PERSON")]
    pub(in crate::cli) by: String,

    /// In which role.
    #[arg(long, value_name = "ROLE")]
    pub(in crate::cli) role: String,

    /// The day of the decision.
    #[arg(long, value_name = "DATE", value_parser = super::date)]
    pub(in crate::cli) on: Date,

    /// How it was given: e-sign, pull-request, minutes or imported.
    #[arg(long, value_name = "METHOD", hide_possible_values = true)]
    pub(in crate::cli) method: MethodChoice,

    /// What names it elsewhere: the id of an envelope, the address of a pull request, the number of
    /// minutes.
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) reference: String,

    /// The body that decided, for minutes.
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) body: Option<String>,

    /// Who was there, for minutes.
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(in crate::cli) attendees: Vec<String>,

    /// The file that shows it; its SHA-256 is recorded.
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) file: Option<PathBuf>,

    #[command(flatten)]
    pub(in crate::cli) source: SourceArguments,
}

/// How an approval was given without a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum MethodChoice {
    /// By an envelope of a service for electronic signatures.
    ESign,
    /// By the review of a merged change.
    PullRequest,
    /// By a body, as its minutes say.
    Minutes,
    /// Before Avouch, as a signed file shows.
    Imported,
}

/// Ask for time stamps (RFC 3161), and file the answers.
///
/// Without answers, writes a request beside each signature that has no time stamp. Nothing is sent:
/// you send the requests, and bring the answers back.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:\n  avouch record stamp\n  avouch record stamp answer.tsr")]
pub(in crate::cli) struct RecordStampArguments {
    /// What the authority answered.
    #[arg(value_name = "ANSWER")]
    pub(in crate::cli) replies: Vec<PathBuf>,

    #[command(flatten)]
    pub(in crate::cli) source: SourceArguments,
}

/// File a statement that somebody signed with `ssh-keygen -Y sign`.
#[derive(Debug, Args)]
#[command(after_long_help = "Example:\n  avouch record sign statement.txt statement.txt.sig")]
pub(in crate::cli) struct RecordSignArguments {
    /// The file of the statement.
    #[arg(value_name = "STATEMENT")]
    pub(in crate::cli) statement: PathBuf,

    /// The file of the signature.
    #[arg(value_name = "SIGNATURE")]
    pub(in crate::cli) signature: PathBuf,

    #[command(flatten)]
    pub(in crate::cli) source: SourceArguments,
}

/// Take over acknowledgements from a CSV export of a form, a learning system or HR.
///
/// Which column holds what is said once for a source and remembered. A person is found by id, e-mail
/// address or full name, a document by id or exact title. Rows that cannot stand are listed with their
/// lines, and the rest is taken; a row that was taken before is not taken again. Exits with 1 if rows
/// were refused. The importer is named and signs nothing: such rows are the word of the other system.
#[derive(Debug, Args)]
#[command(
    after_long_help = "Examples:\n  avouch record import export.csv --source \"Learning portal\" --map person=E-mail,document=Course,on=Completed --as mara\n  avouch record import form.csv --source \"Sign-off form\" --document POL-AC --dates month-first --as mara --dry-run"
)]
pub(in crate::cli) struct RecordImportArguments {
    /// The export, with a line of headers.
    #[arg(value_name = "FILE")]
    pub(in crate::cli) file: PathBuf,

    /// The system that it comes from, always by the same name.
    #[arg(long = "source", value_name = "NAME")]
    pub(in crate::cli) system: String,

    /// Which column holds what, by its header: person, document, on, version, digest.
    #[arg(long, value_name = "FIELD=HEADER,…", action = ArgAction::Append, value_parser = crate::cli::record::Columns::parse)]
    pub(in crate::cli) map: Vec<crate::cli::record::Columns>,

    /// How dates such as 02/03/2026 are written: day-first or month-first.
    #[arg(long, value_name = "ORDER", hide_possible_values = true)]
    pub(in crate::cli) dates: Option<OrderChoice>,

    /// The document that all rows are about, where no column says it.
    #[arg(long, value_name = "DOC")]
    pub(in crate::cli) document: Option<String>,

    /// Who imports: the id of a person in `content/people.yaml`.
    #[arg(long = "as", value_name = "PERSON")]
    pub(in crate::cli) person: String,

    /// Show what would be taken and refused, and write nothing.
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,

    #[command(flatten)]
    pub(in crate::cli) source: SourceArguments,
}

/// In which order the numbers of dates stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum OrderChoice {
    /// 02/03/2026 is in March.
    DayFirst,
    /// 02/03/2026 is in February.
    MonthFirst,
}

impl OrderChoice {
    /// Returns the order that is meant.
    pub(in crate::cli) fn order(self) -> DateOrder {
        match self {
            Self::DayFirst => DateOrder::DayFirst,
            Self::MonthFirst => DateOrder::MonthFirst,
        }
    }
}
