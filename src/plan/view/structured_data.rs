//! What a public page says in schema.org's terms, as JSON-LD in a data block.
//!
//! A SOC report is an attestation and never appears as a `Certification`; only certificates do.

use serde::Serialize;
use serde_json::{Value, json};

/// JSON-LD that is safe inside `<script type="application/ld+json">`: it holds no `<`, `>` or `&`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct DataBlock(String);

impl DataBlock {
    /// Joins nodes to one graph.
    #[must_use]
    pub fn graph(nodes: Vec<Node>) -> Self {
        let nodes: Vec<Value> = nodes.into_iter().map(|node| node.0).collect();
        let text = json!({ "@context": "https://schema.org", "@graph": nodes }).to_string();
        Self(
            text.replace('<', "\\u003c")
                .replace('>', "\\u003e")
                .replace('&', "\\u0026")
                .replace('\u{2028}', "\\u2028")
                .replace('\u{2029}', "\\u2029"),
        )
    }

    /// Returns the JSON.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A node of the graph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node(Value);

/// The organisation that the trust center is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganisationData {
    /// `Harbourlight`
    pub name: String,
    /// `Harbourlight Software Ltd`
    pub legal_name: Option<String>,
    /// Its web site.
    pub url: Option<String>,
    /// One sentence.
    pub description: Option<String>,
    /// `security@harbourlight.example`
    pub security_contact: Option<String>,
    /// Whether it is made up.
    pub is_fictional: bool,
    /// Certificates that hold and that may be named.
    pub certificates: Vec<CertificateData>,
}

/// A certificate of a certification body. Reports of auditors are none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateData {
    /// `ISO/IEC 27001:2022`
    pub name: String,
    /// The body, where it may be named.
    pub issuer: Option<String>,
    /// The number on the certificate.
    pub number: Option<String>,
    /// The day it was issued, `2025-09-12`.
    pub issued_on: Option<String>,
    /// The last day it is valid, `2028-09-11`.
    pub valid_until: Option<String>,
}

/// A public document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentData {
    /// Its title.
    pub title: String,
    /// One sentence.
    pub summary: Option<String>,
    /// `2.1`
    pub version: Option<String>,
    /// The day since which it is in force, `2026-02-01`.
    pub effective_on: Option<String>,
    /// Its full address.
    pub url: Option<String>,
    /// The language tag.
    pub language: String,
}

impl Node {
    /// Describes the organisation.
    #[must_use]
    pub fn organisation(organisation: &OrganisationData) -> Self {
        let certificates: Vec<Value> = organisation
            .certificates
            .iter()
            .map(|certificate| {
                without_nulls(json!({
                    "@type": "Certification",
                    "name": certificate.name,
                    "issuedBy": certificate.issuer.as_ref().map(|name| json!({ "@type": "Organization", "name": name })),
                    "certificationIdentification": certificate.number,
                    "validFrom": certificate.issued_on,
                    "expires": certificate.valid_until,
                }))
            })
            .collect();
        Self(without_nulls(json!({
            "@type": "Organization",
            "name": organisation.name,
            "legalName": organisation.legal_name,
            "url": organisation.url,
            "description": organisation.description,
            "disambiguatingDescription":
                organisation.is_fictional.then_some("Fictional demonstration"),
            "contactPoint": organisation.security_contact.as_ref().map(|email| {
                json!({ "@type": "ContactPoint", "contactType": "security", "email": email })
            }),
            "hasCertification": (!certificates.is_empty()).then_some(certificates),
        })))
    }

    /// Describes a page: its name, its full address, its language.
    #[must_use]
    pub fn page(name: &str, url: Option<&str>, language: &str) -> Self {
        Self(without_nulls(json!({
            "@type": "WebPage",
            "name": name,
            "url": url,
            "inLanguage": language,
        })))
    }

    /// Describes where a page stands: names and full addresses from the front page on.
    #[must_use]
    pub fn breadcrumb(steps: &[(String, String)]) -> Self {
        let items: Vec<Value> = (1_u32..)
            .zip(steps)
            .map(|(position, (name, url))| {
                json!({ "@type": "ListItem", "position": position, "name": name, "item": url })
            })
            .collect();
        Self(json!({ "@type": "BreadcrumbList", "itemListElement": items }))
    }

    /// Describes a public document.
    #[must_use]
    pub fn document(document: &DocumentData) -> Self {
        Self(without_nulls(json!({
            "@type": "DigitalDocument",
            "name": document.title,
            "description": document.summary,
            "version": document.version,
            "datePublished": document.effective_on,
            "url": document.url,
            "inLanguage": document.language,
            "isAccessibleForFree": true,
        })))
    }

    /// Describes questions and their answers, both as plain text.
    #[must_use]
    pub fn questions(questions: &[(String, String)]) -> Self {
        let entities: Vec<Value> = questions
            .iter()
            .map(|(question, answer)| {
                json!({
                    "@type": "Question",
                    "name": question,
                    "acceptedAnswer": { "@type": "Answer", "text": answer },
                })
            })
            .collect();
        Self(json!({ "@type": "FAQPage", "mainEntity": entities }))
    }
}

/// Returns an object without the members that have no value.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            Value::Object(members.into_iter().filter(|(_, value)| !value.is_null()).collect())
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{CertificateData, DataBlock, Node, OrganisationData};

    fn parsed(block: &DataBlock) -> Value {
        serde_json::from_str(block.as_str()).unwrap()
    }

    #[test]
    fn a_data_block_cannot_be_closed_from_inside() {
        let name = "</script><b> & \u{2028}";
        let block = DataBlock::graph(vec![Node::page(name, None, "en")]);
        assert!(!block.as_str().contains(['<', '>', '&', '\u{2028}']), "{}", block.as_str());
        assert_eq!(parsed(&block)["@graph"][0]["name"], json!(name));
    }

    #[test]
    fn an_organisation_names_its_certificates() {
        let organisation = OrganisationData {
            name: "Acme".into(),
            legal_name: None,
            url: None,
            description: None,
            security_contact: None,
            is_fictional: true,
            certificates: vec![CertificateData {
                name: "ISO/IEC 27001:2022".into(),
                issuer: None,
                number: Some("A-1".into()),
                issued_on: None,
                valid_until: Some("2028-09-11".into()),
            }],
        };
        assert_eq!(
            parsed(&DataBlock::graph(vec![Node::organisation(&organisation)])),
            json!({
                "@context": "https://schema.org",
                "@graph": [{
                    "@type": "Organization",
                    "name": "Acme",
                    "disambiguatingDescription": "Fictional demonstration",
                    "hasCertification": [{
                        "@type": "Certification",
                        "name": "ISO/IEC 27001:2022",
                        "certificationIdentification": "A-1",
                        "expires": "2028-09-11",
                    }],
                }],
            })
        );
    }
}
