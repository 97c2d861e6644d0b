//! Controls and what they meet, from internal to public.

use std::collections::BTreeSet;

use super::gate::Gate;
use super::rules::missing_public_summary;
use super::trust_center::{
    PublicAttestation, PublicControl, PublicFramework, PublicGroup, PublicMapping,
};
use crate::diagnostic::Diagnostic;
use crate::model::control::{Control, Meets};
use crate::model::corpus::Corpus;
use crate::model::disclosure::Disclosure;
use crate::model::framework::{Framework, Group};
use crate::model::id::PublicId;

/// Discloses a control, unless it is withheld.
pub(super) fn disclose_control(
    gate: &Gate<'_>,
    control: &Control,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<PublicControl> {
    let Control {
        id,
        title,
        statement: _,
        version: _,
        owner: _,
        operating_since: _,
        frequency: _,
        nature: _,
        effect: _,
        category: _,
        documents: _,
        meets,
        test_of_design: _,
        test_of_operation: _,
        disclosure,
        public_summary,
        public_keywords,
        tags: _,
        family,
        entry: _,
        place,
    } = control;
    if !gate.controls.contains(id.value.as_str()) {
        return None;
    }
    let summary = match disclosure {
        Disclosure::Withheld => return None,
        Disclosure::Listed => None,
        Disclosure::Public => {
            if public_summary.is_none() {
                let message =
                    format!("control `{}` is public and says nothing to customers", id.value);
                let help = "add `public_summary:`; until then only its title is shown";
                diagnostics.push(
                    Diagnostic::new(&missing_public_summary::RULE, place.clone(), message)
                        .help(help),
                );
            }
            public_summary.as_ref().map(|text| gate.checked_words(text, place, diagnostics))
        }
    };
    let mut meets: Vec<PublicMapping> = meets.iter().map(disclose_mapping).collect();
    meets.sort_by(|a, b| a.framework.cmp(&b.framework));
    Some(PublicControl {
        id: PublicId::vouched(&id.value),
        title: gate.checked_words(title, place, diagnostics),
        summary,
        is_listed: *disclosure == Disclosure::Listed,
        keywords: gate.all_words(public_keywords, place, diagnostics),
        family: family.clone(),
        meets,
    })
}

fn disclose_mapping(meets: &Meets) -> PublicMapping {
    let Meets { framework, requirement, reason: _, is_partial } = meets;
    PublicMapping {
        framework: framework.value.clone(),
        requirement: requirement.value.clone(),
        is_partial: *is_partial,
    }
}

/// Collects, for each framework, the requirements that public controls meet, and who examined
/// them.
pub(super) fn frameworks(
    corpus: &Corpus,
    controls: &[PublicControl],
    attestations: &[PublicAttestation],
) -> Vec<PublicFramework> {
    let of_framework = |id: &str| -> BTreeSet<String> {
        let meets = controls.iter().flat_map(|control| &control.meets);
        meets
            .filter(|it| it.framework == id)
            .map(|it| it.requirement.to_ascii_lowercase())
            .collect()
    };
    let group = |framework: &Framework, group: &Group| {
        let met = of_framework(&framework.id);
        let requirements: Vec<_> = group
            .requirements
            .iter()
            .filter(|it| met.contains(&it.id.to_ascii_lowercase()))
            .map(|it| (it.id.clone(), it.title.clone()))
            .collect();
        let examined_by = attestations.iter().filter(|it| it.examined(&framework.id, group));
        (!requirements.is_empty()).then(|| PublicGroup {
            title: format!("{} {}", group.id, group.title),
            examined_by: examined_by.map(|it| it.title.clone()).collect(),
            requirements,
        })
    };
    corpus
        .frameworks
        .iter()
        .filter_map(|framework| {
            let groups: Vec<_> =
                framework.groups.iter().filter_map(|it| group(framework, it)).collect();
            (!groups.is_empty()).then(|| PublicFramework {
                id: framework.id.clone(),
                title: framework.title.clone(),
                short_title: framework.short_title.clone(),
                requirement_word: framework.requirement_word.clone(),
                requirements_word: framework.requirements_word.clone(),
                groups,
            })
        })
        .collect()
}

impl PublicAttestation {
    /// Returns whether it holds and examined a group of a framework: all of them, where it names
    /// no categories.
    fn examined(&self, framework: &str, group: &Group) -> bool {
        let named =
            |category: &String| self.categories.iter().any(|it| it.eq_ignore_ascii_case(category));
        self.framework.as_deref() == Some(framework)
            && !self.is_lapsed
            && self.kind.is_examination()
            && (self.categories.is_empty() || group.category.as_ref().is_none_or(named))
    }
}
