//! Valid requests of every kind, each with the cloud that it was sent to: those of other tests, as they were sent.

use std::collections::BTreeMap;

use tuya_auth_emulator::Cloud;

use super::request::Sendable;
use crate::local::{Sent, recorded};
use crate::{
    authorization_page, commands, console_accounts, console_authorizations, console_devices, console_oauth,
    console_pages, console_pages_data, console_pages_guard, control, data_sources, devices, languages, lists, login,
    openapi, qr_login, tokens,
};

/// Tests that go through every part of the cloud.
const WALKS: &[fn()] = &[
    authorization_page::confirming_gives_a_code_and_the_state_to_the_callback,
    authorization_page::refusing_gives_access_denied_and_the_state_to_the_callback,
    qr_login::a_phone_confirms_and_the_first_page_goes_on_to_a_code_of_the_phones_account,
    qr_login::a_phone_stays_logged_in_until_it_logs_out_or_the_password_changes,
    qr_login::a_code_expires_and_a_fresh_one_takes_its_place,
    languages::a_choice_counts_more_than_the_preference_and_is_remembered,
    tokens::a_refresh_ends_both_old_tokens_at_once,
    tokens::simple_mode_repeats_a_live_token_with_the_life_that_remains,
    openapi::an_identifier_is_the_apps_own,
    openapi::a_get_may_carry_a_body_which_is_signed,
    commands::a_command_changes_the_status,
    commands::a_specification_tells_what_is_taken,
    devices::details_hold_the_local_key,
    devices::status_of_one_and_of_many,
    devices::ids_that_a_query_names_are_counted_and_checked,
    lists::pages_follow_each_other_by_row_key,
    lists::pages_follow_each_other_by_number,
    lists::a_list_is_of_what_is_asked_for,
    login::a_linked_user_gets_a_token_of_their_own,
    console_accounts::an_account_can_be_made_in_each_data_center_and_logs_in_there,
    console_accounts::a_password_can_be_changed,
    console_accounts::a_deleted_account_takes_everything_with_it,
    console_authorizations::the_seeds_project_is_shown_with_its_keys,
    console_authorizations::a_project_can_be_renamed_and_nothing_else,
    console_authorizations::each_kind_can_be_added_with_its_own_fields_and_gets_a_working_key,
    console_authorizations::name_description_and_own_fields_can_be_edited_and_key_and_kind_cannot,
    console_devices::a_device_is_made_read_changed_and_deleted,
    console_oauth::a_configuration_is_replaced_as_a_whole,
    data_sources::data_sources_are_listed_added_once_and_removed,
    console_pages::a_project_is_created_with_its_cloud_authorization,
    console_pages::authorizations_of_every_kind_are_added_and_edited_with_the_fields_of_the_documents,
    console_pages::oauth_is_configured_and_the_authorization_page_opens,
    console_pages_data::an_account_is_linked_and_unlinked,
    console_pages_data::products_apps_and_mini_programs_are_data_sources,
    console_pages_data::a_missing_package_closes_its_data_sources,
    console_pages_data::an_account_is_created_edited_and_deleted,
    console_pages_data::a_device_is_created_set_and_deleted,
    console_pages_data::the_requests_are_shown_with_their_verdicts,
    console_pages_data::a_wrong_sign_is_explained,
    console_pages_guard::pages_ask_for_the_token_when_there_is_one,
    control::the_clock_goes_forward,
    control::tokens_end_by_user_client_and_data_center,
    control::a_reset_cloud_is_as_new,
    control::the_requests_and_the_rules_can_be_forgotten,
];

/// A request that the cloud takes.
pub struct Start {
    pub cloud: Cloud,
    pub request: Sendable,
}

/// One request of each kind that was taken, by its kind.
pub fn starts() -> BTreeMap<String, Start> {
    let mut starts = BTreeMap::new();
    for sent in WALKS.iter().copied().flat_map(recorded) {
        let Sent { cloud, method, target, headers, body, now, answer } = sent;
        let refused = answer.status >= 400 || answer.body.contains("\"success\":false");
        let request = Sendable { method, target, headers, body, now };
        if !refused {
            starts.entry(request.kind()).or_insert(Start { cloud, request });
        }
    }
    starts
}
