//! Just enough of URLs: taking one apart, and the rule that secrets travel over https only.

use crate::error::{Code, Error};
use crate::text::{GRAPHIC, MARK, cut, cut_last, decimal_up_to, pieces, split_at};

/// A URL's parts, borrowed. A relative reference has no origin.
pub(crate) struct Parts<'a> {
    /// Scheme and authority; absent for a reference that begins with `/`.
    pub origin: Option<Origin<'a>>,
    /// The path as written; `/` when it is empty.
    pub path: &'a str,
    /// Path and query as written; it begins with the query where the URL has no path.
    pub target: &'a str,
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
        Self::read(url).map_err(|reason| Error::new(Code::InvalidUrl, reason))
    }

    /// As [`Parts::of`], with the reason why a URL is none.
    #[inline(never)]
    fn read(url: &'a str) -> Result<Self, &'static str> {
        let (mut query, mut fragment) = (None, None);
        for (at, byte) in url.bytes().enumerate() {
            if !MARK.holds(byte) {
                continue;
            }
            match byte {
                b'?' | b'#' if fragment.is_some() => {}
                b'#' => fragment = Some(at),
                b'?' => query = query.or(Some(at)),
                _ => return Err("a control character or a backslash"),
            }
        }
        let (whole, fragment) = split_at(url, fragment);
        let (address, query) = split_at(whole, query);
        let (origin, path) = if address.starts_with('/') {
            (None, address)
        } else if let Some((origin, path)) = Origin::of(address) {
            (Some(origin), path)
        } else {
            return Err("neither absolute nor beginning with a slash");
        };
        let target = whole.get(address.len() - path.len()..).unwrap_or_default();
        Ok(Self { origin, path: if path.is_empty() { "/" } else { path }, target, query, fragment })
    }
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
        !self.authority.is_empty() && (self.has_scheme("https") || self.has_scheme("http"))
    }

    /// https, or http on loopback; `allow_insecure` lets http pass everywhere. `what` names the option.
    pub fn check(&self, what: &str, allow_insecure: bool) -> Result<(), Error> {
        let code = match self.host() {
            Some(_) if self.has_scheme("https") => return Ok(()),
            Some(host) if self.has_scheme("http") && (allow_insecure || is_loopback(host)) => return Ok(()),
            Some(_) => Code::InsecureUrl,
            None => Code::InvalidUrl,
        };
        Err(Error::new(code, what))
    }

    fn has_scheme(&self, scheme: &str) -> bool {
        self.scheme.eq_ignore_ascii_case(scheme)
    }

    /// The host without its port, if the authority is one: no user, no white space, a numeric port.
    fn host(&self) -> Option<&'a str> {
        let authority = self.authority;
        if !GRAPHIC.holds_all(authority) || cut(authority, b'@').is_some() {
            return None;
        }
        let host = match cut_last(authority, b':') {
            Some((_, port)) if port.ends_with(']') => authority,
            Some((host, port)) => decimal_up_to(port, u16::MAX.into()).map(|_| host)?,
            None => authority,
        };
        let bracketed = host.starts_with('[') && host.ends_with(']');
        (!host.is_empty() && (bracketed || cut(host, b':').is_none())).then_some(host)
    }
}

/// `localhost`, 127.0.0.0/8 and `[::1]` (RFC 6761, RFC 8252 section 7.3).
fn is_loopback(host: &str) -> bool {
    if host.eq_ignore_ascii_case("localhost") || host == "[::1]" {
        return true;
    }
    let mut numbers = 0;
    for number in pieces(host, b'.') {
        // A leading zero would make it octal.
        let is_octal = number.len() > 1 && number.starts_with('0');
        if is_octal || decimal_up_to(number, u8::MAX.into()).is_none_or(|number| numbers == 0 && number != 127) {
            return false;
        }
        numbers += 1;
    }
    numbers == 4
}

/// Checks an absolute URL that has neither fragment nor, unless `query_allowed`, a query. `what` names the option in
/// the error.
#[inline(never)]
pub(crate) fn check_absolute<'a>(
    url: &'a str,
    what: &str,
    query_allowed: bool,
    allow_insecure: bool,
) -> Result<Parts<'a>, Error> {
    let invalid = || Error::new(Code::InvalidUrl, what);
    if !GRAPHIC.holds_all(url) {
        return Err(invalid());
    }
    let Ok(parts) = Parts::read(url) else { return Err(invalid()) };
    let Some(origin) = &parts.origin else { return Err(invalid()) };
    origin.check(what, allow_insecure)?;
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
