//! `avouch campaign`: many documents, reviewed by one day, from the first packet to the signed report.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use super::approve::{indented, judged, keys_of};
use super::arguments::{
    CampaignCommand, CloseCampaignArguments, DocumentKind, StartCampaignArguments,
    StatusCampaignArguments,
};
use super::duties::{hanging, length, pad, relative, shortened};
use super::gather::{Gathered, counted, gather};
use super::signing;
use super::status::person_ids;
use super::terminal::{Stream, Terminal};
use super::{Failure, Outcome};
use crate::amend::replace::Change;
use crate::assess::campaigns::progress;
use crate::assess::duties::{Judged, reviewers};
use crate::diagnostic::nearest_name;
use crate::diagnostic::render::visible;
use crate::enact::{self, Deed};
use crate::model::assessment::Lifecycle;
use crate::model::campaign::{
    CAMPAIGN, CAMPAIGNS, CLOSING, Campaign, Closing, Outcome as Came, Scoped,
};
use crate::model::corpus::Corpus;
use crate::model::document::Kind;
use crate::model::id::Id;
use crate::pipeline::{self, Checked};
use crate::signature::{Change as HowMuch, Decision};
use crate::span::{Place, Span, Spanned};

const BOLD: Style = Style::new().bold();
const OPEN: Style = AnsiColor::Yellow.on_default().bold();
const DONE: Style = AnsiColor::Green.on_default();

pub(super) fn run(command: &CampaignCommand, terminal: Terminal) -> Result<Outcome, Failure> {
    match command {
        CampaignCommand::Start(arguments) => start(arguments, terminal),
        CampaignCommand::Status(arguments) => status(arguments, terminal),
        CampaignCommand::Close(arguments) => close(arguments, terminal),
    }
}

fn start(arguments: &StartCampaignArguments, terminal: Terminal) -> Result<Outcome, Failure> {
    let gathered = gather(&arguments.source, terminal)?;
    let checked = pipeline::judge(&gathered.inputs);
    let Checked { corpus, assessment, .. } = &checked;
    let today = assessment.today;
    if !corpus.settings.is_workspace {
        return Err(Failure::new("there is no `content/workspace.yaml`")
            .help("begin a workspace with `avouch new`"));
    }
    let name = name(corpus, &arguments.name)?;
    let by = person_ids(corpus, std::slice::from_ref(&arguments.person), today)?;
    if corpus.person(&arguments.person).is_none() {
        return Err(Failure::new(format!("`{}` is no person", visible(&arguments.person)))
            .help(format!("name one of {}", by.join(", "))));
    }
    if arguments.due < today {
        return Err(Failure::new(format!("{} has passed; today is {today}", arguments.due)));
    }
    let path = format!("{CAMPAIGNS}/{name}/{CAMPAIGN}").into();
    let place = Place::new(&path, Span::default());
    let documents = scope(&checked, arguments, &place)?;
    let nobody: Vec<&str> = documents
        .iter()
        .filter(|it| it.reviewers.is_empty())
        .map(|it| it.id.value.as_str())
        .collect();
    if !nobody.is_empty() {
        return Err(Failure::new(format!("nobody can review {} today", nobody.join(", ")))
            .help("give them an owner who is there, or name reviewers in a rule of approval"));
    }
    let campaign = Campaign {
        name,
        path,
        title: arguments.title.clone(),
        due: arguments.due,
        started_by: Spanned::new(arguments.person.clone(), Span::default()),
        started_on: today,
        documents,
        closing: None,
    };
    let new = |path: String, text: String| Change {
        path: path.as_str().into(),
        expected: None,
        new: Some(text.into_bytes()),
    };
    let mut changes = vec![new(campaign.path.to_string(), enact::start(&campaign)?)];
    for reviewer in campaign.reviewers() {
        let text = enact::packet(corpus, assessment, &campaign, reviewer);
        changes.push(new(campaign.file(&format!("packets/{reviewer}.md")), text));
    }
    if arguments.dry_run {
        terminal.data(&signing::list(&gathered, &changes))?;
        terminal.say("Nothing was written.")?;
        return Ok(Outcome::Fine);
    }
    signing::write(&gathered, &changes)?;
    terminal.data(&signing::list(&gathered, &changes))?;
    terminal.say(&format!(
        "\nThe campaign `{}` is about {} for {}, by {}. Commit these files and give each reviewer \
         their packet.",
        campaign.name,
        counted(campaign.documents.len(), "document"),
        counted(campaign.reviewers().len(), "reviewer"),
        campaign.due
    ))?;
    Ok(Outcome::Fine)
}

