//! The parts of the signed string of one request, each with its wrong forms.

use alloc::vec::Vec;
use core::mem;
use core::ops::Range;

use super::forms::{Encoding, Form, Mistakes, Part, Span, Texts};
use super::{Mistake, Suspect, json, query};
use crate::encoding::decode_path;
use crate::error::Error;
use crate::sign::canonical::{Body, sha256};
use crate::sign::{Algorithm, PathEncoding, is_token_path, milliseconds};
use crate::url::Parts as UrlParts;

/// How far the time may be off in ms when the clock was read twice: alone, with one other mistake, with two.
pub(super) const TIME_WINDOWS: [u64; 3] = [2000, 20, 2];

/// What stands before and after a text: nothing at first, then the white space that copies and files leave behind.
pub(super) const BLANKS: [[&str; 2]; 6] = [["", ""], ["", "\n"], ["", " "], [" ", ""], ["", "\r\n"], ["", "\t"]];

/// The place of the time among the parts of every string.
pub(super) const TIME: usize = 2;

/// The parts of all strings that can have been signed.
#[derive(Default)]
pub(super) struct Parts {
    pub texts: Texts,
    /// Client ID, access token and time, with which every string begins; then what follows in one or another.
    pub list: Vec<Part>,
    /// The part that is being made.
    part: Part,
    /// The time as a number, where it can have been read twice.
    pub milliseconds: Option<u64>,
    /// By this algorithm or the other, the body read in one way or another.
    pub strings: Vec<Reading>,
}

/// One way to sign the request.
pub(super) struct Reading {
    /// The mistakes that it takes.
    pub mistakes: Mistakes,
    /// Its parts after the time: from nonce to URL, or none.
    pub rest: Range<usize>,
}

impl Parts {
    pub fn of(suspect: &Suspect<'_>) -> Result<Self, Error> {
        let received = &suspect.received;
        let url = UrlParts::of(received.target)?;
        let body = received.signed_body()?;
        let t = received.header("t").unwrap_or_default();
        let mut all = Self { milliseconds: milliseconds(t), ..Self::default() };
        all.client_id(suspect.client_id.as_str());
        all.token(received.header("access_token").unwrap_or_default(), api_path(url.path));
        all.time(t);
        let (of_short, of_full) = match suspect.options.algorithm {
            Algorithm::Current => (Mistake::LegacyAlgorithm.alone(), Mistakes::NONE),
            Algorithm::Legacy => (Mistakes::NONE, Mistake::CurrentAlgorithm.alone()),
        };
        all.strings.push(Reading { mistakes: of_short, rest: 0..0 });
        all.rest(of_full, suspect, &url, &body)?;
        if let Body::Form(form) = body {
            let mistakes = of_full.and(Mistake::FormHashed.alone());
            all.rest(mistakes, suspect, &url, &Body::Bytes(form.as_bytes()))?;
        }
        Ok(all)
    }

    /// Nonce to URL.
    fn rest(
        &mut self,
        mistakes: Mistakes,
        suspect: &Suspect<'_>,
        url: &UrlParts<'_>,
        body: &Body<'_>,
    ) -> Result<(), Error> {
        let received = &suspect.received;
        let from = self.list.len();
        let form = if let Body::Form(form) = body { form } else { "" };
        let query = query::part(&mut self.texts, url.query.unwrap_or_default(), form, suspect.meant)?;
        self.nonce(received.header("nonce"), suspect.meant_nonce);
        self.method(received.header("identifier").unwrap_or_default(), received.method);
        self.content(body);
        self.headers(&received.signed_headers()?);
        self.path(url.path, suspect.options.path)?;
        self.list.push(query);
        self.strings.push(Reading { mistakes, rest: from..self.list.len() });
        Ok(())
    }

    /// Adds a form to the part that is being made; its text is given in two pieces.
    #[inline(never)]
    fn form(&mut self, mistakes: Mistakes, first: &str, second: &str) {
        let from = self.texts.end();
        self.texts.push(first);
        self.texts.push(second);
        self.texts.add(&mut self.part, mistakes, from);
    }

    /// Ends the part that is being made.
    #[inline(never)]
    fn end(&mut self) {
        self.list.push(mem::take(&mut self.part));
    }

    fn client_id(&mut self, client_id: &str) {
        let mut mistakes = Mistakes::NONE;
        for [before, after] in BLANKS {
            let from = self.texts.end();
            self.texts.push(before);
            self.texts.push(client_id);
            self.texts.push(after);
            self.texts.add(&mut self.part, mistakes, from);
            mistakes = Mistake::WhitespaceAroundClientId.alone();
        }
        self.end();
    }

    fn token(&mut self, token: &str, path: &str) {
        let (right, mistake, wrong) = if is_token_path(path) {
            ("", Mistake::TokenOnTokenCall, token)
        } else {
            (token, Mistake::TokenLeftOut, "")
        };
        self.two_forms(right, mistake, wrong, "");
    }

