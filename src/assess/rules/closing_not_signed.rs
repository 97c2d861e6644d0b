//! `closing-not-signed`: a closing report of a campaign that is not one that counts.

use crate::assess::campaigns::progress;
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::assessment::Assessment;
use crate::model::campaign::{CLOSING, Closing};
use crate::model::corpus::Corpus;
use crate::span::{FilePath, Place, Span};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "closing-not-signed",
    level: Level::Error,
    fixed: true,
    is_secret: false,
    summary: "a closing report of a campaign that is not one that counts",
    explanation: "A campaign is closed by a report that says what came of each document. Whoever closes it \
        signs the digest of the report. This report has another digest than the one that was signed, \
        or nobody whose signature counts has signed one. It was edited, or was not made by `avouch \
        campaign close`. Take the file back from git, or remove it and close the campaign.",
};

/// Reports closing reports that nobody signed as they stand.
pub(super) fn check(corpus: &Corpus, assessment: &Assessment, diagnostics: &mut Vec<Diagnostic>) {
    for campaign in &corpus.records.campaigns {
        let name = &campaign.name;
        let message = match progress(corpus, assessment, campaign).closing {
            Closing::Open | Closing::Closed(_) => continue,
            Closing::Unsigned => {
                format!("nobody whose signature counts has signed that `{name}` is closed by this")
            }
            Closing::Altered if campaign.closing.is_none() => {
                format!("`{name}` was closed, and its closing report is missing")
            }
            Closing::Altered => {
                format!("this is not the report by which `{name}` was closed")
            }
        };
        let path = match &campaign.closing {
            Some(_) => FilePath::from(campaign.file(CLOSING).as_str()),
            None => FilePath::clone(&campaign.path),
        };
        let help = "take the report back from git, or remove it and close the campaign with `avouch \
            campaign close`";
        let place = Place::new(&path, Span::default());
        diagnostics.push(Diagnostic::new(&RULE, place, message).help(help));
    }
}
