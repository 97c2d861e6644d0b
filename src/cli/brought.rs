//! `avouch verify --witness`: what whoever verifies knows from elsewhere of when records were there.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::Failure;
use super::record::read_export;
use crate::diagnostic::render::visible;
use crate::import::log;
use crate::model::judgement::Witnesses;
use crate::pipeline::Inputs;
use crate::verify::Evidence;
use crate::verify::witness::{self, Manifest, Source};

/// A file that is named, with the day on which whoever verifies had it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Brought {
    file: PathBuf,
    had_on: Option<Date>,
}

impl Brought {
    /// Reads `FILE` or `FILE@2026-03-31`.
    pub(super) fn parse(typed: &str) -> Result<Self, String> {
        // An `@` with anything else behind it belongs to the name of the file.
        let is_day = |text: &str| {
            text.len() == 10 && text.bytes().all(|it| it.is_ascii_digit() || it == b'-')
        };
        match typed.rsplit_once('@').filter(|(_, day)| is_day(day)) {
            Some((file, day)) => {
                let day = day.parse().map_err(|_| format!("there is no day `{day}`"))?;
                Ok(Self { file: file.into(), had_on: Some(day) })
            }
            None => Ok(Self { file: typed.into(), had_on: None }),
        }
    }
}

/// Where and when somebody verifies.
pub(super) struct Place<'p> {
    /// The folder of the workspace.
    pub(super) home: &'p Path,
    /// The moment.
    pub(super) now: Timestamp,
}

/// Reads everything that is named, and finds which records it saw.
pub(super) fn look(
    named: &[Brought],
    place: &Place<'_>,
    inputs: &Inputs,
    evidence: &Evidence<'_>,
) -> Result<(Witnesses, Vec<Source>), Failure> {
    let (mut witnesses, mut sources) = (Witnesses::new(), Vec::new());
    for brought in named {
        refuse_own(&brought.file, place.home)?;
        let bytes = read_export(&brought.file)?;
        let text = String::from_utf8_lossy(&bytes);
        let (found, source) = match Manifest::read(&text) {
            Ok(manifest) => of_manifest(brought, &manifest, place, evidence)?,
            Err(_) => of_log(brought, &bytes, place, (inputs, evidence))?,
        };
        witness::merge(&mut witnesses, found);
        sources.push(source);
    }
    Ok((witnesses, sources))
}

/// Refuses a file of the repository itself: whoever may push may write it.
fn refuse_own(file: &Path, home: &Path) -> Result<(), Failure> {
    let real = |path: &Path| path.canonicalize().map_err(|it| Failure::of_file("read", path, &it));
    let (found, home) = (real(file)?, real(home)?);
    let repository = home.ancestors().find(|folder| folder.join(".git").exists());
    if found.starts_with(repository.unwrap_or(&home)) {
        let message =
            format!("`{}` stands in the repository that it would vouch for", file.display());
        return Err(Failure::new(message)
            .help("get it from the host or from your own archive, and keep it elsewhere"));
    }
    Ok(())
}

fn name(file: &Path) -> String {
    visible(&file.file_name().unwrap_or(file.as_os_str()).to_string_lossy()).into_owned()
}

fn of_log(
    brought: &Brought,
    bytes: &[u8],
    place: &Place<'_>,
    (inputs, evidence): (&Inputs, &Evidence<'_>),
) -> Result<(Witnesses, Source), Failure> {
    let name = name(&brought.file);
    let failed = |message: String| Failure::new(format!("`{name}` is no witness: {message}"));
    if brought.had_on.is_some() {
        return Err(failed("a log says its moments itself".to_owned())
            .help("leave the day out; only a list of sums needs one"));
    }
    let log = log::read(bytes).map_err(|fault| {
        failed(visible(&fault.message).into_owned()).help(format!(
            "{}; or name the `SHA256SUMS` of an earlier export",
            visible(&fault.help)
        ))
    })?;
    let history = inputs.history.history();
    let history = history.map_err(|failure| failed(failure.to_string()))?;
    let seen: Vec<(Timestamp, String)> =
        log.seen.into_iter().map(|it| (it.at, it.commit)).collect();
    // A day of people may be behind that of UTC, and nothing comes from days that have not come.
    let until = end_of(evidence.assessment.today.saturating_add(1.day())).min(place.now);
    let (witnesses, mut source) = witness::of_log(evidence, history, (&name, &seen), until);
    let refused = log.refused;
    if let Some(first) = refused.first() {
        let (line, reason) = (first.line, &first.reason);
        let rest = refused.len();
        source
            .notes
            .push(format!("{rest} of its entries are not used; the first is {line}: {reason}"));
    }
    Ok((witnesses, source))
}

fn of_manifest(
    brought: &Brought,
    manifest: &Manifest,
    place: &Place<'_>,
    evidence: &Evidence<'_>,
) -> Result<(Witnesses, Source), Failure> {
    let name = name(&brought.file);
    let failed = |message: &dyn std::fmt::Display| {
        Failure::new(format!("`{name}` is no witness: {message}"))
    };
    let had = brought.had_on.map(end_of);
    if let Some(day) = brought.had_on.filter(|day| end_of(*day) > end_of(utc(place.now))) {
        return Err(failed(&format!("{day} has not come")));
    }
    let beside = |ending: &str| {
        let mut path = brought.file.clone().into_os_string();
        path.push(ending);
        PathBuf::from(path)
    };
    let (signature, stamp) = (beside(".sig"), beside(".sig.tsr"));
    let signed = if signature.exists() {
        let armour = fs::read_to_string(&signature)
            .map_err(|cause| Failure::of_file("read", &signature, &cause))?;
        let token = if stamp.exists() { Some(read_export(&stamp)?) } else { None };
        let signed = manifest.signed(evidence, (&armour, token.as_deref()), had);
        Some(signed.map_err(|fault| failed(&fault))?)
    } else {
        None
    };
    let signer = signed.as_ref().map(|it| it.signer.clone());
    let stamped = signed.and_then(|it| it.stamp);
    let (at, source) = match (stamped, had) {
        (Some((at, authority)), had) if had.is_none_or(|had| at <= had) => {
            (at, format!("time stamp by {authority}"))
        }
        (_, Some(had)) => (had, "which you say you had by then".to_owned()),
        (_, None) => {
            let help = format!(
                "say on which day you had it: `--witness {}@2026-03-31`; a signature says no time",
                brought.file.display()
            );
            return Err(failed(&"nothing says when it was there").help(help));
        }
    };
    let what = match signer {
        Some(signer) => format!("a list of sums {signer}, {source}"),
        None => format!("a list of sums, {source}"),
    };
    Ok(witness::of_manifest(evidence, (&name, manifest), (at, &what)))
}

fn utc(moment: Timestamp) -> Date {
    moment.to_zoned(TimeZone::UTC).date()
}

/// Returns the last second of a day of UTC.
fn end_of(day: Date) -> Timestamp {
    let next = day.saturating_add(1.day()).to_zoned(TimeZone::UTC);
    let next = next.map_or(Timestamp::MAX, |next| next.timestamp());
    next.saturating_sub(1.second()).unwrap_or(next)
}
