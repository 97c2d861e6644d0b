//! The page of questions.

use serde::Serialize;

use crate::plan::view::trust::Frame;
use crate::plan::view::{HrefText, Html};

/// `questions.html`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Questions {
    /// The frame.
    pub frame: Frame,
    /// The heading.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// The questions by topic.
    pub topics: Vec<QuestionTopic>,
}

/// A topic of questions.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct QuestionTopic {
    /// Its anchor.
    pub anchor: String,
    /// `Access`
    pub title: String,
    /// Its questions.
    pub questions: Vec<QuestionRow>,
}

/// A question and its answer.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct QuestionRow {
    /// Its anchor.
    pub anchor: String,
    /// The question.
    pub question: String,
    /// The answer.
    pub answer_html: Html,
    /// Controls and documents that back it.
    pub sources: Vec<HrefText>,
    /// Words by which it is found besides those that are seen.
    pub words: String,
}
