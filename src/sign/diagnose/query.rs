//! The forms in which clients sign a query.

use alloc::vec::Vec;

use super::forms::{Encoding, Mistakes, Pair, Part, Span, Texts};
use super::lists::{self, Lists};
use super::{Meant, Mistake};
use crate::encoding::Pairs;
use crate::error::Error;
use crate::text::{pieces, split};

/// What common languages write for nothing.
const NULLS: [&str; 4] = ["", "null", "undefined", "None"];

/// How a null is written.
#[derive(Clone, Copy)]
enum Null {
    /// As it was sent.
    Same,
    Text(Span),
    /// The key without `=`.
    BareKey,
    LeftOut,
}

const ENCODINGS: [(Mistakes, Encoding); 3] = [
    (Mistakes::NONE, Encoding::Plain),
    (Mistake::QueryEncoded.alone(), Encoding::Component),
    (Mistake::QueryEncoded.alone(), Encoding::Form),
];

/// The query as it can have been signed, with its `?`.
pub(super) fn part(texts: &mut Texts, query: &str, form: &str, meant: &[Meant<'_>]) -> Result<Part, Error> {
    let wire = wire_pairs(texts, query, form)?;
    let lists = Lists::of(texts, &wire, meant);
    let mut part = Part::new();
    let mut nulls = Vec::from([Null::Same, Null::BareKey, Null::LeftOut]);
    for text in NULLS {
        nulls.push(Null::Text(texts.put(text)));
    }
    let unseen = unseen_nulls(texts, &wire, meant);
    for null in nulls {
        let mut mistakes = Mistakes::NONE;
        let mut pairs = wire.clone();
        if !matches!(null, Null::Same) {
            mistakes = Mistake::NullValue.alone();
            pairs.extend_from_slice(&unseen);
            write_nulls(texts, &mut pairs, null);
        }
        add_orders(texts, &mut part, mistakes, &pairs);
        if lists.is_empty() {
            continue;
        }
        for form in lists::FORMS {
            let pairs = lists.written(texts, &pairs, form);
            add_orders(texts, &mut part, mistakes.and(Mistake::ListValue.alone()), &pairs);
        }
    }
    if !wire.is_empty() {
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

/// The nulls that were meant, and are not on the wire.
fn unseen_nulls(texts: &mut Texts, wire: &[Pair], meant: &[Meant<'_>]) -> Vec<Pair> {
    let mut unseen = Vec::new();
    for Meant { key, value } in meant {
        if value.is_none() && !wire.iter().any(|pair| texts.of(pair.key) == key.as_bytes()) {
            unseen.push(Pair { key: texts.put(key), value: None });
        }
    }
    unseen
}

/// Writes every null in one form.
fn write_nulls(texts: &Texts, pairs: &mut Vec<Pair>, form: Null) {
    pairs.retain_mut(|pair| {
        if pair.value.is_some_and(|value| !NULLS.iter().any(|null| null.as_bytes() == texts.of(value))) {
            return true;
        }
        match form {
            Null::Text(text) => pair.value = Some(text),
            Null::BareKey => pair.value = None,
            Null::Same | Null::LeftOut => {}
        }
        !matches!(form, Null::LeftOut)
    });
}
