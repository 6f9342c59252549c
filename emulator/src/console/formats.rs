//! The forms of what is typed into the console. Each check gives the value as it is stored.

use std::ops::Range;

use tuya_auth::DataCenter;

use super::refused::{Reason, Refused};

/// The longest name of anything, in characters.
const LONGEST_NAME: usize = 64;
/// The longest description, in characters.
const LONGEST_DESCRIPTION: usize = 255;
/// The longest iOS bundle identifier (App Store Connect) and Android application ID, in characters.
const LONGEST_APP_ID: usize = 155;

/// A name that is shown: one line of text.
pub(crate) fn name(field: &str, value: &str) -> Result<String, Refused> {
    let fits = (1..=LONGEST_NAME).contains(&value.chars().count()) && value.trim() == value && is_one_line(value);
    when(fits, field, value, "1 to 64 characters without control characters and without white space around them")
}

/// A name that also stands in paths of `/console/api`, where `.` and `..` would be taken for steps.
pub(crate) fn path_name(field: &str, value: &str) -> Result<String, Refused> {
    if matches!(value, "." | "..") { Err(Refused::invalid(field, "more than dots")) } else { name(field, value) }
}

/// A description: one line of text, or nothing.
pub(crate) fn description(field: &str, value: &str) -> Result<String, Refused> {
    let fits = value.chars().count() <= LONGEST_DESCRIPTION && is_one_line(value);
    when(fits, field, value, "at most 255 characters without control characters")
}

/// The SHA-1 fingerprint of an Android app's certificate, as `keytool` and the Play Console show it. Upper case.
pub(crate) fn sha1(field: &str, value: &str) -> Result<String, Refused> {
    let pairs: Vec<&str> = value.split(':').collect();
    let is_pair = |pair: &&str| pair.len() == 2 && pair.bytes().all(|byte| byte.is_ascii_hexdigit());
    let fits = pairs.len() == 20 && pairs.iter().all(is_pair);
    when(fits, field, &value.to_ascii_uppercase(), "20 pairs of hex digits joined by colons")
}

