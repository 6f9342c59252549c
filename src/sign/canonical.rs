//! The canonical form of a request: the string to sign, and the stages that lead to it.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use sha2::{Digest, Sha256};

use super::PathEncoding;
use crate::encoding::{decode_pairs, decode_path};
use crate::error::{Code, Error};
use crate::order;
use crate::text::pieces;
use crate::url::{Origin, Parts};

/// The SHA-256 of nothing, in lower-case hex.
const EMPTY_SHA256: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// Decoded keys with their values, sorted by key.
type Pairs = Vec<(String, String)>;

/// A request as it is signed.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The method, in any case; it is signed in upper case.
    pub method: &'a str,
    /// The URL, absolute or beginning with its path. Scheme, host and fragment are not signed.
    pub url: &'a str,
    /// The headers to sign, in the order in which `Signature-Headers` names them.
    pub signed_headers: &'a [(&'a str, &'a str)],
    /// The body.
    pub body: Body<'a>,
}

/// A request's body.
#[derive(Debug, Clone, Copy)]
pub enum Body<'a> {
    /// The bytes as they are sent; none for a request without a body.
    Bytes(&'a [u8]),
    /// A form (`application/x-www-form-urlencoded`), as it is sent. It is not hashed: its pairs join the query's.
    Form(&'a str),
}

/// Lower-case hex of the body's SHA-256; a form counts as empty.
///
/// ```
/// use tuya_auth::sign::{Body, content_sha256};
///
/// let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
/// assert_eq!(content_sha256(&Body::Bytes(b"")), empty);
/// assert_eq!(content_sha256(&Body::Form("a=1")), empty);
/// assert_eq!(
///     content_sha256(&Body::Bytes(b"{}")),
///     "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
/// );
/// ```
#[must_use]
pub fn content_sha256(body: &Body<'_>) -> String {
    match body {
        Body::Bytes(bytes) if !bytes.is_empty() => hex::encode(Sha256::digest(bytes)),
        _ => EMPTY_SHA256.to_owned(),
    }
}

/// The path, then `?` and the query's and form's decoded pairs sorted by key, if there are any. Pairs of one key keep
/// their order.
///
/// ```
/// use tuya_auth::sign::{Body, PathEncoding, canonical_url};
///
/// let url = "https://openapi.tuyaeu.com/v1.0/iot%2D03/devices?size=20&name=living+room&flag";
/// assert_eq!(
///     canonical_url(url, &Body::Form("ids=1%2C2"), PathEncoding::AsWritten)?,
///     "/v1.0/iot%2D03/devices?flag=&ids=1,2&name=living room&size=20"
/// );
/// assert_eq!(canonical_url("/v1.0/a%20b", &Body::Bytes(b""), PathEncoding::Decoded)?, "/v1.0/a b");
/// # Ok::<(), tuya_auth::Error>(())
/// ```
///
/// # Errors
/// [`Code::BadEscape`]: a percent-escape of `query`, form (`body`) or, when it is decoded, `path`, which is the detail.
/// [`Code::InvalidUrl`]: the URL is neither absolute nor begins with a slash, or holds a control character or a
/// backslash.
pub fn canonical_url(url: &str, body: &Body<'_>, path: PathEncoding) -> Result<String, Error> {
    let parts = Parts::of(url)?;
    written_url(parts.path, path, &sorted_pairs(parts.query, body)?)
}

fn written_url(path: &str, encoding: PathEncoding, pairs: &[(String, String)]) -> Result<String, Error> {
    let mut canonical = match encoding {
        PathEncoding::AsWritten => path.to_owned(),
        PathEncoding::Decoded => decode_path(path).map_err(in_part("path"))?,
    };
    for (at, (key, value)) in pairs.iter().enumerate() {
        canonical.push(if at == 0 { '?' } else { '&' });
        canonical.push_str(key);
        canonical.push('=');
        canonical.push_str(value);
    }
    Ok(canonical)
}

/// Method, content hash, header lines and canonical URL, joined as the documents say. Each signed header is a line
/// of its own, and the layout adds one more line feed, so that a blank line stands before the URL when there are any.
///
/// ```
/// use tuya_auth::sign::{Body, PathEncoding, Request, string_to_sign};
///
/// let request = Request {
///     method: "post",
///     url: "/v1.0/devices?b=2&a=1",
///     signed_headers: &[("area_id", "29a33e87"), ("call_id", "8afdb70a")],
///     body: Body::Bytes(b"{}"),
/// };
/// assert_eq!(
///     string_to_sign(&request, PathEncoding::AsWritten)?,
///     "POST\n\
///      44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\n\
///      area_id:29a33e87\n\
///      call_id:8afdb70a\n\
///      \n\
///      /v1.0/devices?a=1&b=2"
/// );
/// # Ok::<(), tuya_auth::Error>(())
/// ```
///
/// # Errors
/// Those of [`canonical_url`].
pub fn string_to_sign(request: &Request<'_>, path: PathEncoding) -> Result<String, Error> {
    Ok(joined(request, &canonical_url(request.url, &request.body, path)?))
}

fn joined(request: &Request<'_>, canonical_url: &str) -> String {
    let mut text = request.method.to_ascii_uppercase();
    text.push('\n');
    text.push_str(&content_sha256(&request.body));
    text.push('\n');
    for (name, value) in request.signed_headers {
        text.push_str(name);
        text.push(':');
        text.push_str(value);
        text.push('\n');
    }
    text.push('\n');
    text.push_str(canonical_url);
    text
}

/// The pairs of query and form, decoded, stably sorted by the key's bytes.
fn sorted_pairs(query: Option<&str>, body: &Body<'_>) -> Result<Pairs, Error> {
    let mut sorted = Pairs::new();
    let form = if let Body::Form(form) = body { form } else { "" };
    for (part, text) in [("query", query.unwrap_or_default()), ("body", form)] {
        for (key, value) in decode_pairs(text).map_err(in_part(part))? {
            order::insert(&mut sorted, (key, value), |(key, _)| key);
        }
    }
    Ok(sorted)
}

/// Names the part that a decoder's error is about.
fn in_part(part: &str) -> impl Fn(Error) -> Error {
    move |error| Error::new(error.code(), part)
}

impl Request<'_> {
    /// Checks what would not arrive as it was signed. [`Signer::sign`](super::Signer::sign) does so by itself.
    ///
    /// ```
    /// use tuya_auth::Code;
    /// use tuya_auth::sign::{Body, Request};
    ///
    /// let request = Request { method: "GET", url: "/a?id=1&id=2", signed_headers: &[], body: Body::Bytes(b"") };
    /// let error = request.check(false).unwrap_err();
    /// assert_eq!((error.code(), error.detail()), (Code::RepeatedKey, Some("id")));
    /// assert_eq!(request.check(true), Ok(()));
    /// ```
    ///
    /// # Errors
    /// [`Code::InvalidMethod`], [`Code::InvalidHeader`], [`Code::InvalidUrl`], [`Code::BadEscape`], and unless
    /// `allow_repeated_keys` [`Code::RepeatedKey`]; each names the offending part.
    pub fn check(&self, allow_repeated_keys: bool) -> Result<(), Error> {
        self.checked(allow_repeated_keys).map(|_| ())
    }

    /// The string to sign of a request that [`Request::check`] accepts; its query is decoded once for both.
    pub(super) fn checked_string_to_sign(
        &self,
        allow_repeated_keys: bool,
        path: PathEncoding,
    ) -> Result<String, Error> {
        let (written_path, pairs) = self.checked(allow_repeated_keys)?;
        Ok(joined(self, &written_url(written_path, path, &pairs)?))
    }

    /// The path and the sorted pairs of a request that passes.
    fn checked(&self, allow_repeated_keys: bool) -> Result<(&str, Pairs), Error> {
        if !is_http_token(self.method) {
            return Err(Code::InvalidMethod.into());
        }
        for (name, value) in self.signed_headers {
            if !is_http_token(name) {
                return Err(Error::new(Code::InvalidHeader, "the name of a signed header"));
            }
            if !is_header_value(value) {
                return Err(Error::new(Code::InvalidHeader, name));
            }
        }
        let parts = Parts::of(self.url)?;
        check_address(self.url, &parts)?;
        check_path(parts.path)?;
        let pairs = sorted_pairs(parts.query, &self.body)?;
        let repeated = pairs.iter().zip(pairs.iter().skip(1)).find(|((one, _), (next, _))| one == next);
        match repeated {
            Some(((key, _), _)) if !allow_repeated_keys => Err(Error::new(Code::RepeatedKey, key)),
            _ => Ok((parts.path, pairs)),
        }
    }
}

