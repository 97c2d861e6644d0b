//! The pages of the handbook, one struct a template.
//!
//! | Template | View |
//! | --- | --- |
//! | `handbook/home.html` | [`Home`] |
//! | `handbook/list.html` | [`List`]: documents of a kind, controls, people, roles, registers, tags |
//! | `handbook/document.html` | [`DocumentPage`] |
//! | `handbook/proposed.html` | [`ProposedPage`] |
//! | `handbook/control.html` | [`ControlPage`] |
//! | `handbook/frameworks.html` | [`FrameworkList`] |
//! | `handbook/framework.html` | [`FrameworkPage`] |
//! | `handbook/requirement.html` | [`RequirementPage`] |
//! | `handbook/matrix.html` | [`Matrix`] |
//! | `handbook/profile.html` | [`Profile`]: a person or a role |
//! | `handbook/register.html` | [`RegisterPage`]: a register, or the list of evidence; every record is an anchor on it |
//! | `handbook/calendar.html` | [`Calendar`] |
//! | `handbook/glossary.html` | [`GlossaryPage`] |
//! | `handbook/search.html` | [`SearchPage`] |
//! | `handbook/404.html` | [`NotFound`] |
//! | `handbook/navigation.html` | [`Navigation`], rendered once a section into [`Frame::nav_html`] |

mod coverage;
mod document;
mod frame;
mod home;
mod matrix;
mod register;

pub use coverage::{
    ClauseGroup, ClauseQuote, ControlPage, Coverage, CoverageStep, FrameworkGroup, FrameworkList,
    FrameworkPage, Ladder, LadderStep, RequirementControl, RequirementPage, RequirementRow,
};
pub use document::{
    DocumentPage, Endorsed, Linked, LinkedGroup, Mention, OutlineEntry, ProposedPage,
    RequirementGroup, RequirementLink, Revision, SignedText,
};
pub use frame::{Frame, Head, Navigation, NavigationGroup, NavigationSection, Releases};
pub use home::{
    Attention, Change, DocumentState, Home, KindCount, List, NotFound, SearchPage, TableSection,
};
pub use matrix::{Choice, Filter, Matrix, MatrixGroup, MatrixRow, StepFilter};
pub use register::{
    Calendar, Due, GlossaryPage, Letter, Month, Profile, RecordEntry, RegisterPage, TermEntry,
};
