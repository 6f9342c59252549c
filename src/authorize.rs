//! The authorization URL, which a browser opens to begin a link, and its state
//! (`docs/protocol.md`, section 3; RFC 6749, section 4.1.1).

use alloc::borrow::ToOwned;
use alloc::string::String;

use crate::credentials::ClientId;
use crate::data_center;
use crate::encoding::{Pairs, base64url, push_component};
use crate::error::{Code, Error};
use crate::text::{WORD, cut_last, split};
use crate::url::check_absolute;

pub use crate::url::check_base;

/// What an authorization URL is made of.
#[derive(Debug, Clone, Copy)]
pub struct AuthorizationRequest<'a> {
    /// The authorization page's address as the console shows it. It is configuration: the pages' hosts are not
    /// documented per data center. It may have a query, whose pairs are kept.
    pub page: &'a str,
    /// The client ID of an app authorization.
    pub client_id: &'a ClientId,
    /// The callback URL registered for this data center: https, or http on loopback; no fragment.
    pub redirect_uri: &'a str,
    /// The data center's code; the state must end in it.
    pub data_center: &'a str,
    /// The value that ties the callback to this browser; see [`new_state`].
    pub state: &'a str,
    /// Further parameters.
    pub params: &'a Pairs,
    /// Lets plain http pass on hosts other than loopback. For tests in closed networks only.
    pub allow_insecure: bool,
}

/// Builds the URL.
///
/// ```
/// use tuya_auth::ClientId;
/// use tuya_auth::authorize::{AuthorizationRequest, authorization_url, new_state};
/// use tuya_auth::encoding::Pairs;
///
/// # let sixteen_random_bytes = [7; 16];
/// let state = new_state(&sixteen_random_bytes, "eu")?;
/// let url = authorization_url(&AuthorizationRequest {
///     page: "https://pages.example/d/login",
///     client_id: &ClientId::new("app0client0id")?,
///     redirect_uri: "https://app.example/auth/callback/eu",
///     data_center: "eu",
///     state: &state,
///     params: &Pairs::default(),
///     allow_insecure: false,
/// })?;
/// assert!(url.starts_with("https://pages.example/d/login?client_id=app0client0id&redirect_uri=https%3A%2F%2Fapp.example"));
/// assert!(url.ends_with(&format!("&state={state}")));
/// # Ok::<(), tuya_auth::Error>(())
/// ```
///
/// # Errors
/// - [`Code::InvalidUrl`], [`Code::InsecureUrl`]: `page` or `redirect_uri`, named in the detail.
/// - [`Code::InvalidState`], [`Code::InvalidDataCenter`]: see [`check_state`].
/// - [`Code::ReservedParameter`], [`Code::RepeatedKey`]: a parameter, named in the detail.
/// - [`Code::BadEscape`]: the query of `page`.
pub fn authorization_url(request: &AuthorizationRequest<'_>) -> Result<String, Error> {
    let page = check_absolute(request.page, "page", true, request.allow_insecure)?;
    check_redirect_uri(request.redirect_uri, request.allow_insecure)?;
    check_state(request.state, request.data_center)?;
    let mut url = request.page.to_owned();
    let mut mark = match page.query {
        None => "?",
        Some("") => "",
        Some(_) => "&",
    };
    let mut push = |key: &str, value: &str| {
        url.push_str(mark);
        push_component(&mut url, key);
        url.push('=');
        push_component(&mut url, value);
        mark = "&";
    };
    push("client_id", request.client_id.as_str());
    push("redirect_uri", request.redirect_uri);
    push("state", request.state);
    for (key, value) in request.params.iter() {
        push(key, value);
    }
    let (_, query) = split(&url, b'?');
    let mut all = Pairs::decode(query.unwrap_or_default())?;
    all.sort();
    if let Some(key) = all.repeated() {
        let reserved = matches!(key, "client_id" | "redirect_uri" | "state");
        return Err(Error::new(if reserved { Code::ReservedParameter } else { Code::RepeatedKey }, key));
    }
    Ok(url)
}

/// Checks a callback URL: https, or http on loopback, without a fragment.
///
/// ```
/// use tuya_auth::authorize::check_redirect_uri;
///
/// assert_eq!(check_redirect_uri("http://localhost:8788/auth/callback/eu", false), Ok(()));
/// assert!(check_redirect_uri("http://app.example/auth/callback/eu", false).is_err());
/// ```
///
/// # Errors
/// [`Code::InvalidUrl`] or [`Code::InsecureUrl`], with `redirect_uri` as the detail.
pub fn check_redirect_uri(redirect_uri: &str, allow_insecure: bool) -> Result<(), Error> {
    check_absolute(redirect_uri, "redirect_uri", true, allow_insecure).map(|_| ())
}

/// A new state: 16 random bytes in base64url (22 characters), a dot, the data center's code. The callback does not
/// say which data center it belongs to, and there is no PKCE: the state is the defence against both a forged
/// callback and a data-center mix-up.
///
/// ```
/// use tuya_auth::authorize::{check_state, new_state};
///
/// # let sixteen_random_bytes = [7; 16];
/// let state = new_state(&sixteen_random_bytes, "weaz")?;
/// assert_eq!(state, "BwcHBwcHBwcHBwcHBwcHBw.weaz");
/// assert_eq!(check_state(&state, "weaz"), Ok(()));
/// assert!(check_state(&state, "eu").is_err());
/// # Ok::<(), tuya_auth::Error>(())
/// ```
///
/// # Errors
/// [`Code::InvalidDataCenter`] when the code can be none.
pub fn new_state(entropy: &[u8; 16], data_center: &str) -> Result<String, Error> {
    data_center::check_code(data_center)?;
    let mut state = base64url(entropy);
    state.push('.');
    state.push_str(data_center);
    Ok(state)
}

/// Checks a state that a caller supplies.
///
/// # Errors
/// [`Code::InvalidDataCenter`] when `data_center` can be none; [`Code::InvalidState`] unless the state is 22 to 256
/// characters of `A-Z a-z 0-9 _ -`, a dot and that code.
pub fn check_state(state: &str, data_center: &str) -> Result<(), Error> {
    data_center::check_code(data_center)?;
    let (random, named) = cut_last(state, b'.').unwrap_or_default();
    if named != data_center || !(22..=256).contains(&random.len()) || !WORD.holds_all(random) {
        return Err(Code::InvalidState.into());
    }
    Ok(())
}
