//! The edition for customers: [`disclose`](TrustCenter::disclose) is the only way into it.
//!
//! Everything here may be read by anyone. Its values have private fields and no constructor but
//! `disclose`, which takes every internal value apart by name: a new field breaks the build until
//! someone decides about it. Something is public only if its author says so, *and* its source is
//! valid, *and* the switch of the workspace is on.
//!
//! A withheld body cannot be put where a public one is expected:
//!
//! ```compile_fail
//! use avouch::model::body::{Body, Disclosed, Resolved};
//! fn publish(body: Body<Resolved>) -> Body<Disclosed> {
//!     body
//! }
//! ```
//!
//! while a public one can:
//!
//! ```
//! use avouch::model::body::{Body, Disclosed};
//! fn publish(body: Body<Disclosed>) -> Body<Disclosed> {
//!     body
//! }
//! ```
//!
//! A restricted block does not exist in public text, so there is nothing to construct it from:
//!
//! ```compile_fail
//! use avouch::model::body::{BlockKind, Disclosed};
//! let block: BlockKind<Disclosed> = BlockKind::Restricted(Vec::new());
//! ```
//!
//! while internal text has them:
//!
//! ```
//! use avouch::model::body::{BlockKind, Resolved};
//! let block: BlockKind<Resolved> = BlockKind::Restricted(Vec::new());
//! ```
//!
//! A public id cannot be made outside the crate:
//!
//! ```compile_fail
//! let id = avouch::model::id::PublicId::vouched(&avouch::model::id::Id::parse("POL-AC").unwrap());
//! ```
//!
//! while any id can:
//!
//! ```
//! let id = avouch::model::id::Id::parse("POL-AC").unwrap();
//! ```
//!
//! A public document cannot be written out field by field:
//!
//! ```compile_fail
//! use avouch::edition::trust_center::PublicUpdate;
//! let update = PublicUpdate { title: "internal".to_owned() };
//! ```
//!
//! while it can be read:
//!
//! ```
//! use avouch::edition::trust_center::PublicUpdate;
//! fn title(update: &PublicUpdate) -> &str {
//!     update.title()
//! }
//! ```
//!
//! Words are public only where the gate made them, which leaves no variable in them:
//!
//! ```compile_fail
//! let words = avouch::edition::PublicText("within {{ facts.rto }}".to_owned());
//! ```
//!
//! while they can be read:
//!
//! ```
//! fn words(words: &avouch::edition::PublicText) -> &str {
//!     words.as_str()
//! }
//! ```

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::PublicText;
use crate::model::asset::Asset;
use crate::model::body::{Body, Disclosed};
use crate::model::id::PublicId;
use crate::model::register::AttestationKind;
use crate::model::settings::{Organisation, Paper};
use crate::span::FilePath;

/// Declares a value that anyone may read: private fields, a getter for each.
macro_rules! public {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub struct $name { $(pub(in crate::edition) $field: $type,)+ }

        impl $name {
            $($(#[$field_doc])*
            #[must_use]
            pub fn $field(&self) -> &$type { &self.$field })+
        }
    };
}

public! {
    /// All that customers may read.
    TrustCenter {
        /// Returns the organisation.
        organisation: Organisation,
        /// Returns whether all this is a fictional demonstration.
        is_demo: bool,
        /// Returns the language of the texts.
        language: String,
        /// Returns the paper of PDFs.
        paper: Paper,
        /// Returns where it will be served.
        url: Option<String>,
        /// Returns where to write about security.
        security_contact: Option<String>,
        /// Returns where to write about privacy.
        privacy_contact: Option<String>,
        /// Returns what `security.txt` says.
        security_txt: Option<PublicSecurityTxt>,
        /// Returns the newest date of anything in it.
        as_of: Option<Date>,
        /// Returns the headline.
        headline: Option<Body<Disclosed>>,
        /// Returns the statement under it.
        statement: Option<Body<Disclosed>>,
        /// Returns facts that reviewers copy.
        glance: Vec<(PublicText, Body<Disclosed>)>,
        /// Returns what is not covered.
        not_covered: Vec<Body<Disclosed>>,
        /// Returns the documents that anyone may read, pages included.
        documents: Vec<PublicDocument>,
        /// Returns the documents that anyone may know of.
        listed_documents: Vec<ListedDocument>,
        /// Returns the controls that anyone may know of.
        controls: Vec<PublicControl>,
        /// Returns the frameworks to which public controls are mapped.
        frameworks: Vec<PublicFramework>,
        /// Returns the attestations.
        attestations: Vec<PublicAttestation>,
        /// Returns the subprocessors.
        subprocessors: Vec<PublicSubprocessor>,
        /// Returns the questions.
        questions: Vec<PublicQuestion>,
        /// Returns the news, newest first.
        updates: Vec<PublicUpdate>,
        /// Returns the terms.
        terms: Vec<PublicTerm>,
        /// Returns the files that public text shows, by path in the workspace.
        files: BTreeMap<FilePath, Asset>,
    }
}

