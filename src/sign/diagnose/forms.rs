//! The forms of the signed string's parts: how each should be, and how mistakes make it.

use alloc::vec::Vec;

use super::Mistake;
use crate::encoding::{HEX_LOWER, HEX_UPPER};
use crate::order;

/// Most mistakes that one explanation joins.
pub(super) const MOST: u32 = 3;

/// A set of mistakes: a bit for each, the likeliest the highest. Of two sets of one size the greater is the likelier.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd)]
pub(super) struct Mistakes(u32);

impl Mistakes {
    pub const NONE: Self = Self(0);
    /// All that there could be.
    pub const ALL: Self = Self(u32::MAX);

    /// How many they are.
    pub const fn count(self) -> u32 {
        self.0.count_ones()
    }

    /// These and others.
    pub const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Most likely first.
    pub fn list(self) -> Vec<Mistake> {
        let mut list = Vec::new();
        for mistake in Mistake::ALL {
            if self.0 & mistake.alone().0 != 0 {
                list.push(*mistake);
            }
        }
        list
    }
}

impl Mistake {
    /// The set of this one.
    pub(super) const fn alone(self) -> Mistakes {
        Mistakes(1 << 31 >> self as u8)
    }
}

/// Where something stands in [`Texts`].
#[derive(Clone, Copy)]
pub(super) struct Span {
    pub from: usize,
    pub to: usize,
}

/// A key and its value: of a query, where one without `=` has none, or of a JSON object.
#[derive(Clone, Copy)]
pub(super) struct Pair {
    pub key: Span,
    pub value: Option<Span>,
}

/// One form of a part, and the mistakes that lead to it; none for the right one.
#[derive(Clone, Copy)]
pub(super) struct Form {
    pub mistakes: Mistakes,
    pub text: Span,
}

/// All forms of one part, the right one first, from which every other differs.
pub(super) type Part = Vec<Form>;

/// How a text is written in a query.
#[derive(Clone, Copy)]
pub(super) enum Encoding {
    /// As it is.
    Plain,
    /// As JavaScript's `encodeURIComponent` does.
    Component,
    /// As forms are encoded (the URL standard's `application/x-www-form-urlencoded` serialiser).
    Form,
}

/// The texts of all forms, and what they are made of, one after the other: a text for each would be most of a module,
/// and hundreds of allocations.
#[derive(Default)]
pub(super) struct Texts(Vec<u8>);

impl Texts {
    /// Where the next text begins.
    pub const fn end(&self) -> usize {
        self.0.len()
    }

    /// What was written since `from`.
    pub const fn since(&self, from: usize) -> Span {
        Span { from, to: self.0.len() }
    }

    #[inline(never)]
    pub fn of(&self, span: Span) -> &[u8] {
        self.0.get(span.from..span.to).unwrap_or_default()
    }

    #[inline(never)]
    pub fn push(&mut self, text: &str) {
        self.0.extend_from_slice(text.as_bytes());
    }

    #[inline(never)]
    pub fn push_byte(&mut self, byte: u8) {
        self.0.push(byte);
    }

    /// Writes a text of its own.
    #[inline(never)]
    pub fn put(&mut self, text: &str) -> Span {
        let from = self.end();
        self.push(text);
        self.since(from)
    }

    /// Forgets everything from `end` on.
    pub fn cut(&mut self, end: usize) {
        self.0.truncate(end);
    }

    /// Puts what was written since `later` in the place of what was written since `earlier`.
    pub fn replace(&mut self, earlier: usize, later: usize) {
        let tail = self.of(self.since(later)).to_vec();
        self.cut(earlier);
        self.0.extend_from_slice(&tail);
    }

    /// Writes a text again.
    #[inline(never)]
    pub fn copy(&mut self, span: Span, encoding: Encoding) {
        for at in span.from..span.to {
            let byte = self.0.get(at).copied().unwrap_or_default();
            let marks: &[u8] = match encoding {
                Encoding::Form if byte == b' ' => {
                    self.push_byte(b'+');
                    continue;
                }
                Encoding::Plain => &[byte],
                Encoding::Component => b"-._~!'()*",
                Encoding::Form => b"-._*",
            };
            if byte.is_ascii_alphanumeric() || holds(marks, byte) {
                self.push_byte(byte);
            } else {
                self.push_byte(b'%');
                self.push_digit(HEX_UPPER, byte >> 4);
                self.push_digit(HEX_UPPER, byte);
            }
        }
    }

    /// Writes the digit of a number's last four bits.
    pub fn push_digit(&mut self, alphabet: &[u8; 16], number: u8) {
        self.push_byte(alphabet.get(usize::from(number & 15)).copied().unwrap_or_default());
    }

    /// Writes a byte's two digits in lower case.
    #[inline(never)]
    pub fn push_byte_digits(&mut self, byte: u8) {
        self.push_digit(HEX_LOWER, byte >> 4);
        self.push_digit(HEX_LOWER, byte);
    }

    /// Writes a number in decimal.
    #[inline(never)]
    pub fn push_number(&mut self, number: u64) {
        if number >= 10 {
            self.push_number(number / 10);
        }
        self.push_digit(HEX_UPPER, (number % 10) as u8);
    }

    /// Makes what was written since `from` a form of a part, unless fewer mistakes, or the same ones, give it already.
    #[inline(never)]
    pub fn add(&mut self, part: &mut Part, mistakes: Mistakes, from: usize) {
        let new = Form { mistakes, text: self.since(from) };
        let count = mistakes.count();
        let mut known = count > MOST;
        for form in part.iter() {
            let is_as_likely = form.mistakes.count() < count || form.mistakes == mistakes;
            known |= is_as_likely && self.of(form.text) == self.of(new.text);
        }
        if known {
            self.cut(from);
        } else {
            part.push(new);
        }
    }

    /// Sorts pairs stably by the bytes of their keys.
    pub fn sort(&self, pairs: &mut Vec<Pair>) {
        order::sort(pairs, |one, other| self.of(one.key) > self.of(other.key));
    }
}

/// Whether a byte is among others. The standard library's search is made for long texts, and as long itself.
#[inline(never)]
pub(super) fn holds(bytes: &[u8], byte: u8) -> bool {
    for known in bytes {
        if *known == byte {
            return true;
        }
    }
    false
}
