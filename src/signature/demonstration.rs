//! The keys of the demonstration, whose private halves everybody has.

use super::PublicKey;

/// The id of the workspace of the demonstration, the only one in which its keys count.
pub const DEMONSTRATION: &str = "7c1f4be09a2d4e8fb3650d92ac417e58";

/// Their fingerprints.
const FINGERPRINTS: &[&str] = &[];

/// Returns whether a key belongs to the demonstration.
#[must_use]
pub fn is_of_demonstration(key: &PublicKey) -> bool {
    FINGERPRINTS.contains(&key.fingerprint().as_str())
}
