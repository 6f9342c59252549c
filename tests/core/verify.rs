//! What a server does with a request that it received.

use tuya_auth::sign::{
    Body, CLOCK_WINDOW, PathEncoding, Received, Rejection, Request, Signer, SignerOptions, Stamp, canonical_url,
};
use tuya_auth::{ClientId, Code, Secret};

const T: u64 = 1_700_000_000_000;

fn signer() -> Signer {
    signer_with("secret", SignerOptions::default())
}

fn signer_with(secret: &str, options: SignerOptions) -> Signer {
    Signer::new(&ClientId::new("client").unwrap(), &Secret::new(secret).unwrap(), options).unwrap()
}

/// Headers of a signed request.
struct Signed {
    headers: Vec<(String, String)>,
}

impl Signed {
    fn of(signer: &Signer, request: &Request<'_>, access_token: Option<&str>) -> Self {
        let sign = signer.sign(request, access_token, &Stamp { t: T, nonce: "n0nce" }).unwrap();
        let t = T.to_string();
        let names: Vec<&str> = request.signed_headers.iter().map(|(name, _)| *name).collect();
        let mut headers: Vec<(String, String)> = [
            ("client_id", "client"),
            ("T", &t),
            ("sign_method", "HMAC-SHA256"),
            ("Sign", &sign),
            ("nonce", "n0nce"),
            ("signature-headers", &names.join(":")),
            ("access_token", access_token.unwrap_or_default()),
            ("identifier", signer.identifier().unwrap_or_default()),
        ]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
        headers.extend(request.signed_headers.iter().map(|(name, value)| (name.to_uppercase(), (*value).to_owned())));
        Self { headers }
    }

