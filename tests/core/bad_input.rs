//! What cannot arrive as it was signed is refused, with the offending part named and no secret shown.

use tuya_auth::data_center::check_code;
use tuya_auth::sign::{Body, PathEncoding, Request, Signer, SignerOptions, Stamp, canonical_url};
use tuya_auth::{ClientId, Code, Error, Secret};

const T: u64 = 1_700_000_000_000;

fn signer(options: SignerOptions) -> Result<Signer, Error> {
    Signer::new(&ClientId::new("client").unwrap(), &Secret::new("s3cret").unwrap(), options)
}

fn sign(
    method: &str,
    url: &str,
    headers: &[(&str, &str)],
    stamp: &Stamp<'_>,
    token: Option<&str>,
) -> Result<String, Error> {
    let request = Request { method, url, signed_headers: headers, body: Body::Bytes(&[]) };
    signer(SignerOptions::default()).unwrap().sign(&request, token, stamp)
}

fn code(result: Result<String, Error>) -> Code {
    result.unwrap_err().code()
}

const STAMP: Stamp<'_> = Stamp { t: T, nonce: "" };

test! {
    fn credentials_from_a_wrong_paste_are_refused() {
        for bad in ["", " ", "a b", "a\n", " a", "a\t", "\u{feff}a", "é"] {
            assert_eq!(ClientId::new(bad).unwrap_err().code(), Code::InvalidClientId, "{bad:?}");
            assert_eq!(Secret::new(bad).unwrap_err().code(), Code::InvalidSecret, "{bad:?}");
        }
        assert!(!format!("{:?}", Secret::new("s3cret").unwrap()).contains("s3cret"));
        assert!(!format!("{:?}", signer(SignerOptions::default()).unwrap()).contains("s3cret"));
        for bad in ["", " ", "a\nb"] {
            let options = SignerOptions { identifier: Some(bad.into()), ..SignerOptions::default() };
            assert_eq!(signer(options).unwrap_err().code(), Code::InvalidHeader);
        }
    }
}

test! {
    fn time_in_seconds_is_refused() {
        for t in [0, 1_700_000_000, 999_999_999_999, 10_000_000_000_000, u64::MAX] {
            assert_eq!(code(sign("GET", "/a", &[], &Stamp { t, nonce: "" }, None)), Code::InvalidTime, "{t}");
        }
    }
}

test! {
    fn methods_headers_nonces_and_tokens_must_be_sendable() {
        for method in ["", "G T", "GET\n", "GÉT"] {
            assert_eq!(code(sign(method, "/a", &[], &STAMP, None)), Code::InvalidMethod, "{method:?}");
        }
        for (name, value) in [("", "x"), ("a b", "x"), ("a:b", "x"), ("a\n", "x"), ("a", "x\r\ny"), ("a", " x"), ("a", "x\u{0}"), ("a", "é")] {
            assert_eq!(code(sign("GET", "/a", &[(name, value)], &STAMP, None)), Code::InvalidHeader, "{name:?}: {value:?}");
        }
        let error = sign("GET", "/a", &[("a_name", "x\ny")], &STAMP, None).unwrap_err();
        assert_eq!(error.detail(), Some("a_name"), "a bad value is named by its header");
        let error = sign("GET", "/a", &[("a\u{1}b", "x")], &STAMP, None).unwrap_err();
        assert_eq!(error.detail(), Some("the name of a signed header"), "a bad name is not repeated");
        for bad in ["a b", "a\n", "é"] {
            assert_eq!(code(sign("GET", "/a", &[], &Stamp { t: T, nonce: bad }, None)), Code::InvalidNonce);
            assert_eq!(code(sign("GET", "/a", &[], &STAMP, Some(bad))), Code::InvalidToken);
        }
    }
}

