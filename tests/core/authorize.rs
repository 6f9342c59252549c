//! The authorization URL and its state.

use tuya_auth::authorize::{AuthorizationRequest, authorization_url, check_base, check_state, new_state};
use tuya_auth::encoding::Pairs;
use tuya_auth::{ClientId, Code};

const STATE: &str = "AAAAAAAAAAAAAAAAAAAAAA.us";

/// Builds with these parts replaced: page, redirect URI, state, parameters.
fn build(page: &str, redirect_uri: &str, state: &str, params: &[(&str, &str)]) -> Result<String, Code> {
    let params: Pairs = params.iter().copied().collect();
    let request = AuthorizationRequest {
        page,
        client_id: &ClientId::new("app&client").unwrap(),
        redirect_uri,
        data_center: "us",
        state,
        params: &params,
        allow_insecure: false,
    };
    authorization_url(&request).map_err(|error| error.code())
}

test! {
    fn the_url_has_the_documented_parameters_escaped() {
        let url = build("https://page.example/d/login", "https://app.example/cb?x=1", STATE, &[("from_app", "tuyaSmart")]);
        assert_eq!(
            url.unwrap(),
            "https://page.example/d/login?client_id=app%26client&redirect_uri=https%3A%2F%2Fapp.example%2Fcb%3Fx%3D1\
             &state=AAAAAAAAAAAAAAAAAAAAAA.us&from_app=tuyaSmart"
        );
    }
}

test! {
    fn a_query_of_the_pages_own_is_kept() {
        let url = build("https://page.example/?lang=en", "https://app.example/", STATE, &[]).unwrap();
        assert!(url.starts_with("https://page.example/?lang=en&client_id="));
        let url = build("https://page.example/?", "https://app.example/", STATE, &[]).unwrap();
        assert!(url.starts_with("https://page.example/?client_id="));
    }
}

test! {
    fn secrets_travel_over_https_or_loopback_only() {
        for good in ["https://a.example", "http://localhost:8788/x", "http://127.8.0.1/", "http://[::1]:80/", "HTTPS://A.example/"] {
            assert!(build(good, "https://app.example/", STATE, &[]).is_ok(), "{good}");
            assert!(build("https://page.example/", good, STATE, &[]).is_ok(), "{good}");
            assert!(check_base(good, false).is_ok(), "{good}");
        }
        for bad in ["http://a.example/", "http://localhost.example/", "http://127.0.0.1.example/", "http://128.0.0.1/", "http://0127.0.0.1/", "http://127.0.0.01/", "ftp://localhost/", "javascript://localhost/%0a"] {
            assert_eq!(build(bad, "https://app.example/", STATE, &[]), Err(Code::InsecureUrl), "{bad}");
            assert_eq!(build("https://page.example/", bad, STATE, &[]), Err(Code::InsecureUrl), "{bad}");
        }
        for bad in ["", "page", "/d/login", "https://", "https:///x", "https://a b/", "https://user@a.example/", "https://a.example/#x", "https://a.example:x/", "https://a.example/\u{e9}", "https://a.example\\@b/", "https://a.example/\n"] {
            assert_eq!(build(bad, "https://app.example/", STATE, &[]), Err(Code::InvalidUrl), "{bad}");
            assert_eq!(build("https://page.example/", bad, STATE, &[]), Err(Code::InvalidUrl), "{bad}");
        }
    }
}

test! {
    fn plain_http_passes_when_asked_for() {
        let client_id = ClientId::new("client").unwrap();
        let request = AuthorizationRequest {
            page: "http://page.test/",
            client_id: &client_id,
            redirect_uri: "http://app.test/",
            data_center: "us",
            state: STATE,
            params: &Pairs::default(),
            allow_insecure: true,
        };
        assert!(authorization_url(&request).is_ok());
        assert!(check_base("http://cloud.test/base", true).is_ok());
    }
}

test! {
    fn own_parameters_cannot_be_overridden_nor_repeated() {
        let page = "https://page.example/";
        for key in ["client_id", "redirect_uri", "state"] {
            assert_eq!(build(page, "https://app.example/", STATE, &[(key, "x")]), Err(Code::ReservedParameter));
        }
        assert_eq!(build("https://page.example/?state=x", "https://app.example/", STATE, &[]), Err(Code::ReservedParameter));
        assert_eq!(build(page, "https://app.example/", STATE, &[("a", "1"), ("a", "2")]), Err(Code::RepeatedKey));
        assert_eq!(build("https://page.example/?a=1", "https://app.example/", STATE, &[("a", "2")]), Err(Code::RepeatedKey));
    }
}

test! {
    fn a_new_state_is_random_and_names_its_data_center() {
        let state = new_state(&[0xfb; 16], "weaz").unwrap();
        assert_eq!(state, "-_v7-_v7-_v7-_v7-_v7-w.weaz");
        assert_eq!(check_state(&state, "weaz"), Ok(()));
        assert_ne!(state, new_state(&[0xfa; 16], "weaz").unwrap());
    }
}

test! {
    fn a_weak_state_is_refused() {
        for bad in ["", "us", ".us", "AAAAAAAAAAAAAAAAAAAAA.us", "AAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAA.eu", "AAAAAAAAAAAAAAAAAAAAAAus", "AAAAAAAAAAAAAAAAAAAA==.us", "AAAAAAAAAAA AAAAAAAAAAA.us"] {
            assert_eq!(build("https://page.example/", "https://app.example/", bad, &[]), Err(Code::InvalidState), "{bad}");
        }
        let long = format!("{}.us", "A".repeat(257));
        assert_eq!(check_state(&long, "us").map_err(|error| error.code()), Err(Code::InvalidState));
    }
}
