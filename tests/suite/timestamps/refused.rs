//! Tokens that an authority should not make, and those that are out of the ordinary but good.

use avouch::signature::timestamp::{Refusal, Token, request};
use cms::content_info::ContentInfo;
use cms::signed_data::SignedData;
use der::asn1::SetOfVec;
use der::{Decode, Encode};

use super::authority::{Authority, P256, RSA};
use super::{MESSAGE, NONCE};

/// The option that says what is signed.
const TYPE: &str = "-econtent_type 1.2.840.113549.1.9.16.1.4";

/// Returns the content of a token by an authority.
fn content(authority: &Authority) -> Vec<u8> {
    let answer = authority.answer(&request(MESSAGE, NONCE));
    authority.content(&authority.bare(&answer))
}

/// Returns a content without the name of its authority, so that another may sign it, and with
/// another time of the same length.
fn anonymous(content: &[u8], time: Option<&str>) -> Vec<u8> {
    let mut content = x509_tsp::TstInfo::from_der(content).unwrap();
    content.tsa = None;
    let mut bytes = content.to_der().unwrap();
    if let Some(time) = time {
        let at = bytes.windows(2).position(|it| it == [0x18, 0x0f]).unwrap() + 2;
        bytes[at..at + 15].copy_from_slice(time.as_bytes());
    }
    bytes
}

/// Returns a token after a change of what is around its signed content.
fn edited(token: &[u8], edit: &dyn Fn(&mut SignedData)) -> Vec<u8> {
    let outer = ContentInfo::from_der(token).unwrap();
    let mut data = outer.content.decode_as::<SignedData>().unwrap();
    edit(&mut data);
    let content = der::Any::encode_from(&data).unwrap();
    ContentInfo { content, ..outer }.to_der().unwrap()
}

/// Returns why a token proves nothing, if so.
fn verdict(authority: &Authority, token: &[u8]) -> Result<(), String> {
    let token = Token::read(token).map_err(|refusal| refusal.to_string())?;
    token
        .verify(MESSAGE, &authority.roots("root"))
        .map(|_| ())
        .map_err(|refusal| refusal.to_string())
}

#[test]
fn a_certificate_has_to_be_for_time_stamps() {
    let authority = Authority::new(P256, "sha256");
    let purpose = |what: &str| {
        Err(format!("the certificate of the authority is not one for time stamps: {what}"))
    };
    for (kind, expected) in [
        ("authority", Ok(())),
        ("no-purpose", purpose("it names no purpose")),
        ("purpose-not-critical", purpose("its purpose is not critical")),
        ("two-purposes", purpose("it names other purposes")),
        ("key-for-encryption", purpose("its key is for other things than signatures")),
        (
            "not-understood",
            Err("the certificate of `CN=signer, O=Test, C=DE` has a critical extension that is \
                 not understood"
                .to_owned()),
        ),
    ] {
        authority.certificate("signer", kind, "between", P256);
        let options = format!("{TYPE} -signer signer.pem -inkey signer.key -certfile between.pem");
        let token = authority.token(&anonymous(&content(&authority), None), &options);
        assert_eq!(verdict(&authority, &token), expected, "{kind}");
        let request = request(MESSAGE, NONCE);
        assert_eq!(authority.accepts(&token, &request, "root", true), expected.is_ok(), "{kind}");
    }
}

#[test]
fn each_certificate_on_the_path_has_to_hold() {
    let authority = Authority::new(P256, "sha256");
    let fault = |what: &str| Err(format!("the certificate of `CN=issuer, O=Test, C=DE` {what}"));
    for (kind, expected) in [
        ("between", Ok(())),
        ("between-no-authority", fault("is not one of a certificate authority")),
        ("between-no-constraints", fault("is not one of a certificate authority")),
        ("between-may-not-sign", fault("may not sign certificates")),
        ("between-for-servers", fault("is not for time stamps")),
        ("between-limits-names", fault("limits names, which is not understood")),
    ] {
        authority.certificate("issuer", kind, "root", P256);
        authority.certificate("signer", "authority", "issuer", P256);
        let options = format!("{TYPE} -signer signer.pem -inkey signer.key -certfile issuer.pem");
        let token = authority.token(&anonymous(&content(&authority), None), &options);
        assert_eq!(verdict(&authority, &token), expected, "{kind}");
        let theirs = authority.accepts(&token, &request(MESSAGE, NONCE), "root", true);
        assert!(theirs || expected.is_err(), "{kind}");
    }
}

