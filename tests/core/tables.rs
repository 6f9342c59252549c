//! The tables: complete, without doubles, and stable where programs depend on them.

use std::collections::HashSet;

use tuya_auth::calling_code::data_center_for;
use tuya_auth::error::{CLOUD_CODES, Family, from_cloud};
use tuya_auth::{Code, DataCenter};

test! {
    fn error_codes_have_unique_names_and_numbers() {
        let names: HashSet<&str> = Code::ALL.iter().map(|code| code.name()).collect();
        let ids: HashSet<u8> = Code::ALL.iter().map(|code| code.id()).collect();
        assert_eq!((names.len(), ids.len()), (Code::ALL.len(), Code::ALL.len()));
    }
}

test! {
    fn every_protocol_failure_says_what_to_do() {
        for code in Code::ALL {
            assert_eq!(code.action().is_some(), code.family() == Family::Protocol, "{}", code.name());
            assert!(!code.message().is_empty());
        }
        assert!(Code::Timeout.retryable() && !Code::SignInvalid.retryable());
    }
}

test! {
    fn cloud_codes_map_to_one_code_each() {
        let known: HashSet<u32> = CLOUD_CODES.iter().map(|(cloud, _)| *cloud).collect();
        assert_eq!(known.len(), CLOUD_CODES.len());
        assert_eq!(from_cloud(1004), Code::SignInvalid);
        assert_eq!(from_cloud(1106), Code::PermissionDenied);
        assert_eq!(from_cloud(7), Code::CloudError);
    }
}

test! {
    fn the_documentation_has_every_row_and_no_other() {
        let documented: Vec<&str> =
            include_str!("../../docs/errors.md").lines().filter(|line| line.starts_with("| ") && line.contains('`')).collect();
        let row = |code: &Code| match code.action() {
            None => format!("| `{}` | {} |", code.name(), code.message()),
            Some(action) => {
                let retryable = if code.retryable() { "yes" } else { "no" };
                format!("| `{}` | {retryable} | {} | {action} |", code.name(), code.message())
            }
        };
        let cloud = CLOUD_CODES.iter().map(|(cloud, code)| format!("| {cloud} | `{}` |", code.name()));
        let expected: Vec<String> = Code::ALL.iter().map(row).chain(cloud).collect();
        assert_eq!(documented, expected);
    }
}

test! {
    fn data_centers_are_found_by_their_code() {
        let codes: Vec<&str> = DataCenter::ALL.iter().map(|data_center| data_center.code()).collect();
        assert_eq!(codes, ["cn", "us", "ueaz", "eu", "weaz", "in", "sg"]);
        for data_center in DataCenter::ALL {
            assert_eq!(DataCenter::from_code(data_center.code()), Some(data_center));
            assert!(data_center.openapi().starts_with("https://openapi") && !data_center.openapi().ends_with('/'));
        }
        assert_eq!(DataCenter::from_code("az"), None);
    }
}

test! {
    fn calling_codes_are_a_hint() {
        assert_eq!(data_center_for(86), Some(DataCenter::China));
        assert_eq!(data_center_for(49), Some(DataCenter::CentralEurope));
        assert_eq!(data_center_for(1), Some(DataCenter::WesternAmerica));
        assert_eq!(data_center_for(91), Some(DataCenter::India));
        assert_eq!(data_center_for(999), None);
    }
}
