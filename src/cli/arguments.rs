//! What can be typed after `avouch`.

mod verify;

use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::PathBuf;

use anstyle::{AnsiColor, Style};
use clap::builder::Styles;
use clap::{ArgAction, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jiff::civil::Date;

pub(super) use self::verify::{ReportForm, VerifyArguments};
use super::format::Format;
use crate::diagnostic::nearest_name;
use crate::parse;

const HEADING: Style = AnsiColor::BrightBlue.on_default().bold();
const NAME: Style = Style::new().bold();

/// Who uses which command: the order and the headings of the help.
const GROUPS: &[(&str, &[&str])] = &[
    ("For authors", &["new", "serve", "check", "explain"]),
    ("For approvers", &["approve", "review", "acknowledge", "people", "record"]),
    ("For whoever leads", &["status", "campaign", "remind"]),
    ("For whoever publishes", &["build"]),
    ("For auditors", &["verify"]),
    ("For shells and editors", &["clean", "completions", "man", "schema"]),
];

/// Compiles a git repository of Markdown policies into a handbook and a trust center, with PDFs.
#[derive(Debug, Parser)]
#[command(
    name = "avouch",
    version,
    subcommand_required = true,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    max_term_width = 100,
    styles = STYLES,
    after_help = "`avouch COMMAND --help` says more and gives an example."
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,

    /// Use colour: auto, always or never.
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        hide_possible_values = true,
        display_order = 100,
        default_value = "auto",
        hide_default_value = true
    )]
    pub(super) color: Color,

    /// Say nothing but faults.
    #[arg(long, short, global = true, display_order = 101)]
    pub(super) quiet: bool,
}

const STYLES: Styles = Styles::styled()
    .header(HEADING)
    .usage(HEADING)
    .literal(NAME)
    .error(AnsiColor::BrightRed.on_default().bold())
    .invalid(AnsiColor::Yellow.on_default().bold())
    .valid(AnsiColor::Green.on_default().bold());

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Into files and pipes too.
    Always,
    /// Nowhere.
    Never,
}

impl From<Color> for anstream::ColorChoice {
    fn from(color: Color) -> Self {
        match color {
            Color::Auto => Self::Auto,
            Color::Always => Self::Always,
            Color::Never => Self::Never,
        }
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    New(NewArguments),
    Check(CheckArguments),
    Explain(ExplainArguments),
    Approve(Box<ApproveArguments>),
    Review(Box<ReviewArguments>),
    Acknowledge(Box<AcknowledgeArguments>),
    #[command(subcommand)]
    People(PeopleCommand),
    #[command(subcommand)]
    Record(RecordCommand),
    Status(StatusArguments),
    #[command(subcommand)]
    Campaign(CampaignCommand),
    Remind(RemindArguments),
    Build(BuildArguments),
    Serve(ServeArguments),
    Verify(VerifyArguments),
    Clean(CleanArguments),
    Completions(CompletionsArguments),
    Man(ManArguments),
    Schema(SchemaArguments),
}

/// Begin a workspace from a complete SOC 2 starter of drafts.
///
/// Writes policies, procedures, narratives and controls as drafts, with empty registers, one
/// placeholder person and no trust center. Nothing in it claims anything until you say so. The
/// folder must not exist or be empty.
#[derive(Debug, Args)]
#[command(after_long_help = "Example:\n  avouch new policies --name \"Acme, Inc.\"")]
pub(super) struct NewArguments {
    /// The folder to make.
    #[arg(value_name = "DIR")]
    pub(super) folder: PathBuf,

    /// The name of the company, as it stands in the texts.
    #[arg(long, value_name = "COMPANY", default_value = "Your Company", value_parser = super::starter::Name::parse)]
    pub(super) name: super::starter::Name,
}

/// Report everything that is wrong with the content, and write nothing.
///
/// Exits with 1 if there are errors. Warnings alone exit with 0. A baseline accepts the faults of
/// today, so that only new ones count; faults of the public boundary cannot be accepted.
#[derive(Debug, Args)]
#[command(
    after_long_help = "Examples:\n  avouch check\n  avouch check --format sarif > avouch.sarif\n  avouch check --write-baseline baseline.json\n  avouch check --baseline baseline.json"
)]
pub(super) struct CheckArguments {
    #[command(flatten)]
    pub(super) source: SourceArguments,

