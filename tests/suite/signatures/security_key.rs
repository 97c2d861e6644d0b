//! Signatures as a security key makes them, made here without one.

use sha2::{Digest as _, Sha256};
use ssh_key::public::{self, KeyData};
use ssh_key::rand_core::OsRng;
use ssh_key::{Algorithm, HashAlg, PrivateKey, SshSig};

use super::opened::Opened;
use super::{Asked, Bench, MESSAGE, allowing};
use avouch::signature::{Namespace, PublicKey, Refusal, sshsig};

/// What the device adds to its signature: that it was touched, and that a PIN was typed.
const TOUCHED: u8 = 1;
const VERIFIED: u8 = 4;

#[test]
fn a_touch_is_required_and_a_pin_is_not() {
    let bench = Bench::new();
    for device in [Device::ed25519("ssh:"), Device::ecdsa("ssh:"), Device::ed25519("ssh:policies")]
    {
        for (flags, counter, expected) in [
            (TOUCHED, 42, Ok(())),
            (TOUCHED | VERIFIED, 0, Ok(())),
            (TOUCHED | 0xc0, u32::MAX, Ok(())),
            (0, 42, Err(Refusal::NoTouch)),
            (VERIFIED, 43, Err(Refusal::NoTouch)),
        ] {
            let armour = device.sign(flags, counter);
            let verify =
                |message| sshsig::verify(&device.key, Namespace::Approval, message, &armour);
            assert_eq!(verify(MESSAGE), expected, "{:?} {flags} {counter}", device.key);
            assert_eq!(verify(b"other"), expected.and(Err(Refusal::Wrong)));
            // OpenSSH leaves the question of touches to those who ask it.
            let allowed = allowing(&device.key);
            assert!(bench.stock_verify(&Asked::about(allowed.as_bytes(), &armour)));
        }
    }
}

#[test]
fn what_the_device_adds_is_signed_and_has_its_length() {
    for device in [Device::ed25519("ssh:"), Device::ecdsa("ssh:")] {
        let signed = device.sign(TOUCHED, 42);
        let verify = |change: &dyn Fn(&mut Vec<u8>)| {
            let mut opened = Opened::read(&signed);
            change(&mut opened.signature);
            sshsig::verify(&device.key, Namespace::Approval, MESSAGE, &opened.write())
        };
        let last = |signature: &mut Vec<u8>| *signature.last_mut().unwrap() ^= 1;
        assert_eq!(verify(&|_| {}), Ok(()));
        assert_eq!(verify(&last), Err(Refusal::Wrong), "another counter");
        assert_eq!(verify(&|it| it.truncate(it.len() - 1)), Err(Refusal::CutShort));
        assert_eq!(verify(&|it| it.truncate(it.len() - 5)), Err(Refusal::CutShort));
        assert_eq!(verify(&|it| it.push(0)), Err(Refusal::TrailingData { bytes: 1 }));
    }
}

/// The same point with another application is another key.
#[test]
fn the_application_is_part_of_the_key() {
    let one = Device::ed25519("ssh:");
    let other = Device::of(one.private.clone(), "ssh:other");
    let armour = one.sign(TOUCHED, 1);
    let verify = |key| sshsig::verify(key, Namespace::Approval, MESSAGE, &armour);
    assert_eq!(verify(&one.key), Ok(()));
    assert_eq!(verify(&other.key), Err(Refusal::OtherKey));
}

/// A security key: a key in software that signs what a device would.
struct Device {
    key: PublicKey,
    application: String,
    private: PrivateKey,
}

impl Device {
    fn ed25519(application: &str) -> Self {
        Self::of(PrivateKey::random(&mut OsRng, Algorithm::Ed25519).unwrap(), application)
    }

    fn ecdsa(application: &str) -> Self {
        let algorithm = Algorithm::new("ecdsa-sha2-nistp256").unwrap();
        Self::of(PrivateKey::random(&mut OsRng, algorithm).unwrap(), application)
    }

    fn of(private: PrivateKey, application: &str) -> Self {
        let data = match private.public_key().key_data().clone() {
            KeyData::Ed25519(point) => {
                KeyData::SkEd25519(public::SkEd25519::new(point, application))
            }
            KeyData::Ecdsa(public::EcdsaPublicKey::NistP256(point)) => {
                let key = public::SkEcdsaSha2NistP256::new(point, application);
                KeyData::SkEcdsaSha2NistP256(key)
            }
            other => panic!("no security key has {other:?}"),
        };
        let line = ssh_key::PublicKey::new(data, "").to_openssh().unwrap();
        let key = PublicKey::parse(&line).unwrap();
        Self { key, application: application.to_owned(), private }
    }

    /// Signs the message as `PROTOCOL.u2f` of OpenSSH has it.
    fn sign(&self, flags: u8, counter: u32) -> String {
        let mut added = vec![flags];
        added.extend(counter.to_be_bytes());
        let namespace = Namespace::Approval.as_str();
        let asked = SshSig::signed_data(namespace, HashAlg::Sha512, MESSAGE).unwrap();
        let mut bytes = Sha256::digest(&self.application).to_vec();
        bytes.extend(&added);
        bytes.extend(Sha256::digest(asked));
        let signature = raw_signature(&self.private, &bytes);
        Opened::new(&self.key, namespace, &signature, &added).write()
    }
}

fn raw_signature(key: &impl ssh_key::SigningKey, bytes: &[u8]) -> Vec<u8> {
    key.try_sign(bytes).unwrap().as_bytes().to_vec()
}