/// Checks the name of a new campaign.
fn name(corpus: &Corpus, typed: &str) -> Result<Id, Failure> {
    let Some(name) = Id::parse(typed) else {
        return Err(Failure::new(format!("`{}` cannot be the name of a campaign", visible(typed)))
            .help("a name has ASCII letters, digits, `-`, `_` and `.`, such as `annual-2026`"));
    };
    if corpus.names.contains_key(&typed.to_ascii_lowercase()) {
        return Err(Failure::new(format!("`{typed}` is an id of something else already")));
    }
    let is_it = |it: &&Campaign| it.name.as_str().eq_ignore_ascii_case(typed);
    if corpus.records.campaigns.iter().find(is_it).is_some() {
        return Err(Failure::new(format!("there is a campaign `{typed}` already"))
            .help(format!("`avouch campaign status {typed}` says how far it is")));
    }
    Ok(name)
}

/// Returns the documents of a new campaign, with the texts in force.
fn scope(
    checked: &Checked,
    arguments: &StartCampaignArguments,
    place: &Place,
) -> Result<Vec<Scoped>, Failure> {
    let Checked { corpus, assessment, .. } = checked;
    for named in &arguments.documents {
        if corpus.document_by_id(named).is_none() {
            let failure = Failure::new(format!("there is no document `{}`", visible(named)));
            let ids = corpus.documents.iter().map(|it| it.id.value.as_str());
            return Err(match nearest_name(named, ids) {
                Some(nearest) => failure.help(format!("did you mean `{nearest}`?")),
                None => failure,
            });
        }
    }
    let is_kind = |kind: Kind| {
        arguments.kinds.is_empty() || arguments.kinds.iter().any(|it| it.kind() == kind)
    };
    let mut documents = Vec::new();
    for (number, document) in corpus.documents.iter().enumerate() {
        let id = document.id.value.as_str();
        let is_named = arguments.documents.iter().any(|it| it.eq_ignore_ascii_case(id));
        let is_tagged = arguments.tags.is_empty()
            || document.tags.iter().any(|tag| arguments.tags.contains(tag));
        let is_meant = if arguments.documents.is_empty() {
            is_kind(document.kind) && is_tagged
        } else {
            is_named
        };
        if !is_meant || !document.kind.is_governed() {
            continue;
        }
        let standing = &assessment.documents[number];
        if standing.lifecycle != Lifecycle::InForce {
            if is_named {
                return Err(Failure::new(format!(
                    "`{id}` is not in force, so nobody can review it"
                ))
                .help("have it approved first, or leave it out"));
            }
            continue;
        }
        let in_force = standing.in_force.as_ref();
        let version = in_force.and_then(|it| it.version.clone());
        let of_file = document.version.as_ref().map(|it| it.value.clone());
        documents.push(Scoped {
            id: Spanned::new(document.id.value.to_string(), Span::default()),
            version: version.or(of_file),
            digest: in_force.and_then(|it| it.digest).unwrap_or(standing.digest),
            reviewers: reviewers(Judged { corpus, assessment }, number),
            place: place.clone(),
        });
    }
    if documents.is_empty() {
        return Err(Failure::new("no document in force is meant by this")
            .help("name documents, kinds or tags; drafts are approved, not reviewed"));
    }
    Ok(documents)
}

