//! The keys of the demonstration, whose private halves everybody has.

use super::PublicKey;

/// The id of the workspace of the demonstration, the only one in which its keys count.
pub const DEMONSTRATION: &str = "7c1f4be09a2d4e8fb3650d92ac417e58";

/// Their fingerprints.
const FINGERPRINTS: &[&str] = &[
    "SHA256:E0kzayR+hCdbxefAU2WeC9J8v2GEiBSuEGD/OOqM37Q",
    "SHA256:VPf3I/nAoyC86Lvcg5X3JFChcmouXT4aKNu1Pdejy90",
    "SHA256:Xl4PedowXwpbiuXHKoo7FrNgi4qkeenSp/aZheQB9xU",
    "SHA256:aR17FxXoj+fzDopsgN0vvMHfWFAsCz5tRJuqnz9T/Xg",
    "SHA256:eGRzE8lck3Wt5zpH1l9xeWmRjrl2XbAmf82yznnB7uU",
    "SHA256:et98luWBegYsPvDXA+vMqtWfIfALeNgXvnYGYSZTFic",
    "SHA256:h6xVdXMLvl5s3ByNcwd764Z4neadie4eDioUbT89Y08",
    "SHA256:mYp/saSkgoMvFVtgBWAgvp6QTCfBGDfe1sDrek8Nqro",
    "SHA256:xVjNggg43Hscfc5/d6Udmv7ir0zxNFrisrz9cUUB9w8",
    "SHA256:yh2VX2g9rwdmZUplHFjbAfsmutlOKWtmlj8Ja4+hK2E",
];

/// Returns whether a key belongs to the demonstration.
#[must_use]
pub fn is_of_demonstration(key: &PublicKey) -> bool {
    FINGERPRINTS.contains(&key.fingerprint().as_str())
}
