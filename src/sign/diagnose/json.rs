//! JSON written in the other ways in which serialisers write the same value: spacing, key order, escapes.

use alloc::string::String;
use alloc::vec::Vec;

use crate::order;
use crate::text::cut;

/// Deepest nesting that is read; deeper JSON has no other forms here.
const MAX_DEPTH: u32 = 64;

/// Longest text that is written in other forms, in bytes: each is hashed as a whole.
const MAX_LENGTH: usize = 65_536;

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Style {
    /// `": "` and `", "` in place of `":"` and `","`, as Python does.
    pub spaced: bool,
    /// Object keys in the order of their bytes.
    pub sorted: bool,
    /// Characters beyond ASCII as `\u` escapes (`true`), or as themselves (`false`).
    pub escaped: bool,
}

/// The other forms of a JSON text, without doubles and without the text itself; none when it is too long or not JSON.
pub(super) fn other_forms(text: &str) -> Vec<String> {
    let Some(value) = Some(text).filter(|text| text.len() <= MAX_LENGTH).and_then(parse) else { return Vec::new() };
    let mut forms: Vec<String> = Vec::new();
    for bits in 0..8_u8 {
        let style = Style { spaced: bits & 1 != 0, sorted: bits & 2 != 0, escaped: bits & 4 != 0 };
        let mut form = String::with_capacity(text.len());
        value.write(style, &mut form);
        if form != text && !forms.contains(&form) {
            forms.push(form);
        }
    }
    forms
}

/// A value; scalars and keys as they stand in the text.
enum Value<'a> {
    Scalar(&'a str),
    Array(Vec<Value<'a>>),
    Object(Vec<(&'a str, Value<'a>)>),
}

fn parse(text: &str) -> Option<Value<'_>> {
    let mut reader = Reader { rest: text };
    let value = reader.value(0)?;
    reader.skip_space();
    reader.rest.is_empty().then_some(value)
}

struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn skip_space(&mut self) {
        let blanks = self.rest.bytes().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n')).count();
        self.rest = self.rest.get(blanks..).unwrap_or_default();
    }

    fn take(&mut self, mark: char) -> Option<()> {
        self.skip_space();
        self.rest = self.rest.strip_prefix(mark)?;
        Some(())
    }

    fn advance(&mut self, length: usize) -> Option<&'a str> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    fn value(&mut self, depth: u32) -> Option<Value<'a>> {
        self.skip_space();
        if depth > MAX_DEPTH {
            return None;
        }
        match self.rest.bytes().next()? {
            b'{' => self.members(depth).map(Value::Object),
            b'[' => self.items(depth).map(Value::Array),
            b'"' => self.string().map(Value::Scalar),
            _ => {
                let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
                let length = self.rest.bytes().take_while(|byte| fits(*byte)).count();
                (length > 0).then(|| self.advance(length).map(Value::Scalar)).flatten()
            }
        }
    }

    fn string(&mut self) -> Option<&'a str> {
        self.skip_space();
        let mut escaped = false;
        let inside = self.rest.strip_prefix('"')?.bytes();
        let length = inside.take_while(|byte| {
            let ends = *byte == b'"' && !escaped;
            escaped = *byte == b'\\' && !escaped;
            !ends
        });
        let length = length.count() + 2;
        let taken = self.advance(length)?;
        taken.ends_with('"').then_some(taken)
    }

    fn items(&mut self, depth: u32) -> Option<Vec<Value<'a>>> {
        let mut items = Vec::new();
        self.take('[')?;
        if self.take(']').is_some() {
            return Some(items);
        }
        loop {
            items.push(self.value(depth + 1)?);
            if self.take(',').is_none() {
                return self.take(']').map(|()| items);
            }
        }
    }

    fn members(&mut self, depth: u32) -> Option<Vec<(&'a str, Value<'a>)>> {
        let mut members = Vec::new();
        self.take('{')?;
        if self.take('}').is_some() {
            return Some(members);
        }
        loop {
            let key = self.string()?;
            self.take(':')?;
            members.push((key, self.value(depth + 1)?));
            if self.take(',').is_none() {
                return self.take('}').map(|()| members);
            }
        }
    }
}

