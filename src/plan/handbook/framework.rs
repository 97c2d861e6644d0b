//! Pages of frameworks and their requirements.

use super::{HandbookPlan, Page, number, words};
use crate::model::address::Address;
use crate::model::assessment::{RequirementState, Step};
use crate::model::control::Control;
use crate::model::framework::{Framework, Group, Requirement};
use crate::model::item::Item;
use crate::model::link::Target;
use crate::model::register::Record;
use crate::model::settings::Engagement;
use crate::plan::view::handbook::{
    Choice, ClauseGroup, ClauseQuote, Coverage, CoverageStep, Filter, FrameworkGroup,
    FrameworkList, FrameworkPage, Ladder, Matrix, MatrixGroup, MatrixRow, OutlineEntry,
    RequirementControl, RequirementPage, RequirementRow, StepFilter,
};
use crate::plan::view::{Cell, Fact, HrefText, Html, Icon, Status, Tone};

/// A page with more clauses than this has them folded, document by document.
const OPEN_CLAUSES: usize = 6;

impl HandbookPlan<'_> {
    pub(super) fn framework_list(&self) -> FrameworkList {
        let page = Page::Frameworks;
        let from = self.at(&page);
        let mut head = Self::head("", "", "Frameworks");
        head.summary = "How far the requirements of each framework are covered, in five steps that never merge.".into();
        FrameworkList {
            frame: self.frame(&page, "Frameworks", &[]),
            head,
            intro_html: Html::default(),
            coverage: self.all_coverage(&from),
        }
    }

    /// Returns the five steps of every framework.
    pub(super) fn all_coverage(&self, from: &Address) -> Vec<Coverage> {
        (0..self.handbook.corpus().frameworks.len())
            .map(|index| self.coverage(from, index))
            .collect()
    }

    fn coverage(&self, from: &Address, index: usize) -> Coverage {
        let framework = &self.handbook.corpus().frameworks[index];
        let (total, reached) = self.handbook.assessment().counts(index);
        let excluded = framework.requirements().count().saturating_sub(total as usize);
        let mut note =
            words::count(total as usize, &framework.requirement_word, &framework.requirements_word);
        if excluded > 0 {
            note = format!("{note}, {excluded} excluded");
        }
        if !framework.edition.is_empty() {
            note = format!("{} · {note}", framework.edition);
        }
        let page = Page::Framework(number(index));
        let steps = reached.into_iter().map(|(step, reached)| CoverageStep {
            word: step.word().to_owned(),
            reached,
            total,
        });
        Coverage {
            framework: self.link(from, &page, framework.short_title.clone()),
            note,
            steps: steps.collect(),
        }
    }

    pub(super) fn framework(&self, index: u32) -> FrameworkPage {
        let corpus = self.handbook.corpus();
        let framework = &corpus.frameworks[index as usize];
        let page = Page::Framework(index);
        let from = self.at(&page);
        let mut head = Self::head("Framework", "", &framework.short_title);
        head.summary.clone_from(&framework.title);
        let mut facts = Vec::new();
        let mut add = |label: &str, text: &str| {
            if !text.is_empty() {
                facts.push(Fact::new(label, Cell::text(text)));
            }
        };
        add("Publisher", &framework.publisher);
        add("Edition", &framework.edition);
        add("Texts", &framework.licence);
        for engagement in
            corpus.settings.engagements.iter().filter(|it| it.framework.value == framework.id)
        {
            let when = match (engagement.period, engagement.date) {
                (Some((from, until)), _) => {
                    format!("{} to {}", words::day(from), words::day(until))
                }
                (None, Some(date)) => words::day(date),
                (None, None) => String::new(),
            };
            let kind = engagement.report_type.map_or_else(String::new, |it| format!("Type {it}, "));
            let cell = Cell::text(format!("{kind}{when}"));
            let categories = engagement.categories.iter().map(|it| it.value.replace('-', " "));
            let notes: Vec<String> = engagement.auditor.iter().cloned().chain(categories).collect();
            let cell = if notes.is_empty() { cell } else { cell.note(notes.join(", ")) };
            facts.push(Fact::new(format!("Engagement {}", engagement.id.value), cell));
        }
        if let Some(source) = &framework.source {
            facts.push(Fact::new("Official text", Cell::link(source.clone(), source.clone())));
        }
        facts.extend(self.approval_of_item("Approval of the mapping", Item::Mapping(index)));
        let groups = self.groups(&from, index, framework);
        FrameworkPage {
            frame: self.frame(&page, &framework.short_title, &[(&Page::Frameworks, "Frameworks")]),
            head,
            facts,
            coverage: self.coverage(&from, index as usize),
            requirement_word: super::frame::title_case(&framework.requirement_word),
            groups,
            matrix: self.link(
                &from,
                &Page::Matrix(index),
                format!("All {} in one table, with a filter for gaps", framework.requirements_word),
            ),
            downloads: Vec::new(),
        }
    }

    fn groups(&self, from: &Address, index: u32, framework: &Framework) -> Vec<FrameworkGroup> {
        let mut inner = 0..;
        let groups = framework.groups.iter().map(|group| FrameworkGroup {
            anchor: format!("group-{}", super::addresses::file_name(&group.id)),
            id: group.id.clone(),
            title: group.title.clone(),
            rows: group
                .requirements
                .iter()
                .zip(&mut inner)
                .map(|(requirement, inner)| self.requirement_row(from, (index, inner), requirement))
                .collect(),
        });
        groups.collect()
    }

    /// Returns a requirement as a row; `numbers` are those of its framework and of itself.
    fn requirement_row(
        &self,
        from: &Address,
        numbers: (u32, u32),
        requirement: &Requirement,
    ) -> RequirementRow {
        let (framework, inner) = numbers;
        let state = &self.handbook.assessment().coverage[framework as usize][inner as usize];
        let page = Page::Requirement(framework, inner);
        RequirementRow {
            link: self.link(from, &page, requirement.id.clone()),
            title: requirement.title.clone(),
            status: requirement_status(state),
            ladder: requirement_ladder(state),
            documents: self.requirement_documents(from, state),
            controls: self.requirement_controls(from, state),
        }
    }

    /// Returns the documents that address a requirement, each once.
    fn requirement_documents(&self, from: &Address, state: &RequirementState) -> Vec<HrefText> {
        let clauses = state.clauses.iter().map(|(document, _)| *document);
        let numbers: std::collections::BTreeSet<u32> =
            clauses.chain(state.documents.iter().copied()).collect();
        let link = |index: u32| {
            let document = self.handbook.corpus().document(index);
            self.link(from, &Page::Document(index), document.id.value.to_string())
        };
        numbers.into_iter().map(link).collect()
    }

    fn requirement_controls(&self, from: &Address, state: &RequirementState) -> Vec<HrefText> {
        let link = |index: u32| {
            let control = &self.handbook.corpus().controls[index as usize];
            self.link(from, &Page::Control(index), control.id.value.to_string())
        };
        state.controls.iter().map(|(index, _)| link(*index)).collect()
    }

    pub(super) fn requirement(&self, framework_index: u32, index: u32) -> RequirementPage {
        let corpus = self.handbook.corpus();
        let framework = &corpus.frameworks[framework_index as usize];
        let requirements: Vec<_> = framework.requirements().collect();
        let (group, requirement) = requirements[index as usize];
        let state = &self.handbook.assessment().coverage[framework_index as usize][index as usize];
        let page = Page::Requirement(framework_index, index);
        let from = self.at(&page);
        let mut head = Self::head(
            &format!("{} {}", framework.short_title, framework.requirement_word),
            &requirement.id,
            &requirement.title,
        );
        head.status = Some(requirement_status(state));
        let framework_page = Page::Framework(framework_index);
        let mut facts = vec![
            Fact::new(
                "Framework",
                Cell::link(from.href_to(&self.at(&framework_page), None), framework.title.clone()),
            ),
            Fact::new("Group", Cell::text(format!("{} {}", group.id, group.title))),
            Fact::new("In scope of", Cell::text(self.engagements(framework, group, state))),
        ];
        let exclusion = corpus.settings.exclusions.iter().position(|it| {
            it.framework.value == framework.id
                && it.requirement.value.eq_ignore_ascii_case(&requirement.id)
        });
        if let Some(exclusion) = exclusion {
            let item = Item::Exclusion(number(exclusion));
            facts.extend(self.approval_of_item("Approval of the exclusion", item));
        }
        let evidence: std::collections::BTreeSet<u32> = state
            .controls
            .iter()
            .flat_map(|(control, _)| {
                self.handbook.assessment().controls[*control as usize].evidence.iter().copied()
            })
            .collect();
        let evidence: Vec<u32> = evidence.into_iter().collect();
        let related: Vec<u32> = state.controls.iter().map(|(control, _)| *control).collect();
        let beside = |index: Option<u32>| {
            let (_, requirement) = requirements.get(index? as usize)?;
            let page = Page::Requirement(framework_index, index?);
            Some(self.link(&from, &page, format!("{} {}", requirement.id, requirement.title)))
        };
        let crumbs: [(&Page, &str); 2] =
            [(&Page::Frameworks, "Frameworks"), (&framework_page, framework.short_title.as_str())];
        let text = |text: &Option<String>| {
            text.as_ref().map(|it| self.text_html(&from, it)).unwrap_or_default()
        };
        let controls: Vec<RequirementControl> = state
            .controls
            .iter()
            .map(|(index, is_partial)| {
                let control = &corpus.controls[*index as usize];
                RequirementControl {
                    anchor: format!(
                        "control-{}",
                        super::addresses::file_name(control.id.value.as_str())
                    ),
                    control: self.linked_control(&from, *index),
                    extent: if *is_partial { "Partly" } else { "Wholly" }.to_owned(),
                    reason: reason(control, &framework.id, &requirement.id),
                    test: control.test_of_operation.clone().unwrap_or_default(),
                    ladder: self.control_ladder(*index),
                }
            })
            .collect();
        let documents = self.clauses(&from, state);
        let mut ladder = requirement_ladder(state);
        if let Some(step) = ladder.steps.get_mut(Step::Evidenced as usize)
            && !state.deviations.is_empty()
        {
            step.note = format!("held back by {}", state.deviations.join(", "));
        }
        RequirementPage {
            frame: self.frame(&page, &format!("{} {}", requirement.id, requirement.title), &crumbs),
            head,
            facts,
            ladder,
            text_html: text(&requirement.text),
            exclusion_html: text(&state.exclusion),
            outline: requirement_outline(requirement.text.is_some(), &controls, &documents),
            controls,
            deviations: state
                .deviations
                .iter()
                .filter_map(|id| corpus.record(id))
                .map(|record| self.linked_record(&from, record))
                .collect(),
            evidence: self.evidence_table(&from, &evidence, &related, "No evidence yet."),
            documents,
            previous: beside(index.checked_sub(1)),
            next: beside(index.checked_add(1)),
        }
    }

    /// Says in whose scope a requirement lies, and what came of each: `SOC 2 2025 (report of
    /// 20 February 2026), SOC 2 2026 (under way)`.
    fn engagements(
        &self,
        framework: &Framework,
        group: &Group,
        state: &RequirementState,
    ) -> String {
        if state.exclusion.is_some() {
            return "No engagement: it is excluded".to_owned();
        }
        let engagements = self.handbook.corpus().settings.engagements.iter();
        let all: Vec<String> = engagements
            .filter(|it| it.examines(framework, group))
            .map(|it| {
                let day = it.period.map(|(_, until)| until).or(it.date);
                let year = day.map(|day| format!(" {}", day.year())).unwrap_or_default();
                format!("{}{year} ({})", framework.short_title, self.outcome(it))
            })
            .collect();
        if all.is_empty() { "No engagement".to_owned() } else { all.join(", ") }
    }

    /// Says what came of an engagement. Nobody has examined anything before there is a report.
    fn outcome(&self, engagement: &Engagement) -> String {
        let is_about = |record: &&Record| {
            record.text("framework") == Some(engagement.framework.value.as_str())
                && record.attestation_kind().is_examination()
                && match engagement.period {
                    Some(period) => record.period("period") == Some(period),
                    None => engagement.date.is_some() && record.date("date") == engagement.date,
                }
        };
        let corpus = self.handbook.corpus();
        if let Some(report) = corpus.register("attestations").iter().find(is_about) {
            let day = report.date("report_date").or(report.date("date"));
            return day.map_or("with a report".to_owned(), |day| {
                format!("report of {}", words::day(day))
            });
        }
        let today = self.handbook.assessment().today;
        let days = engagement.period.or(engagement.date.map(|day| (day, day)));
        match days {
            None => "no date".to_owned(),
            Some((first, _)) if today < first => format!("planned from {}", words::day(first)),
            Some((_, last)) if today <= last => "under way".to_owned(),
            Some((first, last)) => {
                let word = if first == last { "on" } else { "ended" };
                format!("{word} {}, no report recorded", words::day(last))
            }
        }
    }

    /// Returns the documents that address a requirement, with their clauses.
    fn clauses(&self, from: &Address, state: &RequirementState) -> Vec<ClauseGroup> {
        let corpus = self.handbook.corpus();
        let mut found: std::collections::BTreeMap<u32, Vec<ClauseQuote>> =
            state.documents.iter().map(|document| (*document, Vec::new())).collect();
        for (index, clause) in &state.clauses {
            let clause = &corpus.document(*index).outline.clauses[*clause as usize];
            let anchor = Some(clause.anchor.clone());
            let target = Target::Document { index: *index, anchor };
            found.entry(*index).or_default().push(ClauseQuote {
                link: HrefText {
                    href: self.destination(from, &target).unwrap_or_default(),
                    text: if clause.number.is_empty() {
                        "clause".to_owned()
                    } else {
                        clause.number.clone()
                    },
                },
                quote_html: self.sentence(from, &clause.text),
            });
        }
        let is_folded = state.clauses.len() > OPEN_CLAUSES;
        let group = |(index, clauses): (u32, Vec<ClauseQuote>)| {
            let document = corpus.document(index);
            let numbers: Vec<&str> =
                clauses.iter().map(|clause| clause.link.text.as_str()).collect();
            ClauseGroup {
                anchor: format!(
                    "document-{}",
                    super::addresses::file_name(document.id.value.as_str())
                ),
                document: self.linked_document(from, index),
                owner: document
                    .owner
                    .as_ref()
                    .map_or_else(Cell::default, |owner| self.owner(from, &owner.value)),
                summary: if clauses.is_empty() {
                    "The document as a whole".to_owned()
                } else {
                    let count = words::count(clauses.len(), "clause", "clauses");
                    format!("{count}: {}", numbers.join(", "))
                },
                is_folded: is_folded && !clauses.is_empty(),
                clauses,
            }
        };
        found.into_iter().map(group).collect()
    }

    pub(super) fn matrix(&self, index: u32) -> Matrix {
        let corpus = self.handbook.corpus();
        let framework = &corpus.frameworks[index as usize];
        let page = Page::Matrix(index);
        let from = self.at(&page);
        let states = &self.handbook.assessment().coverage[index as usize];
        let mut states = states.iter();
        let groups: Vec<MatrixGroup> = self
            .groups(&from, index, framework)
            .into_iter()
            .map(|group| MatrixGroup {
                title: format!("{} {}", group.id, group.title),
                rows: group
                    .rows
                    .into_iter()
                    .zip(&mut states)
                    .map(|(requirement, state)| MatrixRow {
                        keys: matrix_keys(&requirement.status, state),
                        requirement,
                    })
                    .collect(),
            })
            .collect();
        let title = format!("{}: matrix", framework.short_title);
        let choices = corpus.frameworks.iter().enumerate().map(|(other, framework)| Choice {
            link: self.link(&from, &Page::Matrix(number(other)), framework.short_title.clone()),
            current: number(other) == index,
        });
        let framework_page = Page::Framework(index);
        let crumbs: [(&Page, &str); 2] =
            [(&Page::Frameworks, "Frameworks"), (&framework_page, framework.short_title.as_str())];
        let mut head = Self::head("Matrix", "", &title);
        if let Some(standing) = self.standing_of_item(Item::Mapping(index)) {
            let (status, words) = self.item_words(standing);
            head.status = Some(status);
            head.standing = words;
        }
        Matrix {
            frame: self.frame(&page, &title, &crumbs),
            head,
            filters: vec![Filter { label: "Framework".to_owned(), choices: choices.collect() }],
            steps: step_filters(&groups),
            caption: format!(
                "{}: how far each {} is covered",
                framework.short_title, framework.requirement_word
            ),
            row_title: super::frame::title_case(&framework.requirement_word),
            groups,
            downloads: Vec::new(),
        }
    }
}