    fn set(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    fn verify(&self, signer: &Signer, method: &str, target: &str, body: &[u8], now: u64) -> Result<(), Rejection> {
        let headers: Vec<(&str, &str)> =
            self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        signer.verify(&Received { method, target, headers: &headers, body }, now)
    }
}

const GET: Request<'_> = Request { method: "get", url: "/v1.0/a?b=2&a=1", signed_headers: &[], body: Body::Bytes(&[]) };

test! {
    fn what_was_signed_verifies() {
        let signed = Signed::of(&signer(), &GET, Some("AT"));
        assert_eq!(signed.verify(&signer(), "GET", "/v1.0/a?b=2&a=1", &[], T), Ok(()));
        assert_eq!(signed.verify(&signer(), "GET", "/v1.0/a?a=1&b=2", &[], T), Ok(()), "the order of the query is free");
    }
}

test! {
    fn signed_headers_body_and_identifier_verify() {
        let keys = signer_with("secret", SignerOptions { identifier: Some("com.example.app".into()), ..SignerOptions::default() });
        let request = Request { method: "POST", url: "https://h.example/v1.0/a", signed_headers: &[("area_id", "x y"), ("call_id", "")], body: Body::Bytes(b"{}") };
        let signed = Signed::of(&keys, &request, Some("AT"));
        assert_eq!(signed.verify(&keys, "POST", "/v1.0/a", b"{}", T), Ok(()));
        assert_eq!(signed.verify(&keys, "POST", "/v1.0/a", b"{ }", T), Err(Rejection::Sign));
        let lost = Signed { headers: signed.headers.iter().filter(|(name, _)| name != "AREA_ID").cloned().collect() };
        assert!(matches!(lost.verify(&keys, "POST", "/v1.0/a", b"{}", T), Err(Rejection::Malformed(_))));
    }
}

test! {
    fn a_forms_pairs_join_the_query() {
        let request = Request { method: "POST", url: "/v1.0/a?z=1", signed_headers: &[], body: Body::Form("b=x+y&a=%C3%A9") };
        let signed = Signed::of(&signer(), &request, None).set("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
        assert_eq!(signer().string_to_sign(&request).unwrap().lines().last().unwrap(), "/v1.0/a?a=\u{e9}&b=x y&z=1");
        assert_eq!(signed.verify(&signer(), "POST", "/v1.0/a?z=1", b"b=x+y&a=%C3%A9", T), Ok(()));
    }
}

test! {
    fn the_token_is_no_part_of_token_calls() {
        let request = Request { url: "/v1.0/token?grant_type=1", ..GET };
        let signed = Signed::of(&signer(), &request, None).set("access_token", "AT");
        assert_eq!(signed.verify(&signer(), "GET", "/v1.0/token?grant_type=1", &[], T), Ok(()));
        let refresh = Request { url: "/v1.0/token/RT", ..GET };
        let signed = Signed::of(&signer(), &refresh, None).set("access_token", "AT");
        assert_eq!(signed.verify(&signer(), "GET", "/v1.0/token/RT", &[], T), Ok(()));
        let other = Request { url: "/v1.0/tokens", ..GET };
        let signed = Signed::of(&signer(), &other, None).set("access_token", "AT");
        assert_eq!(signed.verify(&signer(), "GET", "/v1.0/tokens", &[], T), Err(Rejection::Sign));
    }
}

test! {
    fn the_clock_window_is_five_minutes_either_way() {
        let signed = Signed::of(&signer(), &GET, None);
        for now in [T - CLOCK_WINDOW, T + CLOCK_WINDOW] {
            assert_eq!(signed.verify(&signer(), "GET", GET.url, &[], now), Ok(()));
        }
        for now in [0, T - CLOCK_WINDOW - 1, T + CLOCK_WINDOW + 1, u64::MAX] {
            assert_eq!(signed.verify(&signer(), "GET", GET.url, &[], now), Err(Rejection::ClockSkew));
        }
    }
}

test! {
    fn each_rule_has_its_rejection() {
        let signed = || Signed::of(&signer(), &GET, None);
        let verify = |signed: Signed| signed.verify(&signer(), "GET", GET.url, &[], T).unwrap_err();
        for name in ["client_id", "sign", "t", "sign_method"] {
            assert_eq!(verify(signed().set(name, "")), Rejection::MissingHeader(name));
        }
        assert_eq!(verify(signed().set("client_id", "other")), Rejection::ClientId);
        assert_eq!(verify(signed().set("sign_method", "hmac-sha256")), Rejection::SignMethod);
        for t in ["1700000000", "+170000000000", "170000000000x", "17000000000000"] {
            assert_eq!(verify(signed().set("t", t)), Rejection::Time, "{t}");
        }
        assert_eq!(verify(signed().set("nonce", "other")), Rejection::Sign);
        assert_eq!(verify(signed().set("sign", "short")), Rejection::Sign);
        assert!(matches!(signed().verify(&signer(), "GET", "/a?%zz", &[], T), Err(Rejection::Malformed(_))));
        for rejection in [Rejection::Sign, Rejection::SignMethod, Rejection::MissingHeader("t")] {
            assert_eq!(rejection.to_error().code(), Code::SignInvalid);
        }
        assert_eq!(Rejection::Time.to_error().code(), Code::ClockSkew);
        assert_eq!(Rejection::ClientId.to_error().code(), Code::ClientInvalid);
    }
}

test! {
    fn any_flipped_bit_of_the_secret_is_refused() {
        let signed = Signed::of(&signer(), &GET, None);
        for at in 0..6 {
            for bit in 0..7 {
                let mut secret = *b"secret";
                secret[at] ^= 1 << bit;
                let Ok(Ok(other)) = core::str::from_utf8(&secret).map(Secret::new) else { continue };
                let other = Signer::new(&ClientId::new("client").unwrap(), &other, SignerOptions::default()).unwrap();
                assert_eq!(signed.verify(&other, "GET", GET.url, &[], T), Err(Rejection::Sign));
            }
        }
    }
}

#[test]
fn a_long_form_in_the_worst_order_is_sorted_stably_and_without_delay() {
    let pair = |number: usize| format!("{:05}={number}", 99_999 - number / 2);
    for count in [31, 32, 33, 100, 1000, 99_999] {
        let sent: Vec<String> = (0..count).map(pair).collect();
        let mut sorted = sent.clone();
        sorted.sort_by(|one, other| one[..5].cmp(&other[..5]));
        let canonical = canonical_url("/a", &Body::Form(&sent.join("&")), PathEncoding::AsWritten).unwrap();
        assert!(canonical == format!("/a?{}", sorted.join("&")), "{count}");
    }
}