    /// The form of the report: human, short, json, sarif, junit or github.
    #[arg(long, value_name = "FORM", hide_possible_values = true, default_value = "human")]
    pub(super) format: Format,

    /// Accept the faults that this file lists.
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,

    /// Accept all faults of today in this file.
    #[arg(long, value_name = "FILE", conflicts_with = "baseline")]
    pub(super) write_baseline: Option<PathBuf>,
}

/// Say what a rule means and what to do.
#[derive(Debug, Args)]
#[command(
    after_long_help = "Examples:\n  avouch explain review-overdue\n  avouch explain --list",
    arg_required_else_help = true
)]
pub(super) struct ExplainArguments {
    /// The name of the rule, as messages print it.
    #[arg(value_name = "RULE", required_unless_present = "list")]
    pub(super) rule: Option<String>,

    /// List all rules.
    #[arg(long, conflicts_with = "rule")]
    pub(super) list: bool,
}

/// Decide on texts, and sign it.
///
/// Shows what changed since the last approval, with everything that an approval covers, and the
/// statement; then signs and writes the record. One statement may list many documents, controls, records
/// of registers, mappings and exclusions.
#[derive(Debug, Args)]
#[command(
    after_long_help = "Examples:\n  avouch approve POL-AC --as mara\n  avouch approve POL-AC POL-PW --as mara --role ciso --key ~/.ssh/id_ed25519\n  avouch approve AC-01 EXC-02 mapping:soc2 exclusion:iso27001:A.7.6 --as mara\n  avouch approve POL-AC --as priya --decision request-changes --reason \"Clause 3 names no owner\""
)]
pub(super) struct ApproveArguments {
    /// Documents by their ids or files; controls and records of registers by their ids;
    /// `mapping:FRAMEWORK` and `exclusion:FRAMEWORK:REQUIREMENT`.
    #[arg(value_name = "ID", required = true)]
    pub(super) documents: Vec<String>,

    #[command(flatten)]
    pub(super) signing: super::signing::SigningArguments,

    /// In which role [default: the one that the person holds and the rule asks for].
    #[arg(long, value_name = "ROLE")]
    pub(super) role: Option<String>,

    /// The person who lent the role by a delegation.
    #[arg(long, value_name = "PERSON")]
    pub(super) on_behalf_of: Option<String>,

    /// What is decided: approve, reject, request-changes or withdraw.
    #[arg(long, value_name = "WORD", hide_possible_values = true, default_value = "approve")]
    pub(super) decision: DecisionChoice,

    /// Let the text count at once; the full approval follows, as the rule says.
    #[arg(long)]
    pub(super) emergency: bool,

    /// Why. Anything but a plain approval needs a reason.
    #[arg(long, value_name = "TEXT")]
    pub(super) reason: Option<String>,

    /// State that only the wording changed: nobody is asked to accept the text again.
    #[arg(long)]
    pub(super) editorial: bool,

    /// What an editorial change is, in a sentence for everyone.
    #[arg(long, value_name = "TEXT", requires = "editorial")]
    pub(super) public_summary: Option<String>,

    /// Sign only a text with this digest; once for each document.
    #[arg(long, value_name = "DIGEST", value_delimiter = ',', action = ArgAction::Append)]
    pub(super) expect_digest: Vec<String>,

    /// Write the statement into this file for somebody who signs it elsewhere, and do nothing else.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["key", "agent", "yes"])]
    pub(super) export_statement: Option<PathBuf>,

    #[command(flatten)]
    pub(super) source: SourceArguments,
}

/// What is decided on a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum DecisionChoice {
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
pub(super) struct ReviewArguments {
    /// Documents by their ids or files; controls and others by their ids, as with `avouch approve`.
    #[arg(value_name = "ID", required = true)]
    pub(super) documents: Vec<String>,

    #[command(flatten)]
    pub(super) signing: super::signing::SigningArguments,

    /// In which role [default: the one that the person holds and the rule asks for].
    #[arg(long, value_name = "ROLE")]
    pub(super) role: Option<String>,