/// Returns the sections of the page of a requirement, in their order.
fn requirement_outline(
    has_text: bool,
    controls: &[RequirementControl],
    documents: &[ClauseGroup],
) -> Vec<OutlineEntry> {
    let entry = |level: u8, anchor: &str, number: &str, text: &str| OutlineEntry {
        href: format!("#{anchor}"),
        number: number.to_owned(),
        text: text.to_owned(),
        level,
    };
    let mut outline = Vec::new();
    if has_text {
        outline.push(entry(2, "official", "", "Official text"));
    }
    outline.push(entry(2, "controls", "", "Controls"));
    outline.extend(
        controls.iter().map(|it| entry(3, &it.anchor, &it.control.id, &it.control.link.text)),
    );
    outline.push(entry(2, "evidence", "", "Evidence"));
    outline.push(entry(2, "clauses", "", "Clauses"));
    outline.extend(
        documents.iter().map(|it| entry(3, &it.anchor, &it.document.id, &it.document.link.text)),
    );
    outline
}

/// Returns the filters that keep a row: that of its step, and `gap` where a step is missing.
fn matrix_keys(status: &Status, state: &RequirementState) -> String {
    let step = super::addresses::file_name(&status.word);
    let is_gap = state.exclusion.is_none() && state.step != Step::ALL.into_iter().next_back();
    if is_gap { format!("{step} gap") } else { step }
}