/// Finds a campaign by its name.
fn find<'c>(corpus: &'c Corpus, name: &str) -> Result<&'c Campaign, Failure> {
    let campaigns = &corpus.records.campaigns;
    let is_it = |it: &&Campaign| it.name.as_str().eq_ignore_ascii_case(name);
    campaigns.iter().find(is_it).ok_or_else(|| {
        let failure = Failure::new(format!("there is no campaign `{}`", visible(name)));
        let names: Vec<&str> = campaigns.iter().map(|it| it.name.as_str()).collect();
        match (nearest_name(name, names.iter().copied()), names.is_empty()) {
            (Some(nearest), _) => failure.help(format!("did you mean `{nearest}`?")),
            (None, false) => failure.help(format!("there are {}", names.join(", "))),
            (None, true) => failure.help("begin one with `avouch campaign start`"),
        }
    })
}

fn status(arguments: &StatusCampaignArguments, terminal: Terminal) -> Result<Outcome, Failure> {
    let gathered = gather(&arguments.source, terminal)?;
    let checked = pipeline::judge(&gathered.inputs);
    let Checked { corpus, assessment, .. } = &checked;
    let campaign = find(corpus, &arguments.name)?;
    let progress = progress(corpus, assessment, campaign);
    let width = Stream::Data.width().unwrap_or(100).min(120);
    terminal.data(&table(corpus, (campaign, &progress), assessment.today, width))?;
    let is_late = progress.open() > 0
        && campaign.due < assessment.today
        && !matches!(progress.closing, Closing::Closed(_));
    Ok(if is_late { Outcome::Errors } else { Outcome::Fine })
}

/// Writes how far a campaign is.
fn table(
    corpus: &Corpus,
    (campaign, progress): (&Campaign, &crate::model::campaign::Progress),
    today: jiff::civil::Date,
    width: usize,
) -> String {
    let title = campaign.title.as_ref().map(|title| format!(", {}", visible(title)));
    let total = progress.outcomes.len();
    let closing = match &progress.closing {
        Closing::Open => format!("due {} ({})", campaign.due, relative(campaign.due, today)),
        Closing::Closed(deed) => format!("closed on {} by {}", deed.on, visible(&deed.by)),
        Closing::Unsigned => format!("`{CLOSING}` is not signed by whoever must"),
        Closing::Altered => format!("`{CLOSING}` is not the report that was signed"),
    };
    // Writing to a string cannot fail.
    let mut text = String::new();
    let _ = writeln!(
        text,
        "{BOLD}{}{}{BOLD:#}: {} of {total} done, {closing}",
        campaign.name,
        title.unwrap_or_default(),
        total - progress.open()
    );
    let _ = writeln!(
        text,
        "Started on {} by {}\n",
        campaign.started_on,
        visible(&campaign.started_by.value)
    );
    let ids = campaign.documents.iter().map(|it| length(&visible(&it.id.value)));
    let room = ids.max().unwrap_or_default();
    let mut rows: Vec<(&Scoped, &Came)> =
        campaign.documents.iter().zip(&progress.outcomes).collect();
    rows.sort_by_key(|(_, outcome)| outcome.is_done());
    for (scoped, outcome) in rows {
        let id = visible(&scoped.id.value);
        let style = if outcome.is_done() { DONE } else { OPEN };
        let word = outcome.word();
        let detail = match outcome {
            Came::Open | Came::Gone => {
                format!("waits for {}", shortened(&visible(&scoped.reviewers.join(" or ")), 40))
            }
            Came::Reviewed(deed) | Came::Changed { deed, .. } => {
                format!("{} by {}", deed.on, visible(&deed.by))
            }
            Came::Retired(date) => date.map(|it| it.to_string()).unwrap_or_default(),
        };
        let title = corpus.document_by_id(&scoped.id.value);
        let title = title.map(|(_, it)| corpus.filled(&it.title.value).into_owned());
        let detail = format!("{detail} · {}", visible(&title.unwrap_or_default()));
        let indent = 2 + 20 + 2 + room + 2;
        let _ = write!(
            text,
            "  {style}{word:20}{style:#}  {id}{}  {}",
            pad(&id, room),
            hanging(&detail, indent, width)
        );
    }
    text.push('\n');
    for reviewer in campaign.reviewers() {
        let theirs = || {
            campaign
                .documents
                .iter()
                .zip(&progress.outcomes)
                .filter(|(it, _)| it.reviewers.iter().any(|one| one == reviewer))
        };
        let done = theirs().filter(|(_, outcome)| outcome.is_done()).count();
        let _ = writeln!(text, "  {}: {done} of {}", visible(reviewer), theirs().count());
    }
    text
}