    /// What was taken into account: incidents, findings, risks, law, changes, exceptions.
    #[arg(long, value_name = "WORDS", value_delimiter = ',', required = true)]
    pub(super) considered: Vec<String>,

    /// What it came to, in a sentence.
    #[arg(long, value_name = "TEXT")]
    pub(super) conclusion: String,

    /// Sign only a text with this digest; once for each document.
    #[arg(long, value_name = "DIGEST", value_delimiter = ',', action = ArgAction::Append)]
    pub(super) expect_digest: Vec<String>,

    /// Write the statement into this file for somebody who signs it elsewhere, and do nothing else.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["key", "agent", "yes"])]
    pub(super) export_statement: Option<PathBuf>,

    #[command(flatten)]
    pub(super) source: SourceArguments,
}

/// State that you have read texts in force and will follow them, and sign it.
///
/// Shows each text with its version and digest; one statement is signed for all of them. Without
/// documents, lists what the person is asked for and has not accepted.
#[derive(Debug, Args)]
#[command(
    after_long_help = "Examples:\n  avouch acknowledge --as nia\n  avouch acknowledge POL-AC POL-PW --as nia --key ~/.ssh/id_ed25519"
)]
pub(super) struct AcknowledgeArguments {
    /// The documents, by their ids or files.
    #[arg(value_name = "DOC")]
    pub(super) documents: Vec<String>,

    #[command(flatten)]
    pub(super) signing: super::signing::SigningArguments,

    #[command(flatten)]
    pub(super) source: SourceArguments,
}

/// Change people, roles and keys, and sign what they are: the ring.
#[derive(Debug, Subcommand)]
pub(super) enum PeopleCommand {
    Add(PersonArguments),
    Role(RoleArguments),
    Key(PublicKeyArguments),
    Offboard(OffboardArguments),
    Sign(SignRingArguments),
}

/// Add a person.
#[derive(Debug, Args)]
#[command(
    after_long_help = "Example:\n  avouch people add nia --name \"Nia Osei\" --email nia@acme.example"
)]
pub(super) struct PersonArguments {
    /// The id: stable and unique.
    #[arg(value_name = "PERSON")]
    pub(super) id: String,

    /// The name.
    #[arg(long, value_name = "NAME")]
    pub(super) name: String,

    /// How they belong to the organisation: employee, contractor, board or external.
    #[arg(long, value_name = "KIND", hide_possible_values = true, default_value = "employee")]
    pub(super) kind: KindChoice,

    /// What they do.
    #[arg(long, value_name = "TITLE")]
    pub(super) title: Option<String>,

    /// Where to write to them.
    #[arg(long, value_name = "ADDRESS")]
    pub(super) email: Option<String>,

    /// Their first day [default: today].
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) since: Option<Date>,

    #[command(flatten)]
    pub(super) source: SourceArguments,
}

/// How a person belongs to the organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum KindChoice {
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
    pub(super) fn word(self) -> &'static str {
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
pub(super) struct RoleArguments {
    /// The id of the role.
    #[arg(value_name = "ROLE")]
    pub(super) role: String,

    /// The id of the person.
    #[arg(value_name = "PERSON")]
    pub(super) person: String,

    /// The title of a new role.
    #[arg(long, value_name = "TITLE")]
    pub(super) title: Option<String>,

    /// The first day [default: today].
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) from: Option<Date>,

    #[command(flatten)]
    pub(super) source: SourceArguments,
}

/// Add the public key of a person.
#[derive(Debug, Args)]
#[command(after_long_help = "Example:\n  avouch people key mara ~/.ssh/id_ed25519.pub")]
pub(super) struct PublicKeyArguments {
    /// The id of the person.
    #[arg(value_name = "PERSON")]
    pub(super) person: String,

    /// The file of the public key.
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,

    /// The first day on which it may sign [default: today].
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) from: Option<Date>,

    /// The last day.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) until: Option<Date>,

    /// What it may sign: approval, review, acknowledgement, ring [default: everything].
    #[arg(long = "for", value_name = "ACTS", value_delimiter = ',', value_parser = purpose)]
    pub(super) purposes: Vec<crate::signature::Act>,

    #[command(flatten)]
    pub(super) source: SourceArguments,
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
pub(super) struct OffboardArguments {
    /// The id of the person.
    #[arg(value_name = "PERSON")]
    pub(super) person: String,

