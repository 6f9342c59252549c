//! The forms in which clients sign a query.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use super::choice::Part;
use super::{Meant, Mistake};
use crate::encoding::{decode_pairs, push_decimal, push_encoded};
use crate::error::Error;
use crate::order;
use crate::text::{cut, pieces};

/// What common languages write for nothing.
const NULLS: [&str; 4] = ["", "null", "undefined", "None"];

/// How a null is written.
#[derive(Clone, Copy)]
enum Null {
    Text(&'static str),
    /// The key without `=`.
    BareKey,
    LeftOut,
}

/// A key with its value; a key that is written without `=` has none.
type Pair = (String, Option<String>);

/// The query as it can have been signed, with its `?`.
pub(super) fn part(query: &str, form: &str, meant: &[Meant<'_>]) -> Result<Part, Error> {
    let wire = wire_pairs(query, form)?;
    let mut part = Part::default();
    for (of_values, pairs) in value_forms(&wire, meant) {
        for (encoding_mistake, encode) in ENCODINGS {
            for (order_mistake, sorted) in [(None, true), (Some(Mistake::QueryUnsorted), false)] {
                let mistakes: Vec<Mistake> =
                    of_values.iter().copied().chain(encoding_mistake).chain(order_mistake).collect();
                part.add(&mistakes, written(&pairs, sorted, encode));
            }
        }
    }
    if !wire.is_empty() {
        part.add(&[Mistake::QueryEncoded], written_raw(query, form, true));
        part.add(&[Mistake::QueryEncoded, Mistake::QueryUnsorted], written_raw(query, form, false));
        part.add(&[Mistake::QueryLeftOut], "");
    }
    Ok(part)
}

/// The pairs on the wire, in their order.
fn wire_pairs(query: &str, form: &str) -> Result<Vec<Pair>, Error> {
    let mut pairs = decode_pairs(query)?;
    pairs.extend(decode_pairs(form)?);
    Ok(pairs.into_iter().map(|(key, value)| (key, Some(value))).collect())
}

type Encode = fn(&str) -> String;

const ENCODINGS: [(Option<Mistake>, Encode); 3] = [
    (None, ToOwned::to_owned),
    (Some(Mistake::QueryEncoded), uri_component),
    (Some(Mistake::QueryEncoded), form_component),
];

/// As JavaScript's `encodeURIComponent` does.
fn uri_component(text: &str) -> String {
    encoded(text, b"-._~!'()*")
}

/// As forms are encoded (the URL standard's `application/x-www-form-urlencoded` serialiser).
fn form_component(text: &str) -> String {
    let words: Vec<String> = pieces(text, b' ').map(|word| encoded(word, b"-._*")).collect();
    words.join("+")
}

/// Percent-encodes everything but ASCII letters, digits and some marks.
fn encoded(text: &str, marks: &[u8]) -> String {
    let mut encoded = String::with_capacity(text.len());
    push_encoded(&mut encoded, text, |byte| byte.is_ascii_alphanumeric() || marks.contains(&byte));
    encoded
}

fn written(pairs: &[Pair], sorted: bool, form: Encode) -> String {
    let written = pairs.iter().map(|(key, value)| {
        let pair = match value {
            Some(value) => [&form(key), "=", &form(value)].concat(),
            None => form(key),
        };
        (key.clone(), pair)
    });
    joined(written, sorted)
}

/// The pairs as they stand in the URL.
fn written_raw(query: &str, form: &str, sorted: bool) -> String {
    let pairs = pieces(query, b'&').chain(pieces(form, b'&')).filter(|pair| !pair.is_empty());
    let keyed = pairs.map(|pair| (cut(pair, b'=').map_or(pair, |(key, _)| key).to_owned(), pair.to_owned()));
    joined(keyed, sorted)
}

/// Pairs, given with their keys, as a query with its `?`.
fn joined(pairs: impl Iterator<Item = (String, String)>, sorted: bool) -> String {
    let mut ordered: Vec<(String, String)> = Vec::new();
    for pair in pairs {
        // Equal keys keep all pairs in their order.
        order::insert(&mut ordered, pair, |(key, _)| if sorted { key.as_str() } else { "" });
    }
    let mut text = String::new();
    for (at, (_, pair)) in ordered.iter().enumerate() {
        text.push(if at == 0 { '?' } else { '&' });
        text.push_str(pair);
    }
    text
}

/// The pairs as they are, and with nulls, lists or both in the other forms that clients give them.
fn value_forms(wire: &[Pair], meant: &[Meant<'_>]) -> Vec<(Vec<Mistake>, Vec<Pair>)> {
    let lists = lists(wire, meant);
    let list_forms: &[ListForm] = if lists.is_empty() { &[] } else { &LIST_FORMS };
    let mut forms = Vec::from([(Vec::new(), wire.to_vec())]);
    for null in NULLS.map(Null::Text).into_iter().chain([Null::BareKey, Null::LeftOut]) {
        forms.push((Vec::from([Mistake::NullValue]), with_nulls(wire, meant, null)));
    }
    for at in 0..forms.len() {
        for list_form in list_forms {
            if let Some((mistakes, pairs)) = forms.get(at) {
                let mistakes = [mistakes.as_slice(), &[Mistake::ListValue]].concat();
                let pairs = with_lists(pairs, &lists, *list_form);
                forms.push((mistakes, pairs));
            }
        }
    }
    forms
}

/// Every null in one form.
fn with_nulls(wire: &[Pair], meant: &[Meant<'_>], form: Null) -> Vec<Pair> {
    let is_null = |value: &Option<String>| value.as_deref().is_none_or(|value| NULLS.contains(&value));
    let on_wire = |key: &str| wire.iter().any(|(known, _)| known == key);
    let unseen = meant.iter().filter(|meant| meant.value.is_none() && !on_wire(meant.key));
    let nulls = unseen.map(|meant| (meant.key.to_owned(), None));
    wire.iter()
        .cloned()
        .chain(nulls)
        .filter_map(|(key, value)| match form {
            _ if !is_null(&value) => Some((key, value)),
            Null::Text(text) => Some((key, Some(text.to_owned()))),
            Null::BareKey => Some((key, None)),
            Null::LeftOut => None,
        })
        .collect()
}

/// Lists by key: those that were meant, and those that the wire shows.
fn lists(wire: &[Pair], meant: &[Meant<'_>]) -> Vec<(String, Vec<String>)> {
    let mut lists: Vec<(String, Vec<String>)> = Vec::new();
    for meant in meant {
        if let Some(item) = meant.value {
            append(&mut lists, meant.key, item);
        }
    }
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    for (key, value) in wire {
        let name = list_name(key);
        if !lists.iter().any(|(known, _)| known == name) {
            append(&mut found, name, value.as_deref().unwrap_or_default());
        }
    }
    for (key, values) in found {
        let bracketed = wire.iter().any(|(known, _)| *known != key && list_name(known) == key);
        match values.as_slice() {
            [joined] if cut(joined, b',').is_some() => {
                lists.push((key, pieces(joined, b',').map(ToOwned::to_owned).collect()));
            }
            [_] if !bracketed => {}
            _ => lists.push((key, values)),
        }
    }
    lists
}

/// Every list in one form, at the place of its first pair, or at the end when the wire has none of it.
fn with_lists(wire: &[Pair], lists: &[(String, Vec<String>)], form: ListForm) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    let mut written: Vec<&str> = Vec::new();
    for (key, value) in wire {
        let name = list_name(key);
        match lists.iter().find(|(known, _)| known == name) {
            None => pairs.push((key.clone(), value.clone())),
            Some(_) if written.contains(&name) => {}
            Some((_, items)) => {
                pairs.extend(form(name, items));
                written.push(name);
            }
        }
    }
    for (key, items) in lists.iter().filter(|(key, _)| !written.contains(&key.as_str())) {
        pairs.extend(form(key, items));
    }
    pairs
}

fn append(lists: &mut Vec<(String, Vec<String>)>, key: &str, item: &str) {
    match lists.iter_mut().find(|(known, _)| known == key) {
        Some((_, items)) => items.push(item.to_owned()),
        None => lists.push((key.to_owned(), Vec::from([item.to_owned()]))),
    }
}

/// `ids` of `ids`, `ids[]` and `ids[0]`.
fn list_name(key: &str) -> &str {
    let Some((name, index)) = cut(key, b'[') else { return key };
    let is_index = index.strip_suffix(']').is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    if is_index { name } else { key }
}

type ListForm = fn(&str, &[String]) -> Vec<Pair>;

const LIST_FORMS: [ListForm; 9] = [
    |key, items| one(key, items.join(",")),
    |key, items| one(key, quoted(items, "'", ", ")),
    |key, items| one(key, quoted(items, "\"", ",")),
    |key, items| one(key, quoted(items, "", ", ")),
    |key, items| items.iter().map(|item| (key.to_owned(), Some(item.clone()))).collect(),
    |key, items| items.iter().map(|item| ([key, "[]"].concat(), Some(item.clone()))).collect(),
    |key, items| (0..).zip(items).map(|(at, item)| (indexed(key, at), Some(item.clone()))).collect(),
    |key, items| one(key, items.first().cloned().unwrap_or_default()),
    |key, items| one(key, items.last().cloned().unwrap_or_default()),
];

fn indexed(key: &str, at: u64) -> String {
    let mut name = [key, "["].concat();
    push_decimal(&mut name, at);
    name.push(']');
    name
}

fn one(key: &str, value: String) -> Vec<Pair> {
    Vec::from([(key.to_owned(), Some(value))])
}

fn quoted(items: &[String], quote: &str, separator: &str) -> String {
    let items: Vec<String> = items.iter().map(|item| [quote, item, quote].concat()).collect();
    ["[", &items.join(separator), "]"].concat()
}