impl Value<'_> {
    fn write(&self, style: Style, out: &mut String) {
        let comma = if style.spaced { ", " } else { "," };
        match self {
            Self::Scalar(text) => write_scalar(text, style, out),
            Self::Array(items) => {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    out.push_str(if at == 0 { "" } else { comma });
                    item.write(style, out);
                }
                out.push(']');
            }
            Self::Object(members) => {
                let mut ordered: Vec<&(&str, Value<'_>)> = Vec::new();
                for member in members {
                    order::insert(&mut ordered, member, |(key, _)| if style.sorted { *key } else { "" });
                }
                out.push('{');
                for (at, (key, value)) in ordered.into_iter().enumerate() {
                    out.push_str(if at == 0 { "" } else { comma });
                    write_scalar(key, style, out);
                    out.push_str(if style.spaced { ": " } else { ":" });
                    value.write(style, out);
                }
                out.push('}');
            }
        }
    }
}

fn write_scalar(text: &str, style: Style, out: &mut String) {
    let text = if style.escaped { escape(text) } else { unescape(text) };
    out.push_str(&text);
}

/// Characters beyond ASCII as `\u` escapes of UTF-16 units, in lower-case hex.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_ascii() {
            escaped.push(character);
            continue;
        }
        for unit in character.encode_utf16(&mut [0; 2]) {
            escaped.push_str("\\u");
            escaped.push_str(&hex::encode(unit.to_be_bytes()));
        }
    }
    escaped
}

/// `\u` escapes of characters beyond ASCII as the characters; other escapes stay.
fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = cut(rest, b'\\') {
        plain.push_str(before);
        if let Some((character, length)) = escaped_character(after) {
            plain.push(character);
            rest = after.get(length..).unwrap_or_default();
        } else {
            // The escaped character is copied with its backslash, so that `\\` does not begin another escape.
            let length = after.chars().next().map_or(0, char::len_utf8);
            plain.push('\\');
            plain.push_str(after.get(..length).unwrap_or_default());
            rest = after.get(length..).unwrap_or_default();
        }
    }
    plain.push_str(rest);
    plain
}

/// The character that the text after a backslash stands for, if it is a `\u` escape beyond ASCII, and the length of
/// that escape without its first backslash.
fn escaped_character(after: &str) -> Option<(char, usize)> {
    let unit = |text: &str| u16::from_str_radix(text.strip_prefix('u')?.get(..4)?, 16).ok();
    let first = unit(after)?;
    let second = after.get(5..).and_then(|rest| unit(rest.strip_prefix('\\')?));
    let units: Vec<u16> = core::iter::once(first).chain(second).collect();
    let character = char::decode_utf16(units).next()?.ok()?;
    (!character.is_ascii()).then(|| (character, if character.len_utf16() == 2 { 11 } else { 5 }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(text: &str, spaced: bool, sorted: bool, escaped: bool) -> String {
        let mut out = String::new();
        if let Some(value) = parse(text) {
            value.write(Style { spaced, sorted, escaped }, &mut out);
        }
        out
    }

    #[test]
    fn writes_what_other_serialisers_write() {
        let text = "{ \"b\": [1, true,null ], \"a\":{\"é\":\"😀\\\\u00e9\\n\"} , \"c\":[],\"d\":{}}";
        assert_eq!(form(text, false, false, false), r#"{"b":[1,true,null],"a":{"é":"😀\\u00e9\n"},"c":[],"d":{}}"#);
        assert_eq!(
            form(text, true, true, false),
            r#"{"a": {"é": "😀\\u00e9\n"}, "b": [1, true, null], "c": [], "d": {}}"#
        );
        assert_eq!(
            form(text, false, true, true),
            r#"{"a":{"\u00e9":"\ud83d\ude00\\u00e9\n"},"b":[1,true,null],"c":[],"d":{}}"#
        );
        assert_eq!(form(r#"["\u00e9\ud83d\ude00\u0041"]"#, false, false, false), r#"["é😀\u0041"]"#);
    }

    #[test]
    fn what_is_no_json_has_no_other_forms() {
        for text in ["", "{", "{\"a\"}", "[1,]", "\"", "{}x", "a b", "{\"a\":1,}", &"[".repeat(100)] {
            assert!(other_forms(text).is_empty(), "{text}");
        }
        assert!(other_forms("{}").is_empty());
    }
}
