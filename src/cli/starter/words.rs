//! The words of the demonstration's company, and what a starter says instead.

/// Whole phrases, replaced first and in this order, where a noun alone would not read well.
const PHRASES: &[(&str, &str)] = &[
    ("Harbourlight Software Ltd", "Harbourlight"),
    ("corp.harbourlight.internal", "corp.example.com"),
    ("harbourlight.example", "example.com"),
    // Products
    ("| Quayside | {{ facts.rto }} | {{ facts.rpo }} |\n| Tideline |", "| The product |"),
    ("one database of Quayside and one of Tideline by lot", "one database by lot"),
    ("the order Quayside, Tideline, Deskhand, others", "the order product, ticket system, others"),
    (
        "- Quayside: the web application and its API in both regions\n- Tideline: the API in both regions\n- The sign-in pages of both products and this site",
        "- The web application and its API\n- The sign-in page and this site",
    ),
    ("quayside,tideline", "product"),
    ("quayside-bookings", "product-database"),
    ("quayside", "product"),
    ("# forgehub/", "# "),
    ("both products", "the products"),
    ("with bookings, prices and shipment records", "with their data"),
    (
        "freight stands still and competitors read each other's prices",
        "their work stands still and others read what they should not",
    ),
    (
        "A customer who cannot book freight for a day loses cargo space and sometimes the cargo.",
        "Customers depend on the service for their daily work.",
    ),
    ("Freight data shows who ships what to whom and at what price. Wrong,", "Wrong,"),
    ("forecast of bookings and API calls", "forecast of use"),
    ("opens three bookings or runs three queries", "opens three records"),
    ("reconciliation of bookings and shipment events", "reconciliation of records"),
    ("Booking records are", "Stored data is"),
    ("Bookings and shipment events received", "Records received"),
    // Suppliers
    ("the access gateway and Keyring ID", "the access gateway and the identity provider"),
    ("identity provider Keyring ID", "identity provider"),
    ("code host Forgehub", "code host"),
    ("HR system Peopleharbour", "HR system"),
    ("support desk Deskhand", "support desk"),
    ("Keyring ID single sign-on", "single sign-on"),
    ("Keyring ID sign-in", "sign-in"),
    ("person's Keyring ID account", "person's single sign-on account"),
    ("the Keyring ID log", "the sign-in log"),
    ("a Forgehub pull request", "a pull request"),
    ("own Forgehub repositories", "own repositories"),
    ("Deskhand ticket", "ticket"),
    ("Deskhand template", "support template"),
    ("Deskhand and status", "Support desk and status"),
    ("the Stratus Cloud key service", "the key service of the cloud provider"),
    ("Stratus Cloud, Keyring ID, Forgehub |", "Cloud provider, identity provider, code host |"),
    (
        "Deskhand, Postbeam, Faultline, Coinrow |",
        "Ticket system, e-mail service, payment provider |",
    ),
    ("| Peopleharbour, translators", "| HR system, translators"),
    // Places
    (", and the two offices in Dublin and Ohio", " and the offices"),
    ("the Dublin and Ohio offices", "the offices"),
    (
        "The media shredder is in the Ohio office; Dublin uses the collection on the first Monday of each month.",
        "@SHREDDER@",
    ),
    ("in the Dublin office", "in the office"),
    (" in the safe in Dublin", " in the safe"),
    ("Dublin time", "local time"),
];

/// Single names, and the noun that stands for each with its article.
const NAMES: &[(&str, &str)] = &[
    ("Keyring ID", "identity provider"),
    ("Forgehub", "code host"),
    ("Deskhand", "ticket system"),
    ("Peopleharbour", "HR system"),
    ("Stratus Cloud", "cloud provider"),
    ("Postbeam", "e-mail service"),
    ("Faultline", "error tracker"),
    ("Coinrow", "payment provider"),
    ("Quayside, Tideline", "products"),
    ("Quayside and Tideline", "products"),
    ("Quayside or Tideline", "products"),
    ("Quayside", "product"),
    ("Tideline", "product"),
];

/// Words after which a noun needs no article.
const DETERMINERS: &[&str] =
    &["the", "a", "an", "our", "its", "their", "each", "every", "this", "no", "own"];

/// Rewrites a text of the demonstration for a company. `people` are the names of the
/// demonstration's people with their titles.
pub(super) fn rewrite(text: &str, company: &str, people: &[(String, String)]) -> String {
    let mut text = text.to_owned();
    for (phrase, instead) in PHRASES {
        text = text.replace(phrase, instead);
    }
    for (name, noun) in NAMES {
        text = with_article(&text, name, noun);
    }
    for (name, title) in people {
        text = with_article(&text, name, title);
    }
    // A name that ends like a sentence ends the sentence.
    if company.ends_with('.') {
        text = text.replace("Harbourlight.", company);
    }
    text.replace("Harbourlight", company)
}

/// Replaces a name by a noun with `the`, capitalised where a sentence begins, and without article
/// where one stands before the name.
fn with_article(text: &str, name: &str, noun: &str) -> String {
    let mut rewritten = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(name) {
        rewritten.push_str(&rest[..at]);
        rest = &rest[at + name.len()..];
        let before = rewritten.trim_end_matches(' ');
        let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let is_determined = before.len() < rewritten.len()
            && DETERMINERS.contains(&word.to_ascii_lowercase().as_str());
        if !is_determined {
            let begins = before.is_empty() || before.ends_with(['.', '|', '"', '\n', '-', ':']);
            rewritten.push_str(if begins { "The " } else { "the " });
        }
        rewritten.push_str(noun);
    }
    rewritten.push_str(rest);
    rewritten
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_nouns_that_read_well() {
        let people = [("Mara Ellison".to_owned(), "CISO".to_owned())];
        let rewritten = rewrite(
            "Keyring ID locks it. The Keyring ID rules, in Forgehub: \"Deskhand sends it.\" \
             Harbourlight's staff ask Mara Ellison at a@harbourlight.example about Quayside and Tideline. It is Harbourlight.",
            "Acme, Inc.",
            &people,
        );
        assert_eq!(
            rewritten,
            "The identity provider locks it. The identity provider rules, in the code host: \
             \"The ticket system sends it.\" Acme, Inc.'s staff ask the CISO at a@example.com \
             about the products. It is Acme, Inc."
        );
    }
}
