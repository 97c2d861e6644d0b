//! Safeguards that operate, and the proof of it.

use jiff::civil::Date;

use super::cadence::Cadence;
use super::disclosure::Disclosure;
use super::id::Id;
use crate::signature::canonical::Canonical;
use crate::span::{Place, Spanned};

/// A safeguard that operates, stated so that it can be tested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Control {
    /// The id: `AC-01`.
    pub id: Spanned<Id>,
    /// The title.
    pub title: String,
    /// The wording that is tested.
    pub statement: String,
    /// The version of the wording.
    pub version: Option<String>,
    /// The person or role who answers for it.
    pub owner: Option<Spanned<String>>,
    /// Since when it operates.
    pub operating_since: Option<Date>,
    /// How often it operates.
    pub frequency: Option<Frequency>,
    /// Who carries it out: a machine or people.
    pub nature: Option<Nature>,
    /// What it does about a fault.
    pub effect: Option<Effect>,
    /// What kind of safeguard it is.
    pub category: Option<ControlCategory>,
    /// The documents that describe it.
    pub documents: Vec<Spanned<String>>,
    /// The requirements it meets.
    pub meets: Vec<Meets>,
    /// How its design is tested.
    pub test_of_design: Option<String>,
    /// How its operation is tested.
    pub test_of_operation: Option<String>,
    /// Who may see it.
    pub disclosure: Disclosure,
    /// What customers read.
    pub public_summary: Option<String>,
    /// Words by which customers find it.
    pub public_keywords: Vec<String>,
    /// Words for grouping.
    pub tags: Vec<String>,
    /// The family: the name of the file it stands in.
    pub family: String,
    /// The entry as it is written, as far as an approval of it covers it.
    pub entry: Canonical,
    /// Where it is declared.
    pub place: Place,
}

/// That a control meets a requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meets {
    /// The framework.
    pub framework: Spanned<String>,
    /// The requirement.
    pub requirement: Spanned<String>,
    /// Why, in a sentence.
    pub reason: String,
    /// Whether only a part of the requirement is met.
    pub is_partial: bool,
}

/// Declares an enum of words with `WORDS`, `parse` and `word`.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $key:literal, $word:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$variant_doc])* $variant,)+ }

        impl $name {
            /// The words that files use.
            pub const WORDS: &'static [&'static str] = &[$($key),+];

            /// Reads the word that files use.
            #[must_use]
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($key => Some(Self::$variant),)+ _ => None }
            }

            /// Returns the word that is printed.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }
    };
}

words! {
    /// How often a control operates.
    Frequency {
        /// Always.
        Continuous = "continuous", "Continuous";
        /// Whenever something happens.
        PerEvent = "per-event", "Per event";
        /// Every day.
        Daily = "daily", "Daily";
        /// Every week.
        Weekly = "weekly", "Weekly";
        /// Every month.
        Monthly = "monthly", "Monthly";
        /// Every three months.
        Quarterly = "quarterly", "Quarterly";
        /// Every six months.
        SemiAnnual = "semi-annual", "Semi-annual";
        /// Every year.
        Annual = "annual", "Annual";
    }
}

words! {
    /// Who carries a control out.
    Nature {
        /// A machine.
        Automated = "automated", "Automated";
        /// People.
        Manual = "manual", "Manual";
        /// People with a machine.
        Hybrid = "hybrid", "Partly automated";
    }
}

words! {
    /// What a control does about a fault.
    Effect {
        /// Keeps it from happening.
        Preventive = "preventive", "Preventive";
        /// Finds it.
        Detective = "detective", "Detective";
        /// Mends it.
        Corrective = "corrective", "Corrective";
    }
}

words! {
    /// What kind of safeguard a control is.
    ControlCategory {
        /// In systems.
        Technical = "technical", "Technical";
        /// In the way of working.
        Administrative = "administrative", "Administrative";
        /// In buildings and devices.
        Physical = "physical", "Physical";
    }
}

/// A pointer to proof. Internal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The id.
    pub id: Spanned<Id>,
    /// What it is.
    pub title: String,
    /// The controls it proves.
    pub controls: Vec<Spanned<String>>,
    /// The first and last day that it speaks about; the same for one occurrence.
    pub period: Option<(Spanned<Date>, Spanned<Date>)>,
    /// When it was collected.
    pub collected_on: Option<Date>,
    /// By whom.
    pub collected_by: Option<Spanned<String>>,
    /// From which system.
    pub source: Option<String>,
    /// The file, relative to the evidence folder.
    pub file: Option<Spanned<String>>,
    /// The SHA-256 of the file in hexadecimal. It proves "unchanged since registered", no more.
    pub sha256: Option<Spanned<String>>,
    /// How long it is fresh after the last day that it speaks about.
    pub valid_for: Option<Cadence>,
    /// What the whole is from which it was taken.
    pub population: Option<String>,
    /// Where it is declared.
    pub place: Place,
}

impl Evidence {
    /// Returns the path of the file in the workspace.
    #[must_use]
    pub fn file_path(&self) -> Option<String> {
        self.file.as_ref().map(|file| format!("content/evidence/{}", file.value))
    }

    /// Returns the last day on which it is fresh.
    #[must_use]
    pub fn fresh_until(&self) -> Option<Date> {
        let (_, last) = self.period.as_ref()?;
        Some(self.valid_for.unwrap_or(Cadence::months(12)).after(last.value))
    }
}
