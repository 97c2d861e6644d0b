//! A signature in its fields, so that tests can change one of them: written anew, and not with the
//! code that is tested.

use avouch::signature::PublicKey;

const BEGIN: &str = "-----BEGIN SSH SIGNATURE-----\n";
const END: &str = "\n-----END SSH SIGNATURE-----\n";

/// The fields of a signature.
#[derive(Clone)]
pub(super) struct Opened {
    pub(super) preamble: Vec<u8>,
    pub(super) version: u32,
    pub(super) key: Vec<u8>,
    pub(super) namespace: Vec<u8>,
    pub(super) reserved: Vec<u8>,
    pub(super) hash: Vec<u8>,
    /// The name of the algorithm, the signature, and what a security key adds.
    pub(super) signature: Vec<u8>,
    pub(super) trailing: Vec<u8>,
}

impl Opened {
    pub(super) fn new(key: &PublicKey, namespace: &str, signature: &[u8], added: &[u8]) -> Self {
        let (name, base64) =
            key.line().split_once(' ').map(|it| (it.0.to_owned(), it.1.to_owned())).unwrap();
        let mut proper = string(name.as_bytes());
        proper.extend(string(signature));
        proper.extend(added);
        Self {
            preamble: b"SSHSIG".to_vec(),
            version: 1,
            key: decode(&base64),
            namespace: namespace.as_bytes().to_vec(),
            reserved: Vec::new(),
            hash: b"sha512".to_vec(),
            signature: proper,
            trailing: Vec::new(),
        }
    }

    pub(super) fn read(armour: &str) -> Self {
        let base64 = armour.strip_prefix(BEGIN).unwrap().strip_suffix(END).unwrap();
        let bytes = decode(&base64.replace('\n', ""));
        let mut rest = bytes.as_slice();
        let preamble = take(&mut rest, 6);
        let version = u32::from_be_bytes(take(&mut rest, 4).try_into().unwrap());
        let mut next = || {
            let length = u32::from_be_bytes(take(&mut rest, 4).try_into().unwrap());
            take(&mut rest, length as usize)
        };
        Self {
            preamble,
            version,
            key: next(),
            namespace: next(),
            reserved: next(),
            hash: next(),
            signature: next(),
            trailing: rest.to_vec(),
        }
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut bytes = self.preamble.clone();
        bytes.extend(self.version.to_be_bytes());
        for field in [&self.key, &self.namespace, &self.reserved, &self.hash, &self.signature] {
            bytes.extend(string(field));
        }
        bytes.extend(&self.trailing);
        bytes
    }

    pub(super) fn write(&self) -> String {
        armour(&self.bytes())
    }
}

/// Writes bytes between the lines of a signature.
pub(super) fn armour(bytes: &[u8]) -> String {
    let base64: Vec<char> = encode(bytes).chars().collect();
    let lines: Vec<String> = base64.chunks(70).map(|line| line.iter().collect()).collect();
    format!("{BEGIN}{}{END}", lines.join("\n"))
}

/// Writes bytes with their length before them.
pub(super) fn string(bytes: &[u8]) -> Vec<u8> {
    let mut out = u32::try_from(bytes.len()).unwrap().to_be_bytes().to_vec();
    out.extend(bytes);
    out
}

fn take(rest: &mut &[u8], count: usize) -> Vec<u8> {
    let (taken, after) = rest.split_at(count);
    *rest = after;
    taken.to_vec()
}

const DIGITS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Writes base64, bit by bit.
pub(super) fn encode(bytes: &[u8]) -> String {
    let bytes: Vec<String> = bytes.iter().map(|byte| format!("{byte:08b}")).collect();
    let mut bits = bytes.concat();
    while !bits.len().is_multiple_of(6) {
        bits += "00";
    }
    let digits = bits.as_bytes().chunks(6).map(|six| {
        let six = std::str::from_utf8(six).unwrap();
        char::from(DIGITS.as_bytes()[usize::from_str_radix(six, 2).unwrap()])
    });
    let mut text: String = digits.collect();
    while !text.len().is_multiple_of(4) {
        text.push('=');
    }
    text
}

/// Reads base64, bit by bit.
pub(super) fn decode(text: &str) -> Vec<u8> {
    let digits = text.trim_end_matches('=').chars();
    let digits: Vec<String> =
        digits.map(|it| format!("{:06b}", DIGITS.find(it).unwrap())).collect();
    let bits = digits.concat();
    let bytes = bits.as_bytes().chunks_exact(8);
    bytes.map(|it| u8::from_str_radix(std::str::from_utf8(it).unwrap(), 2).unwrap()).collect()
}
