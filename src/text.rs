//! Cutting text at ASCII marks, and sets of ASCII characters. The standard library's searches do the same for any
//! pattern; over single bytes they weigh several times as much in the WebAssembly modules.

/// A set of ASCII characters: one bit of the table's entries.
#[derive(Clone, Copy)]
pub(crate) struct Set(u8);

/// Printable ASCII without the space.
pub(crate) const GRAPHIC: Set = Set(1);
/// An HTTP token's characters (RFC 9110, section 5.6.2).
pub(crate) const TOKEN: Set = Set(2);
/// The characters of a path that no client escapes (RFC 3986, section 3.3), and the percent sign of those that are
/// escaped already.
pub(crate) const PATH: Set = Set(4);
/// Letters, digits, `_` and `-`, as in base64url and in the codes of data centers.
pub(crate) const WORD: Set = Set(8);
/// The unreserved characters of RFC 3986.
pub(crate) const UNRESERVED: Set = Set(16);
/// What ends a part of a URL, and what URL parsers drop or rewrite silently, so that the bytes sent would not be the
/// bytes signed.
pub(crate) const MARK: Set = Set(32);
/// What decoding a form changes.
pub(crate) const ENCODED: Set = Set(64);

/// Decimal digits.
pub(crate) const DIGIT: Set = Set(128);

const TABLE: [u8; 128] = {
    let mut table = [0; 128];
    let (mut byte, mut rest) = (0, table.as_mut_slice());
    while let Some((first, after)) = rest.split_first_mut() {
        *first = sets_of(byte);
        byte += 1;
        rest = after;
    }
    table
};

const fn sets_of(byte: u8) -> u8 {
    let alphanumeric = byte.is_ascii_alphanumeric();
    let word = alphanumeric || matches!(byte, b'_' | b'-');
    let unreserved = word || matches!(byte, b'.' | b'~');
    let both = unreserved || matches!(byte, b'!' | b'$' | b'&' | b'\'' | b'*' | b'+' | b'%');
    let token = both || matches!(byte, b'#' | b'^' | b'`' | b'|');
    let path = both || matches!(byte, b'(' | b')' | b',' | b';' | b'=' | b':' | b'@' | b'/');
    (byte.is_ascii_graphic() as u8)
        | (token as u8) << 1
        | (path as u8) << 2
        | (word as u8) << 3
        | (unreserved as u8) << 4
        | ((byte.is_ascii_control() || matches!(byte, b'\\' | b'?' | b'#')) as u8) << 5
        | (matches!(byte, b'%' | b'+') as u8) << 6
        | (byte.is_ascii_digit() as u8) << 7
}

impl Set {
    /// Whether a character is in the set; none outside ASCII is.
    pub fn holds(self, byte: u8) -> bool {
        TABLE.get(usize::from(byte)).is_some_and(|sets| sets & self.0 != 0)
    }

    /// Whether all of a text's characters are in the set.
    #[inline(never)]
    pub fn holds_all(self, text: &str) -> bool {
        text.bytes().all(|byte| self.holds(byte))
    }

    /// Whether none of a text's characters is in the set.
    #[inline(never)]
    pub fn holds_none(self, text: &str) -> bool {
        !text.bytes().any(|byte| self.holds(byte))
    }
}

/// What stands before and after the first `mark`, which is an ASCII character.
#[inline(never)]
pub(crate) fn cut(text: &str, mark: u8) -> Option<(&str, &str)> {
    around(text, text.bytes().position(|byte| byte == mark)?)
}

/// What stands before and after the last `mark`.
pub(crate) fn cut_last(text: &str, mark: u8) -> Option<(&str, &str)> {
    around(text, text.bytes().rposition(|byte| byte == mark)?)
}

/// What stands before the first `mark`, or all of it, and what stands after the mark.
pub(crate) fn split(text: &str, mark: u8) -> (&str, Option<&str>) {
    split_at(text, text.bytes().position(|byte| byte == mark))
}

/// What stands before a mark, or all of the text, and what stands after the mark.
pub(crate) fn split_at(text: &str, mark: Option<usize>) -> (&str, Option<&str>) {
    match mark.and_then(|at| around(text, at)) {
        Some((before, after)) => (before, Some(after)),
        None => (text, None),
    }
}

/// The pieces between the marks; one more than there are marks.
pub(crate) const fn pieces(text: &str, mark: u8) -> Pieces<'_> {
    Pieces { rest: Some(text), mark }
}

/// See [`pieces`].
#[derive(Clone)]
pub(crate) struct Pieces<'a> {
    rest: Option<&'a str>,
    mark: u8,
}

impl<'a> Iterator for Pieces<'a> {
    type Item = &'a str;

    #[inline(never)]
    fn next(&mut self) -> Option<&'a str> {
        let (piece, rest) = split(self.rest?, self.mark);
        self.rest = rest;
        Some(piece)
    }
}

/// The value of a decimal number without a sign, if it is at most `greatest`.
pub(crate) fn decimal_up_to(text: &str, greatest: u64) -> Option<u64> {
    let mut value: u64 = 0;
    for byte in text.bytes() {
        let digit = byte.checked_sub(b'0').filter(|digit| *digit < 10)?;
        value = value.checked_mul(10)?.checked_add(digit.into())?;
    }
    (!text.is_empty() && value <= greatest).then_some(value)
}

#[inline]
fn around(text: &str, at: usize) -> Option<(&str, &str)> {
    Some((text.get(..at)?, text.get(at + 1..)?))
}