/// Returns all rows, the gaps, and one filter for each step that a row has reached.
fn step_filters(groups: &[MatrixGroup]) -> Vec<StepFilter> {
    let rows: Vec<&MatrixRow> = groups.iter().flat_map(|group| &group.rows).collect();
    let has = |row: &MatrixRow, key: &str| row.keys.split(' ').any(|it| it == key);
    let filter = |key: &str, text: &str| StepFilter {
        key: key.to_owned(),
        text: text.to_owned(),
        count: rows.iter().filter(|row| key.is_empty() || has(row, key)).count(),
    };
    let mut filters = vec![filter("", "All"), filter("gap", "Only gaps")];
    let words = std::iter::once("Excluded")
        .chain(["Not mapped", "Not covered"])
        .chain(Step::ALL.into_iter().map(Step::word));
    filters.extend(
        words
            .map(|word| filter(&super::addresses::file_name(word), word))
            .filter(|filter| filter.count > 0),
    );
    filters
}

fn requirement_status(state: &RequirementState) -> Status {
    if state.exclusion.is_some() {
        return words::status(Icon::Dash, "Excluded", Tone::Neutral);
    }
    match state.step {
        None if !state.in_scope => words::status(Icon::Dash, "Not mapped", Tone::Neutral),
        step => words::step(step),
    }
}

fn requirement_ladder(state: &RequirementState) -> Ladder {
    if state.exclusion.is_some() {
        return Ladder::default();
    }
    words::ladder(state.step, |step| match step {
        Step::Documented => words::count(state.clauses.len(), "clause", "clauses"),
        Step::Implemented => {
            let partial = state.controls.iter().filter(|(_, is_partial)| *is_partial).count();
            let all = words::count(state.controls.len(), "control", "controls");
            if partial > 0 { format!("{all}, {partial} partly") } else { all }
        }
        Step::Cited | Step::Evidenced | Step::Fresh => String::new(),
    })
}

pub(super) fn reason(control: &Control, framework: &str, requirement: &str) -> String {
    let mut meets = control.meets.iter();
    let found = meets.find(|it| {
        it.framework.value == framework && it.requirement.value.eq_ignore_ascii_case(requirement)
    });
    found.map(|it| it.reason.clone()).unwrap_or_default()
}
