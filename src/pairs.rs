//! The pairs of a query or form, decoded.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::encoding::decode_into;
use crate::error::{Code, Error};
use crate::order;
use crate::text::{pieces, split};

/// Decoded pairs in their order. They stand in one text as `key=value&key=value…`: a text for each would be most of a
/// module that reads them, and an allocation each.
#[derive(Clone, Default)]
pub struct Pairs {
    text: String,
    spans: Vec<Span>,
}

impl<'a> FromIterator<(&'a str, &'a str)> for Pairs {
    fn from_iter<I: IntoIterator<Item = (&'a str, &'a str)>>(pairs: I) -> Self {
        let (mut text, mut spans) = (String::new(), Vec::new());
        for (key, value) in pairs {
            text.push('&');
            let start = text.len();
            text.push_str(key);
            text.push('=');
            text.push_str(value);
            spans.push(Span { key: start, equals: start + key.len(), end: text.len() });
        }
        Self { text, spans }
    }
}

/// Shows the keys; a value may be an authorization code.
impl fmt::Debug for Pairs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter().map(|(key, _)| key)).finish()
    }
}

/// Where a pair stands in the text.
#[derive(Clone, Copy)]
struct Span {
    key: usize,
    equals: usize,
    end: usize,
}

impl Pairs {
    /// Decodes a query or form (`application/x-www-form-urlencoded`, without a leading `?`); `+` is a space, a key
    /// without `=` has an empty value, and empty pairs are skipped.
    ///
    /// ```
    /// use tuya_auth::encoding::Pairs;
    ///
    /// let pairs = Pairs::decode("name=living+room&flag&&q=%E2%82%AC")?;
    /// let texts: Vec<_> = pairs.iter().collect();
    /// assert_eq!(texts, [("name", "living room"), ("flag", ""), ("q", "€")]);
    /// assert!(Pairs::decode("q=%zz").is_err());
    /// # Ok::<(), tuya_auth::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::BadEscape`] when an escape is malformed or the bytes are not UTF-8.
    pub fn decode(text: &str) -> Result<Self, Error> {
        let mut pairs = Self::default();
        pairs.add(text)?;
        Ok(pairs)
    }

    /// Adds the pairs of another query or form.
    ///
    /// # Errors
    /// Those of [`Pairs::decode`]; then there are no pairs.
    #[inline(never)]
    pub fn add(&mut self, text: &str) -> Result<(), Error> {
        let mut bytes = core::mem::take(&mut self.text).into_bytes();
        let mut spans = core::mem::take(&mut self.spans);
        bytes.reserve(text.len());
        for pair in pieces(text, b'&') {
            if pair.is_empty() {
                continue;
            }
            let (written_key, written_value) = split(pair, b'=');
            // Marks between the texts keep bytes of two of them from being one character.
            bytes.push(b'&');
            let key = bytes.len();
            decode_into(&mut bytes, written_key, true)?;
            let equals = bytes.len();
            bytes.push(b'=');
            decode_into(&mut bytes, written_value.unwrap_or_default(), true)?;
            spans.push(Span { key, equals, end: bytes.len() });
        }
        self.text = String::from_utf8(bytes).map_err(|_| Code::BadEscape)?;
        self.spans = spans;
        Ok(())
    }

    /// Each key with its value.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.spans.iter().map(|span| (self.key(*span), self.piece(span.equals + 1, span.end)))
    }

    /// Sorts them by the bytes of their keys; those of one key keep their order.
    pub(crate) fn sort(&mut self) {
        let mut spans = core::mem::take(&mut self.spans);
        order::sort(&mut spans, |one, other| self.key(one) > self.key(other));
        self.spans = spans;
    }

    /// Each pair as `key=value`.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        self.spans.iter().map(|span| self.piece(span.key, span.end))
    }

    /// The first key that two neighbours have.
    pub(crate) fn repeated(&self) -> Option<&str> {
        let mut before = None;
        for span in &self.spans {
            let key = self.key(*span);
            if before == Some(key) {
                return Some(key);
            }
            before = Some(key);
        }
        None
    }

    fn key(&self, span: Span) -> &str {
        self.piece(span.key, span.equals)
    }

    #[inline(never)]
    fn piece(&self, from: usize, to: usize) -> &str {
        self.text.get(from..to).unwrap_or_default()
    }
}