public! {
    /// What `security.txt` says.
    PublicSecurityTxt {
        /// Returns the last day on which it may be used.
        expires: Date,
        /// Returns the disclosure policy.
        policy: Option<String>,
        /// Returns preferred languages.
        languages: Vec<String>,
    }
}

public! {
    /// A document that anyone may read.
    PublicDocument {
        /// Returns its id.
        id: PublicId,
        /// Returns the file it comes from, for messages to its author.
        source: FilePath,
        /// Returns its address without ending: `policies/information-security`.
        stem: String,
        /// Returns the word for its kind.
        kind: &'static str,
        /// Returns the plural of that word.
        kind_plural: &'static str,
        /// Returns whether it is a free page and not a governed document.
        is_page: bool,
        /// Returns its place among pages.
        order: i64,
        /// Returns its title.
        title: PublicText,
        /// Returns its sentence for customers.
        summary: Option<PublicText>,
        /// Returns words by which it is found.
        keywords: Vec<PublicText>,
        /// Returns its version.
        version: Option<String>,
        /// Returns the title of the role that owns it; never a person.
        owner: Option<PublicText>,
        /// Returns the first day on which it counts.
        effective: Option<Date>,
        /// Returns the day of its last approval or recorded review.
        last_reviewed: Option<Date>,
        /// Returns the day by which it is to be reviewed again.
        next_review: Option<Date>,
        /// Returns the role of the approver and the day; never a person.
        approvals: Vec<(PublicText, Date)>,
        /// Returns whether every approval that it needed is signed.
        is_signed: bool,
        /// Returns what its versions changed, as authors wrote it for customers.
        revisions: Vec<PublicRevision>,
        /// Returns its text.
        body: Body<Disclosed>,
    }
}

public! {
    /// What a version changed.
    PublicRevision {
        /// Returns the version.
        version: String,
        /// Returns its date.
        date: Option<Date>,
        /// Returns what changed.
        summary: PublicText,
    }
}

public! {
    /// A document that anyone may know of: the text is given on request.
    ListedDocument {
        /// Returns its id.
        id: PublicId,
        /// Returns the word for its kind.
        kind: &'static str,
        /// Returns the plural of that word.
        kind_plural: &'static str,
        /// Returns its title.
        title: PublicText,
        /// Returns its sentence for customers.
        summary: Option<PublicText>,
        /// Returns words by which it is found.
        keywords: Vec<PublicText>,
        /// Returns whether it is given only under an agreement to keep it confidential.
        requires_nda: bool,
        /// Returns its version.
        version: Option<String>,
        /// Returns the first day on which it counts.
        effective: Option<Date>,
        /// Returns whether its text is to be public and is under review at present.
        is_under_review: bool,
    }
}

public! {
    /// A control that anyone may know of.
    PublicControl {
        /// Returns its id.
        id: PublicId,
        /// Returns its title.
        title: PublicText,
        /// Returns what customers read; nothing where it is only listed.
        summary: Option<PublicText>,
        /// Returns whether only its title may be known.
        is_listed: bool,
        /// Returns words by which it is found.
        keywords: Vec<PublicText>,
        /// Returns the family: the name of its file.
        family: String,
        /// Returns the requirements it meets, framework by framework.
        meets: Vec<PublicMapping>,
    }
}

public! {
    /// A requirement that a control meets.
    PublicMapping {
        /// Returns the id of the framework.
        framework: String,
        /// Returns the id of the requirement.
        requirement: String,
        /// Returns whether only a part of the requirement is met.
        is_partial: bool,
    }
}

