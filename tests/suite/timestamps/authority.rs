//! A time-stamping authority of `openssl`, with a root and one certificate authority between.

use std::fs;
use std::process::Command;

use avouch::signature::timestamp::{Certificate, certificates};
use tempfile::TempDir;

/// Extensions of certificates, by the kind of their holder.
const EXTENSIONS: &str = "
[req]
distinguished_name = name
[name]
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[between]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign
[authority]
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
subjectKeyIdentifier = hash
[no-purpose]
keyUsage = critical, digitalSignature
[purpose-not-critical]
extendedKeyUsage = timeStamping
[two-purposes]
extendedKeyUsage = critical, timeStamping, codeSigning
[key-for-encryption]
keyUsage = critical, digitalSignature, keyEncipherment
extendedKeyUsage = critical, timeStamping
[not-understood]
extendedKeyUsage = critical, timeStamping
1.2.3.4 = critical, ASN1:NULL
[between-no-authority]
basicConstraints = critical, CA:FALSE
[between-no-constraints]
keyUsage = critical, keyCertSign
[between-may-not-sign]
basicConstraints = critical, CA:TRUE
keyUsage = critical, digitalSignature
[between-for-servers]
basicConstraints = critical, CA:TRUE
extendedKeyUsage = serverAuth
[between-limits-names]
basicConstraints = critical, CA:TRUE
nameConstraints = critical, permitted;DNS:example.com
";

/// How the authority answers.
const ANSWERS: &str = "
[tsa]
default_tsa = answers
[answers]
serial = number
signer_cert = authority.pem
signer_key = authority.key
certs = between.pem
signer_digest = DIGEST
default_policy = 1.2.3.4.1
other_policies = 1.2.3.4.5
digests = sha256
accuracy = secs:1, millisecs:500, microsecs:100
tsa_name = yes
ess_cert_id_alg = sha256
";

/// Options of `openssl req` that make a key.
pub(crate) const RSA: &str = "-newkey rsa:2048";
pub(crate) const P256: &str = "-newkey ec -pkeyopt ec_paramgen_curve:P-256";
pub(crate) const P384: &str = "-newkey ec -pkeyopt ec_paramgen_curve:P-384";

/// The folder of an authority: `root`, `between` and `authority`, each as `.pem` and `.key`.
pub(crate) struct Authority {
    folder: TempDir,
}

impl Authority {
    /// Makes keys and certificates, and an authority that signs with a digest.
    pub(crate) fn new(key: &str, digest: &str) -> Self {
        let authority = Self { folder: TempDir::new().unwrap() };
        authority.write("extensions", EXTENSIONS.as_bytes());
        authority.write("answers", ANSWERS.replace("DIGEST", digest).as_bytes());
        authority.write("number", b"0a41");
        authority.root("root", key);
        authority.certificate("between", "between", "root", key);
        authority.certificate("authority", "authority", "between", key);
        authority
    }

    /// Makes a root.
    pub(crate) fn root(&self, name: &str, key: &str) {
        self.openssl(&format!(
            "req -x509 -config extensions -extensions root -days 3650 -nodes {key} -sha256 \
             -subj /O=Test/CN=root -keyout {name}.key -out {name}.pem"
        ));
    }

    /// Makes a certificate of a kind, signed by an issuer.
    pub(crate) fn certificate(&self, name: &str, kind: &str, issuer: &str, key: &str) {
        self.openssl(&format!(
            "req -new -config extensions -nodes {key} -subj /C=DE/O=Test/CN={name} \
             -keyout {name}.key -out {name}.csr"
        ));
        self.openssl(&format!(
            "x509 -req -in {name}.csr -CA {issuer}.pem -CAkey {issuer}.key -CAcreateserial \
             -days 365 -sha256 -extfile extensions -extensions {kind} -out {name}.pem"
        ));
    }

    /// Returns the answer to a request.
    pub(crate) fn answer(&self, request: &[u8]) -> Vec<u8> {
        self.write("request.tsq", request);
        self.openssl("ts -reply -config answers -queryfile request.tsq -out answer.tsr");
        self.read("answer.tsr")
    }

    /// Returns the token of an answer, without the response around it.
    pub(crate) fn bare(&self, answer: &[u8]) -> Vec<u8> {
        self.write("answer.tsr", answer);
        self.openssl("ts -reply -in answer.tsr -token_out -out token.der");
        self.read("token.der")
    }

    /// Returns the signed content of a token.
    pub(crate) fn content(&self, token: &[u8]) -> Vec<u8> {
        self.write("token.der", token);
        self.openssl("cms -verify -noverify -inform DER -in token.der -binary -out content.der");
        self.read("content.der")
    }

    /// Signs a content as a token, with options of `openssl cms`. By this, unlike by
    /// `openssl ts`, an authority can do what it should not.
    pub(crate) fn token(&self, content: &[u8], options: &str) -> Vec<u8> {
        self.write("content.der", content);
        self.openssl(&format!(
            "cms -sign -binary -nodetach -nosmimecap -cades -in content.der -outform DER \
             -out token.der {options}"
        ));
        self.read("token.der")
    }

    /// Tells whether `openssl` accepts an answer to a request, or a token, with a root.
    pub(crate) fn accepts(&self, answer: &[u8], request: &[u8], root: &str, bare: bool) -> bool {
        self.write("answer.tsr", answer);
        self.write("request.tsq", request);
        let bare = if bare { "-token_in" } else { "" };
        self.attempt(&format!(
            "ts -verify -queryfile request.tsq -in answer.tsr -CAfile {root}.pem {bare}"
        ))
        .is_ok()
    }

    /// Tells whether `openssl` accepts the signature of a token and its certificates.
    pub(crate) fn accepts_signature(&self, token: &[u8], root: &str) -> bool {
        self.write("token.der", token);
        self.attempt(&format!(
            "cms -verify -inform DER -in token.der -binary -CAfile {root}.pem \
             -purpose timestampsign -out content.der"
        ))
        .is_ok()
    }

    /// Returns the certificates of a file.
    pub(crate) fn roots(&self, name: &str) -> Vec<Certificate> {
        certificates(&self.text(&format!("{name}.pem"))).unwrap()
    }

    /// Runs `openssl` in the folder and returns what it prints.
    pub(crate) fn openssl(&self, line: &str) -> String {
        let told = self.attempt(line);
        assert!(told.is_ok(), "openssl {line}: {told:?}");
        told.unwrap()
    }

    /// Runs `openssl` in the folder and returns what it prints, or what it complains of.
    fn attempt(&self, line: &str) -> Result<String, String> {
        let output = Command::new("openssl")
            .args(line.split_whitespace())
            .current_dir(self.folder.path())
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        if output.status.success() { Ok(text(output.stdout)) } else { Err(text(output.stderr)) }
    }

    pub(crate) fn write(&self, name: &str, bytes: &[u8]) {
        fs::write(self.folder.path().join(name), bytes).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.folder.path().join(name)).unwrap()
    }

    pub(crate) fn text(&self, name: &str) -> String {
        String::from_utf8(self.read(name)).unwrap()
    }
}
