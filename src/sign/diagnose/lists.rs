//! The lists of a query, and the forms in which clients send them.

use alloc::vec::Vec;

use super::Meant;
use super::forms::{Encoding, Pair, Span, Texts, holds};

/// How a list is written.
#[derive(Clone, Copy)]
pub(super) enum Form {
    /// As one value: what begins it and each item, what separates items, and what ends it.
    Joined([&'static str; 4]),
    /// As a pair for each item, with this behind the key.
    Each(Index),
    First,
    Last,
}

/// What marks the key of an item.
#[derive(Clone, Copy)]
pub(super) enum Index {
    Nothing,
    Brackets,
    Number,
}

/// What common languages make of a list.
pub(super) const FORMS: [Form; 9] = [
    Form::Joined(["", "", ",", ""]),
    Form::Joined(["[", "'", ", ", "]"]),
    Form::Joined(["[", "\"", ",", "]"]),
    Form::Joined(["[", "", ", ", "]"]),
    Form::Each(Index::Nothing),
    Form::Each(Index::Brackets),
    Form::Each(Index::Number),
    Form::First,
    Form::Last,
];

/// Lists by their names, and the items of all of them, each with its list's number.
#[derive(Default)]
pub(super) struct Lists {
    names: Vec<Span>,
    items: Vec<(usize, Span)>,
}

impl Lists {
    /// Those that were meant, and those that the pairs on the wire show: by a key that is there twice or has an index,
    /// or by a value with commas.
    pub fn of(texts: &mut Texts, wire: &[Pair], meant: &[Meant<'_>]) -> Self {
        let mut lists = Self::default();
        for Meant { key, value } in meant {
            if let Some(item) = value {
                let (name, item) = (texts.put(key), texts.put(item));
                lists.append(texts, name, item);
            }
        }
        let meant = lists.names.len();
        let mut names = Vec::new();
        for pair in wire {
            names.push(list_name(texts, pair.key));
        }
        for (pair, name) in wire.iter().zip(&names) {
            let (name, is_indexed) = (*name, name.to < pair.key.to);
            let is_meant = lists.named(texts, name).is_some_and(|list| list < meant);
            let Some(value) = pair.value.filter(|_| !is_meant) else { continue };
            let mut pairs = 0;
            for other in &names {
                pairs += usize::from(texts.of(*other) == texts.of(name));
            }
            if pairs > 1 {
                lists.append(texts, name, value);
            } else if is_indexed || holds(texts.of(value), b',') {
                lists.append_pieces(texts, name, value);
            }
        }
        lists
    }

    pub const fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Every list in one form, at the place of its first pair, or at the end when the pairs have none of it.
    pub fn written(&self, texts: &mut Texts, pairs: &[Pair], form: Form) -> Vec<Pair> {
        let mut all: Vec<Pair> = Vec::new();
        let mut written: Vec<usize> = Vec::new();
        for pair in pairs {
            match self.named(texts, list_name(texts, pair.key)) {
                None => all.push(*pair),
                Some(list) => self.write_once(texts, &mut all, &mut written, list, form),
            }
        }
        for list in 0..self.names.len() {
            self.write_once(texts, &mut all, &mut written, list, form);
        }
        all
    }

    fn write_once(&self, texts: &mut Texts, all: &mut Vec<Pair>, written: &mut Vec<usize>, list: usize, form: Form) {
        let Some(key) = self.names.get(list).filter(|_| !written.contains(&list)).copied() else { return };
        written.push(list);
        let mut value = None;
        let from = texts.end();
        for (at, item) in self.of_list(list).enumerate() {
            match form {
                Form::First => value = value.or(Some(item)),
                Form::Last => value = Some(item),
                Form::Each(index) => all.push(Pair { key: indexed(texts, key, index, at), value: Some(item) }),
                Form::Joined([open, quote, separator, _]) => {
                    texts.push(if at == 0 { open } else { separator });
                    texts.push(quote);
                    texts.copy(item, Encoding::Plain);
                    texts.push(quote);
                }
            }
        }
        if let Form::Joined([.., close]) = form {
            texts.push(close);
            value = Some(texts.since(from));
        }
        if value.is_some() {
            all.push(Pair { key, value });
        }
    }

    fn of_list(&self, list: usize) -> impl Iterator<Item = Span> {
        self.items.iter().filter(move |(of, _)| *of == list).map(|(_, item)| *item)
    }

    /// The number of the list of this name.
    #[inline(never)]
    fn named(&self, texts: &Texts, name: Span) -> Option<usize> {
        self.names.iter().position(|known| texts.of(*known) == texts.of(name))
    }

    #[inline(never)]
    fn append(&mut self, texts: &Texts, name: Span, item: Span) {
        let list = self.named(texts, name).unwrap_or(self.names.len());
        if list == self.names.len() {
            self.names.push(name);
        }
        self.items.push((list, item));
    }

    /// Appends the pieces of a value between its commas.
    fn append_pieces(&mut self, texts: &Texts, name: Span, value: Span) {
        let mut from = value.from;
        for at in value.from..=value.to {
            if at == value.to || texts.of(Span { from: at, to: at + 1 }) == b"," {
                self.append(texts, name, Span { from, to: at });
                from = at + 1;
            }
        }
    }
}

fn indexed(texts: &mut Texts, key: Span, index: Index, at: usize) -> Span {
    if let Index::Nothing = index {
        return key;
    }
    let from = texts.end();
    texts.copy(key, Encoding::Plain);
    texts.push("[");
    if let Index::Number = index {
        texts.push_number(at as u64);
    }
    texts.push("]");
    texts.since(from)
}

/// `ids` of `ids`, `ids[]` and `ids[0]`.
#[inline(never)]
fn list_name(texts: &Texts, key: Span) -> Span {
    let Some(length) = texts.of(key).iter().position(|byte| *byte == b'[') else { return key };
    let name = Span { from: key.from, to: key.from + length };
    match texts.of(Span { from: name.to + 1, to: key.to }) {
        [digits @ .., b']'] if digits.iter().all(u8::is_ascii_digit) => name,
        _ => key,
    }
}
