//! The token calls and their answers.

use tuya_auth::token::{Grant, TokenAnswer, TokenSet, parse_token_answer};
use tuya_auth::{Code, Error};

const NOW: f64 = 1_700_000_000_000.0;

fn parse(json: &str) -> Result<TokenSet, Error> {
    let answer: TokenAnswer = serde_json::from_str(json).unwrap();
    parse_token_answer(answer, "us", NOW)
}

test! {
    fn paths_are_the_documented_ones() {
        assert_eq!(Grant::Simple.path().unwrap(), "/v1.0/token?grant_type=1");
        assert_eq!(Grant::Code("cf2x8fe").path().unwrap(), "/v1.0/token?grant_type=2&code=cf2x8fe");
        assert_eq!(Grant::Refresh("r/1?").path().unwrap(), "/v1.0/token/r%2F1%3F");
    }
}

test! {
    fn a_value_that_is_no_token_is_refused_and_never_shown() {
        let long = "x".repeat(1025);
        for bad in ["", " ", "a b", "a\n", "\u{e9}", ".", "..", &long] {
            for grant in [Grant::Code(bad), Grant::Refresh(bad)] {
                assert_eq!(grant.path().unwrap_err().code(), Code::InvalidToken, "{bad:?}");
            }
        }
        assert!(!format!("{:?} {:?}", Grant::Code("s3cret"), Grant::Refresh("s3cret")).contains("s3cret"));
    }
}

test! {
    fn an_answer_gives_a_token_set_that_expires_by_the_clouds_clock() {
        let json = r#"{"success":true,"t":1600000000000,"tid":"x","result":{"access_token":"AT","refresh_token":"RT","expire_time":7200,"uid":"u1"}}"#;
        let set = parse(json).unwrap();
        assert_eq!((set.access_token.as_str(), set.refresh_token.as_str(), set.uid.as_str()), ("AT", "RT", "u1"));
        assert_eq!(set.data_center, "us");
        assert!((set.expires_at - 1_600_007_200_000.0).abs() < 0.5);
        assert!((set.obtained_at - NOW).abs() < 0.5);
        assert!(!format!("{set:?}").contains("AT"));
    }
}

test! {
    fn the_older_name_of_the_lifetime_is_read() {
        let set = parse(r#"{"success":true,"result":{"access_token":"AT","refresh_token":"RT","expire":60,"uid":"u"}}"#);
        assert!((set.unwrap().expires_at - (NOW + 60_000.0)).abs() < 0.5);
    }
}

test! {
    fn a_failure_is_the_error_that_its_code_stands_for() {
        for (json, code) in [
            (r#"{"success":false,"code":1107,"msg":"code invalid","t":1}"#, Code::CodeInvalid),
            (r#"{"success":false,"code":1004}"#, Code::SignInvalid),
            (r#"{"success":false,"code":28841107}"#, Code::WrongDataCenter),
            (r#"{"success":false,"code":424242}"#, Code::CloudError),
            (r#"{"success":false}"#, Code::MalformedResponse),
            (r#"{"success":true}"#, Code::MalformedResponse),
        ] {
            assert_eq!(parse(json).unwrap_err().code(), code, "{json}");
        }
    }
}

test! {
    fn a_field_that_cannot_be_is_named() {
        for (field, result) in [
            ("access_token", r#"{"access_token":"","refresh_token":"RT","expire_time":1,"uid":"u"}"#),
            ("access_token", r#"{"access_token":"a\r\nb","refresh_token":"RT","expire_time":1,"uid":"u"}"#),
            ("refresh_token", r#"{"access_token":"AT","refresh_token":" ","expire_time":1,"uid":"u"}"#),
            ("uid", r#"{"access_token":"AT","refresh_token":"RT","expire_time":1,"uid":""}"#),
            ("expire_time", r#"{"access_token":"AT","refresh_token":"RT","expire_time":0,"uid":"u"}"#),
            ("expire_time", r#"{"access_token":"AT","refresh_token":"RT","expire_time":-1,"uid":"u"}"#),
            ("expire_time", r#"{"access_token":"AT","refresh_token":"RT","expire_time":1e300,"uid":"u"}"#),
        ] {
            let error = parse(&format!(r#"{{"success":true,"t":1,"result":{result}}}"#)).unwrap_err();
            assert_eq!((error.code(), error.detail()), (Code::MalformedResponse, Some(field)));
        }
    }
}
