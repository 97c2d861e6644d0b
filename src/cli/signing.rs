//! What all commands that sign have in common: who signs, with which key, at which moment, and that
//! nothing is signed that was not shown.

use std::io::{self, BufRead as _, IsTerminal as _};
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::Timestamp;
use jiff::civil::Date;

use super::Failure;
use super::gather::Gathered;
use super::terminal::Terminal;
use crate::amend::replace::{Change, replace_all};
use crate::diagnostic::render::visible;
use crate::enact::Refusal;
use crate::model::assessment::Assessment;
use crate::model::corpus::Corpus;
use crate::sign::{Passphrase, Signer, agent_socket, keys_of_agent};
use crate::signature::{Namespace, PublicKey, Statement};

/// With which key, and whether anybody is asked.
#[derive(Debug, Args)]
pub(super) struct SigningArguments {
    /// Who acts: the id of a person in `content/people.yaml`.
    #[arg(long = "as", value_name = "PERSON")]
    pub(super) person: String,

    /// The private key, or the public one whose private half the agent has [default: a key of the
    /// person that the agent has].
    #[arg(long, value_name = "FILE", conflicts_with = "agent")]
    pub(super) key: Option<PathBuf>,

    /// Sign with a key of the person that the agent has.
    #[arg(long)]
    pub(super) agent: bool,

    /// The day of the decision, if it is not today's. It is a claim, as every date in a signature.
    #[arg(long, value_name = "DATE", value_parser = super::arguments::date)]
    pub(super) on: Option<Date>,

    /// Show what would be signed and which files would change, and do nothing.
    #[arg(long)]
    pub(super) dry_run: bool,

    /// Do not ask.
    #[arg(long)]
    pub(super) yes: bool,
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        let Refusal { message, help } = refusal;
        Self { message, help }
    }
}

/// The moment, in whole seconds, and whether it was told.
///
/// It is the clock's. Only a demonstration may be told another one, by `SOURCE_DATE_EPOCH`, so that its
/// story can be told again.
pub(super) fn now(corpus: &Corpus) -> (Timestamp, bool) {
    let epoch = std::env::var("SOURCE_DATE_EPOCH").ok().filter(|_| corpus.settings.is_demo);
    let told = epoch.and_then(|text| Timestamp::from_second(text.parse().ok()?).ok());
    let now = told.unwrap_or_else(Timestamp::now);
    (Timestamp::from_second(now.as_second()).unwrap_or(now), told.is_some())
}

/// The moment that is stated, and the day.
pub(super) fn moment(
    corpus: &Corpus,
    assessment: &Assessment,
    arguments: &SigningArguments,
) -> Result<(Timestamp, Date), Failure> {
    let (now, is_told) = now(corpus);
    let zone = jiff::tz::TimeZone::get(&corpus.settings.time_zone);
    let today = now.to_zoned(zone.unwrap_or(jiff::tz::TimeZone::UTC)).date();
    let on = arguments.on.unwrap_or(today);
    if on > today {
        return Err(Failure::new(format!("{on} has not come yet; today is {today}")));
    }
    if !is_told && assessment.today != today {
        let message = format!("states are computed for {}, and today is {today}", assessment.today);
        return Err(Failure::new(message)
            .help("sign without `--today`, and without `today:` in the settings"));
    }
    Ok((now, on))
}

