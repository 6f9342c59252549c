//! The WebAssembly boundary in a browser: values cross unchanged, errors cross as a number and a detail.
#![cfg(all(target_arch = "wasm32", feature = "server", feature = "entropy"))]
#![expect(clippy::unwrap_used, reason = "a test that fails should panic")]

mod support;

use support::{Field, Refusal, call, checked, code, number, read, text, write};
use tuya_auth::Code;
use tuya_auth_wasm::entropy::fresh_nonce;
use tuya_auth_wasm::page::{authorization_url, parse_callback};
use tuya_auth_wasm::server::{
    check_base_url, hash_finish, hash_new, hash_update, release, signer_new, signer_sign, signer_string_to_sign,
    signer_verify, token_expiry, token_path,
};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::Url;

wasm_bindgen_test_configure!(run_in_browser);

const CLIENT_ID: &str = "1KAD46OrT9HafiKdsXeg";
const T: f64 = 1_588_925_778_000.0;
const SIGNED: [&str; 4] = ["area_id", "29a33e8796834b1efa6", "call_id", "8afdb70ab2ed11eb85290242ac130003"];

fn made(client_id: &str, secret: &str, options: f64) -> Result<usize, Refusal> {
    let fields = [Field::Number(options), client_id.into(), secret.into(), Field::Absent];
    number(&fields, signer_new)
}

/// The published pair of keys.
fn signer(options: f64) -> usize {
    made(CLIENT_ID, "4OHBOnWOqaEC1mWXOpVL3yV50s0qGSRC", options).unwrap()
}

/// Signs a GET without a token.
fn sign(signer: usize, url: &str, t: &str, nonce: &str, signed: &[&str]) -> Result<String, Refusal> {
    let mut list = Vec::new();
    for item in signed {
        list.extend((item.len() as u32).to_le_bytes());
        list.extend(item.as_bytes());
    }
    let lengths = [t.len(), nonce.len(), 0, url.len(), list.len(), 0].map(|length| length as f64);
    let numbers = [signer as f64, 0.0, 3.0].into_iter().chain(lengths).flat_map(f64::to_le_bytes).collect::<Vec<_>>();
    let texts = [b"GET", t.as_bytes(), nonce.as_bytes(), url.as_bytes(), &list].concat();
    write(&[numbers, texts, vec![0; 100]].concat());
    checked(signer_sign())?;
    Ok(String::from_utf8(read(64)).unwrap())
}

fn string_to_sign(signer: usize, url: &str, body: &[u8], kind: u8) -> Result<String, Refusal> {
    let numbers = [Field::Number(signer as f64), Field::Number(kind.into())];
    let fields = numbers.into_iter().chain(["post".into(), url.into(), Field::List(&[]), Field::Bytes(body)]);
    text(&fields.collect::<Vec<_>>(), signer_string_to_sign)
}

#[wasm_bindgen_test]
fn the_published_vector_is_signed() {
    let nonce = "5138cc3a9033d69856923fd07b491173";
    let signed = sign(signer(0.0), "/v1.0/token?grant_type=1", "1588925778000", nonce, &SIGNED).unwrap();
    assert_eq!(signed, "9E48A3E93B302EEECC803C7241985D0A34EB944F40FB573C7B5C2A82158AF13E");
}

#[wasm_bindgen_test]
fn a_fresh_nonce_is_a_uuid_each_time() {
    let nonces: Vec<String> = (0..200).map(|_| text(&[], |_| fresh_nonce()).unwrap()).collect();
    for (at, nonce) in nonces.iter().enumerate() {
        assert_eq!(nonce.as_bytes().get(14), Some(&b'4'), "version 4");
        assert!(!nonces[at + 1..].contains(nonce));
    }
}

#[wasm_bindgen_test]
fn bodies_forms_and_options_reach_the_core() {
    let hash = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    assert_eq!(string_to_sign(signer(0.0), "/a%20b?z=1", b"{}", 0).unwrap(), format!("POST\n{hash}\n\n/a%20b?z=1"));
    assert!(string_to_sign(signer(0.0), "/a%20b?z=1", b"a=1+2", 1).unwrap().ends_with("/a%20b?a=1 2&z=1"));
    assert!(string_to_sign(signer(2.0), "/a%20b?z=1", b"", 0).unwrap().ends_with("/a b?z=1"));
    assert!(string_to_sign(signer(4.0), "/a?b=1&b=2", b"", 0).is_ok());
    let legacy = sign(signer(1.0), "/a", "1588925778000", "", &[]).unwrap();
    assert_eq!(legacy, "CEAAFB5CCDC2F723A9FD3E91D3D2238EE0DD9A6D7C3C365DEB50FC2AF277AA83");
}

#[wasm_bindgen_test]
fn a_body_that_comes_in_pieces_is_hashed_as_one() {
    let hash = hash_new() as usize;
    for piece in [b"{".as_slice(), b"}"] {
        write(piece);
        hash_update(hash, piece.len());
    }
    let digest = call(&[Field::Number(hash as f64)], hash_finish).unwrap();
    assert_eq!(call(&[Field::Number(hash as f64)], hash_finish).unwrap(), digest, "asked again");
    release(hash);
    let signer = signer(0.0);
    assert_eq!(string_to_sign(signer, "/a", &digest, 2).unwrap(), string_to_sign(signer, "/a", b"{}", 0).unwrap());
}

