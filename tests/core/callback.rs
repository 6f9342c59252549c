//! What comes back from the authorization page.

use tuya_auth::callback::{Callback, MAX_DESCRIPTION, parse_callback};
use tuya_auth::{Code, Error};

const STATE: &str = "AAAAAAAAAAAAAAAAAAAAAA.us";

fn code_of(result: Result<Callback, Error>) -> Code {
    result.unwrap_err().code()
}

test! {
    fn a_callback_gives_its_code_and_data_center() {
        let expected = Callback { code: "c0de".into(), data_center: "us".into() };
        for input in [
            "https://app.example/cb?code=c0de&state=AAAAAAAAAAAAAAAAAAAAAA.us",
            "https://app.example/cb?state=AAAAAAAAAAAAAAAAAAAAAA%2Eus&x=1&x=2&code=c0de#fragment",
            "?code=c0de&state=AAAAAAAAAAAAAAAAAAAAAA.us",
            "code=c0de&state=AAAAAAAAAAAAAAAAAAAAAA.us",
            "/cb?code=c0de&state=AAAAAAAAAAAAAAAAAAAAAA.us",
        ] {
            assert_eq!(parse_callback(input, STATE, Some("us")).unwrap(), expected, "{input}");
            assert_eq!(parse_callback(input, STATE, None).unwrap(), expected, "{input}");
        }
    }
}

test! {
    fn checks_run_in_their_documented_order() {
        let shape = "code=c&code=c&error=x";
        assert_eq!(code_of(parse_callback(shape, STATE, Some("eu"))), Code::CallbackMalformed);
        assert_eq!(code_of(parse_callback("error=access_denied&code=c", STATE, Some("eu"))), Code::StateMissing);
        assert_eq!(code_of(parse_callback("error=access_denied&state=other.us", STATE, Some("eu"))), Code::StateMismatch);
        let refused = format!("error=access_denied&state={STATE}");
        assert_eq!(code_of(parse_callback(&refused, STATE, Some("eu"))), Code::WrongDataCenter);
        assert_eq!(code_of(parse_callback(&refused, STATE, Some("us"))), Code::AccessDenied);
        assert_eq!(code_of(parse_callback(&format!("state={STATE}"), STATE, None)), Code::CodeMissing);
        assert_eq!(code_of(parse_callback(&format!("code=&state={STATE}"), STATE, None)), Code::CodeMissing);
    }
}

test! {
    fn malformed_input_has_its_code() {
        let long = format!("code={}&state={STATE}", "c".repeat(513));
        let huge = format!("x={}", "c".repeat(9000));
        for bad in ["state=%", "state=%zz", "code=%ff", "state=a&state=b", "error=a&error=b", "code=a%0ab", "code=a%20b", &long, &huge] {
            assert_eq!(code_of(parse_callback(bad, STATE, None)), Code::CallbackMalformed, "{bad}");
        }
        for without in ["", "?", "https://app.example/cb", "/cb", "https://app.example/cb#state=x"] {
            assert_eq!(code_of(parse_callback(without, STATE, None)), Code::StateMissing, "{without}");
        }
    }
}

test! {
    fn no_state_expected_means_none_matches() {
        assert_eq!(code_of(parse_callback("code=c&state=x.us", "", None)), Code::StateMismatch);
        assert_eq!(code_of(parse_callback("code=c&state=x", "x", None)), Code::WrongDataCenter);
    }
}

test! {
    fn what_the_page_said_is_capped_data_and_never_text() {
        let description = "<b>".repeat(1000);
        let input = format!("error=server_error&error_description={description}%0A&state={STATE}");
        let error = parse_callback(&input, STATE, None).unwrap_err();
        assert_eq!(error.code(), Code::AuthorizationError);
        let (said, described) = error.detail().unwrap().split_once('\n').unwrap();
        assert_eq!(said, "server_error");
        assert_eq!(described.chars().count(), MAX_DESCRIPTION);
        assert!(!error.to_string().contains("<b>"));
    }
}
