//! The browser's own URL parser as the oracle: what it sends is what was signed.

use tuya_auth::sign::{Body, PathEncoding, Request, canonical_url};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::js_sys::Array;
use web_sys::{Url, UrlSearchParams};

const URLS: [&str; 6] = [
    "https://host.example/v1.0/a?z=1&a=2",
    "https://host.example/v1.0/d/a%20b?q=a%20b%2Bc%26d%3De%2F%C3%A9",
    "https://host.example/a?q=a+b&\u{e9}=\u{4e2d}&empty=&flag",
    "https://host.example?x=1",
    "https://host.example/a;b=c/(d)'!*,@:$&~?x=[1]|^",
    "https://host.example/a?",
];

#[wasm_bindgen_test]
fn the_browser_sends_the_path_that_was_signed() {
    for url in URLS {
        let request = Request { method: "GET", url, signed_headers: &[], body: Body::Bytes(&[]) };
        assert_eq!(request.check(false), Ok(()), "{url}");
        let canonical = canonical_url(url, &request.body, PathEncoding::AsWritten).unwrap();
        let path = Url::new(url).unwrap().pathname();
        assert_eq!(canonical.split('?').next(), Some(path.as_str()), "{url}");
    }
}

#[wasm_bindgen_test]
fn the_browser_decodes_the_query_that_was_signed() {
    for url in URLS {
        let parsed = Url::new(url).unwrap();
        let signed = canonical_url(url, &Body::Bytes(&[]), PathEncoding::AsWritten).unwrap();
        let pairs = UrlSearchParams::new_with_str(&parsed.search()).unwrap();
        pairs.sort().unwrap();
        let decoded: Vec<String> = pairs
            .entries()
            .into_iter()
            .map(|entry| {
                Array::from(&entry.unwrap()).iter().map(|text| text.as_string().unwrap()).collect::<Vec<_>>().join("=")
            })
            .collect();
        let mark = if decoded.is_empty() { "" } else { "?" };
        let expected = [&parsed.pathname(), mark, &decoded.join("&")].concat();
        assert_eq!(signed, expected, "{url}");
    }
}

#[wasm_bindgen_test]
fn what_the_browser_would_rewrite_is_refused() {
    for url in [
        "https://host.example/a b",
        "https://host.example/a/../b",
        "https://host.example/a/%2e%2E/b",
        "https://host.example/\u{e9}",
        "https://host.example/{id}",
        "https://host.example/a\tb",
    ] {
        let request = Request { method: "GET", url, signed_headers: &[], body: Body::Bytes(&[]) };
        assert!(request.check(false).is_err(), "{url}");
        assert_ne!(Url::new(url).unwrap().href(), url, "the browser sends another URL");
    }
}