fn close(arguments: &CloseCampaignArguments, terminal: Terminal) -> Result<Outcome, Failure> {
    let (gathered, checked) = judged(&arguments.source, terminal)?;
    let Checked { corpus, assessment, .. } = &checked;
    let campaign = find(corpus, &arguments.name)?;
    let progress = progress(corpus, assessment, campaign);
    match &progress.closing {
        Closing::Open => {}
        Closing::Closed(deed) => {
            let message = format!("`{}` was closed on {} by {}", campaign.name, deed.on, deed.by);
            return Err(Failure::new(message));
        }
        Closing::Unsigned | Closing::Altered => {
            let message = format!("there is a closing report of `{}` already", campaign.name);
            let help = format!(
                "remove or restore `{}`: `avouch check` says what is wrong with it",
                campaign.file(CLOSING)
            );
            return Err(Failure::new(message).help(help));
        }
    }
    let (signed_at, decided_on) = signing::moment(corpus, assessment, &arguments.signing)?;
    let deed = Deed {
        decision: Decision::Approve,
        by: arguments.signing.person.clone(),
        on_behalf_of: None,
        role: arguments.role.clone(),
        decided_on,
        signed_at,
        reason: arguments.reason.clone(),
        considered: Vec::new(),
        conclusion: None,
        change: HowMuch::Material,
        summary: None,
    };
    let report = enact::close(corpus, assessment, (campaign, &progress), deed)?;
    terminal.data(&format!(
        "{}\n{BOLD}What is signed{BOLD:#}\n\n{}",
        report.text,
        indented(&report.statement)
    ))?;
    let filed = |gathered: &Gathered, armour: &str| -> Result<Vec<Change>, Failure> {
        let snapshot = &gathered.inputs.snapshot;
        let mut changes = enact::filed(corpus, snapshot, &report.statement, armour)?;
        changes.push(Change {
            path: campaign.file(CLOSING).as_str().into(),
            expected: None,
            new: Some(report.text.clone().into_bytes()),
        });
        Ok(changes)
    };
    if arguments.signing.dry_run {
        terminal.data(&format!("\n{}", signing::list(&gathered, &filed(&gathered, "")?)))?;
        terminal.say("Nothing was signed or changed.")?;
        return Ok(Outcome::Fine);
    }
    let keys = keys_of(&checked, &arguments.signing.person);
    let signer = signing::signer(&arguments.signing, &keys, terminal)?;
    let question = format!("Sign as {} with this report?", visible(&arguments.signing.person));
    if !arguments.signing.yes && !signing::confirm(&question, terminal)? {
        return Err(Failure::new("nothing was signed"));
    }
    let armour = signing::sign(&signer, &report.statement)?;
    signing::write(&gathered, &filed(&gathered, &armour)?)?;
    let (_, again) = judged(&arguments.source, terminal)?;
    let campaign = find(&again.corpus, &arguments.name)?;
    let state = crate::assess::campaigns::progress(&again.corpus, &again.assessment, campaign);
    let told = match state.closing {
        Closing::Closed(_) => format!("The campaign `{}` is closed.", campaign.name),
        _ => "More must sign the report before the campaign counts as closed.".to_owned(),
    };
    terminal.say(&format!(
        "\nSigned by {} with {}.\n{told} The report is `{}`.",
        report.statement.by,
        signer.public_key().fingerprint(),
        gathered.shown.path(&campaign.file(CLOSING))
    ))?;
    Ok(Outcome::Fine)
}

impl DocumentKind {
    fn kind(self) -> Kind {
        match self {
            Self::Policy => Kind::Policy,
            Self::Procedure => Kind::Procedure,
            Self::Narrative => Kind::Narrative,
        }
    }
}
