//! The canonical form of a request: the string to sign, and the stages that lead to it.

use alloc::string::String;
use alloc::vec::Vec;

use sha2::{Digest, Sha256};

use super::PathEncoding;
use crate::encoding::{HEX_LOWER, Pairs, decode_path};
use crate::error::{Code, Error};
use crate::text::{ENCODED, PATH, TOKEN, cut, pieces};
use crate::url::{Origin, Parts};

/// The SHA-256 of nothing, in lower-case hex.
const EMPTY_SHA256: &[u8; 64] = b"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

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
    /// The SHA-256 of bytes that were hashed as they came; see [`ContentHash`].
    Sha256([u8; 32]),
    /// A form (`application/x-www-form-urlencoded`), as it is sent. It is not hashed: its pairs join the query's.
    Form(&'a str),
}

/// The hash of a body that comes in pieces, such as a stream's.
#[derive(Debug, Clone, Default)]
pub struct ContentHash(Sha256);

impl ContentHash {
    /// The hash of nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next bytes in.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The SHA-256 of all of them, for [`Body::Sha256`].
    #[must_use]
    pub fn finish(self) -> [u8; 32] {
        self.0.finalize().into()
    }
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
    let mut digits = Vec::with_capacity(EMPTY_SHA256.len());
    push_content(&mut digits, body);
    text_from(digits)
}

/// The SHA-256 of bytes; in one place, since it is compiled into each.
#[inline(never)]
pub(super) fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// Appends the hash of a body.
fn push_content(text: &mut Vec<u8>, body: &Body<'_>) {
    let digest = match body {
        Body::Bytes(bytes) if !bytes.is_empty() => sha256(bytes),
        Body::Sha256(digest) => *digest,
        _ => return text.extend_from_slice(EMPTY_SHA256),
    };
    let mut digits = [0; 64];
    write_hex(&mut digits, &digest, HEX_LOWER);
    text.extend_from_slice(&digits);
}

/// Writes a digest's 64 hex digits out of an alphabet of 16. They go into an array: iterators over characters take
/// several times as long.
#[inline(never)]
pub(super) fn write_hex(digits: &mut [u8; 64], digest: &[u8; 32], alphabet: &[u8; 16]) {
    let digit = |value: u8| alphabet.get(usize::from(value)).copied().unwrap_or_default();
    let (pairs, _) = digits.as_chunks_mut();
    for ([high, low], byte) in pairs.iter_mut().zip(digest) {
        *high = digit(byte >> 4);
        *low = digit(byte & 15);
    }
}

/// Hex digits as text.
pub(super) fn text_of(digits: &[u8; 64]) -> &str {
    core::str::from_utf8(digits).unwrap_or_default()
}

/// Text that was put together out of texts.
pub(super) fn text_from(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_default()
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
    let mut canonical = Vec::with_capacity(url.len());
    push_url(&mut canonical, &parts, path, signed_pairs(&parts, body, path)?.as_ref())?;
    Ok(text_from(canonical))
}

/// Appends the canonical URL. Without pairs it is as the URL is written.
fn push_url(text: &mut Vec<u8>, parts: &Parts<'_>, encoding: PathEncoding, pairs: Option<&Pairs>) -> Result<(), Error> {
    let Some(pairs) = pairs else {
        text.extend_from_slice(parts.target.as_bytes());
        return Ok(());
    };
    match encoding {
        PathEncoding::AsWritten => text.extend_from_slice(parts.path.as_bytes()),
        PathEncoding::Decoded => {
            text.extend_from_slice(decode_path(parts.path).map_err(in_part("path"))?.as_bytes());
        }
    }
    let mut mark = b'?';
    for pair in pairs.texts() {
        text.push(mark);
        text.extend_from_slice(pair.as_bytes());
        mark = b'&';
    }
    Ok(())
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
    let mut text = Vec::with_capacity(request.usual_length());
    push_string_to_sign(&mut text, request, path)?;
    Ok(text_from(text))
}

/// Appends the string to sign of a request that need not be one that can be sent.
pub(super) fn push_string_to_sign(text: &mut Vec<u8>, request: &Request<'_>, path: PathEncoding) -> Result<(), Error> {
    let parts = Parts::of(request.url)?;
    push_joined(text, request, &parts, path, signed_pairs(&parts, &request.body, path)?.as_ref())
}