/// Finds the key of a person.
pub(super) fn signer(
    arguments: &SigningArguments,
    keys: &[String],
    terminal: Terminal,
) -> Result<Signer, Failure> {
    let failed =
        |failure: crate::sign::SignFailure| Failure::new(failure.to_string()).help(failure.help());
    let socket = agent_socket();
    let signer = if let Some(file) = &arguments.key {
        let mut ask = |key: &PublicKey| ask_passphrase(key, file);
        Signer::of_file(file, socket.as_deref(), &mut ask).map_err(failed)?
    } else {
        let help = "name the file of your key with `--key`";
        let Some(socket) = socket else {
            return Err(Failure::new("there is no agent, and no key is named").help(help));
        };
        let held = keys_of_agent(&socket).map_err(failed)?;
        let own = held.into_iter().find(|it| keys.contains(&it.key.line()));
        let Some(own) = own else {
            let message = format!("the agent has no key of `{}`", arguments.person);
            return Err(Failure::new(message).help(help));
        };
        Signer::of_agent(&socket, &own.key).map_err(failed)?
    };
    if let Some(warning) = signer.warning() {
        terminal.say(&format!("warning: {}", visible(&warning.to_string())))?;
    }
    if !keys.contains(&signer.public_key().line()) {
        let message = format!(
            "the key {} is none of `{}` in `content/people.yaml`",
            signer.public_key().fingerprint(),
            arguments.person
        );
        let help = format!("add it: `avouch people key {} FILE.pub`", arguments.person);
        return Err(Failure::new(message).help(help));
    }
    Ok(signer)
}

/// Asks for the passphrase of a key, on the terminal and without showing it.
fn ask_passphrase(key: &PublicKey, file: &Path) -> Option<Passphrase> {
    let prompt = format!("Passphrase of {} ({}): ", file.display(), key.fingerprint());
    read_hidden(&prompt).map(Passphrase::new)
}

/// Reads a line from the terminal without showing it. Where there is no terminal, nothing is read.
#[cfg(unix)]
fn read_hidden(prompt: &str) -> Option<Vec<u8>> {
    use std::io::Write as _;

    use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};

    let mut terminal = std::fs::File::options().read(true).write(true).open("/dev/tty").ok()?;
    terminal.write_all(prompt.as_bytes()).ok()?;
    let before = tcgetattr(&terminal).ok()?;
    let mut hidden = before.clone();
    hidden.local_modes.remove(LocalModes::ECHO);
    tcsetattr(&terminal, OptionalActions::Flush, &hidden).ok()?;
    let mut line = Vec::new();
    let read = io::BufReader::new(&terminal).read_until(b'\n', &mut line);
    // The terminal is as it was, whatever was read.
    tcsetattr(&terminal, OptionalActions::Flush, &before).ok()?;
    let _ = terminal.write_all(b"\n");
    read.ok()?;
    while line.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
        line.pop();
    }
    Some(line)
}

#[cfg(not(unix))]
fn read_hidden(_: &str) -> Option<Vec<u8>> {
    None
}

/// Asks whether to go on. Where nobody can answer, the answer is no.
pub(super) fn confirm(question: &str, terminal: Terminal) -> Result<bool, Failure> {
    if !io::stdin().is_terminal() {
        return Err(Failure::new("nobody is here to confirm this")
            .help("run it in a terminal, or with `--yes` and what it asks for besides"));
    }
    terminal.talk(&format!("{question} [y/N] "))?;
    let mut answer = String::new();
    io::stdin()
        .lock()
        .read_line(&mut answer)
        .map_err(|cause| Failure::new(format!("the answer could not be read: {cause}")))?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

/// Signs a statement.
pub(super) fn sign(signer: &Signer, statement: &Statement) -> Result<String, Failure> {
    let namespace: Namespace = statement.decision.act().namespace();
    signer
        .sign(namespace, statement.to_string().as_bytes())
        .map_err(|failure| Failure::new(failure.to_string()).help(failure.help()))
}

/// Writes all files of an act, or none.
pub(super) fn write(gathered: &Gathered, changes: &[Change]) -> Result<(), Failure> {
    replace_all(&gathered.home, changes)
        .map_err(|failure| Failure::new(failure.to_string()).help(failure.help()))
}

/// Lists the files of an act.
pub(super) fn list(gathered: &Gathered, changes: &[Change]) -> String {
    let lines = changes.iter().map(|change| {
        let word = if change.expected.is_some() { "changes" } else { "new" };
        format!("  {word:8} {}\n", visible(&gathered.shown.path(&change.path)))
    });
    lines.collect()
}