public! {
    /// A framework to which public controls are mapped.
    PublicFramework {
        /// Returns its id.
        id: String,
        /// Returns its full title.
        title: String,
        /// Returns the name that people use.
        short_title: String,
        /// Returns the word for one requirement.
        requirement_word: String,
        /// Returns the word for several.
        requirements_word: String,
        /// Returns the groups that public controls meet something of.
        groups: Vec<PublicGroup>,
    }
}

public! {
    /// A part of a framework that public controls meet something of.
    PublicGroup {
        /// Returns its id and title.
        title: String,
        /// Returns the titles of the reports and certificates that hold and have it in scope. They
        /// say nothing about the mapping of any one control.
        examined_by: Vec<PublicText>,
        /// Returns id and title of each requirement that is met.
        requirements: Vec<(String, String)>,
    }
}

public! {
    /// A report or certificate about the organisation.
    PublicAttestation {
        /// Returns its id.
        id: PublicId,
        /// Returns its title.
        title: PublicText,
        /// Returns its kind.
        kind: AttestationKind,
        /// Returns who issued it, where they consent to being named.
        issuer: Option<PublicText>,
        /// Returns the period.
        period: Option<(Date, Date)>,
        /// Returns the day, where there is no period.
        date: Option<Date>,
        /// Returns the day of the report.
        report_date: Option<Date>,
        /// Returns the opinion.
        opinion: Option<String>,
        /// Returns the scope.
        scope: Option<PublicText>,
        /// Returns the categories.
        categories: Vec<PublicText>,
        /// Returns the last day of validity.
        valid_until: Option<Date>,
        /// Returns whether that day has passed, or a report is older than a year.
        is_lapsed: bool,
        /// Returns the number of the certificate.
        certificate_number: Option<PublicText>,
        /// Returns the accreditation of the issuer.
        accreditation: Option<PublicText>,
        /// Returns whether anyone may have the document itself.
        is_public: bool,
        /// Returns the framework that it is about.
        framework: Option<String>,
        /// Returns whether it is given only under an agreement to keep it confidential.
        requires_nda: bool,
        /// Returns words by which it is found.
        keywords: Vec<PublicText>,
    }
}

public! {
    /// An organisation that processes customers' personal data.
    PublicSubprocessor {
        /// Returns its id.
        id: PublicId,
        /// Returns its name.
        name: PublicText,
        /// Returns its name in contracts.
        legal_name: Option<PublicText>,
        /// Returns the country of the entity.
        country: Option<PublicText>,
        /// Returns what it does for us.
        purpose: Option<PublicText>,
        /// Returns which data it processes.
        data_categories: Vec<PublicText>,
        /// Returns where.
        locations: Vec<PublicText>,
        /// Returns for which products.
        products: Vec<PublicText>,
        /// Returns the mechanism of transfer, as registers spell it.
        transfer: Option<String>,
        /// Returns since when.
        since: Option<Date>,
        /// Returns when it was announced.
        announced_on: Option<Date>,
        /// Returns when it begins.
        effective_on: Option<Date>,
        /// Returns until when customers may object.
        objection_until: Option<Date>,
        /// Returns when it ended.
        ended_on: Option<Date>,
        /// Returns whether it has not begun yet.
        is_upcoming: bool,
        /// Returns whether it has ended.
        has_ended: bool,
        /// Returns its web site.
        url: Option<String>,
    }
}

public! {
    /// A question with its answer.
    PublicQuestion {
        /// Returns its id.
        id: PublicId,
        /// Returns its topic.
        topic: PublicText,
        /// Returns the question.
        question: PublicText,
        /// Returns the answer.
        answer: Body<Disclosed>,
        /// Returns words by which it is found.
        keywords: Vec<PublicText>,
        /// Returns the public controls that the answer rests on.
        controls: Vec<PublicId>,
        /// Returns the public documents that the answer rests on.
        documents: Vec<PublicId>,
    }
}

public! {
    /// News.
    PublicUpdate {
        /// Returns its id.
        id: PublicId,
        /// Returns its date.
        date: Date,
        /// Returns its kind.
        kind: &'static str,
        /// Returns its title.
        title: PublicText,
        /// Returns its text.
        text: Body<Disclosed>,
    }
}

public! {
    /// A term and its meaning.
    PublicTerm {
        /// Returns the term.
        term: PublicText,
        /// Returns its meaning.
        definition: Body<Disclosed>,
    }
}
