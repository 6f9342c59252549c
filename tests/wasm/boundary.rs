//! The WebAssembly boundary in a browser: values cross unchanged, errors cross as a number and a detail.
#![cfg(all(target_arch = "wasm32", feature = "server"))]
#![expect(clippy::unwrap_used, reason = "a test that fails should panic")]

use tuya_auth::Code;
use tuya_auth_wasm::page::{authorization_url, check_base_url, new_state, parse_callback};
use tuya_auth_wasm::server::{Signer, token_expiry, token_path};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::Url;

wasm_bindgen_test_configure!(run_in_browser);

const T: f64 = 1_588_925_778_000.0;

/// The published pair of keys.
fn signer(options: u32) -> Signer {
    Signer::new("1KAD46OrT9HafiKdsXeg", "4OHBOnWOqaEC1mWXOpVL3yV50s0qGSRC", None, options).unwrap()
}

fn code(thrown: &JsValue) -> (u8, Option<String>) {
    let text = thrown.as_string().unwrap();
    let (id, detail) = text.split_once(' ').map_or((text.as_str(), None), |(id, detail)| (id, Some(detail.to_owned())));
    (id.parse().unwrap(), detail)
}

fn signed_headers() -> Vec<String> {
    ["area_id", "29a33e8796834b1efa6", "call_id", "8afdb70ab2ed11eb85290242ac130003"].map(String::from).to_vec()
}

#[wasm_bindgen_test]
fn the_published_vector_is_signed() {
    let nonce = "5138cc3a9033d69856923fd07b491173";
    let signed = signer(0)
        .sign("GET", "/v1.0/token?grant_type=1", signed_headers(), None, None, None, T, Some(nonce.into()))
        .unwrap();
    assert_eq!(signed, format!("9E48A3E93B302EEECC803C7241985D0A34EB944F40FB573C7B5C2A82158AF13E{nonce}"));
}

#[wasm_bindgen_test]
fn a_fresh_nonce_is_a_uuid_each_time() {
    let sign = || signer(0).sign("GET", "/a", Vec::new(), None, None, None, T, None).unwrap();
    let (one, other) = (sign(), sign());
    assert_eq!((one.len(), other.len()), (64 + 36, 64 + 36));
    assert_ne!(one, other);
    assert_eq!(one.as_bytes().get(64 + 14), Some(&b'4'), "version 4");
}

#[wasm_bindgen_test]
fn bodies_forms_and_options_reach_the_core() {
    let text =
        |options, body, form| signer(options).string_to_sign("post", "/a%20b?z=1", Vec::new(), body, form).unwrap();
    assert!(
        text(0, Some(b"{}".to_vec()), None)
            .starts_with("POST\n44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\n")
    );
    assert!(text(0, None, Some("a=1+2".into())).ends_with("/a%20b?a=1 2&z=1"));
    assert!(text(2, None, None).ends_with("/a b?z=1"));
    assert!(signer(4).string_to_sign("GET", "/a?b=1&b=2", Vec::new(), None, None).is_ok());
    assert_eq!(
        signer(1).sign("GET", "/a", Vec::new(), None, None, None, T, Some(String::new())).unwrap(),
        "CEAAFB5CCDC2F723A9FD3E91D3D2238EE0DD9A6D7C3C365DEB50FC2AF277AA83"
    );
}

#[wasm_bindgen_test]
fn what_was_signed_verifies() {
    let sign = signer(0).sign("GET", "/a", Vec::new(), None, None, None, T, Some(String::new())).unwrap();
    let headers = |sign: &str| {
        ["client_id", "1KAD46OrT9HafiKdsXeg", "t", "1588925778000", "sign_method", "HMAC-SHA256", "sign", sign]
            .map(String::from)
            .to_vec()
    };
    assert!(signer(0).verify("GET", "/a", headers(&sign), &[], T).is_ok());
    let refused = signer(0).verify("GET", "/b", headers(&sign), &[], T).unwrap_err();
    assert_eq!(code(&refused), (Code::SignInvalid.id(), None));
    let late = signer(0).verify("GET", "/a", headers(&sign), &[], T + 300_001.0).unwrap_err();
    assert_eq!(code(&late).0, Code::ClockSkew.id());
}

#[wasm_bindgen_test]
fn errors_cross_as_number_and_detail() {
    let thrown = signer(0).sign("GET", "/a?b=1&b=2", Vec::new(), None, None, None, T, None).unwrap_err();
    assert_eq!(code(&thrown), (Code::RepeatedKey.id(), Some("b".into())));
    for t in [f64::NAN, f64::INFINITY, -1.0, 0.5, T + 0.5, 1_588_925_778.0] {
        let thrown = signer(0).sign("GET", "/a", Vec::new(), None, None, None, t, None).unwrap_err();
        assert_eq!(code(&thrown), (Code::InvalidTime.id(), None), "{t}");
    }
    assert_eq!(code(&Signer::new("", "x", None, 0).err().unwrap()).0, Code::InvalidClientId.id());
    assert_eq!(code(&Signer::new("x", " ", None, 0).err().unwrap()).0, Code::InvalidSecret.id());
    assert_eq!(code(&check_base_url("http://cloud.example", false).unwrap_err()).0, Code::InsecureUrl.id());
    assert_eq!(code(&token_path(9, "x").unwrap_err()).0, Code::InvalidArgument.id());
    assert_eq!(code(&token_path(2, "").unwrap_err()).0, Code::InvalidToken.id());
}

#[wasm_bindgen_test]
fn the_browser_reads_the_authorization_url() {
    let state = new_state("eu").unwrap();
    assert_eq!(state.len(), 22 + 3);
    assert_ne!(state, new_state("eu").unwrap());
    let url = authorization_url(
        "https://page.example/d/login",
        "client",
        "https://app.example/cb?a=b&c=d",
        "eu",
        &state,
        "from_app=tuya+Smart",
        false,
    )
    .unwrap();
    let read = Url::new(&url).unwrap().search_params();
    assert_eq!(read.get("redirect_uri").as_deref(), Some("https://app.example/cb?a=b&c=d"));
    assert_eq!(read.get("state"), Some(state.clone()));
    assert_eq!(read.get("from_app").as_deref(), Some("tuya Smart"));
    let callback = format!("https://app.example/cb?code=c0de&state={state}");
    assert_eq!(parse_callback(&callback, &state, Some("eu".into())).unwrap(), "eu\nc0de");
    assert_eq!(code(&parse_callback(&callback, "other", None).unwrap_err()).0, Code::StateMismatch.id());
}

#[wasm_bindgen_test]
fn token_answers_are_checked() {
    assert_eq!(token_path(1, "c0de").unwrap(), "/v1.0/token?grant_type=2&code=c0de");
    let expiry = |token: &str, t: f64| token_expiry(token.into(), "RT".into(), "u".into(), 7200.0, t, T);
    assert_eq!(expiry("AT", f64::NAN), Ok(T + 7_200_000.0));
    assert_eq!(expiry("AT", 5.0), Ok(7_200_005.0));
    assert_eq!(code(&expiry("", 5.0).unwrap_err()), (Code::MalformedResponse.id(), Some("access_token".into())));
}
