//! The HMAC itself, by the vectors of RFC 4231 and of Wycheproof.
//!
//! A [`tuya_auth::sign::Signer`] takes printable keys and puts its own parts together, so no published HMAC vector
//! can be handed to it. It is held to them in two steps: here the type that it computes with, and the other
//! implementation that the reference of these tests computes with, agree with every vector; in `hmac_lengths` and
//! `signing_oracle` the signer agrees with that reference.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use wycheproof::TestResult;
use wycheproof::mac::{TestName, TestSet};

/// As the signer does: the keyed state is made once and cloned, and the message comes in pieces.
fn signers_hmac(key: &[u8], pieces: &[&[u8]]) -> Hmac<Sha256> {
    let keyed: Hmac<Sha256> = Hmac::new_from_slice(key).unwrap();
    let mut mac = keyed.clone();
    for piece in pieces {
        mac.update(piece);
    }
    mac
}

/// One test case of RFC 4231, section 4.
struct Rfc4231 {
    key: Vec<u8>,
    data: Vec<u8>,
    /// Lower-case hex; test case 5 gives the first 128 bits only.
    mac: &'static str,
}

fn rfc4231() -> [Rfc4231; 7] {
    let case = |key: &[u8], data: &[u8], mac| Rfc4231 { key: key.to_vec(), data: data.to_vec(), mac };
    let counted: Vec<u8> = (1..=25).collect();
    [
        case(&[0x0b; 20], b"Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
        case(
            b"Jefe",
            b"what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        ),
        case(&[0xaa; 20], &[0xdd; 50], "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
        case(&counted, &[0xcd; 50], "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
        case(&[0x0c; 20], b"Test With Truncation", "a3b6167473100ee06e0c796c2955552b"),
        case(
            &[0xaa; 131],
            b"Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        ),
        case(
            &[0xaa; 131],
            b"This is a test using a larger than block-size key and a larger than block-size data. The key needs to \
              be hashed before being used by the HMAC algorithm.",
            "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
        ),
    ]
}

test! {
    fn rfc_4231_holds_however_the_message_is_cut() {
        for (at, Rfc4231 { key, data, mac }) in rfc4231().iter().enumerate() {
            let bytes: Vec<&[u8]> = data.chunks(1).collect();
            let (before, after) = data.split_at(data.len() / 2);
            for pieces in [&[data.as_slice()][..], &[before, after], &bytes] {
                let computed = hex::encode(signers_hmac(key, pieces).finalize().into_bytes());
                assert_eq!(&computed[..mac.len()], *mac, "test case {}", at + 1);
            }
            let reference = hex::encode(hmac_sha256::HMAC::mac(data, key));
            assert_eq!(&reference[..mac.len()], *mac, "test case {}, the reference", at + 1);
        }
    }
}

test! {
    fn wycheproof_holds_and_its_forged_tags_are_refused() {
        let (mut valid, mut invalid) = (0, 0);
        for group in TestSet::load(TestName::HmacSha256).unwrap().test_groups {
            let tag_bytes = group.tag_size / 8;
            for case in &group.tests {
                let (key, message, tag): (&[u8], &[u8], &[u8]) = (&case.key, &case.msg, &case.tag);
                assert_eq!(tag.len(), tag_bytes, "test {}", case.tc_id);
                let accepted = signers_hmac(key, &[message]).verify_truncated_left(tag).is_ok();
                let reference = hmac_sha256::HMAC::mac(message, key);
                assert_eq!(reference[..tag_bytes] == *tag, accepted, "test {}, the reference", case.tc_id);
                assert_eq!(accepted, case.result == TestResult::Valid, "test {}: {}", case.tc_id, case.comment);
                *(if accepted { &mut valid } else { &mut invalid }) += 1;
            }
        }
        assert_eq!((valid, invalid), (66, 108));
    }
}