    /// Their last day [default: today].
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) last_day: Option<Date>,

    /// Who takes a role from the day after.
    #[arg(long, value_name = "ROLE=PERSON", value_delimiter = ',', value_parser = super::people::heir)]
    pub(super) hand_over: Vec<(String, String)>,

    /// List what they leave, and change nothing.
    #[arg(long)]
    pub(super) dry_run: bool,

    #[command(flatten)]
    pub(super) source: SourceArguments,
}

/// Sign what `content/people.yaml` says now: it becomes the next ring.
///
/// The ring before decides who may: by default one person of it. The first ring signs itself.
#[derive(Debug, Args)]
#[command(after_long_help = "Example:\n  avouch people sign --as mara")]
pub(super) struct SignRingArguments {
    #[command(flatten)]
    pub(super) signing: super::signing::SigningArguments,

    /// In which role.
    #[arg(long, value_name = "ROLE")]
    pub(super) role: Option<String>,

    /// Why.
    #[arg(long, value_name = "TEXT")]
    pub(super) reason: Option<String>,

    #[command(flatten)]
    pub(super) source: SourceArguments,
}

/// File what was signed or decided elsewhere.
#[derive(Debug, Subcommand)]
pub(super) enum RecordCommand {
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
pub(super) struct RecordAddArguments {
    /// The document.
    #[arg(value_name = "DOC")]
    pub(super) document: String,

    /// Who decided: the id of a person.
    #[arg(long, value_name = "PERSON")]
    pub(super) by: String,

    /// In which role.
    #[arg(long, value_name = "ROLE")]
    pub(super) role: String,

    /// The day of the decision.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) on: Date,

    /// How it was given: e-sign, pull-request, minutes or imported.
    #[arg(long, value_name = "METHOD", hide_possible_values = true)]
    pub(super) method: MethodChoice,

    /// What names it elsewhere: the id of an envelope, the address of a pull request, the number of
    /// minutes.
    #[arg(long, value_name = "TEXT")]
    pub(super) reference: String,

    /// The body that decided, for minutes.
    #[arg(long, value_name = "NAME")]
    pub(super) body: Option<String>,

    /// Who was there, for minutes.
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(super) attendees: Vec<String>,

    /// The file that shows it; its SHA-256 is recorded.
    #[arg(long, value_name = "FILE")]
    pub(super) file: Option<PathBuf>,

    #[command(flatten)]
    pub(super) source: SourceArguments,
}

/// How an approval was given without a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum MethodChoice {
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
pub(super) struct RecordStampArguments {
    /// What the authority answered.
    #[arg(value_name = "ANSWER")]
    pub(super) replies: Vec<PathBuf>,

    #[command(flatten)]
    pub(super) source: SourceArguments,
}

/// File a statement that somebody signed with `ssh-keygen -Y sign`.
#[derive(Debug, Args)]
#[command(after_long_help = "Example:\n  avouch record sign statement.txt statement.txt.sig")]
pub(super) struct RecordSignArguments {
    /// The file of the statement.
    #[arg(value_name = "STATEMENT")]
    pub(super) statement: PathBuf,

    /// The file of the signature.
    #[arg(value_name = "SIGNATURE")]
    pub(super) signature: PathBuf,

    #[command(flatten)]
    pub(super) source: SourceArguments,
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
pub(super) struct RecordImportArguments {
    /// The export, with a line of headers.
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,

    /// The system that it comes from, always by the same name.
    #[arg(long = "source", value_name = "NAME")]
    pub(super) system: String,

    /// Which column holds what, by its header: person, document, on, version, digest.
    #[arg(long, value_name = "FIELD=HEADER,…", action = ArgAction::Append, value_parser = super::record::Columns::parse)]
    pub(super) map: Vec<super::record::Columns>,

