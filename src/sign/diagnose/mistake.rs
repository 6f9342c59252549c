//! The catalogue: how real clients get "sign invalid" (`docs/protocol.md`, section 7).

macro_rules! mistakes {
    ($($(#[doc = $precondition:literal])+ $variant:ident = $id:literal $name:literal: $description:literal => $fix:literal,)*) => {
        /// A way to sign wrongly. The order is that of likelihood.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Mistake {
            $(
                #[doc = $description]
                #[doc = ""]
                $(#[doc = $precondition])+
                $variant = $id,
            )*
        }

        impl Mistake {
            /// All of them, most likely first.
            pub const ALL: &'static [Mistake] = &[$(Mistake::$variant,)*];

            /// The stable name, such as `query_unsorted`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Mistake::$variant => $name,)* }
            }

            /// What was done, in one sentence.
            #[must_use]
            pub const fn description(self) -> &'static str {
                match self { $(Mistake::$variant => $description,)* }
            }

            /// What to do instead, in one sentence.
            #[must_use]
            pub const fn fix(self) -> &'static str {
                match self { $(Mistake::$variant => $fix,)* }
            }
        }
    };
}

mistakes! {
    /// Looked for when the signer signs by the current algorithm.
    LegacyAlgorithm = 1 "legacy_algorithm": "Only client ID, access token and time were signed, as the old algorithm does." => "Sign nonce and string to sign as well: projects made after 30 June 2021 accept nothing else.",
    /// Looked for when the signer signs by the legacy algorithm.
    CurrentAlgorithm = 2 "current_algorithm": "The whole request was signed, but this project takes the old algorithm." => "Sign client ID, access token and time only.",
    /// Looked for when the given sign has lower-case letters.
    LowerCaseSign = 3 "lower_case_sign": "The sign was sent in lower-case hex." => "Send the sign in upper case.",
    /// Looked for when the query has two keys or more, and is not sorted as it stands.
    QueryUnsorted = 4 "query_unsorted": "The query was signed in the order of the URL." => "Sort the query's pairs by key before signing.",
    /// Looked for when keys or values have characters that are percent-encoded; as it stands, or encoded by
    /// `encodeURIComponent` or as a form.
    QueryEncoded = 5 "query_encoded": "The query was signed percent-encoded." => "Sign the query's keys and values decoded; only the URL carries them encoded.",
    /// Looked for when there is a query.
    QueryLeftOut = 6 "query_left_out": "The query was not signed." => "Sign the path with `?` and the sorted query.",
    /// Looked for when a value on the wire is empty or spells a null, or when a key that was meant to be null is not
    /// on the wire.
    NullValue = 7 "null_value": "A null value was signed in another form than it was sent in." => "Leave keys without a value out before signing, or send them as an empty string and sign that.",
    /// Looked for when a key is on the wire twice or with an index, a value has commas, or a list was meant.
    ListValue = 8 "list_value": "A list was signed in another form than it was sent in." => "Join lists with commas before signing, and send that very value.",
    /// Looked for when there is a body.
    EmptyBodySigned = 9 "empty_body_signed": "A body was sent, but the hash of the empty body was signed." => "Hash the bytes that are sent; `{}` is a body of two bytes.",
    /// Looked for when there is no body.
    EmptyObjectSigned = 10 "empty_object_signed": "No body was sent, but `{}` was hashed and signed." => "Hash the empty string when there is no body.",
    /// Looked for when the body is JSON: other spacing, sorted keys, escapes beyond ASCII, each alone or together.
    BodyReserialized = 11 "body_reserialized": "The body was serialised again between signing and sending, with other spacing, key order or escapes." => "Serialise once, sign those bytes and send those bytes.",
    /// Looked for when `Content-Type` says that the body is a form; with the form's pairs in the query or without.
    FormHashed = 12 "form_hashed": "A body that Content-Type calls a form was hashed like JSON." => "Sign the hash of the empty string, and the form's pairs sorted in with the query's; or send JSON as application/json.",
    /// Looked for when headers are named in `Signature-Headers`.
    HeadersNotSigned = 13 "headers_not_signed": "Headers are named in Signature-Headers, but were not signed." => "Sign one line `name:value` for each named header, or send no Signature-Headers.",
    /// Looked for when headers are named in `Signature-Headers`.
    HeadersWithoutLastNewline = 14 "headers_without_last_newline": "The signed headers lack the line feed after the last one." => "End every header line with a line feed; one more follows before the URL.",
    /// Looked for on token calls that carry an access token.
    TokenOnTokenCall = 15 "token_on_token_call": "The access token was signed on a token call." => "Leave the access token out of the string on /v1.0/token and below.",
    /// Looked for on business calls that carry an access token.
    TokenLeftOut = 16 "token_left_out": "The access token was not signed." => "Sign the access token after the client ID on every call but the token calls.",
    /// Looked for when a nonce is sent.
    NonceNotSigned = 17 "nonce_not_signed": "A nonce was sent, but not signed." => "Sign the nonce after the time, or do not send it.",
    /// Looked for when none is sent, but the caller says which one was meant.
    NonceNotSent = 18 "nonce_not_sent": "A nonce was signed, but not sent." => "Send the nonce in the header `nonce`.",
    /// Looked for when the time sent has 13 digits, and seconds were signed; or 10, and milliseconds were.
    TimeInSeconds = 19 "time_in_seconds": "Seconds stand where milliseconds belong." => "Use milliseconds, 13 digits, in the string and in the header `t`.",
    /// Looked for up to two seconds to either side; together with one other mistake, up to 20 ms.
    TimeComputedTwice = 20 "time_computed_twice": "The time was read twice: once for the string, once for the header." => "Read the time once, and use that value in both places.",
    /// Looked for when the path has percent-escapes and is signed as written.
    PathDecoded = 21 "path_decoded": "The path was signed with its escapes decoded." => "Sign the path as it stands in the URL, or choose `pathEncoding: \"decoded\"` if the cloud accepts that.",
    /// Looked for when the path has percent-escapes and is signed decoded.
    PathAsWritten = 22 "path_as_written": "The path was signed with its escapes." => "Sign the path decoded.",
    /// Looked for when something stands before the version (`/v1.0`) in the path.
    BasePathSigned = 23 "base_path_signed": "The base path before the API's own was signed." => "Sign the path from the version on, such as /v1.0/….",
    /// Looked for when the method has letters.
    LowerCaseMethod = 24 "lower_case_method": "The method was signed in lower case." => "Sign the method in upper case.",
    /// Looked for always: a space, tab or line break at either end.
    WhitespaceAroundSecret = 25 "whitespace_around_secret": "White space around the secret was part of the key." => "Trim the secret where it is read; files and copies often end in a line break.",
    /// Looked for always: a space, tab or line break at either end.
    WhitespaceAroundClientId = 26 "whitespace_around_client_id": "White space around the client ID was signed." => "Trim the client ID where it is read.",
    /// Looked for among the secrets that the caller gives.
    OtherSecret = 27 "other_secret": "Another secret was used." => "Use the secret that belongs to this client ID.",
}