#[test]
fn a_path_has_five_certificates_at_most_and_obeys_its_lengths() {
    let authority = Authority::new(P256, "sha256");
    // Roots without a limit serve as certificates between, which have one.
    for (kind, between, expected) in [
        ("root", 3, Ok(())),
        (
            "root",
            4,
            Err("no root certificate that is trusted here leads to `CN=signer, O=Test, C=DE`"),
        ),
        ("between", 1, Ok(())),
        (
            "between",
            2,
            Err("the certificate of `CN=step1, O=Test, C=DE` allows no path of this length"),
        ),
    ] {
        let mut bundle = String::new();
        let mut issuer = "root".to_owned();
        for step in 1..=between {
            let name = format!("step{step}");
            authority.certificate(&name, kind, &issuer, P256);
            bundle += &authority.text(&format!("{name}.pem"));
            issuer = name;
        }
        authority.write("bundle.pem", bundle.as_bytes());
        authority.certificate("signer", "authority", &issuer, P256);
        let options = format!("{TYPE} -signer signer.pem -inkey signer.key -certfile bundle.pem");
        let token = authority.token(&anonymous(&content(&authority), None), &options);
        assert_eq!(
            verdict(&authority, &token),
            expected.map_err(str::to_owned),
            "{between} of {kind}"
        );
    }
}

#[test]
fn certificates_hold_at_the_time_of_the_token_and_not_today() {
    let authority = Authority::new(P256, "sha256");
    let content = content(&authority);
    let options =
        format!("{TYPE} -signer authority.pem -inkey authority.key -certfile between.pem");
    let late = Err("the certificate of `CN=authority, O=Test, C=DE` was not valid at the time of \
                    the token"
        .to_owned());
    let unread = Err("the content of the token cannot be read".to_owned());
    for (time, expected) in [
        (None, Ok(())),
        (Some("20010203040506Z"), late.clone()),
        (Some("20990203040506Z"), late),
        (Some("20990231040506Z"), unread.clone()),
        (Some("2099023104050.Z"), unread),
    ] {
        let token = authority.token(&anonymous(&content, time), &options);
        assert_eq!(verdict(&authority, &token), expected, "{time:?}");
    }
}

#[test]
fn signatures_are_named_in_several_ways() {
    let authority = Authority::new(RSA, "sha256");
    let who = "-signer authority.pem -inkey authority.key -certfile between.pem";
    let two = "-signer authority.pem -inkey authority.key -signer between.pem -inkey between.key";
    let short = "-signer short.pem -inkey short.key -certfile between.pem";
    authority.certificate("short", "authority", "between", "-newkey rsa:1024");
    authority.certificate("other", "authority", "between", RSA);
    let content = content(&authority);
    let refused = |text: &str| Err(text.to_owned());
    for (content, options, expected) in [
        (&content, format!("{TYPE} {who}"), Ok(())),
        (
            &content,
            format!("{TYPE} {who} -keyid"),
            refused("the token names its signer by a key and not by a certificate"),
        ),
        (&content, format!("{TYPE} {who} -md sha384 -keyopt rsa_padding_mode:pss"), Ok(())),
        (
            &content,
            format!(
                "{TYPE} {who} -md sha256 -keyopt rsa_padding_mode:pss -keyopt rsa_pss_saltlen:20"
            ),
            Ok(()),
        ),
        (
            &content,
            format!(
                "{TYPE} {who} -md sha256 -keyopt rsa_padding_mode:pss -keyopt rsa_mgf1_md:sha1"
            ),
            refused("the parameters of an algorithm cannot be read"),
        ),
        (
            &content,
            format!("{TYPE} {who} -md sha1"),
            refused("SHA-1 can be forged and is not accepted"),
        ),
        (
            &content,
            format!("{TYPE} {who} -md sha224"),
            refused("the algorithm 2.16.840.1.101.3.4.2.4 is not accepted"),
        ),
        (
            &content,
            who.to_owned(),
            refused("the signed content is not a time stamp but 1.2.840.113549.1.7.1"),
        ),
        (
            &content,
            format!("{TYPE} {two}"),
            refused("a time-stamp token has one signer, this has 2"),
        ),
        (
            &content,
            format!("{TYPE} {who} -nocerts"),
            refused("the token does not hold the certificate of its authority"),
        ),
        (
            &content,
            format!("{TYPE} -signer other.pem -inkey other.key -certfile between.pem"),
            refused("the token names another authority than its certificate"),
        ),
        (
            &anonymous(&content, None),
            format!("{TYPE} {short}"),
            refused("an RSA key of 1024 bits is not accepted"),
        ),
        (
            &b"\x30\0".to_vec(),
            format!("{TYPE} {who}"),
            refused("the content of the token cannot be read"),
        ),
    ] {
        let token = authority.token(content, &options);
        assert_eq!(verdict(&authority, &token), expected, "{options}");
        // `openssl ts` does not read RSA-PSS in a token; `openssl cms` does.
        let theirs = if options.contains("pss") {
            authority.accepts_signature(&token, "root")
        } else {
            authority.accepts(&token, &request(MESSAGE, NONCE), "root", true)
        };
        assert!(theirs || expected.is_err(), "{options}");
    }
}