    /// How dates such as 02/03/2026 are written: day-first or month-first.
    #[arg(long, value_name = "ORDER", hide_possible_values = true)]
    pub(super) dates: Option<OrderChoice>,

    /// The document that all rows are about, where no column says it.
    #[arg(long, value_name = "DOC")]
    pub(super) document: Option<String>,

    /// Who imports: the id of a person in `content/people.yaml`.
    #[arg(long = "as", value_name = "PERSON")]
    pub(super) person: String,

    /// Show what would be taken and refused, and write nothing.
    #[arg(long)]
    pub(super) dry_run: bool,

    #[command(flatten)]
    pub(super) source: SourceArguments,
}

/// In which order the numbers of dates stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum OrderChoice {
    /// 02/03/2026 is in March.
    DayFirst,
    /// 02/03/2026 is in February.
    MonthFirst,
}

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
pub(super) struct StatusArguments {
    /// The form of the answer: human or json.
    #[arg(long, value_name = "FORM", hide_possible_values = true, default_value = "human")]
    pub(super) format: super::status::StatusForm,

    /// Only what needs this person, or whoever holds this role today: an id or an e-mail address.
    #[arg(long = "for", value_name = "PERSON", value_delimiter = ',', action = ArgAction::Append)]
    pub(super) person: Vec<String>,

    /// How many days to look ahead. What is overdue or has no day is always listed.
    #[arg(long, value_name = "DAYS", default_value_t = 30)]
    pub(super) within: u16,

    #[command(flatten)]
    pub(super) source: SourceArguments,
}

/// Have many documents reviewed by one day, such as once a year.
#[derive(Debug, Subcommand)]
pub(super) enum CampaignCommand {
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
pub(super) struct StartCampaignArguments {
    /// A new name, such as `annual-2026`.
    #[arg(value_name = "NAME")]
    pub(super) name: String,

    /// Only these documents.
    #[arg(long, value_name = "IDS", value_delimiter = ',', conflicts_with_all = ["kinds", "tags"])]
    pub(super) documents: Vec<String>,

    /// Only documents of this kind: policy, procedure or narrative.
    #[arg(long = "kind", value_name = "KIND", hide_possible_values = true, value_delimiter = ',')]
    pub(super) kinds: Vec<DocumentKind>,

    /// Only documents with this tag.
    #[arg(long = "tag", value_name = "TAG", value_delimiter = ',')]
    pub(super) tags: Vec<String>,

    /// The day by which all is to be done.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) due: Date,

    /// What it is for, in a few words.
    #[arg(long, value_name = "TEXT")]
    pub(super) title: Option<String>,

    /// Who starts it: the id of a person.
    #[arg(long = "as", value_name = "PERSON")]
    pub(super) person: String,

    /// List the files, and write nothing.
    #[arg(long)]
    pub(super) dry_run: bool,

    #[command(flatten)]
    pub(super) source: SourceArguments,
}

/// A kind of governed document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum DocumentKind {
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
pub(super) struct StatusCampaignArguments {
    /// The name.
    #[arg(value_name = "NAME")]
    pub(super) name: String,

    #[command(flatten)]
    pub(super) source: SourceArguments,
}

/// Close a campaign by a report, and sign it.
///
/// The report lists each document with what came of it. With documents open it needs a reason.
#[derive(Debug, Args)]
#[command(after_long_help = "Example:\n  avouch campaign close annual-2026 --as mara")]
pub(super) struct CloseCampaignArguments {
    /// The name.
    #[arg(value_name = "NAME")]
    pub(super) name: String,

    #[command(flatten)]
    pub(super) signing: super::signing::SigningArguments,

    /// In which role [default: the one that the person holds and the rule asks for].
    #[arg(long, value_name = "ROLE")]
    pub(super) role: Option<String>,

    /// Why documents stay open.
    #[arg(long, value_name = "TEXT")]
    pub(super) reason: Option<String>,

    #[command(flatten)]
    pub(super) source: SourceArguments,
}

/// Write what is due as a calendar and a letter for each person.
///
/// Files only: nothing is sent, and the same content gives the same bytes. Letters come from the
/// contact for security in the settings.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:\n  avouch remind\n  avouch remind --for mara --out letters")]
pub(super) struct RemindArguments {
    /// Where the files go [default: `site/reminders` in the workspace].
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,