/// A URL that HTTP clients take apart as it is taken apart here: they read a host after two slashes in front, skip
/// further slashes before a host, and strip spaces at the end.
fn check_address(url: &str, parts: &Parts<'_>) -> Result<(), Error> {
    if !parts.origin.as_ref().map_or(!url.starts_with("//"), Origin::is_http) {
        return Err(Error::new(Code::InvalidUrl, "neither http with a host nor a path"));
    }
    if url.ends_with(' ') {
        return Err(Error::new(Code::InvalidUrl, "a space at its end"));
    }
    Ok(())
}

/// A path that HTTP clients send as it stands: they escape other characters than those of RFC 3986, section 3.3 (not
/// all of them the same), and resolve dot segments, after the request was signed.
fn check_path(path: &str) -> Result<(), Error> {
    let rewritten = |byte: u8| !byte.is_ascii_alphanumeric() && !b"-._~!$&'()*+,;=:@/%".contains(&byte);
    if path.bytes().any(rewritten) {
        return Err(Error::new(Code::InvalidUrl, "the path has characters that need a percent-escape"));
    }
    for segment in pieces(path, b'/') {
        let decoded = decode_path(segment).map_err(in_part("path"))?;
        if decoded == "." || decoded == ".." {
            return Err(Error::new(Code::InvalidUrl, "the path has dot segments"));
        }
    }
    Ok(())
}

/// RFC 9110, section 5.6.2.
pub(super) fn is_http_token(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(fits)
}

/// Printable ASCII, with spaces and tabs inside only: HTTP clients strip them at the ends.
fn is_header_value(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_graphic() || byte == b' ' || byte == b'\t';
    let blank = |byte: Option<u8>| matches!(byte, Some(b' ' | b'\t'));
    !blank(text.bytes().next()) && !blank(text.bytes().last()) && text.bytes().all(fits)
}
