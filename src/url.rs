//! Just enough of URLs: taking one apart, and the rule that secrets travel over https only.

use crate::error::{Code, Error};
use crate::text::{cut, cut_last, pieces};

/// A URL's parts, borrowed. A relative reference has no origin.
pub(crate) struct Parts<'a> {
    /// Scheme and authority; absent for a reference that begins with `/`.
    pub origin: Option<Origin<'a>>,
    /// The path as written; `/` when it is empty.
    pub path: &'a str,
    /// The query without its `?`.
    pub query: Option<&'a str>,
    /// The fragment without its `#`.
    pub fragment: Option<&'a str>,
}

/// What stands before the path.
pub(crate) struct Origin<'a> {
    scheme: &'a str,
    authority: &'a str,
}

impl<'a> Parts<'a> {
    /// Takes apart `scheme://authority/path?query#fragment` or `/path?query#fragment`.
    pub fn of(url: &'a str) -> Result<Self, Error> {
        if !url.bytes().all(is_plain) {
            return Err(Error::new(Code::InvalidUrl, "a control character or a backslash"));
        }
        let (url, fragment) = split_at_mark(url, b'#');
        let (url, query) = split_at_mark(url, b'?');
        let (origin, path) = match Origin::of(url) {
            _ if url.starts_with('/') => (None, url),
            Some((origin, path)) => (Some(origin), path),
            None => return Err(Error::new(Code::InvalidUrl, "neither absolute nor beginning with a slash")),
        };
        Ok(Self { origin, path: if path.is_empty() { "/" } else { path }, query, fragment })
    }
}

/// What URL parsers drop or rewrite silently, so that the bytes sent would not be the bytes signed.
const fn is_plain(byte: u8) -> bool {
    !byte.is_ascii_control() && byte != b'\\'
}

fn split_at_mark(text: &str, mark: u8) -> (&str, Option<&str>) {
    cut(text, mark).map_or((text, None), |(before, after)| (before, Some(after)))
}

impl<'a> Origin<'a> {
    /// The origin of an absolute URL without query and fragment, and the path after it.
    fn of(url: &'a str) -> Option<(Self, &'a str)> {
        let (scheme, rest) = cut(url, b':')?;
        let rest = rest.strip_prefix("//")?;
        let length = pieces(rest, b'/').next()?.len();
        let (authority, path) = rest.split_at_checked(length)?;
        Some((Self { scheme, authority }, path))
    }

    /// Whether it is http or https with a host: other URLs are read in other ways.
    pub fn is_http(&self) -> bool {
        let schemes = ["https", "http"];
        !self.authority.is_empty() && schemes.iter().any(|scheme| self.scheme.eq_ignore_ascii_case(scheme))
    }

    /// https, or http on loopback; `allow_insecure` lets http pass everywhere. `what` names the option.
    pub fn check(&self, what: &str, allow_insecure: bool) -> Result<(), Error> {
        let host = self.host().ok_or_else(|| Error::new(Code::InvalidUrl, what))?;
        if self.scheme.eq_ignore_ascii_case("https") {
            return Ok(());
        }
        if self.scheme.eq_ignore_ascii_case("http") && (allow_insecure || is_loopback(host)) {
            return Ok(());
        }
        Err(Error::new(Code::InsecureUrl, what))
    }

    /// The host without its port, if the authority is one: no user, no white space, a numeric port.
    fn host(&self) -> Option<&'a str> {
        let authority = self.authority;
        if !authority.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'@') {
            return None;
        }
        let (host, port) = match cut_last(authority, b':') {
            Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
            _ => (authority, None),
        };
        let port_fits = port.is_none_or(|digits| digits.parse::<u16>().is_ok());
        let bracketed = host.starts_with('[') && host.ends_with(']');
        (port_fits && !host.is_empty() && (bracketed || cut(host, b':').is_none())).then_some(host)
    }
}

/// `localhost`, 127.0.0.0/8 and `[::1]` (RFC 6761, RFC 8252 section 7.3).
fn is_loopback(host: &str) -> bool {
    if host.eq_ignore_ascii_case("localhost") || host == "[::1]" {
        return true;
    }
    let mut numbers = pieces(host, b'.');
    numbers.next() == Some("127") && numbers.clone().count() == 3 && numbers.all(|number| number.parse::<u8>().is_ok())
}

/// Checks an absolute URL that has neither fragment nor, unless `query_allowed`, a query. `what` names the option in
/// the error.
pub(crate) fn check_absolute<'a>(
    url: &'a str,
    what: &str,
    query_allowed: bool,
    allow_insecure: bool,
) -> Result<Parts<'a>, Error> {
    let invalid = || Error::new(Code::InvalidUrl, what);
    if !url.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(invalid());
    }
    let parts = Parts::of(url).map_err(|_| invalid())?;
    parts.origin.as_ref().ok_or_else(invalid)?.check(what, allow_insecure)?;
    if parts.fragment.is_some() || (parts.query.is_some() && !query_allowed) {
        return Err(invalid());
    }
    Ok(parts)
}

/// Checks the base address of an `OpenAPI`: https or http on loopback, without query and fragment. It may have a
/// path, which is never signed.
///
/// # Errors
/// [`Code::InvalidUrl`] or [`Code::InsecureUrl`].
pub fn check_base(url: &str, allow_insecure: bool) -> Result<(), Error> {
    check_absolute(url, "openapi", false, allow_insecure).map(|_| ())
}