#[test]
fn certificates_may_be_signed_by_rsa_pss() {
    let authority = Authority::new(RSA, "sha256");
    for (options, expected) in [
        ("", Ok(())),
        (
            "-sigopt rsa_mgf1_md:sha1",
            Err("the parameters of an algorithm cannot be read".to_owned()),
        ),
    ] {
        authority.openssl(&format!(
            "x509 -req -in authority.csr -CA between.pem -CAkey between.key -CAcreateserial \
             -sha256 -sigopt rsa_padding_mode:pss {options} -extfile extensions \
             -extensions authority -out authority.pem"
        ));
        let request = request(MESSAGE, NONCE);
        let answer = authority.answer(&request);
        assert_eq!(verdict(&authority, &answer), expected, "{options}");
        assert!(authority.accepts(&answer, &request, "root", false), "{options}");
    }
}

#[test]
fn what_the_signature_does_not_cover_is_refused() {
    let authority = Authority::new(P256, "sha256");
    let answer = authority.answer(&request(MESSAGE, NONCE));
    let bare = authority.bare(&answer);
    let edited = |edit: &dyn Fn(&mut SignedData)| edited(&bare, edit);
    let unsigned = edited(&|data| {
        let mut signers = data.signer_infos.0.clone().into_vec();
        signers[0].unsigned_attrs = signers[0].signed_attrs.clone();
        data.signer_infos.0 = signers.try_into().unwrap();
    });
    let revocations = edited(&|data| {
        data.crls = Some(cms::revocation::RevocationInfoChoices(SetOfVec::default()));
    });
    let without_attributes = edited(&|data| {
        let mut signers = data.signer_infos.0.clone().into_vec();
        signers[0].signed_attrs = None;
        data.signer_infos.0 = signers.try_into().unwrap();
    });
    let other_digest = edited(&|data| data.digest_algorithms = SetOfVec::default());
    let refused = |text: &str| Err(text.to_owned());
    for (token, expected) in [
        (edited(&|_| ()), Ok(())),
        (
            unsigned,
            refused(
                "the token holds attributes that are not signed, which its signature does not cover",
            ),
        ),
        (
            revocations,
            refused(
                "the token holds lists of revoked certificates, which its signature does not cover",
            ),
        ),
        (without_attributes, refused("the token has no signed attributes")),
        (other_digest, refused("the token cannot be read")),
        ([&bare[..], b"\0"].concat(), refused("the time-stamp response cannot be read")),
        ([&answer[..], b"\0"].concat(), refused("the time-stamp response cannot be read")),
        (answer[..9].to_vec(), refused("the time-stamp response cannot be read")),
        (
            b"\x30\x05\x30\x03\x02\x01\0".to_vec(),
            refused("the response is granted but holds no token"),
        ),
        (vec![0; 65_537], refused("65537 bytes are too many for a time-stamp token")),
    ] {
        assert_eq!(verdict(&authority, &token), expected);
    }
    let token = Token::read(&answer).unwrap();
    assert_eq!(token.verify([0; 32], &authority.roots("root")), Err(Refusal::OtherMessage));
}

#[test]
fn a_certificate_named_by_sha1_alone_is_not_named() {
    let authority = Authority::new(P256, "sha256");
    let answers = authority.text("answers").replace("alg = sha256", "alg = sha1");
    authority.write("answers", answers.as_bytes());
    let answer = authority.answer(&request(MESSAGE, NONCE));
    assert_eq!(
        verdict(&authority, &answer),
        Err("SHA-1 can be forged and is not accepted".to_owned())
    );
}

#[test]
fn a_token_that_names_its_path_has_no_other() {
    let authority = Authority::new(P256, "sha256");
    authority.root("stranger", P256);
    let stranger = authority.text("stranger.pem");
    let answers = authority.text("answers") + "ess_cert_id_chain = yes\n";
    authority.write("answers", answers.as_bytes());
    let request = request(MESSAGE, NONCE);
    let answer = authority.answer(&request);
    assert_eq!(verdict(&authority, &answer), Ok(()));
    assert!(authority.accepts(&answer, &request, "root", false));

    // It names a stranger; the one that it needs comes beside.
    authority.write("between.pem", stranger.as_bytes());
    let token = authority.bare(&authority.answer(&request));
    let known = ContentInfo::from_der(&authority.bare(&answer)).unwrap();
    let known = known.content.decode_as::<SignedData>().unwrap();
    let token = edited(&token, &|data| {
        let mut all = known.certificates.clone().unwrap().0.into_vec();
        all.extend(data.certificates.clone().unwrap().0.into_vec());
        all.sort_by_key(|it| it.to_der().unwrap());
        all.dedup();
        data.certificates = Some(all.try_into().unwrap());
    });
    assert_eq!(
        verdict(&authority, &token),
        Err("the path uses a certificate that the token does not name".to_owned())
    );
}
