//! What can be typed after `avouch`.

mod deciding;
mod leading;
mod people;
mod record;
mod verify;

use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::PathBuf;

use anstyle::{AnsiColor, Style};
use clap::builder::Styles;
use clap::{ArgAction, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jiff::civil::Date;

pub(super) use self::deciding::{
    AcknowledgeArguments, ApproveArguments, DecisionChoice, ReviewArguments,
};
pub(super) use self::leading::{
    CampaignCommand, CloseCampaignArguments, DocumentKind, RemindArguments, StartCampaignArguments,
    StatusArguments, StatusCampaignArguments,
};
pub(super) use self::people::{
    FormChoice, ImportPeopleArguments, OffboardArguments, PeopleCommand, PersonArguments,
    PublicKeyArguments, RoleArguments, SignRingArguments,
};
pub(super) use self::record::{
    MethodChoice, OrderChoice, RecordAddArguments, RecordCommand, RecordImportArguments,
    RecordSignArguments, RecordStampArguments,
};
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

For approvers:
  approve      Decide on texts, and sign it
  review       State that texts in force were reviewed and stay as they are, and sign it
  acknowledge  State that you have read texts in force and will follow them, and sign it
  people       Change people, roles and keys, and sign what they are: the ring
  record       File what was signed or decided elsewhere

For whoever leads:
  status       Say what needs whom by when
  campaign     Have many documents reviewed by one day, such as once a year
  remind       Write what is due as a calendar and a letter for each person

For whoever publishes:
  build        Write the handbook and the trust center

For auditors:
  verify       Verify every signature, ring and text, and say what is weak

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
