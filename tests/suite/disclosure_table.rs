//! What of a workspace may be public, said a second time, so that the first time can be tested.
//!
//! Independent of the model on purpose: a field that nobody entered here is internal.

use crate::sources::{Field, Source, Sources};

/// Tells whether people outside may read a field of a data file or front matter.
pub(crate) fn is_public(path: &str, field: &Field<'_>, public_roles: &[String]) -> bool {
    let (name, is_public) = (field.path(), field.disclosure == "public");
    let is_known = is_public || field.disclosure == "listed";
    let one_of = |names: &[&str]| names.contains(&name.as_str());
    let folder =
        path.strip_prefix("content/").and_then(|it| it.split_once('/')).map_or(path, |it| it.0);
    match folder {
        "content/workspace.yaml" => {
            field.keys[0] == "organisation"
                || field.keys[0] == "contacts"
                || field.keys[0] == "security_txt"
                || one_of(&["sites.trust", "language", "paper", "demo"])
                || field.keys[0] == "facts" && is_public
        }
        "content/people.yaml" => {
            name == "roles.*.title" && public_roles.iter().any(|role| role == field.id)
        }
        "content/glossary.yaml" => is_public && one_of(&["terms.*.term", "terms.*.definition"]),
        "policies" | "procedures" | "narratives" => is_known && is_public_head(&name, is_public),
        "controls" => {
            is_known
                && one_of(&["controls.*.title", "controls.*.id", "controls.*.public_keywords.*"])
                || is_public && name == "controls.*.public_summary"
        }
        "registers" if path.ends_with("/attestations.yaml") => {
            let columns = [
                "id",
                "title",
                "scope",
                "categories",
                "certificate_number",
                "accreditation",
                "public_keywords",
                "issuer",
            ];
            is_known
                && columns.contains(&field.key())
                && !(field.key() == "issuer" && field.id == SHY)
        }
        "registers" if path.ends_with("/subprocessors.yaml") => {
            let texts = [
                "id",
                "title",
                "legal_name",
                "country",
                "purpose",
                "data_categories",
                "locations",
                "products",
            ];
            is_public && (texts.contains(&field.key()) || field.key() == "url")
        }
        "trust" => match path {
            "content/trust/overview.yaml" => true,
            "content/trust/questions.yaml" => {
                is_public
                    && ["id", "topic", "question", "answer", "keywords"].contains(&field.key())
            }
            "content/trust/updates.yaml" => {
                is_public && ["id", "title", "text"].contains(&field.key())
            }
            _ => is_known && is_public_head(&name, is_public),
        },
        _ => false,
    }
}

/// The attestation whose issuer does not consent to being named, in the workspace of the tests.
pub(crate) const SHY: &str = "ATT-03";

fn is_public_head(name: &str, is_public: bool) -> bool {
    matches!(name, "id" | "title" | "version" | "public_summary" | "public_keywords.*")
        || is_public && matches!(name, "revisions.*.version" | "revisions.*.public_summary")
}

/// Tells whether the open text of a document may be read.
pub(crate) fn is_public_text(source: &Source) -> bool {
    matches!(source, Source::Document(head, _) if head.word("disclosure") == Some("public"))
}

/// Returns the roles whose titles public documents name.
pub(crate) fn public_roles(sources: &Sources) -> Vec<String> {
    let mut roles = Vec::new();
    for source in sources.0.values().filter(|source| is_public_text(source)) {
        let Source::Document(head, _) = source else { continue };
        head.clone().visit(&mut |field, text| {
            if matches!(field.key(), "owner" | "role") {
                roles.push(text.clone());
            }
        });
    }
    roles
}

/// Keys whose values are words of a grammar, dates, or names of other things.
const STRUCTURE: &[&str] = &[
    "id",
    "within",
    "audience",
    "for",
    "workspace",
    "demo",
    "today",
    "time_zone",
    "language",
    "paper",
    "frameworks",
    "framework",
    "type",
    "from",
    "until",
    "categories",
    "requirement",
    "cycle",
    "due_soon",
    "trust_center",
    "requires",
    "lapsed",
    "expires",
    "languages",
    "disclosure",
    "requires_nda",
    "kind",
    "person",
    "owner",
    "by",
    "role",
    "authors",
    "classification",
    "related",
    "carries",
    "controls",
    "documents",
    "document",
    "clause",
    "considered",
    "digest",
    "sha256",
    "file",
    "frequency",
    "nature",
    "category",
    "partly",
    "collected_by",
    "valid_for",
    "severity",
    "status",
    "treatment",
    "tier",
    "granted_by",
    "production",
    "transfer",
    "issuer_consents",
    "opinion",
    "review_cycle",
    "last_reviewed",
    "order",
    "accepted_by",
    "inherent_likelihood",
    "inherent_impact",
    "likelihood",
    "impact",
    "inherent_likelihood",
    "inherent_impact",
    "accepted_by",
    "date",
    "requirement-uncovered",
    "unit_of_period",
    "superseded_by",
];

/// Tells whether a field cannot hold free text.
pub(crate) fn is_structure(path: &str, field: &Field<'_>, text: &str) -> bool {
    let key = field.key();
    // A certificate's categories are free text; those of an engagement are words of its framework.
    let is_free = key == "categories" && path.ends_with("/attestations.yaml");
    key == "key" && path.ends_with("/people.yaml")
        || !is_free && STRUCTURE.contains(&key)
        || field.keys[0] == "addresses"
        || text.parse::<jiff::civil::Date>().is_ok()
        || key.ends_with("_on") && key != "occurred_on"
}