    /// Only for this person, or whoever holds this role today: an id or an e-mail address.
    #[arg(long = "for", value_name = "PERSON", value_delimiter = ',', action = ArgAction::Append)]
    pub(super) person: Vec<String>,

    /// How many days to look ahead.
    #[arg(long, value_name = "DAYS", default_value_t = 30)]
    pub(super) within: u16,

    #[command(flatten)]
    pub(super) source: SourceArguments,
}

/// Write the handbook and the trust center.
///
/// Checks first, and writes nothing if there are errors, unless a baseline accepts all of them.
/// Each edition becomes a folder that equals
/// its content afterwards; files that did not change are not touched, and after any failure the
/// previous output still stands.
#[derive(Debug, Args)]
#[command(
    after_long_help = "Examples:\n  avouch build\n  avouch build --only trust --out public\n  avouch build --root ../handbook --fields owner=maintainer,title=name --no-pdf"
)]
pub(super) struct BuildArguments {
    #[command(flatten)]
    pub(super) source: SourceArguments,

    /// Where the editions go, each in a folder of its own [default: `site` in the workspace].
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,

    /// Which PDFs to make: changed, all or none.
    #[arg(long, value_name = "WHICH", hide_possible_values = true, default_value = "changed")]
    pub(super) pdf: PdfChoice,

    /// The same as `--pdf none`.
    #[arg(long, conflicts_with = "pdf")]
    pub(super) no_pdf: bool,

    /// Accept the faults that this file lists: they do not stop the build.
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,

    /// Write one edition only: handbook or trust.
    #[arg(long, value_name = "EDITION", hide_possible_values = true)]
    pub(super) only: Option<Edition>,

    /// The form of the report: human, short, json, sarif, junit or github.
    #[arg(long, value_name = "FORM", hide_possible_values = true, default_value = "human")]
    pub(super) format: Format,

    /// Say where the time went, as a table or with `=json` as JSON on standard output.
    #[arg(
        long,
        value_name = "FORM",
        hide_possible_values = true,
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "table"
    )]
    pub(super) timings: Option<TimingsForm>,
}

/// How it is told where the time went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum TimingsForm {
    /// For people.
    Table,
    /// For programs.
    Json,
}

/// Show both sites in a browser while you write.
///
/// Builds in memory, watches every file, and reloads open pages after each save, where they were.
/// What is wrong stands on the page too. Handbook and trust center have a port each, on this
/// machine only. PDFs are made when they are asked for. Nothing is written.
#[derive(Debug, Args)]
#[command(
    after_long_help = "Examples:\n  avouch serve --open\n  avouch serve --editor \"code --goto {file}:{line}:{column}\"\n  avouch serve --today 2027-01-31"
)]
pub(super) struct ServeArguments {
    #[command(flatten)]
    pub(super) source: SourceArguments,

    /// The port of the handbook; 0 takes any that is free.
    #[arg(long, value_name = "N", default_value_t = 4100)]
    pub(super) port: u16,

    /// The port of the trust center; 0 takes any that is free.
    #[arg(long, value_name = "N", default_value_t = 4101)]
    pub(super) trust_port: u16,

    /// The address of both.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1")]
    pub(super) host: std::net::IpAddr,

    /// Open the handbook in a browser.
    #[arg(long)]
    pub(super) open: bool,

    /// Show the texts in force, as `build` publishes them, and not those of the files.
    #[arg(long)]
    pub(super) in_force: bool,

    /// What opens the place of a fault when it is clicked: a command with `{file}`, `{line}` and
    /// `{column}`.
    #[arg(long, value_name = "COMMAND")]
    pub(super) editor: Option<String>,
}

/// What is read.
#[derive(Debug, Args)]
pub(super) struct SourceArguments {
    /// The folder of the workspace, or any folder of Markdown [default: the workspace that this
    /// folder is in, else this folder].
    #[arg(long, value_name = "DIR")]
    pub(super) root: Option<PathBuf>,

