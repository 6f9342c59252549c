//! The WebAssembly boundary in a browser: values cross unchanged, errors cross as a number and a detail.
#![cfg(all(target_arch = "wasm32", feature = "server"))]
#![expect(clippy::unwrap_used, reason = "a test that fails should panic")]

mod support;

use support::{Field, Refusal, call, checked, code, number, read, text, write};
use tuya_auth::Code;
use tuya_auth_wasm::page::{authorization_url, parse_callback};
use tuya_auth_wasm::server::{
    check_base_url, hash_finish, hash_free, hash_new, hash_update, signer_free, signer_new, signer_sign,
    signer_string_to_sign, signer_verify, token_expiry, token_path,
};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::Url;

wasm_bindgen_test_configure!(run_in_browser);

const CLIENT_ID: &str = "1KAD46OrT9HafiKdsXeg";
const T: f64 = 1_588_925_778_000.0;
const SIGNED: [&str; 4] = ["area_id", "29a33e8796834b1efa6", "call_id", "8afdb70ab2ed11eb85290242ac130003"];

fn made(client_id: &str, secret: &str, options: u32) -> Result<u32, Refusal> {
    let fields = [client_id.into(), secret.into(), Field::Absent];
    number(&fields, |length| signer_new(length, options)).map(|signer| signer as u32)
}

/// The published pair of keys.
fn signer(options: u32) -> u32 {
    made(CLIENT_ID, "4OHBOnWOqaEC1mWXOpVL3yV50s0qGSRC", options).unwrap()
}

/// Signs a GET without a token; gives the sign and, where it was drawn, the nonce.
fn sign(signer: u32, url: &str, t: &str, nonce: Option<&str>, signed: &[&str]) -> Result<String, Refusal> {
    let mut list = Vec::new();
    for item in signed {
        list.extend((item.len() as u32).to_le_bytes());
        list.extend(item.as_bytes());
    }
    write(&[b"GET", t.as_bytes(), nonce.unwrap_or_default().as_bytes(), url.as_bytes(), &list, &[0; 100]].concat());
    let nonce_length = nonce.map_or(-1, |nonce| nonce.len() as i32);
    checked(signer_sign(signer, 3, t.len(), nonce_length, 0, url.len(), list.len(), 0, 0).into())?;
    Ok(String::from_utf8(read(if nonce.is_some() { 64 } else { 100 })).unwrap())
}

fn string_to_sign(signer: u32, url: &str, body: &[u8], kind: u32) -> Result<String, Refusal> {
    let fields = ["post".into(), url.into(), Field::List(&[]), Field::Bytes(body)];
    text(&fields, |length| signer_string_to_sign(signer, length, kind))
}

#[wasm_bindgen_test]
fn the_published_vector_is_signed() {
    let nonce = "5138cc3a9033d69856923fd07b491173";
    let signed = sign(signer(0), "/v1.0/token?grant_type=1", "1588925778000", Some(nonce), &SIGNED).unwrap();
    assert_eq!(signed, "9E48A3E93B302EEECC803C7241985D0A34EB944F40FB573C7B5C2A82158AF13E");
}

#[wasm_bindgen_test]
fn a_fresh_nonce_is_a_uuid_each_time() {
    let signer = signer(0);
    // More than are drawn at once.
    let nonces: Vec<String> =
        (0..200).map(|_| sign(signer, "/a", "1588925778000", None, &[]).unwrap().split_off(64)).collect();
    for (at, nonce) in nonces.iter().enumerate() {
        assert_eq!(nonce.as_bytes().get(14), Some(&b'4'), "version 4");
        assert!(!nonces[at + 1..].contains(nonce));
    }
}

#[wasm_bindgen_test]
fn bodies_forms_and_options_reach_the_core() {
    let hash = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    assert_eq!(string_to_sign(signer(0), "/a%20b?z=1", b"{}", 0).unwrap(), format!("POST\n{hash}\n\n/a%20b?z=1"));
    assert!(string_to_sign(signer(0), "/a%20b?z=1", b"a=1+2", 1).unwrap().ends_with("/a%20b?a=1 2&z=1"));
    assert!(string_to_sign(signer(2), "/a%20b?z=1", b"", 0).unwrap().ends_with("/a b?z=1"));
    assert!(string_to_sign(signer(4), "/a?b=1&b=2", b"", 0).is_ok());
    let legacy = sign(signer(1), "/a", "1588925778000", Some(""), &[]).unwrap();
    assert_eq!(legacy, "CEAAFB5CCDC2F723A9FD3E91D3D2238EE0DD9A6D7C3C365DEB50FC2AF277AA83");
}

#[wasm_bindgen_test]
fn a_body_that_comes_in_pieces_is_hashed_as_one() {
    let hash = hash_new();
    for piece in [b"{".as_slice(), b"}"] {
        write(piece);
        hash_update(hash, piece.len());
    }
    let digest = call(&[], |_| hash_finish(hash)).unwrap();
    assert_eq!(call(&[], |_| hash_finish(hash)).unwrap(), digest, "asked again");
    hash_free(hash);
    let signer = signer(0);
    assert_eq!(string_to_sign(signer, "/a", &digest, 2).unwrap(), string_to_sign(signer, "/a", b"{}", 0).unwrap());
}