fn push_joined(
    text: &mut Vec<u8>,
    request: &Request<'_>,
    parts: &Parts<'_>,
    encoding: PathEncoding,
    pairs: Option<&Pairs>,
) -> Result<(), Error> {
    for byte in request.method.bytes() {
        text.push(byte.to_ascii_uppercase());
    }
    text.push(b'\n');
    push_content(text, &request.body);
    text.push(b'\n');
    for (name, value) in request.signed_headers {
        text.extend_from_slice(name.as_bytes());
        text.push(b':');
        text.extend_from_slice(value.as_bytes());
        text.push(b'\n');
    }
    text.push(b'\n');
    push_url(text, parts, encoding, pairs)
}

/// The pairs of query and form, decoded and sorted; none where the URL's path and query are signed as they are written,
/// as most are.
fn signed_pairs(parts: &Parts<'_>, body: &Body<'_>, encoding: PathEncoding) -> Result<Option<Pairs>, Error> {
    let has_form = matches!(body, Body::Form(_));
    let as_written = !has_form
        && encoding == PathEncoding::AsWritten
        && parts.target.starts_with('/')
        && parts.query.is_none_or(is_canonical);
    if as_written { Ok(None) } else { sorted_pairs(parts.query, body).map(Some) }
}

/// Whether decoding and sorting would leave a query as it is: nothing escaped, every pair with its `=`, and each key
/// greater than the one before.
fn is_canonical(query: &str) -> bool {
    let mut before = "";
    for pair in pieces(query, b'&') {
        match cut(pair, b'=') {
            Some((key, _)) if before < key => before = key,
            _ => return false,
        }
    }
    ENCODED.holds_none(query)
}

/// The pairs of query and form, decoded, stably sorted by the key's bytes.
fn sorted_pairs(query: Option<&str>, body: &Body<'_>) -> Result<Pairs, Error> {
    let mut pairs = Pairs::default();
    let form = if let Body::Form(form) = body { form } else { "" };
    pairs.add(query.unwrap_or_default()).map_err(in_part("query"))?;
    pairs.add(form).map_err(in_part("body"))?;
    pairs.sort();
    Ok(pairs)
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
        self.checked_pairs(&Parts::of(self.url)?, allow_repeated_keys, PathEncoding::AsWritten).map(|_| ())
    }

    /// Appends the string to sign of a request that [`Request::check`] accepts; its query is decoded once for both.
    pub(super) fn push_checked_string_to_sign(
        &self,
        text: &mut Vec<u8>,
        allow_repeated_keys: bool,
        path: PathEncoding,
    ) -> Result<(), Error> {
        let parts = Parts::of(self.url)?;
        let pairs = self.checked_pairs(&parts, allow_repeated_keys, path)?;
        push_joined(text, self, &parts, path, pairs.as_ref())
    }

    /// How long its string to sign usually is, in bytes: without signed headers, whose lines come on top.
    pub(super) const fn usual_length(&self) -> usize {
        self.method.len() + EMPTY_SHA256.len() + 3 + self.url.len()
    }

    /// The pairs of a request that passes, whose URL has these parts.
    fn checked_pairs(
        &self,
        parts: &Parts<'_>,
        allow_repeated_keys: bool,
        path: PathEncoding,
    ) -> Result<Option<Pairs>, Error> {
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
        check_address(self.url, parts)?;
        check_path(parts.path)?;
        let pairs = signed_pairs(parts, &self.body, path)?;
        match pairs.as_ref().and_then(Pairs::repeated) {
            Some(key) if !allow_repeated_keys => Err(Error::new(Code::RepeatedKey, key)),
            _ => Ok(pairs),
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
    let (mut before, mut may_walk) = (b'/', false);
    for byte in path.bytes() {
        if !PATH.holds(byte) {
            return Err(Error::new(Code::InvalidUrl, "the path has characters that need a percent-escape"));
        }
        may_walk |= byte == b'%' || (byte == b'.' && before == b'/');
        before = byte;
    }
    if may_walk { check_segments(path) } else { Ok(()) }
}

fn check_segments(path: &str) -> Result<(), Error> {
    for segment in pieces(path, b'/') {
        if matches!(decode_path(segment).map_err(in_part("path"))?.as_str(), "." | "..") {
            return Err(Error::new(Code::InvalidUrl, "the path has dot segments"));
        }
    }
    Ok(())
}

/// RFC 9110, section 5.6.2.
pub(super) fn is_http_token(text: &str) -> bool {
    !text.is_empty() && TOKEN.holds_all(text)
}

/// Printable ASCII, with spaces and tabs inside only: HTTP clients strip them at the ends.
fn is_header_value(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_graphic() || byte == b' ' || byte == b'\t';
    let blank = |byte: Option<u8>| matches!(byte, Some(b' ' | b'\t'));
    !blank(text.bytes().next()) && !blank(text.bytes().last()) && text.bytes().all(fits)
}
