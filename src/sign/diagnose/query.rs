//! The forms in which clients sign a query.

use alloc::vec::Vec;

use super::forms::{Encoding, Mistakes, Pair, Part, Texts};
use super::lists::{self, Lists};
use super::{Meant, Mistake};
use crate::encoding::Pairs;
use crate::error::Error;
use crate::text::{pieces, split};

/// How a null is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Null {
    /// As it was sent, if it was.
    Same,
    Text(&'static str),
    /// The key without `=`.
    BareKey,
    LeftOut,
}

/// What common languages write for nothing, and other forms of it.
const NULLS: [Null; 7] = [
    Null::Same,
    Null::Text(""),
    Null::Text("null"),
    Null::Text("undefined"),
    Null::Text("None"),
    Null::BareKey,
    Null::LeftOut,
];

const ENCODINGS: [(Mistakes, Encoding); 3] = [
    (Mistakes::NONE, Encoding::Plain),
    (Mistake::QueryEncoded.alone(), Encoding::Component),
    (Mistake::QueryEncoded.alone(), Encoding::Form),
];

/// The query as it can have been signed, with its `?`.
pub(super) fn part(texts: &mut Texts, query: &str, form: &str, meant: &[Meant<'_>]) -> Result<Part, Error> {
    let mut wire = wire_pairs(texts, query, form)?;
    let is_empty = wire.is_empty();
    let lists = Lists::of(texts, &wire, meant);
    let mut part = Part::new();
    push_unseen_nulls(texts, &mut wire, meant);
    for null in NULLS {
        let mistakes = if null == Null::Same { Mistakes::NONE } else { Mistake::NullValue.alone() };
        let pairs = with_nulls(texts, &wire, null);
        add_orders(texts, &mut part, mistakes, &pairs);
        if lists.is_empty() {
            continue;
        }
        for form in lists::FORMS {
            let pairs = lists.written(texts, &pairs, form);
            add_orders(texts, &mut part, mistakes.and(Mistake::ListValue.alone()), &pairs);
        }
    }
    if !is_empty {
        let raw = raw_pairs(texts, query, form);
        add_both_orders(texts, &mut part, Mistake::QueryEncoded.alone(), &raw, Encoding::Plain);
        texts.add(&mut part, Mistake::QueryLeftOut.alone(), texts.end());
    }
    Ok(part)
}

/// The pairs on the wire, in their order, decoded.
fn wire_pairs(texts: &mut Texts, query: &str, form: &str) -> Result<Vec<Pair>, Error> {
    let mut decoded = Pairs::decode(query)?;
    decoded.add(form)?;
    let mut pairs = Vec::new();
    for (key, value) in decoded.iter() {
        pairs.push(Pair { key: texts.put(key), value: Some(texts.put(value)) });
    }
    Ok(pairs)
}

/// The same as they stand in the URL.
fn raw_pairs(texts: &mut Texts, query: &str, form: &str) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for text in [query, form] {
        for pair in pieces(text, b'&') {
            if !pair.is_empty() {
                let (key, value) = split(pair, b'=');
                pairs.push(Pair { key: texts.put(key), value: value.map(|value| texts.put(value)) });
            }
        }
    }
    pairs
}

/// Adds pairs in each encoding and order.
#[inline(never)]
fn add_orders(texts: &mut Texts, part: &mut Part, mistakes: Mistakes, pairs: &[Pair]) {
    for (mistake, encoding) in ENCODINGS {
        add_both_orders(texts, part, mistakes.and(mistake), pairs, encoding);
    }
}

/// Adds pairs sorted by their keys, and in their own order.
#[inline(never)]
fn add_both_orders(texts: &mut Texts, part: &mut Part, mistakes: Mistakes, pairs: &[Pair], encoding: Encoding) {
    let mut sorted = pairs.to_vec();
    texts.sort(&mut sorted);
    for (mistake, pairs) in [(Mistakes::NONE, sorted.as_slice()), (Mistake::QueryUnsorted.alone(), pairs)] {
        let from = texts.end();
        for Pair { key, value } in pairs {
            texts.push_byte(if texts.end() == from { b'?' } else { b'&' });
            texts.copy(*key, encoding);
            if let Some(value) = value {
                texts.push_byte(b'=');
                texts.copy(*value, encoding);
            }
        }
        texts.add(part, mistakes.and(mistake), from);
    }
}

/// Appends the nulls that were meant, and are not on the wire: they alone have no value.
fn push_unseen_nulls(texts: &mut Texts, wire: &mut Vec<Pair>, meant: &[Meant<'_>]) {
    for Meant { key, value } in meant {
        if value.is_none() && !wire.iter().any(|pair| texts.of(pair.key) == key.as_bytes()) {
            wire.push(Pair { key: texts.put(key), value: None });
        }
    }
}

/// Pairs with every null in one form.
fn with_nulls(texts: &mut Texts, wire: &[Pair], form: Null) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for pair in wire {
        let mut pair = *pair;
        if pair.value.is_none_or(|value| is_null(texts.of(value))) {
            match form {
                Null::Same if pair.value.is_none() => continue,
                Null::Same => {}
                Null::Text(text) => pair.value = Some(texts.put(text)),
                Null::BareKey => pair.value = None,
                Null::LeftOut => continue,
            }
        }
        pairs.push(pair);
    }
    pairs
}

fn is_null(value: &[u8]) -> bool {
    matches!(value, b"" | b"null" | b"undefined" | b"None")
}
