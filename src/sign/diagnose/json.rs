//! JSON written in the other ways in which serialisers write the same value: spacing, key order, escapes.

use alloc::vec::Vec;

use super::forms::{Encoding, Pair, Span, Texts};
use crate::encoding::hex_digit;

/// Deepest nesting that is read; deeper JSON has no other forms here.
const MAX_DEPTH: u32 = 64;

/// Longest text that is written in other forms, in bytes: each is hashed as a whole.
const MAX_LENGTH: usize = 65_536;

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Style {
    /// `": "` and `", "` in place of `":"` and `","`, as Python does.
    spaced: bool,
    /// Object keys in the order of their bytes.
    sorted: bool,
    /// Characters beyond ASCII as `\u` escapes (`true`), or as themselves (`false`).
    escaped: bool,
}

impl Style {
    /// How many there are.
    pub const COUNT: u8 = 8;

    /// The style of this number.
    pub const fn of(number: u8) -> Self {
        Self { spaced: number & 1 != 0, sorted: number & 2 != 0, escaped: number & 4 != 0 }
    }
}

/// Writes a JSON text in a style; `None` when it is too long or not JSON, and then something may have been written.
pub(super) fn write(texts: &mut Texts, source: &str, style: Style) -> Option<Span> {
    if source.len() > MAX_LENGTH {
        return None;
    }
    let base = texts.put(source).from;
    let from = texts.end();
    let mut writer = Writer { source, at: 0, base, texts, style };
    writer.value(0)?;
    (writer.peek() == 0 && writer.at == source.len()).then(|| texts.since(from))
}

/// A text that is read and written again on the way.
struct Writer<'a> {
    source: &'a str,
    /// How far it is read.
    at: usize,
    /// Where it stands among the texts, so that its keys can be sorted.
    base: usize,
    texts: &'a mut Texts,
    style: Style,
}

impl Writer<'_> {
    fn byte(&self) -> u8 {
        self.source.as_bytes().get(self.at).copied().unwrap_or_default()
    }

    /// The next byte that is no white space; 0 at the end.
    #[inline(never)]
    fn peek(&mut self) -> u8 {
        while matches!(self.byte(), b' ' | b'\t' | b'\r' | b'\n') {
            self.at += 1;
        }
        self.byte()
    }

    fn take(&mut self, mark: u8) -> Option<()> {
        let is_next = self.peek() == mark;
        self.at += usize::from(is_next);
        is_next.then_some(())
    }

    fn value(&mut self, depth: u32) -> Option<()> {
        if depth > MAX_DEPTH {
            return None;
        }
        match self.peek() {
            open @ (b'{' | b'[') => self.members(open, depth),
            b'"' => self.string(),
            _ => {
                let from = self.at;
                while self.byte().is_ascii_alphanumeric() || matches!(self.byte(), b'+' | b'-' | b'.') {
                    self.at += 1;
                }
                self.texts.push(self.source.get(from..self.at).filter(|scalar| !scalar.is_empty())?);
                Some(())
            }
        }
    }

    /// The members of an object or the items of an array.
    fn members(&mut self, open: u8, depth: u32) -> Option<()> {
        let close = open + 2; // in ASCII
        let (colon, comma) = if self.style.spaced { (": ", ", ") } else { (":", ",") };
        let mut members: Vec<Pair> = Vec::new();
        self.at += 1;
        self.texts.push_byte(open);
        let first = self.texts.end();
        if self.take(close).is_none() {
            loop {
                if !members.is_empty() {
                    self.texts.push(comma);
                }
                let from = self.texts.end();
                self.peek();
                let key = self.base + self.at;
                if open == b'{' {
                    self.string()?;
                    self.take(b':')?;
                    self.texts.push(colon);
                }
                let key = Span { from: key, to: self.base + self.at };
                self.value(depth + 1)?;
                members.push(Pair { key, value: Some(self.texts.since(from)) });
                if self.take(b',').is_none() {
                    self.take(close)?;
                    break;
                }
            }
        }
        if self.style.sorted && open == b'{' {
            self.texts.sort(&mut members);
            let sorted = self.texts.end();
            for member in members {
                if self.texts.end() > sorted {
                    self.texts.push(comma);
                }
                self.texts.copy(member.value?, Encoding::Plain);
            }
            self.texts.replace(first, sorted);
        }
        self.texts.push_byte(close);
        Some(())
    }

    fn string(&mut self) -> Option<()> {
        let from = self.at;
        self.take(b'"')?;
        while self.byte() != b'"' {
            // What a backslash escapes does not end the text.
            self.at += if self.byte() == b'\\' { 2 } else { 1 };
            if self.at >= self.source.len() {
                return None;
            }
        }
        self.at += 1;
        let text = self.source.get(from..self.at)?;
        if self.style.escaped {
            escape(self.texts, text);
        } else {
            unescape(self.texts, text.as_bytes());
        }
        Some(())
    }
}