#[wasm_bindgen_test]
fn what_was_signed_verifies() {
    let signer = signer(0);
    let sign = sign(signer, "/a", "1588925778000", Some(""), &[]).unwrap();
    let headers = ["client_id", CLIENT_ID, "t", "1588925778000", "sign_method", "HMAC-SHA256", "sign", &sign];
    let verify = |target: &str, now| {
        let fields = ["GET".into(), target.into(), Field::List(&headers), "".into()];
        call(&fields, |length| signer_verify(signer, length, now))
    };
    assert_eq!(verify("/a", T), Ok(Vec::new()));
    assert_eq!(verify("/b", T), Err((Code::SignInvalid.id(), None)));
    assert_eq!(code(verify("/a", T + 300_001.0)), Code::ClockSkew.id());
}

#[wasm_bindgen_test]
fn signers_are_told_apart_and_end() {
    let (one, other) = (signer(0), signer(4));
    assert_ne!(one, other);
    let repeated = |signer| string_to_sign(signer, "/a?b=1&b=2", b"", 0);
    assert_eq!(repeated(one), Err((Code::RepeatedKey.id(), Some("b".into()))));
    signer_free(one);
    assert!(repeated(other).is_ok());
    assert_eq!(code(repeated(one)), Code::InternalError.id());
}

#[wasm_bindgen_test]
fn errors_cross_as_number_and_detail() {
    let refused = |url, t, nonce| sign(signer(0), url, t, Some(nonce), &[]).unwrap_err();
    assert_eq!(refused("/a?b=1&b=2", "1588925778000", ""), (Code::RepeatedKey.id(), Some("b".into())));
    for t in ["", "NaN", "-1", "0588925778000", "1588925778", "158892577800.5"] {
        assert_eq!(refused("/a", t, ""), (Code::InvalidTime.id(), None), "{t}");
    }
    assert_eq!(refused("/a", "1588925778000", "n n").0, Code::InvalidNonce.id());
    assert_eq!(code(made("", "x", 0)), Code::InvalidClientId.id());
    assert_eq!(code(made("x", " ", 0)), Code::InvalidSecret.id());
    let base = call(&["http://cloud.example".into()], |length| check_base_url(length, false));
    assert_eq!(code(base), Code::InsecureUrl.id());
    assert_eq!(code(text(&["x".into()], |length| token_path(length, 9))), Code::InvalidArgument.id());
    assert_eq!(code(text(&["".into()], |length| token_path(length, 2))), Code::InvalidToken.id());
}

#[wasm_bindgen_test]
fn lengths_beyond_the_frame_are_refused() {
    write(b"GET");
    assert_eq!(code(checked(signer_sign(signer(0), 3, 13, 0, 0, 1 << 20, 0, 0, 0).into())), Code::InternalError.id());
    assert_eq!(code(text(&[], |_| parse_callback(1 << 20))), Code::InternalError.id());
}

#[wasm_bindgen_test]
fn the_browser_reads_the_authorization_url() {
    let begun = |state: Option<&str>| {
        let texts = ["https://page.example/d/login", "client", "https://app.example/cb?a=b&c=d", "eu"];
        let mut fields: Vec<Field<'_>> = texts.map(Field::from).into();
        fields.extend([state.into(), "from_app=tuya+Smart".into()]);
        let answer = text(&fields, |length| authorization_url(length, false)).unwrap();
        let (state, url) = answer.split_once('\n').unwrap();
        (state.to_owned(), url.to_owned())
    };
    let (state, url) = begun(None);
    assert_eq!(state.len(), 22 + 3);
    assert_ne!(state, begun(None).0);
    assert_eq!(begun(Some(&state)), (state.clone(), url.clone()));
    let read = Url::new(&url).unwrap().search_params();
    assert_eq!(read.get("redirect_uri").as_deref(), Some("https://app.example/cb?a=b&c=d"));
    assert_eq!(read.get("state"), Some(state.clone()));
    assert_eq!(read.get("from_app").as_deref(), Some("tuya Smart"));

    let callback = format!("https://app.example/cb?code=c0de&state={state}");
    let parse = |state: &str| text(&[callback.as_str().into(), state.into(), "eu".into()], parse_callback);
    assert_eq!(parse(&state).unwrap(), "eu\nc0de");
    assert_eq!(code(parse("other")), Code::StateMismatch.id());
}

#[wasm_bindgen_test]
fn token_answers_are_checked() {
    let path = text(&["c0de".into()], |length| token_path(length, 1));
    assert_eq!(path.unwrap(), "/v1.0/token?grant_type=2&code=c0de");
    let expiry =
        |token: &str, t: f64| number(&[token.into(), "RT".into(), "u".into()], |n| token_expiry(n, 7200.0, t, T));
    assert_eq!(expiry("AT", f64::NAN), Ok(T + 7_200_000.0));
    assert_eq!(expiry("AT", 5.0), Ok(7_200_005.0));
    assert_eq!(expiry("", 5.0), Err((Code::MalformedResponse.id(), Some("access_token".into()))));
}