test! {
    fn urls_that_would_be_rewritten_on_the_way_are_refused() {
        for url in ["", "a", "v1.0/a", "/a b", "/a\n", "/a\\b", "/é", "/a/../b", "/a/%2E%2e/b", "/./a", "/a/.", "/{id}", "/a|b", "/a[1]", "/a^b", "/<a>", "/\"a\"", "/`a`", "/a?b=\u{7}"] {
            assert_eq!(code(sign("GET", url, &[], &STAMP, None)), Code::InvalidUrl, "{url:?}");
        }
        for url in ["/a?b=c ", "https://h.example/a ", "https://h.example/a?b#c "] {
            assert_eq!(code(sign("GET", url, &[], &STAMP, None)), Code::InvalidUrl, "a space at the end: {url:?}");
        }
        for url in ["//h.example/a", "///a", "https:///a", "https://", "https://?a=1", " https://h.example/a", "a b://h.example/a", "file:///a", "ftp://h.example/a"] {
            assert_eq!(code(sign("GET", url, &[], &STAMP, None)), Code::InvalidUrl, "another host or path: {url:?}");
        }
    }
}

test! {
    fn a_bad_escape_is_named_by_where_it_is() {
        for (part, urls) in [("path", ["/%", "/%e9", "/a/%zz/b"]), ("query", ["/a?b=%", "/a?b=%z0", "/a?%ff=1"])] {
            for url in urls {
                let error = sign("GET", url, &[], &STAMP, None).unwrap_err();
                assert_eq!((error.code(), error.detail()), (Code::BadEscape, Some(part)), "{url:?}");
            }
        }
        for form in ["%", "a=%f", "a=%c3&b=%a9"] {
            let request = Request { method: "POST", url: "/a?b=1", signed_headers: &[], body: Body::Form(form) };
            let error = signer(SignerOptions::default()).unwrap().sign(&request, None, &STAMP).unwrap_err();
            assert_eq!((error.code(), error.detail()), (Code::BadEscape, Some("body")), "{form:?}");
        }
    }
}

test! {
    fn a_repeated_key_is_refused_by_name_unless_asked_for() {
        let error = sign("GET", "/a?b=1&a=2&b=3", &[], &STAMP, None).unwrap_err();
        assert_eq!((error.code(), error.detail()), (Code::RepeatedKey, Some("b")));
        let request = Request { method: "GET", url: "/a?b=2&a=2&b=1", signed_headers: &[], body: Body::Bytes(&[]) };
        let lenient = signer(SignerOptions { allow_repeated_keys: true, ..SignerOptions::default() }).unwrap();
        assert!(lenient.string_to_sign(&request).unwrap().ends_with("/a?a=2&b=2&b=1"));
    }
}

test! {
    fn no_line_break_reaches_a_message() {
        let error = sign("GET", "/a?b%0Aok=1&b%0Aok=2", &[], &STAMP, None).unwrap_err();
        assert_eq!(error.detail(), Some("b\nok"));
        assert!(error.to_string().ends_with("(b\\nok)"), "{error}");
    }
}

test! {
    fn the_canonical_url_is_decoded_and_sorted_by_key() {
        let empty = Body::Bytes(&[]);
        for (url, canonical) in [
            ("/a?z=1&b=%26&a=x+y", "/a?a=x y&b=&&z=1"),
            ("https://host.example/a?b", "/a?b="),
            ("https://host.example?b=1#x", "/?b=1"),
            ("https://host.example", "/"),
            ("/a?", "/a"),
            ("/a?&&", "/a"),
            ("/a?\u{1f600}=1&\u{ffff}=2", "/a?\u{ffff}=2&\u{1f600}=1"),
        ] {
            assert_eq!(canonical_url(url, &empty, PathEncoding::AsWritten).unwrap(), canonical, "{url}");
        }
        assert_eq!(canonical_url("/a%20b+c", &empty, PathEncoding::AsWritten).unwrap(), "/a%20b+c");
        assert_eq!(canonical_url("/a%20b+c", &empty, PathEncoding::Decoded).unwrap(), "/a b+c");
    }
}

test! {
    fn data_center_codes_are_short_words() {
        for bad in ["", "a b", "us.", "é", "a/b", &"x".repeat(33)] {
            assert_eq!(check_code(bad).unwrap_err().code(), Code::InvalidDataCenter, "{bad}");
        }
        assert_eq!(check_code("private-1"), Ok(()));
    }
}