/// Writes characters beyond ASCII as `\u` escapes of UTF-16 units, in lower-case hex.
fn escape(texts: &mut Texts, text: &str) {
    for character in text.chars() {
        let code = character as u32;
        if character.is_ascii() {
            texts.push_byte(character as u8);
        } else if let Some(beyond) = code.checked_sub(0x1_0000) {
            push_unit(texts, 0xd800 + (beyond >> 10));
            push_unit(texts, 0xdc00 + (beyond & 0x3ff));
        } else {
            push_unit(texts, code);
        }
    }
}

#[inline(never)]
fn push_unit(texts: &mut Texts, unit: u32) {
    texts.push("\\u");
    let [.., high, low] = unit.to_be_bytes();
    texts.push_byte_digits(high);
    texts.push_byte_digits(low);
}

/// Writes `\u` escapes of characters beyond ASCII as the characters; other escapes stay.
fn unescape(texts: &mut Texts, text: &[u8]) {
    let mut rest = text;
    while let [byte, after @ ..] = rest {
        if let Some((character, after)) = escaped_character(rest) {
            texts.push(character.encode_utf8(&mut [0; 4]));
            rest = after;
            continue;
        }
        texts.push_byte(*byte);
        rest = after;
        // The escaped character is copied with its backslash, so that `\\` does not begin another escape.
        if let ([escaped, after @ ..], b'\\') = (rest, byte) {
            texts.push_byte(*escaped);
            rest = after;
        }
    }
}

/// The character beyond ASCII that stands here as a `\u` escape, and what stands behind it.
fn escaped_character(text: &[u8]) -> Option<(char, &[u8])> {
    let (first, after) = unit(text)?;
    if (0xd800..0xdc00).contains(&first) {
        let (second, after) = unit(after)?;
        let low = second.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
        return Some((char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + low)?, after));
    }
    Some((char::from_u32(first).filter(|character| !character.is_ascii())?, after))
}

/// The UTF-16 unit that stands here as a `\u` escape, and what stands behind it.
fn unit(text: &[u8]) -> Option<(u32, &[u8])> {
    let [b'\\', b'u', rest @ ..] = text else { return None };
    let (digits, after) = rest.split_first_chunk::<4>()?;
    let mut unit = 0;
    for digit in digits {
        unit = unit << 4 | u32::from(hex_digit(*digit).ok()?);
    }
    Some((unit, after))
}

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use super::*;

    fn form(text: &str, spaced: bool, sorted: bool, escaped: bool) -> Option<String> {
        let mut texts = Texts::default();
        let span = write(&mut texts, text, Style { spaced, sorted, escaped })?;
        String::from_utf8(texts.of(span).to_vec()).ok()
    }

    #[test]
    fn writes_what_other_serialisers_write() {
        let text = "{ \"b\": [1, true,null ], \"a\":{\"é\":\"😀\\\\u00e9\\n\"} , \"c\":[],\"d\":{}}";
        let written = |spaced, sorted, escaped| form(text, spaced, sorted, escaped).unwrap_or_default();
        assert_eq!(written(false, false, false), r#"{"b":[1,true,null],"a":{"é":"😀\\u00e9\n"},"c":[],"d":{}}"#);
        assert_eq!(
            written(true, true, false),
            r#"{"a": {"é": "😀\\u00e9\n"}, "b": [1, true, null], "c": [], "d": {}}"#
        );
        assert_eq!(
            written(false, true, true),
            r#"{"a":{"\u00e9":"\ud83d\ude00\\u00e9\n"},"b":[1,true,null],"c":[],"d":{}}"#
        );
        let escaped = form(r#"["\u00e9\ud83d\ude00\u0041\ud83d\u00e9"]"#, false, false, false);
        assert_eq!(escaped.as_deref(), Some(r#"["é😀\u0041\ud83dé"]"#));
    }

    #[test]
    fn equal_keys_keep_their_order() {
        let sorted = form(r#"{"b":1,"a":2,"b":0}"#, false, true, false);
        assert_eq!(sorted.as_deref(), Some(r#"{"a":2,"b":1,"b":0}"#));
    }

    #[test]
    fn what_is_no_json_has_no_other_forms() {
        for text in ["", "{", "{\"a\"}", "[1,]", "\"", "\"\\\"", "{}x", "a b", "{\"a\":1,}", "{}\0", &"[".repeat(100)] {
            for number in 0..Style::COUNT {
                assert!(write(&mut Texts::default(), text, Style::of(number)).is_none(), "{text}");
            }
        }
    }
}