    /// The day for which states are computed [default: `today` of the workspace, else today].
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) today: Option<Date>,

    /// Other names of front matter keys, for folders that were not written for avouch.
    #[arg(long, value_name = "OURS=THEIRS", value_delimiter = ',', action = ArgAction::Append, value_parser = field)]
    pub(super) fields: Vec<(String, String)>,

    /// Read every text again, and remember nothing for the next run.
    #[arg(long)]
    pub(super) no_cache: bool,
}

/// Which PDFs to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum PdfChoice {
    /// Those whose document changed.
    Changed,
    /// All, again.
    All,
    /// None.
    None,
}

/// What can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Edition {
    /// For staff.
    Handbook,
    /// For customers.
    Trust,
}

/// Remove the cache: what runs remember of all workspaces.
///
/// Runs keep how they read each text in the folder of your caches (`$XDG_CACHE_HOME/avouch`, else
/// `~/.cache/avouch`), at most 1 GiB. Without it the next run takes longer and gives the same.
#[derive(Debug, Args)]
#[command(after_long_help = "Example:\n  avouch clean")]
pub(super) struct CleanArguments {}

/// Print a script that completes commands and flags in a shell.
#[derive(Debug, Args)]
#[command(
    after_long_help = "Example:\n  avouch completions bash > ~/.local/share/bash-completion/completions/avouch"
)]
pub(super) struct CompletionsArguments {
    /// The shell.
    #[arg(value_name = "SHELL")]
    pub(super) shell: Shell,
}

/// Print the manual page, or write all pages into a folder.
#[derive(Debug, Args)]
#[command(after_long_help = "Example:\n  avouch man ~/.local/share/man/man1")]
pub(super) struct ManArguments {
    /// The folder to write into.
    #[arg(value_name = "DIR")]
    pub(super) folder: Option<PathBuf>,
}

/// Print JSON Schemas of the files of a workspace, for editors.
///
/// With a schema an editor completes keys and words, shows what each means, and marks mistakes
/// while you type. Without a name, lists all schemas with the files that each is for. A workspace
/// made by `avouch new` has them in `schemas`; write them again after an update of avouch.
#[derive(Debug, Args)]
#[command(
    after_long_help = "Examples:\n  avouch schema\n  avouch schema controls\n  avouch schema --out schemas"
)]
pub(super) struct SchemaArguments {
    /// The name of the schema.
    #[arg(value_name = "NAME")]
    pub(super) name: Option<String>,

    /// Write all schemas into this folder.
    #[arg(long, value_name = "DIR", conflicts_with = "name")]
    pub(super) out: Option<PathBuf>,
}

/// Reads the arguments of the process.
pub(super) fn parse() -> Result<Arguments, clap::Error> {
    let typed: Vec<OsString> = std::env::args_os().collect();
    parse_from(&typed)
}

fn parse_from(typed: &[OsString]) -> Result<Arguments, clap::Error> {
    let matches = command().color(typed_color(typed)).try_get_matches_from(typed)?;
    Arguments::from_arg_matches(&matches).map_err(|fault| fault.format(&mut command()))
}

/// Returns the command with the help that groups its commands.
pub(super) fn command() -> clap::Command {
    let command = Arguments::command();
    let mut commands = String::new();
    for (heading, names) in GROUPS {
        // Writing to a string cannot fail.
        let _ = writeln!(commands, "{HEADING}{heading}:{HEADING:#}");
        for subcommand in names.iter().filter_map(|name| command.find_subcommand(name)) {
            let about = subcommand.get_about().map(ToString::to_string).unwrap_or_default();
            let _ = writeln!(commands, "  {NAME}{:<12}{NAME:#} {about}", subcommand.get_name());
        }
        commands.push('\n');
    }
    command.help_template(format!(
        "{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{commands}{HEADING}Options:{HEADING:#}\n{{options}}{{after-help}}"
    ))
}

/// Finds what `--color` says before the arguments are known to be good, since that decides how
/// faults in them are shown.
fn typed_color(typed: &[OsString]) -> clap::ColorChoice {
    let words: Vec<&str> = typed.iter().filter_map(|word| word.to_str()).collect();
    let value =
        words.iter().enumerate().find_map(|(index, word)| match word.strip_prefix("--color") {
            Some("") => words.get(index + 1).copied(),
            Some(rest) => rest.strip_prefix('='),
            None => None,
        });
    match value {
        Some("always") => clap::ColorChoice::Always,
        Some("never") => clap::ColorChoice::Never,
        _ => clap::ColorChoice::Auto,
    }
}

