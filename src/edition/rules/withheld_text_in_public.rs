//! `withheld-text-in-public`: text that is withheld, found in public output.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "withheld-text-in-public",
    level: Level::Error,
    fixed: true,
    is_secret: true,
    summary: "text that is withheld, found in public output",
    explanation: "Words of a document, block, name, address or pattern that is not public stand in \
        something that everybody can read: a page or a tag in it, a feed, an attachment, a picture, \
        a file of your theme. What attachments pack, as PDFs and archives do, is not unpacked. The \
        message shows the place and a masked excerpt, because logs may be public.",
};