    fn time(&mut self, t: &str) {
        let (seconds, more) = match (t.len(), t.get(..10)) {
            (13, Some(seconds)) => (seconds, ""),
            (10, _) => (t, "000"),
            _ => (t, ""),
        };
        self.two_forms(t, Mistake::TimeInSeconds, seconds, more);
    }

    fn nonce(&mut self, sent: Option<&str>, meant: Option<&str>) {
        match sent {
            Some(sent) => self.two_forms(sent, Mistake::NonceNotSigned, "", ""),
            None => self.two_forms("", Mistake::NonceNotSent, meant.unwrap_or_default(), ""),
        }
    }

    #[inline(never)]
    fn two_forms(&mut self, right: &str, mistake: Mistake, wrong: &str, more: &str) {
        self.form(Mistakes::NONE, right, "");
        self.form(mistake.alone(), wrong, more);
        self.end();
    }

    /// The identifier, which stands before it, and the method.
    fn method(&mut self, identifier: &str, method: &str) {
        for mistakes in [Mistakes::NONE, Mistake::LowerCaseMethod.alone()] {
            let from = self.texts.end();
            self.texts.push(identifier);
            for byte in method.bytes() {
                let is_right = mistakes == Mistakes::NONE;
                self.texts.push_byte(if is_right { byte.to_ascii_uppercase() } else { byte.to_ascii_lowercase() });
            }
            self.texts.push("\n");
            self.texts.add(&mut self.part, mistakes, from);
        }
        self.end();
    }

    fn content(&mut self, body: &Body<'_>) {
        // A received body's hash is never given; what was hashed cannot be hashed in another form.
        let (bytes, mistake, other): (&[u8], _, &[u8]) = match body {
            Body::Form(form) => (b"", Mistake::FormHashed, form.as_bytes()),
            Body::Bytes([]) | Body::Sha256(_) => (b"", Mistake::EmptyObjectSigned, b"{}"),
            Body::Bytes(bytes) => (bytes, Mistake::EmptyBodySigned, b""),
        };
        self.hash(Mistakes::NONE, bytes);
        self.hash(mistake.alone(), other);
        let source = core::str::from_utf8(bytes).unwrap_or_default();
        let mut scratch = Texts::default();
        for number in 0..json::Style::COUNT {
            scratch.cut(0);
            let Some(form) = json::write(&mut scratch, source, json::Style::of(number)) else { break };
            self.hash(Mistake::BodyReserialized.alone(), scratch.of(form));
        }
        self.end();
    }

    #[inline(never)]
    fn hash(&mut self, mistakes: Mistakes, bytes: &[u8]) {
        let from = self.texts.end();
        for byte in sha256(bytes) {
            self.texts.push_byte_digits(byte);
        }
        self.texts.push("\n");
        self.texts.add(&mut self.part, mistakes, from);
    }

    /// The lines of the signed headers, and the line feed after them.
    fn headers(&mut self, signed: &[(&str, &str)]) {
        let from = self.texts.end();
        for (name, value) in signed {
            self.texts.push(name);
            self.texts.push(":");
            self.texts.push(value);
            self.texts.push("\n");
        }
        let without_last = Span { from, to: self.texts.end().saturating_sub(1) };
        self.texts.push("\n");
        self.texts.add(&mut self.part, Mistakes::NONE, from);
        if !signed.is_empty() {
            self.form(Mistake::HeadersNotSigned.alone(), "", "\n");
            let from = self.texts.end();
            self.texts.copy(without_last, Encoding::Plain);
            self.texts.push("\n");
            self.texts.add(&mut self.part, Mistake::HeadersWithoutLastNewline.alone(), from);
        }
        self.end();
    }

    fn path(&mut self, path: &str, encoding: PathEncoding) -> Result<(), Error> {
        let mut based = Mistakes::NONE;
        for path in [api_path(path), path] {
            let decoded = decode_path(path)?;
            let (right, mistake, wrong) = match encoding {
                PathEncoding::AsWritten => (path, Mistake::PathDecoded, decoded.as_str()),
                PathEncoding::Decoded => (decoded.as_str(), Mistake::PathAsWritten, path),
            };
            self.form(based, right, "");
            self.form(based.and(mistake.alone()), wrong, "");
            based = Mistake::BasePathSigned.alone();
        }
        self.end();
        Ok(())
    }
}

/// The path from the version on, as far as a version stands in it.
fn api_path(path: &str) -> &str {
    let mut rest = path;
    while !rest.is_empty() {
        if let [b'/', b'v', b'0'..=b'9', ..] = rest.as_bytes() {
            return rest;
        }
        rest = rest.get(1..).unwrap_or_default();
    }
    path
}

/// The times to either side, nearest first.
pub(super) fn times_around(texts: &mut Texts, milliseconds: u64, window: u64) -> Part {
    let mut part = Part::new();
    for off in 1..=window {
        for time in [milliseconds.saturating_sub(off), milliseconds.saturating_add(off)] {
            let from = texts.end();
            texts.push_number(time);
            part.push(Form { mistakes: Mistake::TimeComputedTwice.alone(), text: texts.since(from) });
        }
    }
    part
}