pub(super) fn date(typed: &str) -> Result<Date, String> {
    typed.parse().map_err(|_| "no date; write it like 2026-11-21".to_owned())
}

fn field(typed: &str) -> Result<(String, String), String> {
    match typed.split_once('=') {
        Some((ours, theirs)) if !ours.is_empty() && !theirs.is_empty() => {
            let keys = parse::keys();
            if keys.contains(&ours) {
                return Ok((ours.to_owned(), theirs.to_owned()));
            }
            let nearest = nearest_name(ours, keys.iter().copied());
            let help = nearest.map_or_else(
                || format!("the keys are {}", keys.join(", ")),
                |nearest| format!("did you mean `{nearest}`?"),
            );
            Err(format!("`{ours}` is no key of ours; {help}"))
        }
        _ => Err("write it like `owner=maintainer`".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(words: &[&str]) -> Result<Arguments, String> {
        let typed: Vec<OsString> = words.iter().map(OsString::from).collect();
        parse_from(&typed).map_err(|fault| fault.to_string())
    }

    #[test]
    fn the_command_is_sound_and_every_subcommand_is_in_one_group() {
        command().debug_assert();
        let mut grouped: Vec<&str> = GROUPS.iter().flat_map(|(_, names)| *names).copied().collect();
        let command = command();
        let mut known: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
        grouped.sort_unstable();
        known.sort_unstable();
        assert_eq!(grouped, known);
    }

    #[test]
    fn the_help_groups_commands_by_who_uses_them() {
        assert_eq!(
            command().term_width(80).render_help().to_string(),
            "\
Compiles a git repository of Markdown policies into a handbook and a trust
center, with PDFs

Usage: avouch [OPTIONS] <COMMAND>

For authors:
  new          Begin a workspace from a complete SOC 2 starter of drafts
  serve        Show both sites in a browser while you write
  check        Report everything that is wrong with the content, and write nothing
  explain      Say what a rule means and what to do

For whoever publishes:
  build        Write the handbook and the trust center

For shells and editors:
  clean        Remove the cache: what runs remember of all workspaces
  completions  Print a script that completes commands and flags in a shell
  man          Print the manual page, or write all pages into a folder
  schema       Print JSON Schemas of the files of a workspace, for editors

Options:
      --color <WHEN>  Use colour: auto, always or never
  -q, --quiet         Say nothing but faults
  -h, --help          Print help
  -V, --version       Print version

`avouch COMMAND --help` says more and gives an example.
"
        );
    }

    #[test]
    fn faults_in_flags_suggest_the_nearest() {
        let fault = |words: &[&str]| parsed(words).unwrap_err();
        assert_eq!(
            fault(&["avouch", "check", "--basline", "x"]),
            "\
error: unexpected argument '--basline' found

  tip: a similar argument exists: '--baseline'

Usage: avouch check --baseline <FILE>

For more information, try '--help'.
"
        );
        assert_eq!(
            fault(&["avouch", "check", "--today", "21.11.2026"]),
            "\
error: invalid value '21.11.2026' for '--today <DATE>': no date; write it like 2026-11-21

For more information, try '--help'.
"
        );
        assert_eq!(
            fault(&["avouch", "build", "--fields", "owner"]),
            "\
error: invalid value 'owner' for '--fields <OURS=THEIRS>': write it like `owner=maintainer`

For more information, try '--help'.
"
        );
    }

    #[test]
    fn fields_come_in_pairs() {
        let arguments =
            parsed(&["avouch", "check", "--fields", "owner=maintainer,title=name"]).unwrap();
        let Command::Check(CheckArguments { source, .. }) = arguments.command else {
            unreachable!()
        };
        let pair = |ours: &str, theirs: &str| (ours.to_owned(), theirs.to_owned());
        assert_eq!(source.fields, [pair("owner", "maintainer"), pair("title", "name")]);
    }
}