#[wasm_bindgen_test]
fn what_was_signed_verifies() {
    let signer = signer(0.0);
    let sign = sign(signer, "/a", "1588925778000", "", &[]).unwrap();
    let headers = ["client_id", CLIENT_ID, "t", "1588925778000", "sign_method", "HMAC-SHA256", "sign", &sign];
    let verify = |target: &str, now| {
        let numbers = [Field::Number(signer as f64), Field::Number(now)];
        let fields = numbers.into_iter().chain(["GET".into(), target.into(), Field::List(&headers), "".into()]);
        call(&fields.collect::<Vec<_>>(), signer_verify)
    };
    assert_eq!(verify("/a", T), Ok(Vec::new()));
    assert_eq!(verify("/b", T), Err((Code::SignInvalid.id(), None)));
    assert_eq!(code(verify("/a", T + 300_001.0)), Code::ClockSkew.id());
}

#[wasm_bindgen_test]
fn signers_are_told_apart_and_end() {
    let (one, other) = (signer(0.0), signer(4.0));
    assert_ne!(one, other);
    let repeated = |signer| string_to_sign(signer, "/a?b=1&b=2", b"", 0);
    assert_eq!(repeated(one), Err((Code::RepeatedKey.id(), Some("b".into()))));
    release(one);
    assert!(repeated(other).is_ok());
    assert_eq!(code(repeated(one)), Code::InternalError.id());
}

#[wasm_bindgen_test]
fn errors_cross_as_number_and_detail() {
    let refused = |url, t, nonce| sign(signer(0.0), url, t, nonce, &[]).unwrap_err();
    assert_eq!(refused("/a?b=1&b=2", "1588925778000", ""), (Code::RepeatedKey.id(), Some("b".into())));
    for t in ["", "NaN", "-1", "0588925778000", "1588925778", "158892577800.5"] {
        assert_eq!(refused("/a", t, ""), (Code::InvalidTime.id(), None), "{t}");
    }
    assert_eq!(refused("/a", "1588925778000", "n n").0, Code::InvalidNonce.id());
    assert_eq!(code(made("", "x", 0.0)), Code::InvalidClientId.id());
    assert_eq!(code(made("x", " ", 0.0)), Code::InvalidSecret.id());
    let base = call(&[Field::Absent, "http://cloud.example".into()], check_base_url);
    assert_eq!(code(base), Code::InsecureUrl.id());
    assert_eq!(code(text(&[Field::Number(9.0), "x".into()], token_path)), Code::InvalidArgument.id());
    assert_eq!(code(text(&[Field::Number(2.0), "".into()], token_path)), Code::InvalidToken.id());
}

#[wasm_bindgen_test]
fn lengths_beyond_the_frame_are_refused() {
    let signer = signer(0.0);
    let numbers = [signer as f64, 0.0, 3.0, 13.0, 0.0, 0.0, 1e6, 0.0, 0.0];
    write(&numbers.into_iter().flat_map(f64::to_le_bytes).collect::<Vec<_>>());
    assert_eq!(code(checked(signer_sign())), Code::InternalError.id());
    assert_eq!(code(text(&[], |_| parse_callback(1 << 20))), Code::InternalError.id());
}

#[wasm_bindgen_test]
fn the_browser_reads_the_authorization_url() {
    let begun = |state: Option<&str>, entropy: &[u8]| {
        let texts = ["https://page.example/d/login", "client", "https://app.example/cb?a=b&c=d", "eu"];
        let mut fields = vec![Field::Absent];
        fields.extend(texts.map(Field::from));
        let entropy = if state.is_none() { Field::Bytes(entropy) } else { Field::Absent };
        fields.extend([state.into(), entropy, "from_app=tuya+Smart".into()]);
        let answer = text(&fields, authorization_url).unwrap();
        let (state, url) = answer.split_once('\n').unwrap();
        (state.to_owned(), url.to_owned())
    };
    let (state, url) = begun(None, &[7; 16]);
    assert_eq!(state.len(), 22 + 3);
    assert_ne!(state, begun(None, &[8; 16]).0);
    assert_eq!(begun(Some(&state), &[]), (state.clone(), url.clone()));
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
    let path = text(&[Field::Number(1.0), "c0de".into()], token_path);
    assert_eq!(path.unwrap(), "/v1.0/token?grant_type=2&code=c0de");
    let expiry = |token: &str, t: f64| {
        let numbers = [7200.0, t, T].map(Field::Number).into_iter();
        let fields: Vec<Field<'_>> = numbers.chain([token.into(), "RT".into(), "u".into()]).collect();
        call(&fields, token_expiry).map(|bytes| f64::from_le_bytes(bytes.try_into().unwrap()))
    };
    assert_eq!(expiry("AT", f64::NAN), Ok(T + 7_200_000.0));
    assert_eq!(expiry("AT", 5.0), Ok(7_200_005.0));
    assert_eq!(expiry("", 5.0), Err((Code::MalformedResponse.id(), Some("access_token".into()))));
}
