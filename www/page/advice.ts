/** What a person is told about an error code: what happened, and what to do now. */

import type { TuyaAuthErrorCode } from "tuya-auth";

/** Codes that the page itself gives beside the package's. */
type PageCode = "page_offline" | "unexpected";

/** A heading and a sentence of advice. */
export interface Advice {
  title: string;
  text: string;
}

const declined: Advice = {
  title: "Access was not allowed",
  text: "You did not allow access to your account, so nothing was linked. To link it, try again and choose to allow.",
};
const startOver: Advice = {
  title: "The link was not completed",
  text: "This login was too old, already used, or begun in another browser. Choose “Link account” and stay in this browser until you are back.",
};
const otherRegion: Advice = {
  title: "That is another region",
  text: "Your account is not in the region you chose. Choose the region you registered in and link again.",
};
const linkAgain: Advice = {
  title: "The link has ended",
  text: "The app account no longer gives access here. Link it again to go on.",
};
const wait: Advice = {
  title: "The service does not answer",
  text: "The smart home cloud is busy or out of reach. Wait a moment, then try again.",
};
const offline: Advice = {
  title: "No connection",
  text: "Check that this phone is online, then try again.",
};
const setUp: Advice = {
  title: "This service is not set up correctly",
  text: "Nothing is wrong with your account. Tell the people who run this service the code below.",
};
const unknown: Advice = {
  title: "Something went wrong",
  text: "Try again. If it happens again, tell the people who run this service the code below.",
};

/** Every code has its advice: one that the package adds and this table lacks does not compile. */
const table: Readonly<Record<TuyaAuthErrorCode | PageCode, Advice>> = {
  ...each(declined, "access_denied"),
  ...each(
    startOver,
    "callback_malformed",
    "state_missing",
    "state_mismatch",
    "code_missing",
    "code_invalid",
    "session_missing",
    "subject_mismatch",
    "authorization_error",
  ),
  ...each(otherRegion, "wrong_data_center"),
  ...each(linkAgain, "relink_required", "not_linked", "token_expired", "token_missing"),
  ...each(wait, "unavailable", "rate_limited", "timeout", "lock_timeout", "store_failed", "network_error"),
  ...each(offline, "page_offline"),
  ...each(
    setUp,
    "sign_invalid",
    "client_invalid",
    "secret_invalid",
    "clock_skew",
    "grant_invalid",
    "permission_denied",
    "parameter_invalid",
    "path_invalid",
    "ip_not_allowed",
    "plan_unavailable",
    "not_subscribed",
    "origin_mismatch",
    "unexpected_redirect",
  ),
  ...each(unknown, "cloud_error", "internal_error", "decryption_failed", "malformed_response", "unexpected"),
};

const byCode: ReadonlyMap<string, Advice> = new Map(Object.entries(table));

/** The advice for a code; a code that nobody knows has the general one. */
export function adviceFor(code: string): Advice {
  return byCode.get(code) ?? unknown;
}

function each<Code extends string>(advice: Advice, ...codes: Code[]): Record<Code, Advice> {
  return Object.fromEntries(codes.map((code) => [code, advice])) as Record<Code, Advice>;
}