/// An Android application ID: two or more segments joined by dots, each of letters, digits and underscores,
/// beginning with a letter.
pub(crate) fn application_id(field: &str, value: &str) -> Result<String, Refused> {
    let is_segment = |segment: &str| {
        segment.starts_with(|first: char| first.is_ascii_alphabetic())
            && segment.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    let fits = value.len() <= LONGEST_APP_ID && value.contains('.') && value.split('.').all(is_segment);
    when(
        fits,
        field,
        value,
        "an Android application ID: two or more segments joined by dots, each a letter followed by letters, digits \
         and underscores",
    )
}

/// An iOS bundle identifier: segments joined by dots, each of letters, digits and hyphens.
pub(crate) fn bundle_identifier(field: &str, value: &str) -> Result<String, Refused> {
    let is_segment =
        |segment: &str| !segment.is_empty() && segment.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let fits = value.len() <= LONGEST_APP_ID && value.split('.').all(is_segment);
    when(fits, field, value, "an iOS bundle identifier: letters, digits and hyphens, in segments joined by dots")
}

/// The app id of a `WeChat` mini program.
pub(crate) fn wechat_app_id(field: &str, value: &str) -> Result<String, Refused> {
    when(is_wechat_app_id(value), field, value, "wx and 16 lower-case hex digits")
}

/// Whether `value` has the form of a mini program's app id.
pub(crate) fn is_wechat_app_id(value: &str) -> bool {
    let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    value.strip_prefix("wx").is_some_and(|rest| rest.len() == 16 && rest.bytes().all(is_digit))
}

/// The name of an app, as its accounts carry it. It must not look like a mini program's app id, by which the accounts
/// of mini programs are told apart.
pub(crate) fn application_name(field: &str, value: &str) -> Result<String, Refused> {
    if is_wechat_app_id(value) {
        return Err(Refused::invalid(field, "the name of an app, not the app id of a mini program"));
    }
    path_name(field, value)
}

/// A product ID (PID).
pub(crate) fn product_id(field: &str, value: &str) -> Result<String, Refused> {
    let is_own = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    let fits = (1..=LONGEST_NAME).contains(&value.len()) && value.bytes().all(is_own);
    when(fits, field, value, "a product ID: 1 to 64 letters, digits, underscores and hyphens")
}

/// The category of a device, such as `dj`.
pub(crate) fn category(field: &str, value: &str) -> Result<String, Refused> {
    let is_own = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    let fits = (1..=LONGEST_NAME).contains(&value.len()) && value.bytes().all(is_own);
    when(fits, field, value, "a category: 1 to 64 lower-case letters, digits and underscores")
}

/// The code of a data point, such as `switch_led`.
pub(crate) fn point_code(field: &str, value: &str) -> Result<String, Refused> {
    let fits = (1..=LONGEST_NAME).contains(&value.len())
        && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    when(fits, field, value, "data points whose codes are 1 to 64 letters, digits and underscores")
}

/// A time zone as an offset from UTC, `+00:00` to `+14:00` and `-00:00` to `-12:00`.
pub(crate) fn time_zone(field: &str, value: &str) -> Result<String, Refused> {
    let number = |range: Range<usize>| value.get(range).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    let minutes = (number(1..3).and_then(|hours| hours.parse::<u32>().ok()))
        .zip(number(4..6).and_then(|minutes| minutes.parse::<u32>().ok()).filter(|minutes| *minutes < 60))
        .map(|(hours, minutes)| hours * 60 + minutes);
    let furthest = if value.starts_with('+') { 14 * 60 } else { 12 * 60 };
    let fits = value.len() == 6
        && value.starts_with(['+', '-'])
        && value.get(3..4) == Some(":")
        && minutes.is_some_and(|minutes| minutes <= furthest);
    when(fits, field, value, "an offset from UTC such as +01:00")
}

/// The data center with that code.
pub(crate) fn data_center(field: &str, code: &str) -> Result<DataCenter, Refused> {
    let sentence = "A data center is cn, us, ueaz, eu, weaz, in or sg.";
    DataCenter::from_code(code).ok_or_else(|| Refused::new(Reason::DataCenterUnknown, sentence).of(field))
}

/// Whether text has neither control characters nor the ones that end lines or turn the direction of what follows, so
/// that it looks on a page like what it is.
fn is_one_line(text: &str) -> bool {
    !text.chars().any(|c| c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
}

fn when(fits: bool, field: &str, value: &str, expected: &str) -> Result<String, Refused> {
    if fits { Ok(value.to_owned()) } else { Err(Refused::invalid(field, expected)) }
}

#[cfg(test)]
mod tests {
    use super::{
        application_id, application_name, bundle_identifier, category, data_center, description, name, path_name,
        point_code, product_id, sha1, time_zone, wechat_app_id,
    };

    const SHA1: &str = "de:30:DE:30:de:30:DE:30:de:30:DE:30:de:30:DE:30:de:30:DE:30";

    #[test]
    fn a_sha1_is_twenty_pairs_and_stored_in_upper_case() {
        assert_eq!(sha1("sha1", SHA1).ok().as_deref(), Some(&*SHA1.to_ascii_uppercase()));
        for wrong in ["", &SHA1[3..], &format!("{SHA1}:00"), &SHA1.replace(':', ""), &SHA1.replace("30", "3g")] {
            assert!(sha1("sha1", wrong).is_err(), "{wrong}");
        }
        assert!(sha1("sha1", &SHA1.replacen("de:30", "d:e30", 1)).is_err());
    }

    #[test]
    fn application_ids_follow_android() {
        for right in ["com.example", "com.example_2.demo", "a.B"] {
            assert_eq!(application_id("applicationId", right).ok().as_deref(), Some(right));
        }
        let long = format!("com.{}", "a".repeat(152));
        for wrong in
            ["", "com", "com.", ".com", "com..a", "com.1a", "com._a", "com.ex-ample", "com.exämple", "c om.a", &long]
        {
            assert!(application_id("applicationId", wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn bundle_identifiers_follow_ios() {
        for right in ["com.example.demo", "com.example-2.1st", "Demo"] {
            assert_eq!(bundle_identifier("bundleIdentifier", right).ok().as_deref(), Some(right));
        }
        for wrong in ["", "com.", ".com", "com..a", "com.ex_ample", "com.exämple", "com.example\n", &"a".repeat(156)] {
            assert!(bundle_identifier("bundleIdentifier", wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn mini_programs_have_app_ids_and_apps_have_not() {
        assert!(wechat_app_id("wechatAppId", "wx0123456789abcdef").is_ok());
        for wrong in ["wx0123456789ABCDEF", "wx0123456789abcde", "wy0123456789abcdef", "wx0123456789abcdef0", ""] {
            assert!(wechat_app_id("wechatAppId", wrong).is_err(), "{wrong}");
        }
        assert!(application_name("applicationName", "wx0123456789abcdef").is_err());
        assert!(application_name("applicationName", "Demo Home").is_ok());
    }

    #[test]
    fn names_are_one_line_that_looks_like_what_it_is() {
        for right in ["a", "Ann's lamp", "客厅灯", &*"é".repeat(64)] {
            assert_eq!(name("name", right).ok().as_deref(), Some(right));
        }
        for wrong in ["", " a", "a ", "a\nb", "a\u{0}", "a\u{202e}b", "a\u{2028}b", &"é".repeat(65)] {
            assert!(name("name", wrong).is_err(), "{wrong:?}");
        }
        assert!(path_name("name", "..").is_err());
        assert!(path_name("name", "a/..").is_ok());
        assert!(description("description", "").is_ok());
        assert!(description("description", &"é".repeat(255)).is_ok());
        assert!(description("description", &"é".repeat(256)).is_err());
        assert!(description("description", "a\tb").is_err());
    }

    #[test]
    fn ids_of_devices_have_their_own_characters() {
        assert!(product_id("productId", "demo0Product-0_dj").is_ok());
        assert!(category("category", "dj_2").is_ok());
        assert!(point_code("status", "switch_LED_1").is_ok());
        for wrong in ["", "a b", "a/b", "é", &"a".repeat(65)] {
            assert!(product_id("productId", wrong).is_err(), "{wrong}");
            assert!(category("category", wrong).is_err(), "{wrong}");
            assert!(point_code("status", wrong).is_err(), "{wrong}");
        }
        assert!(category("category", "DJ").is_err());
    }

    #[test]
    fn time_zones_are_offsets_that_exist() {
        for right in ["+00:00", "+01:00", "+05:45", "+14:00", "-12:00", "-00:30"] {
            assert!(time_zone("time_zone", right).is_ok(), "{right}");
        }
        for wrong in
            ["", "Z", "01:00", "+1:00", "+01:60", "+14:01", "-12:01", "+01-00", "+0100:", "++1:00", "+01:0é", "é1:00"]
        {
            assert!(time_zone("time_zone", wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_data_centers_are_the_seven() {
        assert!(data_center("dataCenter", "weaz").is_ok());
        assert!(data_center("dataCenter", "WEAZ").is_err());
    }
}
